"""Reading web pages, PDF, Word and tables: what text they give, where each piece stands, what is said about it."""

from __future__ import annotations

import threading
from datetime import date, datetime

import docx
import openpyxl
import pytest
from readers_files import (
    PAGE,
    SENTENCE,
    encrypt,
    make_docx,
    make_pdf,
    make_pdf_table,
    make_scan,
    make_xlsx,
    sample,
    saved,
)

from claimdesk.errors import UnreadableFileError
from claimdesk.model import Document, Location
from claimdesk.readers import Limits, read_bytes


def lines(document: Document) -> list[str]:
    return document.text.split("\n\n")


def place_of(document: Document, words: str) -> Location:
    return document.location(document.text.index(words))


# --- web pages ------------------------------------------------------------------------------------


def test_page_gives_article_table_rows_and_declared_metadata():
    document = read_bytes("a.html", PAGE.encode())
    assert lines(document) == [
        "Ferry traffic grows",
        SENTENCE + " It was the best month since the bridge was closed for repairs.",
        "Routes",
        "Two routes were added in spring. A third follows in the fall of the year.",
        "Route: North; Passengers: 2,310",
        "Route: South; Passengers: 2,000",
    ]
    meta = document.meta
    assert (meta.title, meta.publisher, meta.date) == ("Ferry traffic grows", "Harbor News", date(2024, 5, 31))
    assert meta.url == "https://news.example/ferry"
    assert place_of(document, "A third").heading == "Routes"
    assert (place_of(document, "2,000").row, place_of(document, "2,000").heading) == (3, "Routes")


ARTICLE = f"<article><h1>Ferry traffic</h1><p>{SENTENCE} {SENTENCE} {SENTENCE}</p>%s</article>"
DATES = [
    ('<meta name="date" content="2024-05-31">', "", date(2024, 5, 31)),
    ('<meta property="article:published_time" content="2024-05-31T08:00Z">', "", date(2024, 5, 31)),
    ("", '<time datetime="2024-05-31">May 31</time>', date(2024, 5, 31)),
    ('<link rel="canonical" href="https://x.example/2024/05/31/ferry">', "", date(2024, 5, 31)),
    # declared publication beats the other dates on the page
    ('<meta name="date" content="2024-05-31">', '<time datetime="2024-06-02">June 2</time>', date(2024, 5, 31)),
    # nothing declared, several times, order of day and month open: no date
    ("", "<p>Updated June 2, 2024. Copyright 2019.</p>", None),
    ("", '<time datetime="2024-05-31">a</time><time datetime="2024-06-02">b</time>', None),
    ('<meta name="date" content="05/06/2024">', "", None),
    ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": ["x"]}</script>', "", None),
    ('<script type="application/ld+json">' + "[" * 3000 + "</script>", "", None),
]


@pytest.mark.parametrize(("head", "body", "day"), DATES)
def test_page_date_is_declared_or_blank(head, body, day):
    page = f"<html><head><title>Ferry</title>{head}</head><body>{ARTICLE % body}</body></html>"
    assert read_bytes("a.html", page.encode()).meta.date == day


def test_page_encoding_is_the_declared_one():
    page = f'<?xml version="1.0" encoding="x"?><html><head><meta charset="windows-1251"></head><body>{ARTICLE % ""}'
    page = page.replace("harbor office", "Одеса office")
    document = read_bytes("a.htm", page.encode("cp1251"))
    assert "Одеса office" in document.text and document.notes == ()


def test_scripts_and_markup_never_reach_the_text():
    document = read_bytes("a.html", (f"<body>{ARTICLE % '<p>1 &lt;b&gt; 2 <img src=x onerror=alert(1)></p>'}").encode())
    assert "onerror" not in document.text and "alert" not in document.text
    assert "1 <b> 2" in document.text  # an escaped tag is text, for the page to escape again


