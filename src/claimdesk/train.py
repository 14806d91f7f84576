"""Training of the meaning classifier from folders of labelled pairs; a cut run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claimdesk.embed import Encoder
from claimdesk.errors import ClaimdeskError
from claimdesk.meaning import CLASSES, features

_LABELS = {"supports": 0, "conflicts": 1, "nei": 2}
_CHUNK = 2_000
_HIDDEN = 96


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and a passage with the class that people gave them (index into ``meaning.CLASSES``)."""

    claim: str
    evidence: str
    label: int


def read_pairs(files: Iterable[Path]) -> list[Pair]:
    """The three-way pairs of JSON-lines files; two-way rows (``not_supports``) teach no class and are left out."""
    pairs = []
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["label"] in _LABELS:
                pairs.append(Pair(row["claim"], row["evidence"], _LABELS[row["label"]]))
    return pairs


def training_pairs(data: Path, limit_per_file: int | None = None, seed: int = 13) -> tuple[list[Pair], int]:
    """The pairs of ``data/train`` without any that share a text with ``data/dev``, and how many were dropped.

    A tenth as many unrelated pairs (claims with another pair's evidence) are added as ``related``: photo-caption
    sets call unrelated sentences contradictions. Raises ClaimdeskError for a folder without training files.
    """
    files = sorted((data / "train").glob("*.jsonl"))
    if not files:
        raise ClaimdeskError(f"No training files in {data / 'train'}. Name the folder that holds train/*.jsonl.")
    held_out = {
        _key(text)
        for pair in read_pairs(sorted((data / "dev").glob("*.jsonl")))
        for text in (pair.claim, pair.evidence)
    }
    rng = np.random.default_rng(seed)
    kept: list[Pair] = []
    dropped = 0
    for path in files:
        rows = read_pairs([path])
        clean = [pair for pair in rows if not {_key(pair.claim), _key(pair.evidence)} & held_out]
        dropped += len(rows) - len(clean)
        order = rng.permutation(len(clean))[:limit_per_file]
        kept += [clean[index] for index in order]
    shuffled = rng.permutation(len(kept))
    partners = rng.permutation(len(kept))
    strangers = [
        Pair(kept[first].claim, kept[second].evidence, 2)
        for first, second in zip(shuffled[: len(kept) // 10], partners, strict=False)
        if first != second
    ]
    kept += strangers
    return [kept[index] for index in rng.permutation(len(kept))], dropped


def train(
    data: Path,
    out: Path,
    encoder: Encoder,
    limit_per_file: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, object]:
    """Trains the classifier and writes ``out/meaning.npz`` and ``out/training.json``; returns the figures.

    Features are computed in chunks that are kept in ``out/features``, so that a cut run resumes. A tenth of the
    pairs is never trained on: it gives the temperature and the figures.
    """
    from sklearn.neural_network import MLPClassifier

    pairs, dropped = training_pairs(data, limit_per_file)
    rows = _features_in_chunks(pairs, out / "features", encoder, progress)
    labels = np.array([pair.label for pair in pairs])
    held = np.array([int(_key(pair.claim)[:8], 16) % 10 == 0 for pair in pairs])
    mean, scale = rows[~held].mean(axis=0), rows[~held].std(axis=0) + 1e-6
    standard = (rows - mean) / scale
    network = MLPClassifier((_HIDDEN,), alpha=1e-3, batch_size=256, early_stopping=True, random_state=7, max_iter=30)
    network.fit(standard[~held], labels[~held])
    hidden = np.maximum(standard[held] @ network.coefs_[0] + network.intercepts_[0], 0)
    logits = hidden @ network.coefs_[1] + network.intercepts_[1]
    temperature = fit_temperature(logits, labels[held])
    arrays = {
        "mean": mean,
        "scale": scale,
        "w1": network.coefs_[0],
        "b1": network.intercepts_[0],
        "w2": network.coefs_[1],
        "b2": network.intercepts_[1],
        "temperature": np.array(temperature),
    }
    out.mkdir(parents=True, exist_ok=True)
    small = {name: array.astype(np.float32) for name, array in arrays.items()}
    np.savez(out / "meaning.npz", **small)
    chosen = logits.argmax(axis=1)
    figures: dict[str, object] = {
        "pairs": len(pairs),
        "dropped_for_dev": dropped,
        "held_out": int(held.sum()),
        "held_out_accuracy": round(float((chosen == labels[held]).mean()), 4),
        "majority": round(float(np.bincount(labels[held]).max() / held.sum()), 4),
        "temperature": round(temperature, 3),
        "classes": list(CLASSES),
    }
    (out / "training.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return figures


def fit_temperature(logits: NDArray[np.floating], labels: NDArray[np.integer]) -> float:
    """The temperature that makes held-out probabilities likeliest (Guo et al. 2017), between 0.5 and 5."""

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log_total = np.log(np.exp(scaled).sum(axis=1))
        return float((log_total - scaled[np.arange(len(labels)), labels]).mean())

    return min((float(value) for value in np.linspace(0.5, 5, 91)), key=loss)


def _features_in_chunks(
    pairs: Sequence[Pair], folder: Path, encoder: Encoder, progress: Callable[[int, int], None] | None
) -> NDArray[np.float32]:
    folder.mkdir(parents=True, exist_ok=True)
    chunks = []
    for start in range(0, len(pairs), _CHUNK):
        piece = pairs[start : start + _CHUNK]
        digest = hashlib.sha256(repr([(pair.claim, pair.evidence) for pair in piece]).encode()).hexdigest()[:16]
        path = folder / f"{digest}.npy"
        if not path.exists():
            rows = features([(pair.claim, pair.evidence) for pair in piece], encoder)
            partial = path.with_suffix(".tmp.npy")
            np.save(partial, rows)
            partial.replace(path)
        chunks.append(np.load(path))
        if progress:
            progress(min(start + _CHUNK, len(pairs)), len(pairs))
    return np.vstack(chunks)


def _key(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()
