"""Whether a date of the claim belongs to a figure that the evidence gives for the same time."""

from __future__ import annotations

from claimdesk.analysis import View
from claimdesk.model import DateRef, Outcome
from claimdesk.numbers.bind import bind
from claimdesk.numbers.compare import compare
from claimdesk.numbers.derive import derive


def is_of_one_figure(ours: View, ref: DateRef, theirs: View, other: DateRef) -> bool:
    """Whether both dates stand with one figure: "grew 4% in the weeks to May 3", "growth of 4% in the weeks to May 3".

    The figure must be the same on both sides, and each date must be among its own times there. What the figure counts
    is compared elsewhere.

    >>> from claimdesk.analysis import analyze
    >>> texts = "Sales rose 4% in May.", "In May, sales rose by 4%."
    >>> ours, theirs = (analyze(text).view() for text in texts)
    >>> is_of_one_figure(ours, ours.dates[0], theirs, theirs.dates[0])
    True
    """
    mine = [bound for bound in bind(ours) if any(time.span == ref.span for time in bound.times)]
    if not mine:
        return False
    written = bind(theirs)
    every = (*written, *(result.bound for result in derive(written)))
    told = [bound for bound in every if any(time.span == other.span for time in bound.times)]
    for bound in mine:
        for rival in told:
            relation = compare(bound.quantity, rival.quantity)
            if relation is not None and relation.outcome is Outcome.SUPPORTS and _are_one_step(bound.role, rival.role):
                return True
    return False


def _are_one_step(ours: str, theirs: str) -> bool:
    return ours == theirs or {ours, theirs} == {"", "to"}
