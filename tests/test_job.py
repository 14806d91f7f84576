"""A check beside the page: progress and time left, results as they come, stopping, and other sessions."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from sample_report import sample_report

from claimdesk.model import Report, Verdict
from claimdesk.page import job as jobs
from claimdesk.page.desk import Order, is_listing, preview, run_order
from claimdesk.page.job import WAITING, Job, describe_left, estimate, running
from claimdesk.page.job_words import describe_job, describe_so_far
from claimdesk.page.stopping import StoppedError
from claimdesk.progress import CHECKING, FINDING, Progress
from claimdesk.verify import Models

REPORT = sample_report()


def finished(job: Job) -> Job:
    assert not job.start().wait(10)
    return job


def test_the_time_left_is_known_only_after_some_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(jobs.time, "monotonic", lambda: clock[0])
    job: Job = Job(lambda job: REPORT)
    job.tell(Progress(CHECKING, 1, 21, "12 euros"))
    clock[0] += 2
    job.tell(Progress(CHECKING, 3, 21, "12 euros"))
    assert job.seconds_left() is None and describe_job(job) == "Claim 3 of 21: 12 euros"
    clock[0] += 8
    job.tell(Progress(CHECKING, 6, 21, "12 euros"))
    assert job.seconds_left() == 30
    assert describe_job(job) == "Claim 6 of 21: 12 euros (about 30 seconds left)"
    job.tell(Progress(FINDING, 0, 0))
    assert job.seconds_left() is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0, "a few seconds left"), (54, "about 50 seconds left"), (56, "about 1 minute left"),
     (3600, "about 60 minutes left")],
)  # fmt: skip
def test_the_time_left_in_words(seconds: float | None, words: str) -> None:
    assert describe_left(seconds) == words


def test_nothing_done_is_no_pace() -> None:
    assert estimate(60, 0, 10) is None


def test_claims_are_shown_as_their_checks_come() -> None:
    claims = [checked.claim for checked in REPORT.claims]
    job: Job = Job(lambda job: REPORT)
    job.preview(preview(REPORT.text, REPORT.sources, claims))
    assert job.early and describe_so_far(job.early) == "10 claims found, checking them"
    job.came(REPORT.claims[0])
    job.came(REPORT.claims[1])
    assert job.early.claims[:2] == REPORT.claims[:2]
    assert all(checked.verdict is Verdict.NOT_CHECKED for checked in job.early.claims[2:])
    assert describe_so_far(job.early) == "10 claims found, 2 checked: 1 conflicting, 1 supported"


def test_what_is_done_is_kept_by_the_job_itself() -> None:
    kept: list[Report] = []
    job = finished(Job(lambda job: REPORT, kept.append))
    assert kept == [REPORT] and job.report is REPORT and job.unkept is None


def test_a_failure_of_the_work_or_of_keeping_is_raised_nowhere() -> None:
    def fail(*_: object) -> Report:
        raise RuntimeError("boom")

    assert str(finished(Job(fail)).error) == "boom"
    job = finished(Job(lambda job: REPORT, fail))
    assert job.report is REPORT and str(job.unkept) == "boom"


def test_a_stop_while_sources_are_read_ends_the_check_and_says_so() -> None:
    job: Job = Job(run_order(Order(pasted="It cost 12 euros.", uploads=(("a.txt", b"It cost 12 euros."),))))
    job.stop()
    finished(job)
    assert isinstance(job.error, StoppedError) and job.report is None


def test_a_stop_while_passages_are_embedded_keeps_the_list_of_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow:
        name = "slow"

        def encode(self, texts: list[str], progress: Callable[[int, int], None] | None = None) -> None:
            assert progress and wait_until(lambda: job.early is not None)
            job.stop()
            progress(1, len(texts))
            raise AssertionError("the next batch is not begun")

    models = Models(Slow(), SimpleNamespace(name="none", marked=False))  # type: ignore[arg-type]
    monkeypatch.setattr("claimdesk.page.models.shared_models", lambda settings: models)
    job: Job = Job(run_order(Order(pasted="It cost 12 euros.", uploads=(("a.txt", b"It cost 12 euros."),))))
    finished(job)
    assert job.error is None and job.report and is_listing(job.report)
    assert [checked.claim.text for checked in job.report.claims] == ["12 euros"]


def wait_until(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within twenty seconds."""
    for _ in range(1000):
        if holds():
            return True
        time.sleep(0.02)
    return False


def test_a_third_check_waits_for_room_and_says_so() -> None:
    gate = threading.Event()

    def work(job: Job) -> Report:
        gate.wait(20)
        return replace(REPORT, notes=())

    first = [Job(work).start(f"case-{number}") for number in range(2)]
    third: Job = Job(work)
    third.start("case-3")
    for _ in range(200):
        if third.progress.stage == WAITING:
            break
        third.wait(0.02)
    assert describe_job(third).startswith("Waiting") and running("case-3") is third
    gate.set()
    assert not any(job.wait(10) for job in [*first, third])
    assert third.report and running("case-0") is None
