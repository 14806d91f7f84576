"""What is in a library: its sources as a list that unfolds."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.render.markup import Html, element, join
from claimdesk.render.standing import count_words
from claimdesk.store import Entry

_MOST = 200  # rows; a library may hold a million


def render_contents(entries: Sequence[Entry], label: str) -> Html:
    """The sources of a library with publisher, date, kind and trust, the last added first, under a line to unfold."""
    shown = list(reversed(entries))[:_MOST]
    rows = element("ul", *map(_row, shown), class_="cd-list")
    held = element("div", rows, class_="cd-held", tabindex="0", role="region", aria_label="Sources of the library")
    left = len(entries) - len(shown)
    more = element("p", f"And {count_words(left, 'source')} more.", class_="cd-note") if left else ""
    body = join([held, more]) if shown else element("p", "No source passes.", class_="cd-note")
    return element("details", element("summary", label), body, class_="cd cd-contents")


def _row(entry: Entry) -> Html:
    meta = entry.meta
    facts = [
        meta.publisher or "no publisher",
        meta.date.isoformat() if meta.date else "no date",
        meta.kind or "no kind",
        "no trust set" if meta.trust is None else f"trust {meta.trust:g}",
        "a copy of another source" if entry.facts.origin not in ("", entry.id) else "",
    ]
    line = join([element("span", fact, dir="auto") for fact in facts if fact], " · ")
    title = element("cite", meta.title or entry.name, dir="auto")
    return element("li", title, element("p", line, class_="cd-note"))
