"""The library beside the sources: which one is searched, which of its sources, what is in it, and adding to it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.page.access import is_read_only
from claimdesk.page.job import Job
from claimdesk.page.job_words import describe_job
from claimdesk.page.library import Contents, Searched, describe_outcome, look_into, run_adding
from claimdesk.readers import READERS
from claimdesk.render.contents import render_contents
from claimdesk.render.markup import element
from claimdesk.render.standing import count_words

PART = "stocking-part"
_FRESH = 15.0  # seconds for which a look into a library holds: every rerun of the page asks
_EVERY = 1.0  # seconds between two looks at a running job
_LOOK = 0.3  # seconds that a look at a running job may last
_FIELDS = ("publisher", "date", "kind", "trust")


def _own_library() -> str:
    from claimdesk.library import default_library  # not loaded for a page that asks for none

    return default_library()


def choose_library(searched: Searched) -> None:
    """Sets the boxes to a library, or to none."""
    st.session_state.update(
        library_on=bool(searched.place),
        library_place=searched.place or "",
        library_publishers=list(searched.publishers),
        library_since=searched.since,
        library_until=searched.until,
    )


def ask_library() -> Searched:
    """The library that a check searches beside its sources; none while the switch is off."""
    state = st.session_state
    if "library_on" not in state:
        choose_library(Searched())
    words = "Sources that are kept on this computer, as the command “claimdesk library” keeps them."
    if not st.toggle("Search a library too", key="library_on", help=words):
        return Searched()
    with st.container(key="library", border=True):
        place = st.text_input("Library", key="library_place", persist_state="session", placeholder=_own_library())
        place = place.strip() or _own_library()
        try:
            contents = _look(place)
        except ClaimdeskError as error:
            st.html(element("p", str(error), class_="cd cd-error", role="alert", dir="auto"))
            contents = None
        searched = _ask_filter(place, contents)
        if contents:
            _show_contents(contents, searched)
        absent = contents is None and "://" not in place and not _exists(place)
        if contents or absent:
            _show_stocking(place, absent)
    return searched


@st.cache_resource(ttl=_FRESH, max_entries=8, show_spinner=False)
def _look(place: str) -> Contents:
    """Shared by all sessions, and nothing in it is ever changed."""
    return look_into(place)


def _exists(place: str) -> bool:
    try:
        return Path(place).expanduser().exists()
    except (OSError, ValueError):  # a name that no file can have
        return True


def _ask_filter(place: str, contents: Contents | None) -> Searched:
    """Which of its sources may speak: the options of ``check --library``."""
    state = st.session_state
    known = contents.publishers() if contents else []
    publishers = [*known, *(each for each in state["library_publishers"] if each not in known)]
    chosen: list[str] = []
    if publishers:
        chosen = st.multiselect(
            "Publishers",
            publishers,
            key="library_publishers",
            persist_state="session",
            placeholder="All publishers",
        )
    with st.container(horizontal=True, key="library_days"):
        days = [
            st.date_input(label, value=None, key=key, format="YYYY-MM-DD", width=150, persist_state="session")
            for label, key in (("Dated since", "library_since"), ("Dated until", "library_until"))
        ]
    return Searched(place, tuple(chosen), *days)


def _show_contents(contents: Contents, searched: Searched) -> None:
    passing = contents.passing(searched.where())
    every = count_words(contents.stats.sources, "source")
    words = every if len(passing) == len(contents.entries) else f"{len(passing):,} of {every}"
    st.html(render_contents(passing, f"{words}, {count_words(contents.stats.passages, 'passage')} in all"))


# --- adding ---------------------------------------------------------------------------------------------


@st.fragment(key=PART)
def _show_stocking(place: str, absent: bool) -> None:
    """The form that adds files, and how far a running addition has come."""
    state = st.session_state
    if job := state.get("stocking"):
        _watch(job)
        return
    if told := state.get("stocked"):
        st.html(element("div", *(element("p", words, dir="auto") for words in told), class_="cd", role="status"))
    opened = bool(state.get("stocking_open"))
    label = "Close" if opened else "Add files to make this library" if absent else "Add files to this library"
    icon = ":material/close:" if opened else ":material/add:"
    st.button(label, key="stock_open", icon=icon, on_click=_toggle, type="tertiary")
    if not opened:
        return
    turn = state.get("stocking_turn", 0)
    with st.form(f"stock_{turn}", border=False):
        st.file_uploader(
            "Files to keep",
            type=sorted(suffix.removeprefix(".") for suffix in READERS),
            accept_multiple_files=True,
            key=f"stock_files_{turn}",
            help="A sources.csv among them may name titles, publishers and dates.",
        )
        with st.container(horizontal=True):
            st.text_input("Publisher of all", key=f"stock_publisher_{turn}", width=190)
            st.date_input("Date of all", value=None, key=f"stock_date_{turn}", format="YYYY-MM-DD", width=150)
            st.text_input("Kind of all", key=f"stock_kind_{turn}", placeholder="primary, agency", width=150)
            st.number_input("Trust of all", 0.0, 1.0, None, 0.1, key=f"stock_trust_{turn}", width=130)
        st.form_submit_button("Add to the library", on_click=_stock, args=(place, turn))


def _toggle() -> None:
    state = st.session_state
    state.update(stocking_open=not state.get("stocking_open"), stocked=None)


def _stock(place: str, turn: int) -> None:
    """Begins to add what the form holds."""
    state = st.session_state
    given = {name: state[f"stock_{name}_{turn}"] for name in _FIELDS}
    words = {name: "" if value is None else str(value).strip() for name, value in given.items()}
    files = [(upload.name, upload.getvalue()) for upload in state[f"stock_files_{turn}"]]
    if not files:
        state["stocked"] = ["Choose at least one file."]
    elif not is_read_only():
        work = run_adding(place, files, [(name, value) for name, value in words.items() if value])
        state.update(stocking=Job(work).start(), stocked=None, stocking_turn=turn + 1)


@st.fragment(run_every=_EVERY, key="stocking-watch")
def _watch(job: Job) -> None:
    """Looks once a second how far it has come; the page follows when it is done."""
    if job.wait(_LOOK):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(element("p", f"Adding to the library. {describe_job(job)}", class_="cd cd-lead"), width="content")
            st.button("Stop", on_click=job.stop, disabled=job.stopping(), key="stop_stocking", type="tertiary")
        return
    state = st.session_state
    if job.report is not None:
        unread = [source.error or f"{source.path} cannot be read." for source in job.report.unreadable]
        state.update(stocked=[describe_outcome(job.report), *unread])
    else:
        state.update(stocked=[str(job.error) or "The files could not be added."])
    state.update(stocking=None, stocking_open=False)
    _look.clear()
    st.rerun()
