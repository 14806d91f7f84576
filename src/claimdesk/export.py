"""A report in the formats that people take away; page and command line offer what is in ``EXPORTS``."""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claimdesk.describe import describe_claim, describe_location, label_words, source_title
from claimdesk.model import Checked, Evidence, Report, Stance
from claimdesk.printable import CAUTION, render_printable
from claimdesk.render import describe_corpus, describe_counts
from claimdesk.report import dumps
from claimdesk.standing import KIND_WORDS, LOOKS, STANCE_WORDS, numbered, standing, warnings, worklist

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_SPACES = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*_\[\]|<>~$&])|^([#+=-])|^(\d+)([.)])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Export:
    """One format. ``write`` gives the file's text, to be saved as UTF-8 with its newlines untouched."""

    label: str
    suffix: str
    mime: str
    write: Callable[[Report], str]

    def __call__(self, report: Report) -> str:
        """The file's text."""
        return self.write(report)


# --- plain text -----------------------------------------------------------------------------------------


def write_table(report: Report) -> str:
    """The worklist for a terminal: a line for each claim, then its reason and the passages that decide it."""
    lines = [describe_counts(report), describe_corpus(report), *map(_line, report.notes)]
    for number, checked in worklist(report):
        look = LOOKS[standing(checked)]
        kind = KIND_WORDS[checked.claim.kind]
        lines += ["", f"{number:>4} {look.sign} {look.word}. {kind}: {_short(checked.claim.text)}"]
        lines += _indented(checked.reason)
        lines += [line for flag in warnings(checked) for line in _indented(f"Warning: {label_words(flag)}")]
        for evidence in _deciding(checked):
            lines += _indented(f"{STANCE_WORDS[evidence.stance]}: {_cite(report, evidence)}: {_short(evidence.text)}")
    if report.internal:
        lines += ["", "The text against itself"]
        lines += [line for item in report.internal for line in _indented(f"{label_words(item.label)}: {item.detail}")]
    unread = [source for source in report.sources if source.document is None]
    if unread:
        lines += ["", "Not read"]
        lines += [line for source in unread for line in _indented(f"{source.path}: {source.error}")]
    return "\n".join(lines) + "\n"


def _indented(words: str) -> list[str]:
    return textwrap.wrap(_line(words), _WIDTH, initial_indent=" " * 7, subsequent_indent=" " * 9)


def _line(words: str) -> str:
    """Words on one line, without characters that a terminal would obey."""
    return _SPACES.sub(" ", _CONTROL.sub(" ", words)).strip()


def _short(words: str) -> str:
    line = _line(words)
    return line if len(line) <= 160 else line[:159] + "…"


def _deciding(checked: Checked) -> list[Evidence]:
    return [item for item in checked.evidence if item.stance is not Stance.RELATED]


def _cite(report: Report, evidence: Evidence) -> str:
    source = next((source for source in report.sources if source.id == evidence.source), None)
    if source is None:
        return evidence.source
    meta = source.document.meta if source.document else None
    facts = (
        source_title(source),
        meta.publisher if meta else "",
        meta.date.isoformat() if meta and meta.date else "",
        describe_location(evidence.location),
    )
    return ", ".join(_line(fact) for fact in facts if fact)


# --- rows -----------------------------------------------------------------------------------------------

COLUMNS = (
    "claim", "kind", "verdict", "text", "sentence", "start", "end", "understood", "reason", "flags",
    "stance", "source", "publisher", "source_date", "place", "passage", "passage_start", "passage_end",
    "passage_reason", "confidence", "later_than_text", "source_sha256",
)  # fmt: skip


def write_csv(report: Report) -> str:
    """One row for each claim and passage, and one for a claim without any; opens in a spreadsheet as it is."""
    out = io.StringIO()
    out.write("\ufeff")  # without it Excel takes UTF-8 for the local code page
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, checked in numbered(report):
        for evidence in checked.evidence or (None,):
            writer.writerow([_cell(value) for value in _row(report, number, checked, evidence)])
    return out.getvalue()


def _row(report: Report, number: int, checked: Checked, evidence: Evidence | None) -> Iterator[object]:
    claim = checked.claim
    yield from (number, claim.kind.value, checked.verdict.value, claim.text, claim.sentence.of(report.text.text))
    yield from (claim.span.start, claim.span.end, describe_claim(claim), checked.reason, " ".join(checked.flags))
    if evidence is None:
        yield from [""] * (len(COLUMNS) - 10)
        return
    source = next((source for source in report.sources if source.id == evidence.source), None)
    document = source.document if source else None
    yield from (evidence.stance.value, source_title(source) if source else evidence.source)
    yield from (document.meta.publisher, document.meta.date or "") if document else ("", "")
    yield from (describe_location(evidence.location), evidence.text, evidence.start, evidence.end, evidence.reason)
    yield from (f"{evidence.confidence:.2f}", "yes" if evidence.later_than_text else "")
    yield document.sha256 if document else ""


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


def write_markdown(report: Report) -> str:
    """The worklist with its passages as Markdown; words of texts and sources cannot become markup."""
    title = report.text.meta.title or report.text.name
    lines = [f"# {_plain(title)}", "", describe_counts(report), "", _plain(describe_corpus(report)), ""]
    lines += [line for note in report.notes for line in (_plain(note), "")]
    for number, checked in worklist(report):
        lines += _markdown_claim(report, number, checked)
    if report.internal:
        lines += ["## The text against itself", ""]
        lines += [f"- {_plain(label_words(item.label))}: {_plain(item.detail)}" for item in report.internal] + [""]
    lines += ["## Sources", ""]
    for source in report.sources:
        state = f"sha256 {source.document.sha256}" if source.document else f"not read: {_plain(source.error or '')}"
        lines.append(f"- {_plain(source_title(source))}: {state}")
    return "\n".join([*lines, "", CAUTION, ""])


def _markdown_claim(report: Report, number: int, checked: Checked) -> Iterator[str]:
    look = LOOKS[standing(checked)]
    yield from (f"## {number} · {KIND_WORDS[checked.claim.kind]} · {look.sign} {look.word}", "")
    yield from (f"> {_plain(checked.claim.sentence.of(report.text.text) or checked.claim.text)}", "")
    yield from (f"Claim: **{_plain(checked.claim.text)}**", "", _plain(checked.reason), "")
    if warnings(checked):
        yield from (f"Warnings: {_plain(', '.join(map(label_words, warnings(checked))))}", "")
    for evidence in _deciding(checked):
        yield f"- {STANCE_WORDS[evidence.stance]}: {_plain(_cite(report, evidence))}: “{_plain(evidence.text)}”"
    if _deciding(checked):
        yield ""


def _plain(words: str) -> str:
    r"""Words on one line with Markdown's own characters escaped.

    >>> print(_plain("**bold** <b>"), _plain("- 5 to 1."), _plain("1. one"))
    \*\*bold\*\* \<b\> \- 5 to 1. 1\. one
    """
    return _MARKDOWN.sub(_escape, _line(words))


def _escape(match: re.Match[str]) -> str:
    anywhere, first, figure, point = match.groups()
    return f"{figure}\\{point}" if point else f"\\{anywhere or first}"


EXPORTS: dict[str, Export] = {
    "table": Export("Plain text", ".txt", "text/plain", write_table),
    "html": Export("Printable page", ".html", "text/html", render_printable),
    "csv": Export("Spreadsheet", ".csv", "text/csv", write_csv),
    "md": Export("Markdown", ".md", "text/markdown", write_markdown),
    "json": Export("Full report (JSON)", ".json", "application/json", dumps),
}
