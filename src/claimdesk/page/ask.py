"""The boxes for a text and its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st

from claimdesk.page.cases import cases_root
from claimdesk.page.desk import Order
from claimdesk.page.view_drafts import follow_draft, show_draft
from claimdesk.page.view_library import ask_library
from claimdesk.readers import READERS
from claimdesk.render.markup import element

PASTE, FILE, EXAMPLE, KEPT = "Paste a text", "Upload a file", "Try an example", "This case"
SUFFIXES = sorted(suffix.removeprefix(".") for suffix in READERS)


def ask(examples: dict[str, Path], open_: bool, start: Callable[..., None]) -> Order:
    """The boxes for the text and its sources; one line once there are results.

    ``start`` is called with the order, and with True where the claims are only to be listed.
    """
    lead = "Claimdesk lists the claims of a text and shows which passages of your sources support or contradict each."
    if open_:
        st.html(element("p", lead, class_="cd cd-lead"))
    # Another key is another expander: one that a person has opened would not close by itself.
    with st.expander("Text and sources", expanded=open_, key=f"input_{'open' if open_ else 'closed'}"):
        left, right = st.columns([3, 2], gap="large")
        with left:
            order = ask_text(examples)
            slot = st.container()
        with right:
            order = replace(ask_sources(order), library=ask_library())
        follow_draft(order)
        with slot:
            show_draft()
        missing = order.missing()
        running = st.session_state.get("job") is not None
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Check", type="primary", disabled=bool(missing) or running, on_click=start, args=(order,), key="check"
            )
            st.button(
                "List the claims first",
                disabled=bool(missing) or running,
                on_click=start,
                args=(order, True),
                key="list",
                type="tertiary",
                help="Finds the claims and checks none yet, so that you can drop, change and add some first.",
            )
            if missing:
                st.caption(missing, width="content")
            st.caption("Stays on this computer: no text and no source is sent anywhere.")
    return order


def ask_text(examples: dict[str, Path]) -> Order:
    """The text: pasted, a file, or an example with its own sources."""
    case = st.session_state.get("case")
    own = case is not None and case not in examples
    origins = [*([KEPT] if own else []), PASTE, FILE, *([EXAMPLE] if examples else [])]
    if st.session_state.get("origin") not in origins:
        st.session_state["origin"] = PASTE
    origin = st.segmented_control("Text to check", origins, key="origin", required=True)
    turn = st.session_state.get("round", 0)
    if origin == EXAMPLE:
        name = st.pills("Examples, each with its own sources", list(examples), key="example")
        return Order(case=examples[name] if name else None, day=None)
    if origin == KEPT:
        st.html(element("p", "The text and the sources that were kept with this case.", class_="cd cd-lead"))
        return Order(case=cases_root() / str(case))
    if origin == FILE:
        upload = st.file_uploader("File with the text", type=SUFFIXES, key=f"file{turn}")
        file = (upload.name, upload.getvalue()) if upload else None
        return Order(file=file, day=ask_day())
    pasted = st.text_area("Text", height=220, key="pasted", placeholder="Paste an article, a speech, a press release.")
    return Order(pasted=pasted or "", day=ask_day())


def ask_day() -> date | None:
    """The text's own day, which “last Monday” is counted from."""
    return st.date_input(
        "Date of the text, if known",
        value=None,
        key="day",
        format="YYYY-MM-DD",
        help="“Yesterday” and “last year” are counted from this day.",
    )


def ask_sources(order: Order) -> Order:
    """The sources: uploads and a folder; an example brings its own."""
    if st.session_state.get("origin") in (EXAMPLE, KEPT):
        files = sorted((order.case / "sources").glob("*")) if order.case else []
        items = [element("li", path.name) for path in files if path.name != "sources.csv"]
        words = (
            "Sources of this case"
            if items
            else "No sources."
            if order.case
            else "Choose an example to see its sources."
        )
        st.html(element("div", element("h2", words), element("ul", *items), class_="cd cd-files"))
        return order
    uploads = st.file_uploader(
        "Sources that you trust",
        type=SUFFIXES,
        accept_multiple_files=True,
        key=f"uploads{st.session_state.get('round', 0)}",
        help="A sources.csv among them may name titles, publishers and dates.",
    )
    folder = st.text_input("Or a folder on this computer", key="folder", placeholder="/home/me/sources")
    given = tuple((upload.name, upload.getvalue()) for upload in uploads)
    return Order(order.pasted, order.file, None, given, folder, order.day)
