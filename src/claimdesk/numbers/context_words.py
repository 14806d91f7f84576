"""Words of a number's clause that only surround the number: openings, asides, manner, and what the number includes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimdesk.language.concepts import tables
from claimdesk.language.terms import lemma_of, subject
from claimdesk.model import Form, Span
from claimdesk.numbers.spot import Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

_ELABORATE = frozenset(["include", "range", "feature"])
_OPENINGS = frozenset(
    ["after", "before", "during", "amid", "despite", "while", "following", "for", "with", "as", "under"]
)

_ASIDE = 120  # characters of a bracket


def loose_words(spot: Spot, verb: Token, anchor: Token, words: list[Token]) -> list[Token]:
    """The tokens whose absence from a source says nothing about the number; names and the number's own phrase stay.

    "After a long debate, the members voted 5-2": debate. "Norwell, a developer from the capital": developer, capital.
    "Its 48 objects include a lectern": lectern.
    """
    found: set[int] = set()
    led = subject(verb)
    start = led.left_edge.i if led is not None else verb.i
    for token in words:
        if (
            token.dep_ in ("prep", "advmod", "npadvmod", "mark")
            and token.head == verb
            and token.i < start
            or token.dep_ == "appos"
            and token.head.pos_ == "PROPN"
            and token != anchor
            or token.dep_ == "prep"
            and token.lower_ in _OPENINGS - {"for", "as", "under"}
            and token.head == verb
        ):
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


def described(verb: Token, anchor: Token) -> list[Token]:
    """The words that only describe another argument: of the navy, in "40 men were handed to officers of the navy"."""
    found: list[Token] = []
    for child in verb.children:
        heads = [child] if child.dep_ == "dobj" else child.children if child.dep_ in ("prep", "dative") else ()
        for head in heads:
            if head.dep_ in ("dobj", "pobj") and head != anchor and not head.is_ancestor(anchor):
                found += [each for each in head.subtree if each.i > head.i]
    return found


def _below(token: Token, anchor: Token) -> set[int]:
    """The words below a token, unless the number stands there."""
    if token == anchor or token.is_ancestor(anchor):
        return set()
    return {each.i for each in token.subtree}


def bracketed(spot: Spot) -> list[Token]:
    """The words inside the brackets where a number stands, with the noun in front: "vaccine (6,240 participants)"."""
    text, at = spot.text, spot.quantity.span.start - spot.sentence.start
    opened = text.rfind("(", max(0, at - _ASIDE), at)
    closed = text.find(")", at, at + _ASIDE)
    if opened < 0 or closed < 0 or ")" in text[opened:at]:
        return []
    span = Span(spot.sentence.start + opened, spot.sentence.start + closed)
    inside = [token for token in spot.analysis.parsed.tokens(span) if token.idx >= span.start]
    if not any(token.pos_ in ("NOUN", "PROPN") and token.i not in spot.inside for token in inside) or not inside:
        return []
    front = inside[0].nbor(-1) if inside[0].i else None
    return [front, *inside] if front is not None and front.pos_ in ("NOUN", "PROPN") else inside


def measures(spot: Spot) -> bool:
    """Whether the number measures (money, percent), so that its noun is no counted thing beside an event."""
    return spot.quantity.unit is not None and spot.quantity.form is not Form.ORDINAL


def holder_of(anchor: Token) -> Token | None:
    """The noun to which a number's phrase belongs, where it belongs to no verb: a trial with 12,480 adults."""
    if anchor.dep_ != "pobj" or anchor.head.dep_ != "prep":
        return None
    holder, link = anchor.head.head, anchor.head.lower_
    if link == "of" and holder.lower_ == "front":
        return holder
    return holder if link in ("with", "in", "at") and holder.pos_ == "NOUN" and holder.dep_ != "attr" else None
