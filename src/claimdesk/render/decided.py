"""Decisions in words, and the stamp that they leave on a card."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.model import Verdict
from claimdesk.render.markup import Html, element
from claimdesk.render.standing import LOOKS, Standing
from claimdesk.review import Choice, Decision

CHOICE_WORDS = {Choice.AGREE: "Agree", Choice.DISAGREE: "Disagree", Choice.NEEDS_WORK: "Needs work"}
DISPUTED = "The reviewers do not agree."


def verdict_word(verdict: Verdict) -> str:
    """What the page calls a verdict."""
    return LOOKS[Standing(verdict.value)].word


def clock(at: str) -> str:
    """A moment of the log without its seconds.

    >>> clock("2025-06-11T14:02:59.123Z")
    '2025-06-11 14:02 UTC'
    """
    return f"{at[:10]} {at[11:16]} UTC" if at[10:11] == "T" else at


def describe_decision(made: Decision) -> str:
    """A decision in one line: who, when, what, and the note."""
    head = f"Reviewed by {made.reviewer or 'someone'}, {clock(made.at)}: "
    if made.decision is Choice.NEEDS_WORK or made.rating is None:
        words = "needs work"
    elif made.decision is Choice.AGREE:
        words = f"agrees with “{verdict_word(made.machine)}”"
    else:
        words = f"“{verdict_word(made.rating)}” instead of “{verdict_word(made.machine)}”"
    return head + words + (f". Note: {made.note}" if made.note else ".")


def describe_decisions(made: Sequence[Decision]) -> list[str]:
    """The decisions about a claim, a line each, and that the reviewers do not agree where they do not."""
    lines = [describe_decision(decision) for decision in made]
    return [*lines, DISPUTED] if _disputed(made) else lines


def _disputed(made: Sequence[Decision]) -> bool:
    return len({decision.rating for decision in made if decision.rating}) > 1


def render_stamp(made: Sequence[Decision], machine: Verdict) -> Html:
    """What people decided about a claim, beside the machine's verdict of today; empty without a decision."""
    if not made:
        return Html()
    lines = [element("li", describe_decision(decision), dir="auto") for decision in made]
    if _disputed(made):
        lines.append(element("li", element("strong", DISPUTED)))
    if any(decision.machine is not machine for decision in made):
        lines.append(element("li", f"The check now says “{verdict_word(machine)}”."))
    return element("ul", *lines, class_="cd cd-stamp", aria_label="Decisions")
