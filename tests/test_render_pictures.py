"""The pictures: where claims stand, which values sources give, which source does what; each said in words too."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from sample_report import document, quantity, sample_report
from test_render import Page

from claimdesk.model import Checked, Evidence, Finding, Location, Outcome, Report, Source, Span, Stance
from claimdesk.render.by_source import claims_by_source, render_by_source
from claimdesk.render.plot import render_plot
from claimdesk.render.standing import LOOKS, Standing, numbered, standing
from claimdesk.render.strip import render_strip

REPORT = sample_report()


# --- the strip ------------------------------------------------------------------------------------------


def ticks(html: str) -> list[tuple[str, float]]:
    return [(link, float(at)) for link, at in re.findall(r'href="#(m\d+)"[^>]*style="--at:([\d.]+)%', html)]


def test_each_claim_has_a_tick_in_the_row_of_its_verdict_where_it_stands_in_the_text() -> None:
    html = render_strip(REPORT)
    Page(html)
    assert sorted(ticks(html)) == sorted(
        (f"m{number}", pytest.approx(100 * item.claim.span.start / len(REPORT.text.text), abs=0.41))
        for number, item in numbered(REPORT)
    )
    rows = html.split("cd-strip-row ")[1:]
    assert [row.partition('"')[0] for row in rows] == [LOOKS[each].css for each in LOOKS]
    for row, each in zip(rows, LOOKS, strict=True):
        assert LOOKS[each].sign in row
        assert {link for link, _ in ticks(row)} == {
            f"m{number}" for number, item in numbered(REPORT) if standing(item) is each
        }


def test_the_strip_is_said_in_words_and_keeps_out_of_the_keyboards_way() -> None:
    html = render_strip(REPORT)
    assert "Conflicting: claims 1, 4, 5. Mixed: claim 6." in html
    assert html.count("<a ") == html.count('tabindex="-1"') and 'aria-hidden="true"' in html


def test_filtered_claims_are_pale_and_reviewed_ones_hollow() -> None:
    html = render_strip(REPORT, shown=[1, 4], done=[4])
    assert html.count("cd-pale") == 8 and html.count("cd-hollow") == 1
    assert re.search(r'href="#m4"[^>]*class="cd-tick cd-hollow"', html)


def test_a_long_text_with_many_claims_keeps_the_strip_small() -> None:
    text = "It cost 9 million. " * 3_000
    one = REPORT.claims[0]
    claims = tuple(
        replace(one, claim=replace(one.claim, span=Span(at, at + 17))) for at in range(0, len(text) - 17, 19)
    )
    html = render_strip(replace(REPORT, text=document("long", text), claims=claims))
    assert len(html) < 80_000 and html.count("<a ") <= 250
    assert "and 2,960 more" in html


def test_without_claims_there_is_no_strip() -> None:
    assert render_strip(replace(REPORT, claims=())) == ""


# --- the plot -------------------------------------------------------------------------------------------


def given(words: str, figure: str, stance: Stance, source: str, origin: str = "", value: str = "") -> tuple:
    """A source with one sentence, and the evidence that its figure gives."""
    at = words.index(figure)
    outcome = {Stance.SUPPORTS: Outcome.SUPPORTS, Stance.CONFLICTS: Outcome.CONFLICTS}.get(stance, Outcome.SILENT)
    span = Span(at, at + len(figure))
    finding = Finding("numbers", outcome, "X", "Detail.", evidence_span=span, evidence_value=value or figure)
    place = Location()
    evidence = Evidence(source, stance, 0.9, 0, len(words), words, place, 0.9, "Why.", (finding,), origin or source)
    return Source(source, f"{source}.txt", document(f"{source}.txt", words)), evidence


def plot(claim: str, *pairs: tuple, unit: str | None = None, width: str = "0") -> str:
    text = f"It was {claim} then."
    checked: Checked = REPORT.claims[0]
    number = "".join(each for each in claim if each in "0123456789.")
    found = quantity(text, claim, number, unit=unit)
    found = replace(found, low=Decimal(number) - Decimal(width), high=Decimal(number) + Decimal(width))
    checked = replace(
        checked, claim=replace(checked.claim, quantity=found), evidence=tuple(evidence for _, evidence in pairs)
    )
    html = render_plot(checked, {source.id: source for source, _ in pairs})
    Page(html)
    return html


def dots(html: str) -> list[tuple[float, float]]:
    found = re.findall(r'class="cd-dot[^"]*" style="--at:([\d.]+)%;--wide:([\d.]+)%"', html)
    return [(float(at), float(wide)) for at, wide in found]


SAYS_9 = given("It fell by 9 percent.", "9 percent", Stance.CONFLICTS, "s1")
SAYS_12 = given("It fell by 12% in May.", "12%", Stance.SUPPORTS, "s2")


def test_values_of_two_sources_stand_on_one_scale_with_the_claim() -> None:
    html = plot("12%", SAYS_9, SAYS_12, unit="percent")
    [claim, conflicting, supporting] = dots(html)
    assert claim == supporting and conflicting[0] < claim[0] and claim[1] == 0
    words = Page(html).text
    assert words.index("The text") < words.index("s1.txt") < words.index("s2.txt")
    assert "9 percent" in words and "12%" in words and "≠" in words and "✓" in words


def test_an_interval_is_drawn_as_wide_as_it_is() -> None:
    [claim, *_] = dots(plot("12%", SAYS_9, SAYS_12, unit="percent", width="1"))
    assert claim[1] == pytest.approx(2 / 4 * 100 / 1.12, abs=0.2)


def test_an_open_end_runs_to_the_edge() -> None:
    html = plot("12%", SAYS_9, given("More than 10% left.", "More than 10%", Stance.SUPPORTS, "s2"), unit="percent")
    assert "cd-endless-high" in html


def test_units_of_one_kind_are_brought_together() -> None:
    html = plot(
        "5 km",
        given("It ran 6,000 meters.", "6,000 meters", Stance.CONFLICTS, "s1"),
        given("It ran 5 km.", "5 km", Stance.SUPPORTS, "s2"),
        unit="km",
    )
    [claim, conflicting, supporting] = dots(html)
    assert claim == supporting and conflicting[0] > claim[0]


def test_what_cannot_be_brought_to_the_scale_is_listed_and_not_drawn() -> None:
    html = plot("12%", SAYS_9, SAYS_12, given("It cost 30 euros.", "30 euros", Stance.CONFLICTS, "s3"), unit="percent")
    assert len(dots(html)) == 3 and "30 euros" in html and html.count("not drawn") == 1
    worked_out = given("5 of 40 left.", "5", Stance.SUPPORTS, "s3", value="5 / 40 = 12.5%")
    html = plot("12%", SAYS_9, SAYS_12, worked_out, unit="percent")
    assert len(dots(html)) == 3 and "5 / 40 = 12.5%" in html


def test_a_cell_of_a_table_has_the_unit_of_its_header() -> None:
    cell = given("Item: Bus fares; Change (%): 9; Year: 2024", "9", Stance.CONFLICTS, "s1")
    html = plot("12%", cell, SAYS_12, unit="percent")
    assert html.count("not drawn") == 0 and dots(html)[1][0] < dots(html)[0][0]
    cell = given("Item: Bus fares; Riders: 9; Year: 2024", "9", Stance.CONFLICTS, "s1")
    assert not plot("12%", cell, SAYS_12, unit="percent")


def test_a_copy_is_named_as_one() -> None:
    copy = given("It fell by 9 percent.", "9 percent", Stance.CONFLICTS, "s3", origin="s1")
    html = plot("12%", SAYS_9, copy, SAYS_12, unit="percent")
    assert html.count("same origin as above") == 1


def test_one_source_equal_values_and_related_passages_draw_nothing() -> None:
    assert plot("12%", SAYS_9, unit="percent") == ""
    assert plot("12%", SAYS_12, given("12% left.", "12%", Stance.SUPPORTS, "s3"), unit="percent") == ""
    assert plot("12%", SAYS_12, given("9% left.", "9%", Stance.RELATED, "s3"), unit="percent") == ""


# --- the table ------------------------------------------------------------------------------------------


def test_each_source_is_counted_once_for_a_claim_under_what_matters_most() -> None:
    found = claims_by_source(REPORT)
    for number, checked in numbered(REPORT):
        for source, stances in found.items():
            own = {item.stance for item in checked.evidence if item.source == source}
            where = [stance for stance, numbers in stances.items() if number in numbers]
            first = next((s for s in (Stance.CONFLICTS, Stance.SUPPORTS, Stance.RELATED) if s in own), None)
            assert where == ([first] if first else [])


def test_the_table_names_and_links_the_claims() -> None:
    page = Page(render_by_source(REPORT))
    assert set(page.links) <= {f"#m{number}" for number, _ in numbered(REPORT)}
    assert "Conflicts with" in page.text and "Minutes of 3 June" in page.text


def test_without_sources_or_claims_there_is_no_table() -> None:
    empty: Report = replace(REPORT, sources=())
    assert render_by_source(empty) == "" == render_by_source(replace(REPORT, claims=()))


@pytest.mark.parametrize("each", list(Standing))
def test_the_words_of_the_strip_name_every_verdict(each: Standing) -> None:
    assert f"{LOOKS[each].word}: claim" in render_strip(REPORT)
