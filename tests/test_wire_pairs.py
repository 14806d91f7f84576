"""Floors on plain rewordings: 30 wire sentences, each with claims in slightly other words.

The figures are of ``claimdesk bench pairs tests/tables/wire_pairs.jsonl``. It was written and measured before the judge
was taught sentences of this sort: 71 of 111 right, 30 of 52 supports, 3 of these called conflicts, no conflict called
supported. Neither rules nor training were made from it.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
from pinned import assert_untaught, figures_of

WIRE_PAIRS = Path(__file__).parent / "tables" / "wire_pairs.jsonl"
ROWS = [json.loads(line) for line in WIRE_PAIRS.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def figures():
    return figures_of(WIRE_PAIRS)


def test_the_set_is_the_one_that_the_floors_were_measured_on():
    assert (
        hashlib.sha256(WIRE_PAIRS.read_bytes()).hexdigest()
        == "a62d701024ecbca4f891625713b1070dd3850f6a42bde193ccb05d0bd5581895"
    )
    assert Counter(row["label"] for row in ROWS) == {"supports": 52, "conflicts": 42, "nei": 17}


def test_nothing_of_it_was_trained_on():
    assert_untaught(ROWS)


def test_no_conflict_is_called_supported(figures):
    assert figures["false_support"] == 0
    assert figures["false_support_all"] == 0  # 3 when first measured: a figure agreed in a claim that adds something


def test_plain_rewordings_are_found(figures):
    assert figures["right"] >= 80
    assert figures["support_recall"] >= 0.68
