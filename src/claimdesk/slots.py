"""Whether two numbers fill the same slot: item, event, topic, place, time, roles and reality, before any value.

Each slot can agree, be unknown, or contradict. Only a number all of whose slots agree may support or conflict by its
value; a contradiction in one slot conflicts when the value is the same; the unknown decides nothing (domain rule:
section 4.4). The source's number is chosen by these slots, never by how close its value is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from claimdesk.bind import Bound
from claimdesk.compare import kind
from claimdesk.concepts import exclude, is_kind, tables
from claimdesk.model import DateRef, Form
from claimdesk.terms import Term

_LIGHT_TOPIC = frozenset(
    ["rate", "level", "number", "figure", "total", "amount", "value", "share", "percentage", "count", "tally", "size", "volume", "index", "one", "it", "they", "that", "this"]
)
_STATES_OF_PEOPLE = frozenset(["die", "injure", "missing", "capture", "survive", "alive", "unhurt"])
_STATES = frozenset({"", "to"})


class Fit(IntEnum):
    """How well a source's number fits the claim's slot; higher is better."""

    OTHER = 0  # another thing
    UNKNOWN = 1  # perhaps the same thing: decides nothing
    CONTRA = 2  # the same thing but for one slot that contradicts
    SAME = 3


@dataclass(frozen=True)
class Match:
    """A source's number with how it fits; ``label`` names the slot that stands in the way."""

    source: Bound
    fit: Fit
    label: str = ""
    why: str = ""
    score: float = 0.0


@dataclass
class _Tally:
    """What the slots say while they are read, one after the other."""

    other: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    contra: list[tuple[str, str]] = field(default_factory=list)
    score: float = 0.0

    def verdict(self, source: Bound) -> Match:
        """The match that the slots add up to."""
        if self.other:
            return Match(source, Fit.OTHER, *self.other[0], self.score)
        if self.unknown:
            return Match(source, Fit.UNKNOWN, *self.unknown[0], self.score)
        if len({label for label, _ in self.contra}) == 1:
            return Match(source, Fit.CONTRA, *self.contra[0], self.score)
        if self.contra:
            return Match(source, Fit.UNKNOWN, *self.contra[0], self.score)
        return Match(source, Fit.SAME, score=self.score)


@dataclass(frozen=True)
class Setting:
    """What stands around the two numbers: the words of the passage, of the claim's text, and the passage's own days."""

    passage: frozenset[str]
    claim: frozenset[str]
    days: tuple[DateRef, ...] = ()


def fit(claim: Bound, source: Bound, setting: Setting) -> Match:
    """How a source's number fits the slot of the claim's number."""
    tally = _Tally()
    if not _comparable(claim, source):
        tally.other.append(("DIFFERENT_ITEM", "another kind of value"))
        return tally.verdict(source)
    if source.withdrawn:
        tally.other.append(("CORRECTION", "the source withdraws this figure"))
        return tally.verdict(source)
    for slot in (
        _structure,
        _item,
        _event,
        _topic,
        _statistic,
        _reality,
        _direction,
        _roles,
        _place,
        _time,
        _words,
        _attribution,
    ):
        slot(claim, source, setting, tally)
    return tally.verdict(source)


def _comparable(claim: Bound, source: Bound) -> bool:
    ours, theirs = kind(claim.quantity), kind(source.quantity)
    if ours == theirs:
        return True
    return claim.quantity.form is Form.ORDINAL and theirs == "number"


