"""Whether two descriptions of a speaker mean one person: names, offices, organizations, spokespeople."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from claimdesk.language.text import words
from claimdesk.wording.protected import stem
from claimdesk.wording.referents import people

_SMALL = frozenset(
    [
        "of",
        "for",
        "the",
        "a",
        "an",
        "and",
        "in",
        "on",
        "at",
        "to",
        "from",
        "by",
        "'s",
        "s",
        "his",
        "her",
        "their",
        "its",
        "our",
    ]
)
_JOINT = re.compile(r"\s+and\s+|\s*[;&]\s*|,\s+(?=[A-Z])")


class Likeness(Enum):
    """What comparing two speakers came to.

    GENERALIZED: the office or body stands for its official. LOOSE: a description in small letters that shares two
    telling words with a body's name, as a free translation of it does.
    """

    SAME = "same"
    GENERALIZED = "generalized"
    LOOSE = "loose"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Identity:
    """A speaker as described: a name, an office, an organization; empty where nothing is said."""

    name: str = ""
    role: str = ""
    org: str = ""

    @property
    def known(self) -> bool:
        """Whether anything identifies the speaker."""
        return bool(self.name or self.role or self.org)

    @property
    def full(self) -> str:
        """Everything said of the speaker, as words."""
        return " ".join(filter(None, (self.name, self.role, self.org)))

    @property
    def shown(self) -> str:
        """The description in one line."""
        if not self.name:
            return self.role or self.org
        return f"{self.name}, {self.role}" if self.role else self.name


def split_joint(name: str) -> list[str]:
    """The people of a joint attribution; a body with *and* in its name stays whole.

    >>> split_joint("Ruiz and Moreau"), split_joint("Ministry of Labor and Welfare")
    (['Ruiz', 'Moreau'], ['Ministry of Labor and Welfare'])
    """
    if _is_body(name):
        return [name]
    parts = [part for part in _JOINT.split(name) if part.strip()]
    return parts if len(parts) > 1 and all(part.strip()[:1].isupper() for part in parts) else [name]


def compare(claim: Identity, evidence: Identity) -> Likeness:
    """Whether a claim's speaker is the evidence's speaker; OTHER only when that is positively known.

    >>> compare(Identity("Ruiz"), Identity("Dana Ruiz", "deputy transport minister"))
    <Likeness.SAME: 'same'>
    >>> compare(Identity("Moreau"), Identity("Dana Ruiz"))
    <Likeness.OTHER: 'other'>
    """
    mine, theirs = split_joint(claim.name), split_joint(evidence.name)
    if len(mine) > 1:
        return _joint(mine, theirs)
    if len(theirs) > 1:
        found = [compare(claim, replace(evidence, name=name, role="", org="")) for name in theirs]
        return Likeness.OTHER if all(one is Likeness.OTHER for one in found) else Likeness.UNKNOWN
    if is_vague(claim) or not evidence.known:
        return Likeness.UNKNOWN
    if claim.name and claim.name == evidence.name:
        return Likeness.SAME
    if (spokes := _spokes(claim, evidence)) is not None:
        return spokes
    if is_person(claim.name):
        return _person(claim, evidence)
    if _is_body(claim.name):
        return _body(claim.name, evidence)
    return _office(claim, evidence)


def _joint(mine: list[str], theirs: list[str]) -> Likeness:
    if len(theirs) < 2:
        return Likeness.OTHER
    matched = [any(_surname(one) == _surname(other) for other in theirs) for one in mine]
    return Likeness.SAME if all(matched) and len(mine) == len(theirs) else Likeness.OTHER


def is_vague(claim: Identity) -> bool:
    """Whether a description fits many people: *he*, *an official*."""
    said = norms(claim.name or claim.role or claim.org)
    if not said:
        return True
    return all(word in people()["pronouns"] or word in _SMALL for word in said) or said[-1] in people()["unnamed"]


def _person(claim: Identity, evidence: Identity) -> Likeness:
    if is_person(evidence.name):
        if _surname(claim.name) != _surname(evidence.name):
            shared = set(norms(claim.name)) & set(person_words(evidence.name))
            if shared and len(person_words(claim.name)) == 1:
                return Likeness.UNKNOWN  # a first name, or a name in another order
            return Likeness.GENERALIZED if _place_of(claim.name, evidence) else Likeness.OTHER
        return _first_names(claim.name, evidence.name)
    if _place_of(claim.name, evidence):
        return Likeness.GENERALIZED
    if _is_body(evidence.name):
        own = set(norms(f"{claim.role} {claim.org}")) - _SMALL
        if own and not own & set(norms(f"{evidence.name} {evidence.org}")):
            return Likeness.OTHER
        return Likeness.UNKNOWN
    if claim.role and evidence.role and set(norms(claim.role)) & set(people()["offices"]):
        return _roles(claim.role, evidence.role)
    return Likeness.UNKNOWN


def _place_of(name: str, evidence: Identity) -> bool:
    """Whether a name is the country or town whose official or body speaks: *Sarnia* for the president of Sarnia."""
    role = norms(evidence.role)
    lists = people()
    if any(word in lists["spokes"] for word in role) and not any(word in lists["rank_words"] for word in role):
        role = []
    if not any(word in lists["offices"] for word in role):
        role = []
    body = norms(f"{evidence.name} {evidence.org}") if _is_body(evidence.name) else norms(evidence.org)
    return set(person_words(name)) <= set(body) or set(person_words(name)) <= set(role)


def _first_names(claim: str, evidence: str) -> Likeness:
    mine, theirs = person_words(claim)[:-1], person_words(evidence)[:-1]
    if not mine or not theirs:
        return Likeness.SAME
    one, other = mine[0].rstrip("."), theirs[0].rstrip(".")
    if one == other or set(mine) & set(theirs) or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return Likeness.SAME
    short = min(len(one), len(other)) >= 2 and (one[:2] == other[:2])  # Bill and Billy, Dan and Daniel
    return Likeness.UNKNOWN if short else Likeness.OTHER


def _body(name: str, evidence: Identity) -> Likeness:
    mine = _core(name)
    if _is_body(evidence.name) or (evidence.name and evidence.name == evidence.org):
        found = _bodies(mine, _core(evidence.name), Likeness.SAME)
        return Likeness.LOOSE if found is Likeness.UNKNOWN and _loosely(name, evidence.name) else found
    if not evidence.org:
        return Likeness.UNKNOWN
    known = _core(evidence.org)
    if mine and mine <= {stem(word) for word in norms(evidence.role)} | known:
        return Likeness.GENERALIZED
    found = _bodies(mine, known, Likeness.GENERALIZED)
    return Likeness.LOOSE if found is Likeness.UNKNOWN and _loosely(name, evidence.org) else found


def _loosely(description: str, name: str) -> bool:
    """Whether a description renders a body's name freely: *the flood aid committee* for Headquarters for Flood Aid.

    A name in capitals is a name of its own, and one kind of body does not translate into another: a union is no
    ministry.
    """
    if any(word.span.of(description)[:1].isupper() for word in words(description)):
        return False
    if not _kinds(description) or not _kinds(description) | _kinds(name) <= _administrative():
        return False
    telling = _core(description) - {stem(word) for word in people()["organizations"]}
    return len(telling & _core(name)) >= 2 and 3 * len(telling & _core(name)) >= 2 * len(telling)


def _administrative() -> set[str]:
    return {stem(word) for word in people()["administrative"]}


def _kinds(name: str) -> set[str]:
    return _core(name) & {stem(word) for word in people()["organizations"]}


def _bodies(mine: set[str], theirs: set[str], same: Likeness) -> Likeness:
    if not mine or not theirs:
        return Likeness.UNKNOWN
    if mine <= theirs or theirs <= mine:
        return same
    general = {stem(word) for word in people()["own_groups"]} - {stem("ministry")}
    if len(mine) == 1 and mine <= general:
        return Likeness.UNKNOWN  # "the government" may or may not take in the speaker's body
    if mine & theirs - {stem(word) for word in people()["organizations"]}:
        return Likeness.UNKNOWN
    return Likeness.OTHER


def _office(claim: Identity, evidence: Identity) -> Likeness:
    name = claim.name or claim.role
    if is_person(evidence.name) and _surname(evidence.name) in norms(name):
        return Likeness.SAME
    if not evidence.role:
        return Likeness.SAME if name and _core(name) == _core(evidence.name) else Likeness.UNKNOWN
    return _roles(name, f"{evidence.role} {evidence.org}")


def _roles(mine: str, theirs: str) -> Likeness:
    """Two offices: the same when the words of the first are among the second's and no rank is dropped."""
    one, other = _core(mine), _core(theirs)
    ranks = {stem(word) for word in people()["rank_words"]}
    offices = {stem(word) for word in people()["offices"]}
    if one and one <= other:
        return Likeness.SAME if one & ranks == other & ranks else Likeness.UNKNOWN
    if one & offices and other & offices and not one & offices & other:
        return Likeness.OTHER
    bodies = {stem(word) for key in ("organizations", "own_groups") for word in people()[key]}
    fields = [words_of - offices - ranks - bodies for words_of in (one, other)]
    if one & offices and all(fields) and not fields[0] & fields[1]:
        return Likeness.OTHER  # the foreign minister is not the finance minister
    return Likeness.UNKNOWN


