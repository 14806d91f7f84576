"""Names: person, office, age, organization and place, each compared only where both sides fill the same slot."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.analysis import Part, Subject
from claimdesk.language.text import words as words_of
from claimdesk.model import Finding, Outcome
from claimdesk.names import Name, find_names
from claimdesk.names.aliases import apart, distinct, is_organization, misspelled, related, same
from claimdesk.names.fillers import Case, Place, exchanged, finding, is_named, other_filler
from claimdesk.names.ground import other_year
from claimdesk.names.offices import compare_offices, same_office
from claimdesk.names.titles import titles

_SAME_MATTER = 0.6  # share of content for two holders of an office without a place or body beside it
_TERM = 400  # days after which an office may have passed on


def check_names(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compares persons, offices, ages, organizations and places that fill the same slot in claim and passage.

    Another name in the same slot conflicts: another holder of one office, another place of one event, two sides
    exchanged. A different spelling is shown. A name that the passage does not know decides nothing.
    """
    case = Case(
        subject,
        tuple(name for name in find_names(subject.view) if not name.quoted),
        tuple(Place(part, name) for part in parts for name in find_names(part.view) if not name.quoted),
        _words_of_evidence(parts),
    )
    answers = [_ask(name, case) for name in case.ours]
    return [answer for answer in answers if answer is not None]


def _ask(name: Name, case: Case) -> Finding | None:
    """The first answer about a name that is a conflict or a flag, else the first answer at all."""
    quiet: Finding | None = None
    for question in (exchanged, _holder, _office, _age, other_filler, _spelling, _missing):
        answer = question(name, case)
        if answer is not None and (answer.outcome is not Outcome.SILENT or answer.flag):
            return answer
        quiet = quiet or answer
    return quiet


def _holder(name: Name, case: Case) -> Finding | None:
    """Who holds the office: the interior minister Ana Ruiz, or Ana Lopez."""
    role = name.role
    if role is None or role.head not in titles().single or "lieutenant" in role.ranks:
        return None
    holders = [place for place in case.theirs if place.name.role is not None and same_office(role, place.name.role)]
    for place in holders:
        if same(name.words, place.name.words):
            detail = f"Both name {place.name.text} as {role.text}."
            return finding(Outcome.SILENT, "NAME_EQUAL", detail, name, place)
    for place in holders:
        if misspelled(name.words, place.name.words):
            return _slip(name, place)
    if is_named(name, case) or not all(apart(name.words, place.name.words) for place in holders):
        return None
    for place in holders:
        if not _has_passed_on(case, place) and _is_one_office(name, case, place):
            detail = f"The claim names {name.text} as {role.text}, the source {place.name.text}."
            return finding(Outcome.CONFLICTS, "NAME_CONFLICT", detail, name, place)
    return None


def _is_one_office(name: Name, case: Case, place: Place) -> bool:
    """Whether two offices of one description are one: a named place or body says so, else the whole sentence."""
    ours, theirs = name.role, place.name.role
    if ours is None or theirs is None:
        return False
    if ours.names and theirs.names:
        return True
    share = case.share(place, name, place.name)
    return share > 0 if ours.of and theirs.of else share >= _SAME_MATTER


def _has_passed_on(case: Case, place: Place) -> bool:
    """Whether the two texts are of times in which an office may have had two holders."""
    ours, theirs = case.subject.meta.date, place.part.meta.date
    if ours is not None and theirs is not None and abs((ours - theirs).days) > _TERM:
        return True
    return other_year(case.subject.view, place.sentence)


def _office(name: Name, case: Case) -> Finding | None:
    """What office one person holds: minister or deputy minister."""
    if name.role is None or not _has_one_bearer(name, case):
        return None
    told = [(place, place.name.role) for place in case.theirs if place.name.role and _is_person(name, place.name)]
    if any(same_office(name.role, role) for _, role in told):
        return None
    for place, role in told:
        difference = compare_offices(name.role, role)
        if difference is None:
            continue
        detail = f'{name.text}: the claim says "{name.role.text}", the source "{role.text}".'
        ours, theirs = name.role.text, role.text
        if difference.certain and _is_one_time(name, case, place):
            return finding(Outcome.CONFLICTS, difference.label, detail, name, place, ours=ours, theirs=theirs)
        return finding(Outcome.SILENT, "ROLE_DIFFERS", detail, name, place, ours=ours, theirs=theirs, flag=True)
    return None


