"""The content words of a clause as concepts, and the clause that governs a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from claimdesk.language.concepts import is_light, meanings, tables
from claimdesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Result = TypeVar("Result")

CLAUSES = {"ccomp", "advcl", "parataxis", "relcl", "conj", "csubj", "acl"}
_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "INTJ", "AUX", "X"}
_US, _UK = ("united", "states"), ("united", "kingdom")
_SHORT_COUNTRIES = {"us": _US, "u.s": _US, "usa": _US, "america": _US, "uk": _UK, "u.k": _UK, "britain": _UK}
# A government is told by its seat: Moscow attacked, Washington paid.
_SEATS = {
    "moscow": ("russia",), "kremlin": ("russia",), "kyiv": ("ukraine",), "kiev": ("ukraine",), "beijing": ("china",),
    "washington": _US, "london": _UK, "paris": ("france",), "berlin": ("germany",), "tokyo": ("japan",),
    "tehran": ("iran",), "ankara": ("turkey",), "warsaw": ("poland",), "seoul": ("korea",), "pyongyang": ("korea",),
    "delhi": ("india",), "islamabad": ("pakistan",), "rome": ("italy",), "madrid": ("spain",), "ottawa": ("canada",),
}  # fmt: skip
# Stop words that tell one thing from another.
_TELLING = frozenset("no not yes each other without north south east west front back top bottom".split())
_TERM, _CONTENT_TERM = "claimdesk term", "claimdesk content term"  # what is remembered of a token, in its Doc
_DEPTH = 40  # no English sentence nests deeper; a broken parse must not cost more


@dataclass(frozen=True, slots=True)
class Term:
    """A content word: its lemma, what it can mean, whether it is a name, and where it stands."""

    lemma: str
    means: frozenset[str]
    name: bool
    span: Span

    def meets(self, means: frozenset[str]) -> bool:
        """Whether one of the meanings is among ``means``; names meet by their beginning (Sarnia, Sarnian)."""
        if self.means & means:
            return True
        if not self.name or len(self.lemma) < 5:
            return False
        root = "~" + self.lemma[: max(4, len(self.lemma) - 2)]
        return any(other.startswith(root) and abs(len(other) - 1 - len(self.lemma)) <= 3 for other in means)


def lemma_of(token: Token) -> str:
    """The lower-case lemma; participles that the model leaves alone are cut by hand."""
    lemma = token.lemma_.lower().strip("'’")
    word = token.lower_
    if token.pos_ == "PROPN":
        return word.strip(".")
    table = tables()
    if word in table.counted or (word in table.events and word != lemma and token.pos_ in ("ADJ", "NOUN")):
        return word
    if token.tag_ in ("VBN", "JJ") and lemma.endswith("ed") and len(lemma) > 4 and lemma not in table.events:
        for cut in (lemma[:-1], lemma[:-2], lemma[:-3]):
            if cut in table.events or cut in table.direction:
                return cut
    return lemma or word


def term(token: Token) -> Term:
    """A token as a term, with the meanings of the phrase that it leads: hand over, lose power, without power."""
    return _remembered(_TERM, token, _term)


def _remembered(name: str, token: Token, work: Callable[[Token], Result]) -> Result:
    known: dict[Any, Any] = token.doc.user_data
    key = (name, token.i)
    if key not in known:
        known[key] = work(token)
    return cast(Result, known[key])


def _term(token: Token) -> Term:
    lemma = lemma_of(token)
    if first := _hyphened(token):
        lemma = f"{first.lower_}-{lemma}"
        return Term(lemma, meanings(lemma), False, Span(first.idx, token.idx + len(token)))
    means = set(meanings(lemma)) | set(meanings(token.lower_) if token.pos_ != "PROPN" else ())
    if token.pos_ == "PROPN" and token.ent_type_ not in ("PERSON", "GPE", "ORG", "LOC", "NORP", "FAC"):
        means |= meanings(token.lemma_.lower())
    for full in (*_SHORT_COUNTRIES.get(lemma, ()), *_SEATS.get(lemma, ())):
        means |= meanings(full)
    for phrase in phrases(token):
        means |= tables().events.get(phrase, frozenset())
    return Term(
        lemma,
        frozenset(means),
        token.pos_ == "PROPN" or token.ent_type_ == "NORP",
        Span(token.idx, token.idx + len(token)),
    )


def _hyphened(token: Token) -> Token | None:
    """The first word of "full-time" at its last: the two are one word, and "part-time" is another."""
    if token.i < 2 or token.pos_ == "PROPN" or token.nbor(-1).text != "-":
        return None
    first = token.nbor(-2)
    joined = first.idx + len(first) + 1 == token.idx
    return first if joined and first.is_alpha and first.pos_ != "PROPN" and not first.like_num else None


def _leads_hyphen(token: Token) -> bool:
    return token.i + 2 < len(token.doc) and _hyphened(token.nbor(2)) is not None


def phrases(token: Token) -> Iterator[str]:
    """The fixed phrases that a word may lead: verb and particle, verb and object, preposition and noun."""
    lemma = lemma_of(token)
    if token.pos_ in ("VERB", "AUX", "ADJ"):
        for child in token.children:
            if child.dep_ in ("prt", "dobj", "advmod", "prep", "oprd", "acomp", "attr") and abs(child.i - token.i) <= 8:
                if child.dep_ == "prep" and _tells_where(child, token):
                    continue
                yield f"{lemma} {child.lemma_.lower()}"
        if token.i + 1 < len(token.doc) and token.nbor().pos_ in ("ADP", "ADV", "PART"):
            yield f"{lemma} {token.nbor().lower_}"
    elif token.pos_ in ("NOUN", "PROPN") and token.dep_ == "pobj":
        yield f"{token.head.lower_} {lemma}"
    elif token.pos_ == "NOUN" and token.dep_ in ("dobj", "compound") and token.head.pos_ in ("VERB", "NOUN"):
        yield f"{lemma} {token.head.lemma_.lower()}"


def _tells_where(preposition: Token, verb: Token) -> bool:
    """Whether a preposition behind an object begins a phrase of its own: "take an hour on the line", not "take on"."""
    held = any(child.dep_ == "pobj" for child in preposition.children)
    objects = (child for child in verb.children if child.dep_ in ("dobj", "npadvmod", "dative"))
    return held and any(verb.i < child.i < preposition.i for child in objects)


def governor(token: Token) -> Token:
    """The verb that governs a word, else the root of its sentence; ``including`` is looked through."""
    node = token
    for _ in range(_DEPTH):
        if node.head == node:
            return node
        node = node.head
        if (
            node.pos_ in ("VERB", "AUX")
            and node.dep_ not in ("amod", "compound", "aux", "auxpass")
            and node.lower_ not in ("including", "according")
        ):
            return node
    return node


def clause(verb: Token, keep: Token) -> list[Token]:
    """The words of one clause: the verb with what depends on it, without other clauses unless ``keep`` stands there."""
    found: list[Token] = []
    stack = [verb]
    while stack:
        node = stack.pop()
        found.append(node)
        for child in node.children:
            if child.dep_ in CLAUSES and _is_clause(child) and not (child == keep or child.is_ancestor(keep)):
                continue
            stack.append(child)
    return sorted(found, key=lambda each: each.i)


def _is_clause(token: Token) -> bool:
    if token.dep_ == "acl" or (token.dep_ == "advcl" and not any(True for _ in token.children)):
        return False
    return token.pos_ in ("VERB", "AUX") or any(
        child.dep_ in ("nsubj", "nsubjpass", "expl") for child in token.children
    )


def subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares with the verb that it is joined to or completes."""
    node = verb
    for _ in range(_DEPTH):
        for child in node.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
                if child.lower_ in ("who", "which", "that") and node.dep_ == "relcl":
                    return node.head
                return child
        if node.dep_ == "acl" and node.head.pos_ in ("NOUN", "PROPN"):
            return node.head
        if node.dep_ not in ("conj", "xcomp", "advcl", "aux", "auxpass") or node.head == node:
            return None
        node = node.head
    return None


