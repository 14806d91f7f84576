"""Calendar arithmetic in inclusive intervals of days: weeks, months, seasons, parts and counted steps.

Every function that could leave the years 1 to 9999 returns None instead of raising.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_THIRDS = {"early": 0, "mid": 1, "late": 2}


def day(year: int, month: int, number: int) -> date | None:
    """A day of the calendar, or None where there is none (February 30)."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def shift(start: date, days: int) -> date | None:
    """The day that lies ``days`` after ``start`` (before it when negative)."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(start: date, by: int) -> date | None:
    """The same day of the month, ``by`` months later; the month's last day where it is shorter.

    >>> shift_months(date(2025, 3, 31), -1)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + by, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def months(year: int, first: int, count: int = 1) -> Days | None:
    """``count`` whole months from month ``first`` of ``year``; ``first`` may lie outside 1 to 12.

    >>> months(2023, 12, 3)
    (datetime.date(2023, 12, 1), datetime.date(2024, 2, 29))
    """
    if not 1 <= year <= 9998:
        return None
    start = shift_months(date(year, 1, 1), first - 1)
    last = shift_months(start, count - 1) if start else None
    if not start or not last:
        return None
    return start, last.replace(day=monthrange(last.year, last.month)[1])


def years(first: int, count: int = 1) -> Days | None:
    """``count`` whole years."""
    return months(first, 1, 12 * count)


def quarter(year: int, number: int) -> Days | None:
    """A quarter of the calendar year; number 0 is the last quarter of the year before."""
    return months(year, 3 * number - 2, 3)


def season(year: int, name: str) -> Days | None:
    """A season by whole months as the weather services count it; a winter begins in December of ``year``."""
    return months(year, SEASONS[name], 3)


def week(inside: date, by: int = 0) -> Days | None:
    """Monday to Sunday around a day, ``by`` weeks later."""
    start = shift(inside, 7 * by - inside.weekday())
    last = shift(start, 6) if start else None
    return (start, last) if start and last else None


def weekend(inside: date, by: int = 0) -> Days | None:
    """Saturday and Sunday of the week around a day, ``by`` weeks later."""
    found = week(inside, by)
    return (found[1] - timedelta(days=1), found[1]) if found else None


def part_of(whole: Days, part: str) -> Days:
    """The early, mid or late third of a stretch.

    A month is cut as news style has it: days 1 to 10, 10 to 20, 20 to the end (domain rule, section 5). Whole years
    and seasons are cut at months, decades at years, anything else at days.

    >>> part_of((date(2025, 6, 1), date(2025, 6, 30)), "mid")
    (datetime.date(2025, 6, 10), datetime.date(2025, 6, 20))
    >>> part_of((date(2023, 1, 1), date(2023, 12, 31)), "late")
    (datetime.date(2023, 9, 1), datetime.date(2023, 12, 31))
    """
    first, last = whole
    third = _THIRDS[part]
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and span == 1:
        return (first.replace(day=max(1, 10 * third)), last if third == 2 else first.replace(day=10 * third + 10))
    if first.day == 1 and span == 120:
        low, high = ((0, 3), (4, 6), (7, 9))[third]
        return years(first.year + low, high - low + 1) or whole
    if first.day == 1 and span % 3 == 0:
        return months(first.year, first.month + third * span // 3, span // 3) or whole
    size = (last - first).days + 1
    return first + timedelta(days=third * size // 3), first + timedelta(days=(third + 1) * size // 3 - 1)


def step(start: date, unit: str, count: int) -> tuple[Days, str] | None:
    """What lies ``count`` units from a day, with its grain.

    Days are exact; a counted week, month or year names the calendar unit (as TIMEX3 writes it: 2025-W21, 2025-03).

    >>> step(date(2025, 6, 11), "month", -3)
    ((datetime.date(2025, 3, 1), datetime.date(2025, 3, 31)), 'month')
    """
    found: Days | None
    if unit == "day":
        moved = shift(start, count)
        found = (moved, moved) if moved else None
    elif unit == "week":
        moved = shift(start, 7 * count)
        found = week(moved) if moved else None
    elif unit == "month":
        moved = shift_months(start, count)
        found = months(moved.year, moved.month) if moved else None
    else:
        found = years(start.year + count * {"year": 1, "decade": 10, "century": 100}[unit])
        unit = "year"
    return (found, unit) if found else None


def move(start: date, unit: str, count: int) -> date | None:
    """The day that lies ``count`` units from a day, to the day."""
    if unit in ("day", "week"):
        return shift(start, count * (7 if unit == "week" else 1))
    return shift_months(start, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])
