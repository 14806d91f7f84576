"""The claims of a text: spans of the original, each with what makes it checkable."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claimdesk.analysis import Analysis, within
from claimdesk.dates import dateline_date
from claimdesk.language.parse import Parsed
from claimdesk.language.remember import remembered
from claimdesk.language.structure import Structure, blank, find_structure
from claimdesk.model import Claim, Document, Form, Kind, Quantity, QuoteType, Span

_OPINION = frozenset("good bad great terrible wonderful beautiful awful best worst shameful sad happy".split())
_FIRST_PERSON = frozenset(("i", "we", "my", "our"))
_HYPOTHETICAL = frozenset("will would may might could if should".split())
_PRONOUNS = frozenset("he she it they this that these those his her its their him them".split())
_UNNAMED = ("DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY")
_MIN_STATEMENT_WORDS = 4
_DATELINE_WINDOW = 200  # characters


class Cover:
    """Spans joined where they touch, so that one look tells whether another span touches any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._joined: list[Span] = []
        for span in sorted(spans):
            if self._joined and span.start <= self._joined[-1].end:
                self._joined[-1] = Span(self._joined[-1].start, max(self._joined[-1].end, span.end))
            else:
                self._joined.append(span)

    def touches(self, span: Span) -> bool:
        """Whether ``span`` shares a character with any of them."""
        index = bisect_left(self._joined, span.end, key=lambda other: other.start) - 1
        return index >= 0 and self._joined[index].end > span.start


@dataclass(frozen=True)
class Found:
    """The claims of a document, with the analysis and the structure that they came from."""

    document: Document
    analysis: Analysis
    structure: Structure
    claims: tuple[Claim, ...]


def find_claims(document: Document) -> Found:
    """Every claim of a document, in order of place; the same text gives the same ids.

    A sentence yields one claim for each quantity, quote and date in it; it is a statement when it holds no
    quantity and no quote. Quantities that cannot be wrong (several, a few) and the bare word "first" are none.
    """
    structure = find_structure(document)
    document = _dated(document, structure)
    analysis = analyze_document(document, structure)
    drafts = [
        *_quantity_claims(analysis),
        *_quote_claims(analysis),
        *_date_claims(analysis),
        *_statement_claims(analysis, structure),
    ]
    drafts.sort(key=lambda claim: (claim.span.start, claim.span.end, claim.kind))
    finished = []
    for number, draft in enumerate(drafts, start=1):
        finished.append(finish_claim(draft, f"c{number}", analysis, structure))
    return Found(document, analysis, structure, tuple(finished))


def finish_claim(draft: Claim, identity: str, analysis: Analysis, structure: Structure) -> Claim:
    """A claim of ``make_claim`` with its id, the flags of its place, its context and its worthiness."""
    claim = replace(draft, id=identity, flags=(*draft.flags, *_place_flags(draft, structure)))
    claim = replace(claim, context=_context(claim, analysis))
    return replace(claim, worthiness=worthiness(claim, analysis))


def _dated(document: Document, structure: Structure) -> Document:
    """The document with the day of its dateline, where nothing else says when it was written."""
    if document.meta.date is not None:
        return document
    return replace(document, meta=replace(document.meta, date=_dateline_day(document, structure)))


def _dateline_day(document: Document, structure: Structure) -> date | None:
    if structure.dateline is None:
        return None
    known = document.meta.date
    words = document.text[structure.dateline.start :][:_DATELINE_WINDOW]
    return dateline_date(words, known.year if known else None)


def analyze_document(document: Document, structure: Structure | None = None) -> Analysis:
    """A document's text ready to be asked what it holds, with its furniture blanked.

    Its days are counted from the dateline where that lies in the month before publication, else from publication.
    """
    shape = structure or find_structure(document)
    published, told = document.meta.date, _dateline_day(document, shape)
    anchor = told if published and told and timedelta(0) <= published - told <= timedelta(31) else published
    return Analysis(Parsed(blank(document.text, shape.blanked)), replace(document.meta, date=anchor))


def make_claim(kind: Kind, span: Span, analysis: Analysis, **slots: object) -> Claim:
    """A claim without id, worthiness and context yet."""
    parsed = analysis.parsed
    return Claim(
        id="",
        kind=kind,
        span=span,
        text=span.of(parsed.text),
        sentence=parsed.sentence_at(span.start),
        worthiness=0.0,
        **slots,  # type: ignore[arg-type]
    )


def _quantity_claims(analysis: Analysis) -> Iterable[Claim]:
    for quantity in analysis.quantities:
        if is_checkable(quantity) and not _refers_back(quantity, analysis):
            sentence = analysis.parsed.sentence_at(quantity.span.start)
            dates = within(analysis.dates, sentence)
            yield make_claim(Kind.QUANTITY, quantity.span, analysis, quantity=quantity, dates=dates)


def is_checkable(quantity: Quantity) -> bool:
    """Whether a quantity can be wrong: "several" cannot, and "first" is a judgement of order, not a number."""
    if quantity.soft:
        return False
    return not (quantity.form is Form.ORDINAL and quantity.values and quantity.values[0] <= 2)


def _refers_back(quantity: Quantity, analysis: Analysis) -> bool:
    """Whether a small number word only points at what is known: *the two* sides."""
    tokens = analysis.parsed.tokens(quantity.number)
    if quantity.form is Form.ORDINAL or not tokens or not tokens[0].is_alpha or tokens[0].i == 0:
        return False
    if quantity.values and quantity.values[0] > 10:
        return False
    bare = quantity.span.start == quantity.number.start
    return bare and tokens[0].nbor(-1).lower_ in ("the", "these", "those", "both")


