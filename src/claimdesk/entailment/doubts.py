"""How surely the trained model reads the opposite of what a rule decided.

A rule compares what it can see: a figure, a day, reported words. "Voted 88 to 61 to keep the tax" has every figure of
"voted 88 to 61 to abolish the tax", and the rest of the sentence decides. The model may withhold such a verdict; it
never turns it into the opposite one.
"""

from __future__ import annotations

from claimdesk.entailment.features import log_odds
from claimdesk.entailment.windows import Reading
from claimdesk.model import Finding, Stance


def against(stance: Stance, finding: Finding, reading: Reading) -> float:
    """The log-odds of the opposite of ``stance`` less those of ``stance``, where the finding's words stand.

    Of several windows with these words the one that speaks most for the stance counts.
    """
    where = finding.evidence_span
    beside = [
        window.likely
        for window in reading.windows
        if where is not None and window.part.index == finding.part and window.view.span.overlaps(where)
    ]
    supporting = stance is Stance.SUPPORTS
    apart = [
        log_odds(likely.conflicts) - log_odds(likely.supports)
        for likely in beside or [window.likely for window in reading.windows]
    ]
    return min(apart) if supporting else min(-value for value in apart)
