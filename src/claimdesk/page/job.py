"""A check that runs beside the page: its progress can be read, it can be asked to stop, and it outlives the page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Generic, TypeVar

from claimdesk.model import Checked, Report, Source
from claimdesk.progress import CHECKING, EMBEDDING, READING, Progress

WAITING = "Waiting for another check on this computer"
LOADING = "Loading the language models"
_AT_ONCE = 2  # checks that run at the same time; each keeps one processor busy
_TIMED = (CHECKING, EMBEDDING)
_LEAST_SECONDS, _LEAST_STEPS = 3.0, 3  # before these an estimate is a guess

Result = TypeVar("Result")

_room = threading.BoundedSemaphore(_AT_ONCE)
_guard = threading.Lock()
_running: dict[str, Job[Report]] = {}


class Job(Generic[Result]):
    """A check in a thread of its own.

    ``work`` is called with the job; it reports through ``tell`` and ``preview``, asks ``stopping`` between
    claims, and returns the result, which ``keep`` is then called with, whether or not anybody still looks. A failure
    of the work is kept as ``error``, one of keeping as ``unkept``; both are raised nowhere.
    """

    def __init__(self, work: Callable[[Job], Result], keep: Callable[[Result], object] | None = None) -> None:
        self.progress = Progress(READING, 0, 0)
        self.early: Report | None = None
        self.report: Result | None = None
        self.error: Exception | None = None
        self.unkept: Exception | None = None
        self._work, self._keep = work, keep
        self._name = ""
        self._stage, self._since, self._first = "", 0.0, 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="claimdesk-check", daemon=True)

    def start(self, name: str = "") -> Job[Result]:
        """Begins, and gives the job back. By its name another session finds it while it runs."""
        if name:
            self._name = name
            with _guard:
                _running[name] = self  # type: ignore[assignment]
        self._thread.start()
        return self

    def wait(self, seconds: float) -> bool:
        """Waits so long at most; whether the job is still running."""
        self._thread.join(seconds)
        return self._thread.is_alive()

    def stop(self) -> None:
        """Asks the check to stop; what is done is kept."""
        self._stop.set()

    def stopping(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def tell(self, step: Progress) -> None:
        """Notes how far the check has come."""
        if step.stage != self._stage:
            self._stage, self._since, self._first = step.stage, time.monotonic(), step.done
        self.progress = step

    def seconds_left(self) -> float | None:
        """How long this stage will take at the pace so far; None while that would be a guess."""
        step = self.progress
        if step.stage not in _TIMED:
            return None
        return estimate(time.monotonic() - self._since, step.done - self._first, step.total - step.done)

    def preview(self, report: Report) -> None:
        """Notes the claims as soon as they are found, before any is checked."""
        self.early = report

    def came(self, checked: Checked, sources: Iterable[Source] = ()) -> None:
        """Puts the check of one claim in its place among the claims that are shown meanwhile, with its new sources."""
        if self.early is not None:
            claims = (checked if each.claim.id == checked.claim.id else each for each in self.early.claims)
            self.early = replace(self.early, claims=tuple(claims), sources=(*self.early.sources, *sources))

    def _run(self) -> None:
        try:
            if not _room.acquire(blocking=False):
                self.tell(Progress(WAITING, 0, 0))
                _room.acquire()
            try:
                self.report = self._work(self)
            finally:
                _room.release()
        except Exception as error:  # whatever it was, the page shows it in its place
            self.error = error
        else:
            self._finish()
        finally:
            with _guard:
                if _running.get(self._name) is self:
                    del _running[self._name]

    def _finish(self) -> None:
        try:
            if self._keep and self.report is not None:
                self._keep(self.report)
        except Exception as error:
            self.unkept = error


def running(name: str) -> Job[Report] | None:
    """The job of that name that runs now, in whichever session it was started."""
    with _guard:
        return _running.get(name)


def estimate(seconds: float, done: int, left: int) -> float | None:
    """Seconds for what is left when ``done`` steps took ``seconds``; None while that would be a guess.

    >>> estimate(10, 5, 20), estimate(1, 1, 20)
    (40.0, None)
    """
    if seconds < _LEAST_SECONDS or done < _LEAST_STEPS:
        return None
    return seconds / done * left


def describe_left(seconds: float | None) -> str:
    """A time left in words, empty where it is not known; never more exact than it can be.

    >>> describe_left(7), describe_left(48), describe_left(400), describe_left(None)
    ('a few seconds left', 'about 50 seconds left', 'about 7 minutes left', '')
    """
    if seconds is None:
        return ""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 55:
        return f"about {round(seconds / 10) * 10} seconds left"
    minutes = max(1, round(seconds / 60))
    return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
