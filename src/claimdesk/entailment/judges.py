"""Models that say how a claim and a passage relate: the shipped cross-encoder, and any NLI model that a user names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from claimdesk.embed import like_length_batches, load_tokenizer
from claimdesk.entailment.weights import load_weights
from claimdesk.errors import MissingModelError
from claimdesk.transformer import open_transformer, side_by_side

CLASSES = ("supports", "conflicts", "related")
BUILT_IN = "built-in"
RECIPE = "recipe.json"  # stands beside the weights that ``claimdesk train`` writes
_LENGTH = 320  # word pieces of claim and evidence together; longer evidence is cut into windows before
_BATCH = 32
_MEANINGS = {
    "supports": ("supports", "entailment", "entail", "supported"),
    "conflicts": ("conflicts", "contradiction", "contradict", "refutes", "refuted"),
    "related": ("related", "neutral", "nei", "not enough info"),
}


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How likely each relation is, summing to 1."""

    supports: float
    conflicts: float
    related: float


class MeaningModel(Protocol):
    """Anything that says how a claim and a passage relate in meaning.

    ``marked`` says that it was trained on texts with marked numbers (``marking.mark_pair``).
    """

    name: str
    marked: bool

    def predict(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One distribution for each (claim, evidence), in order."""
        ...


class ShippedJudge:
    """The packaged cross-encoder in an ONNX session; the session is made when the first pair is read."""

    name = BUILT_IN
    marked = True

    def __init__(self, weights: Path, sha256: str | None = None) -> None:
        self.path = weights
        self._sha256 = sha256
        self._lock = Lock()
        self._loaded: tuple[Any, Any, dict[str, NDArray[np.float32]]] | None = None

    def predict(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One distribution for each (claim, evidence), in order."""
        return [Probabilities(*map(float, row)) for row in softmax(self.logits(pairs))]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Raw scores of the three classes, shape (len(pairs), 3); pairs of like length are read together."""
        if not pairs:
            return np.zeros((0, len(CLASSES)), dtype=np.float32)
        tokenizer, body, head = self.open()
        encodings = tokenizer.encode_batch([(evidence, claim) for claim, evidence in pairs])
        batches = list(like_length_batches([len(encoding.ids) for encoding in encodings]))

        def read(rows: Sequence[int]) -> NDArray[np.float32]:
            ids = np.zeros((3, len(rows), max(len(encodings[row].ids) for row in rows)), dtype=np.int64)
            for place, row in enumerate(rows):
                encoding = encodings[row]
                length = len(encoding.ids)
                ids[:, place, :length] = encoding.ids, encoding.attention_mask, encoding.type_ids
            first = body.hidden(ids[0], ids[1], ids[2])[:, 0]
            pooled = np.tanh(first @ head["pooler.dense.weight"].T + head["pooler.dense.bias"])
            return np.asarray(pooled @ head["classifier.weight"].T + head["classifier.bias"])

        scores = np.zeros((len(pairs), len(CLASSES)), dtype=np.float32)
        for rows, found in zip(batches, side_by_side(read, batches), strict=True):
            scores[rows] = found
        return scores

    def open(self) -> tuple[Any, Any, dict[str, NDArray[np.float32]]]:
        """Tokenizer, session and head, made once: by the first pair, or by a check that knows it will have pairs."""
        with self._lock:
            if self._loaded is None:
                weights = load_weights(self.path, self._sha256)
                head = {name: weights[name] for name in weights if name.startswith(("pooler.", "classifier."))}
                self._loaded = load_tokenizer(_LENGTH, "only_first"), open_transformer(weights, first=True), head
        return self._loaded


class NamedJudge:
    """An NLI cross-encoder by name or path: texts as its makers trained it, without marks, or with if we did."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        self.name = name
        self.marked = (Path(name) / RECIPE).is_file()
        self._model: Any = CrossEncoder(name, device="cpu", local_files_only=True)
        self._order = class_order(self._model.model.config.id2label, name)

    def predict(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One distribution for each (claim, evidence), in order; the passage is the premise."""
        if not pairs:
            return []
        rows = self._model.predict(
            [(evidence, claim) for claim, evidence in pairs], batch_size=_BATCH, show_progress_bar=False
        )
        return [Probabilities(*map(float, row)) for row in softmax(np.asarray(rows)[:, self._order])]


def class_order(labels: dict[Any, str], name: str) -> list[int]:
    """Where a model's config puts entailment, contradiction and neutral.

    Raises MissingModelError for a model whose labels do not say so.

    >>> class_order({0: "contradiction", 1: "entailment", 2: "neutral"}, "nli-deberta")
    [1, 0, 2]
    """
    places = {str(label).strip().casefold().replace("_", " "): int(index) for index, label in labels.items()}
    order = []
    for wanted in CLASSES:
        found = [places[word] for word in _MEANINGS[wanted] if word in places]
        if not found:
            raise MissingModelError(
                f"The model {name!r} names its classes {sorted(places)}; a judge needs entailment, contradiction and "
                "neutral. Name an NLI cross-encoder, or leave --judge out to use the built-in one."
            )
        order.append(found[0])
    return order


@lru_cache(maxsize=2)
def load_judge(name: str = BUILT_IN) -> MeaningModel:
    """The judge of a name or a path, loaded once. Raises MissingModelError for one that cannot be loaded."""
    if name == BUILT_IN:
        data = resources.files("claimdesk").joinpath("data")
        card = json.loads(data.joinpath("judge.json").read_text("utf-8"))
        return ShippedJudge(Path(str(data.joinpath(card["file"]))), card["sha256"])
    try:
        return NamedJudge(name)
    except MissingModelError:
        raise
    except Exception as error:
        raise MissingModelError(
            f"The judge {name!r} could not be loaded ({type(error).__name__}). Name a folder with an NLI "
            "cross-encoder, or leave --judge out to use the built-in one."
        ) from error


def softmax(logits: NDArray[np.floating], temperature: float = 1.0) -> NDArray[np.float64]:
    """Rows of scores as probabilities."""
    scaled = np.asarray(logits, dtype=np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
