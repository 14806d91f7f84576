"""The circumstances of a number: how it is told, who, where, when, which way, and in whose words."""

from __future__ import annotations

import re

from claimdesk.language.concepts import exclude, tables
from claimdesk.language.denying import denies_in_other_words
from claimdesk.language.terms import Term
from claimdesk.language.text import words
from claimdesk.model import DateRef, Form
from claimdesk.numbers.bearers import one_bearer
from claimdesk.numbers.bind import Bound
from claimdesk.numbers.contests import won_by_others
from claimdesk.numbers.exchanges import exchanged, suffers
from claimdesk.numbers.fits import Setting, Tally
from claimdesk.numbers.levels import way_told

_STATING = frozenset(["be", "stand", "have", "total", "amount", "reach", "number", "remain", "include", "comprise"])
_COMPARED = re.compile(r"\b(?:against|from|than|versus|compared (?:with|to))\b")
_COUNTING = frozenset(
    ["first", "second", "third", "fourth", "last", "final", "latter", "q1", "q2", "q3", "q4", "h1", "h2"]
)
_SPELLS = frozenset(["second", "minute", "hour", "day", "night", "week", "month", "quarter", "year"])  # of rates
_UNMOVED = frozenset(["stay", "remain"])
_MEASURES = frozenset(["number", "total", "figure", "amount", "tally", "toll", "count", "attendance", "turnout"])
_PRONOUNS = {"f": frozenset(["she", "her", "hers", "herself"]), "m": frozenset(["he", "him", "his", "himself"])}


def check_statistic(claim: Bound, source: Bound, _: Setting, tally: Tally) -> None:
    """Mean, median, each, total and rates are different values of one thing."""
    ours, theirs = claim.statistic, source.statistic
    if ours == theirs:
        return
    if {ours, theirs} == {"each", "total"}:
        tally.contra.append(("EACH_VS_TOTAL", "each is not all together"))
    elif {ours.removeprefix("per "), theirs.removeprefix("per ")} <= _SPELLS:
        tally.contra.append(("RATE_CONFLICT", f"{theirs}, not {ours}"))
    elif ours.startswith("per ") or theirs.startswith("per "):
        tally.unknown.append(("RATE_VS_COUNT", "a rate gives no count"))
    elif not ours and theirs == "total":
        unit = source.quantity.unit
        if unit is not None and any(other.unit == unit for other in source.siblings):
            tally.soft.append(("AGGREGATE_MISMATCH", "the source's figure is a total"))
    elif {ours, theirs} <= {"", "total"}:
        unit = source.quantity.unit
        if unit is not None and any(other.unit == unit for other in source.siblings):
            tally.unknown.append(("AGGREGATE_MISMATCH", "the source gives parts and a total"))
    else:
        tally.unknown.append(("AGGREGATE_MISMATCH", f"{theirs or 'a single value'} is not {ours or 'a single value'}"))


def check_reality(claim: Bound, source: Bound, _: Setting, tally: Tally) -> None:
    """What was denied, planned or wished is not what was done; a plan may be told in the present tense.

    "The city would spend $412 million": "Spending in the coming year is $412 million." "The firm is cutting 400 jobs":
    "The firm will cut 400 jobs."
    """
    if claim.negated != source.negated and (claim.base or source.base):
        # "Three of the five wells are not contaminated": "Two of the five wells are."
        tally.unknown.append(("POLARITY_UNKNOWN", "only one side speaks of those to whom it did not happen"))
    elif claim.negated != source.negated and _denies_the_other(claim, source):
        tally.contra.append(("POLARITY_CONFLICT", "one side says that it did not happen"))
    elif claim.negated != source.negated:
        tally.unknown.append(("DENIED_OTHERWISE", "one side denies something, in other words"))
    scheduled = claim.modality == "planned" and not source.modality and source.tense in ("present", "announced")
    scheduled |= source.modality == "planned" and not claim.modality and claim.tense == "announced"
    if source.modality == "capacity" and claim.modality in ("planned", "possible", "wished"):
        return  # what will be done cannot be more than there is enough for
    if claim.modality != source.modality and not (claim.base or source.base or scheduled):
        tally.unknown.append(("MODALITY_MISMATCH", "what is planned or possible is not what was done"))


