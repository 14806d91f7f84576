"""What is in a library: its sources as a table that unfolds."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.render.markup import Html, element, join
from claimdesk.render.standing import count_words
from claimdesk.store import Entry

_MOST = 200  # rows; a library may hold a million
_HEADS = ("Source", "Publisher", "Date", "Kind", "Trust")


def render_contents(entries: Sequence[Entry], label: str) -> Html:
    """The sources of a library as rows, the last added first, under a line that unfolds them."""
    rows = [_row(entry) for entry in list(reversed(entries))[:_MOST]]
    heads = element("tr", *(element("th", head, scope="col") for head in _HEADS))
    table = element("table", element("thead", heads), element("tbody", *rows))
    left = len(entries) - len(rows)
    more = element("p", f"And {count_words(left, 'source')} more.", class_="cd-note") if left else ""
    body = element("div", table, class_="cd-wide", tabindex="0", role="region", aria_label="Sources of the library")
    held = join([body, more]) if rows else element("p", "No source passes.", class_="cd-note")
    return element("details", element("summary", label), held, class_="cd cd-contents")


def _row(entry: Entry) -> Html:
    meta = entry.meta
    copy = entry.facts.origin not in ("", entry.id)
    title = element("th", meta.title or entry.name, " (a copy)" if copy else "", scope="row", dir="auto")
    facts = (
        meta.publisher,
        meta.date.isoformat() if meta.date else "",
        meta.kind,
        "" if meta.trust is None else f"{meta.trust:g}",
    )
    return element("tr", title, *(element("td", fact or "–", dir="auto") for fact in facts))
