"""The common ground of two sentences: the content words, days and figures that both have, or that keep them apart."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.analysis import View
from claimdesk.model import DateRef, Span
from claimdesk.store import stem

_CONTENT = frozenset(["NOUN", "PROPN", "VERB", "ADJ", "NUM"])
_LIGHT = frozenset(["be", "have", "do", "make", "take", "get", "become", "go", "come", "say", "tell"])


def content(view: View, without: Sequence[Span] = ()) -> frozenset[str]:
    """The stems of a stretch's nouns, names, verbs, adjectives and numbers, without light verbs and ``without``."""
    return frozenset(
        stem(token.lemma_.casefold())
        for token in view.tokens
        if token.pos_ in _CONTENT
        and not token.is_stop
        and token.lemma_ not in _LIGHT
        and not any(hole.start < token.idx + len(token) and token.idx < hole.end for hole in without)
    )


def shared(claim: View, sentence: View, without: Sequence[Span] = ()) -> float:
    """The share of the claim's content, apart from ``without`` and its dates, that a sentence has; 0 to 1."""
    wanted = content(claim, (*without, *(ref.span for ref in claim.dates)))
    return len(wanted & content(sentence)) / len(wanted) if wanted else 0.0


def other_day(ours: View, theirs: View) -> bool:
    """Whether both sides give days and none of them meet."""
    left, right = _closed(ours), _closed(theirs)
    return bool(left and right) and not any(_meet(one, two) for one in left for two in right)


def _closed(view: View) -> list[DateRef]:
    return [ref for ref in view.dates if ref.first is not None and ref.last is not None]


def _meet(left: DateRef, right: DateRef) -> bool:
    if left.first is None or left.last is None or right.first is None or right.last is None:
        return True
    return left.first <= right.last and right.first <= left.last


def other_year(ours: View, theirs: View) -> bool:
    """Whether the claim gives a year and the sentence is of others."""
    left = {ref.first.year for ref in ours.dates if ref.first is not None and ref.grain in ("year", "decade")}
    right = {ref.first.year for ref in theirs.dates if ref.first is not None}
    return bool(left and right) and not left & right


def other_figure(ours: View, theirs: View) -> bool:
    """Whether both sides count something and no figure is shared: 12 dead here, 30 dead there."""
    left = {quantity.values for quantity in ours.quantities}
    right = {quantity.values for quantity in theirs.quantities}
    return bool(left and right) and not left & right
