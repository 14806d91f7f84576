"""False alterations of numbers: digits, scale, unit, bound, hedge, direction, and the thing counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from claimdesk.bench.alter import Scene, tables

SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = re.compile(
    r"(?<![\w.,:/-])(?<!\d )(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w:/]|[.,-]\d|-(?!year))"
)
_WORD = re.compile(rf"(?<![\w-])(?i:{'|'.join(SMALL[2:])})(?![\w-])(?! (?:thirds|fifths|quarters))")
_SCORE = re.compile(r"(?<![\w-])(\d{1,3})-(\d{1,3})(?![\w-])")
_LOW = (
    r"more than|(?:larger|bigger|longer|higher|taller|heavier|older|faster|stronger) than"
    r"|over|above|at least|no fewer than|no less than|upwards of|exceeded"
    r"|between|from"
)
_HIGH = (
    r"fewer than|(?:smaller|shorter|lower|lighter|younger|slower|weaker) than"
    r"|less than|under|below|at most|no more than|up to|as many as|as much as"
    r"|not more than"
)
_SOFT = r"about|around|roughly|some|approximately|an estimated|almost|nearly|close to|just under|just over"
_BEFORE = re.compile(
    rf"\b(?:(?P<low>{_LOW})|(?P<high>{_HIGH})|(?P<soft>{_SOFT})) (?:a |the |its |the age of )?[€$£]?$", re.IGNORECASE
)
_RANGE_END = re.compile(r"\b(?:from|between) [€$£]?[\w.,]+(?: [\w%]+){0,3} (?:to|and) [€$£]?$")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATED_BEFORE = re.compile(rf"(?:{_MONTH})(?: \d{{1,2}} and| \d{{1,2}},)? $")
_DATED_AFTER = re.compile(rf"^(?: and \d{{1,2}})? (?:{_MONTH})|^ ?[ap]\.m")
_LABEL_BEFORE = re.compile(r"\b(?:[Aa]t about|[Aa]t|Flight|Route|Highway|Article|Section|Room|Group|Form) $")
_LASTS = re.compile(r"^ (?:years|months|weeks|days|hours|minutes|seconds|decades)\b")
_SCALE = re.compile(r"^ (thousand|million|billion|trillion)\b")
_SCALES = {
    "thousand": ["million"],
    "million": ["billion", "thousand"],
    "billion": ["million", "trillion"],
    "trillion": ["billion"],
}
_EXACT = "exactly "


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in figures or in one word. ``way`` says which changes are surely false.

    ``any`` for a bare number; ``up`` for a lower bound, ``down`` for an upper one; ``far`` for a hedged number.
    ``lead`` is where its bound or hedge begins.
    """

    start: int
    end: int
    value: Decimal
    way: str
    lead: int
    text: str


def figures(scene: Scene) -> Iterator[Figure]:
    """The numbers of a claim that stand for amounts: no years, days of a month, times or labels.

    Example: in "On May 3, 2021 more than 40 trucks" only 40, whose way is ``up``.
    """
    text = scene.folded
    for match in [*_NUMBER.finditer(text), *_WORD.finditer(text)]:
        before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 30]
        written = match.group()
        if _DATED_BEFORE.search(before) or _DATED_AFTER.match(after) or _LABEL_BEFORE.search(before):
            continue
        if re.fullmatch(r"1[5-9]\d\d|20\d\d", written):
            continue
        lead = None if _LASTS.match(after) and before.endswith("over ") else _BEFORE.search(before)
        way, start = "any", match.start()
        if _RANGE_END.search(before):
            way = "down"
        elif lead:
            way = {"low": "up", "high": "down", "soft": "far"}[lead.lastgroup or "soft"]
            start = match.start() - len(before) + lead.start()
        value = Decimal(SMALL.index(written.lower())) if written.isalpha() else Decimal(written.replace(",", ""))
        yield Figure(match.start(), match.end(), value, way, start, written)


