"""A word of the claim that the source lacks, with another word in its place there: on vaccines, on treatment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimdesk.language.terms import Term, content, lemma_of
from claimdesk.numbers.bearers import token_of
from claimdesk.numbers.bound import Bound

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODIFIERS = frozenset(["amod", "compound", "nmod", "poss"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])


def rival_of(word: Term, claim: Bound, source: Bound) -> Term | None:
    """The source's other word in the same place under the same head; None where that place is empty.

    "Spent $86 million on vaccines": "spent $86 million on treatment"; "grew by a monthly 3.7%": "grew by an annual
    3.7%". A name in the place of a noun, or a noun in that of a name, is no rival: it may be the same thing.
    """
    token = token_of(word, claim)
    place = _place(token, claim)
    if place is None:
        return None
    known = claim.near_means
    for other in _words(source):
        if _place(other, source) != place:
            continue
        for term in content([other], [ref.span for ref in source.view.analysis.dates]):
            if term.name == word.name and not term.meets(known):
                return term
    return None


def _words(bound: Bound) -> Iterator[Token]:
    for token in bound.view.analysis.parsed.tokens(bound.sentence):
        if token.pos_ in ("NOUN", "PROPN", "ADJ") and not token.like_num:
            yield token


def _place(token: Token, bound: Bound) -> tuple[str, str] | None:
    """How a word hangs in its sentence: by what, and on which word."""
    head = token.head
    if token.dep_ in _MODIFIERS:
        return ("modifier", "#" if _counts(head, bound) else lemma_of(head))
    if token.dep_ == "pobj" and head.head != head:
        return (head.lower_, "#" if _counts(head.head, bound) else lemma_of(head.head))
    if token.dep_ in ("dobj", "attr"):
        return ("object", lemma_of(head))
    if token.dep_ in _SUBJECTS:
        return ("subject", lemma_of(head))
    return None


def _counts(token: Token, bound: Bound) -> bool:
    """Whether a word is the number itself or its unit."""
    return bound.quantity.span.start <= token.idx < bound.quantity.span.end