def _is_one_time(name: Name, case: Case, place: Place) -> bool:
    """Both texts of one season; where a day is unknown, the same thing told."""
    ours, theirs = case.subject.meta.date, place.part.meta.date
    if ours is not None and theirs is not None:
        return abs((ours - theirs).days) <= _TERM // 2
    return case.share(place, name, place.name) >= _SAME_MATTER


def _age(name: Name, case: Case) -> Finding | None:
    """How old one person is; a birthday between two texts of unknown days is allowed for."""
    told = [place for place in case.theirs if place.name.age is not None and _is_person(name, place.name)]
    if name.age is None or not _has_one_bearer(name, case) or any(place.name.age == name.age for place in told):
        return None
    for place in told:
        age = place.name.age or 0
        ours, theirs = case.subject.meta.date, place.part.meta.date
        years = abs((ours - theirs).days) // 365 if ours and theirs else 0
        certain = abs(name.age - age) > years + 1
        return finding(
            Outcome.CONFLICTS if certain else Outcome.SILENT,
            "AGE_CONFLICT" if certain else "AGE_DIFFERS",
            f"{name.text} is {name.age} in the claim and {age} in the source.",
            name,
            place,
            ours=str(name.age),
            theirs=str(age),
        )
    return None


def _spelling(name: Name, case: Case) -> Finding | None:
    """A slip of spelling in a name that the evidence does not have as the claim writes it."""
    if any(same(name.words, place.name.words) for place in case.theirs):
        return None
    for place in case.theirs:
        other = place.name
        if not misspelled(name.words, other.words) or any(same(other.words, mine.words) for mine in case.ours):
            continue
        full = len(name.words) > 1 and len(other.words) > 1
        part = bool(name.slot) and name.slot == other.slot and bool(name.governors & other.governors)
        if full or part or case.share(place, name, other) >= _SAME_MATTER:
            return _slip(name, place)
    return None


def _slip(name: Name, place: Place) -> Finding:
    detail = f"The claim spells {name.text}, the source {place.name.text}."
    return finding(Outcome.SILENT, "NAME_MISSPELLED", detail, name, place, flag=True)


def _missing(name: Name, case: Case) -> Finding | None:
    """A name that occurs nowhere in the evidence: it decides nothing, and the whole cannot be called supported."""
    telling = distinct(name.words) or frozenset(name.words)
    if any(word in case.known or word.rstrip("s") in case.known for word in telling):
        return None
    if any(related(name.words, (word,)) for word in case.known if len(word) > 1):
        return None
    if any(related(name.words, place.name.words) for place in case.theirs):
        return None
    detail = f"The passage does not name {name.text}."
    return Finding("names", Outcome.SILENT, "NAME_MISSING", detail, name.span, None, name.text, "")


def _words_of_evidence(parts: Sequence[Part]) -> frozenset[str]:
    """The words of all passages and of what is known about them."""
    found: set[str] = set()
    for part in parts:
        meta = part.meta
        for text in (part.view.text, meta.speaker, meta.role, meta.org, meta.publisher, meta.title):
            for word in words_of(text):
                found |= {word.norm.removesuffix("'s"), *word.norm.replace("'", "-").split("-")}
    return frozenset(found)


def _is_person(left: Name, right: Name) -> bool:
    return same(left.words, right.words) and not is_organization(left.words)


def _has_one_bearer(name: Name, case: Case) -> bool:
    """Whether one person alone fits a name: a surname that two people share decides nothing."""
    fits = [place.name.words for place in case.theirs if same(name.words, place.name.words)]
    return all(same(one, two) for one in fits for two in fits)
