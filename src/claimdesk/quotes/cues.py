"""The words that report speech: which they are, what they add, and how each is used."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTICLES = frozenset({"out", "for", "on", "clear", "back", "in", "up"})


@dataclass(frozen=True)
class CueTable:
    """The cue words of ``data/cues.toml``, ready to be asked."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    adjectives: dict[str, str]
    forms: dict[str, str]
    use: dict[str, frozenset[str]]
    medium: frozenset[str]
    naming: frozenset[str]

    def verb(self, token: Token) -> tuple[str, str] | None:
        """The lemma and the class of a token that may report speech as a verb, else None.

        The form decides, not the tagger, which takes "says" for a noun now and then.
        """
        lemma = self.forms.get(token.lower_)
        if lemma is None:
            return None
        after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
        if after in _PARTICLES and (phrase := f"{lemma} {after}") in self.verbs:
            return phrase, self.verbs[phrase]
        group = self.verbs.get(lemma)
        return (lemma, group) if group else None

    def noun(self, token: Token) -> tuple[str, str] | None:
        """The lemma and the class of a noun that may report speech, else None."""
        lemma = token.lemma_.casefold()
        group = self.nouns.get(lemma)
        return (lemma, group) if group and token.pos_ == "NOUN" else None

    def takes(self, lemma: str, use: str) -> bool:
        """Whether a cue has a use, such as ``object_infinitive``."""
        return lemma in self.use[use]


@lru_cache(maxsize=1)
def cue_table() -> CueTable:
    """The cue words, read once when they are first needed."""
    data = tomllib.loads(resources.files("claimdesk").joinpath("data/cues.toml").read_text(encoding="utf-8"))
    verbs = {lemma: group for group, lemmas in data["verbs"].items() for lemma in lemmas}
    for lemma in data["use"]["marked_only"]:
        verbs.setdefault(lemma, "neutral")
    forms: dict[str, str] = {}
    for lemma in verbs:
        if " " not in lemma:
            forms.update(dict.fromkeys(_forms(lemma), lemma))
    for lemma in verbs:
        first = lemma.split()[0]
        for form in _forms(first):
            forms.setdefault(form, first)
    forms.update(data["forms"])
    forms["made"] = forms["makes"] = "make"
    return CueTable(
        verbs=verbs,
        nouns={lemma: group for group, lemmas in data["nouns"].items() for lemma in lemmas},
        adjectives={word: group for group, words in data["adjectives"].items() for word in words},
        forms=forms,
        use={name: frozenset(lemmas) for name, lemmas in data["use"].items()},
        medium=frozenset(data["medium"]["nouns"]),
        naming=frozenset(data["naming"]["words"]),
    )


def _forms(lemma: str) -> list[str]:
    """The regular forms of a verb.

    >>> _forms("deny")
    ['deny', 'denies', 'denied', 'denying']
    """
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    ending = "es" if lemma.endswith(("s", "sh", "ch", "x")) else "s"
    return [lemma, lemma + ending, lemma + "ed", lemma + "ing"]