def is_false(old: Decimal, new: Decimal, way: str) -> bool:
    """Whether a number put for another cannot follow from it, whatever the bound or hedge.

    >>> is_false(Decimal(40), Decimal(30), "up"), is_false(Decimal(40), Decimal(50), "up")
    (False, True)
    """
    if way == "up":
        return new > old * Decimal("1.05")
    if way == "down":
        return new < old * Decimal("0.95")
    if way == "far":
        return not old * Decimal("0.6") <= new <= old * Decimal("1.6")
    return new != old


def alter_digit(scene: Scene, random: Random) -> Iterator[str]:
    """One digit replaced, two neighbors swapped, or one number word for another: 1,212 -> 1,221."""
    for figure in figures(scene):
        if figure.way in ("any", "far"):
            yield from _other_numbers(scene, figure, random)
    for match in _SCORE.finditer(scene.folded):
        first, second = int(match[1]), int(match[2])
        for other in (first + 1, first + 2):
            if other != second and scene.is_new(f"{other}-{second}"):
                yield scene.put(match.start(1), match.end(1), str(other))


def alter_bound_value(scene: Scene, random: Random) -> Iterator[str]:
    """A bound tightened, which need not be false but does not follow: more than 40 -> more than 90."""
    for figure in figures(scene):
        if figure.way in ("up", "down"):
            yield from _other_numbers(scene, figure, random)


def _other_numbers(scene: Scene, figure: Figure, random: Random) -> Iterator[str]:
    if figure.text.isalpha():
        yield from _other_words(scene, figure)
        return
    for written in _one_digit_off(figure.text, random):
        new = Decimal(written.replace(",", ""))
        if is_false(figure.value, new, figure.way) and not _rounds(figure.value, new) and scene.is_new(written):
            yield scene.put(figure.start, figure.end, written)


def _other_words(scene: Scene, figure: Figure) -> Iterator[str]:
    for number in range(2, 13):
        word = SMALL[number].capitalize() if figure.text[0].isupper() else SMALL[number]
        if is_false(figure.value, Decimal(number), figure.way) and scene.is_new(word) and scene.is_new(str(number)):
            yield scene.put(figure.start, figure.end, word)


def _one_digit_off(written: str, random: Random) -> Iterator[str]:
    """Zeros at the end stay: 84,040 for 84,000 is more exact rather than another number."""
    last = max((index for index, char in enumerate(written) if char in "123456789"), default=-1)
    places = [index for index, char in enumerate(written[: last + 1]) if char.isdigit()]
    for place, following in zip(places, places[1:], strict=False):
        a, b = written[place], written[following]
        if a != b and not (b == "0" and place == places[0]):
            yield written[:place] + b + written[place + 1 : following] + a + written[following + 1 :]
    for place in places:
        low = 1 if place == places[0] else 0
        for digit in random.sample(range(low, 10), 3):
            if str(digit) != written[place]:
                yield written[:place] + str(digit) + written[place + 1 :]


def _rounds(old: Decimal, new: Decimal) -> bool:
    """Whether the new number may be the old one rounded: it ends in 0 or 5 where the old one does not, and is near."""
    near = abs(old - new) <= Decimal("0.12") * old
    last = str(new.normalize().as_tuple().digits[-1])
    fewer = len(new.normalize().as_tuple().digits) < len(old.normalize().as_tuple().digits)
    return near and (fewer or last == "5")


def alter_scale(scene: Scene, random: Random) -> Iterator[str]:
    """Another power of ten: 3.5 million -> 3.5 billion, 1,212 -> 12,120."""
    for figure in figures(scene):
        word = _SCALE.match(scene.folded[figure.end :])
        if word:
            for other in _SCALES[word[1]]:
                if figure.way in ("any", "far"):
                    yield scene.put(figure.end + 1, figure.end + word.end(), other)
        elif not figure.text.isalpha() and figure.value >= 10 and figure.value == int(figure.value):
            larger, smaller = f"{int(figure.value) * 10:,}", f"{int(figure.value) // 10:,}"
            percent = re.match(r"^ ?(?:percent|%)", scene.folded[figure.end :])
            if figure.way in ("any", "far") and scene.is_new(larger) and not (percent and figure.value >= 100):
                yield scene.put(figure.start, figure.end, larger)
            if figure.way in ("any", "far") and figure.value % 10 == 0 and scene.is_new(smaller):
                yield scene.put(figure.start, figure.end, smaller)


