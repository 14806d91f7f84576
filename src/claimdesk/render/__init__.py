"""A report as HTML: pure functions that the page and the printable report are put together from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

from claimdesk.language.sentences import sentences
from claimdesk.model import Document, Inconsistency, Report, Source, Span, Verdict
from claimdesk.render.article import Marking, describe_unclaimed, render_article, render_sections, unclaimed
from claimdesk.render.by_source import render_by_source
from claimdesk.render.card import render_card, render_cards
from claimdesk.render.describe import label_words, source_title
from claimdesk.render.markup import Html, element, highlight, join
from claimdesk.render.standing import LOOKS, count_standings, count_words
from claimdesk.render.strip import render_strip

__all__ = [
    "Marking",
    "load_style",
    "render_article",
    "render_by_source",
    "render_card",
    "render_cards",
    "render_internal",
    "render_sections",
    "render_settings",
    "render_sources",
    "render_strip",
    "render_summary",
    "render_unchecked",
    "unclaimed",
]


def load_style(name: str) -> str:
    """A style sheet or script: ``page.css`` for everything, ``print.css`` added to it in the printable report."""
    return files("claimdesk").joinpath("data", name).read_text("utf-8")


def render_summary(report: Report) -> Html:
    """The heading of the results, and what they rest on; the counts by verdict are beside it."""
    unread = any(source.document is None for source in report.sources)
    return element(
        "header",
        element("h2", count_words(len(report.claims), "claim"), id="claims", tabindex="-1"),
        element("p", describe_corpus(report), class_="cd-lead"),
        element("p", element("a", "Which, and why", href="#unread")) if unread else "",
        *(element("p", note, class_="cd-lead", dir="auto") for note in report.notes),
        element("p", element("a", _contradictions(report), href="#internal")) if report.internal else "",
        class_="cd cd-summary",
    )


def describe_counts(report: Report) -> str:
    """How many claims there are, and how many of each standing."""
    counts = [f"{number} {LOOKS[each].word.lower()}" for each, number in count_standings(report).items()]
    return count_words(len(report.claims), "claim") + (f": {', '.join(counts)}." if counts else ".")


def describe_corpus(report: Report) -> str:
    """What the verdicts rest on: sources, passages, first and last date, and what could not be read."""
    read = [source.document for source in report.sources if source.document]
    if not report.sources:
        return "No sources: the text was compared with itself only."
    passages = sum(report.passages.values())
    parts = [count_words(len(read), "source") + (f", {count_words(passages, 'passage')}" if passages else "")]
    days = sorted(document.meta.date for document in read if document.meta.date)
    if days:
        parts.append(f"dated {days[0]}" + (f" to {days[-1]}" if days[-1] != days[0] else ""))
    if unread := len(report.sources) - len(read):
        parts.append(f"{count_words(unread, 'file')} could not be read")
    used = {evidence.source for checked in report.claims for evidence in checked.evidence}
    checked_any = any(checked.verdict is not Verdict.NOT_CHECKED for checked in report.claims)
    if read and checked_any and not used:
        parts.append("no source speaks about any claim")
    return "; ".join(parts) + "."


def render_internal(report: Report) -> Html:
    """Places of the text that contradict one another; empty where there are none."""
    if not report.internal:
        return Html()
    heading = element("h2", _contradictions(report), id="internal", tabindex="-1")
    return element("section", heading, *(_contradiction(report.text, item) for item in report.internal), class_="cd")


def _contradictions(report: Report) -> str:
    return f"The text against itself: {count_words(len(report.internal), 'contradiction')}"


def _contradiction(document: Document, found: Inconsistency) -> Html:
    quotes = (
        element("blockquote", _in_sentence(document.text, span), dir="auto") for span in (found.first, found.second)
    )
    head = element("h3", label_words(found.label))
    return element("div", head, element("p", found.detail, dir="auto"), *quotes, class_="cd-card cd-not-settled")


def _in_sentence(text: str, span: Span) -> Html:
    start = max(0, span.start - 300)
    around = next(
        (
            found.shift(start)
            for found in sentences(text[start : span.end + 300], ())
            if found.shift(start).overlaps(span)
        ),
        span,
    )
    within = Span(min(around.start, span.start), max(around.end, span.end))
    return highlight(text, within, [span], "cd-words")


def render_unchecked(report: Report, found: Sequence[Span]) -> Html:
    """The sentences that ``unclaimed`` found: with a figure or quotation mark, and no claim."""
    text = report.text.text
    items = [element("li", span.of(text), dir="auto") for span in found[:200]]
    more = element("p", f"And {len(found) - 200:,} more.") if len(found) > 200 else ""
    return element(
        "div", element("p", describe_unclaimed(found)), element("ul", *items, class_="cd-list"), more, class_="cd"
    )


def render_sources(report: Report) -> Html:
    """Every source with what it does to the claims and what is known about it, or why it could not be read."""
    unread = next((source for source in report.sources if source.document is None), None)
    items = (_source(report, source, first_unread=source is unread) for source in report.sources)
    every = element("ul", *items, class_="cd cd-list")
    return join([render_by_source(report), every])


def _source(report: Report, source: Source, first_unread: bool) -> Html:
    head = element("cite", source_title(source), dir="auto")
    if source.document is None:
        reason = element("p", "Not read: ", source.error or "no reason given", class_="cd-error", dir="auto")
        return element("li", head, reason, **({"id": "unread", "tabindex": "-1"} if first_unread else {}))
    document, meta = source.document, source.document.meta
    facts = [
        meta.publisher,
        meta.date.isoformat() if meta.date else "no date",
        meta.kind,
        document.name if document.name != source_title(source) else "",
        count_words(report.passages[source.id], "passage") if source.id in report.passages else "",
    ]
    uses = sum(evidence.source == source.id for checked in report.claims for evidence in checked.evidence)
    facts.append(f"shown {count_words(uses, 'time')}" if uses else "not shown for any claim")
    lines = [join([element("span", fact, dir="auto") for fact in facts if fact], " · ")]
    lines += [element("span", note, dir="auto") for note in document.notes]
    digest = element("code", "sha256 ", document.sha256)
    return element("li", head, *(element("p", line, class_="cd-note") for line in [*lines, digest]))


def render_settings(report: Report) -> Html:
    """The settings of the check, so that it can be repeated."""
    rows = [
        ("Claimdesk", report.version),
        ("Checked", report.created),
        ("Text (sha256)", report.text.sha256),
        *((key, value if isinstance(value, str) else json.dumps(value)) for key, value in report.settings.items()),
    ]
    cells = (
        element("tr", element("th", key, scope="row", dir="auto"), element("td", value, dir="auto"))
        for key, value in rows
    )
    return element("div", element("table", element("tbody", *cells)), class_="cd")
