"""Whether two numbers fill the same slot: item, event, topic, place, time, roles and reality, before any value.

Each slot can agree, be unknown, or contradict. Only a number all of whose slots agree may support or conflict by its
value; a contradiction in one slot conflicts when the value is the same; the unknown decides nothing (domain rule:
section 4.4). The source's number is chosen by these slots, never by how close its value is.
"""

from __future__ import annotations

import re

from claimdesk.language.concepts import are_unlike, exclude, is_kind, item_of, tables
from claimdesk.language.terms import Term
from claimdesk.model import Form
from claimdesk.numbers.bearers import token_of
from claimdesk.numbers.bind import Bound, bind_one
from claimdesk.numbers.clause_fit import all_means, check_words, wide
from claimdesk.numbers.compare import is_zero, kind
from claimdesk.numbers.contests import are_two_sides, names_both
from claimdesk.numbers.fits import Match, Setting, Tally
from claimdesk.numbers.row_fit import fit_row
from claimdesk.numbers.scope import (
    check_attribution,
    check_direction,
    check_place,
    check_reality,
    check_roles,
    check_statistic,
    check_time,
    overlap,
)
from claimdesk.numbers.topics import before_means, check_topic, terms_meet

_STATES_OF_PEOPLE = frozenset(["die", "injure", "missing", "capture", "survive", "alive", "unhurt"])
_STATES = frozenset({"", "to"})
_THOSE = re.compile(r"(?: of)? those (?:who |[a-z]+ed\b|asked|questioned)", re.IGNORECASE)
_FURTHER = re.compile(r"\b(?:further|another|additional|extra)\s$", re.IGNORECASE)


def fit(claim: Bound, source: Bound, setting: Setting) -> Match:
    """How a source's number fits the slot of the claim's number."""
    tally = Tally()
    if not _comparable(claim, source):
        tally.other.append(("DIFFERENT_ITEM", "another kind of value"))
        return tally.verdict(source)
    if claim.unread or source.unread:
        tally.unknown.append(("NOT_READ", "the sentence is too long to be read"))
        return tally.verdict(source)
    if source.withdrawn:
        tally.other.append(("CORRECTION", "the source withdraws this figure"))
        return tally.verdict(source)
    if source.in_row:
        fit_row(claim, source, setting, tally)
        return tally.verdict(source)
    for slot in (
        _structure,
        _item,
        _condition,
        _alternatives,
        _crowd,
        _event,
        check_topic,
        check_statistic,
        check_reality,
        check_direction,
        check_roles,
        check_place,
        check_time,
        check_words,
        check_attribution,
    ):
        slot(claim, source, setting, tally)
    return tally.verdict(source)


def _comparable(claim: Bound, source: Bound) -> bool:
    ours, theirs = kind(claim.quantity), kind(source.quantity)
    if ours == theirs:
        return True
    return claim.quantity.form is Form.ORDINAL and theirs == "number"


def _structure(claim: Bound, source: Bound, _: Setting, tally: Tally) -> None:
    """Part and base, the whole and what it includes, what came on top, from and to."""
    if _is_more(source) and not _is_more(claim):
        tally.soft.append(("SUBSET_CONFUSION", "the source counts further ones"))
    if claim.excepted != source.excepted:
        tally.unknown.append(("EXCEPTED", "one side speaks of all but so many"))
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
    if {claim.role, source.role} <= {"", "to", "from"} and claim.times and overlap(claim.times, source.times):
        tally.score += 1
        return
    tally.other.append(
        ("WRONG_PERIOD" if "from" in (claim.role, source.role) else "DIFFERENT_ITEM", "another step of a change")
    )


def _is_more(bound: Bound) -> bool:
    """Whether a count comes on top of an earlier one: a further 1,200, another 40."""
    at = bound.quantity.number.start
    return bool(_FURTHER.search(bound.view.analysis.parsed.text[max(0, at - 24) : at]))


