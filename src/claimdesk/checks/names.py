"""Names: person, office, age, organization and place, each compared only where both sides fill the same slot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claimdesk.aliases import apart, distinct, is_organization, misspelled, related, same
from claimdesk.analysis import Part, Subject, View
from claimdesk.clauses import content_lemmas
from claimdesk.model import Finding, Outcome, Span
from claimdesk.names import Name, find_names
from claimdesk.offices import compare_offices, same_office
from claimdesk.store import stem
from claimdesk.text import words as words_of
from claimdesk.titles import titles

_SAME_EVENT = 0.75  # share of the claim's other content words that the sentence must have
_SAME_MATTER = 0.6  # the same for two holders of an office without a place or body beside it
_TERM = 400  # days after which an office may have passed on


@dataclass(frozen=True)
class Place:
    """A name of the evidence with its piece."""

    part: Part
    name: Name


def check_names(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compares persons, offices, ages, organizations and places that fill the same slot in claim and passage.

    Another name in the same slot conflicts: another holder of one office, another place of one event, two sides
    exchanged. A different spelling is shown. A name that the passage does not know decides nothing.
    """
    ours = [name for name in find_names(subject.view) if not name.quoted]
    theirs = [Place(part, name) for part in parts for name in find_names(part.view) if not name.quoted]
    known = _words_of_evidence(parts)
    findings: list[Finding] = []
    for name in ours:
        compared = _first(
            lambda name=name: _exchanged(name, ours, theirs, subject),
            lambda name=name: _holder(name, theirs, subject),
            lambda name=name: _office(name, theirs, subject),
            lambda name=name: _age(name, theirs, subject),
            lambda name=name: _other_filler(name, ours, theirs, subject),
            lambda name=name: _spelling(name, ours, theirs, subject),
            lambda name=name: _missing(name, theirs, known),
        )
        if compared is not None:
            findings.append(compared)
    return findings


def _first(*questions: Callable[[], Finding | None]) -> Finding | None:
    """The first answer that is a conflict or a flag, else the first answer at all."""
    quiet: Finding | None = None
    for question in questions:
        answer = question()
        if answer is not None and (answer.outcome is not Outcome.SILENT or answer.flag):
            return answer
        quiet = quiet or answer
    return quiet


# --- offices ---------------------------------------------------------------------------------------


def _holder(name: Name, theirs: Sequence[Place], subject: Subject) -> Finding | None:
    """Who holds the office: the interior minister Ana Ruiz, or Ana Lopez."""
    role = name.role
    if role is None or role.head not in titles().single or "lieutenant" in role.ranks:
        return None
    holders = [place for place in theirs if place.name.role is not None and same_office(role, place.name.role)]
    equal = next((place for place in holders if same(name.words, place.name.words)), None)
    if equal is not None:
        detail = f"Both name {equal.name.text} as {role.text}."
        return _finding(Outcome.SILENT, "NAME_EQUAL", detail, name, equal)
    for place in holders:
        if slip := misspelled(name.words, place.name.words):
            return _slip(name, place, slip)
    rivals = [place for place in holders if apart(name.words, place.name.words) and not _named_elsewhere(name, theirs)]
    if not rivals or len(rivals) < len(holders):
        return None
    for place in rivals:
        if not _far_apart(subject, place) and _one_office(name, place, subject):
            detail = f"The claim names {name.text} as {role.text}, the source {place.name.text}."
            return _finding(Outcome.CONFLICTS, "NAME_CONFLICT", detail, name, place)
    return None


def _one_office(name: Name, place: Place, subject: Subject) -> bool:
    """Whether two offices of one description are one: a named place or body says so, else the whole sentence."""
    assert name.role is not None and place.name.role is not None
    share = shared_content(subject.view, _sentence(place), (name, place.name))
    if name.role.names and place.name.role.names:
        return True
    if name.role.of and place.name.role.of:
        return share > 0
    return share >= _SAME_MATTER


def _office(name: Name, theirs: Sequence[Place], subject: Subject) -> Finding | None:
    """What office one person holds: minister or deputy minister."""
    if name.role is None or len(name.words) < 2 and not _single_bearer(name, theirs):
        return None
    offices = [place for place in theirs if place.name.role is not None and _same_person(name, place.name)]
    if any(place.name.role is not None and same_office(name.role, place.name.role) for place in offices):
        return None
    for place in offices:
        assert place.name.role is not None
        difference = compare_offices(name.role, place.name.role)
        if difference is None:
            continue
        detail = f'{name.text}: the claim says "{name.role.text}", the source "{place.name.role.text}".'
        if difference.certain and _one_time(subject, place, name):
            return _finding(
                Outcome.CONFLICTS, difference.label, detail, name, place, name.role.text, place.name.role.text
            )
        return _finding(
            Outcome.SILENT, "ROLE_DIFFERS", detail, name, place, name.role.text, place.name.role.text, flag=True
        )
    return None


