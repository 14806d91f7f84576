"""Import a package without what it brings along: as if another were not installed, or with a module that waits."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Any


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


@contextmanager
def waiting_function(module: str, name: str) -> Iterator[None]:
    """Inside, ``from module import name`` gives a stand-in; the module is imported when the function is first called.

    The module and its package are known to nobody afterward, so that whoever needs them imports the true ones.
    Nothing changes where they are imported already. Meant for the import of one library that takes a function from
    a package of commands, whose own imports nobody here needs.
    """
    package = module.rpartition(".")[0]
    if package in sys.modules:
        yield
        return

    def call(*arguments: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*arguments, **named)

    empty, holder = ModuleType(package), ModuleType(module)
    empty.__path__ = []
    setattr(holder, name, call)
    sys.modules[package], sys.modules[module] = empty, holder
    try:
        yield
    finally:
        for known in [known for known in sys.modules if known == package or known.startswith(package + ".")]:
            del sys.modules[known]
        parent = sys.modules.get(package.rpartition(".")[0])
        if parent is not None and getattr(parent, package.rpartition(".")[2], None) is empty:
            delattr(parent, package.rpartition(".")[2])


class _Absence(MetaPathFinder):
    """Answers the thread that made it that a package is not installed."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._thread = threading.get_ident()

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Raises ModuleNotFoundError for the package; None, which is no opinion, for all else."""
        if fullname == self._package and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
