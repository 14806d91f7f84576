"""How well a source's number fits the slot of the claim's number, while the slots are read one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from claimdesk.model import DateRef
from claimdesk.numbers.bind import Bound


class Fit(IntEnum):
    """How well a source's number fits the claim's slot; higher is better."""

    OTHER = 0  # another thing
    UNKNOWN = 1  # perhaps the same thing: decides nothing
    CONTRA = 2  # the same thing but for one slot that contradicts
    SAME = 3


@dataclass(frozen=True)
class Match:
    """A source's number with how it fits; ``label`` names the slot that stands in the way.

    A ``soft`` match lacks words that only surround the number: it can support by an equal value, never conflict. A
    ``lacking`` match lacks words that describe another party: it can conflict by its value, never support.
    """

    source: Bound
    fit: Fit
    label: str = ""
    why: str = ""
    score: float = 0.0
    soft: bool = False
    lacking: bool = False


@dataclass
class Tally:
    """What the slots say while they are read, one after the other."""

    other: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    contra: list[tuple[str, str]] = field(default_factory=list)
    soft: list[tuple[str, str]] = field(default_factory=list)
    lacking: list[tuple[str, str]] = field(default_factory=list)
    score: float = 0.0

    def verdict(self, source: Bound) -> Match:
        """The match that the slots add up to."""
        if self.other:
            return Match(source, Fit.OTHER, *self.other[0], self.score)
        if self.unknown:
            return Match(source, Fit.UNKNOWN, *self.unknown[0], self.score)
        if self.lacking:
            clear = not (self.contra or self.soft)
            return Match(source, Fit.SAME if clear else Fit.UNKNOWN, *self.lacking[0], self.score, lacking=True)
        if len({label for label, _ in self.contra}) == 1:
            return Match(source, Fit.CONTRA, *self.contra[0], self.score, soft=bool(self.soft))
        if self.contra:
            return Match(source, Fit.UNKNOWN, *self.contra[0], self.score)
        if self.soft:
            return Match(source, Fit.SAME, *self.soft[0], self.score, soft=True)
        return Match(source, Fit.SAME, score=self.score)


@dataclass(frozen=True)
class Setting:
    """What stands around the two numbers: the words of the passage, of the claim's text, and the days of both."""

    passage: frozenset[str]
    claim: frozenset[str]
    days: tuple[DateRef, ...] = ()
    today: date | None = None
    names: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()  # words by which the claim's text names a kind: river, in river fever
