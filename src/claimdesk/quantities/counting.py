"""What a number counts, by surface: the noun right behind it, and the base of a rate."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from claimdesk.model import Span

_WORD = re.compile(r"[ \n]{1,2}(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*)")
_HYPHENED = re.compile(r"-(?!plus|odd|strong|ish|fold|year)([a-z]{3,20})\b")
_FILLERS = frozenset({"more", "most", "such", "other"})
_NOT_MEN = frozenset({"specimen", "regimen", "omen", "acumen", "abdomen", "ramen", "amen", "yemen", "semen"})
_NEWS_S = frozenset(
    [
        "news",
        "politics",
        "economics",
        "physics",
        "mathematics",
        "business",
        "congress",
        "always",
        "sports",
        "species",
        "overseas",
        "mixed",
    ]
)
_REACH = 5  # words between a number and its noun, the noun included
_NOT_PLURAL = re.compile(r"(?:ss|us|is|ous|'s|s')$")
_BASE = (
    r"second|minute|hour|day|night|week|fortnight|month|quarter|season|year|decade|century|barrel|ounce"
    r"|gallon|liter|litre|"
    r"kilo|kilogram|kg|gram|pound|ton|tonne|share|head|person|piece|unit|bottle|ticket|vote|mile|kilometer"
    r"|kilometre|km|"
    r"acre|hectare|megawatt[ -]hour|megawatt|MWh|kWh|bushel|copy|seat|game|match|shift|term|student|pupil|capita|pop|"
    r"household|family|child|employee|worker|customer|user|passenger|dose|square (?:meter|metre|foot)"
    r"|cubic (?:meter|metre)|"
    r"pack|box|bag|carton|dozen|plate|cup|pint|therm|million|thousand"
)
_RATE = re.compile(
    rf"(?P<of> of [a-z]{{2,20}}(?: [a-z]{{2,20}})?)?(?P<per>"
    rf" per \d[\d,. ]{{0,14}}(?<=[\d ])(?:(?:thousand|million) )?[a-z]{{2,20}}(?: [a-z]{{2,20}}(?= (?:in|at|last|a"
    rf"|each|and)\b|[.,;]))?"
    rf"|(?: |-)(?:a|an|per|each|every|one)[ -](?:{_BASE})\b(?!-|'s|\s(?:after|later|before|ago|earlier|since"
    rf"|from(?!\s[$€£\d])|in which|and a half))"
    rf"|/(?:{_BASE}|day|yr|hr|h)\b)",
)
_PER_NUMBER = re.compile(r" per \d{1,3}(?:,\d{3}){0,3}(?![\w,]\d)")
_PER_NOUN = re.compile(r" per (?!cent\b)[a-z]{2,20}(?: [a-z]{2,20}(?=[.,;]))?")


_NOMINAL = frozenset({"dead", "injured", "wounded", "missing", "others", "homeless", "sick", "hurt"})


@lru_cache(maxsize=1)
def _nouns() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = tomllib.loads((files("claimdesk") / "data" / "counted_nouns.toml").read_text(encoding="utf-8"))
    return frozenset(data["counted"]), frozenset(data["plurals"]), frozenset(data["stop"])


def is_counted(word: str) -> bool:
    """Whether news counts this noun ("deaths", "people")."""
    return word.lower() in _nouns()[0] or word.lower() in _nouns()[1]


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    low = word.lower()
    _, plurals, stop = _nouns()
    return (
        low in plurals
        or (low.endswith("men") and low not in _NOT_MEN)
        or (
            low.endswith("s")
            and len(low) > 3
            and low not in stop
            and low not in _NEWS_S
            and not _NOT_PLURAL.search(low)
        )
    )


def is_function_word(word: str) -> bool:
    """Whether a word cannot be the noun of a count: function words and common verbs."""
    return word.lower() in _nouns()[2]


def next_word(text: str, pos: int) -> str:
    """The word right behind ``pos``, or nothing where punctuation stands there."""
    match = _WORD.match(text, pos)
    return match["word"] if match else ""


def noun_after(text: str, pos: int, single: bool = False) -> Span | None:
    """The head noun of the phrase behind a number, as far as the surface shows it.

    >>> text = "400 injured people were"
    >>> noun_after(text, 3).of(text)
    'people'
    """
    hyphened = _HYPHENED.match(text, pos)
    if hyphened:
        return Span(*hyphened.span(1))
    run: list[tuple[str, Span]] = []
    for index in range(_REACH):
        match = _WORD.match(text, pos)
        if match is None or (
            is_function_word(match["word"]) and not (index == 0 and match["word"].lower() in _FILLERS)
        ):
            break
        run.append((match["word"], Span(*match.span("word"))))
        pos = match.end()
    return _single_head(run) if single else _plural_head(run)


def _single_head(run: list[tuple[str, Span]]) -> Span | None:
    """The head behind "one" or an ordinal: the last word of the run before a verb form ("second studio album was")."""
    head = None
    for word, span in run[:3]:
        if head and (word.endswith(("ed", "ing", "ly", "s")) or word[0].isupper()):
            break
        if not word.endswith(("ed", "'s")) and word.lower() not in _FILLERS:
            head = span
    return head


def _plural_head(run: list[tuple[str, Span]]) -> Span | None:
    """The head behind a number above one: the first plural, or the last of several ("greatest hits albums")."""
    head, nominal = None, False
    for word, span in run:
        if not is_plural(word):
            if head:
                break
            continue
        is_nominal = word.lower() in _NOMINAL
        if head is None or nominal or not is_nominal:
            head, nominal = span, is_nominal
    return head


def rate_after(text: str, pos: int) -> tuple[str, int] | None:
    """The base of a rate behind a quantity ("per 100,000 people", "a day"), and where it ends.

    >>> rate_after("40 cases per 1,000 births.", 8)
    ('per 1,000 births', 25)
    """
    match = _RATE.match(text, pos)
    if match:
        return match["per"].strip(" -/") if match["per"][0] != "/" else match["per"], match.end()
    match = _PER_NOUN.match(text, pos) or _PER_NUMBER.match(text, pos)
    return (match.group().strip(), match.end()) if match else None
