"""Where one number stands: its sentence, its tokens, and the words in front of it and behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from claimdesk.analysis import Analysis
from claimdesk.language.concepts import stem, tables
from claimdesk.language.terms import lemma_of, phrases
from claimdesk.language.text import fold
from claimdesk.model import Form, Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_EARLIER_ONE = (
    r"(?:a |an |the |its |their |some )?(?:(?:earlier|previous|prior|initial|original) [a-z]{3,20} (?:of|for) )?$"
)
_FROM = re.compile(rf"(?:\bfrom|\bcompared (?:with|to)|\bagainst|\bversus|\bthan) {_EARLIER_ONE}", re.IGNORECASE)
_BESIDE = re.compile(rf"(?:\bcompared (?:with|to)|\bagainst|\bversus) {_EARLIER_ONE}", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:earlier|before|previous|prior|last|ago|then|forecast|expected|planned)\b", re.IGNORECASE)
_GROUP = re.compile(r" (?:[a-z]{2,20} )?(?:in|among|at|for) (?=the [a-z])")
_SPANNING = frozenset(["run", "range", "extend", "vary", "span", "stretch"])
_TO = re.compile(r"\bto (?:a |an |the )?(?:record |new |total of )?$", re.IGNORECASE)
_BY = re.compile(r"\bby (?:a |an |another )?$", re.IGNORECASE)
MOVES = frozenset(["go", "move", "change", "raise", "bring", "take", "come"])


@dataclass(frozen=True)
class Spot:
    """A quantity in its sentence; ``siblings`` are the other quantities there, ``skip`` what is no content word."""

    analysis: Analysis
    quantity: Quantity
    sentence: Span
    siblings: tuple[Quantity, ...]
    skip: tuple[Span, ...]

    @cached_property
    def text(self) -> str:
        """The folded sentence."""
        return fold(self.sentence.of(self.analysis.parsed.text))

    @property
    def before(self) -> str:
        """The last words of the sentence in front of the quantity."""
        return self.text[: self.quantity.span.start - self.sentence.start][-60:]

    @property
    def after(self) -> str:
        """The next words of the sentence behind the quantity."""
        return self.text[self.quantity.span.end - self.sentence.start :][:80]

    @cached_property
    def inside(self) -> frozenset[int]:
        """The indices of the quantity's own tokens."""
        parsed = self.analysis.parsed
        return frozenset(
            token.i for span in (self.quantity.span, self.quantity.number) for token in parsed.tokens(span)
        )

    @cached_property
    def top(self) -> Token:
        """The token by which the quantity hangs in the sentence."""
        span = self.quantity.span if self.quantity.unit else self.quantity.number
        tokens = [token for token in self.analysis.parsed.tokens(span) if not token.is_space]
        node = next((token for token in tokens if not token.is_punct), tokens[0])
        for _ in range(20):
            if node.head == node or node.head.i not in self.inside:
                break
            node = node.head
        return node

    def elsewhere(self, token: Token) -> bool:
        """Whether a token is part of another quantity."""
        return any(other.span.start <= token.idx < other.span.end for other in self.siblings)

    def outside(self, token: Token) -> list[Token]:
        """The tokens below a word, without the quantity's own."""
        return [each for each in token.subtree if each.i not in self.inside]

    def step(self, verb: Token) -> str:
        """The preposition that makes the number one end, or the size, of a change: from, to, by; else ""."""
        before = self.before
        if self.quantity.form is Form.RANGE and before.rstrip().endswith("from"):
            return ""
        if verb.lemma_.lower() in _SPANNING and before.rstrip().endswith("from"):
            return ""
        if (_FROM.search(before) and not _BESIDE.search(before)) or (_BESIDE.search(before) and self._over_time):
            return "from"
        lemma = lemma_of(verb)
        if way_of(verb) or lemma in MOVES or re.search(r"\b(?:up|down) (?:to|by) $", before):
            return self.lead
        return ""

    @property
    def _over_time(self) -> bool:
        """Whether a comparison is one of times ("with 2,900 in 2023"), not of groups ("with 104 in the south")."""
        if _EARLIER.search(self.text):
            return True
        group = _GROUP.match(self.after)
        behind = self.quantity.span.end + (group.end() if group else 0)
        if group and not any(ref.span.start <= behind < ref.span.end for ref in self.analysis.dates):
            return False
        return any(self.sentence.contains(ref.span) for ref in self.analysis.dates) or any(
            (token.lower_ in tables().direction or token.lemma_.lower() in tables().direction)
            and not _names_event(token)
            for token in self.analysis.parsed.tokens(self.sentence)
        )

    @property
    def lead(self) -> str:
        """``to`` or ``by`` where that word stands right in front."""
        return "to" if _TO.search(self.before) else "by" if _BY.search(self.before) else ""


def way_of(token: Token) -> str:
    """``up`` or ``down`` where a word says so; not where it names an event with its complement: "fell ill"."""
    return "" if _names_event(token) else tables().direction.get(lemma_of(token), "")


def _names_event(token: Token) -> bool:
    return any(
        child.pos_ == "ADJ" and f"{lemma_of(token)} {child.lower_}" in tables().events for child in token.children
    )


def object_of(token: Token) -> Token | None:
    """The word after "of" below a token."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((inner for inner in child.children if inner.dep_ in ("pobj", "pcomp")), None)
    return None


def last_noun(tokens: list[Token]) -> Token | None:
    """The head of a noun phrase: its last noun before a preposition, a verb or a comma."""
    last = None
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
        elif token.pos_ in ("ADP", "PUNCT", "VERB", "AUX", "CCONJ") and last is not None:
            break
    return last


def events_of(token: Token) -> frozenset[str]:
    """The events that a verb or participle names; a verb outside the tables names itself, a framing one nothing."""
    table = tables()
    if token.lemma_.lower() in ("take", "make") and any(child.lower_ == "up" for child in token.children):
        return frozenset()  # takes up a third: no event, only a share
    led = frozenset(group for phrase in phrases(token) for group in table.events.get(phrase, ()))
    if led:
        return led
    lemma = lemma_of(token)
    if lemma in table.words["light"] or token.pos_ not in ("VERB", "AUX", "ADJ") or lemma in table.direction:
        return frozenset()
    return named_event(lemma)


def named_event(lemma: str) -> frozenset[str]:
    """The event groups of a verb, else its own stem."""
    return tables().events.get(lemma) or frozenset(["~" + stem(lemma)])
