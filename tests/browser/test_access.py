"""The page for everyone: axe on every view, narrow screens, 200% zoom, forced colors, and the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from driving import CARD, IN_VIEW, MARK, ids, settle, wait_for_part

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RESULTS = Path(__file__).parents[2] / "test-results"
VIEWS = {
    "empty": ("", ".st-key-check"),
    "library": ("", ".st-key-check"),
    "results": ("?case=sample", CARD),
    "file": ("?case=sample", CARD),
    "source": ("?case=sample&view=source&claim=c1", ".cd-viewer"),
    "focus": ("?case=sample&view=one", CARD),
}
# 640 by 450 is 1280 by 900 at 200% zoom
SIZES = ((320, 700), (360, 760), (640, 450), (1280, 900), (2560, 1440), (3840, 2160))
Scheme = Literal["light", "dark"]


def opened(browser: Browser, address: str, view: str, width: int = 1280, height: int = 900, **options: object) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, base_url=address, bypass_csp=True, **options)
    page.set_default_timeout(60_000)
    query, part = VIEWS[view]
    page.goto(query)
    wait_for_part(page, part)
    settle(page)
    if view == "library":
        page.get_by_text("Search a library too").click()
        page.get_by_text("There is no library at").wait_for()
        page.get_by_role("button", name="Add files to make this library").click()
        page.get_by_text("Publisher of all").wait_for()
        settle(page)
    if view == "file":
        page.locator(".st-key-file_c1").get_by_role("button").click()
        page.get_by_role("button", name="Save the change").wait_for()
        settle(page)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(browser: Browser, address: str, axe: str, view: str, scheme: Scheme) -> None:
    page = opened(browser, address, view, color_scheme=scheme)
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    page.close()
    serious = [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
    assert serious == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_scrolls_sideways(browser: Browser, address: str, view: str, scheme: Scheme) -> None:
    page = opened(browser, address, view, color_scheme=scheme)
    overflow = """[...document.querySelectorAll('.cd-card, .cd-article, .cd-strip, .cd-plot')].filter(
      each => each.scrollWidth > each.clientWidth + 1).map(each => each.className)"""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(800)
        page.screenshot(path=RESULTS / f"{view}-{width}-{scheme}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
        assert page.evaluate(overflow) == [], width
    page.close()


def test_targets_are_large_enough_for_a_finger(browser: Browser, address: str) -> None:
    page = opened(browser, address, "focus", 360, 760)
    small = """[...document.querySelectorAll('.stMain button, .stMain summary, .cd-back')]
      .filter(each => each.offsetParent && each.offsetWidth).map(each => [each.innerText, each.getBoundingClientRect()])
      .filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)"""
    assert page.evaluate(small) == []
    page.close()


@pytest.fixture
def forced(browser: Browser, address: str) -> Iterator[Page]:
    page = opened(browser, address, "results", forced_colors="active")
    yield page
    page.close()


def test_verdicts_can_be_told_apart_where_the_system_chooses_the_colors(forced: Page) -> None:
    forced.screenshot(path=RESULTS / "forced-colors.png")
    lines = forced.evaluate(
        """() => [...document.querySelectorAll('mark.cd-claim[id]')].map(each => {
          const style = getComputedStyle(each);
          return [each.className, style.textDecorationStyle + style.textDecorationThickness, style.backgroundColor];
        })"""
    )
    kinds = {re.search(r"cd-(?!claim|deep|dim|done)[a-z-]+", name)[0]: line for name, line, _ in lines}  # type: ignore[index]
    assert len(set(kinds.values())) == len(kinds) >= 5
    ticks = forced.evaluate(
        "[...document.querySelectorAll('.cd-tick')].map(each => getComputedStyle(each).backgroundColor)"
    )
    page = forced.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ticks and all(color != page for color in ticks)


def test_the_keyboard_alone_goes_from_the_counts_over_the_filters_and_marks_to_the_cards(
    browser: Browser, address: str
) -> None:
    page = opened(browser, address, "results")
    where = """() => { const at = document.activeElement;
      const names = ['st-key-counts', 'st-key-filters', 'st-key-article', 'st-key-cards'];
      return names.find(name => at.closest('.' + name)) ?? ''; }"""
    outline = """() => { const style = getComputedStyle(document.activeElement);
      return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }"""
    order: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        at = page.evaluate(where)
        if at and at not in order:
            order.append(at)
        if at == "st-key-article":
            assert page.evaluate(outline)
        if at == "st-key-cards":
            break
    assert order == ["st-key-counts", "st-key-filters", "st-key-article", "st-key-cards"]
    page.close()


def test_j_and_k_lead_from_card_to_card_with_the_focus_and_its_mark(browser: Browser, address: str) -> None:
    page = opened(browser, address, "results")
    cards = [f"c{number}" for number in ids(page, CARD)]
    at = "document.activeElement.id"
    for key, card in (("j", cards[0]), ("j", cards[1]), ("j", cards[2]), ("k", cards[1])):
        page.keyboard.press(key)
        assert page.evaluate(at) == card
        page.wait_for_function(IN_VIEW, arg=card)
        assert page.locator("mark.cd-at-hand").get_attribute("id") == card.replace("c", "m")
        assert page.locator(".cd-card.cd-at-hand").get_attribute("id") == card
    page.keyboard.press("Tab")
    page.keyboard.press("j")  # from inside a card, its neighbor
    assert page.evaluate(at) == cards[2]
    page.keyboard.press("f")
    page.keyboard.type("jk")
    assert page.locator(".st-key-q input").input_value() == "jk"
    page.close()


def test_a_claim_is_reviewed_by_keyboard_alone(browser: Browser, address: str) -> None:
    page = opened(browser, address, "focus")
    mark = page.locator(f"{MARK}.cd-current").get_attribute("id")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.closest('.st-key-q') !== null")
    page.keyboard.type("jkas1")  # letters typed into a box are words, not keys
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    settle(page)
    assert page.locator(f"{MARK}.cd-current").get_attribute("id") == mark
    assert page.locator(".cd-count").inner_text().startswith("0 of ")
    page.close()
