"""The records of a library as rows of a Milvus collection and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np

from claimdesk.errors import LibraryError
from claimdesk.library import rows
from claimdesk.library.milvus_link import Row
from claimdesk.library.milvus_tables import LONG
from claimdesk.model import Passage, Span
from claimdesk.store import Entry, Vectors

PLACE = ("passage", "rev", "source", "number", "core_start", "core_end", "window_start", "window_end")
"""The fields that say where a passage stands."""


def record(asked: Row) -> str:
    """What is known of a source (``rows.source_row``) as JSON. Raises LibraryError for more than a field takes."""
    told = json.dumps(asked)
    if len(told) > LONG:
        raise LibraryError(f"What is known about {asked['name'][:80]} (title, publisher ...) is too long to be kept.")
    return told


def entry(row: Row) -> Entry:
    """The entry of a row of ``sources``."""
    return rows.entry({**json.loads(row["record"]), "origin": row["origin"]}, int(row["passages"]))


def passage(row: Row) -> Passage:
    """The passage of a row of ``passages``."""
    core, window = (Span(row[f"{name}_start"], row[f"{name}_end"]) for name in ("core", "window"))
    return Passage(row["source"], row["number"], core, window)


def row_key(rev: int, passage: int) -> int:
    """The key of a passage's row: one passage may be there in two versions of its source."""
    return int.from_bytes(blake2b(f"{rev}:{passage}".encode(), digest_size=8).digest()) >> 1


def numbers(vector: Any) -> Vectors:
    """A vector as the client takes it."""
    return np.asarray(vector, dtype=np.float32)


def spelled(terms: Sequence[str], most: int) -> str:
    """Stems as a server's tokenizer leaves them whole: what is not a plain word is spelled in hexadecimal.

    >>> spelled(["bodi", "1,212"], 100)
    'bodi x312c323132'
    """
    told, size = [], 0
    for term in terms:
        plain = term if term.isascii() and term.isalnum() else "x" + term.encode("utf-8", "replace").hex()
        size += len(plain) + 1
        if size > most:
            break
        told.append(plain)
    return " ".join(told)
