"""Characters and words: fold a text without moving an offset, cut it into paragraphs and words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from claimdesk.model import Span

# One character in, one character out: offsets into the folded copy are offsets into the text.
_FOLDS = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2008\u2009\u200a\u202f\u2002\u2003\u3000\t\x0b\x0c\x85", " "),
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
        "\u2015": "\u2014",
        **dict.fromkeys(map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]), " "),
        "\ufeff": " ",
        **{chr(code): " " for code in [*range(0x09), *range(0x0E, 0x20), 0x7F]},
    }
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"[^\W_]+(?:[.,:/'’\u00ad-](?=[^\W_])[^\W_]+)*|[%‰°$€£¥]", re.UNICODE)
_REMEMBERED = 1_000  # characters: sentences are asked for again and again, whole documents are not
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*|\r\n[^\S\n]*\r\n\s*")


def fold(text: str) -> str:
    r"""A copy of the same length with plain quotation marks, hyphens and spaces and no control characters.

    >>> fold("“1\u00a0212” soldiers’")
    '"1 212" soldiers\''
    """
    return text.translate(_FOLDS)


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""The paragraphs of a text: stretches between blank lines, without the white space at their ends.

    >>> paragraphs("One.\n\n Two.")
    (Span(start=0, end=4), Span(start=7, end=11))
    """
    found, start = [], 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if trimmed := trim(text, Span(start, end)):
            found.append(trimmed)
        start = gap.end() if gap else end
    return tuple(found)


def trim(text: str, span: Span) -> Span | None:
    """The span without white space at its ends; None when nothing is left."""
    piece = span.of(text)
    stripped = piece.strip()
    if not stripped:
        return None
    start = span.start + piece.index(stripped)
    return Span(start, start + len(stripped))


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands, and its comparable form (case, accents and glyphs folded)."""

    span: Span
    norm: str


def words(text: str, within: Span | None = None) -> list[Word]:
    """The words of a text with their comparable forms; figures keep their inner points and commas.

    >>> [word.norm for word in words("Don’t sell 1,212.5 ha")]
    ["don't", 'sell', '1,212.5', 'ha']
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    return list(_words(text, start, end)) if end - start <= _REMEMBERED else [*_each_word(text, start, end)]


@lru_cache(maxsize=2_048)
def _words(text: str, start: int, end: int) -> tuple[Word, ...]:
    return tuple(_each_word(text, start, end))


def _each_word(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        yield Word(Span(*match.span()), normal(match.group()))


@lru_cache(maxsize=20_000)
def normal(word: str) -> str:
    """The comparable form of one word: invisible characters out, glyphs and case folded, accents kept off.

    >>> normal("Zelenskýy’s")
    "zelenskyy's"
    """
    plain = _INVISIBLE.sub("", word).translate(_FOLDS)
    if plain.isascii():
        return plain.casefold()
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
