"""Copies of one story, found by shingles: they count as one source of evidence."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

from claimdesk.language.text import fold, words

Shingles = frozenset[tuple[str, ...]]
_SIZE = 5
_WORD = re.compile(r"\w+")
_PRIME, _BASE = (1 << 61) - 1, 1_000_003


def shingles(text: str) -> Shingles:
    """The five-word runs of a text (a shorter text is one run)."""
    norms = [word.norm for word in words(text)]
    if not norms:
        return frozenset()
    return frozenset(tuple(norms[start : start + _SIZE]) for start in range(max(1, len(norms) - _SIZE + 1)))


def containment(first: Shingles, second: Shingles) -> float:
    """The share of the smaller text's shingles that the other one has (domain rule 6.2), 0 to 1.

    >>> containment(shingles("one two three four five six"), shingles("one two three four five six seven"))
    1.0
    """
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def group_copies(texts: Sequence[str], overlap: float = 0.5, least: int = 5) -> list[int]:
    """For each text the position of the first text of its story; a text that is no copy names itself.

    ``overlap`` is the containment from which two texts are one story, ``least`` the number of shared shingles
    below which two texts may agree by chance. Only texts that share a shingle are compared, so the cost grows
    with the copying and not with the square of the number of texts.
    """
    sets = [shingles(text) for text in texts]
    leader = list(range(len(texts)))
    holders: dict[tuple[str, ...], list[int]] = {}
    for position, own in enumerate(sets):
        shared: dict[int, int] = {}
        for shingle in own:
            for earlier in holders.get(shingle, ()):
                shared[earlier] = shared.get(earlier, 0) + 1
        for earlier, count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
            if count >= least and count / min(len(own), len(sets[earlier])) >= overlap:
                leader[position] = leader[earlier]
                break
        for shingle in own:
            holders.setdefault(shingle, []).append(position)
    return leader


def fingerprints(text: str, window: int = 16) -> frozenset[int]:
    """A sample of a text's shingles by which its copies are found among many texts (winnowing: Schleimer, Wilkerson
    and Aiken 2003).

    Two texts that share a run of ``window`` + 4 words share a fingerprint; a text has about one for every eight
    words. Numbers of 61 bits.
    """
    hashes = _rolling(
        [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in _WORD.findall(fold(text).casefold())]
    )
    found, best = set(), -1
    for end in range(len(hashes)):
        start = max(0, end - window + 1)
        if best < start:
            best = min(range(start, end + 1), key=lambda index: (hashes[index], -index))
        elif hashes[end] <= hashes[best]:
            best = end
        if end >= window - 1:
            found.add(hashes[best])
    if hashes and not found:
        found.add(hashes[best])
    return frozenset(found)


def _rolling(numbers: Sequence[int]) -> list[int]:
    """One number for each run of five, each made from the one before (Karp and Rabin 1987)."""
    if not numbers:
        return []
    top = pow(_BASE, min(_SIZE, len(numbers)) - 1, _PRIME)
    value = 0
    for number in numbers[:_SIZE]:
        value = (value * _BASE + number) % _PRIME
    found = [value]
    for gone, number in zip(numbers, numbers[_SIZE:], strict=False):
        value = ((value - gone * top) * _BASE + number) % _PRIME
        found.append(value)
    return found
