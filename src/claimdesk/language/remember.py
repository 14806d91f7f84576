"""What is computed from a text again and again is computed once, and goes when the text goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

Holder = TypeVar("Holder")
Rest = TypeVarTuple("Rest")
Result = TypeVar("Result")


def remembered(function: Callable[[Holder, *Rest], Result]) -> Callable[[Holder, *Rest], Result]:
    """Asks a function once for each text (a Parsed, an Analysis) and each tuple of other arguments, all hashable.

    The answers are kept in the text's own record. They are shared, so they must be immutable or left as they are.
    """

    @wraps(function)
    def ask(holder: Holder, *arguments: *Rest) -> Result:
        known: dict[Any, Result] = holder.__dict__.setdefault("_remembered", {})
        key = (function, *arguments)
        try:
            return known[key]
        except KeyError:
            return known.setdefault(key, function(holder, *arguments))

    return ask
