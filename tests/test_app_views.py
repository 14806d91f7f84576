"""The page: a claim first, a source, one claim at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_driving import Engine, cards, decided, lay_out_examples, opened, press, words
from sample_report import sample_report


@pytest.fixture(autouse=True)
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return lay_out_examples(tmp_path, monkeypatch)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stand_in = Engine()
    monkeypatch.setattr("claimdesk.page.desk.run_order", stand_in.run_order)
    return stand_in


def test_the_address_puts_a_claim_first() -> None:
    page = opened(sample_report(), claim="c7")
    assert cards(page)[0] == "c7" and len(cards(page)) == 10
    press(page, "Usual order")
    assert cards(page)[0] == "c1" and "claim" not in page.query_params


def test_a_source_is_shown_with_its_passage_and_the_way_to_the_next() -> None:
    page = opened(sample_report())
    page.button(key="source_c1").click().run()
    assert page.segmented_control(key="view").value == "Source"
    assert 'id="passage"' in words(page) and "Conflicting passage of claim 1" in words(page)
    assert "Minutes of the harbor board" in words(page)
    assert page.query_params["view"] == "source"
    page.button(key="walk_In this source_Next").click().run()
    assert "passage of claim 1" not in words(page) and 'id="passage"' in words(page)
    page.run()  # the whole page again
    page.segmented_control(key="view").set_value("Cards").run()
    assert len(cards(page)) == 10


def test_one_by_one_agrees_goes_on_and_takes_back() -> None:
    page = opened(sample_report(), view="one")
    assert cards(page) == ["c1"]
    page.button(key="step_A").click().run()
    assert cards(page) == ["c4"] and decided(page)[-1]["claim"]["id"] == "c1"
    page.button(key="step_J").click().run()
    assert cards(page) == ["c5"]
    page.button(key="step_U").click().run()
    assert cards(page) == ["c1"] and decided(page)[-1]["action"] == "undo"
    assert page.button(key="step_K").disabled


def test_filters_outlive_a_look_at_a_source() -> None:
    page = opened(sample_report(), q="hardly", verdict="conflicting")
    page.segmented_control(key="view").set_value("Source").run()
    page.segmented_control(key="view").set_value("Cards").run()
    assert cards(page) == ["c4"]
