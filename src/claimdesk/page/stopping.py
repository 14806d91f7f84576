"""Stopping a check before its first claim: while sources are read, and while their passages are embedded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claimdesk.errors import ClaimdeskError
from claimdesk.page.job import Job
from claimdesk.progress import CHECKING, Progress

if TYPE_CHECKING:
    from claimdesk.embed import Encoder, Vectors
    from claimdesk.verify import Models


class StoppedError(ClaimdeskError):
    """Somebody stopped a check before there was anything to keep."""

    heading = "The check was stopped"

    def __init__(self) -> None:
        super().__init__("Nothing was checked yet. The text and the sources are still in their boxes.")


def tell_until_stopped(job: Job) -> Callable[[Progress], None]:
    """Passes steps on to a job, and raises StoppedError at the first one after a stop; between claims it does not."""

    def tell(step: Progress) -> None:
        job.tell(step)
        if step.stage != CHECKING:
            _go_on(job)

    return tell


def stoppable(models: Models, job: Job) -> Models:
    """The same models; the encoder raises StoppedError between two batches once the job was asked to stop."""
    return replace(models, encoder=_Stoppable(models.encoder, job))


class _Stoppable:
    def __init__(self, encoder: Encoder, job: Job) -> None:
        self.name = encoder.name
        self._encoder, self._job = encoder, job

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        def watch(done: int, total: int) -> None:
            _go_on(self._job)
            if progress:
                progress(done, total)

        _go_on(self._job)
        return self._encoder.encode(texts, watch)


def _go_on(job: Job) -> None:
    if job.stopping():
        raise StoppedError
