"""The library on a Milvus server: sources, passages and vectors in collections that several machines share."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from claimdesk.errors import LibraryError
from claimdesk.filters import Filter
from claimdesk.library import rows
from claimdesk.library.expressions import among, both, comparable, expression
from claimdesk.library.milvus_address import MilvusAddress
from claimdesk.library.milvus_link import Link, Row
from claimdesk.library.milvus_rows import PLACE, entry, numbers, passage, record, row_key, spelled
from claimdesk.library.milvus_tables import LONG, PRINTS, Tables
from claimdesk.library.milvus_texts import Texts
from claimdesk.library.milvus_versions import ABANDONED_S, GRACE_S, THERE, Moment, Versions, newest
from claimdesk.model import Passage, Source
from claimdesk.origins import fingerprints
from claimdesk.store import Candidates, Entry, Probe, Ranked, Shelved, Stats, Vectors, search_terms

_TERMS = 100  # words of one question: no sentence that a person wrote has more that tell it apart
_HASHES = 500  # vectors in one answer
_TIES = 16  # more than was asked for: neighbors share a window, and which of them is first is not left to the server
_MOST = 16_384  # passages that a server gives for one question


class MilvusStore:
    """A ``LibraryStore`` on a server. Threads share one; processes and machines open their own.

    A source is seen when all of it is written and the row that says so, and never half. A snapshot keeps each
    source as it was first seen, for up to ``grace_s``; a source that is new meanwhile may appear in it. A server
    without full-text search is asked by meaning alone; ``stats`` says so. Every method raises LibraryError, with
    what to do, where the server cannot be used.
    """

    engine = "milvus"

    def __init__(
        self,
        address: MilvusAddress,
        create: bool = False,
        grace_s: float = GRACE_S,
        abandoned_s: float = ABANDONED_S,
    ) -> None:
        self.address = address
        self._lock = threading.RLock()
        self._moment: Moment | None = None
        self._link = Link(address)
        self._tables = Tables(self._link, create)
        self._texts = Texts(self._link, self._tables)
        self._versions = Versions(self._link, self._tables, grace_s, abandoned_s)

    @property
    def searches_words(self) -> bool:
        """Whether the server searches by words besides by meaning."""
        return self._link.searches_words

    @property
    def model(self) -> str:
        """The model of the vectors; empty while there are none."""
        with self._lock:
            if self._moment is not None and self._moment.model is not None:
                return self._moment.model
            found = self._versions.rows(limit=1)
            model = str(found[0]["model"]) if found else ""
            if self._moment is not None:
                self._moment.model = model
            return model

    # --- writing ---

    def put_source(self, item: Shelved) -> None:
        """Keeps a source in place of any of the same id; it is seen when the last row, its own, is written."""
        source, document = item.source, item.source.document
        assert document is not None
        with self._lock:
            if self.model not in ("", item.model):
                raise LibraryError(
                    f"The library {self.address} was made with the model {self.model}, not with {item.model}. "
                    f"Use --model {self.model}, or another library."
                )
            if comparable(source.id) != source.id:
                raise LibraryError(f"A source's id may have 500 bytes and no half characters: {source.id[:40]!r} ...")
            asked = rows.source_row(source, item.facts)
            past = self._versions.history([source.id])
            before = newest(past).get(source.id)
            after = max((row["at"] for row in past), default=0)
            rev = self._versions.number(after)
            told: Row = {"publisher": comparable(asked["folded"]), "date": asked["date"] or ""}
            row = {"source": source.id, "rev": rev, **told, "model": item.model, "passages": len(item.passages)}
            row |= {"record": record(asked), "prints": sorted(fingerprints(document.text))}
            row["prints"] = row["prints"][:PRINTS]  # the smallest ones: the same sample of every long text
            started = time.monotonic()
            change = self._versions.begin(source.id, rev, before["rev"] if before else 0, item.model)
            self._versions.begin_older(past)
            row["parts"] = self._texts.write(source, rev)
            hashes = self._keep_passages(item, rev, told)
            row["origin"] = self._story(item)
            if before:
                self._hand_over(source.id)
            if time.monotonic() - started > self._versions.abandoned / 2 and not self._versions.is_begun(change):
                raise LibraryError(f"Keeping {document.name} took too long and was undone. Add it again.")
            row["at"] = self._versions.number(max(after, rev))
            self._versions.commit(row, [old["at"] for old in past])
            if not past and len(self._versions.history([source.id])) == 1:  # nothing is to be hidden or swept
                self._versions.drop([change])
            self._forget_vectors(item.model, hashes)
            self._versions.sweep(self._save_vectors)

    def delete_source(self, source_id: str) -> bool:
        """Forgets a source, but for its vectors, which wait for the text to come back."""
        with self._lock:
            past = self._versions.history([source_id])
            if not past:
                return False
            before = newest(past)[source_id]
            self._hand_over(source_id)
            self._versions.begin(source_id, 0, before["rev"], before["model"])
            self._versions.begin_older(past)
            self._versions.drop([row["at"] for row in past])
            self._versions.sweep(self._save_vectors)
            return True

    def remember(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Keeps vectors, so that a text is never embedded twice."""
        if not len(texts):
            return
        with self._lock:
            table = self._tables.vectors(model, vectors.shape[1])
            named = {rows.text_hash(text).hex(): row for text, row in zip(texts, vectors, strict=True)}
            self._link.upsert(table, [{"hash": name, "vector": numbers(row)} for name, row in named.items()])

    def _keep_passages(self, item: Shelved, rev: int, told: Row) -> list[str]:
        """Writes the passages of a version; the hashes of their texts."""
        if not item.passages:
            return []
        table = self._tables.passages(item.model, item.vectors.shape[1])
        texts = item.texts()
        hashes = [rows.text_hash(text).hex() for text in texts]
        kept = []
        for name, p, text, hashed, vector in zip(item.ids(), item.passages, texts, hashes, item.vectors, strict=True):
            place = (name, rev, item.source.id, p.index, p.core.start, p.core.end, p.window.start, p.window.end)
            row: Row = {"row": row_key(rev, name), "hash": hashed, "vector": numbers(vector), **told}
            row |= dict(zip(PLACE, place, strict=True))
            if self.searches_words:
                row["words"] = spelled(search_terms(text), LONG)
            kept.append(row)
        self._link.insert(table, kept)
        return hashes

    def _story(self, item: Shelved) -> str:
        """The origin of a source: that of the source that it copies, if this one is there."""
        named = item.facts.origin or item.source.id
        if named == item.source.id:
            return named
        other = newest(self._versions.history([named])).get(named)
        return str(other["origin"]) if other else named

    def _hand_over(self, source_id: str) -> None:
        """The copies of a story that loses its first go on under the next one's name."""
        asked = both(among("origin", [source_id]), f"not ({among('source', [source_id])})")
        copies = newest(self._versions.rows(asked, more=("publisher", "date", "prints")))
        for name, row in copies.items():
            change = self._versions.begin(name, 0, 0, row["model"])
            moved = {**row, "at": row["at"] + 1, "origin": min(copies), "prints": list(row["prints"])}
            self._versions.commit(moved, [row["at"]])  # one step later: whatever another writes meanwhile comes after
            self._versions.drop([change])

    def _forget_vectors(self, model: str, hashes: Sequence[str]) -> None:
        """Drops vectors that passages have now."""
        table = self._tables.vectors(model)
        for start in range(0, len(hashes) if table else 0, _HASHES):
            self._link.delete(table, among("hash", hashes[start : start + _HASHES]))

    def _save_vectors(self, model: str, source_id: str, dead: str) -> None:
        """Keeps the vectors of passages that are about to be deleted, but for those that the source still has."""
        table = self._tables.passages(model)
        found = {row["hash"]: row["vector"] for row in self._link.rows(table, dead, ["hash", "vector"])}
        own = self._link.rows(table, both(among("source", [source_id]), f"not ({dead})"), ["hash"])
        for row in own:
            found.pop(row["hash"], None)
        if found:
            kept = [{"hash": name, "vector": list(vector)} for name, vector in found.items()]
            self._link.upsert(self._tables.vectors(model, len(kept[0]["vector"])), kept)

    # --- reading ---

    def candidates(self, probes: Sequence[Probe], k: int, where: Filter | None = None) -> list[Candidates]:
        """The ``k`` best passages by meaning and, where the server can, by words for each probe."""
        with self._seeing() as moment:
            table = self._tables.passages(self.model) if self.model else ""
            if k < 1 or not table:
                return [Candidates([], []) for _ in probes]
            asked = both(expression(where), self._versions.hiding(moment))
            more = min(k + _TIES, _MOST)
            vectors = [numbers(probe.vector) for probe in probes if probe.vector is not None]
            meant = self._link.search(table, "vector", vectors, more, asked, PLACE)
            said: dict[str, list[tuple[Row, float]]] = {}
            if self.searches_words:
                asking = {probe.words: _asking(probe.words) for probe in probes}
                full = [words for words, own in asking.items() if own]
                found = self._link.search(table, "weights", [asking[words] for words in full], more, asked, PLACE)
                said = dict(zip(full, found, strict=True))
            self._versions.there(moment, (row["source"] for hits in (*meant, *said.values()) for row, _ in hits))
            dense = iter(meant)
            return [
                Candidates(
                    [] if probe.vector is None else self._ranked(moment, next(dense))[:k],
                    self._ranked(moment, said.get(probe.words, ()))[:k],
                )
                for probe in probes
            ]

    def _ranked(self, moment: Moment, hits: Sequence[tuple[Row, float]]) -> Ranked:
        """The hits that are to be seen, equal ones in the order of sources and texts; keeps where they stand."""
        shown = []
        for row, score in hits:
            seen = moment.seen.get(row["source"])
            if seen is not None and seen["rev"] == row["rev"]:
                moment.passages[row["passage"]] = passage(row)
                shown.append((-round(score, 6), row["rev"], row["number"], int(row["passage"])))
        return [(name, -score) for score, _, _, name in sorted(shown)]

    def passages(self, ids: Collection[int]) -> dict[int, Passage]:
        """Passages by id; one that is gone is left out."""
        with self._seeing() as moment:
            fresh = [name for name in ids if name not in moment.passages]
            table = self._tables.passages(self.model) if fresh and self.model else ""
            for start in range(0, len(fresh) if table else 0, 1_000):
                found = self._link.rows(table, among("passage", fresh[start : start + 1_000]), PLACE)
                self._versions.there(moment, (row["source"] for row in found))
                self._ranked(moment, [(row, 0.0) for row in found])
            return {name: moment.passages[name] for name in ids if name in moment.passages}

    def read_sources(self, ids: Collection[str]) -> dict[str, Source]:
        """Sources with their texts, by id; one that is gone is left out."""
        with self._seeing() as moment:
            found = self._versions.there(moment, ids)
            texts = self._texts.read(list(found.values()))
            return {name: rows.source(entry(row), *texts[row["rev"]]) for name, row in found.items()}

    def entries(self, where: Filter | None = None) -> list[Entry]:
        """The sources that pass, without their texts, in the order in which they came."""
        with self._seeing() as moment:
            found = newest(self._versions.rows(expression(where)))
            shown = [row for row in found.values() if self._is_shown(moment, row)]
            return [entry(row) for row in sorted(shown, key=lambda row: row["rev"])]

    def _is_shown(self, moment: Moment, row: Row) -> bool:
        seen = moment.seen.setdefault(row["source"], row)
        return seen is not None and seen["at"] == row["at"]

    def get_source(self, source_id: str) -> Shelved | None:
        """All that is kept of a source, its vectors too; None where there is none."""
        with self._seeing() as moment:
            row = self._versions.there(moment, [source_id]).get(source_id)
            if row is None:
                return None
            source = self.read_sources([source_id])[source_id]
            found: list[Row] = []
            if row["passages"]:
                table = self._tables.passages(row["model"])
                asked = both(among("source", [source_id]), f"rev == {row['rev']}")
                found = self._link.rows(table, asked, [*PLACE, "vector"])
            if len(found) != row["passages"]:
                raise LibraryError(f"{source_id} of {self.address} was replaced while it was read. Try again.")
            found.sort(key=lambda one: one["number"])
            vectors = np.array([one["vector"] for one in found] or np.zeros((0, 1)), dtype=np.float32)
            return Shelved(source, tuple(map(passage, found)), vectors, row["model"], entry(row).facts)

    def recall(self, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are known for texts, by text."""
        with self._lock:
            wanted = {rows.text_hash(text).hex(): text for text in texts}
            known: dict[str, Vectors] = {}
            for table in (self._tables.vectors(model), self._tables.passages(model)):
                left = [name for name in wanted if name not in known]
                for start in range(0, len(left) if table else 0, _HASHES):
                    known |= self._known(table, left[start : start + _HASHES])
            return {text: known[name] for name, text in wanted.items() if name in known}

    def _known(self, table: str, hashes: Sequence[str]) -> dict[str, Vectors]:
        """Vectors by hash; a text that many passages share fills an answer, and then the rest are asked for singly."""
        most = 2 * len(hashes)
        found = self._link.rows(table, among("hash", hashes), ["hash", "vector"], limit=most)
        known = {row["hash"]: np.array(row["vector"], dtype=np.float32) for row in found}
        for name in hashes if len(found) == most else ():
            if name not in known:
                for row in self._link.rows(table, among("hash", [name]), ["hash", "vector"], limit=1):
                    known[name] = np.array(row["vector"], dtype=np.float32)
        return known

    def alike(self, prints: Collection[int], limit: int = 5) -> list[str]:
        """The sources that share the most fingerprints, best first."""
        if not prints:
            return []
        asked = f"array_contains_any(prints, {sorted(prints)[:PRINTS]})"
        with self._seeing() as moment:
            found = newest(self._versions.rows(asked, more=("prints",)))
            shown = [row for row in found.values() if self._is_shown(moment, row)]
            shared = Counter({row["source"]: len(set(prints) & set(row["prints"])) for row in shown})
            order = {row["source"]: row["rev"] for row in shown}
            return sorted(shared, key=lambda name: (-shared[name], order[name]))[:limit]

    def stats(self) -> Stats:
        """How much there is; what it takes on the server is not known here, so ``bytes`` is 0."""
        with self._seeing() as moment:
            hiding = self._versions.hiding(moment)
            sources = self._link.count(self._tables.sources, both(f"kind == {THERE}", hiding))
            table = self._tables.passages(self.model) if sources else ""
            passages = self._link.count(table, hiding or "rev > 0") if table else 0
            short = f"The server ({self._link.version}) has no full-text search: it is asked by meaning alone."
            note = "" if self.searches_words else short
            return Stats(self.engine, sources, passages, 0, self.model, note)

    def close(self) -> None:
        """Ends the connection; closing twice does nothing."""
        with self._lock:
            self._link.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """While it is held, no source that was seen changes or goes."""
        with self._seeing():
            yield

    @contextmanager
    def _seeing(self) -> Iterator[Moment]:
        with self._lock:
            if self._moment is not None:  # a step of a larger snapshot
                yield self._moment
                return
            self._moment = self._versions.moment()
            try:
                yield self._moment
            finally:
                self._moment = None


def _asking(words: str) -> str:
    """The words that a server is asked for, each once."""
    return spelled(list(dict.fromkeys(search_terms(words)))[:_TERMS], LONG)
