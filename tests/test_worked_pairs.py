"""The worked pairs of numbers and quotes: every one of them gets the verdict that its author wrote down.

They lie outside the project. Set CLAIMDESK_SHARED to the folder that holds ``cases/``.
"""

import pytest
from pinned import figures_of, shared_folder


@pytest.mark.parametrize(("name", "count"), [("number_cases", 96), ("quote_cases", 60)])
def test_every_worked_pair_is_right(name, count):
    figures = figures_of(shared_folder() / "cases" / f"{name}.jsonl")
    assert (figures["n"], figures["right"], figures["false_support"]) == (count, count, 0)
