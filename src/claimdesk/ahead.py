"""Work that need not wait for its turn: another thread does it while this one goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import Generic, TypeVar

from claimdesk.entailment.judges import MeaningModel, Probabilities, ShippedJudge
from claimdesk.errors import MissingModelError

Result = TypeVar("Result")
Watcher = Callable[[int, int], None]
Pair = tuple[str, str]


class Beside(Generic[Result]):
    """One piece of work in a thread of its own; what it reports is passed on by whoever waits for its result."""

    def __init__(self, work: Callable[[Watcher], Result]) -> None:
        self._steps: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="claimdesk-beside")
        self._future = self._thread.submit(self._run, work)

    def _run(self, work: Callable[[Watcher], Result]) -> Result:
        try:
            return work(lambda done, total: self._steps.put((done, total)))
        finally:
            self._steps.put(None)

    def result(self, progress: Watcher) -> Result:
        """What the work gave, or the exception that ended it; ``progress`` is called in this thread."""
        while (step := self._steps.get()) is not None:
            progress(*step)
        return self._future.result()

    def __enter__(self) -> Beside[Result]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._thread.shutdown()


class ReadAhead:
    """A model of meaning that begins to read pairs when they are announced, and reads no pair twice.

    What is announced together is read as one batch, so that the answers do not depend on how fast anything is.
    """

    def __init__(self, model: MeaningModel) -> None:
        self.name, self.marked = model.name, model.marked
        self._model = model
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="claimdesk-judge")
        self._known: dict[Pair, tuple[Future[list[Probabilities]], int]] = {}
        if isinstance(model, ShippedJudge):
            self._thread.submit(_open, model)

    def announce(self, pairs: Iterable[Pair]) -> None:
        """Pairs that will be asked for."""
        fresh = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        if fresh:
            answers = self._thread.submit(self._model.predict, fresh)
            self._known.update((pair, (answers, place)) for place, pair in enumerate(fresh))

    def has_read(self, pairs: Iterable[Pair]) -> bool:
        """Whether ``predict`` would answer at once."""
        return all(pair in self._known and self._known[pair][0].done() for pair in pairs)

    def predict(self, pairs: Sequence[Pair]) -> list[Probabilities]:
        """One distribution for each (claim, evidence), in order."""
        self.announce(pairs)
        found = [self._known[pair] for pair in pairs]
        return [answers.result()[place] for answers, place in found]

    def __enter__(self) -> ReadAhead:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._thread.shutdown(cancel_futures=True)


def _open(judge: ShippedJudge) -> None:
    with suppress(MissingModelError):  # the first pair says so
        judge.open()
