"""What one session of the page goes through: it begins, opens a case, starts a check, takes its report over."""

from __future__ import annotations

import os
import re
from pathlib import Path

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Kind, Report
from claimdesk.page import desk
from claimdesk.page.ask import EXAMPLE, KEPT, PASTE
from claimdesk.page.cases import cases_root, is_id, keep_case, new_id, open_case
from claimdesk.page.desk import Order, find_examples
from claimdesk.page.job import Job
from claimdesk.page.view_filters import ALL, CARDS, ONE_BY_ONE, REVIEWED, SOURCE, TEXT_ORDER, TO_REVIEW, WORKLIST
from claimdesk.render.standing import Standing


def begin(examples: dict[str, Path]) -> None:
    """The first run of a session: the address names filters, a claim, and a case that is opened or checked."""
    state, query = st.session_state, st.query_params
    state.update(begun=True, asked="", case=None)
    state.setdefault("origin", PASTE)
    state["verdict"] = [each for each in Standing if each.value in query.get_all("verdict")]
    state["kind"] = [each for each in Kind if each.value in query.get_all("kind")]
    state["q"] = query.get("q", "")
    state["order"] = TEXT_ORDER if query.get("order") == "text" else WORKLIST
    state["reviewed"] = {"open": TO_REVIEW, "done": REVIEWED}.get(query.get("review", ""), ALL)
    state["view"] = {"source": SOURCE, "one": ONE_BY_ONE}.get(query.get("view", ""), CARDS)
    if re.fullmatch(r"c\d{1,6}", lead := query.get("claim", "")):
        state.update(lead=int(lead[1:]), seen=(int(lead[1:]), 0))
    name = query.get("case", os.environ.get("CLAIMDESK_CASE", ""))
    if is_id(name) or name in examples:
        reopen(name, examples)


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
        state.update(report=report, case=name, asked=order.fingerprint())
        if name not in examples:
            state["origin"] = KEPT
    elif name in examples and not state.get("error"):
        start(order)


def start(order: Order) -> None:
    """Starts a check; the results of an earlier one make way when it is done."""
    state = st.session_state
    state.update(error=None, asked=order.fingerprint(), ordered=order)
    state["job"] = Job(desk.run_order(order)).start()
    if order.case:
        st.query_params["case"] = order.case.name


def finish(report: Report) -> None:
    """Takes a finished check over and keeps it; a text checked again stays in its case, with its decisions."""
    state = st.session_state
    order: Order | None = state.get("ordered")
    for key in [key for key in state if str(key).startswith("pending_")]:
        del state[key]
    state.update(report=report, lead=None)
    if order is None:
        return
    own = state.get("case") if state.get("case") not in find_examples() else None
    identity = order.case.name if order.case else own or new_id(report)
    try:
        keep_case(identity, report, order)
    except ClaimdeskError as error:
        state.update(unkept=error, case=None)
        st.query_params.pop("case", None)
        return
    state.update(case=identity, unkept=None)
    st.query_params["case"] = identity


def reset() -> None:
    """Back to an empty page; each box is set, because one that is only forgotten keeps its words in the browser."""
    state = st.session_state
    state.update(report=None, job=None, error=None, asked="", pasted="", folder="", day=None, example=None)
    state.update(verdict=[], kind=[], q="", order=WORKLIST, reviewed=ALL, view=CARDS)
    state.update(case=None, ordered=None, unkept=None, lead=None, seen=(0, 0), origin=PASTE)
    state["round"] = state.get("round", 0) + 1  # fresh upload boxes
    st.query_params.clear()
