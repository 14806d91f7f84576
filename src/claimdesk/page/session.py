"""What one session of the page goes through: it begins, opens a case, starts a check, takes its report over."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.exports.citation import short
from claimdesk.model import Report
from claimdesk.page import desk
from claimdesk.page.access import is_read_only
from claimdesk.page.ask import EXAMPLE, KEPT, PASTE
from claimdesk.page.cases import (
    NoSuchCaseError,
    cases_root,
    is_id,
    keep_case,
    list_cases,
    log_of,
    new_id,
    open_case,
    read_about,
)
from claimdesk.page.desk import Order, find_examples
from claimdesk.page.drafts import delete_draft, read_draft
from claimdesk.page.job import Job, running
from claimdesk.page.ledger import amended_now
from claimdesk.page.library import Searched
from claimdesk.page.models import load_ahead, loads_ahead
from claimdesk.page.view_drafts import forget_draft, restore_draft
from claimdesk.page.view_filters import restore_filters
from claimdesk.page.view_library import choose_library
from claimdesk.review import read_decisions
from claimdesk.settings import Settings


def begin(examples: dict[str, Path]) -> None:
    """The first run of a session: the address names filters, a claim, and a case that is opened or checked."""
    state, query = st.session_state, st.query_params
    state.update(begun=True, asked="", case=None)
    state.setdefault("origin", PASTE)
    restore_filters(query, query.get_all("verdict"), query.get_all("kind"))
    if re.fullmatch(r"c\d{1,6}", lead := query.get("claim", "")):
        number = int(lead[1:])
        state.update(lead=number, current=number, seen=(number, 0))
    name = query.get("case", os.environ.get("CLAIMDESK_CASE", ""))
    if job := running(name):  # a refresh while the check runs
        state.update(job=job, case=name, asked="")
    elif is_id(name) or name in examples:
        reopen(name, examples)
    elif name:
        state["error"] = not_here(name)
    restore_draft(query.get("draft", ""))
    if loads_ahead() and not state.get("job") and not state.get("machine") and not is_read_only():
        load_ahead(Settings())


def reopen(name: str, examples: dict[str, Path]) -> None:
    """Opens a kept case as it was left; an example that nobody has checked yet is checked now."""
    state = st.session_state
    try:
        report = open_case(name)
    except ClaimdeskError as error:
        report, state["error"] = None, error
    if name in examples:
        state["origin"], state["example"] = EXAMPLE, name
        order = Order(case=examples[name])
    else:
        order = Order(case=cases_root() / name)
    if report:
        order = replace(order, library=read_about(name).searched)
        choose_library(order.library)
        state.update(machine=report, case=name, asked=order.fingerprint(), ordered=order)
        if name not in examples:
            state["origin"] = KEPT
    elif name in examples and not state.get("error") and not is_read_only():
        start(order)
    elif not state.get("error"):
        state["error"] = not_here(name)


def not_here(name: str) -> NoSuchCaseError:
    """What is said of an address whose check is not kept here."""
    words = f"No check is kept here under the name “{short(name, 80)}”; it may have been deleted."
    return NoSuchCaseError(words + (" “Saved checks” below lists those that are here." if list_cases(1) else ""))


def start(order: Order, listing: bool = False) -> None:
    """Starts a check, or only lists the claims; the results of an earlier one make way when it is done.

    The case has its name from now on, so that a refresh finds the running check, and the job keeps its own report,
    whether or not anybody still looks. A text checked again stays in its case, with its decisions.
    """
    state = st.session_state
    own = state.get("case") if state.get("case") not in find_examples() else None
    identity = order.case.name if order.case else own or new_id(order.title())
    state.update(error=None, unkept=None, asked=order.fingerprint(), ordered=order)
    noted = replace(order, lines=read_decisions(log_of(identity)))
    work = desk.list_order(noted) if listing else desk.run_order(noted)
    draft, mark = str(state.get("draft") or ""), order.fingerprint()

    def keep(report: Report) -> None:
        keep_case(identity, report, order)
        delete_draft(draft, mark)  # the text is in the case now

    job: Job[Report] = Job(work, keep)
    state.update(job=job, starting=identity)
    job.start(identity)
    st.query_params["case"] = identity


def finish(job: Job[Report]) -> None:
    """Takes a finished check over."""
    state = st.session_state
    for key in [key for key in state if str(key).startswith("pending_")]:
        del state[key]
    state.update(machine=job.report, lead=None, changing=None)
    identity = state.pop("starting", None) or state.get("case")
    if job.unkept:
        state.update(unkept=job.unkept, case=None)
        st.query_params.pop("case", None)
        return
    state.update(case=identity, unkept=None)
    if state.get("draft") and not read_draft(state["draft"]):
        forget_draft()


def give_up(error: Exception) -> None:
    """Shows why a check failed; the address goes back to the case that is open, if one is."""
    state = st.session_state
    state.pop("starting", None)
    state["error"] = error
    order: Order | None = state.get("ordered")
    if case := state.get("case"):
        st.query_params["case"] = case
    elif order is None or order.case is None:
        st.query_params.pop("case", None)


def amend_report() -> Report | None:
    """The report as people changed its claims, which everything on the page shows; None without one."""
    state = st.session_state
    machine: Report | None = state.get("machine")
    state["report"] = amended_now(machine).report if machine else None
    report: Report | None = state["report"]
    return report


def is_stale(order: Order) -> bool:
    """Whether the results on the page are for an earlier text, or for other sources, than the boxes hold."""
    return not is_read_only() and st.session_state["asked"] not in ("", order.fingerprint())


def leave_case(identity: str) -> None:
    """Empties the page where it shows this case, which is gone."""
    if st.session_state.get("case") == identity:
        reset()


def reset() -> None:
    """Back to an empty page; each box is set, because one that is only forgotten keeps its words in the browser."""
    state = st.session_state
    state.update(machine=None, report=None, job=None, changing=None, error=None)
    state.update(asked="", pasted="", folder="", day=None, example=None)
    restore_filters({})
    choose_library(Searched())
    forget_draft()
    state.update(case=None, ordered=None, unkept=None, lead=None, current=0, seen=(0, 0), origin=PASTE)
    state["round"] = state.get("round", 0) + 1  # fresh upload boxes
    st.query_params.clear()
