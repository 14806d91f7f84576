"""Filters compiled to Milvus expressions about the fields ``source``, ``publisher`` and ``date``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from claimdesk.filters import AllOf, Between, Equals, Filter, OneOf, operand
from claimdesk.library.rows import searchable

NOTHING = "rev < 0"
"""An expression that no row passes."""

_MOST = 500  # bytes of a word that is compared; a longer one is compared by its beginning and a hash of all of it
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def expression(where: Filter | None) -> str:
    r"""The expression of a filter; empty where everything passes.

    >>> from claimdesk.filters import Field
    >>> print(expression(OneOf(Field.PUBLISHER, ("The Gazette", 'Say "No"'))))
    publisher in ["the gazette", "say \"no\""]
    """
    if where is None:
        return ""
    if isinstance(where, AllOf):
        return both(*map(expression, where.parts))
    name = where.field.value
    if isinstance(where, Equals):
        return f"{name} == {literal(operand(where.field, where.value))}"
    if isinstance(where, OneOf):
        return among(name, (operand(where.field, value) for value in where.values))
    return _between(where, name)


def both(*parts: str) -> str:
    """The expression that all of these hold; empty ones say nothing.

    >>> both("rev > 1", "", 'date != ""')
    '(rev > 1) and (date != "")'
    """
    told = [part for part in parts if part]
    return told[0] if len(told) == 1 else " and ".join(f"({part})" for part in told)


def among(name: str, values: Iterable[str | int]) -> str:
    """The expression that a field has one of these values."""
    listed = ", ".join(str(value) if isinstance(value, int) else literal(value) for value in values)
    return f"{name} in [{listed}]" if listed else NOTHING


def literal(value: str) -> str:
    r"""A value as a string of the expression language: nothing in it can end the string.

    >>> print(literal('a" or rev > 0 or source == "b'))
    "a\" or rev > 0 or source == \"b"
    """
    return f'"{comparable(value).translate(_ESCAPES)}"'


def comparable(value: str) -> str:
    """A word as rows keep it and filters compare it: without half characters, and of a length that a field takes."""
    plain = searchable(value)
    if len(plain.encode()) <= _MOST:
        return plain
    named = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return plain.encode()[: _MOST - 40].decode("utf-8", "ignore") + " " + named


def _between(where: Between, name: str) -> str:
    ends = ((">=", where.first), ("<=", where.last))
    told = [f"{name} {sign} {literal(operand(where.field, end))}" for sign, end in ends if end is not None]
    return both(f'{name} != ""', *told)
