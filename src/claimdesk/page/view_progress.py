"""A running check, and what went wrong with one."""

from __future__ import annotations

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.page.job import Job
from claimdesk.page.session import finish
from claimdesk.progress import CHECKING, EMBEDDING, FINDING, READING
from claimdesk.render import render_article
from claimdesk.render.markup import element
from claimdesk.render.standing import count_words


def follow(job: Job) -> None:
    """Shows how far a check has come until it is done; the claims appear before they are checked."""
    status = st.status("Checking", expanded=True)  # not as a context: leaving it would call it complete
    bar, words = status.empty(), status.empty()
    status.button("Stop", on_click=job.stop, disabled=job.stopping(), help="What is done is kept.")
    article = st.empty()
    drawn = False
    while job.wait(0.15):
        step = job.progress
        part = min(1.0, step.done / step.total) if step.total else 0.0
        label = "Stopping after this claim" if job.stopping() else step.stage
        status.update(label=label, state="running", expanded=True)
        bar.progress(part)
        words.html(element("p", describe_step(step.stage, step.done, step.total, step.detail), class_="cd"))
        if job.early and not drawn:
            count = element(
                "h2", f"{count_words(len(job.early.claims), 'claim')} found, checking them", class_="cd-lead"
            )
            with article.container():
                st.html(element("div", count, class_="cd"))
                st.html(render_article(job.early))
            drawn = True
    st.session_state["job"] = None
    if job.error:
        st.session_state["error"] = job.error
    elif job.report:
        finish(job.report)
    st.rerun()


def describe_step(stage: str, done: int, total: int, detail: str) -> str:
    """A step of a check in words."""
    nouns = {READING: "file", CHECKING: "claim", EMBEDDING: "passage"}
    if stage == FINDING:
        return "Finding claims. The first check of a session also loads the language models from this computer."
    if not total:
        return stage
    noun = nouns.get(stage, "step").capitalize()
    return f"{noun} {min(done + (stage == READING), total):,} of {total:,}" + (f": {detail}" if detail else "")


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
