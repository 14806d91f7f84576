"""Numbers in running text, as intervals of Decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from claimdesk.amount import Amount
from claimdesk.amounts import read_amounts
from claimdesk.counting import noun_after, rate_after
from claimdesk.hedges import hedge_after, hedge_before, is_particle, tidy, widen
from claimdesk.joins import join_amounts
from claimdesk.labels import find_labels, merge
from claimdesk.model import Form, Hedge, Quantity, Span
from claimdesk.text import fold

__all__ = ["find_quantities"]

_AGE_LEAD = re.compile(
    r"(?:\b(?P<aged>aged|ages|age|as young as|as old as)\s|\b(?P<of>the age of|the ages of"
    r"|age of)\s)(?:between |from )?$",
    re.IGNORECASE,
)
_NAME_LEAD = re.compile(r"(?:^|[\s(\"'—–-])(?:[A-Z][\w.'-]{0,20}[a-z]\.?|[IVX]{1,4}), $")
_PERSON_LEAD = re.compile(
    r"\b(?:man|woman|boy|girl|mother|father|son|daughter|brother|sister|wife|husband|widow|student|teacher"
    r"|driver|mayor|minister|"
    r"president|senator|governor|soldier|officer|actor|actress|singer|striker|midfielder|goalkeeper|defender"
    r"|pensioner|resident|"
    r"farmer|suspect|victim|doctor|nurse|lawyer|leader|chief|king|queen|prince|princess|teenager|player"
    r"|captain|coach), $"
)
_NOT_NAMES = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Yesterday|Today|However|Meanwhile|Overall|Instead"
    r"|Still|Now|Then|Here|But|And), $"
)
_PERSONS = re.compile(
    r"\b(?:people|person|men|women|children|kids|adults|anyone|everyone|those|prisoners|patients|players"
    r"|voters|workers|drivers|students|"
    r"residents|girls|boys|soldiers|citizens|americans|britons|conscripts|recruits|\w{3,}(?:ers|ors|ents"
    r"|ants))\b(?:\W+\w+){0,3}?\W*$",
    re.IGNORECASE,
)
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
        if _continues_ages(plain, amount, found):
            amount = replace(amount, unit=found[-1].unit, form=Form.AGE)
        quantity = _finish(text, plain, amount, floor)
        if amount.form is Form.AGE and amount.start < amount.number.start and plain[amount.start].isalpha():
            quantity = _age_group(plain, quantity)
        found.append(quantity)
        floor = quantity.span.end
    return tuple(found)


def _finish(text: str, plain: str, amount: Amount, floor: int) -> Quantity:
    """Bind hedge, age, rate and noun to an amount and turn it into a quantity."""
    start, end = amount.start, amount.end
    lead = plain[max(0, start - 40) : start]
    if amount.form in (Form.PLAIN, Form.RANGE, Form.DURATION) and (age := _AGE_LEAD.search(lead)):
        amount = replace(amount, unit="year" if amount.unit is None else amount.unit, form=Form.AGE)
        start -= len(lead) - age.start()
    elif amount.unit is None and amount.form is Form.PLAIN and _is_name_age(plain, amount, lead):
        amount = replace(amount, unit="year", form=Form.AGE)
    hedge, begin, words = Hedge.NONE, start, ""
    if amount.form is Form.RANGE and (between := _BETWEEN.search(plain[max(floor, start - 20) : start])):
        hedge, begin = Hedge.BETWEEN, start - len(between.group())
    elif amount.form is not Form.ZERO and (before := hedge_before(plain, start)) and before[1] >= floor:
        hedge, begin, words = before
    if is_particle(plain, begin, words):
        hedge, begin, words = Hedge.NONE, start, ""
    if words == "over" and amount.form is Form.DURATION and not _OVER_LENGTH.search(plain[max(0, begin - 10) : begin]):
        hedge, begin = Hedge.NONE, start
    noun = None
    if amount.unit is None and amount.form not in (Form.SCORE, Form.ODDS, Form.MULTIPLE, Form.AGE):
        single = amount.values[0] == 1 or amount.form in (Form.ORDINAL, Form.ZERO)
        ranked = _RANK.match(plain, end) if amount.form is Form.ORDINAL else None  # "third-largest city"
        of = _OF.match(plain, end) if amount.form is Form.VAGUE else None  # "millions of people"
        place = ranked or of
        noun = noun_after(plain, place.end() if place else end, single=single)
    elif amount.unit == "percent" and (of := _OF.match(plain, end)):
        noun = noun_after(plain, of.end(), single=True)
    if hedge in (Hedge.LESS_THAN, Hedge.MORE_THAN) and _is_bare_age(plain, amount, begin, words, noun):
        amount = replace(amount, unit="year", form=Form.AGE)
    if hedge is Hedge.NONE and not (amount.form is Form.AGE and amount.start < amount.number.start):
        for place in [amount.end, *([noun.end] if noun else ())]:
            if behind := hedge_after(plain, place):
                if _OF_AGE.search(plain[place : behind[1]]) and amount.unit is None:
                    amount = replace(amount, unit="year", form=Form.AGE)
                hedge, end = behind
                noun = noun or noun_after(plain, end)
                break
    per = None
    rate_at = max(end, noun.end if noun and noun.end - end < 60 else 0) if amount.form is not Form.AGE else None
    if rate_at is not None and (rate := rate_after(plain, end) or rate_after(plain, rate_at)):
        per, end = rate
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


def _continues_ages(text: str, amount: Amount, found: Sequence[Quantity]) -> bool:
    """Covers "aged seven and nine": the second bare number is an age too."""
    if (
        not found
        or amount.unit is not None
        or amount.form not in (Form.PLAIN, Form.RANGE)
        or found[-1].form is not Form.AGE
    ):
        return False
    listed = text[found[-1].span.end : amount.start] in (" and ", ", ", ", and ", " or ")
    return (
        listed
        and amount.values[0] < 120
        and noun_after(text, amount.end) is None
        and found[-1].number.end == found[-1].span.end
    )


def _age_group(text: str, quantity: Quantity) -> Quantity:
    """Covers "over-65s" are 65 and older, "under-18s" younger than 18."""
    value = quantity.values[0]
    if text[quantity.span.start].lower() == "o":
        return replace(quantity, low=value, high=None, hedge=Hedge.AT_LEAST)
    return replace(quantity, low=Decimal(0), high=value, high_open=True, hedge=Hedge.LESS_THAN)


def _is_name_age(text: str, amount: Amount, lead: str) -> bool:
    """Covers "Maria Lopez, 42, said": a number between commas behind a name is an age."""
    value = amount.values[0]
    between = text[amount.end : amount.end + 1] == "," and len(amount.values) == 1 and 1 <= value <= 115
    named = _NAME_LEAD.search(lead) and not _NOT_NAMES.search(lead)
    return bool(between and not amount.words and (named or _PERSON_LEAD.search(lead)))


def _is_bare_age(text: str, amount: Amount, begin: int, words: str, noun: Span | None) -> bool:
    """Covers "prisoners under 25", "were over 65": people below or above a bare number of years."""
    plain = (
        amount.unit is None
        and amount.form is Form.PLAIN
        and noun is None
        and words in ("under", "over", "above", "below")
    )
    if not plain or not 3 <= amount.values[0] <= 100 or amount.values[0] != amount.values[0].to_integral_value():
        return False
    lead = text[max(0, begin - 48) : begin]
    return bool(_PERSONS.search(lead[max(lead.rfind("."), lead.rfind(",")) + 1 :]))
