"""How a number is told: done or planned, by whom, to whom, where and when, and who says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimdesk.dates import is_statement_day
from claimdesk.language.concepts import tables
from claimdesk.language.terms import Term, content, governor, lemma_of, stand_apart, subject, term
from claimdesk.language.text import fold
from claimdesk.model import DateRef, Quantity
from claimdesk.numbers.motion import STATISTICS
from claimdesk.numbers.spot import Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

_EACH = re.compile(r"[^,.;]{0,30} (?:each|apiece)\b")
_PLACES = frozenset(["in", "at", "near", "outside", "inside", "across", "around"])
_FUTURE = frozenset(["will", "'ll", "would", "shall"])
_POSSIBLE = frozenset(["may", "might", "could", "can", "should", "must"])
_REPORTS = frozenset(["put", "estimate", "count", "calculate", "value", "tally"])  # their subject only reports
_BESIDE = 24  # a date this close behind a number belongs to it


def stance_of(spot: Spot, verb: Token) -> tuple[str, bool]:
    """Modality (``planned``, ``wished``, ``possible``, "" for done) and whether the event is denied."""
    modality, negated = _own_stance(spot, verb)
    words = tables().words
    lemma = lemma_of(verb)
    if lemma in words["wish"]:
        modality = "wished"
    elif lemma in words["outlook"] or _moves_a_forecast(verb):
        modality = modality or "planned"
    node = verb
    for _ in range(12):
        above = _above(node)
        if above is None:
            break
        node = above
        outer, denied = _own_stance(spot, node)
        modality = outer if outer == "possible" else modality or outer
        lemma = lemma_of(node)
        negated ^= denied ^ (lemma in words["negative"])
        if lemma in words["wished"]:
            modality = "wished"
        elif lemma in words["allowed"] and node != verb:
            modality = "possible"
        elif lemma in words["planned"] and modality != "wished":
            modality = modality or "planned"
    return modality, negated


_IS = frozenset(["is", "are", "'s", "'re"])


def _is_announced(verb: Token) -> bool:
    """Whether a verb stands as news announces plans in the present: "is cutting 400 jobs", "is to cut 400 jobs"."""
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if verb.tag_ == "VBG":
        return bool(helpers & _IS)
    return verb.dep_ == "xcomp" and verb.head.lower_ in _IS and "to" in helpers


def tense_of(verb: Token) -> str:
    """``announced`` for "is cutting" and "is to cut"; else ``present`` or
    ``past`` of the verb that governs a number, or of its first auxiliary; else "".
    """
    if _is_announced(verb):
        return "announced"
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    for token in (*helpers[:1], verb):
        if token.tag_ in ("VBZ", "VBP"):
            return "present"
        if token.tag_ == "VBD":
            return "past"
    return ""


def _moves_a_forecast(verb: Token) -> bool:
    """Whether what is raised or cut is an expectation: "cut its profit forecast to 2 billion"."""
    moved = (child for child in verb.children if child.dep_ in ("dobj", "nsubjpass"))
    return any(child.lemma_.lower() in tables().words["forecasts"] for child in moved)


def told_by(counted: Token, verb: Token) -> Token:
    """The verb of what the counted say of themselves: vote, in "640 said that they would vote for it"."""
    if counted.dep_ != "nsubj" or counted.head != verb or lemma_of(verb) not in tables().words["speech"]:
        return verb
    said = next((child for child in verb.children if child.dep_ == "ccomp"), None)
    led = subject(said) if said is not None else None
    return said if said is not None and led is not None and led.lower_ in ("they", "he", "she") else verb


def _own_stance(spot: Spot, node: Token) -> tuple[str, bool]:
    modality, negated = "", False
    for child in node.children:
        low = child.lower_
        if child.dep_ == "neg" and child.i not in spot.inside or (low == "never" and child.dep_ == "advmod"):
            negated = not negated
        elif child.dep_ == "aux" and low in _FUTURE:
            modality = modality or "planned"
        elif child.dep_ == "aux" and low in _POSSIBLE or child.dep_ == "mark" and low in ("if", "unless"):
            modality = "possible"
    return modality, negated


def _above(node: Token) -> Token | None:
    """The verb or noun on which a verb's reality depends: wanted (to return), plan (to cut); None at the top."""
    words = tables().words
    if node.head == node:
        return None
    if stand_apart(node, node.head):
        return None
    if node.dep_ == "acl":
        return node.head if any(child.lower_ == "to" for child in node.children) else None
    if node.dep_ == "ccomp":
        said = lemma_of(node.head)
        return None if said in words["speech"] and said not in words["wished"] | words["planned"] else node.head
    if node.dep_ == "xcomp":
        return node.head
    own = any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for child in node.children)
    return node.head if node.dep_ == "conj" and not own else None


