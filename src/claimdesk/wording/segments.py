"""A quotation cut at its ellipses into segments, with its brackets as blanks that the source may fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from claimdesk.language.text import fold
from claimdesk.model import Quote, QuoteType, Span
from claimdesk.wording.wording import Tok, comparable

BLANK = 4  # words of the source that one bracket may stand for (domain rule: section 3.5, step 2)

_DOTS = r"(?:\u2026|\.[ ]?\.[ ]?\.)"
_MARK = re.compile(
    rf"(?P<cut>[\[(] ?{_DOTS} ?[\])]|{_DOTS}(?:[ ]?\.)?)"
    r"|(?P<sic>[\[(]sic[\])])"
    r"|(?P<bracket>\[[^\[\]\n]{1,160}\])"
    r"|(?P<paren>\([^()\n]{1,160}\))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A reporter's bracket: where it stands, its words, and the places of its blanks in the segment."""

    span: Span
    toks: tuple[Tok, ...]
    blanks: tuple[int, ...]


@dataclass
class Segment:
    """Words of a quotation that must stand together in the source.

    ``after`` says what parts a segment from the one before: ``ellipsis``, ``pause`` (the reporter stepped in
    between two sentences, or a new paragraph), ``fragment`` (the reporter's own words) or nothing for the first.
    """

    after: str = ""
    toks: list[Tok] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    optional: set[int] = field(default_factory=set)

    @property
    def wild(self) -> frozenset[int]:
        """The places of all blanks."""
        return frozenset(place for bracket in self.brackets for place in bracket.blanks)

    @property
    def spoken(self) -> list[Tok]:
        """The words that are quoted, without the reporter's own."""
        skip = self.wild | self.optional
        return [tok for index, tok in enumerate(self.toks) if index not in skip]

    @property
    def span(self) -> Span:
        """From the first word or bracket to the last one."""
        return Span(self.toks[0].span.start, self.toks[-1].span.end)


def segments(text: str, quote: Quote) -> list[Segment]:
    """The segments of a quotation in order; those without a word are left out.

    Parts of an interrupted quotation run on when the later part continues the sentence in lower case.
    """
    found: list[Segment] = []
    current = Segment()
    for number, part in enumerate(quote.content):
        if number and quote.type is QuoteType.PARTIAL:
            found.append(current)
            current = Segment("fragment")
        elif number and _new_sentence(text, quote.content[number - 1], part):
            found.append(current)
            current = Segment("pause")
        for kind, span in _pieces(text, part):
            if kind == "cut":
                found.append(current)
                current = Segment("ellipsis")
            elif kind == "bracket":
                _add_bracket(text, current, span)
            elif kind in ("paren", "words"):
                toks = comparable(text, span)
                if kind == "paren":
                    current.optional.update(range(len(current.toks), len(current.toks) + len(toks)))
                current.toks.extend(toks)
    found.append(current)
    return [segment for segment in found if segment.spoken]


def _pieces(text: str, part: Span) -> Iterator[tuple[str, Span]]:
    """The stretches of one part: words, brackets, parentheses, cuts."""
    start = part.start
    folded = fold(text[part.start : part.end])
    for match in _MARK.finditer(folded):
        span = Span(*match.span()).shift(part.start)
        if start < span.start:
            yield "words", Span(start, span.start)
        yield match.lastgroup or "words", span
        start = span.end
    if start < part.end:
        yield "words", Span(start, part.end)


def _new_sentence(text: str, before: Span, part: Span) -> bool:
    """Whether a later part of a quotation starts a sentence of its own."""
    first = next((char for char in part.of(text) if char.isalnum()), "")
    return not first.islower() and (first != "I" or before.of(text).rstrip()[-1:] in ".!?")


def _add_bracket(text: str, segment: Segment, span: Span) -> None:
    inner = Span(span.start + 1, span.end - 1)
    blank = Tok(span, "[]")
    places = tuple(range(len(segment.toks), len(segment.toks) + BLANK))
    segment.toks.extend([blank] * BLANK)
    segment.brackets.append(Bracket(span, tuple(comparable(text, inner)), places))
