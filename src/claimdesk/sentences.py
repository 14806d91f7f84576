"""Sentences as spans, by rules that know abbreviations, initials, decimals and quotation marks."""

from __future__ import annotations

import re

from claimdesk.marks import Marked, pair_marks
from claimdesk.model import Span
from claimdesk.text import paragraphs, trim

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev hon gen col maj capt lt sgt cpl adm gov sen rep pres supt st mt ft jr sr vs v no nos vol "
    "fig figs ca cf al eds ed etc inc ltd corp co bros dept est approx min max jan feb mar apr jun jul aug sep sept "
    "oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m u.s u.k u.n e.u d.c i.e e.g ph.d".split()
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"[\w.'’-]*$")


def sentences(text: str, marks: tuple[Marked, ...] | None = None) -> tuple[Span, ...]:
    """The sentences of a text in order; none crosses a paragraph.

    >>> [span.of("Mr. Lee won. He left at 5 p.m. on Friday.") for span in sentences("Mr. Lee won. He left at 5 p.m. on Friday.")]
    ['Mr. Lee won.', 'He left at 5 p.m. on Friday.']
    """
    pairs = pair_marks(text) if marks is None else marks
    found: list[Span] = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        for match in _END.finditer(text, paragraph.start, paragraph.end):
            if _ends_sentence(text, match, paragraph, pairs):
                if span := trim(text, Span(start, match.end())):
                    found.append(span)
                start = match.end()
        if span := trim(text, Span(start, paragraph.end)):
            found.append(span)
    return tuple(found)


def _ends_sentence(text: str, match: re.Match[str], paragraph: Span, marks: tuple[Marked, ...]) -> bool:
    following = text[match.end() : match.end() + 60].lstrip()
    if not following or match.end() >= paragraph.end:
        return False
    if following[0].islower() or following[0] in ",;:)":
        return False
    if match.group().startswith("."):
        before = _LAST_WORD.search(text[max(0, match.start() - 20) : match.start()])
        word = before.group().casefold() if before else ""
        if len(word) == 1 and word.isalpha() and word != "i":
            return False
        if word in _ABBREVIATIONS and word not in ("a.m", "p.m", "u.s", "u.k", "etc", "inc", "ltd", "co", "corp"):
            return False
    return True
