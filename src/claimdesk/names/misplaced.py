"""What the evidence says of another: a name whose place is taken by another one, a rank that nothing there has."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.analysis import View
from claimdesk.dates import dateline_span
from claimdesk.language.text import words
from claimdesk.model import Span
from claimdesk.names import Name, find_names
from claimdesk.names.aliases import apart, related
from claimdesk.names.ground import shared
from claimdesk.names.superlatives import Superlative, find_superlatives, tables

_SAME_MATTER = 0.6  # share of the claim's content without its names that the sentence with the other name must have
_LOOSE = frozenset(["prep as", "prep like", "prep with", "prep including", "prep than"])


def other_in_place(claim: View, evidence: Sequence[View]) -> tuple[Name, Name, View] | None:
    """A name of the claim, another one in its place in the evidence, and the stretch that has it, or None.

    The evidence knows the claim's name, but never in this place: "taken to the port of Lamira", where they were rescued
    off Lamira and "taken to the port of Rea".
    """
    theirs = [
        (view, name)
        for view in evidence
        for name in find_names(view)
        if not name.quoted and not (_line(view) or Span(0, 0)).overlaps(name.span)
    ]
    named = [name.span for name in find_names(claim)]
    for name in find_names(claim):
        slot, governors = _part(name, claim)
        if not slot or slot in _LOOSE or name.quoted:
            continue
        if not any(related(name.words, other.words) for _, other in theirs):
            continue
        facing = [(view, other) for view, other in theirs if _fills(other, view, slot, governors)]
        if any(related(name.words, other.words) or not apart(name.words, other.words) for _, other in facing):
            continue
        for view, other in facing:
            if shared(claim, View(view.analysis, other.sentence), named) >= _SAME_MATTER:
                return name, other, view
    return None


def _fills(name: Name, view: View, slot: str, governors: frozenset[str]) -> bool:
    part, words = _part(name, view)
    return part == slot and bool(words & governors)


def _part(name: Name, view: View) -> tuple[str, frozenset[str]]:
    """The part of a name in its sentence with the words it depends on; what something is said to be has a part too."""
    if name.slot:
        return name.slot, name.governors
    root = view.analysis.parsed.tokens(name.span).root
    if root.dep_ != "attr" or root.head.lemma_ != "be":
        return "", frozenset()
    led = (child.lemma_.casefold() for child in root.head.children if child.dep_ == "nsubj")
    return "is", frozenset(led)


def _line(view: View) -> Span | None:
    return dateline_span(view.analysis.parsed.text)


def unranked(claim: View, evidence: Sequence[View]) -> Superlative | None:
    """A superlative of the claim where the evidence has none of its kind: a record harvest, the largest bank.

    >>> from claimdesk.analysis import analyze
    >>> claim = analyze("A record harvest of 18 million tonnes is expected.").view()
    >>> unranked(claim, [analyze("A harvest of 18 million tonnes is expected.").view()]).text
    'A record'
    >>> unranked(claim, [analyze("A harvest of 18 million tonnes, the largest ever, is expected.").view()])
    """
    told = [phrase for view in evidence for phrase in find_superlatives(view)]
    ways = {phrase.way for phrase in told}
    if ways & {"either"} or any(word.norm in tables()["peaks"] for view in evidence for word in words(view.text)):
        return None
    for phrase in find_superlatives(claim):
        if phrase.way in ("high", "low") and not phrase.negated and phrase.way not in ways:
            if phrase.text.casefold() not in tables()["plain"]:
                return phrase
    return None
