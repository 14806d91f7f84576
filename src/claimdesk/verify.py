"""The one place where the stages meet: a text and its sources in, a report out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from claimdesk.analysis import Subject, View
from claimdesk.corpus import Corpus, Hit, Query
from claimdesk.embed import Encoder, load_encoder
from claimdesk.entailment.combiner import describe_judge
from claimdesk.entailment.judges import BUILT_IN, MeaningModel, load_judge
from claimdesk.evidence import OpenSources, group_origins, named_office, open_sources, regions, shown_evidence
from claimdesk.filters import Filter
from claimdesk.find import Found, find_claims
from claimdesk.internal import find_inconsistencies
from claimdesk.judge import judge
from claimdesk.model import (
    Checked,
    Claim,
    Document,
    Evidence,
    Kind,
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
        offices[source_id] = named_office(judgement, parts)
        evidence += shown_evidence(source, judgement, parts, own, found.document.meta, opened)
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
