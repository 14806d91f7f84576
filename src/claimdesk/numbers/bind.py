"""What a number counts: the slots around a quantity, read from the grammar of its sentence.

The slots are those of the domain rule, section 4.4: item with container and base, event with actor and recipient,
place, time, modality, polarity, statistic, direction and the roles from, to and by, subset, attribution.
An empty slot means unknown, never "none".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claimdesk.analysis import View
from claimdesk.language.concepts import tables
from claimdesk.language.terms import Term, clause, content, governor, lemma_of, phrases, subject
from claimdesk.model import Form, Quantity, Span
from claimdesk.numbers.as_meant import as_meant
from claimdesk.numbers.bound import Bound as Bound
from claimdesk.numbers.context_words import bracketed, holder_of, loose_words, measures
from claimdesk.numbers.counted import counted_noun, group_of, is_base, is_part, modifiers_of, points_back
from claimdesk.numbers.motion import attribute_of, direction_of, role_of, topic_of
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
_INCLUDING = re.compile(r"\bincluding (?:the |some |at least )?$", re.IGNORECASE)
_COMPARED = re.compile(r" (?:more|fewer|less|higher|lower) than\b", re.IGNORECASE)
_MANY, _LONG = 40, 3000  # a sentence of more numbers or characters is no prose, and is not read
_LOOK_BACK = 20
_ARGUMENTS = frozenset(["nsubj", "nsubjpass", "dobj", "attr", "acomp", "oprd"])
_SHARED = frozenset(["conj", "xcomp", "advcl", "acl", "relcl"])


def bind(view: View) -> tuple[Bound, ...]:
    """Every quantity of a view with its slots, in order; items that point back take the last counted noun."""
    parsed = view.analysis.parsed
    held: dict[Span, list[Quantity]] = defaultdict(list)
    for quantity in view.analysis.quantities:
        held[parsed.sentence_at(quantity.span.start)].append(quantity)
    found: list[Bound] = []
    for quantity in view.quantities:
        bound = _bind(view, quantity, held[parsed.sentence_at(quantity.span.start)])
        found.append(_resolved(bound, found[-_LOOK_BACK:]))
    rows: dict[int, list[Bound]] = defaultdict(list)
    for bound in found:
        rows[bound.verb].append(bound)
    return tuple(bound if bound.unread else _with_foreign(_joined(bound, rows[bound.verb]), rows) for bound in found)


def bind_one(view: View, quantity: Quantity) -> Bound:
    """One quantity with its slots, from its own sentence alone."""
    sentence = view.analysis.parsed.sentence_at(quantity.span.start)
    there = [other for other in view.analysis.quantities if sentence.contains(other.span)]
    return _bind(view, quantity, there)


def _bind(view: View, quantity: Quantity, there: list[Quantity]) -> Bound:
    analysis = view.analysis
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
    words, said, speaker = _clause_words(spot, verb, anchor)
    aside = bracketed(spot)
    holder = holder_of(anchor) if not measures(spot) else None
    if holder is not None:
        words = [token for token in words if token == holder or holder.is_ancestor(token)] or words
    direction = direction_of(spot, verb, item)
    role = role_of(spot, verb, item, direction)
    group, named = group_of(spot, item, container)
    main, events = _events(spot, verb, item, words, role)
    if holder is not None:
        main = frozenset()
    topic = topic_of(spot, verb, item, moving=bool(role or direction))
    if aside:
        role, direction, main = "", "", frozenset()
        words = aside
        topic = () if item is not None and quantity.unit is None else content(aside, spot.skip)
    modality, negated = stance_of(spot, verb)
    sentence_words = [token for token in spot.analysis.parsed.tokens(spot.sentence) if token.i not in said]
    return Bound(
        quantity,
        view,
        spot.sentence,
        item=group,
        item_terms=content([item], spot.skip) if item is not None else (),
        modifiers=modifiers_of(spot, item),
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


def _events(
    spot: Spot, verb: Token, item: Token | None, words: list[Token], role: str
) -> tuple[frozenset[str], frozenset[str]]:
    """The main event, and every event of the clause."""
    table = tables()
    main = frozenset() if spot.quantity.form is Form.MULTIPLE and verb == spot.top else events_of(verb)
    shaped: set[str] = set()
    if item is not None:
        for child in item.children:
            if child.dep_ in ("amod", "acl", "relcl") and child.pos_ in ("VERB", "ADJ") and child.i not in spot.inside:
                shaped |= events_of(child)
        if lemma_of(item) in table.counted:
            shaped.add(table.counted[lemma_of(item)][1])
    every = main | shaped
    for token in words:
        every |= table.events.get(lemma_of(token), frozenset())
        every |= frozenset(group for phrase in phrases(token) for group in table.events.get(phrase, ()))
    if attribute_of(spot) is not None:
        return frozenset(), every
    main = main or frozenset(shaped)
    counted = item is not None and spot.quantity.unit is None and not role
    if not main and counted and lemma_of(verb) in table.direction:
        main = named_event(lemma_of(verb))
    return main, every


def _with_foreign(bound: Bound, rows: Mapping[int, Sequence[Bound]]) -> Bound:
    """Names that stand with another number of the clause: "5 in the north and 3 in the south".

    A name between two numbers of one clause belongs to the first; where it does, a name after the last belongs to
    the last.
    """
    row = [each for each in rows[bound.verb] if each.quantity.unit == bound.quantity.unit and not each.base]
    if len(row) < 2:
        return bound
    ends = [each.quantity.span.end for each in row]
    segments: dict[int, list[Term]] = {}
    held: dict[int, list[Term]] = {}
    for word in bound.near:
        place = bisect_right(ends, word.span.start) - 1
        if place >= 0:
            held.setdefault(place, []).append(word)
    shared = _shared(held)
    for place, row_words in held.items():
        for word, following in zip(row_words, [*row_words[1:], None], strict=True):
            paired = following is not None and following.lemma in shared and word.lemma not in shared
            if not word.name and not paired:
                continue
            segments.setdefault(place, []).append(word)
    own = next((index for index, each in enumerate(row) if each.quantity is bound.quantity), -1)
    if not any(place < len(row) - 1 for place in segments):
        return bound
    foreign = tuple(word for place, words in segments.items() if place != own for word in words)
    mine = frozenset(word.lemma for word in segments.get(own, ()))
    return replace(bound, foreign=tuple(word for word in foreign if word.lemma not in mine))


def _shared(held: Mapping[int, Sequence[Term]]) -> frozenset[str]:
    """The nouns that several figures of one clause have with them: group, in vaccine group and placebo group."""
    counts: dict[str, set[int]] = defaultdict(set)
    for place, row_words in held.items():
        for word in row_words:
            counts[word.lemma].add(place)
    return frozenset(lemma for lemma, places in counts.items() if len(places) > 1)


def _joined(bound: Bound, every: Sequence[Bound]) -> Bound:
    """The two ends of one change count the same: "3,400 names, up from 2,900"."""
    if bound.item or bound.role != "from" or bound.quantity.unit is not None:
        return bound
    for other in every:
        if (
            other.item
            and other.verb == bound.verb
            and other.role in ("", "to")
            and other.quantity.unit is None
            and not other.base
        ):
            return replace(
                bound, item=other.item, item_terms=other.item_terms, modifiers=other.modifiers, topic=other.topic
            )
    return bound


def _resolved(bound: Bound, earlier: Sequence[Bound]) -> Bound:
    """An item that points back takes the noun, and a subject that points back the topic, of the last count."""
    if bound.item or not bound.anaphor or bound.quantity.unit is not None:
        return bound
    topic_lemmas = {each.lemma for each in bound.topic}
    if not bound.role and not bound.direction and not bound.base:
        for other in reversed(earlier):
            if (
                other.verb == bound.verb
                and other.item
                and other.quantity.unit is None
                and not (other.base or other.role)
            ):
                return replace(bound, item=other.item, item_terms=other.item_terms, modifiers=other.modifiers, topic=())
    if (
        bound.topic
        and not topic_lemmas <= tables().words["anaphors"]
        and (bound.role or bound.direction or not bound.main)
    ):
        counted = next((tables().counted[lemma] for lemma in topic_lemmas if lemma in tables().counted), None)
        if counted:
            return replace(
                bound, item=counted[0], events=bound.events | {counted[1]}, main=bound.main or frozenset([counted[1]])
            )
        return bound
    for other in reversed(earlier):
        if other.item and other.quantity.unit is None:
            fresh = bound.topic and topic_lemmas <= tables().words["anaphors"]
            return replace(
                bound,
                item=other.item,
                modifiers=other.modifiers,
                main=other.main if fresh or not bound.main else bound.main,
                events=bound.events | (other.events if fresh or not bound.main else frozenset()),
                core=(*bound.core, *(other.core if fresh or not bound.main else ())),
                topic=(),
            )
    return bound
