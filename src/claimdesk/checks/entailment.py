"""Does the passage say so in other words? A trained model reads what no rule decided; the rules may still forbid it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.analysis import Part, Subject
from claimdesk.checks.meaning import check_meaning
from claimdesk.entailment.combiner import SURE, Combiner
from claimdesk.entailment.features import features
from claimdesk.entailment.judges import MeaningModel, Probabilities
from claimdesk.entailment.marking import value_marks
from claimdesk.entailment.windows import Reading, Window, read_evidence
from claimdesk.model import Finding, Outcome, QuoteType, Span, Stance

_COMPARING = ("numbers", "dates", "superlatives")

NO_READING = Probabilities(0.25, 0.25, 0.5)

# What the rules see that no reading may overrule (domain rule 0.7: five flags, each vetoes support).
_VETOES = frozenset(
    "NEGATION_MISMATCH MODALITY_MISMATCH CONDITION_MISMATCH QUESTION TURNED_WORD SELF_CONFLICT OTHER_SUBJECT "
    "NAME_MISSING".split()
)


@dataclass(frozen=True, slots=True)
class Observed:
    """A pair as the combiner sees it: the model's reading, all findings, and one number for each feature."""

    reading: Reading
    findings: tuple[Finding, ...]
    features: tuple[float, ...]


def check_entailment(
    subject: Subject, parts: Sequence[Part], findings: Sequence[Finding], model: MeaningModel, combiner: Combiner
) -> tuple[list[Finding], Probabilities]:
    """Lets the trained model read a claim that no rule decided, window by window.

    Its reading and what the rules saw give calibrated probabilities. It supports only above the shipped threshold,
    when every number and date in focus agrees with one of the passage, when no quotation is in focus, and when
    negation, modality, condition, names and subjects agree; it conflicts only above its own threshold. Where all of
    the claim's words are there, nothing else forbids it.
    """
    seen = observe(subject, parts, findings, model)
    if seen is None:
        return [], NO_READING
    likely = combiner.probabilities(seen.features)
    restated = [finding for finding in findings if finding.label == "RESTATED"]
    least = 0.0 if subject.whole else SURE
    supports = max(least, combiner.supports)
    conflicts = max(least, combiner.conflicts_valued if has_values(subject) else combiner.conflicts)
    stance = call(likely, supports, conflicts, bool(restated), is_forbidden(subject, parts, seen.findings))
    if stance is Stance.SUPPORTS and restated:
        return restated[:1], likely
    if stance is Stance.SUPPORTS:
        detail = f"Read as saying the same ({likely.supports:.0%} sure, by the trained judge)."
        return [_finding(Outcome.SUPPORTS, "ENTAILED", detail, subject, seen.reading.supporting)], likely
    if stance is Stance.CONFLICTS and not is_absent(subject, parts):
        detail = f"Read as contradicting it ({likely.conflicts:.0%} sure, by the trained judge)."
        return [_finding(Outcome.CONFLICTS, "CONTRADICTED", detail, subject, seen.reading.conflicting)], likely
    return [], likely


def call(likely: Probabilities, supports: float, conflicts: float, restated: bool, forbidden: bool) -> Stance:
    """The stance that probabilities stand for under two thresholds, which is the policy in one place.

    Where the passage has all of the claim's words (``restated``) nothing forbids it.
    """
    if likely.supports >= supports and (restated or not forbidden):
        return Stance.SUPPORTS
    return Stance.CONFLICTS if likely.conflicts >= conflicts else Stance.RELATED


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


def is_forbidden(subject: Subject, parts: Sequence[Part], findings: Sequence[Finding]) -> bool:
    """Whether a rule forbids support: a conflict, a veto, a flag, or a value that the passage does not have."""
    if subject.quotes or any(_forbids(finding) for finding in findings):
        return True
    if has_values(subject) and any(finding.check in _COMPARING for finding in findings if _is_silent(finding)):
        return True  # the value is there, and nothing shows that it is said of the same thing
    return has_values(subject) and any(mark != "=" for mark in value_marks(subject.view, [part.view for part in parts]))


def is_absent(subject: Subject, parts: Sequence[Part]) -> bool:
    """Whether a value of the claim has nothing of its kind in the evidence: absence is no conflict (rule 0.6)."""
    return has_values(subject) and "?" in value_marks(subject.view, [part.view for part in parts])


def has_values(subject: Subject) -> bool:
    """Whether a number or a date is in focus that could be compared."""
    return any(not quantity.soft for quantity in subject.quantities) or bool(subject.dates)


def _is_silent(finding: Finding) -> bool:
    return finding.outcome is Outcome.SILENT


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
