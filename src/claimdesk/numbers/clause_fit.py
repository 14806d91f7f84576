"""Whether the words of the claim's clause stand in the source, and what it means where some do not."""

from __future__ import annotations

from claimdesk.language.concepts import exclude, is_kind, tables
from claimdesk.language.terms import Term
from claimdesk.model import Quantity
from claimdesk.numbers.bearers import token_of
from claimdesk.numbers.bind import Bound
from claimdesk.numbers.fits import Setting, Tally
from claimdesk.numbers.recall import calls_back, pronouns_of
from claimdesk.numbers.rivals import rival_of

LIGHT_TOPIC = frozenset(
    [
        "rate",
        "level",
        "number",
        "figure",
        "total",
        "amount",
        "value",
        "share",
        "percentage",
        "count",
        "tally",
        "size",
        "volume",
        "index",
        "one",
        "it",
        "they",
    ]
)
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_AROUND = 4_000  # characters on each side in which a name is looked for
_CUES = frozenset("average mean median each total apiece altogether combined overall per side both compare".split())


def check_words(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """Every content word of the claim's clause must have its like in the source: in the clause, or around it."""
    missing: list[Term] = []
    here, around, beyond = wide(source.core_means), wide(source.near_means), wide(setting.passage)
    for word in claim.core:
        if (
            word.lemma in LIGHT_TOPIC
            or word in claim.item_terms
            or word.means & claim.main
            or word.lemma in tables().direction
        ):
            continue
        if word.lemma in _CUES or (word.lemma in tables().words["periods"] and has_period(source)):
            continue
        if any(word.meets(other.means) for other in source.foreign):
            if word in claim.foreign:
                continue
            tally.unknown.append(("DIFFERENT_ITEM", f"{word.lemma} belongs to another figure there"))
        elif word.meets(here):
            tally.score += 1
        elif word.meets(around):
            tally.score += 0.6
        elif word.meets(beyond):
            if word.name and (_is_told_after(word, source, setting) or _is_of_another(word, claim, source)):
                missing.append(word)
                continue
            tally.score += 0.3
        elif any(is_kind(other, mean) for mean in word.means for other in here):
            tally.score += 0.5
        elif (word in claim.loose or word in claim.foreign) and word.lemma not in tables().words["scopes"]:
            if not word.name and (rival := rival_of(word, claim, source)) is not None:
                tally.unknown.append(("DIFFERENT_ITEM", f"the source says {rival.lemma}, the claim {word.lemma}"))
            continue
        elif not _excused(word, claim, tally):
            missing.append(word)
    _judge_missing(missing, claim, source, setting, tally)


def _is_told_after(word: Term, source: Bound, setting: Setting) -> bool:
    """Whether a name comes up only behind the source's sentence: what is told there belongs to a later event."""
    parsed = source.view.analysis.parsed
    at = source.sentence.end
    before, behind = parsed.text[max(0, at - _AROUND) : at].casefold(), parsed.text[at : at + _AROUND].casefold()
    return word.lemma not in before and word.lemma in behind


def has_period(source: Bound) -> bool:
    """Whether the source's sentence says over which time its figures run: "in the year to March"."""
    text = source.sentence.of(source.view.analysis.parsed.text).casefold()
    return any(word in text for word in (" year", " quarter", " month", " week", " daily"))


def _is_of_another(word: Term, claim: Bound, source: Bound) -> bool:
    """Whether the claim's subject is a name of other sentences, where the source's has another's name in that part.

    "Osei was sent off in the 71st minute": "Osei scored. Fenwick had Luca Prior sent off in the 71st minute."
    """
    token = token_of(word, claim)
    if token.dep_ not in _SUBJECTS or pronouns_of(source):
        return False
    acts = [each for each in source.core if each.name and token_of(each, source).dep_ in _SUBJECTS]
    return bool(acts) and not any(each.meets(claim.near_means) for each in acts)


def _judge_missing(missing: list[Term], claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """Missing names, arguments and many missing words leave it open; a word or two only bar a conflict."""
    missing = [word for word in missing if not calls_back(word, claim)]
    if source.actor is None and claim.actor is not None and claim.main & source.main:
        missing = [
            word for word in missing if word.lemma != claim.actor.lemma or word.lemma not in tables().words["agents"]
        ]
    if pronouns := pronouns_of(source):
        told = [word for word in missing if word.name and word.meets(setting.names)][: len(pronouns)]
        if told:
            missing = [word for word in missing if word not in told]
            tally.soft.append(("NOT_STATED", f"the source says {' and '.join(sorted(pronouns))}"))
    if missing and _only_described(missing, claim, source, setting):
        tally.lacking.append(("NOT_STATED", f"{missing[0].lemma} is not in the source"))
        return
    firm = [
        word
        for word in missing
        if word.name
        or word.lemma[:1].isdigit()
        or word.lemma in tables().words["scopes"]
        or word in (*claim.modifiers, *claim.topic, *claim.firm)
    ]
    rivals = [(word, rival) for word in missing if (rival := rival_of(word, claim, source)) is not None]
    if rivals and not firm:
        word, rival = rivals[0]
        if exclude(word.means, rival.means):
            tally.contra.append(("ITEM_CONFLICT", f"{rival.lemma}, not {word.lemma}"))
        else:
            tally.unknown.append(("DIFFERENT_ITEM", f"the source says {rival.lemma}, the claim {word.lemma}"))
        return
    if firm or len(missing) > (3 if telling(claim.quantity) else 1):
        tally.unknown.append(("NOT_STATED", f"{(firm or missing)[0].lemma} is not in the source"))
    elif missing:
        tally.soft.append(("NOT_STATED", f"{missing[0].lemma} is not in the source"))


def _only_described(missing: list[Term], claim: Bound, source: Bound, setting: Setting) -> bool:
    """Whether the same event befell the same, known things, and the missing words describe another party to it.

    "The 40 prisoners were handed to officers of the navy": "The 14 prisoners were handed to officers in Ostby." No name
    of the source may be strange to the claim's text, and the party itself must stand in both.
    """
    same = claim.definite and source.definite and claim.main and claim.main == source.main and claim.item == source.item
    if not same or not claim.item or claim.quantity.unit is not None or claim.modality != source.modality:
        return False
    parties = [word for word in claim.core if word not in claim.detail and word not in claim.item_terms]
    return (
        all(word in claim.detail for word in missing)
        and any(word.meets(source.core_means) and not word.means & claim.main for word in parties)
        and all(word.meets(claim.near_means | setting.claim) for word in source.core if word.name)
    )


def telling(quantity: Quantity) -> bool:
    """Whether a value is hardly there twice by chance: three significant digits, or a fraction of a unit."""
    digits = [value.normalize().as_tuple() for value in quantity.values[:1]]
    return bool(digits) and (
        len(digits[0].digits) >= 3 or isinstance(digits[0].exponent, int) and digits[0].exponent < 0
    )


def _excused(word: Term, claim: Bound, tally: Tally) -> bool:
    """Whether a missing word is the very one whose slot contradicts, or a measure that the unit implies."""
    labels = {label for label, _ in tally.contra}
    if "SCOPE_PLACE_CONFLICT" in labels:
        return word in claim.places
    if labels & {"ITEM_CONFLICT", "EACH_VS_TOTAL"}:
        return not word.name
    return claim.quantity.unit is not None and any(mean.startswith("measure_") for mean in word.means)


def wide(means: frozenset[str]) -> frozenset[str]:
    """Meanings with the events that may stand for them."""
    found = set(means)
    for group, others in tables().compatible.items():
        if group in means:
            found |= others
        if others & means:
            found.add(group)
    return frozenset(found)


def all_means(terms: tuple[Term, ...]) -> frozenset[str]:
    """Everything that the words can mean."""
    return frozenset().union(*(each.means for each in terms)) if terms else frozenset()
