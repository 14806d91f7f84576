"""A report in the formats that people take away; page and command line offer what is in ``EXPORTS``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claimdesk.exports.claimreview import write_claimreview
from claimdesk.exports.corrections import write_corrections
from claimdesk.exports.json_file import read_json, write_json
from claimdesk.exports.markdown import write_markdown
from claimdesk.exports.rows import COLUMNS, write_csv
from claimdesk.exports.table import write_table
from claimdesk.exports.word import write_docx
from claimdesk.model import Report
from claimdesk.render.printable import render_printable
from claimdesk.review import Decision

__all__ = ["COLUMNS", "EXPORTS", "Export", "read_json"]


@dataclass(frozen=True, slots=True)
class Export:
    """One format. ``write`` gives the file's bytes, or its text to be saved as UTF-8 with its newlines untouched.

    It takes the report, with the claims as people changed them, and the lines of its ``decisions.jsonl``.
    """

    label: str
    suffix: str
    mime: str
    write: Callable[[Report, Sequence[Decision]], str | bytes]

    def __call__(self, report: Report, decisions: Sequence[Decision] = ()) -> str | bytes:
        """The file's text or bytes."""
        return self.write(report, decisions)

    def to_bytes(self, report: Report, decisions: Sequence[Decision] = ()) -> bytes:
        """The file as it is saved."""
        content = self.write(report, decisions)
        return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON_LD = "application/ld+json"
EXPORTS: dict[str, Export] = {
    "table": Export("Plain text", ".txt", "text/plain", write_table),
    "html": Export("Printable page", ".html", "text/html", render_printable),
    "csv": Export("Spreadsheet", ".csv", "text/csv", write_csv),
    "md": Export("Markdown", ".md", "text/markdown", write_markdown),
    "docx": Export("Word document with comments", ".docx", DOCX, write_docx),
    "corrections": Export("List of corrections", "-corrections.txt", "text/plain", write_corrections),
    "claimreview": Export(
        "ClaimReview (reviewed claims)", "-claimreview.json", "application/ld+json", write_claimreview
    ),
    "json": Export("Full report (JSON)", ".json", "application/json", write_json),
}
