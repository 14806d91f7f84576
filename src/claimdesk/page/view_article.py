"""The text with its marks, drawn again on its own when a decision changes them."""

from __future__ import annotations

import streamlit as st

from claimdesk.model import Report
from claimdesk.page.decisions import ARTICLE, review_now
from claimdesk.render import render_article, render_strip


@st.fragment(key=ARTICLE)
def show_article(report: Report, shown: list[int]) -> None:
    """The text with its marks; those of reviewed claims are filled."""
    found = review_now(report)
    done = [number for number, checked in enumerate(report.claims, 1) if found.is_done(checked)]
    st.html(render_strip(report, shown, done))
    with st.container(key="article"):
        st.html(render_article(report, shown, done))
