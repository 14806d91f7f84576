"""What the combiner sees of a pair: the model's reading, and what the rules and a count of words know beside it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from claimdesk.analysis import Part, Subject
from claimdesk.entailment.marking import has_rival_value, value_marks
from claimdesk.entailment.rivals import has_rival_name, is_turned
from claimdesk.entailment.windows import Reading
from claimdesk.language.antonyms import opposites
from claimdesk.language.text import fold, words
from claimdesk.model import Finding, Outcome
from claimdesk.store import search_terms

# Silent findings of the meaning check that tell the combiner something.
LABELS = (
    "NEGATION_MISMATCH", "MODALITY_MISMATCH", "CONDITION_MISMATCH", "OTHER_SUBJECT", "TURNING_WORD", "NAME_MISSING",
    "NOT_STATED", "TURNED_WORD",
)  # fmt: skip
NAMES = (
    "supports", "conflicts", "related", "windows", "length",
    "shared", "shared_evidence", "names_missing", "has_names", "negations", "negations_evidence", "negation_differs",
    "modality_differs", "opposites",
    "values", "equal", "open", "apart", "absent",
    *LABELS,
    "rule_supports", "rule_conflicts", "flagged",
    "rival_name", "rival_value", "turned",
)  # fmt: skip
_ALSO = {"MODALITY_MISMATCH": frozenset(("MODALITY_MISMATCH", "OTHER_MOOD"))}
_EDGE = 1e-5
_NEGATION = frozenset(
    "not no never none nobody nothing neither nor cannot without hardly barely failed fails denied refused".split()
)
_MODALITY = frozenset(
    "will would can could may might shall should must wants plans planned intends hopes if unless".split()
)
_NAME = re.compile(r"(?<![.!?\"'] )(?<!^)\b[A-Z][\w'’-]+")


def features(subject: Subject, parts: Sequence[Part], reading: Reading, findings: Sequence[Finding]) -> list[float]:
    """One number for each of ``NAMES``. The log-odds are of the windows that support, conflict and decide least."""
    least = min(window.likely.related for window in reading.windows)
    views = [part.view for part in parts]
    marks = value_marks(subject.view, [window.view for window in reading.windows])
    silent = {finding.label for finding in findings if finding.outcome is Outcome.SILENT}
    return [
        log_odds(reading.supporting.likely.supports),
        log_odds(reading.conflicting.likely.conflicts),
        log_odds(least),
        float(len(reading.windows) > 1),
        min(sum(len(part.view.span) for part in parts), 2_000) / 1_000,
        *countable(subject.view.text, reading.supporting.view.text),
        float(bool(marks)),
        *(marks.count(sign) / max(1, len(marks)) for sign in "=≈!?"),
        *(float(bool(_ALSO.get(label, frozenset((label,))) & silent)) for label in LABELS),
        float(any(finding.outcome is Outcome.SUPPORTS for finding in findings)),
        float(any(finding.outcome is Outcome.CONFLICTS for finding in findings)),
        float(any(finding.flag for finding in findings)),
        float(has_rival_name(subject.view, views)),
        float(has_rival_value(subject.view, views)),
        float(any(is_turned(finding, subject.view, views) for finding in findings)),
    ]


def countable(claim: str, evidence: str) -> list[float]:
    """Features that a person could count: overlap, names, negation, modality, opposites."""
    ours, theirs = set(search_terms(claim)), set(search_terms(evidence))
    shared = len(ours & theirs)
    names = {name.casefold() for name in _NAME.findall(fold(claim))}
    lowered = fold(evidence).casefold()
    denied, their_denied = _count(claim, _NEGATION), _count(evidence, _NEGATION)
    return [
        shared / max(1, len(ours)),
        shared / max(1, len(theirs)),
        sum(name not in lowered for name in names) / max(1, len(names)),
        float(bool(names)),
        min(denied, 3.0),
        min(their_denied, 3.0),
        float((denied > 0) != (their_denied > 0)),
        float((_count(claim, _MODALITY) > 0) != (_count(evidence, _MODALITY) > 0)),
        min(float(len(opposites(claim, evidence))), 2.0),
    ]


def _count(text: str, wanted: frozenset[str]) -> float:
    norms = ("not" if word.norm.endswith("n't") else word.norm for word in words(text))
    return float(sum(norm in wanted for norm in norms))


def log_odds(share: float) -> float:
    """The logarithm of the odds of a share, kept off the ends."""
    share = min(1 - _EDGE, max(_EDGE, share))
    return math.log(share / (1 - share))
