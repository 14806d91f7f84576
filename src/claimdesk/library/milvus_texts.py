"""The texts of sources on a Milvus server: packed, and cut into parts that a field takes."""

from __future__ import annotations

from base64 import b85decode, b85encode
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from claimdesk.errors import LibraryError
from claimdesk.library import rows
from claimdesk.library.expressions import among, both
from claimdesk.library.milvus_link import Link, Row
from claimdesk.library.milvus_tables import Tables
from claimdesk.model import Source

_PART = 60_000  # characters of a part
_PARTS = 200  # parts in one answer


class Texts:
    """The table ``texts``: what a version of a source says, with its places."""

    def __init__(self, link: Link, tables: Tables) -> None:
        self._link, self._tables = link, tables

    def write(self, source: Source, rev: int) -> int:
        """Keeps the text of a version; the number of its parts."""
        assert source.document is not None
        whole = f"{rows.places(source.document)}\n{source.document.text}"
        packed = b85encode(rows.pack_text(whole)).decode("ascii")
        cut = [packed[start : start + _PART] for start in range(0, len(packed), _PART)]
        named = blake2b(source.id.encode(), digest_size=8).hexdigest()
        row: Row = {"source": source.id, "rev": rev, "none": [0.0, 0.0]}
        self._link.insert(
            self._tables.texts,
            [{**row, "key": f"{rev}-{named}-{part}", "part": part, "packed": text} for part, text in enumerate(cut)],
        )
        return len(cut)

    def read(self, wanted: Sequence[Row]) -> dict[int, tuple[bytes, str]]:
        """The packed text and the places of versions, by number, for rows of ``sources``.

        Raises LibraryError for one that was swept meanwhile.
        """
        found: dict[int, dict[int, str]] = {row["rev"]: {} for row in wanted}
        for level in ("Eventually", "Strong"):  # a version never changes: what is whole needs no second look
            missing = [row for row in wanted if len(found[row["rev"]]) < row["parts"]]
            for some in _batches(missing):
                asked = both(among("source", [row["source"] for row in some]), among("rev", [r["rev"] for r in some]))
                for part in self._link.rows(self._tables.texts, asked, ["rev", "part", "packed"], level):
                    found[part["rev"]][part["part"]] = part["packed"]
        read = {}
        for row in wanted:
            parts = found[row["rev"]]
            if len(parts) < row["parts"]:
                raise LibraryError(
                    f"The source {row['source']} of {self._link.address} was replaced while it was read. Try again."
                )
            whole = rows.unpack_text(b85decode("".join(parts[number] for number in sorted(parts))))
            places, _, text = whole.partition("\n")
            read[row["rev"]] = rows.pack_text(text), places
        return read


def _batches(wanted: Sequence[Row]) -> Iterator[list[Row]]:
    """Sources in runs whose parts come in one answer; a large one alone."""
    some: list[Row] = []
    for row in wanted:
        if some and sum(one["parts"] for one in some) + row["parts"] > _PARTS:
            yield some
            some = []
        some.append(row)
    if some:
        yield some
