"""A library as people use it: files in, found again when they change, copies recognized, nothing embedded twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from claimdesk.embed import Encoder
from claimdesk.errors import LibraryError
from claimdesk.filters import Equals, Field, Filter, OneOf
from claimdesk.library.rows import with_chosen
from claimdesk.load import Listed, list_files, read_listed
from claimdesk.model import Source
from claimdesk.origins import containment, fingerprints, shingles
from claimdesk.passages import cut_passages
from claimdesk.progress import EMBEDDING, READING, Progress
from claimdesk.readers import Limits
from claimdesk.readers.meta import from_mapping, merge
from claimdesk.settings import Settings
from claimdesk.store import Entry, Facts, LibraryStore, Shelved, Stats, Vectors

_TOGETHER = 512  # passages embedded in one go: enough to fill batches of like length
_SAVED = 1_024  # texts after which vectors are kept, so that a cut run loses little
_SHARED = 10  # shingles below which two texts may agree by chance

Watcher = Callable[[Progress], None]
Chosen = Sequence[tuple[str, str]]
"""Fields of ``Meta`` with the words that a person gave them: (("publisher", "The Gazette"), ("trust", "0.9"))."""


@dataclass
class Outcome:
    """What became of files: ids by what was done; ``unreadable`` sources carry their ``error``.

    ``gone`` are sources whose file is no longer there; they stay in the library.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unreadable: list[Source] = field(default_factory=list)


