"""What the browser tests do with a page: open it, wait for a part of it, read its claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
CARD = "section.cd-card[id^=c]:not(.st-key-early *)"  # of a finished check
EARLY = ".st-key-early section.cd-card[id^=c]"
MARK = "mark.cd-claim[id]"
NUMBERED = "a:not([tabindex])"  # the link of a mark that carries its number
PATIENCE = 300_000  # milliseconds for a whole check with its models
IN_VIEW = """id => { const box = document.getElementById(id)?.getBoundingClientRect();
  return box && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth; }"""

PLACE = """words => {
  const walker = document.createTreeWalker(document.querySelector(".cd-article"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    node.parentElement.scrollIntoView({block: "center"});
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const boxes = [...range.getClientRects()];
    const [first, last] = [boxes[0], boxes[boxes.length - 1]];
    return [first.left + 1, first.top + first.height / 2, last.right, last.top + last.height / 2];
  }
}"""


def wait_for_part(page: Page, selector: str) -> None:
    """Waits for a part of the page, and fails with the page's own words where it says that something went wrong."""
    page.wait_for_selector(f"{selector}, .cd-alert", timeout=PATIENCE, state="attached")
    if page.locator(".cd-alert").count():
        pytest.fail(page.locator(".cd-alert").first.text_content() or "")


def settle(page: Page) -> None:
    """Waits until the script has ended and every box has taken its place; keys are heard from then on."""
    page.wait_for_function(
        """() => !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton], .stale')
             && document.querySelector('.stApp')?.dataset.testScriptState !== 'running'"""
    )
    page.wait_for_timeout(400)


def begin_long_check(page: Page) -> None:
    """Begins a check that takes a while, and waits for its claims."""
    case = ROOT / "claims" / "city-budget"
    text = (case / "article.md").read_text("utf-8")
    page.goto("")
    wait_for_part(page, ".st-key-check")
    settle(page)
    page.get_by_label("Text", exact=True).fill("\n\n".join([text] * 10))
    page.get_by_label("Or a folder on this computer").fill(str(case / "sources"))
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".st-key-stop_check").wait_for()
    wait_for_part(page, MARK)


def ids(page: Page, selector: str) -> list[str]:
    """The numbers in the ids of marks or cards."""
    return [each.get_attribute("id")[1:] for each in page.locator(selector).all()]  # type: ignore[index]


def select_words(page: Page, words: str) -> None:
    """Selects words of the text with the mouse."""
    left, top, right, bottom = page.evaluate(PLACE, words)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=5)
    page.mouse.up()
