"""Two quantities of one slot as sets of values: which of them holds the other, and what that relation is called.

Nothing here knows what is counted; the caller has made sure that both sides count the same thing. The relation of
the claim's set C and the source's set S: S inside C supports, disjoint conflicts, anything else decides nothing
(domain rule: section 4.3, with its exceptions in order).
"""

from __future__ import annotations

from decimal import Decimal

from claimdesk.model import Form, Hedge, Outcome, Quantity
from claimdesk.numbers.intervals import (
    BOUNDS,
    digit_slip,
    disjoint,
    inside,
    off,
    plain,
    round_to,
    same_set,
    set_words,
    unit_slip,
    written_digits,
)
from claimdesk.numbers.measures import converted, middle, other_unit, same_measure
from claimdesk.numbers.relation import COARSE, ROUNDED, Relation
from claimdesk.quantities.units import dimension

_WIDTHS = {Hedge.ABOUT, Hedge.NEARLY, Hedge.JUST_UNDER, Hedge.JUST_OVER}
_SHARES = {Form.FRACTION, Form.RATIO}
_SIMPLE = tuple(
    sorted(
        {Decimal(100 * part) / base for base in range(2, 11) for part in (1, base - 1) if base < 6 or part == 1}
        | {40, 60, 90}
    )
)


def compare(claim: Quantity, source: Quantity, *, quoted: bool = False) -> Relation | None:
    """The relation of two quantities that fill the same slot; None when they are not comparable at all.

    ``quoted`` says that the claim's number stands in quotation marks, where no rounding is allowed.
    """
    if kind(claim) != kind(source):
        return _unlike(claim, source)
    if claim.form in (Form.SCORE, Form.ODDS):
        if claim.values == source.values:
            if claim.hedge not in (Hedge.NONE, source.hedge):
                return Relation(Outcome.SILENT, "BOUND_STRENGTHENED", f"the source says only {source.text}")
            return Relation(Outcome.SUPPORTS, "EQUAL")
        note = "the two sides are swapped" if claim.values == source.values[::-1] else ""
        return Relation(Outcome.CONFLICTS, "EXACT_CONFLICT", note)
    bare = claim.hedge in (Hedge.NONE, Hedge.EXACTLY) and len(claim.values) == len(source.values) == 1
    if claim.form is source.form is Form.MULTIPLE and bare:
        return _factor(claim, source)
    turned = converted(claim, source)
    if turned is None:
        return other_unit(claim, source)
    if claim.unit == source.unit:
        return _relation(claim, turned, quoted)
    words = f"{source.text} is {plain(middle(turned))} {claim.unit}"
    relation = _relation(claim, turned, quoted)
    if same_measure(claim, turned):
        return Relation(Outcome.SUPPORTS, "UNIT_CONVERTED_OK", words)
    if claim.hedge in BOUNDS and off(claim.values[0], middle(turned)) <= Decimal("0.01"):
        return Relation(Outcome.SILENT, "PRECISION_OVERCLAIM", "the converted figure is too close to the bound")
    if relation.outcome is Outcome.SUPPORTS:
        return Relation(Outcome.SUPPORTS, "UNIT_CONVERTED_OK", words)
    if relation.outcome is Outcome.CONFLICTS and claim.values == source.values:
        return Relation(Outcome.CONFLICTS, "UNIT_MISMATCH", words)
    return relation


def _factor(claim: Quantity, source: Quantity) -> Relation:
    """A bare "doubled" holds from 1.9 to 2.1."""
    apart = abs(source.values[0] - claim.values[0]) / claim.values[0] if claim.values[0] else Decimal(1)
    if apart <= Decimal("0.05"):
        return Relation(Outcome.SUPPORTS, "EQUAL")
    return Relation(Outcome.CONFLICTS, "EXACT_CONFLICT")


def kind(quantity: Quantity) -> str:
    """What sort of value it is; only equal kinds can be compared (shares and percentages are one kind).

    ``number`` for counts, else the dimension of the unit (``money``, ``length``, ``share`` ...) or the form.
    """
    if quantity.form in (Form.ORDINAL, Form.SCORE, Form.ODDS, Form.MULTIPLE, Form.AGE):
        return quantity.form.value
    if quantity.unit is None:
        return "number"
    if quantity.unit in ("percent", "pp"):
        return "share"
    found = dimension(quantity.unit) or quantity.unit
    return "money" if found.startswith("money") else found


