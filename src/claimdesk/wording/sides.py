"""Whose side is meant: pronouns and possessives of a reported clause, followed to the speaker or to a named party."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimdesk.analysis import Part
from claimdesk.language.text import words
from claimdesk.model import Quote, Span
from claimdesk.wording.attributed import claimed, spoken_by
from claimdesk.wording.clauses import Clause
from claimdesk.wording.identity import Likeness
from claimdesk.wording.protected import function_words, stem
from claimdesk.wording.referents import people
from claimdesk.wording.restate import Content, akin_names, fit, restatements

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRST = frozenset(("i", "we", "me", "us", "my", "our"))
_THIRD = frozenset(("it", "they", "he", "she"))
_OWNERS = frozenset(("its", "their", "our", "his", "her", "my"))
_NAMED = frozenset(("GPE", "NORP", "ORG", "PERSON"))
_PLACING = frozenset(("in", "at", "on", "near", "around", "outside", "across"))
_BEFORE = 3  # sentences before a pronoun in which its name is looked for
_LABEL_END = re.compile(r"(?:\s[A-Z][\w.'’-]*){0,5}:\s")


@dataclass(frozen=True)
class Sides:
    """The speaker's own names, and whether claim and evidence have one speaker.

    ``own`` are stems of names in what is known of the speaker; ``same`` holds where the speaker is the same or the
    body that he speaks for.
    """

    own: frozenset[str]
    same: bool
    part: Part

    def is_own(self, word: str) -> bool:
        """Whether a stem names the speaker's own side: Norland or Norlandic for the president of Norland."""
        return any(akin_names(word, name) for name in self.own)

    def actor(self, mine: Clause, theirs: Clause) -> Likeness | None:
        """Whether the subjects are one where a pronoun or a possessive stands in either; None where none does."""
        if mine.subject and theirs.subject:
            return self._owned(mine, theirs)
        if mine.pronoun and theirs.subject:
            return self._speaker(mine.pronoun, theirs)
        if mine.subject and theirs.pronoun:
            if theirs.pronoun in FIRST:
                return Likeness.SAME if self.same or not mine.owner else Likeness.UNKNOWN
            if theirs.pronoun in _THIRD and self.stands_for(theirs, mine.subject):
                return Likeness.SAME
            return self._speaker(theirs.pronoun, mine)
        return None

    def _owned(self, mine: Clause, theirs: Clause) -> Likeness | None:
        """*Its forces* beside *Norland's forces*: one where the name is the speaker's."""
        if mine.owner not in _OWNERS or theirs.owner in _OWNERS or mine.subject[-1] != theirs.subject[-1]:
            return None
        others = theirs.subject[:-1]
        return Likeness.SAME if any(self.is_own(word) for word in others) else Likeness.UNKNOWN

    def _speaker(self, pronoun: str, named: Clause) -> Likeness:
        """A pronoun that can be the speaker, beside a noun phrase that is the speaker or the speaker's forces."""
        if not self.same or pronoun not in _THIRD | FIRST:
            return Likeness.UNKNOWN
        if named.owner in _OWNERS and named.subject[-1] in _forces():
            return Likeness.SAME
        return Likeness.SAME if all(self.is_own(word) for word in named.subject) else Likeness.UNKNOWN

    def implies(self, term: Content, mine: Clause, theirs: Clause) -> bool:
        """Whether a word of the claim that the evidence lacks stands there as a pronoun of its part."""
        if term.stem in _forces() and mine.owner in _OWNERS and term.role == "subject" and theirs.pronoun:
            return self.same and theirs.pronoun in _THIRD | FIRST
        if not term.name:
            return False
        if term.role == "subject" and theirs.pronoun:
            if theirs.pronoun in FIRST:
                return self.same and self.is_own(term.stem)
            return self.stands_for(theirs, (term.stem,))
        if not self.same or not self.is_own(term.stem):
            return False
        if term.role == "part":
            return theirs.owner in _OWNERS
        return any(word in FIRST and role and fit(term.role, role) for word, role in theirs.pronouns)

    def stands_for(self, theirs: Clause, name: tuple[str, ...]) -> bool:
        """Whether *they* or *it* of the evidence can only be a name: the one party named last before it."""
        if theirs.pronoun not in _THIRD:
            return False
        found = self._antecedent(theirs.head)
        return bool(found) and all(any(akin_names(word, other) for other in found) for word in name)

    def _antecedent(self, where: Span) -> tuple[str, ...]:
        """The stems of the one name in the nearest sentence before that has any; the speaker's own do not count."""
        parsed = self.part.view.analysis.parsed
        index = bisect_right(parsed.sentences, where.start, key=lambda sentence: sentence.start) - 1
        for sentence in reversed(parsed.sentences[max(0, index - _BEFORE) : index]):
            names = [token for token in parsed.tokens(sentence) if self._is_party(token, parsed.text)]
            stems = {stem(token.lower_) for token in names}
            if not stems:
                continue
            first = min(stems)
            alike = all(akin_names(first, other) for other in stems) or _adjacent(names)
            return tuple(sorted(stems)) if alike else ()
        return ()

    def _is_party(self, token: Token, text: str) -> bool:
        """Whether a token names somebody who can act: no place where something is, no label, no title."""
        if token.ent_type_ not in _NAMED and token.pos_ != "PROPN":
            return False
        if token.pos_ not in ("PROPN", "ADJ", "NOUN") or token.lower_.rstrip(".") in people()["titles"]:
            return False
        if token.dep_ == "pobj" and token.head.lower_ in _PLACING:
            return False
        if _LABEL_END.match(text, token.idx + len(token)) or text[token.idx + len(token) :][:1] == ":":
            return False
        return not self.is_own(stem(token.lower_))


def _adjacent(tokens: list[Token]) -> bool:
    """Whether tokens make up one name: *the Norland Army*."""
    return all(after.i - before.i == 1 for before, after in zip(tokens, tokens[1:], strict=False))


def _forces() -> frozenset[str]:
    return frozenset(stem(word) for word in restatements()["own_forces"])


def sides(quote: Quote, part: Part, carrier: Quote | None, where: Span, who: Likeness) -> Sides:
    """The speaker's own names, from the claim and, where it is the same speaker, from the evidence."""
    mine, theirs = claimed(quote), spoken_by(part, carrier, where)
    same = who in (Likeness.SAME, Likeness.GENERALIZED)
    texts = [mine.name, mine.role, mine.org] if mine else []
    if same and theirs:
        texts += [theirs.name, theirs.role, theirs.org]
    if same and part.meta.type in ("transcript", "statement"):
        texts += [part.meta.publisher]
    return Sides(frozenset(word for text in texts for word in _names(text)), same, part)


def _names(text: str) -> list[str]:
    """The stems of the capitalized words of a description that are no office, title or kind of body."""
    lists = people()
    plain = {*lists["offices"], *lists["organizations"], *lists["titles"], *lists["own_groups"], *function_words()}
    found = []
    for word in words(text):
        norm = word.norm.removesuffix("'s").removesuffix("s'")
        if word.span.of(text)[:1].isupper() and norm not in plain:
            found.append(stem(norm))
    return found
