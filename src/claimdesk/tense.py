"""Whether a place of a sentence speaks of what was or of what is to come, from the verb that governs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

Tense = Literal["past", "future", "present", "unknown"]

_PLANNED = frozenset(
    "schedule expect set slate plan due postpone delay extend adjourn reschedule book pencil bill defer push suspend".split()
)
_HAPPENED = frozenset(
    "manage fail begin start continue come help force seem appear have get use happen refuse prove stop cease rush go "
    "claim say report believe think know".split()
)
_MODALS = frozenset("will shall would may might could should must can 'll wo ca ll".split())
_NOMINAL = frozenset(("NOUN", "PROPN"))


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above a token; an auxiliary only where no verb carries it."""
    current = token
    for _ in range(25):
        if current.pos_ in ("VERB", "AUX") and current.dep_ not in ("aux", "auxpass", "amod", "compound"):
            return current
        if current.head.i == current.i:
            return None
        current = current.head
    return None


def tense_at(token: Token) -> Tense:
    """The tense of the finite verb that governs a token.

    "will meet on Friday", "is due on Friday", "plans to meet on Friday": future; "met", "has met": past.
    """
    verb = governing_verb(token)
    return _tense(verb, 0) if verb is not None else "unknown"


def _tense(verb: Token, depth: int) -> Tense:
    if depth > 8:
        return "unknown"
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    forms = {child.lower_ for child in helpers}
    lemmas = {child.lemma_.lower() for child in helpers}
    if verb.lower_ in _MODALS or forms & _MODALS:
        return "past" if "have" in lemmas and "will" not in forms else "future"
    if "have" in lemmas or "having" in forms:
        return "past"
    if verb.tag_ == "VB":
        return _bare(verb, forms, depth)
    if verb.tag_ == "VBN" or verb.lemma_.lower() in ("due", "set"):
        if verb.lemma_.lower() in _PLANNED:
            return "future"
        if forms & {"is", "are", "am", "'s", "'re"}:
            return "present"
        return "past"
    if verb.tag_ == "VBD":
        if _has_due(verb) or verb.lemma_.lower() in ("postpone", "extend", "delay", "adjourn", "schedule", "reschedule", "defer"):
            return "future"
        return "past"
    if verb.tag_ == "VBG":
        if forms & {"was", "were", "been", "had"}:
            return "past"
        if forms & {"is", "are", "am", "be", "'s", "'re"}:
            return "future"
        return _above(verb, depth)
    if verb.tag_ in ("VBZ", "VBP"):
        return "future" if _has_due(verb) else "present"
    return _above(verb, depth)


def _bare(verb: Token, forms: set[str], depth: int) -> Tense:
    if forms & {"did", "didn"}:
        return "past"
    if forms & {"do", "does"}:
        return "present"
    if "to" not in forms:
        return _above(verb, depth) if verb.dep_ != "ROOT" else "future"
    head = verb.head
    if verb.dep_ == "advcl" or head.lemma_.lower() in _HAPPENED:
        return _above(verb, depth)
    return "future"


def _above(verb: Token, depth: int) -> Tense:
    if verb.head.i == verb.i:
        return "unknown"
    above = governing_verb(verb.head)
    return _tense(above, depth + 1) if above is not None else "unknown"


def _has_due(verb: Token) -> bool:
    """"is due on Friday": an adjective that makes "be" speak of the future."""
    return verb.lemma_ == "be" and any(child.lower_ in ("due", "scheduled", "expected", "set") for child in verb.children)


def modifies_noun(token: Token) -> bool:
    """Whether a date stands inside a noun phrase ("Friday's vote", "the June 2 attack")."""
    return token.dep_ in ("poss", "compound", "nmod", "amod", "nummod") and token.head.pos_ in _NOMINAL
