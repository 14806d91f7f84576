"""The cards with what a person decides about each claim; a decision reruns its own card and the counts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claimdesk.model import Checked, Report, Verdict
from claimdesk.page.decisions import choose, choose_verdict, open_source, review_now, reviewer, take_back, write_note
from claimdesk.page.ledger import why_closed
from claimdesk.page.view_file import file_is_open, show_file, show_file_button
from claimdesk.render import render_card
from claimdesk.render.decided import CHOICE_WORDS, verdict_word
from claimdesk.render.markup import element
from claimdesk.review import Choice, Decision

CARDS_ON_A_PAGE = 20


def show_cards(report: Report, shown: Sequence[tuple[int, Checked]]) -> list[int]:
    """The cards that pass the filters, a page of them; gives their numbers."""
    page, pages = 1, -(-len(shown) // CARDS_ON_A_PAGE)
    if pages > 1:
        page = st.pagination(pages, key="page")
    cards = shown[(page - 1) * CARDS_ON_A_PAGE : page * CARDS_ON_A_PAGE]
    with st.container(key="cards"):
        if not cards:
            st.html(element("p", "No claim passes these filters.", class_="cd cd-lead"))
        for number, checked in cards:
            show_card(report, number, checked)
    return [number for number, _ in cards]


def show_card(report: Report, number: int, checked: Checked) -> None:
    """A card with its decision, a part of the page that is drawn again on its own."""
    st.fragment(_card, key=f"card-{checked.claim.id}")(report, number, checked)


def _card(report: Report, number: int, checked: Checked) -> None:
    found = review_now(report)
    made = found.of(checked)
    own = next((decision for decision in made if decision.reviewer == reviewer()), None)
    with st.container(key=f"card-{checked.claim.id}", gap=None):
        card = render_card(report, number, checked, made, found.dossier(checked))
        st.html(element("div", card, data_arrive=_arriving(checked)))
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"deciding-{checked.claim.id}"):
            _ask_decision(report, number, checked, own)
            show_file_button(checked)
        if file_is_open(checked):
            with st.container(border=True, key=f"file-of-{checked.claim.id}"):
                show_file(report, checked)


def _arriving(checked: Checked) -> str | None:
    """Set for once on the card whose decision was taken back with a key, so that the script reaches it."""
    state, identity = st.session_state, checked.claim.id
    if state.get("returned") != identity:
        return None
    state["returned"] = None
    state["arrivals"] = state.get("arrivals", 0) + 1
    return f"{identity}:{state['arrivals']}"


def _ask_decision(report: Report, number: int, checked: Checked, own: Decision | None) -> None:
    state, identity, args = st.session_state, checked.claim.id, (report, checked)
    closed = bool(why_closed())
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
        disabled=closed,
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
            disabled=closed,
        )
    if own:
        state[f"note_{identity}"] = own.note
        st.text_input("Note", key=f"note_{identity}", on_change=write_note, args=args, width=220, disabled=closed)
        st.button("Undo", key=f"undo_{identity}", on_click=take_back, args=args, type="tertiary", disabled=closed)
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
