"""The quantity parser: tables of phrases with their value sets, and properties that hold for any text."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.model import Form, Hedge, Quantity
from claimdesk.quantities import find_quantities

TABLES = Path(__file__).parent / "tables"


def rows(name: str) -> list[tuple[str, str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs]


def parse_expected(cell: str) -> tuple[str, tuple[Decimal | None, Decimal | None, bool, bool] | str, str]:
    """One expected quantity: its unit, its ends (or the pair of a score), and the base of its rate."""
    cell, _, per = (part.strip() for part in cell.partition(" / "))
    value, _, unit = cell.partition(" ")
    if unit in ("score", "odds"):
        return unit, value, per
    low_open, high_open = value.startswith("("), value.endswith(")")
    value = value.strip("()")
    low, dots, high = value.partition("..")
    if not dots:
        high = low
    return unit, (Decimal(low) if low else None, Decimal(high) if high else None, low_open, high_open), per


def shown(quantity: Quantity) -> tuple[str, tuple[Decimal | None, Decimal | None, bool, bool] | str, str]:
    """What was found, in the terms of the tables."""
    per = quantity.per or ""
    if quantity.form in (Form.SCORE, Form.ODDS):
        mark = "-" if quantity.form is Form.SCORE else ":"
        return quantity.form.value, mark.join(str(value) for value in quantity.values), per
    unit = quantity.unit or ""
    if quantity.form is Form.ORDINAL:
        unit = "ordinal"
    elif quantity.form is Form.MULTIPLE:
        unit = "x"
    elif quantity.form is Form.AGE:
        unit += " age"
    return unit, (quantity.low, quantity.high, quantity.low_open, quantity.high_open), per


def near(one: object, other: object) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= max(abs(other), Decimal(1)) * Decimal("0.00002")
    return one == other


def agrees(expected: str, found: tuple[Quantity, ...]) -> bool:
    cells = [parse_expected(cell.strip()) for cell in expected.split(";") if cell.strip()]
    if len(cells) != len(found):
        return False
    for (unit, ends, per), quantity in zip(cells, found, strict=True):
        found_unit, found_ends, found_per = shown(quantity)
        if unit != found_unit or per != found_per:
            return False
        if isinstance(ends, str) or isinstance(found_ends, str):
            if ends != found_ends:
                return False
        elif not all(near(a, b) for a, b in zip(ends, found_ends, strict=True)):
            return False
    return True


def failures(name: str) -> tuple[list[str], int]:
    table, wrong = rows(name), []
    for text, expected in table:
        found = find_quantities(text)
        if not agrees(expected, found):
            got = "; ".join(f"{q.text!r}={q.low}..{q.high} {q.unit} {q.form} {q.hedge} {q.per or ''}" for q in found)
            wrong.append(f"{text}\n    expected {expected or 'nothing'}\n    found    {got or 'nothing'}")
    return wrong, len(table)


@pytest.mark.parametrize(("name", "floor"), [("quantities.tsv", 0.98), ("quantities_blind.tsv", 0.95)])
def test_tables_of_phrases_are_read(name: str, floor: float) -> None:
    wrong, total = failures(name)
    print(f"\n{name}: {total - len(wrong)} of {total}")
    print("\n".join(wrong))
    assert (total - len(wrong)) / total >= floor
