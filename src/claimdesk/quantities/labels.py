"""Figures and number words that name a thing or a time and count nothing: dates, clock times, Article 5, Boeing 737."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from claimdesk.model import Span
from claimdesk.quantities.shares import is_rating

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20)\d\d"
# One row for each kind of label, with its example; every repetition is bounded.
_PATTERNS = (
    r"(?:https?://|www\.)[^\s<>\"]{1,300}",  # https://example.org/2024/05/12
    r"[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,30}",  # desk24@example.org
    r"(?<![\w@])[@#][A-Za-z0-9_]{1,40}",  # #1, @user22
    rf"\b{_MONTH}\s{{1,2}}{_DAY}(?:\s?(?:-|–|to|and|or)\s?{_DAY})?(?!\d"
    rf"|[.,]\d)(?:,?\s{_YEAR}\b)?",  # June 2, 2025; May 3-5
    rf"\b(?:{_DAY}\s?(?:-|–|to|and|or)\s?)?{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR}\b)?",  # 2 June 2025, 3-5 May
    rf"\b{_MONTH}\s{_YEAR}\b",  # May 2019
    r"(?<!\d)\d{4}-\d{2}-\d{2}(?:T[\d:.]{4,12}Z?)?(?!\d)",  # 2025-06-02
    r"(?<![\d.,])\d{1,2}[./]\d{1,2}[./](?:19|20)?\d{2}(?![\d/])",  # 2.6.2025, 02/06/25
    r"(?<![\d.,/])\d{1,2}/\d{1,2}(?![\d/]|\s+of\b)(?!\s(?:miles?|inch\w*|hours?|cups?|feet|kilo\w*|acres?"
    r"|years?|tons?)\b)(?<![1-9] 1/2)",  # 9/11, 24/7
    r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?![\d:])(?:\s?[ap]\.?m\b\.?)?",  # 10:30, 10:30 a.m.
    r"(?<![\d:.,])\d{1,2}(?:\.\d{2})?(?:\s?-\s?\d{1,2}(?:\.\d{2})?)?\s?[ap](?:\.\s?m\.|m\b)",  # 9pm, 10 a.m., 9.30pm
    r"\b\d{3,4}(?:\shours?)?\s?(?:GMT|UTC|CET|EST|EDT|PST|BST|hrs)\b"
    r"|(?<!\d)[01]\d[0-5]\d hours\b",  # 1430 GMT, 0400 hours
    r"\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s?o'clock\b|\b12 (?:noon"
    r"|midnight)\b",  # six o'clock
    r"(?<!first )(?<!second )(?<!third )(?<!fourth )(?<!last )\b(?:half|quarter)[ -](?:past|to)\s\w{1,12}(?![.,]\d)",
    # half past nine; not "in the first half to 7.8 billion"
    r"(?<!\d)(?:1[5-9]|20)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20)?\d\d)(?!\d)",  # 2024-25, 1998-2003
    r"(?<!\d)(?<!over-)(?<!under-)'?(?:1\d|20)?\d0s\b",  # 1990s, '90s, 40s
    r"\b(?i:between|from) (?:1\d|20)\d\d (?:and|to|until|through) (?:1\d|20)\d\d(?!,\d|\.\d)",  # between 1617 and 1620
    r"\b(?:early|mid|late)-(?:19|20)\d\d\b",  # mid-2024
    r"\b(?:FY|Q[1-4])\s?'?\d{2,4}\b|\bQ[1-4]\b",  # FY2024, Q3
    r"\+\d{1,3}(?:[ -]?\(?\d{1,5}\)?){2,5}",  # +44 20 7946 0958
    r"\(\d{3}\)\s?\d{3}-\d{4}|(?<!\d)(?:1-)?\d{3}-\d{3}-\d{4}(?!\d)"
    r"|(?<!\d)\d{3}-0\d{2,3}(?!\d)|\b1-\d{3}-[\dA-Z]{3}-[\dA-Z]{4}",  # (212) 555-0123, 555-0123
    r"(?<!\d)(?<!\d )0\d{2,4} \d{3,4} \d{3,4}(?!\d)",  # 020 7946 0958
    r"(?<![\d-])\d{1,9}-\d{1,9}-\d{1,9}(?:-\d{1,9}){0,6}(?![\d-])",  # 978-3-16
    r"(?<!\d)\d{1,3}\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?![\d,])",  # 1.2.3, 10.0.0.1
    r"(?<![\d,.])(?:\d{1,12}[,./:;|]){6}[\d,./:;|]*",  # 1,2,3,4,5,6,7: a table, not prose
    r"(?<![\d,.])(?:\d{1,12}[ –-]{1,2}){12}[\d –-]*",  # 3 14 15 92 ...: a row of twelve figures or more
    r"\b(?!(?:to|in|by|of|and|a|per|over|under)-)(?!(?:US|AU?|CA?|NZ|HK|S|NT|R|Rs|USD|EUR|GBP"
    r"|CHF)\b)[A-Za-z]{1,12}-?\d[\w-]{0,12}(?:\.\d{1,3})?",  # F-16, Covid-19, H5N1, M25, G7
    r"\b(?:\d{1,3})G\b",  # 5G
    r"\b\d{1,5}[A-Za-z]?\s(?:[A-Z][\w'.]{1,20}\s){1,3}(?:Street|Road|Avenue|Lane|Drive|Square|Boulevard|Place|Court|"
    r"Crescent|Terrace|Row|St|Rd|Ave|Blvd)\b",  # 10 Downing Street
    r"\b(?i:over|under)-\d{2}\b(?!s)",  # the under-21 side
    r"(?<![\d'])\d'\s?\d{1,2}\"",  # 5'10"
    r"(?m)^\s{0,12}(?:\(\d{1,3}\)|\d{1,3}[.)])(?=\s)",  # 1. Open the lid
    r"\b(?:the|an?|his|her|their|its|at|as|to|jersey|shirt|house|ranked|seed|reached|hit|world|is"
    r"|was) number (?:\d{1,3}|one|two|three|ten)\b(?! of)",  # the number 7 shirt
    r"\bNo[.s]{0,2}\s?\d{1,5}\b|\bNos?\.\s?\d{1,5}\b",  # No. 10
    r"\b(?:on|by|of|until) (?:[Dd]ay|[Ww]eek) (?:\d{1,3}|one|two|three)\b|\b(?:Day|Week) \d{1,3}\b",  # on day 3
    r"(?<![\d.,])\d{1,2}(?:\.\d)?(?:\s?%|[ -]per ?cent)(?=\s(?:confidence|credible)\b)"
    r"|(?<![\d.,])\d{1,2}% CI\b",  # 95% confidence interval
    r"\b(?i:fifty-fifty|fifty fifty|50-50|50/50|one-on-one|two-by-four|twenty-four seven|catch-22|six-pack"
    r"|two-for-one|2-for-1|"
    r"nine-to-five|back to square one|day one|square one|phase one|phase two|cloud nine|one by one|two by two)\b",
)
# "Articles 5, 6 and 7": an item goes on only to another or to a stop, so that "page 12, 40 people" keeps its people.
_LIST = (
    r"(?:\s?(?:,|-|–|to|and|or|through|,\sand)\s?[A-Z]?-?\d{1,5}"
    r"(?![\d,.]*\d|\s?%|\s(?:million|percent)|\s[a-z]{2,20}s\b|\s(?:people|men|women|children)\b)){0,6}"
)


@lru_cache(maxsize=1)
def _labels() -> tuple[re.Pattern[str], ...]:
    data = tomllib.loads((files("claimdesk") / "data" / "labels.toml").read_text(encoding="utf-8"))
    any_case = "|".join(re.escape(word) for word in sorted(data["any_case"], key=len, reverse=True))
    capital = "|".join(re.escape(word) for word in sorted(data["capital"], key=len, reverse=True))
    number = r"(?:No\.?\s|number\s|#)?(?:\d{1,5}(?!\d|,\d)|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
    letters = r"[A-Z]{0,2}"
    lists = (
        rf"\b(?i:{any_case})s?\.?\s{number}{letters}{_LIST}",
        rf"\b(?:{capital})s?(?:\s|-)(?:{number}|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine"
        rf"|Ten)\b){letters}{_LIST}",
    )
    return tuple(re.compile(pattern) for pattern in (*_PATTERNS, *lists))


def find_labels(text: str) -> list[Span]:
    """The stretches of a folded text whose figures name something, merged and in order.

    >>> text = "Flight 447 left at 9pm with 20 aboard."
    >>> [span.of(text) for span in find_labels(text)]
    ['Flight 447', '9pm']
    """
    spans = sorted(Span(*match.span()) for pattern in _labels() for match in pattern.finditer(text))
    return merge([span for span in spans if not is_rating(text, span.start)])


def merge(spans: list[Span]) -> list[Span]:
    """Sorted spans with the overlapping ones joined."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        elif span.end > span.start:
            merged.append(span)
    return merged
