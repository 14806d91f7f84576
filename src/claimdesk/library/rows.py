"""The records of a library as rows of a table and back."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimdesk.filters import key
from claimdesk.model import Document, Location, Meta, Source, Span
from claimdesk.store import Entry, Facts, Vectors

_REST = ("speaker", "role", "org", "medium", "type")  # fields of Meta that nobody filters by

SOURCE_COLUMNS = (
    "id path name format sha256 title publisher date url kind trust meta folded size modified added chosen origin"
).split()


def source_row(source: Source, facts: Facts) -> dict[str, Any]:
    """A source without its text, by column."""
    document = source.document
    assert document is not None
    meta = document.meta
    return {
        "id": source.id,
        "path": source.path,
        "name": document.name,
        "format": document.format,
        "sha256": document.sha256,
        "title": meta.title,
        "publisher": meta.publisher,
        "date": meta.date.isoformat() if meta.date else None,
        "url": meta.url,
        "kind": meta.kind,
        "trust": meta.trust,
        "meta": json.dumps({name: getattr(meta, name) for name in _REST if getattr(meta, name)}),
        "folded": key(meta.publisher),
        "size": facts.size,
        "modified": facts.modified,
        "added": facts.added,
        "chosen": json.dumps(facts.chosen),
        "origin": facts.origin or source.id,
    }


def entry(row: Mapping[str, Any], passages: int) -> Entry:
    """The entry of a row of ``source``."""
    meta = Meta(
        title=row["title"],
        publisher=row["publisher"],
        date=date.fromisoformat(row["date"]) if row["date"] else None,
        url=row["url"],
        kind=row["kind"],
        trust=row["trust"],
        **json.loads(row["meta"]),
    )
    chosen = tuple((name, value) for name, value in json.loads(row["chosen"]))
    facts = Facts(row["added"], row["size"], row["modified"], chosen, row["origin"])
    return Entry(row["id"], row["path"], row["name"], row["format"], row["sha256"], meta, passages, facts)


def places(document: Document) -> str:
    """Marks, furniture and notes of a document as JSON."""
    marks = [[offset, {k: v for k, v in asdict(place).items() if v is not None}] for offset, place in document.marks]
    furniture = [[span.start, span.end] for span in document.furniture]
    return json.dumps({"marks": marks, "furniture": furniture, "notes": document.notes})


def source(listed: Entry, text: bytes, written: str) -> Source:
    """A source with its text, from a row of ``source`` and one of ``document``."""
    known = json.loads(written)
    document = Document(
        listed.name,
        unpack_text(text),
        listed.sha256,
        listed.format,
        listed.meta,
        marks=tuple((offset, Location(**place)) for offset, place in known["marks"]),
        furniture=tuple(Span(start, end) for start, end in known["furniture"]),
        notes=tuple(known["notes"]),
    )
    return Source(listed.id, listed.path, document)


def pack_text(text: str) -> bytes:
    """A text as it is kept; damaged characters stay as they are."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpack_text(packed: bytes) -> str:
    """The text that ``pack_text`` packed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def searchable(text: str) -> str:
    """A text as the word index takes it: SQLite refuses half characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def text_hash(text: str) -> bytes:
    """The 16 bytes by which the vector of a text is found again."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def pack_vector(vector: Vectors) -> bytes:
    """A unit vector in half precision: half the file, and a cosine that is off by less than 0.001."""
    return np.asarray(vector, dtype="<f2").tobytes()


def unpack_vectors(packed: Sequence[bytes]) -> Vectors:
    """The vectors of ``pack_vector``, a row each."""
    if not packed:
        return np.zeros((0, 1), dtype=np.float32)
    return np.frombuffer(b"".join(packed), dtype="<f2").reshape(len(packed), -1).astype(np.float32)


def sign_codes(vectors: Vectors | NDArray[Any]) -> NDArray[np.uint8]:
    """One bit for each component, set where it is positive; rows padded to whole 64-bit words."""
    bits = np.packbits(np.asarray(vectors) > 0, axis=1)
    return np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))


def pack_codes(vectors: Sequence[Any] | Vectors) -> bytes:
    """The sign codes of a source's vectors, one after the other."""
    return sign_codes(np.stack(list(vectors))).tobytes() if len(vectors) else b""


def pack_levels(vectors: Sequence[Any] | Vectors) -> bytes:
    """The vectors rounded to a signed byte a component; what lies beyond six usual components is cut off."""
    if not len(vectors):
        return b""
    matrix = np.stack(list(vectors))
    return np.clip(np.rint(matrix * (127 / 6 * matrix.shape[1] ** 0.5)), -127, 127).astype(np.int8).tobytes()


def with_chosen(meta: Meta, chosen: Sequence[tuple[str, str]]) -> Meta:
    """What is known of a source, with what a person set above it."""
    values: dict[str, Any] = dict(chosen)
    if "date" in values:
        values["date"] = date.fromisoformat(values["date"])
    if "trust" in values:
        values["trust"] = float(values["trust"])
    return replace(meta, **values)
