"""What is not lost and what is not held up: typed texts, a library that is filled on the page, a page that stays free."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import serve
from driving import CARD, EARLY, PATIENCE, begin_long_check, settle, wait_for_part

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RESULTS = Path(__file__).parents[2] / "test-results"
TEXT = "The flood destroyed 340 homes in Tarn, the council said on Monday."
SOURCE = "The flood destroyed 430 homes in Tarn, the county said."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keeping")


@pytest.fixture(scope="module")
def desk(browser: Browser, folder: Path) -> Iterator[Page]:
    with serve(folder) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1000}, base_url=address)
        page.set_default_timeout(60_000)
        yield page
        page.close()


def empty(page: Page, query: str = "") -> Page:
    page.goto(query)
    wait_for_part(page, ".st-key-check")
    settle(page)
    return page


def test_1_a_text_is_kept_while_it_is_typed_and_is_there_after_a_refresh(desk: Page) -> None:
    box = empty(desk).get_by_label("Text", exact=True)
    box.click()
    desk.keyboard.type(TEXT)  # and the box is not left
    desk.wait_for_url(re.compile("draft="))
    assert desk.evaluate("document.activeElement.tagName") == "TEXTAREA" and box.input_value() == TEXT
    desk.reload()
    wait_for_part(desk, ".st-key-check")
    settle(desk)
    assert box.input_value() == TEXT


def test_2_after_a_restart_it_is_offered_again(browser: Browser, folder: Path, desk: Page) -> None:
    with serve(folder) as address:
        page = browser.new_page(base_url=address)
        empty(page).get_by_role("button", name="Continue").click()
        page.get_by_text("Kept as a draft until it is checked.").wait_for()
        settle(page)
        assert page.get_by_label("Text", exact=True).input_value() == TEXT
        page.close()


def test_3_files_are_added_to_a_library_and_listed(desk: Page, folder: Path) -> None:
    (folder / "county.txt").write_text(SOURCE, "utf-8")
    desk.get_by_text("Search a library too").click()
    desk.get_by_role("button", name="Add files to make this library").click()
    desk.locator(".st-key-library input[type=file]").set_input_files(folder / "county.txt")
    desk.get_by_label("Publisher of all").fill("Tarn County")
    desk.keyboard.press("Tab")
    settle(desk)
    desk.get_by_role("button", name="Add to the library").click()
    desk.get_by_text("1 added.").wait_for(timeout=PATIENCE)
    settle(desk)
    desk.get_by_text("1 source, 1 passage in all").click()
    desk.locator(".cd-held", has_text="Tarn County").wait_for()
    desk.screenshot(path=RESULTS / "library-filled.png")


def test_4_a_check_hears_the_library_and_the_draft_is_gone(desk: Page) -> None:
    desk.get_by_role("button", name="Check", exact=True).click()
    wait_for_part(desk, CARD)
    settle(desk)
    assert "A library of 1 source" in desk.locator(".cd-summary").first.inner_text()
    assert "430 homes" in desk.locator(CARD).first.inner_text()
    assert "draft=" not in desk.url


def test_5_while_a_check_runs_the_page_answers_and_cards_come(desk: Page) -> None:
    begin_long_check(desk)
    desk.get_by_text("Text and sources", exact=True).click()
    desk.get_by_text("Upload a file").click()
    desk.get_by_text("File with the text").wait_for()
    assert desk.locator(".st-key-stop_check").count() == 1  # the check still runs
    wait_for_part(desk, EARLY)
    desk.screenshot(path=RESULTS / "checking-free.png")
    desk.get_by_role("button", name="Stop").click()
    desk.locator(CARD).first.wait_for(timeout=PATIENCE)
    desk.get_by_text(re.compile("that were not reached$")).wait_for()


def test_6_a_draft_is_discarded(desk: Page) -> None:
    empty(desk).get_by_label("Text", exact=True).fill("A text that nobody checks.")
    desk.wait_for_url(re.compile("draft="))
    empty(desk, "?").get_by_role("button", name="Delete").first.click()
    desk.locator(".st-key-drafts").wait_for(state="detached")
