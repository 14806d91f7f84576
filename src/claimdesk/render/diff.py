"""The words of a quote beside the words of a source: what was kept, added, left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from claimdesk.language.text import Word, words
from claimdesk.render.markup import Html, element, escape, hidden, join
from claimdesk.render.standing import count_words

_MOST_WORDS = 600  # comparing takes the square of this
_CUT = re.compile(r"\.\s?\.\s?\.|…")
_BRACKETS = re.compile(r"\[[^\[\]]{0,200}\]")


class Change(StrEnum):
    """What happened to a run of words between source and quote."""

    SAME = "same"
    ADDED = "added"
    MISSING = "missing"
    BRACKET = "in brackets"
    CUT = "cut, marked"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with what happened to it; ``MISSING`` and ``CUT`` words stand in the source only."""

    change: Change
    text: str


def compare_words(quote: str, source: str) -> tuple[Piece, ...]:
    """The quote as runs of kept, added and missing words; empty where either side is too long to compare.

    Case, accents and glyphs do not count as changes. Words of the source before and after the quote are left
    out: a quote is always a part of what was said.

    >>> pieces = compare_words("Nobody will pay", "Anybody will ever pay it")
    >>> [(piece.change.value, piece.text) for piece in pieces]
    [('missing', 'Anybody'), ('added', 'Nobody'), ('same', 'will'), ('missing', 'ever'), ('same', 'pay')]
    """
    ours, theirs = words(quote), words(source)
    if not ours or not theirs or max(len(ours), len(theirs)) > _MOST_WORDS:
        return ()
    brackets = [match.span() for match in _BRACKETS.finditer(quote)]
    matcher = SequenceMatcher(None, [word.norm for word in ours], [word.norm for word in theirs], autojunk=False)
    pieces: list[Piece] = []
    for tag, start, end, other, other_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, _run(quote, ours[start:end])))
            continue
        if absent := _absent(theirs, other, other_end, end - start):
            pieces.append(Piece(_left_out(quote, ours, start, end), _run(source, absent)))
        pieces.extend(_added(quote, ours[start:end], brackets))
    return tuple(pieces)


def _run(text: str, run: Sequence[Word]) -> str:
    return text[run[0].span.start : run[-1].span.end]


def _absent(theirs: list[Word], start: int, end: int, replaced: int) -> list[Word]:
    """Words of the source that the quote lacks; at its ends only as many as may stand for replaced words."""
    nearby = replaced + 2 if replaced else 0
    if start == 0:
        start = max(start, end - nearby)
    if end == len(theirs):
        end = min(end, start + nearby)
    return theirs[start:end]


def _left_out(quote: str, ours: list[Word], start: int, end: int) -> Change:
    """Whether the quote shows with an ellipsis that words are missing between two of its own."""
    left = ours[start - 1].span.end if start else 0
    right = ours[end].span.start if end < len(ours) else len(quote)
    return Change.CUT if _CUT.search(quote, left, right) else Change.MISSING


def _added(quote: str, run: Sequence[Word], brackets: list[tuple[int, int]]) -> list[Piece]:
    pieces: list[tuple[Change, list[Word]]] = []
    for word in run:
        bracketed = any(start <= word.span.start < end for start, end in brackets)
        change = Change.BRACKET if bracketed else Change.ADDED
        if pieces and pieces[-1][0] is change:
            pieces[-1][1].append(word)
        else:
            pieces.append((change, [word]))
    return [Piece(change, _run(quote, found)) for change, found in pieces]


def summarize_changes(pieces: Sequence[Piece]) -> str:
    """The comparison in one line.

    >>> summarize_changes(compare_words("We will go home", "We will not go home"))
    'Not word for word: 1 word missing.'
    """
    counts = dict.fromkeys(Change, 0)
    for piece in pieces:
        counts[piece.change] += len(words(piece.text))
    parts = [f"{count_words(counts[change], 'word')} {change.value}" for change in Change if counts[change]][1:]
    if not counts[Change.SAME]:
        return "No words in common."
    if not parts:
        return "Word for word."
    unmarked = counts[Change.ADDED] or counts[Change.MISSING]
    return f"{'Not word for word' if unmarked else 'Word for word apart from marked edits'}: {', '.join(parts)}."


def render_changes(pieces: Sequence[Piece]) -> Html:
    """The comparison as ``<ins>`` and ``<del>``, readable aloud through hidden words."""
    return join((_render(piece) for piece in pieces), " ")


def _render(piece: Piece) -> Html:
    if piece.change is Change.SAME:
        return escape(piece.text)
    name = "del" if piece.change in (Change.MISSING, Change.CUT) else "ins"
    css = {"bracket": Change.BRACKET, "cut": Change.CUT}
    marked = next((f"cd-{key}" for key, change in css.items() if change is piece.change), None)
    return join(
        [hidden(f" ({piece.change.value}: "), element(name, piece.text, class_=marked), hidden(") ")],
    )
