"""The counted thing of a number: its noun, the container around it, what narrows it, and part and base."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimdesk.language.concepts import item_of, tables
from claimdesk.language.terms import Term, content, governor, lemma_of, subject
from claimdesk.language.text import fold
from claimdesk.model import Form, Span
from claimdesk.numbers.spot import MOVES, Spot, last_noun, object_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEVELS = MOVES | {"be", "stand", "reach", "total", "number", "hit", "remain", "stay", "average"}
_IN_FRONT = frozenset(["nummod", "amod", "quantmod", "compound", "nmod", "det", "advmod", "appos", "poss"])
_OF = re.compile(r" (?:out )?of (?:the |those |these |its |their |some |about )?")
_OF_BASE = re.compile(
    r"\b(?:out )?of (?:the |those |these |its |their |all |all the |some |about |a total of )?$", re.I
)
_A_PART = re.compile(
    r"(?:\d|%|\b(?:percent|cent|half|third|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|most|many|some|several|few"
    r"|none|majority|minority))[\w ,-]{0,12} (?:out )?of",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"\W*of\b", re.IGNORECASE)
_PART = re.compile(r" (?:out )?of (?:the|those|these|them|its|their)\b", re.IGNORECASE)
_NOBODY = ("no one", "nobody", "no-one")


def counted_noun(spot: Spot) -> tuple[Token | None, Token | None]:
    """The counted noun and the container noun around it: soldiers and remains, in "remains of 1,212 soldiers"."""
    noun = _noun(spot) or _subject(spot)
    if noun is None:
        return None, None
    if (kind := _predicate(spot, noun)) is not None:
        return kind, None
    containers = tables().words["containers"]
    inner = object_of(noun)
    if lemma_of(noun) in containers and inner is not None and inner.i not in spot.inside:
        return inner, noun
    holder = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if holder is not None and lemma_of(holder) in containers and holder.i not in spot.inside:
        return noun, holder
    return noun, None


def _predicate(spot: Spot, noun: Token) -> Token | None:
    """What the part of a whole is said to be: children, in "Nineteen of the dead were children"."""
    top = spot.top
    if spot.quantity.unit is not None or top.dep_ != "nsubj" or top.head.lemma_ != "be" or object_of(top) != noun:
        return None
    told = (child for child in top.head.children if child.dep_ == "attr" and child.tag_ == "NNS")
    return next(told, None)


def _noun(spot: Spot) -> Token | None:
    quantity = spot.quantity
    if quantity.unit in (None, "percent") or quantity.form in (Form.ORDINAL, Form.AGE):
        if (shown := _shown(spot)) is not None:
            return shown
        head = spot.top.head
        if spot.top.dep_ in _IN_FRONT and head.pos_ in ("NOUN", "PROPN") and head.i > spot.top.i:
            if head.i not in spot.inside and not spot.elsewhere(head) and not _is_dated(head, spot):
                return head
    if quantity.form is Form.RATIO and (following := _following(spot)) is not None:
        return following
    if (whole := _whole(spot)) is not None:
        return whole
    inner = object_of(spot.top) or (object_of(spot.top.head) if spot.top.head.i in spot.inside else None)
    return inner if inner is not None and not spot.elsewhere(inner) else None


def _is_dated(noun: Token, spot: Spot) -> bool:
    """Whether a noun belongs to a date: "against four last year" counts no years."""
    return any(ref.span.start <= noun.idx < ref.span.end for ref in spot.analysis.dates)


def _shown(spot: Spot) -> Token | None:
    """The noun that the wording shows right after the number."""
    if spot.quantity.noun is None:
        return None
    tokens = list(spot.analysis.parsed.tokens(spot.quantity.noun))
    if tokens and tokens[0].lower_ == "others":
        return tokens[0]
    return last_noun(tokens) or (tokens[0] if tokens else None)


def _following(spot: Spot) -> Token | None:
    """The noun of "one in five pupils"."""
    end = spot.quantity.span.end
    tokens = [
        token
        for token in spot.analysis.parsed.tokens(Span(end, min(end + 40, spot.sentence.end)))
        if token.i not in spot.inside
    ]
    if tokens and tokens[0].pos_ in ("NOUN", "PROPN", "ADJ"):
        return last_noun(tokens[:4])
    return None


def _whole(spot: Spot) -> Token | None:
    """The noun of the number of which this one is a part: three of five suspects."""
    start = spot.sentence.start
    for other in spot.siblings:
        between = spot.text[max(0, spot.quantity.span.end - start) : max(0, other.span.start - start)]
        if other.noun is not None and other.span.start > spot.quantity.span.end and _OF.fullmatch(between):
            return last_noun(list(spot.analysis.parsed.tokens(other.noun)))
    return None


def _subject(spot: Spot) -> Token | None:
    """The counted noun of "the number of cases is 210" and of "asylum claims rose to 480"."""
    if spot.quantity.unit is not None or spot.quantity.form not in (Form.PLAIN, Form.RANGE):
        return None
    verb = governor(spot.top)
    found = subject(verb)
    if found is None or found.i in spot.inside:
        return None
    if lemma_of(verb) not in _LEVELS and lemma_of(verb) not in tables().direction:
        return None
    if spot.top.dep_ not in ("attr", "dobj", "pobj", "npadvmod", "acomp", "oprd") and spot.top.i < verb.i:
        return None
    if lemma_of(found) in tables().words["anaphors"]:
        inner = object_of(found)
        return inner if inner is not None and not spot.elsewhere(inner) else None
    return found if found.tag_ == "NNS" else None


def group_of(spot: Spot, item: Token | None, container: Token | None) -> tuple[str, frozenset[str]]:
    """The item's group, with the event that the noun names itself: 40 deaths are 40 people who died."""
    if container is not None and item_of(lemma_of(container)) == "body":
        return "body", frozenset()
    if item is None:
        nobody = spot.quantity.form is Form.ZERO and fold(spot.quantity.text).casefold() in _NOBODY
        return ("person" if nobody else ""), frozenset()
    lemma = lemma_of(item)
    if lemma in tables().counted:
        group, event = tables().counted[lemma]
        return group, frozenset([event])
    loose = item.pos_ in ("VERB", "DET", "PRON", "ADJ", "NUM", "AUX")
    if item.lower_ == "others" or loose or lemma in tables().words["anaphors"]:
        return "", tables().events.get(lemma, frozenset()) if item.pos_ in ("VERB", "ADJ") else frozenset()
    return item_of(lemma), frozenset()


