"""The page of Claimdesk: layout and widgets; what is shown comes from the package as escaped HTML."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from claimdesk.desk import Order, find_examples, run_order
from claimdesk.errors import ClaimdeskError
from claimdesk.export import EXPORTS, Export
from claimdesk.job import Job
from claimdesk.markup import Html, element
from claimdesk.model import Checked, Kind, Report
from claimdesk.progress import CHECKING, EMBEDDING, FINDING, READING
from claimdesk.readers import READERS
from claimdesk.render import (
    load_style,
    render_article,
    render_cards,
    render_internal,
    render_settings,
    render_sources,
    render_summary,
    render_unchecked,
    unclaimed,
)
from claimdesk.standing import KIND_WORDS, LOOKS, Standing, choose_claims, count_standings, count_words

PASTE, FILE, EXAMPLE = "Paste a text", "Upload a file", "Try an example"
WORKLIST, TEXT_ORDER = "Conflicts first", "As in the text"
CARDS_ON_A_PAGE = 100
SUFFIXES = sorted(suffix.removeprefix(".") for suffix in READERS)


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
    order = ask(examples, open_=report is None and job is None)
    if job:
        follow(job)
    elif error := st.session_state.get("error"):
        show_error(error)
    if report and not job:
        show_results(report, stale=st.session_state["asked"] not in ("", order.fingerprint()))


def begin(examples: dict[str, Path]) -> None:
    """The first run of a session: what the address says is taken over, an example in it is checked at once."""
    state, query = st.session_state, st.query_params
    state["begun"] = True
    state.setdefault("asked", "")
    state.setdefault("origin", PASTE)
    state["verdict"] = [each for each in Standing if each.value in query.get_all("verdict")]
    state["kind"] = [each for each in Kind if each.value in query.get_all("kind")]
    state["q"] = query.get("q", "")
    state["order"] = TEXT_ORDER if query.get("order") == "text" else WORKLIST
    if (name := query.get("case", "")) in examples and "report" not in state:
        state["origin"], state["example"] = EXAMPLE, name
        start(Order(case=examples[name]))


def start(order: Order) -> None:
    """Starts a check; the results of an earlier one make way when it is done."""
    state = st.session_state
    state["error"], state["asked"] = None, order.fingerprint()
    state["job"] = Job(run_order(order)).start()
    if order.case:
        st.query_params["case"] = order.case.name
    else:
        st.query_params.pop("case", None)


def reset() -> None:
    """Back to an empty page; each box is set, because one that is only forgotten keeps its words in the browser."""
    state = st.session_state
    state.update(report=None, job=None, error=None, asked="", pasted="", folder="", day=None, example=None)
    state.update(verdict=[], kind=[], q="", order=WORKLIST)
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
                        data=partial(write_file, export, report),
                        file_name=stem + export.suffix,
                        mime=export.mime,
                        key=f"export_{key}",
                        on_click="ignore",
                        type="tertiary",
                    )
            st.button("New check", on_click=reset, icon=":material/add:")


def write_file(export: Export, report: Report) -> bytes:
    """The bytes of a download, made when it is asked for."""
    return export.to_bytes(report)


def ask(examples: dict[str, Path], open_: bool) -> Order:
    """The boxes for the text and its sources; one line once there are results."""
    lead = "Claimdesk lists the claims of a text and shows which passages of your sources support or contradict each."
    if open_:
        st.html(element("p", lead, class_="cd cd-lead"))
    # Another key is another expander: one that a person has opened would not close by itself.
    with st.expander("Text and sources", expanded=open_, key=f"input_{'open' if open_ else 'closed'}"):
        left, right = st.columns([3, 2], gap="large")
        with left:
            order = ask_text(examples)
        with right:
            order = ask_sources(order)
        missing = order.missing()
        running = st.session_state.get("job") is not None
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Check", type="primary", disabled=bool(missing) or running, on_click=start, args=(order,), key="check"
            )
            st.caption(missing or "Stays on this computer: no text and no source is sent anywhere.")
    return order


def ask_text(examples: dict[str, Path]) -> Order:
    """The text: pasted, a file, or an example with its own sources."""
    origins = [PASTE, FILE, *([EXAMPLE] if examples else [])]
    origin = st.segmented_control("Text to check", origins, key="origin", required=True)
    turn = st.session_state.get("round", 0)
    if origin == EXAMPLE:
        name = st.pills("Examples, each with its own sources", list(examples), key="example")
        return Order(case=examples[name] if name else None, day=None)
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
    if st.session_state.get("origin") == EXAMPLE:
        files = sorted((order.case / "sources").glob("*")) if order.case else []
        items = [element("li", path.name) for path in files if path.name != "sources.csv"]
        words = "Sources of this example" if items else "Choose an example to see its sources."
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
    else:
        st.session_state["report"] = job.report
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
    st.html(render_summary(report))
    if not report.claims:
        st.html(element("p", NO_CLAIMS, class_="cd cd-lead"))
        st.html(render_article(report))
    else:
        show_claims(report)
    if internal := render_internal(report):
        st.html(internal)
    show_foundations(report)


def show_claims(report: Report) -> None:
    """The text with its marks beside the cards that pass the filters."""
    choose_verdicts_and_kinds(report)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        shown = choose_order(report)
        page, pages = 1, -(-len(shown) // CARDS_ON_A_PAGE)
        if pages > 1:
            page = st.pagination(pages, key="page")
        cards = shown[(page - 1) * CARDS_ON_A_PAGE : page * CARDS_ON_A_PAGE]
        with st.container(key="cards"):
            st.html(render_cards(report, cards) or element("p", "No claim passes these filters.", class_="cd cd-lead"))
    with left, st.container(key="article"):
        st.html(render_article(report, [number for number, _ in cards]))


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
            format_func=lambda each: f"{LOOKS[each].sign} {counts[each]} {LOOKS[each].word}",
            wrap=True,
        )
        st.pills("Kind", kinds, selection_mode="multi", key="kind", format_func=KIND_WORDS.__getitem__, wrap=True)


def choose_order(report: Report) -> list[tuple[int, Checked]]:
    """Search and order of the cards; claims keep their numbers whatever is filtered out."""
    state = st.session_state
    with st.container(horizontal=True, key="order_row"):
        st.text_input("Find in claims and passages", key="q")
        st.selectbox("Order", [WORKLIST, TEXT_ORDER], key="order", width=160)
    shown = choose_claims(report, state["verdict"], state["kind"], state["q"], state["order"] == TEXT_ORDER)
    remember_filters()
    if len(shown) < len(report.claims):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(element("p", f"Showing {len(shown)} of {count_words(len(report.claims), 'claim')}.", class_="cd"))
            st.button("Show all", on_click=clear_filters, type="tertiary")
    return shown


def remember_filters() -> None:
    """Writes the filters into the address, so that a view can be kept and sent."""
    state = st.session_state
    wanted: dict[str, str | list[str]] = {
        "verdict": [each.value for each in state["verdict"]],
        "kind": [each.value for each in state["kind"]],
        "q": state["q"],
        "order": "text" if state["order"] == TEXT_ORDER else "",
    }
    for key, value in wanted.items():
        if value:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]


def clear_filters() -> None:
    """Shows every claim again."""
    st.session_state.update(verdict=[], kind=[], q="")


def show_foundations(report: Report) -> None:
    """What was not checked, the sources with their states, and the settings."""
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
