"""Figures and number words: the number that begins at one character of a text, without its unit or its hedge."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from claimdesk.quantities.hedges import granule_of, tidy

# Each alternative is bounded: a line of a million digits costs one pass.
_FIGURES = re.compile(
    r"""(?:
    (?P<comma>\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?:\.\d{1,20})?)(?!\d|,\d)      # 1,212  12,34,567  1,212.5
  | (?P<point>\d{1,3}(?:\.\d{3}){1,6},\d{1,20}|\d{1,3}(?:\.\d{3}){2,6})(?!\d|[.,]\d)  # 1.212,5  1.212.500
  | (?P<quote>\d{1,3}(?:'\d{3}){1,6}(?:\.\d{1,20})?)(?![\d'])               # 12'500
  | (?P<space>\d{1,3}(?:\ \d{3}){1,6}(?:[.,]\d{1,20})?)(?![\d]|,\d|[-–]\d)  # 1 212
  | (?P<euro>\d{1,3},\d{1,2})(?=[ -]?(?:million|billion|trillion|m(?:ln|n)|bn)\b)    # 1,5 million
  | (?P<plain>\d{1,24}(?:\.\d{1,20})?|\.\d{1,20})(?!\d|\.\d|,\d\d\d)        # 12  3.4  .5
    )""",
    re.VERBOSE,
)
_VULGAR = {
    "¼": (1, 4),
    "½": (1, 2),
    "¾": (3, 4),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
_MIXED = re.compile(r"[ -]?(?P<sign>[¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])|[ -](?P<part>[1-9])/(?P<base>[2-9]|1[06])(?![\d/])")
_STEP = re.compile(r"(?P<gap>-and-|[ \n]and[ \n]|[ \n-])?(?P<word>[A-Za-z]+)")
_SCALE_STEP = re.compile(r"(?P<gap>[ -]|\n)?(?P<word>[A-Za-z]+)")
_A_HALF = re.compile(r"(?: and |-and-)(?:a half|a-half|one half|one-half)\b", re.IGNORECASE)
_A_QUARTER = re.compile(r"(?: and )(?P<count>a|one|three)[ -]quarters?\b", re.IGNORECASE)
_POINT = re.compile(
    r" point((?:[ -](?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)\b){1,6})", re.IGNORECASE
)
_DIGIT_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_LENGTH = 24  # words of one number


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as read. ``base`` is the value without its scale word, ``scale`` that word's factor (1 without)."""

    start: int
    end: int
    value: Decimal
    granule: Decimal
    words: bool = False
    scale: Decimal = Decimal(1)
    grouped: bool = False  # written with separators: never a year

    @property
    def base(self) -> Decimal:
        """The number before its scale word: 3.5 of "3.5 million"."""
        return self.value / self.scale


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of data/number_words.toml."""

    small: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    letters: dict[str, int]
    ordinals: dict[str, int]
    fractions: dict[str, int]
    vague: dict[str, tuple[int, int, bool]]


@lru_cache(maxsize=1)
def number_words() -> Words:
    """The words that write numbers."""
    data = tomllib.loads((files("claimdesk") / "data" / "number_words.toml").read_text(encoding="utf-8"))
    vague = {word: (row[0], row[1], row[2]) for word, row in data.pop("vague").items()}
    return Words(vague=vague, **data)


def scale_factor(word: str | None) -> Decimal:
    """What a scale word multiplies by, in the singular or the plural; 1 for no word.

    >>> str(scale_factor("millions")), str(scale_factor(None))
    ('1000000', '1')
    """
    if not word:
        return Decimal(1)
    single = word.lower().rstrip("s")
    return Decimal({"hundred": 100, "dozen": 12}.get(single) or number_words().scales[single])


def read_figures(text: str, pos: int) -> Numeral | None:
    """The number in figures at ``pos`` of a folded text, with its scale word or letter.

    >>> [str(read_figures(t, 0).value) for t in ("1,212", "1 212", "3.5 million", "12k", "3½", "5-million")]
    ['1212', '1212', '3500000', '12000', '3.5', '5000000']
    """
    match = _FIGURES.match(text, pos)
    if match is None:
        return None
    written = match.group()
    kind = match.lastgroup
    if kind in ("point", "euro"):
        plain = written.replace(".", "").replace(",", ".")
    elif kind == "space":
        plain = written.replace(" ", "").replace(",", ".")
    else:
        plain = written.replace(",", "").replace("'", "")
    value, end = Decimal(plain), match.end()
    decimals = len(plain.partition(".")[2])
    mixed = _MIXED.match(text, end) if decimals == 0 else None
    if mixed:
        part, base = _VULGAR[mixed["sign"]] if mixed["sign"] else (int(mixed["part"]), int(mixed["base"]))
        if part < base:
            value, end, decimals = value + Decimal(part) / base, mixed.end(), 0
            return _scaled(text, pos, end, value, granule_of(value.quantize(Decimal("0.001"))), False)
    half = _A_HALF.match(text, end) if decimals == 0 and value < 1000 else None
    if half:
        value, end = value + Decimal("0.5"), half.end()
    return _scaled(text, pos, end, value, granule_of(value, decimals), kind != "plain")


def read_vulgar(text: str, pos: int) -> tuple[int, int] | None:
    """The part and base of a vulgar fraction sign at ``pos``."""
    return _VULGAR.get(text[pos])


def _scaled(text: str, start: int, end: int, value: Decimal, granule: Decimal, grouped: bool) -> Numeral:
    """Apply a scale word or letter behind figures; two words multiply ("500 thousand crore", "2 hundred million")."""
    scale, words = Decimal(1), number_words()
    for _ in range(2):
        step = _SCALE_STEP.match(text, end)
        if step is None:
            break
        word = step["word"]
        factor = words.scales.get(word.lower()) or (100 if word.lower() == "hundred" else 0)
        if not factor:
            factor = _letter(text, start, step, words)
        if not factor and word.lower() == "dozen":
            return Numeral(start, step.end(), value * 12, Decimal(12), False, Decimal(12))
        if not factor:
            break
        scale, end, granule = scale * factor, step.end(), granule * factor
        half = _A_HALF.match(text, end)
        if half:
            value, end, granule = value + Decimal("0.5"), half.end(), scale / 2
    return Numeral(start, end, tidy(value * scale), max(granule, _least(value)), False, scale, grouped)


def _least(value: Decimal) -> Decimal:
    return Decimal(0) if value else Decimal(1)


def _letter(text: str, start: int, step: re.Match[str], words: Words) -> int:
    """The factor of a scale letter behind figures, 0 where the letter is something else."""
    word, glued = step["word"], not step["gap"]
    if step["gap"] == "-" or step["gap"] == "\n":
        return 0
    money = start > 0 and bool(re.search(r"[$€£¥₹₽₴₺]\s?$|\b[A-Z]{3} ?$", text[max(0, start - 4) : start]))
    if word in ("m", "K", "B", "b", "T", "M", "mm", "mil", "tr", "cr"):
        if word == "m":
            return 1_000_000 if _means_million(text, start, step, money) else 0
        if not glued or (word in ("b", "mm", "T", "tr", "mil", "cr") and not money):
            return 0
        if word == "K" and re.match(r" (?:run|race|walk|resolution|TV|video)\b", text[step.end() : step.end() + 12]):
            return 0
        return words.letters[word]
    if word == "k" and not glued:
        return 0
    return words.letters.get(word) or (words.letters.get(word.lower(), 0) if len(word) > 1 and money else 0)


def _means_million(text: str, start: int, step: re.Match[str], money: bool) -> bool:
    """Whether "5m" is five million: in money, before a counted noun, and never before a word of length."""
    if money:
        return True
    if step["gap"]:
        return False
    after = text[step.end() : step.end() + 24]
    length = (
        r"[ -](?:tall|high|deep|wide|long|away|above|below|thick|apart|wall|waves?|sprint|race|hurdles|freestyle|"
        r"final|from|gold|butterfly|relay|underwater|down|up|radius|statue|tower|pool|crater|exclusion)\b"
    )
    if re.match(length, after):
        return False
    return bool(
        re.match(
            r"(?:[ -][a-z]+){0,2}[ -][a-z]*(?:s|people|men|women|children)\b|[ -](?:US )?(?:dollars?|euros?"
            r"|pounds?)|[.,;]",
            after,
        )
        or "." in text[start : step.start()]
    )


def read_words(text: str, pos: int) -> Numeral | None:
    """The number in words at ``pos``; None where the words are a year ("nineteen ninety-nine") or no number.

    >>> [str(read_words(t, 0).value) for t in ("one hundred and twenty-seven thousand", "twelve hundred", "two dozen")]
    ['127000', '1200', '24']
    >>> str(read_words("two and a half million", 0).value), str(read_words("two point three million", 0).value)
    ('2500000', '2300000')
    """
    reader = _WordReader(text, pos)
    return reader.read()


class _WordReader:
    """One left-to-right pass over number words: total of closed scales, current group, and the last kind of word."""

    def __init__(self, text: str, pos: int) -> None:
        self.text, self.start, self.end = text, pos, pos
        self.total, self.current = Decimal(0), Decimal(0)
        self.last, self.ceiling, self.scale = "", Decimal(10) ** 18, Decimal(1)
        self.half = False

    def read(self) -> Numeral | None:
        words = number_words()
        for count in range(_LENGTH):
            step = _STEP.match(self.text, self.end)
            if step is None or (count == 0) != (step["gap"] is None):
                break
            word, gap = step["word"].lower(), step["gap"] or ""
            if "and" in gap and self.last not in ("hundred", "scale"):
                break
            if not self._take(word, words, count == 0):
                break
            self.end = step.end()
            if self.last == "dozen":
                return Numeral(self.start, self.end, self.current, Decimal(12), True, Decimal(12))
            self._take_half()
        if not self.last or self.last == "a":
            return None
        value = tidy(self.total + self.current)
        return Numeral(self.start, self.end, value, granule_of(value), True, self.scale)

    def _take(self, word: str, words: Words, first: bool) -> bool:
        """Take one word when it can continue the number."""
        if first and word in ("a", "an"):
            self.last, self.current = "a", Decimal(1)
        elif word in words.small:
            value = words.small[word]
            fits = self.last in ("", "hundred", "scale") or (self.last == "tens" and 1 <= value <= 9)
            if not fits or (value == 0 and self.last):
                return False
            self.last, self.current = "small", self.current + value
        elif word in words.tens:
            if self.last not in ("", "hundred", "scale"):
                return False
            self.last, self.current = "tens", self.current + words.tens[word]
        elif word == "hundred" and self.last in ("small", "tens", "a") and self.current < 100:
            self.last, self.current = "hundred", self.current * 100
        elif (
            word in ("dozen", "score")
            and self.last in ("small", "tens", "a")
            and not (word == "score" and self.last != "a")
        ):
            self.last, self.current = "dozen", self.current * (12 if word == "dozen" else 20)
        elif word in words.scales and self.last in ("small", "tens", "hundred", "a", "half") and self.current:
            factor = Decimal(words.scales[word])
            if factor >= self.ceiling:
                return False
            self.total, self.current = self.total + self.current * factor, Decimal(0)
            self.scale = factor if self.total < factor * 1000 and self.scale == 1 else self.scale
            self.last, self.ceiling = "scale", factor
        else:
            return False
        return True

    def _take_half(self) -> None:
        """Covers "and a half" and "point three" behind a small number, before or after its scale word."""
        if self.last in ("small", "tens", "hundred"):
            if half := _A_HALF.match(self.text, self.end):
                self.current, self.end, self.last = self.current + Decimal("0.5"), half.end(), "half"
            elif part := _A_QUARTER.match(self.text, self.end):
                self.current += Decimal(3 if part["count"].lower() == "three" else 1) / 4
                self.end, self.last = part.end(), "half"
            elif point := _POINT.match(self.text, self.end):
                small = number_words().small
                digits = "".join(str(small.get(word.lower(), 0)) for word in _DIGIT_WORD.findall(point[1]))
                self.current, self.end, self.last = self.current + Decimal("0." + digits), point.end(), "half"
        elif self.last == "scale" and self.total == self.ceiling:
            if half := _A_HALF.match(self.text, self.end):
                self.total, self.end = self.total + self.ceiling / 2, half.end()
