"""A claim that a person marks: words with a kind, read into the same record that ``find_claims`` makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from claimdesk.analysis import Analysis, within
from claimdesk.errors import ClaimdeskError
from claimdesk.find import Found, finish_claim, is_checkable, make_claim
from claimdesk.language.parse import Parsed, parse
from claimdesk.language.text import paragraphs, trim
from claimdesk.model import Claim, DateRef, Document, Form, Kind, Mention, Quantity, Quote, QuoteType, Span
from claimdesk.quantities import find_quantities
from claimdesk.review.amend import Wanted

_MARKS = "\"'“”‘’«»„‚‹›"
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:to|until|/|–|-)\s*(\d{4}-\d{2}-\d{2}))?")


def mark_claim(wanted: Wanted, found: Found) -> Claim:
    """The claim that a person wants, with its slots read from the text and with the person's corrections.

    Raises ClaimdeskError where the words do not hold what the kind needs, or a correction cannot be read.
    """
    base = wanted.base
    if base is not None and (wanted.span, wanted.kind) == (base.span, base.kind):
        claim = base
    else:
        draft = _draft(wanted.kind, wanted.span, found.analysis)
        claim = finish_claim(draft, wanted.id, found.analysis, found.structure)
    return correct(claim, wanted.speaker, wanted.value, found.document)


def read_words(document: Document, span: Span, kind: Kind) -> Claim:
    """A first reading of marked words in their own paragraph, without the rest of the text.

    Raises ClaimdeskError where the words do not hold what the kind needs.
    """
    text = document.text
    place = trim(text, span)
    if place is None:
        raise ClaimdeskError("Choose the words of the claim.")
    blocks = [block for block in paragraphs(text) if block.overlaps(place)]
    around = Span(blocks[0].start, blocks[-1].end) if blocks else place
    analysis = Analysis(Parsed(around.of(text)), document.meta)
    return _draft(kind, place.shift(-around.start), analysis)


def correct(claim: Claim, speaker: str, value: str, document: Document) -> Claim:
    """A claim with the speaker and the value that a person gives it.

    Raises ClaimdeskError for a value that cannot be read, or that this kind of claim does not have.
    """
    if speaker:
        named = _mention(speaker, claim.span, document.text)
        claim = replace(claim, speaker=named, quote=claim.quote and replace(claim.quote, speaker=named))
    if not value:
        return claim
    if claim.quantity is not None:
        return replace(claim, quantity=read_value(value, claim.quantity))
    if claim.kind is Kind.DATE and claim.dates:
        return replace(claim, dates=(read_days(value, claim.dates[0], document.meta.date),))
    raise ClaimdeskError("Only a number or a date has a value that can be corrected.")


def read_value(words: str, was: Quantity) -> Quantity:
    """A number as a person says that it is to be understood; a bare one keeps the unit that was there.

    Raises ClaimdeskError where the words are not one number.
    """
    found = [quantity for quantity in find_quantities(words) if is_checkable(quantity)]
    if len(found) != 1:
        raise ClaimdeskError(f"“{words}” is not understood as one number. Write it as “about 1,300” or “4.8 million”.")
    new = found[0]
    bare = new.unit is None and new.form in (Form.PLAIN, Form.RANGE)
    return replace(
        new,
        span=was.span,
        text=was.text,
        number=was.number,
        noun=was.noun,
        unit=was.unit if bare else new.unit,
        form=was.form if bare and was.form is not Form.RANGE else new.form,
        per=new.per or was.per,
    )


def read_days(words: str, was: DateRef, day: date | None) -> DateRef:
    """A date as a person says that it is to be understood: 2025-06-03, 2025-06-01 to 2025-06-05, or in words.

    Raises ClaimdeskError where the words are not one date.
    """
    if match := _DAYS.fullmatch(words.strip()):
        try:
            first = date.fromisoformat(match[1])
            last = date.fromisoformat(match[2]) if match[2] else first
        except ValueError as error:
            raise ClaimdeskError(f"“{words}” is no day of the calendar.") from error
        if last < first:
            raise ClaimdeskError(f"“{words}” ends before it begins.")
        grain = "day" if first == last else "part"
        return replace(
            was, first=first, last=last, grain=grain, relation="in", alternatives=(), fuzzy=False, problem=""
        )
    from claimdesk.dates import find_dates

    found = find_dates(parse(words), day)
    rest = words.replace(found[0].text, "", 1) if len(found) == 1 else words
    if re.search(r"\w", rest) or (found[0].first is None and found[0].last is None):
        raise ClaimdeskError(f"“{words}” is not understood as one date. Write it as 2025-06-03.")
    return replace(found[0], span=was.span, text=was.text)


# --- one kind each --------------------------------------------------------------------------------------


def _draft(kind: Kind, span: Span, analysis: Analysis) -> Claim:
    text = analysis.parsed.text
    place = trim(text, span)
    if place is None:
        raise ClaimdeskError("Choose the words of the claim.")
    dates = within(analysis.dates, analysis.parsed.sentence_at(place.start))
    if kind is Kind.QUANTITY:
        numbers = [quantity for quantity in analysis.quantities if is_checkable(quantity)]
        number = _the_one([(quantity.span, quantity) for quantity in numbers], place, "number")
        return make_claim(kind, place, analysis, quantity=number, dates=dates)
    if kind is Kind.DATE:
        day = _the_one([(ref.span, ref) for ref in analysis.dates], place, "date")
        return make_claim(kind, place, analysis, dates=(day,))
    if kind is Kind.QUOTE:
        quote, place = _quote(text, place, analysis.quotes)
        return make_claim(kind, place, analysis, quote=quote, speaker=quote.speaker, dates=dates)
    return make_claim(kind, place, analysis, dates=dates)


def _the_one(found: Sequence[tuple[Span, Quantity | DateRef]], place: Span, noun: str) -> Quantity | DateRef:
    """What lies in the marked words; where they hold nothing whole, what they touch. Two are one too many."""
    inside = [item for span, item in found if place.contains(span)]
    chosen = inside or [item for span, item in found if place.overlaps(span)]
    if not chosen:
        raise ClaimdeskError(f"No {noun} is understood in these words. Mark others, or choose another kind of claim.")
    if len(chosen) > 1:
        raise ClaimdeskError(f"These words hold {len(chosen)} {noun}s. Mark one of them.")
    return chosen[0]


def _quote(text: str, place: Span, quotes: Sequence[Quote]) -> tuple[Quote, Span]:
    """The quotation that the marked words belong to, cut to them; words outside every quotation are one themselves."""
    for quote in quotes:
        parts = tuple(
            Span(max(part.start, place.start), min(part.end, place.end))
            for part in quote.content
            if part.overlaps(place)
        )
        if parts:
            return replace(quote, content=parts), Span(parts[0].start, parts[-1].end)
    inner = Span(place.start, place.end)
    while len(inner) > 1 and text[inner.start] in _MARKS:
        inner = Span(inner.start + 1, inner.end)
    while len(inner) > 1 and text[inner.end - 1] in _MARKS:
        inner = Span(inner.start, inner.end - 1)
    return Quote(QuoteType.DIRECT, (inner,), (place,), None, None, 1.0), inner


def _mention(name: str, near: Span, text: str) -> Mention:
    """A speaker by name, at the nearest place where the text has it; else right before the words."""
    start = text.find(name, max(0, near.start - 2_000))
    span = Span(start, start + len(name)) if start >= 0 else Span(near.start, near.start)
    return Mention(span, span.of(text) or name, name)
