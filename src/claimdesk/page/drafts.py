"""Texts that were typed or pasted and not checked yet: each a file beside the cases, until it is checked or deleted.

A draft holds what stands in the boxes, no uploaded file. Only the user of the server may read the files.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from claimdesk.errors import ClaimdeskError
from claimdesk.page.cases import cases_root
from claimdesk.page.library import Searched, read_searched

FOLDER = ".drafts"
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in the boxes. ``case`` is the case whose text was changed, empty for a new text.

    ``mark`` is the fingerprint of the order that the boxes made, ``owner`` the signed-in person who typed, ``changed``
    the time of the last change in seconds since 1970.
    """

    id: str
    text: str
    folder: str = ""
    day: date | None = None
    searched: Searched = field(default_factory=Searched)
    case: str = ""
    mark: str = ""
    owner: str = ""
    changed: float = 0.0

    def title(self) -> str:
        """The first words of the text."""
        line = next((line.strip() for line in self.text[:2_000].splitlines() if line.strip()), "")
        return line if len(line) <= 80 else line[:79].rstrip() + "…"


def new_draft_id() -> str:
    """A name that no other draft has, and that nobody guesses."""
    return secrets.token_hex(8)


def _path(identity: str) -> Path:
    return cases_root() / FOLDER / f"{identity}.json"


def keep_draft(draft: Draft) -> None:
    """Writes a draft in one step. Raises ClaimdeskError where it cannot be written."""
    known = {
        "text": draft.text,
        "folder": draft.folder,
        "day": draft.day.isoformat() if draft.day else "",
        "searched": draft.searched.as_json(),
        "case": draft.case,
        "mark": draft.mark,
        "owner": draft.owner,
    }
    path = _path(draft.id)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as new:  # readable by its owner
            new.write(json.dumps(known, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        os.replace(new.name, path)
    except OSError as error:
        raise ClaimdeskError(f"This text could not be kept as a draft ({error.strerror or error}).") from error


def read_draft(identity: str) -> Draft | None:
    """A draft; None where there is none, or where its file is damaged."""
    if not _ID.fullmatch(identity):
        return None
    try:
        data = json.loads(_path(identity).read_bytes().decode("utf-8", "surrogatepass"))
        return _from_json(identity, data, _path(identity).stat().st_mtime)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _from_json(identity: str, data: dict[str, Any], changed: float) -> Draft:
    words = {name: str(data.get(name, "")) for name in ("folder", "case", "mark", "owner")}
    day = date.fromisoformat(data["day"]) if data.get("day") else None
    searched = read_searched(data.get("searched", {}))
    return Draft(identity, str(data["text"]), day=day, searched=searched, changed=changed, **words)


def list_drafts(owner: str = "", case: str = "") -> list[Draft]:
    """The drafts of a person, or of everybody where nobody signs in; of one case where it is named. Newest first."""
    try:
        names = [path.stem for path in (cases_root() / FOLDER).glob("*.json")]
    except OSError:
        return []
    found = [draft for name in names if (draft := read_draft(name))]
    mine = [draft for draft in found if draft.owner == owner and (not case or draft.case == case)]
    return sorted(mine, key=lambda draft: -draft.changed)


def delete_draft(identity: str, mark: str = "") -> bool:
    """Deletes a draft for good; with a ``mark`` only where it has not been changed since. Whether one was deleted."""
    draft = read_draft(identity) if mark else None
    if not _ID.fullmatch(identity) or (draft and draft.mark != mark):
        return False
    try:
        _path(identity).unlink()
    except OSError:
        return False
    return True
