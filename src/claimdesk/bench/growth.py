"""How a library grows: time per claim, memory, disk and recall from ten thousand passages to a million."""

from __future__ import annotations

import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimdesk.model import Document, Meta, Passage, Source, Span
from claimdesk.store import Facts, Probe, Shelved, Vectors

Figures = dict[str, Any]

DIMENSIONS = 384
SIZES = (10_000, 100_000)
_SENTENCES = 20  # of a source
_WORDS = 25  # of a sentence
_VOCABULARY = 60_000
_TOPICS, _LATENT = 5_000, 64  # vectors lie around topics in a space of few dimensions, as those of real texts do
_CLAIMS = 50


def bench_growth(sizes: Sequence[int] = SIZES, folder: Path | None = None, engine: str = "sqlite") -> Figures:
    """Figures for libraries of made-up passages, one size after the other; each is removed again.

    A claim asks what a check asks: its sentence and the same without its value, by meaning and by words. Times are
    milliseconds for one claim, the mean over a batch of 50. ``recall_at_10`` is the share of the ten truly nearest
    that the library names. Memory is what the process holds after the searches, less what it held before the
    library was opened; the page cache of the system is not in it. Clustered random vectors flatter sign codes:
    recall on real sentences is in the README.
    """
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="claimdesk-growth-", dir=folder) as place:
            rows.append(_measure(Path(place) / "library.db", size))
    return {"engine": engine, "claims": _CLAIMS, "sizes": rows}


def _measure(path: Path, size: int) -> Figures:
    from claimdesk.library.sqlite import SqliteStore

    made = _World(size)
    started = time.perf_counter()
    store = SqliteStore(path, create=True)
    sources = 0
    for item in made.sources():
        store.put_source(item)
        sources += 1
    store.close()
    built = time.perf_counter() - started
    queries, words = made.questions(_CLAIMS)
    truth = made.nearest(queries[::2], 10)
    before = _memory()
    started = time.perf_counter()
    store = SqliteStore(path)
    probes = [Probe(text, vector) for text, vector in zip(words, queries, strict=True)]
    store.candidates(probes[:2], 40)
    opened = time.perf_counter() - started
    both, used, found = _timed(lambda: store.candidates(probes, 40))
    dense, _, _ = _timed(lambda: store.candidates([Probe("", probe.vector) for probe in probes], 40))
    lexical, _, _ = _timed(lambda: store.candidates([Probe(probe.words) for probe in probes], 40))
    single, _, _ = _timed(lambda: [store.candidates(probes[i : i + 2], 40) for i in range(0, 20, 2)])
    held = _memory() - before
    hits = [len({name for name, _ in answer.dense[:10]} & near) for answer, near in zip(found[::2], truth, strict=True)]
    stats = store.stats()
    store.close()
    return {
        "passages": stats.passages,
        "sources": sources,
        "build_s": round(built, 1),
        "open_s": round(opened, 2),
        "ms_per_claim": round(both / _CLAIMS * 1000, 1),
        "cpu_ms_per_claim": round(used / _CLAIMS * 1000, 1),
        "ms_per_claim_meaning": round(dense / _CLAIMS * 1000, 1),
        "ms_per_claim_words": round(lexical / _CLAIMS * 1000, 1),
        "ms_one_claim_alone": round(single / 10 * 1000, 1),
        "memory_mb": round(held / 1e6),
        "disk_mb": round(stats.bytes / 1e6),
        "recall_at_10": round(sum(hits) / (10 * len(hits)), 4),
    }


