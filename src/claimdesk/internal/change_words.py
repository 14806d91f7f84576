"""The words by which figures move: rise and fall, "doubled", and what says that a figure is another one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class ChangeWords:
    """The lists of ``data/internal.toml`` as patterns. ``way`` has the groups up and down."""

    way: re.Pattern[str]
    step: re.Pattern[str]
    breaks: re.Pattern[str]
    moves: re.Pattern[str]
    factors: dict[str, Decimal]


@lru_cache(maxsize=1)
def change_words() -> ChangeWords:
    """The patterns, built once.

    >>> change_words().way.search("Sales fell to 3").group("down")
    'fell'
    """
    data = tomllib.loads(files("claimdesk").joinpath("data", "internal.toml").read_text(encoding="utf-8"))
    up, down, changes = "|".join(data["up"]), "|".join(data["down"]), "|".join(data["changes"])
    step = rf"\bby (?:a |an |another )?$|\b(?:{changes}) of $|\b(?:{up}|{down}) (?:a |an |another )?$"
    return ChangeWords(
        way=re.compile(rf"\b(?:(?P<up>{up})|(?P<down>{down}))\b", re.IGNORECASE),
        step=re.compile(step, re.IGNORECASE),
        breaks=re.compile(rf"[;:]|\b(?:{'|'.join(data['breaks'])})\b|\band (?=\w+ (?:rose|fell|grew))", re.IGNORECASE),
        moves=re.compile(rf"\b(?:{'|'.join(data['moves'])})\b", re.IGNORECASE),
        factors={word: Decimal(value) for word, value in data["factors"].items()},
    )
