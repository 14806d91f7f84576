"""The pictures on the page: the strip above the text, values in cards, sources in a table, pages of a PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_driving import opened, words
from sample_report import sample_report

from claimdesk.model import Location
from claimdesk.page.cases import cases_root
from claimdesk.page.pdf_page import draw_page, pdf_of


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMDESK_EXAMPLES", str(tmp_path / "none"))
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "cases"))


def a_pdf(path: Path) -> Path:
    from fpdf import FPDF

    book = FPDF()
    for number in (1, 2):
        book.add_page()
        book.set_font("Helvetica", size=20)
        book.cell(text=f"Page {number}: two ferries at a price of EUR 8.4 million.")
    path.parent.mkdir(parents=True, exist_ok=True)
    book.output(str(path))
    return path


def test_the_strip_pales_with_the_filters_and_counts_every_claim() -> None:
    page = opened(sample_report())
    assert words(page).count('class="cd-tick') == 10
    page = opened(sample_report(), verdict="conflicting")
    assert words(page).count("cd-tick cd-pale") == 7


def test_the_table_of_sources_stands_with_the_sources() -> None:
    assert "Claims by source" in words(opened(sample_report()))


# --- pages of a PDF -------------------------------------------------------------------------------------


def test_a_page_is_drawn_and_a_missing_or_broken_one_is_not(tmp_path: Path) -> None:
    path = a_pdf(tmp_path / "book.pdf")
    first, second = draw_page(path, 1), draw_page(path, 2)
    assert first and second and first.startswith(b"\x89PNG") and first != second
    assert draw_page(path, 3) is None and draw_page(tmp_path / "none.pdf", 1) is None
    path.write_bytes(b"%PDF-1.7 broken")
    assert draw_page(path, 1) is None


@pytest.mark.parametrize("path", ["/etc/book.pdf", "../../book.pdf", "C:\\papers\\book.pdf", "book.pdf"])
def test_only_the_folder_of_the_case_is_looked_in(path: str) -> None:
    assert pdf_of("sample", path) is None
    kept = a_pdf(cases_root() / "sample" / "sources" / "book.pdf")
    assert pdf_of("sample", path) == kept
    assert pdf_of("sample", path.replace(".pdf", ".txt")) is None


def test_the_page_itself_can_be_opened_below_the_text_of_a_pdf() -> None:
    report = sample_report()
    sources = tuple(replace(source, path="book.pdf") if source.id == "s1" else source for source in report.sources)
    checked = report.claims[0]
    place = Location(page=2, heading="Decisions")
    evidence = tuple(replace(item, location=place) for item in checked.evidence)
    report = replace(report, sources=sources, claims=(replace(checked, evidence=evidence), *report.claims[1:]))
    a_pdf(cases_root() / "sample" / "sources" / "book.pdf")
    page = opened(report, view="source", claim="c1")
    assert "page 2, under" in words(page)
    a_pdf(cases_root() / "sample" / "sources" / "book.pdf")  # keeping the sample has laid its own sources out
    page.run()
    assert "Page 2 as printed" in [part.label for part in page.expander]
