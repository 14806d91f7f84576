"""A running check, the checks of changed claims, and what went wrong with one."""

from __future__ import annotations

import time
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from claimdesk.errors import ClaimdeskError, MissingModelError
from claimdesk.model import Report
from claimdesk.page import desk
from claimdesk.page.cases import NoSuchCaseError, read_about
from claimdesk.page.changed import keep_changed
from claimdesk.page.desk import Order, is_listing
from claimdesk.page.job import Job
from claimdesk.page.job_words import describe_job, describe_so_far
from claimdesk.page.ledger import amended_now, why_closed
from claimdesk.page.session import finish, give_up
from claimdesk.page.stopping import StoppedError
from claimdesk.progress import CHECKING
from claimdesk.render import render_article, render_card
from claimdesk.render.markup import Html, element
from claimdesk.render.standing import count_words, numbered
from claimdesk.report import report_id
from claimdesk.review import Wanted, unreached
from claimdesk.review.amend import LISTED, Rechecked

_EVERY = 1.0  # seconds between two looks at a running check
_LOOK = 0.3  # seconds that a look may last, so that most short checks are done at the first
_REDRAW = 2.0  # seconds between two drawings of a text whose claims are being checked
_CARDS = 20  # cards that are shown before the check is done
_BUILT_IN = (
    "The library was made with this model. Without the library the built-in model is used: switch “Search a library "
    "too” off, and check again."
)


@dataclass(frozen=True)
class _Drawn:
    """What a running check has shown last, and when, in seconds of the monotonic clock."""

    report: Report
    at: float
    heading: str
    article: Html
    cards: tuple[Html, ...]


@st.fragment(run_every=_EVERY, key="check-part")
def follow(job: Job[Report]) -> None:
    """Looks once a second how far a check has come; the page follows when it is done, and is free meanwhile."""
    if job.wait(_LOOK):
        _show_progress(job)
        _show_early(job)
        return
    state = st.session_state
    if state.get("job") is job:
        state.update(job=None, drawn=None)
        if job.error:
            give_up(job.error)
        elif job.report:
            finish(job)
    st.rerun()


def _show_progress(job: Job[Report]) -> None:
    step = job.progress
    stopping = "Stopping after this claim" if step.stage == CHECKING else "Stopping"
    status = st.status(stopping if job.stopping() else step.stage, expanded=True)
    status.progress(min(1.0, step.done / step.total) if step.total else 0.0)
    status.html(element("p", describe_job(job), class_="cd"))
    status.button("Stop", on_click=job.stop, disabled=job.stopping(), key="stop_check", help="What is done is kept.")


def _show_early(job: Job[Report]) -> None:
    """The text with its claims before they are checked, and the cards of those that are, as they come."""
    drawn = _draw(job.early)
    if drawn is None:
        return
    st.html(element("div", element("h2", drawn.heading, class_="cd-lead"), class_="cd"))
    with st.container(key="early"), st.container(key="sides"):
        left, right = st.columns([3, 2], gap="medium")
        with left, st.container(key="article"):
            st.html(drawn.article)
        with right, st.container(key="cards"):
            for card in drawn.cards:
                st.html(card)


def _draw(early: Report | None) -> _Drawn | None:
    """The last drawing while it is fresh enough: a long text is not drawn again for each claim."""
    state = st.session_state
    drawn: _Drawn | None = state.get("drawn")
    if early is None or (drawn and (drawn.report is early or time.monotonic() - drawn.at < _REDRAW)):
        return drawn if early else None
    come = [(number, checked) for number, checked in numbered(early) if checked.reason != LISTED][:_CARDS]
    cards = tuple(render_card(early, number, checked) for number, checked in come)
    state["drawn"] = _Drawn(early, time.monotonic(), describe_so_far(early), render_article(early), cards)
    found: _Drawn = state["drawn"]
    return found


def follow_changes(slot: DeltaGenerator) -> None:
    """Checks the claims that people added or changed, and no others, while the page stays as it is and can be used.

    ``slot`` is the place above the results. A check that was stopped or that failed is not begun again by itself.
    """
    state = st.session_state
    machine: Report = state["machine"]
    wanted = _wanted(machine)
    keys = {each.key(report_id(machine)) for each in wanted}
    job: Job[Rechecked] | None = state.get("changing")
    if job is None:
        if not wanted or keys <= state.get("tried", set()):
            _offer_rest(slot, machine, wanted)
            return
        case = str(state["case"])
        text = machine.text.text
        searched = read_about(case).searched
        job = Job(desk.run_changes(machine, wanted, searched), lambda done: keep_changed(case, done, text))
        state.update(changing=job, tried=state.get("tried", set()) | keys, rest=False, error=None)
        job.start()
    with slot.container():
        _watch_changes(job, count_words(len(wanted), "claim"))


@st.fragment(run_every=_EVERY, key="changing-part")
def _watch_changes(job: Job[Rechecked], noun: str) -> None:
    """Looks once a second how far the check of the changed claims has come; the page follows when it is done."""
    if job.wait(_LOOK):
        with st.container(horizontal=True, vertical_alignment="center", key="changing_row"):
            words = element("p", f"Checking {noun} again. {describe_job(job)}", class_="cd cd-lead")
            st.html(words, width="content")
            st.button("Stop", on_click=job.stop, disabled=job.stopping(), key="stop_changes", type="tertiary")
        return
    st.session_state["changing"] = None
    if error := job.error or job.unkept:
        st.session_state["error"] = error
    st.rerun()


def _wanted(machine: Report) -> tuple[Wanted, ...]:
    """The claims to check now: changed ones, and on request those that a stop came before."""
    if is_listing(machine) or why_closed():
        return ()
    changed = amended_now(machine).waiting
    if not st.session_state.get("rest"):
        return changed
    known = {each.id for each in changed}
    shown: Report = st.session_state["report"]
    return changed + tuple(each for each in unreached(shown) if each.id not in known)


def _offer_rest(slot: DeltaGenerator, machine: Report, wanted: tuple[Wanted, ...]) -> None:
    """A button for claims that were not reached, and for changed ones whose check was stopped."""
    rest = 0 if is_listing(machine) or why_closed() else len(unreached(st.session_state["report"]))
    if not rest and not wanted:
        return
    number = count_words(rest + len(wanted), "claim")
    slot.button(f"Check {number} that {'was' if rest + len(wanted) == 1 else 'were'} not reached",
                on_click=check_rest, key="check_rest", icon=":material/play_arrow:")  # fmt: skip


def check_rest() -> None:
    """Begins with what was not reached or was stopped."""
    st.session_state.update(rest=True, tried=set(), error=None)


def show_error(error: Exception) -> None:
    """What went wrong and what to do; anything that is not the user's to mend is shown with its own words."""
    if isinstance(error, ClaimdeskError):
        heading, kind = "This could not be checked", "cd-alert"
        if isinstance(error, StoppedError | NoSuchCaseError):
            heading, kind = error.heading, "cd-notice"
        named = isinstance(error, MissingModelError) and _ordered_library()
        words = element("p", str(error), dir="auto")
        more = [element("p", _BUILT_IN)] if named else []
        st.html(element("div", element("h2", heading), words, *more, class_=f"cd {kind}"))
        return
    advice = "Claimdesk met something that it did not expect. The text and the sources are still here; try again."
    details = element("details", element("summary", "Details"), element("pre", f"{type(error).__name__}: {error}"))
    st.html(element("div", element("h2", "The check failed"), element("p", advice), details, class_="cd cd-alert"))


def _ordered_library() -> bool:
    order: Order | None = st.session_state.get("ordered")
    return order is not None and bool(order.library.place)
