"""Which version of each source is to be seen, where a server has no transactions over rows.

A source's passages and parts of text carry the number of a version (``rev``). They are written first; then one row
in ``sources`` says that this version is the source, and that single row is the commit. Before anything else of a
change a row of kind ``BEGUN`` is written, which names the version that comes and the one that goes. So a writer
that is killed leaves rows that nobody sees, and a row that tells the next writer where to sweep. Versions that were
replaced stay for ``GRACE_S``, so that a check that has begun goes on with what it saw.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from claimdesk.library.expressions import among, both
from claimdesk.library.milvus_link import Link, Row
from claimdesk.library.milvus_tables import Tables
from claimdesk.model import Passage

BEGUN, THERE = 0, 1
GRACE_S = 600.0
"""Seconds that a replaced version stays: no snapshot may last longer."""
ABANDONED_S = 3_600.0
"""Seconds after which a version that was begun and never committed is taken for a killed writer's."""

_TOLD = ("at", "source", "rev", "origin", "model", "passages", "parts", "record")
_MOST_HIDDEN = 10_000  # versions that a search is told to pass over; hits of others are dropped afterwards
_IDS = 1_000  # ids in one question


@dataclass(slots=True)
class Moment:
    """What a snapshot has seen: the row of each source that was looked at (None for none), and what to pass over."""

    seen: dict[str, Row | None]
    hidden: frozenset[int]
    passages: dict[int, Passage] = field(default_factory=dict)
    model: str | None = None


