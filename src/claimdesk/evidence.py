"""The sources of a check as evidence: regions that the judge reads, and what a report shows of its judgement."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from claimdesk.analysis import Analysis, Part, View
from claimdesk.corpus import Corpus, Hit
from claimdesk.language.parse import Parsed
from claimdesk.language.structure import blank
from claimdesk.language.text import paragraphs
from claimdesk.model import Document, Evidence, Finding, Judgement, Meta, Outcome, Source, Span, Stance
from claimdesk.origins import group_copies, shingles
from claimdesk.settings import Settings
from claimdesk.verdicts import share_origins

_CHUNK = 6_000  # characters of a source that are parsed together; a long report is never parsed whole
_REGION = 1_800  # characters of neighboring passages that are judged as one piece


@dataclass(frozen=True)
class OpenSources:
    """The sources of a check with what is computed from them on demand, each piece once.

    ``copies`` gives each source the first source of its story, ``from_text`` the sources that hold most of the
    checked text.
    """

    corpus: Corpus
    copies: dict[str, str]
    from_text: frozenset[str]
    _chunks: dict[str, list[tuple[Span, Analysis]]] = field(default_factory=dict)
    _views: dict[tuple[str, Span], View] = field(default_factory=dict)  # what is remembered of a region stays with it

    def part(self, source: Source, region: Span, index: int) -> Part:
        """A region of a source as a piece of evidence, with the place's own speaker where there is one."""
        document = source.document
        assert document is not None
        chunk, analysis = self._chunk(source.id, document, region.start)
        span = Span(max(region.start, chunk.start), min(region.end, chunk.end)).shift(-chunk.start)
        place = document.location(region.start)
        meta = replace(document.meta, speaker=place.speaker) if place.speaker else document.meta
        view = self._views.setdefault((source.id, span.shift(chunk.start)), View(analysis, span))
        return Part(view, meta, place.turn, chunk.start, index)

    def _chunk(self, source_id: str, document: Document, offset: int) -> tuple[Span, Analysis]:
        if source_id not in self._chunks:
            text = blank(document.text, document.furniture)
            self._chunks[source_id] = [
                (span, Analysis(Parsed(span.of(text)), document.meta)) for span in chunk_bounds(document.text)
            ]
        chunks = self._chunks[source_id]
        return chunks[max(0, bisect_right(chunks, offset, key=lambda chunk: chunk[0].start) - 1)]


def open_sources(text: Document, corpus: Corpus) -> OpenSources:
    """The sources with their copies found: which tell one story, and which hold most of the checked text.

    A source that is older than the text was not copied from it, and one that the text quotes from is no copy: it
    must hold half of the text's own shingles.
    """
    overlap = corpus.settings.copy_overlap
    documents = {source.id: source.document for source in corpus.sources.values() if source.document is not None}
    leaders = group_copies([document.text for document in documents.values()], overlap, 10)
    names = list(documents)
    own, day = shingles(text.text), text.meta.date
    holds_text = {
        name
        for name, document in documents.items()
        if not (document.meta.date and day and document.meta.date < day)
        and len(own & shingles(document.text)) >= overlap * len(own) > 0
    }
    copies = {name: names[leader] for name, leader in zip(names, leaders, strict=True)}
    stories: dict[str, str] = {}
    for name, origin in corpus.origins.items():  # what the library already knows as copies
        copies[name] = stories.setdefault(origin, copies[name])
    return OpenSources(corpus, copies, frozenset(holds_text))


def regions(hits: Sequence[Hit]) -> list[Span]:
    """The windows of a source's passages, neighboring ones joined, the best first."""
    joined: list[Span] = []
    for window in sorted(hit.passage.window for hit in hits):
        if joined and window.start <= joined[-1].end + 2 and window.end - joined[-1].start <= _REGION:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, window.end))
        else:
            joined.append(window)
    best = {hit.passage.core: rank for rank, hit in reversed(list(enumerate(hits)))}
    return sorted(joined, key=lambda region: min(rank for core, rank in best.items() if region.overlaps(core)))


def chunk_bounds(text: str) -> tuple[Span, ...]:
    """A text cut between paragraphs into stretches that are parsed together."""
    bounds: list[Span] = []
    for paragraph in paragraphs(text) or (Span(0, len(text)),):
        if bounds and paragraph.end - bounds[-1].start <= _CHUNK:
            bounds[-1] = Span(bounds[-1].start, paragraph.end)
        else:
            bounds.append(paragraph)
    return tuple(bounds)