def _one_time(subject: Subject, place: Place, name: Name) -> bool:
    """Both texts of one season, or of unknown days with the same thing told."""
    ours, theirs = subject.meta.date, place.part.meta.date
    if ours is not None and theirs is not None:
        return abs((ours - theirs).days) <= _TERM // 2
    return shared_content(subject.view, _sentence(place), (name, place.name)) >= 0.5


def _far_apart(subject: Subject, place: Place) -> bool:
    ours, theirs = subject.meta.date, place.part.meta.date
    if ours is not None and theirs is not None and abs((ours - theirs).days) > _TERM:
        return True
    return _other_year(subject.view, _sentence(place))


# --- ages ------------------------------------------------------------------------------------------


def _age(name: Name, theirs: Sequence[Place], subject: Subject) -> Finding | None:
    if name.age is None:
        return None
    told = [place for place in theirs if place.name.age is not None and _same_person(name, place.name)]
    if not told or not _single_bearer(name, theirs) or any(place.name.age == name.age for place in told):
        return None
    for place in told:
        assert place.name.age is not None
        gap = abs(name.age - place.name.age)
        ours, then = subject.meta.date, place.part.meta.date
        years = abs((ours - then).days) // 365 if ours and then else 0
        detail = f"{name.text} is {name.age} in the claim and {place.name.age} in the source."
        values = str(name.age), str(place.name.age)
        if gap > years + 1:
            return _finding(Outcome.CONFLICTS, "AGE_CONFLICT", detail, name, place, *values)
        return _finding(Outcome.SILENT, "AGE_DIFFERS", detail, name, place, *values)
    return None


# --- the parts of an event -------------------------------------------------------------------------


def _exchanged(name: Name, ours: Sequence[Name], theirs: Sequence[Place], subject: Subject) -> Finding | None:
    """Smith defeated Jones, or Jones defeated Smith."""
    verbs = name.governors - titles().symmetric - titles().speech
    if name.slot != "subject" or not verbs or not name.real:
        return None
    for other in ours:
        if other.slot != "object" or other.governors != name.governors or other.sentence != name.sentence:
            continue
        for place in theirs:
            doer = place.name
            if (
                doer.slot != "subject"
                or doer.governors != name.governors
                or not doer.real
                or not same(other.words, doer.words)
            ):
                continue
            sufferer = next(
                (item for item in theirs if item.name.slot == "object" and item.name.sentence == doer.sentence
                 and item.part is place.part and item.name.governors == doer.governors and same(item.name.words, name.words)),
                None,
            )  # fmt: skip
            if sufferer is not None and not same(name.words, doer.words) and not _straight(name, other, theirs):
                if _other_day(subject.view, _sentence(place)):
                    continue
                verb = next(iter(verbs))
                detail = f'The two sides of "{verb}" are exchanged: {doer.text} is the one who did it in the source.'
                return _finding(Outcome.CONFLICTS, "ROLE_SWAP", detail, name, place)
    return None


def _straight(doer: Name, sufferer: Name, theirs: Sequence[Place]) -> bool:
    """Whether the evidence tells it the claim's way somewhere, too."""
    for place in theirs:
        if (
            place.name.slot == "subject"
            and place.name.governors == doer.governors
            and same(place.name.words, doer.words)
        ):
            for other in theirs:
                if (
                    other.name.slot == "object"
                    and other.name.sentence == place.name.sentence
                    and same(other.name.words, sufferer.words)
                ):
                    return True
    return False


def _other_filler(name: Name, ours: Sequence[Name], theirs: Sequence[Place], subject: Subject) -> Finding | None:
    """Another name in the same part of the same event: in Lisle, or in Merrow."""
    if not name.slot or not name.real or name.governors & titles().speech or _named_elsewhere(name, theirs):
        return None
    if name.slot == "subject" and name.governors & titles().symmetric and not name.governors & {"be", "become"}:
        return None
    if name.slot in ("prep as", "prep like", "prep with", "prep including", "prep than", "prep by", "prep about"):
        return None
    for place in theirs:
        other = place.name
        if other.slot != name.slot or not other.real or not other.governors & name.governors:
            continue
        if not apart(name.words, other.words) or _mixed(name, other):
            continue
        if name.role is not None and other.role is not None and not same_office(name.role, other.role):
            continue
        if any(related(other.words, mine.words) for mine in ours) or _linked(name, other, subject, place):
            continue
        sentence = _sentence(place)
        if shared_content(subject.view, sentence, (name, other)) < _SAME_EVENT or not _anchored(
            name, other, ours, theirs, subject, place
        ):
            continue
        if (
            _other_day(subject.view, sentence)
            or _other_year(subject.view, sentence)
            or _other_figure(subject.view, sentence)
        ):
            continue
        label = _slot_label(name, other)
        detail = f"The claim has {name.text} ({name.slot.removeprefix('prep ')}), the source {other.text}."
        return _finding(Outcome.CONFLICTS, label, detail, name, place)
    return None


