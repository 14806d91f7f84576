"""The page: decisions, notes and reviewers, kept over refreshes, restarts and edits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_driving import Engine, cards, decided, lay_out_examples, opened, press, words
from sample_report import ARTICLE, document, sample_report
from streamlit.testing.v1 import AppTest

from claimdesk.model import Verdict
from claimdesk.page.cases import log_of
from claimdesk.review import Choice


@pytest.fixture(autouse=True)
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return lay_out_examples(tmp_path, monkeypatch)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stand_in = Engine()
    monkeypatch.setattr("claimdesk.page.desk.run_order", stand_in.run_order)
    return stand_in


def test_a_decision_draws_only_what_it_changes_again() -> None:
    page = opened(sample_report())
    page.button_group(key="choice_c1").set_value(Choice.AGREE).run()
    drawn = words(page)
    assert cards(page) == ["c1"] and "cd-count" in drawn and "cd-article" in drawn
    assert "cd-summary" not in drawn and not page.text_area


def set_choice(page: AppTest, identity: str, choice: Choice | None) -> AppTest:
    page.button_group(key=f"choice_{identity}").set_value(choice).run()
    assert not page.exception, page.exception
    return page.run()  # the whole page again


def test_a_decision_is_kept_counted_and_stamped_beside_the_verdict() -> None:
    page = opened(sample_report())
    assert "0 of 10 claims reviewed" in words(page)
    page.text_input(key="reviewer").set_value("Ada").run()
    set_choice(page, "c1", Choice.AGREE)
    [line] = decided(page)
    assert (line["reviewer"], line["decision"], line["machine"]) == ("Ada", "agree", "conflicting")
    assert "1 of 10 claims reviewed" in words(page)
    assert "Reviewed by Ada" in words(page) and "agrees with “Conflicting”" in words(page)
    assert words(page).count('cd-done"') == 1 and "(claim 1, conflicting, reviewed)" in words(page)


def test_after_a_refresh_the_decision_is_there_and_nothing_is_checked_again(engine: Engine) -> None:
    set_choice(opened(case="ferry"), "c1", Choice.AGREE)
    again = opened(case="ferry")
    assert len(engine.orders) == 1
    assert again.button_group(key="choice_c1").value == Choice.AGREE
    assert "1 of 10 claims reviewed" in words(again)
    assert "Results are for the earlier text" not in words(again)


def test_who_disagrees_is_asked_for_the_verdict_first() -> None:
    page = set_choice(opened(sample_report()), "c1", Choice.DISAGREE)
    assert "0 of 10 claims reviewed" in words(page) and not log_of("sample").exists()
    page.selectbox(key="verdict_c1").set_value(Verdict.SUPPORTED).run().run()
    assert decided(page)[-1]["verdict"] == "supported"
    assert "“Supported” instead of “Conflicting”" in words(page)


def test_a_note_is_kept_with_the_decision_and_undo_takes_it_back() -> None:
    page = set_choice(opened(sample_report()), "c1", Choice.NEEDS_WORK)
    page.text_input(key="note_c1").set_value("Ask <the> board.").run().run()
    assert decided(page)[-1]["note"] == "Ask <the> board." and "Ask &lt;the&gt; board." in words(page)
    assert "0 of 10 claims reviewed, 1 needs work" in words(page)
    page.button(key="undo_c1").click().run().run()
    assert [line["action"] for line in decided(page)] == ["decide", "decide", "undo"]
    assert page.button_group(key="choice_c1").value is None and "took the decision back" in words(page)


def test_two_reviewers_are_both_shown_and_their_dispute_is_counted() -> None:
    page = opened(sample_report())
    page.text_input(key="reviewer").set_value("Ada").run()
    set_choice(page, "c1", Choice.AGREE)
    page.text_input(key="reviewer").set_value("Ben").run()
    assert page.button_group(key="choice_c1").value is None
    set_choice(page, "c1", Choice.DISAGREE).selectbox(key="verdict_c1").set_value(Verdict.MIXED).run().run()
    assert "Reviewed by Ada" in words(page) and "Reviewed by Ben" in words(page)
    assert "The reviewers do not agree." in words(page) and "1 disputed" in words(page)


def test_the_name_of_the_reviewer_is_remembered() -> None:
    opened(sample_report()).text_input(key="reviewer").set_value("Ada").run()
    assert opened(sample_report()).text_input(key="reviewer").value == "Ada"


def test_what_is_reviewed_can_be_filtered() -> None:
    page = set_choice(opened(sample_report()), "c1", Choice.AGREE)
    page.segmented_control(key="reviewed").set_value("Reviewed").run()
    assert cards(page) == ["c1"] and page.query_params["review"] == "done"
    page.segmented_control(key="reviewed").set_value("To review").run()
    assert len(cards(page)) == 9 and "c1" not in cards(page)


def test_a_decision_whose_words_are_gone_is_listed(engine: Engine) -> None:
    page = opened()
    page.text_area(key="pasted").set_value("It cost 12 euros.")
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    set_choice(page, "c1", Choice.AGREE)
    text = ARTICLE.replace("€4.8 million", "€8.4 million")
    kept = tuple(checked for checked in sample_report().claims if checked.claim.id != "c1")
    engine.result = replace(sample_report(), text=document("ferry", text), claims=kept)
    page.text_area(key="pasted").set_value("It cost 13 euros.").run()
    press(page, "Check")
    labels = [part.label for part in page.expander]
    assert "Decisions whose words are no longer in the text (1)" in labels


def test_a_check_of_ones_own_text_is_kept_and_can_be_opened_again(engine: Engine) -> None:
    page = opened()
    page.text_area(key="pasted").set_value("It cost 12 euros.")
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    name = page.session_state["case"]
    again = opened(case=name)
    assert len(cards(again)) == 10 and len(engine.orders) == 1
    assert again.segmented_control(key="origin").value == "This case"
    assert f'href="?case={name}"' in words(opened())
    press(again, "New check")
    assert "This case" not in again.segmented_control(key="origin").options


def test_a_check_that_cannot_be_kept_is_shown_all_the_same(engine: Engine, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "file" / "cases"))
    page = opened(case="ferry")
    assert len(cards(page)) == 10 and "The check could not be kept" in words(page)
    assert page.button_group(key="choice_c1").disabled


def test_a_damaged_case_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "broken"
    folder.mkdir(parents=True)
    (folder / "report.json").write_text("{", "utf-8")
    assert "not a Claimdesk report" in words(opened(case="broken"))
