"""The places in grammar where a cue has what it is about: its object, a preposition's, an infinitive, a clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from claimdesk.quotes.attribution import near, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

COPULAS = frozenset({"be", "seem", "remain", "feel", "become", "sound", "appear", "stay", "grow", "look"})
# What may follow an object and belongs to what is said of it: criticized the mayor for the delay.
_COMPLEMENTS = frozenset({"for", "of", "as", "to", "over", "about", "against", "on", "from", "with", "in", "into"})
_OBJECTS = frozenset({"dobj", "attr", "oprd"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl"})
_RELATIVES = frozenset({"which", "who", "whose", "where", "whom"})
_LONGEST_PHRASE = 120  # tokens of a content in which an aside is looked for
_WH = frozenset({"what", "why", "how", "whether", "who", "when", "where", "which"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue's content as tokens ``first`` to ``last`` with the name of its place.

    ``name`` is ``object``, ``complement`` (an object with what it is called), ``passive``, ``raised`` and ``seeming``
    (the subject with what it is held to be, or seems to be), ``carried`` (what the object is about), ``infinitive``,
    ``gerund``, ``clause`` or a preposition. ``last_cue`` is the last token of the cue itself (of "call for": "for").
    """

    name: str
    first: int
    last: int
    last_cue: int


def verb_frames(verb: Token) -> Iterator[Frame]:
    """The frames of a verb: condemned the attack, called for an inquiry, vowed to sue, asked whether it was safe."""
    rights = near(verb.rights)
    particle = next((child.i for child in rights if child.dep_ == "prt"), verb.i)
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in near(verb.lefts))
    taker = None
    yield from _raised(verb, rights, passive)
    for index, child in enumerate(rights):
        if taker is None and not passive and child.dep_ in ("ccomp", "dobj") and (end := _complement(child, rights)):
            yield Frame("complement", child.left_edge.i, end, particle)
        if child.dep_ in _OBJECTS or child.dep_ == "dative" and child.pos_ != "ADP":
            if taker is None and not passive:
                yield from _carried(child)
                yield Frame("object", child.left_edge.i, _with_complements(rights[index:]), particle)
            taker = child
        elif child.dep_ in ("prep", "agent"):
            yield from _after_preposition(child, next(iter(rights[index + 1 :]), None))
        elif child.dep_ == "advcl" and (own := own_infinitive(child)) is not None:
            yield own
        elif child.dep_ in _CLAUSES:
            yield from _clause(child, particle, taker)
    if passive:
        subject = next((child for child in near(verb.lefts) if child.dep_ == "nsubjpass"), None)
        if subject is not None:
            yield Frame("passive", subject.left_edge.i, subject.right_edge.i, particle)


def word_frames(word: Token) -> Iterator[Frame]:
    """The frames of a noun or an adjective: doubts about the deal, a plan to sue, hope that; wary of, eager to.

    A noun may have its clause behind "be", too: their fear is that the port will close.
    """
    verb = word.head
    if word.dep_ == "nsubj" and word.pos_ == "NOUN" and verb.lemma_ == "be" and verb.i > word.i:
        clause = next((child for child in near(verb.rights) if child.dep_ == "ccomp"), None)
        if clause is not None and clause.left_edge.i > verb.i:
            yield Frame("clause", clause.left_edge.i, clause.right_edge.i, verb.i)
    for child in near(word.rights):
        if child.dep_ == "prep":
            yield from _after_preposition(child)
        elif child.dep_ in _CLAUSES:
            yield from _clause(child, word.i, None)


