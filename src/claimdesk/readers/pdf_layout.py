"""Lines of a page laid out again: paragraphs, headings and table rows told by where the lines stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

Box = tuple[float, float, float, float]

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
_BULLET = re.compile(r"[•▪‣◦●■–*-]\s|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s")
_DIGITS = re.compile(r"\d+")
_LAST_WORD = re.compile(r"[^\W\d_]{2,40}\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]{1,40}")
_WORDS = re.compile(r"[^\W\d_]{3,80}(?:-[^\W\d_]{1,40})?")
_PRINTED = re.compile(r"\S+")
_HALVES = re.compile("[\ud800-\udfff]")
_SIGNS = {0x02: "\u00ad", 0xFFFE: "\u00ad", 0x00: " "}
_HYPHENS = ("\u00ad", "-", "\u2010")
# Beginnings that keep their hyphen when a line ends behind it: well-known, ex-minister, mid-year.
_PREFIXES = frozenset(
    (
        "anti",
        "co",
        "cross",
        "ex",
        "half",
        "high",
        "long",
        "low",
        "mid",
        "multi",
        "non",
        "pro",
        "self",
        "semi",
        "short",
        "vice",
        "well",
    )
)


@dataclass
class Line:
    """One line of a page in points from its lower left corner; ``cells`` are stretches with wide gaps between."""

    text: str = ""
    x0: float = 0.0
    x1: float = 0.0
    y0: float = 0.0
    height: float = 0.0
    cells: list[tuple[str, float, float]] = field(default_factory=list)


def make_line(text: str, stretch: re.Match[str], box: Callable[[int], Box]) -> Line:
    """The line of a stretch of a page's characters; ``box`` gives the place of one of them.

    Only the ends of words are looked at, which is where a gap can be.
    """
    line = Line(_whole(stretch.group()))
    cell = stretch.start()
    for word in _PRINTED.finditer(text, stretch.start(), stretch.end()):
        left, bottom, _, top = box(word.start())
        right = box(word.end() - 1)[2]
        line.height = max(line.height, top - bottom)
        if not line.cells:
            line.x0, line.y0, cell = left, bottom, word.start()
        elif left - line.cells[-1][2] <= 1.2 * max(line.height, 1.0):
            _, start, end = line.cells.pop()
            left, right = start, max(end, right)
        else:
            cell = word.start()
        line.cells.append((_whole(text[cell : word.end()]), left, right))
        line.x1 = max(line.x1, right)
    return line


def _whole(text: str) -> str:
    """The characters with PDFium's hyphen sign as a soft hyphen and halves of a surrogate pair put together."""
    text = text.translate(_SIGNS)
    if text.isascii() or not _HALVES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, or a table (``rows``); ``continues``: it opens a page and may carry on a sentence."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    heading: bool = False
    continues: bool = False


