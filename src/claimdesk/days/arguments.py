"""Who and what an event is about: the arguments of a verb or of a noun that names an event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimdesk.analysis import View
from claimdesk.dates.patterns import date_words
from claimdesk.language.terms import Term, content, subject, term

if TYPE_CHECKING:
    from spacy.tokens import Token

AGENT, PATIENT, EITHER, SIDE = "agent", "patient", "either", "side"
_CUT = frozenset(["relcl", "advcl", "ccomp", "parataxis", "appos", "acl", "punct"])
_LONGEST = 60  # words of one argument that are read
_INITIAL = re.compile(r"[a-z]\.?|[a-z]\.[a-z]\.?")


@dataclass(frozen=True, slots=True)
class Argument:
    """A noun phrase beside an event.

    ``role`` is ``agent``, ``patient``, ``either`` (the vote of the council, the port reopened) or ``side``. ``terms``
    are its content words, ``names`` its proper names as sets of lower-case words, ``numbers`` its numerals.
    ``open`` says that it names nobody by itself: he, the two sides. ``place`` is the index of its head.
    """

    role: str
    head: Term
    terms: tuple[Term, ...]
    names: tuple[frozenset[str], ...]
    numbers: frozenset[str]
    open: bool
    place: int


def dated(token: Token, view: View) -> bool:
    """Whether a token belongs to a date expression."""
    return any(ref.span.start <= token.idx < ref.span.end for ref in view.analysis.dates)


def arguments_of(view: View, head: Token, lone: bool = False) -> tuple[Argument, ...]:
    """The arguments of a verb or noun; ``lone`` leaves a subject that stands further up alone."""
    found = list(_own(view, head))
    if head.pos_ in ("VERB", "AUX") and not lone:
        found += _inherited(view, head)
    return tuple(found)


def _own(view: View, head: Token) -> Iterator[Argument]:
    has_object = any(child.dep_ in ("dobj", "ccomp", "xcomp") for child in head.children)
    for child in head.children:
        if dated(child, view):
            continue
        dep = child.dep_
        if dep in ("nsubj", "csubj"):
            yield from _read(view, child, AGENT if has_object else EITHER)
        elif dep in ("nsubjpass", "dobj", "attr", "oprd"):
            yield from _read(view, child, PATIENT)
        elif dep == "poss":
            yield from _read(view, child, EITHER)
        elif dep in ("compound", "amod", "nmod", "dative", "acomp") and child.pos_ not in ("DET", "PRON"):
            yield from _read(view, child, SIDE)
        elif dep in ("prep", "agent"):
            role = AGENT if dep == "agent" or child.lower_ == "by" else EITHER if child.lower_ == "of" else SIDE
            for low in child.children:
                if low.dep_ in ("pobj", "pcomp") and not dated(low, view):
                    yield from _read(view, low, role)
                    if (
                        role == EITHER
                    ):  # the parser hangs "by Sarnia" on the valley in "invasion of the valley by Sarnia"
                        yield from _doers(view, low)
        elif dep == "xcomp":
            for low in child.children:
                if low.dep_ == "dobj" and not dated(low, view):
                    yield from _read(view, low, PATIENT)


def _doers(view: View, token: Token) -> Iterator[Argument]:
    for child in token.children:
        if child.lower_ == "by":
            for low in child.children:
                if low.dep_ == "pobj" and not dated(low, view):
                    yield from _read(view, low, AGENT)


def _inherited(view: View, verb: Token) -> Iterator[Argument]:
    """The subject that a verb shares with another, and the noun that a relative clause is about."""
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    has_object = any(child.dep_ == "dobj" for child in verb.children)
    shared = subject(verb)
    if shared is not None and (not own or shared.i not in [child.i for child in own]):
        role = PATIENT if passive or (verb.dep_ == "acl" and verb.tag_ == "VBN") else AGENT if has_object else EITHER
        yield from _read(view, shared, role)
    if verb.dep_ == "relcl" and own and own[0].lower_ not in ("who", "which", "that") and not passive:
        objects = [child for child in verb.children if child.dep_ == "dobj"]
        if not objects or objects[0].lower_ in ("that", "which", "whom"):
            yield from _read(view, verb.head, PATIENT)


def _read(view: View, head: Token, role: str) -> Iterator[Argument]:
    """The phrase of a head, and the phrases joined to it."""
    if head.lower_ in ("that", "which", "who", "whom"):
        return
    if head.pos_ == "PRON":
        meant = _antecedent(view, head)
        if meant is not None:
            yield from _read(view, meant, role)
        elif head.lower_ not in ("it", "there") or head.dep_ != "expl":
            yield Argument(role, term(head), (), (), frozenset(), True, head.i)
        return
    tokens = phrase(head, view)
    spans = [ref.span for ref in view.analysis.dates]
    plain = [low for low in tokens if not any(char.isdigit() for char in low.text)]
    numbers = {low.lower_ for low in tokens if low.pos_ == "NUM" or low.lower_ in _ordinals()}
    generic = head.lemma_.lower() in date_words()["events"]["generic"].split()
    yield Argument(
        role,
        term(head),
        content(plain, spans),
        tuple(names_in(tokens)),
        frozenset(numbers),
        generic and all(low.pos_ in ("DET", "NUM", "NOUN", "ADJ") for low in tokens),
        head.i,
    )


def _ordinals() -> tuple[str, ...]:
    return ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last")


def phrase(head: Token, view: View) -> list[Token]:
    """The words of a noun phrase in order, without dates, relative clauses and appositions."""
    found: list[Token] = []
    stack = [head]
    while stack and len(found) < _LONGEST:
        node = stack.pop()
        found.append(node)
        for child in node.children:
            verbal = child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")
            if child.dep_ not in _CUT and not verbal and not dated(child, view):
                stack.append(child)
    return sorted(found, key=lambda token: token.i)


def names_in(tokens: Iterable[Token]) -> Iterator[frozenset[str]]:
    """Proper names as sets of lower-case words; titles and initials are left out."""
    titles = frozenset(date_words()["events"]["titles"].split())
    current: set[str] = set()
    last = -2
    for token in tokens:
        if token.pos_ != "PROPN" and not (token.ent_type_ == "NORP" and token.is_title):
            continue
        word = token.lower_.strip(".'’")
        if token.i != last + 1 and current:
            yield frozenset(current)
            current = set()
        last = token.i
        if word and word not in titles and not _INITIAL.fullmatch(word):
            current.add(word)
    if current:
        yield frozenset(current)


def compatible(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two names can be one: the same words, fewer of them, or a country and its people.

    >>> compatible(frozenset(["ruiz"]), frozenset(["marta", "ruiz"]))
    True
    >>> compatible(frozenset(["port", "lisle"]), frozenset(["port", "halden"]))
    False
    >>> compatible(frozenset(["sarnia"]), frozenset(["sarnian"]))
    True
    """
    small, large = sorted((one, two), key=len)
    return all(any(_one_root(word, other) for other in large) for word in small)


