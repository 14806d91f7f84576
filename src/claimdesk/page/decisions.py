"""What people decide on the page: widgets call these, and only what a decision changes is drawn again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Checked, Report, Verdict
from claimdesk.page.cases import log_of, remember_reviewer, remembered_reviewer
from claimdesk.report import report_id
from claimdesk.review import Choice, Decision, Review, append_decision, decide, read_decisions, review, undo

UNNAMED = "Reviewer"
ARTICLE, COUNT, HISTORY = "article-part", "count-part", "history-part"


def decisions_now() -> tuple[Decision, ...]:
    """The log of the open case as it is on the disk: another person may have written to it."""
    case = st.session_state.get("case")
    return read_decisions(log_of(case)) if case else ()


def review_now(report: Report) -> Review:
    """The decisions in force, read again only when the log has grown."""
    case = st.session_state.get("case")
    try:
        size = log_of(case).stat().st_size if case else 0
    except OSError:
        size = 0
    key = (case, report_id(report), size)
    if st.session_state.get("review_key") != key:
        st.session_state.update(review_key=key, review=review(report, decisions_now()))
    found: Review = st.session_state["review"]
    return found


def reviewer() -> str:
    """The name that decisions are signed with."""
    return str(st.session_state.get("reviewer", "")).strip() or UNNAMED


def ask_reviewer() -> None:
    """The box for the reviewer's name, which is remembered on this computer."""
    if "reviewer" not in st.session_state:
        st.session_state["reviewer"] = remembered_reviewer()
    st.text_input(
        "Your name",
        key="reviewer",
        max_chars=80,
        placeholder=UNNAMED,
        width=180,
        persist_state="session",
        on_change=lambda: remember_reviewer(reviewer()),
        help="Decisions are signed with it.",
    )


# --- what the widgets do --------------------------------------------------------------------------------


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
        _append(undo(report, checked, reviewer()))
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
    _append(decide(report, checked, choice, reviewer(), verdict, note))
    if draw:
        redraw(checked)


def _own(report: Report, checked: Checked) -> Decision | None:
    return next((made for made in review_now(report).of(checked) if made.reviewer == reviewer()), None)


def _append(decision: Decision) -> None:
    case = st.session_state.get("case")
    if not case:
        return
    try:
        append_decision(log_of(case), decision)
    except OSError as error:
        st.session_state["unkept"] = ClaimdeskError(f"The decision could not be kept ({error.strerror or error}).")


def redraw(checked: Checked) -> None:
    """Draws the card, the counts and the text again, and nothing else."""
    drawn: list[Any] = [COUNT, ARTICLE, HISTORY, f"card-{checked.claim.id}"]
    if not st.session_state.get("unkept"):
        st.rerun(drawn)


def open_source(number: int) -> None:
    """Shows the first passage of a claim in its source."""
    st.session_state.update(view="Source", seen=(number, 0))
    st.rerun()  # the button stands in a card, which alone would be drawn again
