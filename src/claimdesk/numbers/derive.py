"""Values that a passage does not write but that follow from it by one step of arithmetic.

Allowed are exactly: sum of joined parts, difference, percent change, factor, share, share of a base, duration between
two dates, and each x n (domain rule: section 4.5). Arithmetic trees are never searched: with six numbers in a passage
some combination hits by chance. A computed value takes the slots of its inputs, so it passes the same slot check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, permutations

from claimdesk.language.concepts import tables
from claimdesk.language.denying import has_denial
from claimdesk.model import DateRef, Form, Hedge, Quantity
from claimdesk.numbers.bind import Bound
from claimdesk.numbers.intervals import plain
from claimdesk.numbers.levels import is_whole_of, level_pairs

_DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal("30.44"), "year": Decimal("365.25")}
_MANY = 60  # a passage of more numbers is a table; steps between them would hit by chance
_PARTS = 4  # figures of one kind in a passage, of which a sum or a difference may tell something
_GAINED, _LOST = frozenset(["add"]), frozenset(["lose", "cut"])


@dataclass(frozen=True)
class Computed:
    """A computed value in the slots of its inputs, its arithmetic in writing, and whether it is exact."""

    bound: Bound
    arithmetic: str
    exact: bool


def derive(sources: Sequence[Bound]) -> Iterator[Computed]:
    """Everything that one step of arithmetic yields from the quantities of one passage."""
    usable = [bound for bound in sources if not (bound.withdrawn or bound.unread) and bound.quantity.values]
    if len(usable) > _MANY:
        return
    for start, end in (*_pairs(usable), *level_pairs(usable)):
        yield from _changes(start, end)
    yield from _sums(usable)
    yield from _of_bases(usable)
    yield from _each(usable)


def _pairs(bounds: Sequence[Bound]) -> Iterator[tuple[Bound, Bound]]:
    """From and to of one change: both of one sentence and one unit."""
    for start in bounds:
        if start.role != "from":
            continue
        ends = [
            end
            for end in bounds
            if end.sentence == start.sentence
            and end.role in ("to", "")
            and end is not start
            and not end.base
            and end.quantity.unit == start.quantity.unit
            and end.quantity.form is start.quantity.form
            and (end.item == start.item or not (end.item and start.item))
        ]
        marked = [end for end in ends if end.role == "to"]
        chosen = marked or ends
        if len(chosen) == 1 and _single(start.quantity) and _single(chosen[0].quantity):
            yield start, chosen[0]


def _changes(start: Bound, end: Bound) -> Iterator[Computed]:
    low, high = start.quantity.values[0], end.quantity.values[0]
    exact = _exact(start) and _exact(end)
    way = "up" if high > low else "down" if high < low else ""
    step = abs(high - low)
    slots = replace(end, role="by", direction=way, times=(*start.times, *end.times))
    unit = "pp" if end.quantity.unit == "percent" else end.quantity.unit
    gap = computed(end.quantity, step, unit, Form.POINTS if unit == "pp" else Form.PLAIN, hedged=not exact)
    words = f"{plain(max(low, high))} - {plain(min(low, high))} = {plain(step)}"
    yield Computed(replace(slots, quantity=gap), words, exact)
    event = _GAINED if way == "up" else _LOST
    yield Computed(
        replace(slots, quantity=gap, role="", direction="", main=event, events=end.events | event, topic=()),
        words,
        exact,
    )
    if low > 0:
        share = step / low * 100
        slots = replace(slots, item="", item_terms=(), modifiers=())
        percent = computed(end.quantity, share, "percent", Form.PERCENT, hedged=not exact)
        words = f"({plain(high)} - {plain(low)}) / {plain(low)} = {plain(share)}%"
        yield Computed(replace(slots, quantity=percent), words, exact)
        factor = computed(end.quantity, high / low, None, Form.MULTIPLE, hedged=not exact)
        words = f"{plain(high)} / {plain(low)} = {plain(high / low)}"
        yield Computed(replace(slots, quantity=factor, role="by"), words, exact)
        yield Computed(replace(slots, quantity=factor, role=""), words, exact)


def _sums(bounds: Sequence[Bound]) -> Iterator[Computed]:
    """Disjoint parts of one verb: 22 adults and 15 children were hurt, so 37 people were."""
    groups: dict[tuple[int, int], list[Bound]] = {}
    for bound in bounds:
        if (
            bound.item
            and bound.quantity.unit is None
            and not (bound.base or bound.subset or bound.role)
            and _single(bound.quantity)
        ):
            groups.setdefault((bound.sentence.start, bound.verb), []).append(bound)
    for parts in groups.values():
        if not 2 <= len(parts) <= 4 or len({part.item for part in parts}) != len(parts):
            continue
        common = frozenset.intersection(*(tables().kinds.get(part.item, frozenset()) for part in parts))
        total = sum((part.quantity.values[0] for part in parts), Decimal(0))
        exact = all(_exact(part) for part in parts)
        words = " + ".join(plain(part.quantity.values[0]) for part in parts) + f" = {plain(total)}"
        own = {each for part in parts for each in part.item_terms}
        core = tuple(each for part in parts for each in part.core if each not in own)
        for broad in sorted(common):
            value = computed(parts[0].quantity, total, None, Form.PLAIN, hedged=not exact)
            slots = replace(
                parts[0], quantity=value, item=broad, item_terms=(), modifiers=(), core=core, siblings=(), statistic=""
            )
            yield Computed(slots, words, exact)


def _of_bases(bounds: Sequence[Bound]) -> Iterator[Computed]:
    """27 of the 180 are 15%; about 15% of 6,000 are about 900."""
    for base in bounds:
        if (
            not (base.base or any(is_whole_of(base, part) for part in bounds if part.sentence == base.sentence))
            or not _single(base.quantity)
            or base.quantity.values[0] <= 0
            or base.quantity.unit is not None
        ):
            continue
        whole = base.quantity.values[0]
        for part in bounds:
            if part is base or part.base or part.sentence != base.sentence or not _single(part.quantity):
                continue
            if not (base.base or is_whole_of(base, part)):
                continue
            value = part.quantity.values[0]
            exact = _exact(part) and _exact(base)
            if part.quantity.unit is None and part.quantity.form is Form.PLAIN and value <= whole:
                share = computed(part.quantity, value / whole * 100, "percent", Form.PERCENT, hedged=not exact)
                words = f"{plain(value)} / {plain(whole)} = {plain(value / whole * 100)}%"
                yield Computed(
                    replace(part, quantity=share, item=base.item or part.item, item_terms=base.item_terms), words, exact
                )
            elif part.quantity.unit == "percent":
                count = computed(part.quantity, value * whole / 100, None, Form.PLAIN, hedged=not exact)
                words = f"{plain(value)}% of {plain(whole)} = {plain(value * whole / 100)}"
                slots = replace(
                    part,
                    quantity=count,
                    item=base.item,
                    item_terms=base.item_terms,
                    modifiers=base.modifiers,
                    part_of=True,
                    topic=(),
                )
                yield Computed(slots, words, exact)


def _each(bounds: Sequence[Bound]) -> Iterator[Computed]:
    """Each side 1,000 makes 2,000 in all; only two sides are known without being counted."""
    for bound in bounds:
        if (
            bound.statistic == "each"
            and _single(bound.quantity)
            and any(each.lemma in ("side", "both") for each in bound.near)
        ):
            value = bound.quantity.values[0]
            total = computed(
                bound.quantity, value * 2, bound.quantity.unit, bound.quantity.form, hedged=not _exact(bound)
            )
            yield Computed(
                replace(bound, quantity=total, statistic="total"),
                f"2 x {plain(value)} = {plain(value * 2)}",
                _exact(bound),
            )


def may_follow(claim: Bound, sources: Sequence[Bound]) -> str:
    """The arithmetic that gives the claim's count from other counts of the same thing; "" where none does.

    The sum or the difference of two of them, or the sum of all: who had 9 coins and got 7 may have 16; or what is left
    of a whole, where one side denies: of 35 towns 22 have no power, 13 may have it. It shows no more than that another
    count is no contradiction. Measures, shares and sums of money are left out, for a chance sum of those is no rare
    thing, and so are the ends of a change and what another named person did.
    """
    if not _is_count(claim) or not claim.item:
        return ""
    counts = [
        bound
        for bound in sources
        if _is_count(bound)
        and bound.item in (claim.item, "")
        and bound.role not in ("from", "to")
        and not (bound.withdrawn or bound.unread or _is_of_another(claim, bound))
    ]
    value = claim.quantity.values[0]
    for whole, part in permutations(counts if len(counts) <= _MANY else (), 2):
        left = whole.quantity.values[0] - part.quantity.values[0]
        apart = whole.base and not part.base and whole.sentence == part.sentence
        if apart and left == value and has_denial(part.told) != has_denial(claim.told):
            return f"{plain(whole.quantity.values[0])} - {plain(part.quantity.values[0])} = {plain(value)}"
    alike = {bound.quantity.values[0] for bound in counts if not bound.base}
    if not 2 <= len(alike) <= _PARTS or value in alike:
        return ""
    falling = sorted(alike, reverse=True)
    for one, two in combinations(falling, 2):
        for sign, result in (("+", one + two), ("-", one - two)):
            if result == value:
                return f"{plain(one)} {sign} {plain(two)} = {plain(value)}"
    return f"{' + '.join(map(plain, falling))} = {plain(value)}" if sum(falling) == value else ""


def _is_count(bound: Bound) -> bool:
    """Whether a number counts things, and one number of them exactly."""
    quantity = bound.quantity
    return quantity.unit is None and quantity.form is Form.PLAIN and _single(quantity) and _exact(bound)


def _is_of_another(claim: Bound, source: Bound) -> bool:
    """Whether both tell what somebody did, by name, and not the same one; what was done for the claim's one counts."""
    ours, theirs = claim.actor, source.actor
    if ours is None or theirs is None or not (ours.name and theirs.name) or ours.meets(theirs.means):
        return False
    return source.recipient is None or not ours.meets(source.recipient.means)


