"""Claims as people change them: selected words, corrected values, dropped claims, evidence, questions, two reviewers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import keep_sample, serve
from driving import CARD, PATIENCE, select_words, settle, wait_for_part

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

RESULTS = Path(__file__).parents[2] / "test-results"
WORDS = "The mayor has opposed the deal"
CALL, QUESTION, NOTE = "The yard missed two deadlines in 2019.", "Who says never?", "An example, no claim."


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("claims")
    keep_sample(folder / "cases")
    with serve(folder) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1000}, base_url=address)
        page.set_default_timeout(60_000)
        reopen(page)
        page.get_by_role("textbox", name="Your name").fill("Ada")
        page.keyboard.press("Enter")
        settle(page)
        yield page
        page.close()


def reopen(page: Page) -> None:
    page.goto("?case=sample")
    wait_for_part(page, CARD)
    settle(page)


def card(page: Page, number: int) -> Locator:
    return page.locator(f"#c{number}")


def open_file(page: Page, number: int, part: str = "") -> Locator:
    """The file of a claim under its card, at one of its parts."""
    if not page.locator(f".st-key-file-of-c{number}").count():
        page.locator(f".st-key-file_c{number}").get_by_role("button").click()
    found = page.locator(f".st-key-file-of-c{number}")
    found.wait_for()
    settle(page)
    if part:
        found.get_by_text(part, exact=True).first.click()
        settle(page)
    return found


def test_1_words_that_are_selected_become_a_claim(desk: Page) -> None:
    select_words(desk, WORDS)
    offer = desk.get_by_role("button", name="Add as a claim")
    offer.wait_for()
    desk.screenshot(path=RESULTS / "selected.png")
    offer.click()
    box = desk.get_by_label("Or some words of the text")
    box.wait_for()
    settle(desk)
    assert box.input_value() == WORDS
    desk.get_by_role("button", name="Add the claim").click()
    card(desk, 11).wait_for()
    desk.get_by_text(re.compile("^Checking .* again")).wait_for(state="detached", timeout=PATIENCE)
    settle(desk)
    assert WORDS in card(desk, 11).inner_text() and "Not checked yet" not in card(desk, 11).inner_text()
    assert desk.locator("#m11").inner_text().startswith(WORDS)


def test_2_a_corrected_value_is_checked_alone(desk: Page) -> None:
    reopen(desk)
    before, reason = card(desk, 4).inner_text(), card(desk, 1).locator(".cd-reason").inner_text()
    form = open_file(desk, 1)
    form.get_by_label("Number as it should be understood").fill("8.4 million")
    form.get_by_role("button", name="Save the change").click()
    card(desk, 1).get_by_text("the value is 8.4 million").first.wait_for()
    desk.get_by_text(re.compile("^Checking .* again")).wait_for(state="detached", timeout=PATIENCE)
    settle(desk)
    assert "Not checked yet" not in card(desk, 1).inner_text()
    assert card(desk, 1).locator(".cd-reason").inner_text() != reason
    assert card(desk, 4).inner_text() == before


def test_3_a_claim_is_dropped_with_a_reason(desk: Page) -> None:
    form = open_file(desk, 7)
    form.get_by_label("Note").fill(NOTE)
    form.get_by_role("button", name="Drop this claim").click()
    card(desk, 7).get_by_text(f"Dropped by Ada: {NOTE}").first.wait_for()
    desk.locator(".cd-count", has_text=re.compile("^1 of ")).wait_for()
    settle(desk)


def test_4_a_call_and_a_question_stand_on_the_card(desk: Page) -> None:
    form = open_file(desk, 8, "Evidence")
    form.get_by_label("With whom").fill("Yard office, +1 555 0100")
    form.get_by_label("What you heard or saw").fill(CALL)
    form.get_by_role("button", name="Keep the evidence").click()
    card(desk, 8).get_by_text(CALL).first.wait_for()
    settle(desk)
    form = open_file(desk, 8, "Question")
    form.get_by_label("Question", exact=True).fill(QUESTION)
    form.get_by_role("button", name="Ask", exact=True).click()
    card(desk, 8).get_by_text(QUESTION).first.wait_for()
    settle(desk)
    card(desk, 8).scroll_into_view_if_needed()
    desk.screenshot(path=RESULTS / "file-kept.png")


def test_5_two_reviewers_are_both_kept_and_their_dispute_is_shown(browser: Browser, desk: Page) -> None:
    desk.locator(".st-key-choice_c4").get_by_text("Agree", exact=True).click()
    card(desk, 4).get_by_text("Reviewed by Ada").wait_for()
    other = browser.new_page(viewport={"width": 1280, "height": 1000}, base_url=desk.url.partition("?")[0])
    other.set_default_timeout(60_000)
    reopen(other)
    other.get_by_role("textbox", name="Your name").fill("Ben")
    other.keyboard.press("Enter")
    settle(other)
    other.locator(".st-key-choice_c4").get_by_text("Disagree", exact=True).click()
    settle(other)
    choice = other.locator(".st-key-verdict_c4").get_by_role("combobox")
    choice.wait_for()
    settle(other)
    choice.focus()
    other.keyboard.type("Mix")
    other.get_by_role("option", name="Mixed").wait_for()
    other.keyboard.press("Enter")
    card(other, 4).get_by_text("The reviewers do not agree.").wait_for()
    stamp = card(other, 4).locator(".cd-stamp").inner_text()
    assert "Reviewed by Ada" in stamp and "Reviewed by Ben" in stamp
    other.locator(".cd-count", has_text="1 disputed").wait_for()
    other.screenshot(path=RESULTS / "disputed.png")
    other.close()


def test_6_everything_is_there_after_a_refresh_and_in_an_export(desk: Page) -> None:
    reopen(desk)
    assert not desk.get_by_text(re.compile("^Checking .* again")).count()
    assert desk.locator("#m11").count() == 1
    desk.get_by_role("button", name="Export").click()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Printable page", exact=True).click()
    written = Path(download.value.path()).read_text("utf-8")
    for words in (WORDS, "8.4 million", NOTE, CALL, QUESTION, "The reviewers do not agree."):
        assert words in written, words