class Versions:
    """The table ``sources`` as a history. ``grace_s`` and ``abandoned_s`` are as above."""

    def __init__(self, link: Link, tables: Tables, grace_s: float = GRACE_S, abandoned_s: float = ABANDONED_S) -> None:
        self._link, self._tables = link, tables
        self._grace, self.abandoned = grace_s, abandoned_s
        self._sweep_at = 0.0

    # --- reading ---

    def moment(self) -> Moment:
        """What is to be seen now."""
        begun = self._begun()
        if not begun:
            return Moment({}, frozenset())
        seen: dict[str, Row | None] = dict.fromkeys(row["source"] for row in begun)
        past = self.history(list(seen))
        seen |= newest(past)
        shown = {row["rev"] for row in seen.values() if row is not None}
        named = {rev for row in begun for rev in (row["rev"], row["before"])} | {row["rev"] for row in past}
        return Moment(seen, frozenset(named - shown - {0}))

    def there(self, moment: Moment, ids: Iterable[str]) -> dict[str, Row]:
        """The rows of sources at a moment, by id; looked up once, so that a source stays as it was first seen."""
        wanted = list(dict.fromkeys(ids))
        fresh = [name for name in wanted if name not in moment.seen]
        if fresh:
            found = newest(self.history(fresh))
            moment.seen |= {name: found.get(name) for name in fresh}
        return {name: row for name in wanted if (row := moment.seen[name]) is not None}

    def history(self, ids: Sequence[str]) -> list[Row]:
        """The rows of sources; more than one of a source where a change is under way or was cut."""
        return [
            row for start in range(0, len(ids), _IDS) for row in self.rows(among("source", ids[start : start + _IDS]))
        ]

    def rows(self, expression: str = "", more: Sequence[str] = (), limit: int = 0) -> list[Row]:
        """The rows of sources that an expression names."""
        asked = both(f"kind == {THERE}", expression)
        return self._link.rows(self._tables.sources, asked, [*_TOLD, *more], limit=limit)

    def hiding(self, moment: Moment) -> str:
        """The expression that passes over what is not to be seen."""
        hidden = sorted(moment.hidden)[:_MOST_HIDDEN]
        return f"rev not in {hidden}" if hidden else ""

    # --- writing ---

    def begin(self, source: str, rev: int, before: int, model: str) -> int:
        """Says that a version comes (0: none does) in place of ``before`` (0: of none); the number of the change."""
        at = rev or self.number()
        self._write({**_change(source, rev, before, model), "at": at})
        return at

    def begin_older(self, past: Sequence[Row]) -> None:
        """Names what two writers of one source left beside its newest version, before their rows go."""
        latest = newest(past)
        older = [row for row in past if row["rev"] != latest[row["source"]]["rev"]]
        self._write(*[{**_change(row["source"], 0, row["rev"], row["model"]), "at": self.number()} for row in older])

    def is_begun(self, change: int) -> bool:
        """Whether the row of a change is still there."""
        return bool(self._link.rows(self._tables.sources, f"at == {change}", ["at"], limit=1))

    def commit(self, row: Row, replaced: Collection[int]) -> None:
        """Makes a version the source, and forgets the rows (by number) that it replaces."""
        self._write({"kind": THERE, "before": 0, **row})
        self.drop(replaced)

    def drop(self, numbers: Collection[int]) -> None:
        """Forgets rows of ``sources``."""
        if numbers:
            self._link.delete(self._tables.sources, among("at", sorted(numbers)))

    def number(self, after: int = 0) -> int:
        """A number for a version or a row: later ones are greater, and no two writers draw the same."""
        drawn = (time.time_ns() & ~0x3FF) | secrets.randbits(10)
        return max(drawn, after + 1)

    def _write(self, *written: Row) -> None:
        texts = ("publisher", "date", "origin", "model", "record")
        blank: Row = {**dict.fromkeys(texts, ""), "passages": 0, "parts": 0, "prints": [], "none": [0.0, 0.0]}
        self._link.insert(self._tables.sources, [{**blank, **row} for row in written])

    # --- sweeping ---

    def sweep(self, keep_vectors: Any) -> None:
        """Deletes what was replaced ``grace_s`` ago and what killed writers left, once a minute at most.

        ``keep_vectors`` is called with (model, source, expression) before the passages that it names are deleted.
        """
        if time.monotonic() < self._sweep_at:
            return
        self._sweep_at = time.monotonic() + min(60.0, self._grace)
        begun = self._begun()
        current = newest(self.history(list({row["source"] for row in begun})))
        ripe = [row for row in begun if self._is_ripe(row, current.get(row["source"]))]
        for source in dict.fromkeys(row["source"] for row in ripe):
            own = [row for row in begun if row["source"] == source]
            done = [row for row in ripe if row["source"] == source]
            kept = {rev for row in own if row not in done for rev in (row["rev"], row["before"])}
            shown = current.get(source)
            if shown is not None:
                kept.add(shown["rev"])
            self._bury(source, kept - {0}, {row["model"] for row in done}, keep_vectors)
            if shown is not None:
                older = both(f"kind == {THERE}", among("source", [source]), f"at < {shown['at']}")
                self._link.delete(self._tables.sources, older)
            self.drop([row["at"] for row in done])

    def _bury(self, source: str, kept: Collection[int], models: Collection[str], keep_vectors: Any) -> None:
        dead = both(among("source", [source]), f"rev not in {sorted(kept)}" if kept else "")
        for model in models:
            if table := self._tables.passages(model):
                keep_vectors(model, source, dead)
                self._link.delete(table, dead)
        self._link.delete(self._tables.texts, dead)

    def _is_ripe(self, row: Row, shown: Row | None) -> bool:
        committed = row["rev"] == 0 or (shown is not None and shown["rev"] == row["rev"])
        age = (time.time_ns() - row["at"]) / 1e9
        return age >= (self._grace if committed else self.abandoned)

    def _begun(self) -> list[Row]:
        fields = ("at", "source", "rev", "before", "model")
        return self._link.rows(self._tables.sources, f"kind == {BEGUN}", fields)


def newest(rows: Iterable[Row]) -> dict[str, Row]:
    """The latest row of each source."""
    found: dict[str, Row] = {}
    for row in rows:
        if row["source"] not in found or row["at"] > found[row["source"]]["at"]:
            found[row["source"]] = row
    return found


def _change(source: str, rev: int, before: int, model: str) -> Row:
    return {"kind": BEGUN, "source": source, "rev": rev, "before": before, "model": model}
