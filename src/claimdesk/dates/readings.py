"""Days, months, quarters, seasons and years: one rule for each kind of calendar expression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from claimdesk.dates import calendar_days as cal
from claimdesk.dates.calendar_days import Days
from claimdesk.dates.patterns import MONTH_NUMBER, NUMBER_WORDS, date_words
from claimdesk.dates.tense import Tense


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means. ``days`` is None where it cannot be resolved.

    ``others`` are further sound readings; ``floating`` marks readings that the text's own day decided,
    ``previous`` those that count from a day named before ("two days earlier").
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


def one_day(found: date | None) -> Days | None:
    """A stretch of one day, None where there is none."""
    return (found, found) if found else None


def fixed(days: Days | None, grain: str, fuzzy: bool = False) -> Reading:
    """A reading that the text's own day had no part in."""
    return Reading(days, grain, fuzzy=fuzzy, floating=False)


def _year_of(written: str, anchor: date | None = None) -> int:
    """A year from two or four digits; two digits are the nearest year not more than ten ahead."""
    if len(written) == 4:
        return int(written)
    around = (anchor.year if anchor else 2025) + 10
    return around - (around - int(written)) % 100


def month_of(pieces: dict[str, str], name: str = "m") -> int:
    """The month that an expression names, 1 to 12."""
    return MONTH_NUMBER[pieces[name][:3].lower()]


def number_of(word: str) -> int:
    """A count from digits or words (3, 3rd, three, seventy-four); 0 where it is neither."""
    tens, _, ones = word.lower().partition("-")
    if ones:
        return NUMBER_WORDS.get(tens, 0) + NUMBER_WORDS.get(ones, 0)
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdigit() else NUMBER_WORDS.get(word.lower(), 0)


def _third(pieces: dict[str, str]) -> str:
    part = (pieces.get("part") or pieces.get("third") or "").lower()
    edge = (pieces.get("edge") or "").lower()
    return part or {"beginning": "early", "start": "early", "middle": "mid", "": ""}.get(edge, "late")


def cut_part(reading: Reading, pieces: dict[str, str]) -> Reading:
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


def read_day(pieces: dict[str, str], setting: Setting) -> Reading:
    """June 2; 2nd of June 2025; Tuesday, June 10; June 2-4; late on June 2."""
    month, low = month_of(pieces), number_of(pieces["d"])
    high = number_of(pieces.get("e") or pieces.get("f") or pieces["d"])

    def build(year: int) -> Days | None:
        first, last = cal.day(year, month, low), cal.day(year, month, high)
        return (first, last) if first and last and first <= last else None

    fuzzy = is_night(pieces)
    days, others = (build(int(pieces["y"])), ()) if "y" in pieces else _nearest(setting, build)
    problem = "" if days or setting.anchor is None and "y" not in pieces else "There is no such day"
    if days and (wanted := weekday_of(pieces)) is not None and days[0].weekday() != wanted:
        problem = f"{days[0].isoformat()} is a {cal.WEEKDAYS[days[0].weekday()].capitalize()}"
    return Reading(days, "day", others, fuzzy, problem, floating="y" not in pieces)


def is_night(pieces: dict[str, str]) -> bool:
    """Whether an expression names hours that another day may claim (late on Tuesday, Tuesday night)."""
    words = " ".join(pieces.get(name, "") for name in ("when", "of", "hour")).lower()
    return any(word in words for word in ("night", "early", "late", "evening")) and "later" not in words


def weekday_of(pieces: dict[str, str]) -> int | None:
    """The weekday that an expression names, Monday is 0."""
    if "wd" not in pieces:
        return None
    return [name[:3] for name in cal.WEEKDAYS].index(pieces["wd"][:3].lower())


# --- days ----------------------------------------------------------------------------------------


def read_iso(pieces: dict[str, str], setting: Setting) -> Reading:
    """2025-06-11 and 11.06.2025."""
    found = one_day(cal.day(int(pieces["y"]), int(pieces["m"]), int(pieces["d"])))
    return fixed(found, "day")


def read_slash(pieces: dict[str, str], setting: Setting) -> Reading:
    """6/11/2025 is June 11 or 6 November: where both are days and differ, both are kept and none is chosen."""
    year = _year_of(pieces["y"], setting.anchor)
    found = {
        cal.day(year, *pair) for pair in ((int(pieces["a"]), int(pieces["b"])), (int(pieces["b"]), int(pieces["a"])))
    }
    days = sorted(day for day in found if day)
    if len(days) == 2:
        return replace(fixed(None, "day"), others=tuple((day, day) for day in days))
    return fixed(one_day(days[0]) if days else None, "day")


