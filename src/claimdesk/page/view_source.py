"""The right side as a source: its text with the passage at hand, and the way from passage to passage."""

from __future__ import annotations

import streamlit as st

from claimdesk.exports.citation import cite
from claimdesk.model import Report, Source
from claimdesk.page.decisions import ARTICLE
from claimdesk.page.pdf_page import draw_page, pdf_of
from claimdesk.page.view_filters import CARDS
from claimdesk.render.markup import element
from claimdesk.render.source import Use, render_source, uses_of_claim, uses_of_source

PART = "source-part"


@st.fragment(key=PART)
def show_source(report: Report) -> None:
    """The source of the chosen passage; without a choice, of the first claim that has one."""
    here = _here(report)
    if here is None:
        st.html(element("p", "No passage of a source was found for any claim.", class_="cd cd-lead"))
        return
    st.session_state["seen"] = (here.number, uses_of_claim(report, here.number).index(here))
    source = next(source for source in report.sources if source.id == here.evidence.source)
    _steps(report, source, here)
    with st.container(key="source"):
        st.html(render_source(report, source, here))
    _show_page(source, here)
    st.caption("To cite")
    st.code(cite(report, here.evidence), language=None, wrap_lines=True)


def _steps(report: Report, source: Source, here: Use) -> None:
    """The way back, to other claims, and to the other passages of this claim and of this source."""
    order = [number for number in st.session_state.get("passing", ()) if uses_of_claim(report, number)]
    at = order.index(here.number) if here.number in order else -1
    before, after = order[at - 1 : at] if at > 0 else [], order[at + 1 : at + 2]
    with st.container(horizontal=True, vertical_alignment="center", key="source-steps"):
        st.button("Back", shortcut="S", on_click=_back, key="source_back", help=f"Back to claim {here.number}")
        for label, key, to in (("Previous claim", "K", before), ("Next claim", "J", after)):
            first = uses_of_claim(report, to[0])[0] if to else here
            st.button(label, shortcut=key, on_click=_go, args=(first,), disabled=not to, key=f"source_{key}")
        if st.button("Open wide", icon=":material/open_in_full:", key="source_wide", type="tertiary"):
            _open_wide(report, source, here)
    with st.container(horizontal=True, vertical_alignment="center", key="source-walks"):
        _walk("Claim", uses_of_claim(report, here.number), here, f"of claim {here.number}")
        _walk("In this source", uses_of_source(report, source.id, here), here, "in this source")


def _here(report: Report) -> Use | None:
    number, index = st.session_state.get("seen", (0, 0))
    if 1 <= number <= len(report.claims):
        found = uses_of_claim(report, number)
        if index < len(found):
            return found[index]
    every = (uses_of_claim(report, each) for each in range(1, len(report.claims) + 1))
    return next((found[0] for found in every if found), None)


def _walk(key: str, uses: list[Use], here: Use, where: str) -> None:
    """Previous, place among all, next; nothing where the passage is the only one."""
    if len(uses) < 2:
        return
    at = uses.index(here)
    with st.container(horizontal=True, vertical_alignment="center", key=f"walk-{key[0]}", width="content"):
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
                st.html(element("p", f"{at + 1} of {len(uses)} {where}", class_="cd cd-walk"), width="content")


def _go(use: Use) -> None:
    report: Report = st.session_state["report"]
    uses = uses_of_claim(report, use.number)
    st.session_state["seen"] = (use.number, uses.index(use))
    st.rerun([PART, ARTICLE])  # the text marks the claim at hand


def _back() -> None:
    """Back to the view that the source was opened from, at the claim whose passage was last looked at."""
    state = st.session_state
    number = state["seen"][0]
    state.update(view=state.get("back") or CARDS, current=number)
    if state["view"] == CARDS:
        state.update(lead=number, page=1)
    st.rerun()


@st.dialog("Source in full", width="large", position="right")
def _open_wide(report: Report, source: Source, here: Use) -> None:
    st.html(render_source(report, source, here, anchor="passage-wide"))


# --- the page of a PDF ----------------------------------------------------------------------------------


def _show_page(source: Source, here: Use) -> None:
    """The page of a PDF as it was printed, drawn when it is asked for."""
    number, case = here.evidence.location.page, st.session_state.get("case")
    path = pdf_of(case, source.path) if case and number else None
    if path is None or number is None:
        return
    with st.expander(f"Page {number} as printed", on_change="rerun", key=f"pdf-{source.id}-{number}") as printed:
        if printed.open:
            picture = _draw_page(str(path), path.stat().st_mtime_ns, number)
            if picture:
                st.image(picture, width="stretch", alt=f"Page {number} of the PDF; its text stands above.")
            else:
                st.html(element("p", "This page cannot be drawn; its text stands above.", class_="cd cd-note"))


@st.cache_data(max_entries=16, show_spinner=False)
def _draw_page(path: str, changed: int, number: int) -> bytes | None:
    """Kept for the next look; ``changed`` makes it another page when the file is another one."""
    from pathlib import Path

    return draw_page(Path(path), number)
