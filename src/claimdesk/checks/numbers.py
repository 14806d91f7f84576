"""Numbers: is each figure of the claim the figure that the source gives for the same thing?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from claimdesk.analysis import Part, Subject, claim_date
from claimdesk.bind import Bound, bind, bind_one
from claimdesk.compare import Relation, compare
from claimdesk.concepts import meanings
from claimdesk.dates import find_dates
from claimdesk.derive import derive, duration
from claimdesk.model import DateRef, Finding, Form, Hedge, Outcome, Quantity, QuoteType, Span
from claimdesk.rows import row_bounds
from claimdesk.slots import Fit, Match, Setting, fit
from claimdesk.terms import content
from claimdesk.text import fold, words

CHECK = "numbers"
_RUNNING = frozenset(["die", "injure", "missing", "arrest", "evacuate", "infect", "displace", "vote"])
_SOME_YEAR = date(2023, 12, 31)
_TIES = 0.75  # scores this close are one rank


@dataclass(frozen=True)
class _Answer:
    """What one passage says about one quantity."""

    part: Part
    relation: Relation
    match: Match
    arithmetic: str = ""

    @property
    def outcome(self) -> Outcome:
        return self.relation.outcome


def check_numbers(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compare every quantity in focus with the quantity of the same thing in the evidence.

    One finding for each quantity in focus, in order; a quantity for which nothing comparable is found gives a silent
    ``NOT_FOUND``. Several parts are one body of evidence: a newer figure replaces an older one, and two figures of
    one day are disputed.
    """
    bounds = {bound.quantity.number: bound for bound in bind(subject.view)}
    sources = [(part, _bounds(part)) for part in parts]
    findings = []
    for quantity in subject.quantities:
        claim = bounds.get(quantity.number) or bind_one(subject.view, quantity)
        findings.append(_decide(subject, claim, sources))
    return findings


def _bounds(part: Part) -> tuple[Bound, ...]:
    return row_bounds(part.view) or bind(part.view)


def _decide(subject: Subject, claim: Bound, sources: Sequence[tuple[Part, tuple[Bound, ...]]]) -> Finding:
    answers: list[_Answer] = []
    for part, bounds in sources:
        answers.extend(_answers(subject, claim, part, bounds))
    supports = [each for each in answers if each.outcome is Outcome.SUPPORTS]
    conflicts = [each for each in answers if each.outcome is Outcome.CONFLICTS]
    today = claim_date(subject)
    conflicts, later = _not_later(claim, conflicts, today)
    if supports and conflicts:
        return _weigh(claim, supports, conflicts)
    if supports:
        best = max(supports, key=lambda each: each.match.score)
        return _finding(claim, best)
    if conflicts:
        return _finding(claim, max(conflicts, key=lambda each: each.match.score))
    if later:
        return _finding(claim, later[0], Outcome.SILENT, "LATER_FIGURE", flag=True)
    if answers:
        return _finding(claim, max(answers, key=lambda each: (each.match.fit, each.match.score)))
    return Finding(
        CHECK, Outcome.SILENT, "NOT_FOUND", f"The source gives no figure to compare with {_show(claim)}.",
        claim_span=claim.quantity.span, claim_value=_show(claim),
    )  # fmt: skip


def _not_later(claim: Bound, conflicts: list[_Answer], today: date | None) -> tuple[list[_Answer], list[_Answer]]:
    """A running figure of a later day does not contradict the claim of an earlier one."""
    if today is None or not claim.events & _RUNNING:
        return conflicts, []
    later = [each for each in conflicts if each.part.meta.date is not None and each.part.meta.date > today]
    return [each for each in conflicts if each not in later], later


def _weigh(claim: Bound, supports: list[_Answer], conflicts: list[_Answer]) -> Finding:
    """Evidence on both sides: the newer figure holds; figures of one day are disputed."""
    ours, theirs = _newest(supports), _newest(conflicts)
    best = max(supports, key=lambda each: each.match.score)
    against = max(conflicts, key=lambda each: (each.part.meta.date or date.min, each.match.score))
    if ours is not None and theirs is not None and ours != theirs:
        if ours > theirs:
            return _finding(claim, best)
        if not claim.times:
            return _finding(claim, against, Outcome.CONFLICTS, "SUPERSEDED")
        return _finding(claim, best, Outcome.SUPPORTS, "EQUAL_AS_OF")
    return _finding(claim, against, Outcome.SILENT, "DISPUTED", flag=True)


def _newest(answers: list[_Answer]) -> date | None:
    return max((each.part.meta.date for each in answers if each.part.meta.date is not None), default=None)


