"""What a text holds (quantities, dates, quotes), and the two sides of a comparison: subject and evidence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from claimdesk.dates import find_dates
from claimdesk.language.parse import Parsed, parse
from claimdesk.model import Attributed, DateRef, Meta, Quantity, Quote, Span
from claimdesk.quantities import find_quantities
from claimdesk.quotes import find_attributions, find_quotes

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

Placed = TypeVar("Placed", Quantity, DateRef)


@dataclass(frozen=True)
class Analysis:
    """A text with everything that is found in it, each found once and when it is asked for."""

    parsed: Parsed
    meta: Meta = field(default_factory=Meta)

    @cached_property
    def dates(self) -> tuple[DateRef, ...]:
        """Date expressions, resolved against the text's own date."""
        return find_dates(self.parsed, self.meta.date)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Direct, partial and indirect quotes."""
        return find_quotes(self.parsed)

    @cached_property
    def attributions(self) -> tuple[Attributed, ...]:
        """What people are said to want, judge or announce without words of theirs: shown, never judged."""
        return find_attributions(self.parsed, self.quotes)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Quantities outside date expressions."""
        return find_quantities(self.parsed.text, [ref.span for ref in self.dates])

    def corrected(self, quantities: Iterable[Quantity] = (), dates: Iterable[DateRef] = ()) -> Analysis:
        """The same text in which the given quantities and dates are understood as given, each at its own span."""
        numbers = {quantity.span: quantity for quantity in quantities}
        days = {ref.span: ref for ref in dates}
        other = Analysis(self.parsed, self.meta)
        # The cached properties of ``other``, filled in before anything asks for them.
        other.__dict__["quantities"] = tuple(numbers.get(found.span, found) for found in self.quantities)
        other.__dict__["dates"] = tuple(days.get(found.span, found) for found in self.dates)
        other.__dict__["quotes"] = self.quotes
        return other

    def view(self, span: Span | None = None) -> View:
        """A part of the text, or all of it."""
        return View(self, span or Span(0, len(self.parsed.text)))


def within(found: Sequence[Placed], span: Span) -> tuple[Placed, ...]:
    """Those of ``found`` (in order of place) that lie in ``span``."""
    first = bisect_left(found, span.start, key=lambda item: item.span.start)
    last = bisect_left(found, span.end, lo=first, key=lambda item: item.span.start)
    return tuple(item for item in found[first:last] if item.span.end <= span.end)


@dataclass(frozen=True)
class View:
    """A stretch of an analyzed text; all offsets still index the whole text."""

    analysis: Analysis
    span: Span

    @property
    def text(self) -> str:
        """The words of the stretch."""
        return self.span.of(self.analysis.parsed.text)

    @property
    def tokens(self) -> Tokens:
        """Its spaCy tokens."""
        return self.analysis.parsed.tokens(self.span)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Quantities that lie in the stretch."""
        return within(self.analysis.quantities, self.span)

    @property
    def dates(self) -> tuple[DateRef, ...]:
        """Dates that lie in the stretch."""
        return within(self.analysis.dates, self.span)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Quotes with a part in the stretch."""
        return tuple(q for q in self.analysis.quotes if any(self.span.overlaps(part) for part in q.content))


@dataclass(frozen=True)
class Subject:
    """The claim side of a comparison: a sentence (``view``) and which of its slots are to be covered.

    ``judge`` puts every quantity, date and quote of the claim in focus; ``check`` puts the one that the claim
    is about, the others are context, and ``whole`` is False. ``meta`` is what is known about the claim's text.
    """

    view: View
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateRef, ...] = ()
    quotes: tuple[Quote, ...] = ()
    meta: Meta = field(default_factory=Meta)
    whole: bool = True


@dataclass(frozen=True)
class Part:
    """One piece of evidence: a passage with what is known about its source.

    ``offset`` is where the analyzed text begins in the source, so that a finding's span can be shifted there.
    ``meta.date`` is the day of the piece itself (a briefing, a dated update), ``turn`` its turn in a transcript.
    """

    view: View
    meta: Meta = field(default_factory=Meta)
    turn: int | None = None
    offset: int = 0
    index: int = 0


def analyze(text: str, meta: Meta | None = None) -> Analysis:
    """A text ready to be asked what it holds; nothing is computed yet."""
    return Analysis(parse(text), meta or Meta())


def claim_date(subject: Subject) -> date | None:
    """The day on which the claim was published, where it is known."""
    return subject.meta.date
