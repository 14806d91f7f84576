"""The log of the open case as this session sees it: what is in force, who writes, and whether writing is open."""

from __future__ import annotations

import time
from dataclasses import replace

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Report
from claimdesk.page.access import is_read_only, signed_in_name
from claimdesk.page.cases import cases_root, log_of, missing_sources, remember_reviewer, remembered_reviewer
from claimdesk.page.changed import read_changed, version_of_changed
from claimdesk.report import report_id
from claimdesk.review import Amended, Decision, Review, amend, append_decision, read_decisions, review
from claimdesk.review.amend import Rechecked, with_sources

UNNAMED = "Reviewer"
_FRESH = 2.0  # seconds for which a look at the files of a case holds: each card asks


def decisions_now() -> tuple[Decision, ...]:
    """The log of the open case as it is on the disk: another person may have written to it."""
    case = st.session_state.get("case")
    return read_decisions(log_of(case)) if case else ()


def log_size() -> int:
    """The bytes of the log, 0 without one: it only grows, so that another size means other lines."""
    case = st.session_state.get("case")
    try:
        return log_of(case).stat().st_size if case else 0
    except OSError:
        return 0


def amended_now(report: Report) -> Amended:
    """The report of the check with the claims as people changed them, computed again only when something changed."""
    case = st.session_state.get("case")
    key = (case, report_id(report), log_size(), version_of_changed(case), len(report.claims))
    if st.session_state.get("amended", (None,))[0] != key:
        known = read_changed(case) if case else Rechecked()
        found = amend(report, decisions_now(), known.claims)
        found = replace(found, report=with_sources(found.report, known.sources))
        st.session_state["amended"] = (key, found)
    amended: Amended = st.session_state["amended"][1]
    return amended


def review_now(report: Report) -> Review:
    """What is in force for the report as it is shown, read again only when the log has grown."""
    case = st.session_state.get("case")
    key = (case, report_id(report), log_size(), tuple(checked.claim.span for checked in report.claims))
    if st.session_state.get("review", (None,))[0] != key:
        # One entry for both: a run that makes way for the next one may end between two of them.
        st.session_state["review"] = (key, review(report, decisions_now()))
    found: Review = st.session_state["review"][1]
    return found


def why_closed() -> str:
    """Why nothing can be written into the log, in words; empty where it can. Looked up anew after two seconds."""
    state = st.session_state
    known, case, at = state.get("closed", ("", None, 0.0))
    if case != state.get("case") or time.monotonic() - at > _FRESH or is_read_only():
        known = _why_closed(state.get("case"))
        state["closed"] = (known, state.get("case"), time.monotonic())
    return str(known)


def _why_closed(case: str | None) -> str:
    if is_read_only():
        return "This page is read-only: cases can be looked at and exported."
    if not case:
        return "This check could not be kept, so nothing can be written about it."
    if gone := missing_sources(case):
        names = ", ".join(gone[:3]) + (f" and {len(gone) - 3} more" if len(gone) > 3 else "")
        return (
            f"Sources of this case are no longer in its folder ({names}), so it can be read and exported only. "
            f"Put them back into {cases_root() / case / 'sources'} to go on with it."
        )
    return ""


def write_line(line: Decision) -> bool:
    """Adds a line to the log of the open case; whether it is there now. A failure is told on the page."""
    case = st.session_state.get("case")
    if not case or why_closed():
        return False
    try:
        append_decision(log_of(case), line)
    except OSError as error:
        st.session_state["unkept"] = ClaimdeskError(f"The entry could not be kept ({error.strerror or error}).")
        return False
    return True


# --- who reviews ----------------------------------------------------------------------------------------


def reviewer() -> str:
    """The name that lines are signed with: the signed-in one, else the one in the box."""
    return signed_in_name() or str(st.session_state.get("reviewer", "")).strip() or UNNAMED


def ask_reviewer() -> None:
    """The box for the reviewer's name, which is remembered on this computer; nobody asks who is signed in."""
    if why_closed() or signed_in_name():
        return
    if "reviewer" not in st.session_state:
        st.session_state["reviewer"] = remembered_reviewer()
    st.text_input(
        "Your name",
        key="reviewer",
        max_chars=80,
        placeholder=UNNAMED,
        width=240,
        persist_state="session",
        on_change=lambda: remember_reviewer(reviewer()),
    )
