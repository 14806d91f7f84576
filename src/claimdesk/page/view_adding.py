"""Adding a claim that the check did not find: a sentence from a list, or words of the text."""

from __future__ import annotations

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.exports.citation import short
from claimdesk.model import Kind, Report, Span
from claimdesk.page.editing import guess_kind, list_sentences, new_claim
from claimdesk.page.ledger import reviewer, why_closed, write_line
from claimdesk.page.view_file import show_file
from claimdesk.render.markup import element
from claimdesk.render.standing import KIND_WORDS

PART = "adding-part"


@st.fragment(key=PART)
def show_adding(report: Report) -> None:
    """The buttons that open the form for a new claim, and the file of the whole text."""
    state, reason = st.session_state, why_closed()
    with st.container(horizontal=True, key="adding_row"):
        for label, what, icon in (
            ("Add a claim", "claim", ":material/add:"),
            ("Evidence and questions about the whole text", "text", ":material/edit_note:"),
        ):
            st.button(
                label,
                key=f"adding_{what}",
                icon=icon,
                on_click=_toggle,
                args=(what,),
                type="tertiary",
                disabled=bool(reason),
                help=reason or None,
            )
    if reason:
        return
    if state.get("adding") == "claim":
        _show_form(report)
    elif state.get("adding") == "text":
        show_file(report, None)


def _toggle(what: str) -> None:
    state = st.session_state
    state.update(adding=None if state.get("adding") == what else what, add_error="", file_error_text="")


def pick_words(words: str, start: int) -> None:
    """Opens the form with words that were selected in the text, near this character."""
    state = st.session_state
    turn, line = state.get("added", 0), " ".join(words.split())
    state.update({f"add_words_{turn}": line, f"add_sentence_{turn}": None, f"add_kind_{turn}": guess_kind(line)})
    state.update(adding="claim", add_error="", picked=(line, start))


def _show_form(report: Report) -> None:
    with st.container(key="adding_form"):
        _ask_claim(report)


def _ask_claim(report: Report) -> None:
    text, turn = report.text.text, st.session_state.get("added", 0)
    st.session_state.setdefault(f"add_kind_{turn}", Kind.STATEMENT)
    if error := st.session_state.get("add_error"):
        st.html(element("p", str(error), class_="cd cd-error", role="alert"))
    with st.form(f"add_{turn}", border=True):
        places = list_sentences(text)
        st.selectbox(
            "Sentence",
            range(len(places)),
            index=None,
            placeholder="Choose a sentence, or select words in the text",
            format_func=lambda number: short(places[number].of(text), 120),
            key=f"add_sentence_{turn}",
        )
        st.text_input("Or some words of the text", key=f"add_words_{turn}", placeholder="Copied from the text")
        st.selectbox("Kind of claim", list(Kind), format_func=KIND_WORDS.__getitem__, key=f"add_kind_{turn}")
        st.text_input("Note", key=f"add_note_{turn}")
        st.form_submit_button("Add the claim", on_click=_add, args=(report, places, turn), type="primary")


def _add(report: Report, places: list[Span], turn: int) -> None:
    state = st.session_state
    chosen, words = state[f"add_sentence_{turn}"], state[f"add_words_{turn}"]
    picked, start = state.get("picked") or ("", 0)
    near = Span(start, start + len(picked)) if words and words == picked else None
    try:
        line = new_claim(
            report,
            near if chosen is None else places[chosen],
            words,
            state[f"add_kind_{turn}"],
            reviewer(),
            state[f"add_note_{turn}"],
        )
    except ClaimdeskError as error:
        state["add_error"] = str(error)
        return
    if write_line(line):
        number = len(report.claims) + 1
        state.update(added=turn + 1, adding=None, add_error="", lead=number, current=number)
        st.rerun()
