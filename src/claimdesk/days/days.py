"""Days against days: what a source's date says about a claim's, resolved or only as written."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from claimdesk.dates.calendar_days import Days, months, years
from claimdesk.model import DateRef, Outcome

# How far apart fuzzy dates may lie, in days, by grain, before they differ.
_SLACK = {"day": 1, "weekend": 2, "week": 7, "part": 10, "month": 31, "quarter": 31, "season": 45, "year": 366}
_OPEN = (date.min, date.max)
_DAYS = tuple(name.lower() for name in day_name)
_MONTHS = tuple(name.lower()[:3] for name in month_name)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b", re.I)
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b", re.I)
_NUMBER = re.compile(r"(?<![\d/.-])(\d{1,2})(?:st|nd|rd|th)?(?![\d/-])", re.I)


def compare(claim: DateRef, source: DateRef) -> tuple[Outcome, str]:
    """What a source's date says about a claim's: inside it supports, apart conflicts, else silent.

    Every other sound reading of either side ("last Monday", 6/11/2025) must fail too before two dates conflict.
    A date that no day anchors is compared as it is written.
    """
    if "since" in (claim.relation, source.relation) and claim.relation != source.relation:
        return Outcome.SILENT, "DATE_OTHER"
    if claim.problem or source.problem:
        return _compare_mismatched(claim, source)
    mine, theirs = readings(claim), readings(source)
    if not mine or not theirs:
        return _compare_written(claim, source)
    if claim.first is None and claim.last is None or source.first is None and source.last is None:
        return Outcome.SILENT, "DATE_AMBIGUOUS"
    first, other = mine[0], theirs[0]
    if first == other:
        return Outcome.SUPPORTS, "DATE_EQUAL"
    if claim.relation == source.relation == "until" and claim.last and source.last:
        return _compare_ends(claim, source)
    if is_range(claim) and _gap(first, other) <= 0:
        return _compare_ranges(claim, source)
    wide = mine if claim.grain == "week" else mine[:1]  # both readings of "last week" are one (section 5)
    open_ended = claim.relation in ("before", "after") or (claim.relation == "by" and claim.grain == "day")
    open_ended = open_ended and source.relation == "in" and not (claim.fuzzy or source.fuzzy)
    if any(low <= other[0] and other[1] <= high for low, high in wide) and (claim.relation == "in" or open_ended):
        return Outcome.SUPPORTS, "DATE_WITHIN"  # in 1953 is before 1970, too
    slack = 0
    for ref in (claim, source):
        slack = max(slack, _SLACK.get(ref.grain, 366) if ref.fuzzy else 0)
    if any(_gap(one, two) <= slack for one in mine for two in theirs):
        overlapping = _gap(first, other) <= 0
        return Outcome.SILENT, "DATE_PARTIAL" if overlapping else "DATE_NEAR"
    if {"before", "after", "by"} & {claim.relation, source.relation}:
        return Outcome.SILENT, "DATE_OTHER"  # after 2015 is no day that another could rule out
    return Outcome.CONFLICTS, "DATE_CONFLICT"


def is_range(ref: DateRef) -> bool:
    """Whether a reference was written with two ends that both hold ("from 1945 to 1976")."""
    if ref.fuzzy or ref.relation != "in" or not ref.first or not ref.last or " and " in ref.text:
        return False
    if ref.grain == "day":
        return ref.first != ref.last
    return ref.grain in ("month", "year") and (ref.first, ref.last) != _unit(ref.first, ref.grain)


def closed_range(ref: DateRef) -> bool:
    """Whether a reference was written with two ends: from 2014 to 2018, between April and July, June 2-4."""
    if not ref.first or not ref.last or ref.fuzzy:
        return False
    return is_range(ref) or (" and " in ref.text and (ref.first, ref.last) != _unit(ref.first, ref.grain))


def _compare_mismatched(claim: DateRef, source: DateRef) -> tuple[Outcome, str]:
    """Dates of which one names a weekday that its day is not: they agree only word for word."""
    if " ".join(claim.text.lower().split()) == " ".join(source.text.lower().split()):
        return Outcome.SUPPORTS, "DATE_EQUAL"
    one, two = written(claim.text), written(source.text)
    if one.day is not None and two.day is not None and not (claim.fuzzy or source.fuzzy):
        other_day = (one.month, one.day) != (two.month, two.day)
        if other_day or (None not in (one.weekday, two.weekday) and one.weekday != two.weekday):
            return Outcome.CONFLICTS, "DATE_CONFLICT"
    return Outcome.SILENT, "DATE_OTHER"


def compare_edges(claim: DateRef, starts: DateRef | None, ends: DateRef | None) -> tuple[Outcome, str]:
    """A stretch of the claim against the days on which the source lets the same thing begin and end."""
    outcomes = []
    for own, other in ((claim.first, starts), (claim.last, ends)):
        stretch = readings(other) if other is not None else []
        if own is None or not stretch:
            outcomes.append(Outcome.SUPPORTS if own is None else Outcome.SILENT)
            continue
        low, high = _unit(own, claim.grain)
        inside = any(low <= one <= high or one <= low <= two for one, two in stretch)
        outcomes.append(Outcome.SUPPORTS if inside else Outcome.CONFLICTS)
    if Outcome.CONFLICTS in outcomes:
        return Outcome.CONFLICTS, "DATE_CONFLICT"
    if Outcome.SILENT in outcomes:
        return Outcome.SILENT, "DATE_PARTIAL"
    return Outcome.SUPPORTS, "DATE_EQUAL"


def _compare_ends(claim: DateRef, source: DateRef) -> tuple[Outcome, str]:
    """Until November 15 against until November 30."""
    if claim.fuzzy or source.fuzzy or claim.grain != source.grain:
        return Outcome.SILENT, "DATE_NEAR"
    return Outcome.CONFLICTS, "DATE_CONFLICT"


def _compare_ranges(claim: DateRef, source: DateRef) -> tuple[Outcome, str]:
    """From 1945 to 1978 against 1945 to 1976: one end the same and one different cannot both be right."""
    ends = (claim.first == source.first, claim.last == source.last)
    if is_range(source) and source.grain == claim.grain and any(ends):
        return Outcome.CONFLICTS, "DATE_CONFLICT"
    return Outcome.SILENT, "DATE_PARTIAL"


def readings(ref: DateRef) -> list[Days]:
    """The stretches that a reference may mean; for since, until and the like, the stretch that it names."""
    if ref.relation == "since" and ref.first:
        main = [_unit(ref.first, ref.grain)]
    elif ref.first or ref.last:
        main = [(ref.first or _OPEN[0], ref.last or _OPEN[1])]
    else:
        main = []
    return main + [other for other in ref.alternatives if other not in main]


def _unit(first: date, grain: str) -> Days:
    """The year, month or day that holds a day."""
    whole = {"year": years(first.year), "month": months(first.year, first.month)}.get(grain)
    return whole or (first, first)


def _gap(one: Days, two: Days) -> int:
    """Days between two stretches; 0 or less when they share one."""
    apart = max(two[0] - one[1], one[0] - two[1])
    return max(apart, timedelta(0)).days


# --- as written ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """What a date says without a year: a weekday (0 is Monday), a month, a day of it."""

    weekday: int | None = None
    month: int | None = None
    day: int | None = None


@lru_cache(maxsize=4096)
def written(text: str) -> Written:
    """The parts of a date as written.

    >>> written("Saturday, June 7")
    Written(weekday=5, month=6, day=7)
    """
    short = text[:60]
    weekday, month = _WEEKDAY.search(short), _MONTH.search(_WEEKDAY.sub(" ", short))
    number = _NUMBER.search(short)
    return Written(
        _DAYS.index(weekday[0].lower()) if weekday else None,
        _MONTHS.index(month[1].lower()) if month else None,
        int(number[1]) if number and month else None,
    )


def _compare_written(claim: DateRef, source: DateRef) -> tuple[Outcome, str]:
    """Two dates of which one has no year or week to stand in: by weekday, or by month and day."""
    unknown = Outcome.SILENT, "DATE_AMBIGUOUS"
    if claim.relation != source.relation or claim.alternatives or source.alternatives:
        return unknown
    one, two = written(claim.text), written(source.text)
    unanchored = not readings(claim) and not readings(source)
    plain = " ".join(claim.text.lower().split()) == " ".join(source.text.lower().split())
    if unanchored and plain and not claim.fuzzy:
        return Outcome.SUPPORTS, "DATE_EQUAL"
    sure = not claim.fuzzy and not source.fuzzy and claim.grain == source.grain == "day"
    if sure and one.month and two.month and None not in (one.weekday, two.weekday) and one.weekday != two.weekday:
        return Outcome.CONFLICTS, "DATE_CONFLICT"
    if one.month and two.month:
        if one.month != two.month:
            return (Outcome.CONFLICTS, "DATE_CONFLICT") if sure or claim.grain == source.grain else unknown
        if one.day == two.day:
            return Outcome.SUPPORTS, "DATE_EQUAL"
        if one.day is None and claim.grain == "month":
            return Outcome.SUPPORTS, "DATE_WITHIN"
        return (Outcome.CONFLICTS, "DATE_CONFLICT") if one.day and two.day and sure else unknown
    if sure and one.weekday is not None and two.weekday is not None:
        if one.weekday == two.weekday:
            return Outcome.SUPPORTS, "DATE_EQUAL"
        if unanchored:
            return Outcome.CONFLICTS, "DATE_CONFLICT"
    return unknown
