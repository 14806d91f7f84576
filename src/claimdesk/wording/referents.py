"""Whether two noun phrases name one thing, as far as the wording alone can say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from importlib import resources
from typing import Any

from claimdesk.language.text import words
from claimdesk.model import Meta, Span
from claimdesk.wording.edges import Wording
from claimdesk.wording.protected import function_words, is_number, stem

_FIRST = frozenset(["i", "me", "my", "mine", "we", "us", "our", "ours", "myself", "ourselves"])
_PRONOUNS = frozenset(
    [
        "it",
        "its",
        "they",
        "them",
        "their",
        "theirs",
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "this",
        "that",
        "these",
        "those",
        "there",
        "who",
        "you",
        "your",
    ]
)


class Referent(Enum):
    """What comparing two noun phrases came to."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


@lru_cache(maxsize=1)
def people() -> dict[str, Any]:
    """The word lists of ``data/speech_people.toml``."""
    return tomllib.loads(resources.files("claimdesk").joinpath("data/speech_people.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(people()["synonyms"]):
        for word in group:
            found.setdefault(stem(word), set()).add(number)
    return found


def content(norms: Iterable[str]) -> list[str]:
    """The stems of the words that carry meaning."""
    return [stem(word) for word in norms if word not in function_words() and word not in _PRONOUNS]


def akin(first: str, second: str) -> bool:
    """Whether two stems are one word or listed as names of one thing."""
    return first == second or bool(_synonyms().get(first, set()) & _synonyms().get(second, set()))


def same_thing(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the heads of two noun phrases (their words in comparable form) are akin.

    >>> same_thing(["the", "port"], ["our", "harbor"]), same_thing(["the", "search", "of", "cars"], ["the", "cars"])
    (True, False)
    """
    mine, theirs = head(first), head(second)
    return bool(mine and theirs) and akin(mine, theirs)


def head(norms: Sequence[str]) -> str:
    """The stem of the main noun: the last content word before a preposition or a relative clause."""
    last = ""
    for word in norms:
        if last and word in ("of", "in", "on", "at", "for", "with", "from", "that", "which", "who", "to", "by"):
            break
        if word not in function_words() and word not in _PRONOUNS and not is_number(word):
            last = stem(word)
    return last


def refer(phrase: Sequence[str], replaced: Sequence[str], source: Wording, place: int, meta: Meta) -> Referent:
    """Whether a noun phrase of the claim names what stands in the source (``replaced``, at word ``place``).

    ``I`` and ``we`` are the speaker's side; another pronoun needs its noun near by in the source.
    """
    name = content(phrase)
    if not name:
        return _pronouns(phrase, replaced)
    if any(word in _FIRST for word in replaced):
        return _own_side(phrase, name, meta)
    if content(replaced):
        if same_thing(phrase, replaced):
            return Referent.SAME
        return Referent.SAME if _near(name, source, place) else Referent.UNKNOWN
    return Referent.SAME if _near(name, source, place) else Referent.UNKNOWN


def _pronouns(phrase: Sequence[str], replaced: Sequence[str]) -> Referent:
    """A pronoun for a pronoun: we may become they in a report, I may become he or she."""
    if any(word in _FIRST for word in replaced) or not replaced:
        return Referent.SAME
    return Referent.SAME if set(phrase) & set(replaced) else Referent.UNKNOWN


def _own_side(phrase: Sequence[str], name: list[str], meta: Meta) -> Referent:
    """Whether a noun phrase can stand for the speaker's own *we*."""
    identity = {stem(word.norm) for part in (meta.speaker, meta.role, meta.org) for word in words(part)}
    core = head(phrase) or name[-1]
    if any(stem(word) in name for word in people()["other_groups"]):
        return Referent.OTHER if core not in identity else Referent.SAME
    if set(name) & (identity - function_words()):
        return Referent.SAME
    if core in {stem(word) for word in people()["own_groups"]} and len(name) == 1:
        return Referent.SAME
    return Referent.UNKNOWN


def _near(name: list[str], source: Wording, place: int) -> bool:
    """Whether the head of a noun phrase stands in the source within three sentences."""
    core = name[-1] if len(name) == 1 else None
    here = source.toks[min(place, len(source.toks) - 1)].sentence
    around = {stem(tok.norm) for tok in source.toks if abs(tok.sentence - here) <= 3}
    needed = [core] if core else name
    return all(any(akin(word, other) for other in around) for word in needed)


def norms_of(text: str, span: Span | None = None) -> list[str]:
    """The comparable forms of the words of a text."""
    from claimdesk.wording.wording import comparable

    return [tok.norm for tok in comparable(text, span or Span(0, len(text)))]
