"""A report in the formats that people take away; page and command line offer what is in ``EXPORTS``."""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claimdesk.exports.citation import cite, deciding_passages, one_line, short
from claimdesk.exports.claimreview import write_claimreview
from claimdesk.exports.corrections import write_corrections
from claimdesk.exports.word import write_docx
from claimdesk.model import Checked, Evidence, Report
from claimdesk.render import describe_corpus, describe_counts
from claimdesk.render.decided import describe_decision
from claimdesk.render.describe import describe_claim, describe_location, label_words, source_title
from claimdesk.render.printable import CAUTION, render_printable
from claimdesk.render.standing import KIND_WORDS, LOOKS, STANCE_WORDS, numbered, standing, warnings, worklist
from claimdesk.report import dumps
from claimdesk.review import Decision, Review, review, reviewers

_MARKDOWN = re.compile(r"([\\`*_\[\]|<>~$&])|^([#+=-])|^(\d+)([.)])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Export:
    """One format. ``write`` gives the file's bytes, or its text to be saved as UTF-8 with its newlines untouched.

    It takes the report and the lines of its ``decisions.jsonl``.
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


# --- plain text -----------------------------------------------------------------------------------------


def write_table(report: Report, decisions: Sequence[Decision] = ()) -> str:
    """The worklist for a terminal: a line for each claim, then its reason and the passages that decide it."""
    lines = [describe_counts(report), describe_corpus(report), *map(one_line, report.notes)]
    decided = review(report, decisions)
    for number, checked in worklist(report):
        look = LOOKS[standing(checked)]
        kind = KIND_WORDS[checked.claim.kind]
        lines += ["", f"{number:>4} {look.sign} {look.word}. {kind}: {short(checked.claim.text)}"]
        lines += _indented(checked.reason)
        lines += [line for flag in warnings(checked) for line in _indented(f"Warning: {label_words(flag)}")]
        lines += [line for made in decided.of(checked) for line in _indented(describe_decision(made))]
        for evidence in deciding_passages(checked):
            lines += _indented(f"{STANCE_WORDS[evidence.stance]}: {cite(report, evidence)}: {short(evidence.text)}")
    if report.internal:
        lines += ["", "The text against itself"]
        lines += [line for item in report.internal for line in _indented(f"{label_words(item.label)}: {item.detail}")]
    unread = [source for source in report.sources if source.document is None]
    if unread:
        lines += ["", "Not read"]
        lines += [line for source in unread for line in _indented(f"{source.path}: {source.error}")]
    return "\n".join(lines) + "\n"


def _indented(words: str) -> list[str]:
    return textwrap.wrap(one_line(words), _WIDTH, initial_indent=" " * 7, subsequent_indent=" " * 9)


# --- rows -----------------------------------------------------------------------------------------------

COLUMNS = (
    "claim", "kind", "verdict", "text", "sentence", "start", "end", "understood", "reason", "flags",
    "stance", "source", "publisher", "source_date", "place", "passage", "passage_start", "passage_end",
    "passage_reason", "confidence", "later_than_text", "source_sha256", "review", "reviewer", "note",
)  # fmt: skip


def write_csv(report: Report, decisions: Sequence[Decision] = ()) -> str:
    """One row for each claim and passage, and one for a claim without any; opens in a spreadsheet as it is."""
    out = io.StringIO()
    out.write("\ufeff")  # without it Excel takes UTF-8 for the local code page
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    decided = review(report, decisions)
    for number, checked in numbered(report):
        for evidence in checked.evidence or (None,):
            writer.writerow(
                [_cell(value) for value in (*_row(report, number, checked, evidence), *_review(decided, checked))]
            )
    return out.getvalue()


def _row(report: Report, number: int, checked: Checked, evidence: Evidence | None) -> Iterator[object]:
    claim = checked.claim
    yield from (number, claim.kind.value, checked.verdict.value, claim.text, claim.sentence.of(report.text.text))
    yield from (claim.span.start, claim.span.end, describe_claim(claim), checked.reason, " ".join(checked.flags))
    if evidence is None:
        yield from [""] * (len(COLUMNS) - 13)
        return
    source = next((source for source in report.sources if source.id == evidence.source), None)
    document = source.document if source else None
    yield from (evidence.stance.value, source_title(source) if source else evidence.source)
    yield from (document.meta.publisher, document.meta.date or "") if document else ("", "")
    yield from (describe_location(evidence.location), evidence.text, evidence.start, evidence.end, evidence.reason)
    yield from (f"{evidence.confidence:.2f}", "yes" if evidence.later_than_text else "")
    yield document.sha256 if document else ""


def _review(decided: Review, checked: Checked) -> tuple[str, str, str]:
    """What people decided, who, and their notes; ``disputed`` where they do not agree."""
    made = decided.of(checked)
    rating = decided.rating(checked)
    state = "disputed" if decided.is_disputed(checked) else rating.value if rating else "needs_work" if made else ""
    return state, reviewers(made), " / ".join(decision.note for decision in made if decision.note)


def _cell(value: object) -> object:
    """Words that a spreadsheet would run as a formula get an apostrophe in front (OWASP: CSV injection).

    >>> _cell("=HYPERLINK(1)"), _cell("-15"), _cell(12)
    ("'=HYPERLINK(1)", "'-15", 12)
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" \ufeff\u00a0").startswith(_FORMULA) else text


