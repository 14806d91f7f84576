"""Does the passage say so in other words? A trained model reads what no rule decided; the rules may still forbid it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.analysis import Part, Subject
from claimdesk.checks.meaning import check_meaning
from claimdesk.entailment.combiner import SURE, Combiner, Thresholds
from claimdesk.entailment.features import features
from claimdesk.entailment.judges import MeaningModel, Probabilities
from claimdesk.entailment.marking import has_other_figure, value_marks
from claimdesk.entailment.placing import is_misplaced
from claimdesk.entailment.reported import is_reported_alike
from claimdesk.entailment.rivals import has_rival_name, is_turned
from claimdesk.entailment.windows import Reading, Window, read_evidence
from claimdesk.model import Finding, Outcome, QuoteType, Span, Stance

COMPARING = ("numbers", "dates", "superlatives")  # the checks that compare values

NO_READING = Probabilities(0.25, 0.25, 0.5)

# What the rules see that no reading may overrule (domain rule 0.7: five flags, each vetoes support).
_VETOES = frozenset("NEGATION_MISMATCH MODALITY_MISMATCH CONDITION_MISMATCH QUESTION TURNED_WORD SELF_CONFLICT".split())
# What the rules see that only a surer reading may overrule: other words may stand for the same name, person or value.
_DOUBTS = frozenset("OTHER_SUBJECT NAME_MISSING TURNING_WORD".split())
_VALUE_DOUBTS = frozenset("NOT_FOUND DATE_UNBOUND NOT_STATED DENIED_OTHERWISE EXCEPTED".split())


@dataclass(frozen=True, slots=True)
class Observed:
    """A pair as the combiner sees it: the model's reading, all findings, and one number for each feature."""

    reading: Reading
    findings: tuple[Finding, ...]
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules allow a reading to say of a pair.

    ``restated``: the passage has all of the claim's words, and nothing forbids support. ``forbidden``: a rule forbids
    it, or the value stands there and seems to be said of something else, or the reported words by somebody else.
    ``unplaced``: it takes much more than usual, for no value of the passage is the claim's, or a rival name stands
    there. ``doubtful``: it takes more than usual, for a name or a value is not shown to be the claim's. ``valued``: a
    number or a date is in focus. ``absent``: the passage has nothing of that value's kind, so it cannot conflict.
    """

    restated: bool = False
    forbidden: bool = False
    unplaced: bool = False
    doubtful: bool = False
    valued: bool = False
    absent: bool = False


def check_entailment(
    subject: Subject, parts: Sequence[Part], findings: Sequence[Finding], model: MeaningModel, combiner: Combiner
) -> tuple[list[Finding], Probabilities]:
    """Lets the trained model read a claim that no rule decided, window by window.

    Its reading and what the rules saw give calibrated probabilities. It supports only above the shipped threshold,
    when no quotation is in focus, and when negation, modality and condition agree; where a name, a subject or a value
    is not shown to be the claim's, it has to be surer. It conflicts only above its own threshold. Where all of the
    claim's words are there, nothing else forbids it.
    """
    seen = observe(subject, parts, findings, model)
    if seen is None:
        return [], NO_READING
    likely = combiner.probabilities(seen.features)
    thresholds = combiner.thresholds if subject.whole else combiner.thresholds.at_least(SURE)
    stance = call(likely, thresholds, standing_of(subject, parts, findings, seen))
    restated = [finding for finding in findings if finding.label == "RESTATED"]
    if stance is Stance.SUPPORTS and restated:
        return restated[:1], likely
    if stance is Stance.SUPPORTS:
        detail = f"Read as saying the same ({likely.supports:.0%} sure, by the trained judge)."
        return [_finding(Outcome.SUPPORTS, "ENTAILED", detail, subject, seen.reading.supporting)], likely
    if stance is Stance.CONFLICTS:
        detail = f"Read as contradicting it ({likely.conflicts:.0%} sure, by the trained judge)."
        return [_finding(Outcome.CONFLICTS, "CONTRADICTED", detail, subject, seen.reading.conflicting)], likely
    return [], likely


def call(likely: Probabilities, thresholds: Thresholds, standing: Standing) -> Stance:
    """The stance that probabilities stand for, which is the policy in one place."""
    least = thresholds.supports
    if standing.doubtful and not standing.restated:
        least = thresholds.supports_doubtful
    if standing.unplaced and not standing.restated:
        least = thresholds.supports_unplaced
    if likely.supports >= least and (standing.restated or not standing.forbidden):
        return Stance.SUPPORTS
    least = thresholds.conflicts_valued if standing.valued else thresholds.conflicts
    return Stance.CONFLICTS if likely.conflicts >= least and not standing.absent else Stance.RELATED


def observe(
    subject: Subject, parts: Sequence[Part], findings: Sequence[Finding], model: MeaningModel
) -> Observed | None:
    """What the combiner is given; None where there is nothing to read, or words in quotation marks decide."""
    if any(quote.type is not QuoteType.INDIRECT for quote in subject.quotes):
        return None
    reading = read_evidence(subject.view, parts, model)
    if reading is None:
        return None
    seen = list(findings)
    if not any(finding.check == "meaning" for finding in seen):
        seen += check_meaning(subject, parts)
    return Observed(reading, tuple(seen), tuple(features(subject, parts, reading, seen)))


def standing_of(subject: Subject, parts: Sequence[Part], findings: Sequence[Finding], seen: Observed) -> Standing:
    """What the rules allow a reading of a pair to say: absence is no conflict (rule 0.6), a veto no support (0.7).

    ``findings`` are those that the rules decide by, ``seen`` holds all that could be seen.
    """
    views = [part.view for part in parts]
    valued = has_values(subject)
    marks = value_marks(subject.view, views) if valued else []
    compared = [finding for finding in findings if finding.check in COMPARING and finding.outcome is Outcome.SILENT]
    silent = {finding.label for finding in compared} if valued else set()
    # The value is there, and is not said of the same thing: a check took it for something else, or the claim's words
    # stand beside another figure ("a loss of 63 million, against a profit of 18 million").
    elsewhere = bool(silent - _VALUE_DOUBTS) or (
        bool(silent) and has_other_figure(subject.view, views) and is_misplaced(subject.view, views)
    )
    return Standing(
        restated=any(finding.label == "RESTATED" for finding in findings) and not any(map(_forbids, findings)),
        forbidden=any(map(_forbids, seen.findings))
        or "!" in marks
        or elsewhere
        or any(is_turned(finding, subject.view, views) for finding in seen.findings)
        or any(not is_reported_alike(quote, views) for quote in subject.quotes),
        unplaced=bool(set(marks) - {"=", "!"}) or has_rival_name(subject.view, views),
        doubtful=bool(silent) or bool(subject.quotes) or any(finding.label in _DOUBTS for finding in seen.findings),
        valued=valued,
        absent="?" in marks,
    )


def has_values(subject: Subject) -> bool:
    """Whether a number or a date is in focus that could be compared."""
    return any(not quantity.soft for quantity in subject.quantities) or bool(subject.dates)


def _forbids(finding: Finding) -> bool:
    return finding.label in _VETOES or finding.flag or finding.outcome is Outcome.CONFLICTS


def _finding(outcome: Outcome, label: str, detail: str, subject: Subject, window: Window) -> Finding:
    text = window.view.analysis.parsed.text
    lead = len(window.view.text) - len(window.view.text.lstrip())
    span = Span(window.view.span.start + lead, window.view.span.start + lead + len(window.view.text.strip()))
    return Finding(
        check="meaning",
        outcome=outcome,
        label=label,
        detail=detail,
        claim_span=subject.view.span,
        evidence_span=span,
        claim_value=subject.view.text,
        evidence_value=span.of(text),
        part=window.part.index,
    )
