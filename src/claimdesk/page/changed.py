"""The checks of claims that people changed, kept beside the report: ``changed.json`` by the key of each claim."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Checked
from claimdesk.page.cases import cases_root
from claimdesk.report import checked_from_json, checked_to_json
from claimdesk.review.log import locked

CHANGED = "changed.json"


def _path(identity: str) -> Path:
    return cases_root() / identity / CHANGED


def version_of_changed(identity: str | None) -> tuple[int, int]:
    """Another value means that other checks are kept."""
    try:
        found = _path(identity).stat() if identity else None
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size) if found else (0, 0)


def read_changed(identity: str) -> dict[str, Checked]:
    """The kept checks by key; empty where there are none or the file is damaged, and they are made again."""
    try:
        data = json.loads(_path(identity).read_bytes().decode("utf-8", "surrogatepass"))
        return {str(key): checked_from_json(value) for key, value in data["claims"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def keep_changed(identity: str, done: Mapping[str, Checked], text: str) -> None:
    """Adds checks to those that are kept; two sessions at once both keep theirs.

    ``text`` is the checked text. Raises ClaimdeskError where nothing can be written.
    """
    path = _path(identity)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("w") as lock, locked(lock.fileno()):
            known = {key: checked_to_json(each, text) for key, each in {**read_changed(identity), **done}.items()}
            data = json.dumps({"schema": 1, "claims": known}, ensure_ascii=False).encode("utf-8", "surrogatepass")
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".changed-", delete=False) as new:
                new.write(data)
                new.flush()
                os.fsync(new.fileno())
            os.replace(new.name, path)
    except OSError as error:
        words = f"The check of the changed claims could not be kept ({error.strerror or error})."
        raise ClaimdeskError(words) from error
