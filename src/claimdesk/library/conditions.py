"""Filters compiled to SQL about the table ``source``."""

from __future__ import annotations

import json

from claimdesk.filters import AllOf, Between, Equals, Field, Filter, OneOf, operand

_COLUMNS = {Field.SOURCE: "source.id", Field.PUBLISHER: "source.folded", Field.DATE: "coalesce(source.date, '')"}


def condition(where: Filter | None) -> tuple[str, tuple[str, ...]]:
    """The SQL and its values; empty where everything passes.

    >>> condition(Equals(Field.PUBLISHER, "The Gazette"))
    ('source.folded = ?', ('the gazette',))
    """
    if where is None or where == AllOf(()):
        return "", ()
    if isinstance(where, AllOf):
        parts = [part for part in map(condition, where.parts) if part[0]]
        return " AND ".join(f"({sql})" for sql, _ in parts), tuple(value for _, values in parts for value in values)
    column = _COLUMNS[where.field]
    if isinstance(where, Equals):
        return f"{column} = ?", (operand(where.field, where.value),)
    if isinstance(where, OneOf):
        values = tuple(operand(where.field, value) for value in where.values)
        # One value for all of them: a statement takes a limited number of values.
        return f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(values),)
    return _between(where, column)


def _between(where: Between, column: str) -> tuple[str, tuple[str, ...]]:
    parts, values = [f"{column} != ''"], []
    for sign, end in ((">=", where.first), ("<=", where.last)):
        if end is not None:
            parts.append(f"{column} {sign} ?")
            values.append(operand(where.field, end))
    return " AND ".join(parts), tuple(values)
