"""Which mix-up explains a wrong number: the base for the part, another actor's figure, a flight number."""

from __future__ import annotations

import re

from claimdesk.analysis import Part
from claimdesk.language.text import fold, words
from claimdesk.model import Form, Outcome, Quantity, Span
from claimdesk.numbers.bind import Bound
from claimdesk.numbers.fits import Match
from claimdesk.numbers.relation import Relation


def name_mixup(claim: Bound, chosen: Match, every: list[Match], part: Part, relation: Relation) -> Relation:
    """Name the mix-up behind a wrong value: the base for the part, the other actor's figure, another year's."""
    if relation.outcome is not Outcome.CONFLICTS:
        return relation
    source = chosen.source
    for match in every:
        other = match.source
        if other is source or not same_value(claim, other):
            continue
        if {other.quantity.unit, claim.quantity.unit} == {"percent", "pp"}:
            note = f"{other.quantity.text} there: percent and percentage points are different steps"
            return Relation(Outcome.CONFLICTS, "PCT_VS_PP", note)
        if other.withdrawn:
            return Relation(Outcome.CONFLICTS, relation.label, f"the source withdraws {other.quantity.text}")
        if other.base and not claim.base:
            return Relation(Outcome.CONFLICTS, "SUBSET_CONFUSION", f"{other.quantity.text} is the base, not the part")
        if match.label in ("WRONG_PERIOD", "PERIOD_UNKNOWN") or (
            claim.times and other.times != source.times and source.times
        ):
            return Relation(Outcome.CONFLICTS, "WRONG_PERIOD", f"{other.quantity.text} belongs to another time")
        if (
            other.actor is not None
            and source.actor is not None
            and other.actor.lemma != source.actor.lemma
            and other.item == source.item
        ):
            return Relation(Outcome.CONFLICTS, "ROLE_SWAP", f"{other.quantity.text} belongs to {other.actor.lemma}")
    if subset := next((each.source for each in every if each.source.subset), None):
        if (
            claim.quantity.values[:1] == (source.quantity.values[0] + subset.quantity.values[0],)
            if source.quantity.values and subset.quantity.values
            else False
        ):
            return Relation(
                Outcome.CONFLICTS,
                "DERIVED_CONFLICT",
                f"the {subset.quantity.text} are included in the {source.quantity.text}",
            )
    if is_identifier(claim.quantity, part):
        return Relation(
            Outcome.CONFLICTS, "IDENTIFIER_CONFUSION", f"{claim.quantity.text} is a name or an age there, not a count"
        )
    return relation


def is_identifier(quantity: Quantity, part: Part) -> bool:
    """Whether the claim's figure stands in the passage as a name or an age and as no count."""
    if len(quantity.values) != 1 or quantity.values[0] != quantity.values[0].to_integral_value():
        return False
    digits = str(int(quantity.values[0]))
    if len(digits) < 2:
        return False
    taken = [found.span for found in part.view.quantities if found.form is not Form.AGE]
    text = part.view.analysis.parsed.text
    for word in words(text, part.view.span):
        if word.norm.replace(",", "") in (digits, digits + "-year-old") and not any(
            span.overlaps(word.span) for span in taken
        ):
            return True
    return False


def same_value(claim: Bound, other: Bound) -> bool:
    """Whether the written values are equal."""
    return claim.quantity.values == other.quantity.values and bool(claim.quantity.values)


def sides_of(part: Part) -> Span | None:
    """Where a passage speaks of the sides, of which there are two."""
    found = re.search(
        r"\b(?:the sides|both sides|each side|the two sides|either side)\b", fold(part.view.text), re.IGNORECASE
    )
    return Span(*found.span()).shift(part.view.span.start) if found else None
