"""Scores as their contest is told: by the winner, by the loser, or with the two sides exchanged."""

from __future__ import annotations

from claimdesk.language.concepts import exclude, tables
from claimdesk.model import Form
from claimdesk.numbers.bearers import one_bearer
from claimdesk.numbers.bound import Bound
from claimdesk.numbers.clause_fit import all_means

_SIDES = (frozenset(["win", "defeat"]), frozenset(["lose"]))  # of a contest


def are_two_sides(claim: Bound, source: Bound) -> bool:
    """Whether one contest is told from its two sides: Vestry lost 3-1 to Aldera, Aldera won 3-1 at Vestry.

    >>> from claimdesk.analysis import analyze
    >>> from claimdesk.numbers.bind import bind
    >>> texts = "United lost 3-1 to Aldera.", "Aldera won 3-1 at United."
    >>> are_two_sides(*(bind(analyze(text).view())[0] for text in texts))
    True
    """
    scores = claim.quantity.form is source.quantity.form is Form.SCORE
    beaten = any("lose" in one and "defeat" in two for one, two in _both_ways(claim.main, source.main))
    if not scores or not (beaten or exclude(claim.main, source.main)) or claim.actor is None:
        return False
    return source.actor is None or not claim.actor.meets(source.actor.means)


def _both_ways(one: frozenset[str], two: frozenset[str]) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return (one, two), (two, one)


def names_both(claim: Bound, source: Bound) -> bool:
    """Whether each side of a contest is named on both sides: lost to Aldera, won at Vestry."""
    if claim.actor is None or source.actor is None:
        return False
    return claim.actor.meets(all_means(source.core)) and source.actor.meets(all_means(claim.core))


def won_by_others(claim: Bound, source: Bound) -> bool:
    """Whether the one who won a contest here is the other named there: "Fenwick won 1-0", "United won 1-0 at Fenwick".

    The parser takes rare names for nouns, so a name is any actor that is no noun like "the team".
    """
    ours, theirs, generic = claim.actor, source.actor, tables().words["generic"]
    if claim.quantity.form is not Form.SCORE or ours is None or theirs is None:
        return False
    if not any(claim.main & side and source.main & side for side in _SIDES) or {ours.lemma, theirs.lemma} & generic:
        return False
    if ours.meets(theirs.means) or one_bearer(ours, claim, theirs, source):
        return False
    return any(ours.meets(word.means) for word in source.core)
