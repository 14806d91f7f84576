"""Below the results: lost decisions, the history, what was not checked, the sources and the settings."""

from __future__ import annotations

import streamlit as st

from claimdesk.model import Report
from claimdesk.page.view_article import gaps_now
from claimdesk.page.view_history import show_history, show_lost
from claimdesk.page.view_signing import show_signing
from claimdesk.render import render_settings, render_sources, render_unchecked
from claimdesk.render.markup import element


def show_foundations(report: Report) -> None:
    """What was not checked, the sources with their states, and the settings."""
    show_lost(report)
    show_history(report)
    show_signing(report)
    unread = sum(source.document is None for source in report.sources)
    gaps = gaps_now(report)
    with st.expander(f"What was not checked ({len(gaps)})"):
        st.html(render_unchecked(report, gaps))
    label = f"Sources ({len(report.sources)})" + (f", {unread} not read" if unread else "")
    with st.expander(label, expanded=bool(unread)):
        st.html(render_sources(report) if report.sources else element("p", "No sources.", class_="cd"))
    with st.expander("How it was checked"):
        st.html(render_settings(report))
