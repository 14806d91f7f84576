"""The text with a numbered mark for every claim; claims that overlap are stacked, and none is dropped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from claimdesk.language.sentences import sentences
from claimdesk.language.text import paragraphs, trim
from claimdesk.model import Document, Report, Span
from claimdesk.render.markup import Html, element, escape, hidden, join
from claimdesk.render.standing import LOOKS, Look, count_words, numbered, standing

_LONGEST_TAIL = 24  # a last word up to this length stays on one line with its number
_DEEPEST = 3  # line styles are told apart down to this depth of nesting


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a claim's span that lies in one paragraph, or what is left of it after a crossing."""

    number: int
    span: Span
    look: Look
    first: bool
    last: bool
    dim: bool
    done: bool


def render_article(report: Report, shown: Collection[int] | None = None, done: Collection[int] = ()) -> Html:
    """The text in its paragraphs, every claim as a mark that links to its card (``#c7``).

    ``shown`` are the numbers of the claims whose cards are on the page; the marks of the others are dimmed and
    lead to the heading of the results; those of the claims in ``done``, which people have reviewed, are filled.
    Without tags and marks' numbers, the text is what was given.
    """
    text = report.text.text
    blocks = _blocks(report.text)
    pieces = _cut(report, blocks, shown, done)
    out: list[Html] = []
    at = 0
    for block, inside in zip(blocks, pieces, strict=True):
        out.append(escape(text[at : block.start]))
        css = "cd-headline" if block.of(text).lstrip("# ") == report.text.meta.title else None
        if any(span.contains(block) for span in report.text.furniture):
            css = "cd-furniture"
        out.append(element("p", _mark(text, block, inside), dir="auto", class_=css))
        at = block.end
    out.append(escape(text[at:]))
    return element("article", join(out), class_="cd cd-article", aria_label="The text that was checked")


def unclaimed(report: Report) -> list[Span]:
    """Sentences with a figure or a quotation mark in which no claim was found: these nobody has checked."""
    text = report.text.text
    taken = sorted([item.claim.span for item in report.claims] + list(report.text.furniture))
    found, index = [], 0
    for sentence in sentences(text, ()):  # no quotation marks are paired: a rough list is enough
        while index < len(taken) and taken[index].end <= sentence.start:
            index += 1
        if any(span.overlaps(sentence) for span in taken[max(0, index - 8) : index + 8]):
            continue
        if any(char.isdigit() or char in '"“”«»„' for char in sentence.of(text)):
            found.append(sentence)
    return found


def _blocks(document: Document) -> tuple[Span, ...]:
    """The paragraphs; one that begins with front matter or a date line is two."""
    found: list[Span | None] = []
    for block in paragraphs(document.text):
        cut = next((span.end for span in document.furniture if span.start <= block.start < span.end < block.end), None)
        parts = [block] if cut is None else [Span(block.start, cut), Span(cut, block.end)]
        found += [trim(document.text, part) for part in parts]
    return tuple(block for block in found if block)


def _cut(
    report: Report, blocks: tuple[Span, ...], shown: Collection[int] | None, done: Collection[int]
) -> list[list[_Piece]]:
    pieces: list[list[_Piece]] = [[] for _ in blocks]
    if not blocks:
        return pieces
    starts, ends = [block.start for block in blocks], [block.end for block in blocks]
    for number, item in numbered(report):
        span = item.claim.span
        first, after = bisect_right(ends, span.start), bisect_left(starts, span.end)
        if first >= after:  # an empty claim still gets its number, in the paragraph that begins before it
            first = max(0, bisect_right(starts, span.start) - 1)
            after = first + 1
        dim = shown is not None and number not in shown
        for index in range(first, after):
            start = min(max(span.start, starts[index]), ends[index])
            end = max(start, min(span.end, ends[index]))
            place = Span(start, end)
            look, ends_here = LOOKS[standing(item)], index == after - 1
            pieces[index].append(_Piece(number, place, look, index == first, ends_here, dim, number in done))
    return pieces


def _mark(text: str, block: Span, pieces: list[_Piece]) -> Html:
    """The words of a paragraph with nested marks; a piece that crosses another is closed and opened again."""
    waiting = sorted(pieces, key=lambda piece: (piece.span.start, -piece.span.end, piece.number), reverse=True)
    edges = sorted({block.end} | {edge for piece in pieces for edge in (piece.span.start, piece.span.end)})
    open_: list[_Piece] = []
    out: list[str] = []
    at = block.start
    for edge in edges:
        linked = _words(text[at:edge], open_, edge) if at < edge else None
        if linked:
            out.append(linked)
        out.extend(_close(open_, edge, linked is not None))
        while waiting and waiting[-1].span.start == edge:
            piece = waiting.pop()
            out.append(_opening(piece, len(open_)))
            open_.append(piece)
            if not piece.span:
                out.extend(_close(open_, edge, False))
        at = edge
    return Html("".join(out))


def _close(open_: list[_Piece], edge: int, linked: bool) -> Iterator[str]:
    """Close what ends here; what lies inside it and goes on is opened again. ``linked``: the top has its number."""
    ending = [index for index, piece in enumerate(open_) if piece.span.end == edge]
    if not ending:
        return
    again: list[_Piece] = []
    top = len(open_) - 1
    while len(open_) > ending[0]:
        piece = open_.pop()
        if piece.span.end > edge:
            again.append(replace(piece, first=False))
        elif piece.last and not (linked and len(open_) == top):
            yield _link(piece, _number(piece))
        yield "</mark>"
    for piece in reversed(again):
        yield _opening(piece, len(open_))
        open_.append(piece)


def _words(words: str, open_: list[_Piece], edge: int) -> Html:
    if not open_:
        return escape(words)
    top = open_[-1]
    if top.last and top.span.end == edge:
        head, space, tail = words.rpartition(" ")
        if len(tail) > _LONGEST_TAIL:
            return _link(top, escape(words), _number(top))
        return _link(top, escape(head + space), element("span", tail, _number(top), class_="cd-last"))
    return _link(top, escape(words), tabindex=-1)  # the link with the number is the one to reach by keyboard


def _opening(piece: _Piece, depth: int) -> str:
    css = ["cd-claim", piece.look.css]
    if depth:
        css.append(f"cd-deep-{min(depth, _DEEPEST)}")
    if piece.dim:
        css.append("cd-dim")
    if piece.done:
        css.append("cd-done")
    anchor = f' id="m{piece.number}"' if piece.first else ""
    return f'<mark{anchor} class="{" ".join(css)}">'


def _link(piece: _Piece, *children: Html, tabindex: int | None = None) -> Html:
    return element("a", *children, href="#claims" if piece.dim else f"#c{piece.number}", tabindex=tabindex)


def _number(piece: _Piece) -> Html:
    sign = element("sup", f"{piece.number} {piece.look.sign}", aria_hidden="true")
    return join(
        [sign, hidden(f" (claim {piece.number}, {piece.look.word.lower()}{', reviewed' if piece.done else ''}) ")]
    )


def describe_unclaimed(found: Sequence[Span]) -> str:
    """The list of unchecked sentences in one line."""
    if not found:
        return "Every sentence with a figure or a quotation mark holds at least one claim."
    return f"{count_words(len(found), 'sentence')} with a figure or a quotation mark in which no claim was found."
