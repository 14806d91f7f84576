"""The text with a numbered mark for every claim; claims that overlap are stacked, and none is dropped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from claimdesk.language.sentences import sentences
from claimdesk.language.text import paragraphs, trim
from claimdesk.model import Document, Report, Span
from claimdesk.render.markup import Html, element, escape, hidden, highlight, join
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
    state: _State


@dataclass(frozen=True, slots=True)
class _State:
    """How the mark of a claim is shown, and where it leads."""

    href: str
    away: bool  # leads to a card that is not on the page
    dim: bool
    done: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Marking:
    """What the marks of the text are to show.

    ``shown`` are the numbers of the claims that pass the filters (None: all); the marks of the others are dimmed.
    ``carded`` are those with a card on the page (None: the shown ones); the others lead to ``elsewhere``, an
    address that the number of the claim is added to, or to the heading of the results where that is empty. Marks of
    the claims in ``done``, which people have reviewed, are filled; ``here`` is the claim at hand. ``gaps`` are
    sentences without a claim that are marked as unchecked.
    """

    shown: Collection[int] | None = None
    carded: Collection[int] | None = None
    done: Collection[int] = ()
    here: int = 0
    elsewhere: str = ""
    gaps: Sequence[Span] = ()

    def state(self, number: int) -> _State:
        """How one claim is marked."""
        dim = self.shown is not None and number not in self.shown
        away = not (not dim if self.carded is None else number in self.carded)
        href = f"#c{number}" if not away else f"{self.elsewhere}&claim=c{number}" if self.elsewhere else "#claims"
        return _State(href, away and bool(self.elsewhere), dim, number in self.done, number == self.here)


_PLAIN = Marking()


def render_article(report: Report, marking: Marking = _PLAIN) -> Html:
    """The text in its paragraphs, every claim as a mark that links to its card (``#c7``).

    Without tags and marks' numbers, the text is what was given.
    """
    return join(render_sections(report, marking))


def render_sections(report: Report, marking: Marking = _PLAIN, most: int = 500) -> list[Html]:
    """The text as one piece, or, with more than ``most`` marks, as folded sections; a link to a mark unfolds its own.

    The heading of a section says which claims are in it, how many of each verdict, and how it begins.
    """
    text = report.text.text
    blocks = _blocks(report.text)
    pieces = _cut(report, blocks, marking)
    gaps = _by_block(blocks, marking.gaps)
    parts: list[Html] = []
    at = 0
    for block, inside, bare in zip(blocks, pieces, gaps, strict=True):
        css = "cd-headline" if block.of(text).lstrip("# ") == report.text.meta.title else None
        if any(span.contains(block) for span in report.text.furniture):
            css = "cd-furniture"
        words = element("p", _mark(text, block, inside, bare), dir="auto", class_=css)
        parts.append(join([text[at : block.start], words]))
        at = block.end
    tail = escape(text[at:])
    groups = _sections(pieces, most)
    if len(groups) < 2:
        return [_article([*parts, tail])]
    return [
        _section(report, blocks[first:after], pieces[first:after], _article(parts[first:after]), marking.here)
        for first, after in groups
    ]


def render_paragraph(report: Report, number: int) -> Html:
    """The paragraph of a claim with its mark alone, for a screen that has no room for the text beside it."""
    claim = report.claims[number - 1].claim
    blocks = [block for block in _blocks(report.text) if block.overlaps(claim.span)][:2]
    marked = [
        highlight(report.text.text, block, [claim.span], f"cd-claim {LOOKS[standing(report.claims[number - 1])].css}")
        for block in blocks
    ]
    return element("div", *(element("p", words, dir="auto") for words in marked), class_="cd cd-article")


def _article(parts: Sequence[Html]) -> Html:
    return element("article", join(parts), class_="cd cd-article", aria_label="The text that was checked")


def _sections(pieces: list[list[_Piece]], most: int) -> list[tuple[int, int]]:
    """Ranges of paragraphs with half of ``most`` marks each, or one range where there are no more than ``most``."""
    counts = [sum(piece.first for piece in inside) for inside in pieces]
    if sum(counts) <= most:
        return [(0, len(pieces))]
    found: list[tuple[int, int]] = []
    first, held = 0, 0
    for index, count in enumerate(counts):
        if held and held + count > most // 2:
            found.append((first, index))
            first, held = index, 0
        held += count
    return [*found, (first, len(pieces))]


def _section(report: Report, blocks: Sequence[Span], pieces: Sequence[list[_Piece]], article: Html, here: int) -> Html:
    own = [piece for inside in pieces for piece in inside if piece.first]
    numbers = [piece.number for piece in own]
    counts = Counter(piece.look for piece in own)
    signs = [
        join([element("span", look.sign, aria_hidden="true"), hidden(look.word.lower())], f" {counts[look]}")
        for look in LOOKS.values()
        if counts[look]
    ]
    words = " ".join(blocks[0].of(report.text.text)[:200].split()[:9])
    claims = f"Claims {min(numbers)} to {max(numbers)}" if numbers else "No claims"
    summary = element("summary", element("strong", claims), " · ", join(signs, ", "), " · ", f"{words} …", dir="auto")
    opened = bool(numbers) and (here in numbers or (not here and 1 in numbers))
    return element("details", summary, article, class_="cd cd-section", open=opened)


def _by_block(blocks: Sequence[Span], spans: Sequence[Span]) -> list[list[Span]]:
    """The parts of sorted spans by the paragraphs that they lie in."""
    found: list[list[Span]] = [[] for _ in blocks]
    starts = [block.start for block in blocks]
    for span in spans:
        for index in range(max(0, bisect_right(starts, span.start) - 1), len(blocks)):
            if blocks[index].start >= span.end:
                break
            start, end = max(span.start, blocks[index].start), min(span.end, blocks[index].end)
            if start < end:
                found[index].append(Span(start, end))
    return found


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


def _cut(report: Report, blocks: tuple[Span, ...], marking: Marking) -> list[list[_Piece]]:
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
        state = marking.state(number)
        for index in range(first, after):
            start = min(max(span.start, starts[index]), ends[index])
            end = max(start, min(span.end, ends[index]))
            place = Span(start, end)
            look, ends_here = LOOKS[standing(item)], index == after - 1
            pieces[index].append(_Piece(number, place, look, index == first, ends_here, state))
    return pieces


def _mark(text: str, block: Span, pieces: list[_Piece], gaps: Sequence[Span] = ()) -> Html:
    """The words of a paragraph with nested marks; a piece that crosses another is closed and opened again."""
    waiting = sorted(pieces, key=lambda piece: (piece.span.start, -piece.span.end, piece.number), reverse=True)
    bare = {gap.start: gap.end for gap in gaps}
    edges = sorted(
        {block.end, *bare, *bare.values()} | {edge for piece in pieces for edge in (piece.span.start, piece.span.end)}
    )
    open_: list[_Piece] = []
    out: list[str] = []
    at = block.start
    for edge in edges:
        linked = _words(text[at:edge], open_, edge) if at < edge else None
        if linked:
            out.append(_gap(linked) if not open_ and bare.get(at) == edge else linked)
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
    css += [f"cd-{name}" for name in ("dim", "done") if getattr(piece.state, name)]
    css += ["cd-current"] * piece.state.here
    anchor = f' id="m{piece.number}"' if piece.first else ""
    arrive = f' data-arrive="mark:{piece.number}"' if piece.first and piece.state.here else ""
    return f'<mark{anchor} class="{" ".join(css)}"{arrive}>'


def _link(piece: _Piece, *children: Html, tabindex: int | None = None) -> Html:
    away = piece.number if piece.state.away else None
    target = "_self" if piece.state.away else None
    return element("a", *children, href=piece.state.href, data_claim=away, target=target, tabindex=tabindex)


def _gap(words: Html) -> Html:
    return element("span", words, hidden(" (not checked) "), class_="cd-gap")


def _number(piece: _Piece) -> Html:
    sign = element("sup", f"{piece.number} {piece.look.sign}", aria_hidden="true")
    return join(
        [sign, hidden(f" (claim {piece.number}, {piece.look.word.lower()}{', reviewed' if piece.state.done else ''}) ")]
    )


def describe_unclaimed(found: Sequence[Span]) -> str:
    """The list of unchecked sentences in one line."""
    if not found:
        return "Every sentence with a figure or a quotation mark holds at least one claim."
    return f"{count_words(len(found), 'sentence')} with a figure or a quotation mark in which no claim was found."
