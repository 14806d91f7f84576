"""Table rows that arrive as text ("Region: North; Jobs: 1,212"): each cell with its column, row and time.

A line is a row where it holds at least two cells ``header: value`` and nothing else. A cell's measure stands in its
header ("Enrolled: 1,460"), in the row's label ("Item: Shots; Rovers: 19") or in a caption with its scale ("Spending in
million dollars: Parks; 2024-25: 21.7").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from claimdesk.analysis import View
from claimdesk.language.concepts import item_of, meanings, tables
from claimdesk.language.terms import Term
from claimdesk.language.text import fold, words
from claimdesk.model import DateRef, Form, Quantity, Span
from claimdesk.numbers.bind import Bound

_CELL = re.compile(r"([^:;\n]{1,80}):[ ]*([^;\n]{0,200})(?:;|$)")
_UNITS = re.compile(r"\(([^()]{1,30})\)")
_SCALED = re.compile(
    r"(?:\bin |\()?(?:(thousand|million|billion)s?(?: of)? (dollars|euros|pounds|usd|eur|gbp)"
    r"|([$€£]) ?(thousand|million|billion|m|bn)|(dollars|euros|pounds)\b)\)?",
    re.IGNORECASE,
)
_SCALES = {"thousand": 3, "million": 6, "m": 6, "billion": 9, "bn": 9}
_MONEY = {"dollars": "USD", "usd": "USD", "$": "USD", "euros": "EUR", "eur": "EUR", "€": "EUR", "pounds": "GBP"}
_MONEY |= {"gbp": "GBP", "£": "GBP"}
_SMALL = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "by",
        "for",
        "to",
        "and",
        "or",
        "no",
        "number",
        "total",
        "which",
        "per",
        "official",
    ]
)
_CHANGE = re.compile(r"\b(?:change|growth|increase|difference|\+/-)\b", re.IGNORECASE)
_MEASURE = frozenset(
    [
        "item",
        "statistic",
        "stat",
        "statistics",
        "category",
        "measure",
        "indicator",
        "metric",
        "variable",
        "line",
        "figure",
    ]
)
_NEUTRAL = frozenset(["entry", "value", "result", "figure", "amount", "number", "total", "count"])
_WHOLE = frozenset(["total", "totals", "all", "overall", "sum", "grand total", "together", "whole"])
_RANKS = frozenset(["minute", "rank", "place", "position", "round", "lap", "edition", "season", "week"])
_MANY, _LONG = 200, 2_000  # lines of a passage, characters of a line: beyond that it is no row for reading


@dataclass(frozen=True)
class _Row:
    """One line: its cells as (header, value), the dates in it, and where it stands."""

    view: View
    span: Span
    cells: tuple[tuple[Span, Span], ...]
    dates: tuple[DateRef, ...]


def row_bounds(view: View) -> tuple[Bound, ...]:
    """The quantities of all rows in a view, each bound to its column, its row's labels and its time."""
    rows = [tuple(_read(row)) for row in _rows(view)]
    named = {label for row in rows for bound in row if not bound.whole for label in bound.labels[:1]}
    parts = tuple(term for label in sorted(named, key=lambda label: label[0].span.start) for term in label)
    return tuple(replace(bound, foreign=parts) if bound.whole else bound for row in rows for bound in row)


def row_spans(view: View) -> tuple[Span, ...]:
    """Where the rows stand."""
    return tuple(row.span for row in _rows(view))


def cell_value(quantity: Quantity, text: str, place: Span) -> Quantity:
    """The figure at a place of a text in the unit that its column or its row names; as it is outside a row.

    >>> text = "Item: Parks; Spending (million dollars): 24.9"
    >>> from claimdesk.quantities import find_quantities
    >>> value = cell_value(find_quantities(text)[-1], text, Span(41, 45))
    >>> value.low, value.unit
    (Decimal('24900000.0'), 'USD')
    """
    start, end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    line = text[start : end if end >= 0 else len(text)]
    if len(line) > _LONG:
        return quantity
    cells = [(cell[1], cell[2], Span(*cell.span(2)).shift(start)) for cell in _CELL.finditer(fold(line))]
    header = next((name for name, _, value in cells if value.contains(place)), None)
    if header is None or len(cells) < 2:
        return quantity
    caption = " ".join(name for name, words, _ in cells if not any(char.isdigit() for char in words))
    return _dressed(quantity, header, caption, text)[0]