class Library:
    """A reference corpus that is kept. ``encoder`` is asked only for texts whose vectors are not known."""

    def __init__(self, store: LibraryStore, encoder: Encoder, settings: Settings | None = None) -> None:
        self.store = store
        self._encoder = encoder
        self._settings = settings or Settings()

    def add(self, paths: Sequence[Path], chosen: Chosen = (), watch: Watcher | None = None) -> Outcome:
        """Keeps files and folders; a file that is already there and has not changed costs a look at its size and age.

        ``chosen`` is set for every file and outlives later readings. Each source is kept wholly or not at all, and
        a run that was cut goes on where it stopped. Raises ClaimdeskError for a path that does not exist.
        """
        limits = Limits.from_environment()
        files = {source_id(str(file.path.resolve())): file for file in list_files(paths, limits)}
        known = self._known(files)
        outcome = Outcome()
        asked: list[tuple[str, Listed]] = []
        for name, file in files.items():
            entry = known.get(name)
            if entry is not None and not chosen and _is_unchanged(entry, file):
                outcome.same.append(name)
            else:
                asked.append((name, file))
        self._keep(self._read(asked, known, chosen, limits, outcome, watch), known, outcome, watch)
        return outcome

    def update(self, ids: Sequence[str] = (), chosen: Chosen = (), watch: Watcher | None = None) -> Outcome:
        """Reads again the files that changed by size or age; all of them, or those with these ids.

        What is ``chosen`` is set whether the file changed or not. Raises LibraryError for an id that is not there.
        """
        entries = [self.find(name) for name in ids] if ids else self.entries()
        limits = Limits.from_environment()
        outcome = Outcome()
        asked: list[tuple[str, Listed]] = []
        again: list[tuple[Source, Facts]] = []
        for entry in entries:
            file = Path(entry.path)
            if entry.facts.size is not None and file.is_file() and not _has_age(entry, file):
                asked += [(entry.id, listed) for listed in list_files([file], limits)]
            elif chosen:
                kept = self.store.read_sources([entry.id]).values()  # none where another has removed it meanwhile
                again += [(_choose(source, chosen), _with_facts(entry.facts, chosen)) for source in kept]
            elif entry.facts.size is not None and not file.is_file():
                outcome.gone.append(entry.id)
            else:
                outcome.same.append(entry.id)
        known = {entry.id: entry for entry in entries}
        self._keep(again, known, outcome, watch)
        self._keep(self._read(asked, known, chosen, limits, outcome, watch), known, outcome, watch)
        return outcome

    def add_sources(self, sources: Sequence[Source], chosen: Chosen = (), watch: Watcher | None = None) -> Outcome:
        """Keeps sources that are already read; the ``path`` of each says whether it is there already."""
        named = [replace(source, id=source_id(source.path)) for source in sources if source.document is not None]
        known = self._known([source.id for source in named])
        outcome = Outcome(unreadable=[source for source in sources if source.document is None])
        items = []
        for source in named:
            facts = _with_facts(known[source.id].facts if source.id in known else Facts(added=_now()), chosen)
            items.append((_choose(source, facts.chosen), facts))
        self._keep(items, known, outcome, watch)
        return outcome

    def remove(self, ids: Sequence[str]) -> list[Entry]:
        """Forgets sources, and says which. Raises LibraryError for an id that is not there, before any is removed."""
        found = [self.find(name) for name in ids]
        return [entry for entry in found if self.store.delete_source(entry.id)]

    def find(self, name: str) -> Entry:
        """The source with this id, or with the only id that begins so. Raises LibraryError where it is not one."""
        if exact := self.entries(Equals(Field.SOURCE, name)):
            return exact[0]
        found = [entry for entry in self.entries() if entry.id.startswith(name)] if name else []
        if len(found) == 1:
            return found[0]
        if found:
            raise LibraryError(f"{len(found)} sources have an id that begins with {name}. Give more of it.")
        raise LibraryError(f"There is no source {name} in the library. See: claimdesk library list")

    def entries(self, where: Filter | None = None) -> list[Entry]:
        """The sources, without their texts, in the order in which they came."""
        return self.store.entries(where)

    def read(self, name: str) -> Source:
        """A source with its text. Raises LibraryError for an id that is not there."""
        found = self.find(name)
        return self.store.read_sources([found.id])[found.id]

    def stats(self) -> Stats:
        """How much there is."""
        return self.store.stats()

    def move_to(self, target: LibraryStore, watch: Watcher | None = None) -> int:
        """Copies every source with its vectors into another store, embedding nothing; the number of sources copied.

        What the target has already is left alone, so that a cut run goes on; this library stays as it is.
        """
        tell = watch or (lambda step: None)
        there = {(entry.id, entry.sha256, entry.meta): entry.passages for entry in target.entries()}
        wanted = [
            entry for entry in self.entries() if there.get((entry.id, entry.sha256, entry.meta)) != entry.passages
        ]
        for number, entry in enumerate(wanted):
            tell(Progress("Moving sources", number, len(wanted), entry.name))
            item = self.store.get_source(entry.id)
            if item is not None:  # removed meanwhile
                target.put_source(item)
        tell(Progress("Moving sources", len(wanted), len(wanted)))
        return len(wanted)

    def close(self) -> None:
        """Lets go of the file."""
        self.store.close()

    # --- one source after the other ---

    def _known(self, ids: Collection[str]) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries(OneOf(Field.SOURCE, tuple(ids)))}

    def _read(
        self,
        asked: Sequence[tuple[str, Listed]],
        known: dict[str, Entry],
        chosen: Chosen,
        limits: Limits,
        outcome: Outcome,
        watch: Watcher | None,
    ) -> Iterator[tuple[Source, Facts]]:
        for number, (name, file) in enumerate(asked):
            if watch:
                watch(Progress(READING, number, len(asked), file.path.name))
            state = file.path.stat() if file.path.is_file() else None  # before it is read: a later change is seen
            source = read_listed(name, file, limits)
            if source.document is None or state is None:
                outcome.unreadable.append(source)
                continue
            old = known.get(name)
            facts = replace(old.facts if old else Facts(added=_now()), size=state.st_size, modified=state.st_mtime_ns)
            if old is not None:  # what a folder's sources.csv said of a file is not lost when the file changes
                source = _with_meta(source, old)
            facts = _with_facts(facts, chosen)
            yield replace(_choose(source, facts.chosen), path=str(file.path.resolve())), facts
        if watch and asked:
            watch(Progress(READING, len(asked), len(asked)))

    def _keep(
        self,
        items: Iterable[tuple[Source, Facts]],
        known: dict[str, Entry],
        outcome: Outcome,
        watch: Watcher | None,
    ) -> None:
        """Cuts, embeds and keeps sources, some hundred passages at a time."""
        waiting: list[Shelved] = []
        for source, facts in items:
            passages = cut_passages(source, self._settings.neighbors)
            empty = np.zeros((len(passages), 0), dtype=np.float32)
            waiting.append(Shelved(source, passages, empty, self._encoder.name, facts))
            if sum(len(item.passages) for item in waiting) >= _TOGETHER:
                self._put(waiting, known, outcome, watch)
                waiting = []
        self._put(waiting, known, outcome, watch)

    def _put(self, items: Sequence[Shelved], known: dict[str, Entry], outcome: Outcome, watch: Watcher | None) -> None:
        vectors, row = self._embed([text for item in items for text in item.texts()], watch), 0
        for item in items:
            name, count = item.source.id, len(item.passages)
            facts = replace(item.facts, origin=self._origin(item.source))
            self.store.put_source(replace(item, vectors=vectors[row : row + count], facts=facts))
            row += count
            (outcome.changed if name in known else outcome.added).append(name)

    def _embed(self, texts: Sequence[str], watch: Watcher | None) -> Vectors:
        """The vectors of texts: those that are known from the library, the others from the model."""
        name = self._encoder.name
        vectors = self.store.recall(name, texts)
        fresh = [text for text in dict.fromkeys(texts) if text not in vectors]
        for start in range(0, len(fresh), _SAVED):
            some = fresh[start : start + _SAVED]

            def tell(done: int, _: int, before: int = start) -> None:
                if watch:
                    watch(Progress(EMBEDDING, before + done, len(fresh)))

            rows = self._encoder.encode(some, tell)
            self.store.remember(name, some, rows)
            vectors |= dict(zip(some, rows, strict=True))
        return np.stack([vectors[text] for text in texts]) if texts else np.zeros((0, 1), dtype=np.float32)

    def _origin(self, source: Source) -> str:
        """The source of which this one is a copy; its own id where it is none."""
        assert source.document is not None
        near = self.store.alike(fingerprints(source.document.text))
        others = self.store.read_sources([name for name in near if name != source.id])
        own = shingles(source.document.text) if others else frozenset()
        for name in near:
            if name in others and (document := others[name].document) is not None:
                theirs = shingles(document.text)
                if len(own & theirs) >= _SHARED and containment(own, theirs) >= self._settings.copy_overlap:
                    return name
        return source.id


