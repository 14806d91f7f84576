"""Totals and parts, counts and percentages: the arithmetic inside one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from claimdesk.find import Found
from claimdesk.internal.arithmetic import Range, add, apart, is_plain, share, spread
from claimdesk.language.text import fold
from claimdesk.model import Form, Hedge, Inconsistency, Quantity, Span
from claimdesk.numbers.intervals import plain

# "37 people: 22 adults and 16 children"; what stands between the total and its first part.
_OPENS = re.compile(
    r"^(?: [\w'-]+){0,8}?(?:(?: ?:| [-\u2013\u2014]+| ?\(|, namely| consisting of| made up of| comprising| split into)"
    r"(?: the| their| its)? )$|^(?: [\w'-]+){0,8}? ?\($"
)
_JOINS = re.compile(r"^(?: [\w'-]+){0,6}?(?:,| and|, and|;|; and| plus)(?: the| another| a further)? $")
_CLOSES = re.compile(r"^(?: [\w'-]+){0,6} ?(?:[.;)\u2014\u2013]| -|$)")
# "22 adults and 16 children, 37 in all"
_IN_ALL = re.compile(r"(?: [\w'-]+){0,2} (?:in all|in total|altogether|all told|combined)\b")
_TO_TOTAL = re.compile(
    r"^(?: [\w'-]+){0,6}?(?:,|, for| for| -| \u2014|, or| or|,? making| bringing the total to)"
    r"(?: a (?:grand |combined )?total of)? $"
)
_TOTAL_OF = re.compile(r"\btotal(?:s|ed|ing)? (?:of )?$|\bcombined $")
_SUBSET = re.compile(
    r"\b(?:includ\w+|among|at least|some of|of whom|of which|such as|more than|nearly|about)\b", re.IGNORECASE
)
# "Of the 40, 25 were freed and the other 10 ..."
_OF = re.compile(r"\b(?:of|out of|among) (?:the |its |their |all |these |those |all the )?$", re.IGNORECASE)
_REST = re.compile(r"\b(?:the (?:other|remaining)|the rest,|the remainder,) $", re.IGNORECASE)
# "12 of the 40 pupils, or 25%"
_OR = re.compile(r"^[^.;:()\d]{0,60}?(?:,? or| \(|, which is|, that is|, i\.e\.,?| -| \u2014|,) ?(?:just )?$")
_LOOSE_BASE = 12  # "four in 10" is a way to say about 40%
_NEAR_MISS = (6, 14)  # tenths of the total within which a list that misses it is a slip and not another count


def find_sums(found: Found) -> Iterator[Inconsistency]:
    """A total with parts that are said to be the whole, and do not add up."""
    folded = fold(found.analysis.parsed.text)
    for sentence, figures in _sentences(found):
        if len(figures) < 3:
            continue
        yield from _listed(folded, sentence, figures)
        yield from _summed(folded, sentence, figures)
        yield from _with_rest(folded, sentence, figures)


def _sentences(found: Found) -> Iterator[tuple[Span, list[Quantity]]]:
    """Sentences with their figures; a sentence that goes on with "The other" is joined to the one before."""
    parsed = found.analysis.parsed
    figures = [item for item in found.analysis.quantities if item.form is not Form.ORDINAL]
    spans = parsed.sentences
    position = 0
    for index, sentence in enumerate(spans):
        end = sentence.end
        if index + 1 < len(spans) and re.match(r"The (?:other|remaining|rest)\b", spans[index + 1].of(parsed.text)):
            end = spans[index + 1].end
        while position < len(figures) and figures[position].span.start < sentence.start:
            position += 1
        held = []
        for item in figures[position : position + 12]:
            if item.span.end > end:
                break
            held.append(item)
        yield Span(sentence.start, end), held


def _listed(folded: str, sentence: Span, figures: Sequence[Quantity]) -> Iterator[Inconsistency]:
    """A total, a colon, and parts to the end: 37 people: 22 adults and 16 children."""
    for index, total in enumerate(figures[:-2]):
        first = figures[index + 1]
        if not is_plain(total) or not _OPENS.match(folded[total.span.end : first.span.start]):
            continue
        parts = [first]
        for item in figures[index + 2 :]:
            if not _JOINS.match(folded[parts[-1].span.end : item.span.start]):
                break
            parts.append(item)
        tail = folded[parts[-1].span.end : sentence.end]
        if len(parts) > 1 and _CLOSES.match(tail) and not _SUBSET.search(folded, total.span.start, parts[-1].span.end):
            yield from _compare(total, parts)


def _summed(folded: str, sentence: Span, figures: Sequence[Quantity]) -> Iterator[Inconsistency]:
    """Parts first: 22 adults and 16 children, 37 in all; for a total of 37."""
    for index, total in enumerate(figures):
        said = _IN_ALL.match(folded, total.span.end, min(sentence.end, total.span.end + 60)) or _TOTAL_OF.search(
            folded, max(sentence.start, total.span.start - 30), total.span.start
        )
        if index < 2 or not said or not is_plain(total):
            continue
        if not _TO_TOTAL.match(folded[figures[index - 1].span.end : total.span.start]):
            continue
        parts = [figures[index - 1]]
        for item in reversed(figures[: index - 1]):
            if not _JOINS.match(folded[item.span.end : parts[0].span.start]):
                break
            parts.insert(0, item)
        if len(parts) > 1 and not _SUBSET.search(folded, parts[0].span.start, total.span.end):
            yield from _compare(total, parts)


def _with_rest(folded: str, sentence: Span, figures: Sequence[Quantity]) -> Iterator[Inconsistency]:
    """Of the 40, 25 were freed and the other 10 stay: only where "the other" says that nothing is left over."""
    rests = [
        item for item in figures if _REST.search(folded, max(sentence.start, item.span.start - 20), item.span.start)
    ]
    if len(figures) != 3 or len(rests) != 1 or rests[0] is not figures[2]:
        return
    bases = [
        item for item in figures[:2] if _OF.search(folded, max(sentence.start, item.span.start - 20), item.span.start)
    ]
    if len(bases) == 1:
        part = figures[0] if bases[0] is figures[1] else figures[1]
        yield from _compare(bases[0], [part, figures[2]])


def _compare(total: Quantity, parts: Sequence[Quantity]) -> Iterator[Inconsistency]:
    if not all(is_plain(item) and item.unit == total.unit and item.form is total.form for item in parts):
        return
    ranges = [spread(item) for item in parts]
    whole = spread(total)
    if whole is None or any(item is None for item in ranges):
        return
    sums = add([item for item in ranges if item is not None])
    value = sum((item.values[0] for item in parts), Decimal(0))
    near = _NEAR_MISS[0] * total.values[0] <= 10 * value <= _NEAR_MISS[1] * total.values[0]
    if not apart(whole, sums) or not near or any(item.values[0] >= total.values[0] for item in parts):
        return
    written = " + ".join(plain(item.values[0]) for item in parts)
    detail = f"The parts make {written} = {plain(value)}, not {plain(total.values[0])}."
    yield Inconsistency("SUM_OF_PARTS", detail, total.span, Span(parts[0].span.start, parts[-1].span.end))


def find_shares(found: Found) -> Iterator[Inconsistency]:
    """A count, its base and a percentage that does not follow from them: 12 of the 40 pupils, or 25%."""
    folded = fold(found.analysis.parsed.text)
    for sentence, figures in _sentences(found):
        for index, stated in enumerate(figures):
            if stated.unit != "percent" or stated.form not in (Form.PERCENT, Form.FRACTION, Form.RATIO):
                continue
            pair = _part_and_base(folded, sentence, figures[:index], stated)
            if pair is not None:
                yield from _compare_share(*pair, stated)


def _part_and_base(
    folded: str, sentence: Span, before: Sequence[Quantity], stated: Quantity
) -> tuple[Range, Range, Span] | None:
    """The part, the base and their place, where the percentage is said to be the same thing."""
    if not before or not _OR.match(folded[before[-1].span.end : stated.span.start]):
        return None
    last = before[-1]
    if last.form is Form.RATIO and last.of is not None:
        (part, base) = last.of
        exact = last.hedge is Hedge.NONE and base > _LOOSE_BASE
        return ((part, part), (base, base), last.span) if exact else None
    if len(before) < 2:
        return None
    other = before[-2]
    gap = folded[other.span.end : last.span.start]
    if re.match(r"^(?: [\w'-]+){0,3} (?:of|out of|among) (?:the |its |their |all |a total of |all the |some )?$", gap):
        part_figure, base_figure = other, last
    elif _OF.search(folded, max(sentence.start, other.span.start - 20), other.span.start) and len(gap) <= 60:
        if not re.match(r"^[^,.;:]{0,40}, (?:only |just )?$", gap):
            return None
        part_figure, base_figure = last, other
        if not re.match(r"^(?:,? or|,? ?\(| -) ?$", folded[last.span.end : stated.span.start]):
            return None
    else:
        return None
    if not (is_plain(part_figure) and is_plain(base_figure)) or part_figure.unit != base_figure.unit:
        return None
    part_range, base_range = spread(part_figure), spread(base_figure)
    if part_range is None or base_range is None or part_figure.unit == "percent":
        return None
    return part_range, base_range, Span(other.span.start, last.span.end)


def _compare_share(part: Range, base: Range, place: Span, stated: Quantity) -> Iterator[Inconsistency]:
    computed, said = share(part, base), spread(stated)
    if computed is None or said is None or not apart(computed, said):
        return
    result = plain((computed[0] + computed[1]) / 2)
    detail = f"{plain((part[0] + part[1]) / 2)} of {plain((base[0] + base[1]) / 2)} is {result}%, not {stated.text}."
    yield Inconsistency("PERCENT_OF_BASE", detail, place, stated.span)