class _World:
    """Made-up sources and questions; the same size gives the same world."""

    def __init__(self, size: int) -> None:
        self._size = size
        random = np.random.default_rng(7)
        self._plane = random.standard_normal((_LATENT, DIMENSIONS)).astype(np.float32)
        self._topics = random.standard_normal((_TOPICS, _LATENT)).astype(np.float32)
        weights = 1 / np.arange(1, _VOCABULARY + 1)
        self._sums = np.cumsum(weights / weights.sum())
        self._ids: list[int] = []

    def sources(self) -> Iterator[Shelved]:
        """Sources of twenty sentences; a passage is a sentence with its neighbors."""
        random = np.random.default_rng(11)
        for number in range(-(-self._size // _SENTENCES)):
            count = min(_SENTENCES, self._size - number * _SENTENCES)
            sentences = [self._sentence(random) for _ in range(count)]
            item = _shelved(f"w{number}", sentences, self._vectors(random, count))
            self._ids += item.ids()
            yield item

    def questions(self, claims: int) -> tuple[Vectors, list[str]]:
        """Two questions a claim: a draw beside the sources' own, and one near it with a word less."""
        random = np.random.default_rng(13)
        first = self._vectors(random, claims)
        second = _unit(first + 0.02 * random.standard_normal(first.shape).astype(np.float32))
        words = [self._sentence(random) for _ in range(claims)]
        pairs = [text for sentence in words for text in (sentence, sentence.partition(" ")[2])]
        return np.stack([first, second], axis=1).reshape(-1, DIMENSIONS), pairs

    def nearest(self, queries: Vectors, k: int) -> list[set[int]]:
        """The ids of the truly nearest passages, by their full vectors made once more."""
        random = np.random.default_rng(11)
        best: list[list[tuple[float, int]]] = [[] for _ in queries]
        for start in range(0, self._size, _SENTENCES * 512):
            rows = []
            for place in range(start, min(start + _SENTENCES * 512, self._size), _SENTENCES):
                count = min(_SENTENCES, self._size - place)
                random.random((count, _WORDS))  # the words, drawn before the vectors
                rows.append(self._vectors(random, count))
            scores = queries @ np.concatenate(rows).T
            for own, line in zip(best, scores, strict=True):
                top = np.argpartition(-line, min(k, len(line) - 1))[:k]
                own += [(float(line[i]), self._ids[start + int(i)]) for i in top]
                own.sort(reverse=True)
                del own[k:]
        return [{name for _, name in own} for own in best]

    def _vectors(self, random: np.random.Generator, count: int) -> Vectors:
        topics = self._topics[random.integers(0, _TOPICS, count)]
        latent = topics + 0.45 * random.standard_normal((count, _LATENT)).astype(np.float32)
        noise = random.standard_normal((count, DIMENSIONS)).astype(np.float32)
        return _unit(latent @ self._plane + 2.0 * noise)

    def _sentence(self, random: np.random.Generator) -> str:
        ranks = np.searchsorted(self._sums, random.random((1, _WORDS))[0])
        return " ".join(_word(int(rank)) for rank in ranks).capitalize() + "."


def _unit(rows: NDArray[Any]) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _word(rank: int) -> str:
    """A pronounceable word for each rank, short ones for common words."""
    letters = ""
    rank += 20
    while rank:
        rank, rest = divmod(rank, 100)
        letters += "bcdfghjklmnprstvwzxq"[rest % 20] + "aeiou"[rest // 20]
    return letters


def _shelved(name: str, sentences: Sequence[str], vectors: Vectors) -> Shelved:
    text, spans = " ".join(sentences), []
    start = 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    passages = tuple(
        Passage(name, i, span, Span(spans[max(0, i - 1)].start, spans[min(len(spans) - 1, i + 1)].end))
        for i, span in enumerate(spans)
    )
    document = Document(name, text, hashlib.sha256(text.encode()).hexdigest(), "txt", Meta(publisher=name[-1]))
    return Shelved(Source(name, name, document), passages, vectors, "made-up", Facts())


def _timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds on the clock, seconds of the processor, and what came out."""
    started, used = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - started, time.process_time() - used, result


def _memory() -> int:
    """What this process holds now in bytes, mapped files left out; the peak where the system does not say."""
    try:
        pairs = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
        return int(pairs["RssAnon"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