def _structure(claim: Bound, source: Bound, _: Setting, tally: _Tally) -> None:
    """Part and base, the whole and what it includes, from and to."""
    if claim.base != source.base:
        if claim.base and claim.quantity.values != source.quantity.values:
            tally.other.append(("SUBSET_CONFUSION", "the claim's number is the base"))
        elif source.base or claim.role or claim.subset:
            tally.unknown.append(("SUBSET_CONFUSION", "the source's number is the base, not the part"))
        elif source.part_of:
            tally.other.append(("SUBSET_CONFUSION", "the source's number is a part"))
    if source.subset and not claim.subset and claim.item != source.item:
        tally.other.append(("SUBSET_CONFUSION", "the source's number is a part of a larger count"))
    if claim.role == source.role or {claim.role, source.role} <= _STATES:
        tally.score += 1
        return
    if {claim.role, source.role} <= {"", "to", "from"} and claim.times and _overlap(claim.times, source.times):
        tally.score += 1
        return
    tally.other.append(
        ("WRONG_PERIOD" if "from" in (claim.role, source.role) else "DIFFERENT_ITEM", "another step of a change")
    )


def _item(claim: Bound, source: Bound, setting: Setting, tally: _Tally) -> None:
    if kind(claim.quantity) != "number" and claim.quantity.form is not Form.ORDINAL:
        ours, theirs = claim.item_terms, source.item_terms
        if claim.item and source.item and claim.item != source.item and not _terms_meet(ours, source.near_means):
            if exclude(_all(ours), _all(theirs)):
                tally.contra.append(("ITEM_CONFLICT", f"{source.item}, not {claim.item}"))
            else:
                tally.other.append(("DIFFERENT_ITEM", f"{source.item}, not {claim.item}"))
        elif claim.item and not source.item and not _terms_meet(ours, source.near_means):
            tally.unknown.append(("DIFFERENT_ITEM", f"nothing says that it is about {claim.item}"))
        elif source.item and not claim.item and not _terms_meet(theirs, claim.near_means):
            tally.unknown.append(("DIFFERENT_ITEM", f"the source's share is one of {source.item}"))
        else:
            tally.score += 3 if claim.item else 0
        return
    if not claim.item or not source.item:
        if claim.item == source.item or _meets(claim, source):
            tally.score += 2
        else:
            tally.unknown.append(("DIFFERENT_ITEM", "what is counted is not said"))
    elif claim.item == source.item:
        tally.score += 4
    elif is_kind(source.item, claim.item):
        tally.score += 2
        if source.subset or _has_sibling_count(source):
            tally.other.append(("SUBSET_CONFUSION", f"{source.item} are only some of the {claim.item} counted there"))
    elif exclude(frozenset([claim.item]), frozenset([source.item])) or exclude(frozenset([claim.item]) | claim.events, frozenset([source.item]) | source.events) and _shares_item(
        claim, source
    ):
        tally.contra.append(("ITEM_CONFLICT", f"the source counts {source.item}, the claim {claim.item}"))
    elif claim.item in source.core_means or source.item in claim.core_means:
        tally.unknown.append(("DIFFERENT_ITEM", f"the source counts {source.item}, the claim {claim.item}"))
    else:
        tally.other.append(("DIFFERENT_ITEM", f"the source counts {source.item}, the claim {claim.item}"))
    _modifiers(claim, source, setting, tally)


def _modifiers(claim: Bound, source: Bound, setting: Setting, tally: _Tally) -> None:
    for word in source.modifiers:
        if not word.meets(claim.near_means) and not (word.name and word.meets(setting.claim)):
            if exclude(word.means, _all(claim.modifiers)):
                tally.contra.append(("ITEM_CONFLICT", f"{word.lemma}, not {claim.modifiers[0].lemma}"))
            elif not _in_container(word, source, claim):
                tally.unknown.append(("DIFFERENT_ITEM", f"the source counts only {word.lemma} {source.item}"))


def _in_container(word: Term, source: Bound, claim: Bound) -> bool:
    """The bodies of soldiers are bodies whoever they were."""
    return source.item == "body" and claim.item == "body" and bool(word.means)


def _shares_item(claim: Bound, source: Bound) -> bool:
    return (
        claim.item == source.item
        or is_kind(claim.item, source.item)
        or is_kind(source.item, claim.item)
        or _meets(claim, source)
        or (
            "body" in (claim.item, source.item)
            and any(
                each == "person" or is_kind(each, "person")
                for each in (claim.item, source.item, *_all(source.item_terms))
            )
        )
    )


