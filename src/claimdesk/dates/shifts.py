"""Expressions that count: last and next, three weeks ago, the past decade, two days earlier, the week of June 2."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from claimdesk.dates import calendar_days as cal
from claimdesk.dates.calendar_days import Days
from claimdesk.dates.patterns import SOFT_COUNTS
from claimdesk.dates.readings import (
    ORDINALS,
    Reading,
    Setting,
    cut_part,
    is_night,
    month_of,
    number_of,
    one_day,
    read_day,
    read_month,
    weekday_of,
    which_of_year,
)

# --- last, this, next ----------------------------------------------------------------------------

_STEPS = {"last": -1, "past": -1, "previous": -1, "prior": -1, "this": 0, "the": 0, "current": 0, "same": 0, "next": 1,
          "following": 1, "coming": 1}  # fmt: skip


def read_shifted(pieces: dict[str, str], setting: Setting) -> Reading:
    """Last week; next Friday; this year; earlier this month; the end of the year; the previous day."""
    if edge := pieces.get("edge", "").lower():
        if edge in ("year", "month"):
            return read_shifted({"edge": "end", "which": "the", "unit": edge}, setting)
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
        month = month_of(pieces)
        return cut_part(which_of_year(base, "last" if by < 0 else "next" if by > 0 else "this",
                                   lambda year: cal.months(year, month), "month"), pieces)  # fmt: skip
    if base is None:
        return Reading(None, unit, previous=counted)
    reading = replace(_unit(base, unit, by, pieces, setting), previous=counted)
    return cut_part(_edge_today(reading, pieces, base), pieces)


def _unit(base: date, unit: str, by: int, pieces: dict[str, str], setting: Setting) -> Reading:
    others: tuple[Days, ...] = ()
    if unit in ("day", "night"):
        return Reading(one_day(cal.shift(base, by)), "day", fuzzy=unit == "night")
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
    wanted = weekday_of(pieces)
    if base is None or wanted is None:
        return Reading(None, "day", previous=counted)
    night = is_night(pieces)
    before = cal.shift(base, -((base.weekday() - wanted - 1) % 7 + 1))
    after = cal.shift(base, (wanted - base.weekday() - 1) % 7 + 1)
    if which in ("last", "previous", "past", "prior"):
        other = cal.shift(before, -7) if before and not counted else None
        return Reading(one_day(before), "day", ((other, other),) if other else (), night, previous=counted)
    if which in ("next", "following", "coming"):
        other = cal.shift(after, 7) if after and which == "next" and not counted else None
        return Reading(one_day(after), "day", ((other, other),) if other else (), night, previous=counted)
    here = cal.week(base)
    return Reading(one_day(cal.shift(here[0], wanted)) if here else None, "day", (), night)


def read_weekend(pieces: dict[str, str], setting: Setting) -> Reading:
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
    return SOFT_COUNTS.get(word) or (
        SOFT_COUNTS["a couple"] if word == "couple of" else (number_of(word), number_of(word))
    )


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


def read_ago(pieces: dict[str, str], setting: Setting) -> Reading:
    """Three days ago; a decade ago; several weeks ago."""
    return _from(setting.anchor, pieces, -1)


def read_from_now(pieces: dict[str, str], setting: Setting) -> Reading:
    """Three days from now; in two weeks' time."""
    return _from(setting.anchor, pieces, 1)


def read_stretch(pieces: dict[str, str], setting: Setting) -> Reading:
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


def read_later(pieces: dict[str, str], setting: Setting) -> Reading:
    """Two days earlier, a week later, the day before: counted from the last day that the text named."""
    way = pieces["way"].lower()
    sign = -1 if "earlier" in way or "before" in way or "previous" in way else 1
    base = setting.previous[0 if sign < 0 else 1] if setting.previous else None
    if "unit" not in pieces:
        return Reading(one_day(cal.shift(base, sign)) if base else None, "day", previous=True)
    unit = pieces["unit"].lower()
    if base and setting.previous and setting.previous[0] != setting.previous[1] and unit in ("day", "hour", "minute"):
        return Reading(None, "day", previous=True)
    low, count = _count(pieces)
    if unit == "week" and base and low == count:
        return Reading(one_day(cal.shift(base, sign * 7 * count)), "day", fuzzy=True, previous=True)
    return replace(_from(base, pieces, sign), previous=True)


# --- weeks of ------------------------------------------------------------------------------------


def read_week_of(pieces: dict[str, str], setting: Setting) -> Reading:
    """The week of June 2 (Monday to Sunday around it); the week ending June 8."""
    inner = {"m": pieces.get("m") or pieces["m2"], "d": pieces.get("d") or pieces["d2"]}
    if "y" in pieces:
        inner["y"] = pieces["y"]
    reading = read_day(inner, setting)
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


def read_nth_week(pieces: dict[str, str], setting: Setting) -> Reading:
    """The first week of June: its days 1 to 7; the last week: its last seven days."""
    reading = read_month({name: pieces[name] for name in ("m", "y") if name in pieces}, setting)
    if not reading.days:
        return replace(reading, grain="week")
    first, last = reading.days
    number = 5 if pieces["n"] in ("last", "final") else ORDINALS[pieces["n"]]
    if pieces["unit"] == "weekend":
        saturday = first + timedelta(days=(5 - first.weekday()) % 7 + 7 * (number - 1))
        while saturday > last:
            saturday -= timedelta(days=7)
        return replace(reading, days=(saturday, saturday + timedelta(days=1)), grain="weekend")
    if number == 5:
        return replace(reading, days=(last - timedelta(days=6), last), grain="week", fuzzy=True)
    start = first + timedelta(days=7 * (number - 1))
    return replace(reading, days=(start, start + timedelta(days=6)), grain="week", fuzzy=True)
