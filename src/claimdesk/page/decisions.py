"""The cards with what a person decides about each claim; a decision reruns its own card and the counts."""

from __future__ import annotations

from typing import Any

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Checked, Report, Verdict
from claimdesk.page.cases import log_of, remember_reviewer, remembered_reviewer
from claimdesk.render import render_article, render_card
from claimdesk.render.decided import CHOICE_WORDS, render_history, verdict_word
from claimdesk.render.markup import element
from claimdesk.render.standing import count_words
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


# --- counts and text: they follow each decision -------------------------------------------------------


@st.fragment(key=COUNT)
def show_count(report: Report) -> None:
    """How many claims have been reviewed."""
    found = review_now(report)
    done, every = found.count_done(report), len(report.claims)
    words = f"{done} of {count_words(every, 'claim')} reviewed"
    disputed = sum(found.is_disputed(checked) for checked in report.claims)
    open_ = sum(bool(found.of(checked)) and not found.is_done(checked) for checked in report.claims)
    words += f", {disputed} disputed" if disputed else ""
    words += f", {open_} need{'s' if open_ == 1 else ''} work" if open_ else ""
    bar = element("progress", max=every, value=str(done), aria_label="Claims reviewed")
    st.html(element("p", bar, words, class_="cd cd-count"))


@st.fragment(key=ARTICLE)
def show_article(report: Report, shown: list[int]) -> None:
    """The text with its marks; those of reviewed claims are filled."""
    found = review_now(report)
    done = [number for number, checked in enumerate(report.claims, 1) if found.is_done(checked)]
    st.html(render_article(report, shown, done))


@st.fragment(key=HISTORY)
def show_history() -> None:
    """The last lines of the log."""
    if lines := decisions_now():
        with st.expander("Last decisions", key="history"):
            st.html(render_history(lines))


# --- one claim ------------------------------------------------------------------------------------------


def show_card(report: Report, number: int, checked: Checked) -> None:
    """A card with its decision, a part of the page that is drawn again on its own."""
    st.fragment(_card, key=f"card-{checked.claim.id}")(report, number, checked)


def _card(report: Report, number: int, checked: Checked) -> None:
    made = review_now(report).of(checked)
    own = next((decision for decision in made if decision.reviewer == reviewer()), None)
    with st.container(key=f"card-{checked.claim.id}", gap=None):
        st.html(render_card(report, number, checked, made))
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"deciding-{checked.claim.id}"):
            _ask_decision(report, number, checked, own)


def _ask_decision(report: Report, number: int, checked: Checked, own: Decision | None) -> None:
    state, identity, args = st.session_state, checked.claim.id, (report, checked)
    pending = bool(state.get(f"pending_{identity}"))
    state[f"choice_{identity}"] = Choice.DISAGREE if pending else own.decision if own else None
    st.segmented_control(
        f"Your decision on claim {number}",
        list(Choice),
        key=f"choice_{identity}",
        format_func=CHOICE_WORDS.__getitem__,
        on_change=choose,
        args=args,
        label_visibility="collapsed",
        disabled=not state.get("case"),
    )
    if pending or (own and own.decision is Choice.DISAGREE):
        state[f"verdict_{identity}"] = own.verdict if own and not pending else None
        st.selectbox(
            "It should be",
            [each for each in Verdict if each is not checked.verdict],
            key=f"verdict_{identity}",
            format_func=verdict_word,
            placeholder="Choose a verdict",
            on_change=choose_verdict,
            args=args,
            width=190,
        )
    if own:
        state[f"note_{identity}"] = own.note
        st.text_input("Note", key=f"note_{identity}", on_change=write_note, args=args, width=220)
        st.button("Undo", key=f"undo_{identity}", on_click=take_back, args=args, type="tertiary")
    if checked.evidence:
        st.button(
            "Source",
            key=f"source_{identity}",
            icon=":material/article:",
            on_click=open_source,
            args=(number,),
            type="tertiary",
            help="Shows the passage in the text of its source.",
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