def source_id(path: str) -> str:
    """The id of a file's source: ten hexadecimal digits, the same whenever the file is added again.

    >>> source_id("/desk/council-minutes.pdf")
    '97ce93fb2d'
    """
    return hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def _is_unchanged(entry: Entry, file: Listed) -> bool:
    """Whether file and row of ``sources.csv`` say what the library has."""
    if file.missing or not _has_age(entry, file.path):
        return False
    told, _ = from_mapping(file.row or {}, "")
    return merge(with_chosen(told, entry.facts.chosen), entry.meta) == entry.meta


def _has_age(entry: Entry, path: Path) -> bool:
    state = path.stat()
    return (state.st_size, state.st_mtime_ns) == (entry.facts.size, entry.facts.modified)


def _with_meta(source: Source, old: Entry) -> Source:
    assert source.document is not None
    return replace(source, document=replace(source.document, meta=merge(source.document.meta, old.meta)))


def _choose(source: Source, chosen: Chosen) -> Source:
    assert source.document is not None
    return replace(source, document=replace(source.document, meta=with_chosen(source.document.meta, chosen)))


def _with_facts(facts: Facts, chosen: Chosen) -> Facts:
    return replace(facts, chosen=tuple({**dict(facts.chosen), **dict(chosen)}.items()))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