def _rows(view: View) -> Iterator[_Row]:
    start = view.span.start
    for line in fold(view.text).split("\n")[:_MANY]:
        span = Span(start, start + len(line))
        start = span.end + 1
        if len(line) > _LONG or line.count(":") < 2 or ";" not in line:
            continue
        found = [(Span(*cell.span(1)), Span(*cell.span(2))) for cell in _CELL.finditer(line)]
        covered = sum(len(header) + len(value) for header, value in found)
        if len(found) < 2 or covered < 0.8 * len(line.replace("; ", "").replace(": ", "")):
            continue
        cells = tuple((header.shift(span.start), value.shift(span.start)) for header, value in found)
        yield _Row(view, span, cells, tuple(ref for ref in view.dates if span.contains(ref.span)))


def _read(row: _Row) -> Iterator[Bound]:
    text = row.view.analysis.parsed.text
    figures: list[tuple[Span, Quantity]] = []
    labels: list[tuple[Span, Span]] = []
    times: list[DateRef] = []
    for header, value in row.cells:
        inside = [each for each in row.view.quantities if value.contains(each.span)]
        dated = [ref for ref in row.dates if value.contains(ref.span)]
        if len(inside) == 1 and len(value.of(text).strip()) - len(inside[0].span) <= 12:
            figures.append((header, inside[0]))
        elif dated and len(value.of(text).strip()) - len(dated[0].span) <= 2:
            times.append(dated[0])
        elif value.of(text).strip():
            labels.append((header, value))
    bounds = [_cell(row, header, quantity, labels, times) for header, quantity in figures]
    yield from _stepped(bounds)


def _cell(row: _Row, header: Span, quantity: Quantity, labels: list[tuple[Span, Span]], times: list[DateRef]) -> Bound:
    view, text = row.view, row.view.analysis.parsed.text
    name = fold(header.of(text))
    own_times = tuple(ref for ref in row.dates if header.contains(ref.span))
    own = _terms(view, header, row.dates)
    captions = [term for label, _ in labels for term in _terms(view, label, row.dates)]
    cells = [_terms(view, value, ()) for _, value in labels]
    whole = bool(labels) and labels[0][1].of(text).strip().casefold() in _WHOLE
    caption = " ".join(label.of(text) for label, _ in labels)
    if labels and _MEASURE & {term.lemma for term in _terms(view, labels[0][0], ())}:
        measure, owner = cells[0], () if {term.lemma for term in own} <= _NEUTRAL else own
        cells = cells[1:]
    else:
        measure, owner = own, ()
    captioned = not measure
    if captioned or {term.lemma for term in measure} <= _NEUTRAL:
        measure = tuple(captions) if captioned else (cells[0] if cells else measure)
    change = bool(_CHANGE.search(name))
    plain = tuple(term for term in measure if term.lemma not in tables().direction and term.lemma != "change")
    measure = plain or tuple(term for term in measure if term.lemma not in ("change", "difference"))
    quantity, way = _dressed(quantity, name, caption, text)
    counted = quantity.unit is None and quantity.form is not Form.SCORE and not change
    item = measure[-1] if counted and measure else None
    group, events = item_of(item.lemma) if item else "", frozenset[str]()
    if item and item.lemma in tables().counted:
        group, event = tables().counted[item.lemma]
        events = frozenset([event])
    elif item and (named := _participle(item.lemma)):
        group, events = "", named
    everything = (*measure, *owner, *captions, *(term for cell in cells for term in cell))
    return Bound(
        quantity, view, row.span,
        item=group,
        item_terms=(item,) if item else (),
        topic=measure if item is None else (),
        modifiers=tuple(term for term in measure if term is not item) if item else (),
        main=events, events=events,
        core=everything, near=everything,
        times=own_times or tuple(times[:1]),
        actor=_joined(owner),
        statistic="total" if whole else "",
        direction=way if change else "",
        role="by" if change else "",
        labels=() if whole else tuple(cell for cell in cells if cell),
        in_row=True,
        whole=whole,
        captioned=captioned,
    )  # fmt: skip