def _slot_label(name: Name, other: Name) -> str:
    if is_organization(name.words) and is_organization(other.words):
        return "ORG_CONFLICT"
    places = ("prep in", "prep at", "prep near", "prep from", "prep to", "prep outside", "prep across", "prep into")
    return "PLACE_CONFLICT" if name.slot in places and name.role is None and other.role is None else "NAME_CONFLICT"


def _mixed(name: Name, other: Name) -> bool:
    """A person and a body, a town and a country: two names of one slot that may both be right."""
    wide = titles().wide
    ours, theirs = bool(set(name.words) & wide), bool(set(other.words) & wide)
    if ours != theirs:
        return True
    regions = {
        "county",
        "province",
        "region",
        "district",
        "state",
        "valley",
        "prefecture",
        "republic",
        "north",
        "south",
        "east",
        "west",
    }
    if bool(set(name.words) & regions) != bool(set(other.words) & regions):
        return True
    if name.slot.startswith("prep") and bool(distinct(name.words) == frozenset(name.words)) != bool(
        distinct(other.words) == frozenset(other.words)
    ):
        return True  # at Harbor Hall, in Lisle: a building and its town
    if is_organization(name.words) != is_organization(other.words):
        return True
    return not name.slot.startswith("prep") and (len(name.words) > 1) != (len(other.words) > 1)


def _linked(name: Name, other: Name, subject: Subject, place: Place) -> bool:
    """Whether one of the texts joins the two: Merrow in Lisle; Calder Rovers."""
    for view in (subject.view.analysis.view(), place.part.view):
        for longer in find_names(view):
            if set(longer.words) & distinct(name.words) and set(longer.words) & distinct(other.words):
                return True
        sentences = {}
        for item in find_names(view):
            sentences.setdefault(item.sentence, []).append(item)
        for items in sentences.values():
            if any(same(item.words, name.words) for item in items) and any(
                same(item.words, other.words) for item in items
            ):
                return True
    return False


def _anchored(
    name: Name, other: Name, ours: Sequence[Name], theirs: Sequence[Place], subject: Subject, place: Place
) -> bool:
    """Whether something rare is shared: another name, a figure of two digits, a day, or four content words."""
    sentence = _sentence(place)
    wanted, held = _content(subject.view, (name, other)), _content(sentence, (name, other))
    if len(wanted) < 2:
        return False
    for mine in ours:
        if mine is not name and any(
            item.name.sentence == other.sentence and same(item.name.words, mine.words) for item in theirs
        ):
            return True
    figures = {word.norm for word in words_of(subject.view.text) if sum(char.isdigit() for char in word.norm) >= 2}
    if figures & {word.norm for word in words_of(sentence.text)}:
        return True
    if any(
        left.grain == "day" and left.first is not None and left.first == right.first
        for left in subject.view.dates for right in sentence.dates
    ):  # fmt: skip
        return True
    back = sum(key in wanted or stem(key) in map(stem, wanted) for key in held) / len(held) if held else 0.0
    return len(wanted) >= 4 and back >= _SAME_MATTER


# --- spelling and absence --------------------------------------------------------------------------


def _spelling(name: Name, ours: Sequence[Name], theirs: Sequence[Place], subject: Subject) -> Finding | None:
    if any(same(name.words, place.name.words) for place in theirs):
        return None
    for place in theirs:
        slip = misspelled(name.words, place.name.words)
        if slip is None or any(same(place.name.words, mine.words) for mine in ours):
            continue
        both = len(name.words) > 1 and len(place.name.words) > 1
        if both or (name.slot == place.name.slot and name.slot and name.governors & place.name.governors):
            return _slip(name, place, slip)
        if shared_content(subject.view, _sentence(place), (name, place.name)) >= _SAME_MATTER:
            return _slip(name, place, slip)
    return None


def _slip(name: Name, place: Place, slip: tuple[str, str]) -> Finding:
    detail = f"The claim spells {name.text}, the source {place.name.text}."
    return _finding(Outcome.SILENT, "NAME_MISSPELLED", detail, name, place, flag=True)


