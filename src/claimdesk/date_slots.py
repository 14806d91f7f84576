"""What a date in a sentence dates: an event, a statement, or the text itself; and which event it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from claimdesk.analysis import View
from claimdesk.date_patterns import date_words
from claimdesk.dates import dateline_span, is_statement_day
from claimdesk.model import DateRef
from claimdesk.tense import governing_verb, tense_at
from claimdesk.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

EVENT, STATEMENT, PUBLICATION = "event", "statement", "publication"


@dataclass(frozen=True, slots=True)
class Slot:
    """What one date dates.

    ``keys`` are the lemmas that name the event. ``core`` are the lemmas of its subject and objects, split into
    ``actors`` and ``objects`` where the verb shows who did it; ``names`` and ``words`` are the proper names and content
    lemmas of its clause. ``planned`` and ``negated`` say whether it was to come or did not happen; ``again`` that it
    recurred.
    """

    kind: str
    keys: frozenset[str] = frozenset()
    core: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    planned: bool = False
    negated: bool = False
    again: bool = False


@lru_cache(maxsize=1)
def _events() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    table = date_words()["events"]
    classes: dict[str, set[str]] = {}
    for number, row in enumerate(table["same"]):
        for word in row.split():
            classes.setdefault(word, set()).add(f"={number}")
    return frozenset(table["light"].split()), {word: frozenset(found) for word, found in classes.items()}


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    return frozenset(date_words()["context"]["cues"].split())


def slot_of(view: View, ref: DateRef) -> Slot:
    """The slot that a date fills in its sentence."""
    parsed = view.analysis.parsed
    line = dateline_span(parsed.text)
    if line and line.overlaps(ref.span):
        return Slot(PUBLICATION)
    tokens = parsed.tokens(ref.span)
    if not len(tokens):
        return Slot(EVENT)
    verb, nouns = governing_verb(tokens.root), _nouns_above(tokens.root)
    spoken = verb is not None and verb.lower_ in _cues() and not nouns
    if spoken or (not nouns and is_statement_day(fold(parsed.text), ref.span)):
        return Slot(STATEMENT)
    return _event(view, ref, tokens.root, verb, nouns)


def _nouns_above(token: Token) -> list[Token]:
    """The nouns that a date hangs on before any verb: "the vote on Friday", "Friday's vote"."""
    found, current = [], token
    for _ in range(6):
        current = current.head
        if current.pos_ in ("VERB", "AUX") or current.head.i == current.i:
            break
        if current.pos_ == "NOUN":
            found.append(current)
    return found


def _event(view: View, ref: DateRef, token: Token, verb: Token | None, nouns: list[Token]) -> Slot:
    light, _ = _events()
    heads = list(nouns[:1])
    if verb is not None and not (nouns and token.dep_ in ("poss", "compound", "nmod", "nummod", "amod")):
        heads.append(verb)
    if verb is not None and verb.lemma_.lower() in light:
        heads += [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    keys = {head.lemma_.lower() for head in heads} - light
    center = verb if verb is not None else token.head
    clause = [part for part in center.subtree if not _dated(part, view) and part.lemma_.lower() not in keys]
    content = [part for part in clause if part.pos_ in ("NOUN", "PROPN") and len(part) > 1]
    actors = [part for part in content if part.head.i == center.i and part.dep_ == "nsubj"]
    actors += [part for part in content if part.head.dep_ == "agent" and part.head.head.i == center.i]
    objects = [part for part in content if part.head.i == center.i and part.dep_ in ("nsubjpass", "dobj", "attr")]
    core = actors + objects
    if nouns:
        core = [part for part in content if nouns[0].i in (part.head.i, part.head.head.i)]
        actors = objects = []
    adverbs = {part.lower_ for part in clause if part.pos_ in ("ADV", "ADJ", "DET", "PRON")}
    return Slot(
        EVENT,
        frozenset(keys),
        _lemmas(core),
        _lemmas(actors),
        _lemmas(objects),
        _lemmas([part for part in content if part.pos_ == "PROPN"]),
        _lemmas(content),
        tense_at(token) == "future",
        any(child.dep_ == "neg" or child.lower_ in ("never", "no") for child in center.children),
        bool(
            adverbs & {"again", "another", "second", "third", "also", "every", "each", "repeatedly", "more", "further"}
        ),
    )


def _lemmas(tokens: list[Token]) -> frozenset[str]:
    return frozenset(token.lemma_.lower() for token in tokens)


def _dated(token: Token, view: View) -> bool:
    return any(ref.span.start <= token.idx < ref.span.end for ref in view.analysis.dates)


def same_event(one: Slot, two: Slot) -> bool:
    """Whether two events are named by one word or by words of one class."""
    return any(related(key, two.keys) for key in one.keys)


def related(word: str, others: frozenset[str]) -> bool:
    """Whether a lemma is among others, itself or by a class of events."""
    _, classes = _events()
    mine = classes.get(word, frozenset())
    return word in others or bool(mine) and any(classes.get(other, frozenset()) & mine for other in others)


def same_roles(one: Slot, two: Slot) -> bool:
    """Whether nobody changed places: those who act and those acted upon agree where both sides name them.

    What opens, closes or burns may be either: "the port reopened", "the mayor reopened the port".
    """
    if (one.keys | two.keys) & frozenset(date_words()["events"]["by_itself"].split()):
        return not one.core or not two.core or bool(one.core & two.core)
    pairs = ((one.actors, two.actors), (one.objects, two.objects), (one.core, two.core))
    return all(bool(mine & theirs) for mine, theirs in pairs if mine and theirs)


def shared_arguments(one: Slot, two: Slot) -> float:
    """The share of the first event's content words that the second event's clause has too; 1 where it has none."""
    return len(one.words & two.words) / len(one.words) if one.words else 1.0


_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV")


def content_words(view: View, kinds: tuple[str, ...] = _CONTENT) -> frozenset[str]:
    """The lemmas of all content words of a stretch, dates and light verbs left out."""
    light, _ = _events()
    kept = [part for part in view.tokens if part.pos_ in kinds and not _dated(part, view)]
    kept = [part for part in kept if not part.is_stop or part.pos_ in ("NOUN", "PROPN", "NUM")]
    return frozenset(part.lemma_.lower() for part in kept) - light


def has_negation(view: View) -> bool:
    """Whether a stretch denies anything at all."""
    return any(
        part.dep_ == "neg" or part.lower_ in ("no", "never", "nobody", "without", "none") for part in view.tokens
    )
