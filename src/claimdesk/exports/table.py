"""The worklist as plain text, for a terminal and for a message."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from claimdesk.exports.citation import cite, deciding_passages, one_line, short
from claimdesk.exports.colophon import colophon
from claimdesk.model import Report
from claimdesk.render import describe_corpus, describe_counts
from claimdesk.render.decided import describe_decisions
from claimdesk.render.describe import label_words
from claimdesk.render.dossier import describe_dossier, describe_line, describe_signed
from claimdesk.render.standing import KIND_WORDS, LOOKS, STANCE_WORDS, standing, warnings, worklist
from claimdesk.review import Decision, review

_WIDTH = 100


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
        people = (*describe_dossier(decided.dossier(checked)), *describe_decisions(decided.of(checked)))
        lines += [line for words in people for line in _indented(words)]
        for evidence in deciding_passages(checked):
            lines += _indented(f"{STANCE_WORDS[evidence.stance]}: {cite(report, evidence)}: {short(evidence.text)}")
    if report.internal:
        lines += ["", "The text against itself"]
        lines += [line for item in report.internal for line in _indented(f"{label_words(item.label)}: {item.detail}")]
    unread = [source for source in report.sources if source.document is None]
    if unread:
        lines += ["", "Not read"]
        lines += [line for source in unread for line in _indented(f"{source.path}: {source.error}")]
    if general := describe_dossier(decided.dossier(None)):
        lines += ["", "About the whole text", *(line for words in general for line in _indented(words))]
    if decided.unattached:
        lines += ["", "Entries about words that are no longer in the text"]
        lines += [line for lost in decided.unattached for line in _indented(_lost(lost))]
    if decided.signed:
        lines += ["", one_line(describe_signed(decided.signed, decided.since))]
    lines += ["", *(line for row in colophon(report) for line in _indented(": ".join(row)))]
    return "\n".join(lines) + "\n"


def _lost(line: Decision) -> str:
    return f"“{short(line.claim.text)}”. {describe_line(line)}"


def _indented(words: str) -> list[str]:
    return textwrap.wrap(one_line(words), _WIDTH, initial_indent=" " * 7, subsequent_indent=" " * 9)
