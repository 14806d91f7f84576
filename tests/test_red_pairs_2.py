"""Floors on a red team's set of wire copy: news passages, summaries, entailment of numbers, dates, near topics.

All of it is invented, and was written before the rules were looked at. A passage lies wholly in one half, by a hash of
its group: the errors of half A were looked at while the rules were mended, half B was only measured.
"""

import hashlib
import json
from pathlib import Path

import pytest
from pinned import figures_of

from claimdesk.bench.rows import half_of

TABLE = Path(__file__).parent / "tables" / "red_pairs_2.jsonl"


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """The figures of each half, by its letter."""
    folder = tmp_path_factory.mktemp("red")
    found = {}
    for half in "AB":
        lines = [line for line in TABLE.read_text("utf-8").splitlines() if json.loads(line)["half"] == half]
        path = folder / f"{half}.jsonl"
        path.write_text("\n".join(lines), "utf-8")
        found[half] = figures_of(path)
    return found


def test_the_set_is_the_one_that_the_floors_were_measured_on():
    assert (
        hashlib.sha256(TABLE.read_bytes()).hexdigest()
        == "21d8ce837aac183245c980973494aa73a20bb5f7284bb1c76bdc46244af28cde"
    )
    rows = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
    assert all(row["half"] == half_of(row["group"]) for row in rows)


def test_the_open_half_has_nothing_false_called_supported_by_a_rule(figures):
    assert figures["A"]["n"] == 135
    assert figures["A"]["false_support"] == 0  # 5 of 64 when first measured
    assert figures["A"]["false_support_all"] <= 1  # of 82, by the trained judge
    # 68 when first measured; 98, 94, 87 and now 91 with the judges since: thresholds that keep false support down leave
    # more pairs open (lowered for the second and the third).
    assert figures["A"]["right"] >= 90


def test_the_blind_half_keeps_what_it_has(figures):
    assert figures["B"]["n"] == 178
    # Of 88: 6 when first measured, 3 with the judge before, 1 with today's.
    assert figures["B"]["false_support"] <= 1
    # 90 when first measured; 93, 84, 78 and now 79 with the judges since (lowered for two of them, see above).
    assert figures["B"]["right"] >= 78