def _participle(lemma: str) -> frozenset[str]:
    """The event of a header like "Enrolled"."""
    if not lemma.endswith("ed"):
        return frozenset()
    table = tables().events
    return next((table[cut] for cut in (lemma, lemma[:-1], lemma[:-2]) if cut in table), frozenset())


def _stepped(bounds: list[Bound]) -> Iterator[Bound]:
    """Two columns that differ only in their time are the two ends of a change."""
    for bound in bounds:
        others = [
            each
            for each in bounds
            if each is not bound
            and each.item == bound.item
            and [term.lemma for term in each.topic] == [term.lemma for term in bound.topic]
            and each.actor == bound.actor
            and each.quantity.unit == bound.quantity.unit
            and not each.role
            and each.times
            and bound.times
            and each.times[0].first != bound.times[0].first
        ]
        if len(others) != 1 or bound.role or not bound.times[0].first or not others[0].times[0].first:
            yield bound
            continue
        later = bound.times[0].first > others[0].times[0].first
        yield replace(bound, role="" if later else "from", ends=True)


def _joined(terms: tuple[Term, ...]) -> Term | None:
    """The words of a column's name as one: "Calder Rovers" is met by "Calder"."""
    if not terms:
        return None
    means = frozenset().union(*(term.means for term in terms))
    return Term(" ".join(term.lemma for term in terms), means, True, Span(terms[0].span.start, terms[-1].span.end))


def _terms(view: View, span: Span, dates: tuple[DateRef, ...]) -> tuple[Term, ...]:
    """The words of a header or label in their singular; grammar says little about words outside a sentence."""
    found = []
    text = view.analysis.parsed.text
    unit = [Span(*each.span()).shift(span.start) for each in _SCALED.finditer(fold(span.of(text)))]
    taken = [*unit, *(ref.span for ref in dates)]
    for word in words(text, span):
        if not any(char.isalpha() for char in word.norm) or word.norm in _SMALL:
            continue
        if any(each.overlaps(word.span) for each in taken):
            continue
        single = (
            word.norm[:-3] + "y"
            if word.norm.endswith("ies")
            else word.norm.removesuffix("s")
            if not word.norm.endswith("ss")
            else word.norm
        )
        found.append(Term(single, meanings(word.norm) | meanings(single), True, word.span))
    return tuple(found)


def _dressed(quantity: Quantity, header: str, caption: str, text: str) -> tuple[Quantity, str]:
    """The value in the unit and scale that its header or the caption names, and the way that its sign points."""
    sign = fold(text)[max(0, quantity.span.start - 1) : quantity.span.start]
    negative = sign == "-" or quantity.text.startswith(("-", "−")) or bool(
        quantity.values[:1] and quantity.values[0] < 0
    )  # fmt: skip
    if negative and quantity.values[:1] and quantity.values[0] < 0:
        values = tuple(-value for value in quantity.values)
        low = None if quantity.high is None else -quantity.high
        high = None if quantity.low is None else -quantity.low
        quantity = replace(quantity, values=values, low=low, high=high)
    way = "down" if negative else "up"
    if quantity.unit is not None:
        return quantity, way
    found = _UNITS.search(header)
    unit = found.group(1).strip().casefold() if found else ""
    if unit in ("%", "percent", "per cent") or header.rstrip().endswith("%"):
        return replace(quantity, unit="percent", form=Form.PERCENT), way
    if quantity.form is Form.PLAIN and (scaled := _SCALED.search(header) or _SCALED.search(caption)):
        scale = (scaled.group(1) or scaled.group(4) or "").casefold()
        money = (scaled.group(2) or scaled.group(3) or scaled.group(5)).casefold()
        return _scaled(quantity, Decimal(10) ** _SCALES.get(scale, 0), _MONEY[money]), way
    if quantity.form is Form.PLAIN and header.strip().casefold() in _RANKS:
        return replace(quantity, form=Form.ORDINAL), way
    return quantity, way


def _scaled(quantity: Quantity, by: Decimal, unit: str) -> Quantity:
    return replace(
        quantity,
        low=quantity.low * by if quantity.low is not None else None,
        high=quantity.high * by if quantity.high is not None else None,
        values=tuple(value * by for value in quantity.values),
        granule=quantity.granule * by,
        unit=unit,
    )
