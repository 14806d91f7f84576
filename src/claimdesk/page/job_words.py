"""How far a job has come, in words."""

from __future__ import annotations

from dataclasses import replace

from claimdesk.model import Report
from claimdesk.page.job import LOADING, WAITING, Job, describe_left
from claimdesk.progress import CHECKING, EMBEDDING, FINDING, READING
from claimdesk.render.standing import LOOKS, count_standings, count_words
from claimdesk.review.amend import LISTED

_FIRST = "The first check also loads the language models from this computer; all sessions share them."


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
