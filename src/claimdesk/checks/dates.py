"""Same time? A date of the claim against the dates that the evidence gives for the same event or statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claimdesk.analysis import Part, Subject
from claimdesk.calendar_days import Days, months, years
from claimdesk.date_slots import (
    EVENT,
    PUBLICATION,
    STATEMENT,
    Slot,
    content_words,
    has_negation,
    related,
    same_event,
    same_roles,
    shared_arguments,
    slot_of,
)
from claimdesk.model import DateRef, Finding, Outcome, Span

# Share of the claim's content words that the evidence must have: in the clause of its date before two days conflict;
# anywhere before a day supports a claim whose numbers or quotes are checked too, or one that is nothing but its date.
_CONFLICT_OVERLAP, _LOOSE_OVERLAP, _STRICT_OVERLAP = 0.5, 0.3, 0.85
# The same for the words of a statement before its day supports or conflicts.
_STATEMENT_SUPPORT, _STATEMENT_CONFLICT = 0.5, 0.7
# How far apart fuzzy dates may lie, in days, by grain, before they differ.
_SLACK = {"day": 1, "weekend": 2, "week": 7, "part": 10, "month": 31, "quarter": 31, "season": 45, "year": 366}
_OPEN = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class _Match:
    """One date of the evidence held against one of the claim."""

    ref: DateRef
    part: int
    score: float
    same: bool
    outcome: Outcome
    label: str


def check_dates(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Does the source give the same day for the same event or the same statement?

    Days of events are compared with days of events, days of statements with days of statements. The source's stretch
    inside the claim's supports; two stretches without a common day conflict, but only when the event is the same and
    happened once; everything else is silent.
    """
    findings: list[Finding] = []
    for ref in subject.dates:
        if ref.problem:
            findings.append(_problem(ref))
        if not _readings(ref):
            continue
        slot = slot_of(subject.view, ref)
        if slot.kind == PUBLICATION:
            continue
        matches = [match for index, part in enumerate(parts) for match in _matches(subject, ref, slot, part, index)]
        if chosen := _choose(matches):
            findings.append(_finding(ref, chosen))
    return findings


def _choose(matches: list[_Match]) -> _Match | None:
    """The match that decides: the best supporting one, else a conflict that stands alone, else the best silent one."""
    matches = sorted(matches, key=lambda match: -match.score)
    supports = [match for match in matches if match.outcome is Outcome.SUPPORTS]
    conflicts = [match for match in matches if match.outcome is Outcome.CONFLICTS]
    silent = [match for match in matches if match.outcome is Outcome.SILENT]
    if supports:
        return supports[0]
    days = {(match.ref.first, match.ref.last) for match in conflicts}
    blocked = any(match.same or match.label == "DATE_UNBOUND" for match in silent)
    if conflicts and len(days) == 1 and not blocked:
        return conflicts[0]
    return silent[0] if silent else None


# --- what may be compared ------------------------------------------------------------------------


def _matches(subject: Subject, ref: DateRef, slot: Slot, part: Part, index: int) -> list[_Match]:
    if slot.kind == STATEMENT:
        return _statements(subject, ref, part, index)
    candidates = [(other, slot_of(part.view, other)) for other in part.view.dates if _readings(other)]
    found = []
    for other, there in candidates:
        if there.kind != EVENT:
            continue
        overlap = shared_arguments(slot, there)
        outcome, label = compare(ref, other)
        if not same_event(slot, there):
            if outcome is Outcome.SUPPORTS:  # the day is in the source, beside another event: no support, no conflict
                found.append(_Match(other, index, overlap, False, Outcome.SILENT, "DATE_UNBOUND"))
            continue
        if outcome is Outcome.CONFLICTS and not (_once(slot, there) and overlap >= _CONFLICT_OVERLAP):
            outcome, label = Outcome.SILENT, "DATE_OTHER"
        if outcome is Outcome.SUPPORTS and not _backed(subject, slot, there, part):
            outcome, label = Outcome.SILENT, "DATE_UNBOUND"
        found.append(_Match(other, index, overlap, overlap >= _CONFLICT_OVERLAP, outcome, label))
    return found


