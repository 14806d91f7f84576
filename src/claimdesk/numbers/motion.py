"""Up or down, from what to what, and of what: how a number is part of a change or measures a thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimdesk.language.concepts import tables
from claimdesk.language.terms import Term, content, lemma_of, subject
from claimdesk.model import Form
from claimdesk.numbers.spot import MOVES, Spot, way_of

if TYPE_CHECKING:
    from spacy.tokens import Token

STATISTICS = {
    "mean": ("average", "mean", "averaged"),
    "median": ("median",),
    "each": ("each", "apiece", "every", "respectively"),
    "total": ("total", "altogether", "combined", "overall", "totalled", "totaled", "jointly", "together"),
}
_STATISTIC_WORDS = frozenset(word for cues in STATISTICS.values() for word in cues)
_WITH_UP = frozenset(["take", "make", "end", "use", "set", "open", "put", "sign", "rack", "snap", "pick"])
_WHENCE = re.compile(r"\bfrom (?:the |about |some |nearly |almost )?$", re.IGNORECASE)
_END = re.compile(r"\bto (?:the |about |some |nearly |almost |just |only |more than )?$", re.IGNORECASE)
_CLOSE = re.compile(r"\b(up|down)\b(?: from| by| to)? ?(?:about |some |nearly |almost )?$", re.IGNORECASE)
_ASIDE = re.compile(r",(?: or)? $")
_AT = re.compile(r", at (?:about |some |nearly |almost )?$")
_MORE = re.compile(r" (?:more|higher|greater|larger|bigger|increase|rise)\b")
_LESS = re.compile(r" (?:fewer|less|lower|smaller|decrease|drop|fall|decline)\b")
_THAN = re.compile(r"(?: [a-z-]{1,20}){0,2} (more|fewer|less|higher|lower)(?: [a-z-]{1,20})? than\b", re.IGNORECASE)
_THAN_NOUN = re.compile(r" (more|fewer|less) [a-z-]{2,20}(?: (?:in|on|at|during) [\w ]{2,20}?)? than\b", re.IGNORECASE)
_TRAIL = re.compile(r"[^.;]{0,40}?, (up|down) (?:from|by|\d)")
_TRAIL_ANY = re.compile(r"[^.;]{0,40}?, (?:up|down) ")


def direction_of(spot: Spot, verb: Token, item: Token | None) -> str:
    """``up`` or ``down``, from the verb, the noun beside the number (a 5% rise), or a bare up or down; else ""."""
    if _is_aside(spot):
        return ""
    if (close := _CLOSE.search(spot.before)) and not _is_particle(spot, verb):
        return close.group(1).lower()
    top, table = spot.top, tables().direction
    aside = top.dep_ in ("appos", "conj") and top.head.pos_ in ("NOUN", "PROPN")
    if more := _than(spot):
        return "up" if more.group(1).lower() in ("more", "higher") else "down"
    if spot.quantity.unit is not None and (aside or _ASIDE.search(spot.before)):
        return ""
    counted = item is not None and spot.quantity.unit is None and not spot.step(verb)
    near = [top.head] if counted else [top.head, verb]
    if not counted and (top.dep_ == "pobj" or top.head.dep_ in ("prep", "pobj")):
        near.insert(1, top.head.head)  # "rises to 7.5%, an increase of 1.5 points": the noun says more than the verb
    for token in near:
        if way := way_of(token):
            return way
    if lemma_of(verb) in ("be", "amount", "total") and (led := subject(verb)) is not None:
        if led.i not in spot.inside and led.pos_ == "NOUN" and (way := table.get(lemma_of(led), "")) and led.i < top.i:
            return way
    if _MORE.match(spot.after):
        return "up"
    if _LESS.match(spot.after):
        return "down"
    trail = _TRAIL.match(spot.after)
    return trail.group(1) if trail else ""


def _than(spot: Spot) -> re.Match[str] | None:
    """The comparison behind a number: "12 more than in May", "12 more nurses in June than in May"."""
    return _THAN.match(spot.after) or _THAN_NOUN.match(spot.after)


def _is_particle(spot: Spot, verb: Token) -> bool:
    """The "up" of "takes up a third" and "makes up 12%" belongs to its verb and says no way."""
    return lemma_of(verb) in _WITH_UP and spot.before.rstrip().split()[-1:] != [] and any(
        child.lower_ == "up" and child.i == verb.i + 1 for child in verb.children
    )  # fmt: skip


def role_of(spot: Spot, verb: Token, item: Token | None, direction: str) -> str:
    """``from``, ``to`` or ``by`` where the number is part of a change, else ""."""
    if _is_aside(spot):
        return ""
    if step := spot.step(verb) or (spot.lead if direction else ""):
        return "" if step == "from" and not direction and _is_origin(spot, verb) else step
    if direction and _than(spot):
        return "by"
    if not direction or spot.before.endswith(", ") or _TRAIL_ANY.match(spot.after):
        return ""
    moved = item is None or spot.quantity.unit is not None or lemma_of(spot.top.head) in tables().direction
    return "by" if moved else ""


def _is_origin(spot: Spot, verb: Token) -> bool:
    """Whether "from" says whence and is no end of a change: rescued from five boats, a score from 21 critics."""
    if not _WHENCE.search(spot.before) or spot.quantity.unit is not None or lemma_of(verb) in MOVES:
        return False
    start = spot.sentence.start
    ends = (spot.text[: each.span.start - start] for each in spot.siblings)
    return not any(_END.search(before) for before in ends)


def _is_aside(spot: Spot) -> bool:
    """Whether a measure is told between commas: "Mount Serrat, at 5,642 meters, was first climbed in 1889"."""
    return bool(_AT.search(spot.before)) and spot.after.startswith(",")


def topic_of(spot: Spot, verb: Token, item: Token | None, *, moving: bool) -> tuple[Term, ...]:
    """What a measured or changing value measures: the subject's words. A plain count has its item instead."""
    if item is not None and spot.quantity.unit is None and not moving:
        return ()
    found = subject(verb)
    held = spot.outside(found) if found is not None else []
    if (named := attribute_of(spot)) is not None:
        own = [child for child in named.children if child.dep_ in ("amod", "compound", "nmod")]
        return _plain(spot, [named, *own, *held])
    if lemma_of(verb) in tables().words["frame"] and (found is None or found.dep_ != "nsubjpass"):
        objects = (child for child in verb.children if child.dep_ == "dobj" and child.i not in spot.inside)
        found = next(objects, None)
        held = spot.outside(found) if found is not None else []
    if lemma_of(verb) in tables().direction and found is not None and found.dep_ == "nsubj":
        moved = next((child for child in verb.children if child.dep_ == "dobj" and child.i not in spot.inside), None)
        if moved is not None and moved.pos_ in ("NOUN", "PROPN") and not spot.elsewhere(moved):
            held = [each for each in spot.outside(moved) if not spot.elsewhere(each)]
    if found is not None and found.i not in spot.inside:
        return _plain(spot, held)
    head = spot.top.head
    return content(spot.outside(head), spot.skip) if head.pos_ == "NOUN" and head != verb else ()


