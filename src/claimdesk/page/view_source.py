"""The right side as a source: its text with the passage at hand, and the way from passage to passage."""

from __future__ import annotations

import streamlit as st

from claimdesk.exports.citation import cite
from claimdesk.model import Report
from claimdesk.render.markup import element
from claimdesk.render.source import Use, render_source, uses_of_claim, uses_of_source

PART = "source-part"
# The only script of the page. It holds no word of a text; the numbers make it another one for another passage,
# so that it runs again, and the pause lets the text take its place first.
_SCROLL = """<script>setTimeout(() => {
  // claim %d, character %d
  document.getElementById("passage")?.scrollIntoView({block: "center"});
}, 150)</script>"""


@st.fragment(key=PART)
def show_source(report: Report) -> None:
    """The source of the chosen passage; without a choice, of the first claim that has one."""
    here = _here(report)
    if here is None:
        st.html(element("p", "No passage of a source was found for any claim.", class_="cd cd-lead"))
        return
    source = next(source for source in report.sources if source.id == here.evidence.source)
    _walk("Claim", uses_of_claim(report, here.number), here, f"of claim {here.number}")
    _walk("In this source", uses_of_source(report, source.id, here), here, "in this source")
    with st.container(key="source"):
        st.html(render_source(report, source, here))
        st.html(_SCROLL % (here.number, here.span.start), unsafe_allow_javascript=True)
    st.caption("To cite")
    st.code(cite(report, here.evidence), language=None, wrap_lines=True)


def _here(report: Report) -> Use | None:
    number, index = st.session_state.get("seen", (0, 0))
    if 1 <= number <= len(report.claims):
        found = uses_of_claim(report, number)
        if index < len(found):
            return found[index]
    every = (uses_of_claim(report, each) for each in range(1, len(report.claims) + 1))
    return next((found[0] for found in every if found), None)


def _walk(key: str, uses: list[Use], here: Use, where: str) -> None:
    """Previous, place among all, next."""
    at = uses.index(here)
    with st.container(horizontal=True, vertical_alignment="center", key=f"walk-{key[0]}"):
        for label, step in (("Previous", -1), ("Next", 1)):
            to = at + step
            st.button(
                label,
                key=f"walk_{key}_{label}",
                icon=":material/arrow_back:" if step < 0 else ":material/arrow_forward:",
                on_click=_go,
                args=(uses[to],) if 0 <= to < len(uses) else (here,),
                disabled=not 0 <= to < len(uses),
                type="tertiary",
                help=f"{label} passage {where}",
            )
            if step < 0:
                st.html(element("p", f"Passage {at + 1} of {len(uses)} {where}", class_="cd cd-walk"), width="content")


def _go(use: Use) -> None:
    report: Report = st.session_state["report"]
    uses = uses_of_claim(report, use.number)
    st.session_state["seen"] = (use.number, uses.index(use))
