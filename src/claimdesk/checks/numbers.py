"""Numbers: is each figure of the claim the figure that the source gives for the same thing?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from claimdesk.analysis import Part, Subject, claim_date
from claimdesk.model import Finding, Form, Hedge, Outcome, Span
from claimdesk.numbers.bind import Bound, bind, bind_one
from claimdesk.numbers.compare import compare
from claimdesk.numbers.derive import derive, duration, may_follow
from claimdesk.numbers.equals import equal_bounds
from claimdesk.numbers.fits import Fit, Match, Setting
from claimdesk.numbers.intervals import BOUNDS, unit_slip
from claimdesk.numbers.mixups import name_mixup, same_value, sides_of
from claimdesk.numbers.number_words import sentence, show
from claimdesk.numbers.relation import Relation
from claimdesk.numbers.rows import row_bounds, row_spans
from claimdesk.numbers.same_frame import company, partner
from claimdesk.numbers.scope import overlap
from claimdesk.numbers.slots import fit
from claimdesk.numbers.surroundings import folded_words, is_quoted, marked_words, setting_of, stretch_dates

CHECK = "numbers"
_RUNNING = frozenset(["die", "injure", "missing", "arrest", "evacuate", "infect", "displace", "vote"])
_POINTS = frozenset(["minute", "place", "position", "lap", "floor"])  # ordinals of these say when or where
_TWIN = 99.0  # the score of a figure in the same place of the same sentence
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
        found = _decide(subject, claim, sources)
        if found.outcome is Outcome.SUPPORTS and (words_ := marked_words(subject.view, quantity)):
            if not any(words_ in folded_words(part.view) for part in parts):
                detail = f'The claim quotes "{words_}"; the source has the number, but not these words.'
                found = replace(found, outcome=Outcome.SILENT, label="OTHER_PHRASE", detail=detail)
        findings.append(found)
    return findings


def _bounds(part: Part) -> tuple[Bound, ...]:
    """The figures of a passage: those of its rows by their cells, those of its sentences by their grammar."""
    rows = row_spans(part.view)
    if not rows:
        return bind(part.view)
    prose = (bound for bound in bind(part.view) if not any(row.contains(bound.quantity.span) for row in rows))
    return (*row_bounds(part.view), *prose)


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
        best = max(conflicts, key=lambda each: each.match.score)
        beside = next(bounds for part, bounds in sources if part is best.part)
        return _finding(claim, _less_sure(claim, best, beside) if subject.whole else best)
    if later:
        return _finding(claim, later[0], Outcome.SILENT, "LATER_FIGURE", flag=True)
    if answers:
        return _finding(claim, max(answers, key=lambda each: (each.match.fit, each.match.score)))
    return Finding(
        CHECK, Outcome.SILENT, "NOT_FOUND", f"The source gives no figure to compare with {show(claim)}.",
        claim_span=claim.quantity.span, claim_value=show(claim),
    )  # fmt: skip


def _less_sure(claim: Bound, answer: _Answer, bounds: Sequence[Bound]) -> _Answer:
    """Another count, or a silent one where the claim's may follow from several that the passage has.

    Of the dead and the like a text gives several counts of one thing, not parts of it: there it is another count.
    """
    if answer.relation.label != "EXACT_CONFLICT" or claim.events & _RUNNING or not (steps := may_follow(claim, bounds)):
        return answer
    return replace(answer, relation=Relation(Outcome.SILENT, "MAY_FOLLOW", f"but {steps} there"))


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
    setting = setting_of(subject, part)
    bounds = (*bounds, *equal_bounds(claim, part.view))
    quoted = is_quoted(subject, claim.quantity)
    matches = [fit(claim, bound, setting) for bound in bounds]
    twin = partner(claim, bounds)
    if twin is not None and not twin.withdrawn and (relation := _compare(claim, twin, quoted)) is not None:
        match = Match(twin, Fit.SAME, score=_TWIN)
        return [_Answer(part, name_mixup(claim, match, matches, part, relation), match)]
    same = [each for each in matches if each.fit is Fit.SAME and not each.lacking]
    if same:
        return _by_value(claim, part, same, matches, quoted)
    if against := _by_lacking(claim, part, matches, quoted):
        return against
    if found := _by_slot(claim, part, matches, quoted):
        return [found]
    if found := _by_arithmetic(claim, part, bounds, setting):
        return [found]
    if found := _by_dates(claim, part, setting):
        return [found]
    if found := _identifier(claim, part, bounds):
        return [found]
    if claim.item == "side" and claim.quantity.values == (Decimal(2),) and (sides := sides_of(part)):
        whole = Match(
            replace(claim, quantity=replace(claim.quantity, span=sides, number=sides), view=part.view), Fit.SAME
        )
        return [_Answer(part, Relation(Outcome.SUPPORTS, "EQUAL", "the sides of an exchange are two"), whole)]
    unknown = [each for each in matches if each.fit in (Fit.UNKNOWN, Fit.CONTRA) or each.lacking] or [
        each for each in matches if each.label not in ("DIFFERENT_ITEM",) and each.fit is Fit.OTHER
    ]
    alike = [each for each in unknown if same_value(claim, each.source)] or unknown
    if alike:
        best = max(alike, key=lambda each: each.score)
        return [_Answer(part, Relation(Outcome.SILENT, best.label or "NOT_FOUND", best.why), best)]
    return []


def _by_value(claim: Bound, part: Part, same: list[Match], every: list[Match], quoted: bool) -> list[_Answer]:
    firm = [each for each in same if not each.soft]
    soft = [each for each in same if each.soft]
    if not firm:
        return _by_soft_value(claim, part, soft, quoted)
    top = max(each.score for each in firm)
    answers = []
    for match in firm:
        if match.score >= top - _TIES and (relation := _compare(claim, match.source, quoted)):
            if relation.outcome is Outcome.CONFLICTS and not _anchored(claim, match.source):
                relation = Relation(Outcome.SILENT, "DIFFERENT_ITEM", "little says that it is the same thing")
            if relation.outcome is Outcome.CONFLICTS and _other_rank(claim, match.source):
                relation = Relation(Outcome.SILENT, "ORDINAL_OTHER", "it may be another one of the row")
            answers.append(_Answer(part, name_mixup(claim, match, every, part, relation), match))
    answers = _told_apart(claim, answers)
    outcomes = {each.outcome for each in answers}
    if {Outcome.SUPPORTS, Outcome.CONFLICTS} <= outcomes:
        speakers = {each.match.source.speaker.lemma for each in answers if each.match.source.speaker}
        label = "DISPUTED" if len(speakers) > 1 else "AMBIGUOUS"
        note = "the passage gives several figures for it"
        return [_Answer(part, Relation(Outcome.SILENT, label, note, flag=True), answers[0].match)]
    return answers


def _is_misreported(claim: Bound, source: Bound) -> bool:
    """Whether a stronger bound is another figure: "at least 74 dead" may be a later count, "at least $74" is not.

    Ten times as many are no later count: "more than 40,000" is not "more than 4,000".
    """
    if claim.quantity.hedge is not source.quantity.hedge:
        return False
    return not claim.events & _RUNNING or unit_slip(claim.quantity, source.quantity)


def _anchored(claim: Bound, source: Bound) -> bool:
    """Whether the two clauses share a word beside their numbers; without one a difference says nothing."""
    if source.in_row or not claim.core or claim.item and claim.item == source.item:
        return True
    theirs = source.core_means
    return any(word.meets(theirs) for word in claim.core) or bool(claim.events & source.events)


def _told_apart(claim: Bound, answers: list[_Answer]) -> list[_Answer]:
    """Of several figures for one slot, those that nothing narrows: "Tickets cost $12, and $6 for visitors under 16"."""
    sides = {each.outcome for each in answers}
    if not {Outcome.SUPPORTS, Outcome.CONFLICTS} <= sides:
        return answers
    bare = [each for each in answers if not _narrowed(claim, each.match.source)]
    if bare and len({each.outcome for each in bare}) == 1:
        return bare
    shared = [company(claim, each.match.source) for each in answers]
    closest = [each for each, count in zip(answers, shared, strict=True) if count == max(shared)]
    return closest if len({each.outcome for each in closest}) == 1 else answers


def _narrowed(claim: Bound, source: Bound) -> bool:
    """Whether words behind the source's number, up to the next number, say something that the claim does not."""
    end = source.quantity.span.end
    stop = min((each.span.start for each in source.siblings if each.span.start > end), default=source.sentence.end)
    known = claim.near_means
    return any(
        end <= word.span.start < stop and not word.meets(known) and word not in source.item_terms
        for word in source.near
    )


