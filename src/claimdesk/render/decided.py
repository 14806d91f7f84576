"""Decisions in words and as HTML: the stamp on a card, the history, those that lost their claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimdesk.model import Verdict
from claimdesk.render.markup import Html, element
from claimdesk.render.standing import LOOKS, Standing
from claimdesk.review import Choice, Decision

CHOICE_WORDS = {Choice.AGREE: "Agree", Choice.DISAGREE: "Disagree", Choice.NEEDS_WORK: "Needs work"}
_SHOWN = 10


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


def render_stamp(made: Sequence[Decision], machine: Verdict) -> Html:
    """What people decided about a claim, beside the machine's verdict of today; empty without a decision."""
    if not made:
        return Html()
    lines = [element("li", describe_decision(decision), dir="auto") for decision in made]
    if len({decision.rating for decision in made if decision.rating}) > 1:
        lines.append(element("li", element("strong", "The reviewers do not agree.")))
    if any(decision.machine is not machine for decision in made):
        lines.append(element("li", f"The check now says “{verdict_word(machine)}”."))
    return element("ul", *lines, class_="cd cd-stamp", aria_label="Decisions")


def render_unattached(lost: Iterable[Decision]) -> Html:
    """Decisions about words that are no longer in the text."""
    items = [
        element(
            "li",
            element("cite", f"“{made.claim.text}”"),
            element("p", describe_decision(made), class_="cd-note"),
            dir="auto",
        )
        for made in lost
    ]
    return element("ul", *items, class_="cd cd-list")


def render_history(lines: Sequence[Decision]) -> Html:
    """The last ten lines of the log, the newest first; undone ones too."""
    items = []
    for made in reversed(lines[-_SHOWN:]):
        words = describe_decision(made)
        if made.action == "undo":
            words = f"{made.reviewer or 'Someone'}, {clock(made.at)}: took the decision back."
        items.append(element("li", element("cite", f"“{made.claim.text}” "), words, dir="auto"))
    return element("ul", *items, class_="cd cd-list")
