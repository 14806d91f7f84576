"""The page: what is typed is not lost before it is checked, and can be deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_driving import Engine, cards, lay_out_examples, opened, press, words
from sample_report import sample_report
from streamlit.testing.v1 import AppTest

from claimdesk.page.drafts import list_drafts
from claimdesk.render.markup import escape

TEXT = "It cost <b>12</b> euros."


@pytest.fixture(autouse=True)
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return lay_out_examples(tmp_path, monkeypatch)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stand_in = Engine()
    monkeypatch.setattr("claimdesk.page.desk.run_order", stand_in.run_order)
    return stand_in


def typed(page: AppTest, text: str = TEXT) -> AppTest:
    page.text_area(key="pasted").set_value(text).run()
    assert not page.exception, page.exception
    return page


def offers(page: AppTest) -> list[str]:
    return [str(button.key) for button in page.button if str(button.key).startswith("draft_open_")]


def test_a_refresh_finds_the_text_again() -> None:
    page = typed(opened())
    page.text_input(key="folder").set_value("/desk/sources").run()
    again = opened(draft=page.query_params["draft"])
    assert again.text_area(key="pasted").value == TEXT
    assert again.text_input(key="folder").value == "/desk/sources"
    assert len(list_drafts()) == 1


def test_after_a_restart_the_text_is_offered_again_and_can_be_gone_on_with() -> None:
    typed(opened())
    page = opened()
    assert page.text_area(key="pasted").value == "" and escape(TEXT) in words(page)
    page.button(key=offers(page)[0]).click().run()
    assert page.text_area(key="pasted").value == TEXT and not offers(page)
    typed(page, TEXT + " More.")
    assert [draft.text for draft in list_drafts()] == [TEXT + " More."]


def test_a_draft_can_be_discarded_from_the_box_and_from_the_offer() -> None:
    page = typed(opened())
    press(page, "Discard")
    assert page.text_area(key="pasted").value == "" and not list_drafts() and "draft" not in page.query_params
    typed(opened())
    page = press(opened(), "Delete")
    assert not list_drafts() and not offers(page)


def test_an_emptied_box_leaves_no_draft_behind() -> None:
    typed(typed(opened()), "")
    assert not list_drafts()


def test_a_checked_text_is_no_draft_any_more(engine: Engine) -> None:
    page = typed(opened())
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    assert len(cards(page)) == 10 and not list_drafts() and "draft" not in page.query_params


def test_a_check_that_fails_leaves_the_draft(engine: Engine) -> None:
    engine.result = RuntimeError("boom")
    page = typed(opened())
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    assert [draft.text for draft in list_drafts()] == [TEXT]


def test_a_changed_text_of_a_case_is_offered_in_its_case_and_leads_to_it(engine: Engine) -> None:
    page = typed(opened())
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    typed(page, TEXT + " More.")
    name = page.session_state["case"]
    again = opened(case=name)
    assert "The text of this case was changed and not checked" in words(again)
    again.button(key=offers(again)[0]).click().run()
    assert again.text_area(key="pasted").value == TEXT + " More."
    assert "Results are for the earlier text" in words(again)
    assert f"case={name}&amp;draft=" in words(opened())


def test_a_new_check_leaves_the_text_among_the_drafts() -> None:
    page = opened(sample_report())
    page.segmented_control(key="origin").set_value("Paste a text").run()
    typed(page)
    press(page, "New check")
    assert page.text_area(key="pasted").value == "" and len(offers(page)) + words(page).count("draft=") == 1


def test_read_only_keeps_and_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    page = typed(opened())
    monkeypatch.setenv("CLAIMDESK_READ_ONLY", "1")
    closed = opened(draft=page.query_params["draft"])
    assert TEXT not in words(closed) and not offers(closed) and not closed.text_area


def test_a_text_that_cannot_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "file" / "cases"))
    assert "could not be kept as a draft" in words(typed(opened()))


def test_each_signed_in_person_is_offered_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(opened())
    monkeypatch.setattr("claimdesk.page.view_drafts.signed_in_name", lambda: "Ada")
    page = opened()
    assert not offers(page)
    typed(page, "Ada's text.")
    assert len(offers(opened())) == 1