def _spokes(claim: Identity, evidence: Identity) -> Likeness | None:
    """A spokesperson is not the principal; a body's spokesperson speaks for the body."""
    words_of = set(people()["plain_spokes"])
    mine = bool(words_of & set(norms(f"{claim.name} {claim.role}")))
    theirs = bool(words_of & set(norms(f"{evidence.name} {evidence.role}")))
    if mine == theirs:
        if mine and not is_person(claim.name) and not is_person(evidence.name):
            return None
        if mine and not is_person(claim.name):
            one = _core(f"{claim.name} {claim.role} {claim.org}") - {stem(word) for word in words_of}
            other = _core(f"{evidence.name} {evidence.role} {evidence.org}")
            return Likeness.SAME if one <= other else Likeness.UNKNOWN
        return None
    if mine and not is_person(claim.name):
        if is_person(evidence.name) and (evidence.role or _surname(evidence.name) in norms(claim.name)):
            return Likeness.OTHER
        if _is_body(evidence.name):
            return Likeness.GENERALIZED
        return Likeness.UNKNOWN
    if theirs and not is_person(claim.name) and _is_body(claim.name):
        known = _core(f"{evidence.role} {evidence.org}")
        return Likeness.GENERALIZED if _core(claim.name) <= known else None
    return None


