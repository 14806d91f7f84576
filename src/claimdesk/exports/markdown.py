"""The worklist with its passages as Markdown; words of texts and sources cannot become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimdesk.exports.citation import cite, deciding_passages, one_line
from claimdesk.exports.colophon import colophon
from claimdesk.model import Checked, Report
from claimdesk.render import describe_corpus, describe_counts
from claimdesk.render.decided import describe_decisions
from claimdesk.render.describe import label_words, source_title
from claimdesk.render.dossier import describe_dossier, describe_line, describe_signed
from claimdesk.render.printable import CAUTION
from claimdesk.render.standing import KIND_WORDS, LOOKS, STANCE_WORDS, standing, warnings, worklist
from claimdesk.review import Decision, Review, review

_MARKDOWN = re.compile(r"([\\`*_\[\]|<>~$&])|^([#+=-])|^(\d+)([.)])")


def write_markdown(report: Report, decisions: Sequence[Decision] = ()) -> str:
    """The worklist with its passages as Markdown; words of texts and sources cannot become markup."""
    title = report.text.meta.title or report.text.name
    lines = [f"# {_plain(title)}", "", describe_counts(report), "", _plain(describe_corpus(report)), ""]
    lines += [line for note in report.notes for line in (_plain(note), "")]
    decided = review(report, decisions)
    for number, checked in worklist(report):
        lines += _markdown_claim(report, number, checked, decided)
    if report.internal:
        lines += ["## The text against itself", ""]
        lines += [f"- {_plain(label_words(item.label))}: {_plain(item.detail)}" for item in report.internal] + [""]
    if general := describe_dossier(decided.dossier(None)):
        lines += ["## About the whole text", "", *(f"- {_plain(words)}" for words in general), ""]
    if decided.unattached:
        lines += ["## Entries about words that are no longer in the text", ""]
        lines += [f"- “{_plain(line.claim.text)}”. {_plain(describe_line(line))}" for line in decided.unattached] + [""]
    if decided.signed:
        lines += [_plain(describe_signed(decided.signed, decided.since)), ""]
    lines += ["## Sources", ""]
    for source in report.sources:
        state = f"sha256 {source.document.sha256}" if source.document else f"not read: {_plain(source.error or '')}"
        lines.append(f"- {_plain(source_title(source))}: {state}")
    lines += ["", "## Settings and versions", ""]
    lines += [f"- {_plain(name)}: {_plain(value)}" for name, value in colophon(report)]
    return "\n".join([*lines, "", CAUTION, ""])


def _markdown_claim(report: Report, number: int, checked: Checked, decided: Review) -> Iterator[str]:
    look = LOOKS[standing(checked)]
    yield from (f"## {number} · {KIND_WORDS[checked.claim.kind]} · {look.sign} {look.word}", "")
    yield from (f"> {_plain(checked.claim.sentence.of(report.text.text) or checked.claim.text)}", "")
    yield from (f"Claim: **{_plain(checked.claim.text)}**", "", _plain(checked.reason), "")
    if warnings(checked):
        yield from (f"Warnings: {_plain(', '.join(map(label_words, warnings(checked))))}", "")
    for words in (*describe_dossier(decided.dossier(checked)), *describe_decisions(decided.of(checked))):
        yield from (_plain(words), "")
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
