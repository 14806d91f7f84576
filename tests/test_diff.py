"""Word diffs: what a reader sees between a quote and its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.render.diff import Change, compare_words, summarize_changes

S, A, M, B, C = Change.SAME, Change.ADDED, Change.MISSING, Change.BRACKET, Change.CUT

CASES = [
    # the same words, whatever the glyphs, case and final comma
    ("We won’t go,", "we won't go", [(S, "We won’t go")]),
    # a quote is a part of what was said: the rest of the source is not "missing"
    ("will go home", "I think we will go home on Friday", [(S, "will go home")]),
    # a word dropped without a mark, one added
    ("We will go", "We will not go", [(S, "We will"), (M, "not"), (S, "go")]),
    ("We will never go", "We will go", [(S, "We will"), (A, "never"), (S, "go")]),
    # a cut that the quote shows
    ("We will … go home", "We will surely and soon go home", [(S, "We will"), (C, "surely and soon"), (S, "go home")]),
    ("We will . . . go", "We will soon go", [(S, "We will"), (C, "soon"), (S, "go")]),
    # words of the writer in brackets, standing for a word of the source
    ("[The board] will pay", "They will pay", [(M, "They"), (B, "The board"), (S, "will pay")]),
    # a replaced word at the edge shows what stood there, but not the whole speech before it
    ("Nobody will pay", "One two three four five anybody will pay",
     [(M, "four five anybody"), (A, "Nobody"), (S, "will pay")]),
    # nothing to compare
    ("", "some words", []),
    ("…", "some words", []),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "source", "pieces"), CASES)
def test_kept_added_and_missing_words(quote: str, source: str, pieces: list[tuple[Change, str]]) -> None:
    assert [(piece.change, piece.text) for piece in compare_words(quote, source)] == pieces


@pytest.mark.parametrize(
    ("quote", "source", "line"),
    [
        ("We will go", "We will go", "Word for word."),
        ("We will not go", "We will go", "Not word for word: 1 word added."),
        ("We … go", "We shall soon go", "Word for word apart from marked edits: 2 words cut, marked."),
        ("Other words", "We shall go", "No words in common."),
    ],
)
def test_the_comparison_in_one_line(quote: str, source: str, line: str) -> None:
    assert summarize_changes(compare_words(quote, source)) == line


@given(st.text(max_size=80), st.text(max_size=80))
def test_every_piece_is_a_stretch_of_one_side(quote: str, source: str) -> None:
    for piece in compare_words(quote, source):
        assert piece.text in (source if piece.change in (M, C) else quote)


def test_very_long_texts_are_not_compared() -> None:
    assert compare_words("word " * 2000, "word " * 2000) == ()
