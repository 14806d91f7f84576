"""Claimdesk checks the claims of a text against sources that a person trusts.

>>> from claimdesk import check  # doctest: +SKIP
>>> report = check(text, sources)  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["check", "find_claims", "load_sources", "read", "read_text"]

if TYPE_CHECKING:
    from claimdesk.find import find_claims
    from claimdesk.load import load_sources
    from claimdesk.readers import read, read_text
    from claimdesk.verify import check

_HOMES = {
    "check": "claimdesk.verify",
    "find_claims": "claimdesk.find",
    "load_sources": "claimdesk.load",
    "read": "claimdesk.readers",
    "read_text": "claimdesk.readers",
}


def __getattr__(name: str) -> Any:
    """The public functions, imported when they are first asked for: their libraries take seconds to load."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
