"""The calibrated combiner: from the model's reading and what the rules saw to three probabilities.

A multinomial logistic regression over standardized ``features`` (scikit-learn fits it on the held-out tenth of the
training data), divided by a temperature (Guo et al. 2017). Temperature and thresholds are chosen on one half of the
development data; what they were fit on stands beside them in ``data/combiner.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from claimdesk.entailment.features import NAMES
from claimdesk.entailment.judges import Probabilities, softmax

SURE = 0.75  # in a whole check, where many passages are read for one claim, no less than this decides


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The probabilities from which a class is called.

    Support has a second one for pairs in which the rules see another name or subject, and a third one where no value is
    the claim's or a rival name stands there; conflicts have one for a claim with a number or a date: there the rules
    see most of them.
    """

    supports: float
    supports_doubtful: float
    supports_unplaced: float
    conflicts: float
    conflicts_valued: float

    def at_least(self, floor: float) -> Thresholds:
        """The same, none of them below ``floor``."""
        return Thresholds(*(max(floor, value) for value in asdict(self).values()))


@dataclass(frozen=True, slots=True)
class Doubts:
    """The log-odds of another reading from which a verdict of the rules is withheld (see ``doubts.against``)."""

    supports: float
    conflicts: float


@dataclass(frozen=True)
class Combiner:
    """Coefficients of shape (3, len(NAMES)) with intercepts, and the thresholds of its probabilities.

    ``rules`` holds how often a verdict of the rules was right, by stance and by the label of what decided.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    temperature: float
    thresholds: Thresholds
    doubts: Doubts
    rules: Mapping[str, Mapping[str, float]]

    def probabilities(self, features: Sequence[float]) -> Probabilities:
        """How likely each relation is."""
        row = (np.asarray(features) - np.asarray(self.mean)) / np.asarray(self.scale)
        logits = np.asarray(self.weights) @ row + np.asarray(self.bias)
        return Probabilities(*map(float, softmax(logits[None], self.temperature)[0]))


def combiner_from(card: Mapping[str, Any]) -> Combiner:
    """The combiner of a card. Raises ValueError where it was fit on other features than today's."""
    if tuple(card["features"]) != NAMES:
        raise ValueError("The combiner was fit on other features. Run: claimdesk train")
    return Combiner(
        mean=tuple(card["mean"]),
        scale=tuple(card["scale"]),
        weights=tuple(map(tuple, card["weights"])),
        bias=tuple(card["bias"]),
        temperature=card["temperature"],
        thresholds=Thresholds(**card["thresholds"]),
        doubts=Doubts(**card["doubts"]),
        rules=card["rules"],
    )


@lru_cache(maxsize=1)
def load_combiner() -> Combiner:
    """The shipped combiner."""
    return combiner_from(_card("combiner.json"))


@lru_cache(maxsize=1)
def describe_judge() -> dict[str, object]:
    """What a report says of the shipped judge: its weights, and the thresholds with the data they were chosen on."""
    combiner = _card("combiner.json")
    return {
        "judge_weights": _card("judge.json")["sha256"][:16],
        "judge_supports_from": combiner["thresholds"]["supports"],
        "judge_supports_in_doubt_from": combiner["thresholds"]["supports_doubtful"],
        "judge_supports_unplaced_from": combiner["thresholds"]["supports_unplaced"],
        "judge_conflicts_from": combiner["thresholds"]["conflicts"],
        "judge_sure_from": SURE,
        "judge_thresholds_chosen_on": combiner.get("half_a_sha256", "")[:16],
    }


def _card(name: str) -> dict[str, Any]:
    card: dict[str, Any] = json.loads(resources.files("claimdesk").joinpath("data", name).read_text("utf-8"))
    return card
