"""The page while a check runs: what it shows, that it stays free, and how a check is stopped and found again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_driving import Engine, cards, lay_out_examples, opened, press, words
from sample_report import sample_report
from streamlit.testing.v1 import AppTest

from claimdesk.page.desk import preview
from claimdesk.page.job import running
from claimdesk.progress import EMBEDDING, FINDING, READING, Progress
from claimdesk.render.standing import LOOKS, Standing

REPORT = sample_report()


@pytest.fixture(autouse=True)
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return lay_out_examples(tmp_path, monkeypatch)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A check that goes on until its gate is opened."""
    stand_in = Engine()
    stand_in.gate = threading.Event()
    monkeypatch.setattr("claimdesk.page.desk.run_order", stand_in.run_order)
    yield stand_in
    stand_in.gate.set()


def done(page: AppTest, engine: Engine) -> AppTest:
    assert engine.gate
    engine.gate.set()
    page.session_state["job"].wait(10)
    return page.run()


def test_a_running_check_shows_how_far_it_is_and_leaves_the_page_free(engine: Engine) -> None:
    page = opened(case="ferry")
    assert "Claim 3 of 10: 15 percent" in words(page) and not cards(page)
    assert page.session_state["job"].wait(0)  # the script has ended, the check has not
    page.segmented_control(key="origin").set_value("Paste a text").run()
    page.text_area(key="pasted").set_value("Another text, typed meanwhile.").run()
    assert not page.exception and "Claim 3 of 10" in words(page)
    assert page.button(key="check").disabled
    assert "10 claims" in words(done(page, engine)) and len(cards(page)) == 10
    assert page.session_state["job"] is None
    assert page.text_area(key="pasted").value == "Another text, typed meanwhile."


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        (Progress(READING, 1, 4, "minutes.pdf"), "File 2 of 4: minutes.pdf"),
        (Progress(FINDING, 0, 0), "The first check also loads the language models"),
        (Progress(EMBEDDING, 40, 212), "Passage 40 of 212"),
    ],
    ids=lambda each: each.stage if isinstance(each, Progress) else "",
)
def test_before_claims_are_checked_the_page_says_what_is_read_and_found(
    engine: Engine, step: Progress, shown: str
) -> None:
    engine.step = step
    page = opened(case="ferry")
    assert shown in words(page) and page.status[0].label == step.stage and not cards(page)
    assert not page.button(key="stop_check").disabled
    assert len(cards(done(page, engine))) == 10


def test_the_claims_are_there_before_their_checks_and_cards_as_they_come(engine: Engine) -> None:
    engine.early = preview(REPORT.text, REPORT.sources, [checked.claim for checked in REPORT.claims])
    page = opened(case="ferry")
    assert "10 claims found, checking them" in words(page) and words(page).count('<mark id="m') == 10
    job = page.session_state["job"]
    job.came(REPORT.claims[0])
    page.session_state["drawn"] = None  # two seconds later
    page.run()
    assert cards(page) == ["c1"] and "10 claims found, 1 checked: 1 conflicting" in words(page)
    assert len(cards(done(page, engine))) == 10


def test_another_session_is_free_and_finds_the_running_check_by_its_address(engine: Engine) -> None:
    page = opened(case="ferry")
    assert opened().text_area(key="pasted").value == "" and running("ferry")
    again = opened(case="ferry")
    assert len(engine.orders) == 1 and "Claim 3 of 10" in words(again)
    done(page, engine)
    assert len(cards(again.run())) == 10


def test_a_stop_is_told_and_asked_for_once(engine: Engine) -> None:
    page = opened(case="ferry")
    page.button(key="stop_check").click().run()
    assert page.session_state["job"].stopping()
    assert page.button(key="stop_check").disabled and page.status[0].label == "Stopping after this claim"
    assert len(cards(done(page, engine))) == 10


def test_a_check_that_fails_gives_the_page_back(engine: Engine) -> None:
    engine.result = RuntimeError("boom")
    page = opened(case="ferry")
    assert "The check failed" in words(done(page, engine)) and page.session_state["job"] is None


def test_a_stopped_check_keeps_what_is_done() -> None:
    page = opened(REPORT)
    assert "The check was stopped after 9 of 10 claims." in words(page)
    assert LOOKS[Standing.NOT_CHECKED].word in words(page)


def test_a_new_check_can_begin_when_one_is_done(engine: Engine) -> None:
    page = done(opened(case="ferry"), engine)
    press(page, "Check")
    assert len(engine.orders) == 2
