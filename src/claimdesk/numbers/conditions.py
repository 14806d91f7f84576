"""What counted people are or have, where no verb of theirs says it: an age, or a fever that occurred in 39 of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimdesk.language.terms import Term, content, lemma_of, subject
from claimdesk.model import Form
from claimdesk.numbers.spot import Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFALL = frozenset(["occur", "happen", "appear", "arise", "develop"])
_NOTED = frozenset(["see", "report", "observe", "record", "note", "find", "detect", "diagnose", "document", "register"])
_NARROW = frozenset(["amod", "compound", "nmod"])


def condition_of(spot: Spot, verb: Token) -> list[Token]:
    """The words for what the counted have, its noun last: severe, headaches; empty where the wording is another.

    "Severe headaches occurred in 12 patients", "River fever was diagnosed in 39 participants": the counted stand
    after "in" or "among", and what they have is the subject.
    """
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    if lemma_of(verb) not in (_NOTED if passive else _BEFALL):
        return []
    head = spot.top.head if spot.top.dep_ == "nummod" else spot.top
    link = head.head
    while link.dep_ == "conj" and link.head.dep_ in ("prep", "conj") and link.head != link:
        link = link.head
    had = subject(verb)
    if head.dep_ != "pobj" or head.head.lower_ not in ("in", "among") or link.head != verb or had is None:
        return []
    if had.pos_ != "NOUN" or had.i in spot.inside:
        return []
    return [*(child for child in had.children if child.dep_ in _NARROW and child.i not in spot.inside), had]


def alternatives_of(words: list[Token], spot: Spot) -> tuple[tuple[tuple[Term, ...], ...], ...]:
    """The pairs of things of which each of the counted had only one: "40 people died of cold or hunger"."""
    found = []
    for token in words:
        joined = token.dep_ == "conj" and token.pos_ in ("NOUN", "PROPN") and token.i not in spot.inside
        if joined and any(child.lower_ == "or" for child in token.head.children) and not spot.elsewhere(token):
            row = (content([token.head], spot.skip), content([token], spot.skip))
            if all(row):
                found.append(row)
    return tuple(found)


def aged_of(spot: Spot) -> Token | None:
    """The people of an age that stands behind them: adults, in "12,480 adults aged 18 to 64 took part"."""
    behind = spot.top.dep_ == "acl" and spot.top.head.i < spot.top.i
    return spot.top.head if spot.quantity.form is Form.AGE and behind and spot.top.head.pos_ == "NOUN" else None
