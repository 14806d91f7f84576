"""One amount of a text: a numeral with its currency, unit, sign and age or ordinal wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from claimdesk.counting import is_counted, is_function_word, is_plural, next_word, noun_after
from claimdesk.hedges import granule_of
from claimdesk.model import Form, Span
from claimdesk.numerals import Numeral, read_figures, read_words
from claimdesk.special_amounts import Amount, read_special
from claimdesk.units import currency_before, unit_after

_BEGIN = re.compile(
    r"(?<![^\W_])(?:(?=[A-Za-z])(?:zero|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety|first|second|third|"
    r"fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w{4,8}teenth|\w{3,6}tieth|hundredth|thousandth|"
    r"an? (?=hundred|thousand|lakh|million|crore|billion|trillion|dozen|score of|half|third|quarter|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|twelfth|twentieth|hundredth|few|couple|handful|decade|century|fortnight|second|minute|hour|day|week|month|"
    r"year|pair of|(?:\w+ )?majority of)|half|quarter-|(?:the )?(?:vast |overwhelming |large |great )?majority of|several|tens of|dozens|scores|hundreds|"
    r"thousands|millions of|billions of|trillions of|most |no |no-one|nobody|none|not a single|doubl|tripl|trebl|quadrupl|quintupl|"
    r"sextupl|halv|twice|\w{3,7}fold)|(?=\d|\.\d|[¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]))",
    re.IGNORECASE,
)
_GLUED_MONEY = re.compile(r"(?:CHF|EUR|USD|GBP|JPY|SEK|NOK|DKK|AUD|CAD|Rs\.?|R|Dh|Rp)$")
_RUN = re.compile(r"[\d.,']{1,4000}")
_AGE = re.compile(
    r"(?:[- ](?P<unit>year|month|week|day|hour)s?[- ]olds?\b|[- ](?P<of>year|month)s? of age\b|[- ]y/?o\b)",
    re.IGNORECASE,
)
_A_PERIOD = re.compile(r"an?[ -](?P<unit>decade|century|fortnight|minute|hour|day|week|month|year)\b(?P<half> and a half\b)?", re.IGNORECASE)
_LASTING = re.compile(
    r"\b(?:for|lasted|lasting|within|took|takes|take|than|about|nearly|almost|roughly|under|least|spent|spend|almost|around|just over)\s$", re.IGNORECASE
)
_TIMES = re.compile(
    r" times(?P<as> (?:as (?:many|much|high|large|big|long|likely|fast|great|often|more)|more|higher|larger|bigger|greater|"
    r"longer|lower|less|fewer|faster|smaller|stronger|heavier|worse|likelier|the (?!cup|title|race|world|champion)|that of|its|their|what|those)\b)?",
    re.IGNORECASE,
)
_AGE_GROUP = re.compile(r"s\b")
_FOLD = re.compile(r"[- ]?fold\b|x\b(?! ?\d)")
_SUFFIX_MAGNITUDE = re.compile(r"[- ]magnitude\b", re.IGNORECASE)
_PREFIX_MAGNITUDE = re.compile(r"\bmagnitude(?: of)?[ -]$", re.IGNORECASE)
_ONE_IDIOM = re.compile(
    r" (?:of(?! (?:the |those |these |its |their |his |her )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty))|another|by one|day|thing|way|side|hand|point|time|"
    r"reason|word|more|or another|such|can|should|must|may|might|cannot|would|could|will|that|who|which|whose|is|was|has|had|does|and only|"
    r"(?:\w+ )?(?:\w+ )?(?:said|says|told|called|described|wrote|added|asked|warned|put it|noted|argued|explained|recalled|posted)\b)\b|['’]s\b|[.,;:!?)\"]|$",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    r"\b(?:the|this|that|which|another|every|each|any|no|some|a|an|only|new|good|bad|old|big|small|not|her|his|its|their|number|day|square|"
    r"first|last|next|right|wrong|other|same)\s$",
    re.IGNORECASE,
)
_IDIOM_COMPOUND = re.compile(
    r"-(?:way|sided|off|time|timer|state|party|tier|wheel\w*|sum|tolerance|class|hand\w*|dimensional|piece|liner|stop|armed|horse|on-one|"
    r"size|to-one|by|pronged|fold|emission\w*|carbon|star|half|some|eyed|legged|minded)\b",
    re.IGNORECASE,
)
_ZERO_IDIOM = re.compile(r" (?:tolerance|sum|hour|point|in\b|emissions|carbon|gravity|chance|interest|waste|evidence)", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|before|after|from|of|the|to|and|or|for|during|through|throughout|between|early|late|mid|year|years|"
    r"around|about|circa|spring|summer|autumn|fall|winter|election|season|as|on|over|this|fiscal|his|her|its|their|a|election|class|back)\s$",
    re.IGNORECASE,
)
_OLD_YEAR_BEFORE = re.compile(r"\b(?:in|since|until|year|circa|dating (?:from|to)|around|summer of|winter of|spring of|born in)\s$", re.IGNORECASE)
_PAIRED = re.compile(r" ?[-–—:]\d|-to-| to \d| out of \d| in \d")
_STARTERS = frozenset("at in on only just about over under some another nearly almost around of for by with from after and but that when where "
                      "while as among up killed there no more fewer least most all roughly approximately exactly between to".split())  # fmt: skip
_WEEKDAY = frozenset("monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
                     "october november december today".split())  # fmt: skip


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
        if pos and (text[pos - 1].isalpha() or text[pos - 1] == "_") and not _GLUED_MONEY.search(text[max(0, pos - 4) : pos]):
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
        return special if _free(text, pos, special.end) else None
    if period := _period(text, pos):
        return period
    if text[pos : pos + 3].lower() == "nil":
        return exact_words(text, pos, pos + 3, Decimal(0))
    numeral = read_words(text, pos)
    if numeral is None or not _free(text, pos, numeral.end) or _word_year(text, numeral):
        return None
    return _dress(text, numeral)


def exact_words(text: str, start: int, end: int, value: Decimal) -> Amount:
    """A bare amount in words."""
    return Amount(start, end, Span(start, end), value, value, (value,), Decimal(1), words=True)


def _period(text: str, pos: int) -> Amount | None:
    """ "a decade" always; "a week" only as a length ("for a week", "a year and a half")."""
    match = _A_PERIOD.match(text, pos)
    if match is None:
        return None
    unit = match["unit"].lower()
    lasting = _LASTING.search(text[max(0, pos - 12) : pos])
    if not match["half"] and unit not in ("decade", "century", "fortnight") and not lasting:
        return None
    if re.match(r" (?:ago|after|later|before|earlier)\b", text[match.end() : match.end() + 9]) and not lasting:
        return None
    if re.search(r"\b(?:once|twice|times)\s$", text[max(0, pos - 7) : pos]) or text[match.end() : match.end() + 1] in "-'":
        return None
    value = Decimal("1.5") if match["half"] else Decimal(1)
    return Amount(pos, match.end(), Span(pos, match.end() if match["half"] else pos + 1), value, value, (value,), granule_of(value), unit,
                  Form.DURATION, words=True)  # fmt: skip


def is_start(text: str, pos: int) -> bool:
    """Whether a capital at ``pos`` may be that of a sentence, a line, a quotation or a bracket."""
    before = text[max(0, pos - 6) : pos].rstrip(" ")
    return not before or before[-1] in "\n.!?:;\"'([—–|*•"


def _free(text: str, start: int, end: int) -> bool:
    """Whether number words are no name: "Group of Seven", "Nineteen Eighty-Four", "Seven Sisters Road"."""
    word = text[start:end]
    if not word[0].isupper():
        return not re.search(r"[A-Z]", word)
    if not is_start(text, start):
        return False
    if len(word.split()) + word.count("-") > 1 and re.search(r"[ -][A-Z]", word):
        return False
    return not re.match(r" [A-Z][a-z]+ [A-Z][a-z]+", text[end : end + 50]) and not (
        re.match(r"[ -][A-Z][a-z]+", text[end : end + 20]) and next_word(text, end).lower() in _TENS
    )


_TENS = frozenset("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety".split())


def _word_year(text: str, numeral: Numeral) -> bool:
    """ "nineteen ninety-nine", "twenty twenty-five": a year in words."""
    return 10 <= numeral.value <= 20 and next_word(text, numeral.end).lower().split("-")[0] in _TENS


def _dress(text: str, numeral: Numeral) -> Amount | None:
    """Give a numeral its currency, sign, unit and wording; None where it turns out to count nothing."""
    start, end = numeral.start, numeral.end
    if end < len(text) and text[end].isalpha() and not numeral.words and not _known_suffix(text, end):
        return None
    amount = Amount(start, end, Span(start, end), numeral.value, numeral.value, (numeral.value,), numeral.granule,
                    words=numeral.words, scale=numeral.scale, grouped=numeral.grouped)  # fmt: skip
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
    elif _is_some_day(text, numeral):
        return None
    elif unit := unit_after(text, end):
        amount = _with_unit(text, amount, unit[0].id, unit[0].dimension, unit[0].scale, unit[1])
    elif _idle(text, numeral):
        return None
    return _signed(text, amount)


def _is_some_day(text: str, numeral: Numeral) -> bool:
    """ "One day he will return": no length; "for one day" is one."""
    if not numeral.words or numeral.value != 1 or not re.compile(r" (?:day|night|time|minute|second)\b").match(text, numeral.end):
        return False
    return not re.search(r"\b(?:for|in|within|lasted|lasting|only|just|least|than|about|took|takes|after|under|over|by|of)\s$",
                         text[max(0, numeral.start - 10) : numeral.start], re.IGNORECASE)  # fmt: skip


def _known_suffix(text: str, end: int) -> bool:
    """Whether letters glued to a number are a unit or a wording that we know, so that "5G" is no five."""
    return bool(unit_after(text, end) or _FOLD.match(text, end) or _AGE_GROUP.match(text, end))


def _with_unit(text: str, amount: Amount, unit: str, dimension: str, scale: Decimal, end: int) -> Amount:
    value, granule = amount.value * scale, amount.granule * scale
    half = re.compile(r" and a half\b", re.IGNORECASE).match(text, end)
    if half and dimension != "share":
        value, granule, end = value + scale / 2, scale / 2, half.end()
    form = {"time": Form.DURATION, "points": Form.POINTS}.get(dimension, Form.PERCENT if unit == "percent" else Form.PLAIN)
    return replace(amount, end=end, low=value, high=value, values=(value,), granule=granule, unit=unit, form=form)


def _signed(text: str, amount: Amount) -> Amount:
    """ "-3%" and "minus 5C" are negative; "5 degrees below zero" too; a dash between words is none."""
    start = amount.start
    minus = re.search(r"(?:(?:^|[\s(\[])-|\bminus )$", text[max(0, start - 8) : start], re.IGNORECASE)
    below = amount.unit in ("celsius", "fahrenheit", "degree") and re.compile(r" below (?:zero|freezing)\b").match(text, amount.end)
    if minus is None and not below:
        return amount
    end = below.end() if below else amount.end
    begin = start
    if minus:
        begin = start - (6 if minus.group().lower().endswith("minus ") else 1)
        if amount.words and begin == start - 1:
            return amount
    return replace(amount, start=begin, end=end, low=-amount.value, high=-amount.value, values=(-amount.value,))


def _idle(text: str, numeral: Numeral) -> bool:
    """Whether a bare number counts nothing: a year, a pronoun, an idiom, part of a name."""
    start, end = numeral.start, numeral.end
    before, after = text[max(0, start - 24) : start], text[end : end + 60]
    if numeral.words and numeral.value == 1:
        if re.match(r" \d", after):
            return True
        if _ONE_BEFORE.search(before) or _ONE_IDIOM.match(after) and not re.match(r"(?:[.,;:!?)\"]|$)", after):
            return True
        if re.match(r"-(?!year|month|day|week|hour|minute|mile|meter|metre|foot|inch|man|woman|person|judge)", after):
            return not re.match(r"-(?:to|in)-", after)
        return is_function_word(next_word(text, end)) and not re.match(r" (?:in|out of|of|to|or|was|were|died|dead|has|had|is)\b", after)
    if numeral.value == 0 and numeral.words and (_ZERO_IDIOM.match(after) or re.search(r"(?:[Nn]et|below|above|to|from|[Gg]round|absolute|sub|[Pp]atient|at|near|of)[ -]$", before)):
        return True
    if _IDIOM_COMPOUND.match(after) and not re.match(r"-by-\w", after):
        return not re.match(r"-to-(?:one|two|three|\d)", after)
    if numeral.words:
        return False
    return _is_year(text, numeral) or _is_name(text, numeral)


def _is_year(text: str, numeral: Numeral) -> bool:
    """Four bare figures are a year unless a counted noun follows and no preposition of time leads."""
    written = text[numeral.start : numeral.end]
    if numeral.grouped or len(written) != 4 or not written.isdigit():
        return False
    before, word = text[max(0, numeral.start - 14) : numeral.start], next_word(text, numeral.end)
    if 1900 <= numeral.value <= 2099:
        return not is_counted(word) or bool(_YEAR_BEFORE.search(before))
    if 1000 <= numeral.value < 1900:
        return bool(_OLD_YEAR_BEFORE.search(before)) and not is_counted(word)
    return False


def _is_name(text: str, numeral: Numeral) -> bool:
    """A bare figure right behind a name is part of it ("Xbox 360"), unless it counts a noun that follows."""
    match = re.search(r"(?:^|[\s\"'(])([A-Z][\w&.-]{0,24}) $", text[max(0, numeral.start - 27) : numeral.start])
    if match is None or numeral.grouped or numeral.scale != 1:
        return False
    word = match.group(1).lower()
    if word in _STARTERS or word in _WEEKDAY or word.endswith(".") or is_function_word(word):
        return False
    if noun_after(text, numeral.end) is not None or _PAIRED.match(text, numeral.end):
        return False
    at_start = is_start(text, numeral.start - len(match.group(1)) - 1)
    return not (at_start and is_plural(word))
