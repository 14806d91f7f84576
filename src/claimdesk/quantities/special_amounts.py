"""Amounts that are not plain numerals: words for none, multiples, vague words and ordinals."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from claimdesk.model import Form, Span
from claimdesk.quantities.amount import Amount, exact
from claimdesk.quantities.counting import is_counted, is_function_word, next_word
from claimdesk.quantities.numerals import number_words, scale_factor
from claimdesk.quantities.shares import read_share
from claimdesk.quantities.units import unit_after

_SCALE = "thousand|lakh|million|crore|billion|trillion"
_VAGUE = re.compile(
    rf"(?:(?P<soft>several|a few|a couple of|a handful of|a couple(?= (?:hundred|thousand|dozen|more)\b))"
    rf"(?: (?P<soft_scale>hundred|dozen|{_SCALE})\b)?"
    rf"|(?P<many>tens(?= of)|dozens|scores(?= of| were| more| are)|hundreds|thousands)"
    rf"(?: of (?P<many_scale>hundreds|{_SCALE.replace('|', 's|')}s)\b)?"
    rf"|(?P<big>(?:{_SCALE.replace('|', 's|')}s)\b))(?P<of> of\b)?",
    re.IGNORECASE,
)
_VERBS: dict[str, Decimal | int] = {
    "doubl": 2,
    "tripl": 3,
    "trebl": 3,
    "quadrupl": 4,
    "quintupl": 5,
    "sextupl": 6,
    "halv": Decimal("0.5"),
}
_MULTIPLE = re.compile(
    r"(?P<done>doubl|tripl|trebl|quadrupl|quintupl|sextupl|halv)(?:ed|ing)\b(?! (?:up|down|over|as)\b)"
    r"|(?P<verb>double|triple|treble|quadruple|halve)s?\b(?P<the> (?:the|that|its|their|what|last|in|of)\b"
    r"|[.,;]|$| by)?"
    r"|(?P<fold>two|three|four|five|six|seven|eight|nine|ten|hundred|\d{1,3})[ -]?fold\b"
    r"|twice(?P<as> (?:as|the|that|its|their|what|those|higher|larger))?\b",
    re.IGNORECASE,
)
_HELPER = re.compile(
    r"\b(?:to|will|would|could|may|might|can|should|must|did|than|nearly|almost|are|is|was|were|be)\s$", re.IGNORECASE
)
_HARM = (
    r"(?:\w+ ){0,4}?(?:hurt|injured|killed|wounded|harmed|died|survived|arrested|detained|missing|trapped"
    r"|rescued|charged|convicted|"
    r"escaped|voted|infected|hospitalized|hospitalised|aboard|on board|inside|lost|dead|affected|evacuated"
    r"|attended|showed up)\b"
)
_ZERO = re.compile(
    rf"(?:no one|no-one|nobody)(?= {_HARM})|none(?= of\b(?! (?:this|it|that|which)\b)| (?:was|were|are|is"
    rf"|has|have|had|died|survived)\b)"
    r"|not a single(?= [a-z])|no(?=(?P<phrase>(?: [A-Za-z-]{2,20}){1,3}))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?P<figures>\d{1,5}|\d{1,3}(?:,\d{3}){1,2})(?P<suffix>st|nd|rd|th)\b"
    r"|(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?P<word>first|second|third"
    r"|fourth|fifth|sixth|seventh|eighth|"
    r"ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
    r"|nineteenth|twentieth|"
    r"thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth|thousandth)(?!\w)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[ -](?:Brigade|Battalion|Division|Regiment|Corps|Army|Fleet|Congress|Amendment|Circuit|Street|Avenue"
    r"|Republic|World|Reich|"
    r"Arrondissement|Infantry|Airborne|Mechanized|Mechanised|Assault|Marine|Armored|Armoured|District"
    r"|Precinct|Separate|Guards|"
    r"Lady|Minister|Nations?|Temple|Floor|Air|Tank|Artillery|Intifada|Estate)\b|[ -](?i:centur(?:y|ies))\b"
)
_NOT_RANKED = re.compile(
    r"-(?!(?:quarter|half|place|placed|floor|round|leg|ranked|best|worst|most|generation|grade|year|term)\b"
    r"|[a-z]{2,12}est\b)\w+"
    r"| (?:of all|aid|lady|name|time|half past|thoughts?|hand|reading|parties|party|cousin|to none|language)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:is|are|was|were|stands|lies|now|stood)\s$")
_RANKED = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|our|my|your|this|that|each|every|came|finished|placed|ranked|in"
    r"|came in|was|last|next)|'s|s'|\d)\s$",
    re.IGNORECASE,
)


def read_special(text: str, pos: int) -> Amount | None:
    """The amount that begins at ``pos`` and is no plain numeral; None where there is none."""
    readers = (read_share, _ordinal) if text[pos].isdigit() else (_zero, _multiple, _vague, read_share, _ordinal)
    for reader in readers:
        if found := reader(text, pos):
            return found
    return None


def _zero(text: str, pos: int) -> Amount | None:
    """Covers "no one was hurt", "no deaths", "none of the men": zero; "no comment" and "nobody knows" count nothing."""
    match = _ZERO.match(text, pos)
    if match is None:
        return None
    if match["phrase"]:
        words = list(takewhile(lambda word: not is_function_word(word), match["phrase"].split()))
        if not any(is_counted(word) for word in words):
            return None
    return exact(pos, match.end(), Decimal(0), Decimal(1), Form.ZERO)


def _multiple(text: str, pos: int) -> Amount | None:
    """Covers "doubled", "threefold", "twice as many": factors; plain "twice" is a count of two."""
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
    """Covers "several", "dozens", "tens of thousands of": the ranges of the domain rules, section 4.3."""
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
        scale = scale_factor(match["soft_scale"])
        ends: tuple[Decimal, Decimal | None] = (low * scale, high * scale)
    elif match["many"]:
        low, high, soft = words.vague[match["many"].lower()]
        scale = scale_factor(match["many_scale"])
        ends = (low * scale, (high + 1) * scale - 1)
    else:
        scale, soft = scale_factor(match["big"]), False
        ends = (2 * scale, None)
    amount = Amount(
        pos, number.end, number, ends[0], ends[1], (ends[0],), scale, None, Form.VAGUE, words=True, soft=soft
    )
    behind = unit_after(text, match.end() if match["of"] else match.end())
    if behind and behind[0].scale == 1:
        return replace(amount, end=behind[1], unit=behind[0].id)
    return amount


def _ordinal(text: str, pos: int) -> Amount | None:
    """Covers "the third attack", "27th"; not "at first", "a second" of time, "Fifth Avenue", "the 19th century"."""
    match = _ORDINAL.match(text, pos)
    if match is None or _NAMED.match(text, match.end()) or _NOT_RANKED.match(text, match.end()):
        return None
    before = text[max(0, pos - 12) : pos]
    if match["figures"]:
        value = Decimal(match["figures"].replace(",", ""))
    else:
        if match["word"][0].isupper() and before.strip() and before.rstrip()[-1] not in ".!?:;\"'(":
            return None
        value = Decimal(
            number_words().ordinals[match["word"].lower()] + number_words().tens.get((match["tens"] or "").lower(), 0)
        )
        follower = next_word(text, match.end())
        if match["word"].lower() in ("first", "second") and not match["tens"]:
            place = _PLACE.search(before) and follower in ("in", "behind")
            if not (_RANKED.search(before) or place or text[match.end() : match.end() + 1] == "-"):
                return None
            if (
                match["word"].lower() == "second"
                and (not follower or is_function_word(follower))
                and re.search(r"\b(?:a|each|every|per)\s$", before)
            ):
                return None
            if re.search(r"\b(?:was|is)\s$", before) and follower.endswith("ed"):
                return None
        elif not before.strip() and text[match.end() : match.end() + 1] == ",":
            return None
    return exact(pos, match.end(), value, Decimal(1), Form.ORDINAL)