def _by_soft_value(claim: Bound, part: Part, soft: list[Match], quoted: bool) -> list[_Answer]:
    """Figures that lack only words around the number: an equal one supports unless another fits as well."""
    relations = [(match, relation) for match in soft if (relation := _compare(claim, match.source, quoted))]
    equal = [(match, relation) for match, relation in relations if relation.outcome is Outcome.SUPPORTS]
    others = [match for match, relation in relations if relation.outcome is Outcome.CONFLICTS]
    if equal:
        match, relation = max(equal, key=lambda pair: pair[0].score)
        if not any(other.score >= match.score - _TIES for other in others):
            return [_Answer(part, relation, match)]
    best = max(soft, key=lambda each: each.score)
    return [_Answer(part, Relation(Outcome.SILENT, best.label or "NOT_STATED", best.why), best)]


def _by_lacking(claim: Bound, part: Part, matches: list[Match], quoted: bool) -> list[_Answer]:
    """The one figure of the same event to which the source only lacks a description: another value conflicts."""
    lacking = [each for each in matches if each.fit is Fit.SAME and each.lacking]
    relation = _compare(claim, lacking[0].source, quoted) if len(lacking) == 1 else None
    if relation is None or relation.outcome is not Outcome.CONFLICTS:
        return []
    return [_Answer(part, name_mixup(claim, lacking[0], matches, part, relation), lacking[0])]


