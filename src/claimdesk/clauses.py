"""Clauses as a comparison needs them: who did what to whom, and under which frame (negated, modal, conditional)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimdesk.analysis import View
from claimdesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODALS = frozenset("will would can could may might shall should must ought".split())
_INTENT = frozenset(
    "want plan intend hope aim try expect offer propose seek consider threaten promise vow pledge agree prepare".split()
)
_CONDITION = frozenset(("if", "unless", "provided", "whether", "suppose"))
_DENIAL = frozenset("deny reject dismiss refute dispute doubt refuse fail".split())
_HEDGES = frozenset("reportedly allegedly apparently possibly perhaps probably likely unlikely seemingly".split())
_RESTRICTION = frozenset("only merely solely except".split())
_NEGATIVE_WORDS = frozenset("not never no none nobody nothing neither nor hardly barely without n't".split())
_LIGHT = frozenset("be have do make take get become go come say tell".split())


@dataclass(frozen=True)
class Clause:
    """A verb with its arguments as lemmas; passive voice is turned active (subject and object swapped back)."""

    predicate: str
    span: Span
    subject: frozenset[str]
    object: frozenset[str]
    negated: bool
    modal: bool
    conditional: bool
    hedged: bool
    restricted: bool
    reported: bool

    @property
    def frame(self) -> tuple[bool, bool, bool, bool, bool]:
        """The five flags of domain rule 0.7, in its order: negation, modality, condition, hedge, restriction."""
        return (self.negated, self.modal, self.conditional, self.hedged, self.restricted)


FRAME_NAMES = ("negation", "modality", "condition", "hedge", "restriction")


def clauses(view: View) -> list[Clause]:
    """The clauses of a stretch of text in order; a verb without subject and object is none."""
    found = []
    for token in view.tokens:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        subject, target = _arguments(token)
        if subject or target:
            found.append(_clause(token, subject, target))
    return found


def _clause(verb: Token, subject: frozenset[str], target: frozenset[str]) -> Clause:
    chain = [verb, *_governors(verb)]
    kids = list(verb.children)
    words = {child.lower_ for child in kids}
    negations = sum(_is_negative(child) for child in kids)
    negations += sum(_has_no(child) for child in kids if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"))
    negations += sum(head.lemma_ in _DENIAL for head in chain[1:])
    negations += sum(_is_negative(child) for head in chain[1:] for child in head.children if head.lemma_ != "say")
    modal = any(child.lower_ in _MODALS and child.dep_ == "aux" for child in kids)
    modal = modal or any(head.lemma_ in _INTENT and verb.dep_ in ("xcomp", "ccomp") for head in chain[1:])
    return Clause(
        predicate=verb.lemma_.casefold(),
        span=Span(verb.idx, verb.idx + len(verb)),
        subject=subject,
        object=target,
        negated=negations % 2 == 1,
        modal=modal,
        conditional=any(child.lower_ in _CONDITION for node in chain for child in node.children),
        hedged=bool(words & _HEDGES),
        restricted=any(child.lower_ in _RESTRICTION for node in kids for child in (node, *node.children)),
        reported=any(head.lemma_ in ("say", "claim", "allege", "report", "tell") for head in chain[1:]),
    )


def _governors(verb: Token) -> list[Token]:
    """The verbs above a complement clause, nearest first."""
    found, node = [], verb
    while node.dep_ in ("ccomp", "xcomp", "advcl", "acl", "pcomp") and node.head is not node and len(found) < 6:
        node = node.head
        found.append(node)
        if node.dep_ == "advcl":
            break
    return found


def _arguments(verb: Token) -> tuple[frozenset[str], frozenset[str]]:
    subjects: list[Token] = []
    objects: list[Token] = []
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj"):
            subjects += _phrase_heads(child)
        elif child.dep_ in ("nsubjpass", "dobj", "attr", "oprd", "dative", "acomp"):
            objects += _phrase_heads(child)
        elif child.dep_ == "agent":
            subjects += [head for grandchild in child.children for head in _phrase_heads(grandchild)]
    if not subjects and verb.dep_ == "conj":
        head = verb.head
        subjects = [node for child in head.children if child.dep_ == "nsubj" for node in _phrase_heads(child)]
    return _lemmas(subjects), _lemmas(objects)


def _phrase_heads(token: Token) -> list[Token]:
    """The head of a noun phrase with its names, and those joined to it by "and"."""
    found = [token, *(child for child in token.children if child.dep_ in ("compound", "flat") and child.pos_ == "PROPN")]
    for child in token.children:
        if child.dep_ == "conj":
            found += _phrase_heads(child)
    return found


def _lemmas(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(token.lemma_.casefold() for token in tokens if token.is_alpha)


def _is_negative(token: Token) -> bool:
    return token.dep_ == "neg" or token.lower_ in _NEGATIVE_WORDS


def _has_no(token: Token) -> bool:
    return token.lower_ in ("none", "nobody", "nothing") or any(child.lower_ in ("no", "neither") for child in token.children)


def content_lemmas(view: View) -> dict[str, Span]:
    """The words that carry a stretch's content, as lemmas with the place of their first occurrence."""
    found: dict[str, Span] = {}
    for token in view.tokens:
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and not token.is_stop and token.lemma_ not in _LIGHT:
            found.setdefault(token.lemma_.casefold(), Span(token.idx, token.idx + len(token)))
    return found
