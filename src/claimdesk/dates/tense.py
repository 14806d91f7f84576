"""Whether a place of a sentence speaks of what was or of what is to come, from the verb that governs it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from claimdesk.dates.patterns import date_words

if TYPE_CHECKING:
    from spacy.tokens import Token

Tense = Literal["past", "future", "present", "unknown"]


@lru_cache(maxsize=1)
def _verbs() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in date_words()["tense"].items()}


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
    if verb is None:
        return "unknown"
    if verb.tag_ in ("VBD", "VBN") and verb.lemma_.lower() in _verbs()["moved"] and _leads_to(token, verb):
        return "future"
    return _tense(verb, 0)


def _leads_to(token: Token, verb: Token) -> bool:
    """Whether a preposition of aim stands between a date and its verb: "adjourned until Tuesday"."""
    for _ in range(6):
        if token.i == verb.i:
            return False
        if token.lower_ in ("until", "till", "to", "for"):
            return True
        token = token.head
    return False


def _tense(verb: Token, depth: int) -> Tense:
    if depth > 8:
        return "unknown"
    verbs, lemma = _verbs(), verb.lemma_.lower()
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    forms = {child.lower_ for child in helpers}
    lemmas = {child.lemma_.lower() for child in helpers}
    if verb.lower_ in verbs["modals"] or forms & verbs["modals"]:
        return "past" if "have" in lemmas and "will" not in forms else "future"
    if "have" in lemmas or "having" in forms:
        return "past"
    if verb.tag_ == "VB":
        return _bare(verb, forms, depth)
    if verb.tag_ == "VBN" or lemma == "due":
        if lemma in verbs["planned"]:
            return "future"
        if forms & {"is", "are", "am", "'s", "'re"}:
            return "present"
        return "past"
    if verb.tag_ == "VBD":
        return "future" if _has_due(verb) else "past"
    if verb.tag_ == "VBG" and forms & {"was", "were", "been", "had"}:
        return "past"
    if verb.tag_ == "VBG" and forms & {"is", "are", "am", "be", "'s", "'re"}:
        return "present"
    if verb.tag_ in ("VBZ", "VBP"):
        return _of_present(verb, lemma)
    return _above(verb, depth)


def _of_present(verb: Token, lemma: str) -> Tense:
    if lemma in _verbs()["telling"]:
        return "past"
    return "future" if _has_due(verb) else "present"


def _bare(verb: Token, forms: set[str], depth: int) -> Tense:
    if forms & {"did", "didn"}:
        return "past"
    if forms & {"do", "does"}:
        return "present"
    if "to" not in forms:
        return _above(verb, depth) if verb.dep_ != "ROOT" else "future"
    head = verb.head
    if verb.dep_ == "advcl" or head.lemma_.lower() in _verbs()["happened"]:
        return _above(verb, depth)
    return "future"


def _above(verb: Token, depth: int) -> Tense:
    if verb.head.i == verb.i:
        return "unknown"
    above = governing_verb(verb.head)
    return _tense(above, depth + 1) if above is not None else "unknown"


def _has_due(verb: Token) -> bool:
    """Whether a plan stands beside "be": "is due on Friday"."""
    due = ("due", "scheduled", "expected", "set")
    return verb.lemma_ == "be" and any(child.lower_ in due for child in verb.children)


def modifies_noun(token: Token) -> bool:
    """Whether a date stands inside a noun phrase ("Friday's vote", "the June 2 attack")."""
    return token.dep_ in ("poss", "compound", "nmod", "amod", "nummod") and token.head.pos_ in ("NOUN", "PROPN")
