"""Dates, ages, quotes and names that do not fit themselves within one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from claimdesk.find import Found
from claimdesk.language.text import fold, words
from claimdesk.model import Inconsistency, Span
from claimdesk.names import Name, find_names
from claimdesk.names.aliases import is_slip, same
from claimdesk.names.titles import titles

_WEEKDAY = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?", re.IGNORECASE)
_BORN = re.compile(r"\bborn (?:in|on) (?:[\w .,]{0,30}?)((?:18|19|20)\d\d)\b")
_AGED = re.compile(
    r", (\d{1,3}),|\b(?:aged|age|turned|is|was|at) (\d{1,3})\b(?! (?:percent|per|people|of|%))"
    r"|\b(\d{1,3})-year-old\b|\bat the age of (\d{1,3})\b"
)
_DIED = re.compile(
    r"\b(?:died|dies|was killed|was murdered|drowned) \b[^.;]{0,60}?\bin (?:[A-Z][a-z]+ )?((?:18|19|20)\d\d)\b"
)
_PAST = re.compile(
    r"\b(?:died|killed|murdered|then|when|at the time|joined|became|began|started|moved|married|won|left|made|first"
    r"|until)\b"
)
_FOUNDED = re.compile(
    r"\b(?:founded|established|opened|built|created|set up|launched|born) in ((?:1[5-9]|20)\d\d)\b", re.IGNORECASE
)
_ANNIVERSARY = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th) (?:anniversary|birthday)\b", re.IGNORECASE)
_LEAST_WORDS = 7  # of a quote that is told twice
_MOST_WORDS = 200
_MOST_QUOTES = 120
_CUT = re.compile(r"\.\.\.|\u2026|\[")  # a marked cut or bracket is no slip
_LEAST_LETTERS = 6  # of a surname that stands alone


def find_weekdays(found: Found) -> Iterator[Inconsistency]:
    """A weekday beside a date that is another weekday: Tuesday, November 12."""
    for ref in found.analysis.dates:
        if not ref.problem:
            continue
        match = _WEEKDAY.search(ref.text)
        first = Span(*match.span()).shift(ref.span.start) if match else ref.span
        rest = ref.span
        if match and match.start() == 0 and match.end() < len(ref.text):
            inner = ref.text[match.end() :]
            rest = Span(ref.span.end - len(inner.lstrip(" ,")), ref.span.end)
        yield Inconsistency("WEEKDAY_DATE", f'"{ref.text}": {ref.problem.rstrip(".")}.', first, rest)


def find_ages(found: Found) -> Iterator[Inconsistency]:
    """An age that does not follow from the year of birth, two ages of one person, a wrong anniversary."""
    folded = fold(found.analysis.parsed.text)
    year = found.document.meta.date.year if found.document.meta.date else None
    for sentence in found.analysis.parsed.sentences:
        yield from _born(folded, sentence, year)
        yield from _anniversary(folded, sentence, year)
    yield from _two_ages(found)


def _born(folded: str, sentence: Span, year: int | None) -> Iterator[Inconsistency]:
    births = list(_BORN.finditer(folded, sentence.start, sentence.end))
    ages = list(_AGED.finditer(folded, sentence.start, sentence.end))
    if len(births) != 1 or len(ages) != 1:
        return
    death = _DIED.search(folded, sentence.start, sentence.end)
    then = int(death.group(1)) if death else None if _PAST.search(folded, sentence.start, sentence.end) else year
    if then is None:
        return
    age_group = next(index for index in range(1, 5) if ages[0].group(index))
    birth, age = int(births[0].group(1)), int(ages[0].group(age_group))
    if birth < then and not then - birth - 1 <= age <= then - birth:
        detail = f"Born in {birth}, one is {then - birth - 1} or {then - birth} in {then}, not {age}."
        yield Inconsistency("AGE_YEARS", detail, Span(*births[0].span(1)), Span(*ages[0].span(age_group)))


def _anniversary(folded: str, sentence: Span, year: int | None) -> Iterator[Inconsistency]:
    starts = list(_FOUNDED.finditer(folded, sentence.start, sentence.end))
    counts = list(_ANNIVERSARY.finditer(folded, sentence.start, sentence.end))
    if year is None or len(starts) != 1 or len(counts) != 1 or _PAST.search(folded, sentence.start, sentence.end):
        return
    begun, count = int(starts[0].group(1)), int(counts[0].group(1))
    if abs(year - begun - count) > 1 and begun < year:
        detail = f"From {begun} to {year} it is {year - begun} years, not {count}."
        yield Inconsistency("AGE_YEARS", detail, Span(*starts[0].span(1)), Span(*counts[0].span(1)))


def _two_ages(found: Found) -> Iterator[Inconsistency]:
    told: dict[tuple[str, ...], Name] = {}
    names = find_names(found.analysis.view())
    full = [name for name in names if len(name.words) > 1]
    for name in names:
        if name.age is None or name.quoted or name.age > 120:
            continue
        fits = {other.words for other in full if same(other.words, name.words)} or {name.words}
        if len(fits) > 1:
            continue
        key = next(iter(fits))
        earlier = told.setdefault(key, name)
        if abs((earlier.age or 0) - name.age) > 1:
            detail = f"{earlier.text} is {earlier.age} here and {name.age} there."
            yield Inconsistency("AGE_YEARS", detail, earlier.span, name.span)


def find_repeated_quotes(found: Found) -> Iterator[Inconsistency]:
    """Quoted words that come back in another paragraph with one spot changed."""
    parsed = found.analysis.parsed
    marked = [(pair.inner, [word.norm for word in words(parsed.text, pair.inner)]) for pair in parsed.marks]
    long = [(span, norms) for span, norms in marked if _LEAST_WORDS <= len(norms) <= _MOST_WORDS][:_MOST_QUOTES]
    blocks = [bisect_right(parsed.paragraphs, span.start, key=lambda block: block.start) for span, _ in long]
    for index, (first, ours) in enumerate(long):
        for later in range(index + 1, len(long)):
            second, theirs = long[later]
            if blocks[index] == blocks[later] or len(set(ours) & set(theirs)) < _LEAST_WORDS // 2:
                continue
            if _CUT.search(first.of(parsed.text)) or _CUT.search(second.of(parsed.text)):
                continue
            if changed := _one_spot(ours, theirs):
                detail = f'The quote has "{changed[0]}" in one place and "{changed[1]}" in the other.'
                yield Inconsistency("QUOTE_REPEATED", detail, first, second)


def _one_spot(ours: list[str], theirs: list[str]) -> tuple[str, str] | None:
    """The words of the only spot inside two runs where they differ; cuts at either end are no change."""
    if not 0.5 <= len(ours) / len(theirs) <= 2:
        return None
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    inner = [code for code in codes if min(code[1], code[3]) > 0 and code[2] < len(ours) and code[4] < len(theirs)]
    if len(inner) != 1 or len(codes) - len(inner) > 2:
        return None
    _, a, b, c, d = inner[0]
    shared = sum(block.size for block in matcher.get_matching_blocks())
    if b - a > 2 or d - c > 2 or shared < _LEAST_WORDS - 1:
        return None
    return " ".join(ours[a:b]) or "nothing", " ".join(theirs[c:d]) or "nothing"


def find_name_spellings(found: Found) -> Iterator[Inconsistency]:
    """One name spelled in two ways: Dana Whitlock and Dana Whitlok, or Whitlok alone."""
    names = [name for name in find_names(found.analysis.view()) if not name.quoted or len(name.words) > 1]
    counts = Counter(word for name in names for word in set(name.words))
    full = {name.words: name for name in reversed(names) if len(name.words) > 1}
    seen: set[frozenset[str]] = set()
    for name in {name.words: name for name in reversed(names)}.values():
        for words_of_other, other in full.items():
            if name.words[-1][0] != words_of_other[-1][0] and name.words[0] != words_of_other[0]:
                continue
            slip = _slip(name, words_of_other, counts)
            if slip and frozenset(slip) not in seen and other.sentence != name.sentence:
                seen.add(frozenset(slip))
                first, second = sorted((name, other), key=lambda item: item.span)
                yield Inconsistency(
                    "NAME_SPELLING",
                    f"The text spells {first.text} here and {second.text} there.",
                    first.span,
                    second.span,
                )


def _slip(name: Name, other: tuple[str, ...], counts: Counter[str]) -> tuple[str, str] | None:
    """The two spellings; a surname alone must be rare, long, and stand against a name that comes back."""
    if len(name.words) == len(other):
        unequal = [(one, two) for one, two in zip(name.words, other, strict=True) if one != two]
        if len(unequal) == 1 and len(other) > 1 and is_slip(*unequal[0]):
            telling = [
                word for word in other if word not in titles().organizations | titles().places and word != unequal[0][1]
            ]
            return unequal[0] if telling else None
    elif len(name.words) == 1 and is_slip(name.words[0], other[-1]):
        word = name.words[0]
        if {word, other[-1]} & (titles().wide | titles().same.keys()):
            return None
        if min(len(word), len(other[-1])) >= _LEAST_LETTERS and counts[word] == 1 and counts[other[-1]] >= 2:
            return word, other[-1]
    return None
