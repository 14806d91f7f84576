"""The text of a source with the passages that claims rest on: the one at hand marked, the others lightly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from claimdesk.language.text import paragraphs
from claimdesk.model import Document, Evidence, Report, Source, Span, Stance
from claimdesk.render.compared import deciding
from claimdesk.render.describe import describe_place, source_title
from claimdesk.render.markup import Html, element, escape, hidden, highlight, join
from claimdesk.render.source_rows import render_rows
from claimdesk.render.standing import STANCE_LOOKS, STANCE_WORDS, numbered

_REACH = 30_000  # characters shown on each side of the passage; a longer source is cut, and says so


@dataclass(frozen=True, slots=True)
class Use:
    """A passage of a source, used for the claim with this number."""

    number: int
    evidence: Evidence

    @property
    def span(self) -> Span:
        """Its place in the source's text."""
        return Span(self.evidence.start, self.evidence.end)


def uses_of_claim(report: Report, number: int) -> list[Use]:
    """The passages of a claim, in the order of its card; only those whose source is at hand."""
    read = {source.id for source in report.sources if source.document}
    return [Use(number, item) for item in report.claims[number - 1].evidence if item.source in read]


def uses_of_source(report: Report, source: str, here: Use) -> list[Use]:
    """The passages of a source that decide something, by place, and the one at hand whatever it does."""
    every = (Use(number, item) for number, checked in numbered(report) for item in checked.evidence)
    found = [
        use
        for use in every
        if use.evidence.source == source and (use.evidence.stance is not Stance.RELATED or use == here)
    ]
    return sorted(found, key=lambda use: (use.span, use.number))


def render_source(report: Report, source: Source, here: Use, anchor: str = "passage") -> Html:
    """Metadata, place and text of a source; the passage at hand has the id ``anchor``.

    Pages are numbered where they begin; rows of a table stand under their headers.
    """
    if source.document is None:
        return element("p", "This source is not at hand.", class_="cd")
    document = source.document
    text = document.text
    window = Span(max(0, here.span.start - _REACH), min(len(text), here.span.end + _REACH))
    uses = [use for use in uses_of_source(report, source.id, here) if use.span.overlaps(window)]
    sheet = _Sheet(document, uses, here, anchor)
    blocks = [
        Span(max(block.start, window.start), min(block.end, window.end))
        for block in paragraphs(text)
        if block.overlaps(window)
    ]
    body: list[Html] = []
    page: int | None = None
    for (number, is_table, _, _), group in groupby(blocks, lambda block: _part(document, block)):
        if number != page:
            body.append(element("p", f"Page {number}", class_="cd-place"))
            page = number
        spans = list(group)
        if is_table:
            body.append(render_rows(document, spans, sheet.cell, sheet.row))
        else:
            body += [element("p", *sheet.paragraph(span), dir="auto") for span in spans]
    cut = ""
    if len(window) < len(text):
        cut = element(
            "p", f"Characters {window.start:,} to {window.end:,} of {len(text):,} are shown.", class_="cd-note"
        )
    look = STANCE_LOOKS[here.evidence.stance]
    article = element("article", *body, class_="cd-article cd-source-text", aria_label="The text of the source")
    return element("section", _head(source, here, anchor), cut, article, class_=f"cd cd-viewer {look.css}")


def _part(document: Document, block: Span) -> tuple[int | None, bool, str | None, str | None]:
    """What a block belongs to: its page, and its table where it is a row of one."""
    place = document.location(block.start)
    is_row = place.row is not None
    return place.page, is_row, place.sheet if is_row else None, place.heading if is_row else None


def _head(source: Source, here: Use, anchor: str) -> Html:
    assert source.document is not None
    meta = source.document.meta
    facts: list[Html] = [
        element("span", fact, dir="auto")
        for fact in (meta.publisher, meta.date.isoformat() if meta.date else "no date", meta.kind, source.document.name)
        if fact
    ]
    if meta.url.startswith(("https://", "http://")):
        facts.append(element("a", "Original", href=meta.url, rel="noopener noreferrer", target="_blank"))
    look = STANCE_LOOKS[here.evidence.stance]
    sign = element("span", look.sign, class_="cd-sign", aria_hidden="true")
    stands = [
        f" {STANCE_WORDS[here.evidence.stance]} passage of claim {here.number}",
        describe_place(source.document, here.evidence),
    ]
    link = element("a", "Go to it", href=f"#{anchor}")
    return element(
        "header",
        element("h3", source_title(source), dir="auto"),
        element("p", join(facts, " · "), class_="cd-note"),
        element("p", sign, ", ".join(part for part in stands if part), ". ", link),
        *(element("p", note, class_="cd-note", dir="auto") for note in source.document.notes),
    )


class _Sheet:
    """A source with its passages: which words are marked, and where the passage at hand begins."""

    def __init__(self, document: Document, uses: Sequence[Use], here: Use, anchor: str) -> None:
        self._text, self._uses, self._here, self._anchor = document.text, uses, here, anchor
        self._anchored = False
        self._hits = [
            span for found in deciding(here.evidence) if (span := found.evidence_span) and here.span.overlaps(span)
        ]

    def paragraph(self, block: Span) -> Iterator[Html]:
        """The words of a paragraph: passages as marks, each followed by the numbers of its claims."""
        inside = [use for use in self._uses if use.span.overlaps(block)]
        edges = {edge for use in inside for edge in (use.span.start, use.span.end)} | {block.start, block.end}
        edges |= {edge for span in self._hits for edge in (span.start, span.end)}
        ordered = sorted(edge for edge in edges if block.start <= edge <= block.end)
        for start, end in pairwise(ordered):
            piece = Span(start, end)
            if not any(use.span.contains(piece) for use in inside):
                yield escape(piece.of(self._text))
                continue
            here = self._here.span.contains(piece)
            hit = here and any(span.contains(piece) for span in self._hits)
            css = "cd-here cd-hit" if hit else "cd-here" if here else "cd-used"
            yield element("mark", piece.of(self._text), class_=css, **(self._arrival() if here else {}))
            yield _numbers(sorted({use.number for use in inside if use.span.end == end}))

    def cell(self, place: Span) -> Html:
        """The words of a table's cell with what decides marked."""
        return highlight(self._text, place, self._hits)

    def row(self, span: Span) -> tuple[str, dict[str, str], Html]:
        """The class of a table's row, its anchor, and the claims that rest on it."""
        inside = [use for use in self._uses if use.span.overlaps(span)]
        here = self._here.span.overlaps(span)
        css = "cd-here" if here else "cd-used" if inside else ""
        return css, self._arrival() if here else {}, _numbers(sorted({use.number for use in inside}))

    def _arrival(self) -> dict[str, str]:
        """The anchor, for the first piece of the passage only; the page scrolls to another one when it changes."""
        if self._anchored:
            return {}
        self._anchored = True
        return {
            "id": self._anchor,
            "data_arrive": f"passage:{self._here.evidence.source}-{self._here.span.start}-{self._here.number}",
        }


def _numbers(claims: Sequence[int]) -> Html:
    links = [
        element(
            "a",
            element("sup", str(number), aria_hidden="true"),
            hidden(f"claim {number}"),
            href=f"#m{number}",
        )
        for number in claims
    ]
    return element("span", *links, class_="cd-used-by") if links else Html()
