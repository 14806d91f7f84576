"""Texts that were not checked yet: kept while somebody types, offered again later, deleted on request."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from claimdesk.errors import ClaimdeskError
from claimdesk.page.access import is_read_only, signed_in_name
from claimdesk.page.desk import Order
from claimdesk.page.drafts import Draft, delete_draft, keep_draft, list_drafts, new_draft_id, read_draft
from claimdesk.page.view_library import choose_library
from claimdesk.render.markup import element
from claimdesk.render.standing import count_words

_SHOWN = 5


def follow_draft(order: Order) -> None:
    """Keeps what stands in the box for the text, once for each change; the address leads back to it."""
    state = st.session_state
    if is_read_only() or order.case or order.file:
        return
    identity, mark = state.get("draft"), order.fingerprint()
    if mark == state.get("drafted"):
        return
    settled = mark == state.get("asked") and not state.get("error")  # checked as it stands, or being checked
    if settled and state.get("job"):
        return
    if settled or not order.pasted.strip():
        forget_draft(delete=bool(identity))
        return
    draft = Draft(identity or new_draft_id(), order.pasted, order.folder, order.day, order.library)
    case = state.get("case") or ""
    try:
        keep_draft(replace(draft, case=case, mark=mark, owner=signed_in_name()))
    except ClaimdeskError as error:
        state.update(undrafted=str(error), drafted=mark)
        return
    state.update(draft=draft.id, drafted=mark, undrafted="")
    st.query_params["draft"] = draft.id


def show_draft() -> None:
    """Below the box: that the text is kept, and the way to delete it."""
    state = st.session_state
    if undrafted := state.get("undrafted"):
        st.html(element("p", str(undrafted), class_="cd cd-error", role="alert"))
    if not state.get("draft"):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="draft"):
        st.html(element("p", "Kept as a draft until it is checked.", class_="cd cd-walk"), width="content")
        help_ = "Empties the box and deletes the draft from this computer."
        st.button("Discard", on_click=_discard, key="draft_discard", type="tertiary", help=help_)


def offer_drafts(case: str | None) -> None:
    """The texts that were not checked: of the open case, or all of them on an empty page."""
    state = st.session_state
    if is_read_only() or state.get("draft") or state.get("job") or str(state.get("pasted", "")).strip():
        return
    drafts = list_drafts(signed_in_name(), case or "")
    if not drafts:
        return
    head = "The text of this case was changed and not checked" if case else "Not checked yet"
    with st.container(key="drafts", border=True):
        st.html(element("h2", head, class_="cd cd-small"))
        for draft in drafts[:_SHOWN]:
            _offer(draft)
        if len(drafts) > _SHOWN:
            st.html(element("p", f"And {count_words(len(drafts) - _SHOWN, 'more text')}.", class_="cd cd-note"))


def _offer(draft: Draft) -> None:
    day = datetime.fromtimestamp(draft.changed, UTC).date().isoformat()
    facts = f" · {count_words(len(draft.text.split()), 'word')} · {day}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"draft-{draft.id}"):
        st.html(element("p", element("cite", f"“{draft.title()}”"), facts, class_="cd cd-past", dir="auto"))
        if draft.case in ("", st.session_state.get("case")):
            st.button("Continue", key=f"draft_open_{draft.id}", on_click=take_up, args=(draft,))
        else:  # its case is opened with it
            link = element(
                "a", "Continue", href="?" + urlencode({"case": draft.case, "draft": draft.id}), target="_self"
            )
            st.html(element("p", link, class_="cd cd-walk"), width="content")
        st.button("Delete", key=f"draft_delete_{draft.id}", on_click=_delete, args=(draft.id,), type="tertiary")


def _delete(identity: str) -> None:
    delete_draft(identity)


def restore_draft(identity: str) -> None:
    """Takes up the draft that an address names, where this person may."""
    draft = read_draft(identity)
    if draft and not is_read_only() and draft.owner == signed_in_name():
        take_up(draft)


def take_up(draft: Draft) -> None:
    """Puts a draft back into the boxes."""
    state = st.session_state
    state.update(origin="Paste a text", pasted=draft.text, folder=draft.folder, day=draft.day)
    choose_library(draft.searched)
    state.update(draft=draft.id, drafted=None, undrafted="")
    st.query_params["draft"] = draft.id


def _discard() -> None:
    st.session_state["pasted"] = ""
    forget_draft(delete=True)


def forget_draft(delete: bool = False) -> None:
    """Lets go of the draft at hand; without ``delete`` it stays on the disk and is offered again."""
    state = st.session_state
    if delete and state.get("draft"):
        delete_draft(state["draft"])
    state.update(draft=None, drafted=None, undrafted="")
    st.query_params.pop("draft", None)
