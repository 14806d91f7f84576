"""The checks of claims that people changed, kept beside the report: ``changed.json`` by the key of each claim."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from claimdesk.errors import ClaimdeskError
from claimdesk.page.cases import cases_root
from claimdesk.report import checked_from_json, checked_to_json, source_from_json, source_to_json
from claimdesk.review.amend import Rechecked
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


def read_changed(identity: str) -> Rechecked:
    """The kept checks by key, with the sources that only they name; nothing where the file is absent or damaged."""
    try:
        data = json.loads(_path(identity).read_bytes().decode("utf-8", "surrogatepass"))
        claims = {str(key): checked_from_json(value) for key, value in data["claims"].items()}
        return Rechecked(claims, tuple(source_from_json(each) for each in data.get("sources", ())))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Rechecked()


def keep_changed(identity: str, done: Rechecked, text: str) -> None:
    """Adds checks to those that are kept; two sessions at once both keep theirs.

    ``text`` is the checked text. Raises ClaimdeskError where nothing can be written.
    """
    path = _path(identity)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("w") as lock, locked(lock.fileno()):
            old = read_changed(identity)
            known = {key: checked_to_json(each, text) for key, each in {**old.claims, **done.claims}.items()}
            sources = {source.id: source for source in (*old.sources, *done.sources)}
            kept = [source_to_json(source, None) for source in sources.values()]
            data = json.dumps({"schema": 1, "claims": known, "sources": kept}, ensure_ascii=False)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".changed-", delete=False) as new:
                new.write(data.encode("utf-8", "surrogatepass"))
                new.flush()
                os.fsync(new.fileno())
            os.replace(new.name, path)
    except OSError as error:
        words = f"The check of the changed claims could not be kept ({error.strerror or error})."
        raise ClaimdeskError(words) from error
