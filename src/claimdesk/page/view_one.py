"""Review one by one: a single claim with its paragraph and its card, and a key for each step."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claimdesk.model import Checked, Report, Verdict
from claimdesk.page.decisions import decisions_now, open_source, record, review_now, reviewer, take_back
from claimdesk.page.ledger import why_closed
from claimdesk.page.view_cards import show_card
from claimdesk.render.article import render_paragraph
from claimdesk.render.markup import element
from claimdesk.render.standing import LOOKS, Standing
from claimdesk.review import Choice

VERDICT_KEYS = {
    "1": Verdict.SUPPORTED,
    "2": Verdict.CONFLICTING,
    "3": Verdict.MIXED,
    "4": Verdict.NOT_FOUND,
    "5": Verdict.NOT_CHECKED,
}
KEYS = (
    ("J, K", "next claim, previous claim"),
    ("1 to 5", "your verdict: supported, conflicting, mixed, not found, not checked (one by one)"),
    ("A", "agree and go to the next claim (one by one)"),
    ("U", "take your last decision back (one by one)"),
    ("N", "write a note (one by one, once you have decided)"),
    ("S", "open the source, and back"),
    ("F", "find words in claims and passages"),
    ("Tab, Enter", "everything else, in reading order"),
)


def show_keys() -> None:
    """The keys, behind a button that can be seen."""
    rows = [element("tr", element("th", element("kbd", key), scope="row"), element("td", words)) for key, words in KEYS]
    with st.popover("Keys", icon=":material/keyboard:", key="keys"):
        st.html(element("div", element("table", element("tbody", *rows)), class_="cd cd-keys"))


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
                on_click=_rate,
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


def _rate(report: Report, checked: Checked, verdict: Verdict) -> None:
    """The reviewer's own verdict: agreement where it is the machine's too."""
    if verdict is checked.verdict:
        record(report, checked, Choice.AGREE, draw=False)
    else:
        record(report, checked, Choice.DISAGREE, verdict, draw=False)


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
