"""Number words and bare figures that count nothing: years, pronouns, idioms and parts of names."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from claimdesk.quantities.counting import is_counted, is_function_word, is_plural, next_word, noun_after
from claimdesk.quantities.numerals import Numeral, number_words

_ONE_IDIOM = re.compile(
    r" (?:of(?! (?:the |those |these |its |their |his |her )?(?:\d|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|twenty))|another|by one|day|thing|way|side|hand|point|time|"
    r"reason|word|more|or another|such|can|should|must|may|might|cannot|would|could|will|that|who|which"
    r"|whose|is|has|does|and only|"
    r"(?:\w+ )?(?:\w+ )?(?:said|says|told|called|described|wrote|added|asked|warned|put it|noted|argued"
    r"|explained|recalled|posted)\b)\b|['’]s\b|[.,;:!?)\"]|$",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    r"\b(?:the|this|that|which|another|every|each|any|no|some|a|an|only|new|good|bad|old|big|small|not|her"
    r"|his|its|their|number|day|square|"
    r"first|last|next|right|wrong|other|same)\s$",
    re.IGNORECASE,
)
_IDIOM_COMPOUND = re.compile(
    r"-(?:way|sided|off|time|timer|state|party|tier|wheel\w*|sum|tolerance|class|hand\w*|dimensional|piece"
    r"|liner|stop|armed|horse|on-one|"
    r"size|to-one|by|pronged|fold|emission\w*|carbon|star|half|some|eyed|legged|minded)\b",
    re.IGNORECASE,
)
_ZERO_IDIOM = re.compile(
    r" (?:tolerance|sum|hour|point|in\b|emissions|carbon|gravity|chance|interest|waste|evidence)", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|before|after|from|of|the|to|and|or|for|during|through|throughout|between"
    r"|early|late|mid|year|years|"
    r"around|about|circa|spring|summer|autumn|fall|winter|election|season|as|on|over|this|fiscal|his|her|its"
    r"|their|a|election|class|back)\s$",
    re.IGNORECASE,
)
_OLD_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|year|circa|dating (?:from|to)|around|summer of|winter of|spring of|born in)\s$", re.IGNORECASE
)
_AMBIGUOUS_POINT = re.compile(r"[1-9]\d{0,2}\.\d{3}$")  # "1.500 people": a comma or a point, nobody can say
_ONE_OF_N = re.compile(r" (?:in|out of)(?: every)? (?:\d|two|three|four|five|six|seven|eight|nine|ten|a hundred)")
_PAIRED = re.compile(r" ?[-–—:]\d|-to-| to \d| out of \d| in \d")


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    data = tomllib.loads((files("claimdesk") / "data" / "number_contexts.toml").read_text(encoding="utf-8"))
    return frozenset([*data["openers"], *data["calendar"]])


def _is_ten(word: str) -> bool:
    """Whether a word writes 10 to 19 or a full ten: the second half of a year in words."""
    words = number_words()
    return word in words.tens or words.small.get(word, 0) >= 10


def is_start(text: str, pos: int) -> bool:
    """Whether a capital at ``pos`` may be that of a sentence, a line, a quotation or a bracket."""
    before = text[max(0, pos - 6) : pos].rstrip(" ")
    return not before or before[-1] in "\n.!?:;\"'([—–|*•"


def is_free(text: str, start: int, end: int) -> bool:
    """Whether number words are no name: "Group of Seven", "Nineteen Eighty-Four", "Seven Sisters Road"."""
    word = text[start:end]
    if not word[0].isupper():
        return not re.search(r"[A-Z]", word)
    if not is_start(text, start):
        return False
    if len(word.split()) + word.count("-") > 1 and re.search(r"[ -][A-Z]", word):
        return False
    return not re.match(r" [A-Z][a-z]+ [A-Z][a-z]+", text[end : end + 50]) and not (
        re.match(r"[ -][A-Z][a-z]+", text[end : end + 20]) and _is_ten(next_word(text, end).lower())
    )


def is_word_year(text: str, numeral: Numeral) -> bool:
    """Covers "nineteen ninety-nine", "twenty twenty-five": a year in words."""
    return 10 <= numeral.value <= 20 and _is_ten(next_word(text, numeral.end).lower().split("-")[0])


def is_some_day(text: str, numeral: Numeral) -> bool:
    """Covers "One day he will return": no length; "for one day" is one."""
    if (
        not numeral.words
        or numeral.value != 1
        or not re.compile(r" (?:day|night|time|minute|second)\b").match(text, numeral.end)
    ):
        return False
    return not re.search(
        r"\b(?:for|in|within|lasted|lasting|only|just|least|than|about|took|takes|after|under|over|by|of)\s$",
        text[max(0, numeral.start - 10) : numeral.start],
        re.IGNORECASE,
    )


def is_idle(text: str, numeral: Numeral) -> bool:
    """Whether a bare number counts nothing: a year, a pronoun, an idiom, part of a name."""
    start, end = numeral.start, numeral.end
    before, after = text[max(0, start - 24) : start], text[end : end + 60]
    if numeral.words and numeral.value == 1:
        if re.match(r" \d", after):
            return True
        if _ONE_OF_N.match(after):
            return False
        if _ONE_BEFORE.search(before) or _ONE_IDIOM.match(after) and not re.match(r"(?:[.,;:!?)\"]|$)", after):
            return True
        if re.match(r"-(?!year|month|day|week|hour|minute|mile|meter|metre|foot|inch|man|woman|person|judge)", after):
            return not re.match(r"-(?:to|in)-", after)
        return is_function_word(next_word(text, end)) and not re.match(
            r" (?:in|out of|of|to|or|was|were|died|dead|has|had|is)\b", after
        )
    if (
        numeral.value == 0
        and numeral.words
        and (
            _ZERO_IDIOM.match(after)
            or re.search(r"(?:[Nn]et|below|above|to|from|[Gg]round|absolute|sub|[Pp]atient|at|near|of)[ -]$", before)
        )
    ):
        return True
    if _IDIOM_COMPOUND.match(after) and not re.match(r"-by-\w", after):
        return not re.match(r"-to-(?:one|two|three|\d)", after)
    if numeral.words:
        return False
    if _AMBIGUOUS_POINT.match(text[start:end]) and is_plural(next_word(text, end)):
        return True
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
    if word in _openers() or word.endswith(".") or is_function_word(word):
        return False
    if noun_after(text, numeral.end) is not None or _PAIRED.match(text, numeral.end):
        return False
    at_start = is_start(text, numeral.start - len(match.group(1)) - 1)
    return not (at_start and is_plural(word))
