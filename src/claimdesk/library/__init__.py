"""A reference library that lasts: sources kept with their passages, words and vectors, searched without reading them.

How it fits together::

    files -> load.list_files -> read_listed -> Source            keeping.Library
          -> passages.cut_passages -> Passage                     (add, update, remove, move_to)
          -> recall | Encoder.encode + remember -> vectors
          -> origins.fingerprints -> alike -> origin
          -> Shelved -> LibraryStore.put_source                   one transaction over all of it

    claims -> corpus.Query -> Probe -> PassageStore.candidates    ids with ranks, dense and lexical
           -> corpus.fuse -> Hit -> read_sources                  only the texts of sources that gave a hit

``store.PassageStore`` is what a check needs of an engine, ``store.LibraryStore`` what a kept library needs besides.
``memory.MemoryStore`` is the engine of one check, ``library.sqlite.SqliteStore`` the one that lasts. Ids of passages
are the same in every engine, filters are data (``filters``), and ranks are fused in ``corpus``, so that an engine can
be replaced without a verdict changing its reasons.

Inside the SQLite engine: ``connection`` (a file opened safely, failures in words), ``schema`` (the layout and the steps
from one version to the next), ``rows`` (records as rows), ``conditions`` (filters as SQL), ``vectors`` (exact search,
or sign codes with reranking; a cache of the file), ``words`` (FTS5).

Inside the Milvus engine (``milvus``): ``milvus_address`` (where it is), ``milvus_link`` (a server, failures in words),
``milvus_tables`` (collections and indexes), ``milvus_versions`` (which version of a source is seen: there are no
transactions), ``milvus_texts`` and ``milvus_rows`` (records as rows), ``expressions`` (filters as its expressions).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from claimdesk.embed import Encoder
from claimdesk.errors import LibraryError
from claimdesk.library.keeping import Library, Outcome, source_id
from claimdesk.library.sqlite import SqliteStore
from claimdesk.places import user_data
from claimdesk.settings import Settings
from claimdesk.store import LibraryStore, Vectors

__all__ = ["Library", "Outcome", "default_library", "open_library", "open_store", "source_id"]


def default_library() -> str:
    """The library that is meant where none is named: ``CLAIMDESK_LIBRARY``, or a file among the user's data."""
    return os.environ.get("CLAIMDESK_LIBRARY") or str(user_data() / "claimdesk" / "library.db")


def open_store(where: str | Path, create: bool = False) -> LibraryStore:
    """The engine of a file, or of an address such as ``milvus://127.0.0.1:19530/desk``.

    Raises LibraryError where there is no library and ``create`` is False, and for an address that is not understood.
    """
    if str(where).startswith("milvus:"):
        from claimdesk.library.milvus import MilvusStore
        from claimdesk.library.milvus_address import read_address

        return MilvusStore(read_address(str(where)), create)
    if "://" in str(where):
        raise LibraryError(f"No engine is known for {where}. Name a file, or milvus://HOST:PORT/NAME.")
    return SqliteStore(Path(where).expanduser(), create)


def open_library(
    where: str | Path | None = None,
    create: bool = False,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
) -> Library:
    """The library of a file or an address (by default ``default_library``), with the model that it was made with.

    ``settings.model`` decides for a new library only; adding to one that was made with another model raises
    LibraryError. The model is loaded when a text has to be embedded.
    """
    choices = settings or Settings()
    store = open_store(where or default_library(), create)
    return Library(store, encoder or LateEncoder(choices.model), choices)


class LateEncoder:
    """An encoder that is loaded when it is asked for the first time."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._loaded: Encoder | None = None

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Unit vectors, a row for each text. Raises MissingModelError for a model that is not there."""
        from claimdesk.embed import load_encoder

        self._loaded = self._loaded or load_encoder(self.name)
        return self._loaded.encode(texts, progress)