def alter_unit(scene: Scene, random: Random) -> Iterator[str]:
    """Another unit for the same number: 60 km -> 60 miles, 2 points -> 2 percent, $5 -> €5."""
    text = scene.folded
    for figure in figures(scene):
        after = text[figure.end :]
        scale = _SCALE.match(after)
        skip = scale.end() if scale else 0
        for unit, other, way in tables()["units"]:
            match = re.match(rf"( ){unit}(?![\w/])(?! of\b)", after[skip:])
            if (
                match
                and (way == figure.way or figure.way == "any" or way == "other")
                and scene.is_new(other.split()[-1])
            ):
                start = figure.end + skip + 1
                yield scene.put(start, start + len(unit), other)
        if figure.way in ("any", "far") and text[figure.start - 1 : figure.start] in tables()["currencies"]:
            for sign in tables()["currencies"]:
                if sign not in scene.evidence and sign not in scene.text:
                    yield scene.put(figure.start - 1, figure.start, sign)


_FLIPS = (
    ("more than", "fewer than"), ("fewer than", "more than"), ("at least", "at most"), ("at most", "at least"),
    ("no more than", "no fewer than"), ("no fewer than", "no more than"), ("up to", "at least"), ("over", "under"),
    ("less than", "more than"), ("as many as", "at least"), ("under", "over"), ("nearly", "more than"),
    ("almost", "more than"), ("just under", "just over"), ("just over", "just under"),
)  # fmt: skip


def alter_bound(scene: Scene, random: Random) -> Iterator[str]:
    """The bound turned round: more than 40 -> fewer than 40, at least -> at most."""
    for figure in figures(scene):
        lead = scene.text[figure.lead : figure.start].rstrip("€$£ ")
        for bound, other in _FLIPS:
            if lead.lower() == bound:
                other = other.replace("fewer", "less") if _is_money_or_share(scene, figure) else other
                new = other.capitalize() if lead[0].isupper() else other
                yield scene.put(figure.lead, figure.lead + len(lead), new)
        if figure.way == "any" and figure.lead == figure.start and not figure.text.isalpha():
            yield from _bounds_for_bare(scene, figure)


def _bounds_for_bare(scene: Scene, figure: Figure) -> Iterator[str]:
    """A bare number is neither more nor less than itself: 1,212 -> more than 1,212."""
    start = figure.start - 1 if scene.text[figure.start - 1 : figure.start] in ("$", "€", "£") else figure.start
    if start == 0 or not re.search(r"[a-z] $", scene.folded[:start]) or re.match(r"^-", scene.text[figure.end :]):
        return
    if re.search(
        r"\b(?:the|a|an|of its|every|each|aged|to|from|and|least|most|last|first|next|these) $", scene.folded[:start]
    ):
        return
    if figure.value >= 20 and not scene.quoted(start):
        less = "less than " if _is_money_or_share(scene, figure) else "fewer than "
        yield scene.put(start, start, "more than ")
        yield scene.put(start, start, less)


def _is_money_or_share(scene: Scene, figure: Figure) -> bool:
    after = scene.folded[figure.end : figure.end + 12]
    return scene.text[figure.start - 1 : figure.start] in ("$", "€", "£") or after.startswith((" percent", "%"))


def alter_bound_dropped(scene: Scene, random: Random) -> Iterator[str]:
    """A bound left out: more than 40 homes -> 40 homes."""
    for figure in figures(scene):
        lead = scene.text[figure.lead : figure.start].rstrip("€$£")
        bare = lead.strip().lower()
        if bare in (
            "more than",
            "at least",
            "fewer than",
            "at most",
            "no more than",
            "less than",
            "up to",
            "over",
            "as many as",
        ):
            rest = scene.text[figure.lead + len(lead) :]
            yield scene.text[: figure.lead] + (rest if not lead[0].isupper() else rest[0].upper() + rest[1:])


