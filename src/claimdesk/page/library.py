"""The library that a check on the page searches: which one, which of its sources, what is in it, and adding to it.

Libraries are opened as the command line opens them, so that every address it understands works here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from claimdesk.errors import LibraryError
from claimdesk.filters import Filter, choose, passes
from claimdesk.page.job import LOADING, Job
from claimdesk.page.uploads import Upload, read_uploads
from claimdesk.progress import Progress
from claimdesk.settings import Settings

if TYPE_CHECKING:
    from claimdesk.library import Outcome
    from claimdesk.model import Source
    from claimdesk.store import Entry, LibraryStore, PassageStore, Stats


@dataclass(frozen=True, slots=True)
class Searched:
    """The library of a check: its ``place`` (a file, or the address of an engine; empty for none) and its filter."""

    place: str = ""
    publishers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def where(self) -> Filter | None:
        """The filter, as ``check --library`` makes it."""
        return choose(self.publishers, self.since, self.until)

    def as_json(self) -> dict[str, object]:
        """What a case keeps and a report says about it; empty without a library.

        >>> Searched("kept.db", since=date(2025, 6, 1)).as_json()
        {'library': 'kept.db', 'since': '2025-06-01'}
        """
        if not self.place:
            return {}
        days = {"since": self.since, "until": self.until}
        return {
            "library": self.place,
            **({"publishers": list(self.publishers)} if self.publishers else {}),
            **{name: day.isoformat() for name, day in days.items() if day},
        }


def read_searched(data: Mapping[str, Any]) -> Searched:
    """What ``Searched.as_json`` wrote. Raises ValueError and TypeError for something else."""
    days = (date.fromisoformat(data[name]) if data.get(name) else None for name in ("since", "until"))
    return Searched(str(data.get("library") or ""), tuple(map(str, data.get("publishers") or ())), *days)


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a library: how much, and its sources without their texts."""

    stats: Stats
    entries: tuple[Entry, ...]

    def publishers(self) -> list[str]:
        """Every publisher once, by name."""
        return sorted({entry.meta.publisher for entry in self.entries} - {""}, key=str.casefold)

    def passing(self, where: Filter | None) -> list[Entry]:
        """The sources that a filter lets pass."""
        return [entry for entry in self.entries if passes(where, entry.id, entry.meta)]


@contextmanager
def opened(searched: Searched) -> Iterator[LibraryStore | None]:
    """The library while it is searched; None where there is none to search. Raises LibraryError where it cannot be."""
    if not searched.place:
        yield None
        return
    store = _open(searched.place)
    try:
        yield store
    finally:
        store.close()


def _open(place: str) -> LibraryStore:
    from claimdesk.library import open_store

    try:
        return open_store(place)
    except (OSError, ValueError) as error:  # a name that no file can have
        raise LibraryError(f"The library {place} cannot be opened ({error}). Check the path.") from error


def settings_for(library: PassageStore | None) -> Settings:
    """The settings of a check: a library is searched with the model that made it."""
    return Settings(model=library.model) if library is not None and library.model else Settings()


def look_into(place: str) -> Contents:
    """What is in a library. Raises LibraryError with what to do where it cannot be read."""
    with opened(Searched(place)) as store:
        if store is None:
            raise LibraryError("Name a library: its file, or the address of its engine.")
        return Contents(store.stats(), tuple(store.entries()))


def run_adding(
    place: str, uploads: Sequence[Upload], chosen: Sequence[tuple[str, str]] = ()
) -> Callable[[Job[Outcome]], Outcome]:
    """The work of adding uploaded files to a library, which is made where there is none; for a ``Job``.

    ``chosen`` are fields of ``Meta`` with a person's words for all of them. A file that is there already is left as
    it is, unless something is chosen for it.
    """

    def work(job: Job[Outcome]) -> Outcome:
        from claimdesk.library import Outcome, open_library

        sources = [_named(source) for source in read_uploads(uploads, tell=job.tell)]
        job.tell(Progress(LOADING, 0, 0))
        library = open_library(place, create=True)
        try:
            there = {entry.path: entry.id for entry in library.entries()} if not chosen else {}
            wanted = [source for source in sources if source.path not in there]
            done = Outcome()
            for number, source in enumerate(wanted):
                if job.stopping():
                    break
                job.tell(Progress("Adding sources", number, len(wanted), source.path))
                _join(done, library.add_sources([source], chosen, job.tell))
            done.same += [there[source.path] for source in sources if source.path in there]
            return done
        finally:
            library.close()

    return work


def _named(source: Source) -> Source:
    """An upload under a path that says what it holds: the same file again is the same source, another is another."""
    if source.document is None:
        return source
    return replace(source, path=f"uploaded/{source.document.sha256[:12]}/{source.path}")


def _join(whole: Outcome, part: Outcome) -> None:
    whole.added += part.added
    whole.changed += part.changed
    whole.unreadable += part.unreadable


def describe_outcome(done: Outcome) -> str:
    """What became of added files, in words."""
    counts = ((done.added, "added"), (done.changed, "changed"), (done.same, "there already"))
    words = [f"{len(ids):,} {what}" for ids, what in counts if ids]
    words += [f"{len(done.unreadable):,} not read"] if done.unreadable else []
    return (", ".join(words) or "Nothing was added") + "."
