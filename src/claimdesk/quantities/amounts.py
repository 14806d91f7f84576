"""One amount of a text: a numeral with its currency, unit, sign and age wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from claimdesk.model import Form, Span
from claimdesk.quantities.amount import Amount
from claimdesk.quantities.hedges import granule_of
from claimdesk.quantities.idle import is_free, is_idle, is_some_day, is_word_year
from claimdesk.quantities.numerals import Numeral, read_figures, read_words
from claimdesk.quantities.special_amounts import read_special
from claimdesk.quantities.units import currency_before, unit_after

_BEGIN = re.compile(
    r"(?<![^\W_])(?:(?=[A-Za-z])(?:zero|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety"
    r"|first|second|third|"
    r"fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w{4,8}teenth|\w{3,6}tieth|hundredth|thousandth|"
    r"an? (?=full |whole |mere |hundred|thousand|lakh|million|crore|billion|trillion|dozen|score of|half"
    r"|third|quarter|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|twelfth|twentieth|hundredth|few|couple|handful|decade|century|fortnight|second"
    r"|minute|hour|day|week|month|"
    r"year|pair of|(?:\w+ )?majority of)|half|quarter-|(?:the )?(?:vast |overwhelming |large "
    r"|great )?majority of|several|tens of|dozens|scores|hundreds|"
    r"thousands|millions|billions|trillions|most |no |no-one|nobody|none|not a single|doubl|tripl"
    r"|trebl|quadrupl|quintupl|"
    r"sextupl|halv|twice|\w{3,7}fold)|(?=\d|\.\d|[¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]))",
    re.IGNORECASE,
)
_GLUED_MONEY = re.compile(r"(?:CHF|EUR|USD|GBP|JPY|SEK|NOK|DKK|AUD|CAD|Rs\.?|R|Dh|Rp)$")
_RUN = re.compile(r"[\d.,']{1,4000}")
_AGE = re.compile(
    r"(?:[- ](?P<unit>year|month|week|day|hour)s?[- ]olds?\b|[- ](?P<of>year|month)s? of age\b|[- ]y/?o\b)",
    re.IGNORECASE,
)
_A_PERIOD = re.compile(
    r"an?[ -](?P<unit>decade|century|fortnight|minute|hour|day|week|month|year)\b(?P<half> and a half\b)?",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:for|lasted|lasting|within|took|takes|take|than|about|nearly|almost|roughly|under|least|spent"
    r"|spend|almost|around|just over)\s$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r" times(?P<as> (?:as (?:many|much|high|large|big|long|likely|fast|great|often|more)|more|higher|larger"
    r"|bigger|greater|"
    r"longer|lower|less|fewer|faster|smaller|stronger|heavier|worse|likelier|the (?!cup|title|race|world"
    r"|champion)|that of|its|their|what|those)\b)?",
    re.IGNORECASE,
)
_OPEN_SCALE = re.compile(r"\+ ?(?:thousand|million|billion|trillion)\b")  # "$100+ million"
_EITHER_SIGN = re.compile(r"\bplus or minus $|\bplus-or-minus $", re.IGNORECASE)
_AGE_GROUP = re.compile(r"s\b")
_FOLD = re.compile(r"[- ]?fold\b|x\b(?! ?\d)")
_SUFFIX_MAGNITUDE = re.compile(r"[- ]magnitude\b", re.IGNORECASE)
_PREFIX_MAGNITUDE = re.compile(r"\bmagnitude(?: of)?[ -]$", re.IGNORECASE)


def read_amounts(text: str, barred: Sequence[Span] = ()) -> Iterator[Amount]:
    """Every amount of a folded text in order, none overlapping another or a ``barred`` span (sorted, disjoint)."""
    pos, index = 0, 0
    while match := _BEGIN.search(text, pos):
        start = match.start()
        while index < len(barred) and barred[index].end <= start:
            index += 1
        if index < len(barred) and barred[index].start <= start:
            pos = barred[index].end
            continue
        amount = _read(text, start)
        if amount is None or amount.end <= start:
            run = _RUN.match(text, start)
            pos = max(run.end() if run else 0, match.end(), start + 1)
            if match.end() > start and not run:  # "a few": the article alone may hide a number behind it
                pos = start + max(1, len(match.group().split(" ")[0]))
            continue
        pos = amount.end
        if index == len(barred) or amount.number.end <= barred[index].start:
            yield amount


def _read(text: str, pos: int) -> Amount | None:
    if text[pos].isdigit() or text[pos] == ".":
        if (
            pos
            and (text[pos - 1].isalpha() or text[pos - 1] == "_")
            and not _GLUED_MONEY.search(text[max(0, pos - 4) : pos])
        ):
            return None
        if pos and text[pos] == "." and text[pos - 1].isalnum():
            return None
        numeral: Numeral | None = None
        special = read_special(text, pos)
        if special:
            return special
        numeral = read_figures(text, pos)
        return _dress(text, numeral) if numeral else None
    if special := read_special(text, pos):
        return special if is_free(text, pos, special.end) else None
    if period := _period(text, pos):
        return period
    if text[pos : pos + 3].lower() == "nil":
        return exact_words(text, pos, pos + 3, Decimal(0))
    numeral = read_words(text, pos)
    if numeral is None or not is_free(text, pos, numeral.end) or is_word_year(text, numeral):
        return None
    return _dress(text, numeral)


def exact_words(text: str, start: int, end: int, value: Decimal) -> Amount:
    """A bare amount in words."""
    return Amount(start, end, Span(start, end), value, value, (value,), Decimal(1), words=True)


def _period(text: str, pos: int) -> Amount | None:
    """Covers "a decade" always; "a week" only as a length ("for a week", "a year and a half")."""
    match = _A_PERIOD.match(text, pos)
    if match is None:
        return None
    unit = match["unit"].lower()
    lasting = _LASTING.search(text[max(0, pos - 12) : pos])
    if not match["half"] and unit not in ("decade", "century", "fortnight") and not lasting:
        return None
    if re.match(r" (?:ago|after|later|before|earlier)\b", text[match.end() : match.end() + 9]) and not lasting:
        return None
    if (
        re.search(r"\b(?:once|twice|times)\s$", text[max(0, pos - 7) : pos])
        or text[match.end() : match.end() + 1] in "-'"
    ):
        return None
    value = Decimal("1.5") if match["half"] else Decimal(1)
    return Amount(
        pos,
        match.end(),
        Span(pos, match.end() if match["half"] else pos + 1),
        value,
        value,
        (value,),
        granule_of(value),
        unit,
        Form.DURATION,
        words=True,
    )


def _dress(text: str, numeral: Numeral) -> Amount | None:
    """Give a numeral its currency, sign, unit and wording; None where it turns out to count nothing."""
    start, end = numeral.start, numeral.end
    if _OPEN_SCALE.match(text, end):
        return None
    if end < len(text) and text[end].isalpha() and not numeral.words and not _known_suffix(text, end):
        return None
    amount = Amount(
        start,
        end,
        Span(start, end),
        numeral.value,
        numeral.value,
        (numeral.value,),
        numeral.granule,
        words=numeral.words,
        scale=numeral.scale,
        grouped=numeral.grouped,
    )
    before = text[max(0, start - 24) : start]
    if age := _AGE.match(text, end):
        unit = (age["unit"] or age["of"] or "year").lower()
        return replace(amount, end=age.end(), unit=unit, form=Form.AGE)
    if money := currency_before(text, start):
        amount = replace(amount, start=money[1], unit=money[0].id, signed=True)
        named = unit_after(text, end)
        if named and named[0].dimension.startswith("money:"):
            amount = replace(amount, end=named[1])
    elif _AGE_GROUP.match(text, end) and (group := re.search(r"\b(?:over|under)-$", before, re.IGNORECASE)):
        return replace(amount, start=start - len(group.group()), end=end + 1, unit="year", form=Form.AGE)
    elif fold := _FOLD.match(text, end):
        return replace(amount, end=fold.end(), form=Form.MULTIPLE) if numeral.value > 0 else None
    elif (times := _TIMES.match(text, end)) and times["as"]:
        return replace(amount, end=end + 6, form=Form.MULTIPLE)
    elif size := _SUFFIX_MAGNITUDE.match(text, end):
        amount = replace(amount, end=size.end(), unit="magnitude")
    elif size := _PREFIX_MAGNITUDE.search(before):
        amount = replace(amount, start=start - len(before) + size.start(), unit="magnitude")
    elif is_some_day(text, numeral):
        return None
    elif unit := unit_after(text, end):
        amount = _with_unit(text, amount, unit[0].id, unit[0].dimension, unit[0].scale, unit[1])
    elif is_idle(text, numeral):
        return None
    return _signed(text, amount)


def _known_suffix(text: str, end: int) -> bool:
    """Whether letters glued to a number are a unit or a wording that we know, so that "5G" is no five."""
    return bool(unit_after(text, end) or _FOLD.match(text, end) or _AGE_GROUP.match(text, end))


def _with_unit(text: str, amount: Amount, unit: str, dimension: str, scale: Decimal, end: int) -> Amount:
    value, granule = amount.value * scale, amount.granule * scale
    half = re.compile(r" and a half\b", re.IGNORECASE).match(text, end)
    if half and dimension != "share":
        value, granule, end = value + scale / 2, scale / 2, half.end()
    form = {"time": Form.DURATION, "points": Form.POINTS}.get(
        dimension, Form.PERCENT if unit == "percent" else Form.PLAIN
    )
    return replace(amount, end=end, low=value, high=value, values=(value,), granule=granule, unit=unit, form=form)


def _signed(text: str, amount: Amount) -> Amount:
    """Covers "-3%" and "minus 5C" are negative; "5 degrees below zero" too; a dash between words is none."""
    start = amount.start
    minus = re.search(r"(?:(?:^|[\s(\[])-|\bminus )$", text[max(0, start - 8) : start], re.IGNORECASE)
    below = amount.unit in ("celsius", "fahrenheit", "degree") and re.compile(r" below (?:zero|freezing)\b").match(
        text, amount.end
    )
    if minus is None and not below:
        return amount
    if minus and _EITHER_SIGN.search(text[max(0, start - 16) : start]):  # a margin of error is no negative number
        return amount
    end = below.end() if below else amount.end
    begin = start
    if minus:
        begin = start - (6 if minus.group().lower().endswith("minus ") else 1)
        if amount.words and begin == start - 1:
            return amount
    return replace(amount, start=begin, end=end, low=-amount.value, high=-amount.value, values=(-amount.value,))
