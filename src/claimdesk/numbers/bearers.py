"""Whether two nouns beside numbers mean one bearer: a name and its short form, a title before it, "the company"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimdesk.language.terms import Term
from claimdesk.numbers.bound import Bound
from claimdesk.numbers.recall import calls_back, points_to_known

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK = 4_000  # characters in which "the company" looks for its name
_BEFORE_NAME = frozenset(["compound", "nmod", "flat", "amod"])


def one_bearer(ours: Term, claim: Bound, theirs: Term, source: Bound) -> bool:
    """Whether the claim's noun and the source's can name one: Vellmar and Vellmar Motors, Halberg and "the company".

    >>> from claimdesk.analysis import analyze
    >>> from claimdesk.numbers.bind import bind
    >>> texts = "Vellmar sold 900 cars.", "Vellmar Motors sold 900 cars."
    >>> claim, source = (bind(analyze(text).view())[0] for text in texts)
    >>> one_bearer(claim.actor, claim, source.actor, source)
    True
    """
    if ours.name and theirs.name:
        return _one_name(_run(token_of(ours, claim)), _run(token_of(theirs, source)))
    if ours.name and points_to_known(theirs, claim, source):
        named = _run(token_of(ours, claim))
        at = source.sentence.start
        before = source.view.analysis.parsed.text[max(0, at - _BACK) : at].casefold()
        return any(word in before for word in named)
    long, short = ours.lemma, theirs.lemma  # the shipyard, and "the yard"
    return not ours.name and len(short) >= 4 and long.endswith(short) and _is_definite(theirs, source)


def _is_definite(word: Term, bound: Bound) -> bool:
    return any(child.lower_ in ("the", "this", "that") for child in token_of(word, bound).children)


def belongs_to_known(word: Term, claim: Bound, source: Bound) -> bool:
    """Whether a word of the source is part of a name, or a title before one, that the claim gives in another form.

    "Okonjo hit 41 winners": "Daria Okonjo hit 41 winners". "Shares of Akande rose": "Shares of miner Akande rose".
    """
    head = token_of(word, source)
    if head.head.i > head.i and any(
        calls_back(each, claim) and each.lemma == head.head.lemma_.lower() for each in claim.topic
    ):
        return True  # "the council", where the source says "the city council"
    for _ in range(4):
        if head.dep_ not in _BEFORE_NAME or head.head.i <= head.i:
            break
        head = head.head
    if head.pos_ != "PROPN":
        return False
    known = _run(head)
    return any(_one_name(_run(token_of(each, claim)), known) for each in claim.near if each.name)


def token_of(word: Term, bound: Bound) -> Token:
    """The token at which a term stands in the text of its number."""
    return next(iter(reversed(list(bound.view.analysis.parsed.tokens(word.span)))))


def _run(token: Token) -> tuple[str, ...]:
    """The capitalized words that stand together around a name."""
    doc = token.doc
    first = last = token.i
    while first > token.sent.start and doc[first - 1].pos_ == "PROPN" and token.i - first < 8:
        first -= 1
    while last + 1 < token.sent.end and doc[last + 1].pos_ == "PROPN" and last - token.i < 8:
        last += 1
    return tuple(doc[index].lower_.strip(".") for index in range(first, last + 1))


def _one_name(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the words of one name are among those of the other, with the same last or first word."""
    short, long = sorted((left, right), key=len)
    return set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0])