def _unlike(claim: Quantity, source: Quantity) -> Relation | None:
    if {claim.form, source.form} == {Form.ORDINAL, Form.PLAIN} and claim.form is Form.ORDINAL:
        if claim.values == source.values:
            return Relation(
                Outcome.SUPPORTS,
                "ORDINAL_OK",
                f"The latest of {plain(source.values[0])} is number {plain(claim.values[0])}",
            )
    return None


def _relation(claim: Quantity, source: Quantity, quoted: bool) -> Relation:
    if is_zero(claim) or is_zero(source):
        return _with_zero(claim, source)
    if claim.soft or source.soft:
        return _soft(claim, source)
    if claim.values == source.values and claim.form is not Form.VAGUE and source.form is not Form.VAGUE:
        return _same_number(claim, source, quoted)
    if _is_point(claim):
        return _bare(claim, source, quoted)
    return _wide(claim, source)


def _with_zero(claim: Quantity, source: Quantity) -> Relation:
    if is_zero(claim) and is_zero(source):
        return Relation(Outcome.SUPPORTS, "EQUAL")
    if disjoint(claim, source):
        return Relation(Outcome.CONFLICTS, "ZERO_CONFLICT", "none is the number 0")
    return Relation(Outcome.SILENT, "PRECISION_OVERCLAIM", "the source leaves room for none and for some")


def _soft(claim: Quantity, source: Quantity) -> Relation:
    if claim.soft and not source.soft and inside(source, claim):
        return Relation(Outcome.SUPPORTS, "QUANTIFIER_OK")
    if claim.soft and source.soft and claim.low == source.low and claim.high == source.high:
        return Relation(Outcome.SUPPORTS, "EQUAL")
    return Relation(Outcome.SILENT, "QUANTIFIER_SOFT", "the word is too vague to decide")


def _same_number(claim: Quantity, source: Quantity, quoted: bool) -> Relation:
    """The same figure with or without its hedge (exceptions 1 and 2 of the rule)."""
    if (
        claim.hedge is source.hedge
        or {claim.hedge, source.hedge} in ({Hedge.NONE, Hedge.EXACTLY}, {Hedge.NONE, Hedge.BETWEEN})
        or same_set(claim, source)
    ):
        if claim.form in _SHARES and source.form not in _SHARES:
            return Relation(Outcome.SUPPORTS, "RATIO_OK", f"{claim.text} is {plain(claim.values[0])}%")
        if (
            {claim.hedge, source.hedge} == {Hedge.NONE, Hedge.EXACTLY}
            and claim.hedge is Hedge.EXACTLY
            and _rounded_source(source)
        ):
            return Relation(Outcome.SILENT, "PRECISION_OVERCLAIM", "the source gives a round figure")
        if claim.hedge in BOUNDS:
            return Relation(Outcome.SUPPORTS, "BOUND_OK")
        if claim.hedge is not source.hedge and Hedge.BETWEEN in (claim.hedge, source.hedge):
            return Relation(Outcome.SUPPORTS, "RANGE_OK", set_words(claim))
        equal = written_digits(claim.text) == written_digits(source.text)
        return Relation(Outcome.SUPPORTS, "EQUAL" if equal else "FORMAT_EQUAL")
    if claim.hedge in (Hedge.NONE, Hedge.EXACTLY):
        if source.hedge is Hedge.ABOUT and claim.hedge is Hedge.NONE and not quoted:
            return Relation(Outcome.SUPPORTS, "HEDGE_DROPPED", f"the source hedges it: {source.text}", flag=True)
        if source.hedge is Hedge.ABOUT or claim.hedge is Hedge.EXACTLY:
            return Relation(Outcome.SILENT, "PRECISION_OVERCLAIM", "the source hedges the figure")
        if source.hedge in _WIDTHS:
            return Relation(Outcome.SILENT, "HEDGE_DROPPED", f"the source hedges it: {source.text}", flag=True)
        return Relation(Outcome.SILENT, "BOUND_DROPPED", f"the source gives a bound: {source.text}", flag=True)
    return _wide(claim, source)


