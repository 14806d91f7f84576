"""The words that attribute a deed of mind or mouth without reporting words, and the places of their content."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAME_PLACE = {"passive": "object"}  # the subject of a passive is what its verb has for an object


@dataclass(frozen=True)
class AttitudeTable:
    """The lists of ``data/attitudes.toml``: (part of speech, place, word) -> class, and the words by part of speech.

    ``light`` are verbs that only carry a noun: of *raised doubts about it* the cue is "doubts about".
    """

    groups: dict[tuple[str, str, str], str]
    known: frozenset[tuple[str, str]]
    light: frozenset[str]

    def knows(self, part: str, word: str) -> bool:
        """Whether a word stands in any list of a part of speech (``verbs``, ``nouns``, ``adjectives``)."""
        return (part, word) in self.known

    def group(self, part: str, place: str, word: str) -> str | None:
        """The class of a word with its content at a place, None where it takes none there."""
        return self.groups.get((part, _SAME_PLACE.get(place, place), word))


@lru_cache(maxsize=1)
def attitude_table() -> AttitudeTable:
    """The lists, read once when they are first needed."""
    data = tomllib.loads(resources.files("claimdesk").joinpath("data/attitudes.toml").read_text(encoding="utf-8"))
    groups: dict[tuple[str, str, str], str] = {}
    light = frozenset(data.pop("light")["verbs"].split())
    for group, parts in data.items():
        for part, places in parts.items():
            for place, words in places.items():
                for word in words.split():
                    groups.setdefault((part, place, word.replace("_", " ")), group)
    return AttitudeTable(groups, frozenset((part, word.split()[0]) for part, _, word in groups), light)


def lemma_of(token: Token) -> str:
    """The lemma of a verb with its particle (rule out), or of a noun or adjective."""
    particle = next((child.lower_ for child in token.rights if child.dep_ == "prt" and child.i <= token.i + 3), "")
    lemma = token.lemma_.casefold()
    return f"{lemma} {particle}" if particle else lemma