def _one_root(one: str, two: str) -> bool:
    if one == two:
        return True
    root = max(4, len(one) - 2)
    return min(len(one), len(two)) >= 5 and abs(len(one) - len(two)) <= 3 and one[:root] == two[:root]


def _antecedent(view: View, pronoun: Token) -> Token | None:
    """Whom he, she, it or they means: the only other subject of the sentence, else of the one before."""
    if pronoun.lower_ not in ("he", "she", "it", "they"):
        return None
    sentence = pronoun.sent
    person = pronoun.lower_ in ("he", "she")
    here = [low for low in sentence if low.i < pronoun.i or person]
    found = _subjects(here, pronoun, person)
    if not found and sentence.start > 0:
        found = _subjects(list(sentence.doc[sentence.start - 1].sent)[: _LONGEST * 2], pronoun, person)
    return found[0] if len(found) == 1 else None


def _subjects(tokens: list[Token], pronoun: Token, person: bool) -> list[Token]:
    found = [low for low in tokens if low.dep_ in ("nsubj", "nsubjpass") and low.pos_ in ("NOUN", "PROPN")]
    if person:
        found = [low for low in found if low.pos_ == "PROPN"]
    elif pronoun.lower_ == "it":
        found = [low for low in found if low.tag_ in ("NN", "NNP") and low.ent_type_ != "PERSON"]
    else:
        found = [low for low in found if low.tag_ in ("NNS", "NNPS")]
    return found