# --- one passage ---------------------------------------------------------------------------------


def _answers(subject: Subject, claim: Bound, part: Part, bounds: tuple[Bound, ...]) -> list[_Answer]:
    """What one passage says: its best-fitting figures, else what follows from them by arithmetic."""
    setting = _setting(subject, part)
    quoted = _quoted(subject, claim.quantity)
    matches = [fit(claim, bound, setting) for bound in bounds]
    same = [each for each in matches if each.fit is Fit.SAME]
    if same:
        return _by_value(claim, part, same, matches, quoted)
    if found := _by_slot(claim, part, matches, quoted):
        return [found]
    if found := _by_arithmetic(claim, part, bounds, setting):
        return [found]
    if found := _by_dates(claim, part, setting):
        return [found]
    if found := _identifier(claim, part, bounds):
        return [found]
    if claim.item == "side" and claim.quantity.values == (2,) and (sides := _sides(part)):
        whole = Match(
            replace(claim, quantity=replace(claim.quantity, span=sides, number=sides), view=part.view), Fit.SAME
        )
        return [_Answer(part, Relation(Outcome.SUPPORTS, "EQUAL", "the sides of an exchange are two"), whole)]
    unknown = [each for each in matches if each.fit in (Fit.UNKNOWN, Fit.CONTRA)] or [
        each for each in matches if each.label not in ("DIFFERENT_ITEM",) and each.fit is Fit.OTHER
    ]
    same_value = [each for each in unknown if _same_value(claim, each.source)] or unknown
    if same_value:
        best = max(same_value, key=lambda each: each.score)
        return [_Answer(part, Relation(Outcome.SILENT, best.label or "NOT_FOUND", best.why), best)]
    return []


def _by_value(claim: Bound, part: Part, same: list[Match], every: list[Match], quoted: bool) -> list[_Answer]:
    top = max(each.score for each in same)
    answers = []
    for match in same:
        if match.score >= top - _TIES and (relation := _compare(claim, match.source, quoted)):
            if relation.outcome is Outcome.CONFLICTS and _other_rank(claim, match.source):
                relation = Relation(Outcome.SILENT, "ORDINAL_OTHER", "it may be another one of the row")
            answers.append(_Answer(part, _relabel(claim, match, every, part, relation), match))
    outcomes = {each.outcome for each in answers}
    if {Outcome.SUPPORTS, Outcome.CONFLICTS} <= outcomes:
        speakers = {each.match.source.speaker.lemma for each in answers if each.match.source.speaker}
        label = "DISPUTED" if len(speakers) > 1 else "AMBIGUOUS"
        note = "the passage gives several figures for it"
        return [_Answer(part, Relation(Outcome.SILENT, label, note, flag=True), answers[0].match)]
    return answers


def _other_rank(claim: Bound, source: Bound) -> bool:
    """The second single and the third single are two singles unless the same thing is said to be both."""
    return claim.quantity.form is Form.ORDINAL and not (claim.dep == source.dep == "attr")


def _compare(claim: Bound, source: Bound, quoted: bool) -> Relation | None:
    if claim.quantity.form is Form.MULTIPLE and source.quantity.form is Form.MULTIPLE:
        return _factor(claim.quantity, source.quantity)
    return compare(claim.quantity, source.quantity, quoted=quoted)


def _factor(claim: Quantity, source: Quantity) -> Relation | None:
    """A bare "doubled" holds from 1.9 to 2.1."""
    if claim.hedge in (Hedge.NONE, Hedge.EXACTLY) and len(source.values) == 1 and len(claim.values) == 1:
        off = abs(source.values[0] - claim.values[0]) / claim.values[0] if claim.values[0] else Decimal(1)
        outcome = Outcome.SUPPORTS if off <= Decimal("0.05") else Outcome.CONFLICTS
        return Relation(outcome, "EQUAL" if outcome is Outcome.SUPPORTS else "EXACT_CONFLICT")
    return compare(claim, source)


