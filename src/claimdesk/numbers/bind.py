"""What a number counts: the slots around a quantity, read from the grammar of its sentence.

The slots are those of the domain rule, section 4.4: item with container and base, event with actor and recipient,
place, time, modality, polarity, statistic, direction and the roles from, to and by, subset, attribution.
An empty slot means unknown, never "none".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from claimdesk.analysis import Analysis, View
from claimdesk.language.concepts import exclude, is_kind, tables
from claimdesk.language.remember import remembered
from claimdesk.language.terms import Term, clause, content, governor, lemma_of, phrases, subject
from claimdesk.model import Form, Quantity, Span
from claimdesk.numbers.as_meant import as_meant, is_limit
from claimdesk.numbers.bound import Bound as Bound
from claimdesk.numbers.company import leave_to_others, read_brackets
from claimdesk.numbers.conditions import aged_of, alternatives_of, condition_of
from claimdesk.numbers.context_words import bracketed, described, holder_of, loose_words, measures
from claimdesk.numbers.counted import counted_noun, group_of, is_base, is_part, modifiers_of, points_back
from claimdesk.numbers.motion import attribute_of, direction_of, role_of, topic_of
from claimdesk.numbers.pointing import join_ends, point_back
from claimdesk.numbers.spot import Spot, events_of, named_event
from claimdesk.numbers.telling import (
    actor_of,
    name_after,
    part_played,
    places_of,
    speech_of,
    stance_of,
    statistic_of,
    tense_of,
    times_of,
    told_by,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITHDRAWN = re.compile(
    r"(?:\bnot|\binstead of|\brather than|\b(?:previously|earlier|initially|first|originally|wrongly|mistakenly"
    r"|incorrectly|erroneously) (?:reported|stated|said|announced|published|put|given|estimated)(?: as| at| that)?"
    r"|\brevised (?:up |down )?from|\bcorrected from) (?:the |a |an )?$",
    re.IGNORECASE,
)
_WITHDRAWN_AFTER = re.compile(
    r"[\w ,]{0,30}?\bas (?:first|previously|earlier|initially|originally|wrongly|mistakenly|incorrectly)"
    r" (?:reported|stated|said|announced|published)",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    r"\b(?:including|among (?:them|those|whom)(?: were| are)?) (?:the |some |at least )?$", re.IGNORECASE
)
_EXCEPTED = re.compile(
    r"\b(?:but|except(?: for)?|apart from|save(?: for)?) (?:the |those |about |some )?$", re.IGNORECASE
)
_WHOLE = re.compile(r"\b(?:all|every(?:one|body|thing)?|each|whole|entire)\b", re.IGNORECASE)
_COMPARED = re.compile(r" (?:more|fewer|less|higher|lower) than\b", re.IGNORECASE)
_MANY, _LONG = 40, 3000  # a sentence of more numbers or characters is no prose, and is not read
_LOOK_BACK = 20
_ARGUMENTS = frozenset(["nsubj", "nsubjpass", "dobj", "attr", "acomp", "oprd"])
_SHARED = frozenset(["conj", "xcomp", "advcl", "acl", "relcl"])


@remembered
def bind(view: View) -> tuple[Bound, ...]:
    """Every quantity of a view with its slots, in order; items that point back take the last counted noun."""
    parsed = view.analysis.parsed
    held: dict[Span, list[Quantity]] = defaultdict(list)
    for quantity in view.analysis.quantities:
        held[parsed.sentence_at(quantity.span.start)].append(quantity)
    found: list[Bound] = []
    for quantity in view.quantities:
        bound = _bind(view, quantity, held[parsed.sentence_at(quantity.span.start)])
        found.append(point_back(bound, found[-_LOOK_BACK:]))
    rows: dict[int, list[Bound]] = defaultdict(list)
    for bound in found:
        rows[bound.verb].append(bound)
    joined = (bound if bound.unread else leave_to_others(join_ends(bound, rows[bound.verb]), rows) for bound in found)
    return tuple(read_brackets(bound, found) for bound in joined)


def bind_one(view: View, quantity: Quantity) -> Bound:
    """One quantity with its slots, from its own sentence alone."""
    sentence = view.analysis.parsed.sentence_at(quantity.span.start)
    there = [other for other in view.analysis.quantities if sentence.contains(other.span)]
    return _bind(view, quantity, there)


def _bind(view: View, quantity: Quantity, there: list[Quantity]) -> Bound:
    return replace(_bind_in_text(view.analysis, quantity, tuple(there)), view=view)


@remembered
def _bind_in_text(analysis: Analysis, quantity: Quantity, there: tuple[Quantity, ...]) -> Bound:
    """A quantity beside the others of its sentence (``there``), with the whole text as its view."""
    view = analysis.view()
    quantity = as_meant(analysis, quantity)
    sentence = analysis.parsed.sentence_at(quantity.span.start)
    worded = any(char.isalnum() for char in quantity.number.of(analysis.parsed.text))
    if len(there) > _MANY or len(sentence) > _LONG or not worded:
        return Bound(quantity, view, sentence, unread=True)
    siblings = tuple(other for other in there if not other.number.overlaps(quantity.number))
    dates = [ref.span for ref in analysis.dates if sentence.overlaps(ref.span)]
    spot = Spot(analysis, quantity, sentence, siblings, (*dates, *(other.span for other in there), quantity.span))
    return _read(view, spot)


def _read(view: View, spot: Spot) -> Bound:
    quantity = spot.quantity
    item, container = counted_noun(spot)
    anchor = item if item is not None else spot.top
    verb = anchor if quantity.form is Form.MULTIPLE and anchor.pos_ == "VERB" else governor(anchor)
    if verb.lower_ == "compared" and verb.dep_ == "prep":
        verb = governor(verb)
    verb = told_by(anchor, verb)
    condition = condition_of(spot, verb)
    words, said, speaker = _clause_words(spot, verb, anchor)
    aside = bracketed(spot)
    people = aged_of(spot)
    holder = people or (holder_of(anchor) if not measures(spot) else None)
    if holder is not None:
        words = [token for token in words if token == holder or holder.is_ancestor(token)] or words
    if crowd := holder is not None and holder.lower_ == "front":
        words = [token for token in words if token != holder]
    contest = quantity.form is Form.SCORE  # lost by 2-1: no loss of anything
    direction = "" if contest else direction_of(spot, verb, item)
    role = "" if contest else role_of(spot, verb, item, direction)
    group, named = group_of(spot, item, container)
    group = "person" if crowd and is_kind(group, "person") else group
    main, events = _events(spot, verb, item, words, role)
    if holder is not None:
        main = frozenset()
    if crowd:
        named |= {"attend"}
    if condition:
        main = named_event(lemma_of(condition[-1]))
    topic = topic_of(spot, verb, item, moving=bool(role or direction))
    if people is not None:
        topic = content(
            [child for child in people.children if child.dep_ in ("amod", "compound")] + [people], spot.skip
        )
    if aside:
        role, direction, main = "", "", frozenset()
        words = aside
        topic = () if item is not None and quantity.unit is None else content(aside, spot.skip)
    modality, negated = stance_of(spot, verb)
    if is_limit(spot.analysis, spot.quantity):
        modality = "capacity"
    sentence_words = [token for token in spot.analysis.parsed.tokens(spot.sentence) if token.i not in said]
    return Bound(
        quantity,
        view,
        spot.sentence,
        item=group,
        item_terms=content([item], spot.skip) if item is not None else (),
        modifiers=modifiers_of(spot, item),
        condition=content(condition[:-1], spot.skip),
        alternatives=alternatives_of(words, spot),
        crowd=crowd,
        definite=any(child.lower_ in ("the", "these", "those") for child in anchor.children if child.dep_ == "det"),
        detail=content(described(verb, anchor), spot.skip),
        container=lemma_of(container) if container is not None else "",
        base=is_base(spot),
        part_of=is_part(spot),
        topic=topic,
        main=main,
        events=events | named,
        core=content(words, spot.skip),
        firm=content([child for child in verb.children if child.dep_ in _ARGUMENTS], spot.skip),
        loose=content(loose_words(spot, verb, anchor, words), spot.skip),
        near=content(sentence_words, spot.skip),
        actor=actor_of(spot, verb),
        giver=name_after(words, "from"),
        recipient=name_after(words, "to"),
        places=places_of(spot, words),
        times=times_of(spot, words),
        modality=modality,
        negated=negated,
        statistic=statistic_of(spot, words),
        direction=direction,
        role=role,
        subset=bool(_INCLUDING.search(spot.before)),
        excepted=bool(_EXCEPTED.search(spot.before) and _WHOLE.search(spot.before)),
        speaker=speaker,
        withdrawn=bool(_WITHDRAWN.search(spot.before) or _WITHDRAWN_AFTER.match(spot.after)),
        anaphor=points_back(spot, item),
        nested=holder is not None,
        aside=bool(aside),
        compared=bool(_COMPARED.match(spot.after)),
        verb=verb.i,
        verb_lemma=lemma_of(verb),
        tense=tense_of(verb),
        patient="" if aside else part_played(anchor),
        dep=anchor.dep_,
        siblings=spot.siblings,
    )


def _clause_words(spot: Spot, verb: Token, anchor: Token) -> tuple[list[Token], set[int], Term | None]:
    """The words of the number's own clause with a shared subject, the words that report it, and the speaker."""
    words = clause(verb, anchor)
    speaker, said = speech_of(spot, verb, words)
    words = [token for token in words if token.i not in said]
    shared = subject(verb) if verb.dep_ in _SHARED else None
    if shared is not None and shared not in words:
        added = set(shared.subtree) - set(verb.subtree)
        words = sorted({*words, *added}, key=lambda each: each.i)
    return _own_words(spot, words, anchor), said, speaker


