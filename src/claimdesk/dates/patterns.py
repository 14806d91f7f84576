"""The surface of date expressions: where one stands in a text and which kind it is, before anything is resolved.

All patterns run on a folded text, have bounded repetition and no nested quantifiers.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any

from claimdesk.model import Span

_MONTHS = ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December")  # fmt: skip
MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip
NUMBER_WORDS = dict(zip(_NUMBERS, range(21), strict=True)) | {
    "a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90
}  # fmt: skip
# A soft count is an interval (domain rule, section 4.3): a couple 2-3, a few 2-5, several 3-9.
SOFT_COUNTS = {"a couple": (2, 3), "a couple of": (2, 3), "a few": (2, 5), "few": (2, 5), "several": (3, 9)}

_S = r"(?: {1,3}|\r?\n)"
_FULL = "|".join(_MONTHS)
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?:{_FULL}|{_SHORT}|{_FULL.upper()})"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
_NOT_COUNT = r"(?![\w%]|[.,:/]\d|\s?%|\s(?:percent|per cent|million|billion|thousand|people)\b)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d|20)\d\d(?![\w%]|[.,]\d)"
_THE = r"(?:[Tt]he\s)?"
_PART = (
    r"(?:(?P<part>[Ee]arly|[Ll]ate|[Mm]id)(?:[- ]|\sin\s)"
    rf"|{_THE}(?P<edge>[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Cc]lose)\sof\s)"
)
_WHEN = (
    r"(?:(?P<when>[Ee]arly|[Ll]ate|[Ll]ater|[Ee]arlier)\s(?:on\s)?"
    rf"|{_THE}(?P<of>night|morning|evening|afternoon)\sof\s)"
)
_HOUR = r"(?:\s(?P<hour>morning|afternoon|evening|night))?"
_UNIT = r"(?P<unit>day|week|month|year|decade|century|centurie|quarter|hour|minute)s?\b"
_COUNT = (
    r"(?P<count>(?<![\w-])(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)|an?\scouple(?:\sof)?|a\sfew|several|an?|"
    + "|".join(word for word in NUMBER_WORDS if len(word) > 2)
    + r"))"
)
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_REFERENCE = (
    r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he\s(?:last|next|previous|following|same|current|prior)"
    r"|[Tt]h(?:is|e)\s(?:past|coming)(?=\s(?:weekend|[A-Z]))|[Pp]revious)"
)

_DEFINITIONS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?<![\w/.-])(?P<y>(?:1\d|20)\d\d)(?P<sep>[-/])(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?![\d/-])"),
    ("slash", r"(?<![\w/.,-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:1\d|20)\d\d|\d\d)(?![\w/])"),
    ("dotted", r"(?<![\w/.,-])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:1\d|20)\d\d)(?![\w/])"),
    # "Tuesday, June 10, 2025", "June 2-4", "late on June 2", "the night of June 2"
    (
        "day",
        rf"\b{_WHEN}?(?:(?P<wd>{_ANY_WEEKDAY}){_HOUR},?{_S}(?:the\s)?)?(?P<m>{_MONTH}){_S}(?P<d>{_DAY})"
        rf"(?:\s?[-–]\s?(?P<e>{_DAY}){_NOT_COUNT}|{_S}(?:to|through|and){_S}(?P<f>{_DAY})(?!{_S}[a-zA-Z]){_NOT_COUNT})?"
        rf"{_NOT_COUNT}(?:,?{_S}(?P<y>{_YEAR}))?",
    ),
    # "2 June 2025", "2nd of June", "4-6 June", "Tuesday 10 June"
    (
        "day",
        rf"(?<![\d.,$€£:/-])\b{_WHEN}?(?:(?P<wd>{_ANY_WEEKDAY}),?{_S})?(?:the\s)?(?P<d>{_DAY})"
        rf"(?:\s?[-–]\s?(?P<e>{_DAY})|{_S}(?:to|through|and){_S}(?P<f>{_DAY}))?{_S}(?:of{_S})?(?P<m>{_MONTH})\b"
        rf"(?:,?{_S}(?P<y>{_YEAR}))?",
    ),
    ("weekday", rf"\b{_WHEN}?(?P<wd>{_WEEKDAY})\b{_HOUR}"),
    ("month", rf"\b{_PART}?(?P<m>{_MONTH})(?:,?{_S}|\sof\s|-)(?P<y>{_YEAR})"),
    ("month", rf"\b{_PART}?(?P<m>{_FULL})\b"),
    ("decade", rf"(?:\b{_PART})?(?:\b[Tt]he\s(?:(?P<third>early|mid|late)[ -])?)?(?P<y>\b(?:1\d|20)\d0|'\d0)s\b"),
    ("century", rf"\b{_PART}?{_THE}(?P<n>1\d|2[01]|[6-9])th\scentury\b"),
    ("years", r"(?<![\w$€£.,/-])(?P<y>(?:1\d|20)\d\d)[-–/](?P<z>(?:1\d|20)?\d\d)(?![\w%/-]|[.,]\d)"),
    ("year", rf"\b{_PART}?(?<![\w$€£.,/-])(?P<y>{_YEAR})"),
    ("year", rf"\b(?P<part>mid)-(?P<y>{_YEAR})"),
    (
        "quarter",
        rf"\b{_THE}(?P<n>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|final|1st|2nd|3rd|4th)[- ]quarter\b"
        rf"(?:\sof\s(?:(?P<y>{_YEAR})|(?P<which>last|this|next|the)\syear)|,?\s(?P<y2>{_YEAR}))?",
    ),
    ("quarter", rf"\bQ(?P<n>[1-4])\b(?:(?:,?\s(?:of\s)?|-)(?P<y>{_YEAR}))?"),
    (
        "half",
        rf"\b{_THE}(?P<n>first|second|latter)[- ]half\sof\s(?:(?P<y>{_YEAR})|(?P<which>last|this|next|the)\syear)",
    ),
    ("half", r"\b(?P<n>[Ff]irst|[Ss]econd)-half\b(?=\s[a-z])"),
    ("half", r"(?:(?<=[Ii]n )|(?<=[Ff]or )|(?<=[Ff]rom )|(?<=[Dd]uring ))the\s(?P<n>first|second)\shalf\b(?!\sof\b)"),
    ("half", rf"\bH(?P<n>[12])\b\s(?P<y>{_YEAR})"),
    ("season", rf"\b{_PART}?{_THE}{_SEASON}(?:\sof)?\s(?P<y>{_YEAR})"),
    ("season", rf"\b{_PART}?(?P<which>[Ll]ast|[Tt]his|[Nn]ext)\s{_SEASON}\b"),
    ("season", rf"(?<=in |by )(?:{_PART})?(?:the\s)?{_SEASON}\b(?!\sof\s)"),
    ("season", rf"(?:(?<=since )|(?<=until )|(?<=during )|(?<=over ))(?:{_PART})?the\s{_SEASON}\b(?!\sof\s)"),
    (
        "stretch",
        r"\b(?i:(?:the\s)?(?P<which>past|last|next|coming|previous)\s(?P<count>\d{1,3}|"
        + "|".join(word for word in NUMBER_WORDS if len(word) > 2)
        + rf"|few|several|couple\sof)\s{_UNIT})",
    ),
    ("stretch", r"\b(?i:the\s(?P<which>past|coming)\s(?P<unit>week|month|year|quarter|decade|century)\b)"),
    # "over the next decade", "in the last year" run from or to the text's day; "the next day" counts from a named one
    (
        "stretch",
        r"(?:(?<=over )|(?<=for )|(?<=within )|(?<=during )|(?<=in ))(?:the\s(?P<which>last|next)\s"
        r"(?P<unit>week|month|year|decade|century))\b(?!\sof\b)",
    ),
    (
        "shifted",
        rf"\b(?:(?P<part>[Ee]arly|[Ll]ate|[Mm]id)[- ]|(?P<edge2>[Ee]arlier|[Ll]ater)\s"
        rf"|{_THE}(?P<edge>[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle)\sof\s)?{_REFERENCE}\s"
        rf"(?P<unit>week|month|year|quarter|weekend|decade|century|day|night|(?P<wd>{_WEEKDAY})|(?P<m>{_FULL}))\b{_HOUR}",
    ),
    (
        "shifted",
        rf"\b{_THE}(?P<edge>[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Cc]lose)\sof\s(?P<which>the)\s"
        r"(?P<unit>week|month|year|quarter|weekend|decade|century)\b",
    ),
    ("shifted", r"\b(?P<edge>[Yy]ear|[Mm]onth)-end\b"),
    (
        "weekend",
        r"(?:(?<=over )|(?<=at )|(?<=Over )|(?<=At )|(?<=until )|(?<=during )|(?<=by )|(?<=since ))the\sweekend\b",
    ),
    (
        "near",
        r"\b(?P<word>(?i:the\sday\s(?:before\syesterday|after\stomorrow)|overnight(?!\s(?:stays?|guests?|visitors?|trains?|trips?|lows?|rates?|lending|loans?|deposits?|camps?))|tonight|today|(?:yesterday|tomorrow)"
        r"(?:\s(?:morning|afternoon|evening|night))?|this\s(?:morning|afternoon|evening)|last\s(?:night|evening)"
        r"|(?:earlier|later)\stoday))\b",
    ),
    ("ago", rf"(?i:{_COUNT}\s{_UNIT}\sago\b)"),
    ("from now", rf"(?i:{_COUNT}\s{_UNIT}(?:\sfrom\s(?:now|today)\b|['’]?\stime\b))"),
    (
        "later",
        rf"(?i:{_COUNT}\s{_UNIT}\s(?P<way>earlier|later|previously|(?:before|after(?:wards?)?)(?=\s?[.,;:)]|$)))",
    ),
    ("later", r"\b(?i:the\s(?P<way>day\sbefore|day\safter)(?=\s?[.,;:)\"]|$))"),
    (
        "week of",
        rf"\b(?i:the\s)?[Ww]eek\s(?P<rule>of|beginning|starting|ending)\s(?:on\s)?(?:(?P<m>{_MONTH})\s(?P<d>{_DAY}){_NOT_COUNT}"
        rf"|(?P<d2>{_DAY})\s(?P<m2>{_FULL}))(?:,?\s(?P<y>{_YEAR}))?",
    ),
    (
        "nth week",
        rf"\b{_THE}(?P<n>first|second|third|fourth|last|final)\s(?P<unit>week|weekend|days)\s(?:of|in)\s(?P<m>{_FULL})"
        rf"\b(?:,?\s(?P<y>{_YEAR}))?",
    ),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that looks like a date: its kind and the named pieces of the pattern."""

    span: Span
    kind: str
    pieces: dict[str, str]


