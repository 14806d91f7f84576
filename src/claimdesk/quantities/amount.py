"""One number of a text with its unit, as written, before it is joined to its neighbors and hedged."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from claimdesk.model import Form, Span


@dataclass(frozen=True, slots=True)
class Amount:
    """One number with its unit, before it is joined to its neighbors and hedged.

    ``start`` and ``end`` cover a currency sign and a unit; ``number`` covers the number words alone.
    """

    start: int
    end: int
    number: Span
    low: Decimal | None
    high: Decimal | None
    values: tuple[Decimal, ...]
    granule: Decimal
    unit: str | None = None
    form: Form = Form.PLAIN
    low_open: bool = False
    words: bool = False
    scale: Decimal = Decimal(1)
    signed: bool = False  # a currency sign stands in front
    grouped: bool = False
    soft: bool = False
    of: tuple[Decimal, Decimal] | None = None
    joined: bool = False  # a range, score, ratio or compound: never joined again

    @property
    def value(self) -> Decimal:
        """The first bare number."""
        return self.values[0]


def exact(
    start: int, end: int, value: Decimal, granule: Decimal, form: Form = Form.PLAIN, unit: str | None = None
) -> Amount:
    """An amount of one value, written from ``start`` to ``end``."""
    return Amount(start, end, Span(start, end), value, value, (value,), granule, unit, form)
