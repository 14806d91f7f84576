"""Protected words: what a quotation may not lose, and what is only grammar or hesitation."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

CLASSES = ("polarity", "modality", "condition", "hedge", "restriction", "contrast", "quantity", "comparative")
_BEFORE_NUMBER = {"hedge_before_number": "hedge", "restriction_before_number": "restriction"}


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The word lists of ``data/protected.toml``."""
    return tomllib.loads(resources.files("claimdesk").joinpath("data/protected.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Every protected word or phrase by its first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in CLASSES:
        for entry in table()[name]:
            words = tuple("1" if word == "one" else word for word in entry.split())
            if not (len(words) == 1 and words[0] in table()["restriction_before_number"]):
                found.setdefault(words[0], []).append((words, name))
    for source, name in _BEFORE_NUMBER.items():
        for entry in table()[source]:
            words = (*entry.split(), "#")
            found.setdefault(words[0], []).append((words, name))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def is_number(word: str) -> bool:
    """Whether a comparable word is a value in digits.

    >>> is_number("6000"), is_number("g7")
    (True, False)
    """
    return word[:1].isdigit() and word.replace(".", "", 1).isdigit()


def protect(words: Sequence[str]) -> list[str]:
    """The protected class of each comparable word, empty where it has none.

    >>> protect("only about 15 % will not talk about it".split())
    ['restriction', 'hedge', 'number', '', 'modality', 'polarity', '', '', '']
    """
    classes = ["number" if is_number(word) else "" for word in words]
    phrases = _phrases()
    for index, word in enumerate(words):
        for phrase, name in phrases.get(word, ()):
            if all(
                index + step < len(words)
                and (words[index + step] == part or (part == "#" and is_number(words[index + step])))
                for step, part in enumerate(phrase)
            ):
                for step, part in enumerate(phrase):
                    if part != "#" and classes[index + step] in ("", "number"):
                        classes[index + step] = name
                break
    return classes


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Words whose change is grammar, not sense."""
    return frozenset(table()["function"])


@lru_cache(maxsize=1)
def contrasting() -> dict[str, str]:
    """Function words that do carry sense, each with the group it stands for (i, we, he; to, from; and, or)."""
    return {
        word: f"{kind}{number}"
        for kind, groups in table()["contrasting"].items()
        for number, group in enumerate(groups)
        for word in group
    }


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its inflection, good enough to tell grammar from sense.

    >>> stem("workers") == stem("worker"), stem("carries") == stem("carried"), stem("bigger") == stem("big")
    (True, True, False)
    """
    for ending, short in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("'", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + short
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word