@lru_cache(maxsize=1)
def date_words() -> dict[str, Any]:
    """The word lists of ``data/dates.toml``."""
    return tomllib.loads(files("claimdesk.data").joinpath("dates.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _context() -> dict[str, frozenset[str]]:
    lists = date_words()["context"]
    return {name: frozenset(words if isinstance(words, list) else words.split()) for name, words in lists.items()}


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    holidays = "|".join(re.escape(name) for name in sorted(date_words()["holidays"], key=len, reverse=True))
    holiday = ("holiday", rf"\b(?i:(?P<name>{holidays}))\b(?:,?\s(?P<y>{_YEAR}))?")
    return tuple((kind, re.compile(pattern)) for kind, pattern in (holiday, *_DEFINITIONS))


# What a text must hold before the slower patterns of a kind are tried on it.
_NEEDS = {
    "day": re.compile(rf"\b{_MONTH}"),
    "month": re.compile(rf"\b{_MONTH}"),
    "decade": re.compile(r"\d0s\b"),
    "century": re.compile(r"th\scentury\b"),
    "quarter": re.compile(r"quarter|Q[1-4]"),
    "half": re.compile(r"half|H[12]"),
    "season": re.compile(_SEASON),
    "stretch": re.compile(r"(?i)\b(?:past|last|next|coming|previous)\s"),
    "weekend": re.compile(r"weekend"),
    "ago": re.compile(r"(?i)\sago\b"),
    "from now": re.compile(r"(?i)\sfrom\s(?:now|today)|\stime\b"),
    "later": re.compile(r"(?i)\b(?:earlier|later|previously|before|after|afterwards?)\b"),
    "week of": re.compile(r"(?i)week\s"),
    "nth week": re.compile(r"(?:week|weekend|days)\s(?:of|in)\s"),
}
# Dates of one text that are read: a book has some thousands. Beyond, it is no prose, and each costs time.
_MOST_DATES = 40_000


def scan(text: str) -> list[Hit]:
    """Date-like places of a folded text in order, the longest at each place, none overlapping another.

    At most 40,000 places of one pattern are taken.
    """
    hits = [
        Hit(Span(*match.span()), kind, {name: found for name, found in match.groupdict().items() if found})
        for kind, pattern in _compiled()
        if kind not in _NEEDS or _NEEDS[kind].search(text)
        for match in islice(pattern.finditer(text), _MOST_DATES)
    ]
    hits = [hit for hit in hits if _is_date(text, hit)]
    hits.sort(key=lambda hit: (hit.span.start, -hit.span.end))
    chosen: list[Hit] = []
    for hit in hits:
        if not chosen or hit.span.start >= chosen[-1].span.end:
            chosen.append(hit)
    return chosen


_BEFORE = re.compile(r"([\w.'$]+)[ \n]$")
_COUNTED_PHRASE = re.compile(r"\s(?:[A-Z][a-z]{2,20}\s|[a-z]{3,20}\s)?(?P<noun>[a-z]{2,20}(?:s|ren|en|ople))\b")
_AFTER = re.compile(r"\s?([\w'-]+)")


def _is_date(text: str, hit: Hit) -> bool:
    before = _BEFORE.search(text, max(0, hit.span.start - 30), hit.span.start)
    after = _AFTER.match(text, hit.span.end, hit.span.end + 30)
    previous, following = before.group(1) if before else "", after.group(1) if after else ""
    if hit.kind == "near" and hit.pieces["word"][0].isupper() and previous and previous[-1] not in ".!?":
        return False  # USA Today
    if hit.kind == "day" and "y" not in hit.pieces and following in _context()["names_after_day"]:
        return not hit.pieces["m"].startswith("Sep") or hit.pieces["d"][:2] != "11"  # the Sept. 11 attacks are a name
    rule = {"year": _is_year, "month": _is_month, "weekday": _is_weekday}.get(hit.kind)
    return rule(text, hit, previous, following) if rule else True


def _is_year(text: str, hit: Hit, previous: str, following: str) -> bool:
    """Whether four digits are a year: "in 2023", "the 2022 invasion"; not "2010 homes" or "about 2010"."""
    if "part" in hit.pieces or "edge" in hit.pieces:
        return True
    words, low = _context(), previous.casefold()
    if low in words["not_year"] or following.casefold() in words["counted"]:
        return False
    if _is_figure(text, hit, low):
        return False
    if low in words["time_prepositions"]:
        return True
    if not 1900 <= int(hit.pieces["y"]) <= 2099:
        return False
    if previous[:1].isupper() and not previous.endswith(("'s", ".")) and not _names_noun(previous, following):
        return False  # Tokyo 2020 was held, Blade Runner 2049
    opening = text[max(0, hit.span.start - 1) : hit.span.start] in ("(", "")
    starts = bool(re.search(r"[.!?\n\"]\s*$", text[max(0, hit.span.start - 4) : hit.span.start]))
    ends = not following or text[hit.span.end : hit.span.end + 1] in ("'", ")", ",", ".", ";", ":")
    return opening or starts or ends or following.isalpha()


def _is_figure(text: str, hit: Hit, low: str) -> bool:
    """Whether four digits count something though a preposition stands before them.

    "The bodies of 1212 Sarnian soldiers", "rose by 18 percent to 1477"; not "the treaty of 1648", "from 1470 to 1477".
    """
    words, year = _context(), int(hit.pieces["y"])
    counted = _COUNTED_PHRASE.match(text, hit.span.end, hit.span.end + 60)
    if counted and low not in ("in", "since", "circa"):
        if counted["noun"] in words["counted"] or (year < 1900 and low in ("of", "to", "by", "for", "and", "between")):
            return True
    if low not in ("to", "by"):
        return year < 1500 and low not in words["sure_prepositions"] | {"before", "after", "circa", "from", "of", "and"}
    before = text[max(0, hit.span.start - 48) : hit.span.start]
    last = re.findall(r"[\w'%]+", before)[-7:-1]
    if last and (last[-1].isdigit() and len(last[-1]) == 4):
        return False
    words_before = [word.casefold() for word in last]
    if low == "to" and (year < 1900 or words_before[-1:] and words_before[-1] in words["back_to"]):
        return not words_before or words_before[-1] not in words["back_to"]
    if low == "by":
        aimed = any(word in words["aim"] for word in words_before)
        return not aimed and any(word in words["change"] for word in words_before[-1:])
    return any(word in words["change"] for word in words_before) or "%" in before


def _names_noun(previous: str, following: str) -> bool:
    """Whether a noun may follow a year after a capital: "The 2016 flood", "Mexican 2010 elections"."""
    if previous in ("The", "A", "This", "Its", "Their", "His", "Her", "Our", "That"):
        return True
    return following.islower() and following not in _context()["after_a_name"] | {
        "is",
        "was",
        "are",
        "were",
        "and",
        "in",
    }


def _is_month(text: str, hit: Hit, previous: str, following: str) -> bool:
    """Whether a month's name alone is a time: "in May"; not "Theresa May" or "May said"."""
    name = hit.pieces["m"]
    if "y" in hit.pieces or "part" in hit.pieces or "edge" in hit.pieces:
        return True
    words, low = _context(), previous.casefold()
    if low in ("every", "each"):
        return False
    if low in words["sure_prepositions"]:
        return True
    capital = following[:1].isupper()
    if name not in words["name_months"]:
        return not (previous[:1].isupper() and low not in ("on", "the") and capital)
    modifier = following[:1].islower() and (low.endswith("'s") or low in ("the", "a", "its", "their"))
    return (low in words["time_prepositions"] or modifier) and not capital and following not in words["after_a_name"]


def _is_weekday(text: str, hit: Hit, previous: str, following: str) -> bool:
    """Whether a weekday is one day: "on Friday"; not "every Friday", "Black Friday" or "the Sunday Times"."""
    words = _context()
    if "when" not in hit.pieces and previous.casefold() in words["not_weekday"]:
        return False
    return following not in words["names_after_weekday"] or "hour" in hit.pieces
