"""Signing a report off: what is still open, and once nothing is, the name under it."""

from __future__ import annotations

import streamlit as st

from claimdesk.model import Report
from claimdesk.page.decisions import SIGNING, sign, take_line
from claimdesk.page.ledger import review_now, why_closed
from claimdesk.render.dossier import describe_signed
from claimdesk.render.markup import Html, element
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
    """What a sign-off waits for, each with a link to its card."""
    numbers = {checked.claim.id: number for number, checked in enumerate(report.claims, 1)}
    items = found.open_items(report)
    rows = []
    for item in items[:_LISTED]:
        number = numbers.get(item.claim)
        where = element("a", f"Claim {number}", href=f"#c{number}") if number else "The whole text"
        rows.append(element("li", where, f": {item.words}"))
    more = element("p", f"And {len(items) - _LISTED:,} more.") if len(items) > _LISTED else ""
    head = element("p", f"{count_words(len(items), 'thing')} to settle first:")
    return element("div", head, element("ul", *rows, class_="cd-list"), more, class_="cd")
