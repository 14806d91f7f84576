"""The page of Claimdesk: layout and widgets; what is shown comes from the package as escaped HTML."""

from __future__ import annotations

import streamlit as st

from claimdesk.page.access import is_read_only, may_enter
from claimdesk.page.ask import ask
from claimdesk.page.cases import NoSuchCaseError
from claimdesk.page.desk import Order, find_examples
from claimdesk.page.job import Job
from claimdesk.page.links import follow_links
from claimdesk.page.session import amend_report, begin, is_stale, start
from claimdesk.page.view_drafts import offer_drafts
from claimdesk.page.view_kept import show_kept
from claimdesk.page.view_progress import follow, follow_changes, show_error
from claimdesk.page.view_results import show_results
from claimdesk.page.view_title import show_title
from claimdesk.render import load_style
from claimdesk.render.markup import Html


def main() -> None:
    """One run of the page."""
    st.set_page_config(page_title="Claimdesk", page_icon="🔎", layout="wide")
    st.html(Html(f"<style>{load_style('page.css')}{load_style('app.css')}</style>"))
    if not may_enter():
        return
    examples = find_examples()
    if "begun" not in st.session_state:
        begin(examples)
    job: Job | None = st.session_state.get("job")
    report = amend_report()
    show_title(report)
    error: Exception | None = None if job else st.session_state.get("error")
    if isinstance(error, NoSuchCaseError):  # about the address, so before the boxes
        show_error(error)
    if not job:
        offer_drafts(st.session_state.get("case") if report else None)
    order = Order() if is_read_only() else ask(examples, open_=report is None and job is None, start=start)
    if job:
        follow(job)
    elif error and not isinstance(error, NoSuchCaseError):
        show_error(error)
    if report and not job:
        slot = st.empty()
        show_results(report, newer=order if is_stale(order) else None)
        follow_changes(slot)
    if not job:
        show_kept(alone=report is None)
    follow_links(report)


main()
