"""Counts whose noun stands elsewhere: those, three of them, up from 2,900."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimdesk.language.concepts import item_of, tables
from claimdesk.language.terms import content, lemma_of
from claimdesk.model import Span
from claimdesk.numbers.bound import Bound


def point_back(bound: Bound, earlier: Sequence[Bound]) -> Bound:
    """A count that points back with the noun of the last count, else with the last subject of which it is a part."""
    return _taken_up(_resolved(bound, earlier))


def join_ends(bound: Bound, every: Sequence[Bound]) -> Bound:
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


def _taken_up(bound: Bound) -> Bound:
    """Those of whom a part is counted: "The banks were fined, and three of them closed" counts banks."""
    if bound.item or not bound.part_of or not bound.anaphor or bound.quantity.unit is not None:
        return bound
    parsed = bound.view.analysis.parsed
    at = parsed.sentence_at(bound.quantity.span.start).start
    start = parsed.sentence_at(at - 1).start if at > bound.view.span.start else at
    before = reversed(list(parsed.tokens(Span(start, bound.quantity.span.start))))
    named = next((each for each in before if each.dep_ in ("nsubj", "nsubjpass") and each.tag_ == "NNS"), None)
    if named is None:
        return bound
    group, event = tables().counted.get(lemma_of(named), (item_of(lemma_of(named)), ""))
    return replace(
        bound, item=group, item_terms=content([named]), events=bound.events | frozenset([event] if event else [])
    )


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