def _meets(claim: Bound, source: Bound) -> bool:
    return bool({each for each in _all(claim.item_terms) if not each.startswith("~those")} & _all(source.item_terms))


def _has_sibling_count(source: Bound) -> bool:
    from claimdesk.bind import bind_one

    for other in source.siblings:
        if other.unit is None and abs(other.span.start - source.quantity.span.end) < 60:
            bound = bind_one(source.view, other)
            if bound.verb == source.verb and not bound.base and bound.item != source.item:
                return True
    return False


def _event(claim: Bound, source: Bound, _: Setting, tally: _Tally) -> None:
    """The events of both sides must cover each other: what happened to the things is part of what was counted."""
    if claim.base and source.base:
        return
    ours, theirs = _wide(claim.core_means), _wide(source.core_means)
    bad_claim = bool(claim.main) and not _wide(claim.main) & theirs
    bad_source = bool(source.main) and not _wide(source.main) & ours and not claim.base
    if exclude(claim.main, source.main) and not (claim.main & source.main):
        tally.contra.append(("ITEM_CONFLICT", "the source tells of another event"))
    elif exclude(_stated(claim), _stated(source)):
        tally.contra.append(("ITEM_CONFLICT", "the state of what is counted differs"))
    elif bad_claim or bad_source:
        tally.other.append(("DIFFERENT_ITEM", "another event"))
    else:
        tally.score += 3 if claim.main else 1
    if {claim.patient, source.patient} == {"actor", "patient"} and claim.main & source.main:
        tally.other.append(("ROLE_SWAP", "what is counted does it there, and suffers it here"))


def _stated(bound: Bound) -> frozenset[str]:
    return (
        bound.main
        | bound.events & _STATES_OF_PEOPLE
        | _all(bound.core) & frozenset(["alive", "body", "die", "unhurt"])
        | ({bound.item} if bound.item == "body" else frozenset())
        | frozenset(each.lemma for each in bound.core if each.lemma in ("alive", "unhurt"))
    )


def _wide(means: frozenset[str]) -> frozenset[str]:
    """Meanings with the events that may stand for them."""
    found = set(means)
    for group, others in tables().compatible.items():
        if group in means:
            found |= others
        if others & means:
            found.add(group)
    return frozenset(found)


def _topic(claim: Bound, source: Bound, setting: Setting, tally: _Tally) -> None:
    """What a measured value measures must be named on both sides."""
    for word in claim.topic:
        if word.lemma in _LIGHT_TOPIC:
            continue
        if word.meets(source.core_means):
            tally.score += 1.5
        elif word.name and word.meets(setting.passage) or word.meets(source.near_means) and not source.topic:
            tally.score += 0.5
        else:
            tally.other.append(("DIFFERENT_ITEM", f"nothing there is said about {word.lemma}"))
    for word in source.topic:
        if word.lemma in _LIGHT_TOPIC or word.meets(claim.near_means) or (word.name and word.meets(setting.claim)):
            continue
        if word.lemma == (source.speaker.lemma if source.speaker else "") or word.means & _all(source.item_terms):
            continue
        if claim.item and claim.quantity.unit is None:
            continue
        if source.actor is not None and word.lemma == source.actor.lemma and source.main:
            continue
        tally.unknown.append(("DIFFERENT_ITEM", f"the source's value is about {word.lemma}"))


def _statistic(claim: Bound, source: Bound, _: Setting, tally: _Tally) -> None:
    ours, theirs = claim.statistic, source.statistic
    if ours == theirs:
        return
    if {ours, theirs} == {"each", "total"}:
        tally.contra.append(("EACH_VS_TOTAL", "each is not all together"))
    elif ours.startswith("per ") or theirs.startswith("per "):
        tally.unknown.append(("RATE_VS_COUNT", "a rate gives no count"))
    elif {ours, theirs} <= {"", "total"}:
        return
    else:
        tally.unknown.append(("AGGREGATE_MISMATCH", f"{theirs or 'a single value'} is not {ours or 'a single value'}"))