def _denies_the_other(claim: Bound, source: Bound) -> bool:
    """Whether one side denies just what the other says: of the same event, and the other denies nothing either.

    "The ransom was not paid" is no denial of "freed him without paying the ransom", nor "children do not enter free
    if" of "children enter free unless", nor "most stalls did not open" of "most stalls stayed closed".
    """
    return bool(claim.main & source.main) and not denies_in_other_words((source if claim.negated else claim).told)


def check_direction(claim: Bound, source: Bound, _: Setting, tally: Tally) -> None:
    """Up is not down, and a level alone says neither."""
    theirs = source.direction or way_told(source)
    if claim.direction and theirs and claim.direction != theirs:
        if claim.role == source.role or not source.direction:
            tally.contra.append(("DIRECTION_CONFLICT", f"{theirs}, not {claim.direction}"))
    elif (claim.direction and source.verb_lemma in _UNMOVED) or (source.direction and claim.verb_lemma in _UNMOVED):
        if {claim.role, source.role} <= {"", "to"}:
            tally.contra.append(("DIRECTION_CONFLICT", "one side says that it stayed"))
    elif claim.direction and not theirs:
        tally.unknown.append(("DIRECTION_UNKNOWN", "the source does not say which way it went"))


def check_roles(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """Who does it to whom; converse verbs (return, receive) turn the roles around."""
    if claim.quantity.form is Form.SCORE and exclude(claim.main, source.main):
        return  # lost to Aldera, won at Vestry: the event is compared with both its sides
    if turned := exchanged(claim, source):
        tally.contra.append(("ROLE_SWAP", turned))
        return
    if won_by_others(claim, source):
        tally.contra.append(("ROLE_SWAP", "the two sides are exchanged"))
        return
    if suffers(claim, source):
        tally.unknown.append(("ROLE_SWAP", "one side does what the other suffers"))
    hers, his = _genders(claim), _genders(source)
    if hers and his and not hers & his:
        tally.unknown.append(("DIFFERENT_ITEM", "it is about another person"))
    same = bool(claim.main & source.main)
    ours, theirs = _cast(claim, same), _cast(source, same)
    for role in ("giver", "taker"):
        left, right = ours.get(role), theirs.get(role)
        if left is None or right is None or left.meets(right.means) or one_bearer(left, claim, right, source):
            tally.score += 0.5 if left and right else 0
            continue
        if not (left.name and right.name):
            if left.lemma in tables().words["generic"]:
                continue
            if (
                {source.verb_lemma, claim.verb_lemma} & _STATING
                or right.lemma in _MEASURES
                or right in source.topic
                and not source.main
            ):
                continue
            if role == "giver" and not left.meets(source.core_means) and not right.meets(claim.near_means):
                tally.unknown.append(("DIFFERENT_ITEM", f"{right.lemma} there, {left.lemma} here"))
            continue
        if any(key != role and each is not None and left.meets(each.means) for key, each in theirs.items()):
            tally.contra.append(("ROLE_SWAP", f"{right.lemma} there, {left.lemma} here"))
        else:
            tally.unknown.append(("DIFFERENT_ITEM", f"{right.lemma} there, {left.lemma} here"))
        return


def _genders(bound: Bound) -> frozenset[str]:
    """The genders of the pronouns in the number's sentence."""
    lows = {word.norm for word in words(bound.view.analysis.parsed.text, bound.sentence)}
    return frozenset(gender for gender, pronouns in _PRONOUNS.items() if lows & pronouns)


def _cast(bound: Bound, turned: bool) -> dict[str, Term | None]:
    """Giver and taker of an event; where both sides tell one transfer, the subject of "receive" is the taker."""
    if turned and bound.verb_lemma in tables().words["take"]:
        return {"giver": bound.giver, "taker": bound.actor}
    return {"giver": bound.actor, "taker": bound.recipient}


def check_place(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """A place of the claim must not be another one in the source."""
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


def check_time(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """A period of the claim must be the one of the source, or the day of the passage."""
    if not claim.times:
        return
    if claim.role == source.role == "by" and claim.compared and source.compared and not source.times:
        return  # more than a year before, more than the sum of the current year: both step from the period before
    if source.times:
        if overlap(claim.times, source.times):
            tally.score += 2
        elif _apart(claim.times, source.times):
            tally.contra.append(("WRONG_PERIOD", f"{source.times[0].text}, not {claim.times[0].text}"))
        else:
            tally.unknown.append(
                ("WRONG_PERIOD", f"whether {source.times[0].text} is {claim.times[0].text} is not clear")
            )
    elif _shared_sentence(claim, source):
        tally.score += 0.5
    elif days := _before(source, setting):
        if overlap(claim.times, days):
            tally.score += 1
        else:
            tally.unknown.append(("PERIOD_UNKNOWN", "the source does not say when"))
    elif claim.role == source.role == "by" and claim.direction == source.direction:
        tally.soft.append(("PERIOD_UNKNOWN", "the source does not say when"))
    else:
        tally.soft.append(("PERIOD_UNKNOWN", "the source does not say when"))


def _shared_sentence(claim: Bound, source: Bound) -> bool:
    """Whether a source's sentence holds the claim's dates beside another of its numbers, and no other date.

    "The council approved the 2026 budget on a 9-5 vote": "approved a budget of $1.84 billion for 2026 on a 9-4 vote".
    """
    text = source.view.analysis.parsed.text
    there = tuple(
        ref
        for ref in source.view.dates
        if source.sentence.contains(ref.span) and not _COMPARED.search(text[source.quantity.span.end : ref.span.start])
    )
    return bool(there) and overlap(claim.times, there) and overlap(there, claim.times)


def _before(source: Bound, setting: Setting) -> tuple[DateRef, ...]:
    """Days that hold for a sentence without one of its own: those of sentences before it, and the passage's own day."""
    earlier = tuple(ref for ref in source.view.dates if ref.span.end <= source.sentence.start)
    return (*earlier, *setting.days)


def overlap(ours: tuple[DateRef, ...], theirs: tuple[DateRef, ...]) -> bool:
    """Whether every date of the one side meets a date of the other."""
    return all(any(_meet(left, right) for right in theirs) for left in ours)


def _meet(left: DateRef, right: DateRef) -> bool:
    if _plain_words(left) == _plain_words(right):
        return True
    if left.first is None and left.last is None or right.first is None and right.last is None:
        return False
    return not (
        (left.last is not None and right.first is not None and left.last < right.first)
        or (right.last is not None and left.first is not None and right.last < left.first)
    )


def _plain_words(ref: DateRef) -> list[str]:
    """The words of a date without article and hyphen: "the third quarter" is "third-quarter"."""
    return ref.text.casefold().replace("-", " ").removeprefix("the ").split()


def _other_of_row(left: DateRef, right: DateRef) -> bool:
    """Whether two dates differ in one counting word alone: the first and the second half of the year."""
    ours, theirs = _plain_words(left), _plain_words(right)
    if len(ours) != len(theirs):
        return False
    unequal = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return len(unequal) == 1 and set(unequal[0]) <= _COUNTING


def _apart(ours: tuple[DateRef, ...], theirs: tuple[DateRef, ...]) -> bool:
    if len(ours) == len(theirs) == 1 and _other_of_row(ours[0], theirs[0]):
        return True
    known = [ref for ref in (*ours, *theirs) if ref.first is not None or ref.last is not None]
    if len(known) == len(ours) + len(theirs):
        return not any(ref.fuzzy for ref in known)
    return all(ref.grain == "day" and " " not in ref.text.strip() for ref in (*ours, *theirs))


def check_attribution(claim: Bound, source: Bound, _: Setting, tally: Tally) -> None:
    """A claim in the words of the police is checked against the words of the police."""
    if claim.speaker is None or source.speaker is None:
        return
    if claim.speaker.meets(source.speaker.means):
        tally.score += 2
    else:
        tally.unknown.append(
            ("ATTRIBUTION_MISMATCH", f"{source.speaker.lemma} says it there, {claim.speaker.lemma} here")
        )