def norms(text: str) -> list[str]:
    """The words of a description in comparable form, without possessive endings, hyphenated ones apart."""
    found = []
    for word in words(text):
        norm = word.norm.removesuffix("'s").removesuffix("s'") if "'" in word.norm else word.norm
        found.extend(norm.replace("/", "-").split("-"))
    return found


def _core(text: str) -> set[str]:
    return {stem(word) for word in norms(text) if word not in _SMALL}


def person_words(name: str) -> list[str]:
    """The words of a person's name without titles and suffixes; the surname is last."""
    found = [word.norm.removesuffix("'s") for word in words(name)]
    lists = people()
    while len(found) > 1 and found[0] in lists["titles"]:
        found = found[1:]
    while len(found) > 1 and found[-1].rstrip(".") in lists["suffixes"]:
        found = found[:-1]
    return found


def _surname(name: str) -> str:
    found = person_words(name)
    return found[-1] if found else ""


def _is_body(name: str) -> bool:
    return any(word in people()["organizations"] or stem(word) in people()["organizations"] for word in norms(name))


def is_person(name: str) -> bool:
    """Whether a description is a name: a capitalized last word that is no office and no body."""
    if not name or _is_body(name):
        return False
    last = words(name)[-1:] if words(name) else []
    lists = people()
    if not last or not last[0].span.of(name)[:1].isupper():
        return False
    known = last[0].norm in lists["offices"] or last[0].norm in lists["pronouns"] or last[0].norm in lists["unnamed"]
    return not known
