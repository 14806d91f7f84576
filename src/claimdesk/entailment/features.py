"""What the combiner sees of a pair: the model's reading, and what the rules and a count of words know beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from claimdesk.analysis import Part, Subject
from claimdesk.entailment.marking import value_marks
from claimdesk.entailment.windows import Reading
from claimdesk.meaning import countable
from claimdesk.model import Finding, Outcome

NAMES = (
    "supports", "conflicts", "related", "windows", "length",
    "shared", "shared_evidence", "names_missing", "has_names", "negations", "negations_evidence", "negation_differs",
    "modality_differs", "opposites",
    "values", "equal", "open", "apart", "absent",
    "rule_supports", "rule_silent", "rule_differs",
)  # fmt: skip
_EDGE = 1e-5


def features(subject: Subject, parts: Sequence[Part], reading: Reading, findings: Sequence[Finding]) -> list[float]:
    """One number for each of ``NAMES``. The log-odds are of the windows that support, conflict and decide least."""
    best, worst = reading.supporting, reading.conflicting
    least = min(window.likely.related for window in reading.windows)
    marks = value_marks(subject.view, [window.view for window in reading.windows])
    total = max(1, len(marks))
    counted = countable(subject.view.text, best.view.text)
    silent = [finding for finding in findings if finding.outcome is Outcome.SILENT]
    differing = [finding for finding in silent if finding.flag]
    return [
        _log_odds(best.likely.supports),
        _log_odds(worst.likely.conflicts),
        _log_odds(least),
        float(len(reading.windows) > 1),
        min(sum(len(part.view.span) for part in parts), 2_000) / 1_000,
        counted[0],
        counted[1],
        counted[4],
        counted[5],
        counted[9],
        counted[10],
        counted[11],
        counted[12],
        min(counted[13], 2.0),
        float(bool(marks)),
        marks.count("=") / total,
        marks.count("≈") / total,
        marks.count("!") / total,
        marks.count("?") / total,
        float(any(finding.outcome is Outcome.SUPPORTS for finding in findings)),
        float(bool(silent)),
        float(bool(differing)),
    ]


def _log_odds(share: float) -> float:
    share = min(1 - _EDGE, max(_EDGE, share))
    return math.log(share / (1 - share))
