"""Fitting one list of words into another."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.language.align import MAX_CELLS, fit


def words(text: str) -> list[str]:
    return text.split()


def missing(needle: str, hay: str) -> list[str]:
    """The hay words inside the fit that the needle leaves out."""
    source = words(hay)
    found = fit(words(needle), source)
    assert found is not None
    return [source[there] for mine, there in found.pairs if mine is None and there is not None]


@pytest.mark.parametrize(
    ("needle", "hay", "left_out"),
    [
        ("b c", "a b c d", []),  # verbatim
        ("we sell it", "today we will sell it here", ["will"]),  # one word dropped
        ("a b y z", "a b c d e f g h y z", list("cdefgh")),  # a long cut stays one cut
        ("we sail and they go", "we sail far north and nobody minds and they go", words("far north and nobody minds")),
    ],
)  # fmt: skip
def test_words_left_out_are_shown_exactly(needle: str, hay: str, left_out: list[str]) -> None:
    assert missing(needle, hay) == left_out


def test_a_changed_word_stands_beside_its_source() -> None:
    found = fit(words("the lock is broken"), words("and the door is broken now"))
    assert found is not None
    assert (1, 2) in found.pairs
    assert found.cost == 10


def test_an_added_word_has_no_partner() -> None:
    found = fit(words("we will always pay"), words("we will pay"))
    assert found is not None
    assert (2, None) in found.pairs


def test_blanks_take_any_words_or_none() -> None:
    for hay in ("we sell the old harbor today", "we sell today"):
        found = fit(words("we sell [] [] [] [] today"), words(hay), wild={2, 3, 4, 5})
        assert found is not None
        assert found.cost == 0


def test_optional_words_may_be_missing() -> None:
    found = fit(words("we sell (soon) today"), words("we sell today"), optional={2})
    assert found is not None
    assert found.cost <= 1


def test_named_positions_count_as_equal() -> None:
    found = fit(words("a d shame"), words("a damn shame"), same={1: [1]})
    assert found is not None
    assert found.cost == 0


def test_first_and_last_of_equal_places() -> None:
    hay = words("x a b x a b x")
    first, last = fit(["a", "b"], hay), fit(["a", "b"], hay, latest=True)
    assert first is not None
    assert last is not None
    assert (first.start, last.start) == (1, 4)


def test_nothing_fits_into_nothing() -> None:
    assert fit([], ["a"]) is None
    assert fit(["a"], []) is None
    assert fit(["a"] * 2_001, ["a"] * (MAX_CELLS // 2_000)) is None


TEXT = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=30)


@given(TEXT, TEXT)
def test_pairs_run_through_both_sides_in_order(needle: list[str], hay: list[str]) -> None:
    found = fit(needle, hay)
    assert found is not None
    mine = [left for left, _ in found.pairs if left is not None]
    theirs = [right for _, right in found.pairs if right is not None]
    assert mine == list(range(len(needle)))
    assert theirs == list(range(theirs[0], theirs[-1] + 1)) if theirs else True
    assert found.cost >= 0


@given(TEXT, st.data())
def test_a_stretch_of_the_hay_fits_free_of_cost(hay: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(hay) - 1))
    end = data.draw(st.integers(start + 1, len(hay)))
    found = fit(hay[start:end], hay)
    assert found is not None
    assert found.cost == 0


def test_long_texts_take_no_time() -> None:
    hay = [str(number * 7919 % 1009) for number in range(2_000)]
    start = time.perf_counter()
    found = fit(hay[900:1_100], hay)
    assert found is not None
    assert found.cost == 0
    assert time.perf_counter() - start < 1
