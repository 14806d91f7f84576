"""Which verdicts of the rules the trained model may doubt, and how surely it reads otherwise.

A rule compares what it can see: a figure, a day, reported words. "Voted 88 to 61 to keep the tax" has every figure of
"voted 88 to 61 to abolish the tax", and the rest of the sentence decides. The model may withhold such a verdict; it
never turns it into the opposite one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimdesk.analysis import Part, Subject
from claimdesk.entailment.features import log_odds
from claimdesk.entailment.windows import Reading
from claimdesk.model import Finding, Judgement, Outcome, Stance
from claimdesk.store import search_terms

# What the rest of a sentence may turn, so that the trained model may withhold it: support by the very same value or by
# reported words, and conflicts by rules over words. Where figures conflict, or a rule converted, rounded or derived a
# value, the model has no say: it cannot calculate.
_SAME_VALUE = frozenset(("EQUAL", "QUANTIFIER_OK", "SUPERLATIVE_STATED", "INDIRECT_SUPPORTED"))
_MAY_CONFLICT = frozenset("NEGATED OPPOSITE INDIRECT_CONFLICT POLARITY_CONFLICT".split())

_NEAR = 0.8  # share of the claim's content words that the sentence must have in a whole check


def is_doubtful(subject: Subject, parts: Sequence[Part], ruled: Judgement) -> bool:
    """Whether the rest of the sentence may turn what a rule decided.

    Never words in quotation marks, and no conflict between figures: of those that the judge would withhold as many
    were right as wrong. In a whole check only support by a sentence that is nearly the claim's: else the claim's may
    say more than that one passage.
    """
    decided = next((finding for finding in ruled.findings if finding.outcome.value == ruled.stance.value), None)
    if decided is None or ruled.stance is Stance.RELATED:
        return False
    if not subject.whole and (ruled.stance is Stance.CONFLICTS or not _is_near(subject, parts, decided)):
        return False
    if ruled.stance is Stance.SUPPORTS:
        heard = subject.quotes and any(part.meta.speaker for part in parts)  # who speaks is not in what is read
        return not heard and all(_is_same_value(finding, subject, parts) for finding in ruled.findings)
    return decided.label in _MAY_CONFLICT


def _is_near(subject: Subject, parts: Sequence[Part], finding: Finding) -> bool:
    """Whether the sentence where a finding's words stand has most of the claim's content words."""
    if finding.evidence_span is None:
        return False
    parsed = parts[finding.part].view.analysis.parsed
    ours = set(search_terms(subject.view.text))
    theirs = set(search_terms(parsed.sentence_at(finding.evidence_span.start).of(parsed.text)))
    return len(ours & theirs) >= _NEAR * len(ours)


def _is_same_value(finding: Finding, subject: Subject, parts: Sequence[Part]) -> bool:
    """Whether a supporting finding has the claim's own value or words, or is none that compares."""
    if finding.outcome is not Outcome.SUPPORTS or finding.check in ("speaker", "names"):
        return True
    if finding.label == "DATE_EQUAL":
        return _is_written_alike(finding, subject, parts)
    ours, theirs = finding.claim_value.casefold(), finding.evidence_value.casefold()
    return finding.label in _SAME_VALUE or (finding.label == "BOUND_OK" and ours == theirs)


def _is_written_alike(finding: Finding, subject: Subject, parts: Sequence[Part]) -> bool:
    """Whether two dates have a word in common: "next month" is read from the source's day, which the model misses."""
    if finding.claim_span is None or finding.evidence_span is None:
        return False
    theirs = finding.evidence_span.of(parts[finding.part].view.analysis.parsed.text)
    return not set(_words_of(finding.claim_span.of(subject.view.analysis.parsed.text))).isdisjoint(_words_of(theirs))


def _words_of(date: str) -> list[str]:
    return re.findall(r"\w{3,}|\d+", date.casefold())


def against(stance: Stance, finding: Finding, reading: Reading) -> float:
    """How surely the model reads something else than ``stance`` where the finding's words stand, as log-odds.

    Against support both other classes count: a claim that adds something to the passage is left open by it. Against a
    conflict support alone counts. Of several windows with these words the one that speaks most for the stance counts.
    """
    where = finding.evidence_span
    beside = [
        window.likely
        for window in reading.windows
        if where is not None and window.part.index == finding.part and window.view.span.overlaps(where)
    ]
    read = beside or [window.likely for window in reading.windows]
    if stance is Stance.SUPPORTS:
        return min(-log_odds(likely.supports) for likely in read)
    return min(log_odds(likely.supports) - log_odds(likely.conflicts) for likely in read)
