"""Import a package as if another were not installed: for libraries that import whatever heavy thing they find."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder


@contextmanager
def seeming_absent(package: str) -> Iterator[None]:
    """Inside, this thread's import of a package that is not imported yet fails as if it were not installed.

    Other threads import it as ever, and so does this one afterward.
    """
    absence = _Absence(package)
    sys.meta_path.insert(0, absence)
    try:
        yield
    finally:
        sys.meta_path.remove(absence)


class _Absence(MetaPathFinder):
    """Answers the thread that made it that a package is not installed."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._thread = threading.get_ident()

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Raises ModuleNotFoundError for the package; None, which is no opinion, for all else."""
        if fullname == self._package and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
