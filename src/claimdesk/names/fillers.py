"""Names as the parts of an event: another one in the same part, or two that have changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimdesk.analysis import Part, Subject, View
from claimdesk.language.text import words as words_of
from claimdesk.model import Finding, Outcome, Span
from claimdesk.names import Name, find_names
from claimdesk.names.aliases import apart, distinct, is_organization, related, same
from claimdesk.names.ground import content, other_day, other_figure, other_year, shared
from claimdesk.names.offices import same_office
from claimdesk.names.titles import titles

_SAME_EVENT = 0.75  # share of the claim's other content words that the sentence must have
_MUTUAL = 0.6  # share of the sentence's content that the claim must have where no name, figure or day is shared
_SAME_TIME = 400  # days between two texts beyond which an event without a date may be another one
_VAGUE = frozenset(["prep as", "prep like", "prep with", "prep including", "prep than", "prep by", "prep about"])
_WHERE = frozenset(f"prep {word}" for word in ["in", "at", "near", "from", "to", "outside", "across", "into"])
_REGIONS = frozenset(["county", "province", "region", "district", "state", "valley", "prefecture", "republic"])


@dataclass(frozen=True)
class Place:
    """A name of the evidence with its piece."""

    part: Part
    name: Name

    @property
    def sentence(self) -> View:
        """The sentence in which it stands."""
        return View(self.part.view.analysis, self.name.sentence)


@dataclass(frozen=True)
class Case:
    """Everything that the questions about one claim's names look at."""

    subject: Subject
    ours: tuple[Name, ...]
    theirs: tuple[Place, ...]
    known: frozenset[str]

    def share(self, place: Place, *names: Name) -> float:
        """The share of the claim's content that a place's sentence has, without the names and offices compared."""
        return shared(self.subject.view, place.sentence, holes(names, self.subject.view))


def holes(names: Sequence[Name], view: View) -> list[Span]:
    """What is left out when sentences are compared: the names in question, and the words of their offices."""
    found = [name.span for name in names]
    offices = {word.norm for name in names if name.role is not None for word in words_of(name.role.text)}
    return found + [word.span for word in words_of(view.analysis.parsed.text, view.span) if word.norm in offices]


def exchanged(name: Name, case: Case) -> Finding | None:
    """Smith defeated Jones, or Jones defeated Smith."""
    verbs = name.governors - titles().symmetric - titles().speech
    if name.slot != "subject" or not verbs or not name.real:
        return None
    told = list(_deeds(case.theirs, verbs))
    for other in case.ours:
        if other.slot != "object" or not other.governors & verbs or other.sentence != name.sentence:
            continue
        if any(same(doer.name.words, name.words) and same(target.name.words, other.words) for doer, target in told):
            return None
        for doer, target in told:
            turned = same(doer.name.words, other.words) and same(target.name.words, name.words)
            if turned and not same(name.words, doer.name.words) and not other_day(case.subject.view, doer.sentence):
                verb = next(iter(verbs))
                detail = f'The two sides of "{verb}" are exchanged: in the source, {doer.name.text} did it.'
                return finding(Outcome.CONFLICTS, "ROLE_SWAP", detail, name, doer)
    return None


def _deeds(theirs: Sequence[Place], governors: frozenset[str]) -> Iterator[tuple[Place, Place]]:
    """Doer and sufferer of one verb in one sentence of the evidence."""
    for doer in theirs:
        if doer.name.slot != "subject" or not doer.name.governors & governors or not doer.name.real:
            continue
        for target in theirs:
            alike = target.part is doer.part and target.name.sentence == doer.name.sentence
            if alike and target.name.slot == "object" and target.name.governors & doer.name.governors & governors:
                yield doer, target


def other_filler(name: Name, case: Case) -> Finding | None:
    """Another name in the same part of the same event: in Lisle, or in Merrow."""
    if (
        not name.slot
        or not name.real
        or name.governors & titles().speech
        or name.slot in _VAGUE
        or is_named(name, case)
    ):
        return None
    if name.slot == "subject" and name.governors & titles().symmetric and not name.governors & {"be", "become"}:
        return None
    for place in case.theirs:
        other = place.name
        if other.slot != name.slot or not other.real or not other.governors & name.governors:
            continue
        if _may_both_hold(name, other, case) or _is_linked(name, other, case, place):
            continue
        if (
            case.share(place, name, other) < _SAME_EVENT
            or not _is_anchored(name, case, place)
            or _is_apart(case, place)
        ):
            continue
        detail = f"The claim has {name.text} ({name.slot.removeprefix('prep ')}), the source {other.text}."
        return finding(Outcome.CONFLICTS, _label(name, other), detail, name, place)
    return None


