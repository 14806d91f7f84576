"""What the script of the page brings back: links that choose a claim, words selected in the text, keys."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from claimdesk.model import Report
from claimdesk.page.keys import obey
from claimdesk.page.view_adding import pick_words
from claimdesk.page.view_filters import ONE_BY_ONE, SOURCE, clear_filters
from claimdesk.render import load_style

_KEY = "links"


def follow_links(report: Report | None) -> None:
    """Puts the script of the page on it; what people follow, select and press comes back."""
    script = load_style("keys.js") + load_style("page.js")
    component = st.components.v2.component("claimdesk_links", js=script)
    component(
        key=_KEY,
        on_claim_change=lambda: _chosen(report),
        on_selected_change=lambda: _selected(report),
        on_pressed_change=lambda: _pressed(report),
        height=1,
    )


def elsewhere() -> str:
    """The address of the open case in the view at hand, for links to a claim without the script; else empty."""
    case = st.session_state.get("case")
    if not case:
        return ""
    view = {SOURCE: "source", ONE_BY_ONE: "one"}.get(st.session_state.get("view", ""), "")
    return "?" + urlencode({"case": case} | ({"view": view} if view else {}))


def _chosen(report: Report | None) -> None:
    number = st.session_state[_KEY].get("claim")
    if report and isinstance(number, int | float) and 1 <= number <= len(report.claims):
        choose_claim(int(number))


def _selected(report: Report | None) -> None:
    found = st.session_state[_KEY].get("selected")
    if report is None or not isinstance(found, Mapping):
        return
    words, start = found.get("words"), found.get("start")
    if isinstance(words, str) and words.strip() and isinstance(start, int | float) and start >= 0:
        pick_words(words, int(start))


def _pressed(report: Report | None) -> None:
    pressed = st.session_state[_KEY].get("pressed")
    if report and isinstance(pressed, list | tuple):
        obey(report, pressed)


def choose_claim(number: int) -> None:
    """Shows a claim in the view at hand: its passage, its card alone, or its card before the others."""
    state = st.session_state
    if state.get("view") == SOURCE:
        state["seen"] = (number, 0)
    elif state.get("view") == ONE_BY_ONE:
        if number not in state.get("passing", ()):
            clear_filters()
        state["current"] = number
    else:
        state.update(lead=number, page=1)