def _relabel(claim: Bound, chosen: Match, every: list[Match], part: Part, relation: Relation) -> Relation:
    """Name the mix-up behind a wrong value: the base for the part, the other actor's figure, another year's."""
    if relation.outcome is not Outcome.CONFLICTS:
        return relation
    source = chosen.source
    for match in every:
        other = match.source
        if other is source or not _same_value(claim, other):
            continue
        if other.withdrawn:
            return Relation(Outcome.CONFLICTS, relation.label, f"the source withdraws {other.quantity.text}")
        if other.base and not claim.base:
            return Relation(Outcome.CONFLICTS, "SUBSET_CONFUSION", f"{other.quantity.text} is the base, not the part")
        if match.label in ("WRONG_PERIOD", "PERIOD_UNKNOWN") or (
            claim.times and other.times != source.times and source.times
        ):
            return Relation(Outcome.CONFLICTS, "WRONG_PERIOD", f"{other.quantity.text} belongs to another time")
        if (
            other.actor is not None
            and source.actor is not None
            and other.actor.lemma != source.actor.lemma
            and other.item == source.item
        ):
            return Relation(Outcome.CONFLICTS, "ROLE_SWAP", f"{other.quantity.text} belongs to {other.actor.lemma}")
    if subset := next((each.source for each in every if each.source.subset), None):
        if (
            claim.quantity.values[:1] == (source.quantity.values[0] + subset.quantity.values[0],)
            if source.quantity.values and subset.quantity.values
            else False
        ):
            return Relation(
                Outcome.CONFLICTS,
                "DERIVED_CONFLICT",
                f"the {subset.quantity.text} are included in the {source.quantity.text}",
            )
    if _is_identifier(claim.quantity, part):
        return Relation(
            Outcome.CONFLICTS, "IDENTIFIER_CONFUSION", f"{claim.quantity.text} is a name or an age there, not a count"
        )
    return relation


def _by_slot(claim: Bound, part: Part, matches: list[Match], quoted: bool) -> _Answer | None:
    """The value agrees but one slot contradicts: another place, another day, the other direction."""
    for match in sorted((each for each in matches if each.fit is Fit.CONTRA), key=lambda each: -each.score):
        relation = _compare(claim, match.source, quoted)
        if relation is None:
            continue
        swapped = match.label == "DIRECTION_CONFLICT" and any(_same_value(claim, each.source) for each in matches)
        if relation.outcome is Outcome.SUPPORTS or swapped:
            return _Answer(part, Relation(Outcome.CONFLICTS, match.label, match.why), match)
    return None


def _by_arithmetic(claim: Bound, part: Part, bounds: tuple[Bound, ...], setting: Setting) -> _Answer | None:
    for result in derive(bounds):
        match = fit(claim, result.bound, setting)
        if match.fit is not Fit.SAME or (relation := _compare(claim, result.bound, False)) is None:
            continue
        if relation.label in ("PCT_VS_PP", "UNIT_MISMATCH"):
            continue
        if relation.outcome is Outcome.SUPPORTS and (result.exact or claim.quantity.hedge is not Hedge.NONE):
            return _Answer(part, Relation(Outcome.SUPPORTS, "DERIVED_OK", result.arithmetic), match, result.arithmetic)
        if relation.outcome is Outcome.CONFLICTS and result.exact:
            return _Answer(
                part, Relation(Outcome.CONFLICTS, "DERIVED_CONFLICT", result.arithmetic), match, result.arithmetic
            )
        return _Answer(part, Relation(Outcome.SILENT, "DERIVED_APPROX", result.arithmetic), match, result.arithmetic)
    return None


def _by_dates(claim: Bound, part: Part, setting: Setting) -> _Answer | None:
    """A siege from 4 March to 6 June lasted three months."""
    if claim.quantity.unit not in ("day", "week", "month", "year") or not claim.topic:
        return None
    means = setting.passage
    if (
        not all(word.meets(means) for word in claim.topic)
        or (found := duration(claim.quantity, _stretches(part))) is None
    ):
        return None
    _, words_, agrees = found
    anchor = Match(Bound(claim.quantity, part.view, part.view.span), Fit.SAME)
    hedged = claim.quantity.hedge not in (Hedge.NONE, Hedge.EXACTLY, Hedge.ABOUT)
    if hedged:
        return None
    label, outcome = ("DERIVED_OK", Outcome.SUPPORTS) if agrees else ("DERIVED_CONFLICT", Outcome.CONFLICTS)
    return _Answer(part, Relation(outcome, label, words_), anchor, words_)


def _stretches(part: Part) -> tuple[DateRef, ...]:
    """The passage's dates; days without a year take one and the same year, which is enough for the time between them."""
    dates = part.view.dates
    if all(ref.first is None and ref.grain == "day" for ref in dates):
        return tuple(
            ref for ref in find_dates(part.view.analysis.parsed, _SOME_YEAR) if part.view.span.contains(ref.span)
        )
    return dates


def _sides(part: Part) -> Span | None:
    """Where a passage speaks of the sides, of which there are two."""
    found = re.search(
        r"\b(?:the sides|both sides|each side|the two sides|either side)\b", fold(part.view.text), re.IGNORECASE
    )
    return Span(*found.span()).shift(part.view.span.start) if found else None


