"""``claimdesk library``: the commands of a kept reference library, and the filters of a check against one."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimdesk.errors import ClaimdeskError

if TYPE_CHECKING:
    from claimdesk.filters import Filter
    from claimdesk.library import Library, Outcome
    from claimdesk.progress import Progress
    from claimdesk.store import Entry

_CONTROL = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), " ")


@dataclass
class Told:
    """What a command answers: ``output`` for standard output, ``notes`` for standard error, and its exit status."""

    output: str = ""
    notes: list[str] = field(default_factory=list)
    status: int = 0


def add_library_parser(commands: Any, run: Callable[[argparse.Namespace], int]) -> None:
    """The command ``library`` with its own commands; ``run`` gets the arguments of each."""
    library = commands.add_parser("library", help="a reference library that lasts: add, list, show, remove, update ...")
    kinds = library.add_subparsers(dest="action", required=True, metavar="WHAT")

    add = kinds.add_parser("add", help="keep files and folders; what is there and unchanged costs nothing")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    _chosen(add)
    add.add_argument("--model", default=None, help="the model that embeds a new library's passages")

    listed = kinds.add_parser("list", help="the sources, without their texts")
    add_filters(listed)
    listed.add_argument("-f", "--format", choices=("table", "json"), default="table")

    show = kinds.add_parser("show", help="one source with its text")
    show.add_argument("id", metavar="ID", help="as list shows it; its beginning is enough")
    show.add_argument("-f", "--format", choices=("text", "json"), default="text")

    remove = kinds.add_parser("remove", help="forget sources")
    remove.add_argument("ids", nargs="+", metavar="ID")

    update = kinds.add_parser("update", help="read changed files again, and set what a person knows better")
    update.add_argument("ids", nargs="*", metavar="ID", help="these only; all without one")
    _chosen(update)

    stats = kinds.add_parser("stats", help="how much there is")
    stats.add_argument("-f", "--format", choices=("table", "json"), default="table")

    move = kinds.add_parser("move", help="copy everything to another file or engine, embedding nothing again")
    move.add_argument(
        "--to",
        required=True,
        metavar="PATH",
        help="the new library, a file or milvus://HOST:PORT/NAME",
    )

    for kind in (add, listed, show, remove, update, stats, move):
        kind.add_argument(
            "--library",
            default=None,
            metavar="PATH",
            help="a file or milvus://HOST:PORT/NAME; default: CLAIMDESK_LIBRARY, or your own",
        )
        kind.set_defaults(run=run)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Options that say which sources of a library may speak."""
    parser.add_argument("--publisher", action="append", default=[], metavar="NAME", help="of this publisher only")
    parser.add_argument("--since", type=_day, default=None, metavar="YYYY-MM-DD", help="dated this day or later")
    parser.add_argument("--until", type=_day, default=None, metavar="YYYY-MM-DD", help="dated this day or earlier")


def chosen_filter(arguments: argparse.Namespace) -> Filter | None:
    """The filter of ``add_filters``; None where nothing was chosen."""
    from claimdesk.filters import choose

    return choose(arguments.publisher, arguments.since, arguments.until)


def run(arguments: argparse.Namespace) -> Told:
    """One command of ``library``. Raises ClaimdeskError for what a user can mend."""
    from claimdesk.library import open_library
    from claimdesk.settings import Settings

    model = getattr(arguments, "model", None)
    library = open_library(
        arguments.library, create=arguments.action == "add", settings=Settings(model=model) if model else None
    )
    try:
        return _ACTIONS[arguments.action](library, arguments)
    finally:
        library.close()


def _chosen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--publisher", dest="set_publisher", default=None, metavar="NAME")
    parser.add_argument("--date", dest="set_date", type=_day, default=None, metavar="YYYY-MM-DD")
    parser.add_argument("--kind", dest="set_kind", default=None, help="transcript, agency, outlet, primary ...")
    parser.add_argument(
        "--trust", dest="set_trust", type=_trust, default=None, metavar="0-1", help="1 is a primary record"
    )


def _set(arguments: argparse.Namespace) -> tuple[tuple[str, str], ...]:
    values = {name: getattr(arguments, f"set_{name}") for name in ("publisher", "date", "kind", "trust")}
    return tuple((name, str(value)) for name, value in values.items() if value is not None)


def _add(library: Library, arguments: argparse.Namespace) -> Told:
    with _bar("Adding") as watch:
        done = library.add(arguments.paths, _set(arguments), watch)
    told = _outcome(done)
    if done.unreadable and not (done.added or done.changed or done.same):
        told.status = 2
    return told


def _update(library: Library, arguments: argparse.Namespace) -> Told:
    with _bar("Reading") as watch:
        done = library.update(arguments.ids, _set(arguments), watch)
    told = _outcome(done)
    names = {entry.id: entry for entry in library.entries()}
    told.notes += [f"{_plain(names[name].path)} is gone; {name} stays in the library." for name in done.gone]
    return told


