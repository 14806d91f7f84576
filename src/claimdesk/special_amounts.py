"""Amounts that are not plain numerals: vague words, fractions, multiples, ordinals, and words for none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from claimdesk.counting import is_counted, is_function_word, is_plural, next_word
from claimdesk.model import Form, Span
from claimdesk.numerals import number_words, read_vulgar
from claimdesk.units import unit_after

_SMALL = r"one|two|three|four|five|six|seven|eight|nine|ten"
_SCALE = r"thousand|lakh|million|crore|billion|trillion"
_VAGUE = re.compile(
    rf"(?:(?P<soft>several|a few|a couple of|a handful of|a couple(?= (?:hundred|thousand|dozen|more)\b))"
    rf"(?: (?P<soft_scale>hundred|dozen|{_SCALE})\b)?"
    rf"|(?P<many>tens(?= of)|dozens|scores(?= of| were| more| are)|hundreds|thousands)"
    rf"(?: of (?P<many_scale>hundreds|{_SCALE.replace('|', 's|')}s)\b)?"
    rf"|(?P<big>(?:{_SCALE.replace('|', 's|')}s)\b))(?P<of> of\b)?",
    re.IGNORECASE,
)
_MOST = re.compile(r"most (?P<next>of (?:the|those|these|its|their|his|her|our|them|all)\b|[A-Za-z]+)", re.IGNORECASE)
_MAJORITY = re.compile(
    r"(?:(?:a|an|the) )?(?:(?:vast|large|overwhelming|great|clear|slim|narrow|absolute|simple|solid|small|big) )?"
    r"(?<![\w'])majority(?= of\b)", re.IGNORECASE,
)  # fmt: skip
_FRACTION_WORDS = "half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?|twentieths?|hundredths?"
_FRACTION = re.compile(
    rf"(?:(?P<count>an|a|{_SMALL}|\d{{1,2}})[ -](?:full |whole |mere )?)(?P<word>{_FRACTION_WORDS})\b|(?P<half>half)(?![\w])|(?P<quarter>quarter)(?=-(?:million|billion|century))",
    re.IGNORECASE,
)
_SLASH = re.compile(r"(?P<count>\d{1,2})/(?P<base>\d{1,3})(?![\d/])")
_OF_SCALE = re.compile(rf"(?: of)?[ -](?:(?:a|an|one|1)[ -])?(?P<scale>{_SCALE}|hundred|dozen)\b(?! of\b)", re.IGNORECASE)
_OF_ONE = re.compile(r"(?: of)?(?:[ -](?:a|an|one|1))(?=[ -])|(?=[ -])", re.IGNORECASE)
_VERBS: dict[str, Decimal | int] = {
    "doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6, "halv": Decimal("0.5"),
}  # fmt: skip
_MULTIPLE = re.compile(
    r"(?P<done>doubl|tripl|trebl|quadrupl|quintupl|sextupl|halv)(?:ed|ing)\b(?! (?:up|down|over|as)\b)"
    r"|(?P<verb>double|triple|treble|quadruple|halve)s?\b(?P<the> (?:the|that|its|their|what|last|in|of)\b|[.,;]|$| by)?"
    r"|(?P<fold>two|three|four|five|six|seven|eight|nine|ten|hundred|\d{1,3})[ -]?fold\b"
    r"|twice(?P<as> (?:as|the|that|its|their|what|those|higher|larger))?\b",
    re.IGNORECASE,
)
_HELPER = re.compile(r"\b(?:to|will|would|could|may|might|can|should|must|did|than|nearly|almost|are|is|was|were|be)\s$", re.IGNORECASE)
_HARM = (
    r"(?:\w+ ){0,4}?(?:hurt|injured|killed|wounded|harmed|died|survived|arrested|detained|missing|trapped|rescued|charged|convicted|"
    r"escaped|voted|infected|hospitalized|hospitalised|aboard|on board|inside|lost|dead|affected|evacuated|attended|showed up)\b"
)
_ZERO = re.compile(
    rf"(?:no one|no-one|nobody)(?= {_HARM})|none(?= of\b| (?:was|were|are|is|has|have|had|died|survived)\b)"
    r"|not a single(?= [a-z])|no(?= (?:[A-Za-z-]+ ){0,2}?(?P<noun>[a-z]{3,20})\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?P<figures>\d{1,5})(?P<suffix>st|nd|rd|th)\b"
    r"|(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|"
    r"ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|"
    r"thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth|thousandth)(?!\w)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[ -](?:Brigade|Battalion|Division|Regiment|Corps|Army|Fleet|Congress|Amendment|Circuit|Street|Avenue|Republic|World|Reich|"
    r"Arrondissement|Infantry|Airborne|Mechanized|Mechanised|Assault|Marine|Armored|Armoured|District|Precinct|Separate|Guards|"
    r"Lady|Minister|Nations?|Temple|Floor|Air|Tank|Artillery|Intifada|Estate)\b|[ -](?i:centur(?:y|ies))\b"
)
_NOT_RANKED = re.compile(r"-(?!(?:quarter|half|place|placed|floor|round|leg|ranked|best|worst|most|generation|grade|year|term)\b|[a-z]{2,12}est\b)\w+"
                         r"| (?:of all|aid|lady|name|time|half past|thoughts?|hand|reading|parties|party|cousin|to none|language)\b",
                         re.IGNORECASE)  # fmt: skip
_RANKED = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|our|my|your|this|that|each|every|came|finished|placed|ranked|in|came in|was|last|next)|'s|s'|\d)\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """One number with its unit, before it is joined to its neighbors and hedged.

    ``start`` and ``end`` cover a currency sign and a unit; ``number`` covers the number words alone.
    """

    start: int
    end: int
    number: Span
    low: Decimal | None
    high: Decimal | None
    values: tuple[Decimal, ...]
    granule: Decimal
    unit: str | None = None
    form: Form = Form.PLAIN
    low_open: bool = False
    words: bool = False
    scale: Decimal = Decimal(1)
    signed: bool = False  # a currency sign stands in front
    grouped: bool = False
    soft: bool = False
    of: tuple[Decimal, Decimal] | None = None
    joined: bool = False  # a range, score, ratio or compound: never joined again

    @property
    def value(self) -> Decimal:
        """The first bare number."""
        return self.values[0]


def exact(start: int, end: int, value: Decimal, granule: Decimal, form: Form = Form.PLAIN, unit: str | None = None) -> Amount:
    """An amount of one value, written from ``start`` to ``end``."""
    return Amount(start, end, Span(start, end), value, value, (value,), granule, unit, form)


def read_special(text: str, pos: int) -> Amount | None:
    """The amount that begins at ``pos`` and is no plain numeral; None where there is none."""
    readers = (_fraction, _ordinal) if text[pos].isdigit() else (_zero, _multiple, _vague, _most, _fraction, _ordinal)
    for reader in readers:
        if found := reader(text, pos):
            return found
    return None


def _zero(text: str, pos: int) -> Amount | None:
    """ "no one was hurt", "no deaths", "none of the men": zero; "no comment" and "nobody knows" count nothing."""
    match = _ZERO.match(text, pos)
    if match is None or (match["noun"] and not is_counted(match["noun"])):
        return None
    return exact(pos, match.end(), Decimal(0), Decimal(1), Form.ZERO)


def _multiple(text: str, pos: int) -> Amount | None:
    """ "doubled", "threefold", "twice as many": factors; plain "twice" is a count of two."""
    match = _MULTIPLE.match(text, pos)
    if match is None:
        return None
    word = match.group().lower()
    if word.startswith("twice"):
        form = Form.MULTIPLE if match["as"] else Form.PLAIN
        return exact(pos, pos + 5, Decimal(2), Decimal(1), form)
    if match["fold"]:
        small = {**number_words().small, "hundred": 100}
        value = Decimal(small.get(match["fold"].lower()) or match["fold"])
        return exact(pos, match.end(), value, Decimal(1), Form.MULTIPLE)
    if match["verb"]:
        helped = _HELPER.search(text[max(0, pos - 12) : pos])
        if not match["the"] and not helped:
            return None
        value, end = Decimal(_VERBS[match["verb"].lower().rstrip("e")]), match.end("verb")
        end += text[end : end + 1] == "s"
    else:
        value, end = Decimal(_VERBS[match["done"].lower()]), match.end()
    return exact(pos, end, value, Decimal(1), Form.MULTIPLE)


def _vague(text: str, pos: int) -> Amount | None:
    """ "several", "dozens", "tens of thousands of": the ranges of the domain rules, section 4.3."""
    match = _VAGUE.match(text, pos)
    if match is None:
        return None
    words = number_words()
    number = Span(pos, match.start("of") if match["of"] else match.end())
    if match["soft"]:
        key = match["soft"].lower().split()
        low, high, soft = words.vague[key[0] if len(key) == 1 else key[1]]
        if len(key) == 3 and not match["soft_scale"]:
            number = Span(pos, match.end("soft") - 3)
        scale = _factor(match["soft_scale"])
        ends: tuple[Decimal, Decimal | None] = (low * scale, high * scale)
    elif match["many"]:
        low, high, soft = words.vague[match["many"].lower()]
        scale = _factor(match["many_scale"])
        ends = (low * scale, (high + 1) * scale - 1)
    else:
        scale, soft = _factor(match["big"]), False
        ends = (2 * scale, None)
    amount = Amount(pos, number.end, number, ends[0], ends[1], (ends[0],), scale, None, Form.VAGUE, words=True, soft=soft)
    behind = unit_after(text, match.end() if match["of"] else match.end())
    if behind and behind[0].scale == 1:
        return replace(amount, end=behind[1], unit=behind[0].id)
    return amount


def _factor(word: str | None) -> Decimal:
    if not word:
        return Decimal(1)
    word = word.lower().rstrip("s")
    return Decimal({"hundred": 100, "dozen": 12}.get(word) or number_words().scales[word])


def _most(text: str, pos: int) -> Amount | None:
    """ "most of the dead", "most voters", "a majority of": more than half; "the most famous" is no amount."""
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
    """ "a third of", "two-thirds", "half the seats": percent; "half a million", "a quarter of an hour": plain values."""
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
    if part >= base and not (part == 1):
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
            "by", "than", "about", "nearly", "almost", "to", "over", "under", "around", "roughly", "least", "only", "some", "of", "another", "and"
        )  # fmt: skip
    return True


def _bare_half(text: str, pos: int, end: int, base: int) -> Amount | None:
    """ "half of", "half the", "by half", "half a million", "half an hour", "half-hour"; not "the first half", "half-time"."""
    before = text[max(0, pos - 14) : pos].lower().split()
    if before and before[-1] in ("first", "second", "other", "better", "last", "opening", "latter", "earlier", "later", "top", "bottom", "this"):
        return None
    after = text[end : end + 24]
    if _OF_SCALE.match(text, end) and not text.startswith(" of", end):
        return _share(text, pos, end, 1, base)
    one = _OF_ONE.match(text, end)
    if one and unit_after(text, one.end()) and re.match(r" (?:a|an|of an?)[ -]|-", after):
        return _share(text, pos, end, 1, base)
    follower = next_word(text, end).lower()
    share = follower in ("of", "the", "its", "their", "his", "her", "our", "my", "all", "those", "these", "that", "were", "are", "was",
                         "is", "said", "have", "had", "say", "as", "to", "in", "would", "will", "since", "from", "or", "and", "by", "this", "last")  # fmt: skip
    led = bool(before) and before[-1] in ("by", "in", "than", "about", "nearly", "almost", "over", "under", "around", "roughly",
                                          "least", "only", "exactly", "some", "to", "just")  # fmt: skip
    stands = share or (led and not follower and not after.startswith("-")) or (led and is_plural(follower))
    if not stands or (before and before[-1] in ("a", "the") and follower != "of"):
        return None
    return _share(text, pos, end, 1, base)


def _share(text: str, pos: int, end: int, part: int, base: int) -> Amount | None:
    """A fraction as it stands: of a scale word or a unit a plain value, otherwise a percentage."""
    number = Decimal(part) / base
    scale = _OF_SCALE.match(text, end)
    if scale:
        factor = _factor(scale["scale"])
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
    return replace(exact(pos, end, value, value / 5, Form.FRACTION, "percent"), words=True, of=(Decimal(part), Decimal(base)))


def _ordinal(text: str, pos: int) -> Amount | None:
    """ "the third attack", "27th"; not "at first", "a second" of time, "the Fifth Avenue store", "the 19th century"."""
    match = _ORDINAL.match(text, pos)
    if match is None or _NAMED.match(text, match.end()) or _NOT_RANKED.match(text, match.end()):
        return None
    before = text[max(0, pos - 12) : pos]
    if match["figures"]:
        value = Decimal(match["figures"])
    else:
        if match["word"][0].isupper() and before.strip() and before.rstrip()[-1] not in ".!?:;\"'(":
            return None
        value = Decimal(number_words().ordinals[match["word"].lower()] + number_words().tens.get((match["tens"] or "").lower(), 0))
        follower = next_word(text, match.end())
        if match["word"].lower() in ("first", "second") and not match["tens"]:
            if not _RANKED.search(before):
                return None
            if match["word"].lower() == "second" and (not follower or is_function_word(follower)) and re.search(r"\b(?:a|each|every|per)\s$", before):
                return None
            if re.search(r"\b(?:was|is)\s$", before) and follower.endswith("ed"):
                return None
        elif not before.strip() and text[match.end() : match.end() + 1] == ",":
            return None
    return exact(pos, match.end(), value, Decimal(1), Form.ORDINAL)