def alter_hedge(scene: Scene, random: Random) -> Iterator[str]:
    """A hedge that the value does not bear: about 40 -> exactly 40; 1,212 -> nearly 1,200; in quotes any change."""
    for figure in figures(scene):
        lead = scene.text[figure.lead : figure.start].rstrip("€$£")
        soft = lead.strip().lower() in (
            "about",
            "around",
            "roughly",
            "some",
            "approximately",
            "nearly",
            "almost",
            "an estimated",
        )
        if soft:
            new = _EXACT.capitalize() if lead[0].isupper() else _EXACT
            yield scene.put(figure.lead, figure.lead + len(lead), new)
            if scene.quoted(figure.start):
                yield scene.put(figure.lead, figure.lead + len(lead), "")
        elif figure.lead == figure.start and figure.way == "any" and not figure.text.isalpha():
            yield from _hedged(scene, figure)


def _hedged(scene: Scene, figure: Figure) -> Iterator[str]:
    start = figure.start - 1 if scene.text[figure.start - 1 : figure.start] in ("$", "€", "£") else figure.start
    if not re.search(r"[a-z] $", scene.folded[:start]) or re.match(r"^-", scene.text[figure.end :]):
        return
    if re.search(r"\b(?:the|a|an|every|each|aged|these|to|from|and) $", scene.folded[:start]):
        return
    if scene.quoted(start):
        yield scene.put(start, start, "almost ")
        return
    if figure.value < 20 or figure.value != int(figure.value):
        return
    step = Decimal(10) ** (len(str(int(figure.value))) - 1)
    below = int(figure.value // step * step)
    above = int(below + step)
    sign = scene.text[start : figure.start]
    if below < figure.value and scene.is_new(f"{below:,}"):
        yield scene.put(start, figure.end, f"nearly {sign}{below:,}")
    if scene.is_new(f"{above:,}"):
        yield scene.put(start, figure.end, f"just over {sign}{above:,}")


def alter_direction(scene: Scene, random: Random) -> Iterator[str]:
    """Up for down: rose -> fell, gained -> lost, an increase -> a decrease."""
    text = scene.folded
    for pair in tables()["directions"]:
        for old, new in (pair, pair[::-1]):
            for match in re.finditer(rf"\b{old}\b", text):
                if _is_direction(text, match.start(), old) and scene.is_new(new):
                    yield scene.put(match.start(), match.end(), new)


def _is_direction(text: str, start: int, word: str) -> bool:
    after = text[start + len(word) :]
    if word in ("up", "down"):
        return bool(re.match(r" (?:from|by|\d|[€$£]\d|\w+ (?:percent|points))", after))
    if word in ("more", "less"):
        return bool(re.match(r" than (?:the|in|a|last|below)", after))
    if word in ("above", "below"):
        return bool(re.search(r"percent $", text[:start]))
    if word in ("rose", "fell"):
        return not re.match(r" (?:\w+ly )?(?:ill|sick|asleep|apart|silent|into|from a|to (?:her|his|their))\b", after)
    if word in ("lost", "won", "added", "raised", "lowered"):
        return bool(re.search(r"\d|(?:two|three|four|five|six|seven|eight|nine)\b", after[:40]))
    return True


def alter_counted(scene: Scene, random: Random) -> Iterator[str]:
    """Another thing counted: 40 homes -> 40 bridges."""
    words = tables()
    uncounted, persons = set(words["uncounted"]), set(words["person_nouns"])
    for token in scene.tokens:
        noun = token.head
        if not token.like_num or token.dep_ != "nummod" or noun.tag_ != "NNS" or not 1 <= noun.i - token.i <= 3:
            continue
        if not noun.text.isalpha() or not noun.text.islower() or noun.text in uncounted:
            continue
        pool = words["persons"] if noun.text in persons else words["things"]
        for other in random.sample(pool, 3):
            if scene.is_new(other):
                yield scene.put(noun.idx, noun.idx + len(noun.text), other)
