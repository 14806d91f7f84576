"""Signing a report off: what is still open, and once nothing is, the name under it."""

from __future__ import annotations

import streamlit as st

from claimdesk.model import Report
from claimdesk.page.decisions import SIGNING, sign, take_line
from claimdesk.page.ledger import review_now, why_closed
from claimdesk.render.dossier import describe_signed
from claimdesk.render.markup import Html, element, escape, join
from claimdesk.render.standing import count_words
from claimdesk.review import Review

_LISTED = 30


@st.fragment(key=SIGNING)
def show_signing(report: Report) -> None:
    """The list of what is open; without any, the button that signs the report off."""
    found = review_now(report)
    items = found.open_items(report)
    closed = found.is_closed(report)
    label = "Signed off" if closed else f"Sign off ({len(items)} open)" if items else "Sign off (nothing is open)"
    with st.expander(label, key="signing"):
        if found.signed:
            st.html(element("p", describe_signed(found.signed, found.since), class_="cd", dir="auto"))
        if items:
            st.html(render_open(report, found))
        reason = why_closed()
        with st.container(horizontal=True, vertical_alignment="bottom", key="signing_row"):
            if closed and found.signed:
                args = (report, found.signed)
                st.button("Take the sign-off back", key="unsign", on_click=take_line, args=args, disabled=bool(reason))
                return
            st.text_input("Note", key="sign_note", disabled=bool(items or reason), width=260)
            st.button(
                "Sign off",
                key="sign",
                on_click=sign,
                args=(report,),
                disabled=bool(items or reason),
                help=reason or ("Something is still open." if items else "Closes this report with your name."),
            )


def render_open(report: Report, found: Review) -> Html:
    """What a sign-off waits for: claims of which the same is said stand on one line, each a link to its card."""
    numbers = {checked.claim.id: number for number, checked in enumerate(report.claims, 1)}
    items = found.open_items(report)
    groups: dict[str, list[int]] = {}
    for item in items:
        groups.setdefault(item.words, []).append(numbers.get(item.claim, 0))
    rows = [element("li", _whose(sorted(set(whose))), f": {words}", dir="auto") for words, whose in groups.items()]
    head = element("p", f"{count_words(len(items), 'thing')} to settle first:")
    more = element("p", f"And {count_words(len(rows) - _LISTED, 'more line')}.") if len(rows) > _LISTED else ""
    return element("div", head, element("ul", *rows[:_LISTED], class_="cd-list"), more, class_="cd")


def _whose(numbers: list[int]) -> Html:
    """Claims by their numbers, 0 being the whole text."""
    if numbers == [0]:
        return escape("The whole text")
    links = [element("a", str(number), href=f"#c{number}") if number else "the whole text" for number in numbers]
    return join(["Claim " if len(links) == 1 else "Claims ", join(links, ", ")])