def drop_running_lines(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], tuple[str, ...]]:
    """The pages without the lines that come back at the top or foot of at least two in five, and those lines.

    A running line stands at the same height on every page; figures in it are taken as equal, so that page
    numbers go too. Rows of three or more columns stay: they are tables that go on over the page.
    """
    if len(pages) < 2:
        return list(pages), ()
    edges = [_edges(page) for page in pages]
    counts = Counter(key for edge in edges for key in {_shape(line) for line in edge})
    least = max(2, -(-2 * len(pages) // 5))
    running = {key for key, count in counts.items() if count >= least}
    dropped: dict[tuple[str, int], str] = {}
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        gone = {id(line) for line in edge if _shape(line) in running}
        for line in page:
            if id(line) in gone:
                dropped.setdefault(_shape(line), " ".join(line.text.split()))
        kept.append([line for line in page if id(line) not in gone])
    return kept, tuple(dropped.values())


def to_blocks(lines: Sequence[Line], known: frozenset[str] = frozenset()) -> Iterator[Block]:
    """The paragraphs, headings and tables of a page in order.

    A paragraph ends at a wider gap, a change of size, an indent, a list mark, or a short line that ends a
    sentence. ``known`` are words of the whole file; they tell whether a hyphen at a line end belongs to a word.
    """
    if not lines:
        return
    body = median(line.height for line in lines)
    steps = [a.y0 - b.y0 for a, b in zip(lines, lines[1:], strict=False) if 0 < a.y0 - b.y0 < 3 * body]
    step = median(steps) if steps else body
    edges: dict[int, float] = {}
    ordered = list(_columns_in_order(lines))
    for line in ordered:
        column = int(line.x0 // (6 * body + 1))
        edges[column] = max(edges.get(column, 0.0), line.x1)
    first = True
    for group in _paragraphs(ordered, body, step, edges):
        if len(group[0].cells) > 1 and len(group) > 1:
            rows = tuple(tuple(" ".join(cell[0].split()) for cell in line.cells) for line in group)
            yield Block(rows=rows)
        else:
            text = _join([line.text for line in group], known)
            large = min(line.height for line in group) > 1.12 * body
            heading = large and len(text) <= 200 and not text.endswith((".", ",", ";"))
            yield Block(text, heading=heading, continues=first and not heading)
        first = False


def vocabulary(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The words of all lines but the broken ones at line ends, lower case, hyphened compounds included."""
    found: set[str] = set()
    for page in pages:
        for line in page:
            text = line.text.rstrip()
            found.update(word.casefold() for word in _WORDS.findall(text[:-1] if text.endswith(_HYPHENS) else text))
    return frozenset(found)


def _paragraphs(lines: list[Line], body: float, step: float, edges: dict[int, float]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _parts(group[-1], line, body, step, edges):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _parts(above: Line, below: Line, body: float, step: float, edges: dict[int, float]) -> bool:
    """Whether a paragraph ends between two lines."""
    rise = above.y0 - below.y0
    if (len(above.cells) > 1) != (len(below.cells) > 1):
        return True
    if len(above.cells) > 1:
        return not 0 < rise < 3 * body
    if abs(above.height - below.height) > 0.12 * body or _BULLET.match(below.text.lstrip()):
        return True
    if rise < 1.35 * step and above.text.rstrip().endswith(_HYPHENS):
        return False
    ended = bool(_SENTENCE_END.search(above.text.rstrip()))
    if rise <= 0 or rise > 6 * body:  # the next column, or past a picture
        return ended or not below.text.lstrip()[:1].islower()
    if rise > 1.35 * step:
        return True
    edge = edges.get(int(above.x0 // (6 * body + 1)), above.x1)
    short = above.x1 < above.x0 + 0.85 * (edge - above.x0)
    indented = below.x0 > above.x0 + 0.8 * body
    opens = below.text.lstrip()[:1]
    return (ended and (short or indented)) or (short and not ended and (opens.isupper() or opens.isdigit()))


def _columns_in_order(lines: Sequence[Line]) -> Iterator[Line]:
    """Prose set in columns whose lines were interleaved, column by column; everything else as it was."""
    run: list[Line] = []
    for line in [*lines, Line()]:
        if len(line.cells) in (2, 3) and (not run or len(run[-1].cells) == len(line.cells)):
            run.append(line)
            continue
        yield from _untangle(run)
        run = [line] if len(line.cells) in (2, 3) else []
        if line.text and not run:
            yield line
    yield from _untangle(run)


def _untangle(run: list[Line]) -> Iterator[Line]:
    if len(run) < 4 or median(min(len(cell[0]) for cell in line.cells) for line in run) < 20:
        yield from run
        return
    for index in range(len(run[0].cells)):
        for line in run:
            text, x0, x1 = line.cells[index]
            yield Line(text, x0, x1, line.y0, line.height, [line.cells[index]])


def _join(lines: Sequence[str], known: frozenset[str]) -> str:
    """Wrapped lines as one, hyphens at their ends resolved.

    >>> _join(["officials respon-", "sible for the well-", "known COVID-", "19 plan"], frozenset())
    'officials responsible for the well-known COVID-19 plan'
    """
    parts: list[str] = []
    for line in lines:
        words = " ".join(line.split())
        if not words:
            continue
        if parts:
            parts[-1], gap = _seam(parts[-1], words, known)
            parts.append(gap)
        parts.append(words)
    return "".join(parts).rstrip("\u00ad").replace("\u00ad", "")


def _seam(before: str, after: str, known: frozenset[str]) -> tuple[str, str]:
    """The end of one line made ready for the next, and what goes between."""
    if not before.endswith(_HYPHENS) or before[-2:-1].isspace():
        return before, " "
    stem = before[:-1]
    left, right = _LAST_WORD.search(stem), _FIRST_WORD.match(after)
    if not left or not right or not right[0][:1].islower():
        return stem + "-", ""
    compound = f"{left[0]}-{right[0]}".casefold()
    whole = f"{left[0]}{right[0]}".casefold()
    hyphened = stem[: left.start()].endswith("-") or left[0].casefold() in _PREFIXES
    if whole not in known and (compound in known or hyphened):
        return stem + "-", ""
    return stem, ""


def _edges(page: list[Line]) -> list[Line]:
    """The two topmost and two lowest lines of a page, if they are short enough to be headers."""
    by_height = sorted(page, key=lambda line: -line.y0)
    ends = by_height[:2] + by_height[2:][-2:]
    return [line for line in ends if len(line.text) <= 100 and len(line.cells) <= 2]


def _shape(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", " ".join(line.text.split()).casefold()), round(line.y0 / 4)