def _plain(spot: Spot, tokens: list[Token]) -> tuple[Term, ...]:
    """The content words of a topic, without what a comma sets apart: "The nurses, led by Sandhu, were ..."."""
    apart = {below.i for token in tokens if _is_set_apart(token) for below in token.subtree}
    tokens = [token for token in tokens if token.i not in apart]
    return tuple(each for each in content(tokens, spot.skip) if each.lemma not in _STATISTIC_WORDS)


def _is_set_apart(token: Token) -> bool:
    edge = token.left_edge
    return (
        token.dep_ in ("acl", "relcl", "appos")
        and edge.i > 0
        and edge.nbor(-1).text in (",", "(", "-", "\u2013", "\u2014")
    )


def attribute_of(spot: Spot) -> Token | None:
    """The noun that the value measures, in "a depth of 10 km" and "a 71% approval rating"."""
    if spot.quantity.unit is None or spot.quantity.form in (Form.FRACTION, Form.RATIO):
        return None
    head = spot.top.head
    if spot.top.dep_ == "pobj" and head.lower_ == "of":
        head = head.head
    elif spot.top.dep_ not in ("nummod", "compound", "amod", "nmod") or head.i < spot.top.i or head.i in spot.inside:
        return None
    if head.pos_ != "NOUN" or lemma_of(head) in tables().direction:
        return None
    return None if head.lemma_.lower() in tables().words["containers"] else head
