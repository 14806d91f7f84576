"""The worked pairs of numbers and quotes: every one of them gets the verdict that its author wrote down.

They lie outside the project. Set CLAIMDESK_SHARED to the folder that holds ``cases/``.
"""

import os
from pathlib import Path

import pytest

from claimdesk.bench.pairs import bench_pairs


@pytest.mark.parametrize(("name", "count"), [("number_cases", 96), ("quote_cases", 60)])
def test_every_worked_pair_is_right(name, count):
    shared = os.environ.get("CLAIMDESK_SHARED")
    if not shared:
        pytest.skip("CLAIMDESK_SHARED is not set")
    (figures,) = bench_pairs([Path(shared) / "cases" / f"{name}.jsonl"])["files"]
    assert (figures["n"], figures["right"], figures["false_support"]) == (count, count, 0)