def holder_of(word: Token) -> Token | None:
    """Whose a noun or an adjective is: Lind's doubts, the doubts of Lind, Lind has doubts, Lind is wary of."""
    owner = next((child for child in near(word.lefts) if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    for child in near(word.rights):
        if child.lower_ in ("from", "by", "among") and child.dep_ == "prep":
            return next((c for c in near(child.rights) if c.dep_ == "pobj"), None)
    head = word.head
    if word.pos_ != "NOUN" and word.dep_ in ("amod", "acl", "relcl", "appos"):
        return head if head.pos_ in ("NOUN", "PROPN", "PRON") else None
    if head.dep_ == "prep" and word.dep_ == "pobj":
        head = head.head
    if head.i != word.i and head.pos_ in ("VERB", "AUX") and word.dep_ not in ("nsubj", "nsubjpass"):
        return subject_of(head)
    return None


def own_infinitive(clause: Token) -> Frame | None:
    """The frame of an infinitive that has its own subject: called for the council to sell the port."""
    word = next((left for left in near(clause.lefts) if left.dep_ == "mark" and left.lower_ == "for"), None)
    if word is None or clause.tag_ != "VB" or word.i != clause.left_edge.i:
        return None
    return Frame("for", word.i + 1, clause.right_edge.i, word.i)


def _raised(verb: Token, rights: list[Token], passive: bool) -> Iterator[Frame]:
    """The subject and what it seems or is held to be: the plan is seen as a threat, Lind seems to have left."""
    subject = next((child for child in near(verb.lefts) if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.lower_ in ("it", "there"):
        return
    for child in rights:
        state = child.dep_ in ("oprd", "acomp", "attr") or child.dep_ == "xcomp" and (passive or _is_state(child))
        if state or child.dep_ == "prep" and child.lower_ == ("as" if passive else "like"):
            name = "raised" if passive else "seeming"
            yield Frame(name, subject.left_edge.i, child.right_edge.i, verb.i)
            return


def _is_state(verb: Token) -> bool:
    """Whether an infinitive tells a state, not a deed: to be tired, to have left; not to urge."""
    return verb.lemma_ == "be" or any(child.lower_ in ("have", "be") for child in near(verb.lefts))


def _complement(child: Token, rights: list[Token]) -> int:
    """The last token of what an object is called or held to be; 0 without it: called the deal a sham."""
    if child.dep_ == "ccomp":
        own = [left.dep_ for left in near(child.lefts)]
        small = child.pos_ not in ("VERB", "AUX") and "nsubj" in own and "mark" not in own and "cop" not in own
        return child.right_edge.i if small else 0
    second = next((other for other in rights if other.i > child.i and other.dep_ in ("oprd", "dobj")), None)
    return second.right_edge.i if second is not None and second.left_edge.i == child.right_edge.i + 1 else 0


def _carried(noun: Token) -> Iterator[Frame]:
    """What the object of a verb such as "express" is about: expressed discomfort with the plan."""
    frame = next(word_frames(noun), None)
    if frame is not None:
        yield Frame("carried", frame.first, frame.last, frame.last_cue)


def _after_preposition(preposition: Token, following: Token | None = None) -> Iterator[Frame]:
    """What stands behind a preposition, with what it is taken for: pointed to the fire as the cause."""
    for child in near(preposition.rights):
        if child.dep_ in ("pobj", "pcomp"):
            last = child.right_edge.i
            if following is not None and following.lower_ == "as" and following.left_edge.i == last + 1:
                last = following.right_edge.i
            yield Frame(preposition.lower_, child.left_edge.i, last, preposition.i)
            return


def _clause(child: Token, last_cue: int, taker: Token | None) -> Iterator[Frame]:
    first, last = max(child.left_edge.i, last_cue + 1), child.right_edge.i
    lefts = [left.lower_ for left in near(child.lefts)]
    if "to" in lefts and child.tag_ == "VB":
        if child.dep_ in ("ccomp", "xcomp", "acl", "relcl"):
            yield Frame("infinitive", first if taker is None else taker.left_edge.i, last, last_cue)
    elif child.tag_ == "VBG" and not any(left.dep_ in ("aux", "nsubj") for left in near(child.lefts)):
        if child.dep_ in ("ccomp", "xcomp"):
            yield Frame("gerund", first, last, last_cue)
    elif child.dep_ == "ccomp" or child.dep_ == "acl" and "that" in lefts or child.doc[first].lower_ in _WH:
        if child.dep_ != "relcl":
            yield Frame("clause", first, last, last_cue)


def _with_complements(rights: list[Token]) -> int:
    """The last token of an object and of the complements that follow it without a comma."""
    last = reach = rights[0].right_edge.i
    for child in rights[1:]:
        if child.left_edge.i != reach + 1 or child.is_punct:
            break
        reach = child.right_edge.i
        if child.dep_ == "prep" and child.lower_ in _COMPLEMENTS or child.dep_ in ("oprd", "xcomp", "ccomp"):
            last = reach
        elif child.dep_ == "advcl" and child.pos_ == "ADJ" and child.left_edge.lower_ == "as":
            last = reach  # sees her as likely to win: the parse takes the adjective for a clause
    return last


def settled(doc: Doc, frame: Frame) -> int:
    """The last token of a frame's content as a reader takes it.

    A word that the parse breaks at its hyphen is whole (opposes counter-measures); what a reporter adds behind a comma
    is his own (cited the ferry, which sank at dawn; praised Lind, the mayor of Halden).
    """
    last = frame.last
    while last + 2 < len(doc) and doc[last + 1].text == "-" and not doc[last].whitespace_ + doc[last + 1].whitespace_:
        last = max(last + 2, doc[last + 2].right_edge.i)
    if frame.name in ("clause", "raised", "seeming"):
        return last
    for index in range(frame.first + 1, min(last, frame.first + _LONGEST_PHRASE)):
        if doc[index].text == "," and _is_aside(doc[index + 1], last):
            return index - 1
    return last


def _is_aside(word: Token, last: int) -> bool:
    """Whether an apposition or a clause with which or who begins at a word and reaches to a content's end."""
    if word.lower_ in _RELATIVES:
        clause = next((up for up in islice(word.ancestors, 6) if up.dep_ == "relcl"), None)
        return clause is not None and clause.right_edge.i >= last
    head = word if word.dep_ == "appos" else word.head
    return head.dep_ == "appos" and head.left_edge.i == word.i and head.right_edge.i >= last
