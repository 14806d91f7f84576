"""Changes that do not follow from their ends: from, to and by, "doubled", and the way up or down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claimdesk.find import Found
from claimdesk.internal.arithmetic import Range, apart, is_plain, spread
from claimdesk.internal.change_words import change_words
from claimdesk.language.text import fold
from claimdesk.model import Form, Hedge, Inconsistency, Quantity, Span
from claimdesk.numbers.intervals import plain
from claimdesk.quantities import find_quantities

_FROM = re.compile(r"\bfrom (?:a |an |the |some )?(?:record |low of |high of )?$", re.IGNORECASE)
_TO = re.compile(r"\bto (?:a |an |the )?(?:record |new |total of |low of |high of )?$", re.IGNORECASE)
_LEEWAY = Decimal("0.12")  # how far from the factor a bare "doubled" may lie


@dataclass
class Ends:
    """The figures of one change."""

    start: Quantity | None = None
    end: Quantity | None = None
    step: Quantity | None = None


def find_changes(found: Found) -> Iterator[Inconsistency]:
    """A change whose step, factor or way does not follow from its two ends."""
    parsed = found.analysis.parsed
    folded = fold(parsed.text)
    position, figures = 0, found.analysis.quantities
    for sentence in parsed.sentences:
        held = []
        while position < len(figures) and figures[position].span.start < sentence.end:
            held.append(figures[position])
            position += 1
        if 2 <= len(held) <= 6 and (way := change_words().way.search(folded, sentence.start, sentence.end)):
            yield from _in_sentence(folded, sentence, held, way)


def _in_sentence(folded: str, sentence: Span, held: list[Quantity], way: re.Match[str]) -> Iterator[Inconsistency]:
    figures = [piece for item in held for piece in _split(folded, sentence, item)]
    ends = _ends(folded, sentence, figures)
    if ends is None or ends.start is None or ends.end is None or ends.start.unit != ends.end.unit:
        return
    left, right = spread(ends.start), spread(ends.end)
    if left is None or right is None:
        return
    first, second = sorted((ends.start.span, ends.end.span))
    place = Span(first.start, second.end)
    if ends.step is not None:
        yield from _check_step(ends, left, right)
        return
    factors = [
        item
        for item in figures
        if item.form is Form.MULTIPLE and item.text.casefold().split()[-1] in change_words().factors
    ]
    if factors:
        yield from _check_factor(folded, sentence, factors[0], ends, left, right)
    elif len(list(change_words().way.finditer(folded, sentence.start, sentence.end))) == 1:
        rises = way["up"] is not None
        if apart(left, right) and (right[0] < left[0]) == rises and way.start() < first.start:
            word = "lower" if rises else "higher"
            detail = f'The text says "{way.group()}", but {ends.end.text} is {word} than {ends.start.text}.'
            yield Inconsistency("CHANGE_ARITHMETIC", detail, Span(*way.span()), place)


def _split(folded: str, sentence: Span, item: Quantity) -> list[Quantity]:
    """A range that is none: "by 12 to 50" is a step and an end."""
    if item.form is not Form.RANGE or not change_words().step.search(
        folded, max(sentence.start, item.span.start - 30), item.span.start
    ):
        return [item]
    cut = folded.find(" to ", item.span.start, item.span.end)
    if cut < 0:
        return [item]
    pieces = []
    for start, end in ((item.span.start, cut), (cut + 4, item.span.end)):
        for piece in find_quantities(folded[start:end]):
            pieces.append(replace(piece, span=piece.span.shift(start), number=piece.number.shift(start)))
    return pieces if len(pieces) == 2 else [item]


def _ends(folded: str, sentence: Span, figures: Sequence[Quantity]) -> Ends | None:
    """From, to and by of one change; None where a sentence tells of two."""
    ends = Ends()
    used: list[Span] = []
    for item in figures:
        if not is_plain(item):
            continue
        before = max(sentence.start, item.span.start - 40), item.span.start
        for pattern, slot in ((_FROM, "start"), (_TO, "end"), (change_words().step, "step")):
            if pattern.search(folded, *before):
                if getattr(ends, slot) is not None:
                    return None
                setattr(ends, slot, item)
                used.append(item.span)
                break
    if len(used) < 2:
        return None
    inside = folded[min(used).end : max(used).start]
    return None if change_words().breaks.search(inside) else ends


def _check_step(ends: Ends, left: Range, right: Range) -> Iterator[Inconsistency]:
    """40 to 50 is 10, or 25%."""
    assert ends.start is not None and ends.end is not None and ends.step is not None
    step = spread(ends.step)
    if step is None:
        return
    start, end = ends.start.values[0], ends.end.values[0]
    gap = abs(end - start)
    allowed: list[tuple[Range, str]] = []
    if ends.step.unit == ends.start.unit and ends.step.unit != "percent" or ends.step.unit == "pp":
        low = max(Decimal(0), right[0] - left[1], left[0] - right[1])
        allowed.append(((low, max(abs(right[1] - left[0]), abs(left[1] - right[0]))), f"{plain(gap)}"))
    if ends.step.unit == "percent" and left[0] > 0:
        ratios = [abs(one / other - 1) * 100 for one in right for other in left]
        least = min(ratios) if apart(left, right) else Decimal(0)
        allowed.append(((least, max(ratios)), f"{plain(gap / start * 100)}%"))
    if not allowed or any(not apart(step, computed) for computed, _ in allowed):
        return
    result = allowed[0][1]
    if ends.start.unit == "percent" and ends.step.unit == "percent":
        result = f"{plain(gap)} percentage points, or {result}"
    detail = f"From {ends.start.text} to {ends.end.text} is {result}, not {ends.step.text}."
    first, second = sorted((ends.start.span, ends.end.span))
    yield Inconsistency("CHANGE_ARITHMETIC", detail, Span(first.start, second.end), ends.step.span)


def _check_factor(
    folded: str, sentence: Span, factor: Quantity, ends: Ends, left: Range, right: Range
) -> Iterator[Inconsistency]:
    """Doubled from 240 to 330 is 1.38 times; a bare factor may be off by 12%."""
    assert ends.start is not None and ends.end is not None
    if left[0] <= 0:
        return
    times = change_words().factors[factor.text.casefold().split()[-1]]
    hedge = folded[max(sentence.start, factor.span.start - 20) : factor.number.start].casefold()
    low, high = times * (1 - _LEEWAY), times * (1 + _LEEWAY)
    if factor.hedge is Hedge.MORE_THAN or "more than" in hedge:
        low, high = times * Decimal("0.99"), times * 5
    elif factor.hedge in (Hedge.NEARLY, Hedge.ABOUT, Hedge.JUST_UNDER) or re.search(r"nearly|almost|about", hedge):
        low = times * Decimal("0.8")
    ratio = right[0] / left[1], right[1] / left[0]
    if apart(ratio, (low, high)):
        result = plain(ends.end.values[0] / ends.start.values[0])
        detail = f'{ends.start.text} to {ends.end.text} is {result} times as much, not "{factor.text}".'
        first, second = sorted((ends.start.span, ends.end.span))
        yield Inconsistency("CHANGE_ARITHMETIC", detail, Span(first.start, second.end), factor.span)
