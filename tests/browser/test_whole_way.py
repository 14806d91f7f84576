"""From an example to decisions that outlive an edit of the text and a restart, as a reviewer goes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import serve
from driving import CARD, IN_VIEW, MARK, NUMBERED, PATIENCE, ids, settle, wait_for_part

from claimdesk.exports import EXPORTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "test-results"
EXAMPLE = "council-vote"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("way")


@pytest.fixture(scope="module")
def way(browser: Browser, folder: Path) -> Iterator[Page]:
    with serve(folder) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1000}, base_url=address)
        page.set_default_timeout(60_000)
        yield page
        page.close()


def reviewed(page: Page) -> int:
    return int(page.locator(".cd-count").inner_text().split(" of ")[0])


def wait_for_count(page: Page, count: int) -> None:
    page.locator(".cd-count", has_text=re.compile(rf"^{count} of ")).wait_for()
    settle(page)


def press(page: Page, key: str, count: int) -> None:
    """A key that decides, and the count that follows."""
    page.keyboard.press(key)
    wait_for_count(page, count)


def test_1_an_example_is_checked(way: Page) -> None:
    way.goto("")
    wait_for_part(way, ".st-key-check")
    settle(way)
    way.get_by_text("Try an example").click()
    way.get_by_text(EXAMPLE, exact=True).click()
    way.get_by_role("button", name="Check", exact=True).click()
    wait_for_part(way, CARD)
    settle(way)
    assert way.locator("h2#claims").inner_text() == f"{len(ids(way, MARK))} claims"


def test_2_a_filter_is_set_and_cleared(way: Page) -> None:
    every = way.locator(".cd-tick").count()
    way.get_by_role("button", name=re.compile("^≠ ")).click()
    way.wait_for_url(re.compile("verdict=conflicting"))
    way.get_by_text(re.compile(r"^Showing \d+ of \d+ claims\.$")).wait_for()
    assert 0 < way.locator(".cd-tick:not(.cd-pale)").count() < every
    way.get_by_role("button", name="Clear filters").click()
    way.wait_for_url(lambda url: "verdict" not in url)
    settle(way)


def test_3_a_mark_leads_to_its_card_and_back(way: Page) -> None:
    number = ids(way, CARD)[3]
    way.locator(f"#m{number} {NUMBERED}").last.click()
    way.wait_for_function(IN_VIEW, arg=f"c{number}")
    way.locator(f"#c{number} .cd-back").click()
    way.wait_for_function(IN_VIEW, arg=f"m{number}")


def test_4_a_source_opens_beside_the_text_and_wide(way: Page) -> None:
    number = ids(way, CARD)[0]
    way.locator(f".st-key-source_c{number}").get_by_role("button").click()
    way.locator("#passage").wait_for()
    settle(way)
    way.wait_for_function(IN_VIEW, arg="passage")
    assert way.locator(f"#m{number}.cd-current").count() == 1
    way.get_by_role("button", name="Open wide").click()
    dialog = way.get_by_role("dialog")
    dialog.locator("#passage-wide").wait_for()
    way.screenshot(path=RESULTS / "way-wide.png")
    way.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    settle(way)
    way.keyboard.press("s")
    way.locator(f"#c{number}").wait_for()
    settle(way)


def test_5_ones_own_text_is_checked_against_a_folder(way: Page, folder: Path) -> None:
    sources = folder / "sources"
    shutil.copytree(ROOT / "claims" / EXAMPLE / "sources", sources)
    way.get_by_role("button", name="New check").click()
    way.get_by_text("Paste a text").click()
    text = (ROOT / "claims" / EXAMPLE / "article.txt").read_text("utf-8")
    way.get_by_label("Text", exact=True).fill(text)
    way.get_by_label("Or a folder on this computer").fill(str(sources))
    way.keyboard.press("Tab")
    button = way.get_by_role("button", name="Check", exact=True)
    button.click()
    wait_for_part(way, CARD)
    way.wait_for_url(re.compile("case="), timeout=PATIENCE)
    settle(way)
    assert reviewed(way) == 0


def test_6_five_claims_are_decided_with_keys(way: Page) -> None:
    way.get_by_text("One by one", exact=True).click()
    way.locator(".st-key-one").wait_for()
    settle(way)
    press(way, "a", 1)
    press(way, "a", 2)
    press(way, "1", 3)
    way.keyboard.press("j")
    way.locator(".st-key-views", has_text="4 of").wait_for()
    settle(way)
    press(way, "4", 4)
    way.keyboard.press("j")
    way.locator(".st-key-views", has_text="5 of").wait_for()
    settle(way)
    press(way, "a", 5)
    way.screenshot(path=RESULTS / "way-decided.png")


def test_7_a_note_is_written_and_a_decision_taken_back(way: Page) -> None:
    way.keyboard.press("k")
    way.locator(".st-key-views", has_text="5 of").wait_for()
    settle(way)
    way.keyboard.press("n")
    way.wait_for_function("document.activeElement.getAttribute('aria-label')?.startsWith('Note')")
    way.keyboard.type("Asked the clerk; she confirms it.")
    way.keyboard.press("Enter")
    way.locator(".cd-stamp", has_text="Asked the clerk; she confirms it.").wait_for()
    way.evaluate("document.activeElement.blur()")
    settle(way)
    press(way, "u", 4)
    press(way, "a", 5)


def test_8_the_text_is_edited_and_the_decisions_find_their_words(way: Page) -> None:
    before = way.url
    way.get_by_text("Text and sources", exact=True).click()
    box = way.get_by_label("Text", exact=True)
    text = box.input_value()
    box.fill("A new first paragraph, with no claim in it worth a word.\n\n" + text)
    way.keyboard.press("Tab")
    way.get_by_text("Results are for the earlier text").wait_for()
    settle(way)
    way.get_by_role("button", name="Check", exact=True).click()
    way.get_by_text("Results are for the earlier text").wait_for(state="detached", timeout=PATIENCE)
    way.locator(".cd-count").wait_for(timeout=PATIENCE)
    settle(way)
    assert "A new first paragraph" in way.locator(".cd-article").first.inner_text()
    wait_for_count(way, 5)
    assert re.search("case=[^&#]+", way.url)[0] == re.search("case=[^&#]+", before)[0]  # type: ignore[index]


@pytest.mark.parametrize("name", EXPORTS)
def test_9_each_export_is_taken_away(way: Page, name: str) -> None:
    export = EXPORTS[name]
    way.get_by_role("button", name="Export").click()
    with way.expect_download() as download:
        way.get_by_role("button", name=export.label, exact=True).click()
    data = Path(download.value.path()).read_bytes()
    assert len(data) > 40
    if name == "json":
        assert json.loads(data)["claims"]
    way.keyboard.press("Escape")


def test_after_a_restart_the_case_is_as_it_was_left(way: Page, browser: Browser, folder: Path) -> None:
    case = re.search("case=([^&#]+)", way.url)[1]  # type: ignore[index]
    with serve(folder) as address:
        page = browser.new_page(base_url=address)
        page.set_default_timeout(60_000)
        page.goto(f"?case={case}")
        wait_for_part(page, CARD)
        settle(page)
        assert reviewed(page) == 5 and page.locator("mark.cd-done[id]").count() == 5
        page.screenshot(path=RESULTS / "way-reopened.png")
        page.close()
