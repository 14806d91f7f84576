"""What every store of passages can do, and the records that go in and come out; how words are searched."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from claimdesk.filters import Filter
from claimdesk.language.text import words
from claimdesk.model import Meta, Passage, Source

Ranked = list[tuple[int, float]]
"""Ids of passages with scores, best first."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Probe:
    """One question to a store: words, and a unit vector where meaning is searched too."""

    words: str
    vector: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The nearest passages by cosine (``dense``) and by words (``lexical``), each best first."""

    dense: Ranked
    lexical: Ranked


@dataclass(frozen=True, slots=True)
class Facts:
    """What a library keeps about a source besides the source.

    ``size`` (bytes) and ``modified`` (nanoseconds) are the file's when it was read. ``chosen`` are the fields of
    ``Meta`` that a person set, as (name, value) in words; they outlive a new reading of the file. ``origin`` is the
    id that copies of one story share.
    """

    added: str = ""
    size: int | None = None
    modified: int | None = None
    chosen: tuple[tuple[str, str], ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A source with all that a store keeps of it; row i of ``vectors`` (unit length) belongs to ``passages[i]``.

    Raises ValueError for a source that could not be read, and for unequal lengths.
    """

    source: Source
    passages: tuple[Passage, ...]
    vectors: Vectors
    model: str
    facts: Facts = field(default_factory=Facts)

    def __post_init__(self) -> None:
        if self.source.document is None:
            raise ValueError(f"Source {self.source.id} could not be read, so there is nothing to keep.")
        if len(self.passages) != len(self.vectors):
            raise ValueError(f"{len(self.passages)} passages came with {len(self.vectors)} vectors.")

    def ids(self) -> list[int]:
        """The passages' ids, in order."""
        document = self.source.document
        assert document is not None
        return [passage_id(self.source.id, document.sha256, passage) for passage in self.passages]

    def texts(self) -> list[str]:
        """The words that are searched: each passage's window, in order."""
        document = self.source.document
        assert document is not None
        return [passage.window.of(document.text) for passage in self.passages]


@dataclass(frozen=True, slots=True)
class Entry:
    """A source as a list shows it: everything but its text. ``passages`` is their number."""

    id: str
    path: str
    name: str
    format: str
    sha256: str
    meta: Meta
    passages: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a store holds. ``bytes`` is 0 for one that is not on disk; ``model`` made the vectors.

    ``note`` is what a person should know of the engine: what it cannot do.
    """

    engine: str
    sources: int
    passages: int
    bytes: int
    model: str = ""
    note: str = ""


class PassageStore(Protocol):
    """Sources with their passages, searched by meaning and by words. Ranks are fused by the caller."""

    @property
    def model(self) -> str:
        """The name of the model that made the vectors; empty while there are none."""
        ...

    def put_source(self, item: Shelved) -> None:
        """Keeps a source in place of any of the same id, wholly or not at all; doing it again changes nothing.

        Raises LibraryError for vectors of another model than those that the store has.
        """
        ...

    def delete_source(self, source_id: str) -> bool:
        """Forgets a source; False where there is none."""
        ...

    def candidates(self, probes: Sequence[Probe], k: int, where: Filter | None = None) -> list[Candidates]:
        """The ``k`` best passages by meaning and by words for each probe, among the sources that pass ``where``."""
        ...

    def passages(self, ids: Collection[int]) -> dict[int, Passage]:
        """Passages by id; one that is gone is left out."""
        ...

    def read_sources(self, ids: Collection[str]) -> dict[str, Source]:
        """Sources with their texts, by id; one that is gone is left out."""
        ...

    def entries(self, where: Filter | None = None) -> list[Entry]:
        """The sources that pass, without their texts, in the order in which they came."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """While it is held, every answer describes one moment, whatever others write."""
        ...

    def stats(self) -> Stats:
        """How much there is."""
        ...

    def close(self) -> None:
        """Lets go of files and connections; closing twice does nothing."""
        ...


class LibraryStore(PassageStore, Protocol):
    """A store that lasts: it can give back what it keeps, and remembers vectors by (model, text)."""

    def get_source(self, source_id: str) -> Shelved | None:
        """All that is kept of a source, for another store; None where there is none."""
        ...

    def recall(self, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are known for texts, by text."""
        ...

    def remember(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Keeps vectors, so that a text is never embedded twice; row i belongs to ``texts[i]``."""
        ...

    def alike(self, prints: Collection[int], limit: int = 5) -> list[str]:
        """The sources that share the most fingerprints (``origins.fingerprints``), best first."""
        ...


def passage_id(source_id: str, text_sha256: str, passage: Passage) -> int:
    """The id of a passage, the same in every engine: 63 bits of a hash over source, text and place."""
    named = f"{source_id}\0{text_sha256}\0{passage.core.start}\0{passage.core.end}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(named, digest_size=8).digest()) >> 1


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
