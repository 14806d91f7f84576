"""The words that attribute a deed of mind or mouth without reporting words, and the places of their content."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from claimdesk.quotes.attribution import near
from claimdesk.quotes.cues import cue_table

if TYPE_CHECKING:
    from spacy.tokens import Token

PARTS = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "ADJ": "adjectives"}
_SAME_PLACE = {"passive": "object"}  # the subject of a passive is what its verb has for an object


@dataclass(frozen=True)
class AttitudeTable:
    """The lists of ``data/attitudes.toml``: (part of speech, place, word) -> class, and the words by part of speech.

    ``light`` are verbs that only carry a noun: of *raised doubts about it* the cue is "doubts about";
    ``documents`` and ``views`` are what "in the latest poll," and "in Lind's view," may name; ``labels`` stand before
    a headline's colon without being a speaker.
    """

    groups: dict[tuple[str, str, str], str]
    known: frozenset[tuple[str, str]]
    light: frozenset[str]
    documents: frozenset[str]
    views: frozenset[str]
    labels: frozenset[str]

    def has(self, token: Token) -> bool:
        """Whether a token stands in any list, by its lemma or as a participle in its own form."""
        part = PARTS.get(token.pos_, "")
        return (part, _lemma(token)) in self.known or token.tag_ == "VBN" and ("adjectives", token.lower_) in self.known

    def group(self, part: str, place: str, word: str) -> str | None:
        """The class of a word with its content at a place, None where it takes none there."""
        return self.groups.get((part, _SAME_PLACE.get(place, place), word))


@lru_cache(maxsize=1)
def attitude_table() -> AttitudeTable:
    """The lists, read once when they are first needed."""
    folder = resources.files("claimdesk").joinpath("data")
    data = tomllib.loads(folder.joinpath("attitudes.toml").read_text(encoding="utf-8"))
    other = folder.joinpath("not_speakers.txt").read_text(encoding="utf-8").splitlines()
    groups: dict[tuple[str, str, str], str] = {}
    light = frozenset(data.pop("light")["verbs"].split())
    lead_in = {name: frozenset(words.split()) for name, words in data.pop("lead_in").items()}
    lead_in["labels"] |= {line for line in other if line and not line.startswith("#")} - lead_in["documents"]
    for group, parts in data.items():
        for part, places in parts.items():
            for place, words in places.items():
                for word in words.split():
                    groups.setdefault((part, place, word.replace("_", " ")), group)
    return AttitudeTable(groups, frozenset((part, word.split()[0]) for part, _, word in groups), light, **lead_in)


def _lemma(token: Token) -> str:
    """The lemma; the tagger takes "hoping" for a form of "hop", so the forms of cues come first."""
    known = cue_table().forms.get(token.lower_) if token.pos_ in ("VERB", "AUX") else None
    return known or token.lemma_.casefold()


def lemma_of(token: Token) -> str:
    """The lemma of a verb with its particle (rule out), or of a noun or adjective."""
    particle = next(
        (child.lower_ for child in near(token.rights) if child.dep_ == "prt" and child.i <= token.i + 3), ""
    )
    lemma = _lemma(token)
    return f"{lemma} {particle}" if particle else lemma
