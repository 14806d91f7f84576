"""What stands around a claim's number and a passage's: words, names, days and quotation marks."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from claimdesk.analysis import Analysis, Part, Subject, View, claim_date
from claimdesk.dates import find_dates
from claimdesk.language.concepts import meanings
from claimdesk.language.parse import Parsed
from claimdesk.language.remember import remembered
from claimdesk.language.terms import content
from claimdesk.language.text import words
from claimdesk.model import DateRef, Quantity, QuoteType, Span
from claimdesk.numbers.fits import Setting

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD = 400  # characters: the heading and first lines name what the whole source is about
_SOME_YEAR = date(2023, 12, 31)


def stretch_dates(part: Part) -> tuple[DateRef, ...]:
    """The passage's dates; days without a year take one and the same, enough for the time between."""
    dates = part.view.dates
    if all(ref.first is None and ref.grain == "day" for ref in dates):
        return tuple(
            ref for ref in find_dates(part.view.analysis.parsed, _SOME_YEAR) if part.view.span.contains(ref.span)
        )
    return dates


def setting_of(subject: Subject, part: Part) -> Setting:
    """The setting in which the numbers of a claim and of a passage are compared."""
    passage, names = _passage_means(part), _names(part.view.analysis)
    kinds = _kinds(subject.view.analysis)
    return Setting(passage, _claim_names(subject.view.analysis), _days(part), claim_date(subject), names, kinds)


def _passage_means(part: Part) -> frozenset[str]:
    headings = f"{part.meta.title} {part.meta.speaker} {part.meta.org} {part.meta.publisher}"
    found = _view_means(part.view).union(*(meanings(word.norm) for word in words(headings)))
    return found | _lead_names(part.view.analysis.parsed)


@remembered
def _view_means(view: View) -> frozenset[str]:
    return frozenset().union(*(each.means for each in content(view.tokens)))


@remembered
def _lead_names(parsed: Parsed) -> frozenset[str]:
    lead = parsed.tokens(Span(0, min(_LEAD, len(parsed.text))))
    return frozenset().union(*(each.means for each in content(token for token in lead if token.pos_ == "PROPN")))


@lru_cache(maxsize=64)
def _names(analysis: Analysis) -> frozenset[str]:
    """The names of a whole source, as far as it was parsed: "they" and "us" in one of its lines can stand for them."""
    return frozenset().union(*(each.means for each in content(filter(_is_name, analysis.parsed.doc))))


@lru_cache(maxsize=4)
def _kinds(analysis: Analysis) -> frozenset[str]:
    """The words that stand before another noun anywhere in the text that makes the claim: river, in river fever."""
    named = (token for token in analysis.parsed.doc[:4000] if token.dep_ == "compound")
    return frozenset().union(*(each.means for each in content(named)))


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" or token.ent_type_ == "NORP"


@remembered
def _claim_names(analysis: Analysis) -> frozenset[str]:
    """Names anywhere in the text that makes the claim: they need no repeating in each sentence."""
    doc = analysis.parsed.doc
    return frozenset().union(*(meanings(token.lower_) for token in doc[:4000] if token.pos_ == "PROPN"))


def _days(part: Part) -> tuple[DateRef, ...]:
    if part.meta.date is None:
        return ()
    return (DateRef(Span(0, 0), part.meta.date.isoformat(), part.meta.date, part.meta.date, "day"),)


def is_quoted(subject: Subject, quantity: Quantity) -> bool:
    """Whether a number of the claim stands in quotation marks."""
    marked = (QuoteType.DIRECT, QuoteType.PARTIAL)
    return any(
        part.contains(quantity.number)
        for quote in subject.view.quotes
        if quote.type in marked
        for part in quote.content
    )


def marked_words(view: View, quantity: Quantity) -> str:
    """The words in quotation marks around a number, where they are a phrase and no quote: "seven lean years"; or ""."""
    marks = view.analysis.parsed.marks
    pair = next((each for each in marks if each.inner.contains(quantity.number)), None)
    if pair is None or any(part.overlaps(pair.inner) for quote in view.quotes for part in quote.outer):
        return ""
    return " ".join(word.norm for word in words(view.analysis.parsed.text, pair.inner))


def folded_words(view: View) -> str:
    """The words of a stretch in comparable form, one space between them."""
    return " ".join(word.norm for word in words(view.analysis.parsed.text, view.span))