def _reality(claim: Bound, source: Bound, _: Setting, tally: _Tally) -> None:
    if claim.negated != source.negated:
        tally.contra.append(("POLARITY_CONFLICT", "one side says that it did not happen"))
    if claim.modality != source.modality and not (claim.base or source.base):
        tally.unknown.append(("MODALITY_MISMATCH", "what is planned or possible is not what was done"))


def _direction(claim: Bound, source: Bound, _: Setting, tally: _Tally) -> None:
    if claim.direction and source.direction and claim.direction != source.direction:
        if claim.role == source.role:
            tally.contra.append(("DIRECTION_CONFLICT", f"{source.direction}, not {claim.direction}"))
    elif claim.direction and not source.direction:
        tally.unknown.append(("DIRECTION_UNKNOWN", "the source does not say which way it went"))


def _roles(claim: Bound, source: Bound, setting: Setting, tally: _Tally) -> None:
    """Who does it to whom; converse verbs (return, receive) turn the roles around."""
    ours, theirs = _cast(claim), _cast(source)
    for role in ("giver", "taker"):
        left, right = ours.get(role), theirs.get(role)
        if left is None or right is None or left.meets(right.means):
            tally.score += 0.5 if left and right else 0
            continue
        if not (left.name and right.name):
            continue
        if any(key != role and each is not None and left.meets(each.means) for key, each in theirs.items()):
            tally.contra.append(("ROLE_SWAP", f"{right.lemma} there, {left.lemma} here"))
        else:
            tally.unknown.append(("DIFFERENT_ITEM", f"{right.lemma} there, {left.lemma} here"))
        return


def _cast(bound: Bound) -> dict[str, Term | None]:
    """Giver and taker of an event; the subject of "receive" is the taker."""
    if bound.verb_lemma in tables().words["take"]:
        return {"giver": bound.giver, "taker": bound.actor}
    return {"giver": bound.actor, "taker": bound.recipient}


def _place(claim: Bound, source: Bound, setting: Setting, tally: _Tally) -> None:
    if not claim.places:
        for place in source.places:
            if not place.meets(claim.near_means | setting.claim) and claim.quantity.unit is not None:
                tally.unknown.append(("SCOPE_UNKNOWN", f"the source speaks of {place.lemma} alone"))
        return
    for place in claim.places:
        if place.meets(source.near_means):
            tally.score += 1
        elif source.places and not any(other.meets(claim.near_means) for other in source.places):
            if _distinctive(claim, source):
                tally.contra.append(("SCOPE_PLACE_CONFLICT", f"{source.places[0].lemma}, not {place.lemma}"))
            else:
                tally.unknown.append(("SCOPE_PLACE_CONFLICT", f"{source.places[0].lemma}, not {place.lemma}"))
            return


def _distinctive(claim: Bound, source: Bound) -> bool:
    """A figure of three or more significant digits, or two shared names, is hardly there twice by chance."""
    digits = "".join(str(value.normalize().as_tuple().digits) for value in claim.quantity.values[:1])
    names = [each for each in claim.core if each.name and each.meets(source.core_means)]
    return sum(char.isdigit() for char in digits) >= 3 or len(names) >= 2


def _time(claim: Bound, source: Bound, setting: Setting, tally: _Tally) -> None:
    if not claim.times:
        return
    if source.times:
        if _overlap(claim.times, source.times):
            tally.score += 2
        elif _apart(claim.times, source.times):
            tally.contra.append(("WRONG_PERIOD", f"{source.times[0].text}, not {claim.times[0].text}"))
        else:
            tally.unknown.append(
                ("WRONG_PERIOD", f"whether {source.times[0].text} is {claim.times[0].text} is not clear")
            )
    elif days := _before(source, setting):
        if _overlap(claim.times, days):
            tally.score += 1
        else:
            tally.unknown.append(("PERIOD_UNKNOWN", "the source does not say when"))
    else:
        tally.unknown.append(("PERIOD_UNKNOWN", "the source does not say when"))


