"""Two sides of one event that have changed places: who beat whom, from where to where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimdesk.language.terms import content
from claimdesk.numbers.bound import Bound

if TYPE_CHECKING:
    from spacy.tokens import Token

_Means = frozenset[str]
_MUTUAL = frozenset(["meet", "play", "face", "draw", "tie", "marry", "fight", "join", "exchange", "swap", "trade"])


def exchanged(claim: Bound, source: Bound) -> str:
    """What has changed places, in words; else "".

    "United beat Rovers 3-2": "Rovers came back to beat United 3-2". "From the capital to Elwin": "from Elwin to the
    capital".
    """
    if claim.main and claim.main & source.main and claim.verb_lemma not in _MUTUAL:
        sides = ((_first(claim), _object(claim)), (_first(source), _object(source)))
        if _are_turned(*sides):
            return "the two sides are exchanged"
    ours, theirs = _ends(claim), _ends(source)
    if _are_turned(ours, theirs):
        return "the start and the end are exchanged"
    if claim.main & source.main and _are_turned((_first(claim), ours[1]), (_first(source), theirs[1])):
        return "giver and taker are exchanged"
    return ""


def suffers(claim: Bound, source: Bound) -> bool:
    """Whether one side does what the other suffers: "the nurse pays 900", "the nurse was paid 2,450"."""
    if claim.verb_lemma != source.verb_lemma:
        return False
    if _first(claim) and not _first(claim) & _first(source) and _first(source) & _object(claim):
        return True  # Krantz thanked the board: the board thanked her
    ours, theirs = _subject(claim), _subject(source)
    return ours[0] != theirs[0] and bool(ours[1] & theirs[1])


def _subject(bound: Bound) -> tuple[str, _Means]:
    verb = bound.view.analysis.parsed.doc[bound.verb]
    led = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    return (led.dep_, _means([led], bound)) if led is not None else ("", frozenset())


def _are_turned(ours: tuple[_Means, _Means], theirs: tuple[_Means, _Means]) -> bool:
    crossed = ours[0] & theirs[1] and ours[1] & theirs[0]
    return bool(crossed) and not ours[0] & theirs[0] and not ours[1] & theirs[1]


def _first(bound: Bound) -> _Means:
    return bound.actor.means if bound.actor is not None else frozenset()


def _object(bound: Bound) -> _Means:
    verb = bound.view.analysis.parsed.doc[bound.verb]
    direct = [child for child in verb.children if child.dep_ in ("dobj", "dative", "nsubjpass")]
    # "beat Rovers 3-2": the parse takes a name before a score for a measure
    named = [child for child in verb.children if child.dep_ == "npadvmod" and child.pos_ == "PROPN"]
    return _means(direct or named, bound)


def _ends(bound: Bound) -> tuple[_Means, _Means]:
    """What stands after "from" and after "to" in a number's sentence, without numbers and dates."""
    found: dict[str, list[Token]] = {"from": [], "to": []}
    for token in bound.view.analysis.parsed.tokens(bound.sentence):
        if token.dep_ == "pobj" and token.head.lower_ in found:
            found[token.head.lower_].append(token)
    return _means(found["from"], bound), _means(found["to"], bound)


def _means(tokens: list[Token], bound: Bound) -> _Means:
    numbers = [each.span for each in (bound.quantity, *bound.siblings)]
    skip = [*numbers, *(ref.span for ref in bound.view.analysis.dates)]
    return frozenset().union(*(each.means for each in content(tokens, skip)))
