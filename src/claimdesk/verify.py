"""The one place where the stages meet: a text and its sources in, a report out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from claimdesk.ahead import Beside, Pair, ReadAhead
from claimdesk.analysis import Analysis, Subject, View
from claimdesk.corpus import Corpus, Hit, Query
from claimdesk.embed import Encoder, load_encoder
from claimdesk.entailment.combiner import describe_judge
from claimdesk.entailment.judges import BUILT_IN, MeaningModel, load_judge
from claimdesk.evidence import OpenSources, group_origins, named_office, open_sources, regions, shown_evidence
from claimdesk.filters import Filter
from claimdesk.find import Found, find_claims
from claimdesk.internal import find_inconsistencies
from claimdesk.judge import Ruled, apply_rules, read_open
from claimdesk.language.parse import Parsed
from claimdesk.language.structure import blank
from claimdesk.model import (
    Checked,
    Claim,
    Document,
    Evidence,
    Kind,
    Meta,
    Quantity,
    QuoteType,
    Report,
    Source,
    Span,
    Stance,
    Verdict,
)
from claimdesk.progress import CHECKING, EMBEDDING, FINDING, Progress
from claimdesk.settings import Settings
from claimdesk.store import PassageStore, Stats
from claimdesk.verdicts import settle

_AHEAD = 32  # claims that wait for the model at most: a check that is stopped still reads these

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


def check(
    text: Document,
    sources: Sequence[Source] = (),
    settings: Settings | None = None,
    progress: Watcher | None = None,
    stop: Callable[[], bool] | None = None,
    models: Models | Callable[[], Models] | None = None,
    found: Found | Callable[[], Found] | None = None,
    library: PassageStore | None = None,
    where: Filter | None = None,
    came: Callable[[Checked], None] | None = None,
) -> Report:
    """Checks every claim of ``text`` against ``sources`` and those sources of ``library`` that pass ``where``.

    ``progress`` is told of each step, and ``came`` is given each checked claim at once. When ``stop`` answers True,
    the claims that were not reached are reported as not checked, and what is done is kept. ``models`` stand in for
    those that the settings name, and ``found`` for the claims of the text, where they are known; each may be a
    function that is asked once, the one for the models in another thread. Of a library only
    the sources that have a passage near a claim are read and reported. Raises MissingModelError for a named model
    that is not there, LibraryError for a library of another model or one that cannot be read.
    """
    choices = settings or Settings()
    tell = progress or (lambda step: None)
    tell(Progress(FINDING, 0, 0))
    readable = [source for source in sources if source.document is not None]
    if not readable and library is None:
        found = (found() if callable(found) else found) or find_claims(text)
        tell(Progress(FINDING, len(found.claims), len(found.claims)))
        checked = [_unchecked(claim, "No source was given.") for claim in found.claims]
        return _report(found, sources, checked, choices, {})

    def prepare(embedded: Callable[[int, int], None]) -> tuple[Corpus, ReadAhead]:
        loaded = (models() if callable(models) else models) or load_models(choices)
        corpus = Corpus(readable, loaded.encoder, choices, library, where)
        ahead = ReadAhead(loaded.meaning)
        corpus.index(embedded)
        return corpus, ahead

    with Beside(prepare) as beside:
        found = (found() if callable(found) else found) or find_claims(text)
        tell(Progress(FINDING, len(found.claims), len(found.claims)))
        corpus, model = beside.result(lambda done, total: tell(Progress(EMBEDDING, done, total)))
    checked = []
    with model:
        for claim in check_claims(found, corpus, model, stop):
            checked.append(claim)
            if came is not None:
                came(claim)
            tell(Progress(CHECKING, len(checked), len(found.claims), claim.claim.text[:80]))
    checked += [_unchecked(claim, "The check was stopped before this claim.") for claim in found.claims[len(checked) :]]
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
        f"the {heard:,} that speak about a claim are listed. {stats.note}".rstrip()
    )


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
    own = [f"{context} {claim.text}".strip()] if is_narrowed(claim, claim.sentence, text) else []
    texts = [*own, f"{context} {sentence}".strip(), f"{context} {' '.join(without.split())}".strip()]
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
    """The claim's side of every comparison: its sentences, with the claim's own slot in focus.

    A statement that a person narrowed to some words of its sentence is read by these words alone.
    """
    parsed = found.analysis.parsed
    first, last = parsed.sentence_at(claim.span.start), parsed.sentence_at(max(claim.span.start, claim.span.end - 1))
    around = Span(first.start, max(first.end, last.end))
    view = View(found.analysis, around)
    if is_narrowed(claim, around, parsed.text):
        outside = (Span(0, claim.span.start), Span(claim.span.end, len(parsed.text)))
        view = View(Analysis(Parsed(blank(parsed.text, outside)), found.analysis.meta), claim.span)
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


def is_narrowed(claim: Claim, sentence: Span, text: str) -> bool:
    """Whether a statement is only some words of its sentence: what the check finds itself is always a whole one."""
    rest = text[sentence.start : claim.span.start] + text[claim.span.end : sentence.end]
    return claim.kind is Kind.STATEMENT and any(letter.isalnum() for letter in rest)


@dataclass(frozen=True, slots=True)
class Heard:
    """One source that speaks about a claim, with what the rules make of it."""

    source: Source
    hits: Sequence[Hit]
    ruled: Ruled


def check_claims(
    found: Found, corpus: Corpus, model: ReadAhead, stop: Callable[[], bool] | None = None
) -> Iterator[Checked]:
    """Every claim against the passages found for it, in order, until ``stop`` answers True.

    While the model reads what the rules left open of one claim, they go on to the next ones.
    """
    hits = corpus.search([claim_query(claim, found.document.text) for claim in found.claims])
    opened = open_sources(found.document, corpus)
    waiting: deque[tuple[Claim, list[Heard], list[Pair]]] = deque()
    for claim, passages in zip(found.claims, hits, strict=True):
        if stop is not None and stop():
            break
        heard = hear_sources(claim, found, passages, opened)
        pairs = [pair for item in heard for pair in item.ruled.pairs(model)]
        model.announce(pairs)
        waiting.append((claim, heard, pairs))
        while waiting and (len(waiting) > _AHEAD or model.has_read(waiting[0][2])):
            claim, heard, _ = waiting.popleft()
            yield settle_claim(claim, heard, opened, model, found.document.meta)
    for claim, heard, _ in waiting:
        yield settle_claim(claim, heard, opened, model, found.document.meta)


def hear_sources(claim: Claim, found: Found, hits: Sequence[Hit], opened: OpenSources) -> list[Heard]:
    """What the rules make of a claim, source by source."""
    subject = claim_subject(claim, found)
    heard = []
    for source_id in dict.fromkeys(hit.passage.source for hit in hits):
        own = [hit for hit in hits if hit.passage.source == source_id]
        source = opened.corpus.sources[source_id]
        parts = [opened.part(source, region, index) for index, region in enumerate(regions(own))]
        heard.append(Heard(source, own, apply_rules(subject, parts)))
    return heard


def settle_claim(
    claim: Claim, heard: Sequence[Heard], opened: OpenSources, model: MeaningModel, about: Meta
) -> Checked:
    """The verdict of all sources together, with what the model reads of those that the rules left open."""
    settings = opened.corpus.settings
    evidence: list[Evidence] = []
    offices: dict[str, str] = {}
    for item in heard:
        parts, judgement = item.ruled.parts, read_open(item.ruled, model)
        offices[item.source.id] = named_office(judgement, parts)
        evidence += shown_evidence(item.source, judgement, parts, item.hits, about, opened)
    evidence = group_origins(evidence, opened, settings, offices)
    dates = {source.id: source.document.meta.date for source in opened.corpus.sources.values() if source.document}
    settled = settle(claim, evidence, dates)
    kept = [item for item in evidence if item.stance is not Stance.RELATED]
    kept += [item for item in evidence if item.stance is Stance.RELATED][: settings.shown_related]
    return Checked(claim, settled.verdict, settled.reason, settled.confidence, tuple(kept), settled.flags)


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
