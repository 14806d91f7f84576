"""Attributions that no verb makes: in the latest poll, Moreau leads; in Lind's view; "Lind: port to close soon"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimdesk.language.parse import Parsed
from claimdesk.model import Span
from claimdesk.quotes.attitudes import attitude_table
from claimdesk.quotes.attribution import near
from claimdesk.quotes.frames import Frame
from claimdesk.quotes.quotable import headline_of

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_SENTENCE = 2_000  # characters: to ask a word for its dependents takes as long as its clause is
# A headline's speaker before a colon, without marks behind it.
_HEADLINE = re.compile(r"([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}): (?=[^\W_])(?=.*\w+ \w+ \w+)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A cue with its content before anybody knows who is meant; ``source`` is the head of the speaker's phrase."""

    cue: Token
    lemma: str
    group: str
    frame: Frame
    content: Span
    source: Token | None


def lead_ins(parsed: Parsed) -> Iterator[Draft]:
    """The lead-ins of a text: at most one for each sentence, and one for the headline."""
    yield from _headline(parsed)
    for sentence in parsed.sentences:
        if len(sentence) > LONGEST_SENTENCE:
            continue
        tokens = parsed.tokens(sentence)
        if len(tokens) > 4 and tokens[0].lower_ == "in" and tokens[0].idx == sentence.start:
            yield from _in_document(tokens[0], sentence, parsed.text)


def _in_document(word: Token, sentence: Span, text: str) -> Iterator[Draft]:
    table = attitude_table()
    noun = next((child for child in near(word.rights) if child.dep_ == "pobj"), None)
    if noun is None or noun.i > word.i + 12:
        return
    owner = next((child for child in near(noun.lefts) if child.dep_ == "poss"), None)
    if noun.lemma_.casefold() in table.documents:
        source: Token | None = noun
    else:
        source = owner if noun.lower_ in table.views or noun.lemma_.casefold() in table.views else None
    comma = text.find(",", noun.idx, sentence.end)
    if source is None or comma < 0 or comma > noun.idx + 200:
        return
    rest = text[comma + 1 : sentence.end]
    start, end = comma + 1 + len(rest) - len(rest.lstrip()), comma + 1 + len(rest.rstrip(" .\n"))
    if end - start > 10 and rest.lstrip()[:1] not in "\"“'‘":
        yield Draft(word, "in", "speech", Frame("lead_in", noun.i, noun.i, word.i), Span(start, end), source)


def _headline(parsed: Parsed) -> Iterator[Draft]:
    line = headline_of(parsed)
    found = _HEADLINE.match(line.of(parsed.text)) if line is not None else None
    if line is None or found is None:
        return
    words = list(parsed.tokens(Span(line.start, line.start + found.end(1))))
    colon = next(
        (t for t in parsed.tokens(Span(line.start + found.end(1), line.start + found.end())) if t.text == ":"), None
    )
    if colon is None or not words or words[-1].pos_ not in ("PROPN", "NOUN"):
        return
    frame = Frame("lead_in", colon.i, colon.i, colon.i)
    yield Draft(colon, ":", "speech", frame, Span(line.start + found.end(), line.end), words[-1])
