"""The head of the results: what they rest on, and how far the review has come."""

from __future__ import annotations

import streamlit as st

from claimdesk.model import Report
from claimdesk.page.decisions import COUNT, review_now
from claimdesk.page.keys import obeyed_until
from claimdesk.page.view_filters import show_counts
from claimdesk.render import render_summary
from claimdesk.render.markup import element
from claimdesk.render.standing import count_words


def show_summary(report: Report) -> None:
    """The heading with the number of claims, the sources, and the state of the review."""
    st.html(render_summary(report))
    if report.claims:
        with st.container(horizontal=True, vertical_alignment="center", key="counts"):
            show_counts(report)
            show_count(report)


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
    st.html(element("p", bar, words, class_="cd cd-count", data_obeyed=obeyed_until()))
