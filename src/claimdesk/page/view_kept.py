"""The saved checks: open one, give it a name, move it to the bin, bring it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.page.access import is_read_only
from claimdesk.page.cases import Kept, cases_root, list_cases
from claimdesk.page.session import leave_case
from claimdesk.page.shelf import Binned, delete_case, empty_bin, list_bin, rename_case, restore_case
from claimdesk.render.markup import element
from claimdesk.render.standing import count_words

_MOST = 200


def show_kept(alone: bool) -> None:
    """The checks made before, as links; each opens with its decisions and without another check.

    ``alone``: nothing else is on the page.
    """
    if alone and is_read_only():
        words = "This page is read-only: choose a saved check to look at it and to export it."
        st.html(element("p", words, class_="cd cd-lead"))
    kept, binned = list_cases(_MOST), [] if is_read_only() else list_bin()
    if not kept and not binned:
        return
    state = st.session_state
    with st.expander(f"Saved checks ({len(kept)})", expanded=alone and is_read_only(), key="kept"):
        items = []
        for case in kept:
            day = datetime.fromtimestamp(case.changed, UTC).date().isoformat()
            link = element("a", case.name or case.id, href=f"?case={case.id}", target="_self", dir="auto")
            items.append(element("li", link, f" · {day}"))
        where = element("p", f"Kept in {cases_root()}.", class_="cd-note", dir="auto")
        st.html(element("div", element("ul", *items, class_="cd-list"), where, class_="cd"))
        if is_read_only():
            return
        if error := state.get("shelf_error"):
            st.html(element("p", str(error), class_="cd cd-error", role="alert"))
        if kept:
            _show_tidying(kept)
        if binned:
            _show_bin(binned)


def _show_tidying(kept: Sequence[Kept]) -> None:
    """One case at a time is renamed or thrown away."""
    names = {case.id: case.name or case.id for case in kept}
    if st.session_state.get("tidied") not in names:
        st.session_state["tidied"] = None
    chosen = st.selectbox(
        "Rename or delete",
        list(names),
        index=None,
        key="tidied",
        placeholder="Choose a check",
        format_func=lambda each: names.get(each, each),
        on_change=_ask_nothing,
    )
    if not chosen:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="tidying"):
        st.text_input("Name", names[chosen], key=f"name_{chosen}", max_chars=120, width=320)
        st.button("Rename", on_click=_rename, args=(chosen,), key="rename")
        st.button("Delete", on_click=_ask_delete, args=(chosen,), key="delete", icon=":material/delete:")
    if st.session_state.get("deleting") == chosen:
        words = f"Move “{names[chosen]}” with its text, sources and decisions to the bin?"
        st.html(element("p", words, class_="cd", dir="auto"))
        with st.container(horizontal=True):
            st.button("Move to the bin", on_click=_delete, args=(chosen,), key="delete_really", type="primary")
            st.button("Keep it", on_click=_ask_nothing, key="delete_not")


def _show_bin(binned: Sequence[Binned]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="bin"):
        place = st.selectbox(
            f"In the bin ({len(binned)})",
            range(len(binned)),
            key="binned",
            format_func=lambda number: binned[number].name or binned[number].id,
            width=320,
        )
        st.button("Bring back", on_click=_restore, args=(binned[place or 0],), key="restore")
        st.button("Empty the bin", on_click=_ask_delete, args=("bin",), key="empty")
    if st.session_state.get("deleting") == "bin":
        number = count_words(len(binned), "check")
        st.html(element("p", f"Remove {number} for good? This cannot be undone.", class_="cd"))
        with st.container(horizontal=True):
            st.button("Remove for good", on_click=_empty, key="empty_really", type="primary")
            st.button("Keep them", on_click=_ask_nothing, key="empty_not")


def _ask_delete(what: str) -> None:
    st.session_state.update(deleting=what, shelf_error="")


def _ask_nothing() -> None:
    st.session_state.update(deleting=None, shelf_error="")


def _rename(identity: str) -> None:
    _ask_nothing()
    try:
        rename_case(identity, st.session_state[f"name_{identity}"])
    except ClaimdeskError as error:
        st.session_state["shelf_error"] = str(error)


def _delete(identity: str) -> None:
    _ask_nothing()
    try:
        delete_case(identity)
    except ClaimdeskError as error:
        st.session_state["shelf_error"] = str(error)
        return
    leave_case(identity)


def _restore(binned: Binned) -> None:
    _ask_nothing()
    try:
        restore_case(binned)
    except ClaimdeskError as error:
        st.session_state["shelf_error"] = str(error)


def _empty() -> None:
    _ask_nothing()
    empty_bin()
