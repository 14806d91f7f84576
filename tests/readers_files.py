"""Small files of every readable format, made while the tests run."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter

SENTENCE = "The ferry carried 4,310 passengers in May, the harbor office said."

PAGE = f"""<!doctype html><html><head><title>Ferry traffic | Harbor News</title>
<meta property="og:site_name" content="Harbor News"><link rel="canonical" href="https://news.example/ferry">
<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite", "name": "Harbor News"}},
{{"@type": ["NewsArticle"], "headline": "Ferry traffic grows", "datePublished": "2024-05-31T23:30:00-05:00",
"publisher": {{"name": "Harbor News"}}}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Ferry traffic grows</h1>
<p>{SENTENCE} It was the best month since the bridge was closed for repairs.</p>
<h2>Routes</h2><p>Two routes were <b>added</b> in spring.<br>A third follows in the fall of the year.</p>
<table><tr><th>Route</th><th>Passengers</th></tr><tr><td>North</td><td>2,310</td></tr>
<tr><td>South</td><td>2,000</td></tr></table></article>
<footer>Copyright 2019 Harbor News</footer><script>alert("no")</script></body></html>"""

CUES = """00:00:01,000 --> 00:00:03,000
RUIZ: {one}

2
00:00:03,000 --> 00:00:05,000
{two}

3
00:00:06,000 --> 00:00:07,000
Q: How many in June?

4
00:00:07,000 --> 00:00:09,000
RUIZ: We do not know yet.
"""


def make_pdf(*pages: list[str], header: str = "", title: str = "", size: int = 11) -> bytes:
    """A PDF with a list of paragraphs on each page, wrapped at a width of 190 mm."""
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    if title:
        pdf.set_title(title)
    for number, paragraphs in enumerate(pages, start=1):
        pdf.add_page()
        pdf.set_font("Helvetica", size=9)
        if header:
            pdf.cell(0, 8, header)
            pdf.set_xy(10, 280)
            pdf.cell(0, 8, f"Page {number} of {len(pages)}")
            pdf.set_xy(10, 25)
        for paragraph in paragraphs:
            pdf.set_font("Helvetica", size=size)
            pdf.multi_cell(0, 5, paragraph, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
    return bytes(pdf.output())


def make_pdf_table(rows: list[list[str]]) -> bytes:
    """A PDF with one table, columns 45 mm apart, below a sentence."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 5, SENTENCE, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    for row in rows:
        for cell in row:
            pdf.cell(45, 6, cell)
        pdf.ln()
    return bytes(pdf.output())


def make_scan(pages: int = 1, *, words: str = "") -> bytes:
    """A PDF of pictures; with ``words`` a further page of text."""
    pdf = FPDF()
    for _ in range(pages):
        pdf.add_page()
        pdf.image(Image.new("L", (60, 80), 200), w=100)
    if words:
        pdf.add_page()
        pdf.set_font("Helvetica", size=11)
        pdf.multi_cell(0, 5, words)
    return bytes(pdf.output())


def encrypt(data: bytes, password: str) -> bytes:
    """The PDF locked for whoever does not know ``password`` (RC4: needs no further package)."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def make_docx() -> bytes:
    """A Word file with a heading, a paragraph and a table."""
    word = docx.Document()
    word.core_properties.title = "Ferry report"
    word.add_heading("Traffic", level=1)
    word.add_paragraph(SENTENCE)
    table = word.add_table(rows=0, cols=2)
    for row in (("Route", "Passengers"), ("North", "2,310"), ("South", "2,000")):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    return saved(word)


def make_xlsx(*rows: list[object], formats: dict[str, str] | None = None, title: str = "Q2") -> bytes:
    """A workbook of one sheet; ``formats`` gives number formats by cell ("B3": "0.0%")."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    return saved(book)


def make_bomb(member: str, size: int = 60_000_000) -> bytes:
    """A small zip whose one member unpacks to ``size`` zero bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, bytes(size))
    return buffer.getvalue()


def saved(document: object) -> bytes:
    """The bytes of a Word document or a workbook."""
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def sample(suffix: str) -> bytes:
    """A good file for a suffix; each holds the figure 4,310."""
    cues = CUES.format(one="The ferry carried", two="4,310 passengers in May.")
    texts = {
        ".html": PAGE,
        ".htm": PAGE,
        ".csv": "Route;Passengers\nNorth;4,310\nSouth;2,000\n",
        ".tsv": "Route\tPassengers\nNorth\t4,310\nSouth\t2,000\n",
        ".srt": "1\n" + cues,
        ".vtt": "WEBVTT\n\n1\n" + cues.replace(",000", ".000"),
    }
    if suffix == ".pdf":
        return make_pdf([SENTENCE])
    if suffix == ".docx":
        return make_docx()
    if suffix == ".xlsx":
        return make_xlsx(["Route", "Passengers"], ["North", 4310], ["South", 2000], formats={"B2": "#,##0"})
    return texts.get(suffix, SENTENCE + "\n").encode()
