"""The kept cases as things to name, to throw away and to bring back; what is thrown away waits in a bin folder."""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

from claimdesk.errors import ClaimdeskError
from claimdesk.page.cases import cases_root, is_id, read_about, write_about

BIN = ".bin"
_BINNED = re.compile(r"(?P<id>.+)\.(?P<at>\d{10,14})")


@dataclass(frozen=True, slots=True)
class Binned:
    """A case in the bin: its folder's name there, its id, its name, and when it came in (seconds since 1970)."""

    folder: str
    id: str
    name: str
    at: float


def rename_case(identity: str, name: str) -> None:
    """Gives a case a name; its id and its address stay. Raises ClaimdeskError where it cannot be kept."""
    _must_exist(identity)
    words = " ".join(name.split())[:120]
    if not words:
        raise ClaimdeskError("A case needs a name.")
    try:
        write_about(identity, replace(read_about(identity), name=words))
    except OSError as error:
        raise ClaimdeskError(f"The name could not be kept ({error.strerror or error}).") from error


def delete_case(identity: str) -> Path:
    """Moves a case with its text, sources and decisions into the bin, and gives its folder there."""
    folder = _must_exist(identity)
    place = cases_root() / BIN / f"{identity}.{time.time_ns() // 1_000_000}"
    try:
        place.parent.mkdir(exist_ok=True)
        os.replace(folder, place)
    except OSError as error:
        raise ClaimdeskError(f"The case could not be moved to the bin ({error.strerror or error}).") from error
    return place


def list_bin() -> list[Binned]:
    """What lies in the bin, the last thrown away first."""
    found = []
    try:
        folders = sorted(path.name for path in (cases_root() / BIN).iterdir() if path.is_dir())
    except OSError:
        return []
    for name in folders:
        match = _BINNED.fullmatch(name)
        if match and is_id(match["id"]):
            title = read_about(f"{BIN}/{name}").name
            found.append(Binned(name, match["id"], title, int(match["at"]) / 1000))
    return sorted(found, key=lambda each: -each.at)


def restore_case(binned: Binned) -> str:
    """Brings a case back under its id, and gives the id. Raises ClaimdeskError where another one has it by now."""
    folder = cases_root() / binned.id
    if folder.exists():
        raise ClaimdeskError(f"There is another case {binned.id} by now. Delete or keep that one first.")
    try:
        os.replace(cases_root() / BIN / binned.folder, folder)
    except OSError as error:
        raise ClaimdeskError(f"The case could not be brought back ({error.strerror or error}).") from error
    return binned.id


def empty_bin() -> int:
    """Removes what lies in the bin for good, and says how many cases that were."""
    binned = list_bin()
    for each in binned:
        shutil.rmtree(cases_root() / BIN / each.folder, ignore_errors=True)
    return len(binned)


def _must_exist(identity: str) -> Path:
    folder = cases_root() / identity
    if not is_id(identity) or not folder.is_dir():
        raise ClaimdeskError(f"There is no case {identity}.")
    return folder
