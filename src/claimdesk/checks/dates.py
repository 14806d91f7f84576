"""Same time? A date of the claim against the dates that the evidence gives for the same event or statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimdesk.analysis import Part, Subject, View
from claimdesk.days.arguments import compatible, dated, names_in
from claimdesk.days.days import closed_range, compare, compare_edges, is_range, readings, written
from claimdesk.days.events import EVENT, PUBLICATION, STATEMENT, Slot, event_means, slot_of, words
from claimdesk.days.match import Ground, alike, denied_alike, ground_of, same_theme
from claimdesk.days.papers import (
    acts_of_meeting,
    is_occasion,
    is_publisher,
    is_spoken,
    own_day,
    statement_days,
)
from claimdesk.days.wording import Wording, echo, opposed, wording_at
from claimdesk.language.terms import content
from claimdesk.model import DateRef, Finding, Form, Outcome
from claimdesk.numbers.timed import is_of_one_figure

if TYPE_CHECKING:
    from spacy.tokens import Token

# Share of the content words that the evidence must have of a claim that is nothing but its date, and of one whose
# numbers are checked too.
_WHOLE, _COUNTED = 0.9, 0.7
# Share of the words of a statement that the evidence must have before its day supports or conflicts.
_STATEMENT_SUPPORT, _STATEMENT_CONFLICT = 0.5, 0.7


@dataclass(frozen=True, slots=True)
class _Match:
    """One date of the evidence held against one of the claim."""

    ref: DateRef
    part: int
    score: float
    same: bool
    outcome: Outcome
    label: str


# Figures that do not grow with the time they are counted over.
_TIMELESS = frozenset([Form.AGE, Form.ORDINAL, Form.SCORE, Form.ZERO, Form.DURATION])
# Stretches over which a count adds up.
_LONG = frozenset(["month", "quarter", "season", "year", "decade"])
# The fewest longer words that two sentences share before another date of theirs conflicts.
_CONFLICT_TELLING = 3


def check_dates(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Does the source give the same day for the same event or the same statement?

    Days of events are compared with days of events, days of statements with days of statements, and the day of minutes
    or a transcript stands for what was done and said there. The source's stretch inside the claim's supports; two
    stretches without a common day conflict, but only when the event is the same and happened once; everything else is
    silent.
    """
    findings: list[Finding] = []
    for ref in subject.dates:
        if ref.problem:
            findings.append(_problem(ref))
        slot = slot_of(subject.view, ref)
        if slot.kind == PUBLICATION or not _says_when(ref) or _cut_short(subject, ref):
            continue
        matches = [match for index, part in enumerate(parts) for match in _matches(subject, ref, slot, part, index)]
        if chosen := _choose(matches):
            findings.append(_finding(ref, chosen))
    return findings


def _says_when(ref: DateRef) -> bool:
    """Whether a date can be compared: resolved to days, or written so that its parts can be."""
    return bool(readings(ref)) or ref.first is None and ref.last is None and written(ref.text) != written("")


def _cut_short(subject: Subject, ref: DateRef) -> bool:
    """Whether digits follow that belong to a date but were not read with it: "August 7,1980"."""
    after = subject.view.analysis.parsed.text[ref.span.end : ref.span.end + 2].strip()
    return after[:1].isdigit()


def _choose(matches: list[_Match]) -> _Match | None:
    """The match that decides: the best supporting one, else a conflict that stands alone, else the best silent one."""
    matches = sorted(matches, key=lambda match: -match.score)
    supports = [match for match in matches if match.outcome is Outcome.SUPPORTS]
    conflicts = [match for match in matches if match.outcome is Outcome.CONFLICTS]
    silent = [match for match in matches if match.outcome is Outcome.SILENT]
    if supports:
        return supports[0]
    days = {(match.ref.first, match.ref.last, match.ref.first or written(match.ref.text)) for match in conflicts}
    blocked = any(match.same or match.label == "DATE_UNBOUND" for match in silent)
    if conflicts and len(days) == 1 and not blocked:
        return conflicts[0]
    return silent[0] if silent else None


# --- what may be compared ------------------------------------------------------------------------