def _backed(subject: Subject, slot: Slot, there: Slot, part: Part) -> bool:
    """Whether a common day says that the claim's event happened then.

    Where numbers or quotes of the claim are checked as well, they carry the rest of the sentence. A claim that has
    nothing but its date must find nearly all its words, in the same roles and without a denial on one side.
    """
    if slot.negated != there.negated or slot.planned != there.planned or not same_roles(slot, there):
        return False
    theirs = content_words(part.view)
    if subject.quantities or subject.quotes:
        shared = sum(related(word, theirs) for word in slot.words)
        return shared >= _LOOSE_OVERLAP * len(slot.words)
    mine = content_words(subject.view)
    if not all(related(word, theirs) for word in content_words(subject.view, ("VERB",))):
        return False
    if has_negation(subject.view) != has_negation(part.view) or not slot.names <= theirs:
        return False
    return bool(mine) and sum(related(word, theirs) for word in mine) >= _STRICT_OVERLAP * len(mine)


def _once(slot: Slot, there: Slot) -> bool:
    """Whether both sides speak of one event that happened, or will happen, once."""
    if slot.planned != there.planned or slot.negated or there.negated or slot.again or there.again:
        return False
    if slot.names - there.names and there.names - slot.names:
        return False
    return bool(slot.words) and same_roles(slot, there)


def _statements(subject: Subject, ref: DateRef, part: Part, index: int) -> list[_Match]:
    """The day of a statement: beside a speech cue in the evidence, or the day of the transcript itself."""
    overlap = _common_words(subject, part)
    found = []
    for other in part.view.dates:
        if _readings(other) and slot_of(part.view, other).kind == STATEMENT:
            outcome, label = compare(ref, other)
            found.append((other, outcome, label))
    spoken = part.meta.type in ("transcript", "statement", "interpreted")
    if not found and spoken and part.meta.date:
        day = part.meta.date
        own = DateRef(Span(0, 0), day.isoformat(), day, day, "day", anchor="explicit")
        found.append((own, *compare(ref, own)))
    matches = []
    for other, outcome, label in found:
        needed = _STATEMENT_SUPPORT if outcome is Outcome.SUPPORTS else _STATEMENT_CONFLICT
        if overlap < needed:
            outcome, label = Outcome.SILENT, "DATE_OTHER"
        matches.append(_Match(other, index, overlap, overlap >= needed, outcome, label))
    return matches


def _common_words(subject: Subject, part: Part) -> float:
    """The share of the content words of what the claim reports that the evidence has too."""
    inside = [span for quote in subject.view.quotes for span in quote.content]
    parsed = subject.view.analysis.parsed
    tokens = [token for span in inside for token in parsed.tokens(span)] or list(subject.view.tokens)
    mine = {token.lemma_.lower() for token in tokens if token.pos_ in ("NOUN", "VERB", "ADJ", "NUM", "PROPN")}
    theirs = {token.lemma_.lower() for token in part.view.tokens}
    return len(mine & theirs) / len(mine) if mine else 0.0


# --- intervals -----------------------------------------------------------------------------------


def compare(claim: DateRef, source: DateRef) -> tuple[Outcome, str]:
    """What a source's date says about a claim's: inside it supports, apart conflicts, else silent.

    Every other sound reading of either side ("last Monday", 6/11/2025) must fail too before two dates conflict.
    """
    if "since" in (claim.relation, source.relation) and claim.relation != source.relation:
        return Outcome.SILENT, "DATE_OTHER"
    mine, theirs = _readings(claim), _readings(source)
    if claim.first is None and claim.last is None or source.first is None and source.last is None:
        return Outcome.SILENT, "DATE_AMBIGUOUS"
    first, other = mine[0], theirs[0]
    if first == other:
        return Outcome.SUPPORTS, "DATE_EQUAL"
    if _is_range(claim) and _gap(first, other) <= 0:
        return _compare_ranges(claim, source)
    wide = mine if claim.grain == "week" else mine[:1]  # both readings of "last week" are one (section 5)
    if any(low <= other[0] and other[1] <= high for low, high in wide) and claim.relation == "in":
        return Outcome.SUPPORTS, "DATE_WITHIN"
    slack = 0
    for ref in (claim, source):
        slack = max(slack, _SLACK.get(ref.grain, 366) if ref.fuzzy else 0)
    if any(_gap(one, two) <= slack for one in mine for two in theirs):
        overlapping = _gap(first, other) <= 0
        return Outcome.SILENT, "DATE_PARTIAL" if overlapping else "DATE_NEAR"
    return Outcome.CONFLICTS, "DATE_CONFLICT"


