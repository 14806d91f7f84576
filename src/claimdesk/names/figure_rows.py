"""Rows of figures in a source: lines of a table ("Year: 2009; Attendance: 51,002") and short lists ("2009: 5.1%")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from claimdesk.language.text import fold
from claimdesk.model import Span

_PAIR = re.compile(r"(?:^|; )([^:;\n]{1,60}): ([^;\n]{1,200})")
_LISTED = re.compile(
    r"(?<![\w.])((?:18|19|20)\d\d)(?::| [-\u2013\u2014|]| =|\t) ?"
    r"(?=[$\u20ac\u00a3]?\d)([^;,\n|]{1,40}(?:,\d{3}[^;,\n|]{0,20}){0,4})"
)
_FIGURE = re.compile(
    r"\W{0,2}([$\u20ac\u00a3])?(-?\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?|-?\d{1,20}(?:\.\d{1,9})?)"
    r" ?(%|percent|per cent|thousand|million|billion|m\b|bn\b)?"
)
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_SCALES = {"thousand": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_HEAD_SCALE = re.compile(
    r"\b(thousands?|millions?|billions?)\b|[$\u20ac\u00a3](m|bn)\b|\((m|bn)\)|'?000s?\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Row:
    """One row: its place, its year where it has one, its words, and its figures by column."""

    span: Span
    year: int | None
    cells: dict[str, str] = field(hash=False)
    figures: dict[str, Decimal] = field(hash=False)
    part: int = 0

    @property
    def name(self) -> str:
        """What the row is about: its year, else its first cell without a figure."""
        if self.year is not None:
            return str(self.year)
        return next((text for key, text in self.cells.items() if key not in self.figures), "")


def find_rows(text: str, within: Span, part: int = 0) -> list[Row]:
    """The rows of a stretch of text; prose has none.

    >>> text = "; ".join(["2009: 5.1%", "2010: 6.3%"])
    >>> rows = find_rows(text, Span(0, len(text)))
    >>> [(row.year, row.figures) for row in rows]
    [(2009, {'': Decimal('5.1')}), (2010, {'': Decimal('6.3')})]
    """
    folded = fold(text)
    found: list[Row] = []
    start = within.start
    while start < within.end:
        end = folded.find("\n", start, within.end)
        end = within.end if end < 0 else end
        if end - start < 2000:
            found += _line(folded, Span(start, end), part)
        start = end + 1
    return found


def _line(folded: str, line: Span, part: int) -> Sequence[Row]:
    pairs = _PAIR.findall(folded[line.start : line.end])
    if len(pairs) > 1 and not all(_YEAR.fullmatch(key) for key, _ in pairs):
        return [_row(line, dict(pairs), part)]
    listed = []
    for match in _LISTED.finditer(folded, line.start, line.end):
        value = figure(match.group(2))
        if value is not None:
            listed.append(Row(Span(*match.span()), int(match.group(1)), {"": match.group(2)}, {"": value}, part))
    return listed


def _row(line: Span, cells: dict[str, str], part: int) -> Row:
    year: int | None = None
    figures: dict[str, Decimal] = {}
    for key, text in cells.items():
        lowered = key.casefold()
        match = _YEAR.match(text)
        if match and (
            any(word in lowered for word in ("year", "date", "season", "day", "month"))
            or (year is None and not figures and len(text) == 4)
        ):
            year = year or int(match.group())
            continue
        value = figure(text, key)
        if value is not None:
            figures[key] = value
    return Row(line, year, cells, figures, part)


def figure(text: str, heading: str = "") -> Decimal | None:
    """The number of a cell with its scale word, or that of its heading ("Deficit, $ million").

    >>> figure("$14.2 million"), figure("14.2", "Deficit ($ million)"), figure("n/a")
    (Decimal('14200000.0'), Decimal('14200000.0'), None)
    """
    match = _FIGURE.match(text.strip())
    if match is None or len(text.strip()) - match.end() > 30:
        return None
    try:
        value = Decimal(match.group(2).replace(",", ""))
    except InvalidOperation:
        return None
    scale = (match.group(3) or "").casefold()
    if scale in _SCALES:
        return value * _SCALES[scale]
    if not scale and (head := _HEAD_SCALE.search(heading)):
        word = next((group for group in head.groups() if group), "thousand").casefold().rstrip("s")
        return value * _SCALES[word]
    return value
