"""The title row: the name of the text, and what can be done with a finished report."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from claimdesk.exports import EXPORTS, Export
from claimdesk.model import Report
from claimdesk.page.access import is_read_only, show_who
from claimdesk.page.cases import log_of, read_about
from claimdesk.page.ledger import ask_reviewer
from claimdesk.page.session import reset
from claimdesk.render.markup import Html, element
from claimdesk.review import read_decisions


def show_title(report: Report | None) -> None:
    """The name of the page and of the text, who reviews, and what can be done with a finished report."""
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        name = name_of_report(report) if report else ""
        words = element("span", name, class_="cd-name", dir="auto") if name else Html()
        st.html(element("header", element("h1", "Claimdesk"), words, class_="cd cd-title"))
        if report:
            ask_reviewer()
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
            read_only = is_read_only()
            label, icon = ("Saved checks", ":material/list:") if read_only else ("New check", ":material/add:")
            st.button(label, on_click=reset, icon=icon)
        show_who()


def name_of_report(report: Report) -> str:
    """What a person calls the case, else what the text is called."""
    case = st.session_state.get("case")
    return (read_about(case).name if case else "") or report.text.meta.title or case or report.text.name


def write_file(export: Export, report: Report, case: str | None) -> bytes:
    """The bytes of a download with the decisions of that moment, made when it is asked for."""
    return export.to_bytes(report, read_decisions(log_of(case)) if case else ())