def _missing(name: Name, theirs: Sequence[Place], known: frozenset[str]) -> Finding | None:
    """A name that occurs nowhere in the evidence: it decides nothing, and forbids to call the whole supported."""
    telling = distinct(name.words) or frozenset(name.words)
    if telling & known or any(word.rstrip("s") in known for word in telling):
        return None
    if any(related(name.words, place.name.words) for place in theirs) or any(
        related(name.words, (word,)) for word in known if len(word) > 1
    ):
        return None
    detail = f"The passage does not name {name.text}."
    return Finding("names", Outcome.SILENT, "NAME_MISSING", detail, name.span, None, name.text, "")


def _words_of_evidence(parts: Sequence[Part]) -> frozenset[str]:
    found: set[str] = set()
    for part in parts:
        meta = part.meta
        for text in (part.view.text, meta.speaker, meta.role, meta.org, meta.publisher, meta.title):
            for word in words_of(text):
                found |= {word.norm.removesuffix("'s"), *word.norm.replace("'", "-").split("-")}
    return frozenset(found)


# --- what names share ------------------------------------------------------------------------------


def _same_person(left: Name, right: Name) -> bool:
    return same(left.words, right.words) and not is_organization(left.words)


def _single_bearer(name: Name, theirs: Sequence[Place]) -> bool:
    """Whether one person alone fits a name: a surname that two people share decides nothing."""
    fits = [place.name.words for place in theirs if same(name.words, place.name.words)]
    return all(same(one, two) for one in fits for two in fits)


def _named_elsewhere(name: Name, theirs: Sequence[Place]) -> bool:
    """Whether the evidence knows the claim's name, or one akin to it, in any slot."""
    if len(name.words) > 1 and not is_organization(name.words):
        return any(not apart(name.words, place.name.words) and name.words[-1] in place.name.words for place in theirs)
    return any(related(name.words, place.name.words) for place in theirs)


def shared_content(claim: View, sentence: View, without: Sequence[Name]) -> float:
    """The share of the claim's content words, without the names compared, that a sentence has; 0 to 1."""
    wanted, held = _content(claim, without), _content(sentence, ())
    if not wanted:
        return 0.0
    stems = {stem(lemma) for lemma in held}
    return sum(lemma in held or stem(lemma) in stems for lemma in wanted) / len(wanted)


def _content(view: View, without: Sequence[Name]) -> set[str]:
    spans = [name.span for name in without]
    offices: set[str] = set()
    for name in without:
        if name.role is not None:
            offices |= {word.norm for word in words_of(name.role.text)}
    dates = [ref.span for ref in view.dates]
    return {
        lemma
        for lemma, span in content_lemmas(view).items()
        if not any(span.overlaps(hole) for hole in (*spans, *dates))
        and lemma not in offices
        and lemma not in titles().speech
    }


def _sentence(place: Place) -> View:
    return View(place.part.view.analysis, place.name.sentence)


def _other_day(ours: View, theirs: View) -> bool:
    """Whether both sides give days and none of them meet."""
    left = [ref for ref in ours.dates if ref.first is not None and ref.last is not None]
    right = [ref for ref in theirs.dates if ref.first is not None and ref.last is not None]
    return bool(left and right) and not any(_meet(one, two) for one in left for two in right)


def _meet(one, two) -> bool:  # type: ignore[no-untyped-def]
    return not (one.last < two.first or two.last < one.first)


def _other_year(ours: View, theirs: View) -> bool:
    left = {ref.first.year for ref in ours.dates if ref.first is not None and ref.grain in ("year", "decade")}
    right = {ref.first.year for ref in theirs.dates if ref.first is not None}
    return bool(left and right) and not left & right


def _other_figure(ours: View, theirs: View) -> bool:
    """Whether both sides count something and no figure is shared: 12 dead here, 30 dead there."""
    left = {quantity.values for quantity in ours.quantities}
    right = {quantity.values for quantity in theirs.quantities}
    return bool(left and right) and not left & right


def _finding(
    outcome: Outcome,
    label: str,
    detail: str,
    name: Name,
    place: Place,
    ours: str = "",
    source: str = "",
    flag: bool = False,
) -> Finding:
    evidence = place.name.span
    return Finding(
        check="names",
        outcome=outcome,
        label=label,
        detail=detail,
        claim_span=name.span,
        evidence_span=Span(evidence.start, evidence.end),
        claim_value=ours or name.text,
        evidence_value=source or place.name.text,
        part=place.part.index,
        flag=flag,
    )