def _matches(subject: Subject, ref: DateRef, slot: Slot, part: Part, index: int) -> Iterator[_Match]:
    wording = wording_at(subject.view, ref)
    dated_slots = [(other, slot_of(part.view, other)) for other in part.view.dates if _says_when(other)]
    repeats = [_repeat(subject, ref, wording, part, other, index) for other, _ in dated_slots]
    if any(found is not None for found in repeats):
        yield from (found for found in repeats if found is not None)
        return
    if slot.kind == STATEMENT:
        yield from _statements(subject, ref, part, index)
        return
    counted = bool(subject.quantities)
    ground = ground_of(part)
    edges = _edges(ref, slot, dated_slots, ground)
    if edges is not None:
        yield _Match(edges[0], index, 1.0, True, *edges[1])
    for other, there in dated_slots:
        as_of = there.kind == STATEMENT and ref.text.lower() in other.text.lower() and _is_as_of(subject, ref)
        if there.kind != slot.kind and not as_of:
            continue
        found = alike(slot.frames, there.frames, ground, counted)
        outcome, label = compare(ref, other)
        if outcome is Outcome.CONFLICTS and (not found.conflicts or slot.edition or there.edition):
            outcome, label = Outcome.SILENT, "DATE_OTHER"
        if outcome is Outcome.SUPPORTS and _adds_up(subject, ref, other):
            outcome, label = Outcome.SILENT, "DATE_PARTIAL"
        if outcome is Outcome.SUPPORTS and denied_alike(slot.frames, there.frames, ground, counted):
            opposite = slot.kind == EVENT and {ref.relation, other.relation} == {"in"}
            outcome, label = (Outcome.CONFLICTS, "POLARITY_CONFLICT") if opposite else (Outcome.SILENT, "DATE_UNBOUND")
            yield _Match(other, index, 1.0, True, outcome, label)
            continue
        bound = (found.supports or as_of) and _whole(subject, part, other)
        if outcome is Outcome.SUPPORTS and not (bound or _of_figure(subject, ref, part, other)):
            outcome, label = Outcome.SILENT, "DATE_UNBOUND"
        if found or as_of or label == "DATE_UNBOUND":
            yield _Match(other, index, found.score, found.akin, outcome, label)
    yield from _own_days(subject, ref, slot, part, index, ground)


def _repeat(
    subject: Subject, ref: DateRef, wording: Wording | None, part: Part, other: DateRef, index: int
) -> _Match | None:
    """A date of the evidence that stands in the claim's own words, whatever figures stand beside it.

    "A limit of 7,500 kg has been in force since August 2" repeats "A limit of 7.5 tonnes has been in force ...".
    """
    found = echo(wording, ref, wording_at(part.view, other), other)
    if found is None or wording is None or not (found.figures or subject.quantities):
        return None
    outcome, label = compare(ref, other)
    alone = all(compare(*pair)[0] is Outcome.SUPPORTS for pair in found.others)
    if found.opposite:
        sure = outcome is Outcome.SUPPORTS and alone and ref.relation == other.relation
        outcome, label = (Outcome.CONFLICTS, "POLARITY_CONFLICT") if sure else (Outcome.SILENT, "DATE_UNBOUND")
    elif outcome is Outcome.SUPPORTS and (_adds_up(subject, ref, other) or not _single_or_whole(subject, part, other)):
        outcome, label = Outcome.SILENT, "DATE_PARTIAL"
    elif outcome is Outcome.CONFLICTS and not (found.figures and alone and wording.telling >= _CONFLICT_TELLING):
        return None
    return _Match(other, index, 1.0, True, outcome, label)


def _of_figure(subject: Subject, ref: DateRef, part: Part, other: DateRef) -> bool:
    """Whether a date is the time of a figure that the source gives for it, which the check of numbers compares."""
    return bool(subject.quantities) and is_of_one_figure(subject.view, ref, part.view, other)


def _single_or_whole(subject: Subject, part: Part, other: DateRef) -> bool:
    """Whether a claim is one sentence, or the rest of its text is in the evidence too."""
    text = subject.view.analysis.parsed.text
    lone = len(subject.view.text.strip()) == len(text.strip()) and len(subject.view.analysis.parsed.sentences) > 1
    return not lone or _whole(subject, part, other)


def _adds_up(subject: Subject, ref: DateRef, other: DateRef) -> bool:
    """Whether a figure of the claim counts over a stretch that the source's date does not fill.

    500 cars in May are no 500 cars in the year, and 1.8 billion from 2014 to 2018 none from 2014 to 2019.
    """
    mine, theirs = readings(ref), readings(other)
    if not mine or not theirs or theirs[0] in mine or ref.relation != "in":
        return False
    if closed_range(ref) and closed_range(other):
        return True
    figures = [each for each in subject.quantities if each.form not in _TIMELESS]
    return bool(figures) and (closed_range(ref) or ref.grain in _LONG)


def _edges(
    ref: DateRef, slot: Slot, slots: Iterable[tuple[DateRef, Slot]], ground: Ground
) -> tuple[DateRef, tuple[Outcome, str]] | None:
    """A stretch of the claim against the source's days on which the same thing began and ended."""
    stretch = is_range(ref) or (ref.relation == "until" and readings(ref))
    if not stretch or not slot.frames or slot.frames[0].negated:
        return None
    days: dict[str, DateRef] = {}
    for other, there in slots:
        for frame in there.frames:
            fits = frame.edge and not (other.fuzzy or is_range(other)) and readings(other) and other.relation == "in"
            if fits and not frame.unsure and same_theme(slot.frames[0], frame, ground):
                days.setdefault(frame.edge, other)
    if not days or slot.frames[0].edge == "start":
        return None
    found = compare_edges(ref, days.get("start"), days.get("end"))
    shown = days.get("end") or days["start"]
    return None if found[0] is Outcome.SILENT else (shown, found)


def _is_as_of(subject: Subject, ref: DateRef) -> bool:
    before = subject.view.analysis.parsed.text[max(0, ref.span.start - 6) : ref.span.start].lower()
    return before.endswith("as of ") and bool(subject.quantities)


