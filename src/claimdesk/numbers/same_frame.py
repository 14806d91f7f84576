"""Sentences that differ at most in their figures: each figure is the partner of the one in its place."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.language.text import words
from claimdesk.model import Span
from claimdesk.numbers.bind import Bound

_NEAR = 4  # words on each side that tell two figures of one sentence apart


def partner(claim: Bound, sources: Sequence[Bound]) -> Bound | None:
    """The figure in the claim's place of a sentence that is the claim's word for word, but for its figures.

    >>> from claimdesk.analysis import analyze
    >>> from claimdesk.numbers.bind import bind
    >>> texts = "It won by 54 percent to 46 percent.", "It won by 52 percent to 48 percent."
    >>> ours, theirs = (bind(analyze(text).view()) for text in texts)
    >>> partner(ours[1], theirs).quantity.text
    '48 percent'
    """
    if claim.unread:
        return None
    frame = _frame(claim)
    for bound in sources:
        if len(bound.siblings) == len(claim.siblings) and not bound.unread and _place(bound) == _place(claim):
            if _frame(bound) == frame:
                return bound
    return None


def company(claim: Bound, source: Bound) -> int:
    """How many of the words right before and right behind two figures are the same, side by side."""
    return sum(len(set(ours) & set(theirs)) for ours, theirs in zip(_beside(claim), _beside(source), strict=True))


def _place(bound: Bound) -> int:
    return sum(other.span.start < bound.quantity.span.start for other in bound.siblings)


def _frame(bound: Bound) -> tuple[str, ...]:
    """The words of a sentence with one sign for each number and its hedge; units stay, but for signs of percent."""
    numbers = (bound.quantity, *bound.siblings)
    taken = sorted(Span(min(each.span.start, each.number.start), each.number.end) for each in numbers)
    text = bound.view.analysis.parsed.text
    found: list[str] = []
    for word in words(text, bound.sentence):
        inside = next((index for index, span in enumerate(taken) if span.overlaps(word.span)), None)
        if inside is None:
            if word.norm == "cent" and found[-1:] == ["per"]:
                found.pop()
            elif word.norm not in ("%", "percent"):
                found.append(word.norm)
        elif f"#{inside}" not in found:
            found.append(f"#{inside}")
    return tuple(found)


def _beside(bound: Bound) -> tuple[list[str], list[str]]:
    text = bound.view.analysis.parsed.text
    sentence = list(words(text, bound.sentence))
    before = [word.norm for word in sentence if word.span.end <= bound.quantity.span.start]
    behind = [word.norm for word in sentence if word.span.start >= bound.quantity.span.end]
    return before[-_NEAR:], behind[:_NEAR]
