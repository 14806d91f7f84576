"""The one place where the stages meet: a text and its sources in, a report out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from claimdesk.analysis import Analysis, Part, Subject, View
from claimdesk.corpus import Corpus, Hit, Query
from claimdesk.embed import Encoder, load_encoder
from claimdesk.entailment.combiner import describe_judge
from claimdesk.entailment.judges import BUILT_IN, MeaningModel, load_judge
from claimdesk.filters import Filter
from claimdesk.find import Found, find_claims
from claimdesk.internal import find_inconsistencies
from claimdesk.judge import judge
from claimdesk.language.parse import Parsed
from claimdesk.language.structure import blank
from claimdesk.language.text import paragraphs
from claimdesk.model import (
    Checked,
    Claim,
    Document,
    Evidence,
    Finding,
    Judgement,
    Kind,
    Meta,
    Outcome,
    Quantity,
    QuoteType,
    Report,
    Source,
    Span,
    Stance,
    Verdict,
)
from claimdesk.origins import group_copies, shingles
from claimdesk.progress import CHECKING, EMBEDDING, FINDING, Progress
from claimdesk.settings import Settings
from claimdesk.store import PassageStore, Stats
from claimdesk.verdicts import settle, share_origins

_CHUNK = 6_000  # characters of a source that are parsed together; a long report is never parsed whole
_REGION = 1_800  # characters of neighboring passages that are judged as one piece

Watcher = Callable[[Progress], None]


@dataclass(frozen=True)
class Models:
    """What a check loads once: the encoder of passages and the model of meaning."""

    encoder: Encoder
    meaning: MeaningModel


@lru_cache(maxsize=2)
def load_models(settings: Settings) -> Models:
    """The models that the settings name. Raises MissingModelError for one that is not there."""
    encoder = load_encoder(settings.model)
    return Models(encoder, load_judge(settings.judge))


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


def check(
    text: Document,
    sources: Sequence[Source] = (),
    settings: Settings | None = None,
    progress: Watcher | None = None,
    stop: Callable[[], bool] | None = None,
    models: Models | None = None,
    found: Found | None = None,
    library: PassageStore | None = None,
    where: Filter | None = None,
    came: Callable[[Checked], None] | None = None,
) -> Report:
    """Checks every claim of ``text`` against ``sources`` and those sources of ``library`` that pass ``where``.

    ``progress`` is told of each step, and ``came`` is given each checked claim at once. When ``stop`` answers True,
    the claims that were not reached are reported as not checked, and what is done is kept. ``models`` stand in for
    those that the settings name, and ``found`` for the claims of the text, where they are known. Of a library only
    the sources that have a passage near a claim are read and reported. Raises MissingModelError for a named model
    that is not there, LibraryError for a library of another model or one that cannot be read.
    """
    choices = settings or Settings()
    tell = progress or (lambda step: None)
    tell(Progress(FINDING, 0, 0))
    found = found or find_claims(text)
    tell(Progress(FINDING, len(found.claims), len(found.claims)))
    readable = [source for source in sources if source.document is not None]
    if not readable and library is None:
        checked = [_unchecked(claim, "No source was given.") for claim in found.claims]
        return _report(found, sources, checked, choices, {})
    loaded = models or load_models(choices)
    corpus = Corpus(readable, loaded.encoder, choices, library, where)
    corpus.index(lambda done, total: tell(Progress(EMBEDDING, done, total)))
    hits = corpus.search([claim_query(claim, text.text) for claim in found.claims])
    opened = open_sources(text, corpus)
    checked = []
    for number, (claim, passages) in enumerate(zip(found.claims, hits, strict=True), start=1):
        if stop is not None and stop():
            checked.append(_unchecked(claim, "The check was stopped before this claim."))
            continue
        checked.append(check_claim(claim, found, passages, opened, loaded.meaning, choices))
        if came is not None:
            came(checked[-1])
        tell(Progress(CHECKING, number, len(found.claims), claim.text[:80]))
    heard = [source for name, source in corpus.sources.items() if name in corpus.origins]
    notes = () if library is None else (describe_library(library.stats(), len(heard)),)
    return _report(found, [*sources, *heard], checked, choices, corpus.counts, notes)


def describe_library(stats: Stats, heard: int) -> str:
    """What a report says about the library that it searched.

    >>> describe_library(Stats("sqlite", 1200, 48000, 0), 31)
    'A library of 1,200 sources (48,000 passages) was searched; the 31 that speak about a claim are listed.'
    """
    return (
        f"A library of {stats.sources:,} sources ({stats.passages:,} passages) was searched; "
        f"the {heard:,} that speak about a claim are listed."
    )


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


def claim_query(claim: Claim, text: str) -> Query:
    """What is searched for a claim: its sentence with its context, the same without the value, and its figure."""
    sentence = claim.sentence.of(text)
    context = " ".join(claim.context)
    without = sentence
    holes = [claim.quantity.span] if claim.quantity else [ref.span for ref in claim.dates]
    for hole in sorted(holes, reverse=True):
        if claim.sentence.contains(hole):
            start, end = hole.start - claim.sentence.start, hole.end - claim.sentence.start
            without = f"{without[:start]} {without[end:]}"
    texts = [f"{context} {sentence}".strip(), f"{context} {' '.join(without.split())}".strip()]
    exact = ""
    if claim.quote is not None:
        exact = " ".join(part.of(text) for part in claim.quote.content)
        texts.append(exact)
    figure = _figure(claim.quantity) if claim.quantity else ""
    return Query(tuple(dict.fromkeys(words for words in texts if words)), exact, figure)


def _figure(quantity: Quantity) -> str:
    """How a number of at least two digits can be written: "Thirty-nine" as 39, "12480" as 12,480."""
    values = [value for value in quantity.values if value == value.to_integral_value() and 10 <= value < 10**12]
    return " ".join(dict.fromkeys(form for value in values for form in (f"{value:,.0f}", f"{value:.0f}")))


def claim_subject(claim: Claim, found: Found) -> Subject:
    """The claim's side of every comparison: its sentences, with the claim's own slot in focus."""
    parsed = found.analysis.parsed
    first, last = parsed.sentence_at(claim.span.start), parsed.sentence_at(max(claim.span.start, claim.span.end - 1))
    view = View(found.analysis, Span(first.start, max(first.end, last.end)))
    quantities: tuple[Quantity, ...] = (claim.quantity,) if claim.quantity else ()
    if claim.kind is Kind.STATEMENT:
        quantities = tuple(quantity for quantity in view.quantities if quantity.soft)
    dates = claim.dates if claim.kind is Kind.DATE else ()
    quotes = (claim.quote,) if claim.quote else ()
    if claim.quote and claim.quote.type is QuoteType.INDIRECT:
        content = claim.quote.content
        quantities = tuple(
            quantity
            for quantity in found.analysis.quantities
            if not quantity.soft and any(part.contains(quantity.span) for part in content)
        )
    return Subject(view, quantities, dates, quotes, found.document.meta, whole=False)


def check_claim(
    claim: Claim, found: Found, hits: Sequence[Hit], opened: OpenSources, model: MeaningModel, settings: Settings
) -> Checked:
    """One claim against the passages found for it, source by source."""
    subject = claim_subject(claim, found)
    evidence: list[Evidence] = []
    offices: dict[str, str] = {}
    for source_id in dict.fromkeys(hit.passage.source for hit in hits):
        own = [hit for hit in hits if hit.passage.source == source_id]
        source = opened.corpus.sources[source_id]
        parts = [opened.part(source, region, index) for index, region in enumerate(regions(own))]
        judgement = judge(subject, parts, model)
        offices[source_id] = _office(judgement, parts)
        evidence += _evidence(source, judgement, parts, own, found.document.meta, opened)
    evidence = _group_origins(evidence, opened, settings, offices)
    dates = {source.id: source.document.meta.date for source in opened.corpus.sources.values() if source.document}
    settled = settle(claim, evidence, dates)
    kept = [item for item in evidence if item.stance is not Stance.RELATED]
    kept += [item for item in evidence if item.stance is Stance.RELATED][: settings.shown_related]
    return Checked(claim, settled.verdict, settled.reason, settled.confidence, tuple(kept), settled.flags)


def _office(judgement: Judgement, parts: Sequence[Part]) -> str:
    """Whom the source itself names for what decided: several outlets that cite one office are one origin."""
    deciding = _deciding(judgement)
    if deciding is None or deciding.evidence_span is None:
        return ""
    for quote in parts[deciding.part].view.quotes:
        if quote.speaker is not None and any(part.overlaps(deciding.evidence_span) for part in quote.content):
            return "" if quote.speaker.ambiguous else quote.speaker.name.casefold()
    return ""


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


def _evidence(
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


def _group_origins(
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
    return sorted(found, key=lambda item: (order[item.stance], -item.confidence, -item.score))


def _unchecked(claim: Claim, reason: str) -> Checked:
    return Checked(claim, Verdict.NOT_CHECKED, reason, 0.0, ())


def _report(
    found: Found,
    sources: Sequence[Source],
    checked: Sequence[Checked],
    settings: Settings,
    counts: dict[str, int],
    notes: tuple[str, ...] = (),
) -> Report:
    from claimdesk import __version__

    return Report(
        created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        version=__version__,
        settings={**settings.as_dict(), **(describe_judge() if settings.judge == BUILT_IN else {})},
        text=found.document,
        sources=tuple(sources),
        claims=tuple(checked),
        internal=find_inconsistencies(found),
        passages=counts,
        notes=notes,
    )


def with_date(document: Document, day: date | None) -> Document:
    """A document whose own date a person has set."""
    return replace(document, meta=replace(document.meta, date=day)) if day else document
