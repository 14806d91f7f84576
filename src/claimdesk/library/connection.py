"""A library's file as a connection: opened safely, and every failure of it said in words that help."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimdesk.errors import LibraryError

_WAIT_MS = 30_000  # how long a writer waits for another one; a source is written in milliseconds
_MAPPED = 1 << 31  # bytes of the file that may be read without copying them


def connect(path: Path, create: bool = False) -> tuple[sqlite3.Connection, bool]:
    """A connection to the file, and whether it can be written.

    A file that this user may only read is opened for reading; where not even a lock can be put beside it (a
    read-only disk), it is taken as unchanging. Raises LibraryError where there is no file and ``create`` is False,
    and for a folder that does not exist.
    """
    with spoken(path):
        if not path.exists():
            if not create:
                raise LibraryError(
                    f"There is no library at {path}. Make one with: claimdesk library add --library {path} FILES"
                )
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.is_file():
            raise LibraryError(f"{path} is not a file. Name the library's file, for instance {path / 'library.db'}.")
        writable = not path.exists() or os.access(path, os.W_OK)
        frozen = not writable and not os.access(path.parent, os.W_OK) and not _beside(path, "-wal").exists()
        mode = ("rwc" if create else "rw") if writable else "ro&immutable=1" if frozen else "ro"
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    return connection, writable


def file_bytes(path: Path) -> int:
    """The size of the file with what is not yet folded into it."""
    return sum(part.stat().st_size for part in (path, _beside(path, "-wal")) if part.exists())


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


@contextmanager
def spoken(path: Path, doing: str = "") -> Iterator[None]:
    """Turns what can go wrong with a file into a LibraryError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise LibraryError(_words(error, path, doing)) from error
    except (zlib.error, UnicodeDecodeError) as error:
        raise LibraryError(_damaged(path)) from error
    except OSError as error:
        raise LibraryError(f"The library {path} cannot be used ({error.strerror}). Check the path.") from error


def _words(error: sqlite3.Error, path: Path, doing: str) -> str:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the low byte is the plain error
    what = f" while {doing}" if doing else ""
    if code == sqlite3.SQLITE_FULL:
        return (
            f"The disk of {path} is full{what}. Nothing was half kept: free some space and run the command again, "
            "it goes on where it stopped."
        )
    if code == sqlite3.SQLITE_READONLY:
        return f"The library {path} can only be read{what}. Give yourself the right to write it, or copy it first."
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"Another program is writing to the library {path}{what}. Try again when it is done."
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged(path)
    if code == sqlite3.SQLITE_CANTOPEN:
        return f"The library {path} cannot be opened. Check that the folder is there and that you may write in it."
    if code == sqlite3.SQLITE_IOERR:
        return f"The disk of {path} failed{what} ({error}). Nothing was half kept; check the disk and try again."
    return f"The library {path} cannot be used{what} ({error}). {_REMEDY}"


_REMEDY = "Put a copy of the file in its place, or move it away and add the sources again."


def _damaged(path: Path) -> str:
    return f"{path} is damaged, or no library. {_REMEDY}"