def _identifier(claim: Bound, part: Part, bounds: tuple[Bound, ...]) -> _Answer | None:
    """27 men held, where the source has one man of 27 years held."""
    for bound in bounds:
        if (
            bound.quantity.form is Form.AGE
            and bound.quantity.values == claim.quantity.values
            and claim.quantity.unit is None
        ):
            same_item = claim.item and claim.item in bound.core_means
            if same_item and claim.main and claim.main & bound.core_means:
                note = f"{bound.quantity.text} is an age there, not a count"
                return _Answer(
                    part, Relation(Outcome.CONFLICTS, "IDENTIFIER_CONFUSION", note), Match(bound, Fit.CONTRA)
                )
    return None


def _is_identifier(quantity: Quantity, part: Part) -> bool:
    if len(quantity.values) != 1 or quantity.values[0] != quantity.values[0].to_integral_value():
        return False
    digits = str(int(quantity.values[0]))
    if len(digits) < 2:
        return False
    taken = [found.span for found in part.view.quantities if found.form is not Form.AGE]
    text = part.view.analysis.parsed.text
    for word in words(text, part.view.span):
        if word.norm.replace(",", "") in (digits, digits + "-year-old") and not any(
            span.overlaps(word.span) for span in taken
        ):
            return True
    return False


def _same_value(claim: Bound, other: Bound) -> bool:
    return claim.quantity.values == other.quantity.values and bool(claim.quantity.values)


def _quoted(subject: Subject, quantity: Quantity) -> bool:
    marked = (QuoteType.DIRECT, QuoteType.PARTIAL)
    return any(
        part.contains(quantity.number)
        for quote in subject.view.quotes
        if quote.type in marked
        for part in quote.content
    )


def _setting(subject: Subject, part: Part) -> Setting:
    return Setting(_passage_means(part), _claim_names(subject), _days(part))


def _passage_means(part: Part) -> frozenset[str]:
    found = frozenset().union(*(each.means for each in content(part.view.tokens)))
    headings = f"{part.meta.title} {part.meta.speaker} {part.meta.org}"
    return found.union(*(meanings(word.norm) for word in words(headings)))


def _claim_names(subject: Subject) -> frozenset[str]:
    """Names anywhere in the text that makes the claim: they need no repeating in each sentence."""
    doc = subject.view.analysis.parsed.doc
    return frozenset().union(*(meanings(token.lower_) for token in doc[:4000] if token.pos_ == "PROPN"))


def _days(part: Part) -> tuple[DateRef, ...]:
    if part.meta.date is None:
        return ()
    return (DateRef(Span(0, 0), part.meta.date.isoformat(), part.meta.date, part.meta.date, "day"),)


# --- words ---------------------------------------------------------------------------------------


def _finding(
    claim: Bound, answer: _Answer, outcome: Outcome | None = None, label: str = "", flag: bool = False
) -> Finding:
    relation, source = answer.relation, answer.match.source
    evidence = answer.arithmetic or _show(source)
    return Finding(
        CHECK,
        outcome or relation.outcome,
        label or relation.label,
        _sentence(claim, source, relation, label or relation.label, answer.arithmetic),
        claim_span=claim.quantity.span,
        evidence_span=source.quantity.span if source.view is answer.part.view else None,
        claim_value=_show(claim),
        evidence_value=evidence,
        part=answer.part.index,
        flag=flag or relation.flag,
    )


def _sentence(claim: Bound, source: Bound, relation: Relation, label: str, arithmetic: str) -> str:
    extra = f" ({relation.note})" if relation.note else ""
    if arithmetic:
        return f"The claim says {_show(claim)}; from the source follows {arithmetic}."
    if label == "SUPERSEDED":
        return f"The claim says {_show(claim)}; the newer figure of the source is {_show(source)}."
    if label == "DISPUTED":
        return f"The claim says {_show(claim)}; the sources disagree, another figure is {_show(source)}."
    if label == "LATER_FIGURE":
        return f"The claim says {_show(claim)}; a later source says {_show(source)}."
    return f"The claim says {_show(claim)}; the source says {_show(source)}{extra}."


def _show(bound: Bound) -> str:
    """The number with its counted noun, as written: "1,212 bodies"."""
    text = bound.view.analysis.parsed.text
    written = " ".join(bound.quantity.span.of(text).split()) or bound.quantity.text
    noun = bound.quantity.noun
    if noun is not None and noun.start >= bound.quantity.span.end and len(noun) <= 60:
        written = " ".join(text[bound.quantity.span.start : noun.end].split())
    return written
