"""False alterations of dates: another day, weekday, month or year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from claimdesk.bench.alter import Scene

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES = "|".join(MONTHS)
# "May" and "March" are months only beside a day or after such a word.
_MONTH = re.compile(
    r"\b(?:(?<=\d )|(?<=in )|(?<=of )|(?<=by )|(?<=since )|(?<=until )|(?<=before )|(?<=after )|(?<=from )"
    rf"|(?<=last )|(?<=and )|(?<=to )|(?<=between )|(?=\w+ \d))(?:{_NAMES})\b"
)
_DAY = re.compile(rf"\b(?:(?:{_NAMES}) (\d{{1,2}})\b(?! and \d)|(\d{{1,2}}) (?:{_NAMES})\b)")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")
_YEAR = re.compile(r"(?<![\w,.$€£-])(?:1[5-9]\d\d|20\d\d)(?![\w,-]|\.\d| (?:homes|people|\w+s)\b)")
_PIECES = r"(?: (?:about|the|early|late|mid|start|end|of|\d{1,2}|\d{4}|[A-Z][a-z]+ \d{1,2},?|[A-Z][a-z]+)){0,4}"
_OPEN = re.compile(rf"\b(by|before|until|after|since|from|between){_PIECES} $")
_RANGE_END = re.compile(rf"\b(?:from|between){_PIECES} (?:to|and|until){_PIECES} $")
_RANGE_START = re.compile(rf"^{_PIECES} (?:to|and|until) ")


def alter_date(scene: Scene, random: Random) -> Iterator[str]:
    """Another day, weekday, month or year: on May 3 -> on May 9; an open date only so that it cannot follow."""
    yield from _weekdays(scene, random)
    yield from _months(scene, random)
    yield from _days(scene, random)
    yield from _years(scene, random)


def _allowed(scene: Scene, start: int) -> tuple[bool, bool]:
    """Whether an earlier and a later date in this place are surely false; a range may only be narrowed."""
    before, after = scene.folded[max(0, start - 80) : start], scene.folded[start : start + 40]
    if _RANGE_END.search(before):
        return True, False
    found = _OPEN.search(before)
    if found is None:
        return True, True
    if found[1] in ("from", "between"):
        is_range = bool(_RANGE_START.match(" " + after))
        return not is_range, is_range
    return found[1] in ("by", "before", "since"), found[1] in ("until", "after")


def _weekdays(scene: Scene, random: Random) -> Iterator[str]:
    for match in _WEEKDAY.finditer(scene.folded):
        if all(_allowed(scene, match.start())):
            for other in random.sample(WEEKDAYS, 3):
                if scene.is_new(other):
                    yield scene.put(*match.span(), other)


def _months(scene: Scene, random: Random) -> Iterator[str]:
    for match in _MONTH.finditer(scene.folded):
        earlier, later = _allowed(scene, match.start())
        has_year = re.match(r"^(?: \d{1,2},?)? \d{4}", scene.folded[match.end() :])
        if not (earlier and later) and not has_year:  # "by June" may be a later day than "by November"
            continue
        place = MONTHS.index(match.group())
        options = [*(MONTHS[:place] if earlier else []), *(MONTHS[place + 1 :] if later else [])]
        for other in random.sample(options, min(3, len(options))):
            if scene.is_new(other):
                yield scene.put(*match.span(), other)


def _days(scene: Scene, random: Random) -> Iterator[str]:
    for match in _DAY.finditer(scene.folded):
        group = 1 if match[1] else 2
        earlier, later = _allowed(scene, match.start())
        day = int(match[group])
        reach = 15 if earlier and later else 2
        near = range(max(1, day - reach), min(28, day + reach) + 1)
        options = [other for other in near if (other < day - 1 and earlier) or (other > day + 1 and later)]
        for other in random.sample(options, min(2, len(options))):
            if scene.is_new(str(other)):
                yield scene.put(*match.span(group), str(other))


def _years(scene: Scene, random: Random) -> Iterator[str]:
    for match in _YEAR.finditer(scene.folded):
        earlier, later = _allowed(scene, match.start())
        year = int(match.group())
        steps = [-1, -2, -10, 1, 3, 10] if earlier and later else [-1] if earlier else [1] if later else []
        for step in random.sample(steps, min(2, len(steps))):
            if scene.is_new(str(year + step)):
                yield scene.put(*match.span(), str(year + step))
