"""What a person changes about claims, read from words and checked before a line is written; no widgets here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimdesk.errors import ClaimdeskError
from claimdesk.language.sentences import sentences
from claimdesk.language.text import fold, paragraphs
from claimdesk.model import Checked, Kind, Report, Span
from claimdesk.review import Decision, add_claim, edit_claim
from claimdesk.review.marking import correct, read_words

_QUOTES = '"“”„«»'
_LONGEST = 5_000  # characters of words that are looked for
_MOST = 1_000  # places that are compared


def list_sentences(text: str) -> list[Span]:
    """The sentences of a text that a person can choose from, in order."""
    found: list[Span] = []
    for block in paragraphs(text):
        found += [sentence.shift(block.start) for sentence in sentences(block.of(text), ())]
    return found


def locate_words(text: str, words: str, near: Span | None = None) -> Span:
    """Where words stand in a text, whatever their quotation marks and white space; of several places the nearest.

    Raises ClaimdeskError where they do not occur, or occur more than once with nothing to be near to.
    """
    places = list(_places(text, words))
    if not places:
        raise ClaimdeskError("These words do not occur in the text. Copy them from the article.")
    if near is not None:
        return min(places, key=lambda place: (not place.overlaps(near), abs(place.start - near.start)))
    if len(places) > 1:
        raise ClaimdeskError(f"These words occur {len(places)} times. Choose their sentence too.")
    return places[0]


def _places(text: str, words: str) -> Iterator[Span]:
    parts = fold(words[:_LONGEST]).split()
    if not parts:
        raise ClaimdeskError("Choose a sentence, or paste the words of the claim.")
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    for number, match in enumerate(pattern.finditer(fold(text))):
        if number == _MOST:
            return
        yield Span(match.start(), match.end())


def guess_kind(words: str) -> Kind:
    """What kind of claim words may be, for a person to change.

    >>> guess_kind("about 1,300 islanders"), guess_kind("“It is a small price.”"), guess_kind("The yard is late.")
    (<Kind.QUANTITY: 'quantity'>, <Kind.QUOTE: 'quote'>, <Kind.STATEMENT: 'statement'>)
    """
    if words[:1] in _QUOTES and words[-1:] in _QUOTES:
        return Kind.QUOTE
    return Kind.QUANTITY if any(char.isdigit() for char in words) else Kind.STATEMENT


def new_claim(report: Report, sentence: Span | None, words: str, kind: Kind, reviewer: str, note: str = "") -> Decision:
    """The line that adds a claim: a whole sentence, or words of the text. Raises ClaimdeskError with what is wrong."""
    if words.strip():
        span = locate_words(report.text.text, words, sentence)
    elif sentence is not None:
        span = sentence
    else:
        raise ClaimdeskError("Choose a sentence, or paste the words of the claim.")
    line = add_claim(report, span, kind, reviewer, note)
    read_words(report.text, span, kind)
    return line


def changed_claim(
    report: Report, checked: Checked, reviewer: str, *, words: str, kind: Kind, speaker: str, value: str, note: str
) -> Decision:
    """The line that changes a claim. Raises ClaimdeskError for words, or a value, that cannot be read."""
    claim = checked.claim
    span = claim.span if words == claim.text else locate_words(report.text.text, words, claim.span)
    line = edit_claim(report, checked, reviewer, span=span, kind=kind, speaker=speaker, value=value, note=note)
    same = (span, kind) == (claim.span, claim.kind)
    read = claim if same else read_words(report.text, span, kind)
    correct(read, speaker.strip(), value.strip(), report.text)
    return line
