"""What in a text is not its prose: headline, dateline, photo captions. Found before anything is parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimdesk.language.sentences import sentences
from claimdesk.language.text import paragraphs
from claimdesk.model import Document, Span

# "KYIV, June 11 (Agency) -": place in capitals, perhaps a day, perhaps an agency, a dash.
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{1,40}(?:, [A-Z][\w .]{1,30}?)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?))?"
    r"\s{0,2}(?:\([^()\n]{1,40}\))?\s{0,2}[-\u2013\u2014]{1,2}\s+"
)
_CREDIT = re.compile(
    r"\((?:[A-Z][\w .&'’-]{0,40}/\s?[^()\n]{1,80}"
    r"|(?:File )?[Pp]hoto(?:graph)?(?: by)?:? [^()\n]{1,80}"
    r"|[^()\n]{1,60}via [A-Z][^()\n]{1,40})\)\.?"
    r"|(?:Photo(?:graph)?|Image|Picture|Credit): [^\n.]{1,80}\.?"
)
_CAPTION_LABEL = re.compile(r"(?:Caption|Photo|Picture|File photo|Pictured)\s?[:\u2014-]\s")
_HEADLINE_WORDS = 25


@dataclass(frozen=True, slots=True)
class Structure:
    """Spans with a role of their own. ``blanked`` is what the parser must not see as prose."""

    headline: Span | None
    dateline: Span | None
    captions: tuple[Span, ...]
    credits: tuple[Span, ...]
    blanked: tuple[Span, ...]


def find_structure(document: Document) -> Structure:
    """The headline, dateline and captions of a document.

    A caption is the sentence before a photo credit ("(AFP/ ...)"), or one with the label "Photo:". The credit
    itself, the dateline and the document's furniture are blanked.
    """
    text = blank(document.text, document.furniture)
    blocks = paragraphs(text)
    headline = _headline(text, blocks)
    body = next((block for block in blocks if block != headline), None)
    dateline = None
    if body and (match := _DATELINE.match(text, body.start)):
        dateline = Span(*match.span())
    found_credits = tuple(Span(*match.span()) for match in _CREDIT.finditer(text))
    blanked = tuple(sorted({*document.furniture, *found_credits, *([dateline] if dateline else [])}))
    captions = _captions(blank(text, blanked), found_credits)
    return Structure(headline, dateline, captions, found_credits, blanked)


def blank(text: str, holes: tuple[Span, ...]) -> str:
    """The text with spaces for the characters of ``holes`` (line breaks stay), so that offsets hold.

    >>> blank("date 2025-06-11 Two died.", (Span(0, 15),))
    '                Two died.'
    """
    pieces, position = [], 0
    for hole in sorted(holes):
        if hole.end <= position:
            continue
        start = max(hole.start, position)
        pieces.append(text[position:start])
        pieces.append("".join(char if char in "\r\n" else " " for char in text[start : hole.end]))
        position = hole.end
    return "".join(pieces) + text[position:]


def _headline(text: str, blocks: tuple[Span, ...]) -> Span | None:
    """The first paragraph, when it is short, is one line, has no closing stop, and prose follows."""
    if len(blocks) < 2:
        return None
    first = blocks[0].of(text)
    if "\n" in first or len(first.split()) > _HEADLINE_WORDS or first.rstrip("\"'”’").endswith((".", ":", ";")):
        return None
    return blocks[0]


def _captions(text: str, found_credits: tuple[Span, ...]) -> tuple[Span, ...]:
    spans = sentences(text)
    captions = {span for span in spans if _CAPTION_LABEL.match(text, span.start)}
    for credit in found_credits:
        before = [span for span in spans if span.end <= credit.start and not text[span.end : credit.start].strip()]
        if before:
            captions.add(before[-1])
    return tuple(sorted(captions))