def is_named(name: Name, case: Case) -> bool:
    """Whether the evidence knows the claim's name, or one akin to it, in any slot."""
    if len(name.words) > 1 and not is_organization(name.words):
        return any(
            not apart(name.words, place.name.words) and name.words[-1] in place.name.words for place in case.theirs
        )
    return any(related(name.words, place.name.words) for place in case.theirs)


def _label(name: Name, other: Name) -> str:
    if is_organization(name.words) and is_organization(other.words):
        return "ORG_CONFLICT"
    return "PLACE_CONFLICT" if name.slot in _WHERE and name.role is None and other.role is None else "NAME_CONFLICT"


def _may_both_hold(name: Name, other: Name, case: Case) -> bool:
    """Two names of one slot that can both be right: akin, in other offices, or one wide and one narrow."""
    if not apart(name.words, other.words) or any(related(other.words, mine.words) for mine in case.ours):
        return True
    if name.role is not None and other.role is not None and not same_office(name.role, other.role):
        return True
    if is_organization(name.words) != is_organization(other.words):
        return True
    for wide in (titles().wide, _REGIONS):
        if bool(set(name.words) & wide) != bool(set(other.words) & wide):
            return True
    if name.slot.startswith("prep"):
        return _is_plain(name) != _is_plain(other)
    return (len(name.words) > 1) != (len(other.words) > 1)


def _is_plain(name: Name) -> bool:
    """A town and not a hall, a street, a body: at Harbor Hall and at Lisle may be one place."""
    return distinct(name.words) == frozenset(name.words)


def _is_linked(name: Name, other: Name, case: Case, place: Place) -> bool:
    """Whether one of the texts joins the two: Merrow in Lisle; Calder Rovers."""
    for view in (case.subject.view.analysis.view(), place.part.view):
        sentences: dict[Span, list[Name]] = {}
        for item in find_names(view):
            if set(item.words) & distinct(name.words) and set(item.words) & distinct(other.words):
                return True
            sentences.setdefault(item.sentence, []).append(item)
        for items in sentences.values():
            if any(same(item.words, name.words) for item in items) and any(
                same(item.words, other.words) for item in items
            ):
                return True
    return False


def _is_anchored(name: Name, case: Case, place: Place) -> bool:
    """Whether something rare is shared: another name, a figure of two digits, a day, or most words both ways."""
    claim, sentence = case.subject.view, place.sentence
    wanted = content(claim, holes((name,), claim))
    if len(wanted) < 2:
        return False
    here = [item.name for item in case.theirs if item.name.sentence == place.name.sentence]
    if any(mine is not name and any(same(item.words, mine.words) for item in here) for mine in case.ours):
        return True
    if _long_figures(claim) & _long_figures(sentence):
        return True
    days = {ref.first for ref in claim.dates if ref.grain == "day" and ref.first is not None}
    if any(ref.grain == "day" and ref.first in days for ref in sentence.dates):
        return True
    held = content(sentence, holes((place.name,), sentence))
    return len(wanted) >= 4 and len(held & wanted) >= _MUTUAL * len(held)


def _long_figures(view: View) -> set[str]:
    return {word.norm for word in words_of(view.text) if sum(char.isdigit() for char in word.norm) >= 2}


def _is_apart(case: Case, place: Place) -> bool:
    """Other days, other figures, or two texts of different years."""
    claim, sentence = case.subject.view, place.sentence
    ours, theirs = case.subject.meta.date, place.part.meta.date
    if ours is not None and theirs is not None and abs((ours - theirs).days) > _SAME_TIME:
        return True
    return other_day(claim, sentence) or other_year(claim, sentence) or other_figure(claim, sentence)


def finding(
    outcome: Outcome,
    label: str,
    detail: str,
    name: Name,
    place: Place,
    *,
    ours: str = "",
    theirs: str = "",
    flag: bool = False,
) -> Finding:
    """A finding of the names check about a name of the claim and one of the evidence."""
    return Finding(
        check="names",
        outcome=outcome,
        label=label,
        detail=detail,
        claim_span=name.span,
        evidence_span=place.name.span,
        claim_value=ours or name.text,
        evidence_value=theirs or place.name.text,
        part=place.part.index,
        flag=flag,
    )
