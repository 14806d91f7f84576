"""The keys among the cards: each acts on the card with the outline, none is lost, and letters in a box are letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from conftest import keep_sample, serve
from driving import CARD, IN_VIEW, ids, settle, wait_for_part

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HELD = ".st-key-cards .cd-card.cd-at-hand"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("keys")
    keep_sample(folder / "cases")
    with serve(folder) as address:
        yield address


@pytest.fixture
def desk(browser: Browser, shelf: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=shelf)
    page.set_default_timeout(60_000)
    page.goto("?case=sample")
    wait_for_part(page, CARD)
    settle(page)
    yield page
    page.close()


def held(page: Page) -> str:
    return page.locator(HELD).get_attribute("id") or ""


def wait_for_count(page: Page, count: int) -> None:
    page.locator(".cd-count", has_text=re.compile(f"^{count} of ")).wait_for()
    settle(page)


def test_keys_decide_about_the_card_at_hand_and_the_last_decision_is_taken_back(desk: Page) -> None:
    first, second, third = (f"c{number}" for number in ids(desk, CARD)[:3])
    desk.keyboard.press("a")  # nobody has looked at a card yet: the first is reached, and nothing is decided
    assert held(desk) == first
    desk.keyboard.press("a")
    wait_for_count(desk, 1)
    assert held(desk) == second and desk.evaluate("document.activeElement.id") == second
    desk.locator(f"#{first} .cd-stamp").get_by_text("Reviewed by").wait_for()
    desk.keyboard.press("4")
    wait_for_count(desk, 2)
    assert "Not found" in desk.locator(f"#{second} .cd-stamp").inner_text()
    assert held(desk) == second and desk.evaluate("document.activeElement.id") == second
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    wait_for_count(desk, 3)
    for count, card in ((2, third), (1, second), (0, first)):
        desk.keyboard.press("u")
        wait_for_count(desk, count)
        assert held(desk) == card and desk.locator(f"#{card} .cd-stamp").count() == 0
        desk.wait_for_function(IN_VIEW, arg=card)


def test_no_key_is_lost_when_several_are_pressed_at_once(desk: Page) -> None:
    for key in "jaaaaa":
        desk.keyboard.press(key)
    wait_for_count(desk, 5)
    for _ in range(5):
        desk.keyboard.press("u")
    wait_for_count(desk, 0)


def test_a_note_is_written_with_its_key_and_escape_gives_the_keys_back(desk: Page) -> None:
    card = desk.locator(CARD).nth(1)
    number = ids(desk, CARD)[1]
    card.click(position={"x": 30, "y": 20})
    assert held(desk) == f"c{number}"
    desk.keyboard.press("n")  # no decision, no note
    assert held(desk) == f"c{number}" and desk.evaluate("document.activeElement.id") == f"c{number}"
    desk.keyboard.press("1")
    wait_for_count(desk, 1)
    desk.keyboard.press("n")
    desk.keyboard.type("a1uj: as she says")  # letters in a box are no keys
    desk.keyboard.press("Escape")
    card.locator(".cd-stamp", has_text="a1uj: as she says").wait_for()
    wait_for_count(desk, 1)
    assert held(desk) == f"c{number}"
    desk.keyboard.press("u")
    wait_for_count(desk, 0)


def test_s_opens_the_source_of_the_card_at_hand_and_leads_back(desk: Page) -> None:
    number = next(each for each in ids(desk, CARD)[1:] if desk.locator(f".st-key-source_c{each}").count())
    desk.locator(f"#c{number}").focus()
    desk.keyboard.press("s")
    desk.locator("#passage").wait_for()
    settle(desk)
    assert desk.locator(f"#m{number}.cd-current").count() == 1
    desk.keyboard.press("s")
    desk.locator(f"#c{number}").wait_for()


def test_keys_are_words_in_a_menu(desk: Page) -> None:
    desk.keyboard.press("j")
    desk.get_by_role("button", name="Keys").click()
    desk.get_by_text("keys are for the card with the outline").wait_for()
    settle(desk)
    desk.keyboard.press("Tab")
    before = desk.locator(".cd-count").inner_text()
    if desk.evaluate("document.activeElement.closest('[data-testid=stPopoverBody]') !== null"):
        desk.keyboard.press("a")
    settle(desk)
    assert desk.locator(".cd-count").inner_text() == before


def test_two_cards_never_carry_an_outline_at_once(desk: Page) -> None:
    numbers = ids(desk, CARD)
    desk.locator(f"#m{numbers[2]} a:not([tabindex])").last.click()
    desk.wait_for_function("id => document.activeElement.id === id", arg=f"c{numbers[2]}")
    desk.keyboard.press("j")
    outlined = """() => [...document.querySelectorAll('.st-key-cards .cd-card')]
      .filter(each => getComputedStyle(each).outlineStyle !== 'none').map(each => each.id)"""
    assert desk.evaluate(outlined) == [f"c{numbers[3]}"]


def test_the_outlines_of_card_and_mark_are_not_cut(desk: Page) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("j")  # its mark goes over the start of a line
    room = """() => { const mark = document.querySelector('mark.cd-at-hand'), card = document.querySelector('.cd-card.cd-at-hand');
      const outside = each => { const style = getComputedStyle(each);
        return parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset); };
      const left = Math.min(...[...mark.getClientRects()].map(box => box.left));
      return [left - mark.closest('.st-key-article').getBoundingClientRect().left - outside(mark), -outside(card)]; }"""
    assert min(desk.evaluate(room)) >= 0
