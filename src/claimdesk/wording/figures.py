"""The numbers and times of two reported clauses: the same, others, or not to be told."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from claimdesk.analysis import Part, Subject, View
from claimdesk.model import DateRef, Outcome, Quantity
from claimdesk.numbers.compare import compare
from claimdesk.wording.clauses import Clause
from claimdesk.wording.restate import Content, fit, sense_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_EQUAL = frozenset(("EQUAL", "FORMAT_EQUAL", "UNIT_CONVERTED_OK"))
_LIMITS = ("minimum", "maximum", "limit", "ceiling", "floor", "threshold", "target")


class Agreement(Enum):
    """What comparing the numbers or times of two clauses came to."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


def compare_figures(subject: Subject, mine: Clause, part: Part, theirs: Clause) -> Agreement:
    """Whether the evidence's clause has every number of the claim's.

    OTHER only where each clause has one number and both cannot be right.
    """
    one = [q for q in subject.view.quantities if mine.span.contains(q.number)]
    other = [q for q in part.view.quantities if theirs.span.contains(q.number)]
    skip = [ref.span for ref in subject.view.dates]
    held = all(
        any(
            _same_value(q, o) and (q.unit != o.unit or _same_noun(subject.view, q, part.view, o))  # units are nouns too
            for o in other
        )
        for q in one
        if not q.soft
    )
    settled = [q.number for q in one if any(_same_value(q, o) for o in other)]
    bare = [norm for span, norm in mine.figures if not any(kept.contains(span) for kept in (*skip, *settled))]
    if held and all(norm in theirs.numbers for norm in bare):
        return Agreement.SAME
    if len(one) != 1 or len(other) != 1 or one[0].soft or other[0].soft or one[0].unit != other[0].unit:
        return Agreement.UNKNOWN
    if not _same_noun(subject.view, one[0], part.view, other[0]):
        return Agreement.UNKNOWN
    return Agreement.OTHER if _disjoint(one[0], other[0]) else Agreement.UNKNOWN


def _same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are one, as written or after a conversion: 26 km for 16 miles, 1 450 for 1,450."""
    if equal_quantity(one, other):
        return True
    relation = compare(one, other)
    return relation is not None and relation.outcome is Outcome.SUPPORTS and relation.label in _EQUAL


def equal_quantity(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are one number under one hedge and in one unit."""
    return (one.values, one.unit, one.hedge, one.low, one.high) == (
        other.values,
        other.unit,
        other.hedge,
        other.low,
        other.high,
    )


def unit_held(subject: Subject, term: Content, part: Part, theirs: Clause) -> bool:
    """Whether a unit stands in the evidence as another unit of the same value, in the same part of the clause."""
    for mine in subject.view.quantities:
        if not mine.span.contains(term.span) or mine.number.overlaps(term.span):
            continue
        for other in part.view.quantities:
            places = [found for found in theirs.terms if other.span.contains(found.span)]
            if _same_value(mine, other) and any(fit(term.role, found.role) for found in places):
                return True
    return False


def agreeing(subject: Subject, mine: Clause, part: Part, theirs: Clause) -> list[tuple[Quantity, Quantity]]:
    """The numbers in focus inside a clause, each with the same one of the evidence."""
    others = [q for q in part.view.quantities if theirs.span.overlaps(q.span)]
    ours = [q for q in subject.quantities if mine.span.contains(q.number)]
    return [(q, same) for q in ours if (same := next((o for o in others if equal_quantity(q, o)), None))]


def _disjoint(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers cannot both be right. "A minimum of 8%" names the limit itself, not all above it."""
    if one.hedge == other.hedge and all(q.text.lower().startswith(_LIMITS) for q in (one, other)):
        return one.values != other.values
    return _below(one, other) or _below(other, one)


def _below(one: Quantity, other: Quantity) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _same_noun(ours: View, mine: Quantity, theirs: View, other: Quantity) -> bool:
    """Whether two numbers count one thing, as far as both show a noun: 12 dead and 30 hurt is not 30 dead."""
    first, second = _noun(ours, mine), _noun(theirs, other)
    return first is None or second is None or sense_of(first) == sense_of(second)


def _noun(view: View, quantity: Quantity) -> Token | None:
    """The noun that a number stands before; percent, however it is written, is a unit and no noun."""
    tokens = view.analysis.parsed.tokens(quantity.number)
    if not len(tokens):
        return None
    root: Token = tokens.root
    if root.pos_ != "NUM" or root.dep_ != "nummod" or root.head.pos_ not in ("NOUN", "PROPN"):
        return None
    return root.head if root.head.lower_ not in ("%", "percent", "cent") else None


def compare_dates(subject: Subject, mine: Clause, part: Part, theirs: Clause) -> Agreement:
    """Whether the evidence's clause has every time of the claim's; OTHER only for two times of one kind."""
    ours = [ref for ref in subject.view.dates if mine.span.contains(ref.span)]
    others = [ref for ref in part.view.dates if theirs.span.contains(ref.span)]
    found = [_compare_date(ref, others) for ref in ours]
    if Agreement.OTHER in found and len(ours) == len(others) == 1:
        return Agreement.OTHER
    return Agreement.SAME if all(one is Agreement.SAME for one in found) else Agreement.UNKNOWN


def _compare_date(ref: DateRef, others: list[DateRef]) -> Agreement:
    results = {_times(ref, other) for other in others}
    if Agreement.SAME in results:
        return Agreement.SAME
    return Agreement.OTHER if results == {Agreement.OTHER} else Agreement.UNKNOWN


def _times(mine: DateRef, other: DateRef) -> Agreement:
    if mine.relation != other.relation or mine.problem or other.problem:
        return Agreement.UNKNOWN
    if mine.first is mine.last is None or other.first is other.last is None:
        return Agreement.SAME if mine.text.casefold() == other.text.casefold() else Agreement.UNKNOWN
    one, two = (mine.first, mine.last), (other.first, other.last)
    if one == two or (_inside(other, mine) and not mine.alternatives):
        return Agreement.SAME
    if mine.fuzzy or other.fuzzy or mine.grain != other.grain:
        return Agreement.UNKNOWN
    readings = [one, *mine.alternatives]
    theirs = [two, *other.alternatives]
    if any(first == second for first in readings for second in theirs):
        return Agreement.UNKNOWN
    if mine.relation == "in" and any(_meet(first, second) for first in readings for second in theirs):
        return Agreement.UNKNOWN
    return Agreement.OTHER


def _inside(narrow: DateRef, wide: DateRef) -> bool:
    """Whether the source's day lies in the claim's stretch: June 7 in early June."""
    if wide.relation != "in" or None in (wide.first, wide.last, narrow.first, narrow.last):
        return False
    return wide.first <= narrow.first and narrow.last <= wide.last  # type: ignore[operator]


def _meet(first: tuple[object, object], second: tuple[object, object]) -> bool:
    if None in (*first, *second):
        return True
    return first[0] <= second[1] and second[0] <= first[1]  # type: ignore[operator]
