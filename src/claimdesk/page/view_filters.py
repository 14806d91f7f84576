"""Which claims are shown, in which order, and in which view; all of it is kept in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from claimdesk.model import Checked, Kind, Report
from claimdesk.page.decisions import review_now
from claimdesk.render.describe import source_title
from claimdesk.render.markup import element
from claimdesk.render.standing import (
    KIND_WORDS,
    LOOKS,
    Standing,
    choose_claims,
    count_standings,
    count_words,
    numbered,
)

WORKLIST, TEXT_ORDER = "Conflicts first", "As in the text"
CARDS, ONE_BY_ONE, SOURCE = "Cards", "One by one", "Source"
ALL, TO_REVIEW, REVIEWED = "All", "To review", "Reviewed"
EVERY_SOURCE = ""
_LONGEST_TITLE = 60


def restore_filters(query: Mapping[str, str], verdicts: Sequence[str] = (), kinds: Sequence[str] = ()) -> None:
    """Takes filters, order and view over from an address; what it names and is not known is passed over."""
    state = st.session_state
    state["verdict"] = [each for each in Standing if each.value in verdicts]
    state["kind"] = [each for each in Kind if each.value in kinds]
    state["q"] = query.get("q", "")
    state["from_source"] = query.get("source", EVERY_SOURCE)
    state["order"] = TEXT_ORDER if query.get("order") == "text" else WORKLIST
    state["reviewed"] = {"open": TO_REVIEW, "done": REVIEWED}.get(query.get("review", ""), ALL)
    state["gaps"] = query.get("unchecked") == "show"
    state["view"] = {"source": SOURCE, "one": ONE_BY_ONE}.get(query.get("view", ""), CARDS)


def show_counts(report: Report) -> None:
    """The counts by verdict, each a filter."""
    state = st.session_state
    counts = count_standings(report)
    state["verdict"] = [each for each in state["verdict"] if each in counts]
    st.pills(
        "Verdict",
        list(counts),
        selection_mode="multi",
        key="verdict",
        persist_state="session",
        format_func=lambda each: f"{LOOKS[each].sign} {counts[each]} {LOOKS[each].word}",
        label_visibility="collapsed",
        wrap=True,
    )


def show_filters(report: Report) -> list[tuple[int, Checked]]:
    """Search, kind, state, source and order; gives the numbered claims that pass, in their order."""
    state = st.session_state
    kinds = [kind for kind in Kind if any(checked.claim.kind is kind for checked in report.claims)]
    titles = {source.id: source_title(source)[:_LONGEST_TITLE] for source in report.sources if source.document}
    state["kind"] = [each for each in state["kind"] if each in kinds]
    if state["from_source"] not in titles:
        state["from_source"] = EVERY_SOURCE
    with st.container(horizontal=True, vertical_alignment="top", key="filters"):
        st.text_input("Find (F)", key="q", persist_state="session", width=190, help="In claims, reasons and passages.")
        st.pills("Kind", kinds, selection_mode="multi", key="kind", format_func=KIND_WORDS.__getitem__, wrap=True)
        st.segmented_control("Review", [ALL, TO_REVIEW, REVIEWED], key="reviewed", required=True)
        if len(titles) > 1:
            st.selectbox(
                "Source",
                [EVERY_SOURCE, *titles],
                key="from_source",
                format_func=lambda each: titles.get(each, "All sources"),
                width=170,
                persist_state="session",
            )
        st.selectbox("Order", [WORKLIST, TEXT_ORDER], key="order", width=150, persist_state="session")
    remember_filters()
    shown = _choose(report)
    state["passing"] = [number for number, _ in shown]
    _say_what_is_shown(report, shown)
    return shown


def _choose(report: Report) -> list[tuple[int, Checked]]:
    """The claims that pass; claims keep their numbers whatever is filtered out."""
    state = st.session_state
    shown = choose_claims(
        report, state["verdict"], state["kind"], state["q"], state["order"] == TEXT_ORDER, state["from_source"]
    )
    if state["reviewed"] != ALL:
        found = review_now(report)
        shown = [item for item in shown if found.is_done(item[1]) == (state["reviewed"] == REVIEWED)]
    if (lead := state.get("lead")) and state["view"] == CARDS:
        first = [item for item in numbered(report) if item[0] == lead]
        shown = first + [item for item in shown if item[0] != lead]
    return shown


def _say_what_is_shown(report: Report, shown: Sequence[tuple[int, Checked]]) -> None:
    state, every = st.session_state, len(report.claims)
    lead = state.get("lead") if state["view"] == CARDS else None
    if not lead and len(shown) == every:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="showing"):
        if len(shown) < every:
            words = element("p", f"Showing {len(shown)} of {count_words(every, 'claim')}.", class_="cd cd-walk")
            st.html(words, width="content")
            st.button("Clear filters", on_click=clear_filters, type="tertiary", icon=":material/close:")
        if lead:
            st.html(element("p", f"Claim {lead} comes first.", class_="cd cd-walk"), width="content")
            st.button("Usual order", on_click=drop_lead, type="tertiary")


def drop_lead() -> None:
    """Back to the usual order, away from the claim that the address named."""
    st.session_state["lead"] = None
    st.query_params.pop("claim", None)


def remember_filters() -> None:
    """Writes the filters into the address, so that a view can be kept and sent."""
    state = st.session_state
    wanted: dict[str, str | list[str]] = {
        "verdict": [each.value for each in state["verdict"]],
        "kind": [each.value for each in state["kind"]],
        "q": state["q"],
        "source": state["from_source"],
        "order": "text" if state["order"] == TEXT_ORDER else "",
        "review": {TO_REVIEW: "open", REVIEWED: "done"}.get(state["reviewed"], ""),
        "unchecked": "show" if state["gaps"] else "",
        "view": {SOURCE: "source", ONE_BY_ONE: "one"}.get(state["view"], ""),
    }
    for key, value in wanted.items():
        if value:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]


def clear_filters() -> None:
    """Shows every claim again."""
    st.session_state.update(verdict=[], kind=[], q="", reviewed=ALL, from_source=EVERY_SOURCE)
