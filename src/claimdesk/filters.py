"""Which sources are searched, as data: each store compiles a filter into its own language, none takes free text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claimdesk.model import Meta


class Field(StrEnum):
    """What a filter can ask about."""

    SOURCE = "source"
    PUBLISHER = "publisher"
    DATE = "date"


Value = str | date


@dataclass(frozen=True, slots=True)
class Equals:
    """The field has this value; publishers are compared without regard to case and spacing."""

    field: Field
    value: Value


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field has one of these values; of none, nothing passes."""

    field: Field
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The field lies between two values, both included; None is open. An unknown date lies nowhere."""

    field: Field
    first: Value | None = None
    last: Value | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; of no parts, everything passes."""

    parts: tuple[Filter, ...]


Filter = Equals | OneOf | Between | AllOf


def choose(publishers: Sequence[str] = (), since: date | None = None, until: date | None = None) -> Filter | None:
    """The filter of what a person chooses: some publishers, a first day, a last day; None where nothing is chosen.

    >>> choose(["The Tarn Gazette"])
    AllOf(parts=(OneOf(field=<Field.PUBLISHER: 'publisher'>, values=('The Tarn Gazette',)),))
    >>> choose() is None
    True
    """
    parts: list[Filter] = []
    if publishers:
        parts.append(OneOf(Field.PUBLISHER, tuple(publishers)))
    if since or until:
        parts.append(Between(Field.DATE, since, until))
    return AllOf(tuple(parts)) if parts else None


def key(value: Value) -> str:
    """A value as stores compare it: days as YYYY-MM-DD, words folded.

    >>> key("  The  TARN Gazette"), key(date(2025, 6, 2))
    ('the tarn gazette', '2025-06-02')
    """
    return value.isoformat() if isinstance(value, date) else " ".join(value.casefold().split())


def operand(field: Field, value: Value) -> str:
    """A filter's value as its field is compared: ids stay as they are, the rest is folded by ``key``."""
    return str(value) if field is Field.SOURCE else key(value)


def passes(where: Filter | None, source_id: str, meta: Meta) -> bool:
    """Whether a source passes a filter: what every store's own compilation must agree with."""
    if where is None:
        return True
    if isinstance(where, AllOf):
        return all(passes(part, source_id, meta) for part in where.parts)
    own = {
        Field.SOURCE: source_id,
        Field.PUBLISHER: key(meta.publisher),
        Field.DATE: key(meta.date) if meta.date else "",
    }[where.field]
    if isinstance(where, Equals):
        return own == operand(where.field, where.value)
    if isinstance(where, OneOf):
        return own in {operand(where.field, value) for value in where.values}
    low = where.first is None or own >= operand(where.field, where.first)
    high = where.last is None or own <= operand(where.field, where.last)
    return bool(own) and low and high
