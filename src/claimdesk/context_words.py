"""Words of a number's clause that only surround the number: openings, asides, manner, and what the number includes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimdesk.concepts import tables
from claimdesk.spot import Spot
from claimdesk.terms import lemma_of, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

_ELABORATE = frozenset(["include", "range", "feature"])
_OPENINGS = frozenset(["after", "before", "during", "amid", "despite", "while", "following", "for", "with", "as", "under"])


def loose_words(spot: Spot, verb: Token, anchor: Token, words: list[Token]) -> list[Token]:
    """The tokens whose absence from a source says nothing about the number; names and the number's own phrase stay.

    "After a long debate, the members voted 5-2": debate. "Norwell, a developer from the capital": developer, capital.
    "Its 48 objects include a lectern": lectern.
    """
    found: set[int] = set()
    led = subject(verb)
    start = led.left_edge.i if led is not None else verb.i
    for token in words:
        if token.dep_ in ("prep", "advmod", "npadvmod", "mark") and token.head == verb and token.i < start:
            found |= _below(token, anchor)
        elif token.dep_ == "appos" and token.head.pos_ == "PROPN" and token != anchor:
            found |= _below(token, anchor)
        elif token.dep_ == "prep" and token.lower_ in _OPENINGS - {"for", "as", "under"} and token.head == verb:
            found |= _below(token, anchor)
        elif token.pos_ == "ADV" or lemma_of(token) in tables().words["manner"]:
            found.add(token.i)
        elif token.dep_ in ("conj", "advcl", "parataxis") and token.pos_ in ("VERB", "AUX") and token != verb:
            found |= _below(token, anchor)
    if lemma_of(verb) in _ELABORATE and led is not None and (led == anchor or led.is_ancestor(anchor)):
        for child in verb.children:
            if child.dep_ in ("dobj", "prep") and child.i > verb.i:
                found |= _below(child, anchor)
    return [token for token in words if token.i in found and token.pos_ != "PROPN"]


def _below(token: Token, anchor: Token) -> set[int]:
    """The words below a token, unless the number stands there."""
    if token == anchor or token.is_ancestor(anchor):
        return set()
    return {each.i for each in token.subtree}
