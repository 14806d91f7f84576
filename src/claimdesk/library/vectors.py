"""Search by meaning over a library's vectors: what is held in memory is only a cache of the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimdesk.library.rows import sign_codes, unpack_vectors
from claimdesk.store import Ranked, Vectors
from claimdesk.transformer import side_by_side

EXACT_LIMIT = 300_000
"""Passages up to which every vector is compared; that many take 460 MB. Above, sign codes choose whom to compare."""

RERANKED = 400
RERANKED_SHARE = 250
"""How many of N passages the codes let through: max(400, N / 250). On 5,803 real sentences 400 kept recall@10 at
.999 and 200 at .995; the share keeps a large library from trusting the codes further than that."""

READ = 100
"""How many of those, the best by rounded vectors (one byte a component, a cosine off by .001), are compared in full:
reading a vector from the file costs more than all that comes before."""

_QUERIES = 32  # scored together
_ROWS = 1 << 16  # codes compared at a time, 3 MB
_FETCHED = 10_000  # vectors read with one statement


class VectorIndex:
    """Exact search by cosine, over the matrix or over what the sign codes let through."""

    def __init__(self, exact_limit: int = EXACT_LIMIT) -> None:
        self._limit = exact_limit
        self._generation = -1
        self._clear(coded=False)

    def _clear(self, coded: bool) -> None:
        self._coded = coded
        self._sources: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._counts: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._ids: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._embeddings: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._matrix: Vectors = np.zeros((0, 0), dtype=np.float32)
        self._codes: NDArray[np.uint64] = np.zeros((0, 0), dtype=np.uint64)  # word by word: (words, passages)
        self._levels: NDArray[np.int8] = np.zeros((0, 0), dtype=np.int8)

    def __len__(self) -> int:
        return len(self._ids)

    def refresh(self, connection: sqlite3.Connection, generation: int) -> None:
        """Brings the cache to the file's generation: sources that are gone are dropped, new ones read."""
        if generation == self._generation:
            return
        live = dict(connection.execute("SELECT source, passages FROM card WHERE passages > 0").fetchall())
        coded = sum(live.values()) > self._limit
        if coded != self._coded:
            self._clear(coded)
        kept = np.isin(self._sources, np.fromiter(live, dtype=np.int64, count=len(live)))
        if not kept.all():
            self._drop(np.repeat(~kept, self._counts))
            self._sources, self._counts = self._sources[kept], self._counts[kept]
        last = int(self._sources[-1]) if len(self._sources) else 0
        fresh = {source: count for source, count in sorted(live.items()) if source > last}
        if fresh:
            self._append(connection, last, fresh)
        self._generation = generation

    def search(
        self, connection: sqlite3.Connection, queries: Vectors, k: int, allowed: Collection[int] | None = None
    ) -> list[Ranked]:
        """The ``k`` nearest passages for each row of ``queries``; only of the sources with the ``allowed`` keys."""
        if not len(self) or not len(queries) or k < 1:
            return [[] for _ in queries]
        rows = None if allowed is None else self._rows_of(allowed)
        if rows is not None and not len(rows):
            return [[] for _ in queries]
        asked = np.ascontiguousarray(queries, dtype=np.float32)  # a float64 query would copy the whole matrix
        found: list[Ranked] = []
        for start in range(0, len(asked), _QUERIES):
            some = asked[start : start + _QUERIES]
            found += self._by_codes(connection, some, k, rows) if self._coded else self._exact(some, k, rows)
        return found

    def _rows_of(self, allowed: Collection[int]) -> NDArray[np.int64]:
        wanted = np.isin(self._sources, np.fromiter(allowed, dtype=np.int64, count=len(allowed)))
        return np.flatnonzero(np.repeat(wanted, self._counts))

    def _exact(self, queries: Vectors, k: int, rows: NDArray[np.int64] | None) -> list[Ranked]:
        matrix = self._matrix if rows is None else self._matrix[rows]
        # This way round, few queries cost a third of what queries @ matrix.T does: the matrix is read once, in order.
        scores = matrix @ queries.T
        return [self._best(np.ascontiguousarray(column), k, rows) for column in scores.T]

    def _by_codes(
        self, connection: sqlite3.Connection, queries: Vectors, k: int, rows: NDArray[np.int64] | None
    ) -> list[Ranked]:
        """The codes let some thousand through, rounded vectors a hundred of them, and full vectors decide."""
        codes = self._codes if rows is None else self._codes[:, rows]
        wide = max(RERANKED, len(self) // RERANKED_SHARE, k)

        def choose(query: Vectors, code: NDArray[np.uint64]) -> NDArray[np.int64]:
            positions = _nearest(codes, code, wide)
            if rows is not None:
                positions = rows[positions]
            rough = self._levels[positions].astype(np.float32) @ query
            return np.sort(positions[np.argsort(-rough, kind="stable")[: max(READ, 2 * k)]])

        signs = np.ascontiguousarray(sign_codes(queries)).view(np.uint64)
        near = list(side_by_side(lambda pair: choose(*pair), zip(queries, signs, strict=True)))
        keys = np.unique(np.concatenate([self._embeddings[positions] for positions in near]))
        vectors = read_vectors(connection, keys)
        found = []
        for query, positions in zip(queries, near, strict=True):
            own = vectors[np.searchsorted(keys, self._embeddings[positions])]
            found.append(self._best(own @ query, k, positions))
        return found

    def _best(self, scores: Vectors, k: int, rows: NDArray[np.int64] | None) -> Ranked:
        """The ``k`` best, of equal ones those that came first; ``rows`` are the positions of ``scores``, rising."""
        best = np.arange(len(scores))
        if len(scores) > k:
            least = np.partition(scores, len(scores) - k)[len(scores) - k]
            above = np.flatnonzero(scores > least)
            best = np.concatenate([above, np.flatnonzero(scores == least)[: k - len(above)]])
        order = best[np.lexsort((best, -scores[best]))]
        places = order if rows is None else rows[order]
        return list(zip(self._ids[places].tolist(), scores[order].tolist(), strict=True))

    def _drop(self, gone: NDArray[np.bool_]) -> None:
        self._ids, self._embeddings = self._ids[~gone], self._embeddings[~gone]
        if self._coded:
            self._codes, self._levels = self._codes[:, ~gone], self._levels[~gone]
        else:
            self._matrix = self._matrix[~gone]

    def _append(self, connection: sqlite3.Connection, last: int, fresh: dict[int, int]) -> None:
        """Reads the cards of new sources, one after the other into arrays of their final size."""
        have = len(self)
        total = have + sum(fresh.values())
        self._sources = np.concatenate([self._sources, np.fromiter(fresh, dtype=np.int64)])
        self._counts = np.concatenate([self._counts, np.fromiter(fresh.values(), dtype=np.int64)])
        self._ids, self._embeddings = _room(self._ids, (total,)), _room(self._embeddings, (total,))
        wanted = "ids, embeddings, codes, levels" if self._coded else "ids, embeddings"
        cards = connection.execute(
            f"SELECT passages, {wanted} FROM card WHERE source > ? AND passages > 0 ORDER BY source", (last,)
        )
        start = have
        for count, ids, embeddings, *packed in cards:
            end = start + count
            self._ids[start:end] = np.frombuffer(ids, dtype="<i8")
            self._embeddings[start:end] = np.frombuffer(embeddings, dtype="<i8")
            if packed:
                codes = np.frombuffer(packed[0], dtype=np.uint64).reshape(count, -1)
                levels = np.frombuffer(packed[1], dtype=np.int8).reshape(count, -1)
                if start == have:
                    self._codes = _room(self._codes, (codes.shape[1], total))
                    self._levels = _room(self._levels, (total, levels.shape[1]))
                self._codes[:, start:end], self._levels[start:end] = codes.T, levels
            start = end
        if not self._coded:
            keys, places = np.unique(self._embeddings[have:], return_inverse=True)
            rows = read_vectors(connection, keys)[places]
            self._matrix = np.vstack([self._matrix, rows]) if have else rows


def _room(old: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """A larger array with the old one in its first corner."""
    new = np.empty(shape, dtype=old.dtype)
    if old.size:
        new[tuple(map(slice, old.shape))] = old
    return new


def read_vectors(connection: sqlite3.Connection, keys: NDArray[np.int64]) -> Vectors:
    """The vectors of embeddings, a row for each of the rising ``keys``."""
    parts = []
    for start in range(0, len(keys), _FETCHED):
        some = keys[start : start + _FETCHED].tolist()
        rows = connection.execute(
            "SELECT vector FROM embedding WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key", (str(some),)
        ).fetchall()
        parts.append(unpack_vectors([row[0] for row in rows]))
    return np.vstack(parts)


def _nearest(codes: NDArray[np.uint64], code: NDArray[np.uint64], wide: int) -> NDArray[np.int64]:
    """The positions of the ``wide`` codes that differ least from ``code``, rising."""
    total = codes.shape[1]
    if total <= wide:
        return np.arange(total)
    apart = np.empty(total, dtype=np.uint16)
    for start in range(0, total, _ROWS):
        block = codes[:, start : start + _ROWS]
        apart[start : start + _ROWS] = np.bitwise_count(block ^ code[:, None]).sum(axis=0, dtype=np.uint16)
    within = np.cumsum(np.bincount(apart, minlength=64 * len(code) + 1))
    limit = int(np.searchsorted(within, wide))  # the least distance that lets enough through
    inside = np.flatnonzero(apart < limit)
    edge = np.flatnonzero(apart == limit)[: wide - len(inside)]
    return np.sort(np.concatenate([inside, edge]))
