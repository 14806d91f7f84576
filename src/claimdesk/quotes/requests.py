"""Reports without a clause: urged the council to sell, called for Lind to resign, vowed to stay, denied leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimdesk.model import Span
from claimdesk.quotes.attribution import near
from claimdesk.quotes.cues import cue_table
from claimdesk.quotes.frames import own_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token


def requested(cue: Token, lemma: str) -> Span | None:
    """What somebody is to do, with whoever is to do it, or what a speaker vows to do or denies doing."""
    table = cue_table()
    taker: Token | None = None
    for child in near(cue.rights):
        if child.dep_ == "xcomp" and child.tag_ == "VBG" and table.takes(lemma, "gerund"):
            return _from(child.left_edge, child)
        if child.dep_ in ("dobj", "dative"):
            taker = taker or child
        elif child.dep_ == "prep" and lemma.endswith(f" {child.lower_}"):
            taker = next((c for c in near(child.rights) if c.dep_ == "pobj"), taker)
        elif lemma.endswith(" for") and (frame := own_infinitive(child)) is not None:
            return _from(cue.doc[frame.first], child)
        if child.dep_ not in ("xcomp", "ccomp") or not any(c.lower_ == "to" for c in near(child.lefts)):
            continue
        if taker is not None and table.takes(lemma, "object_infinitive"):
            return _from(taker.left_edge, child)
        if taker is None and (table.takes(lemma, "own_infinitive") or table.takes(lemma, "object_infinitive")):
            return _from(child.left_edge, child)
    return None


def _from(first: Token, verb: Token) -> Span:
    last = verb.right_edge
    return Span(first.idx, last.idx + len(last))
