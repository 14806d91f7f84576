"""The text with its marks, drawn again on its own when a decision changes them."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from claimdesk.model import Report, Span
from claimdesk.page.decisions import ARTICLE, review_now
from claimdesk.page.links import elsewhere
from claimdesk.page.view_filters import ONE_BY_ONE, SOURCE, remember_filters
from claimdesk.render import Marking, render_sections, render_strip, unclaimed
from claimdesk.render.standing import count_words
from claimdesk.report import report_id


@st.fragment(key=ARTICLE)
def show_article(report: Report, shown: Collection[int], carded: Collection[int]) -> None:
    """A picture of the text, and the text itself; ``shown`` pass the filters, ``carded`` have a card on the page."""
    found = review_now(report)
    done = [number for number, checked in enumerate(report.claims, 1) if found.is_done(checked)]
    gaps = gaps_now(report)
    with st.container(horizontal=True, vertical_alignment="bottom", key="over-article"):
        st.html(render_strip(report, shown, done))
        if gaps:
            st.toggle(
                f"Show {count_words(len(gaps), 'unchecked statement')}",
                key="gaps",
                on_change=remember_filters,
                help="Sentences with a figure or a quotation mark in which no claim was found.",
            )
    marked = gaps if gaps and st.session_state.get("gaps") else []
    with st.container(key="article"):
        for section in render_sections(report, Marking(shown, carded, done, claim_at_hand(), elsewhere(), marked)):
            st.html(section)


def claim_at_hand() -> int:
    """The number of the claim that the right side is about; 0 where it shows many."""
    state = st.session_state
    if state.get("view") == ONE_BY_ONE:
        return int(state.get("current") or 0)
    if state.get("view") == SOURCE:
        return int(state.get("seen", (0, 0))[0])
    return int(state.get("lead") or 0)


def gaps_now(report: Report) -> list[Span]:
    """The sentences without a claim, looked for once for a report."""
    state, key = st.session_state, report_id(report)
    if state.get("gaps_found", ("",))[0] != key:
        state["gaps_found"] = (key, unclaimed(report))
    found: list[Span] = state["gaps_found"][1]
    return found
