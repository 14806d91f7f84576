"""The cases that the page keeps: text, sources, report and decisions, each in a folder that can be reopened."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import tempfile
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from claimdesk.errors import ClaimdeskError
from claimdesk.exports.citation import short
from claimdesk.model import Report
from claimdesk.page.desk import Order
from claimdesk.page.library import Searched, read_searched
from claimdesk.page.uploads import Upload
from claimdesk.places import user_data
from claimdesk.report import dumps, loads

REPORT, LOG, REVIEWER, ABOUT = "report.json", "decisions.jsonl", "reviewer.txt", "case.json"
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
_SURROGATES = "surrogatepass"  # half characters of a damaged text are kept as they are


class NoSuchCaseError(ClaimdeskError):
    """An address that names a check which is not kept here."""

    heading = "There is no such check"


@dataclass(frozen=True, slots=True)
class About:
    """What the page knows about a case beside its report.

    A person's name for it, the sources that it copied, and the library that was searched.
    """

    name: str = ""
    sources: tuple[str, ...] = ()
    searched: Searched = field(default_factory=Searched)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept case as a list shows it. ``changed`` is in seconds since 1970."""

    id: str
    changed: float
    name: str = ""


def cases_root() -> Path:
    """The folder of all cases: ``CLAIMDESK_CASES``, by default among the user's own data."""
    named = os.environ.get("CLAIMDESK_CASES")
    return Path(named).expanduser() if named else user_data() / "claimdesk" / "cases"


def is_id(name: str) -> bool:
    """Whether a name from an address may be a case's; it can never lead out of the folder of cases.

    >>> is_id("city-budget"), is_id("../etc"), is_id("")
    (True, False, False)
    """
    return bool(_ID.fullmatch(name))


def new_id(title: str) -> str:
    """A name for a new case: words of its title, and something that no other case has."""
    plain = unicodedata.normalize("NFKD", title[:400]).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.casefold()[:200])
    return "-".join([*words[:5], secrets.token_hex(4)])[-60:].lstrip("-")


def log_of(identity: str) -> Path:
    """The file with a case's decisions."""
    return cases_root() / identity / LOG


def open_case(identity: str) -> Report | None:
    """The report of a kept case; None where there is none. Raises ClaimdeskError where it cannot be read."""
    if not is_id(identity):
        return None
    try:
        return loads((cases_root() / identity / REPORT).read_bytes().decode("utf-8", _SURROGATES))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ClaimdeskError(f"The kept case {identity} cannot be read ({error}). Check the text again.") from error


def list_cases(most: int = 20) -> list[Kept]:
    """The kept cases, the last changed first; a decision changes a case too."""
    try:
        found = [(_changed(path.parent), path.parent.name) for path in cases_root().glob(f"*/{REPORT}")]
    except OSError:
        return []
    recent = [(changed, name) for changed, name in sorted(found, reverse=True) if is_id(name)][:most]
    return [Kept(name, changed, read_about(name).name) for changed, name in recent]


def _changed(folder: Path) -> float:
    log = folder / LOG
    return max(path.stat().st_mtime for path in (folder / REPORT, log) if path is not log or path.exists())


def read_about(identity: str) -> About:
    """What is known about a case; nothing where the file is absent or damaged."""
    try:
        data = json.loads((cases_root() / identity / ABOUT).read_text("utf-8"))
        sources = tuple(map(str, data.get("sources", ())))
        return About(str(data.get("name", ""))[:200], sources, read_searched(data.get("searched", {})))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return About()


def write_about(identity: str, about: About) -> None:
    """Keeps what is known about a case, in one step. Raises OSError where it cannot be written."""
    folder = cases_root() / identity
    known = {"name": about.name, "sources": about.sources, "searched": about.searched.as_json()}
    data = json.dumps(known, ensure_ascii=False)
    with tempfile.TemporaryDirectory(dir=cases_root(), prefix=".new-") as scratch:
        _write(Path(scratch) / ABOUT, data.encode("utf-8", _SURROGATES))
        os.replace(Path(scratch) / ABOUT, folder / ABOUT)


