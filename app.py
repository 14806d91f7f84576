"""The page of Claimdesk: layout and widgets; what is shown comes from the package as escaped HTML."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.exports import EXPORTS, Export
from claimdesk.model import Checked, Kind, Report
from claimdesk.page.ask import EXAMPLE, KEPT, PASTE, ask, show_kept
from claimdesk.page.cases import cases_root, is_id, keep_case, log_of, new_id, open_case
from claimdesk.page.decisions import ask_reviewer, review_now, show_article, show_card, show_count, show_history
from claimdesk.page.desk import Order, find_examples, run_order
from claimdesk.page.job import Job
from claimdesk.page.one import show_one
from claimdesk.page.source import show_source
from claimdesk.progress import CHECKING, EMBEDDING, FINDING, READING
from claimdesk.render import (
    load_style,
    render_article,
    render_internal,
    render_settings,
    render_sources,
    render_summary,
    render_unchecked,
    unclaimed,
)
from claimdesk.render.decided import render_unattached
from claimdesk.render.markup import Html, element
from claimdesk.render.standing import KIND_WORDS, LOOKS, Standing, choose_claims, count_standings, count_words, numbered
from claimdesk.review import read_decisions

WORKLIST, TEXT_ORDER = "Conflicts first", "As in the text"
CARDS, ONE_BY_ONE, SOURCE = "Cards", "One by one", "Source"
ALL, TO_REVIEW, REVIEWED = "All", "To review", "Reviewed"
CARDS_ON_A_PAGE = 40


def main() -> None:
    """One run of the page."""
    st.set_page_config(page_title="Claimdesk", page_icon="🔎", layout="wide")
    st.html(Html(f"<style>{load_style('page.css')}{load_style('app.css')}</style>"))
    examples = find_examples()
    if "begun" not in st.session_state:
        begin(examples)
    job: Job | None = st.session_state.get("job")
    report: Report | None = st.session_state.get("report")
    show_title(report)
    order = ask(examples, open_=report is None and job is None, start=start)
    if job:
        follow(job)
    elif error := st.session_state.get("error"):
        show_error(error)
    if report and not job:
        show_results(report, stale=st.session_state["asked"] not in ("", order.fingerprint()))
    elif not job:
        show_kept()


def begin(examples: dict[str, Path]) -> None:
    """The first run of a session: the address names filters, a claim, and a case that is opened or checked."""
    state, query = st.session_state, st.query_params
    state.update(begun=True, asked="", case=None)
    state.setdefault("origin", PASTE)
    state["verdict"] = [each for each in Standing if each.value in query.get_all("verdict")]
    state["kind"] = [each for each in Kind if each.value in query.get_all("kind")]
    state["q"] = query.get("q", "")
    state["order"] = TEXT_ORDER if query.get("order") == "text" else WORKLIST
    state["reviewed"] = {"open": TO_REVIEW, "done": REVIEWED}.get(query.get("review", ""), ALL)
    state["view"] = {"source": SOURCE, "one": ONE_BY_ONE}.get(query.get("view", ""), CARDS)
    if re.fullmatch(r"c\d{1,6}", lead := query.get("claim", "")):
        state.update(lead=int(lead[1:]), seen=(int(lead[1:]), 0))
    name = query.get("case", os.environ.get("CLAIMDESK_CASE", ""))
    if is_id(name) or name in examples:
        reopen(name, examples)


def reopen(name: str, examples: dict[str, Path]) -> None:
    """Opens a kept case as it was left; an example that nobody has checked yet is checked now."""
    state = st.session_state
    try:
        report = open_case(name)
    except ClaimdeskError as error:
        report, state["error"] = None, error
    if name in examples:
        state["origin"], state["example"] = EXAMPLE, name
        order = Order(case=examples[name])
    else:
        order = Order(case=cases_root() / name)
    if report:
        state.update(report=report, case=name, asked=order.fingerprint())
        if name not in examples:
            state["origin"] = KEPT
    elif name in examples and not state.get("error"):
        start(order)


def start(order: Order) -> None:
    """Starts a check; the results of an earlier one make way when it is done."""
    state = st.session_state
    state.update(error=None, asked=order.fingerprint(), ordered=order)
    state["job"] = Job(run_order(order)).start()
    if order.case:
        st.query_params["case"] = order.case.name


def finish(report: Report) -> None:
    """Takes a finished check over and keeps it; a text checked again stays in its case, with its decisions."""
    state = st.session_state
    order: Order | None = state.get("ordered")
    for key in [key for key in state if str(key).startswith("pending_")]:
        del state[key]
    state.update(report=report, lead=None)
    if order is None:
        return
    own = state.get("case") if state.get("case") not in find_examples() else None
    identity = order.case.name if order.case else own or new_id(report)
    try:
        keep_case(identity, report, order)
    except ClaimdeskError as error:
        state.update(unkept=error, case=None)
        st.query_params.pop("case", None)
        return
    state.update(case=identity, unkept=None)
    st.query_params["case"] = identity


def reset() -> None:
    """Back to an empty page; each box is set, because one that is only forgotten keeps its words in the browser."""
    state = st.session_state
    state.update(report=None, job=None, error=None, asked="", pasted="", folder="", day=None, example=None)
    state.update(verdict=[], kind=[], q="", order=WORKLIST, reviewed=ALL, view=CARDS)
    state.update(case=None, ordered=None, unkept=None, lead=None, seen=(0, 0), origin=PASTE)
    state["round"] = state.get("round", 0) + 1  # fresh upload boxes
    st.query_params.clear()


# --- title and input ------------------------------------------------------------------------------------


def show_title(report: Report | None) -> None:
    """The name of the page and of the text, and what can be done with a finished report."""
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        name = (report.text.meta.title or st.query_params.get("case") or report.text.name) if report else ""
        words = element("span", name, class_="cd-name", dir="auto") if name else Html()
        st.html(element("header", element("h1", "Claimdesk"), words, class_="cd cd-title"))
        if report:
            with st.popover("Export", icon=":material/download:"):
                stem = f"{Path(report.text.name).stem or 'report'}-{report.created[:10]}"
                for key, export in EXPORTS.items():
                    st.download_button(
                        export.label,
                        data=partial(write_file, export, report, st.session_state.get("case")),
                        file_name=stem + export.suffix,
                        mime=export.mime,
                        key=f"export_{key}",
                        on_click="ignore",
                        type="tertiary",
                    )
            st.button("New check", on_click=reset, icon=":material/add:")


def write_file(export: Export, report: Report, case: str | None) -> bytes:
    """The bytes of a download with the decisions of that moment, made when it is asked for."""
    return export.to_bytes(report, read_decisions(log_of(case)) if case else ())


# --- a running check, and what went wrong ---------------------------------------------------------------


def follow(job: Job) -> None:
    """Shows how far a check has come until it is done; the claims appear before they are checked."""
    status = st.status("Checking", expanded=True)  # not as a context: leaving it would call it complete
    bar, words = status.empty(), status.empty()
    status.button("Stop", on_click=job.stop, disabled=job.stopping(), help="What is done is kept.")
    article = st.empty()
    drawn = False
    while job.wait(0.15):
        step = job.progress
        part = min(1.0, step.done / step.total) if step.total else 0.0
        label = "Stopping after this claim" if job.stopping() else step.stage
        status.update(label=label, state="running", expanded=True)
        bar.progress(part)
        words.html(element("p", describe_step(step.stage, step.done, step.total, step.detail), class_="cd"))
        if job.early and not drawn:
            count = element(
                "h2", f"{count_words(len(job.early.claims), 'claim')} found, checking them", class_="cd-lead"
            )
            with article.container():
                st.html(element("div", count, class_="cd"))
                st.html(render_article(job.early))
            drawn = True
    st.session_state["job"] = None
    if job.error:
        st.session_state["error"] = job.error
    elif job.report:
        finish(job.report)
    st.rerun()


def describe_step(stage: str, done: int, total: int, detail: str) -> str:
    """A step of a check in words."""
    nouns = {READING: "file", CHECKING: "claim", EMBEDDING: "passage"}
    if stage == FINDING:
        return "Finding claims. The first check of a session also loads the language models from this computer."
    if not total:
        return stage
    noun = nouns.get(stage, "step").capitalize()
    return f"{noun} {min(done + (stage == READING), total):,} of {total:,}" + (f": {detail}" if detail else "")


def show_error(error: Exception) -> None:
    """What went wrong and what to do; anything that is not the user's to mend is shown with its own words."""
    if isinstance(error, ClaimdeskError):
        st.html(
            element("div", element("h2", "This could not be checked"), element("p", str(error)), class_="cd cd-alert")
        )
        return
    words = "Claimdesk met something that it did not expect. The text and the sources are still here; try again."
    details = element("details", element("summary", "Details"), element("pre", f"{type(error).__name__}: {error}"))
    st.html(element("div", element("h2", "The check failed"), element("p", words), details, class_="cd cd-alert"))


