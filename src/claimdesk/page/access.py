"""Who may do what: a page that is read-only, and sign-in where a provider is configured.

Sign-in is Streamlit's own (OpenID Connect): it is asked for only where ``.streamlit/secrets.toml`` has an ``[auth]``
section. What the provider says about a person is taken as it is; nothing here checks passwords or rights.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import streamlit as st

from claimdesk.render.markup import element

_NAMES = ("name", "preferred_username", "email")


def is_read_only() -> bool:
    """Whether ``CLAIMDESK_READ_ONLY`` is set: cases can be opened and exported, and nothing is written."""
    return os.environ.get("CLAIMDESK_READ_ONLY", "").strip().casefold() not in ("", "0", "no", "false")


def sign_in_is_configured() -> bool:
    """Whether the secrets name a provider of identities."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:  # no secrets at all; Streamlit's own error is one of these
        return False


def name_of(user: Mapping[str, object]) -> str:
    """The name that a provider gives a signed-in person; empty for somebody who is not.

    >>> name_of({"is_logged_in": True, "name": " Ada Nyström ", "email": "ada@example.org"})
    'Ada Nyström'
    >>> name_of({"is_logged_in": False, "email": "ada@example.org"})
    ''
    """
    if user.get("is_logged_in") is not True:
        return ""
    given = (" ".join(str(user.get(key) or "").split())[:80] for key in _NAMES)
    return next((name for name in given if name), "Signed-in reviewer")


def signed_in_name() -> str:
    """The name of the signed-in person; empty without sign-in."""
    return name_of(st.user.to_dict()) if sign_in_is_configured() else ""


def may_enter() -> bool:
    """Whether the page may be shown; where sign-in is configured and nobody has, it asks for it instead."""
    if not sign_in_is_configured() or signed_in_name():
        return True
    words = element("p", "Sign in to see the checks and to sign decisions with your name.")
    st.html(element("header", element("h1", "Claimdesk"), words, class_="cd cd-lead"))
    st.button("Sign in", type="primary", on_click=st.login, key="sign_in")
    return False


def show_who() -> None:
    """The signed-in person, and the way out."""
    if name := signed_in_name():
        st.html(element("p", f"Signed in as {name}", class_="cd cd-walk", dir="auto"), width="content")
        st.button("Sign out", on_click=st.logout, type="tertiary", key="sign_out")
