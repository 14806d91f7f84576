"""The source in full: the passage at hand, the other passages with their claims, and nothing lost or run."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hostile import HOSTILE, hostile_report
from sample_report import MINUTES, document, sample_report

from claimdesk.model import Location, Source, Span, Stance
from claimdesk.render.source import Use, render_source, uses_of_claim, uses_of_source

REPORT = sample_report()
MINUTES_SOURCE = next(source for source in REPORT.sources if source.document and source.document.text == MINUTES)

HERE = uses_of_claim(REPORT, 1)[0]


def shown(use: Use) -> str:
    return render_source(REPORT, MINUTES_SOURCE, use)


def test_the_passage_at_hand_is_marked_once_and_can_be_reached() -> None:
    page = shown(uses_of_claim(REPORT, 1)[0])
    assert page.count('id="passage"') == 1
    here = "".join(re.findall(r'<mark class="cd-here[^"]*"[^>]*>(.*?)</mark>', page))
    assert html.unescape(here) == REPORT.claims[0].evidence[0].text
    assert 'class="cd-here cd-hit"' in page and "Conflicting passage of claim 1, page 1" in page


def test_other_passages_are_marked_lightly_with_the_number_of_their_claim() -> None:
    page = shown(uses_of_claim(REPORT, 1)[0])
    others = {use.number for use in uses_of_source(REPORT, MINUTES_SOURCE.id, HERE)} - {1}
    assert others and 'class="cd-used"' in page
    assert all(f'href="#m{number}"' in page for number in others)


def test_every_word_of_the_source_is_there() -> None:
    body = shown(uses_of_claim(REPORT, 1)[0]).partition("<article")[2].partition(">")[2]
    body = body.replace('<p class="cd-place">Page 1</p>', "", 1)
    plain = re.sub(r'<span class="cd-used-by">.*?</a></span>', "", body).replace("</p>", " ")
    assert html.unescape(re.sub("<[^>]+>", "", plain)).split() == MINUTES.split()


def test_a_long_source_is_cut_around_the_passage_and_says_so() -> None:
    filler = "Nothing happened. " * 9_000
    text = filler + MINUTES + filler
    source = replace(MINUTES_SOURCE, document=document("long", text))
    use = uses_of_claim(REPORT, 1)[0]
    moved = replace(
        use.evidence, start=use.evidence.start + len(filler), end=use.evidence.end + len(filler), findings=()
    )
    page = render_source(REPORT, source, Use(1, moved))
    assert len(page) < 80_000 and f"of {len(text):,} are shown" in page
    assert "The board approved the purchase" in page


def test_a_passage_of_a_text_file_names_its_line() -> None:
    source = replace(MINUTES_SOURCE, document=replace(MINUTES_SOURCE.document, format="txt"))
    assert "Conflicting passage of claim 1, line 3, page 1" in render_source(REPORT, source, HERE)


TABLE = "Year: 2023; Riders: 210,400; Note: a; b\n\nYear: 2024; Change: -15%; Riders: 178,840\n\nSource: harbor office"


def table_page(text: str = TABLE, figure: str = "-15%") -> str:
    starts = [match.end() for match in re.finditer("\n\n|^", text)]
    marks = tuple((start, Location(row=number, sheet="Q2")) for number, start in enumerate(starts, 2))
    table = replace(MINUTES_SOURCE, document=replace(document("riders.csv", text), marks=marks))
    row = text.splitlines()[2]
    place = Span(text.index(row), text.index(row) + len(row))
    at = text.index(figure)
    finding = replace(HERE.evidence.findings[0], evidence_span=Span(at, at + len(figure)))
    evidence = replace(
        HERE.evidence, start=place.start, end=place.end, text=row, location=marks[1][1], findings=(finding,)
    )
    return render_source(REPORT, table, Use(1, evidence))


def test_rows_of_a_table_stand_under_their_header_with_the_deciding_cell_marked() -> None:
    page = table_page()
    heads = re.findall('<th scope="col"[^>]*>(.*?)</th>', page)
    assert heads == ["Row", "Year", "Change", "Riders", "Note", "", "Source", "Claims"]
    here = page.partition('<tr class="cd-here" id="passage"')[2].partition("</tr>")[0]
    cells = [html.unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall("<td[^>]*>(.*?)</td>", here)]
    assert cells == ["2024", "-15%", "178,840", "", "", "", "1claim 12claim 2"]
    assert '<th scope="row">3</th>' in here and '<mark class="cd-hit">-15%</mark>' in here
    assert "Sheet Q2, 3 rows" in page and page.count('id="passage"') == 1


def test_every_cell_of_a_table_is_there_and_hostile_ones_are_words() -> None:
    text = TABLE.replace("harbor office", "<script>x</script>; $x$: **b**")
    page = table_page(text)
    assert "&lt;script&gt;x&lt;/script&gt;" in page and "<script" not in page
    assert all(cell in page for cell in ("210,400", ">a<", ">b<", "**b**"))


def test_pages_are_numbered_where_they_begin() -> None:
    text = "First page.\n\nMore of it.\n\nSecond page."
    marks = ((0, Location(page=1)), (text.index("Second"), Location(page=2)))
    source = replace(MINUTES_SOURCE, document=replace(document("book.pdf", text), marks=marks))
    evidence = replace(HERE.evidence, start=0, end=11, text="First page.", findings=())
    page = render_source(REPORT, source, Use(1, evidence))
    assert re.findall(">(Page \\d)</p>", page) == ["Page 1", "Page 2"]
    assert page.index(">Page 2<") > page.index("More of it.")


def test_a_source_that_is_not_at_hand_says_so() -> None:
    lost = Source(MINUTES_SOURCE.id, "gone.txt", None, "gone")
    assert "not at hand" in render_source(REPORT, lost, uses_of_claim(REPORT, 1)[0])


@pytest.mark.parametrize("words", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_words_are_shown_literally(words: str) -> None:
    report = hostile_report(words)
    page = render_source(report, report.sources[0], uses_of_claim(report, 1)[0])
    assert "<script" not in page and "<img" not in page and 'href="javascript' not in page


def test_a_passage_that_decides_nothing_is_marked_only_when_it_is_at_hand() -> None:
    related = [
        Use(number, item)
        for number, checked in enumerate(REPORT.claims, 1)
        for item in checked.evidence
        if item.stance is Stance.RELATED and item.source in {source.id for source in REPORT.sources if source.document}
    ]
    for use in related:
        assert use in uses_of_source(REPORT, use.evidence.source, use)
        assert use not in uses_of_source(REPORT, use.evidence.source, HERE)
