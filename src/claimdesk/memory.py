"""The store of one check: exact search in memory, a NumPy matrix and an inverted index."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from claimdesk.errors import LibraryError
from claimdesk.filters import Filter, passes
from claimdesk.model import Meta, Passage, Source
from claimdesk.store import Candidates, Entry, Probe, Ranked, Shelved, Stats, Vectors, search_terms


class MemoryStore:
    """Sources in memory; what is searched is built once, at the first question after a change."""

    def __init__(self) -> None:
        self._items: dict[str, Shelved] = {}
        self._index: _Index | None = None

    @property
    def model(self) -> str:
        """The model of the vectors; empty while there are none."""
        return next((item.model for item in self._items.values()), "")

    def put_source(self, item: Shelved) -> None:
        """Keeps a source in place of any of the same id. Raises LibraryError for another model's vectors."""
        if self.model not in ("", item.model):
            raise LibraryError(f"The sources were embedded with {self.model}, not with {item.model}.")
        self._items[item.source.id] = item
        self._index = None

    def delete_source(self, source_id: str) -> bool:
        """Forgets a source; False where there is none."""
        self._index = None
        return self._items.pop(source_id, None) is not None

    def candidates(self, probes: Sequence[Probe], k: int, where: Filter | None = None) -> list[Candidates]:
        """The best passages of the sources that pass ``where``, by cosine and by BM25 over all passages."""
        if self._index is None:
            self._index = _Index(list(self._items.values()))
        return self._index.search(probes, k, where)

    def passages(self, ids: Collection[int]) -> dict[int, Passage]:
        """Passages by id; one that is gone is left out."""
        known = self._index.passages if self._index else _Index(list(self._items.values())).passages
        return {name: known[name] for name in ids if name in known}

    def read_sources(self, ids: Collection[str]) -> dict[str, Source]:
        """Sources by id; one that is gone is left out."""
        return {name: self._items[name].source for name in ids if name in self._items}

    def entries(self, where: Filter | None = None) -> list[Entry]:
        """The sources that pass, without their texts."""
        found = []
        for item in self._items.values():
            source, document = item.source, item.source.document
            assert document is not None
            if passes(where, source.id, document.meta):
                named = (source.id, source.path, document.name, document.format, document.sha256, document.meta)
                found.append(Entry(*named, len(item.passages), item.facts))
        return found

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Nobody else writes here."""
        yield

    def stats(self) -> Stats:
        """How much there is."""
        count = sum(len(item.passages) for item in self._items.values())
        return Stats("memory", len(self._items), count, 0, self.model)

    def close(self) -> None:
        """Nothing is held open."""


class _Index:
    """Everything that is searched, by position."""

    def __init__(self, items: Sequence[Shelved]) -> None:
        self.ids = [name for item in items for name in item.ids()]
        self.passages = dict(zip(self.ids, (passage for item in items for passage in item.passages), strict=True))
        self._items, self._counts = items, [len(item.passages) for item in items]
        rows = [np.asarray(item.vectors, dtype=np.float32) for item in items if len(item.passages)]
        self._matrix = np.vstack(rows) if rows else np.zeros((0, 1), dtype=np.float32)
        self._postings: dict[str, list[tuple[int, int]]] = {}
        self._lengths: list[int] = []
        for item in items:
            for text in item.texts():
                self._add_words(search_terms(text))

    def search(self, probes: Sequence[Probe], k: int, where: Filter | None) -> list[Candidates]:
        if k < 1 or not self.ids:
            return [Candidates([], []) for _ in probes]
        allowed = np.repeat([passes(where, item.source.id, _meta(item)) for item in self._items], self._counts)
        return [Candidates(self._by_meaning(p.vector, k, allowed), self._by_words(p.words, k, allowed)) for p in probes]

    def _by_meaning(self, query: Vectors | None, k: int, allowed: np.ndarray) -> Ranked:
        if query is None:
            return []
        scores = self._matrix @ np.asarray(query, dtype=np.float32)
        best = np.argsort(-scores, kind="stable")
        return [(self.ids[index], float(scores[index])) for index in best[allowed[best]][:k]]

    def _by_words(self, query: str, k: int, allowed: np.ndarray) -> Ranked:
        """BM25 with k1 1.2 and b 0.75 (Robertson and Zaragoza 2009)."""
        total = len(self._lengths)
        mean = sum(self._lengths) / total or 1.0
        scores: dict[int, float] = {}
        for term in set(search_terms(query)):
            postings = self._postings.get(term, ())
            rarity = math.log(1 + (total - len(postings) + 0.5) / (len(postings) + 0.5))
            for position, count in postings:
                weight = count * 2.2 / (count + 1.2 * (0.25 + 0.75 * self._lengths[position] / mean))
                scores[position] = scores.get(position, 0.0) + rarity * weight
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [(self.ids[position], score) for position, score in best if allowed[position]][:k]

    def _add_words(self, terms: list[str]) -> None:
        position = len(self._lengths)
        for term, count in Counter(terms).items():
            self._postings.setdefault(term, []).append((position, count))
        self._lengths.append(len(terms))


def _meta(item: Shelved) -> Meta:
    assert item.source.document is not None
    return item.source.document.meta
