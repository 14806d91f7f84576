"""Bounds and hedges: the set of values that "about", "nearly" or "at least" leaves open."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from claimdesk.model import Hedge

Ends = tuple[Decimal | None, Decimal | None, bool, bool]

_SHARE = Decimal("0.1")
_LEAST_SHARE = Decimal("0.01")
_LONGEST = 5  # words of a hedge
_WORDS = re.compile(r"\S+")
_OPENERS = "([\"'-—–"


def tidy(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 3.50E+6 as 3500000."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return (
        plain.quantize(Decimal(1))
        if isinstance(exponent, int) and 0 < exponent < 24 and plain.adjusted() < 27
        else plain
    )


def granule_of(value: Decimal, decimals: int | None = None) -> Decimal:
    """The round step that a number shows: the largest 1 or 5 times a power of ten that divides it.

    ``decimals`` is the number of decimals as written; it keeps the step of "3.0" at 0.1 and of "15.50" at 0.01.

    >>> [str(granule_of(Decimal(n))) for n in ("1212", "1200", "6000", "15", "1500", "3.4")]
    ['1', '100', '1000', '5', '500', '0.1']
    """
    sign, digits, exponent = abs(value).normalize().as_tuple()
    if digits == (0,) or not isinstance(exponent, int):
        return Decimal(1)
    if decimals and -exponent < decimals:
        return Decimal(1).scaleb(-decimals)
    step = Decimal(5 if digits[-1] == 5 else 1).scaleb(exponent)
    return tidy(step)


def half_width(value: Decimal, granule: Decimal, unit: str | None) -> Decimal:
    """How far "about" reaches: h = min(g/2, 10% of x), at least 1% of x, at least 1 for counts up to 20.

    >>> str(half_width(Decimal(15), Decimal(5), "percent"))
    '1.5'
    """
    size = abs(value)
    half = max(min(granule / 2, size * _SHARE), size * _LEAST_SHARE)
    return max(half, Decimal(1)) if unit is None and size <= 20 else half


def interval(value: Decimal, hedge: Hedge, granule: Decimal, unit: str | None) -> Ends:
    """The set of values of a hedged number: low, high, and whether each end is left out (None is unbounded).

    The widths are those of the domain rules, section 4.3. Counts and measures stop at zero below, temperatures do not.

    >>> [str(end) for end in interval(Decimal(1000), Hedge.NEARLY, Decimal(1000), None)]
    ['900.0', '1000', 'False', 'True']
    """
    half = half_width(value, granule, unit)
    floor = None if unit in ("celsius", "fahrenheit", "degree") or value < 0 else Decimal(0)
    table: dict[Hedge, Ends] = {
        Hedge.ABOUT: (value - half, value + half, False, False),
        Hedge.NEARLY: (value - half, value, False, True),
        Hedge.JUST_UNDER: (value - half / 2, value, False, True),
        Hedge.JUST_OVER: (value, value + half / 2, True, False),
        Hedge.MORE_THAN: (value, None, True, False),
        Hedge.AT_LEAST: (value, None, False, False),
        Hedge.LESS_THAN: (floor, value, False, True),
        Hedge.AT_MOST: (floor, value, False, False),
        Hedge.UP_TO: (floor, value, False, False),
    }
    return table.get(hedge, (value, value, False, False))


def widen(low: Decimal | None, high: Decimal | None, hedge: Hedge, granule: Decimal, unit: str | None) -> Ends:
    """The set of a hedged range: the hedge acts on the end that it touches ("about 10 to 14", "up to 10 or 12")."""
    if low is not None and low == high:
        return interval(low, hedge, granule, unit)
    bottom = interval(low, hedge, granule_of(low), unit) if low is not None else (None, None, False, False)
    top = interval(high, hedge, granule_of(high), unit) if high is not None else (None, None, False, False)
    if hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST):
        return bottom
    if hedge in (Hedge.LESS_THAN, Hedge.AT_MOST, Hedge.UP_TO):
        return top
    if hedge is Hedge.ABOUT:
        return bottom[0], top[1], False, False
    return low, high, False, False


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Hedge], re.Pattern[str], dict[str, Hedge], tuple[tuple[str, ...], ...]]:
    data = tomllib.loads((files("claimdesk") / "data" / "hedges.toml").read_text(encoding="utf-8"))
    before = {phrase: Hedge(name) for name, phrases in data["before"].items() for phrase in phrases}
    after = {phrase: Hedge(name) for name, phrases in data["after"].items() for phrase in phrases}
    longest = sorted(after, key=len, reverse=True)
    joined = "|".join(re.escape(phrase) for phrase in longest)
    pattern = re.compile(rf"(?:,? )?({joined})(?![^\W_])", re.IGNORECASE)
    between = tuple(sorted((tuple(p.split()) for p in data["between"]["words"]), key=len, reverse=True))
    return before, pattern, after, between


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """The words that can stand right in front of a hedged number."""
    before, _, _, between = _tables()
    return frozenset([*(phrase.split()[-1] for phrase in before), *(filler[-1] for filler in between)])


def hedge_before(text: str, pos: int) -> tuple[Hedge, int, str] | None:
    """The hedge right in front of ``pos``, where it begins, and its words; the longest one wins.

    >>> hedge_before("at least another 40", 17)
    (<Hedge.AT_LEAST: 'at_least'>, 0, 'at least')
    """
    before, _, _, between = _tables()
    if pos and text[pos - 1] in "~≈<>≥≤":
        return before[text[pos - 1]], pos - 1, text[pos - 1]
    window = text[max(0, pos - 70) : pos]
    ahead = window.split()
    if not ahead or not window[-1].isspace() or ahead[-1].lower().lstrip(_OPENERS) not in _last_words():
        return None
    words = [(m.group().lower(), pos - len(window) + m.start()) for m in _WORDS.finditer(window)][-9:]
    found = _match_tail(words, before)
    if found is None:
        for filler in between:
            if tuple(word for word, _ in words[-len(filler) :]) == filler:
                found = _match_tail(words[: -len(filler)], before)
                break
    else:  # "at least an estimated 30": the bound is what is claimed
        outer = _match_tail(words[: -len(found[2].split())], before)
        if outer and found[0] is Hedge.ABOUT:
            found = outer
    return found


@lru_cache(maxsize=1)
def _particles() -> dict[str, frozenset[str]]:
    data = tomllib.loads((files("claimdesk") / "data" / "number_contexts.toml").read_text(encoding="utf-8"))
    return {word: frozenset(leads) for word, leads in data["particle"].items()}


def is_particle(text: str, pos: int, phrase: str) -> bool:
    """Whether a hedge word at ``pos`` belongs to the word in front of it: "handed over", "talk about".

    >>> is_particle("handed over 1,000", 7, "over"), is_particle("killed over 1,000", 7, "over")
    (True, False)
    """
    leads = _particles().get(phrase)
    before = text[max(0, pos - 20) : pos].split() if leads else []
    return bool(leads and before and before[-1].lower() in leads)


def _match_tail(words: list[tuple[str, int]], before: dict[str, Hedge]) -> tuple[Hedge, int, str] | None:
    for count in range(min(_LONGEST, len(words)), 0, -1):
        tail = words[-count:]
        phrase = " ".join(word for word, _ in tail).lstrip(_OPENERS)
        if phrase in before:
            start = tail[0][1] + len(tail[0][0]) - len(tail[0][0].lstrip(_OPENERS))
            return before[phrase], start, phrase
    return None


def hedge_after(text: str, pos: int) -> tuple[Hedge, int] | None:
    """The hedge right behind ``pos`` and where it ends.

    >>> hedge_after("400 or more", 3)
    (<Hedge.AT_LEAST: 'at_least'>, 11)
    """
    _, pattern, after, _ = _tables()
    match = pattern.match(text, pos)
    if match is None:
        return None
    return after[match.group(1).lower()], match.end()
