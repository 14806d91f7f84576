"""What a person must know about the open case before anything else: read-only, listed only, not kept."""

from __future__ import annotations

import streamlit as st

from claimdesk.model import Report, Verdict
from claimdesk.page.desk import Order, is_listing
from claimdesk.page.ledger import why_closed
from claimdesk.page.session import start
from claimdesk.render.markup import element


def show_state(report: Report) -> None:
    """A note for a case that cannot be written to, and for claims that are listed and wait for their check."""
    state = st.session_state
    if state.get("case") and (reason := why_closed()):
        st.html(element("div", element("h2", "Read-only"), element("p", reason), class_="cd cd-alert"))
    if is_listing(report):
        words = (
            "These claims are listed and none is checked yet. Drop what need not be checked, change or add claims, "
            "then check them."
        )
        st.html(element("div", element("h2", "Not checked yet"), element("p", words), class_="cd cd-notice"))
        order: Order | None = state.get("ordered")
        if order and not why_closed():
            st.button("Check these claims", type="primary", on_click=start, args=(order,), key="check_listed")
    elif not why_closed() and (words := _nothing_compared(report)):
        st.html(element("div", element("h2", "Nothing was compared"), element("p", words), class_="cd cd-notice"))


def _nothing_compared(report: Report) -> str:
    """Why no claim was compared with any source, and what to do; empty where one was."""
    if any(checked.verdict is not Verdict.NOT_CHECKED for checked in report.claims):
        return ""
    if not report.sources:
        return "This check had no sources. Open “Text and sources”, add some, and check again."
    if all(source.document is None for source in report.sources):
        return (
            "None of the sources could be read. “Sources” below says why for each; open “Text and sources”, add them "
            "in another form, and check again."
        )
    return ""
