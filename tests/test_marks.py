"""Quotation marks: which characters open and close, and which are apostrophes, inches and elisions."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.language.marks import pair_marks


def inner(text: str) -> list[tuple[str, int]]:
    return [(pair.inner.of(text), pair.depth) for pair in pair_marks(text)]


CASES = [
    # Every glyph.
    ("“Go,” he said.", [("Go,", 0)]),
    ('"Go," he said.', [("Go,", 0)]),
    ("‘Go,’ he said.", [("Go,", 0)]),
    ("'Go,' he said.", [("Go,", 0)]),
    ("''Go,'' he said.", [("Go,", 0)]),
    ("„Geh“, «Va», »Los«.", [("Geh", 0), ("Va", 0), ("Los", 0)]),
    # Mixed and wrong-way glyphs.
    ('“Go," he said.', [("Go,", 0)]),
    ("”Go,” he said.", [("Go,", 0)]),
    ("(“a”), “b”—“c”", [("a", 0), ("b", 0), ("c", 0)]),
    # Nesting, American and British order.
    ("“He told me ‘no’ twice,” Lind said.", [("He told me ‘no’ twice,", 0), ("no", 1)]),
    ("‘He told me “no” twice,’ Lind said.", [("He told me “no” twice,", 0), ("no", 1)]),
    ('"I told him "no" twice," Lind said.', [('I told him "no" twice,', 0), ("no", 1)]),
    # Apostrophes.
    ("The soldiers’ kin don’t care.", []),
    ("Back in the ’90s, rock 'n' roll, 'tis said, was king.", []),
    ("“The soldiers’ families didn’t know,” Lind said.", [("The soldiers’ families didn’t know,", 0)]),
    ("‘The soldiers’ families were told,’ he said.", [("The soldiers’ families were told,", 0)]),
    ("The boys' club won the 'derby' again.", [("derby", 0)]),
    # Feet and inches.
    ("The door was 6' 2\" high.", []),
    ('"He is 6\' 2" tall," she said.', [("He is 6' 2\" tall,", 0)]),
    # Nothing between the marks.
    ('“” "" said', []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_pairs(text: str, expected: list[tuple[str, int]]) -> None:
    assert inner(text) == expected


def test_running_quote_continues_in_the_next_paragraph() -> None:
    first, second = pair_marks("“One.\n\n“Two,” she said.")
    assert (first.continues, first.unclosed) == (True, False)
    assert not second.continues


def test_running_quote_over_single_line_breaks() -> None:
    first, second = pair_marks('"One.\n"Two," she said.')
    assert first.continues and not second.continues


def test_unclosed_mark_ends_with_its_paragraph() -> None:
    text = "She said “it is over.\n\nThe end."
    (pair,) = pair_marks(text)
    assert pair.unclosed
    assert pair.inner.of(text) == "it is over."


def test_quote_after_an_unclosed_mark_is_its_own() -> None:
    text = '"It is over, he said. "We lost," she said.'
    lost = [pair for pair in pair_marks(text) if pair.inner.of(text) == "We lost,"]
    assert [(pair.depth, pair.unclosed) for pair in lost] == [(0, False)]


@given(st.text(alphabet="“”‘’\"'«»„ as.,\n9", max_size=60))
def test_pairs_lie_in_the_text_and_nest(text: str) -> None:
    pairs = pair_marks(text)
    for pair in pairs:
        assert 0 <= pair.outer.start < pair.inner.start < pair.inner.end <= pair.outer.end <= len(text)
        assert pair.depth in (0, 1)
    outermost = [pair.outer for pair in pairs if pair.depth == 0]
    assert all(a.end <= b.start for a, b in zip(outermost, outermost[1:], strict=False))


@pytest.mark.parametrize("unit", ['"', "“", "”", "'", "‘", "’", "“\"'", "s' ", ' "a', 'a"\n', "“a\n\n", "‘s’ a "])
def test_a_megabyte_of_marks_is_no_slower_per_mark(unit: str) -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        pair_marks(unit * (size // len(unit)))
        return time.process_time() - start

    assert seconds(1_000_000) < 60 * max(seconds(50_000), 0.02)
