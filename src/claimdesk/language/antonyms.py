"""Words that cannot both hold of one event: approved and rejected, opened and closed."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from claimdesk.language.text import words

# Words without content of their own that turn what they join.
_JOINTS = (("if", "unless"), ("before", "after"))


def turns(word: str, other: str) -> bool:
    """Whether one word in the place of the other turns a sentence: an opposite, or another joint.

    >>> turns("if", "unless"), turns("rose", "fell"), turns("if", "when")
    (True, True, False)
    """
    return other in antonyms().get(word, ()) or any(word != other and {word, other} == set(pair) for pair in _JOINTS)


@lru_cache(maxsize=1)
def antonyms() -> dict[str, frozenset[str]]:
    """Each word of the table with its opposites, both ways."""
    table: dict[str, set[str]] = {}
    for line in resources.files("claimdesk").joinpath("data/antonyms.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            first, second = line.split("\t")
            table.setdefault(first, set()).add(second)
            table.setdefault(second, set()).add(first)
    return {word: frozenset(others) for word, others in table.items()}


def opposites(claim: str, evidence: str) -> list[tuple[str, str]]:
    """Pairs of opposite words, one in the claim and the other in the evidence, where neither text has both.

    >>> opposites("The council approved the plan.", "The plan was rejected.")
    [('approved', 'rejected')]
    """
    ours = {word.norm for word in words(claim)}
    theirs = {word.norm for word in words(evidence)}
    return [
        (word, other)
        for word in sorted(ours)
        for other in sorted(antonyms().get(word, ()))
        if other in theirs and other not in ours and word not in theirs
    ]
