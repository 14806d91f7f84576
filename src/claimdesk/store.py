"""Where passages are searched: by meaning over vectors, by words with BM25; ranks are fused by the caller."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from claimdesk.language.text import words

Ranked = list[tuple[int, float]]


class PassageStore(Protocol):
    """What a store answers: positions of passages with scores, best first."""

    def add(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Appends passages; row i of ``vectors`` belongs to ``texts[i]``. Raises ValueError on unequal lengths."""
        ...

    def by_meaning(self, query: NDArray[np.float32], limit: int) -> Ranked:
        """The nearest passages by cosine."""
        ...

    def by_words(self, query: str, limit: int) -> Ranked:
        """The best passages by BM25."""
        ...

    def __len__(self) -> int: ...


class MemoryStore:
    """Exact search in memory: a NumPy matrix and an inverted index."""

    def __init__(self) -> None:
        self._vectors: NDArray[np.float32] | None = None
        self._postings: dict[str, list[tuple[int, int]]] = {}
        self._lengths: list[int] = []

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Appends passages with their vectors, shape (len(texts), dimensions)."""
        if len(texts) != len(vectors):
            raise ValueError(f"{len(texts)} texts came with {len(vectors)} vectors.")
        if not texts:
            return
        rows = np.asarray(vectors, dtype=np.float32)
        self._vectors = rows if self._vectors is None else np.vstack([self._vectors, rows])
        for text in texts:
            terms = search_terms(text)
            position = len(self._lengths)
            for term, count in Counter(terms).items():
                self._postings.setdefault(term, []).append((position, count))
            self._lengths.append(len(terms))

    def by_meaning(self, query: NDArray[np.float32], limit: int) -> Ranked:
        """The nearest passages by cosine (vectors are of unit length)."""
        if self._vectors is None or limit < 1:
            return []
        scores = self._vectors @ np.asarray(query, dtype=np.float32)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(int(index), float(scores[index])) for index in best]

    def by_words(self, query: str, limit: int) -> Ranked:
        """The best passages by BM25 (k1 1.2, b 0.75; Robertson and Zaragoza 2009)."""
        total = len(self._lengths)
        if not total or limit < 1:
            return []
        mean = sum(self._lengths) / total or 1.0
        scores: dict[int, float] = {}
        for term in set(search_terms(query)):
            postings = self._postings.get(term, ())
            rarity = math.log(1 + (total - len(postings) + 0.5) / (len(postings) + 0.5))
            for position, count in postings:
                weight = count * 2.2 / (count + 1.2 * (0.25 + 0.75 * self._lengths[position] / mean))
                scores[position] = scores.get(position, 0.0) + rarity * weight
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def rarity(self, term: str) -> float:
        """How rare a search term is here: 0 in every passage, 1 in none or one."""
        if len(self) < 2:
            return 1.0
        return 1 - math.log(max(1, len(self._postings.get(term, ())))) / math.log(len(self))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words too common to search for."""
    lines = resources.files("claimdesk").joinpath("data/stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def search_terms(text: str) -> list[str]:
    """The words of a text as they are searched: folded, without stop words and common endings.

    >>> search_terms("The soldiers' bodies were returned")
    ['soldier', 'bodi', 'return']
    """
    return [stem(word.norm) for word in words(text) if word.norm not in stop_words()]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The English Snowball stem of a folded word (Porter 2001); figures stay as they are.

    >>> [stem(word) for word in ("identified", "identifying", "cities", "1,212")]
    ['identifi', 'identifi', 'citi', '1,212']
    """
    return word if word[:1].isdigit() else _stemmer().stemWord(word)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
