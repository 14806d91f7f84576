"""What a file says about itself: keys and values, calendar days, a leading date line, a file name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from claimdesk.language.text import fold
from claimdesk.model import Meta, Span

TYPES = ("transcript", "statement", "report", "interpreted")
"""What ``Meta.type`` may be (contract: judge, input meta)."""
COLUMNS = ("title", "publisher", "date", "url", "kind", "trust", "speaker", "role", "org", "medium", "type")
"""Metadata keys of front matter and of ``sources.csv`` (contract: case folder)."""

# Not calendar.month_name, which speaks the language of the machine.
_MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_MONTHS = {
    name.casefold(): number
    for number, whole in enumerate((*_MONTH_NAMES, "November", "December"), start=1)
    for name in (whole, whole[:3], whole[:4] if number == 9 else whole)
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?[ ]{1,3})?"
# The clock or the zone after an ISO day; a day is taken as written, in its own zone.
_CLOCK = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?[ ]?(?:Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2})?)?"
_DAY = re.compile(
    rf"""{_WEEKDAY}(?:
      (?P<y1>\d{{4}})(?P<sep>[-/.])(?P<m1>\d{{1,2}})(?P=sep)(?P<d1>\d{{1,2}})(?!\d){_CLOCK}  # 2025-06-11T08:00Z
    | (?P<y2>(?:19|20)\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)                                  # 20250611
    | (?P<b3>{_MONTH})[ ]{{0,3}}(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?[ ]{{1,3}}(?P<y3>\d{{4}})(?!\d)  # June 11, 2025
    | (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of[ ])?(?P<b4>{_MONTH}),?[ -](?P<y4>\d{{4}})(?!\d)    # 11 June 2025
    | (?P<a5>\d{{1,2}})[/.](?P<c5>\d{{1,2}})[/.](?P<y5>\d{{4}})(?!\d)                       # 25/12/2025 only
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD = re.compile(r"\s{0,50}(?P<label>(?:date[ ]?:?|dated:?|published:?(?:[ ]on)?)[ \t]{0,5})?", re.IGNORECASE)
_NAMED = re.compile(r"(?P<before>^|.*?[\W_])??(?P<day>(?:19|20)\d\d([-_.]?)(?:0[1-9]|1[0-2])\3\d\d)(?!\d)", re.DOTALL)


def parse_day(text: str) -> date | None:
    """The calendar day that a string states, None when it states none or leaves day and month open.

    >>> parse_day("Wed, June 11th, 2025"), parse_day("2025-06-11T10:00:00+03:00")
    (datetime.date(2025, 6, 11), datetime.date(2025, 6, 11))
    >>> parse_day("25/12/2025")
    datetime.date(2025, 12, 25)
    >>> parse_day("06/11/2025") is None
    True
    """
    match = _DAY.match(fold(text[:200]).strip())
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    for year, month, day in (("y1", "m1", "d1"), ("y2", "m2", "d2"), ("y3", "b3", "d3"), ("y4", "b4", "d4")):
        if part[year]:
            name = part[month].rstrip(".").casefold()
            return _calendar(part[year], _MONTHS.get(name) or int(name), part[day])
    first, second = int(part["a5"]), int(part["c5"])
    if first <= 12 and second <= 12 and first != second:
        return None  # day or month first: we do not guess
    return _calendar(part["y5"], min(first, second), max(first, second))


def _calendar(year: str, month: int, day: str | int) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def leading_date(text: str, after: int = 0) -> tuple[Span, date] | None:
    """The date line that opens a text, at or right behind ``after``: labeled, or alone on its line.

    >>> leading_date(" date 2025-06-11 Ukraine brought home the bodies")
    (Span(start=1, end=16), datetime.date(2025, 6, 11))
    >>> leading_date("2025-06-11 was a Wednesday.") is None
    True
    """
    head = fold(text[after : after + 200])
    lead = _LEAD.match(head)
    match = _DAY.match(head, lead.end()) if lead else None
    if not lead or not match or (day := _day(match)) is None:
        return None
    rest = head[match.end() :].split("\n", 1)[0].strip(" \t\r.")
    if not lead["label"] and rest:
        return None
    start = lead.start("label") if lead["label"] else match.start()
    return Span(after + start, after + match.end()), day


def from_mapping(values: Mapping[str, object], where: str) -> tuple[Meta, tuple[str, ...]]:
    """Metadata from keys and values as front matter and ``sources.csv`` give them, and what was not understood.

    Unknown keys are left out. A date whose day and month may be swapped, a trust outside 0 to 1 and an unknown
    type are dropped with a note that begins with ``where``.
    """
    known = {str(key).strip().casefold(): value for key, value in values.items()}
    notes: list[str] = []
    texts = {key: _scalar(known.get(key)) for key in COLUMNS}
    day = _as_day(known.get("date"))
    if texts["date"] and day is None:
        notes.append(f"{where}: the date {texts['date'][:40]!r} was not understood; write it as YYYY-MM-DD.")
    trust = _trust(texts["trust"])
    if texts["trust"] and trust is None:
        notes.append(f"{where}: trust {texts['trust'][:40]!r} is not a number from 0 to 1.")
    form = texts["type"].casefold()
    if form and form not in TYPES:
        notes.append(f"{where}: type {form[:40]!r} is none of {', '.join(TYPES)}.")
        form = ""
    names = ("title", "publisher", "url", "kind", "speaker", "role", "org", "medium")
    return Meta(date=day, trust=trust, type=form, **{key: texts[key] for key in names}), tuple(notes)


def merge(first: Meta, second: Meta) -> Meta:
    """``first`` with its blanks filled from ``second``."""
    blanks = {key: getattr(second, key) for key in COLUMNS if getattr(first, key) in ("", None)}
    return replace(first, **blanks)


def from_name(name: str) -> Meta:
    """Title and date from a file name, the last resort when a file says nothing of itself.

    >>> from_name("2025-06-11-bodies-returned.txt")
    Meta(title='Bodies returned', publisher='', date=datetime.date(2025, 6, 11), url='', kind='', trust=None, \
speaker='', role='', org='', medium='', type='')
    """
    stem = re.sub(r"\.[^.\s]{1,9}$", "", name[:300])
    day = None
    if match := _NAMED.match(stem):
        day = parse_day(re.sub("[_.]", "-", match["day"]))
        if day:
            stem = stem[: match.start("day")] + stem[match.end("day") :]
    words = re.sub(r"[\s_]+|(?<!\s)-(?!\s)", " ", stem).strip(" -_.")
    return Meta(title=words[:1].upper() + words[1:], date=day)


def _scalar(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return ""
    return " ".join(str(value).split())[:2000]


def _as_day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else parse_day(_scalar(value))


def _trust(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
