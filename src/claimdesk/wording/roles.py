"""Whether a claim gives a person the role that the source gives: *airline pilot* is no *fire chief*."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from functools import lru_cache

from claimdesk.analysis import Part, Subject
from claimdesk.language.parse import Parsed
from claimdesk.language.text import fold
from claimdesk.model import Mention, Quote
from claimdesk.wording.identity import Identity, is_person, norms, person_words
from claimdesk.wording.protected import stem
from claimdesk.wording.referents import people
from claimdesk.wording.restate import akin_names

_SMALL = frozenset(("the", "a", "an", "his", "her", "its", "their", "our", "and", "'s", "s"))
_CLOSE_DAYS = 60  # within these no one changes from one exclusive office to another unnoticed
# Ruben Okafor, 43, an airline pilot, said
_APPOSED = re.compile(r"(?:, \d{1,3})?, ((?:an? |the |his |her |its |their )?[^,.;:()\"]{3,60})(?=[,.;:)])")
_OF = re.compile(r" (?:of|for|at|in|with|from|on) ")


class Role(Enum):
    """What comparing two roles came to. EXCLUSIVE: nobody holds both at one time."""

    FITS = "fits"
    DIFFERS = "differs"
    EXCLUSIVE = "exclusive"


def compare_roles(mine: str, theirs: str) -> Role:
    """Whether a role is borne out by another: equal, contained, or one head word or its synonym in one field.

    >>> compare_roles("fire chief", "chief of the fire department"), compare_roles("minister", "transport minister")
    (<Role.FITS: 'fits'>, <Role.FITS: 'fits'>)
    >>> compare_roles("airline pilot", "fire chief"), compare_roles("mayor", "governor")
    (<Role.DIFFERS: 'differs'>, <Role.EXCLUSIVE: 'exclusive'>)
    """
    one, other = _words(mine), _words(theirs)
    if not one or not other:
        return Role.FITS
    head, their_head = _head(mine), _head(theirs)
    general = _stems("general_roles")
    if set(one) <= set(other) or not set(one) - general:
        return Role.FITS
    fields = [{word for word in found if word != top} for found, top in ((one, head), (other, their_head))]
    alike = not fields[0] or not fields[1] or any(akin_names(a, b) for a in fields[0] for b in fields[1])
    alike = alike or bool({_canon(word) for word in fields[0]} & {_canon(word) for word in fields[1]})
    if head == their_head or head in other or head in general:
        return Role.FITS if alike else Role.DIFFERS
    if _synonyms(head, their_head) and alike and not (head in _stems("sole_titles") and not fields[0]):
        return Role.FITS
    sole = _stems("exclusive_offices")
    return Role.EXCLUSIVE if head in sole and their_head in sole and not _former(mine, theirs) else Role.DIFFERS


def stated_role(parsed: Parsed, speaker: Mention | None) -> str:
    """The role that the words of a mention give a person, before the name or right after it; empty without one.

    A word before a name counts only as a noun: *a tearful Okafor* states none.
    """
    if speaker is None or not is_person(speaker.name):
        return ""
    text = fold(parsed.text)
    words = text[speaker.span.start : speaker.span.end]
    name = [word for word in person_words(speaker.name)[-1:] if word]
    place = min((found.start() for word in person_words(speaker.name) for found in _places(words, word)), default=-1)
    if not name or place < 0:  # the office stands for the name
        last = norms(words)[-1:]
        return words if last and last[0] in people()["offices"] else ""
    before = words[:place].strip(" ,")
    tokens = [t for t in parsed.tokens(speaker.span) if t.idx < speaker.span.start + place and not t.is_punct]
    if before and tokens and (tokens[-1].pos_ in ("NOUN", "PROPN") or _known(before)):
        return "" if all(word in people()["plain_titles"] or word in _SMALL for word in norms(before)) else before
    after = _APPOSED.match(text, speaker.span.end)
    if after is None or not _known(_OF.split(after.group(1), maxsplit=1)[0]):
        return ""
    return after.group(1)


def role_between(
    subject: Subject, quote: Quote, part: Part, carrier: Quote | None, theirs: Identity | None
) -> tuple[Role, str, str]:
    """How the role that a claim states fits all that the evidence says of the speaker, with both as words.

    A role that is missing on either side fits.
    """
    mine = stated_role(subject.view.analysis.parsed, quote.speaker)
    if not mine or theirs is None or not (theirs.name and is_person(theirs.name)):
        return Role.FITS, mine, ""
    known = [theirs.role]
    if carrier is not None and carrier.speaker is not None:
        stated = stated_role(part.view.analysis.parsed, carrier.speaker)
        known = [stated, "" if stated and theirs.role and stem(theirs.role) in stem(stated) else theirs.role]
        known.append(carrier.speaker.role if not stated else "")
    roles = [role for role in known if role]
    if not roles:
        return Role.FITS, mine, ""
    found = [compare_roles(mine, f"{role} of {theirs.org}" if theirs.org else role) for role in roles]
    found += [compare_roles(mine, role) for role in roles if theirs.org]
    if Role.FITS in found:
        return Role.FITS, mine, roles[0]
    close = _close(subject.meta.date, part.meta.date)
    worst = Role.EXCLUSIVE if close and all(one is Role.EXCLUSIVE for one in found) else Role.DIFFERS
    return worst, mine, roles[0]


def _stems(name: str) -> set[str]:
    return {stem(word) for word in people()[name]}


def _close(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) <= _CLOSE_DAYS


def _places(words: str, name: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.I))[:1]


def _known(words: str) -> bool:
    """Whether a description ends in an office or a trade, by list or by its ending: *economist*, *entomologist*."""
    last = norms(words)[-1:]
    if not last:
        return False
    lists = people()
    return last[0] in lists["offices"] or _canon(last[0]) != last[0] or last[0].endswith(tuple(lists["trade_endings"]))


def _former(*roles: str) -> bool:
    ranks = set(people()["rank_words"])
    return any(word in ranks for role in roles for word in norms(role))


@lru_cache(maxsize=1024)
def _words(role: str) -> tuple[str, ...]:
    """The telling words of a role in comparable form, without articles, ranks and what only praises."""
    lists = people()
    plain = {*_SMALL, "of", "for", "at", "in", "with", "from", "on", "to", *lists["rank_words"], *lists["role_ranks"]}
    found = [lists["short_roles"].get(word.rstrip("."), word) for word in norms(role)]
    found = [word for word in found if word not in lists["plain_titles"] and not word[:1].isdigit() and word != "old"]
    kept = [word for word in found if word not in plain] or found[-1:]
    return tuple(stem(word) for word in kept if word not in _SMALL)


@lru_cache(maxsize=1024)
def _head(role: str) -> str:
    """The word that says what somebody is: *minister* of the transport minister of Norland."""
    known = _words(_OF.split(role, maxsplit=1)[0].strip()) or _words(role)
    return known[-1] if known else ""


@lru_cache(maxsize=1)
def _groups() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(people()["role_synonyms"]):
        for word in group:
            found.setdefault(stem(word), set()).add(number)
    return found


def _canon(word: str) -> str:
    """A word's first synonym, the word itself where it has none."""
    numbers = _groups().get(stem(word))
    return f"#{min(numbers)}" if numbers else word


def _synonyms(one: str, other: str) -> bool:
    groups = _groups()
    if groups.get(one, set()) & groups.get(other, set()):
        return True
    scholars = tuple(stem(ending) for ending in people()["scholar_endings"])
    learned = _stems("scholars")
    return any(a in learned and (b in learned or b.endswith(scholars)) for a, b in ((one, other), (other, one)))