def modifiers_of(spot: Spot, item: Token | None) -> tuple[Term, ...]:
    """The words that narrow the counted thing: adjectives, names, and what follows "of"."""
    if item is None:
        return ()
    found = [
        child
        for child in item.children
        if child.dep_ in ("amod", "compound", "nmod", "poss") and child.i not in spot.inside
    ]
    inner = _named_place(object_of(item))
    harmless = tables().words["harmless"]
    terms = content([*found, *([inner] if inner is not None else [])], spot.skip)
    return tuple(each for each in terms if each.lemma not in harmless)


def _named_place(noun: Token | None) -> Token | None:
    """The name in place of the noun that only says what it is: Alta, in "residents of the coastal town of Alta"."""
    if noun is None or lemma_of(noun) not in tables().words["generic"]:
        return noun
    named = object_of(noun)
    return named if named is not None and named.pos_ == "PROPN" else noun


def is_base(spot: Spot) -> bool:
    """Whether a share is taken of this number: 27 of the 1,212; of the 6,000, about 15%."""
    if not _OF_BASE.search(spot.before):
        return False
    return bool(_A_PART.search(spot.before) or _FRONTED.match(spot.text))


def is_part(spot: Spot) -> bool:
    """Whether the number is a share of something: 27 of those."""
    return _whole(spot) is not None or bool(_PART.match(spot.after))


def points_back(spot: Spot, item: Token | None) -> bool:
    """Whether the counted thing must be looked for in what was said before."""
    if item is None:
        return spot.quantity.unit is None
    return item.lower_ == "others" or (item.lower_ in ("those", "them", "these", "one") and item.pos_ != "NOUN")
