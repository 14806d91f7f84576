"""The page: a library is chosen, filtered, looked into and added to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fakes import TinyEncoder
from page_driving import Engine, lay_out_examples, opened, press, words
from sample_report import sample_report
from streamlit.testing.v1 import AppTest

from claimdesk.library import default_library
from claimdesk.page.cases import keep_case
from claimdesk.page.desk import Order
from claimdesk.page.job import Job
from claimdesk.page.library import Searched, look_into, run_adding


@pytest.fixture(autouse=True)
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    encoder = TinyEncoder()
    encoder.name = "all-MiniLM-L6-v2"
    monkeypatch.setattr("claimdesk.embed.load_encoder", lambda name: encoder)
    return lay_out_examples(tmp_path, monkeypatch)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stand_in = Engine()
    monkeypatch.setattr("claimdesk.page.desk.run_order", stand_in.run_order)
    return stand_in


@pytest.fixture
def place() -> str:
    """The user's own library with three sources."""
    own = default_library()
    for name, publisher, day in (("a", "Gazette", "2025-06-02"), ("b", "Post", "2024-01-01"), ("<b>c", "", "")):
        chosen = [(key, value) for key, value in (("publisher", publisher), ("date", day)) if value]
        assert not Job(run_adding(own, [(f"{name}.txt", f"Text of {name}.".encode())], chosen)).start().wait(60)
    return own


def with_library(page: AppTest) -> AppTest:
    page.toggle(key="library_on").set_value(True).run()
    assert not page.exception, page.exception
    return page


def test_no_library_is_searched_unless_somebody_asks(place: str, engine: Engine) -> None:
    page = opened()
    page.text_area(key="pasted").set_value("It cost 12 euros.").run()
    assert page.button(key="check").disabled and not page.multiselect
    press(with_library(page), "Check")
    assert engine.orders[0].library == Searched(place)


def test_its_sources_are_listed_and_the_filters_hold_for_list_and_check(place: str, engine: Engine) -> None:
    page = with_library(opened())
    shown = words(page)
    assert (
        "3 sources, 3 passages in all" in shown
        and "no trust set" in shown
        and "Gazette" in shown
        and "2024-01-01" in shown
    )
    assert "&lt;b&gt;c" in shown and "<b>c" not in shown
    page.multiselect(key="library_publishers").set_value(["Gazette"]).run()
    assert "1 of 3 sources" in words(page) and "2024-01-01" not in words(page)
    page.date_input(key="library_since").set_value(date(2025, 1, 1)).run()
    page.text_area(key="pasted").set_value("It cost 12 euros.").run()
    press(page, "Check")
    assert engine.orders[0].library == Searched(place, ("Gazette",), date(2025, 1, 1))


def test_another_library_is_named_by_its_path(tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    assert not Job(run_adding(other, [("x.txt", b"Text of x.")])).start().wait(60)
    page = with_library(opened())
    assert "There is no library at" in words(page)
    page.text_input(key="library_place").set_value(other).run()
    assert "1 source, 1 passage in all" in words(page)


def test_files_are_added_to_it_and_it_is_made_where_there_is_none() -> None:
    page = with_library(opened())
    press(page, "Add files to make this library")
    press(page, "Add to the library")
    assert "Choose at least one file." in words(page)
    page.file_uploader(key="stock_files_0").set_value([("minutes.txt", b"The board met.", "text/plain")])
    page.text_input(key="stock_publisher_0").set_value("Harbor board")
    page.number_input(key="stock_trust_0").set_value(0.9)
    press(page, "Add to the library")
    if job := page.session_state["stocking"]:
        job.wait(30)
        page.run()
    assert not any(button.label == "Close" for button in page.button)
    assert "1 added." in words(page) and "1 source, 1 passage in all" in words(page)
    [entry] = look_into(default_library()).entries
    assert (entry.meta.publisher, entry.meta.trust) == ("Harbor board", 0.9)


def test_a_library_that_cannot_be_read_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"no library" * 100)
    page = with_library(opened())
    assert "is damaged, or no library" in words(page)
    assert not any(button.key == "stock_open" for button in page.button)


def test_a_check_of_an_unreadable_library_says_so_and_keeps_the_page(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"no library" * 100)
    page = with_library(opened())
    page.text_area(key="pasted").set_value("It cost 12 euros.").run()
    press(page, "Check")
    if job := page.session_state["job"]:
        job.wait(30)
        page.run()
    assert "This could not be checked" in words(page) and not page.button(key="check").disabled


def test_a_case_remembers_its_library(place: str) -> None:
    report = sample_report()
    searched = Searched(place, ("Gazette", "Gone"), date(2025, 1, 1))
    keep_case("sample", report, Order(pasted=report.text.text, library=searched))
    page = opened(case="sample")
    assert page.toggle(key="library_on").value and page.date_input(key="library_since").value == date(2025, 1, 1)
    assert page.multiselect(key="library_publishers").value == ["Gazette", "Gone"]
    assert "Results are for the earlier text" not in words(page)
    page.toggle(key="library_on").set_value(False).run()
    assert "Results are for the earlier text" in words(page)
    assert not press(page, "New check").toggle(key="library_on").value


def test_read_only_adds_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMDESK_READ_ONLY", "1")
    page = opened(sample_report())
    assert not page.file_uploader and not any(toggle.key == "library_on" for toggle in page.toggle)
