"""Read files, uploads and pasted strings: every format becomes one immutable Document.

To add a format, write a function ``(name, data, limits) -> Document`` and add a row to ``READERS``; the
contract tests of ``tests/test_readers.py`` run over every row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from claimdesk.errors import UnreadableFileError
from claimdesk.model import Document
from claimdesk.readers.captions import read_captions
from claimdesk.readers.limits import Limits, check_bytes
from claimdesk.readers.pdf import read_pdf
from claimdesk.readers.plain import read_plain, read_text
from claimdesk.readers.tables import read_csv, read_xlsx
from claimdesk.readers.web import read_html
from claimdesk.readers.word import read_docx

__all__ = ["READERS", "Limits", "read", "read_bytes", "read_text"]

Reader = Callable[[str, bytes, Limits], Document]

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
    ".vtt": read_captions,
    ".srt": read_captions,
}
"""One row for each file suffix."""

_SAVE_AS = {
    ".doc": ".docx",
    ".odt": ".docx",
    ".rtf": ".docx",
    ".pages": ".docx",
    ".xls": ".xlsx",
    ".xlsm": ".xlsx",
    ".ods": ".xlsx",
    ".numbers": ".xlsx",
    ".ppt": ".pdf",
    ".pptx": ".pdf",
    ".epub": ".pdf",
    ".mht": ".html",
    ".mhtml": ".html",
}


def read(path: str | Path, limits: Limits | None = None) -> Document:
    """Read one file; its suffix picks the reader, and an unknown suffix is tried as plain text.

    ``limits`` default to those of the environment. Raises UnreadableFileError, whose message names the file
    and the way out, for a file that is missing, too large, broken or without text.
    """
    path, limits = Path(path), limits or Limits.from_environment()
    if path.is_dir():
        raise UnreadableFileError(f"{path} is a folder; name a file in it.")
    try:
        check_bytes(path.name, path.stat().st_size, limits)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError(f"There is no file {path}; check its name.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableFileError(f"{path} cannot be opened ({reason}); check its permissions.") from error
    return read_bytes(path.name, data, limits)


def read_bytes(name: str, data: bytes, limits: Limits | None = None) -> Document:
    """Read a file that is already in memory, such as an upload; ``name`` tells its format.

    Raises UnreadableFileError as ``read`` does; no other exception leaves this function.
    """
    limits = limits or Limits.from_environment()
    check_bytes(name, len(data), limits)
    suffix = PurePath(name).suffix.lower()
    if suffix in _SAVE_AS:
        raise UnreadableFileError(f"{name} is in a format that cannot be read; save it as {_SAVE_AS[suffix]}.")
    reader = READERS.get(suffix)
    try:
        if reader:
            return reader(name, data, limits)
        found = read_plain(name, data, limits)
    except UnreadableFileError:
        raise
    except ImportError as error:
        raise UnreadableFileError(
            f"{name} needs a package that is not installed ({error}); run make, or pip install -e ."
        ) from error
    except Exception as error:  # a parser met something that its authors did not foresee
        raise UnreadableFileError(
            f"{name} is damaged or not what its name says ({type(error).__name__}); "
            "open it in the program that made it and save it again."
        ) from error
    note = f"The suffix {suffix or '(none)'} is unknown; the file was read as plain text."
    return replace(found, notes=(*found.notes, note))
