"""Does the passage have the same speaker report, by a word of the same weight? Then readings may be compared."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.analysis import View
from claimdesk.model import Quote
from claimdesk.store import search_terms
from claimdesk.wording.identity import Identity, Likeness, compare

# What the passage's cue may be (left) for a claim with a cue (right): to say is less than to know, and a belief is no
# statement. Classes are those of the cue table.
_BEARS_OUT = {
    "neutral": frozenset(("neutral",)),
    "factive": frozenset(("factive", "neutral")),
    "assert": frozenset(("assert", "neutral")),
    "directive": frozenset(("directive", "neutral")),
    "suggest": frozenset(("suggest",)),
    "negative": frozenset(("negative",)),
    "frame": frozenset(("frame",)),
}


def is_reported_alike(quote: Quote, evidence: Sequence[View]) -> bool:
    """Whether some reported speech of the evidence has the speaker of the claim's, with a cue of the same weight.

    >>> from claimdesk.analysis import analyze
    >>> mine = analyze("The coroner found that the crane was unsafe.").view().quotes[0]
    >>> is_reported_alike(mine, [analyze("The crane had been unsafe, the coroner found.").view()])
    True
    >>> is_reported_alike(mine, [analyze("The crane had been unsafe, its driver said.").view()])
    False
    """
    return any(_is_alike(quote, other) for view in evidence for other in view.quotes)


def _is_alike(mine: Quote, other: Quote) -> bool:
    if mine.speaker is None or other.speaker is None or mine.speaker.ambiguous or other.speaker.ambiguous:
        return False
    ours, theirs = mine.cue.group if mine.cue else "neutral", other.cue.group if other.cue else "neutral"
    if ours not in _BEARS_OUT.get(theirs, frozenset()):
        return False
    one, two = (Identity(who.name or who.text, who.role, who.org) for who in (mine.speaker, other.speaker))
    if compare(one, two) is Likeness.SAME:
        return True
    words = set(search_terms(mine.speaker.text))
    return bool(words) and words <= set(search_terms(other.speaker.text))