def missing_sources(identity: str) -> tuple[str, ...]:
    """The sources that were copied into a case and are no longer there."""
    folder = cases_root() / identity / "sources"
    return tuple(name for name in read_about(identity).sources if not (folder / name).is_file())


def keep_case(identity: str, report: Report, order: Order) -> Path:
    """Writes a check into its folder and gives the folder; decisions that are there stay.

    The report takes its place in one step, after text and sources, so that a case is never half of two checks.
    Raises ClaimdeskError where nothing can be written.
    """
    root = cases_root()
    folder = root / identity
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root, prefix=".new-") as scratch:
            new = Path(scratch)
            if order.case is None or order.case.resolve() != folder.resolve():
                _lay_out(order, report, new)
                for old in [*folder.glob("article.*"), folder / "sources"]:
                    if old.exists():
                        os.replace(old, new / f"old-{old.name}")
                for name in [path.name for path in new.iterdir() if not path.name.startswith("old-")]:
                    os.replace(new / name, folder / name)
            _write(new / REPORT, dumps(report).encode("utf-8", _SURROGATES))
            os.replace(new / REPORT, folder / REPORT)
        kept = sorted(
            path.relative_to(folder / "sources") for path in (folder / "sources").rglob("*") if path.is_file()
        )
        names = tuple(path.as_posix() for path in kept)
        about = read_about(identity)
        name = about.name or ("" if order.case else _first_words(report))
        write_about(identity, replace(about, name=name, sources=names, searched=order.library))
    except OSError as error:
        raise ClaimdeskError(f"The check could not be kept in {folder} ({error.strerror or error}).") from error
    return folder


def _first_words(report: Report) -> str:
    """What a case is called until a person names it: the title of its text, else how its first line begins."""
    lines = report.text.text[:2_000].splitlines()
    return short(report.text.meta.title or next(filter(None, map(str.strip, lines)), ""), 80)


def _lay_out(order: Order, report: Report, folder: Path) -> None:
    """Text and sources of an order as a case folder has them."""
    sources = folder / "sources"
    sources.mkdir()
    if order.case:
        for article in order.case.glob("article.*"):
            shutil.copyfile(article, folder / article.name)
        if (order.case / "sources").is_dir():
            shutil.copytree(order.case / "sources", sources, dirs_exist_ok=True)
        if (order.case / "sources.csv").is_file():
            shutil.copyfile(order.case / "sources.csv", folder / "sources.csv")
        return
    name, data = order.file or ("article.txt", order.pasted.encode("utf-8", _SURROGATES))
    _write(folder / f"article{PurePath(name).suffix or '.txt'}", data)
    for upload in order.uploads:
        _write_upload(sources, upload)
    given = Path(order.folder.strip()).expanduser() if order.folder.strip() else None
    for source in report.sources if given else ():
        path = Path(source.path)
        if given and source.document and path.is_file() and path.resolve().is_relative_to(given.resolve()):
            shutil.copyfile(path, _free(sources, path.name))


def _write_upload(folder: Path, upload: Upload) -> None:
    name, data = upload
    _write(_free(folder, PurePath(name.replace("\\", "/")).name or "source.txt"), data)


def _free(folder: Path, name: str) -> Path:
    """A path in the folder that no file has yet."""
    path, number = folder / name, 2
    while path.exists():
        path, number = folder / f"{PurePath(name).stem}-{number}{PurePath(name).suffix}", number + 1
    return path


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def remembered_reviewer() -> str:
    """The name that the last reviewer gave on this computer; empty without one."""
    try:
        return (cases_root() / REVIEWER).read_text("utf-8").strip()[:80]
    except (OSError, UnicodeDecodeError):
        return ""


def remember_reviewer(name: str) -> None:
    """Keeps a reviewer's name for the next time; a folder that cannot be written costs only this."""
    try:
        cases_root().mkdir(parents=True, exist_ok=True)
        (cases_root() / REVIEWER).write_text(name, "utf-8", errors="replace")
    except OSError:
        return
