"""Files and folders as sources, and case folders: what to read, in which order, under which ids."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from claimdesk.errors import ClaimdeskError, UnreadableFileError
from claimdesk.model import Document, Meta, Source
from claimdesk.readers import Limits, read
from claimdesk.readers.decode import decode
from claimdesk.readers.meta import from_mapping, from_name, merge

METADATA = "sources.csv"
"""The file of a folder that says what is known about the others; never a source itself."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Case:
    """A case folder: the text to check, what to pass to ``load_sources``, and what should come out."""

    article: Path
    sources: tuple[Path, ...]
    expected: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One file to read: its key in the order of sources, and its row of ``sources.csv``."""

    key: str
    path: Path
    row: dict[str, str] | None
    missing: bool = False


def load_sources(
    paths: Sequence[Path], limits: Limits | None = None, progress: Progress | None = None
) -> tuple[Source, ...]:
    """Read files and folders, folders to their depths, hidden files left out.

    Ids are s1, s2 ... in the order of the path inside the given folder. A row of ``sources.csv`` beats what the
    file says of itself, the file's name fills what is still blank. A file that cannot be read, or is listed but
    absent, becomes a Source with ``error`` and the rest goes on. ``progress`` is called with (done, total, name)
    before each file and once at the end.

    Raises ClaimdeskError for a path that does not exist, or a ``sources.csv`` without a ``file`` column.
    """
    limits = limits or Limits.from_environment()
    ordered = list_files(paths, limits)
    found = []
    for number, entry in enumerate(ordered, start=1):
        if progress:
            progress(number - 1, len(ordered), entry.path.name)
        found.append(read_listed(f"s{number}", entry, limits))
    if progress:
        progress(len(ordered), len(ordered), "")
    return tuple(found)


def list_files(paths: Sequence[Path], limits: Limits | None = None) -> list[Listed]:
    """The files behind paths, each once, in the order of ``load_sources``; none is read yet. Raises as that does."""
    limits = limits or Limits.from_environment()
    entries: dict[Path, Listed] = {}
    for path in map(Path, paths):
        for entry in _entries(path, limits):
            entries.setdefault(entry.path.resolve(), entry)
    return sorted(entries.values(), key=lambda entry: (entry.key, str(entry.path)))


def read_article(path: Path, limits: Limits | None = None) -> Document:
    """The text to check, with its file name as the last resort for title and date.

    Raises UnreadableFileError as ``readers.read`` does.
    """
    document = read(path, limits)
    named = Meta() if path.stem.casefold() == "article" else from_name(path.name)
    return replace(document, meta=merge(document.meta, named))


def load_case(folder: Path) -> Case:
    """The parts of a case folder (contract: case folder).

    Raises ClaimdeskError for a folder without exactly one ``article.*``, or with a broken ``expected.json``.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ClaimdeskError(f"There is no case folder {folder}; check its name.")
    articles = sorted(path for path in folder.glob("article.*") if path.is_file() and path.suffix != ".bak")
    if len(articles) != 1:
        names = ", ".join(path.name for path in articles) or "none"
        raise ClaimdeskError(f"{folder} needs exactly one file named article.* (the text to check); it has {names}.")
    sources = folder / "sources"
    return Case(articles[0], (sources,) if sources.is_dir() else (), _expected(folder / "expected.json"))


def is_case(folder: Path) -> bool:
    """Whether a folder has the layout of a case: an ``article.*`` file in it."""
    return folder.is_dir() and any(path.is_file() for path in folder.glob("article.*"))


def _expected(path: Path) -> dict[str, Any] | None:
    if not path.exists():
        return None
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ClaimdeskError(f"{path} is no valid JSON ({error}); mend or remove it.") from error
    if not isinstance(loaded, dict) or not isinstance(loaded.get("claims"), list):
        raise ClaimdeskError(f'{path} must be an object with a list "claims".')
    return loaded


def _entries(path: Path, limits: Limits) -> Iterator[Listed]:
    """The files behind one path of the user's, each with its row of metadata."""
    if not path.exists():
        raise ClaimdeskError(f"There is no file or folder {path}; check its name.")
    if not path.is_dir():
        row = _metadata(path.parent, limits).get(path.name)
        yield Listed(path.name, path, row)
        return
    if path.name == "sources":
        rows = _metadata(path.parent, limits) | _metadata(path, limits)
    else:
        rows = _metadata(path, limits)
    used = set()
    for file in _walk(path):
        key = file.relative_to(path).as_posix()
        local = {} if file.parent == path else _metadata(file.parent, limits)
        row = local.get(file.name)
        for name in (key, f"{path.name}/{key}", file.name):
            if row is None and name in rows:
                row = rows[name]
                used.add(name)
        yield Listed(key, file, row)
    for name in rows.keys() - used:
        yield Listed(name, path / name, rows[name], missing=True)


def _walk(folder: Path) -> Iterator[Path]:
    """Visible files below a folder; links to folders are not followed, so that no circle is walked."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            # ~$name is the lock file that an open office program leaves beside a document.
            if not name.startswith((".", "~$")) and name != METADATA:
                yield Path(parent) / name


def _metadata(folder: Path, limits: Limits) -> dict[str, dict[str, str]]:
    """The rows of a folder's ``sources.csv`` by file name; empty without one."""
    path = folder / METADATA
    if not path.is_file():
        return {}
    if path.stat().st_size > limits.max_bytes:
        raise ClaimdeskError(f"{path} is larger than {limits.max_bytes:,} bytes; it should list files only.")
    try:
        text, _ = decode(METADATA, path.read_bytes())
        delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        records = [
            {
                (key or "").strip().casefold(): (value or "").strip()
                for key, value in row.items()
                if isinstance(value, str)
            }
            for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except (OSError, csv.Error, UnreadableFileError) as error:
        raise ClaimdeskError(f"{path} cannot be read ({error}); mend or remove it.") from error
    if any("file" not in record for record in records):
        raise ClaimdeskError(f'{path} needs a header with a column "file"; see the case folder layout.')
    return {record["file"].replace("\\", "/").removeprefix("./"): record for record in records if record["file"]}


def read_listed(identity: str, entry: Listed, limits: Limits | None = None) -> Source:
    """One file as a source with this id; what cannot be read becomes its ``error``."""
    if entry.missing:
        return Source(identity, str(entry.path), None, f"{METADATA} lists {entry.key}, but there is no such file.")
    try:
        document = read(entry.path, limits)
    except UnreadableFileError as error:
        return Source(identity, str(entry.path), None, str(error))
    meta, notes = from_mapping(entry.row or {}, METADATA)
    meta = merge(merge(meta, document.meta), from_name(entry.path.name))
    return Source(identity, str(entry.path), replace(document, meta=meta, notes=document.notes + notes))