def _outcome(done: Outcome) -> Told:
    words = [
        f"{len(ids):,} {what}"
        for ids, what in (
            (done.added, "added"),
            (done.changed, "changed"),
            (done.same, "unchanged"),
            (done.gone, "gone"),
        )
        if ids
    ]
    notes = [_plain(source.error or f"{source.path} cannot be read.") for source in done.unreadable]
    if notes:
        words.append(f"{len(notes):,} not read")
    return Told(f"{', '.join(words) or 'Nothing to do'}.\n".capitalize(), notes)


def _list(library: Library, arguments: argparse.Namespace) -> Told:
    entries = library.entries(chosen_filter(arguments))
    if arguments.format == "json":
        return Told(json.dumps([_as_json(entry) for entry in entries], ensure_ascii=False, indent=1) + "\n")
    if not entries:
        return Told("No sources.\n")
    return Told("\n".join(_table(entries)) + "\n")


def _table(entries: Sequence[Entry]) -> Iterator[str]:
    rows = [("ID", "DATE", "PUBLISHER", "KIND", "TRUST", "PASSAGES", "TITLE")]
    for entry in entries:
        meta = entry.meta
        title = meta.title or entry.name
        if entry.facts.origin not in ("", entry.id):
            title += f" (a copy of {entry.facts.origin})"
        trust = "" if meta.trust is None else f"{meta.trust:g}"
        day = meta.date.isoformat() if meta.date else ""
        rows.append(
            (
                entry.id,
                day,
                _plain(meta.publisher)[:24],
                _plain(meta.kind)[:12],
                trust,
                f"{entry.passages:,}",
                _plain(title),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])


def _as_json(entry: Entry) -> dict[str, Any]:
    from dataclasses import asdict

    meta = {**asdict(entry.meta), "date": entry.meta.date.isoformat() if entry.meta.date else None}
    return {
        "id": entry.id,
        "path": entry.path,
        "name": entry.name,
        "format": entry.format,
        "sha256": entry.sha256,
        **meta,
        "passages": entry.passages,
        "origin": entry.facts.origin or entry.id,
        "added": entry.facts.added,
        "set_by_hand": [name for name, _ in entry.facts.chosen],
    }


def _show(library: Library, arguments: argparse.Namespace) -> Told:
    entry = library.find(arguments.id)
    document = library.read(entry.id).document
    assert document is not None
    if arguments.format == "json":
        return Told(json.dumps({**_as_json(entry), "text": document.text}, ensure_ascii=False, indent=1) + "\n")
    head = [f"{name}: {_plain(str(value))}" for name, value in _as_json(entry).items() if value not in ("", None, [])]
    return Told("\n".join(head) + "\n\n" + _plain(document.text, keep="\n\t") + "\n")


def _remove(library: Library, arguments: argparse.Namespace) -> Told:
    gone = library.remove(arguments.ids)
    return Told("".join(f"Removed {entry.id}, {_plain(entry.meta.title or entry.name)}.\n" for entry in gone))


def _stats(library: Library, arguments: argparse.Namespace) -> Told:
    from dataclasses import asdict

    figures = asdict(library.stats())
    if arguments.format == "json":
        return Told(json.dumps(figures, indent=1) + "\n")
    return Told(
        "".join(
            f"{name:<10} {value:,}\n" if isinstance(value, int) else f"{name:<10} {value}\n"
            for name, value in figures.items()
            if value != ""
        )
    )


def _move(library: Library, arguments: argparse.Namespace) -> Told:
    from claimdesk.library import default_library, open_store

    old = arguments.library or default_library()
    if _place(arguments.to) == _place(old):
        raise ClaimdeskError(f"{arguments.to} is the library itself. Name another file.")
    target = open_store(arguments.to, create=True)
    try:
        with _bar("Moving") as watch:
            count = library.move_to(target, watch)
        there = target.stats().sources
    finally:
        target.close()
    return Told(f"{count:,} sources copied, {there:,} in {arguments.to}. The old library is still at {old}.\n")


def _place(where: str) -> str:
    """Where a library is, however it is written."""
    if "://" in where:
        from claimdesk.library.milvus_address import read_address

        return str(read_address(where))
    return str(Path(where).expanduser().resolve())


_ACTIONS: dict[str, Callable[[Library, argparse.Namespace], Told]] = {
    "add": _add,
    "list": _list,
    "show": _show,
    "remove": _remove,
    "update": _update,
    "stats": _stats,
    "move": _move,
}


@contextmanager
def _bar(what: str) -> Iterator[Callable[[Progress], None] | None]:
    """One bar over all files on standard error, with a word about the texts at hand; silent where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(desc=what, unit="file", file=sys.stderr) as bar:

        def show(step: Progress) -> None:
            if step.detail or step.done == step.total and step.stage != "Embedding passages":
                bar.total = step.total
                bar.set_postfix_str(_plain(step.detail)[:40], refresh=False)
                bar.update(step.done - bar.n)
            else:
                bar.set_postfix_str(f"embedding {step.done:,} of {step.total:,} passages")

        yield show


def _plain(words: str, keep: str = "") -> str:
    """Words from a file without what a terminal would obey."""
    return words.translate({code: own for code, own in _CONTROL.items() if chr(code) not in keep})


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a day; write it as YYYY-MM-DD") from None


def _trust(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 0 to 1")
    return number
