"""The page in a real browser: links between text and cards, filters, exports, narrow and dark screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from driving import CARD, IN_VIEW, MARK, NUMBERED, begin_long_check, ids, settle, wait_for_part

from claimdesk.exports import EXPORTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RESULTS = Path(__file__).parents[2] / "test-results"
CASE = "council-vote"


@dataclass
class Opened:
    """A page with the sample case, every address that it asked for and the messages that it sent."""

    page: Page
    asked: list[str] = field(default_factory=list)
    sent: list[str | bytes] = field(default_factory=list)

    def ids(self, selector: str) -> list[str]:
        return ids(self.page, selector)


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Opened]:
    """The sample case, checked once for all tests of this file."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, base_url=address)
    page.set_default_timeout(60_000)
    case = Opened(page)
    page.on("request", lambda request: case.asked.append(request.url))
    page.on("websocket", lambda socket: case.asked.append(socket.url))
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: case.sent.append(data)))
    page.goto(f"?case={CASE}")
    wait_for_part(page, CARD)
    wait_for_part(page, MARK)
    settle(page)
    yield case
    page.close()


def test_every_mark_has_its_card_and_nothing_leaves_this_machine(opened: Opened, address: str) -> None:
    opened.page.screenshot(path=RESULTS / "1400-light.png")
    marks, cards = opened.ids(MARK), opened.ids(CARD)
    assert len(cards) == 20 and set(cards) < set(marks)
    away = {link.get_attribute("data-claim") for link in opened.page.locator(f"{MARK} a[data-claim]").all()}
    assert away == set(marks) - set(cards)
    host = address.removeprefix("http://")
    local = ("http://" + host, "ws://" + host, "data:", "blob:")
    assert opened.asked and [url for url in opened.asked if not url.startswith(local)] == []


def test_a_mark_leads_to_its_card_and_back_without_a_rerun(opened: Opened) -> None:
    page = opened.page
    number = opened.ids(CARD)[-1]  # far down the list: it has to scroll
    before = len(opened.sent)
    page.locator(f"#m{number} {NUMBERED}").last.click()
    page.wait_for_url(re.compile(f"#c{number}$"))
    page.wait_for_function(IN_VIEW, arg=f"c{number}")
    assert page.evaluate("document.activeElement.id") == f"c{number}"
    assert page.evaluate(f"document.querySelector('#c{number}').matches(':target')")
    page.screenshot(path=RESULTS / "card-reached.png")
    page.locator(f"#c{number} .cd-back").click()
    page.wait_for_url(re.compile(f"#m{number}$"))
    page.wait_for_function(IN_VIEW, arg=f"m{number}")
    page.wait_for_timeout(500)
    assert len(opened.sent) == before


def test_a_mark_whose_card_is_on_another_page_brings_it_here_without_loading_the_page(opened: Opened) -> None:
    page = opened.page
    asked = len(opened.asked)
    link = page.locator(f"{MARK} a[data-claim]:not([tabindex])").first
    number = link.get_attribute("data-claim")
    link.click()
    page.wait_for_function(IN_VIEW, arg=f"c{number}")
    page.wait_for_function("id => document.activeElement.id === id", arg=f"c{number}")
    assert opened.ids(CARD)[0] == number
    assert not any(url.endswith(".js") or "?case=" in url for url in opened.asked[asked:])
    page.get_by_role("button", name="Usual order").click()
    page.locator(f"#c{number}").wait_for(state="detached")
    settle(page)


def test_a_mark_is_followed_by_keyboard(opened: Opened) -> None:
    number = opened.ids(CARD)[0]
    opened.page.locator(f"#m{number} {NUMBERED}").last.focus()
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_function("id => document.activeElement.id === id", arg=f"c{number}")


@pytest.mark.parametrize("name", EXPORTS)
def test_each_export_is_made_on_click(opened: Opened, name: str) -> None:
    page, export = opened.page, EXPORTS[name]
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=export.label, exact=True).click()
    data = Path(download.value.path()).read_bytes()
    start = {"csv": b"\xef\xbb\xbfclaim,", "docx": b"PK", "json": b"{", "html": b"<!DOCTYPE html>"}.get(name, b"")
    assert data.startswith(start) and len(data) > 40
    assert download.value.suggested_filename.endswith(export.suffix)
    page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "scheme"), [(1400, "dark"), (390, "light"), (390, "dark"), (320, "light")])