# --- Markdown -------------------------------------------------------------------------------------------


def write_markdown(report: Report, decisions: Sequence[Decision] = ()) -> str:
    """The worklist with its passages as Markdown; words of texts and sources cannot become markup."""
    title = report.text.meta.title or report.text.name
    lines = [f"# {_plain(title)}", "", describe_counts(report), "", _plain(describe_corpus(report)), ""]
    lines += [line for note in report.notes for line in (_plain(note), "")]
    decided = review(report, decisions)
    for number, checked in worklist(report):
        lines += _markdown_claim(report, number, checked, decided.of(checked))
    if report.internal:
        lines += ["## The text against itself", ""]
        lines += [f"- {_plain(label_words(item.label))}: {_plain(item.detail)}" for item in report.internal] + [""]
    lines += ["## Sources", ""]
    for source in report.sources:
        state = f"sha256 {source.document.sha256}" if source.document else f"not read: {_plain(source.error or '')}"
        lines.append(f"- {_plain(source_title(source))}: {state}")
    return "\n".join([*lines, "", CAUTION, ""])


def _markdown_claim(report: Report, number: int, checked: Checked, made: Sequence[Decision]) -> Iterator[str]:
    look = LOOKS[standing(checked)]
    yield from (f"## {number} · {KIND_WORDS[checked.claim.kind]} · {look.sign} {look.word}", "")
    yield from (f"> {_plain(checked.claim.sentence.of(report.text.text) or checked.claim.text)}", "")
    yield from (f"Claim: **{_plain(checked.claim.text)}**", "", _plain(checked.reason), "")
    if warnings(checked):
        yield from (f"Warnings: {_plain(', '.join(map(label_words, warnings(checked))))}", "")
    for decision in made:
        yield from (_plain(describe_decision(decision)), "")
    for evidence in deciding_passages(checked):
        yield f"- {STANCE_WORDS[evidence.stance]}: {_plain(cite(report, evidence))}: “{_plain(evidence.text)}”"
    if deciding_passages(checked):
        yield ""


def _plain(words: str) -> str:
    r"""Words on one line with Markdown's own characters escaped.

    >>> print(_plain("**bold** <b>"), _plain("- 5 to 1."), _plain("1. one"))
    \*\*bold\*\* \<b\> \- 5 to 1. 1\. one
    """
    return _MARKDOWN.sub(_escape, one_line(words))


def _escape(match: re.Match[str]) -> str:
    anywhere, first, figure, point = match.groups()
    return f"{figure}\\{point}" if point else f"\\{anywhere or first}"


def write_json(report: Report, decisions: Sequence[Decision] = ()) -> str:
    """The whole report. Decisions have a file of their own, so that a report can be read back unchanged."""
    return dumps(report)


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
