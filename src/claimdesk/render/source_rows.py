"""The rows of a table as a table again: its readers wrote each as a line, every cell beside its header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claimdesk.model import Document, Span
from claimdesk.render.markup import Html, element
from claimdesk.render.standing import count_words

_MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file and its cells, each under its header; the same header may stand twice."""

    span: Span
    number: int | None
    cells: tuple[tuple[tuple[str, int], Span], ...]


def read_row(document: Document, span: Span) -> Row:
    """The cells of one line "Header: cell; Header: cell"; a cell without a header stands under none."""
    cells: list[tuple[tuple[str, int], Span]] = []
    seen: dict[str, int] = {}
    at = span.start
    for piece in span.of(document.text).split("; "):
        header, colon, _ = piece.partition(": ")
        name = header if colon else ""
        start = at + (len(header) + 2 if colon else 0)
        cells.append(((name, seen.get(name, 0)), Span(start, at + len(piece))))
        seen[name] = seen.get(name, 0) + 1
        at += len(piece) + 2
    return Row(span, document.location(span.start).row, tuple(cells))


def columns_of(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """The headers of all rows in order; a row leaves out those of its empty cells."""
    found: list[tuple[str, int]] = []
    for row in rows:
        waiting: list[tuple[str, int]] = []
        after = len(found)
        for key, _ in row.cells:
            if key not in found:
                waiting.append(key)
                continue
            at = found.index(key)
            found[at:at] = waiting
            after, waiting = found.index(key) + 1, []
        found[after:after] = waiting
    return found


def render_rows(
    document: Document,
    spans: Sequence[Span],
    show_cell: Callable[[Span], Html],
    show_row: Callable[[Span], tuple[str, dict[str, str], Html]],
) -> Html:
    """Lines of one table as a table with its header.

    ``show_cell`` gives the words of a cell with what is marked in it; ``show_row`` the class of a row, its
    anchor, and what stands in its last column (the claims that rest on it).
    """
    rows = [read_row(document, span) for span in spans]
    columns = columns_of(rows)
    place = document.location(spans[0].start)
    name = f"Sheet {place.sheet}" if place.sheet else place.heading or "Table"
    if len(columns) > _MOST_COLUMNS:  # too wide to be read as a table: the lines, as they were compared
        lines = (element("p", show_cell(row.span), class_=show_row(row.span)[0] or None, dir="auto") for row in rows)
        return element("div", *lines)
    heads = [element("th", header, scope="col", dir="auto") for header, _ in columns]
    body = []
    for row in rows:
        css, anchor, claims = show_row(row.span)
        cells = dict(row.cells)
        found = (element("td", show_cell(cells[key]) if key in cells else "", dir="auto") for key in columns)
        number = element("th", str(row.number) if row.number is not None else "", scope="row")
        body.append(element("tr", number, *found, element("td", claims), class_=css or None, **anchor))
    head = element("tr", element("th", "Row", scope="col"), *heads, element("th", "Claims", scope="col"))
    table = element(
        "table",
        element("caption", name, f", {count_words(len(rows), 'row')}"),
        element("thead", head),
        element("tbody", *body),
        class_="cd-rows",
    )
    return element("div", table, class_="cd-wide", role="region", tabindex=0, aria_label=name)