def _own_days(subject: Subject, ref: DateRef, slot: Slot, part: Part, index: int, ground: Ground) -> Iterator[_Match]:
    """The day of minutes or a transcript, for what was done there; it never conflicts."""
    own = own_day(part.meta)
    if own is None or compare(ref, own)[0] is not Outcome.SUPPORTS:
        return
    done = acts_of_meeting(part, slot.frames, ground, bool(subject.quantities))
    if (done or is_occasion(part, slot.frames, ground)) and _whole(subject, part):
        yield _Match(own, index, 0.9, True, Outcome.SUPPORTS, "DATE_EQUAL")


def _whole(subject: Subject, part: Part, other: DateRef | None = None) -> bool:
    """Whether the rest of the claim is in the evidence too; ``other`` is the date of the evidence that is compared.

    In an article the date's own clause suffices, for the sentence's other slots are claims of their own. A text that is
    one claim, with nothing else in focus, must find nearly all its words, and no denial on one side only.
    """
    text = subject.view.analysis.parsed.text
    sentence = part.view.span if other is None else part.view.analysis.parsed.sentence_at(other.span.start)
    if subject.quotes or len(subject.view.text.strip()) < len(text.strip()):
        return True
    if opposed(subject.view, part.view, sentence):
        return False
    if not subject.quantities and _denies(subject.view) != _denies(part.view.analysis.view(sentence)):
        return False
    ours = list(names_in(_undated(subject.view)))
    others = list(names_in(part.view.tokens))
    if not all(any(compatible(name, other) for other in others) for name in ours):
        return False
    telling = [low for low in _undated(subject.view) if low.pos_ != "NUM" and not any(c.isdigit() for c in low.text)]
    mine = [each for each in content(telling) if not any(each.lemma in name for name in ours)]
    means = frozenset(
        meaning for each in content(part.view.tokens) for meaning in each.means | event_means(each.lemma)
    ) | {meaning for low in part.view.tokens for meaning in event_means(low.lemma_.lower())}
    met = [each.meets(means) or bool(event_means(each.lemma) & means) for each in mine]
    return bool(mine) and sum(met) >= (_COUNTED if subject.quantities else _WHOLE) * len(mine)


def _undated(view: View) -> list[Token]:
    light = words("light")
    return [token for token in view.tokens if not dated(token, view) and token.lemma_.lower() not in light]


def _denies(view: View) -> bool:
    return any(low.dep_ == "neg" or low.lower_ in ("no", "never", "nobody", "without", "none") for low in view.tokens)


# --- statements ----------------------------------------------------------------------------------


def _statements(subject: Subject, ref: DateRef, part: Part, index: int) -> Iterator[_Match]:
    """The day of a statement: beside a speech cue in the evidence, or the day of the transcript itself."""
    overlap = _common_words(subject, part)
    found = [(other, *compare(ref, other)) for other in statement_days(part) if _says_when(other)]
    own = own_day(part.meta)
    if not found and own is not None and is_spoken(part.meta):
        found.append((own, *compare(ref, own)))
    elif not found and own is not None and is_publisher(subject, part.meta):
        outcome, label = compare(ref, own)
        if outcome is Outcome.SUPPORTS:
            found.append((own, outcome, label))
    for other, outcome, label in found:
        needed = _STATEMENT_SUPPORT if outcome is Outcome.SUPPORTS else _STATEMENT_CONFLICT
        if overlap < needed:
            outcome, label = Outcome.SILENT, "DATE_OTHER"
        yield _Match(other, index, overlap, overlap >= needed, outcome, label)


def _common_words(subject: Subject, part: Part) -> float:
    """The share of the content words of what the claim reports that the evidence has too."""
    inside = [span for quote in subject.view.quotes for span in quote.content]
    parsed = subject.view.analysis.parsed
    tokens = [token for span in inside for token in parsed.tokens(span)] or list(subject.view.tokens)
    mine = {token.lemma_.lower() for token in tokens if token.pos_ in ("NOUN", "VERB", "ADJ", "NUM", "PROPN")}
    theirs = {token.lemma_.lower() for token in part.view.tokens}
    return len(mine & theirs) / len(mine) if mine else 0.0


# --- words ---------------------------------------------------------------------------------------


def _finding(ref: DateRef, match: _Match) -> Finding:
    detail = f"The claim says {_named(ref)}; the source says {_named(match.ref)}."
    span = match.ref.span if len(match.ref.span) else None
    if span is None:
        detail = f"The claim says {_named(ref)}; the source is of {_days(match.ref)}."
    return Finding(
        "dates", match.outcome, match.label, detail, ref.span, span, _days(ref), _days(match.ref), match.part
    )


def _problem(ref: DateRef) -> Finding:
    detail = f'The claim says "{ref.text}"; {ref.problem}.'
    return Finding("dates", Outcome.SILENT, "WEEKDAY_MISMATCH", detail, ref.span, claim_value=_days(ref), flag=True)


def _named(ref: DateRef) -> str:
    """A date as written, and as understood where that is not the same.

    >>> from datetime import date
    >>> from claimdesk.model import Span
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
