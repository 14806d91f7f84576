"""From the pieces of a date expression to days: one rule for each kind of expression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claimdesk import calendar_days as cal
from claimdesk.calendar_days import Days
from claimdesk.date_patterns import MONTH_NUMBER, NUMBER_WORDS, SOFT_COUNTS, Hit, date_words
from claimdesk.tense import Tense


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means. ``days`` is None where it cannot be resolved.

    ``others`` are further sound readings; ``counted_from`` is "previous" for "two days earlier"; ``floating`` marks
    readings that the text's own day decided.
    """

    days: Days | None
    grain: str
    others: tuple[Days, ...] = ()
    fuzzy: bool = False
    problem: str = ""
    floating: bool = True
    previous: bool = False


@dataclass(frozen=True)
class Setting:
    """What a reading may lean on: the text's day, the tense, and the last day that the text named."""

    anchor: date | None
    tense: Callable[[], Tense]
    previous: Days | None = None


def read_hit(hit: Hit, setting: Setting) -> Reading:
    """The meaning of one expression in its setting."""
    return _RULES[hit.kind](hit.pieces, setting)


def _one(found: date | None) -> Days | None:
    return (found, found) if found else None


def _fixed(days: Days | None, grain: str, fuzzy: bool = False) -> Reading:
    return Reading(days, grain, fuzzy=fuzzy, floating=False)


def _year_of(written: str, anchor: date | None = None) -> int:
    """A year from two or four digits; two digits are the nearest year not more than ten ahead."""
    if len(written) == 4:
        return int(written)
    around = (anchor.year if anchor else 2025) + 10
    return around - (around - int(written)) % 100


def _month_of(pieces: dict[str, str], name: str = "m") -> int:
    return MONTH_NUMBER[pieces[name][:3].lower()]


def _number(word: str) -> int:
    tens, _, ones = word.lower().partition("-")
    if ones:
        return NUMBER_WORDS.get(tens, 0) + NUMBER_WORDS.get(ones, 0)
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdigit() else NUMBER_WORDS.get(word.lower(), 0)


def _third(pieces: dict[str, str]) -> str:
    part = (pieces.get("part") or pieces.get("third") or "").lower()
    edge = (pieces.get("edge") or "").lower()
    return part or {"beginning": "early", "start": "early", "middle": "mid", "": ""}.get(edge, "late")


def _cut(reading: Reading, pieces: dict[str, str]) -> Reading:
    """Early, mid or late in what was read; an edge ("the end of May") is as fuzzy as it is written."""
    third = _third(pieces)
    if not third:
        return reading
    days = cal.part_of(reading.days, third) if reading.days else None
    others = tuple(cal.part_of(other, third) for other in reading.others)
    return replace(reading, days=days, others=others, grain="part", fuzzy="edge" in pieces)


# --- years that the tense decides ----------------------------------------------------------------


def _nearest(
    setting: Setting, build: Callable[[int], Days | None], around: int | None = None
) -> tuple[Days | None, tuple[Days, ...]]:
    """The stretch of the right year: the latest begun for the past, the first not yet over for the future."""
    anchor = setting.anchor
    if anchor is None:
        return None, ()
    found = [days for year in range(anchor.year - 4, anchor.year + 5) if (days := build(year))]
    past = [days for days in found if days[0] <= anchor]
    future = [days for days in found if days[1] >= anchor]
    tense = setting.tense()
    if not past or not future:
        return None, ()
    if tense in ("future", "present"):
        chosen, other = future[0], past[-1]
    else:
        chosen, other = past[-1], future[0]
    far = abs((chosen[0] - anchor).days) > 335
    return chosen, ((other,) if other != chosen and (far or tense == "present") else ())


def _day(pieces: dict[str, str], setting: Setting) -> Reading:
    month, low = _month_of(pieces), _number(pieces["d"])
    high = _number(pieces.get("e") or pieces.get("f") or pieces["d"])

    def build(year: int) -> Days | None:
        first, last = cal.day(year, month, low), cal.day(year, month, high)
        return (first, last) if first and last and first <= last else None

    fuzzy = _is_night(pieces)
    days, others = (build(int(pieces["y"])), ()) if "y" in pieces else _nearest(setting, build)
    problem = "" if days or setting.anchor is None and "y" not in pieces else "There is no such day"
    if days and (wanted := _weekday_of(pieces)) is not None and days[0].weekday() != wanted:
        problem = f"{days[0].isoformat()} is a {cal.WEEKDAYS[days[0].weekday()].capitalize()}"
    return Reading(days, "day", others, fuzzy, problem, floating="y" not in pieces)


