"""The title row: the name of the text, and what can be done with a finished report."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from claimdesk.exports import EXPORTS, Export
from claimdesk.model import Report
from claimdesk.page.cases import log_of
from claimdesk.page.session import reset
from claimdesk.render.markup import Html, element
from claimdesk.review import read_decisions


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
