"""Words of a number's clause that belong to another number there: a name between two, what stands with a bracket."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claimdesk.language.terms import Term
from claimdesk.numbers.bound import Bound


def leave_to_others(bound: Bound, rows: Mapping[int, Sequence[Bound]]) -> Bound:
    """Names that stand with another number of the clause: "5 in the north and 3 in the south".

    A name between two numbers of one clause belongs to the first; where it does, a name after the last belongs to
    the last.
    """
    row = [each for each in rows[bound.verb] if each.quantity.unit == bound.quantity.unit and not each.base]
    if len(row) < 2:
        return bound
    ends = [each.quantity.span.end for each in row]
    segments: dict[int, list[Term]] = {}
    held: dict[int, list[Term]] = {}
    for word in bound.near:
        place = bisect_right(ends, word.span.start) - 1
        if place >= 0:
            held.setdefault(place, []).append(word)
    shared = _shared(held)
    for place, row_words in held.items():
        for word, following in zip(row_words, [*row_words[1:], None], strict=True):
            paired = following is not None and following.lemma in shared and word.lemma not in shared
            if not word.name and not paired:
                continue
            segments.setdefault(place, []).append(word)
    own = next((index for index, each in enumerate(row) if each.quantity is bound.quantity), -1)
    if not any(place < len(row) - 1 for place in segments):
        return bound
    foreign = tuple(word for place, words in segments.items() if place != own for word in words)
    mine = frozenset(word.lemma for word in segments.get(own, ()))
    return replace(bound, foreign=tuple(word for word in foreign if word.lemma not in mine))


def read_brackets(bound: Bound, every: Sequence[Bound]) -> Bound:
    """What stands with the other brackets of a sentence: "vaccine (6,240 people) or placebo (6,240 people)"."""
    own = {word.lemma for word in bound.core}
    others = [
        each
        for each in every
        if each.aside and each.sentence == bound.sentence and each.quantity is not bound.quantity and each.item
    ]
    if bound.aside:
        foreign = tuple(word for each in others for word in each.core if word.lemma not in own)
        return replace(bound, foreign=(*bound.foreign, *foreign))
    split = tuple(tuple(word for word in each.core if word not in each.item_terms) for each in others)
    whole = len(split) > 1 and bound.quantity.unit is None and all(split)
    return replace(bound, alternatives=(*bound.alternatives, split)) if whole else bound


def _shared(held: Mapping[int, Sequence[Term]]) -> frozenset[str]:
    """The nouns that several figures of one clause have with them: group, in vaccine group and placebo group."""
    counts: dict[str, set[int]] = defaultdict(set)
    for place, row_words in held.items():
        for word in row_words:
            counts[word.lemma].add(place)
    return frozenset(lemma for lemma, places in counts.items() if len(places) > 1)