def content(tokens: Iterable[Token], skip: Iterable[Span] = ()) -> tuple[Term, ...]:
    """The content words among tokens: no function words, no words that only frame, nothing inside a ``skip`` span."""
    spans = tuple(skip)
    found = []
    for token in tokens:
        word = _remembered(_CONTENT_TERM, token, _content_term)
        if word is not None and not (spans and any(span.start <= token.idx < span.end for span in spans)):
            found.append(word)
    return tuple(found)


def _content_term(token: Token) -> Term | None:
    if any(char.isdigit() for char in token.text):
        return Term(token.lower_, frozenset(["#" + token.lower_]), False, Span(token.idx, token.idx + len(token)))
    if token.pos_ not in _CONTENT or token.is_punct or not any(char.isalpha() for char in token.text):
        return None
    if token.is_stop and token.lower_ not in _TELLING and token.pos_ not in ("NOUN", "PROPN"):
        return None
    if _leads_hyphen(token):
        return None
    led = term(token)
    if token.pos_ not in ("NOUN", "PROPN") and is_light(led.lemma) and not (led.means & _phrase_events(token)):
        return None
    return led


def _phrase_events(token: Token) -> frozenset[str]:
    return frozenset(group for phrase in phrases(token) for group in tables().events.get(phrase, ()))


def stand_apart(one: Token, other: Token) -> bool:
    """Whether a semicolon stands between two words: a parse that puts one under the other goes astray there."""
    first, last = sorted((one.i, other.i))
    return any(token.text == ";" for token in one.doc[first:last])
