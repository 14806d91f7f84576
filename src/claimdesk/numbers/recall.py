"""Nouns by which a text takes up what it has named before: the film, this club, both sides."""

from __future__ import annotations

from claimdesk.language.concepts import tables
from claimdesk.language.terms import Term
from claimdesk.language.text import fold, words
from claimdesk.numbers.bind import Bound

_PRONOUNS = frozenset(["they", "them", "we", "us", "he", "she", "it", "i"])
_DEFINITE = ("the ", "this ", "that ", "its ", "their ", "our ", "the two ", "both ")


def points_to_known(word: Term, claim: Bound, source: Bound) -> bool:
    """Whether the source's "the film", "this club" can be what the claim names.

    >>> from claimdesk.analysis import analyze
    >>> from claimdesk.numbers.bind import bind
    >>> texts = "Halden United sold 900 seats.", "The club sold 900 seats."
    >>> ours, theirs = (bind(analyze(text).view())[0] for text in texts)
    >>> points_to_known(theirs.core[0], ours, theirs)
    True
    """
    return any(each.name for each in claim.near) and calls_back(word, source)


def calls_back(word: Term, bound: Bound) -> bool:
    """Whether a word is a noun like "the film" or "this club", by which a text takes up what it has named before."""
    if word.name or word.lemma not in tables().words["generic"]:
        return False
    text = bound.view.analysis.parsed.text
    before = fold(text[max(0, word.span.start - 10) : word.span.start]).casefold()
    return before.endswith(_DEFINITE)


def pronouns_of(bound: Bound) -> frozenset[str]:
    """The personal pronouns of a number's sentence, which may stand for names that it does not repeat."""
    return _PRONOUNS & {word.norm for word in words(bound.view.analysis.parsed.text, bound.sentence)}
