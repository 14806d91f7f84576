"""PDF files: pages of lines laid out again as paragraphs.

pypdfium2 rather than pypdf: on the same files PDFium sets word spaces by geometry where pypdf loses or doubles
them, tells where a hyphen was put at a line end, gives the box of every character (from which paragraphs and
table columns are told), opens AES files without a password and without a further package, and is about
ten times as fast. It is BSD-3-Clause and Apache-2.0, one wheel of 9 MB without dependencies.
"""

from __future__ import annotations

import threading
from typing import Any

from claimdesk.errors import UnreadableFileError
from claimdesk.model import Document, Location, Meta
from claimdesk.readers.draft import Draft
from claimdesk.readers.limits import Limits, check_chars
from claimdesk.readers.pdf_layout import Block, Line, drop_running_lines, to_blocks, vocabulary
from claimdesk.readers.tables import write_table

# PDFium keeps global state; two threads of the page must not be inside it at once.
_ONE_AT_A_TIME = threading.Lock()
_FEWEST_PER_PAGE = 10
_JUNK_TITLES = ("untitled", "microsoft word", "microsoft powerpoint", "document", "slide 1", "print", ".doc", ".indd")


def read_pdf(name: str, data: bytes, limits: Limits) -> Document:
    """A .pdf file: wrapped lines joined, hyphens at line ends resolved, running headers and footers left out.

    Each page is a mark. Raises UnreadableFileError for a file that is damaged, needs a password, or holds
    pictures of pages only; pages without text get a note.
    """
    with _ONE_AT_A_TIME:
        pages, properties = _read_pages(name, data, limits)
    written = [sum(len(line.text) for line in page) >= _FEWEST_PER_PAGE for page in pages]
    if not any(written):
        raise UnreadableFileError(
            f"{name} has {len(pages)} pages and no text: it looks scanned. "
            "Run text recognition first (for example: ocrmypdf in.pdf out.pdf)."
        )
    draft = Draft(name, limits)
    if empty := len(pages) - sum(written):
        draft.note(f"{empty} of {len(pages)} pages had no text; they may be scanned pictures.")
    kept, dropped = drop_running_lines(pages)
    if dropped:
        draft.note(f"Repeated page headers and footers were left out: {'; '.join(dropped[:3])}.")
    heading: str | None = None
    known = vocabulary(kept)
    for number, page in enumerate(kept, start=1):
        for block in to_blocks(page, known):
            heading = _write(draft, block, number, heading)
    return draft.finish("pdf", Meta(title=_title(properties.get("Title", ""))))


def _write(draft: Draft, block: Block, page: int, heading: str | None) -> str | None:
    if block.rows:
        # Rows of unequal length cannot be matched with their headers for certain.
        even = len({len(row) for row in block.rows}) == 1
        write_table(draft, block.rows, heading=heading, page=page, marked=None if even else False)
        return heading
    if block.heading:
        heading = block.text
    # A sentence that runs over the page's end goes on in the same paragraph.
    open_end = draft.pieces and draft.pieces[-1][-1:].isalnum() and block.text[:1].islower()
    gap = " " if block.continues and open_end else "\n\n"
    draft.add(block.text, Location(page=page, heading=heading), gap=gap)
    return heading


def _read_pages(name: str, data: bytes, limits: Limits) -> tuple[list[list[Line]], dict[str, str]]:
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFileError(f"{name} is protected by a password; save it without one.") from error
        raise UnreadableFileError(
            f"{name} is damaged or no PDF; download it again, or open it and print it to a new PDF."
        ) from error
    try:
        pages: list[list[Line]] = []
        length = 0
        for page in file:
            try:
                lines = _lines(page)
            finally:
                page.close()
            pages.append(lines)
            length += sum(len(line.text) for line in lines)
            check_chars(name, length, limits)
        return pages, file.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(f"{name} has a damaged page; open it and print it to a new PDF.") from error
    finally:
        file.close()


def _lines(page: Any) -> list[Line]:
    """The lines of a page as PDFium orders them, cut into cells where a gap is wider than a space can be."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        rect = raw.FS_RECTF()
        lines: list[Line] = []
        line = Line()
        for index in range(max(count, 0)):
            code = raw.FPDFText_GetUnicode(textpage, index)
            if code in (2, 10, 13, 0xFFFE):
                if code in (2, 0xFFFE):  # PDFium's sign for a hyphen and the line end behind it
                    line.add("\u00ad", None)
                if line.text.strip():
                    lines.append(line)
                line = Line()
                continue
            char = chr(code) if 0 < code < 0x110000 else ""
            box = None
            if char and not char.isspace():
                raw.FPDFText_GetLooseCharBox(textpage, index, rect)
                box = (rect.left, rect.bottom, rect.right, rect.top)
            line.add(char, box)
        if line.text.strip():
            lines.append(line)
        return lines
    finally:
        textpage.close()


def _title(title: str) -> str:
    words = " ".join(title.split())
    junk = any(words.casefold().startswith(start) or words.casefold().endswith(start) for start in _JUNK_TITLES)
    return "" if junk else words
