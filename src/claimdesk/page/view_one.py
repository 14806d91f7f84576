"""Review one by one: a single claim with its card, and a key for each step."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claimdesk.model import Checked, Report
from claimdesk.page.decisions import decisions_now, record, review_now, reviewer, take_back
from claimdesk.page.view_cards import show_card
from claimdesk.render.markup import element
from claimdesk.review import Choice


def show_one(report: Report, numbers: Sequence[int]) -> list[int]:
    """The claim at hand among those with these numbers, which is given back; keys are printed on the buttons."""
    if not numbers:
        st.html(element("p", "No claim passes these filters.", class_="cd cd-lead"))
        return []
    at = _place(numbers)
    number = numbers[at]
    checked = report.claims[number - 1]
    with st.container(horizontal=True, vertical_alignment="center", key="steps"):
        steps = (
            ("Previous", "K", _go, (numbers, at - 1), at == 0),
            ("Next", "J", _go, (numbers, at + 1), at + 1 == len(numbers)),
            ("Agree, next", "A", _agree, (report, checked, numbers, at), False),
            ("Undo last", "U", _undo, (report, numbers), not decisions_now()),
        )
        for label, shortcut, act, args, disabled in steps:
            st.button(label, shortcut=shortcut, on_click=act, args=args, disabled=disabled, key=f"step_{shortcut}")
        st.html(element("p", f"{at + 1} of {len(numbers)}", class_="cd cd-walk"), width="content")
    with st.container(key="one"):
        show_card(report, number, checked)
    return [number]


def _place(numbers: Sequence[int]) -> int:
    current = st.session_state.get("current")
    return numbers.index(current) if current in numbers else 0


def _go(numbers: Sequence[int], to: int) -> None:
    st.session_state["current"] = numbers[max(0, min(to, len(numbers) - 1))]


def _agree(report: Report, checked: Checked, numbers: Sequence[int], at: int) -> None:
    _go(numbers, at + 1)
    record(report, checked, Choice.AGREE, draw=False)


def _undo(report: Report, numbers: Sequence[int]) -> None:
    """Takes back the last decision that is still in force, and shows its claim."""
    found = review_now(report)
    own = [
        (made.at, number)
        for number, checked in enumerate(report.claims, 1)
        for made in found.of(checked)
        if made.reviewer == reviewer()
    ]
    if own:
        number = max(own)[1]
        take_back(report, report.claims[number - 1], draw=False)
        if number in numbers:
            st.session_state["current"] = number