def test_table_of_facts_has_no_headers():
    facts = "<table><tr><th>Minister</th><td>Dana Ruiz</td></tr><tr><th>Ferries</th><td>12</td></tr></table>"
    document = read_bytes("a.html", f"<body>{ARTICLE % facts}</body>".encode())
    assert "Minister; Dana Ruiz" in document.text and "Ferries; 12" in document.text


# --- PDF ------------------------------------------------------------------------------------------

LONG = " ".join([SENTENCE, "It was the best month since the long-awaited bridge had been closed for repairs."] * 2)


def test_pdf_lines_are_joined_and_pages_marked():
    document = read_bytes("a.pdf", make_pdf([LONG, "Second paragraph. " + LONG], ["Third, on page two."]))
    assert lines(document) == [LONG, "Second paragraph. " + LONG, "Third, on page two."]
    assert place_of(document, "Second").page == 1
    assert place_of(document, "Third").page == 2


def test_pdf_headers_and_footers_are_left_out_with_a_note():
    pages = [[f"Body number {word} stands here alone."] for word in ("one", "two", "three")]
    document = read_bytes("a.pdf", make_pdf(*pages, header="Harbor office - Annual report"))
    assert lines(document) == [page[0] for page in pages]
    assert "Harbor office - Annual report" in document.notes[0] and "Page 1 of 3" in document.notes[0]


def test_pdf_sentence_runs_on_over_the_page():
    document = read_bytes("a.pdf", make_pdf([LONG + " The ferries carried"], ["many people in May. " + LONG]))
    assert "The ferries carried many people in May." in document.text
    assert place_of(document, "many people").page == 2


def test_pdf_hyphens_at_line_ends():
    text = "The respon-\nsible ministers met. The well-\nknown COVID-\n19 rules and the 1990-\n2000 period stay."
    document = read_bytes("a.pdf", make_pdf([text]))
    assert document.text == (
        "The responsible ministers met. The well-known COVID-19 rules and the 1990-2000 period stay."
    )


def test_pdf_table_rows_stand_beside_their_headers():
    document = read_bytes(
        "a.pdf", make_pdf_table([["Route", "2023", "2024"], ["North", "2,310", "-3%"], ["South", "7", "8"]])
    )
    assert lines(document)[1:] == ["Route: North; 2023: 2,310; 2024: -3%", "Route: South; 2023: 7; 2024: 8"]
    assert place_of(document, "-3%").page == 1


def test_pdf_table_with_gaps_keeps_figures_without_headers():
    rows = [["Route", "2023", "2024"], ["North", "", "5"], ["South", "7", "8"]]
    document = read_bytes("a.pdf", make_pdf_table(rows))
    assert "North; 5" in document.text and "2023: 5" not in document.text


def test_pdf_columns_are_read_one_after_the_other():
    from fpdf import FPDF

    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=10)
    left = [
        "The ferry carried many people in May,",
        "most of them from the northern towns,",
        "and more came in June than in all",
        "of the year before it had begun.",
    ]
    right = [
        "A bridge was closed for its repairs",
        "in April and will stay closed until",
        "the fall of the year, the engineers",
        "of the harbor office have told us.",
    ]
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        pdf.text(10, 20 + 5 * number, one)
        pdf.text(110, 20 + 5 * number, other)
    document = read_bytes("a.pdf", bytes(pdf.output()))
    assert lines(document) == [" ".join(left), " ".join(right)]


def test_pdf_headings_are_larger_lines():
    from fpdf import FPDF

    pdf = FPDF()
    pdf.add_page()
    for size, words in ((18, "Traffic in May"), (11, LONG), (11, LONG)):
        pdf.set_font("Helvetica", size=size)
        pdf.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
    document = read_bytes("a.pdf", bytes(pdf.output()))
    assert lines(document)[0] == "Traffic in May"
    assert place_of(document, "4,310").heading == "Traffic in May"


def test_pdf_properties_and_passwords():
    document = read_bytes("a.pdf", make_pdf([SENTENCE], title="Ferry report"))
    assert document.meta.title == "Ferry report" and document.meta.date is None
    assert read_bytes("a.pdf", make_pdf([SENTENCE], title="Microsoft Word - x.doc")).meta.title == ""
    assert read_bytes("a.pdf", encrypt(make_pdf([SENTENCE]), "")).text == SENTENCE  # opens without a password


