"""The report as a Word document: the text with a comment at every claim, then what the verdicts rest on."""

from __future__ import annotations

import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from claimdesk.exports.citation import cite, deciding_passages
from claimdesk.exports.colophon import colophon
from claimdesk.language.text import paragraphs
from claimdesk.model import Checked, Report, Source, Span
from claimdesk.render import describe_corpus, describe_counts
from claimdesk.render.decided import describe_decisions
from claimdesk.render.describe import label_words, source_title
from claimdesk.render.dossier import describe_dossier, describe_line, describe_signed
from claimdesk.render.printable import CAUTION
from claimdesk.render.standing import KIND_WORDS, LOOKS, STANCE_WORDS, numbered, standing, warnings
from claimdesk.review import Decision, Review, review

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.run import Run

_AUTHOR, _INITIALS = "Claimdesk", "CD"
_MOST = 3  # passages of a claim that are quoted in its comment
# XML 1.0 has no place for these, and reordering marks would turn the words around them.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def write_docx(report: Report, decisions: Sequence[Decision] = ()) -> bytes:
    """A .docx with the text, Word comments at its claims, the sources with their hashes, and the settings."""
    from docx import Document

    word: Word = Document()
    title = report.text.meta.title or report.text.name or "Text"
    word.core_properties.title = _plain(title)[:255]
    word.core_properties.author = _AUTHOR
    word.core_properties.created = datetime.fromisoformat(report.created).replace(tzinfo=None)
    word.add_heading(_plain(title), 0)
    word.add_paragraph(f"{describe_counts(report)} {_plain(describe_corpus(report))}")
    for note in report.notes:
        word.add_paragraph(_plain(note))
    runs = _add_text(word, report)
    decided = review(report, decisions)
    for number, checked in numbered(report):
        if marked := runs.of(checked.claim.span):
            comment = word.add_comment(marked, author=_AUTHOR, initials=_INITIALS)
            first, *rest = _comment(report, number, checked, decided)
            comment.paragraphs[0].add_run(first).bold = True
            for line in rest:
                comment.add_paragraph(line)
    _add_people(word, decided)
    _add_foundations(word, report)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


class _Runs:
    """The runs of the document by the place of their words in the text."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.runs: list[Run] = []

    def add(self, place: Span, run: Run) -> None:
        self.starts.append(place.start)
        self.ends.append(place.end)
        self.runs.append(run)

    def of(self, span: Span) -> list[Run]:
        """First and last run of a span; one that has no words of its own gets those that follow."""
        first = bisect_right(self.ends, span.start)
        last = max(first, bisect_left(self.starts, span.end) - 1)
        if not self.runs:
            return []
        return [self.runs[min(index, len(self.runs) - 1)] for index in (first, last)]


def _add_text(word: Word, report: Report) -> _Runs:
    """The paragraphs, cut into runs wherever a claim begins or ends."""
    text, found = report.text.text, _Runs()
    spans = [checked.claim.span for checked in report.claims]
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    for block in paragraphs(text):
        paragraph = word.add_paragraph()
        inside = edges[bisect_right(edges, block.start) : bisect_left(edges, block.end)]
        at = block.start
        for edge in [*inside, block.end]:
            found.add(Span(at, edge), paragraph.add_run(_plain(text[at:edge])))
            at = edge
    return found


def _comment(report: Report, number: int, checked: Checked, decided: Review) -> Iterator[str]:
    look = LOOKS[standing(checked)]
    yield f"{number} · {KIND_WORDS[checked.claim.kind]} · {look.sign} {look.word}"
    yield _plain(f"“{checked.claim.text}”: {checked.reason}")
    if flags := warnings(checked):
        yield _plain("Warnings: " + ", ".join(map(label_words, flags)))
    passages = deciding_passages(checked)
    for evidence in passages[:_MOST]:
        yield _plain(f"{STANCE_WORDS[evidence.stance]}: “{evidence.text}” ({cite(report, evidence)})")
    if len(passages) > _MOST:
        yield f"And {len(passages) - _MOST} more."
    yield from map(_plain, describe_dossier(decided.dossier(checked)))
    yield from map(_plain, describe_decisions(decided.of(checked)))


def _add_people(word: Word, decided: Review) -> None:
    """What people wrote about the whole text, what lost its words, and the sign-off."""
    lost = [f"“{line.claim.text}”. {describe_line(line)}" for line in decided.unattached]
    parts = (
        ("About the whole text", describe_dossier(decided.dossier(None))),
        ("Entries about words that are no longer in the text", lost),
        ("Sign-off", [describe_signed(decided.signed, decided.since)] if decided.signed else []),
    )
    for heading, lines in parts:
        if lines:
            word.add_heading(heading, 1)
            for line in lines:
                word.add_paragraph(_plain(line), style="List Bullet")


def _add_foundations(word: Word, report: Report) -> None:
    if report.internal:
        word.add_heading("The text against itself", 1)
        for found in report.internal:
            word.add_paragraph(_plain(f"{label_words(found.label)}: {found.detail}"), style="List Bullet")
    word.add_heading("Sources", 1)
    for source in report.sources:
        word.add_paragraph(_plain(_source(source)), style="List Bullet")
    if not report.sources:
        word.add_paragraph("None.")
    word.add_heading("Settings and versions", 1)
    table = word.add_table(rows=0, cols=2, style="Light List Accent 1")
    for name, value in colophon(report):
        for cell, words in zip(table.add_row().cells, (name, value), strict=True):
            cell.text = _plain(words)
    word.add_paragraph()
    word.add_paragraph(CAUTION)


def _source(source: Source) -> str:
    if source.document is None:
        return f"{source_title(source)}: not read: {source.error}"
    meta = source.document.meta
    facts = (meta.publisher, meta.date.isoformat() if meta.date else "no date", meta.url)
    return f"{source_title(source)}. {', '.join(fact for fact in facts if fact)}. sha256 {source.document.sha256}"


def _plain(words: str) -> str:
    r"""Words that XML can carry; characters that it cannot, or that reorder their neighbors, appear by number.

    >>> _plain("a\x00b\u202ec")
    'a[U+0000]b[U+202E]c'
    """
    return _NOT_IN_XML.sub(lambda match: f"[U+{ord(match.group()):04X}]", words)
