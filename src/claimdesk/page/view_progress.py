"""A running check, the checks of changed claims, and what went wrong with one."""

from __future__ import annotations

import time
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Checked, Report
from claimdesk.page import desk
from claimdesk.page.changed import keep_changed
from claimdesk.page.desk import is_listing
from claimdesk.page.job import LOADING, WAITING, Job, describe_left
from claimdesk.page.ledger import amended_now, why_closed
from claimdesk.page.session import finish, give_up
from claimdesk.progress import CHECKING, EMBEDDING, FINDING, READING
from claimdesk.render import render_article
from claimdesk.render.markup import element
from claimdesk.render.standing import LOOKS, count_standings, count_words
from claimdesk.report import report_id
from claimdesk.review import Wanted, unreached
from claimdesk.review.amend import LISTED

_PAUSE = 0.15  # seconds between two looks at a running check
_REDRAW = 2.0  # seconds between two drawings of a text whose claims are being checked
_LOOK = 0.3  # seconds that a look at a short check may last, so that most are done at the first
_FIRST = "The first check also loads the language models from this computer; all sessions share them."


def follow(job: Job[Report]) -> None:
    """Shows how far a check has come until it is done; the claims appear before they are checked."""
    status = st.status("Checking", expanded=True)  # not as a context: leaving it would call it complete
    bar, words = status.empty(), status.empty()
    status.button("Stop", on_click=job.stop, disabled=job.stopping(), help="What is done is kept.")
    article = st.empty()
    drawn: Report | None = None
    due = 0.0
    while job.wait(_PAUSE):
        step = job.progress
        part = min(1.0, step.done / step.total) if step.total else 0.0
        label = "Stopping after this claim" if job.stopping() else step.stage
        status.update(label=label, state="running", expanded=True)
        bar.progress(part)
        words.html(element("p", describe_job(job), class_="cd"))
        if job.early is not drawn and job.early and time.monotonic() >= due:
            drawn, due = job.early, time.monotonic() + _REDRAW
            with article.container():
                st.html(element("div", element("h2", describe_so_far(drawn), class_="cd-lead"), class_="cd"))
                st.html(render_article(drawn))
    st.session_state["job"] = None
    if job.error:
        give_up(job.error)
    elif job.report:
        finish(job)
    st.rerun()


def describe_so_far(report: Report) -> str:
    """How many claims there are, and what is known about them by now.

    Claims that wait for their check are not counted as not checked.
    """
    every = count_words(len(report.claims), "claim")
    come = tuple(checked for checked in report.claims if checked.reason != LISTED)
    if not come:
        return f"{every} found, checking them"
    counts = count_standings(replace(report, claims=come))
    words = ", ".join(f"{number} {LOOKS[each].word.lower()}" for each, number in counts.items())
    return f"{every} found, {len(come)} checked: {words}"


def describe_job(job: Job) -> str:
    """How far a job has come, in words, with the time left once it is known."""
    step = job.progress
    words = describe_step(step.stage, step.done, step.total, step.detail)
    left = describe_left(job.seconds_left())
    return f"{words} ({left})" if left else words


def describe_step(stage: str, done: int, total: int, detail: str) -> str:
    """A step of a check in words."""
    nouns = {READING: "file", CHECKING: "claim", EMBEDDING: "passage"}
    if stage == FINDING:
        return f"Finding claims. {_FIRST}"
    if stage == LOADING:
        return "Loading the language models from this computer, once for all sessions."
    if stage == WAITING:
        return "Waiting: other checks are running on this computer."
    if not total:
        return stage
    noun = nouns.get(stage, "step").capitalize()
    return f"{noun} {min(done + (stage == READING), total):,} of {total:,}" + (f": {detail}" if detail else "")


def follow_changes(slot: DeltaGenerator) -> None:
    """Checks the claims that people added or changed, and no others, while the page stays as it is and can be used.

    ``slot`` is the place above the results. A check that was stopped or that failed is not begun again by itself.
    """
    state = st.session_state
    machine: Report = state["machine"]
    wanted = _wanted(machine)
    keys = {each.key(report_id(machine)) for each in wanted}
    job: Job[dict[str, Checked]] | None = state.get("changing")
    if job is None:
        if not wanted or keys <= state.get("tried", set()):
            _offer_rest(slot, machine, wanted)
            return
        case = str(state["case"])
        text = machine.text.text
        job = Job(desk.run_changes(machine, wanted), lambda done: keep_changed(case, done, text))
        state.update(changing=job, tried=state.get("tried", set()) | keys, rest=False, error=None)
        job.start()
    with slot.container():
        _watch_changes(job, count_words(len(wanted), "claim"))


@st.fragment(run_every=1.0, key="changing-part")
def _watch_changes(job: Job[dict[str, Checked]], noun: str) -> None:
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
        st.html(
            element("div", element("h2", "This could not be checked"), element("p", str(error)), class_="cd cd-alert")
        )
        return
    words = "Claimdesk met something that it did not expect. The text and the sources are still here; try again."
    details = element("details", element("summary", "Details"), element("pre", f"{type(error).__name__}: {error}"))
    st.html(element("div", element("h2", "The check failed"), element("p", words), details, class_="cd cd-alert"))