def _is_night(pieces: dict[str, str]) -> bool:
    words = " ".join(pieces.get(name, "") for name in ("when", "of", "hour")).lower()
    return any(word in words for word in ("night", "early", "late", "evening")) and "later" not in words


def _weekday_of(pieces: dict[str, str]) -> int | None:
    if "wd" not in pieces:
        return None
    return [name[:3] for name in cal.WEEKDAYS].index(pieces["wd"][:3].lower())


# --- days ----------------------------------------------------------------------------------------


def _iso(pieces: dict[str, str], setting: Setting) -> Reading:
    found = _one(cal.day(int(pieces["y"]), int(pieces["m"]), int(pieces["d"])))
    return _fixed(found, "day")


def _slash(pieces: dict[str, str], setting: Setting) -> Reading:
    """6/11/2025 is June 11 or 6 November: where both are days and differ, both are kept and none is chosen."""
    year = _year_of(pieces["y"], setting.anchor)
    found = {
        cal.day(year, *pair) for pair in ((int(pieces["a"]), int(pieces["b"])), (int(pieces["b"]), int(pieces["a"])))
    }
    days = sorted(day for day in found if day)
    if len(days) == 2:
        return replace(_fixed(None, "day"), others=tuple((day, day) for day in days))
    return _fixed(_one(days[0]) if days else None, "day")


def _weekday(pieces: dict[str, str], setting: Setting) -> Reading:
    anchor, wanted = setting.anchor, _weekday_of(pieces)
    if anchor is None or wanted is None:
        return Reading(None, "day", fuzzy=_is_night(pieces))
    back = cal.shift(anchor, -((anchor.weekday() - wanted) % 7))
    ahead = cal.shift(anchor, (wanted - anchor.weekday() - 1) % 7 + 1)
    tense = setting.tense()
    if (pieces.get("when") or "").lower().startswith("later") and wanted == anchor.weekday():
        ahead = anchor
    chosen, other = (ahead, back) if tense in ("future", "present") else (back, ahead)
    others = _one(other) if tense in ("present", "unknown") else None
    return Reading(_one(chosen), "day", (others,) if others else (), _is_night(pieces))


def _near(pieces: dict[str, str], setting: Setting) -> Reading:
    """yesterday, today, tonight, overnight (the evening before until the morning), the day before yesterday."""
    anchor, word = setting.anchor, " ".join(pieces["word"].lower().split())
    night = any(part in word for part in ("night", "evening"))
    if anchor is None:
        return Reading(None, "day", fuzzy=night)
    by = 0
    if "before yesterday" in word:
        by = -2
    elif "after tomorrow" in word:
        by = 2
    elif "yesterday" in word or word in ("last night", "last evening"):
        by = -1
    elif "tomorrow" in word:
        by = 1
    found = cal.shift(anchor, by)
    if word == "overnight" and setting.tense() != "future":
        before = cal.shift(anchor, -1)
        return Reading((before, anchor) if before else None, "day", fuzzy=True)
    return Reading(_one(found), "day", fuzzy=night)


def _holiday(pieces: dict[str, str], setting: Setting) -> Reading:
    month, number = date_words()["holidays"][pieces["name"].lower()]
    if "y" in pieces:
        return _fixed(_one(cal.day(int(pieces["y"]), month, number)), "day")
    days, others = _nearest(setting, lambda year: _one(cal.day(year, month, number)))
    return Reading(days, "day", others)


# --- months, quarters, seasons, years ------------------------------------------------------------


def _month(pieces: dict[str, str], setting: Setting) -> Reading:
    month = _month_of(pieces)
    if "y" in pieces:
        return _cut(_fixed(cal.months(int(pieces["y"]), month), "month"), pieces)
    days, others = _nearest(setting, lambda year: cal.months(year, month))
    return _cut(Reading(days, "month", others), pieces)


def _year(pieces: dict[str, str], setting: Setting) -> Reading:
    return _cut(_fixed(cal.years(int(pieces["y"])), "year"), pieces)


def _years(pieces: dict[str, str], setting: Setting) -> Reading:
    """2024-25, 2019-2021: from the first day of the one to the last of the other."""
    first, written = int(pieces["y"]), pieces["z"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    if last <= first:
        last = last + 100 if len(written) == 2 and written == "00" else last
    return _fixed(cal.years(first, last - first + 1) if first < last <= first + 60 else None, "year")


def _decade(pieces: dict[str, str], setting: Setting) -> Reading:
    written = pieces["y"]
    first = 1900 + int(written[1:]) if written.startswith("'") else int(written)
    return _cut(_fixed(cal.years(first, 10), "decade"), pieces)


def _century(pieces: dict[str, str], setting: Setting) -> Reading:
    return _cut(_fixed(cal.years(int(pieces["n"]) * 100 - 99, 100), "century"), pieces)


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "latter": 2}


