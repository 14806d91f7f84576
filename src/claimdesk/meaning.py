"""The meaning of two texts compared by a small trained classifier; it speaks only for plain statements.

A network of one hidden layer over sentence vectors and a few countable features (shared words, missing names,
negation, opposites), trained with scikit-learn on openly licensed pairs (``claimdesk train``). Its weights are
arrays in ``data/meaning.npz``, no pickles. Meaning alone never decides a number, a quote or a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from claimdesk.embed import Encoder
from claimdesk.language.text import fold, words
from claimdesk.store import stem, stop_words

CLASSES = ("supports", "conflicts", "related")
_NEGATION = frozenset(
    "not no never none nobody nothing neither nor cannot without hardly barely failed fails denied refused".split()
)
_MODALITY = frozenset(
    "will would can could may might shall should must wants plans planned intends hopes if unless".split()
)
_NAME = re.compile(r"(?<![.!?\"'] )(?<!^)\b[A-Z][\w'’-]+")
_DIGITS = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How likely each relation is, summing to 1."""

    supports: float
    conflicts: float
    related: float


class MeaningModel(Protocol):
    """Anything that says how a claim and a passage relate in meaning."""

    name: str

    def predict(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One distribution for each (claim, evidence), in order."""
        ...


class TrainedClassifier:
    """The shipped classifier: standardized features, one hidden layer, a softmax over three classes."""

    name = "built-in"

    def __init__(self, weights: dict[str, NDArray[np.float32]], encoder: Encoder) -> None:
        self._weights = weights
        self._encoder = encoder

    def predict(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One distribution for each (claim, evidence), in order."""
        if not pairs:
            return []
        weights = self._weights
        rows = (features(pairs, self._encoder) - weights["mean"]) / weights["scale"]
        hidden = np.maximum(rows @ weights["w1"] + weights["b1"], 0)
        logits = (hidden @ weights["w2"] + weights["b2"]) / float(weights["temperature"])
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return [Probabilities(*map(float, row)) for row in powers / powers.sum(axis=1, keepdims=True)]


def load_classifier(encoder: Encoder) -> TrainedClassifier:
    """The shipped classifier over an encoder. It was trained on vectors of the default model only."""
    with resources.files("claimdesk").joinpath("data/meaning.npz").open("rb") as file:
        loaded = np.load(file, allow_pickle=False)
        return TrainedClassifier({name: loaded[name] for name in loaded.files}, encoder)


def features(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> NDArray[np.float32]:
    """What the classifier sees: for each pair the product and the distance of the two vectors, then counts.

    Shape (len(pairs), 2 x dimensions + the number of countable features); the same function in training and use.
    """
    texts = [text for pair in pairs for text in pair]
    vectors = encoder.encode(texts)
    claims, evidence = vectors[0::2], vectors[1::2]
    cosine = np.sum(claims * evidence, axis=1, keepdims=True)
    counted = np.array([countable(*pair) for pair in pairs], dtype=np.float32)
    return np.hstack([claims * evidence, np.abs(claims - evidence), cosine, counted]).astype(np.float32)


def countable(claim: str, evidence: str) -> list[float]:
    """Features that a person could count: overlap, names, figures, negation, modality, opposites."""
    ours, theirs = _content(claim), _content(evidence)
    shared = len(ours & theirs)
    names = {name.casefold() for name in _NAME.findall(fold(claim))}
    lowered = fold(evidence).casefold()
    figures = set(_DIGITS.findall(claim))
    their_figures = set(_DIGITS.findall(evidence))
    claim_negations, evidence_negations = _count(claim, _NEGATION), _count(evidence, _NEGATION)
    return [
        shared / max(1, len(ours)),
        shared / max(1, len(theirs)),
        min(len(ours), 40) / 40,
        min(len(theirs), 120) / 120,
        sum(name not in lowered for name in names) / max(1, len(names)),
        float(bool(names)),
        len(figures - their_figures) / max(1, len(figures)),
        float(bool(figures)),
        float(bool(their_figures)),
        min(claim_negations, 3.0),
        min(evidence_negations, 3.0),
        float((claim_negations > 0) != (evidence_negations > 0)),
        float((_count(claim, _MODALITY) > 0) != (_count(evidence, _MODALITY) > 0)),
        float(len(opposites(claim, evidence))),
    ]


def opposites(claim: str, evidence: str) -> list[tuple[str, str]]:
    """Pairs of opposite words, one in the claim and the other in the evidence, where neither text has both.

    >>> opposites("The council approved the plan.", "The plan was rejected.")
    [('approved', 'rejected')]
    """
    ours = {word.norm for word in words(claim)}
    theirs = {word.norm for word in words(evidence)}
    return [
        (word, other)
        for word in sorted(ours)
        for other in sorted(antonyms().get(word, ()))
        if other in theirs and other not in ours and word not in theirs
    ]


@lru_cache(maxsize=1)
def antonyms() -> dict[str, frozenset[str]]:
    """Each word of the table with its opposites, both ways."""
    table: dict[str, set[str]] = {}
    for line in resources.files("claimdesk").joinpath("data/antonyms.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            first, second = line.split("\t")
            table.setdefault(first, set()).add(second)
            table.setdefault(second, set()).add(first)
    return {word: frozenset(others) for word, others in table.items()}


def _content(text: str) -> set[str]:
    return {stem(word.norm) for word in words(text) if word.norm not in stop_words()}


def _count(text: str, wanted: frozenset[str]) -> float:
    norms = ("not" if word.norm.endswith("n't") else word.norm for word in words(text))
    return float(sum(norm in wanted for norm in norms))