def _is_range(ref: DateRef) -> bool:
    """Whether a reference was written with two ends that both hold ("from 1945 to 1976")."""
    if ref.fuzzy or ref.relation != "in" or not ref.first or not ref.last or " and " in ref.text:
        return False
    if ref.grain == "day":
        return ref.first != ref.last
    return ref.grain in ("month", "year") and (ref.first, ref.last) != _unit(ref.first, ref.grain)


def _compare_ranges(claim: DateRef, source: DateRef) -> tuple[Outcome, str]:
    """From 1945 to 1978 against 1945 to 1976: one end the same and one different cannot both be right."""
    ends = (claim.first == source.first, claim.last == source.last)
    if _is_range(source) and source.grain == claim.grain and any(ends):
        return Outcome.CONFLICTS, "DATE_CONFLICT"
    return Outcome.SILENT, "DATE_PARTIAL"


def _readings(ref: DateRef) -> list[Days]:
    """The stretches that a reference may mean; for since, until and the like, the stretch that it names."""
    if ref.relation == "since" and ref.first:
        main = [_unit(ref.first, ref.grain)]
    elif ref.first or ref.last:
        main = [(ref.first or _OPEN[0], ref.last or _OPEN[1])]
    else:
        main = []
    return main + [other for other in ref.alternatives if other not in main]


def _unit(first: date, grain: str) -> Days:
    """The year, month or day that begins on a day."""
    whole = {"year": years(first.year), "month": months(first.year, first.month)}.get(grain)
    return whole or (first, first)


def _gap(one: Days, two: Days) -> int:
    """Days between two stretches; 0 or less when they share one."""
    apart = max(two[0] - one[1], one[0] - two[1])
    return max(apart, timedelta(0)).days


# --- words ---------------------------------------------------------------------------------------


def _finding(ref: DateRef, match: _Match) -> Finding:
    detail = f"The claim says {_named(ref)}; the source says {_named(match.ref)}."
    span = match.ref.span if len(match.ref.span) else None
    return Finding(
        "dates", match.outcome, match.label, detail, ref.span, span, _days(ref), _days(match.ref), match.part
    )


def _problem(ref: DateRef) -> Finding:
    detail = f'The claim says "{ref.text}"; {ref.problem}.'
    return Finding("dates", Outcome.SILENT, "WEEKDAY_MISMATCH", detail, ref.span, claim_value=_days(ref), flag=True)


def _named(ref: DateRef) -> str:
    """A date as written, and as understood where that is not the same.

    >>> _named(DateRef(Span(0, 9), "Wednesday", date(2025, 6, 11), date(2025, 6, 11), "day"))
    '"Wednesday" (2025-06-11)'
    """
    days = _days(ref)
    return f'"{ref.text}"' if days in ("", ref.text) else f'"{ref.text}" ({days})'


def _days(ref: DateRef) -> str:
    """Inclusive days in words: 2025-06-11, 2025-06-02 to 2025-06-08, from 2025-06-02, until 2025-06-08."""
    if ref.first and ref.last:
        first, last = ref.first.isoformat(), ref.last.isoformat()
        return first if first == last else f"{first} to {last}"
    if ref.first:
        return f"from {ref.first.isoformat()}"
    return f"until {ref.last.isoformat()}" if ref.last else ""
