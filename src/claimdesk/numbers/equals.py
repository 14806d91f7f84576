"""Wording that says of two groups that they are alike: "equally common in both groups" is a factor of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from claimdesk.analysis import View
from claimdesk.language.text import fold
from claimdesk.model import Form, Hedge, Quantity, Span
from claimdesk.numbers.bind import Bound, bind_one

_EQUALLY = re.compile(r"\b(?:equally|just as) (?=[a-z]{3,15} (?:in|among|for|on|at|between) )", re.IGNORECASE)
_GROUPS = re.compile(r"[^.;]{0,40}\b(?:both|all|the two|the three|either)(?: of the)? ([a-z]{3,20})", re.IGNORECASE)
_ONE = Decimal(1)


def equal_bounds(claim: Bound, view: View) -> Iterator[Bound]:
    """The factors of one that a passage states about the groups that a claim of a factor compares.

    "Side effects were twice as common in the vaccine group as in the placebo group": "Side effects were equally common
    in both groups." The groups must be named there, or be all of their kind: both groups, all regions.
    """
    if claim.quantity.form is not Form.MULTIPLE:
        return
    text = fold(view.text)
    for found in _EQUALLY.finditer(text):
        span = Span(found.start(), found.end() - 1).shift(view.span.start)
        factor = Quantity(
            span, span.of(view.analysis.parsed.text), span, _ONE, _ONE, False, False, (_ONE,), _ONE, None,
            Form.MULTIPLE, Hedge.NONE,
        )  # fmt: skip
        bound = bind_one(view, factor)
        groups = _GROUPS.match(text, found.end())
        whole = groups is not None and any(word.lemma == groups[1].lower().rstrip("s") for word in claim.core)
        if whole or all(word.meets(bound.near_means) for word in claim.core):
            yield bound
