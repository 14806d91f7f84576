"""Floors of the judge on a small open set of its own: lowering one is a visible act.

The figures are of ``claimdesk bench pairs tests/tables/floor_pairs.jsonl``; the set was written before the judge was
trained and is never trained on.
"""

import hashlib
from pathlib import Path

import pytest
from pinned import figures_of

FLOOR_PAIRS = Path(__file__).parent / "tables" / "floor_pairs.jsonl"


@pytest.fixture(scope="module")
def figures():
    return figures_of(FLOOR_PAIRS)


def test_the_set_is_the_one_that_the_floors_were_measured_on():
    digest = hashlib.sha256(FLOOR_PAIRS.read_bytes()).hexdigest()
    assert digest == "4a35a6dbf8936223cc9b2e2567b02823f02994001ba176c3eace61dbc6dd1eec"


def test_false_support_stays_low(figures):
    assert figures["false_support"] <= 3  # of 50 conflicting pairs
    assert figures["false_support_all"] <= 3  # of 100 pairs that do not support


def test_what_is_decided_is_mostly_right(figures):
    assert figures["support_precision"] >= 0.85
    assert figures["accuracy"] >= 0.50
