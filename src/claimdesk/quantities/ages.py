"""Numbers that are somebody's age: "aged 27", "Maria Lopez, 42," and "prisoners under 25"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from claimdesk.model import Form, Hedge, Quantity, Span
from claimdesk.quantities.amount import Amount
from claimdesk.quantities.counting import noun_after
from claimdesk.quantities.units import dimension

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


def bind_age(text: str, amount: Amount) -> tuple[Amount, int]:
    """The amount as an age where the words in front say so, and where it begins with those words.

    >>> from claimdesk.quantities.amounts import read_amounts
    >>> text = "a man aged 27"
    >>> amount, start = bind_age(text, next(read_amounts(text)))
    >>> amount.unit, text[start:]
    ('year', 'aged 27')
    """
    start = amount.start
    lead = text[max(0, start - 40) : start]
    timed = amount.unit is None or dimension(amount.unit) == "time"
    if timed and amount.form in (Form.PLAIN, Form.RANGE, Form.DURATION) and (age := _AGE_LEAD.search(lead)):
        return replace(amount, unit=amount.unit or "year", form=Form.AGE), start - len(lead) + age.start()
    if amount.unit is None and amount.form is Form.PLAIN and _is_name_age(text, amount, lead):
        return replace(amount, unit="year", form=Form.AGE), start
    return amount, start


def continues_ages(text: str, amount: Amount, found: Sequence[Quantity]) -> bool:
    """Whether a bare number goes on a list of ages: "aged seven and nine"."""
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


def is_age_group(text: str, amount: Amount) -> bool:
    """Whether an amount is written as a group of ages: "over-65s"."""
    return amount.form is Form.AGE and amount.start < amount.number.start and text[amount.start].isalpha()


def read_age_group(text: str, quantity: Quantity) -> Quantity:
    """The ages of a group: "over-65s" are 65 and older, "under-18s" younger than 18."""
    value = quantity.values[0]
    if text[quantity.span.start].lower() == "o":
        return replace(quantity, low=value, high=None, hedge=Hedge.AT_LEAST)
    return replace(quantity, low=Decimal(0), high=value, high_open=True, hedge=Hedge.LESS_THAN)


def _is_name_age(text: str, amount: Amount, lead: str) -> bool:
    """Whether a number between commas stands behind a name or a person: "Maria Lopez, 42, said"."""
    value = amount.values[0]
    between = text[amount.end : amount.end + 1] == "," and len(amount.values) == 1 and 1 <= value <= 115
    named = _NAME_LEAD.search(lead) and not _NOT_NAMES.search(lead)
    return bool(between and not amount.words and (named or _PERSON_LEAD.search(lead)))


def is_bare_age(text: str, amount: Amount, begin: int, words: str, noun: Span | None) -> bool:
    """Whether a bare bound is one of years: "prisoners under 25", "were over 65"."""
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
