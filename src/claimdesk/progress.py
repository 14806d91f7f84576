"""How far a check has come, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass

READING = "Reading sources"
FINDING = "Finding claims"
EMBEDDING = "Embedding passages"
CHECKING = "Checking claims"
STAGES = (READING, FINDING, EMBEDDING, CHECKING)


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a check: ``done`` of ``total`` things of a stage, with a word about the one at hand.

    ``total`` is 0 where it is not known yet.
    """

    stage: str
    done: int
    total: int
    detail: str = ""