def statistic_of(spot: Spot, words: list[Token]) -> str:
    """``mean``, ``median``, ``each``, ``total`` or the base of a rate (``per 100,000 people``); or ""."""
    if spot.quantity.per:
        base = spot.quantity.per.casefold()
        return "per " + base.removeprefix("per ").removeprefix("an ").removeprefix("a ").strip()
    lows = {token.lower_ for token in words if not _is_others(token, spot)}
    for name, cues in STATISTICS.items():
        if not lows.isdisjoint(cues):
            return name
    return "each" if _EACH.match(spot.after) else ""


def _is_others(token: Token, spot: Spot) -> bool:
    """Whether a word stands nearer to another number: the average in "29 critics, and an average rating of 6"."""
    if not spot.siblings:
        return False
    own = _apart(token.idx, spot.quantity)
    return any(_apart(token.idx, other) < own for other in spot.siblings)


def _apart(offset: int, quantity: Quantity) -> int:
    return max(quantity.span.start - offset, offset - quantity.span.end, 0)


def speech_of(spot: Spot, verb: Token, words: list[Token]) -> tuple[Term | None, set[int]]:
    """Who is reported to say it, and the indices of the words that report it."""
    speech = tables().words["speech"]
    taken: set[int] = set()
    speaker: Term | None = None
    node = verb
    for _ in range(6):
        if node.dep_ not in ("ccomp", "xcomp", "conj", "advcl") or node.head == node:
            break
        node = node.head
        own = next((child for child in node.children if child.dep_ == "nsubj"), None)
        counted = own is not None and (own.i in spot.inside or own.is_ancestor(spot.top))
        if lemma_of(node) in speech and own is not None and not own.is_ancestor(verb) and not counted:
            speaker = speaker or _named_whole(own)
            taken |= {token.i for token in own.subtree} | {node.i}
    if lemma_of(verb) in _REPORTS and (own := subject(verb)) is not None and own.dep_ == "nsubj":
        speaker = speaker or _named_whole(own)
        taken |= {token.i for token in own.subtree}
    for token in words:
        aside = token.dep_ == "parataxis" and lemma_of(token) in speech
        if aside or (token.lower_ == "according" and token.i not in spot.inside):
            taken |= {each.i for each in token.subtree}
            names = [each for each in token.subtree if each.dep_ in ("nsubj", "pobj") and each.pos_ != "PRON"]
            speaker = speaker or (_named_whole(names[0]) if names else None)
    return speaker, taken


def _named_whole(own: Token) -> Term | None:
    """A speaker with every word of name and title: "chief negotiator Vladimir Medinsky" is "its chief negotiator"."""
    if own.pos_ == "PRON":
        return None
    led = term(own)
    beside = [child for child in own.children if child.dep_ in ("compound", "appos", "nmod", "flat", "poss")]
    beside += [child for held in list(beside) for child in held.children if child.dep_ in ("compound", "flat")]
    words = [term(each) for each in beside if each.pos_ in ("NOUN", "PROPN")]
    means = led.means.union(*(each.means for each in words))
    return Term(led.lemma, means, led.name, led.span)


def actor_of(spot: Spot, verb: Token) -> Term | None:
    """Who does it: the subject of an active verb, or the noun after "by"."""
    for child in verb.children:
        if child.dep_ == "agent":
            inner = next((each for each in child.children if each.dep_ == "pobj" and each.i not in spot.inside), None)
            return term(inner) if inner is not None else None
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return None
    found = subject(verb)
    if found is not None and found.lower_ in ("it", "they", "he", "she"):
        found = _stood_for(found)
    if found is None or found.i in spot.inside or found.pos_ not in ("NOUN", "PROPN"):
        return None
    return term(found)


