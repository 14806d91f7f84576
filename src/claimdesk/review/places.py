"""Where the words of a line stand: the claim that it means, or the span, also in a text that was changed since.

An anchor is a quote with what stands on both sides (W3C Web Annotation: text quote selector).
"""

from __future__ import annotations

from collections import defaultdict
from os.path import commonprefix

from claimdesk.model import Claim, Span
from claimdesk.review.lines import Anchor

CONTEXT = 32  # characters kept from each side of a claim, to find it again in a changed text
_ENOUGH = 16  # of them must be the same, unless the claim's own words are long
_LONG = 40  # characters of a claim that are not there twice by chance
_MOST = 2_000  # occurrences of the same words that are compared


def anchor(text: str, claim: Claim) -> Anchor:
    """A claim as it can be found again: its words with 32 characters from each side."""
    return anchor_span(text, claim.span, claim.id, claim.kind)


def anchor_span(text: str, span: Span, identity: str = "", kind: str = "") -> Anchor:
    """Words of a text as they can be found again."""
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return Anchor(identity, span.of(text), before, after, str(kind))


class Places:
    """The claims of a report by their words, and which of them an anchor means.

    A claim may be known by several anchors: the one that it has, and those that it had before it was changed.
    """

    def __init__(self, report: str) -> None:
        self._report = report
        self._by_text: dict[str, list[tuple[Anchor, str]]] = defaultdict(list)

    def add(self, place: Anchor, identity: str) -> None:
        """Makes a claim known by an anchor."""
        self._by_text[place.text].append((place, identity))

    def find(self, wanted: Anchor, report: str) -> str | None:
        """The id of the claim that an anchor of ``report`` means; None where none fits, or several fit alike."""
        same = [(place, own) for place, own in self._by_text.get(wanted.text, ()) if wanted.kind in ("", place.kind)]
        if report == self._report:
            exact = {own for place, own in same if place.id == wanted.id}
            if len(exact) == 1:
                return exact.pop()
        best: dict[str, tuple[int, bool]] = {}
        for place, own in same:
            score = (likeness(place, wanted), place.id == wanted.id)
            best[own] = max(score, best.get(own, score))
        ranked = sorted(best.items(), key=lambda item: item[1], reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0] if _is_enough(ranked[0][1][0], wanted) else None


def find_words(text: str, wanted: Anchor) -> Span | None:
    """Where an anchor's words stand in a text; None where they do not, or where several places fit alike."""
    if not wanted.text:
        return None
    scored: list[tuple[int, Span]] = []
    start = text.find(wanted.text)
    while start >= 0 and len(scored) < _MOST:
        span = Span(start, start + len(wanted.text))
        scored.append((likeness(anchor_span(text, span), wanted), span))
        start = text.find(wanted.text, start + 1)
    scored.sort(key=lambda item: -item[0])
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1] if _is_enough(scored[0][0], wanted) else None


def _is_enough(like: int, wanted: Anchor) -> bool:
    return like >= min(_ENOUGH, len(wanted.prefix) + len(wanted.suffix)) or len(wanted.text) >= _LONG


def likeness(place: Anchor, wanted: Anchor) -> int:
    """How many characters next to the words are the same."""
    before = commonprefix([place.prefix[::-1], wanted.prefix[::-1]])
    return len(before) + len(commonprefix([place.suffix, wanted.suffix]))