def duration(claim: Quantity, dates: Sequence[DateRef]) -> tuple[Decimal, str, bool] | None:
    """The time between two dates in the claim's unit: the number, the arithmetic, and whether it agrees within 10%.

    None when the unit is no calendar unit or the passage does not hold exactly one stretch of time.
    """
    days = _DAYS.get(claim.unit or "")
    stretch = _stretch(dates)
    if days is None or stretch is None or len(claim.values) != 1 or claim.values[0] <= 0:
        return None
    value = Decimal(stretch) / days
    words = f"{stretch} days are {plain(value)} {claim.unit}s"
    return (
        value,
        words,
        abs(value - claim.values[0])
        <= max(claim.values[0] / 10, Decimal(1) / days if claim.unit != "day" else Decimal(1)),
    )


def _stretch(dates: Sequence[DateRef]) -> int | None:
    known = [ref for ref in dates if ref.first is not None and ref.last is not None]
    if len(known) == 2 and all(ref.grain == "day" for ref in known) and not any(ref.fuzzy for ref in known):
        first, second = known[0].first, known[1].first
        assert first is not None and second is not None
        return (second - first).days if second > first else None
    if len(known) == 1 and known[0].grain == "day" and known[0].first != known[0].last:
        first, second = known[0].first, known[0].last
        assert first is not None and second is not None
        return (second - first).days
    return None


def computed(like: Quantity, value: Decimal, unit: str | None, form: Form, *, hedged: bool) -> Quantity:
    """A computed quantity that stands where ``like`` stands; a hedged one spans 10% either way."""
    whole = value == value.to_integral_value()
    value = value.to_integral_value() if whole else value.quantize(Decimal("0.01"))
    low, high = (value * Decimal("0.9"), value * Decimal("1.1")) if hedged else (value, value)
    fine = unit == "percent" or form is Form.MULTIPLE
    return replace(
        like,
        low=low,
        high=high,
        low_open=False,
        high_open=False,
        values=(value,),
        granule=Decimal("0.01") if fine else Decimal(1),
        unit=unit,
        form=form,
        hedge=Hedge.ABOUT if hedged else Hedge.NONE,
        of=None,
        soft=False,
    )


def _single(quantity: Quantity) -> bool:
    return len(quantity.values) == 1 and not quantity.soft and quantity.form not in (Form.VAGUE, Form.RANGE, Form.ZERO)


def _exact(bound: Bound) -> bool:
    return bound.quantity.hedge in (Hedge.NONE, Hedge.EXACTLY)
