"""Parts of a whole in words: "a third of", "half a million", "most of the dead", "a majority of"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from claimdesk.model import Form, Span
from claimdesk.quantities.amount import Amount, exact
from claimdesk.quantities.counting import is_function_word, is_plural, next_word
from claimdesk.quantities.numerals import number_words, read_vulgar, scale_factor
from claimdesk.quantities.units import unit_after

_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten"
_SCALE = "thousand|lakh|million|crore|billion|trillion"
_MOST = re.compile(
    r"most (?P<next>of (?:the|those|these|its|their|his|her|our|them|all(?= [a-z]))\b|[A-Za-z]+)", re.IGNORECASE
)
_MAJORITY = re.compile(
    r"(?:(?:a|an|the) )?(?:(?:vast|large|overwhelming|great|clear|slim|narrow|absolute|simple|solid|small|big) )?"
    r"(?<![\w'])majority(?= of (?!\d))",
    re.IGNORECASE,
)
_FRACTION_WORDS = (
    "half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?|twentieths?|"
    "hundredths?"
)
_FRACTION = re.compile(
    rf"(?:(?P<count>an|a|{_SMALL}|\d{{1,2}})[ -](?:full |whole |mere )?)(?P<word>{_FRACTION_WORDS})\b"
    rf"|(?P<half>half)(?![\w])|(?P<quarter>quarter)(?=-(?:million|billion|century))",
    re.IGNORECASE,
)
_SLASH = re.compile(r"(?P<count>\d{1,2})/(?P<base>\d{1,3})(?![\d/])")
_RATING = re.compile(r"(?P<part>\d{1,3}(?:\.\d{1,2})?)/(?P<base>5|10|20|100)(?![\d/]|\.\d)")
_RATED = re.compile(
    r"\b(?:rat(?:e|es|ed|ing|ings)|scor(?:e|es|ed|ing)|grade[ds]?|marks?|marked|stars?|gave|awarded|averag(?:e|es|ed|ing))\b"
    r"[^.;\n]{0,40}$",
    re.IGNORECASE,
)
_OF_SCALE = re.compile(
    rf"(?: of)?[ -](?:(?:a|an|one|1)[ -])?(?P<scale>{_SCALE}|hundred|dozen)\b(?! of\b)", re.IGNORECASE
)
_OF_ONE = re.compile(r"(?: of)?(?:[ -](?:a|an|one|1))(?=[ -])|(?=[ -])", re.IGNORECASE)


def read_share(text: str, pos: int) -> Amount | None:
    """The fraction or majority that begins at ``pos``; None where there is none."""
    return _rating(text, pos) or _most(text, pos) or _fraction(text, pos)


def is_rating(text: str, pos: int) -> bool:
    """Whether "7/10" at ``pos`` is a mark and no day: rated 7/10, a score of 8.9/10.

    >>> is_rating("It was rated 7/10.", 13), is_rating("It opens on 7/10.", 12)
    (True, False)
    """
    return bool(_RATING.match(text, pos) and _RATED.search(text[max(0, pos - 60) : pos]))


def _rating(text: str, pos: int) -> Amount | None:
    """Covers "rated 7/10", "a score of 8.9/10": the same as 8.9 out of 10."""
    match = _RATING.match(text, pos) if is_rating(text, pos) else None
    if match is None:
        return None
    part, base = Decimal(match["part"]), Decimal(match["base"])
    if not 0 < part <= base:
        return None
    value = Decimal(100) * part / base
    amount = exact(pos, match.end(), value, value / 5, Form.RATIO, "percent")
    return replace(amount, of=(part, base))


def _most(text: str, pos: int) -> Amount | None:
    """Covers "most of the dead", "most voters", "a majority of": more than half; "the most famous" is no amount."""
    match = _MOST.match(text, pos)
    if match:
        before = text[max(0, pos - 12) : pos].lower().split()
        word = match["next"]
        if (before and before[-1] in ("the", "at", "his", "her", "its", "their", "second", "third", "'s")) or not (
            " " in word or is_plural(word) or (word[0].isupper() and is_plural(next_word(text, match.end())))
        ):
            return None
        number = Span(pos, pos + 4)
    elif match := _MAJORITY.match(text, pos):
        number = Span(pos, match.end())
    else:
        return None
    half = Decimal(50)
    return Amount(pos, number.end, number, half, Decimal(100), (half,), Decimal(10), "percent", Form.VAGUE, True, True)


def _fraction(text: str, pos: int) -> Amount | None:
    """Covers "a third of", "half the seats" in percent; "half a million", "a quarter of an hour" as plain values."""
    vulgar = read_vulgar(text, pos)
    slash = _SLASH.match(text, pos)
    if vulgar or slash:
        part, base = vulgar or (0, 0)
        end = pos + 1
        if slash:
            part, base, end = int(slash["count"]), int(slash["base"]), slash.end()
        return _share(text, pos, end, part, base) if 0 < part < base else None
    match = _FRACTION.match(text, pos)
    if match is None:
        return None
    if match["half"] or match["quarter"]:
        return _bare_half(text, pos, match.end(), 2 if match["half"] else 4)
    count = match["count"].lower()
    part = 1 if count in ("a", "an") else number_words().small.get(count) or int(count)
    word = match["word"].lower()
    plural = word.endswith("s")
    base = number_words().fractions[word if word == "halves" else word.rstrip("s")]
    if part >= base and part != 1:
        return None
    if (part > 1) != plural:
        return None
    if not plural and not _closes_fraction(text, pos, match.end(), word):
        return None
    return _share(text, pos, match.end(), part, base)


def _closes_fraction(text: str, pos: int, end: int, word: str) -> bool:
    """Whether "a third" is a share here and no ordinal: nothing that it could number follows."""
    if _OF_SCALE.match(text, end) or text.startswith(" of", end):
        return True
    if word == "half" and re.compile(r"[ -](?:hour|mile|century|dozen|year|day|inch|point)").match(text, end):
        return True
    before = text[max(0, pos - 12) : pos].lower().split()
    follower = next_word(text, end)
    if text[end : end + 1] == "-":
        return False
    if before and before[-1] in ("in", "for", "of", "into") and word == "quarter":
        return False
    if follower:
        return is_function_word(follower)
    if word in ("quarter", "half", "fifth", "fourth", "sixth", "tenth", "third"):
        return bool(before) and before[-1] in (
            "by",
            "than",
            "about",
            "nearly",
            "almost",
            "to",
            "over",
            "under",
            "around",
            "roughly",
            "least",
            "only",
            "some",
            "of",
            "another",
            "and",
        )
    return True


def _bare_half(text: str, pos: int, end: int, base: int) -> Amount | None:
    """Covers "half of", "by half", "half a million", "half an hour", "half-hour"; not "the first half"."""
    before = text[max(0, pos - 14) : pos].lower().split()
    if before and before[-1] in (
        "first",
        "second",
        "other",
        "better",
        "last",
        "opening",
        "latter",
        "earlier",
        "later",
        "top",
        "bottom",
        "this",
    ):
        return None
    after = text[end : end + 24]
    if _OF_SCALE.match(text, end) and not text.startswith(" of", end):
        return _share(text, pos, end, 1, base)
    one = _OF_ONE.match(text, end)
    if one and unit_after(text, one.end()) and re.match(r" (?:a|an|of an?)[ -]|-", after):
        return _share(text, pos, end, 1, base)
    follower = next_word(text, end).lower()
    share = follower in (
        "of",
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "my",
        "all",
        "those",
        "these",
        "that",
        "were",
        "are",
        "was",
        "is",
        "said",
        "have",
        "had",
        "say",
        "as",
        "to",
        "in",
        "would",
        "will",
        "since",
        "from",
        "or",
        "and",
        "by",
        "this",
        "last",
    )
    led = bool(before) and before[-1] in (
        "by",
        "in",
        "than",
        "about",
        "nearly",
        "almost",
        "over",
        "under",
        "around",
        "roughly",
        "least",
        "only",
        "exactly",
        "some",
        "to",
        "just",
    )
    stands = share or (led and not follower and not after.startswith("-")) or (led and is_plural(follower))
    if not stands or (before and before[-1] in ("a", "the") and follower != "of"):
        return None
    return _share(text, pos, end, 1, base)


def _share(text: str, pos: int, end: int, part: int, base: int) -> Amount | None:
    """A fraction as it stands: of a scale word or a unit a plain value, otherwise a percentage."""
    number = Decimal(part) / base
    scale = _OF_SCALE.match(text, end)
    if scale:
        factor = scale_factor(scale["scale"])
        value = (part * factor) / base
        amount = replace(exact(pos, scale.end(), value, factor / base), words=True, scale=factor)
        behind = unit_after(text, scale.end())
        return replace(amount, end=behind[1], unit=behind[0].id) if behind else amount
    one = _OF_ONE.match(text, end)
    behind = unit_after(text, one.end()) if one else None
    if behind is None and text.startswith(" ", end):
        behind = unit_after(text, end)
    if behind and not text.startswith(" of the", end):
        unit, stop = behind
        form = Form.DURATION if unit.dimension == "time" else Form.POINTS if unit.id == "pp" else Form.PLAIN
        value = number * unit.scale
        return replace(exact(pos, stop, value, value, form, unit.id), number=Span(pos, end), words=True)
    value = Decimal(100) * part / base
    return replace(
        exact(pos, end, value, value / 5, Form.FRACTION, "percent"), words=True, of=(Decimal(part), Decimal(base))
    )