def _ordinal(word: str) -> int:
    return _ORDINALS.get(word.lower()) or int(word[0])


def _named_year(pieces: dict[str, str], setting: Setting) -> tuple[int | None, bool]:
    """The year that is written beside a quarter or half, and whether one is."""
    if written := pieces.get("y") or pieces.get("y2"):
        return int(written), True
    if (which := pieces.get("which", "").lower()) and setting.anchor:
        return setting.anchor.year + {"last": -1, "next": 1}.get(which, 0), True
    return None, bool(which)


def _quarter(pieces: dict[str, str], setting: Setting) -> Reading:
    number = _ordinal(pieces["n"])
    year, written = _named_year(pieces, setting)
    if written:
        return Reading(cal.quarter(year, number) if year else None, "quarter", floating="which" in pieces)
    days, others = _nearest(setting, lambda at: cal.quarter(at, number))
    return Reading(days, "quarter", others)


def _half(pieces: dict[str, str], setting: Setting) -> Reading:
    number = _ordinal(pieces["n"])
    year, _ = _named_year(pieces, setting)
    return Reading(cal.months(year, 6 * number - 5, 6) if year else None, "part", floating="which" in pieces)


def _season(pieces: dict[str, str], setting: Setting) -> Reading:
    name, which = pieces["season"], pieces.get("which", "").lower()
    if "y" in pieces:
        return _cut(replace(_fixed(cal.season(int(pieces["y"]), name), "season"), fuzzy=True), pieces)
    if which:
        return _cut(_which_of_year(setting.anchor, which, lambda year: cal.season(year, name), "season"), pieces)
    days, others = _nearest(setting, lambda year: cal.season(year, name))
    return _cut(Reading(days, "season", others, fuzzy=True), pieces)


def _which_of_year(anchor: date | None, which: str, build: Callable[[int], Days | None], grain: str) -> Reading:
    """Last May, this summer, next spring. "Last" within the running year may also mean the year before."""
    if anchor is None:
        return Reading(None, grain)
    found = [days for year in range(anchor.year - 2, anchor.year + 3) if (days := build(year))]
    past = [days for days in found if days[1] < anchor]
    future = [days for days in found if days[0] > anchor]
    others: tuple[Days, ...] = ()
    if which == "last" and len(past) > 1:
        chosen = past[-1]
        others = (past[-2],) if chosen[0].year == anchor.year else ()
    elif which == "next" and len(future) > 1:
        chosen = future[0]
        others = (future[1],) if chosen[0].year == anchor.year else ()
    else:
        chosen = next((days for days in found if days[0].year == anchor.year), found[0])
        running = [days for days in found if days[0] <= anchor <= days[1]]
        chosen = running[0] if running else chosen
    return Reading(chosen, grain, others, fuzzy=grain == "season")


# --- last, this, next ----------------------------------------------------------------------------

_STEPS = {"last": -1, "past": -1, "previous": -1, "prior": -1, "this": 0, "the": 0, "current": 0, "same": 0, "next": 1,
          "following": 1, "coming": 1}  # fmt: skip


def _shifted(pieces: dict[str, str], setting: Setting) -> Reading:
    if edge := pieces.get("edge", "").lower():
        if edge in ("year", "month"):
            return _shifted({"edge": "end", "which": "the", "unit": edge}, setting)
    words = pieces["which"].lower().split()
    which, unit = words[-1], pieces["unit"]
    counted = words[0] == "the" and which in ("previous", "following", "same", "next", "prior")
    base = setting.anchor
    if counted:
        base = setting.previous[0 if which in ("previous", "prior") else 1] if setting.previous else None
    by = _STEPS[which]
    if "wd" in pieces:
        return _shifted_weekday(pieces, setting, which, base, counted)
    if "m" in pieces:
        month = _month_of(pieces)
        return _cut(_which_of_year(base, "last" if by < 0 else "next" if by > 0 else "this",
                                   lambda year: cal.months(year, month), "month"), pieces)  # fmt: skip
    if base is None:
        return Reading(None, unit, previous=counted)
    reading = replace(_unit(base, unit, by, pieces, setting), previous=counted)
    return _cut(_edge_today(reading, pieces, base), pieces)


