"""Text and Markdown as given: not a character is changed, structure is noted beside the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from claimdesk.model import Document, Location, Span
from claimdesk.readers.decode import decode
from claimdesk.readers.draft import document
from claimdesk.readers.frontmatter import split_front
from claimdesk.readers.limits import Limits, check_chars
from claimdesk.readers.meta import leading_date
from claimdesk.readers.turns import Label, find_turns

_LINE = re.compile(r"[^\r\n]+")
_HASHES = re.compile(r"[ ]{0,3}(#{1,6})[ \t]{1,10}(?=\S)")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:={2,}|-{2,})[ \t]*\Z")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_TARGET = re.compile(r"\]\([^()\s]{1,2000}(?:[ ]\"[^\"\r\n]{0,200}\")?\)")
_RULE = re.compile(r"[ ]{0,3}[|:*_-][|:*_ \t-]{2,}\Z")
_EMPHASIS = re.compile(r"[*_`]+")


def read_plain(name: str, data: bytes, limits: Limits) -> Document:
    """A .txt or .md file. ``Document.text`` is its decoded text, newlines untouched."""
    text, notes = decode(name, data)
    form = "md" if name.lower().endswith((".md", ".markdown")) else "txt"
    return read_text(text, name, limits, form=form, notes=notes)


def read_text(
    text: str,
    name: str = "pasted text",
    limits: Limits | None = None,
    *,
    form: str = "txt",
    notes: tuple[str, ...] = (),
) -> Document:
    """A document from a string; a byte order mark at its start is dropped, nothing else.

    Front matter and a leading date line stay in the text as furniture. Headings (``# Title``, in Markdown also
    underlined ones) and the turns of a transcript become marks. Raises UnreadableFileError for a text without
    a visible character, or one beyond ``max_chars``.
    """
    text = text.removeprefix("\ufeff")
    check_chars(name, len(text), limits or Limits.from_environment())
    front, meta, more = split_front(text)
    body = front.end if front else 0
    furniture = [front] if front else []
    if dated := leading_date(text, body):
        body = dated[0].end
    headings, marked_up = _structure(text, body, markdown=form == "md")
    furniture += marked_up
    labels = [replace(label, span=label.span.shift(body)) for label in find_turns(text[body:])]
    furniture += [label.span for label in labels]
    if labels and not meta.type:
        meta = replace(meta, type="transcript")
    if not meta.title:
        meta = replace(meta, title=_title(text, body, headings, labels))
    marks = _marks(headings, labels)
    return document(name, text, form, meta, marks=marks, furniture=tuple(furniture), notes=notes + more)


def _structure(text: str, body: int, *, markdown: bool) -> tuple[list[tuple[int, str]], list[Span]]:
    """Headings as (start of line, words), and spans of markup that are no prose."""
    headings: list[tuple[int, str]] = []
    furniture: list[Span] = []
    fenced, previous = False, None
    for line in _LINE.finditer(text, body):
        words = line.group()
        if _FENCE.match(words):
            fenced, previous = not fenced, None
            continue
        if fenced:
            continue
        if hashes := _HASHES.match(words):
            furniture.append(Span(line.start(), line.start() + hashes.end()))
            headings.append((line.start(), _bare(words[hashes.end() :])))
        elif markdown and previous and _UNDERLINE.match(words) and _adjacent(text, previous.end(), line.start()):
            furniture.append(Span(line.start(), line.end()))
            headings.append((previous.start(), _bare(previous.group())))
        elif _RULE.match(words):
            furniture.append(Span(line.start(), line.end()))
        previous = line if words.strip() and not hashes else None
        furniture += [Span(line.start() + m.start(), line.start() + m.end()) for m in _TARGET.finditer(words)]
    return headings, furniture


def _adjacent(text: str, end: int, start: int) -> bool:
    return text[end:start] in ("\n", "\r\n", "\r")


def _bare(words: str) -> str:
    return _EMPHASIS.sub("", _TARGET.sub("", words)).replace("[", "").strip(" #\t")[:300]


def _title(text: str, body: int, headings: list[tuple[int, str]], labels: list[Label]) -> str:
    """The first heading, or a first line that looks like a headline with a blank line behind it."""
    first = re.compile(r"\s*([^\r\n]+)").match(text, body)
    if headings and (not first or headings[0][0] <= first.end()):
        return headings[0][1]
    if first and not (labels and labels[0].span.start <= first.start(1)):
        words, rest = first[1].strip(), text[first.end() : first.end() + 1000]
        blank = re.match(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)\s*\S", rest)
        if blank and len(words.split()) > 1 and len(words) <= 160 and words[-1] not in ".,;:…":
            return _bare(words)
    return headings[0][1] if headings else ""


def _marks(headings: list[tuple[int, str]], labels: list[Label]) -> tuple[tuple[int, Location], ...]:
    starts = [start for start, _ in headings]
    places = {start: Location(heading=words) for start, words in headings}
    for turn, label in enumerate(labels, start=1):
        above = bisect_right(starts, label.span.start) - 1
        places[label.span.start] = Location(
            heading=headings[above][1] if above >= 0 else None,
            speaker=label.name,
            turn=turn,
            time=label.time or None,
            role=label.role or None,
        )
    return tuple(sorted(places.items(), key=lambda item: item[0]))
