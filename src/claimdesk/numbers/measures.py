"""Two values in different units: the source's in the claim's unit, or what the difference of units means."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from claimdesk.model import Hedge, Outcome, Quantity
from claimdesk.numbers.intervals import off, round_to
from claimdesk.numbers.relation import ROUNDED, Relation
from claimdesk.quantities.units import convert, dimension


def converted(claim: Quantity, source: Quantity) -> Quantity | None:
    """The source in the claim's unit; None when no fixed factor leads there (currencies, points and percent)."""
    if claim.unit == source.unit:
        return source
    if claim.unit is None or source.unit is None or {claim.unit, source.unit} == {"percent", "pp"}:
        return None
    if not source.values or dimension(claim.unit) is None or dimension(claim.unit) != dimension(source.unit):
        return None
    ours, theirs = claim.unit, source.unit

    def turn(value: Decimal) -> Decimal:
        return convert(value, theirs, ours)

    ends = sorted(turn(end) for end in (source.low, source.high) if end is not None)
    low = ends[0] if source.low is not None else None
    high = ends[-1] if source.high is not None else None
    values = tuple(turn(value) for value in source.values)
    step = abs(turn(source.values[0] + source.granule) - values[0])
    return replace(source, low=low, high=high, values=values, granule=step, unit=claim.unit)


def other_unit(claim: Quantity, source: Quantity) -> Relation | None:
    """What it means that no factor leads from one unit to the other: equal figures are a mix-up of units."""
    same = claim.values == source.values
    if {claim.unit, source.unit} == {"percent", "pp"}:
        if same:
            return Relation(Outcome.CONFLICTS, "PCT_VS_PP", "percent and percentage points are different steps")
        return Relation(Outcome.SILENT, "PCT_VS_PP", "percent and percentage points are different steps")
    if same and claim.unit and source.unit:
        return Relation(Outcome.CONFLICTS, "UNIT_MISMATCH", f"{claim.unit} is not {source.unit}")
    return Relation(Outcome.SILENT, "UNIT_MISMATCH", "the units cannot be compared")


def same_measure(claim: Quantity, source: Quantity) -> bool:
    """Converted values agree within 1%, or the source rounds to the claim's own step within 2.5%.

    10 miles and 16 km agree (16.09); 5 miles and 8.5 km do not.
    """
    if (
        claim.hedge is not Hedge.NONE
        or source.hedge is not Hedge.NONE
        or len(claim.values) != 1
        or len(source.values) != 1
    ):
        return False
    left, right = claim.values[0], source.values[0]
    apart = off(left, right)
    return apart <= Decimal("0.01") or (apart <= ROUNDED and round_to(right, claim.granule) == left)


def middle(quantity: Quantity) -> Decimal:
    """The written value, or the lower end where none is."""
    return quantity.values[0] if quantity.values else quantity.low or Decimal(0)