def _unit(base: date, unit: str, by: int, pieces: dict[str, str], setting: Setting) -> Reading:
    others: tuple[Days, ...] = ()
    if unit in ("day", "night"):
        return Reading(_one(cal.shift(base, by)), "day", fuzzy=unit == "night")
    if unit == "week":
        found = cal.week(base, by)
        if by < 0 and (start := cal.shift(base, -7)) and "part" not in pieces and "edge" not in pieces:
            others = ((start, start + timedelta(days=6)),)  # "last week" may also count back from today
        return Reading(found, "week", others)
    if unit == "weekend":
        running = base.weekday() >= 5
        if by == 0 and not running and setting.tense() == "past":
            return Reading(cal.weekend(base, -1), unit, tuple(filter(None, [cal.weekend(base)])))
        found = cal.weekend(base, by if by <= 0 else 0 if not running else 1)
        return Reading(found, "weekend", tuple(filter(None, [cal.weekend(base, 1)])) if by > 0 and not running else ())
    if unit == "month":
        return Reading(cal.months(base.year, base.month + by), "month")
    if unit == "quarter":
        return Reading(cal.quarter(base.year, (base.month + 2) // 3 + by), "quarter")
    if unit == "year":
        return Reading(cal.years(base.year + by), "year")
    size = 10 if unit == "decade" else 100
    opening = base.year // size * size + by * size + (1 if unit == "century" else 0)
    return Reading(cal.years(opening, size), unit)


def _edge_today(reading: Reading, pieces: dict[str, str], base: date) -> Reading:
    """Earlier this month: from its start until today; later this year: from today until its end."""
    edge = pieces.get("edge2", "").lower()
    if not edge or not reading.days:
        return reading
    first, last = reading.days
    if not first <= base <= last:
        return reading
    return replace(reading, days=(first, base) if edge == "earlier" else (base, last), grain="part")


def _shifted_weekday(pieces: dict[str, str], setting: Setting, which: str, base: date | None, counted: bool) -> Reading:
    """Last Monday, next Friday: the nearest, or the one a week further; this Friday: by tense, else of this week."""
    wanted = _weekday_of(pieces)
    if base is None or wanted is None:
        return Reading(None, "day", previous=counted)
    night = _is_night(pieces)
    before = cal.shift(base, -((base.weekday() - wanted - 1) % 7 + 1))
    after = cal.shift(base, (wanted - base.weekday() - 1) % 7 + 1)
    if which in ("last", "previous", "past", "prior"):
        other = cal.shift(before, -7) if before and not counted else None
        return Reading(_one(before), "day", ((other, other),) if other else (), night, previous=counted)
    if which in ("next", "following", "coming"):
        other = cal.shift(after, 7) if after and which == "next" and not counted else None
        return Reading(_one(after), "day", ((other, other),) if other else (), night, previous=counted)
    here = cal.week(base)
    return Reading(_one(cal.shift(here[0], wanted)) if here else None, "day", (), night)


def _weekend(pieces: dict[str, str], setting: Setting) -> Reading:
    """The latest weekend begun for the past, the first not yet over for the future."""
    anchor = setting.anchor
    if anchor is None:
        return Reading(None, "weekend")
    ahead = setting.tense() == "future"
    return Reading(cal.weekend(anchor, 0 if ahead or anchor.weekday() >= 5 else -1), "weekend")


# --- counted -------------------------------------------------------------------------------------

_UNITS = {"centurie": "century"}


def _count(pieces: dict[str, str]) -> tuple[int, int]:
    word = " ".join(pieces["count"].lower().split())
    return SOFT_COUNTS.get(word) or (SOFT_COUNTS["a couple"] if word == "couple of" else (_number(word), _number(word)))


def _from(base: date | None, pieces: dict[str, str], sign: int) -> Reading:
    unit = _UNITS.get(pieces["unit"].lower(), pieces["unit"].lower())
    low, high = _count(pieces)
    if base is None or not high:
        return Reading(None, "day" if unit in ("hour", "minute") else unit)
    if unit in ("hour", "minute"):
        hours = high if unit == "hour" else 1
        other = cal.shift(base, sign * ((hours + 23) // 24))
        return Reading((min(base, other), max(base, other)) if other else None, "day", fuzzy=True)
    if unit == "quarter":
        low, high, unit = low * 3, high * 3, "month"
    near, far = cal.step(base, unit, sign * low), cal.step(base, unit, sign * high)
    if not near or not far:
        return Reading(None, unit)
    days = (min(near[0][0], far[0][0]), max(near[0][1], far[0][1]))
    return Reading(days, near[1], fuzzy=unit != "day" or low != high)


def _ago(pieces: dict[str, str], setting: Setting) -> Reading:
    return _from(setting.anchor, pieces, -1)


def _from_now(pieces: dict[str, str], setting: Setting) -> Reading:
    return _from(setting.anchor, pieces, 1)


def _stretch(pieces: dict[str, str], setting: Setting) -> Reading:
    """The past five years: from the same day five years ago until today."""
    anchor, unit = setting.anchor, _UNITS.get(pieces["unit"].lower(), pieces["unit"].lower())
    count = _count({"count": pieces.get("count", "a")})[1]
    if anchor is None or not count:
        return Reading(None, unit)
    sign = 1 if pieces["which"].lower() in ("next", "coming") else -1
    if unit in ("hour", "minute"):
        other = cal.shift(anchor, sign * ((count + 23) // 24 if unit == "hour" else 1))
    else:
        other = cal.move(anchor, unit, sign * count)
    return Reading((min(anchor, other), max(anchor, other)) if other else None, unit, fuzzy=True)


def _later(pieces: dict[str, str], setting: Setting) -> Reading:
    """Two days earlier, a week later, the day before: counted from the last day that the text named."""
    way = pieces["way"].lower()
    sign = -1 if "earlier" in way or "before" in way or "previous" in way else 1
    base = setting.previous[0 if sign < 0 else 1] if setting.previous else None
    if "unit" not in pieces:
        return Reading(_one(cal.shift(base, sign)) if base else None, "day", previous=True)
    unit = pieces["unit"].lower()
    if base and setting.previous and setting.previous[0] != setting.previous[1] and unit in ("day", "hour", "minute"):
        return Reading(None, "day", previous=True)
    low, count = _count(pieces)
    if unit == "week" and base and low == count:
        return Reading(_one(cal.shift(base, sign * 7 * count)), "day", fuzzy=True, previous=True)
    return replace(_from(base, pieces, sign), previous=True)


# --- weeks of ------------------------------------------------------------------------------------


def _week_of(pieces: dict[str, str], setting: Setting) -> Reading:
    inner = {"m": pieces.get("m") or pieces["m2"], "d": pieces.get("d") or pieces["d2"]}
    if "y" in pieces:
        inner["y"] = pieces["y"]
    reading = _day(inner, setting)
    if not reading.days:
        return replace(reading, grain="week")
    named = reading.days[0]
    other: date | None
    if pieces["rule"].lower() == "ending":
        other = cal.shift(named, -6)
        return replace(reading, days=(other, named) if other else None, grain="week")
    if pieces["rule"].lower() == "of":
        return replace(reading, days=cal.week(named), grain="week")
    other = cal.shift(named, 6)
    return replace(reading, days=(named, other) if other else None, grain="week")


def _nth_week(pieces: dict[str, str], setting: Setting) -> Reading:
    """The first week of June: its days 1 to 7; the last week: its last seven days."""
    reading = _month({name: pieces[name] for name in ("m", "y") if name in pieces}, setting)
    if not reading.days:
        return replace(reading, grain="week")
    first, last = reading.days
    number = 5 if pieces["n"] in ("last", "final") else _ORDINALS[pieces["n"]]
    if pieces["unit"] == "weekend":
        saturday = first + timedelta(days=(5 - first.weekday()) % 7 + 7 * (number - 1))
        while saturday > last:
            saturday -= timedelta(days=7)
        return replace(reading, days=(saturday, saturday + timedelta(days=1)), grain="weekend")
    if number == 5:
        return replace(reading, days=(last - timedelta(days=6), last), grain="week", fuzzy=True)
    start = first + timedelta(days=7 * (number - 1))
    return replace(reading, days=(start, start + timedelta(days=6)), grain="week", fuzzy=True)


_RULES: dict[str, Callable[[dict[str, str], Setting], Reading]] = {
    "iso": _iso, "dotted": _iso, "slash": _slash, "day": _day, "weekday": _weekday, "near": _near, "holiday": _holiday,
    "month": _month, "year": _year, "years": _years, "decade": _decade, "century": _century, "quarter": _quarter,
    "half": _half, "season": _season, "shifted": _shifted, "weekend": _weekend, "ago": _ago, "from now": _from_now,
    "stretch": _stretch, "later": _later, "week of": _week_of, "nth week": _nth_week,
}  # fmt: skip
