"""How a cell of a table fits the slot of a claim's number: its measure, its row, its column's owner and its time."""

from __future__ import annotations

from claimdesk.language.concepts import is_kind, tables
from claimdesk.language.terms import Term
from claimdesk.model import Form
from claimdesk.numbers.bind import Bound
from claimdesk.numbers.fits import Setting, Tally
from claimdesk.numbers.recall import calls_back
from claimdesk.numbers.scope import overlap

_OF_PEOPLE = "person"


def fit_row(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """Read the slots of a cell; what it measures and whose it is must stand in the claim."""
    _step(claim, source, tally)
    _measure(claim, source, tally)
    _named(claim, source, setting, tally)
    _owner(claim, source, tally)
    _when(claim, source, setting, tally)
    known = source.near_means | setting.passage
    for word in claim.core:
        owned = source.actor is not None and word.meets(source.actor.means)
        if word.name and not owned and not word.meets(known):
            tally.unknown.append(("NOT_STATED", f"{word.lemma} is not in the source"))


def _step(claim: Bound, source: Bound, tally: Tally) -> None:
    ours, theirs = claim.role, source.role
    if (
        ours == theirs
        or {ours, theirs} <= {"", "to"}
        or {ours, theirs} <= {"", "to", "from"}
        and claim.times
        and overlap(claim.times, source.times)
    ):
        tally.score += 1
    else:
        label = "WRONG_PERIOD" if "from" in (ours, theirs) else "DIFFERENT_ITEM"
        tally.other.append((label, "another column"))
    if claim.direction and source.direction and claim.direction != source.direction:
        tally.contra.append(("DIRECTION_CONFLICT", f"{source.direction}, not {claim.direction}"))
    elif claim.direction and not source.ends and claim.direction != source.direction:
        tally.unknown.append(("DIRECTION_UNKNOWN", "the row does not say which way it went"))
    if claim.negated:
        tally.unknown.append(("POLARITY_CONFLICT", "the claim says that it did not happen"))
    if claim.modality in ("wished", "possible"):
        tally.unknown.append(("MODALITY_MISMATCH", "what is wished or possible is not what a table holds"))


def _measure(claim: Bound, source: Bound, tally: Tally) -> None:
    """The measured thing: the claim's item is the cell's, or the claim's clause names every word of the measure."""
    words = (*source.item_terms, *source.topic, *source.modifiers)
    near = claim.near_means
    missing = [word for word in words if not word.meets(near)]
    same = bool(claim.item) and bool(source.item) and _same_item(claim.item, source.item)
    told = bool(source.main) and bool(source.main & (claim.main | claim.events | near))
    if same or told:
        missing = [word for word in missing if word not in source.item_terms]
    if source.quantity.form is Form.SCORE and claim.quantity.form is Form.SCORE:
        missing = []
    if not words and not source.main and source.quantity.form is not Form.SCORE:
        tally.unknown.append(("DIFFERENT_ITEM", "the column does not say what it measures"))
    if source.main and not told:
        tally.other.append(("DIFFERENT_ITEM", "another event"))
    elif missing and source.captioned and claim.quantity.unit == source.quantity.unit:
        tally.soft.append(("NOT_STATED", f"the table is about {missing[0].lemma}"))
    elif missing:
        tally.unknown.append(("DIFFERENT_ITEM", f"the row gives {missing[0].lemma}"))
    else:
        tally.score += 3
    given = source.near_means
    for word in (*claim.modifiers, *claim.item_terms):
        if (same or told) and word in claim.item_terms:
            continue
        if word.lemma in tables().words["containers"] or word.name:
            continue
        if not word.meets(given):
            tally.unknown.append(("DIFFERENT_ITEM", f"the row says nothing of {word.lemma}"))


def _same_item(ours: str, theirs: str) -> bool:
    return ours == theirs or (theirs == _OF_PEOPLE and is_kind(ours, _OF_PEOPLE))


def _named(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """One label of the row must stand in the claim; a row of totals needs none."""
    if source.whole:
        part = next((word for word in claim.core if any(word.meets(other.means) for other in source.foreign)), None)
        part = part or next((word for word in claim.topic if not word.name and not word.meets(source.near_means)), None)
        if part is not None and not calls_back(part, claim):
            tally.unknown.append(("SUBSET_CONFUSION", f"the row of totals says nothing of {part.lemma}"))
        tally.score += 1
        return
    if not source.labels:
        tally.score += 1
        return
    near = claim.near_means
    best = max(_share(label, near) for label in source.labels)
    first = _share(source.labels[0], near)
    if first == 1:
        tally.score += 3
    elif best == 1 or best >= 0.5 and source.times and claim.times:
        tally.score += 1
    else:
        tally.unknown.append(("DIFFERENT_ITEM", f"the row is about {source.labels[0][0].lemma}"))


def _share(label: tuple[Term, ...], means: frozenset[str]) -> float:
    return sum(word.meets(means) for word in label) / len(label)


def _owner(claim: Bound, source: Bound, tally: Tally) -> None:
    """The column's name is the name that stands nearest before the claim's number."""
    if source.actor is None:
        return
    owner = owner_of(claim)
    if owner is None:
        tally.unknown.append(("DIFFERENT_ITEM", f"the claim does not name {source.actor.lemma}"))
    elif owner.meets(source.actor.means):
        tally.score += 2
    else:
        tally.other.append(("ROLE_SWAP", f"it is the figure of {source.actor.lemma}"))


def owner_of(claim: Bound) -> Term | None:
    """The name to which a number belongs: the last one before it, else the next one behind it.

    "Calder had 19 shots to Westhaven's 11": 19 is Calder's, 11 Westhaven's.
    """
    start = claim.quantity.span.start
    names = [word for word in claim.core if word.name] or [word for word in claim.near if word.name]
    before = [word for word in names if word.span.end <= start]
    after = [word for word in names if word.span.start > start]
    return max(before, key=lambda each: each.span.start) if before else after[0] if after else None


def _when(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    if not source.times or source.ends and not claim.times:
        return
    if claim.times:
        known = [ref for ref in claim.times if ref.first is not None]
        if known and overlap(tuple(known[:1]), source.times):
            tally.score += 2
        elif not known and claim.role == "by":
            return
        elif source.ends:
            tally.unknown.append(("WRONG_PERIOD", f"the cell is about {source.times[0].text}"))
        else:
            tally.other.append(("WRONG_PERIOD", f"the row is about {source.times[0].text}"))
    elif setting.today is None or not any(
        ref.first and ref.last and ref.first <= setting.today and ref.last.year >= setting.today.year
        for ref in source.times
    ):
        tally.unknown.append(("PERIOD_UNKNOWN", f"the row is about {source.times[0].text}"))
