"""The library in one SQLite file: texts, words and vectors of a source change together or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from claimdesk.errors import LibraryError
from claimdesk.filters import Filter
from claimdesk.library import rows, schema
from claimdesk.library.conditions import condition
from claimdesk.library.connection import connect, file_bytes, spoken
from claimdesk.library.vectors import EXACT_LIMIT, VectorIndex
from claimdesk.library.words import FEW, WordIndex
from claimdesk.model import Passage, Source, Span
from claimdesk.origins import fingerprints
from claimdesk.store import Candidates, Entry, Probe, Ranked, Shelved, Stats, Vectors


class SqliteStore:
    """A ``LibraryStore`` in a file. Threads share one; processes open their own and see what others commit.

    ``exact_limit`` is the size from which search by meaning uses codes, ``few`` the number of passages from which a
    word may be too common to be searched. Every method raises LibraryError, with what to do, where the file cannot
    be used.
    """

    engine = "sqlite"

    def __init__(self, path: Path, create: bool = False, exact_limit: int = EXACT_LIMIT, few: int = FEW) -> None:
        self.path = Path(path)
        self._lock = threading.RLock()
        self._depth = 0
        self._connection, self._writable = connect(self.path, create)
        self._vectors = VectorIndex(exact_limit)
        try:
            with spoken(self.path):
                schema.prepare(self._connection, self.path, self._writable)
                self._words = WordIndex(self._connection, few)
        except BaseException:
            self._connection.close()
            raise

    @property
    def model(self) -> str:
        """The model of the vectors; empty while there are none."""
        with self.snapshot():
            return str(self._one("SELECT value FROM fact WHERE name = 'model'") or "")

    # --- writing ---

    def put_source(self, item: Shelved) -> None:
        """Keeps a source in place of any of the same id, in one transaction over text, words and vectors."""
        document = item.source.document
        assert document is not None
        with self._writing(f"keeping {document.name}"):
            if self._one("SELECT 1 FROM source LIMIT 1") and self.model != item.model:
                raise LibraryError(
                    f"The library {self.path} was made with the model {self.model}, not with {item.model}. "
                    f"Use --model {self.model}, or another library."
                )
            self._forget(item.source.id)
            story = self._one("SELECT origin FROM source WHERE id = ?", (item.facts.origin,)) or item.facts.origin
            row = rows.source_row(item.source, replace(item.facts, origin=story))
            columns = ", ".join(row)
            added = self._connection.execute(
                f"INSERT INTO source ({columns}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
            )
            key = int(added.lastrowid or 0)
            packed = rows.pack_text(document.text)
            self._run("INSERT INTO document VALUES (?, ?, ?)", (key, packed, rows.places(document)))
            embeddings = self._keep_vectors(item.model, item.texts(), item.vectors)
            self._keep_passages(key, item, embeddings)
            self._connection.executemany(
                "INSERT INTO fingerprint VALUES (?, ?)", [(value, key) for value in fingerprints(document.text)]
            )
            self._run("UPDATE fact SET value = ? WHERE name = 'model'", (item.model,))

    def delete_source(self, source_id: str) -> bool:
        """Forgets a source, but for its vectors, which wait for the text to come back."""
        with self._writing(f"removing {source_id}"):
            return self._forget(source_id)

    def remember(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Keeps vectors, so that a text is never embedded twice."""
        with self._writing("keeping vectors"):
            self._keep_vectors(model, texts, vectors)

    def _keep_passages(self, key: int, item: Shelved, embeddings: Sequence[int]) -> None:
        ids = item.ids()
        first = (self._one("SELECT seq FROM sqlite_sequence WHERE name = 'passage'") or 0) + 1
        kept = [
            (first + i, ids[i], key, p.index, p.core.start, p.core.end, p.window.start, p.window.end, embeddings[i])
            for i, p in enumerate(item.passages)
        ]
        self._connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", kept)
        texts = enumerate(map(rows.searchable, item.texts()), start=first)
        self._connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)
        numbers = [np.array(values, dtype="<i8").tobytes() for values in (ids, embeddings)]
        packed = [rows.pack_codes(item.vectors), rows.pack_levels(item.vectors)]
        self._run("INSERT INTO card VALUES (?, ?, ?, ?, ?, ?)", (key, len(ids), *numbers, *packed))

    def _keep_vectors(self, model: str, texts: Sequence[str], vectors: Vectors) -> list[int]:
        """The keys of the embeddings, in the order of the texts; those not known are added."""
        self._run("INSERT OR IGNORE INTO model (name) VALUES (?)", (model,))
        number = self._one("SELECT key FROM model WHERE name = ?", (model,))
        keys = []
        for text, vector in zip(texts, vectors, strict=True):
            named = (number, rows.text_hash(text))
            known = self._one("SELECT key FROM embedding WHERE model = ? AND text_hash = ?", named)
            if known is None:
                added = self._connection.execute(
                    "INSERT INTO embedding (model, text_hash, vector) VALUES (?, ?, ?)",
                    (*named, rows.pack_vector(vector)),
                )
                known = added.lastrowid
            keys.append(int(known or 0))
        return keys

    def _forget(self, source_id: str) -> bool:
        found = self._connection.execute("SELECT key, origin FROM source WHERE id = ?", (source_id,)).fetchone()
        if found is None:
            return False
        key, origin = found
        (packed,) = self._connection.execute("SELECT text FROM document WHERE source = ?", (key,)).fetchone()
        text = rows.unpack_text(packed)
        windows = self._connection.execute(
            "SELECT row, window_start, window_end FROM passage WHERE source = ?", (key,)
        ).fetchall()
        self._connection.executemany(  # the word index keeps no text: it must be told what to take out
            "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)",
            [(row, rows.searchable(text[start:end])) for row, start, end in windows],
        )
        prints = [(value, key) for value in fingerprints(text)]
        self._connection.executemany("DELETE FROM fingerprint WHERE print = ? AND source = ?", prints)
        self._run("DELETE FROM source WHERE key = ?", (key,))
        if origin == source_id:  # the copies of a story that lost its first go on under the next one's name
            self._run(
                "UPDATE source SET origin = (SELECT min(id) FROM source WHERE origin = ?1) WHERE origin = ?1", (origin,)
            )
        return True

    # --- reading ---

    def candidates(self, probes: Sequence[Probe], k: int, where: Filter | None = None) -> list[Candidates]:
        """The ``k`` best passages by meaning and by words for each probe, all of one moment."""
        sql, values = condition(where)
        with self.snapshot():
            self._vectors.refresh(self._connection, int(self._one("SELECT value FROM fact WHERE name = 'generation'")))
            total = len(self._vectors)
            allowed = None
            if sql:
                found = self._connection.execute(f"SELECT key FROM source WHERE {sql}", values)
                allowed = {key for (key,) in found}
            asked = [probe.vector for probe in probes if probe.vector is not None]
            queries = np.stack(asked) if asked else np.zeros((0, 1), dtype=np.float32)
            dense = iter(self._vectors.search(self._connection, queries, k, allowed))
            lexical: dict[str, Ranked] = {}
            for words in dict.fromkeys(probe.words for probe in probes):
                lexical[words] = self._words.search(words, k, total, sql, values)
            return [Candidates([] if p.vector is None else next(dense), lexical[p.words]) for p in probes]

    def passages(self, ids: Collection[int]) -> dict[int, Passage]:
        """Passages by id; one that is gone is left out."""
        with self.snapshot():
            found = self._connection.execute(
                "SELECT p.id, s.id, number, core_start, core_end, window_start, window_end "
                "FROM passage p JOIN source s ON s.key = p.source WHERE p.id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()
        return {row[0]: Passage(row[1], row[2], Span(row[3], row[4]), Span(row[5], row[6])) for row in found}

    def read_sources(self, ids: Collection[str]) -> dict[str, Source]:
        """Sources with their texts, by id; one that is gone is left out."""
        with self.snapshot():
            found = self._connection.execute(
                f"SELECT {_COLUMNS}, d.text, d.places FROM source JOIN document d ON d.source = source.key "
                "WHERE source.id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()
        with spoken(self.path):
            return {row[0]: rows.source(_entry(row[:-2]), row[-2], row[-1]) for row in found}

    def entries(self, where: Filter | None = None) -> list[Entry]:
        """The sources that pass, without their texts, in the order in which they came."""
        sql, values = condition(where)
        with self.snapshot():
            found = self._connection.execute(
                f"SELECT {_COLUMNS} FROM source WHERE {sql or 'true'} ORDER BY source.key", values
            ).fetchall()
        return [_entry(row) for row in found]

    def get_source(self, source_id: str) -> Shelved | None:
        """All that is kept of a source, its vectors too; None where there is none."""
        with self.snapshot():
            source = self.read_sources([source_id]).get(source_id)
            if source is None:
                return None
            (facts,) = self._connection.execute(f"SELECT {_COLUMNS} FROM source WHERE id = ?", (source_id,)).fetchall()
            found = self._connection.execute(
                "SELECT number, core_start, core_end, window_start, window_end, e.vector FROM passage p "
                "JOIN embedding e ON e.key = p.embedding JOIN source s ON s.key = p.source "
                "WHERE s.id = ? ORDER BY p.row",
                (source_id,),
            ).fetchall()
            passages = tuple(Passage(source_id, n, Span(a, b), Span(c, d)) for n, a, b, c, d, _ in found)
            vectors = rows.unpack_vectors([row[-1] for row in found])
            return Shelved(source, passages, vectors, self.model, _entry(facts).facts)

    def recall(self, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are known for texts, by text."""
        known = {}
        with self.snapshot():
            number = self._one("SELECT key FROM model WHERE name = ?", (model,))
            for text in dict.fromkeys(texts):
                named = (number, rows.text_hash(text))
                vector = self._one("SELECT vector FROM embedding WHERE model = ? AND text_hash = ?", named)
                if vector is not None:
                    known[text] = rows.unpack_vectors([vector])[0]
        return known

    def alike(self, prints: Collection[int], limit: int = 5) -> list[str]:
        """The sources that share the most fingerprints, best first."""
        with self.snapshot():
            found = self._connection.execute(
                "SELECT s.id FROM fingerprint f JOIN source s ON s.key = f.source "
                "WHERE f.print IN (SELECT value FROM json_each(?)) GROUP BY f.source ORDER BY count(*) DESC, f.source "
                "LIMIT ?",
                (json.dumps(list(prints)), limit),
            ).fetchall()
        return [name for (name,) in found]

    def stats(self) -> Stats:
        """How much there is, and what it takes on the disk."""
        with self.snapshot():
            sources, passages = self._connection.execute(
                "SELECT count(*), coalesce(sum(passages), 0) FROM card"
            ).fetchone()
            return Stats(self.engine, sources, passages, file_bytes(self.path), self.model)

    def close(self) -> None:
        """Closes the file; closing twice does nothing."""
        with self._lock:
            self._connection.close()

    # --- transactions ---

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One moment of the file: what others write meanwhile is not seen."""
        with self._lock, spoken(self.path):
            if self._depth:  # a step of a larger transaction
                yield
                return
            self._run("BEGIN")
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._connection.in_transaction:
                    self._run("ROLLBACK")

    @contextmanager
    def _writing(self, doing: str) -> Iterator[None]:
        """All of it or nothing."""
        with self._lock, spoken(self.path, doing):
            self._run("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                self._run("UPDATE fact SET value = value + 1 WHERE name = 'generation'")
                self._run("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite may have ended it itself
                    self._run("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def _run(self, sql: str, values: Sequence[object] = ()) -> None:
        self._connection.execute(sql, values)

    def _one(self, sql: str, values: Sequence[object] = ()):  # type: ignore[no-untyped-def]
        """The first value of the first row; None without a row."""
        row = self._connection.execute(sql, values).fetchone()
        return row[0] if row else None


_PASSAGES = "(SELECT passages FROM card WHERE card.source = source.key)"
_COLUMNS = ", ".join([f"source.{name}" for name in rows.SOURCE_COLUMNS] + [_PASSAGES])


def _entry(row: Sequence[object]) -> Entry:
    return rows.entry(dict(zip(rows.SOURCE_COLUMNS, row, strict=False)), int(row[-1] or 0))  # type: ignore[call-overload]