def test_no_screen_scrolls_sideways(opened: Opened, width: int, scheme: Literal["light", "dark"]) -> None:
    page = opened.page
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(color_scheme=scheme)
    page.wait_for_timeout(1000)
    page.locator("h1").scroll_into_view_if_needed()
    page.screenshot(path=RESULTS / f"{width}-{scheme}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    overflow = """[...document.querySelectorAll('.cd-card, .cd-article')].filter(
      each => each.scrollWidth > each.clientWidth + 1).map(each => each.id)"""
    assert page.evaluate(overflow) == []
    color = page.evaluate("getComputedStyle(document.querySelector('.cd-article p')).color")
    assert color == {"light": "rgb(20, 23, 26)", "dark": "rgb(250, 251, 252)"}[scheme]
    page.locator(CARD).first.scroll_into_view_if_needed()
    page.screenshot(path=RESULTS / f"{width}-{scheme}-card.png")


def test_a_filter_is_kept_in_the_address(opened: Opened) -> None:
    page = opened.page
    page.set_viewport_size({"width": 1400, "height": 1000})
    pill = page.get_by_role("button", name=re.compile("^≠ "))
    count = int(re.sub(r"\D", "", pill.inner_text()))
    pill.click()
    from playwright.sync_api import expect

    page.wait_for_url(re.compile("verdict=conflicting"))
    expect(page.locator(CARD)).to_have_count(count, timeout=20_000)
    expect(page.locator(f"{CARD}.cd-conflicting")).to_have_count(count, timeout=20_000)
    assert f"case={CASE}" in page.url


def test_a_decision_is_there_after_a_refresh_without_another_check(opened: Opened) -> None:
    from playwright.sync_api import expect

    page = opened.page
    page.goto(f"?case={CASE}")
    wait_for_part(page, CARD)
    number = opened.ids(CARD)[0]
    page.get_by_role("textbox", name="Your name").fill("Ada")
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)
    page.locator(f".st-key-choice_c{number}").get_by_text("Agree", exact=True).click()
    page.locator(f"#c{number} .cd-stamp").get_by_text("Reviewed by Ada").wait_for()
    expect(page.locator(".cd-count")).to_contain_text("1 of ")
    page.screenshot(path=RESULTS / "decided.png")
    page.reload()
    page.locator(f"#c{number} .cd-stamp").get_by_text("Reviewed by Ada").wait_for()
    expect(page.locator(f"#m{number}.cd-done")).to_have_count(1)
    assert page.locator(".stStatusWidget, [data-testid=stStatusWidget]").count() == 0
    page.locator(f".st-key-undo_c{number}").get_by_role("button").click()
    expect(page.locator(f"#c{number} .cd-stamp")).to_have_count(0)
    expect(page.locator(".cd-count")).to_contain_text("0 of ")


def test_a_source_opens_at_its_passage(opened: Opened) -> None:
    page = opened.page
    number = opened.ids(CARD)[0]
    page.locator(f".st-key-source_c{number}").get_by_role("button").click()
    page.locator("#passage").wait_for()
    page.wait_for_function(IN_VIEW, arg="passage")
    page.screenshot(path=RESULTS / "source.png")
    first = page.locator(".cd-viewer header").inner_text() + page.locator(".st-key-walk-I .cd-walk").inner_text()
    page.locator(".st-key-walk-I").get_by_role("button", name="Next").click()
    page.wait_for_function(
        "before => document.querySelector('.cd-viewer header').innerText + "
        "document.querySelector('.st-key-walk-I .cd-walk').innerText != before",
        arg=first,
    )
    page.wait_for_function(IN_VIEW, arg="passage")


def test_keys_lead_through_the_claims(opened: Opened) -> None:
    from playwright.sync_api import expect

    page = opened.page
    page.goto(f"?case={CASE}&view=one")
    card = page.locator(CARD)
    card.wait_for()
    settle(page)
    first = card.get_attribute("id")
    page.keyboard.press("j")
    expect(card).not_to_have_attribute("id", first or "")
    page.keyboard.press("k")
    expect(card).to_have_attribute("id", first or "")
    page.keyboard.press("a")
    expect(page.locator(".cd-count")).to_contain_text("1 of ")
    expect(card).not_to_have_attribute("id", first or "")
    page.screenshot(path=RESULTS / "one-by-one.png")
    page.keyboard.press("u")
    expect(page.locator(".cd-count")).to_contain_text("0 of ")
    expect(card).to_have_attribute("id", first or "")


def test_the_empty_page_says_what_is_missing(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("")
    page.get_by_text("Add a text.").wait_for()
    assert page.get_by_role("button", name="Check", exact=True).is_disabled()
    page.screenshot(path=RESULTS / "empty.png")
    page.close()


def test_a_stopped_check_keeps_its_claims(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, base_url=address)
    begin_long_check(page)
    page.screenshot(path=RESULTS / "checking.png")
    page.get_by_role("button", name="Stop").click()
    wait_for_part(page, CARD)
    page.get_by_text(re.compile("that were not reached$")).wait_for()
    page.screenshot(path=RESULTS / "stopped.png")
    page.close()