def _quote_claims(analysis: Analysis) -> Iterable[Claim]:
    for quote in analysis.quotes:
        if quote.content and "scare" not in quote.flags:
            span = Span(quote.content[0].start, quote.content[-1].end)
            flags = tuple(quote.flags)
            if quote.speaker is not None and quote.speaker.ambiguous:
                flags = (*flags, "ambiguous_speaker")
            sentence = analysis.parsed.sentence_at(span.start)
            dates = within(analysis.dates, sentence)
            yield make_claim(Kind.QUOTE, span, analysis, quote=quote, speaker=quote.speaker, dates=dates, flags=flags)


def _date_claims(analysis: Analysis) -> Iterable[Claim]:
    marked = Cover(part for quote in analysis.quotes if quote.type is not QuoteType.INDIRECT for part in quote.content)
    for ref in analysis.dates:
        if not marked.touches(ref.span):
            yield make_claim(Kind.DATE, ref.span, analysis, dates=(ref,))


def _statement_claims(analysis: Analysis, structure: Structure) -> Iterable[Claim]:
    counted = [quantity.span for quantity in analysis.quantities if is_checkable(quantity)]
    taken = Cover([*counted, *(part for quote in analysis.quotes for part in quote.content)])
    for sentence in analysis.parsed.sentences:
        if sentence == structure.headline or taken.touches(sentence):
            continue
        if sentence in structure.captions or _states_something(analysis, sentence):
            yield make_claim(Kind.STATEMENT, sentence, analysis, dates=within(analysis.dates, sentence))


def _states_something(analysis: Analysis, sentence: Span) -> bool:
    """A subject with something said of it, no question, not too short."""
    tokens = analysis.parsed.tokens(sentence)
    if sentence.of(analysis.parsed.text).rstrip("\"'”’ ").endswith("?"):
        return False
    if sum(token.is_alpha for token in tokens) < _MIN_STATEMENT_WORDS:
        return False
    return any(token.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for token in tokens)


def _place_flags(claim: Claim, structure: Structure) -> tuple[str, ...]:
    if any(span.contains(claim.sentence) or span.overlaps(claim.span) for span in structure.captions):
        return ("caption",)
    if structure.headline and structure.headline.contains(claim.span):
        return ("headline",)
    return ()


def _context(claim: Claim, analysis: Analysis) -> tuple[str, ...]:
    """Words that say what the claim is about when its own sentence does not: for retrieval only."""
    words: list[str] = []
    if claim.speaker is not None and claim.speaker.name:
        words.append(claim.speaker.name)
    parsed = analysis.parsed
    if _traits(parsed, claim.sentence).needs_names:
        index = bisect_left(parsed.sentences, claim.sentence)
        for earlier in reversed(parsed.sentences[max(0, index - 2) : index]):
            names = _names(parsed, earlier)
            if names:
                words += names[:3]
                break
    return tuple(dict.fromkeys(words))


@dataclass(frozen=True, slots=True)
class _Traits:
    """What the words of a sentence tell of every claim in it."""

    needs_names: bool  # a pronoun for whom it speaks of, or no name at all
    named: bool
    compared: bool
    hypothetical: bool
    opinion: bool


@remembered
def _traits(parsed: Parsed, sentence: Span) -> _Traits:
    tokens = parsed.tokens(sentence)
    lowered = {token.lower_ for token in tokens}
    pointing = any(token.lower_ in _PRONOUNS and token.dep_ in ("nsubj", "nsubjpass", "poss") for token in tokens)
    return _Traits(
        needs_names=pointing or not any(token.pos_ == "PROPN" for token in tokens),
        named=any(token.ent_type_ and token.ent_type_ not in _UNNAMED for token in tokens),
        compared=any(token.tag_ in ("JJS", "RBS", "JJR", "RBR") for token in tokens),
        hypothetical=bool(lowered & _HYPOTHETICAL),
        opinion=bool(lowered & _OPINION or lowered & _FIRST_PERSON),
    )


@remembered
def _names(parsed: Parsed, sentence: Span) -> list[str]:
    """The named entities of a sentence (``Span.ents`` looks at the whole text, so they are read off the tokens)."""
    found: list[list[str]] = []
    for token in parsed.tokens(sentence):
        if token.ent_type_ in ("", *_UNNAMED):
            continue
        if token.ent_iob_ == "B" or not found:
            found.append([])
        found[-1].append(token.text_with_ws)
    return ["".join(words).strip() for words in found]


def worthiness(claim: Claim, analysis: Analysis) -> float:
    """How much a checker should want to see this claim first, 0 to 1.

    A logistic of the points of the untrained rule of domain section 1.2: quantity +3, quote +2, date +1, a named
    actor +1, superlative or comparative +1; future or conditional -2, opinion without a number -2, caption -2.
    """
    traits = _traits(analysis.parsed, claim.sentence)
    points = {Kind.QUANTITY: 3.0, Kind.QUOTE: 2.0, Kind.DATE: 1.0, Kind.STATEMENT: 0.0}[claim.kind]
    points += 1.0 if claim.dates else 0.0
    points += traits.named + traits.compared
    if traits.hypothetical:
        points -= 2.0
    if claim.quantity is None and claim.quote is None and traits.opinion:
        points -= 2.0
    if claim.quote is not None and claim.quote.type is QuoteType.INDIRECT:
        points -= 0.5
    if "caption" in claim.flags:
        points -= 2.0
    return round(1 / (1 + math.exp(1.5 - 0.8 * points)), 3)