def _stood_for(pronoun: Token) -> Token | None:
    """The name that led the clause before in the sentence: "Norland got none on Friday; on Monday it had got 27"."""
    before = (pronoun.doc[index] for index in range(pronoun.i - 1, pronoun.sent.start - 1, -1))
    led = next((token for token in before if token.dep_ in ("nsubj", "nsubjpass")), None)
    return led if led is not None and led.pos_ == "PROPN" else None


def name_after(words: list[Token], preposition: str) -> Term | None:
    """The name after "to", or after "from"."""
    for token in words:
        if token.dep_ == "pobj" and token.head.lower_ == preposition and token.pos_ == "PROPN":
            return term(token)
    return None


def part_played(anchor: Token) -> str:
    """Whether the counted thing acts (``actor``) or is acted on (``patient``); "" where it is neither."""
    node = anchor
    for _ in range(20):
        loose = node.dep_ in ("conj", "pobj", "prep", "appos") and node.head.pos_ not in ("VERB", "AUX")
        if not loose or node.head == node:
            break
        node = node.head
    if node.dep_ in ("dobj", "nsubjpass", "dative", "amod"):
        return "patient"
    acts = node.dep_ == "nsubj" and any(child.dep_ == "dobj" for child in node.head.children)
    return "actor" if acts or (node.dep_ == "pobj" and node.head.dep_ == "agent") else ""


def places_of(spot: Spot, words: list[Token]) -> tuple[Term, ...]:
    """Names after in, at, near and the like."""
    found = [
        token for token in words if token.dep_ == "pobj" and token.pos_ == "PROPN" and token.head.lower_ in _PLACES
    ]
    return content(found, spot.skip)


def times_of(spot: Spot, words: list[Token]) -> tuple[DateRef, ...]:
    """The dates that hold for this number; one that stands right behind another number belongs to that one."""
    dates = [ref for ref in spot.analysis.dates if spot.sentence.contains(ref.span) and not _is_elsewhere(ref, spot)]
    if not spot.siblings:
        return tuple(dates)
    starts = {token.idx for token in words}
    own = [ref for ref in dates if any(ref.span.start <= start < ref.span.end for start in starts)]
    behind = [ref for ref in own if _is_behind(ref, spot.quantity) and not _between(ref, spot)]
    if spot.before.rstrip().endswith(("from", "than", "with", "against")):
        return tuple(behind)
    return tuple(ref for ref in own if ref in behind or not any(_is_nearer(ref, each, spot) for each in spot.siblings))


def _is_elsewhere(ref: DateRef, spot: Spot) -> bool:
    """Whether a date is the day of a statement, or that of what only describes a noun: "vans built in 2018"."""
    tokens = spot.analysis.parsed.tokens(ref.span)
    if not len(tokens):
        return False
    node = governor(tokens.root)
    told = lemma_of(governor(spot.top)) not in tables().words["speech"]
    if (told or node != governor(spot.top)) and is_statement_day(fold(spot.analysis.parsed.text), ref.span):
        return True
    return node.dep_ == "acl" and node.tag_ == "VBN" and not node.is_ancestor(spot.top)


def _is_behind(ref: DateRef, quantity: Quantity) -> bool:
    return 0 <= ref.span.start - quantity.span.end <= _BESIDE


def _is_nearer(ref: DateRef, other: Quantity, spot: Spot) -> bool:
    if _are_of_one_telling(other, spot):
        return False
    away = abs(ref.span.start - spot.quantity.span.end)
    return _is_behind(ref, other) and ref.span.start - other.span.end < away


def _are_of_one_telling(other: Quantity, spot: Spot) -> bool:
    """Whether another count only says where or whence of this one's verb: "700 were rescued from five boats"."""
    mine = spot.quantity
    if mine.unit is not None or other.unit is not None or mine.noun is None or other.noun is None:
        return False
    text, parsed = spot.analysis.parsed.text, spot.analysis.parsed
    if mine.noun.of(text) == other.noun.of(text):
        return False
    counted, two = (parsed.tokens(noun).root for noun in (mine.noun, other.noun))
    argues = counted.dep_ in ("nsubj", "nsubjpass", "dobj") and counted.head == governor(two)
    return argues and two.dep_ == "pobj"


def _between(ref: DateRef, spot: Spot) -> bool:
    low, high = sorted((ref.span.start, spot.quantity.span.start))
    return any(low < other.span.start < high for other in spot.siblings)
