"""Two neighboring amounts that are one: ranges, scores, odds, ratios and compound measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from claimdesk.model import Form, Span
from claimdesk.quantities.amount import Amount
from claimdesk.quantities.counting import is_plural, next_word
from claimdesk.quantities.units import convert, dimension

_DASH = re.compile(r" ?[-–—] ?$")
_GAP = 24
_CONTEST = re.compile(
    r"\b(?:won|wins?|winning|lost|lose|losing|beat|beaten|beating|defeat\w*|scor\w+|vot\w+|drew|draw\w*|led"
    r"|lead|leads|trail\w*|tied|victory|"
    r"loss|final|sets?|ruled|ruling|passed|rejected|approved)\b[^.\n]{0,60}$",
    re.IGNORECASE,
)
_ZEROS = re.compile(r"0\d")
_BALLOT = re.compile(
    r"\b(?:vote[sd]?|voting|ruled|passed|approved|rejected|beat|won|lost|score\w*|verdict|decision)\b[^.\n]{0,50}$",
    re.IGNORECASE,
)
_ODDS = re.compile(r"\b(?:odds|ratio|margin|outnumber\w*|outvoted|favou?rite)\b[^.\n]{0,50}$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:by|rose|fell|dropped|climbed|gained|lost|slipped|jumped|grew|up|down|sank|surged|added|shed)\s"
    r"(?:(?:fewer|more|less) than |at least |at most |up to |about |some |nearly |almost |around |over |roughly )?$",
    re.IGNORECASE,
)
_HEDGE = (
    r"(?:about |around |roughly |nearly |almost |just over |just under |more than |less than |over |under |at least )"
)
_FROM = re.compile(rf"(?<!anywhere )\bfrom\s{_HEDGE}?$", re.IGNORECASE)
# What runs, ranges or varies from one value to another has both at once: one range, no change.
_SPANNING = re.compile(
    r"\b(?:r[au]ns?|running|pric(?:es?|ed|ing)|tickets?|fares?|rang(?:e[sd]?|ing)|var(?:y|ies|ied|ying)|span(?:s|ned|ning)?|interval|aged|ages)"
    rf"(?: of| (?:in|between) [\w' -]{{1,30}})?,? from\s{_HEDGE}?$",
    re.IGNORECASE,
)
_PARTS = {
    ("year", "month"),
    ("day", "hour"),
    ("hour", "minute"),
    ("hour", "second"),
    ("minute", "second"),
    ("foot", "inch"),
    ("lb", "oz"),
    ("stone", "lb"),
    ("week", "day"),
}
_TIME = ("second", "minute", "hour", "day", "week", "month", "year")


def join_amounts(text: str, amounts: Sequence[Amount]) -> Iterator[Amount]:
    """The amounts with neighbors joined where the words between them say so."""
    index = 0
    previous: Amount | None = None
    while index < len(amounts):
        first = amounts[index]
        joined = None
        if index + 1 < len(amounts):
            second = amounts[index + 1]
            if 0 <= second.start - first.end <= _GAP and not first.joined:
                joined = _join(text, first, second, previous)
        if joined is None:
            if index + 1 < len(amounts):
                first = _share_unit(text, first, amounts[index + 1])
            previous = first
            yield first
            index += 1
            continue
        index += 2
        if index < len(amounts) and joined.unit == "hour":
            longer = _compound(text[joined.end : amounts[index].start], joined, amounts[index])
            joined, index = (longer, index + 1) if longer else (joined, index)
        previous = joined
        yield joined


def _join(text: str, first: Amount, second: Amount, previous: Amount | None) -> Amount | None:
    gap = text[first.end : second.start]
    joinable = (Form.PLAIN, Form.DURATION, Form.PERCENT, Form.POINTS, Form.AGE)
    if first.form is Form.PLAIN and second.form is Form.MULTIPLE:
        return _range(text, gap, first, second)
    if (
        first.form not in joinable
        or second.form not in joinable
        or first.low != first.high
        or second.low != second.high
    ):
        return None
    if second.value < 0 and first.end == second.start:  # "3 -1" is no range
        return None
    return (
        _compound(gap, first, second)
        or _ratio(text, gap, first, second)
        or _odds(text, gap, first, second)
        or _score(text, gap, first, second, previous)
        or _range(text, gap, first, second)
    )


def _bare(amount: Amount) -> bool:
    return amount.unit is None and amount.form is Form.PLAIN and amount.value == amount.value.to_integral_value()


def _pair(first: Amount, second: Amount, form: Form, value: Decimal) -> Amount:
    return replace(
        first,
        end=second.end,
        number=Span(first.number.start, second.number.end),
        low=value,
        high=value,
        values=(first.value, second.value),
        form=form,
        joined=True,
    )


def _compound(gap: str, first: Amount, second: Amount) -> Amount | None:
    """Covers "6ft 2in", "five years and three months": one quantity in the first unit."""
    if (first.unit, second.unit) not in _PARTS or gap.strip() not in ("", ",", "and", ", and"):
        return None
    value = first.value + convert(second.value, str(second.unit), str(first.unit)).quantize(Decimal("1e-9")).normalize()
    if first.unit == "year":
        value = first.value + second.value / 12
    step = (
        second.granule / 12
        if first.unit in ("year", "foot")
        else convert(second.granule, str(second.unit), str(first.unit))
    )
    return replace(
        first,
        end=second.end,
        number=Span(first.number.start, second.number.end),
        low=value,
        high=value,
        values=(value,),
        granule=step,
        joined=True,
    )


def _ratio(text: str, gap: str, first: Amount, second: Amount) -> Amount | None:
    """Covers "one in five", "3 out of every 10": a percentage with its base; not "two in 10 days"."""
    words = " ".join(gap.split()).lower()
    if words not in ("in", "out of", "in every", "out of every", "-in-", "of every") or not _bare(second):
        return None
    if not _bare(first) and not (words == "out of" and first.unit is None and first.form is Form.PLAIN):
        return None
    part, base = first.value, second.value
    if not 0 < part < base:
        return None
    round_base = (
        base in (2, 3, 4, 5, 6, 7, 8, 9, 20, 25, 30, 40, 50, 200, 500)
        or set(str(base.to_integral_value())) <= {"1", "0"}
        or second.scale != 1
    )
    if words == "in" and (not round_base or (1900 <= base <= 2100) or second.unit in _TIME):
        return None
    value = Decimal(100) * part / base
    amount = _pair(first, second, Form.RATIO, value)
    return replace(amount, values=(value,), granule=value / 5, unit="percent", of=(part, base))


def _odds(text: str, gap: str, first: Amount, second: Amount) -> Amount | None:
    """Covers "2-to-1", "3:1", "a margin of two to one": the value is the quotient."""
    if not (_bare(first) and _bare(second)) or second.value <= 0 or first.value < 0:
        return None
    lead = text[max(0, first.start - 70) : first.start]
    to = gap.strip().lower() == "to" and (
        bool(_ODDS.search(lead)) or (second.value == 1 and first.value > 1 and not _FROM.search(lead))
    )
    if gap.lower() != "-to-" and gap != ":" and not to:
        return None
    return _pair(first, second, Form.ODDS, first.value / second.value)


def _score(text: str, gap: str, first: Amount, second: Amount, previous: Amount | None) -> Amount | None:
    """Covers "won 3-1", "a 54-46 vote", "nil-nil": a falling pair, or any pair of a contest."""
    if not (_bare(first) and _bare(second)) or first.grouped or second.grouped or max(first.value, second.value) > 999:
        return None
    lead = text[max(0, first.start - 70) : first.start]
    if gap.strip().lower() == "to" and first.value > second.value and _BALLOT.search(lead) and not _FROM.search(lead):
        return _pair(first, second, Form.SCORE, first.value)
    if gap.strip().lower() in ("votes to", "vote to"):  # by 19 votes to 14
        return _pair(first, second, Form.SCORE, first.value)
    if gap not in ("-", "–", "—") or (first.words != second.words):
        return None
    if first.words and max(first.value, second.value) > 9:
        return None
    if any(_ZEROS.match(text, each.start) for each in (first, second)):  # 2-00 is no score, and not 2-0
        return None
    chained = previous is not None and previous.form is Form.SCORE and first.start - previous.end <= 6
    falling = first.value >= second.value
    behind = next_word(text, second.end)
    rising = (chained or bool(_CONTEST.search(lead))) and not (
        is_plural(behind) and not re.match(r"loss|defeat|vote", behind)
    )
    return _pair(first, second, Form.SCORE, first.value) if falling or rising else None


def _range(text: str, gap: str, first: Amount, second: Amount) -> Amount | None:
    """Covers "five to six thousand", "$5-7 billion", "between 240 and 260", "two or three": scale and unit shared."""
    words = " ".join(gap.split()).lower()
    lead = text[max(0, first.start - 24) : first.start]
    between = re.search(r"\bbetween\s$", lead, re.IGNORECASE)
    if words == "and":
        if not between:
            return None
    elif words == "or":
        if not (
            _bare(first) and first.value + 1 == second.value and second.value <= 12 and first.words == second.words
        ):
            return None
    elif words == "to" or words == "-to-":
        changes = _FROM.search(lead) and not _SPANNING.search(text[max(0, first.start - 60) : first.start])
        if changes or (first.unit == "percent" and _CONTEST.search(text[max(0, first.start - 70) : first.start])):
            return None
    elif words not in ("-", "–", "—"):
        return None
    low = first.value
    if first.scale == 1 and second.scale != 1 and low < second.value / second.scale:
        low *= second.scale
    unit = second.unit or first.unit
    if first.unit is not None and second.unit is not None and first.unit != second.unit:
        if dimension(first.unit) != dimension(second.unit):
            return None
        low = convert(low, first.unit, second.unit)
    if first.unit is None and second.unit == "pp" and second.granule < 1 and second.value < low:
        low *= Decimal("0.01")
    if low >= second.value or (low < 0 < second.value and first.unit is None):
        return None
    if words == "to" and _CHANGE.search(lead) and second.value > low * 5:
        return None
    form = next((f for f in (Form.AGE, Form.MULTIPLE) if f in (first.form, second.form)), Form.RANGE)
    return replace(
        first,
        end=second.end,
        number=Span(first.number.start, second.number.end),
        low=low,
        high=second.value,
        values=(low, second.value),
        granule=second.granule,
        unit=unit,
        form=form,
        scale=second.scale,
        joined=True,
    )


def _share_unit(text: str, first: Amount, second: Amount) -> Amount:
    """Covers "from 8 to 10 percent", "from 5 to 7 million": two quantities, one unit and one scale word."""
    gap = text[first.end : second.start].strip().lower()
    lead = text[max(0, first.start - 24) : first.start]
    if (
        gap != "to"
        or not _FROM.search(lead)
        or first.unit is not None
        or second.form not in (Form.PLAIN, Form.PERCENT, Form.POINTS, Form.DURATION)
    ):
        return first
    value, granule = first.value, first.granule
    if first.form is not Form.PLAIN:
        return first
    if first.scale == 1 and second.scale != 1 and second.scale < 10**15:
        value, granule = value * second.scale, granule * second.scale
    return replace(first, low=value, high=value, values=(value,), granule=granule, unit=second.unit, form=second.form)
