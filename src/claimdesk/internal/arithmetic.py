"""What may be computed with figures as they are written: each stands for the values that round to it."""

from __future__ import annotations

import re
from decimal import Decimal

from claimdesk.model import Form, Hedge, Quantity

Range = tuple[Decimal, Decimal]

_EXACT = (Hedge.NONE, Hedge.EXACTLY)
_NEAR = (Hedge.ABOUT, Hedge.NEARLY, Hedge.JUST_UNDER, Hedge.JUST_OVER)
_DIGITS = re.compile(r"\d[\d,]{0,30}(?:\.\d{1,20})?")
_ROUND_FROM = 1000  # from here a round number may stand for its neighbors


def is_plain(quantity: Quantity) -> bool:
    """One number, a count or a measure, not an order, an age, a rate or a vague word."""
    return (
        quantity.form in (Form.PLAIN, Form.PERCENT, Form.FRACTION, Form.POINTS)
        and len(quantity.values) == 1
        and not quantity.soft
        and quantity.per is None
    )


def spread(quantity: Quantity) -> Range | None:
    """The values that a written figure can stand for; None for an open bound ("more than 40").

    A count below 1,000 is itself; 1.2 million is 1.15 to 1.25 million; 25% is 24 to 26 (writers cut as well as round).
    """
    value, step = quantity.values[0], quantity.granule
    if quantity.hedge in _NEAR:
        return (quantity.low, quantity.high) if quantity.low is not None and quantity.high is not None else None
    if quantity.hedge not in _EXACT:
        return None
    if quantity.form is Form.FRACTION:
        return value * Decimal("0.95"), value * Decimal("1.05")
    if quantity.unit in ("percent", "pp"):
        half = (
            Decimal(1)
            if value == value.to_integral_value() and step >= 1
            else max(min(step, Decimal("0.1")), Decimal("0.05"))
        )
        return value - half, value + half
    half = _half(quantity.text, abs(value), step)
    return value - half, value + half


def _half(text: str, value: Decimal, step: Decimal) -> Decimal:
    """Half the step of a bare figure: 0.5 million for 30 million, 0.05 for 3.4, at most 1% of a plain 1,200."""
    written = _DIGITS.search(text)
    if written is not None:
        digits = Decimal(written.group().replace(",", ""))
        decimals = len(written.group().partition(".")[2])
        if digits and (value != digits or decimals):
            return value / digits / 10**decimals / 2
    return min(step / 2, value / 100) if value >= _ROUND_FROM and step >= 10 else Decimal(0)


def add(parts: list[Range]) -> Range:
    """The sum of ranges."""
    return sum((low for low, _ in parts), Decimal(0)), sum((high for _, high in parts), Decimal(0))


def apart(left: Range, right: Range) -> bool:
    """Whether two ranges share no value."""
    return left[1] < right[0] or right[1] < left[0]


def share(part: Range, base: Range) -> Range | None:
    """Part of base in percent; None where the base can be zero."""
    if base[0] <= 0:
        return None
    return 100 * part[0] / base[1], 100 * part[1] / base[0]
