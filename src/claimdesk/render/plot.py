"""The values that the sources give for a number, on one scale with the claim's: a dot or a range for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from claimdesk.model import Checked, Kind, Outcome, Quantity, Source, Span, Stance
from claimdesk.numbers.rows import cell_value
from claimdesk.quantities import find_quantities
from claimdesk.quantities.units import convert, dimension
from claimdesk.render.describe import source_title
from claimdesk.render.markup import Html, element
from claimdesk.render.standing import STANCE_LOOKS, STANCE_WORDS, Look

_NEAR = 120  # characters on each side of a figure that are read again to know its interval
_MOST_ROWS = 12
_MARGIN = Decimal("0.06")  # of the scale, left free at both ends for ranges that have none
_OUTCOMES = {Outcome.SUPPORTS: Stance.SUPPORTS, Outcome.CONFLICTS: Stance.CONFLICTS}


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of values in the claim's unit; None where it has no end."""

    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Given:
    """A value of one source: as written, what it does to the claim, and its interval where it can be drawn."""

    source: str
    written: str
    stance: Stance
    interval: Interval | None
    copied: bool


def render_plot(checked: Checked, sources: Mapping[str, Source]) -> Html:
    """A table with a picture: source, place of its value on the common scale, value as written.

    Empty unless at least two sources settle the number and their values are not all the claim's own. A value whose
    unit cannot be brought to the claim's, or that was worked out, is listed and not drawn.
    """
    quantity = checked.claim.quantity
    if checked.claim.kind is not Kind.QUANTITY or quantity is None:
        return Html()
    claim = Interval(quantity.low, quantity.high)
    given = list(dict.fromkeys(_given(checked, quantity, sources)))[:_MOST_ROWS]
    drawn = [item.interval for item in given if item.interval]
    if len({item.source for item in given if item.interval}) < 2 or all(item == claim for item in drawn):
        return Html()
    scale = _scale([claim, *drawn])
    if scale is None:
        return Html()
    heads = element("tr", *(element("th", head, scope="col") for head in ("Source", "On one scale", "Value")))
    rows = [_row("The text", quantity.text, claim, claim, scale, None)]
    rows += [
        _row(_name(item, sources), item.written, item.interval, claim, scale, item.stance)
        for item in sorted(given, key=lambda item: item.stance is not Stance.CONFLICTS)
    ]
    caption = element("caption", "The values side by side")
    return element("table", caption, element("thead", heads), element("tbody", *rows), class_="cd-plot")


def _given(checked: Checked, claim: Quantity, sources: Mapping[str, Source]) -> Iterator[Given]:
    """The value of each source that supports the number or conflicts with it, conflicting ones first."""
    seen: set[str] = set()
    for evidence in checked.evidence:
        if evidence.stance is Stance.RELATED:
            continue
        source = sources.get(evidence.source)
        for finding in evidence.findings:
            if finding.check != "numbers" or _OUTCOMES.get(finding.outcome) is not evidence.stance:
                continue
            place = finding.evidence_span
            text = source.document.text if source and source.document else ""
            derived = "=" in finding.evidence_value
            written = place.of(text) if place and text and not derived else finding.evidence_value
            if not written:
                continue
            found = _read(text, place, claim) if place and text and not derived else None
            yield Given(evidence.source, written, evidence.stance, found, evidence.origin in seen)
            break
        seen.add(evidence.origin)


def _read(text: str, place: Span, claim: Quantity) -> Interval | None:
    """The interval of the figure at a place of a source, in the claim's unit; None where it cannot be known."""
    start = max(0, place.start - _NEAR)
    near = _quantities(text[start : place.end + _NEAR])
    at = [(item.span.shift(start), item) for item in near]
    same = [item for span, item in at if span == place] or [item for span, item in at if span.overlaps(place)]
    found = same[0] if same else None
    if found is None or (found.low is None and found.high is None):
        return None
    if found.unit != claim.unit:  # in a table the unit stands in the header
        found = cell_value(found, text, place)
    if found.unit == claim.unit:
        return Interval(found.low, found.high)
    if not found.unit or not claim.unit or dimension(found.unit) != dimension(claim.unit) or not dimension(claim.unit):
        return None
    ends = (None if end is None else convert(end, found.unit, claim.unit) for end in (found.low, found.high))
    return Interval(*ends)


@lru_cache(maxsize=4096)  # the page draws its cards again and again
def _quantities(words: str) -> tuple[Quantity, ...]:
    return find_quantities(words)


def _scale(ranges: list[Interval]) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest end, with a margin; None where there is nothing to tell apart."""
    ends = [end for item in ranges for end in (item.low, item.high) if end is not None]
    if not ends or min(ends) == max(ends) or max(abs(end).adjusted() for end in ends) > 30:
        return None
    margin = (max(ends) - min(ends)) * _MARGIN
    return min(ends) - margin, max(ends) + margin


def _row(
    name: str,
    written: str,
    found: Interval | None,
    claim: Interval,
    scale: tuple[Decimal, Decimal],
    stance: Stance | None,
) -> Html:
    look: Look | None = STANCE_LOOKS[stance] if stance else None
    sign = element("span", look.sign, class_="cd-sign", title=STANCE_WORDS[stance]) if look and stance else ""
    parts = []
    if found:
        parts = [_bar(claim, scale, "cd-band"), _bar(found, scale, "cd-dot")]
    track = element("span", *parts, class_="cd-scale", aria_hidden="true") if found else element("span", "not drawn")
    return element(
        "tr",
        element("th", sign, " " if sign else "", name, scope="row", dir="auto"),
        element("td", track),
        element("td", written, dir="auto"),
        class_=look.css if look else "cd-own",
    )


def _bar(found: Interval, scale: tuple[Decimal, Decimal], css: str) -> Html:
    """A piece of the scale; an end that is not there runs to the edge and is left without a stop."""
    low, high = (
        Decimal(edge) if end is None else _percent(end, scale) for end, edge in ((found.low, 0), (found.high, 100))
    )
    ends = [" cd-endless-low"] * (found.low is None) + [" cd-endless-high"] * (found.high is None)
    return element("span", class_=css + "".join(ends), style=f"--at:{low:.1f}%;--wide:{high - low:.1f}%")


def _percent(value: Decimal, scale: tuple[Decimal, Decimal]) -> Decimal:
    return 100 * (value - scale[0]) / (scale[1] - scale[0])


def _name(given: Given, sources: Mapping[str, Source]) -> str:
    title = source_title(sources[given.source]) if given.source in sources else given.source
    return f"{title} (same origin as above)" if given.copied else title
