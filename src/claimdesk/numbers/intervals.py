"""Sets of values: which holds which, how far apart two are, and how a slip of the pen looks."""

from __future__ import annotations

from decimal import Decimal

from claimdesk.model import Hedge, Quantity

BOUNDS = frozenset([Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.LESS_THAN, Hedge.AT_MOST, Hedge.UP_TO])


def digit_slip(left: Decimal, right: Decimal) -> str:
    """What a slip of the pen would explain: two digits swapped, or one of at least three digits wrong; else "".

    >>> digit_slip(Decimal(1221), Decimal(1212))
    'two digits swapped'
    >>> digit_slip(Decimal(1812), Decimal(1212))
    'one digit differs'
    """
    one, two = (format(value.normalize(), "f").replace(".", "") for value in (left, right))
    if (
        len(one) != len(two)
        or len(one) < 2
        or format(left.normalize(), "f").find(".") != format(right.normalize(), "f").find(".")
    ):
        return ""
    apart = [index for index in range(len(one)) if one[index] != two[index]]
    if len(one) > 2 and len(apart) == 1 and (len(one.rstrip("0")) > 1 or len(two.rstrip("0")) > 1):
        return "one digit differs"
    if (
        len(apart) == 2
        and one[apart[0]] == two[apart[1]]
        and one[apart[1]] == two[apart[0]]
        and apart[1] - apart[0] <= 2
    ):
        return "two digits swapped"
    return ""


def round_to(value: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of ``step``; halves go up.

    >>> round_to(Decimal(1212), Decimal(100))
    Decimal('1200')
    """
    return (value / step + Decimal("0.5")).__floor__() * step if step else value


def plain(value: Decimal) -> str:
    """A number for reading: thousands separated, at most two decimals.

    >>> plain(Decimal("1212.000")), plain(Decimal("16.0934"))
    ('1,212', '16.09')
    """
    return (
        format(value.quantize(Decimal("0.01")), ",f").rstrip("0").rstrip(".")
        if abs(value) < Decimal(10) ** 20
        else str(value)
    )


def off(left: Decimal, right: Decimal) -> Decimal:
    """How far apart two values are, as a share of the second."""
    return abs(left - right) / abs(right) if right else (Decimal(0) if left == right else Decimal(1))


def inside(inner: Quantity, outer: Quantity) -> bool:
    """Whether every value of one quantity is a value of the other."""
    return _low_inside(inner, outer) and _high_inside(inner, outer)


def _low_inside(inner: Quantity, outer: Quantity) -> bool:
    if outer.low is None:
        return True
    if inner.low is None or inner.low < outer.low:
        return False
    return inner.low > outer.low or not outer.low_open or inner.low_open


def _high_inside(inner: Quantity, outer: Quantity) -> bool:
    if outer.high is None:
        return True
    if inner.high is None or inner.high > outer.high:
        return False
    return inner.high < outer.high or not outer.high_open or inner.high_open


def disjoint(left: Quantity, right: Quantity) -> bool:
    """Whether no value is shared."""
    return _below(left, right) or _below(right, left)


def _below(left: Quantity, right: Quantity) -> bool:
    if left.high is None or right.low is None:
        return False
    return left.high < right.low or (left.high == right.low and (left.high_open or right.low_open))


def same_set(left: Quantity, right: Quantity) -> bool:
    """Whether two hedged quantities allow the same values."""
    return left.hedge is not Hedge.NONE and inside(left, right) and inside(right, left)


def set_words(claim: Quantity) -> str:
    """The set that a wording allows, in words: "about 1,200: 1,150 to 1,250"."""
    if claim.low is None and claim.high is None:
        return ""
    if claim.low is None or (claim.low == 0 and claim.hedge in BOUNDS):
        return f"{claim.text}: {'below' if claim.high_open else 'at most'} {plain(claim.high or Decimal(0))}"
    if claim.high is None:
        return f"{claim.text}: {'above' if claim.low_open else 'at least'} {plain(claim.low)}"
    return f"{claim.text}: {plain(claim.low)} to {plain(claim.high)}"


def unit_slip(claim: Quantity, source: Quantity) -> bool:
    """Whether the ratio is a power of ten within 1%."""
    if len(claim.values) != 1 or len(source.values) != 1:
        return False
    small, big = sorted(abs(value) for value in (claim.values[0], source.values[0]))
    if small == 0:
        return False
    ratio = big / small
    power = Decimal(10) ** max(ratio.adjusted(), ratio.adjusted() + (ratio.scaleb(-ratio.adjusted()) > 5))
    return power > 1 and abs(ratio / power - 1) <= Decimal("0.01")


def written_digits(text: str) -> str:
    """A quantity's text with its percent sign and spaces made alike."""
    return "".join(text.casefold().replace("per cent", "%").replace("percent", "%").split())
