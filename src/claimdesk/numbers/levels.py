"""Figures between which a passage tells a change or a share without a word for it: two years of one count, of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimdesk.language.text import fold
from claimdesk.model import DateRef, Form
from claimdesk.numbers.bind import bind
from claimdesk.numbers.bound import Bound

_BEFORE = re.compile(r"\b(?:ago|earlier|before|previous|previously|last|prior)\b", re.IGNORECASE)
_OF_WHOM = re.compile(
    r"[\w ]{0,40}, (?:(?:about|some|nearly|almost|only|just|at least) )?(?:of (?:whom|which|them) )?"
    r"(?:(?:about|some|nearly|almost|only|just) )?$"
)
_COUNTED = frozenset([Form.PLAIN, Form.PERCENT])
_FAR = 2  # sentences from one figure to the other


def level_pairs(bounds: Sequence[Bound]) -> Iterator[tuple[Bound, Bound]]:
    """The earlier and the later of two figures for one thing: "248,000 visitors in 2023 and 496,000 in 2024".

    Only where the passage has these two figures for it and no third, each done, whole and of a time of its own.
    """
    rows: dict[tuple[object, ...], list[Bound]] = {}
    for bound in bounds:
        if key := _key(bound):
            rows.setdefault(key, []).append(bound)
    for row in rows.values():
        if len(row) == 2 and _is_near(*row) and (ordered := _in_order(*row)):
            yield ordered


def _key(bound: Bound) -> tuple[object, ...] | None:
    """What two figures must share; None for one that is no level."""
    quantity = bound.quantity
    if bound.role or bound.base or bound.part_of or bound.subset or bound.negated or bound.modality or bound.aside:
        return None
    if quantity.form not in _COUNTED or len(quantity.values) != 1 or quantity.soft:
        return None
    named = bound.item or (bound.topic[0].lemma if bound.topic and quantity.unit is not None else "")
    if not named:
        return None
    return (quantity.unit, quantity.form, named, bound.statistic, bound.verb_lemma)


def _is_near(one: Bound, two: Bound) -> bool:
    sentences = [span.start for span in one.view.analysis.parsed.sentences]
    places = [sentences.index(bound.sentence.start) for bound in (one, two) if bound.sentence.start in sentences]
    return len(places) == 2 and abs(places[0] - places[1]) < _FAR


def _in_order(one: Bound, two: Bound) -> tuple[Bound, Bound] | None:
    first, second = _time(one), _time(two)
    if first is not None and second is not None:
        if _ends_before(first, second):
            return one, two
        return (two, one) if _ends_before(second, first) else None
    known = [(bound, time) for bound, time in ((one, first), (two, second)) if time is not None]
    if len(known) != 1 or not _BEFORE.search(known[0][1].text):
        return None
    return (one, two) if known[0][0] is one else (two, one)


def _time(bound: Bound) -> DateRef | None:
    return bound.times[0] if len(bound.times) == 1 else None


def _ends_before(one: DateRef, two: DateRef) -> bool:
    if one.relation != "in" or two.relation != "in":
        return False
    return one.last is not None and two.first is not None and one.last < two.first


def way_told(level: Bound) -> str:
    """``up`` or ``down`` where a level is told beside an earlier one: "2.1, compared with 2.9 a year ago"; or ""."""
    if level.role not in ("", "to") or len(level.quantity.values) != 1 or level.in_row:
        return ""
    earlier = [other for other in bind(level.view) if other.role == "from" and _is_earlier_one(other, level)]
    if len(earlier) != 1:
        return ""
    before, now = earlier[0].quantity.values[0], level.quantity.values[0]
    return "up" if now > before else "down" if now < before else ""


def _is_earlier_one(other: Bound, level: Bound) -> bool:
    quantity = other.quantity
    alike = quantity.form is level.quantity.form and len(quantity.values) == 1
    return alike and (quantity.unit or level.quantity.unit) == level.quantity.unit and other.sentence == level.sentence


def is_whole_of(base: Bound, part: Bound) -> bool:
    """Whether a passage takes one count out of another right behind it: "8,200 people, of whom 2,050 are nurses"."""
    text = base.view.analysis.parsed.text
    between = fold(text[base.quantity.number.end : part.quantity.span.start])
    return " of " in between and bool(_OF_WHOM.fullmatch(between))
