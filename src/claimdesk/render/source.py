"""The text of a source with the passages that claims rest on: the one at hand marked, the others lightly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimdesk.language.text import paragraphs
from claimdesk.model import Evidence, Report, Source, Span, Stance
from claimdesk.render.compared import deciding
from claimdesk.render.describe import describe_location, source_title
from claimdesk.render.markup import Html, element, escape, hidden, join
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


def render_source(report: Report, source: Source, here: Use) -> Html:
    """Metadata, place and text of a source; the passage at hand has the anchor ``passage``."""
    if source.document is None:
        return element("p", "This source is not at hand.", class_="cd")
    text = source.document.text
    window = Span(max(0, here.span.start - _REACH), min(len(text), here.span.end + _REACH))
    uses = [use for use in uses_of_source(report, source.id, here) if use.span.overlaps(window)]
    blocks = [
        Span(max(block.start, window.start), min(block.end, window.end))
        for block in paragraphs(text)
        if block.overlaps(window)
    ]
    body: list[Html] = []
    anchored = False
    for block in blocks:
        marked = list(_mark(text, block, uses, here, anchored))
        anchored = anchored or here.span.overlaps(block)
        body.append(element("p", *marked, dir="auto"))
    cut = ""
    if len(window) < len(text):
        cut = element(
            "p", f"Characters {window.start:,} to {window.end:,} of {len(text):,} are shown.", class_="cd-note"
        )
    look = STANCE_LOOKS[here.evidence.stance]
    article = element("article", *body, class_="cd-article cd-source-text", aria_label="The text of the source")
    return element("section", _head(source, here), cut, article, class_=f"cd cd-viewer {look.css}")


def _head(source: Source, here: Use) -> Html:
    assert source.document is not None
    meta = source.document.meta
    facts: list[Html] = [
        element("span", fact, dir="auto")
        for fact in (meta.publisher, meta.date.isoformat() if meta.date else "no date", meta.kind, source.document.name)
        if fact
    ]
    if meta.url.startswith(("https://", "http://")):
        facts.append(element("a", "Original", href=meta.url, rel="noopener noreferrer", target="_blank"))
    place = describe_location(here.evidence.location)
    look = STANCE_LOOKS[here.evidence.stance]
    sign = element("span", look.sign, class_="cd-sign", aria_hidden="true")
    stands = [f" {STANCE_WORDS[here.evidence.stance]} passage of claim {here.number}", place]
    return element(
        "header",
        element("h3", source_title(source), dir="auto"),
        element("p", join(facts, " · "), class_="cd-note"),
        element("p", sign, ", ".join(part for part in stands if part), ". ", element("a", "Go to it", href="#passage")),
        *(element("p", note, class_="cd-note", dir="auto") for note in source.document.notes),
    )


def _mark(text: str, block: Span, uses: Sequence[Use], here: Use, anchored: bool) -> Iterator[Html]:
    """The words of a paragraph: passages as marks, each followed by the numbers of its claims."""
    inside = [use for use in uses if use.span.overlaps(block)]
    hits = [span for found in deciding(here.evidence) if (span := found.evidence_span) and here.span.overlaps(span)]
    edges = {edge for use in inside for edge in (use.span.start, use.span.end)}
    edges |= {edge for span in hits for edge in (span.start, span.end)} | {block.start, block.end}
    ordered = sorted(edge for edge in edges if block.start <= edge <= block.end)
    for start, end in zip(ordered, ordered[1:], strict=False):
        piece = Span(start, end)
        if not any(use.span.contains(piece) for use in inside):
            yield escape(piece.of(text))
            continue
        css = "cd-used"
        if here.span.contains(piece):
            css = "cd-here cd-hit" if any(span.contains(piece) for span in hits) else "cd-here"
        first = css != "cd-used" and not anchored
        anchored = anchored or first
        yield element("mark", piece.of(text), class_=css, id="passage" if first else None)
        ending = sorted({use.number for use in inside if use.span.end == end})
        for number in ending:
            link = element(
                "a", element("sup", str(number), aria_hidden="true"), hidden(f"claim {number}"), href=f"#m{number}"
            )
            yield element("span", link, class_="cd-used-by")