def read_weekday(pieces: dict[str, str], setting: Setting) -> Reading:
    """Wednesday: for the past the latest up to the text's day, that day included; for the future the first after it."""
    anchor, wanted = setting.anchor, weekday_of(pieces)
    if anchor is None or wanted is None:
        return Reading(None, "day", fuzzy=is_night(pieces))
    back = cal.shift(anchor, -((anchor.weekday() - wanted) % 7))
    ahead = cal.shift(anchor, (wanted - anchor.weekday() - 1) % 7 + 1)
    tense = setting.tense()
    if (pieces.get("when") or "").lower().startswith("later") and wanted == anchor.weekday():
        ahead = anchor
    chosen, other = (ahead, back) if tense in ("future", "present") else (back, ahead)
    others = one_day(other) if tense in ("present", "unknown") else None
    return Reading(one_day(chosen), "day", (others,) if others else (), is_night(pieces))


def read_near(pieces: dict[str, str], setting: Setting) -> Reading:
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
    return Reading(one_day(found), "day", fuzzy=night)


def read_holiday(pieces: dict[str, str], setting: Setting) -> Reading:
    """Christmas Day, New Year's Eve 2024."""
    month, number = date_words()["holidays"][pieces["name"].lower()]
    if "y" in pieces:
        return fixed(one_day(cal.day(int(pieces["y"]), month, number)), "day")
    days, others = _nearest(setting, lambda year: one_day(cal.day(year, month, number)))
    return Reading(days, "day", others)


# --- months, quarters, seasons, years ------------------------------------------------------------


def read_month(pieces: dict[str, str], setting: Setting) -> Reading:
    """May; May 2023; early June; the end of May 2023."""
    month = month_of(pieces)
    if "y" in pieces:
        return cut_part(fixed(cal.months(int(pieces["y"]), month), "month"), pieces)
    days, others = _nearest(setting, lambda year: cal.months(year, month))
    return cut_part(Reading(days, "month", others), pieces)


def read_year(pieces: dict[str, str], setting: Setting) -> Reading:
    """2023; late 2023; the end of 2023."""
    return cut_part(fixed(cal.years(int(pieces["y"])), "year"), pieces)


def read_years(pieces: dict[str, str], setting: Setting) -> Reading:
    """2024-25, 2019-2021: from the first day of the one to the last of the other."""
    first, written = int(pieces["y"]), pieces["z"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    if last <= first:
        last = last + 100 if len(written) == 2 and written == "00" else last
    return fixed(cal.years(first, last - first + 1) if first < last <= first + 60 else None, "year")


def read_decade(pieces: dict[str, str], setting: Setting) -> Reading:
    """The 1990s; the '70s; the late 1980s."""
    written = pieces["y"]
    first = 1900 + int(written[1:]) if written.startswith("'") else int(written)
    return cut_part(fixed(cal.years(first, 10), "decade"), pieces)


def read_century(pieces: dict[str, str], setting: Setting) -> Reading:
    """The 12th century."""
    return cut_part(fixed(cal.years(int(pieces["n"]) * 100 - 99, 100), "century"), pieces)


ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "latter": 2}


def _ordinal(word: str) -> int:
    return ORDINALS.get(word.lower()) or int(word[0])


def _named_year(pieces: dict[str, str], setting: Setting) -> tuple[int | None, bool]:
    """The year that is written beside a quarter or half, and whether one is."""
    if written := pieces.get("y") or pieces.get("y2"):
        return int(written), True
    if (which := pieces.get("which", "").lower()) and setting.anchor:
        return setting.anchor.year + {"last": -1, "next": 1}.get(which, 0), True
    return None, bool(which)


def read_quarter(pieces: dict[str, str], setting: Setting) -> Reading:
    """The third quarter; Q3 2024; the first quarter of last year."""
    number = _ordinal(pieces["n"])
    year, written = _named_year(pieces, setting)
    if written:
        return Reading(cal.quarter(year, number) if year else None, "quarter", floating="which" in pieces)
    days, others = _nearest(setting, lambda at: cal.quarter(at, number))
    return Reading(days, "quarter", others)


def read_half(pieces: dict[str, str], setting: Setting) -> Reading:
    """The first half of 2024; H1 2024; in the first half."""
    number = _ordinal(pieces["n"])
    year, written = _named_year(pieces, setting)
    if not written:
        days, others = _nearest(setting, lambda at: cal.months(at, 6 * number - 5, 6))
        return Reading(days, "part", others)
    return Reading(cal.months(year, 6 * number - 5, 6) if year else None, "part", floating="which" in pieces)


def read_season(pieces: dict[str, str], setting: Setting) -> Reading:
    """Summer 2023; last spring; in the fall."""
    name, which = pieces["season"], pieces.get("which", "").lower()
    if "y" in pieces:
        return cut_part(replace(fixed(cal.season(int(pieces["y"]), name), "season"), fuzzy=True), pieces)
    if which:
        return cut_part(which_of_year(setting.anchor, which, lambda year: cal.season(year, name), "season"), pieces)
    days, others = _nearest(setting, lambda year: cal.season(year, name))
    return cut_part(Reading(days, "season", others, fuzzy=True), pieces)


def which_of_year(anchor: date | None, which: str, build: Callable[[int], Days | None], grain: str) -> Reading:
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
