"""Filters, links and keys of the page: what is chosen, what stands in the address, what follows the claim at hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_driving import cards, decided, opened, words
from sample_report import ARTICLE, document, sample_report
from streamlit.testing.v1 import AppTest

from claimdesk.model import Kind, Report, Span
from claimdesk.page.decisions import review_now
from claimdesk.page.links import choose_claim
from claimdesk.page.view_filters import CARDS, ONE_BY_ONE, SOURCE
from claimdesk.render.standing import Standing

APP = Path(__file__).parents[1] / "app.py"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMDESK_EXAMPLES", str(tmp_path / "none"))
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "cases"))


def long_report(times: int = 5) -> Report:
    report = sample_report()
    claims = tuple(
        replace(checked, claim=replace(checked.claim, id=f"c{number}"))
        for number, checked in enumerate(report.claims * times, 1)
    )
    return replace(report, claims=claims)


# --- filters --------------------------------------------------------------------------------------------


def test_a_source_can_be_filtered_and_stands_in_the_address() -> None:
    report = sample_report()
    page = opened(report)
    page.selectbox(key="from_source").set_value("s1").run()
    expected = {checked.claim.id for checked in report.claims if any(e.source == "s1" for e in checked.evidence)}
    assert set(cards(page)) == expected and len(expected) < 10
    assert page.query_params["source"] == "s1"
    assert set(cards(opened(report, source="s1"))) == expected
    assert len(cards(opened(report, source="no-such-source"))) == 10


def test_all_filters_at_once_come_from_the_address_and_are_cleared_together() -> None:
    page = opened(
        sample_report(), verdict=["conflicting"], kind=["date", "quantity"], q="ferr", order="text", source="s1"
    )
    assert page.button_group(key="verdict").value == [Standing.CONFLICTING]
    assert page.button_group(key="kind").value == [Kind.QUANTITY, Kind.DATE]
    shown = cards(page)
    assert 0 < len(shown) < 10 and f"Showing {len(shown)} of 10 claims." in words(page)
    next(button for button in page.button if button.label == "Clear filters").click().run()
    assert len(cards(page)) == 10
    assert not {"verdict", "kind", "q", "source"} & set(page.query_params)
    assert page.query_params["order"] == "text"


@pytest.mark.parametrize("view", ["one", "source"])
def test_filters_are_at_hand_in_every_view(view: str) -> None:
    page = opened(sample_report(), view=view, verdict="conflicting")
    assert "Showing 3 of 10 claims." in words(page)
    assert words(page).count('cd-dim"') == 7


def test_a_filter_that_lets_nothing_through_says_so_and_keeps_the_way_back() -> None:
    page = opened(sample_report(), view="one", q="no such words anywhere")
    assert "No claim passes these filters." in words(page) and "Showing 0 of 10 claims." in words(page)
    assert any(button.label == "Clear filters" for button in page.button)


def test_unchecked_statements_are_shown_in_the_text_when_asked_for() -> None:
    text = ARTICLE + "\nA toll of 77 euros is planned.\n"
    page = opened(replace(sample_report(), text=document("ferry", text)))
    assert "cd-gap" not in words(page).partition("</style>")[0].partition("cd-article")[2].split("<style")[0]
    page.toggle(key="gaps").set_value(True).run()
    assert '<span class="cd-gap">A toll of 77 euros is planned.' in words(page)
    assert page.query_params["unchecked"] == "show"


# --- pages, sections and links --------------------------------------------------------------------------


def test_cards_come_twenty_to_a_page_and_marks_of_the_others_lead_to_them() -> None:
    page = opened(long_report())
    shown = cards(page)
    assert len(shown) == 20
    html = words(page)
    assert f'href="#{shown[0]}"' in html
    away = next(f"c{number}" for number in range(1, 51) if f"c{number}" not in shown)
    assert f'href="?case=sample&amp;claim={away}" data-claim="{away[1:]}" target="_self"' in html
    assert "cd-dim" not in html.partition("<style>")[0]


def test_a_text_with_very_many_claims_is_cut_into_sections_that_links_unfold() -> None:
    text = "".join(f"It cost {number} million.\n\n" for number in range(1, 602))
    one = sample_report().claims[0]
    claims, at = [], 0
    for number in range(1, 602):
        span = Span(at, at + len(f"It cost {number} million."))
        own = replace(one.claim, id=f"c{number}", span=span, sentence=span, text=span.of(text))
        claims.append(replace(one, claim=own))
        at = span.end + 2
    page = opened(replace(sample_report(), text=document("long", text), claims=tuple(claims), internal=()))
    html = words(page)
    assert html.count('<details class="cd cd-section"') == 3
    assert "Claims 1 to 250" in html and "Claims 501 to 601" in html and html.count('<mark id="m') == 601
    assert html.count(" open>") == 1


def at_hand(page: AppTest) -> list[str]:
    return [part.partition('"')[0] for part in words(page).split('data-arrive="mark:')[1:]]


def test_the_text_follows_the_claim_at_hand() -> None:
    page = opened(sample_report(), view="one")
    assert at_hand(page) == ["1"]
    page.button(key="step_J").click().run()
    assert at_hand(page) == ["4"] and cards(page) == ["c4"]
    page.button(key="step_S").click().run()
    assert at_hand(page) == ["4"] and "passage of claim 4" in words(page)
    page.button(key="source_back").click().run()
    assert page.segmented_control(key="view").value == ONE_BY_ONE and cards(page) == ["c4"]


def test_a_chosen_mark_shows_its_claim_in_the_view_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict = {"passing": [1, 2, 3], "view": CARDS}
    monkeypatch.setattr("streamlit.session_state", state)
    choose_claim(7)
    assert state["lead"] == 7 and state["page"] == 1
    state["view"] = SOURCE
    choose_claim(8)
    assert state["seen"] == (8, 0)
    state.update(view=ONE_BY_ONE, q="words")
    choose_claim(2)
    assert state["current"] == 2 and state["q"] == "words"
    choose_claim(9)  # filtered out: what was asked for is shown all the same
    assert state["current"] == 9 and state["q"] == ""


# --- keys -----------------------------------------------------------------------------------------------


def test_every_key_is_printed_on_a_button_and_listed() -> None:
    page = opened(sample_report(), view="one")
    keys = {button.proto.shortcut.upper() for button in page.button if button.proto.shortcut}
    assert keys == {"J", "K", "A", "U", "S", "1", "2", "3", "4", "5"}
    assert "take your last decision back" in words(page)
    assert page.text_input(key="q").label.endswith("(F)")


def test_a_number_key_agrees_or_chooses_another_verdict_and_stays_at_the_claim() -> None:
    page = opened(sample_report(), view="one")
    page.button(key="rate_2").click().run()
    [line] = decided(page)
    assert (line["decision"], line.get("verdict")) == ("agree", None) and cards(page) == ["c1"]
    page.button(key="rate_1").click().run()
    line = decided(page)[-1]
    assert (line["decision"], line["verdict"]) == ("disagree", "supported") and cards(page) == ["c1"]
    page.button(key="step_U").click().run()
    assert decided(page)[-1]["action"] == "undo"


def test_one_by_one_shows_the_paragraph_of_the_claim() -> None:
    page = opened(sample_report(), view="one")
    beside = words(page).partition('<div class="cd-beside">')[2].partition("<section")[0]
    assert "About 1,300 islanders" in beside and "€4.8 million" in beside and "Mona Erikssen" not in beside


def test_beside_a_source_the_next_claim_is_one_key_away() -> None:
    page = opened(sample_report(), view="source", claim="c1")
    assert "passage of claim 1" in words(page)
    page.button(key="source_J").click().run()
    assert "passage of claim 4" in words(page)
    assert page.button(key="source_K").proto.shortcut.upper() == "K"


def test_reading_decisions_needs_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.session_state", {})
    assert review_now(sample_report()).count_done(sample_report()) == 0
