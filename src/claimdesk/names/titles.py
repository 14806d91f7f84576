"""The tables of offices, organizations and name forms, and an office read from its words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from claimdesk.language.text import normal

_LINKS = frozenset(
    ["of", "for", "at", "in", "the", "a", "an", "and", "to", "with", "on", "by", "from", "'s", "its", "their"]
)
_PREPOSITIONS = frozenset(["of", "for", "at", "to", "in", "with"])
_LONGEST_HEAD = 3  # words: chief executive officer


@dataclass(frozen=True)
class Titles:
    """The tables of ``data/titles.toml``, turned around for looking up."""

    heads: dict[str, str]
    ranks: frozenset[str]
    times: frozenset[str]
    single: frozenset[str]
    titles: frozenset[str]
    organizations: frozenset[str]
    places: frozenset[str]
    symmetric: frozenset[str]
    speech: frozenset[str]
    never_names: frozenset[str]
    relatives: frozenset[str]
    ministries: dict[str, int]
    apart: tuple[frozenset[str], ...]
    nicknames: tuple[frozenset[str], ...]
    same: dict[str, frozenset[int]]
    wide: frozenset[str]


@lru_cache(maxsize=1)
def titles() -> Titles:
    """The tables, read once."""
    data = tomllib.loads(files("claimdesk").joinpath("data", "titles.toml").read_text(encoding="utf-8"))
    words = {key: frozenset(value) for key, value in data["words"].items()}
    same: dict[str, set[int]] = {}
    for number, row in enumerate(data["same"]["rows"]):
        for word in row:
            same.setdefault(word, set()).add(number)
    return Titles(
        heads={form: head for head, forms in data["heads"].items() for form in forms},
        ministries={word: number for number, row in enumerate(data["ministries"]["rows"]) for word in row},
        apart=tuple(frozenset(row) for row in data["apart"]["rows"]),
        nicknames=tuple(frozenset(row) for row in data["nicknames"]["rows"]),
        same={word: frozenset(rows) for word, rows in same.items()},
        wide=frozenset(data["wide"]["names"]),
        **words,
    )


@dataclass(frozen=True, slots=True)
class Role:
    """An office as words say it: its head, its rank (deputy), its time (former) and what it is of (interior, Tarn)."""

    text: str
    head: str
    ranks: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()  # those of ``of`` that are names: Tarn, Halden; not interior, city


def read_role(words: str) -> Role | None:
    """The office that words name; None where they name none.

    >>> role = read_role("the former deputy interior minister of Orlania")
    >>> role.head, sorted(role.ranks), sorted(role.times), sorted(role.of)
    ('minister', ['deputy'], ['former'], ['interior', 'orlania'])
    >>> read_role("Halden's CEO").head
    'chief executive'
    """
    table = titles()
    tokens = [_plain(word) for word in words.replace("-elect", " elect").replace("ex-", "ex ").split()]
    before = next((i for i, word in enumerate(tokens) if i and word in _PREPOSITIONS), len(tokens))
    at, size = _head_at(tokens, before)
    if at < 0:
        return None
    capitals = {_plain(word) for word in words.split() if word[:1].isupper()}
    rest = [word for i, word in enumerate(tokens) if not at <= i < at + size and word and word not in _LINKS]
    return Role(
        text=words.strip(" ,"),
        head=table.heads[" ".join(tokens[at : at + size])],
        ranks=frozenset(word for word in rest if word in table.ranks),
        times=frozenset(word for word in rest if word in table.times),
        of=frozenset(word for word in rest if word not in table.ranks and word not in table.times),
        names=frozenset(word for word in rest if word in capitals and _is_distinct(word)),
    )


def _head_at(tokens: list[str], before: int) -> tuple[int, int]:
    """Where the head of an office stands: the longest known form that ends right before "of", else the last one."""
    table = titles()
    for end in range(min(before, len(tokens)), 0, -1):
        for size in range(min(_LONGEST_HEAD, end), 0, -1):
            if " ".join(tokens[end - size : end]) in table.heads:
                return end - size, size
        if tokens[end - 1] not in ("elect", "designate"):
            break
    form = " ".join(tokens[: before + 2])
    return (0, 3) if form.startswith("chief of police") else (-1, 0)


def _is_distinct(word: str) -> bool:
    table = titles()
    generic = table.organizations | table.places | table.ranks | table.times
    return word not in generic and word not in table.ministries


def _plain(word: str) -> str:
    return normal(word.strip(".,;:()\"'")).removesuffix("'s")
