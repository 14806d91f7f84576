"""Attributions that no verb makes: in the latest poll, Moreau leads; "Lind: port to close soon".

A transcript's turns are of the same kind: what stands behind "LIND: " is attributed to her as a whole.
"""

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
from claimdesk.quotes.word_reports import led_in

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_SENTENCE = 2_000  # characters: to ask a word for its dependents takes as long as its clause is
# A headline's speaker before a colon.
_HEADLINE = re.compile(r"([A-Z][\w.&’'/-]*(?: [\w.&’'/-]+){0,5}): (?=[\"“'‘]?[^\W_])(?=.*\w+ \w+ \w+)")
_LONGEST_HEADLINE = 200
# A turn of a transcript, with the mark that opens it where a whole transcript is quoted.
_TURN = re.compile(r"[\"“]?([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}): (?=\S)")
_FEWEST_TURNS = 3
_LONGEST_TURN = 1_000


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
    """The lead-ins of a text: at most one for each sentence, and one for the headline or for each turn."""
    turns = list(_turns(parsed))
    yield from turns or _headline(parsed)
    for sentence in parsed.sentences:
        if len(sentence) > LONGEST_SENTENCE:
            continue
        tokens = parsed.tokens(sentence)
        if len(tokens) > 4 and tokens[0].lower_ == "in" and tokens[0].idx == sentence.start:
            yield from _in_document(tokens[0], sentence, parsed.text)


def _in_document(word: Token, sentence: Span, text: str) -> Iterator[Draft]:
    noun = next((child for child in near(word.rights) if child.dep_ == "pobj"), None)
    if noun is None or noun.i > word.i + 12 or noun.lemma_.casefold() not in attitude_table().documents:
        return
    content = led_in(noun, sentence, text)
    if content is not None:
        yield Draft(word, "in", "speech", Frame("lead_in", noun.i, noun.i, word.i), content, noun)


def _headline(parsed: Parsed) -> Iterator[Draft]:
    line = parsed.paragraphs[0] if parsed.paragraphs else None
    if line is None or len(line) > _LONGEST_HEADLINE or len(parsed.paragraphs) < 2:
        return
    found = _HEADLINE.match(line.of(parsed.text))
    if found is None or attitude_table().labels & {found.group(1).casefold(), found.group(1).split()[-1].casefold()}:
        return
    end = line.start + len(line.of(parsed.text).split("\n")[0].rstrip(" .;"))
    yield from _behind_colon(parsed, Span(line.start, line.start + found.end(1)), Span(line.start + found.end(), end))


def _turns(parsed: Parsed) -> Iterator[Draft]:
    text, labels = parsed.text, attitude_table().labels
    turns = [
        (span, found)
        for span in parsed.paragraphs
        if (found := _TURN.match(text, span.start, span.end)) and found.group(1).casefold() not in labels
    ]
    if len(turns) < _FEWEST_TURNS or len({found.group(1) for _, found in turns}) < 2:
        return
    for span, found in turns:
        content = Span(found.end(), min(span.end, found.end() + _LONGEST_TURN))
        yield from _behind_colon(parsed, Span(*found.span(1)), content)


def _behind_colon(parsed: Parsed, name: Span, content: Span) -> Iterator[Draft]:
    """The draft of a speaker before a colon; none where the parse has no noun there, or nothing stands behind."""
    words = [word for word in parsed.tokens(name) if word.pos_ in ("PROPN", "NOUN", "ADJ")]
    colon = next((t for t in parsed.tokens(Span(name.end, name.end + 1)) if t.text == ":"), None)
    if colon is None or not words or content.end <= content.start:
        return
    yield Draft(colon, ":", "speech", Frame("lead_in", colon.i, colon.i, colon.i), content, words[-1])
