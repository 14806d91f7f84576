"""Two offices side by side: one and the same, or different in a way that one person cannot hold both."""

from __future__ import annotations

from dataclasses import dataclass

from claimdesk.names.aliases import related
from claimdesk.names.titles import Role, titles


@dataclass(frozen=True, slots=True)
class Difference:
    """How two offices of one person differ; ``certain`` where they cannot be held at one time."""

    label: str
    certain: bool


def same_office(left: Role, right: Role) -> bool:
    """Whether two descriptions can be of one office: head, rank and time agree, and neither names another body.

    >>> from claimdesk.names.titles import read_role
    >>> same_office(read_role("the mayor of Tarn"), read_role("Tarn's mayor"))
    True
    >>> same_office(read_role("French interior minister"), read_role("German interior minister"))
    False
    """
    if (left.head, left.ranks, left.times) != (right.head, right.ranks, right.times):
        return False
    ours, theirs = _left_over(left.of, right.of), _left_over(right.of, left.of)
    return not (ours and theirs)


def _left_over(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if not any(related((word,), (other,)) or word == other for other in others))


def compare_offices(claim: Role, source: Role) -> Difference | None:
    """What differs between two offices that one person is said to hold; None where nothing is sure to differ.

    >>> from claimdesk.names.titles import read_role
    >>> compare_offices(read_role("minister"), read_role("deputy minister"))
    Difference(label='ROLE_CONFLICT', certain=True)
    >>> compare_offices(read_role("lead author"), read_role("head of research")) is None
    True
    """
    if claim.head == source.head:
        return _one_head(claim, source)
    for row in titles().apart:
        if claim.head in row and source.head in row:
            return Difference("ROLE_CONFLICT", claim.times == source.times)
    return None


def _one_head(claim: Role, source: Role) -> Difference | None:
    if claim.times != source.times:
        held = {"former", "ex", "then", "retired", "late", "one-time"}
        over = bool(claim.times & held) != bool(source.times & held)
        return Difference("ROLE_CONFLICT", False) if over else None
    if claim.ranks != source.ranks:
        return Difference("ROLE_CONFLICT", claim.ranks <= _LOW and source.ranks <= _LOW)
    fields = titles().ministries
    ours = {fields[word] for word in claim.of if word in fields}
    theirs = {fields[word] for word in source.of if word in fields}
    if ours and theirs and not ours & theirs:
        return Difference("ROLE_CONFLICT", claim.head in ("minister", "secretary"))
    if claim.head in titles().single and claim.names and source.names:
        if not any(related((one,), (two,)) for one in claim.names for two in source.names):
            return Difference("ORG_CONFLICT", True)
    return None


_LOW = frozenset(["deputy", "vice", "assistant", "associate", "under"])
