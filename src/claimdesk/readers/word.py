"""Word documents (.docx): paragraphs, headings, tables and notes in reading order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from claimdesk.errors import UnreadableFileError
from claimdesk.model import Document, Location, Meta
from claimdesk.readers.draft import Draft
from claimdesk.readers.limits import Limits, check_zip
from claimdesk.readers.tables import write_table

if TYPE_CHECKING:
    from docx.document import Document as WordFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACES = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "\u2011"}
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}txbxContent", _FALLBACK}
_NOTES = ("footnotes", "endnotes")


def read_docx(name: str, data: bytes, limits: Limits) -> Document:
    """A .docx file. Tracked changes are read as if accepted, with a note; footnotes follow at the end.

    Raises UnreadableFileError for a damaged file, one that would unpack beyond the limits, or one without text.
    """
    check_zip(name, data, limits)
    import docx

    try:
        word = docx.Document(io.BytesIO(data))
    except (ValueError, KeyError) as error:
        raise UnreadableFileError(f"{name} is no Word document; save it again as .docx.") from error
    draft = Draft(name, limits)
    title = _write_body(draft, word)
    _write_notes(draft, word)
    body = word.element.body
    if next(body.iter(f"{_W}ins", f"{_W}del"), None) is not None:
        draft.note("The file has tracked changes; it was read as if they were accepted.")
    properties = word.core_properties
    return draft.finish("docx", Meta(title=" ".join((properties.title or title).split())[:300]))


def _write_body(draft: Draft, word: WordFile) -> str:
    """Add paragraphs and tables; give the title, or the first heading."""
    styles = {style.style_id: style.name or "" for style in word.styles}
    heading, title = None, ""
    for block in _blocks(word.element.body):
        if block.tag == f"{_W}tbl":
            write_table(draft, [list(row) for row in _rows(block)], heading=heading, marked=_marked(block))
            continue
        text = _words(block)
        style = styles.get(_style(block), "").casefold()
        if text and (style.startswith("heading") or style == "title"):
            heading = text
            title = title or text
        draft.add(text, Location(heading=heading))
    return title


def _write_notes(draft: Draft, word: WordFile) -> None:
    """Add the footnotes and endnotes below the text; separators have no words and fall out."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in word.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in _NOTES and not relation.is_external:
            root = etree.fromstring(relation.target_part.blob, parser)
            for note in root:
                text = " ".join(filter(None, map(_words, note.iter(f"{_W}p"))))
                draft.add(text, Location(heading=kind.capitalize()))


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    """The cells of each row; a cell that spans columns is followed by empty ones, a nested table is flattened."""
    for row in _children(table, "tr"):
        cells: list[str] = []
        for cell in _children(row, "tc"):
            cells.append(" ".join(filter(None, map(_words, cell.iter(f"{_W}p")))))
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = (span.get(f"{_W}val") or "1") if span is not None else "1"
            cells += [""] * (min(int(width), 100) - 1 if width.isdigit() else 0)
        yield tuple(cells)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == _W + tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _children(child, tag)


def _marked(table: Any) -> bool | None:
    """True where the first row is marked as a header that repeats on every page."""
    first = next(_children(table, "tr"), None)
    return True if first is not None and first.find(f"{_W}trPr/{_W}tblHeader") is not None else None


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val") or "" if style is not None else ""


def _words(element: Any) -> str:
    """The text of a paragraph with inserted runs, links and fields, without deleted ones, spaces collapsed."""
    return " ".join("".join(_runs(element)).split())


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _runs(child)
