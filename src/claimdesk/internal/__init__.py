"""The text against itself: places that cannot both be right, found without any source."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claimdesk.find import Found
from claimdesk.internal.change import find_changes
from claimdesk.internal.figures import find_headline_figures, find_repeated_figures
from claimdesk.internal.sums import find_shares, find_sums
from claimdesk.internal.words import find_ages, find_name_spellings, find_repeated_quotes, find_weekdays
from claimdesk.model import Inconsistency

# In this order; where two questions find the same pair of places, the earlier one names it.
QUESTIONS: tuple[Callable[[Found], Iterator[Inconsistency]], ...] = (
    find_weekdays,
    find_sums,
    find_shares,
    find_changes,
    find_headline_figures,
    find_repeated_figures,
    find_ages,
    find_repeated_quotes,
    find_name_spellings,
)


def find_inconsistencies(found: Found) -> tuple[Inconsistency, ...]:
    """Every pair of places of one text that cannot both be right, in order of the first place.

    Both spans index the document's text; ``detail`` is one sentence with both values and, where something was
    computed, the arithmetic. Rounding, hedges, other days, other speakers and figures that moved on are allowed for.
    """
    seen: dict[tuple[object, object], Inconsistency] = {}
    for question in QUESTIONS:
        for item in question(found):
            seen.setdefault((item.first, item.second), item)
    return tuple(sorted(seen.values(), key=lambda item: (item.first, item.second)))
