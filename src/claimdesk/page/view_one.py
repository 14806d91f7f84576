"""Review one by one: a single claim with its paragraph and its card, and a key for each step."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claimdesk.model import Checked, Report
from claimdesk.page.decisions import decisions_now, open_source, record
from claimdesk.page.keys import VERDICT_KEYS, rate, undo_last
from claimdesk.page.ledger import why_closed
from claimdesk.page.view_cards import show_card
from claimdesk.render.article import render_paragraph
from claimdesk.render.markup import element
from claimdesk.render.standing import LOOKS, Standing
from claimdesk.review import Choice


def show_one(report: Report, numbers: Sequence[int]) -> list[int]:
    """The claim at hand among those with these numbers, which is given back; keys are printed on the buttons."""
    if not numbers:
        st.html(element("p", "No claim passes these filters.", class_="cd cd-lead"))
        return []
    at = _place(numbers)
    number = numbers[at]
    st.session_state["current"] = number
    checked = report.claims[number - 1]
    closed = bool(why_closed())
    with st.container(horizontal=True, vertical_alignment="center", key="steps"):
        steps = (
            ("Previous", "K", _go, (numbers, at - 1), at == 0),
            ("Next", "J", _go, (numbers, at + 1), at + 1 == len(numbers)),
            ("Agree, next", "A", _agree, (report, checked, numbers, at), closed),
            ("Undo last", "U", _undo, (report, numbers), closed or not decisions_now()),
            ("Source", "S", open_source, (number,), not checked.evidence),
        )
        for label, shortcut, act, args, disabled in steps:
            st.button(label, shortcut=shortcut, on_click=act, args=args, disabled=disabled, key=f"step_{shortcut}")
    with st.container(horizontal=True, vertical_alignment="center", key="verdicts"):
        for key, verdict in VERDICT_KEYS.items():
            look = LOOKS[Standing(verdict.value)]
            st.button(
                f"{look.sign} {look.word}",
                shortcut=key,
                on_click=rate,
                args=(report, checked, verdict),
                disabled=closed,
                key=f"rate_{key}",
                help=f"Your verdict on claim {number}: {look.word.lower()}",
            )
    with st.container(key="one"):
        st.html(element("div", render_paragraph(report, number), class_="cd-beside"))
        show_card(report, number, checked)
    return [number]


def show_place(numbers: Sequence[int]) -> None:
    """Which of the claims that pass is at hand."""
    if numbers:
        st.html(element("p", f"{_place(numbers) + 1} of {len(numbers)}", class_="cd cd-walk"), width="content")


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
    number = undo_last(report)
    if number in numbers:
        st.session_state["current"] = number
