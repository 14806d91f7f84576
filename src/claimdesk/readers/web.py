"""Saved web pages (.html): the article without its surroundings, headings and tables kept."""

from __future__ import annotations

import re
from typing import Any

from claimdesk.errors import UnreadableFileError
from claimdesk.model import Document, Location
from claimdesk.readers.decode import decode
from claimdesk.readers.draft import Draft
from claimdesk.readers.limits import Limits, check_chars
from claimdesk.readers.tables import write_table
from claimdesk.readers.web_meta import page_meta

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,300}\?>")
_FEWEST = 40
_HOLDERS = ("list", "div", "quote", "main", "article", "section", "body")


def read_html(name: str, data: bytes, limits: Limits) -> Document:
    """A .html or .htm file. trafilatura finds the article; scripts and markup never get further than its parser.

    Title, publisher, address and date are those that the page declares; a date that is only guessed at is left
    out. Raises UnreadableFileError for a page without an article.
    """
    text, notes = _characters(name, data)
    check_chars(name, len(text) // 20, limits)  # markup may outweigh the text by far, but not without end
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring
    from trafilatura import bare_extraction

    try:
        tree = document_fromstring(text, parser=HTMLParser(remove_pis=True, no_network=True))
    except (etree.ParserError, ValueError) as error:
        raise _no_article(name) from error
    meta = page_meta(tree)
    links = {_squeeze(link.text_content()) for link in tree.iter("a")}
    found = bare_extraction(
        tree, include_comments=False, include_tables=True, include_formatting=False, favor_recall=True
    )
    if found is None or isinstance(found, dict) or found.body is None:
        raise _no_article(name)
    draft = Draft(name, limits, list(notes))
    _write(draft, found.body, None)
    prose = [piece for piece in draft.pieces if piece not in links]
    if sum(map(str.isalnum, "".join(prose))) < _FEWEST:
        raise _no_article(name)
    return draft.finish("html", meta)


def _write(draft: Draft, element: Any, heading: str | None) -> str | None:
    """Add a stretch of trafilatura's tree; gives the heading that holds behind it."""
    for child in element:
        if child.tag == "head":
            heading = _words(child) or heading
            draft.add(_words(child), Location(heading=heading))
        elif child.tag == "table":
            _write_table(draft, child, heading)
        elif child.tag in _HOLDERS and len(child):
            draft.add(_squeeze(child.text or ""), Location(heading=heading))
            heading = _write(draft, child, heading)
        elif isinstance(child.tag, str):
            _write_paragraph(draft, child, heading)
        draft.add(_squeeze(child.tail or ""), Location(heading=heading))
    return heading


def _write_paragraph(draft: Draft, element: Any, heading: str | None) -> None:
    """Add a paragraph; a table inside it comes behind its words."""
    tables = list(element.iter("table"))
    for table in tables:
        tail = table.tail
        table.getparent().remove(table)
        element.text = f"{element.text or ''} {tail or ''}"
    draft.add(_words(element), Location(heading=heading))
    for table in tables:
        _write_table(draft, table, heading)


def _write_table(draft: Draft, table: Any, heading: str | None) -> None:
    rows = [list(row.iter("cell")) for row in table.iter("row")]
    heads = [sum(cell.get("role") == "head" for cell in row) for row in rows]
    # Header cells in the first column only: a table of facts, each row "name: value".
    marked = max(heads, default=0) > 1 if any(heads) else None
    write_table(draft, [[_words(cell) for cell in row] for row in rows], heading=heading, marked=marked)


def _words(element: Any) -> str:
    for line_break in element.iter("lb"):
        line_break.text = "\n"
    return _squeeze("".join(element.itertext()))


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _characters(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The characters of a page: by the encoding it declares, if that fits, else as any text."""
    declared = _CHARSET.search(data[:4000])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return _DECLARATION.sub("", data.decode(declared[1].decode("ascii")), count=1), ()
        except (LookupError, UnicodeDecodeError):
            pass
    text, notes = decode(name, data)
    return _DECLARATION.sub("", text, count=1), notes


def _no_article(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name} has no article text that can be told from menus and scripts; copy the text into a .txt file."
    )