def _other_rank(claim: Bound, source: Bound) -> bool:
    """The second single and the third single are two singles unless the same thing is said to be both."""
    if claim.item in _POINTS and any(word.name and word.meets(source.core_means) for word in claim.core):
        return False  # her header in the 114th minute is not in the 104th
    said_of_it = {claim.dep, source.dep} <= {"attr", "appos"} and "attr" in (claim.dep, source.dep)
    return claim.quantity.form is Form.ORDINAL and not said_of_it


def _compare(claim: Bound, source: Bound, quoted: bool) -> Relation | None:
    relation = compare(claim.quantity, source.quantity, quoted=quoted)
    if relation is not None and relation.label == "BOUND_STRENGTHENED" and _is_misreported(claim, source):
        return replace(relation, outcome=Outcome.CONFLICTS, flag=False)
    return relation


def _by_slot(claim: Bound, part: Part, matches: list[Match], quoted: bool) -> _Answer | None:
    """The value agrees but one slot contradicts: another place, another day, the other direction."""
    for match in sorted((each for each in matches if each.fit is Fit.CONTRA), key=lambda each: -each.score):
        relation = _compare(claim, match.source, quoted)
        bounded = claim.quantity.hedge in BOUNDS and claim.quantity.unit is None
        loose = bounded and claim.quantity.values != match.source.quantity.values
        if relation is None or loose:  # "at least 47" holds of every larger figure of another thing
            continue
        swapped = match.label == "DIRECTION_CONFLICT" and any(same_value(claim, each.source) for each in matches)
        if relation.outcome is Outcome.SUPPORTS or swapped:
            return _Answer(part, Relation(Outcome.CONFLICTS, match.label, match.why), match)
    return None


def _by_arithmetic(claim: Bound, part: Part, bounds: tuple[Bound, ...], setting: Setting) -> _Answer | None:
    for result in derive(bounds):
        match = fit(claim, result.bound, setting)
        if match.fit is not Fit.SAME or (relation := _compare(claim, result.bound, False)) is None:
            continue
        if match.soft and relation.outcome is not Outcome.SUPPORTS:
            continue
        if relation.label in ("PCT_VS_PP", "UNIT_MISMATCH"):
            continue
        if relation.outcome is Outcome.SUPPORTS and (result.exact or claim.quantity.hedge is not Hedge.NONE):
            return _Answer(part, Relation(Outcome.SUPPORTS, "DERIVED_OK", result.arithmetic), match, result.arithmetic)
        stated = any(bound.base and same_value(claim, bound) for bound in bounds)
        if relation.outcome is Outcome.CONFLICTS and result.exact and not stated:
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
        or (found := duration(claim.quantity, stretch_dates(part))) is None
    ):
        return None
    _, words_, agrees = found
    anchor = Match(Bound(claim.quantity, part.view, part.view.span), Fit.SAME)
    hedged = claim.quantity.hedge not in (Hedge.NONE, Hedge.EXACTLY, Hedge.ABOUT)
    if hedged:
        return None
    label, outcome = ("DERIVED_OK", Outcome.SUPPORTS) if agrees else ("DERIVED_CONFLICT", Outcome.CONFLICTS)
    return _Answer(part, Relation(outcome, label, words_), anchor, words_)


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


# --- words ---------------------------------------------------------------------------------------


def _finding(
    claim: Bound, answer: _Answer, outcome: Outcome | None = None, label: str = "", flag: bool = False
) -> Finding:
    relation, source = answer.relation, answer.match.source
    evidence = answer.arithmetic or show(source)
    return Finding(
        CHECK,
        outcome or relation.outcome,
        label or relation.label,
        sentence(claim, source, relation, label or relation.label, answer.arithmetic),
        claim_span=claim.quantity.span,
        evidence_span=source.quantity.span if source.view is answer.part.view else None,
        claim_value=show(claim),
        evidence_value=evidence,
        part=answer.part.index,
        flag=flag or relation.flag,
        covers=_covered(claim, answer) if (outcome or relation.outcome) is Outcome.SUPPORTS else (),
    )


def _covered(claim: Bound, answer: _Answer) -> tuple[Span, ...]:
    """The claim's time expressions that meet one beside the source's figure, or in a sentence before it."""
    source = answer.match.source
    theirs = source.times or tuple(ref for ref in source.view.dates if ref.span.end <= source.sentence.start)
    return tuple(ref.span for ref in claim.times if overlap((ref,), theirs))
