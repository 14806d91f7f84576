"""The file of a claim under its card: change or drop it, note evidence from outside, ask the writer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Checked, Kind, Report, Stance
from claimdesk.page.decisions import redraw, take_line
from claimdesk.page.editing import changed_claim
from claimdesk.page.ledger import review_now, reviewer, why_closed, write_line
from claimdesk.render.describe import describe_claim
from claimdesk.render.dossier import (
    BEARING_WORDS,
    WAY_WORDS,
    describe_change,
    describe_outside,
    describe_question,
)
from claimdesk.render.markup import element
from claimdesk.render.standing import KIND_WORDS
from claimdesk.review import Asked, Decision, Question, Way, answer, ask, attach, drop_claim, outside_evidence

CHANGE, EVIDENCE, QUESTION = "Change", "Evidence", "Question"


def show_file_button(checked: Checked) -> None:
    """Opens and closes the file of a claim under its card."""
    identity = checked.claim.id
    opened = file_is_open(checked)
    st.button(
        "Close" if opened else "Edit or add",
        key=f"file_{identity}",
        icon=":material/close:" if opened else ":material/edit_note:",
        on_click=toggle_file,
        args=(checked,),
        type="tertiary",
        disabled=bool(why_closed()),
        help=why_closed() or "Change or drop the claim, note evidence from outside, ask the writer.",
    )


def file_is_open(checked: Checked) -> bool:
    """Whether the file of a claim is open under its card."""
    return bool(st.session_state.get(f"open_{checked.claim.id}")) and not why_closed()


def toggle_file(checked: Checked) -> None:
    """Opens the file of a claim, or closes it."""
    state, identity = st.session_state, checked.claim.id
    state.update({f"open_{identity}": not state.get(f"open_{identity}"), f"file_error_{identity}": ""})


def show_file(report: Report, checked: Checked | None) -> None:
    """The open file of a claim, or of the whole text: its three parts, one at a time."""
    identity = _name(checked)
    parts = [CHANGE, EVIDENCE, QUESTION] if checked else [EVIDENCE, QUESTION]
    part = st.segmented_control(
        "Part of the file",
        parts,
        key=f"part_{identity}",
        default=parts[0],
        required=True,
        label_visibility="collapsed",
    )
    if error := st.session_state.get(f"file_error_{identity}"):
        st.html(element("p", str(error), class_="cd cd-error", role="alert"))
    if part == CHANGE and checked:
        _show_change(report, checked)
    elif part == QUESTION:
        _show_questions(report, checked, identity)
    else:
        _show_evidence(report, checked, identity)


# --- the claim itself -----------------------------------------------------------------------------------


def _show_change(report: Report, checked: Checked) -> None:
    claim, dossier = checked.claim, review_now(report).dossier(checked)
    _list_lines(report, checked, [(line, describe_change(line)) for line in dossier.changes])
    if dossier.dropped:
        return
    key = f"{claim.id}_{len(dossier.changes)}"
    with st.form(f"change_{key}", border=False):
        st.text_area("Words of the claim, as they stand in the text", claim.text, key=f"words_{key}", height=80)
        st.selectbox(
            "Kind", list(Kind), list(Kind).index(claim.kind), format_func=KIND_WORDS.__getitem__, key=f"kind_{key}"
        )
        if claim.kind is Kind.QUOTE or claim.speaker:
            found = claim.speaker.name if claim.speaker else ""
            st.text_input("Who said it, if not as found", key=f"speaker_{key}", placeholder=found or "A name")
        if claim.kind in (Kind.QUANTITY, Kind.DATE):
            noun = "Number" if claim.kind is Kind.QUANTITY else "Date"
            understood = describe_claim(claim) or "about 1,300; 4.8 million; 2025-06-03"
            st.text_input(f"{noun} as it should be understood", key=f"value_{key}", placeholder=understood)
        st.text_input("Note", key=f"change_note_{key}")
        with st.container(horizontal=True):
            st.form_submit_button("Save the change", on_click=_change, args=(report, checked, key), type="primary")
            st.form_submit_button("Drop this claim", on_click=_drop, args=(report, checked, key))


def _change(report: Report, checked: Checked, key: str) -> None:
    state = st.session_state
    _write(
        checked.claim.id,
        lambda: changed_claim(
            report,
            checked,
            reviewer(),
            words=state[f"words_{key}"],
            kind=state[f"kind_{key}"],
            speaker=state.get(f"speaker_{key}", ""),
            value=state.get(f"value_{key}", ""),
            note=state[f"change_note_{key}"],
        ),
    )
    _leave(checked)


def _drop(report: Report, checked: Checked, key: str) -> None:
    note = st.session_state[f"change_note_{key}"]
    _write(checked.claim.id, lambda: drop_claim(report, checked, reviewer(), note))
    _leave(checked)


def _leave(checked: Checked) -> None:
    """Closes the file once a claim was changed, because the whole page follows."""
    state, identity = st.session_state, checked.claim.id
    if not state[f"file_error_{identity}"]:
        state[f"open_{identity}"] = False
        st.rerun()


# --- evidence from outside ------------------------------------------------------------------------------


def _show_evidence(report: Report, checked: Checked | None, identity: str) -> None:
    dossier = review_now(report).dossier(checked)
    _list_lines(report, checked, [(line, describe_outside(line)) for line in dossier.outside])
    key = f"{identity}_{len(dossier.outside)}"
    with st.form(f"evidence_{key}", border=False):
        st.selectbox("What it is", list(Way), format_func=WAY_WORDS.__getitem__, key=f"way_{key}")
        st.text_input("With whom, and how to reach them again", key=f"contact_{key}")
        st.text_input("When", f"{datetime.now().astimezone():%Y-%m-%d %H:%M}", key=f"when_{key}")
        st.text_input("Address, if it is a page", key=f"url_{key}")
        st.text_area("What you heard or saw, in your own words", key=f"evidence_words_{key}", height=80)
        st.selectbox(
            "What it does to the claim",
            [Stance.SUPPORTS, Stance.CONFLICTS, Stance.RELATED],
            format_func=lambda each: BEARING_WORDS[each].capitalize(),
            key=f"bearing_{key}",
        )
        st.form_submit_button("Keep the evidence", on_click=_attach, args=(report, checked, key), type="primary")


def _attach(report: Report, checked: Checked | None, key: str) -> None:
    state = st.session_state
    given = [state[f"{name}_{key}"] for name in ("way", "contact", "when", "evidence_words", "bearing", "url")]
    _write(_name(checked), lambda: attach(report, checked, outside_evidence(*given), reviewer()))
    redraw(checked)


# --- questions to the writer ----------------------------------------------------------------------------


def _show_questions(report: Report, checked: Checked | None, identity: str) -> None:
    dossier = review_now(report).dossier(checked)
    for question in dossier.questions:
        _show_question(report, checked, question)
    key = f"{identity}_{len(dossier.questions)}"
    with st.form(f"question_{key}", border=False):
        st.text_area("Question", key=f"question_{key}_words", height=80)
        st.text_input("To whom", key=f"to_{key}", placeholder="The writer")
        st.form_submit_button("Ask", on_click=_ask, args=(report, checked, key), type="primary")


def _show_question(report: Report, checked: Checked | None, question: Question) -> None:
    query = question.last.query
    if query is None:
        return
    st.html(element("p", describe_question(question), class_="cd cd-note", dir="auto"))
    with st.form(f"answer_{query.id}", border=False):
        st.text_input("Answer", query.answer, key=f"answer_{query.id}_{question.last.id}")
        with st.container(horizontal=True):
            args = (report, checked, question, f"answer_{query.id}_{question.last.id}")
            st.form_submit_button("Keep the answer", on_click=_answer, args=(*args, Asked.ANSWERED))
            if question.state is Asked.OPEN:
                st.form_submit_button("Withdraw the question", on_click=_answer, args=(*args, Asked.WITHDRAWN))
            else:
                st.form_submit_button("Open it again", on_click=_answer, args=(*args, Asked.OPEN))


def _ask(report: Report, checked: Checked | None, key: str) -> None:
    state = st.session_state
    _write(_name(checked), lambda: ask(report, checked, state[f"question_{key}_words"], reviewer(), state[f"to_{key}"]))
    redraw(checked)


def _answer(report: Report, checked: Checked | None, question: Question, key: str, state: Asked) -> None:
    words = st.session_state[key]
    _write(_name(checked), lambda: answer(report, question.last, reviewer(), words, state))
    redraw(checked)


# --- lines ----------------------------------------------------------------------------------------------


def _list_lines(report: Report, checked: Checked | None, lines: list[tuple[Decision, str]]) -> None:
    """What the file holds, each with a way to take it back."""
    for line, words in lines:
        with st.container(gap=None):
            st.html(element("p", words, class_="cd cd-note", dir="auto"))
            st.button("Take back", key=f"back_{line.id}", on_click=take_line, args=(report, line), type="tertiary")


def _name(checked: Checked | None) -> str:
    return checked.claim.id if checked else "text"


def _write(identity: str, make: Callable[[], Decision]) -> None:
    """Writes the line that is made, or keeps the reason why it cannot be."""
    try:
        line = make()
    except ClaimdeskError as error:
        words = str(error)
    else:
        words = "" if write_line(line) else why_closed() or "The entry could not be kept."
    st.session_state[f"file_error_{identity}"] = words
