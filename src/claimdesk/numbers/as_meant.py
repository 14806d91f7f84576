"""A quantity as its surroundings mean it: a verb's "over", a set minimum, the years of an age."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from claimdesk.analysis import Analysis
from claimdesk.language.text import fold
from claimdesk.model import Form, Hedge, Quantity, Span

_PARTICLE = re.compile(r"\b(?:hand|turn|sign|bring|brought|carr|pass)(?:ed|s|ing|ied|ies|y)? $")
_ENOUGH = re.compile(
    r"\b(?P<only>only |just |barely )?(?:enough|sufficient|suffices?)\b[^.;:]{0,40}?\b(?:to [a-z]+|for) $",
    re.IGNORECASE,
)
_NO_MORE = re.compile(r"[^.;:]{0,60}?,? (?:and |but )?(?:not|no) (?:more|further)\b(?! than)", re.IGNORECASE)
_SET = re.compile(r"\b(?:(?:the|its|their|this|our) (?:\w+ )?|recommended |required |legal |statutory |permitted )$")


def as_meant(analysis: Analysis, quantity: Quantity) -> Quantity:
    """The quantity without what only looks like its hedge, and with the form that the words in front give it."""
    return _limited(analysis, _aged(analysis, _set_minimum(analysis, _without_particle(analysis, quantity))))


def is_limit(analysis: Analysis, quantity: Quantity) -> bool:
    """Whether a number is what something is enough for at most: "enough to replace 1,150 lights, not more"."""
    text = fold(analysis.parsed.text)
    enough = _ENOUGH.search(text[max(0, quantity.span.start - 60) : quantity.span.start])
    if enough is None or len(quantity.values) != 1 or quantity.hedge not in (Hedge.NONE, Hedge.AT_MOST):
        return False
    return bool(enough["only"] or _NO_MORE.match(text[quantity.span.end : quantity.span.end + 80]))


def _limited(analysis: Analysis, quantity: Quantity) -> Quantity:
    """What is enough for so many and no more bounds them from above."""
    if not is_limit(analysis, quantity):
        return quantity
    return replace(quantity, low=Decimal(0), high=quantity.values[0], hedge=Hedge.AT_MOST)


def _without_particle(analysis: Analysis, quantity: Quantity) -> Quantity:
    """The "over" of "handed over 1,000" belongs to the verb and bounds nothing."""
    if quantity.hedge is not Hedge.MORE_THAN or not quantity.text.casefold().startswith("over "):
        return quantity
    before = analysis.parsed.text[max(0, quantity.span.start - 12) : quantity.span.start].casefold()
    if not _PARTICLE.search(before) or len(quantity.values) != 1:
        return quantity
    value, start = quantity.values[0], quantity.number.start
    return replace(
        quantity, span=Span(start, quantity.span.end), text=analysis.parsed.text[start : quantity.span.end],
        low=value, high=value, low_open=False, high_open=False, hedge=Hedge.NONE,
    )  # fmt: skip


def _aged(analysis: Analysis, quantity: Quantity) -> Quantity:
    """The years of "adults aged 18 to 64 years" are an age."""
    if quantity.unit != "year" or quantity.form is Form.AGE:
        return quantity
    before = analysis.parsed.text[max(0, quantity.span.start - 12) : quantity.span.start].casefold()
    return replace(quantity, form=Form.AGE) if before.endswith(("aged ", "ages ", "aged from ")) else quantity


def _set_minimum(analysis: Analysis, quantity: Quantity) -> Quantity:
    """The recommended minimum of 8% is 8%, no more and no less; a minimum of 8 people are at least 8."""
    if quantity.hedge not in (Hedge.AT_LEAST, Hedge.AT_MOST) or len(quantity.values) != 1:
        return quantity
    before = analysis.parsed.text[max(0, quantity.span.start - 40) : quantity.span.start].casefold()
    if not quantity.text.casefold().startswith(("minimum of", "maximum of")) or not _SET.search(before):
        return quantity
    value = quantity.values[0]
    return replace(quantity, low=value, high=value, low_open=False, high_open=False, hedge=Hedge.NONE)
