"""Tables (.csv, .tsv, .xlsx): each row one line, each cell beside its header, each figure as it is displayed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from claimdesk.errors import UnreadableFileError
from claimdesk.model import Document, Location, Meta
from claimdesk.readers.cells import show
from claimdesk.readers.decode import decode
from claimdesk.readers.draft import Draft
from claimdesk.readers.limits import Limits, check_chars, check_zip
from claimdesk.readers.rows import lay_out, line

# The line in which Excel tells itself the delimiter.
_HINT = re.compile(r"sep=([,;\t|])[ \t]*(?:\r?\n|\Z)", re.IGNORECASE)
_DELIMITERS = ",;\t|"
_SAMPLE = 50
_EMPTY_RUN = 20_000
_MOST_CELLS = 20_000_000
# A formula's cell in a worksheet: <c ...><f>...</f><v>cached</v></c>; without <v> nothing was ever computed.
_UNCACHED = re.compile(rb"<f(?:[ >][^<]{0,10000}</f>|[^>]{0,200}/>)(?:<v\s?/>|<v></v>)?</c>")


def read_csv(name: str, data: bytes, limits: Limits) -> Document:
    """A .csv or .tsv file; the delimiter is the one that cuts the first rows most evenly.

    ``Location.row`` counts records from 1, the header included, as a spreadsheet would show them.
    """
    text, notes = decode(name, data)
    check_chars(name, len(text), limits)
    draft = Draft(name, limits, list(notes))
    hint = _HINT.match(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=hint[1] if hint else _delimiter(text)))
    except csv.Error as error:
        raise UnreadableFileError(
            f"{name} is not a clean table ({error}); look for a quotation mark that is never closed."
        ) from error
    if hint:
        rows[0] = []  # the row stays, so that the others keep their numbers
    if not write_table(draft, rows):
        raise UnreadableFileError(f"{name} has no rows; save the table again.")
    return draft.finish("csv", Meta(title=_first_title(rows)))


def read_xlsx(name: str, data: bytes, limits: Limits) -> Document:
    """An .xlsx workbook, sheet by sheet; numbers with the percent signs and separators that Excel shows.

    Formulas give the values that the file keeps; a note says when it keeps none. Hidden sheets are read, with
    a note.
    """
    check_zip(name, data, limits)
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    draft = Draft(name, limits)
    title, found = book.properties.title or "", 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            draft.note(f"Sheet {sheet.title!r} is hidden in the file; it was read too.")
        rows = _sheet_rows(sheet, draft)
        title = title or _first_title(rows)
        found += write_table(draft, rows, sheet=sheet.title)
    if missing := _uncached(data):
        draft.note(f"{missing} formula cells hold no value; open the file in a spreadsheet program and save it.")
    if not found:
        raise UnreadableFileError(f"{name} has no cells with values; save the workbook again.")
    return draft.finish("xlsx", Meta(title=" ".join(str(title).split())[:300]))


def write_table(
    draft: Draft,
    rows: Sequence[Sequence[str]],
    *,
    sheet: str | None = None,
    heading: str | None = None,
    page: int | None = None,
    marked: bool | None = None,
) -> int:
    """Add a table to a draft, title lines first, and give the number of lines added.

    The title lines become the heading of the rows below. A table of headers alone is added as one line.
    """
    table = lay_out(rows, marked)
    for number, title in table.titles:
        heading = title if number == table.titles[0][0] else f"{heading}, {title}"
        draft.add(title, Location(page=page, row=number, sheet=sheet, heading=heading))
    for number, row in table.rows:
        draft.add(line(table.headers, row), Location(page=page, row=number, sheet=sheet, heading=heading))
    if table.ragged:
        where = f" of sheet {sheet!r}" if sheet else ""
        draft.note(f"{table.ragged} rows{where} have more or fewer cells than the header.")
    return len(table.titles) + len(table.rows)


def _delimiter(text: str) -> str:
    """The delimiter under which most of the first rows have the same number of cells, and more than one."""
    sample = text[:20_000]
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        try:
            rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row][:_SAMPLE]
        except csv.Error:
            continue
        widths = [len(row) for row in rows[:-1] or rows]
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        score = (sum(width == usual for width in widths) / len(widths) if usual > 1 else 0.0, usual)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sheet_rows(sheet: Any, draft: Draft) -> list[list[str]]:
    """The displayed cells of a sheet; reading ends after a long run of empty rows, which some programs write."""
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    empty = seen = 0
    for cells in sheet.iter_rows():
        seen += len(cells)
        if seen > _MOST_CELLS:
            raise UnreadableFileError(
                f"{draft.name}: sheet {sheet.title!r} has more than {_MOST_CELLS:,} cells; save the part you need."
            )
        row = [show(cell.value, cell.number_format) if cell.value is not None else "" for cell in cells]
        empty = 0 if any(row) else empty + 1
        rows.append(row)
        if empty > _EMPTY_RUN:
            draft.note(f"Sheet {sheet.title!r} was read to row {len(rows)}, where {_EMPTY_RUN:,} empty rows follow.")
            break
    return rows


def _first_title(rows: Sequence[Sequence[str]]) -> str:
    titles = lay_out(rows[:40]).titles
    return titles[0][1] if titles else ""


def _uncached(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [entry for entry in archive.namelist() if entry.startswith("xl/worksheets/sheet")]
        return sum(len(_UNCACHED.findall(archive.read(entry))) for entry in sheets)
