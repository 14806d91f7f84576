"""Words that mean the same in a count: synonyms, kinds, events named by nouns, and what excludes what."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

# Longer endings first: of "payments", "ments" goes, not "s".
_ENDINGS = re.compile(
    r"(?<=.{4})(?:i[zs]ation|ations?|ments?|ings?|ions?|ities|ity|ists?|ers?|ors?|[ae]nce|als?|ies|ed|es|s|e|(?<![aeou])y)$"
)


@dataclass(frozen=True)
class Tables:
    """The tables of ``data/items.toml``, ``events.toml`` and ``opposites.toml``, turned around for looking up."""

    items: dict[str, str]
    kinds: dict[str, frozenset[str]]
    counted: dict[str, tuple[str, str]]
    events: dict[str, frozenset[str]]
    compatible: dict[str, frozenset[str]]
    opposites: tuple[frozenset[str], ...]
    unlike: tuple[frozenset[str], ...]
    words: dict[str, frozenset[str]]
    direction: dict[str, str]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("claimdesk").joinpath("data", name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The word tables, read once."""
    items, events, opposites = _read("items.toml"), _read("events.toml"), _read("opposites.toml")
    kinds: dict[str, set[str]] = defaultdict(set)
    for broad, narrow in items["kinds"].items():
        for word in narrow:
            kinds[word].add(broad)
    for word in list(kinds):
        for broad in list(kinds[word]):
            kinds[word] |= kinds.get(broad, set())
    meaning: dict[str, set[str]] = defaultdict(set)
    for group, members in events["same"].items():
        for word in members:
            meaning[word].add(group)
    words = {key: frozenset(value) for key, value in {**items["words"], **events["words"]}.items()}
    return Tables(
        items={word: group for group, members in items["same"].items() for word in members},
        kinds={word: frozenset(broad) for word, broad in kinds.items()},
        counted={noun: (pair[0], pair[1]) for noun, pair in items["events"].items()},
        events={word: frozenset(groups) for word, groups in meaning.items()},
        compatible={group: frozenset(others) for group, others in events["compatible"].items()},
        opposites=tuple(frozenset(row) for row in opposites["rows"]),
        unlike=tuple(frozenset(row) for row in opposites["unlike"]),
        words=words,
        direction={word: way for way, members in events["direction"].items() for word in members},
    )


@lru_cache(maxsize=20_000)
def item_of(lemma: str) -> str:
    """The group of a countable noun, or the noun itself.

    >>> item_of("firm"), item_of("zebra")
    ('company', 'zebra')
    """
    return tables().items.get(lemma, lemma)


def is_kind(narrow: str, broad: str) -> bool:
    """Whether one item is a kind of another: soldiers are people."""
    return broad in tables().kinds.get(narrow, ())


@lru_cache(maxsize=20_000)
def meanings(lemma: str) -> frozenset[str]:
    """Everything a word can stand for in a comparison: its item group, its event groups, its stem.

    >>> meanings("killed") & meanings("fatality")
    frozenset()
    >>> sorted(meanings("kill") & meanings("fatality"))
    ['die']
    """
    table = tables()
    found = set(table.events.get(lemma, ()))
    if lemma in table.items:
        found.add(table.items[lemma])
    if lemma in table.counted:
        item, event = table.counted[lemma]
        found |= {item, event}
    return frozenset(found | {"~" + stem(lemma)})


@lru_cache(maxsize=20_000)
def stem(lemma: str) -> str:
    """A rough stem that joins a verb with its nouns: employ, employment.

    >>> stem("employment") == stem("employ"), stem("union") == stem("unit")
    (True, False)
    """
    return _ENDINGS.sub("", lemma, count=1)


def exclude(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of concepts hold hard opposites and share none of that row: killed and injured."""
    for row in tables().opposites:
        ours, theirs = left & row, right & row
        if ours and theirs and not ours & theirs:
            return True
    return False


def are_unlike(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of events hold different ones of a row that are never one another: employed and laid off.

    >>> are_unlike(frozenset(["employ"]), frozenset(["dismiss"]))
    True
    """
    return any(left & row and right & row and not left & right & row for row in tables().unlike)


def is_light(lemma: str) -> bool:
    """Whether a word only frames a figure: be, report, reach."""
    return lemma in tables().words["light"]