def _own_words(spot: Spot, words: list[Token], anchor: Token) -> list[Token]:
    """The clause without what belongs to a joined number: "22 adults and 15 children" are two counts."""
    out: set[int] = set()
    for other in spot.siblings:
        for token in spot.analysis.parsed.tokens(other.number):
            head = token.head
            if token.dep_ != "nummod":
                continue
            if head.dep_ in ("conj", "appos") and head.head == anchor:
                out |= {each.i for each in head.subtree}
            if anchor.dep_ == "conj" and anchor.head == head:
                narrow = [child for child in head.children if child.dep_ in ("amod", "compound", "nummod")]
                out |= {head.i} | {each.i for child in narrow for each in child.subtree}
    return [token for token in words if token.i not in out]


def _is_of_market(verb: Token) -> bool:
    """Whether a verb only says that trading ended: "Shares closed 2.6% higher"."""
    led = subject(verb)
    words = tables().words
    return lemma_of(verb) in words["ended"] and led is not None and lemma_of(led) in words["quoted"]


def _events(
    spot: Spot, verb: Token, item: Token | None, words: list[Token], role: str
) -> tuple[frozenset[str], frozenset[str]]:
    """The main event, and every event of the clause."""
    table = tables()
    inside = spot.quantity.form is Form.AGE and verb.i in spot.inside  # were aged 18 to 64
    main = frozenset() if inside or spot.quantity.form is Form.MULTIPLE and verb == spot.top else events_of(verb)
    shaped: set[str] = set()
    if item is not None:
        for child in item.children:
            if child.dep_ in ("amod", "acl", "relcl") and child.pos_ in ("VERB", "ADJ") and child.i not in spot.inside:
                if child.pos_ == "VERB" or lemma_of(child) in table.events:  # dead, missing; not foreign, overnight
                    shaped |= events_of(child)
        if lemma_of(item) in table.counted:
            shaped.add(table.counted[lemma_of(item)][1])
    every = main | shaped
    for token in words:
        every |= table.events.get(lemma_of(token), frozenset())
        every |= frozenset(group for phrase in phrases(token) for group in table.events.get(phrase, ()))
    lasting = spot.quantity.form is Form.DURATION and lemma_of(verb) == "take"  # the journey takes an hour
    if attribute_of(spot) is not None or lasting or _is_of_market(verb):
        return frozenset(), every
    if item is not None and item.dep_ == "conj" and exclude(frozenset(shaped), main):
        main = frozenset(shaped)  # "47 people were killed and 120 injured": the noun tells its own fate
    main = main or frozenset(shaped)
    counted = (item is not None or spot.quantity.form is Form.SCORE) and spot.quantity.unit is None and not role
    if not main and counted and lemma_of(verb) in table.direction:
        main = named_event(lemma_of(verb))
    return main, every
