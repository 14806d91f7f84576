"""Pairs of one topic that leave the claim open: what a page says of other things is no contradiction."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from claimdesk.training.pairs import CONFLICTS, RELATED, SUPPORTS, Pair

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_FIGURE = re.compile(r"\d")
_SMALL = frozenset(
    "a an the of in on at to for from by with and or but as is are was were be been has have had it its his her their "
    "this that these those he she they who which not no than then into over after before also".split()
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(])")
_PER_PAGE = 6
# The greatest share of a claim's words that a passage may hold and still be taken as speaking of something else.
_ELSEWHERE = 0.4


def strangers(supported: Sequence[Pair], count: int, rng: random.Random) -> Iterator[Pair]:
    """Claims with the passages of other claims."""
    for _ in range(count):
        one, two = rng.choice(supported), rng.choice(supported)
        if one.claim != two.claim:
            yield Pair(one.claim, two.evidence, RELATED, "stranger")


def near_topic(supported: Sequence[Pair], count: int, rng: random.Random) -> Iterator[Pair]:
    """Claims with passages that share some words with them, and not the most."""
    near = Neighbors([pair.evidence for pair in supported[:12_000]])
    chosen = rng.sample(list(supported), min(count, len(supported)))
    for pair, found in zip(chosen, near.of([pair.claim for pair in chosen], 0.12, 0.45), strict=True):
        if found:
            yield Pair(pair.claim, rng.choice(found), RELATED, "near_topic")


def same_page(pairs: Sequence[Pair], count: int, rng: random.Random) -> Iterator[Pair]:
    """Claims with one to three other sentences of the page that their passage is from.

    Those come first in which both sides have a figure: another figure of the page is mostly of another thing. Versions
    of the claim's own passage, and sentences with more than two fifths of the claim's words, are left out.
    """
    pages: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.page and pair.label in (SUPPORTS, CONFLICTS):
            pages.setdefault(pair.page, []).append(pair)
    plain: list[Pair] = []
    with_figures: list[Pair] = []
    for page, rows in sorted(pages.items()):
        title = words(page)
        for pair in rng.sample(rows, min(_PER_PAGE, len(rows))):
            own = words(pair.evidence) - title
            claim = words(pair.claim) - title
            others = [
                other
                for other in dict.fromkeys(row.evidence for row in rows)
                if share(claim, words(other)) <= _ELSEWHERE and share(own, words(other) - title) <= _ELSEWHERE
            ]
            if not others or not claim:
                continue
            rng.shuffle(others)
            chosen = others[:1]
            for other in others[1 : rng.choice((1, 1, 2, 3))]:
                chosen += [other] if share(words(other), words(" ".join(chosen))) <= _ELSEWHERE else []
            made = Pair(pair.claim, " ".join(chosen), RELATED, "same_page")
            figured = _FIGURE.search(made.claim) and _FIGURE.search(made.evidence)
            (with_figures if figured else plain).append(made)
    rng.shuffle(plain)
    rng.shuffle(with_figures)
    yield from with_figures[: count * 2 // 3]
    yield from plain[: count - min(len(with_figures), count * 2 // 3)]


def bereft(pairs: Sequence[Pair], count: int, rng: random.Random) -> Iterator[Pair]:
    """Claims with what is left of their passage when every sentence that speaks of them is taken out.

    A sentence speaks of the claim when it has a word of it that the title (the first sentence) has not.
    """
    made = 0
    for pair in pairs:
        if made >= count:
            return
        if pair.label not in (SUPPORTS, CONFLICTS):
            continue
        first, *rest = _SENTENCE.split(pair.evidence)
        claim = words(pair.claim) - words(first)
        if len(rest) < 3 or not claim:
            continue
        kept = [sentence for sentence in rest if not claim & words(sentence)]
        if not 2 <= len(kept) < len(rest):
            continue
        made += 1
        start = max(0, rng.randrange(len(kept)) - 2)
        yield Pair(pair.claim, " ".join([first, *kept[start : start + 5]]), RELATED, "bereft")


def words(text: str) -> set[str]:
    """The words of a text that carry meaning, in lower case and without a final s."""
    return {word.removesuffix("s") for word in map(str.casefold, _WORD.findall(text)) if word not in _SMALL}


def share(one: set[str], other: set[str]) -> float:
    """How much of the first set is in the second, 0 to 1."""
    return len(one & other) / len(one) if one else 0.0


class Neighbors:
    """Passages of like topic by shared words (TF-IDF), neither unrelated nor nearly the same."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._texts = list(texts)
        self._vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True)
        self._matrix = self._vectorizer.fit_transform(self._texts)

    def of(self, queries: Sequence[str], least: float, most: float) -> Iterator[list[str]]:
        """For each query the texts among its ten nearest whose similarity lies between the two."""
        import numpy as np

        for start in range(0, len(queries), 500):
            block = self._vectorizer.transform(queries[start : start + 500])
            scores = (block @ self._matrix.T).toarray()
            for row in scores:
                best = np.argpartition(-row, min(10, len(row) - 1))[:10]
                yield [self._texts[index] for index in best if least <= row[index] <= most]
