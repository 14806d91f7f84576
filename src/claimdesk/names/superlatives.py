"""Superlatives as a comparison needs them: which way, which rank, of what, and since when."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from claimdesk.analysis import View
from claimdesk.language.text import fold
from claimdesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAIL = 90  # characters after a superlative in which its scope is looked for
_SINCE = re.compile(r"\bsince (?:the )?(?:[A-Za-z]+\.? )?(?:\d{1,2}, )?((?:18|19|20)\d\d)\b")
_YEARS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "a decade": 10, "two decades": 20, "three decades": 30,
}  # fmt: skip
_IN_YEARS = re.compile(rf"\bin (?:more than |over |at least |nearly )?(\d{{1,3}}|{'|'.join(_YEARS)})\b ?(?:years)?")
_WITHIN = re.compile(
    r"[^,;.]{0,40}?\b(?:in|of|on|at|among|for) (?:the |its |their |this )?"
    r"([a-z]+(?: [a-z]+){0,2}|[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})"
)


@dataclass(frozen=True, slots=True)
class Superlative:
    """One superlative where it stands. ``way`` is high, low, either, first or only; ``rank`` 1 is the top.

    ``noun`` is what is ranked, as a lemma. ``since`` is the year after which it holds, ``always`` that it is meant
    for all time, ``within`` a place or set ("in the region"); all empty where nothing is said.
    """

    span: Span
    text: str
    way: str
    rank: int
    noun: str
    since: int | None
    always: bool
    within: str
    sentence: Span
    negated: bool

    @property
    def said(self) -> str:
        """The superlative in short: "biggest crowd since 2009"."""
        scope = f"since {self.since}" if self.since is not None else "ever" if self.always else ""
        if not scope and self.within:
            scope = f"in {self.within}"
        words = self.text.casefold().removeprefix("the ")
        noun = "" if self.noun in words else self.noun
        return " ".join(part for part in (words, noun, scope) if part)


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """The word tables of ``data/superlatives.toml``, read once."""
    return tomllib.loads(files("claimdesk").joinpath("data", "superlatives.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = tables()
    ordinals = "|".join(words["ordinals"])
    adjectives = "|".join(sorted([*words["high"], *words["low"], *words["either"]], key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<rank>{ordinals}|\d{{1,2}}(?:st|nd|rd|th))[- ])?(?P<adjective>{adjectives})\b(?:[- ]ever\b)?"
        r"|\b(?:record|all-time)[- ](?P<end>highs?|lows?)\b"
        r"|\b(?:a|an|the|new|its|their) (?P<record>record)\b(?! (?:of|for|since|in|label))"
        r"|\b(?:the|its|their|his|her|a) (?:very )?(?P<one>first|only)\b"
        r"(?! (?:of|half|time|lady|minister|week|month|day|few))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=256)
def find_superlatives(view: View) -> tuple[Superlative, ...]:
    """The superlatives of a stretch of text in order."""
    parsed = view.analysis.parsed
    folded = fold(parsed.text)
    found = []
    for match in _pattern().finditer(folded, view.span.start, view.span.end):
        sentence = parsed.sentence_at(match.start())
        tokens = parsed.tokens(Span(*match.span()))
        if not tokens or (match["adjective"] or "").casefold() in ("most", "least") and not _counts(tokens[-1]):
            continue
        tail = folded[match.end() : min(sentence.end, match.end() + _TAIL)]
        noun = _noun(tokens[-1])
        since = _since(tail, view)
        words = tail.casefold() + " " + match.group().casefold()
        found.append(
            Superlative(
                span=Span(*match.span()),
                text=Span(*match.span()).of(parsed.text),
                way=_way(match),
                rank=_rank(match["rank"]),
                noun=noun,
                since=since,
                always=since is None
                and any(re.search(rf"\b{re.escape(sign)}\b", words) for sign in tables()["always"]),
                within="" if since is not None else _within(tail),
                sentence=sentence,
                negated=_negated(tokens[0]),
            )
        )
    return tuple(found)


def _counts(token: Token) -> bool:
    """Whether "most" ranks a number: "the most goals", not "the most beautiful" or "most of them"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    before = token.nbor(-1).lower_ if token.i else ""
    return (
        following is not None
        and following.pos_ == "NOUN"
        and (before in ("the", "-") or before in tables()["ordinals"])
    )


def _way(match: re.Match[str]) -> str:
    words = tables()
    if match["one"]:
        return match["one"].casefold()
    if match["end"]:
        return "low" if match["end"].casefold().startswith("low") else "high"
    if match["record"]:
        return "high"
    adjective = match["adjective"].casefold()
    return next((way for way in ("high", "low") if adjective in words[way]), "either")


def _rank(word: str | None) -> int:
    if not word:
        return 1
    digits = "".join(char for char in word if char.isdigit())
    return int(digits) if digits else tables()["ordinals"].index(word.casefold()) + 2


def _since(tail: str, view: View) -> int | None:
    if match := _SINCE.search(tail):
        return int(match.group(1))
    if (match := _IN_YEARS.match(tail.lstrip())) or (match := _IN_YEARS.search(tail[:40])):
        word = match.group(1)
        years = _YEARS.get(word) or (int(word) if word.isdigit() and "years" in match.group() else None)
        day = view.analysis.meta.date
        if years is not None and day is not None:
            return day.year - years - 1
    return None


def _within(tail: str) -> str:
    match = _WITHIN.match(tail)
    return match.group(1).casefold() if match else ""


def _noun(last: Token) -> str:
    """What is ranked: the noun after the superlative, else the subject of the sentence."""
    node, head = last, None
    for _ in range(5):
        if node.i + 1 >= len(node.doc):
            break
        node = node.nbor()
        if node.pos_ in ("NOUN", "PROPN"):
            head = node
        elif (
            head is not None or node.pos_ not in ("ADJ", "NUM", "ADV", "PUNCT", "VERB") or node.text in (",", ".", ";")
        ):
            break
    if head is None:
        verb = last
        while verb.head.i != verb.i and verb.pos_ not in ("VERB", "AUX"):
            verb = verb.head
        head = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    return head.lemma_.casefold() if head is not None else ""


def _negated(token: Token) -> bool:
    node = token
    for _ in range(6):
        if any(child.dep_ == "neg" or child.lower_ in ("never", "no") for child in node.children):
            return True
        if node.head.i == node.i or node.pos_ in ("VERB", "AUX"):
            break
        node = node.head
    return False
