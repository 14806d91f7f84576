"""One sentence rewritten so that the label of the two is known: negated, opposite, sides exchanged, only possible.

Each rewrite takes a parsed clause and gives a changed sentence, or nothing where the grammar is not plain enough.
They teach; the rules of the checks decide on their own whether a text says the opposite.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimdesk.language.parse import Parsed
from claimdesk.training.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_BE = frozenset("am is are was were".split())
_PLURAL = frozenset("NNS NNPS".split())
# Verbs of which both sides say the same, and verbs that need no second side.
SYMMETRIC = frozenset(
    "meet marry resemble equal play face join include have contain mean cost say feature star involve divorce".split()
)
_MODALS = ("may", "might", "could", "will", "would")
_TRIED = ("failed to", "refused to", "declined to", "was unable to")
_OPEN = ("tried to", "planned to", "considered whether to", "was expected to", "was asked to", "threatened to")
_SOON = ("is expected to", "is likely to", "is due to", "plans to", "intends to", "hopes to")
_ALL = {"all": "some", "every": "some", "each": "some", "both": "one", "most": "few", "many": "few", "several": "no"}


@dataclass(frozen=True)
class Clause:
    """A plain main clause: its text, its finite verb with auxiliaries, its subject and its direct object."""

    text: str
    root: Token
    subject: Token
    object: Token | None
    auxiliary: Token | None
    negated: bool

    def phrase(self, head: Token) -> tuple[int, int]:
        """Where the phrase of a head begins and ends."""
        return head.left_edge.idx, head.right_edge.idx + len(head.right_edge)

    def cut(self, start: int, end: int, words: str) -> str:
        """The sentence with the characters from ``start`` to ``end`` replaced."""
        return tidy(self.text[:start] + words + self.text[end:])


def read_clause(sentence: str) -> Clause | None:
    """A sentence as a plain clause with one finite verb and a subject before it; None for anything harder."""
    if not 20 <= len(sentence) <= 240 or sentence.count('"') or "“" in sentence or sentence.endswith("?"):
        return None
    parsed = Parsed(sentence)
    if len(parsed.sentences) != 1:
        return None
    root = next((token for token in parsed.doc if token.dep_ == "ROOT"), None)
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return None
    subject = next((child for child in root.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    auxiliaries = [child for child in root.lefts if child.dep_ in ("aux", "auxpass")]
    negated = any(child.dep_ == "neg" for child in root.children) or "n't" in sentence
    target = next((child for child in root.rights if child.dep_ in ("dobj", "obj")), None)
    finite = auxiliaries[0] if auxiliaries else None
    if finite is None and root.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    return Clause(sentence, root, subject, target, finite, negated)


def negate(clause: Clause) -> str | None:
    """The clause denied: did not rise, was not closed. None where it is denied already."""
    if clause.negated or re.search(r"\b(?:no|none|never|neither|nobody|nothing)\b", clause.text, re.I):
        return None
    verb = clause.auxiliary or (clause.root if clause.root.text.lower() in _BE else None)
    if verb is not None:
        end = verb.idx + len(verb)
        return clause.cut(end, end, " not")
    return clause.cut(*_span(clause.root), f"{_do(clause)} not {clause.root.lemma_}")


def fail(clause: Clause, rng: random.Random) -> str | None:
    """The deed left undone: failed to win. Conflicts with the deed."""
    return _infinitive(clause, rng.choice(_TRIED))


def attempt(clause: Clause, rng: random.Random) -> str | None:
    """The deed only tried, planned or asked for; says nothing of whether it was done."""
    return _infinitive(clause, rng.choice(_OPEN))


def weaken(clause: Clause, rng: random.Random) -> str | None:
    """The deed only possible or still to come: may resign, is expected to resign."""
    if clause.root.text.lower() in _BE and clause.auxiliary is None:
        return clause.cut(*_span(clause.root), f"{rng.choice(_MODALS)} be")
    if clause.auxiliary is not None and clause.auxiliary.lower_ in ("was", "were", "is", "are") and not clause.negated:
        return clause.cut(*_span(clause.auxiliary), f"{rng.choice(_MODALS)} be")
    soon = _SOON if clause.subject.tag_ not in _PLURAL and clause.subject.pos_ != "PRON" else ()
    return _infinitive(clause, rng.choice((*_MODALS, *_MODALS, *soon)))


def oppose(clause: Clause, lexicon: Lexicon, rng: random.Random) -> str | None:
    """The clause with one verb, adjective or adverb replaced by its opposite in the same form."""
    words = [token for token in clause.root.doc if token.pos_ in ("VERB", "ADJ", "ADV") and token.is_alpha]
    rng.shuffle(words)
    words.sort(key=lambda token: token is not clause.root)  # the verb of the sentence first
    for token in words:
        others = lexicon.opposite(token.lemma_.lower(), token.pos_)
        plain = token.pos_ == "VERB" or token.tag_ in ("JJ", "RB")
        if others and plain:
            other = rng.choice(others)
            form = lexicon.inflect(other, token.tag_) if token.pos_ == "VERB" else other
            return clause.cut(*_span(token), form)
    return None


def exchange(clause: Clause) -> str | None:
    """Subject and object changed over: Jones defeated Smith. None for verbs of which both sides say the same."""
    if clause.object is None or clause.root.lemma_ in SYMMETRIC or clause.negated:
        return None
    one, two = clause.subject, clause.object
    alike = one.pos_ == two.pos_ == "PROPN" or (one.pos_ == two.pos_ == "NOUN" and one.tag_ == two.tag_)
    if not alike or one.ent_type_ != two.ent_type_:
        return None
    (start, end), (begin, stop) = clause.phrase(one), clause.phrase(two)
    if end > begin:
        return None
    text = clause.text
    return tidy(f"{text[:start]}{text[begin:stop]}{text[end:begin]}{_lower(text[start:end], one)}{text[stop:]}")


def passive(clause: Clause, lexicon: Lexicon) -> str | None:
    """The clause told from the other side, with the same meaning: Jones was defeated by Smith."""
    if clause.object is None or clause.auxiliary is not None or clause.root.tag_ != "VBD" or clause.negated:
        return None
    if clause.root.lemma_ in SYMMETRIC or clause.subject.pos_ == "PRON" or clause.object.pos_ == "PRON":
        return None
    (start, end), (begin, stop) = clause.phrase(clause.subject), clause.phrase(clause.object)
    text = clause.text
    between = text[clause.root.idx + len(clause.root) : begin].strip()
    if end > clause.root.idx or between or text[:start].strip() or text[end : clause.root.idx].strip():
        return None
    be = "were" if clause.object.tag_ in _PLURAL else "was"
    participle = lexicon.inflect(clause.root.lemma_, "VBN")
    doer = _lower(text[start:end], clause.subject)
    return tidy(f"{text[begin:stop]} {be} {participle} by {doer}{text[stop:]}")


def requantify(clause: Clause) -> tuple[str, bool] | None:
    """Another quantifier in the subject, and whether the two exclude each other: all / some, most / few."""
    first = clause.subject.left_edge
    word = first.text.lower()
    if word not in _ALL or clause.negated:
        return None
    other = _ALL[word]
    return clause.cut(*_span(first), other), word in ("most", "many", "several")


def _infinitive(clause: Clause, before: str) -> str | None:
    if clause.auxiliary is not None or clause.negated or clause.root.text.lower() in _BE:
        return None
    if before.startswith("was ") and clause.subject.tag_ in _PLURAL:
        before = "were " + before[4:]
    return clause.cut(*_span(clause.root), f"{before} {clause.root.lemma_}")


def _do(clause: Clause) -> str:
    return {"VBD": "did", "VBZ": "does"}.get(clause.root.tag_, "do")


def _span(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


def _lower(phrase: str, head: Token) -> str:
    """A phrase that stood at the start of a sentence as it is written within one."""
    first = head.left_edge
    keeps = first.pos_ == "PROPN" or first.ent_type_ or first.text.isupper() or first.text == "I"
    return phrase if keeps else phrase[:1].lower() + phrase[1:]


def tidy(text: str) -> str:
    """One space between words, a capital at the start."""
    text = " ".join(text.split())
    return text[:1].upper() + text[1:]
