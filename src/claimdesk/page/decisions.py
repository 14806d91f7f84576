"""What people decide on the page: widgets call these, and only what a decision changes is drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from claimdesk.model import Checked, Report, Verdict
from claimdesk.page.ledger import decisions_now, review_now, reviewer, why_closed, write_line
from claimdesk.review import Choice, Decision, decide, sign_off, undo
from claimdesk.review import take_back as take_line_back

__all__ = [
    "ARTICLE",
    "COUNT",
    "HISTORY",
    "SIGNING",
    "choose",
    "choose_verdict",
    "decisions_now",
    "dismiss",
    "open_claim",
    "open_source",
    "record",
    "redraw",
    "review_now",
    "reviewer",
    "sign",
    "take_back",
    "take_line",
    "why_closed",
    "write_note",
]

ARTICLE, COUNT, HISTORY, SIGNING = "article-part", "count-part", "history-part", "signing-part"


def choose(report: Report, checked: Checked) -> None:
    """A choice was made or taken away; who disagrees is first asked for another verdict."""
    state, identity = st.session_state, checked.claim.id
    choice = state[f"choice_{identity}"]
    state[f"pending_{identity}"] = choice is Choice.DISAGREE
    if choice is None:
        take_back(report, checked)
    elif choice is not Choice.DISAGREE:
        record(report, checked, choice)
    else:
        redraw(checked)


def choose_verdict(report: Report, checked: Checked) -> None:
    """Another verdict was chosen."""
    verdict = st.session_state[f"verdict_{checked.claim.id}"]
    if verdict is not None:
        record(report, checked, Choice.DISAGREE, verdict)


def write_note(report: Report, checked: Checked) -> None:
    """The note has changed: the same decision again, with the new note."""
    own = _own(report, checked)
    if own and own.decision:
        note = st.session_state[f"note_{checked.claim.id}"]
        record(report, checked, own.decision, own.verdict, note)


def take_back(report: Report, checked: Checked, draw: bool = True) -> None:
    """Takes the reviewer's own decision back."""
    st.session_state[f"pending_{checked.claim.id}"] = False
    if _own(report, checked):
        write_line(undo(report, checked, reviewer()))
    if draw:
        redraw(checked)


def record(
    report: Report,
    checked: Checked,
    choice: Choice,
    verdict: Verdict | None = None,
    note: str | None = None,
    draw: bool = True,
) -> None:
    """Writes a decision into the log; ``draw`` draws again only what it changes, else the whole page follows."""
    own = _own(report, checked)
    if note is None:
        note = own.note if own else ""
    st.session_state[f"pending_{checked.claim.id}"] = False
    write_line(decide(report, checked, choice, reviewer(), verdict, note))
    if draw:
        redraw(checked)


def _own(report: Report, checked: Checked) -> Decision | None:
    return next((made for made in review_now(report).of(checked) if made.reviewer == reviewer()), None)


def redraw(*drawn: Checked | None) -> None:
    """Draws these cards, the text and last the count again, and nothing else; without a card the whole page."""
    cards = [f"card-{checked.claim.id}" for checked in drawn if checked]
    if not cards:
        st.rerun()
    parts: list[Any] = [*cards, ARTICLE, HISTORY, SIGNING, COUNT]
    if not st.session_state.get("unkept"):
        st.rerun(parts)


def open_source(number: int) -> None:
    """Shows the first passage of a claim in its source."""
    state = st.session_state
    state.update(back=state.get("view"), view="Source", seen=(number, 0))
    st.rerun()  # the button stands in a card, which alone would be drawn again


def open_claim(number: int) -> None:
    """Puts a claim first, in whichever view is open; the source view makes way for the cards."""
    state = st.session_state
    state.update(lead=number, current=number, view="Cards" if state.get("view") == "Source" else state.get("view"))
    st.rerun()


def sign(report: Report) -> None:
    """Signs the report off with the reviewer's name; what is open by now keeps it open."""
    if not review_now(report).open_items(report):
        write_line(sign_off(report, reviewer(), st.session_state.get("sign_note", "")))
    redraw()


def take_line(report: Report, line: Decision) -> None:
    """Takes one line back, whoever wrote it."""
    write_line(take_line_back(report, line, reviewer()))
    st.rerun()


def dismiss(report: Report, lost: Sequence[Decision]) -> None:
    """Puts entries aside whose words are no longer in the text."""
    for line in lost:
        if line.id:
            write_line(take_line_back(report, line, reviewer()))
