"""Uploaded files, laid down in a folder for the time of reading."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from claimdesk.progress import READING, Progress

if TYPE_CHECKING:
    from claimdesk.model import Source

Upload = tuple[str, bytes]
"""The name of a file as the browser gave it, and its bytes."""


def read_uploads(
    uploads: Sequence[Upload], folder: str = "", tell: Callable[[Progress], None] | None = None
) -> tuple[Source, ...]:
    """The sources in uploads and in a folder of this computer.

    A ``sources.csv`` among the uploads describes the others, as it does in a case folder. Raises ClaimdeskError for a
    folder that does not exist.
    """
    from claimdesk.load import load_sources

    def show(done: int, total: int, name: str) -> None:
        if tell:
            tell(Progress(READING, done, total, name))

    with tempfile.TemporaryDirectory(prefix="claimdesk-") as scratch:
        named = [Path(folder.strip()).expanduser()] if folder.strip() else []
        sources = load_sources([*_lay_down(uploads, Path(scratch)), *named], progress=show)
        return tuple(replace(source, path=_without(source.path, scratch)) for source in sources)


def _lay_down(uploads: Sequence[Upload], folder: Path) -> list[Path]:
    for index, (name, data) in enumerate(uploads):
        path = folder / (PurePath(name.replace("\\", "/")).name or f"upload-{index}")
        if path.exists():
            path = folder / f"{path.stem}-{index}{path.suffix}"
        path.write_bytes(data)
    return [folder] if uploads else []


def _without(path: str, folder: str) -> str:
    return PurePath(path).name if path.startswith(folder) else path
