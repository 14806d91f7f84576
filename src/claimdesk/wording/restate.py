"""The words of a reported clause: what each stands for, and which part it has beside the verb."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from claimdesk.model import Span
from claimdesk.wording.protected import stem
from claimdesk.wording.referents import akin

if TYPE_CHECKING:
    from spacy.tokens import Token

_ROLES = {
    "nsubj": "subject", "csubj": "subject", "agent": "subject", "nsubjpass": "object", "dobj": "object",
    "oprd": "object", "attr": "object",
}  # fmt: skip
_KINDS = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives"}
_CORE = frozenset(("subject", "object"))


@dataclass(frozen=True, slots=True)
class Content:
    """A content word: its stem, the group of words it may be put for, and its part in the clause.

    ``role`` is subject, object, a preposition, ``part`` (of another noun: the *club* shop) or nothing; the roles of a
    passive are those of the active. ``name`` marks a proper noun.
    """

    span: Span
    stem: str
    sense: str
    role: str
    name: bool

    def restates(self, other: Content) -> bool:
        """Whether one word may stand for the other, in a part that fits."""
        return self.is_word(other) and fit(self.role, other.role)

    def is_word(self, other: Content) -> bool:
        """Whether one word may stand for the other wherever they stand."""
        return self.sense == other.sense or akin(self.stem, other.stem)


@lru_cache(maxsize=1)
def restatements() -> dict[str, Any]:
    """The word lists of ``data/restatements.toml``."""
    return tomllib.loads(resources.files("claimdesk").joinpath("data/restatements.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _groups() -> dict[tuple[str, str], str]:
    kinds = ("verbs", "nouns", "adjectives")
    return {(kind, word): group[0] for kind in kinds for group in restatements()[kind] for word in group}


def sense_of(token: Token) -> str:
    """The first word of the group that a token belongs to, with its particle; else its stem.

    A participle that serves as an adjective keeps the sense of its verb: the *shut* gate.
    """
    lemma = token.lemma_.lower()
    if lemma in ("cent", "%") and (lemma == "%" or token.i and token.nbor(-1).lower_ == "per"):
        lemma = "percent"
    kind = _KINDS.get(token.pos_, "")
    particle = particle_of(token)
    words = f"{lemma} {particle}" if particle else lemma
    found = _groups().get((kind, words))
    if found is None and kind == "adjectives":
        found = _groups().get(("verbs", words))
    if found is not None:
        return f"{'verbs' if kind == 'adjectives' else kind}:{found}"
    return f"{stem(lemma)} {particle}" if particle else stem(lemma)


def particle_of(token: Token) -> str:
    """The particle that belongs to a verb: put *off*; empty where there is none."""
    return next((child.lower_ for child in token.children if child.dep_ == "prt"), "") if token.pos_ == "VERB" else ""


def role_of(token: Token) -> str:
    """The part of a word in its clause."""
    node = token
    for _ in range(6):
        if node.dep_ in _ROLES:
            return _ROLES[node.dep_]
        if node.dep_ == "pobj":
            if node.head.dep_ == "agent":
                return "subject"
            return _after_of(node.head.head) if node.head.lower_ == "of" else str(node.head.lower_)
        if node.dep_ == "compound" and node.pos_ == "PROPN":
            if node.head.pos_ != "PROPN" and node.head.lemma_.lower() not in restatements()["places"]:
                return "part"
        elif node.dep_ in ("compound", "poss", "nmod"):
            return "part"
        elif node.dep_ not in ("conj", "appos"):
            return ""
        node = node.head
    return ""


def _after_of(whole: Token) -> str:
    """The part of a word after *of*: the shop of the *club* is the shop, most of the *ships* are ships."""
    if whole.pos_ not in ("NOUN", "PROPN") or whole.lemma_.lower() in restatements()["partitives"]:
        return ""
    return "part"


def fit(mine: str, theirs: str) -> bool:
    """Whether a word can have both parts in one event.

    >>> fit("subject", "object"), fit("to", "from"), fit("in", "at"), fit("object", "part"), fit("part", "object")
    (False, False, True, False, True)
    """
    if not mine or not theirs or mine == theirs or mine == "part":
        return True
    if theirs == "part" or {mine, theirs} == _CORE:
        return False
    if mine in _CORE or theirs in _CORE:
        return bool({mine, theirs} & set(restatements()["plain_prepositions"]))
    return any({mine, theirs} <= set(group) for group in restatements()["like_prepositions"])


def akin_names(first: str, second: str) -> bool:
    """Whether two stems of names are a country and its adjective, or one name.

    >>> akin_names("sarnia", "sarnian"), akin_names("norland", "norlander"), akin_names("iran", "iraq")
    (True, True, False)
    """
    short, long = sorted((first, second), key=len)
    if short == long:
        return True
    root = short[: max(4, len(short) - 1)]
    return len(short) >= 4 and len(long) - len(short) <= 3 and len(long) != len(short) and long.startswith(root)


def contents(pairs: Iterable[tuple[Token, Span, str]]) -> tuple[Content, ...]:
    """Content words from tokens with their places and stems."""
    return tuple(
        Content(
            span,
            f"{word} {particle_of(token)}".rstrip(),
            sense_of(token),
            role_of(token),
            token.pos_ == "PROPN" or token.ent_type_ == "NORP",
        )
        for token, span, word in pairs
    )