# --- results --------------------------------------------------------------------------------------------


def show_results(report: Report, stale: bool) -> None:
    """Summary, filters, text and cards side by side, and below what the verdicts rest on."""
    if stale:
        words = "The text, its date or the sources have changed. Press Check to check them."
        st.html(
            element("div", element("h2", "Results are for the earlier text"), element("p", words), class_="cd cd-alert")
        )
    if unkept := st.session_state.get("unkept"):
        words = "The results are shown, but they and decisions about them are gone when this page is closed."
        st.html(element("div", element("h2", str(unkept)), element("p", words), class_="cd cd-alert"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="summary"):
        with st.container(gap=None):
            st.html(render_summary(report))
            if report.claims:
                show_count(report)
        if report.claims:
            ask_reviewer()
    if not report.claims:
        st.html(element("p", NO_CLAIMS, class_="cd cd-lead"))
        st.html(render_article(report))
    else:
        show_claims(report)
    if internal := render_internal(report):
        st.html(internal)
    show_foundations(report)


def show_claims(report: Report) -> None:
    """The text with its marks beside cards, a single claim, or a source."""
    choose_verdicts_and_kinds(report)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        view = st.segmented_control(
            "Beside the text", [CARDS, ONE_BY_ONE, SOURCE], key="view", required=True, label_visibility="collapsed"
        )
        if view == SOURCE:
            remember_filters()
            numbers = [number for number, _ in numbered(report)]
            show_source(report)
        elif view == ONE_BY_ONE:
            numbers = show_one(report, [number for number, _ in choose_order(report)])
        else:
            numbers = show_cards(report)
    with left, st.container(key="article"):
        show_article(report, numbers)


def show_cards(report: Report) -> list[int]:
    """The cards that pass the filters, a page of them; gives their numbers."""
    shown = choose_order(report)
    page, pages = 1, -(-len(shown) // CARDS_ON_A_PAGE)
    if pages > 1:
        page = st.pagination(pages, key="page")
    cards = shown[(page - 1) * CARDS_ON_A_PAGE : page * CARDS_ON_A_PAGE]
    with st.container(key="cards"):
        if not cards:
            st.html(element("p", "No claim passes these filters.", class_="cd cd-lead"))
        for number, checked in cards:
            show_card(report, number, checked)
    return [number for number, _ in cards]


def choose_verdicts_and_kinds(report: Report) -> None:
    """The counts, each a filter."""
    state = st.session_state
    counts = count_standings(report)
    kinds = [kind for kind in Kind if any(checked.claim.kind is kind for checked in report.claims)]
    state["verdict"] = [each for each in state["verdict"] if each in counts]
    state["kind"] = [each for each in state["kind"] if each in kinds]
    with st.container(horizontal=True, key="filters"):
        st.pills(
            "Verdict",
            list(counts),
            selection_mode="multi",
            key="verdict",
            persist_state="session",
            format_func=lambda each: f"{LOOKS[each].sign} {counts[each]} {LOOKS[each].word}",
            wrap=True,
        )
        st.pills("Kind", kinds, selection_mode="multi", key="kind", format_func=KIND_WORDS.__getitem__, wrap=True)
        st.segmented_control("Review", [ALL, TO_REVIEW, REVIEWED], key="reviewed", required=True)


def choose_order(report: Report) -> list[tuple[int, Checked]]:
    """Search and order of the cards; claims keep their numbers whatever is filtered out."""
    state = st.session_state
    with st.container(horizontal=True, key="order_row"):
        st.text_input("Find in claims and passages", key="q", persist_state="session")
        st.selectbox("Order", [WORKLIST, TEXT_ORDER], key="order", width=160, persist_state="session")
    shown = choose_claims(report, state["verdict"], state["kind"], state["q"], state["order"] == TEXT_ORDER)
    if state["reviewed"] != ALL:
        found = review_now(report)
        shown = [item for item in shown if found.is_done(item[1]) == (state["reviewed"] == REVIEWED)]
    if lead := state.get("lead"):
        first = [item for item in numbered(report) if item[0] == lead]
        shown = first + [item for item in shown if item[0] != lead]
    remember_filters()
    if lead:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(element("p", f"Claim {lead} comes first.", class_="cd"))
            st.button("Usual order", on_click=drop_lead, type="tertiary")
    if len(shown) < len(report.claims):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(element("p", f"Showing {len(shown)} of {count_words(len(report.claims), 'claim')}.", class_="cd"))
            st.button("Show all", on_click=clear_filters, type="tertiary")
    return shown


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
        "order": "text" if state["order"] == TEXT_ORDER else "",
        "review": {TO_REVIEW: "open", REVIEWED: "done"}.get(state["reviewed"], ""),
        "view": {SOURCE: "source", ONE_BY_ONE: "one"}.get(state["view"], ""),
    }
    for key, value in wanted.items():
        if value:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]


def clear_filters() -> None:
    """Shows every claim again."""
    st.session_state.update(verdict=[], kind=[], q="", reviewed=ALL)


def show_foundations(report: Report) -> None:
    """What was not checked, the sources with their states, and the settings."""
    if lost := review_now(report).unattached:
        with st.expander(f"Decisions whose words are no longer in the text ({len(lost)})", expanded=True):
            st.html(render_unattached(lost))
    show_history()
    unread = sum(source.document is None for source in report.sources)
    gaps = unclaimed(report)
    with st.expander(f"What was not checked ({len(gaps)})"):
        st.html(render_unchecked(report, gaps))
    label = f"Sources ({len(report.sources)})" + (f", {unread} not read" if unread else "")
    with st.expander(label, expanded=bool(unread)):
        st.html(render_sources(report) if report.sources else element("p", "No sources.", class_="cd"))
    with st.expander("How it was checked"):
        st.html(render_settings(report))


NO_CLAIMS = (
    "No claims were found. A claim is a sentence with a number, a date or a quotation, or a statement of fact "
    "about someone or something that has a name."
)

main()
