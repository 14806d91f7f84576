"""The file ``decisions.jsonl``: lines are only added, one writer at a time, and a broken line costs only itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimdesk.review.lines import Decision, decision_from_json, decision_to_json


def append_decision(path: Path, decision: Decision) -> None:
    """Adds one line to the log and waits until it is on the disk. Raises OSError where it cannot be written.

    Two processes may write to one log: each line is one write at the end of the file, made under a lock.
    """
    data = (json.dumps(decision_to_json(decision), ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file, locked(file.fileno()):
        if size := file.seek(0, os.SEEK_END):
            file.seek(size - 1)
            if file.read(1) != b"\n":  # the last writer was cut off: its half line must not swallow this one
                data = b"\n" + data
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())


@contextmanager
def locked(file: int) -> Iterator[None]:
    """Holds an open file against other processes, where the system and its disk can do that."""
    try:
        import fcntl
    except ImportError:  # Windows: appending writes are not mixed there either
        yield
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:  # a network disk without locks
        yield
        return
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The lines of a log, oldest first; empty without a file. What is no decision is passed over."""
    try:
        lines = path.read_bytes().split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(found for line in lines if (found := _read_line(line)))


def _read_line(line: bytes) -> Decision | None:
    try:
        return decision_from_json(json.loads(line.decode("utf-8", "surrogatepass")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