def _bare(claim: Quantity, source: Quantity, quoted: bool) -> Relation:
    """The claim states one figure without a hedge and the source states something else."""
    value = claim.values[0]
    if not _is_point(source):
        if inside(claim, source):
            return Relation(Outcome.SILENT, "PRECISION_OVERCLAIM", "the source gives no such exact figure")
        label = (
            "QUANTIFIER_CONFLICT" if source.form is Form.VAGUE else "BOUND_VIOLATED" if source.hedge in BOUNDS else ""
        )
        return _conflict(claim, source, label)
    other = source.values[0]
    if claim.form in _SHARES or source.form in _SHARES:
        return _shares(claim, source)
    if claim.hedge is Hedge.EXACTLY or quoted:
        return _conflict(claim, source, "EXACT_CONFLICT" if claim.hedge is Hedge.EXACTLY else "")
    apart = off(value, other)
    if claim.granule > source.granule and round_to(other, claim.granule) == value and apart <= COARSE:
        if apart <= ROUNDED and not _small_count(claim, source):
            return Relation(Outcome.SUPPORTS, "ROUNDED_UNHEDGED", f"rounded from {source.text}", flag=True)
        if apart <= ROUNDED or not _small_count(claim, source):
            return Relation(Outcome.SILENT, "ROUNDED_COARSE", f"rounded from {source.text}", flag=True)
    if (
        source.granule > claim.granule
        and round_to(value, source.granule) == other
        and apart <= COARSE
        and _rounded_source(source)
    ):
        return Relation(Outcome.SILENT, "PRECISION_OVERCLAIM", "the claim is more exact than the source")
    return _conflict(claim, source)


def _wide(claim: Quantity, source: Quantity) -> Relation:
    """The claim names a set: a hedge, a bound, a range, a vague word."""
    family, bad = _family(claim)
    if len(claim.values) == len(source.values) == 2 and family == "RANGE" and inside(source, claim):
        if len(set(claim.values) & set(source.values)) == 1 and claim.hedge is source.hedge:
            return Relation(Outcome.CONFLICTS, "RANGE_VIOLATED", f"one end of {source.text} is another")
        return Relation(Outcome.SILENT, "RANGE_WIDER", f"the claim's range reaches beyond {source.text}", flag=True)
    if inside(source, claim):
        return _inside_set(claim, source, family)
    if disjoint(claim, source):
        if family in ("HEDGE", "BOUND") and unit_slip(claim, source):
            return Relation(Outcome.CONFLICTS, "MAGNITUDE_SLIP", "the same digits at another scale")
        return Relation(Outcome.CONFLICTS, f"{family}_{bad}", set_words(claim))
    if _face_away(claim, source):
        return Relation(Outcome.CONFLICTS, "BOUND_VIOLATED", f"the source says {source.text}")
    if claim.hedge in BOUNDS and source.hedge in BOUNDS:
        return Relation(Outcome.SILENT, "BOUND_STRENGTHENED", f"the source says only {source.text}", flag=True)
    if source.hedge in BOUNDS:
        return Relation(Outcome.SILENT, "BOUND_DROPPED", f"the source gives a bound: {source.text}", flag=True)
    return Relation(Outcome.SILENT, "PRECISION_OVERCLAIM", "the source leaves more room than the claim")


def _face_away(claim: Quantity, source: Quantity) -> bool:
    """Whether one side bounds from below what the other bounds from above, and they share no more than the bound."""
    low, high = (claim, source) if claim.hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN) else (source, claim)
    if low.hedge not in (Hedge.AT_LEAST, Hedge.MORE_THAN) or low.low is None or high.high is None:
        return False
    return high.hedge in (Hedge.AT_MOST, Hedge.UP_TO, Hedge.LESS_THAN) and low.low >= high.high