def test_partly_scanned_pdf_gets_a_note():
    document = read_bytes("a.pdf", make_scan(2, words=SENTENCE))
    assert document.text == SENTENCE
    assert "2 of 3 pages had no text" in document.notes[0]
    assert place_of(document, "4,310").page == 3


def test_pdf_reading_from_several_threads():
    data, found = make_pdf([LONG]), []
    threads = [threading.Thread(target=lambda: found.append(read_bytes("a.pdf", data).text)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [LONG] * 6


# --- Word -----------------------------------------------------------------------------------------


def test_docx_gives_headings_rows_and_title():
    document = read_bytes("a.docx", make_docx())
    assert lines(document) == [
        "Traffic",
        SENTENCE,
        "Route: North; Passengers: 2,310",
        "Route: South; Passengers: 2,000",
    ]
    assert document.meta.title == "Ferry report"
    assert place_of(document, "4,310") == Location(heading="Traffic")
    assert (place_of(document, "2,310").row, place_of(document, "2,310").heading) == (2, "Traffic")


def test_docx_tracked_changes_are_read_as_accepted():
    from docx.oxml import parse_xml

    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    word = docx.Document()
    paragraph = word.add_paragraph("The ferry carried ")
    paragraph._p.append(parse_xml(f"<w:del {ns}><w:r><w:delText>999</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {ns}><w:r><w:t>4,310</w:t></w:r></w:ins>"))
    document = read_bytes("a.docx", saved(word))
    assert document.text == "The ferry carried 4,310"
    assert "tracked changes" in document.notes[0]


def test_docx_merged_cells_keep_columns_in_place():
    word = docx.Document()
    table = word.add_table(rows=3, cols=3)
    for row, values in zip(
        table.rows, (("Route", "2023", "2024"), ("Closed", "", "5"), ("South", "7", "8")), strict=True
    ):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(1, 0).merge(table.cell(1, 1))
    document = read_bytes("a.docx", saved(word))
    assert "Route: Closed; 2024: 5" in document.text


def test_docx_footnotes_follow_the_text():
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    word = docx.Document()
    word.add_paragraph(SENTENCE)
    blob = (
        b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1">'
        b"<w:p><w:r><w:t>Harbor office, June 3.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, word.part.package)
    word.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    document = read_bytes("a.docx", saved(word))
    assert lines(document) == [SENTENCE, "Harbor office, June 3."]
    assert place_of(document, "June 3").heading == "Footnotes"


# --- CSV ------------------------------------------------------------------------------------------

TABLES = [
    # plain, quoted figures with separators
    ('Region,Jobs,Change (%)\nNorth,"1,212",-3\n', ["Region: North; Jobs: 1,212; Change (%): -3"]),
    # other delimiters
    ("Region;Jobs\nNorth;1,212\nSouth;9\n", ["Region: North; Jobs: 1,212", "Region: South; Jobs: 9"]),
    ("Region|Jobs\nNorth|1,212\n", ["Region: North; Jobs: 1,212"]),
    # title rows above the header
    ("Jobs by region,,\n,,\nRegion,2023,2024\nNorth,1,2\n", ["Jobs by region", "Region: North; 2023: 1; 2024: 2"]),
    # groups of columns
    (",2023,,2024,\nRegion,Jobs,Pay,Jobs,Pay\nNorth,1,2,3,4\n",
     ["Region: North; 2023 Jobs: 1; 2023 Pay: 2; 2024 Jobs: 3; 2024 Pay: 4"]),
    # no header: none is made up
    ("North,1,2\nSouth,3,4\n", ["North; 1; 2", "South; 3; 4"]),
    # one column
    ("Jobs\n1\n2\n", ["Jobs: 1", "Jobs: 2"]),
    # Excel's hint, a label and a note of the table's own
    ("sep=;\nRegion;Jobs\nCoast\nNorth;1\nSource: harbor office;\n",
     ["Coast", "Region: North; Jobs: 1", "Source: harbor office"]),
    # line breaks inside a cell, empty cells, a header alone
    ('Region,Note\nNorth,"two\nlines"\nSouth,\n', ["Region: North; Note: two lines", "South"]),
    ("Region,Jobs\n", ["Region; Jobs"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), TABLES)
def test_csv_rows(text, rows):
    assert lines(read_bytes("a.csv", text.encode())) == rows


def test_csv_rows_are_numbered_as_in_the_file():
    document = read_bytes("a.csv", b'Jobs by region\n\nRegion,Jobs\n"North\nEast",1\n\nSouth,2\n')
    assert place_of(document, "North East").row == 4
    assert (place_of(document, "South").row, place_of(document, "South").heading) == (6, "Jobs by region")
    assert document.meta.title == "Jobs by region"


def test_ragged_csv_is_read_with_a_note():
    document = read_bytes("a.csv", b"Region,Jobs\nNorth,1,extra\nSouth\nWest,3\nEast,4\n")
    assert lines(document) == [
        "Region: North; Jobs: 1; extra",
        "South",
        "Region: West; Jobs: 3",
        "Region: East; Jobs: 4",
    ]
    assert "2 rows" in document.notes[0]


def test_a_date_column_is_not_the_date_of_the_table():
    document = read_bytes("a.csv", b"Date,Jobs\n2024-05-31,1\n2024-06-30,2\n")
    assert document.meta.date is None and document.furniture == ()


def test_unclosed_quotation_mark_in_csv():
    with pytest.raises(UnreadableFileError, match="never closed"):
        read_bytes("a.csv", b'Region,Jobs\n"North,1\n' + b"x,1\n" * 60_000)


# --- Excel ----------------------------------------------------------------------------------------


def test_xlsx_cells_as_displayed():
    data = make_xlsx(
        ["Jobs by region, 2024"],
        ["Region", "Jobs", "Share", "Pay", "Since", "Rate", "Plain"],
        ["North", 1212, 0.125, 3500000, datetime(2024, 5, 31), 0.1 + 0.2, 4310],
        formats={"B3": "#,##0", "C3": "0%", "D3": '"$"#,##0', "E3": "d mmm yyyy", "F3": "0.00"},
    )
    document = read_bytes("a.xlsx", data)
    assert lines(document) == [
        "Jobs by region, 2024",
        "Region: North; Jobs: 1,212; Share: 12.5%; Pay: $3,500,000; Since: 2024-05-31; Rate: 0.30; Plain: 4310",
    ]
    assert place_of(document, "1,212") == Location(row=3, sheet="Q2", heading="Jobs by region, 2024")


def test_xlsx_sheets_formulas_and_hidden_sheets():
    book = openpyxl.Workbook()
    book.active.append(["Region", "Jobs"])
    book.active.append(["North", "=1+1"])
    other = book.create_sheet("Drafts")
    other.sheet_state = "hidden"
    other.append(["Region", "Jobs"])
    other.append(["South", -7])
    document = read_bytes("a.xlsx", saved(book))
    assert lines(document) == ["North", "Region: South; Jobs: -7"]
    assert place_of(document, "South").sheet == "Drafts"
    assert any("'Drafts' is hidden" in note for note in document.notes)
    assert any("1 formula cells hold no value" in note for note in document.notes)


def test_xlsx_with_a_cell_far_away_is_read_in_time():
    book = openpyxl.Workbook()
    book.active.append(["Region", "Jobs"])
    book.active.append(["North", 1])
    book.active["A1048576"] = "end"
    document = read_bytes("a.xlsx", saved(book))
    assert document.text.startswith("Region: North; Jobs: 1")
    assert any("empty rows follow" in note for note in document.notes)


def test_limits_hold_while_text_is_laid_out():
    with pytest.raises(UnreadableFileError, match="characters"):
        read_bytes("a.docx", sample(".docx"), Limits(max_chars=30))