def shown_evidence(
    source: Source, judgement: Judgement, parts: Sequence[Part], hits: Sequence[Hit], about: Meta, opened: OpenSources
) -> list[Evidence]:
    """The deciding passage of a source, and its other passages as related ones."""
    document = source.document
    assert document is not None
    later = bool(document.meta.date and about.date and document.meta.date > about.date)
    score = max(hit.score for hit in hits)
    deciding = _deciding(judgement)
    findings = tuple(_shift(finding, parts) for finding in judgement.findings)
    span = _shown(document, deciding, parts) or hits[0].passage.core

    def item(stance: Stance, shown: Span, reason: str, found: tuple[Finding, ...], rank: float) -> Evidence:
        return Evidence(
            source=source.id,
            stance=stance,
            confidence=judgement.confidence if found else 0.5,
            start=shown.start,
            end=shown.end,
            text=shown.of(document.text),
            location=document.location(shown.start),
            score=round(rank, 5),
            reason=reason,
            findings=found,
            origin=opened.copies.get(source.id, source.id),
            later_than_text=later,
            copied_from_text=source.id in opened.from_text,
        )

    evidence = [item(judgement.stance, span, judgement.reason, findings, score)]
    for hit in hits:
        if not span.overlaps(hit.passage.core):
            reason = "About the same thing; decides nothing."
            evidence.append(item(Stance.RELATED, hit.passage.core, reason, (), hit.score))
    return evidence


def named_office(judgement: Judgement, parts: Sequence[Part]) -> str:
    """Whom the source itself names for what decided: several outlets that cite one office are one origin."""
    deciding = _deciding(judgement)
    if deciding is None or deciding.evidence_span is None:
        return ""
    for quote in parts[deciding.part].view.quotes:
        if quote.speaker is not None and any(part.overlaps(deciding.evidence_span) for part in quote.content):
            return "" if quote.speaker.ambiguous else quote.speaker.name.casefold()
    return ""


def _deciding(judgement: Judgement) -> Finding | None:
    wanted = {
        Stance.SUPPORTS: Outcome.SUPPORTS,
        Stance.CONFLICTS: Outcome.CONFLICTS,
        Stance.RELATED: Outcome.SILENT,
    }[judgement.stance]
    return next((f for f in judgement.findings if f.outcome is wanted and f.evidence_span is not None), None)


def _shown(document: Document, finding: Finding | None, parts: Sequence[Part]) -> Span | None:
    """The whole sentences around what decided."""
    if finding is None or finding.evidence_span is None or finding.part >= len(parts):
        return None
    part = parts[finding.part]
    parsed = part.view.analysis.parsed
    first = parsed.sentence_at(finding.evidence_span.start)
    last = parsed.sentence_at(max(finding.evidence_span.start, finding.evidence_span.end - 1))
    return Span(first.start, max(first.end, last.end)).shift(part.offset)


def _shift(finding: Finding, parts: Sequence[Part]) -> Finding:
    """A finding whose evidence span indexes the source's own text."""
    if finding.evidence_span is None or finding.part >= len(parts):
        return finding
    return replace(finding, evidence_span=finding.evidence_span.shift(parts[finding.part].offset))


def group_origins(
    evidence: list[Evidence], opened: OpenSources, settings: Settings, offices: dict[str, str]
) -> list[Evidence]:
    """Copies share an origin: whole copies of a story, passages that repeat each other, outlets citing one office."""
    voting = [item for item in evidence if item.stance is not Stance.RELATED]
    by_words = group_copies([item.text for item in voting], settings.copy_overlap)
    groups = list(range(len(voting)))
    for index, item in enumerate(voting):
        for earlier, other in enumerate(voting[:index]):
            same_story = opened.copies.get(item.source) == opened.copies.get(other.source)
            same_office = bool(office := offices.get(item.source)) and office == offices.get(other.source)
            if same_story or same_office or by_words[index] == by_words[earlier]:
                groups[index] = groups[earlier]
                break
    rest = [item for item in evidence if item.stance is Stance.RELATED]
    order = {Stance.CONFLICTS: 0, Stance.SUPPORTS: 1, Stance.RELATED: 2}
    found = [*share_origins(voting, groups), *rest]
    return sorted(found, key=lambda item: (order[item.stance], item.is_read, -item.confidence, -item.score))
