"""Does the claim's value stand in the passage beside the words that it stands beside in the claim, or another one?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from claimdesk.analysis import View
from claimdesk.entailment.marking import Value, relation, values
from claimdesk.language.text import Word, words
from claimdesk.model import Span
from claimdesk.store import stem, stop_words

_ASIDE = 1_000  # characters that a boundary between sentences counts for
_READ = 4_000  # characters of evidence beyond which nothing is placed


def is_misplaced(claim: View, evidence: Sequence[View]) -> bool:
    """Whether some value of the claim stands in the evidence away from the claim's words, which have another figure.

    Of the claim's words beside the value, the nearest that the evidence has must stand nearer to an equal value there
    than to any other figure. A value without an equal one, or with none of these words, is misplaced too.

    >>> from claimdesk.analysis import analyze
    >>> told = analyze("It made a loss of 63 million euros, against a profit of 18 million a year before.").view()
    >>> is_misplaced(analyze("It made a profit of 63 million euros.").view(), [told])
    True
    >>> is_misplaced(analyze("It made a loss of 63 million euros.").view(), [told])
    False
    """
    return any(_is_away(value, claim, evidence) for value in values(claim))


def _is_away(value: Value, claim: View, evidence: Sequence[View]) -> bool:
    beside = list(_beside(value, claim))
    found: dict[str, tuple[float, float]] = {}
    for view in evidence:
        for norm, near in _distances(value, view, set(beside)):
            found[norm] = min(found.get(norm, near), near, key=min)
    known = next((norm for norm in beside if norm in found), None)
    return known is None or found[known][0] > found[known][1]


def _beside(value: Value, claim: View) -> Iterator[str]:
    """The stems of the claim's content words that are part of no value, the nearest to this one first."""
    spans = [other.span for other in values(claim)]
    content = [word for word in words(claim.analysis.parsed.text, claim.span) if _tells(word, spans)]
    for word in sorted(content, key=lambda word: _gap(word.span, value.span)):
        yield stem(word.norm.removesuffix("'s"))


def _tells(word: Word, spans: Sequence[Span]) -> bool:
    return word.norm not in stop_words() and word.norm[:1].isalpha() and not any(map(word.span.overlaps, spans))


def _distances(value: Value, view: View, wanted: set[str]) -> Iterator[tuple[str, tuple[float, float]]]:
    """For each occurrence of a wanted word how far it is from a value equal to the claim's, and from any other one."""
    text = view.analysis.parsed.text
    equal: list[Span] = []
    others: list[Span] = []
    for other in values(view):
        mark = relation(value, other)
        (equal if mark is not None and mark.sign == "=" else others).append(other.span)
    stretch = Span(view.span.start, min(view.span.end, view.span.start + _READ))
    starts = [sentence.start for sentence in view.analysis.parsed.sentences]
    for word in words(text, stretch):
        norms = {stem(part.removesuffix("'s")) for part in (word.norm, *word.norm.split("-"))} & wanted
        if norms:
            near = (_nearest(word.span, equal, starts), _nearest(word.span, others, starts))
            yield from ((norm, near) for norm in norms)


def _nearest(word: Span, spans: Sequence[Span], starts: Sequence[int]) -> float:
    gaps = (_gap(word, span) + _ASIDE * _between(word, span, starts) for span in spans)
    return min(gaps, default=math.inf)


def _gap(one: Span, two: Span) -> int:
    return max(0, one.start - two.end, two.start - one.end)


def _between(one: Span, two: Span, starts: Sequence[int]) -> int:
    low, high = min(one.start, two.start), max(one.start, two.start)
    return sum(low < start <= high for start in starts)
