import hypothesis.strategies as st
import pytest
from hypothesis import given

from claimdesk.language.text import fold, normal, paragraphs, trim, words
from claimdesk.model import Span


@given(st.text())
def test_folding_never_moves_an_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_words_and_paragraphs_are_spans_of_the_text_in_order(text):
    found = words(text)
    assert all(normal(word.span.of(text)) == word.norm for word in found)
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))
    blocks = paragraphs(text)
    assert all(block.of(text) == block.of(text).strip() != "" for block in blocks)
    assert all(a.end <= b.start for a, b in zip(blocks, blocks[1:], strict=False))


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("don’t", "don't"),  # curly apostrophe
        ("co\u00adoperate", "cooperate"),  # soft hyphen inside a word
        ("1\u200b212", "1212"),  # zero-width space inside a figure
        ("Zelenský", "zelensky"),  # accents
    ],
)
def test_words_that_only_look_different_are_the_same(written, same_as):
    assert normal(written) == normal(same_as)


def test_windows_line_ends_separate_paragraphs():
    assert [span.of("One.\r\n\r\nTwo.") for span in paragraphs("One.\r\n\r\nTwo.")] == ["One.", "Two."]


def test_trimming_blank_text_leaves_nothing():
    assert trim("a   b", Span(1, 4)) is None
