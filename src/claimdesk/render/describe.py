"""Values, places, labels and sources in words."""

from __future__ import annotations

from decimal import Decimal

from claimdesk.model import Claim, DateRef, Document, Evidence, Kind, Location, Quantity, Source

# Labels that are no words when they are only written small.
_LABELS = {
    "CAPTION_BODY": "Caption and text differ",
    "CHANGE_ARITHMETIC": "The change does not add up",
    "HEADLINE_BODY": "Headline and text differ",
    "PCT_VS_PP": "Percent or percentage points",
    "WEEKDAY_DATE": "Weekday and date differ",
}


def label_words(label: str) -> str:
    """A finding's label in words.

    >>> label_words("CUE_DISTORTED")
    'Cue distorted'
    """
    plain = _LABELS.get(label) or label.replace("_", " ").capitalize()
    return plain if label.isupper() else label


def describe_claim(claim: Claim) -> str:
    """How the value of a claim was understood, empty where it has none."""
    if claim.quantity:
        return describe_quantity(claim.quantity)
    return "; ".join(map(describe_date, claim.dates)) if claim.kind is Kind.DATE else ""


def describe_quantity(quantity: Quantity) -> str:
    """A quantity's interval with its unit."""
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        words = "an open number"
    elif low is None or high is None:
        words = _bound(low, quantity.low_open, "more than", "at least") + _bound(
            high, quantity.high_open, "less than", "at most"
        )
    else:
        words = _digits(low) if low == high else f"{_digits(low)} to {_digits(high)}"
    return words + (f" {quantity.unit}" if quantity.unit else "") + (f" {quantity.per}" if quantity.per else "")


def _bound(value: Decimal | None, is_open: bool, outside: str, inside: str) -> str:
    return "" if value is None else f"{outside if is_open else inside} {_digits(value)}"


def _digits(value: Decimal) -> str:
    return f"{value.normalize():,f}" if abs(value.adjusted()) < 30 else str(value)


def describe_date(found: DateRef) -> str:
    """A date's days, first to last."""
    if found.first is None and found.last is None:
        return "no known day"
    first, last = (day.isoformat() if day else "open" for day in (found.first, found.last))
    return first if first == last else f"{first} to {last}"


def source_title(source: Source) -> str:
    """What a source is called: its title, or its file's name."""
    return (source.document and (source.document.meta.title or source.document.name)) or source.path or source.id


def describe_location(place: Location) -> str:
    """A place in the words of its file: "page 3, under Decisions".

    >>> describe_location(Location(row=12, sheet="Q2"))
    'row 12 of sheet Q2'
    """
    sheet = f" of sheet {place.sheet}" if place.sheet else ""
    row = f"row {place.row}{sheet}" if place.row is not None else f"sheet {place.sheet}" if place.sheet else ""
    parts = [
        f"page {place.page}" if place.page is not None else "",
        row,
        f"under “{place.heading}”" if place.heading else "",
        f"turn {place.turn}" if place.turn is not None else "",
        f"spoken by {place.speaker}" if place.speaker else "",
        f"at {place.time}" if place.time else "",
    ]
    return ", ".join(part for part in parts if part)


_AS_GIVEN = ("txt", "md")  # formats whose lines are those of the file


def describe_place(document: Document, evidence: Evidence) -> str:
    """Where a passage stands, with its line where the file has lines: "line 14, under “Decisions”"."""
    place = describe_location(evidence.location)
    if document.format not in _AS_GIVEN or evidence.location.row is not None:
        return place
    line = f"line {document.text.count(chr(10), 0, evidence.start) + 1:,}"
    return f"{line}, {place}" if place else line
