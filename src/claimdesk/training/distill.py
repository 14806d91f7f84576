"""Distillation: a larger model is taught first, and the judge learns from its probabilities beside the labels.

The larger model is too big to ship. It reads the same marked texts, sees a part of the pairs once, and then says of
others, and of some of these, how likely each class is; where training goes on from an earlier judge, that one is asked
too, since the two together are right more often than either. The loss of the judge is the cross-entropy with those
probabilities and with the label (Hinton, Vinyals and Dean 2015, at temperature 1).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimdesk.entailment.judges import CLASSES, RECIPE
from claimdesk.training.fit import Recipe, bfloat16_pays, encode, fit
from claimdesk.training.mixture import SHARES
from claimdesk.training.pairs import Pair
from claimdesk.training.written import ORIGIN as WRITTEN

Answers = Mapping[Pair, Sequence[float]]
Progress = Callable[[int, int], None]

TEACHER = Recipe(pairs=134_000, rate=4e-5, warmup=0.06, frozen_layers=4, checkpoint_seconds=600.0)
_OWN, _MADE = 0.4, 0.07  # shares of the lessons: our own prose, and pairs that are made; labelled sets are the rest
_LONGEST = 100  # words of claim and passage in a lesson or a question: a longer one costs as much as three
_TAUGHT = 0.7  # of the larger model's say, where the judge of before has one too
_BATCH = 64
_STRETCH = 2_048  # pairs that are answered between two reports


def lessons(pairs: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """The ``count`` pairs that the larger model is taught, no pair twice, in shares by where they come from."""
    rng = random.Random(f"{seed} lessons")
    once = _short(pairs)
    rng.shuffle(once)
    labelled, own, made = _by_origin(once)
    taken = own[: int(count * _OWN)] + made[: int(count * _MADE)]
    taken += labelled[: count - len(taken)]
    rng.shuffle(taken)
    return taken


def questions(pairs: Sequence[Pair], taught: Iterable[Pair], count: int) -> list[Pair]:
    """``count`` pairs to ask about: short ones whose label a person gave, those first that were no lessons.

    A lesson was seen once, so what is said of it is not yet learned by heart.
    """
    known = set(taught)
    labelled, own, _ = _by_origin(_short(pairs))
    asked = {*labelled, *own}
    return sorted((pair for pair in dict.fromkeys(pairs) if pair in asked), key=known.__contains__)[:count]


def _short(pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in dict.fromkeys(pairs) if len(pair.claim.split()) + len(pair.evidence.split()) <= _LONGEST]


def _by_origin(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """The pairs of the labelled sets, of our own prose, and made ones, in their order."""
    groups: tuple[list[Pair], list[Pair], list[Pair]] = [], [], []
    for pair in pairs:
        origin = pair.origin.rstrip("+")
        groups[0 if origin in SHARES else 1 if origin.startswith(WRITTEN) else 2].append(pair)
    return groups


def together(taught: Answers, own: Answers) -> Answers:
    """The normalized geometric mean of what the larger model and the judge of before say of the same pairs."""
    one, two = (np.log(np.maximum(list(rows.values()), 1e-6)) for rows in (taught, own))
    powers = np.exp(_TAUGHT * one + (1 - _TAUGHT) * two)
    return dict(zip(taught, (powers / powers.sum(axis=1, keepdims=True)).tolist(), strict=True))


def teach(pairs: Sequence[Pair], body: Path, out: Path, recipe: Recipe = TEACHER, progress: Any = None) -> Path:
    """Fine-tunes the model in the folder ``body`` on ``pairs``; returns the folder with its weights. Resumable."""
    folder = out / "weights"
    return folder if (folder / RECIPE).exists() else fit(pairs, body, out, recipe, progress)


def answer(pairs: Sequence[Pair], folder: Path, path: Path, progress: Progress | None = None) -> Answers:
    """The probabilities that the model in ``folder`` gives each pair, kept in ``path`` for a run that goes on.

    What was kept of another number of pairs is asked for anew.
    """
    if not path.exists() or len(np.load(path, mmap_mode="r")) != len(pairs):
        np.save(path, np.full((len(pairs), len(CLASSES)), np.nan, np.float32))
    kept: NDArray[np.float32] = np.load(path, mmap_mode="r+")
    missing = np.flatnonzero(np.isnan(kept[:, 0]))
    read = None
    for first in range(0, len(missing), _STRETCH):
        read = read or _reader(folder)
        rows = missing[first : first + _STRETCH]
        kept[rows] = read([pairs[row] for row in rows])
        if progress:
            progress(len(pairs) - len(missing) + first + len(rows), len(pairs))
    return dict(zip(pairs, kept.tolist(), strict=True))


def _reader(folder: Path) -> Callable[[Sequence[Pair]], NDArray[np.float32]]:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    kind = torch.bfloat16 if bfloat16_pays() else torch.float32
    model: Any = AutoModelForSequenceClassification.from_pretrained(
        folder, dtype=kind, attn_implementation="eager", num_labels=len(CLASSES)
    )
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    model.eval()

    def read(pairs: Sequence[Pair]) -> NDArray[np.float32]:
        found = np.zeros((len(pairs), len(CLASSES)), np.float32)
        order = sorted(range(len(pairs)), key=lambda row: len(pairs[row].claim) + len(pairs[row].evidence))
        for first in range(0, len(order), _BATCH):
            rows = order[first : first + _BATCH]
            inputs = encode(tokenizer, [pairs[row] for row in rows], TEACHER.length)
            with torch.inference_mode():
                found[rows] = torch.softmax(model(**inputs).logits.float(), -1).numpy()
        return found

    return read
