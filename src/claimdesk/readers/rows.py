"""Rows of cells as lines of text in which every figure stands beside its header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"[(\s]*[-+\u2212\u2013]?\s?[^\w\s]{0,3}\s?\d[\d.,\s]*[^\w\s]{0,3}\s?\w{0,3}[)*\s]*", re.ASCII)
_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:\s?[-/\u2013]\s?\d{2,4})?\*?|Q[1-4](?:\s?(?:19|20)\d\d)?")
_LOOK = 30


@dataclass(frozen=True, slots=True)
class Table:
    """Rows taken apart: title lines above, the headers (empty when there are none), and the data rows.

    Every row carries its own number in the file, counted from 1 with all rows above it.
    """

    titles: tuple[tuple[int, str], ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    ragged: int


def lay_out(rows: Sequence[Sequence[str]], marked: bool | None = None) -> Table:
    """Find title lines, header row and data rows; empty rows are left out, ragged ones counted.

    The header is the first full row whose cells are words or years; group headers in the row above it are put
    in front ("2024 Jobs"). Without such a row there are no headers, we do not make any up. ``marked`` says what
    the file's own markup says: whether the first row is a header row (None: it does not say).

    >>> lay_out([["Jobs by region"], ["Region", "Jobs"], ["North", "1,212"]]).headers
    ('Region', 'Jobs')
    """
    cleaned = [(number, tuple(_clean(cell) for cell in row)) for number, row in enumerate(rows, start=1)]
    filled = [(number, row) for number, row in cleaned if any(row)]
    if not filled:
        return Table((), (), (), 0)
    width = _usual_width([row for _, row in filled])
    top = 0
    while top < len(filled) - 1 and top < _LOOK and width > 1 and _count(filled[top][1]) == 1:
        top += 1
    titles = tuple((number, " ".join(cell for cell in row if cell)) for number, row in filled[:top])
    headers, skip = ((), 0) if marked is False else _headers([row for _, row in filled[top : top + 3]], width)
    data = tuple(filled[top + skip :])
    expected = len(headers) or width
    ragged = sum(_last(row) > expected or (expected > 1 and len(row) < expected) for _, row in data)
    return Table(titles, headers, data, ragged)


def line(headers: Sequence[str], row: Sequence[str]) -> str:
    """One row as a line: ``Region: North; Jobs: 1,212; Change (%): -3``; empty cells are left out.

    A first cell that stands alone is a label or a note ("Source: harbor office"), not a value of its column.

    >>> line(["Region", "Jobs"], ["North", "1,212", "est."])
    'Region: North; Jobs: 1,212; est.'
    """
    named = []
    if len(headers) > 1 and row and row[0] and not any(row[1:]):
        return row[0]
    for index, cell in enumerate(row):
        header = headers[index] if index < len(headers) else ""
        if cell:
            named.append(f"{header}: {cell}" if header else cell)
    return "; ".join(named)


def is_number(cell: str) -> bool:
    """Whether a cell is a figure: ``1,212``, ``-3%``, ``$4.5bn``, ``(12)``."""
    return len(cell) <= 40 and _NUMBER.fullmatch(cell) is not None


def _headers(top: list[tuple[str, ...]], width: int) -> tuple[tuple[str, ...], int]:
    """The headers and how many rows they take."""
    first = top[0]
    if not _is_header(first, width if width <= 2 else max(2, width // 2)):
        return (), 0
    if len(top) > 2 and _grouped(first, top[1], width) and not _is_header(top[2], 2):
        group, names, known = "", [], len(first)
        for index, cell in enumerate(top[1]):
            group = (first[index] if index < known else "") or group
            names.append(f"{group} {cell}".strip() if cell else group)
        return tuple(_header(name) for name in names), 2
    if len(top) < 2:
        return (), 0
    return tuple(_header(cell) for cell in first), 1


def _grouped(first: tuple[str, ...], second: tuple[str, ...], width: int) -> bool:
    """Whether the first row spans groups of columns (gaps in it) and the second names every column but the first."""
    return _count(first) < width <= _count(second) + 1 and _is_header(second, 2)


def _is_header(row: tuple[str, ...], least: int) -> bool:
    cells = [cell for cell in row if cell]
    figures = [cell for cell in cells if is_number(cell) and not _YEAR.fullmatch(cell)]
    return len(cells) >= least and not figures


def _usual_width(rows: list[tuple[str, ...]]) -> int:
    counts = Counter(_last(row) for row in rows[:1000])
    return max(counts, key=lambda width: (counts[width], width))


def _count(row: tuple[str, ...]) -> int:
    return sum(map(bool, row))


def _last(row: tuple[str, ...]) -> int:
    return max((index for index, cell in enumerate(row, start=1) if cell), default=0)


def _header(cell: str) -> str:
    return cell.rstrip(": ")[:200]


def _clean(cell: str) -> str:
    return " ".join(cell.split())
