"""Reported speech without marks: compared by slots, since its words are the reporter's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.analysis import Part, Subject
from claimdesk.model import Finding, Quote, Span


@dataclass(frozen=True)
class Match:
    """The place in the evidence that a reported statement can rest on."""

    part: Part
    carrier: Quote | None
    stretch: Span
    close: bool


def settle_indirect(subject: Subject, quote: Quote, parts: Sequence[Part]) -> Match | None:
    """The place that counts."""
    return None


def check_indirect(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compares reported speech with the source by what it denies, allows, counts and names."""
    return []