def _inside_set(claim: Quantity, source: Quantity, family: str) -> Relation:
    value = claim.values[0] if claim.values else Decimal(0)
    if claim.hedge is Hedge.UP_TO and source.high is not None and source.high < value * (1 - COARSE):
        return Relation(
            Outcome.SILENT, "CEILING_LOOSE", f"no figure of the source comes near {plain(value)}", flag=True
        )
    if claim.hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST) and source.low is not None:
        if source.low - value > max(claim.granule, value / 2):
            return Relation(
                Outcome.SUPPORTS, "BOUND_WEAK", f"true, but {source.text} is far above {plain(value)}", flag=True
            )
    if claim.hedge in (Hedge.LESS_THAN, Hedge.AT_MOST) and source.high is not None and source.high < value / 2:
        return Relation(
            Outcome.SUPPORTS, "BOUND_WEAK", f"true, but {source.text} is far below {plain(value)}", flag=True
        )
    if claim.form in _SHARES and claim.hedge is Hedge.NONE:
        return Relation(Outcome.SUPPORTS, "RATIO_OK")
    return Relation(Outcome.SUPPORTS, f"{family}_OK", set_words(claim))


def _family(claim: Quantity) -> tuple[str, str]:
    if claim.form is Form.VAGUE:
        return "QUANTIFIER", "CONFLICT"
    if claim.hedge in BOUNDS:
        return "BOUND", "VIOLATED"
    if claim.hedge in _WIDTHS:
        return "HEDGE", "VIOLATED"
    if claim.form is Form.RANGE or claim.hedge is Hedge.BETWEEN or len(claim.values) == 2:
        return "RANGE", "VIOLATED"
    return "QUANTIFIER", "CONFLICT"


def _shares(claim: Quantity, source: Quantity) -> Relation:
    """A bare "one in five" holds for a percentage to which it is the nearest simple ratio, within 10%.

    One in five is not 28%, which is nearer to one in four; a third is 31.5%.
    """
    value, other = claim.values[0], source.values[0]
    if claim.of and source.of and claim.of[1] == source.of[1]:  # 8.9 out of 10 is not 8.8 out of 10
        return Relation(Outcome.CONFLICTS, "RATIO_CONFLICT", f"{source.text} is {plain(other)}%")
    if claim.form not in _SHARES:
        near = min({*_SIMPLE, other}, key=lambda ratio: abs(ratio - value))
        if near == other and off(value, other) <= COARSE:
            return Relation(Outcome.SILENT, "PRECISION_OVERCLAIM", "the source gives only a simple share")
        return Relation(Outcome.CONFLICTS, "RATIO_CONFLICT", f"{source.text} is {plain(other)}%")
    near = min({*_SIMPLE, value}, key=lambda ratio: abs(ratio - other))
    words = f"{claim.text} is {plain(value)}%"
    if near != value:
        return Relation(Outcome.CONFLICTS, "RATIO_CONFLICT", words)
    if off(value, other) <= COARSE:
        return Relation(Outcome.SUPPORTS, "RATIO_OK", words)
    return Relation(Outcome.SILENT, "ROUNDED_COARSE", words)


def _conflict(claim: Quantity, source: Quantity, label: str = "") -> Relation:
    if label in ("", "EXACT_CONFLICT") and _is_point(claim) and _is_point(source) and claim.hedge is not Hedge.EXACTLY:
        if unit_slip(claim, source):
            return Relation(Outcome.CONFLICTS, "MAGNITUDE_SLIP", "the same digits at another scale")
        if words := digit_slip(claim.values[0], source.values[0]):
            return Relation(Outcome.CONFLICTS, "DIGIT_SLIP", words)
    return Relation(Outcome.CONFLICTS, label or "EXACT_CONFLICT")


def is_zero(quantity: Quantity) -> bool:
    """Whether the value is none at all."""
    return quantity.form is Form.ZERO or (quantity.low == 0 and quantity.high == 0)


def _is_point(quantity: Quantity) -> bool:
    return (
        len(quantity.values) == 1
        and quantity.hedge in (Hedge.NONE, Hedge.EXACTLY)
        and quantity.form not in (Form.VAGUE, Form.RANGE, Form.ZERO)
    )


def _rounded_source(source: Quantity) -> bool:
    """A round number in the thousands, or in scale words, can stand for its neighbors; 40 homes cannot."""
    return source.values[0] >= 1000 and source.granule >= 100 or source.granule < 1


def _small_count(claim: Quantity, source: Quantity) -> bool:
    return claim.unit is None and max(claim.values[0], source.values[0]) < 100
