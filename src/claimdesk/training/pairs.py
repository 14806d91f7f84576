"""Labelled claim/evidence pairs: read, cleaned of what the development files share, split by a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from claimdesk.errors import ClaimdeskError

SUPPORTS, CONFLICTS, RELATED, NOT_SUPPORTS = range(4)
LABELS = {"supports": SUPPORTS, "conflicts": CONFLICTS, "nei": RELATED, "not_supports": NOT_SUPPORTS}
HELD_OUT = 10  # one claim in ten is never trained on: it fits the combiner


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, a passage, and the class that people (or a rewrite) gave them.

    ``label`` is SUPPORTS, CONFLICTS or RELATED; NOT_SUPPORTS says only that it is not the first. ``origin`` names the
    file or the rewrite, ``page`` the page or table that the passage is from, where the file says so.
    """

    claim: str
    evidence: str
    label: int
    origin: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What may be trained on (``kept``), the held-out tenth, and how many pairs were dropped for ``dev/``."""

    kept: tuple[Pair, ...]
    held: tuple[Pair, ...]
    dropped: int
    sha256: str


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a JSON-lines file. Raises ClaimdeskError for a row without claim, evidence or a known label."""
    pairs = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            label, origin = LABELS[row["label"]], row.get("origin", path.stem)
            pairs.append(Pair(row["claim"], row["evidence"], label, origin, row.get("page", "")))
        except (ValueError, KeyError, TypeError) as error:
            raise ClaimdeskError(f"{path} line {number} is no labelled pair: {error}.") from error
    return pairs


def read_corpus(data: Path) -> Corpus:
    """The pairs of ``data/train`` that share no claim and no evidence with ``data/dev``.

    Raises ClaimdeskError for a folder without training files.
    """
    files = sorted((data / "train").glob("*.jsonl"))
    if not files:
        raise ClaimdeskError(f"No training files in {data / 'train'}. Name the folder that holds train/*.jsonl.")
    known: set[str] = set()
    for path in sorted((data / "dev").glob("*.jsonl")):
        for pair in read_pairs(path):
            known |= {text_key(pair.claim), text_key(pair.evidence)}
    digest = hashlib.sha256()
    clean: dict[tuple[str, str], Pair] = {}
    total = 0
    for path in files:
        digest.update(path.read_bytes())
        rows = read_pairs(path)
        total += len(rows)
        for pair in rows:
            keys = text_key(pair.claim), text_key(pair.evidence)
            if not known & set(keys):
                clean.setdefault(keys, pair)
    pairs = list(clean.values())
    held = tuple(pair for pair in pairs if is_held_out(pair.claim))
    kept = tuple(pair for pair in pairs if not is_held_out(pair.claim))
    return Corpus(kept, held, total - len(pairs), digest.hexdigest())


def is_held_out(claim: str) -> bool:
    """Whether a claim belongs to the tenth that no weight is trained on, by a hash of its words."""
    return int(text_key(claim)[:8], 16) % HELD_OUT == 0


def text_key(text: str) -> str:
    """A text without its case and spacing, hashed."""
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()


def write_pairs(pairs: Iterable[Pair], path: Path) -> None:
    """Writes pairs as JSON lines, whole or not at all."""
    names = {value: name for name, value in LABELS.items()}
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as file:
        for pair in pairs:
            row = {"claim": pair.claim, "evidence": pair.evidence, "label": names[pair.label], "origin": pair.origin}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    partial.replace(path)
