"""What was written last, with the way back to each claim, and what has lost its claim."""

from __future__ import annotations

import streamlit as st

from claimdesk.exports.citation import short
from claimdesk.model import Report
from claimdesk.page.decisions import HISTORY, decisions_now, dismiss, open_claim, review_now
from claimdesk.render.dossier import describe_line, render_unattached
from claimdesk.render.markup import element, join
from claimdesk.review import claims_of

_SHOWN = 10


@st.fragment(key=HISTORY)
def show_history(report: Report) -> None:
    """The last ten lines of the log, the newest first; undone ones too. A click opens the claim."""
    lines = decisions_now()
    if not lines:
        return
    numbers = {checked.claim.id: number for number, checked in enumerate(report.claims, 1)}
    claims = claims_of(report, lines)
    recent = list(zip(lines, claims, strict=True))[-_SHOWN:]
    with st.expander("Last decisions", key="history"):
        for row, (line, claim) in enumerate(reversed(recent)):
            with st.container(horizontal=True, vertical_alignment="center", key=f"past-{row}"):
                number = numbers.get(claim or "")
                if number:
                    label = f"Claim {number}"
                    st.button(label, key=f"reopen_{row}", type="tertiary", on_click=open_claim, args=(number,))
                quoted = element("cite", f"“{short(line.claim.text, 60)}” ") if line.claim.text else ""
                st.html(element("p", join([quoted, describe_line(line)]), class_="cd cd-past", dir="auto"))


def show_lost(report: Report) -> None:
    """Entries whose words are no longer in the text; each can be put aside, which the log keeps."""
    lost = review_now(report).unattached
    if not lost:
        return
    with st.expander(f"Decisions whose words are no longer in the text ({len(lost)})", expanded=True):
        st.html(render_unattached(lost))
        st.button("Put aside", key="dismiss", on_click=dismiss, args=(report, lost), help="The log keeps them.")
