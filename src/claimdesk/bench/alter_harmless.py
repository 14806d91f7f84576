"""Alterations that change nothing: other glyphs, other ways to write a number, permitted cuts, shorter names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from claimdesk.bench.alter import Scene
from claimdesk.bench.alter_numbers import SMALL, figures
from claimdesk.language.text import fold

_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,]|\.\d)")
_LONG = re.compile(r"(?<![\w.,-])[1-9]\d{4,8}(?![\w,-]|\.\d)")
_SCALED = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d{1,3})?) (thousand|million|billion)\b(?! (?:and|to)\b)")
_POWER = {"thousand": 3, "million": 6, "billion": 9}
_INCIDENTAL = re.compile(
    r", (?:(?:as (?:everyone|you|we|I|all of us) \w+|frankly|of course|in fact|after all|to be honest|you know)"
    r"(?: [a-z]+){0,4}|(?:who|which) [a-z' ]{5,60}),(?= )"
)
_PROTECTED = re.compile(
    r"\b(?:not|no|never|only|if|may|might|can|could|will|would|must|should|all|every|more|most|but|some)\b"
)
_NO_PASSIVE = ("reach", "last", "total", "receive", "want", "need", "resemble", "expect", "owe")
_CONVERSIONS = (
    ("km", "miles", "0.621371"), ("kilometers", "miles", "0.621371"), ("miles", "km", "1.609344"),
    ("meters", "feet", "3.28084"), ("kg", "pounds", "2.20462"), ("hectares", "acres", "2.47105"),
    ("centimeters", "inches", "0.393701"), ("tonnes", "kg", "1000"), ("liters", "gallons", "0.264172"),
)  # fmt: skip
_TITLE = re.compile(r"^(?:Mayor|Dr\.|Professor|Prof\.|President|Senator|Judge|General|Governor)$")


def same_number(scene: Scene, random: Random) -> Iterator[str]:
    """Another way to set thousands apart: 1,212 -> 1212, 1\u2009212."""
    for match in _THOUSANDS.finditer(scene.text):
        for gap in ("", "\u2009", "\u00a0"):
            plain = match.group().replace(",", gap)
            if not re.fullmatch(r"(?:1[5-9]|20)\d\d", plain):
                yield scene.put(*match.span(), plain)
    for match in _LONG.finditer(scene.text):
        yield scene.put(*match.span(), f"{int(match.group()):,}")


def same_words(scene: Scene, random: Random) -> Iterator[str]:
    """A small number in words or in figures: three -> 3, 12 -> twelve."""
    for figure in figures(scene):
        unit = re.match(r"^(?:-| (?:percent|million|billion|thousand|\w+-|km|kg|%)|%|\.)", scene.folded[figure.end :])
        if figure.text.isalpha() and not figure.text[0].isupper():
            yield scene.put(figure.start, figure.end, str(figure.value))
        elif figure.text.isdigit() and 2 <= figure.value <= 12 and not unit:
            if scene.text[figure.start - 1 : figure.start] not in ("$", "€", "£") and figure.start:
                yield scene.put(figure.start, figure.end, SMALL[int(figure.value)])


def same_scale(scene: Scene, random: Random) -> Iterator[str]:
    """A scale word written out: 3.5 million -> 3,500,000."""
    for match in _SCALED.finditer(scene.folded):
        whole = Decimal(match[1]).scaleb(_POWER[match[2]])
        yield scene.put(*match.span(), f"{int(whole):,}")


def same_percent(scene: Scene, random: Random) -> Iterator[str]:
    """The sign for the word and the word for the sign: 15 percent -> 15%, 15 per cent."""
    for match in re.finditer(r"(?<=\d) percent\b(?! point)", scene.text):
        yield scene.put(*match.span(), "%")
        yield scene.put(*match.span(), " per cent")
    for match in re.finditer(r"(?<=\d)%", scene.text):
        yield scene.put(*match.span(), " percent")


def same_glyphs(scene: Scene, random: Random) -> Iterator[str]:
    """Other marks, dashes and spaces: “so” -> "so", a space -> a no-break space."""
    text = scene.text
    if "“" in text:
        yield text.replace("“", '"').replace("”", '"')
        yield text.replace("“", "«").replace("”", "»")
    elif '"' in text:
        yield re.sub(r'"([^"]*)"', "“\\1”", text)
    if "’" in text:
        yield text.replace("’", "'")
    elif "'" in text:
        yield text.replace("'", "’")
    spaced = re.sub(r"(?<=\d) (?=[a-z])", "\u00a0", text)
    yield spaced
    yield re.sub(r"(?<=\w)-(?=\w)", "\u2011", text)


def same_amount(scene: Scene, random: Random) -> Iterator[str]:
    """A converted unit, rounded to where the conversion is sure: 60 km -> 37 miles, about 37 miles."""
    for figure in figures(scene):
        if figure.way != "any" or figure.text.isalpha() or scene.quoted(figure.start):
            continue
        if re.search(r"\b(?:a|an|the|its) $", scene.folded[: figure.start], re.IGNORECASE):  # the 13.5 km line
            continue
        for unit, other, factor in _CONVERSIONS:
            match = re.match(rf" {unit}(?![\w/]| (?:of|long|away|wide))", scene.folded[figure.end :])
            if match and (end := figure.end + match.end()):
                exact = figure.value * Decimal(factor)
                places = Decimal(1) if exact >= 20 else Decimal("0.1")
                near = exact.quantize(places, ROUND_HALF_UP)
                yield scene.put(figure.start, end, f"{near:,} {other}")
                if figure.lead == figure.start:
                    yield scene.put(figure.start, end, f"about {near:,} {other}")


def same_cut(scene: Scene, random: Random) -> Iterator[str]:
    """An incidental clause without a protected word cut: “Rates, of course, fell” -> “Rates … fell”."""
    for quote in scene.quotes:
        for match in _INCIDENTAL.finditer(quote.of(scene.folded)):
            if not _PROTECTED.search(match.group()):
                yield scene.put(quote.start + match.start(), quote.start + match.end(), " …")
                yield scene.put(quote.start + match.start(), quote.start + match.end(), " ...")


def same_speaker(scene: Scene, random: Random) -> Iterator[str]:
    """The same person by a shorter name: Mayor Dana Whitlock -> Whitlock, Mayor Whitlock."""
    who = scene.speaker
    if who is None or who.name is None or not scene.quotes:
        return
    words = who.name.of(scene.text).split(" ")
    if len(words) < 2:
        return
    yield scene.put(who.name.start, who.name.end, words[-1])
    if who.role is not None:
        start = who.role.start
        if scene.folded[:start].endswith(("The ", "the ")):
            start -= 4
        yield scene.put(start, who.name.end, words[-1])


def same_voice(scene: Scene, random: Random) -> Iterator[str]:
    """Passive for active: The board approved the plan on Friday -> The plan was approved by the board on Friday."""
    root = next((token for token in scene.tokens if token.dep_ == "ROOT"), None)
    if (
        root is None
        or root.tag_ != "VBD"
        or not root.text.endswith("ed")
        or root.lemma_ in _NO_PASSIVE
        or scene.quotes
        or '"' in scene.text
    ):
        return
    subjects = [child for child in root.children if child.dep_ == "nsubj"]
    objects = [child for child in root.children if child.dep_ == "dobj"]
    bad = {"conj", "aux", "neg", "prt", "dative", "ccomp", "xcomp", "advcl", "oprd", "nmod"}
    if len(subjects) != 1 or len(objects) != 1 or any(child.dep_ in bad for child in root.children):
        return
    subject, thing = list(subjects[0].subtree), list(objects[0].subtree)
    if subject[0].i != 0 or subject[-1].i != root.i - 1 or thing[0].i != root.i + 1:
        return
    if any(
        token.pos_ == "PRON" or token.dep_ in ("relcl", "acl", "prep", "conj", "appos") for token in [*subject, *thing]
    ):
        return
    if {objects[0].tag_, subjects[0].tag_} - {"NN", "NNS", "NNP"} or objects[0].lemma_ in ("cent", "percent"):
        return
    doer, done = scene.text[: root.idx].rstrip(), scene.text[thing[0].idx : thing[-1].idx + len(thing[-1].text)]
    be = "were" if objects[0].tag_ == "NNS" else "was"
    rest = scene.text[thing[-1].idx + len(thing[-1].text) :]
    first = doer[0].lower() if subject[0].pos_ in ("DET", "NOUN", "ADJ", "NUM") else doer[0]
    if "," in rest:
        return
    yield f"{done[0].upper()}{done[1:]} {be} {root.text} by {first}{doer[1:]}{fold(rest)}"
