"""What follows from a passage by one step of arithmetic, and what must not be made to follow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claimdesk.analysis import analyze
from claimdesk.model import Form
from claimdesk.numbers.bind import bind
from claimdesk.numbers.derive import Computed, derive, duration, may_follow
from claimdesk.quantities import find_quantities


def results(text: str) -> list[Computed]:
    return list(derive(bind(analyze(text).view())))


def values(text: str, unit: str | None = None, form: Form | None = None) -> set[Decimal]:
    return {
        each.bound.quantity.values[0]
        for each in results(text)
        if each.bound.quantity.unit == unit and (form is None or each.bound.quantity.form is form)
    }


def test_change_gives_difference_percent_and_factor() -> None:
    text = "Asylum claims rose from 240 to 480."
    assert Decimal(240) in values(text)
    assert Decimal(100) in values(text, "percent")
    assert Decimal(2) in values(text, form=Form.MULTIPLE)


def test_change_of_a_rate_is_in_points() -> None:
    text = "The tax rose from 8% to 10%."
    assert Decimal(2) in values(text, "pp")
    assert Decimal(25) in values(text, "percent")


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("22 adults and 15 children were hurt in the derailment.", 37),
        ("Twenty cars and five buses were damaged.", 25),
    ],
)
def test_joined_parts_add_up(text: str, total: int) -> None:
    assert Decimal(total) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "27 people, including 4 children, were killed.",  # a subset adds nothing
        "The fire destroyed 300 homes and 12 people died.",  # two events
        "Three men bought five apples.",  # no common kind
    ],
)
def test_what_is_no_sum(text: str) -> None:
    assert values(text) == set()


def test_share_and_share_of_base() -> None:
    assert Decimal(15) in values("27 of the 180 bodies were identified.", "percent")
    text = "Of the 6,000 bodies, about 15% had been identified."
    (found,) = [each for each in results(text) if each.bound.quantity.unit is None]
    assert found.bound.quantity.values == (Decimal(900),)
    assert not found.exact  # the hedge of an input is the hedge of the result
    assert found.arithmetic == "15% of 6,000 = 900"


def test_each_of_two_sides() -> None:
    assert Decimal(2000) in values("Each side freed 1,000 prisoners.")


@pytest.mark.parametrize(
    ("length", "stretch", "agrees"),
    [
        ("three months", "from March 4, 2024 to June 6, 2024", True),
        ("two months", "from March 4, 2024 to June 6, 2024", False),
        ("13 weeks", "from March 4, 2024 to June 6, 2024", True),
    ],
)
def test_duration(length: str, stretch: str, agrees: bool) -> None:
    (quantity,) = find_quantities(length)
    found = duration(quantity, analyze(f"It ran {stretch}.").dates)
    assert found is not None
    assert found[2] is agrees


def test_no_duration_without_a_stretch() -> None:
    (quantity,) = find_quantities("three months")
    assert duration(quantity, ()) is None


@pytest.mark.parametrize(
    ("claim", "source", "steps"),
    [
        ("He has 16 coins now.", "He had 9 coins in a box, and his aunt gave him 7 coins.", "9 + 7 = 16"),
        ("She has six kittens.", "The cat had eight kittens, and she gave two of them away.", "8 - 2 = 6"),
        (
            "They sold 14 cakes.",
            "They sold five cakes on Monday, six cakes on Friday and three cakes on Sunday.",
            "= 14",
        ),
        ("He has 17 coins now.", "He had 9 coins in a box, and his aunt gave him 7 coins.", ""),
        ("He has 9 coins now.", "He had 9 coins, lost 4 coins and found 5 coins.", ""),  # it stands there
        ("The tax is 16%.", "He had 9 coins in a box, and his aunt gave him 7 coins.", ""),
        ("Unemployment rose to 9%.", "Unemployment rose to 5%, from 4% a year earlier.", ""),
        ("Tickets cost $18.", "Tickets cost $12, and $6 for children.", ""),  # no counts of things
        ("Ana Ruiz scored three goals.", "Ana Ruiz scored one goal and Mia Kern scored two goals.", ""),
        ("Ana Ruiz scored three goals.", "Ana Ruiz scored one goal on Monday and two goals on Friday.", "2 + 1 = 3"),
        ("The firm paid 10 fines.", "Five fines were paid. The five fines went to the state.", ""),  # one figure twice
        ("He has 16 coins.", "He had more than 9 coins, and his aunt gave him 7 coins.", ""),
        ("More than 16 coins are there.", "He had 9 coins in a box, and his aunt gave him 7 coins.", ""),
    ],
)
def test_what_may_follow_from_figures_of_one_kind(claim: str, source: str, steps: str) -> None:
    (ours,) = bind(analyze(claim).view())
    found = may_follow(ours, bind(analyze(source).view()))
    assert (steps in found) if steps else not found
