"""Numbers in running text, as intervals of Decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from claimdesk.language.text import fold
from claimdesk.model import Form, Hedge, Quantity, Span
from claimdesk.quantities.ages import bind_age, continues_ages, is_age_group, is_bare_age, read_age_group
from claimdesk.quantities.amount import Amount
from claimdesk.quantities.amounts import read_amounts
from claimdesk.quantities.counting import noun_after, rate_after
from claimdesk.quantities.hedges import hedge_after, hedge_before, is_particle, tidy, widen
from claimdesk.quantities.joins import join_amounts
from claimdesk.quantities.labels import find_labels, merge

__all__ = ["find_quantities"]

_OVER_LENGTH = re.compile(
    r"\b(?:for|took|takes|taken|lasted|lasting|lasts|after|in|of|was|is|were|spent|just|well|within|jailed"
    r"|with|at|by|waited|waits|served)\s$"
)
_OF = re.compile(r" of(?: the| all| its| their| his| her)?(?= )")
_RANK = re.compile(r"-[a-z]{2,12}(?= )")
_OF_AGE = re.compile(r"(?:older|younger)$")
_BETWEEN = re.compile(r"\b(?:anywhere )?between\s$", re.IGNORECASE)
_CAPPED = (Form.FRACTION, Form.RATIO)


def find_quantities(text: str, skip: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """Every quantity of a text in order; nothing inside a ``skip`` span (dates) counts.

    Conventions: "6 feet 2 inches" is one quantity in the first unit; "from 8% to 10%" are two, "8% to 10%" is a range;
    "one of the 12" counts one; "over three years" is a length unless a verb of lasting leads ("for over three years");
    a score keeps both numbers in ``values`` and its interval is the first one; the value of odds is their quotient.

    >>> [(str(q.low), str(q.high), q.unit) for q in find_quantities("About 15% of 1,212 bodies")]
    [('13.5', '16.5', 'percent'), ('1212', '1212', None)]
    """
    plain = fold(text)
    barred = merge(sorted([*find_labels(plain), *skip]))
    amounts = list(read_amounts(plain, barred))
    found: list[Quantity] = []
    floor = 0
    for amount in join_amounts(plain, amounts):
        if amount.start < floor:
            continue
        if continues_ages(plain, amount, found):
            amount = replace(amount, unit=found[-1].unit, form=Form.AGE)
        quantity = _finish(text, plain, amount, floor)
        if is_age_group(plain, amount):
            quantity = read_age_group(plain, quantity)
        found.append(quantity)
        floor = quantity.span.end
    return tuple(found)


def _finish(text: str, plain: str, amount: Amount, floor: int) -> Quantity:
    """Bind hedge, age, rate and noun to an amount and turn it into a quantity."""
    amount, start = bind_age(plain, amount)
    hedge, begin, words = _hedge_in_front(plain, amount, start, floor)
    noun, end = _counted(plain, amount), amount.end
    if hedge in (Hedge.LESS_THAN, Hedge.MORE_THAN) and is_bare_age(plain, amount, begin, words, noun):
        amount = replace(amount, unit="year", form=Form.AGE)
    if hedge is Hedge.NONE and not is_age_group(plain, amount):
        for place in [end, *([noun.end] if noun else ())]:
            if behind := hedge_after(plain, place):
                if _OF_AGE.search(plain[place : behind[1]]) and amount.unit is None:
                    amount = replace(amount, unit="year", form=Form.AGE)
                hedge, end = behind
                noun = noun or noun_after(plain, end)
                break
    per = None
    if amount.form is not Form.AGE:
        rate = rate_after(plain, end) or (rate_after(plain, noun.end) if noun and noun.end > end else None)
        per, end = rate or (None, end)
    low, high, low_open, high_open = _ends(amount, hedge)
    low, high = _tidy_end(low), _tidy_end(high)
    return Quantity(
        span=Span(begin, end),
        text=text[begin:end],
        number=amount.number,
        low=low,
        high=high,
        low_open=low_open,
        high_open=high_open,
        values=tuple(tidy(value) for value in amount.values),
        granule=tidy(amount.granule),
        unit=amount.unit,
        form=amount.form,
        hedge=hedge,
        of=amount.of,
        per=per,
        soft=amount.soft,
        noun=noun,
    )


def _tidy_end(value: Decimal | None) -> Decimal | None:
    return None if value is None else tidy(value)


def _ends(amount: Amount, hedge: Hedge) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    if hedge in (Hedge.NONE, Hedge.EXACTLY, Hedge.BETWEEN) or amount.form in (Form.SCORE, Form.ODDS, Form.ZERO):
        return amount.low, amount.high, amount.low_open, False
    low, high, low_open, high_open = widen(
        amount.low, amount.high, hedge, amount.granule, "x" if amount.form is Form.MULTIPLE else amount.unit
    )
    if amount.form in _CAPPED and high is None:
        high = Decimal(100)
    return low, high, low_open or (amount.low_open and low == amount.low), high_open


def _hedge_in_front(plain: str, amount: Amount, start: int, floor: int) -> tuple[Hedge, int, str]:
    """The hedge in front of an amount, where it begins, and its words; nothing before ``floor`` is taken."""
    none = (Hedge.NONE, start, "")
    if amount.form is Form.RANGE and (between := _BETWEEN.search(plain[max(floor, start - 20) : start])):
        return Hedge.BETWEEN, start - len(between.group()), "between"
    found = hedge_before(plain, start) if amount.form is not Form.ZERO else None
    if found is None or found[1] < floor or is_particle(plain, found[1], found[2]):
        return none
    _, begin, words = found
    if words == "over" and amount.form is Form.DURATION and not _OVER_LENGTH.search(plain[max(0, begin - 10) : begin]):
        return none
    return found[0], begin, words


def _counted(plain: str, amount: Amount) -> Span | None:
    """The noun behind a count, a share ("60% of voters"), an ordinal ("third-largest city") or a vague word."""
    if amount.unit == "percent":
        of = _OF.match(plain, amount.end)
        return noun_after(plain, of.end(), single=True) if of else None
    if amount.unit is not None or amount.form in (Form.SCORE, Form.ODDS, Form.MULTIPLE, Form.AGE):
        return None
    joint = {Form.ORDINAL: _RANK, Form.VAGUE: _OF}.get(amount.form)
    between = joint.match(plain, amount.end) if joint else None
    single = amount.values[0] == 1 or amount.form in (Form.ORDINAL, Form.ZERO)
    return noun_after(plain, between.end() if between else amount.end, single=single)
