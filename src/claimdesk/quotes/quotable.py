"""What marked words are: a clause, a fragment, or no quote at all but a name, a title, a term."""

from __future__ import annotations

import re

from claimdesk.language.marks import Marked
from claimdesk.language.parse import Parsed
from claimdesk.model import QuoteType, Span
from claimdesk.quotes.attribution import Attribution, is_finite, near
from claimdesk.quotes.cues import cue_table

_WORDS = re.compile(r"[\w’'-]+")
_SMALL = frozenset(
    {"a", "an", "the", "of", "for", "on", "in", "at", "to", "and", "or", "but", "by", "with", "from", "as", "is"}
)


def words_in(text: str) -> list[str]:
    """The words of some text, apostrophes and hyphens kept."""
    return _WORDS.findall(text)


def kind_of(parsed: Parsed, mark: Marked, by: Attribution | None) -> QuoteType:
    """Direct for a finite clause or a whole utterance (“Never,” she said), else partial."""
    inner = mark.inner.of(parsed.text)
    for token in parsed.tokens(mark.inner):
        if token.pos_ in ("VERB", "AUX") and is_finite(token) and mark.inner.start <= token.idx < mark.inner.end:
            subjects = (c for c in near(token.children) if c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj"))
            if any(mark.inner.start <= subject.idx < mark.inner.end for subject in subjects):
                return QuoteType.DIRECT
    opening = inner.lstrip("… .[(")[:1]
    whole = inner.rstrip()[-1:] in ".,!?…-—" and (opening.isupper() or opening.isdigit())
    if whole and (len(words_in(inner)) > 2 if by is None else is_adjacent(parsed.text, mark, by)):
        return QuoteType.DIRECT
    return QuoteType.PARTIAL


def is_adjacent(text: str, mark: Marked, by: Attribution) -> bool:
    """Whether only punctuation stands between marks and the attribution's words."""
    if by.cue.span.start >= mark.outer.end:
        gap = text[mark.outer.end : by.clause.start]
    else:
        gap = text[by.cue.span.end : mark.outer.start]
        if gap.rstrip().endswith((":", ",")):
            return True
    return gap.strip(" ,:;.—–-\n") in ("", "that")


def is_title(text: str, mark: Marked) -> bool:
    """Title Case throughout: the name of a work, an operation, an organization.

    >>> is_title("the film “A Long Way Home”", Marked(Span(9, 26), Span(10, 25)))
    True
    """
    inner = mark.inner.of(text)
    words = [word for word in words_in(inner) if word.casefold() not in _SMALL]
    capital = all(word[:1].isupper() or word[:1].isdigit() for word in words)
    return bool(words) and capital and inner.upper() != inner


def is_term(text: str, mark: Marked) -> bool:
    """Whether marked words without an attribution are a name, a term or scare quotes: the so-called “gray list”."""
    words = words_in(mark.inner.of(text))
    before = words_in(text[max(0, mark.outer.start - 40) : mark.outer.start])
    named = bool(before) and before[-1].casefold() in cue_table().naming and len(words) <= 10
    return named or len(words) <= 3 or is_title(text, mark)


def headline_of(parsed: Parsed) -> Span | None:
    """The first paragraph when it is a short line without a final point."""
    if not parsed.paragraphs:
        return None
    first = parsed.paragraphs[0]
    line = first.of(parsed.text)
    ends = line.rstrip("”’\"' ")[-1:] in ".!?,;"
    return None if ends or len(line) >= 160 or "\n" in line else first
