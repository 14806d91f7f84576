"""The relation of two values of one slot, as sets: labels and outcomes of the domain rule, section 4.3."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.model import Outcome, Quantity
from claimdesk.numbers.compare import compare, kind
from claimdesk.numbers.intervals import digit_slip, disjoint, inside, round_to
from claimdesk.quantities import find_quantities


def one(text: str) -> Quantity:
    """The only quantity of a phrase."""
    (found,) = find_quantities(text)
    return found


CASES = [
    # the same figure, with or without a hedge
    ("1,212 bodies", "1,212 bodies", "EQUAL", "supports"),
    ("twelve homes", "12 homes", "FORMAT_EQUAL", "supports"),
    ("1.2 billion euros", "1,200 million euros", "FORMAT_EQUAL", "supports"),
    ("15%", "about 15%", "HEDGE_DROPPED", "supports"),
    ("exactly 15%", "about 15%", "PRECISION_OVERCLAIM", "silent"),
    ("12 people", "at least 12 people", "BOUND_DROPPED", "silent"),
    ("500 troops", "up to 500 troops", "BOUND_DROPPED", "silent"),
    ("up to 500 troops", "no more than 500 troops", "BOUND_OK", "supports"),
    # rounding without a hedge: a note to 2.5%, nothing to 10%, then a conflict
    ("1,200 bodies", "1,212 bodies", "ROUNDED_UNHEDGED", "supports"),
    ("6%", "6.3%", "ROUNDED_COARSE", "silent"),
    ("1,000 bodies", "1,212 bodies", "EXACT_CONFLICT", "conflicts"),
    ("exactly 1,200 bodies", "1,212 bodies", "EXACT_CONFLICT", "conflicts"),
    ("1,212 bodies", "some 1,200 bodies", "PRECISION_OVERCLAIM", "silent"),
    # hedges have directions
    ("about 1,200 bodies", "1,212 bodies", "HEDGE_OK", "supports"),
    ("nearly 1,000 people", "962 people", "HEDGE_OK", "supports"),
    ("nearly 1,000 people", "1,034 people", "HEDGE_VIOLATED", "conflicts"),
    ("just over 40 homes", "63 homes", "HEDGE_VIOLATED", "conflicts"),
    # bounds
    ("more than 1,200 bodies", "1,212 bodies", "BOUND_OK", "supports"),
    ("more than 1,212 bodies", "1,212 bodies", "BOUND_VIOLATED", "conflicts"),
    ("at least 1,212 bodies", "1,212 bodies", "BOUND_OK", "supports"),
    ("more than 100 bodies", "1,212 bodies", "BOUND_WEAK", "supports"),
    ("at least 15 people", "at least 12 people", "BOUND_STRENGTHENED", "silent"),
    ("as many as 900 species", "740 species", "CEILING_LOOSE", "silent"),
    ("as many as 600 species", "740 species", "BOUND_VIOLATED", "conflicts"),
    # ranges and vague words
    ("between 5,000 and 6,000 people", "5,400 people", "RANGE_OK", "supports"),
    ("between 5,000 and 6,000 people", "6,300 people", "RANGE_VIOLATED", "conflicts"),
    ("5,400 people", "5,000 to 6,000 people", "PRECISION_OVERCLAIM", "silent"),
    ("dozens of homes", "34 homes", "QUANTIFIER_OK", "supports"),
    ("hundreds of homes", "84 homes", "QUANTIFIER_CONFLICT", "conflicts"),
    ("several officers", "two officers", "QUANTIFIER_SOFT", "silent"),
    ("no one was hurt", "three people", "ZERO_CONFLICT", "conflicts"),
    # shares
    ("one in five pupils", "20% of pupils", "RATIO_OK", "supports"),
    ("one in five pupils", "28% of pupils", "RATIO_CONFLICT", "conflicts"),
    ("nearly a third of voters", "31.5% of voters", "HEDGE_OK", "supports"),
    # units
    ("10 miles", "16 kilometers", "UNIT_CONVERTED_OK", "supports"),
    ("six feet", "1.83 meters", "UNIT_CONVERTED_OK", "supports"),
    ("5 miles", "5 kilometers", "UNIT_MISMATCH", "conflicts"),
    ("$40 million", "40 million euros", "UNIT_MISMATCH", "conflicts"),
    ("$40 million", "30 million euros", "UNIT_MISMATCH", "silent"),
    ("2 percent", "2 percentage points", "PCT_VS_PP", "conflicts"),
    # slips of the pen
    ("1,221 bodies", "1,212 bodies", "DIGIT_SLIP", "conflicts"),
    ("12,120 bodies", "1,212 bodies", "MAGNITUDE_SLIP", "conflicts"),
    ("1.2 billion euros", "1.2 trillion euros", "MAGNITUDE_SLIP", "conflicts"),
    # scores
    ("3-1", "3-1", "EQUAL", "supports"),
    ("3-2", "3-1", "EXACT_CONFLICT", "conflicts"),
]


@pytest.mark.parametrize(("claim", "source", "label", "outcome"), CASES)
def test_relation(claim: str, source: str, label: str, outcome: str) -> None:
    relation = compare(one(claim), one(source))
    assert relation is not None
    assert (relation.label, relation.outcome.value) == (label, outcome)


def test_rounding_is_not_allowed_in_quotation_marks() -> None:
    relation = compare(one("1,200 bodies"), one("1,212 bodies"), quoted=True)
    assert relation is not None
    assert relation.outcome is Outcome.CONFLICTS


@pytest.mark.parametrize(("left", "right"), [("40 homes", "40%"), ("40 homes", "40 km"), ("40 km", "$40")])
def test_other_kinds_are_not_compared(left: str, right: str) -> None:
    assert kind(one(left)) != kind(one(right))
    assert compare(one(left), one(right)) is None


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_two_bare_counts_never_support_beyond_rounding(left: int, right: int) -> None:
    relation = compare(one(f"{left:,} bodies"), one(f"{right:,} bodies"))
    assert relation is not None
    if relation.outcome is Outcome.SUPPORTS:
        assert abs(left - right) <= right * 0.025


@given(st.integers(2, 10**7), st.integers(2, 10**7))
def test_a_set_is_never_both_inside_and_apart(left: int, right: int) -> None:
    claim, source = one(f"more than {left:,} bodies"), one(f"{right:,} bodies")
    assert not (inside(source, claim) and disjoint(source, claim))


def test_slips_need_the_same_length() -> None:
    assert digit_slip(Decimal(23), Decimal(32)) == "two digits swapped"
    assert digit_slip(Decimal(23), Decimal(320)) == ""
    assert digit_slip(Decimal(24), Decimal(23)) == ""


def test_halves_round_up() -> None:
    assert round_to(Decimal(1250), Decimal(100)) == 1300
