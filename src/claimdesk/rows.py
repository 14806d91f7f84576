"""Table rows that arrive as text ("Region: North; Jobs: 1,212"): each cell with its header and its row label."""

from __future__ import annotations

import re
from dataclasses import replace

from claimdesk.analysis import View
from claimdesk.bind import Bound
from claimdesk.concepts import item_of, meanings, tables
from claimdesk.model import Form, Quantity, Span
from claimdesk.terms import Term
from claimdesk.text import fold, words

_CELL = re.compile(r"([^:;\n]{1,80}):[ ]*([^;\n]{0,200})(?:;|\n|$)")
_UNITS = re.compile(r"\(([^()]{1,30})\)")
_SMALL = frozenset(["of", "the", "a", "an", "in", "on", "at", "by", "for", "to", "and", "or", "no", "number", "total"])
_CHANGE = re.compile(r"\b(?:change|growth|increase|difference|\+/-)\b", re.IGNORECASE)


def row_bounds(view: View) -> tuple[Bound, ...]:
    """The quantities of a row, each bound to its header and to the row's label; empty for prose.

    A row is at least two cells ``header: value`` and nothing else. Every word of the header and of the label
    stands in the slot's words, so a claim must name them to match.
    """
    text = fold(view.text)
    cells = [(Span(*cell.span(1)), Span(*cell.span(2))) for cell in _CELL.finditer(text)]
    covered = sum(len(header) + len(value) for header, value in cells)
    if (
        len(cells) < 2
        or text.count(";") < len(cells) - 1
        or covered < 0.8 * len(text.replace("; ", "").replace(": ", ""))
    ):
        return ()
    start = view.span.start
    numbers = {
        quantity: (header, value)
        for header, value in cells
        for quantity in view.quantities
        if value.shift(start).contains(quantity.span) and _only(text, value, quantity, start)
    }
    labels = [value.shift(start) for header, value in cells if not any(value == held for _, held in numbers.values())]
    scope = tuple(term for label in labels for term in _terms(view, label))
    return tuple(
        _cell(view, quantity, header.shift(start), scope, text[header.start : header.end])
        for quantity, (header, _) in numbers.items()
    )


def _only(text: str, value: Span, quantity: Quantity, start: int) -> bool:
    """Whether the cell holds the number and hardly anything else."""
    return len(value.of(text).strip()) - len(quantity.span) <= 12


def _terms(view: View, span: Span) -> tuple[Term, ...]:
    """The words of a header or label in their singular; grammar says little about words outside a sentence."""
    found = []
    for word in words(view.analysis.parsed.text, span):
        if not any(char.isalpha() for char in word.norm) or word.norm in _SMALL:
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


def _cell(view: View, quantity: Quantity, header: Span, scope: tuple[Term, ...], name: str) -> Bound:
    terms = _terms(view, header)
    change = bool(_CHANGE.search(name))
    terms = tuple(term for term in terms if term.lemma not in tables().direction and term.lemma != "change")
    sign = fold(view.analysis.parsed.text)[max(0, quantity.span.start - 1) : quantity.span.start]
    negative = sign == "-" or quantity.text.startswith(("-", "−")) or (quantity.values[:1] and quantity.values[0] < 0)
    quantity = _in_unit(quantity, name, bool(negative))
    counted = quantity.unit is None
    item = next((term for term in reversed(terms)), None) if counted and not change else None
    return Bound(
        quantity, view, view.span,
        item=item_of(item.lemma) if item else "",
        item_terms=(item,) if item else (),
        topic=(*scope, *(() if item else terms)),
        modifiers=tuple(term for term in terms if term is not item) if item else (),
        core=(*terms, *scope), near=(*terms, *scope),
        direction=("down" if negative else "up") if change else "",
        role="by" if change else "",
    )  # fmt: skip


def _in_unit(quantity: Quantity, header: str, negative: bool) -> Quantity:
    """The value in the unit that the header names: (%)."""
    found = _UNITS.search(header)
    unit = found.group(1).strip().casefold() if found else ""
    if quantity.unit is None and (unit in ("%", "percent", "per cent") or header.rstrip().endswith("%")):
        quantity = replace(quantity, unit="percent", form=Form.PERCENT)
    if negative and quantity.values[:1] and quantity.values[0] < 0:
        values = tuple(-value for value in quantity.values)
        low = None if quantity.high is None else -quantity.high
        high = None if quantity.low is None else -quantity.low
        quantity = replace(quantity, values=values, low=low, high=high)
    return quantity
