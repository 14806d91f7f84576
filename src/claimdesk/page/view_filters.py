"""Which claims are shown, in which order, and in which view; all of it is kept in the address."""

from __future__ import annotations

import streamlit as st

from claimdesk.model import Checked, Kind, Report
from claimdesk.page.decisions import review_now
from claimdesk.render.markup import element
from claimdesk.render.standing import KIND_WORDS, LOOKS, choose_claims, count_standings, count_words, numbered

WORKLIST, TEXT_ORDER = "Conflicts first", "As in the text"
CARDS, ONE_BY_ONE, SOURCE = "Cards", "One by one", "Source"
ALL, TO_REVIEW, REVIEWED = "All", "To review", "Reviewed"


def choose_verdicts_and_kinds(report: Report) -> None:
    """The counts, each a filter."""
    state = st.session_state
    counts = count_standings(report)
    kinds = [kind for kind in Kind if any(checked.claim.kind is kind for checked in report.claims)]
    state["verdict"] = [each for each in state["verdict"] if each in counts]
    state["kind"] = [each for each in state["kind"] if each in kinds]
    with st.container(horizontal=True, key="filters"):
        st.pills(
            "Verdict",
            list(counts),
            selection_mode="multi",
            key="verdict",
            persist_state="session",
            format_func=lambda each: f"{LOOKS[each].sign} {counts[each]} {LOOKS[each].word}",
            wrap=True,
        )
        st.pills("Kind", kinds, selection_mode="multi", key="kind", format_func=KIND_WORDS.__getitem__, wrap=True)
        st.segmented_control("Review", [ALL, TO_REVIEW, REVIEWED], key="reviewed", required=True)


def choose_order(report: Report) -> list[tuple[int, Checked]]:
    """Search and order of the cards; claims keep their numbers whatever is filtered out."""
    state = st.session_state
    with st.container(horizontal=True, key="order_row"):
        st.text_input("Find in claims and passages", key="q", persist_state="session")
        st.selectbox("Order", [WORKLIST, TEXT_ORDER], key="order", width=160, persist_state="session")
    shown = choose_claims(report, state["verdict"], state["kind"], state["q"], state["order"] == TEXT_ORDER)
    if state["reviewed"] != ALL:
        found = review_now(report)
        shown = [item for item in shown if found.is_done(item[1]) == (state["reviewed"] == REVIEWED)]
    if lead := state.get("lead"):
        first = [item for item in numbered(report) if item[0] == lead]
        shown = first + [item for item in shown if item[0] != lead]
    remember_filters()
    if lead:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(element("p", f"Claim {lead} comes first.", class_="cd"))
            st.button("Usual order", on_click=drop_lead, type="tertiary")
    if len(shown) < len(report.claims):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(element("p", f"Showing {len(shown)} of {count_words(len(report.claims), 'claim')}.", class_="cd"))
            st.button("Show all", on_click=clear_filters, type="tertiary")
    return shown


def drop_lead() -> None:
    """Back to the usual order, away from the claim that the address named."""
    st.session_state["lead"] = None
    st.query_params.pop("claim", None)


def remember_filters() -> None:
    """Writes the filters into the address, so that a view can be kept and sent."""
    state = st.session_state
    wanted: dict[str, str | list[str]] = {
        "verdict": [each.value for each in state["verdict"]],
        "kind": [each.value for each in state["kind"]],
        "q": state["q"],
        "order": "text" if state["order"] == TEXT_ORDER else "",
        "review": {TO_REVIEW: "open", REVIEWED: "done"}.get(state["reviewed"], ""),
        "view": {SOURCE: "source", ONE_BY_ONE: "one"}.get(state["view"], ""),
    }
    for key, value in wanted.items():
        if value:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]


def clear_filters() -> None:
    """Shows every claim again."""
    st.session_state.update(verdict=[], kind=[], q="", reviewed=ALL)
