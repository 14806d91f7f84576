"""A check that runs beside the page: its progress can be read, and it can be asked to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from claimdesk.model import Report
from claimdesk.progress import READING, Progress


class Job:
    """A check in a thread of its own.

    ``work`` is called with the job; it reports through ``tell`` and ``preview``, asks ``stopping`` between
    claims, and returns the report. A failure is kept as ``error`` and raised nowhere.
    """

    def __init__(self, work: Callable[[Job], Report]) -> None:
        self.progress = Progress(READING, 0, 0)
        self.early: Report | None = None
        self.report: Report | None = None
        self.error: Exception | None = None
        self._work = work
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="claimdesk-check", daemon=True)

    def start(self) -> Job:
        """Begins, and gives the job back."""
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
        self.progress = step

    def preview(self, report: Report) -> None:
        """Notes the claims as soon as they are found, before any is checked."""
        self.early = report

    def _run(self) -> None:
        try:
            self.report = self._work(self)
        except Exception as error:  # whatever it was, the page shows it in its place
            self.error = error
