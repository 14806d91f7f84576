"""The results of a check: summary, text and cards side by side, and below what the verdicts rest on."""

from __future__ import annotations

import streamlit as st

from claimdesk.model import Report
from claimdesk.page.desk import Order
from claimdesk.page.keys import show_keys
from claimdesk.page.ledger import why_closed
from claimdesk.page.session import start
from claimdesk.page.view_adding import show_adding
from claimdesk.page.view_article import show_article
from claimdesk.page.view_cards import show_cards
from claimdesk.page.view_filters import CARDS, ONE_BY_ONE, SOURCE, remember_filters, show_filters
from claimdesk.page.view_foundations import show_foundations
from claimdesk.page.view_one import show_one, show_place
from claimdesk.page.view_source import show_source
from claimdesk.page.view_state import show_state
from claimdesk.page.view_summary import show_summary
from claimdesk.render import render_article, render_internal
from claimdesk.render.markup import element

NO_CLAIMS = (
    "No claims were found. A claim is a sentence with a number, a date or a quotation, or a statement of fact "
    "about someone or something that has a name."
)
MARK_ONE = "To mark one yourself, select words in the text or press “Add a claim” below it."


def show_results(report: Report, newer: Order | None = None) -> None:
    """Summary, filters, text and cards side by side, and below what the verdicts rest on.

    ``newer`` is what the boxes hold where that is something else than what was checked.
    """
    if newer:
        words = "The text, its date or the sources have changed. Decisions follow the words that are still there."
        st.html(
            element("div", element("h2", "Results are for the earlier text"), element("p", words), class_="cd cd-alert")
        )
        missing = newer.missing()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Check again", key="check_again", type="primary", on_click=start, args=(newer,), disabled=bool(missing)
            )
            if missing:
                st.caption(missing, width="content")
    if unkept := st.session_state.get("unkept"):
        words = "The results are shown, but they and decisions about them are gone when this page is closed."
        st.html(element("div", element("h2", str(unkept)), element("p", words), class_="cd cd-alert"))
    show_state(report)
    show_summary(report)
    if not report.claims:
        own = "" if why_closed() else f" {MARK_ONE}"
        st.html(element("p", NO_CLAIMS + own, class_="cd cd-lead"))
        with st.container(key="article"):  # where the script looks for words that are selected
            st.html(render_article(report))
        show_adding(report)
    else:
        show_claims(report)
    if internal := render_internal(report):
        st.html(internal)
    show_foundations(report)


def show_claims(report: Report) -> None:
    """The text with its marks beside cards, a single claim, or a source."""
    shown = show_filters(report)
    passing = [number for number, _ in shown]
    with st.container(key="sides"):
        left, right = st.columns([3, 2], gap="medium")
    with right:
        with st.container(horizontal=True, vertical_alignment="center", key="views"):
            view = st.segmented_control(
                "Beside the text", [CARDS, ONE_BY_ONE, SOURCE], key="view", required=True, label_visibility="collapsed"
            )
            if view == ONE_BY_ONE:
                show_place(passing)
            show_keys()
        remember_filters()
        if view == SOURCE:
            carded: list[int] = []
            show_source(report)
        elif view == ONE_BY_ONE:
            show_one(report, passing)
            carded = []
        else:
            carded = show_cards(report, shown)
        st.session_state["carded"] = carded
    with left:
        show_article(report, passing, carded)
        show_adding(report)
