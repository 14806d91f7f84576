"""The table of rules: which function reads which kind of date expression."""

from __future__ import annotations

from collections.abc import Callable

from claimdesk.dates.patterns import Hit
from claimdesk.dates.readings import (
    Reading,
    Setting,
    read_century,
    read_day,
    read_decade,
    read_half,
    read_holiday,
    read_iso,
    read_month,
    read_near,
    read_quarter,
    read_season,
    read_slash,
    read_weekday,
    read_year,
    read_years,
)
from claimdesk.dates.shifts import (
    read_ago,
    read_from_now,
    read_later,
    read_nth_week,
    read_shifted,
    read_stretch,
    read_week_of,
    read_weekend,
)

RULES: dict[str, Callable[[dict[str, str], Setting], Reading]] = {
    "iso": read_iso,
    "dotted": read_iso,
    "slash": read_slash,
    "day": read_day,
    "weekday": read_weekday,
    "near": read_near,
    "holiday": read_holiday,
    "month": read_month,
    "year": read_year,
    "years": read_years,
    "decade": read_decade,
    "century": read_century,
    "quarter": read_quarter,
    "half": read_half,
    "season": read_season,
    "shifted": read_shifted,
    "weekend": read_weekend,
    "ago": read_ago,
    "from now": read_from_now,
    "stretch": read_stretch,
    "later": read_later,
    "week of": read_week_of,
    "nth week": read_nth_week,
}


def read_hit(hit: Hit, setting: Setting) -> Reading:
    """The meaning of one expression in its setting."""
    return RULES[hit.kind](hit.pieces, setting)