def _item(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    if kind(claim.quantity) != "number" and claim.quantity.form is not Form.ORDINAL:
        _measured_item(claim, source, tally)
        return
    if not claim.item or not source.item:
        if claim.item == source.item or _meets(claim, source) or _topic_counts(claim, source):
            tally.score += 2
        else:
            tally.unknown.append(("DIFFERENT_ITEM", "what is counted is not said"))
    elif claim.item == source.item:
        tally.score += 4
        if claim.item == "body" and not _same_bodies(claim, source):
            tally.unknown.append(("DIFFERENT_ITEM", "whose bodies they are differs"))
    elif is_zero(source.quantity) and is_kind(claim.item, source.item):
        tally.score += 2
    elif is_kind(source.item, claim.item):
        tally.score += 2
        if source.subset or _has_sibling_count(source, claim.item) or _is_joined(source, claim.item):
            tally.other.append(("SUBSET_CONFUSION", f"{source.item} are only some of the {claim.item} counted there"))
    elif (
        exclude(frozenset([claim.item]), frozenset([source.item]))
        or exclude(frozenset([claim.item]) | claim.events, frozenset([source.item]) | source.events)
        and _shares_item(claim, source)
    ):
        tally.contra.append(("ITEM_CONFLICT", f"the source counts {source.item}, the claim {claim.item}"))
    elif claim.item in source.core_means or source.item in claim.core_means:
        tally.unknown.append(("DIFFERENT_ITEM", f"the source counts {source.item}, the claim {claim.item}"))
    else:
        tally.other.append(("DIFFERENT_ITEM", f"the source counts {source.item}, the claim {claim.item}"))
    _modifiers(claim, source, setting, tally)


def _measured_item(claim: Bound, source: Bound, tally: Tally) -> None:
    """The thing of which a share or a measure is told, where the wording names one."""
    ours, theirs = claim.item_terms, source.item_terms
    if claim.item and source.item and claim.item != source.item and not terms_meet(ours, source.near_means):
        if exclude(all_means(ours), all_means(theirs)):
            tally.contra.append(("ITEM_CONFLICT", f"{source.item}, not {claim.item}"))
        else:
            tally.other.append(("DIFFERENT_ITEM", f"{source.item}, not {claim.item}"))
    elif claim.item and not source.item and not terms_meet(ours, source.near_means):
        tally.unknown.append(("DIFFERENT_ITEM", f"nothing says that it is about {claim.item}"))
    elif source.item and not claim.item and _means_those(claim) and _is_person(source.item):
        tally.score += 2
    elif source.item and not claim.item and not terms_meet(theirs, claim.near_means):
        tally.unknown.append(("DIFFERENT_ITEM", f"the source's share is one of {source.item}"))
    else:
        tally.score += 3 if claim.item else 0


def _means_those(bound: Bound) -> bool:
    """Whether a share is one of "those polled", "those who voted", which are people."""
    at = bound.quantity.span.end
    return bool(_THOSE.match(bound.view.analysis.parsed.text[at : at + 30]))


def _is_person(item: str) -> bool:
    return item == "person" or is_kind(item, "person")


def _modifiers(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    for word in source.modifiers:
        if not word.meets(claim.near_means) and not (word.name and word.meets(setting.claim)):
            if exclude(word.means, all_means(claim.modifiers)):
                tally.contra.append(("ITEM_CONFLICT", f"{word.lemma}, not {claim.modifiers[0].lemma}"))
            elif not _in_container(word, source, claim):
                tally.unknown.append(("DIFFERENT_ITEM", f"the source counts only {word.lemma} {source.item}"))


def _condition(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """What the counted have must not be narrower than the claim's: 13 with severe disease are not all the sick."""
    for word in source.condition:
        if not word.meets(claim.near_means | setting.kinds):
            tally.unknown.append(("DIFFERENT_ITEM", f"the source counts only what is {word.lemma}"))


def _alternatives(claim: Bound, source: Bound, _: Setting, tally: Tally) -> None:
    """Of those who received vaccine or placebo, nobody knows how many received the one."""
    for row in source.alternatives:
        named = [any(word.meets(claim.core_means) for word in each) for each in row]
        if any(named) and not all(named):
            words = " or ".join(each[0].lemma for each in row)
            tally.unknown.append(("SUBSET_CONFUSION", f"the source counts {words} together"))


def _crowd(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """The crowd of one game is not that of another: the names of the claim's sentence must be those of the passage."""
    if not claim.crowd:
        return
    names = [word for word in claim.near if word.name]
    met = [word for word in names if word.meets(setting.passage)]
    if len(met) < 2 or 2 * len(met) < len(names):
        tally.soft.append(("NOT_STATED", "the source does not say what drew the crowd"))
    days = tuple(ref for ref in claim.view.dates if claim.sentence.contains(ref.span))
    if days and source.times and not overlap(source.times, days):
        tally.unknown.append(("WRONG_PERIOD", f"the source tells of {source.times[0].text}"))


def _in_container(word: Term, source: Bound, claim: Bound) -> bool:
    """The bodies of soldiers are bodies whoever they were."""
    return source.item == "body" and claim.item == "body" and bool(word.means)


def _same_bodies(claim: Bound, source: Bound) -> bool:
    """The bodies of soldiers are those of defenders, of people or of nobody named, but not those of horses."""
    ours, theirs = ([item_of(word.lemma) for word in bound.item_terms] for bound in (claim, source))
    return not ours or not theirs or any(
        left == right or "body" in (left, right) or is_kind(left, right) or is_kind(right, left)
        for left in ours
        for right in theirs
    )  # fmt: skip


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
                for each in (claim.item, source.item, *all_means(source.item_terms))
            )
        )
    )


def _meets(claim: Bound, source: Bound) -> bool:
    return bool(
        {each for each in all_means(claim.item_terms) if not each.startswith("~those")} & all_means(source.item_terms)
    )


def _topic_counts(claim: Bound, source: Bound) -> bool:
    """Staff numbered 1,900, and a staff of 1,900: the subject of one side is the counted noun of the other."""
    return terms_meet(claim.topic, all_means(source.item_terms)) or terms_meet(
        source.topic, all_means(claim.item_terms)
    )


def _has_sibling_count(source: Bound, broad: str) -> bool:
    """Whether another figure beside the source's may count others of the claim's kind: 12 men and 3 women.

    What only says where or whence does not: 700 migrants from five boats.
    """
    for other in source.siblings:
        if other.unit is None and abs(other.span.start - source.quantity.span.end) < 60:
            bound = bind_one(source.view, other)
            beside = bound.dep != "pobj" or is_kind(bound.item, broad)
            other_item = bool(bound.item) and bound.item != source.item and beside
            if bound.verb == source.verb and not bound.base and bound.role != "from" and other_item:
                return True
    return False


def _is_joined(source: Bound, broad: str) -> bool:
    """Whether one more of the broader kind is joined to the counted: three men and a woman."""
    if not source.item_terms:
        return False
    noun = token_of(source.item_terms[0], source)
    others = [child for child in noun.children if child.dep_ == "conj" and child.pos_ == "NOUN"]
    return any(is_kind(item_of(child.lemma_.lower()), broad) for child in others)


def _event(claim: Bound, source: Bound, _: Setting, tally: Tally) -> None:
    """The events of both sides must cover each other: what happened to the things is part of what was counted."""
    if claim.base and source.base:
        return
    ours, theirs = wide(claim.core_means), wide(source.core_means)
    if source.aside:
        theirs |= wide(source.near_means)
    if source.compared and not source.main and not source.topic:
        theirs |= wide(before_means(source))
    bad_claim = bool(claim.main) and not wide(claim.main) & theirs
    bad_source = bool(source.main) and not wide(source.main) & ours and not claim.base
    if {claim.verb_lemma, source.verb_lemma} <= tables().words["having"]:
        bad_claim = bad_source = False
    if are_two_sides(claim, source) and names_both(claim, source):
        tally.score += 3
    elif are_two_sides(claim, source):
        tally.unknown.append(("ROLE_SWAP", "the source tells it of the other side"))
    elif exclude(claim.main, source.main) and not (claim.main & source.main):
        tally.contra.append(("ITEM_CONFLICT", "the source tells of another event"))
    elif exclude(_stated(claim), _stated(source)):
        tally.contra.append(("ITEM_CONFLICT", "the state of what is counted differs"))
    elif (bad_claim or bad_source) and claim.nested and not (source.main and exclude(claim.events, source.main)):
        if len([word for word in claim.core if word.name and word.meets(source.core_means)]) < 2:
            tally.soft.append(("DIFFERENT_ITEM", "the number is told beside another event"))
    elif (bad_claim or bad_source) and _is_another_stage(claim, source):
        tally.unknown.append(("OTHER_EVENT", "the source tells of another event"))
    elif bad_claim or bad_source:
        tally.other.append(("DIFFERENT_ITEM", "another event"))
    else:
        tally.score += 3 if claim.main else 1
    if {claim.patient, source.patient} == {"actor", "patient"} and claim.main & source.main:
        tally.other.append(("ROLE_SWAP", "what is counted does it there, and suffers it here"))


def _is_another_stage(claim: Bound, source: Bound) -> bool:
    """Whether the same figure is told of another event that is never the claim's: 320 employed, 320 laid off."""
    return claim.quantity.values == source.quantity.values and are_unlike(claim.main, source.main)


def _stated(bound: Bound) -> frozenset[str]:
    return (
        bound.main
        | bound.events & _STATES_OF_PEOPLE
        | all_means(bound.core) & frozenset(["alive", "body", "die", "unhurt"])
        | ({bound.item} if bound.item == "body" else frozenset())
        | frozenset(each.lemma for each in bound.core if each.lemma in ("alive", "unhurt"))
    )