def _before(source: Bound, setting: Setting) -> tuple[DateRef, ...]:
    """Days that hold for a sentence without one of its own: those of sentences before it, and the passage's own day."""
    earlier = tuple(ref for ref in source.view.dates if ref.span.end <= source.sentence.start)
    return (*earlier, *setting.days)


def _overlap(ours: tuple[DateRef, ...], theirs: tuple[DateRef, ...]) -> bool:
    return all(any(_meet(left, right) for right in theirs) for left in ours)


def _meet(left: DateRef, right: DateRef) -> bool:
    if left.text.casefold() == right.text.casefold():
        return True
    if left.first is None and left.last is None or right.first is None and right.last is None:
        return False
    return not (
        (left.last is not None and right.first is not None and left.last < right.first)
        or (right.last is not None and left.first is not None and right.last < left.first)
    )


def _apart(ours: tuple[DateRef, ...], theirs: tuple[DateRef, ...]) -> bool:
    known = [ref for ref in (*ours, *theirs) if ref.first is not None or ref.last is not None]
    if len(known) == len(ours) + len(theirs):
        return not any(ref.fuzzy for ref in known)
    return all(ref.grain == "day" and " " not in ref.text.strip() for ref in (*ours, *theirs))


def _words(claim: Bound, source: Bound, setting: Setting, tally: _Tally) -> None:
    """Every content word of the claim's clause must have its like in the source: in the clause, or around it."""
    here, around, beyond = _wide(source.core_means), _wide(source.near_means), _wide(setting.passage)
    for word in claim.core:
        if (
            word.lemma in _LIGHT_TOPIC
            or word in claim.item_terms
            or word.means & claim.main
            or word.lemma in tables().direction
        ):
            continue
        if word.lemma in _CUES:
            continue
        if any(word.meets(other.means) for other in source.foreign):
            tally.unknown.append(("DIFFERENT_ITEM", f"{word.lemma} belongs to another figure there"))
        elif word.meets(here):
            tally.score += 1
        elif word.meets(around):
            tally.score += 0.6
        elif word.meets(beyond):
            tally.score += 0.3
        elif any(is_kind(other, mean) for mean in word.means for other in here):
            tally.score += 0.5
        elif not _excused(word, claim, tally):
            tally.unknown.append(("NOT_STATED", f"{word.lemma} is not in the source"))


def _excused(word: Term, claim: Bound, tally: _Tally) -> bool:
    """Whether a missing word is the very one whose slot contradicts, or a measure that the unit implies."""
    labels = {label for label, _ in tally.contra}
    if "SCOPE_PLACE_CONFLICT" in labels:
        return word in claim.places
    if labels & {"ITEM_CONFLICT", "EACH_VS_TOTAL"}:
        return not word.name
    return claim.quantity.unit is not None and any(mean.startswith("measure_") for mean in word.means)


_CUES = frozenset(["average", "mean", "median", "each", "total", "apiece", "altogether", "combined", "overall", "per", "side", "both"])


def _attribution(claim: Bound, source: Bound, _: Setting, tally: _Tally) -> None:
    if claim.speaker is None or source.speaker is None:
        return
    if claim.speaker.meets(source.speaker.means):
        tally.score += 2
    else:
        tally.unknown.append(
            ("ATTRIBUTION_MISMATCH", f"{source.speaker.lemma} says it there, {claim.speaker.lemma} here")
        )


def _all(terms: tuple[Term, ...]) -> frozenset[str]:
    return frozenset().union(*(each.means for each in terms)) if terms else frozenset()


def _terms_meet(terms: tuple[Term, ...], means: frozenset[str]) -> bool:
    return any(each.meets(means) for each in terms)
