"""States of the page in a browser: a text without claims, results that are stale, an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from conftest import keep_sample, serve
from driving import CARD, select_words, settle, wait_for_part

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 760}


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    from sample_report import sample_report

    folder = tmp_path_factory.mktemp("states")
    keep_sample(folder / "cases")
    keep_sample(folder / "cases", "bare", replace(sample_report(), claims=()))
    with serve(folder) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=address)
        page.set_default_timeout(60_000)
        yield page
        page.close()


def test_in_a_text_without_claims_words_can_be_selected(desk: Page) -> None:
    desk.goto("?case=bare")
    desk.get_by_text("No claims were found.").wait_for()
    settle(desk)
    select_words(desk, "The mayor has opposed the deal")
    desk.get_by_role("button", name="Add as a claim").click()
    box = desk.get_by_label("Or some words of the text")
    box.wait_for()
    assert box.input_value() == "The mayor has opposed the deal"


def test_stale_results_say_what_is_missing_before_another_check(desk: Page) -> None:
    desk.goto("?case=sample")
    wait_for_part(desk, CARD)
    settle(desk)
    desk.get_by_text("Text and sources", exact=True).click()
    desk.get_by_text("Paste a text").click()
    settle(desk)
    desk.get_by_label("Text", exact=True).fill("Another text.")
    desk.keyboard.press("Tab")
    desk.get_by_text("Results are for the earlier text").wait_for()
    settle(desk)
    row = desk.locator("[data-testid=stHorizontalBlock], .stHorizontalBlock", has=desk.locator(".st-key-check_again"))
    assert "Add at least one source" in row.last.inner_text()


def test_on_a_phone_an_address_that_leads_nowhere_says_so_at_once(desk: Page) -> None:
    desk.set_viewport_size(PHONE)
    desk.goto("?case=gone-away")
    notice = desk.get_by_text("No check is kept here under the name")
    notice.wait_for()
    settle(desk)
    box = notice.bounding_box()
    assert box and box["y"] + box["height"] < PHONE["height"]
