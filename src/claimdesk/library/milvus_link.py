"""A connection to a Milvus server: what it can do, requests of any size, and every failure in words that help."""

from __future__ import annotations

import logging
import os
import re
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from claimdesk.errors import LibraryError
from claimdesk.library.milvus_address import MilvusAddress

Row = dict[str, Any]

_ANSWER_S = 5  # until a server must have taken up the connection
_REQUEST_S = 120  # until it must have answered: after a restart it first reads back what it had
_PAGE = 2_000  # rows in one answer
_MESSAGE = 4_000_000  # bytes of one message, at most: servers take 5 MB and more
# The client of its own accord pings every ten seconds, which servers with the usual limits of gRPC take for an attack:
# they close the connection ("too many pings"). A request finds out soon enough whether its server is there.
CALM = {"grpc.keepalive_time_ms": 600_000, "grpc.keepalive_permit_without_calls": False}
_WEIGHTS = "weights"  # the field of a passage's words
_WORDS_FROM = (2, 5)  # the first version of the server that searches by words (BM25)


class Link:
    """One server, asked by one thread at a time. Raises LibraryError where none answers or pymilvus is missing."""

    def __init__(self, address: MilvusAddress) -> None:
        self.address = address
        try:
            from pymilvus import MilvusClient
        except ImportError as error:
            raise LibraryError(
                "A library on a Milvus server needs the package pymilvus. "
                'Install it with: pip install "claimdesk[milvus]" (in a clone: pip install -e ".[milvus]")'
            ) from error
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it writes every failure to the screen itself
        try:  # in seconds, where the client would try for long
            socket.create_connection((address.host, address.port), _ANSWER_S).close()
        except OSError as error:
            raise LibraryError(_silent(address)) from error
        with self.spoken():
            token = os.environ.get("CLAIMDESK_MILVUS_TOKEN", "")
            self.client = MilvusClient(uri=address.uri, token=token, timeout=2 * _ANSWER_S, grpc_options=CALM)
            self.version = str(self.client.get_server_version())

    @property
    def searches_words(self) -> bool:
        """Whether the server has full-text search; an older one must not even be asked (2.3.5 ends itself)."""
        return "lite-" in self.version or _numbers(self.version) >= _WORDS_FROM

    @property
    def index_kinds(self) -> tuple[str, str]:
        """The kinds of index that this server has for words and for numbers."""
        old = "lite-" not in self.version and _numbers(self.version) < (2, 4)
        return ("Trie", "STL_SORT") if old else ("INVERTED", "INVERTED")

    # --- rows ---

    def insert(self, collection: str, rows: Sequence[Row]) -> None:
        """Writes rows, as many at a time as one message may hold."""
        for some in _messages(rows):
            with self.spoken():
                self.client.insert(collection, some, timeout=_REQUEST_S)

    def upsert(self, collection: str, rows: Sequence[Row]) -> None:
        """Writes rows in place of those with the same keys."""
        for some in _messages(rows):
            with self.spoken():
                self.client.upsert(collection, some, timeout=_REQUEST_S)

    def delete(self, collection: str, expression: str) -> None:
        """Deletes the rows that an expression names."""
        with self.spoken():
            self.client.delete(collection, filter=expression, timeout=_REQUEST_S)

    def rows(
        self, collection: str, expression: str, fields: Sequence[str], level: str | None = None, limit: int = 0
    ) -> list[Row]:
        """The rows that an expression names: ``limit`` of them, or all where it is 0."""
        asked: dict[str, Any] = {"filter": expression, "output_fields": list(fields), "timeout": _REQUEST_S}
        asked["consistency_level"] = level or self.address.consistency
        with self.spoken():
            found = list(self.client.query(collection, limit=limit or _PAGE, **asked))
            if limit or len(found) < _PAGE:
                return found
            pages = self.client.query_iterator(collection, batch_size=_PAGE, **asked)
            try:
                found = []
                while some := pages.next():
                    found += some
                return found
            finally:
                pages.close()

    def count(self, collection: str, expression: str) -> int:
        """How many rows an expression names."""
        level = self.address.consistency
        with self.spoken():
            (row,) = self.client.query(
                collection, filter=expression, output_fields=["count(*)"], consistency_level=level, timeout=_REQUEST_S
            )
        return int(row["count(*)"])

    def search(
        self, collection: str, field: str, asked: Sequence[Any], k: int, expression: str, fields: Sequence[str]
    ) -> list[list[tuple[Row, float]]]:
        """For each question the ``k`` best rows that an expression names, with their scores."""
        found: list[list[tuple[Row, float]]] = []
        questions = iter(asked)
        while some := list(islice(questions, _TOGETHER)):
            with self.spoken():
                answers = self.client.search(
                    collection,
                    data=some,
                    anns_field=field,
                    limit=k,
                    filter=expression,
                    output_fields=list(fields),
                    search_params=self._how(collection, field, k),
                    consistency_level=self.address.consistency,
                    timeout=_REQUEST_S,
                )
                found += [[(hit["entity"], _score(field, float(hit["distance"]))) for hit in hits] for hits in answers]
        return found

    def _how(self, collection: str, field: str, k: int) -> dict[str, Any]:
        """How widely an index is searched, by its kind; whoever runs the server may have chosen another."""
        if field == _WEIGHTS:
            return {"metric_type": "BM25", "params": {}}
        kind = str((self.client.describe_index(collection, field) or {}).get("index_type", ""))
        params: dict[str, Any] = {}
        if kind.startswith("HNSW"):
            params["ef"] = max(2 * k, 128)
        elif kind.startswith("IVF"):
            params["nprobe"] = 64
        elif kind == "DISKANN":
            params["search_list"] = max(2 * k, 128)
        return {"metric_type": "IP", "params": params}

    def close(self) -> None:
        """Ends the connection."""
        with self.spoken():
            self.client.close()

    @contextmanager
    def spoken(self) -> Iterator[None]:
        """Turns what can go wrong with a server into a LibraryError that says what to do."""
        from grpc import RpcError
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except (MilvusException, RpcError) as error:
            raise LibraryError(self._words(error)) from error

    def _words(self, error: Exception) -> str:
        message = " ".join(str(getattr(error, "message", "") or error).split())[:300]
        if any(sign in message.lower() for sign in _GONE):
            return f"{_silent(self.address)} Nothing that was acknowledged is lost, and nothing is half there."
        if "authenticated" in message.lower() or "auth check failure" in message.lower():
            return f"The server of {self.address} asks who you are. Set CLAIMDESK_MILVUS_TOKEN to user:password."
        return f"The server of {self.address} could not do that ({message}). Look at its log, then try again."


_TOGETHER = 200  # questions in one search
_GONE = ("connect", "unavailable", "deadline exceeded", "not ready", "timeout")


def _silent(address: MilvusAddress) -> str:
    return (
        f"No Milvus server answers at {address.host}:{address.port}. Start it, or name another library; "
        "a file needs no server."
    )


def _score(field: str, distance: float) -> float:
    """Greater is better: the small server gives a score of words, which is never below zero, as a negative distance."""
    return abs(distance) if field == _WEIGHTS else distance


def _numbers(version: str) -> tuple[int, int]:
    """The first two numbers of a version.

    >>> _numbers("v2.3.5-lite"), _numbers("odd")
    ((2, 3), (0, 0))
    """
    found = re.search(r"(\d+)\.(\d+)", version)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _messages(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in runs that fit into one message each."""
    some: list[Row] = []
    size = 0
    for row in rows:
        own = sum(len(value) * 4 if isinstance(value, str) else 8 * getattr(value, "size", 8) for value in row.values())
        if some and size + own > _MESSAGE:
            yield some
            some, size = [], 0
        some.append(row)
        size += own
    if some:
        yield some
