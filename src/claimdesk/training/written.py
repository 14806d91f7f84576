"""Pairs that were written for this project: invented prose, each passage with claims of all three classes.

``data/training_written.jsonl`` holds one passage a line with its genre and its claims by class, each with the kind of
thing that decides it. The labelled public sets have encyclopedias, captions and abstracts; this has the only news among
what the judge is trained on. One passage in ten is held out with all its claims, for the combiner, the thresholds and
the model card.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from claimdesk.training.frames import inner
from claimdesk.training.pairs import CONFLICTS, HELD_OUT, RELATED, SUPPORTS, Pair
from claimdesk.training.rewrites import negate, read_clause

ORIGIN = "written"
_SENTENCE = re.compile(r"(?<=[.!?][”\"’])\s+(?=[A-Z“\"])|(?<=[a-z0-9)][.!?])\s+(?=[A-Z“\"])")
_JOINTS = (", and ", ", while ", "; ", " and ")
_OPENERS = frozenset(
    "a according after all an any at before both by during each every few for from he her his if in it its many more "
    "most no on one several she some the their there they this those two under until when while within".split()
)  # first words that are lower-cased within a sentence: no names
_CLASSES = (("supports", SUPPORTS), ("conflicts", CONFLICTS), ("related", RELATED))


@dataclass(frozen=True, slots=True)
class Passage:
    """An invented passage, what sort of text it is, and its claims as (kind, class, words)."""

    evidence: str
    claims: tuple[tuple[str, int, str], ...]
    genre: str

    @property
    def is_held_out(self) -> bool:
        """Whether it belongs to the tenth that no weight is trained on, by a hash of its words."""
        return int(hashlib.sha256(self.evidence.encode()).hexdigest()[:8], 16) % HELD_OUT == 0

    def pairs(self) -> Iterator[Pair]:
        """One pair for each claim; the origin names the genre, the kind stands as the page."""
        for kind, label, claim in self.claims:
            yield Pair(claim, self.evidence, label, f"{ORIGIN}_{self.genre}", kind)


def read_written() -> list[Passage]:
    """All passages, in the order of the file."""
    text = resources.files("claimdesk").joinpath("data/training_written.jsonl").read_text("utf-8")
    return [_passage(json.loads(line)) for line in text.split("\n") if line]


def taught(passages: Sequence[Passage], rng: random.Random) -> Iterator[Pair]:
    """The pairs of some passages, and others that keep style, word overlap and negation from giving the label away.

    A sentence of the passage is supported by it, and so is a claim by itself, whatever it was written for. What denies
    a supported claim conflicts, and what denies a claim that is left open is left open. A passage of one sentence
    conflicts with the claims that conflict with it, so that it may be the claim too. Before another passage each claim
    is left open, unless it tells of a scene, which would be another one. A box of facts has no sentences. Two claims in
    one sentence are supported where both are.
    """
    for passage, other in zip(passages, rng.sample(list(passages), len(passages)), strict=True):
        yield from passage.pairs()
        sentences = _SENTENCE.split(passage.evidence) if passage.genre != "facts" else []
        sentence = rng.choice(sentences or [""])
        if len(sentence.split()) > 5:
            yield Pair(sentence, passage.evidence, SUPPORTS, "written_sentence")
        yield from joined(passage, rng)
        for _, label, claim in passage.claims:
            if label == CONFLICTS and len(sentences) == 1 and rng.random() < 0.7:
                yield Pair(sentence, claim, CONFLICTS, "written_reversed")
            if label != SUPPORTS and rng.random() < 0.5:
                yield Pair(claim, claim, SUPPORTS, "written_itself")
            apart = other is not passage and passage.genre != "scene"
            if label != RELATED and apart and rng.random() < 0.3:
                yield Pair(claim, other.evidence, RELATED, "written_stranger")
            clause = read_clause(claim) if label != CONFLICTS and rng.random() < 0.5 else None
            denied = negate(clause) if clause else None
            if denied:
                yield Pair(denied, passage.evidence, CONFLICTS if label == SUPPORTS else RELATED, "written_denied")


def joined(passage: Passage, rng: random.Random) -> Iterator[Pair]:
    """A supported claim and one of any class in one sentence, which has the class of the second, in either order."""
    label = rng.choice((SUPPORTS, CONFLICTS, RELATED))
    one = rng.choice([claim for _, other, claim in passage.claims if other == SUPPORTS] or [""])
    others = [claim for _, other, claim in passage.claims if other == label and claim != one]
    if one and others:
        one, two = rng.sample((one, rng.choice(others)), 2)
        named = two.split()[0].casefold() not in _OPENERS
        sentence = one.strip().rstrip(".") + rng.choice(_JOINTS) + inner(two, named) + "."
        yield Pair(sentence, passage.evidence, label, "written_joined")


def _passage(row: dict[str, object]) -> Passage:
    claims = tuple((kind, label, claim) for name, label in _CLASSES for kind, claim in _listed(row[name]))
    return Passage(str(row["evidence"]), claims, str(row["genre"]))


def _listed(value: object) -> list[tuple[str, str]]:
    return [(kind, claim) for kind, claim in value] if isinstance(value, list) else []
