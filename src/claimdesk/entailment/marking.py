"""What the judge model reads: both texts with every number and date marked by how it compares with the other side.

Word pieces cannot compare 12,480 with 12,840, so the rules compare and the model reads the result. In the evidence a
value is followed by ``[=]`` where it agrees with the claim's nearest value of the same kind (hedges, bounds, rounding
and units resolved by the rules of the number and date checks), ``[<]`` or ``[>]`` where it is less or more, with ``≈``
in front where the rules leave it open. In the claim a value is followed by ``[=]`` where the evidence has a value that
agrees, ``[≈]`` where one is left open, ``[!]`` where all of its kind differ, and ``[?]`` where there is none. The
marks survive an uncased word-piece tokenizer, which strips the stroke of an unequal sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claimdesk.analysis import View
from claimdesk.days.days import compare as compare_days
from claimdesk.model import DateRef, Outcome, Quantity
from claimdesk.numbers.compare import compare, kind
from claimdesk.numbers.intervals import off

_MAX_VALUES = 60  # a table row of a hundred figures is marked as far as this

Value = Quantity | DateRef


@dataclass(frozen=True, slots=True)
class Mark:
    """How one value of the evidence compares with one of the claim.

    ``sign`` is ``=``, ``<``, ``>`` or empty; ``open`` says that the rules leave it undecided; ``distance`` is how far
    apart the two are, for choosing the nearest (0 where they agree).
    """

    sign: str
    open: bool
    distance: float

    def __str__(self) -> str:
        return " ".join(filter(None, ("≈" if self.open else "", self.sign)))


def mark_pair(claim: View, evidence: View) -> tuple[str, str]:
    """The claim and the evidence as the judge model reads them, in training and in use alike.

    >>> from claimdesk.analysis import analyze
    >>> mark_pair(analyze("More than 40 people died.").view(), analyze("It killed 54 people in 12 towns.").view())
    ('More than 40 [=] people died.', 'It killed 54 [=] people in 12 [<] towns.')
    """
    ours, theirs = values(claim), values(evidence)
    if not ours:
        return claim.text, evidence.text
    met: dict[int, list[Mark]] = {index: [] for index in range(len(ours))}
    notes: list[tuple[int, str]] = []
    for value in theirs:
        marks = [(index, mark) for index, mine in enumerate(ours) if (mark := relation(mine, value)) is not None]
        for index, mark in marks:
            met[index].append(mark)
        if marks:
            notes.append((value.span.end, str(min((mark for _, mark in marks), key=lambda mark: mark.distance))))
    told = [(mine.span.end, _summary(met[index])) for index, mine in enumerate(ours)]
    return _written(claim, told), _written(evidence, notes)


def value_marks(claim: View, evidence: Sequence[View]) -> list[str]:
    """For each value of the claim how the evidence stands to it: ``=``, ``≈``, ``!`` or ``?``, in order of place."""
    return [_summary(marks) for marks in _met(claim, evidence)]


def has_rival_value(claim: View, evidence: Sequence[View]) -> bool:
    """Whether the evidence has another value of the kind of one of the claim's: two dates, two shares, two sums."""
    return any(mark.sign != "=" for marks in _met(claim, evidence) for mark in marks)


def has_other_figure(claim: View, evidence: Sequence[View]) -> bool:
    """Whether the evidence has a number or a date of any kind that is none of the claim's, to which one may belong."""
    ours, theirs = values(claim), [value for view in evidence for value in values(view)]
    return any(not any(_are_equal(mine, value) for mine in ours) for value in theirs)


def _are_equal(claim: Value, evidence: Value) -> bool:
    mark = relation(claim, evidence)
    return mark is not None and mark.sign == "="


def _met(claim: View, evidence: Sequence[View]) -> list[list[Mark]]:
    theirs = [value for view in evidence for value in values(view)]
    return [[mark for value in theirs if (mark := relation(mine, value)) is not None] for mine in values(claim)]


def relation(claim: Value, evidence: Value) -> Mark | None:
    """How a value of the evidence compares with one of the claim; None for values of different kinds."""
    if isinstance(claim, DateRef) and isinstance(evidence, DateRef):
        return _of_days(claim, evidence)
    if isinstance(claim, Quantity) and isinstance(evidence, Quantity):
        return _of_quantities(claim, evidence)
    return None


def _of_quantities(claim: Quantity, evidence: Quantity) -> Mark | None:
    if kind(claim) != kind(evidence):
        return None
    found = compare(claim, evidence)
    if found is None:
        return None
    if found.outcome is Outcome.SUPPORTS:
        return Mark("=", False, 0.0)
    mine, theirs = _middle(claim), _middle(evidence)
    if mine is None or theirs is None:
        return Mark("", True, 1.0)
    apart = off(theirs, mine)
    sign = ">" if theirs > mine else "<" if theirs < mine else ""
    return Mark(sign, found.outcome is Outcome.SILENT or not sign, float(apart) + 1e-6)


def _of_days(claim: DateRef, evidence: DateRef) -> Mark | None:
    outcome, _ = compare_days(claim, evidence)
    if outcome is Outcome.SUPPORTS:
        return Mark("=", False, 0.0)
    mine, theirs = claim.first or claim.last, evidence.first or evidence.last
    if mine is None or theirs is None:
        return None if outcome is Outcome.SILENT else Mark("<", False, 2.0)
    sign = ">" if theirs > mine else "<" if theirs < mine else ""
    return Mark(sign, outcome is Outcome.SILENT or not sign, abs(theirs.toordinal() - mine.toordinal()) / 365 + 1e-6)


def _summary(marks: Sequence[Mark]) -> str:
    if any(mark.sign == "=" for mark in marks):
        return "="
    if any(mark.open for mark in marks):
        return "≈"
    return "!" if marks else "?"


def values(view: View) -> list[Value]:
    """The numbers and dates of a stretch in order of place, as far as a pair is marked."""
    found: list[Value] = [*view.quantities, *view.dates]
    return sorted(found, key=lambda value: value.span.end)[:_MAX_VALUES]


def _middle(quantity: Quantity) -> Decimal | None:
    """The value as written, the mean of a range; None for a word such as "dozens"."""
    return sum(quantity.values, Decimal(0)) / len(quantity.values) if quantity.values else None


def _written(view: View, notes: Sequence[tuple[int, str]]) -> str:
    text, start = view.analysis.parsed.text, view.span.start
    pieces = []
    for end, note in sorted(notes):
        pieces += [text[start:end], f" [{note}]"]
        start = end
    return "".join(pieces) + text[start : view.span.end]
