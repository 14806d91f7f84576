"""Which event a date in a sentence dates: the verb or noun that it hangs on, with that word's own arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from claimdesk.analysis import View
from claimdesk.dates import dateline_span, is_statement_day
from claimdesk.dates.patterns import date_words
from claimdesk.dates.tense import Tense, governing_verb, tense_at
from claimdesk.days.arguments import Argument, arguments_of, dated
from claimdesk.days.comparisons import is_compared
from claimdesk.language.concepts import meanings
from claimdesk.language.remember import remembered
from claimdesk.language.terms import lemma_of, subject
from claimdesk.language.text import fold
from claimdesk.model import DateRef, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

EVENT, STATEMENT, PUBLICATION, COMPARED = "event", "statement", "publication", "compared"
_AGAIN = frozenset(
    [
        "again",
        "another",
        "also",
        "every",
        "each",
        "repeatedly",
        "more",
        "further",
        "twice",
        "weekly",
        "daily",
        "annually",
    ]
)
_MAYBE = frozenset(["may", "might", "could", "would", "should", "if", "unless", "whether"])
_NOT = frozenset(["never", "no", "neither", "nobody", "none", "nor", "without"])


@dataclass(frozen=True, slots=True)
class Frame:
    """An event as a sentence tells it.

    ``keys`` are the lemmas that name it and ``means`` what they can mean; ``nominal`` says that a noun names it.
    ``tense`` is that of its verb, ``unknown`` for a noun. ``negated`` covers what was denied, called off or put off,
    ``denied`` what has a plain "not", ``unsure`` what only may happen, ``again`` what recurs. ``perfect`` is
    "has resigned", which names no day.
    """

    keys: frozenset[str]
    means: frozenset[str]
    arguments: tuple[Argument, ...]
    nominal: bool
    tense: Tense
    negated: bool
    unsure: bool
    again: bool
    perfect: bool
    sentence: Span
    denied: bool = False

    @property
    def edge(self) -> str:
        """``start`` or ``end`` where the event is the beginning or the end of something, else empty."""
        return next((edge for edge in ("start", "end") if self.keys & words(edge)), "")


@dataclass(frozen=True, slots=True)
class Slot:
    """What a date dates: an event (told in one or more ways), a statement, the text itself, or a figure that another
    is measured by (``compared``).

    ``edition`` says that the date is part of a name: the 2014 World Cup is another thing than that of 2018.
    """

    kind: str
    frames: tuple[Frame, ...] = ()
    edition: bool = False


@cache
def words(row: str) -> frozenset[str]:
    """A list of ``data/dates.toml`` under ``[events]``."""
    return frozenset(date_words()["events"][row].split())


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number, row in enumerate(date_words()["events"]["same"]):
        for word in row.split():
            found.setdefault(word, set()).add(f"={number}")
    return {word: frozenset(rows) for word, rows in found.items()}


@lru_cache(maxsize=20_000)
def event_means(word: str) -> frozenset[str]:
    """What a word that names an event can mean: its rows here, its groups among the counted events, its stem."""
    plain = word.replace("_", " ")
    return _classes().get(word, frozenset()) | meanings(plain)


@remembered
def slot_of(view: View, ref: DateRef) -> Slot:
    """The slot that a date fills in its sentence."""
    parsed = view.analysis.parsed
    line = dateline_span(parsed.text)
    if line and line.overlaps(ref.span):
        return Slot(PUBLICATION)
    tokens = parsed.tokens(ref.span)
    if not len(tokens):
        return Slot(EVENT)
    token = tokens.root
    verb, nouns = governing_verb(token), list(_nouns_above(token))
    verb = _relative_before(verb, tokens[0]) or verb
    cues = frozenset(date_words()["context"]["cues"].split())
    spoken = verb is not None and verb.lower_ in cues and not nouns and not _passive(verb)
    clause = (
        verb is not None and (verb.dep_ == "relcl" or not _follows_cue(tokens[0], cues)) and verb.lower_ not in cues
    )
    if spoken or (not nouns and not clause and is_statement_day(fold(parsed.text), ref.span)):
        return Slot(STATEMENT)
    if is_compared(token, parsed.text, ref.span):
        return Slot(COMPARED)
    frames = [] if verb is None else [verb_frame(view, verb, token)]
    frames += [_noun_frame(view, noun, token) for noun in [*nouns[:2], *_noun_before(view, ref, nouns)]]
    return Slot(EVENT, tuple(frame for frame in frames if frame.keys), _in_a_name(tokens[-1]))


def _in_a_name(last: Token) -> bool:
    """Whether a name follows a year: "2018 FIFA World Cup", "2010-11 Ashes series"."""
    if last.i + 1 >= len(last.doc):
        return False
    after = last.nbor()
    return after.pos_ == "PROPN" and after.is_title | after.is_upper and last.head.i > last.i


def _relative_before(verb: Token | None, first: Token) -> Token | None:
    """The verb of a relative clause that a date ends, where the parser hung the date on the main verb after it.

    "An exhibition that opened at the library on Tuesday says yes."
    """
    if verb is None or verb.i < first.i or first.i < 2:
        return None
    node = first.nbor(-2) if first.nbor(-1).pos_ == "ADP" else first.nbor(-1)
    for _ in range(6):
        if node.dep_ == "relcl":
            return node
        if node.head.i == node.i or node.i == verb.i or node.is_punct:
            return None
        node = node.head
    return None


def _follows_cue(first: Token, cues: frozenset[str]) -> bool:
    """Whether a speech cue stands just before a date, or opens what follows it."""
    near = first.doc[max(0, first.i - 6) : first.i + 6]
    return any(low.lower_ in cues and low.dep_ != "relcl" for low in near)


def _passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def _nouns_above(token: Token) -> Iterator[Token]:
    """The nouns that a date hangs on before any verb: "the vote on Friday", "Friday's vote"."""
    current = token
    for _ in range(6):
        current = current.head
        if current.pos_ in ("VERB", "AUX"):
            return
        if current.i != token.i and (current.pos_ in ("NOUN", "PROPN") or current.tag_ == "JJS"):
            yield current
        if current.head.i == current.i:
            return


def _noun_before(view: View, ref: DateRef, nouns: list[Token]) -> Iterator[Token]:
    """The event noun whose phrase ends where the date begins, however the date was parsed: "at talks last week"."""
    tokens = view.analysis.parsed.tokens(ref.span)
    place = tokens[0].i - 1
    doc = tokens.doc
    if place >= 0 and doc[place].lower_ in ("on", "in", "of", ":", "-", "–"):
        place -= 1
    if place < 0 or nouns or doc[place].pos_ not in ("NOUN", "PROPN"):
        return
    node = doc[place]
    for _ in range(4):
        if node.pos_ == "NOUN" and node.lemma_.lower() in words("occasions"):
            yield node
            return
        node = node.head


def verb_frame(view: View, verb: Token, token: Token | None = None) -> Frame:
    """The event of a verb; ``token`` is the date in its clause."""
    named = _named_by(verb)
    keys = {key for key, _ in named}
    around = [verb, *(place for _, place in named)]
    arguments = arguments_of(view, verb)
    if verb.lemma_.lower() in words("light") | words("completes"):  # what names the event is no argument of it
        inside = {place.i for _, place in named}
        arguments = tuple(each for each in arguments if each.place not in inside)
        for _, place in named:
            arguments += () if place.i == verb.i else arguments_of(view, place, lone=True)
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass", "mark", "advmod")}
    above = _above(verb)
    tense = tense_at(token if token is not None else verb)
    return Frame(
        frozenset(keys),
        _means(keys),
        arguments,
        False,
        tense,
        any(_negated(place) for place in around) or bool(above & words("undone")),
        bool(helpers & _MAYBE) or "wish" in above or any(_under_if(place) for place in (verb, verb.head)),
        _again(verb),
        bool(helpers & {"has", "have", "'ve", "'s"}) and verb.tag_ == "VBN" and not _is(verb),
        _sentence(view, verb),
        any(_denied(place) for place in around),
    )


def _named_by(verb: Token) -> list[tuple[str, Token]]:
    """The words that name the event of a verb: itself, with its particle or object where it says little alone."""
    lemma = lemma_of(verb)
    found = [(lemma, verb)]
    for child in verb.children:
        if child.dep_ in ("prt", "dobj") or (child.dep_ == "prep" and child.i == verb.i + 1):
            pair = f"{lemma}_{child.lemma_.lower()}"
            if pair in _classes():
                found = [(pair, verb)]
    if lemma in words("completes"):  # "the repatriation was completed"
        done = [low for low in verb.children if low.dep_ in ("nsubj", "nsubjpass", "dobj") and low.lemma_ in _classes()]
        if done:
            return [(lemma_of(low), low) for low in done[:1]]
    if found[0][0] not in words("light"):
        return found
    children = [child for child in verb.children if not child.is_punct]
    for deps in (("xcomp", "advcl"), ("attr", "dobj", "acomp", "oprd"), ("nsubj", "nsubjpass")):
        named = [child for child in children if child.dep_ in deps and child.pos_ in ("NOUN", "VERB", "ADJ", "PROPN")]
        if deps[0] == "xcomp":
            named = [child for child in named if child.tag_ in ("VB", "VBN", "VBG", "JJ")]
        if deps[0] == "attr" and lemma in ("take", "take_place"):
            named = [child for child in named if child.lower_ != "place"]
        if named:
            return [(lemma_of(child), child) for child in named[:2]]
    return []


def _noun_frame(view: View, noun: Token, token: Token) -> Frame:
    verb = governing_verb(noun)
    above = {verb.lemma_.lower()} if verb is not None else set()
    undone = bool(above & words("undone")) or (verb is not None and _negated(verb))
    return Frame(
        frozenset([lemma_of(noun)]),
        _means({lemma_of(noun), noun.lemma_.lower()}),
        arguments_of(view, noun) + (() if noun.tag_ != "JJS" else _of_be(view, noun)),
        True,
        "future" if tense_at(token) == "future" else "unknown",
        undone or _negated(noun),
        any(_under_if(place) for place in (noun.head, verb) if place is not None),
        any(child.lower_ in _AGAIN for child in noun.children),
        False,
        _sentence(view, noun),
    )


def _of_be(view: View, superlative: Token) -> tuple[Argument, ...]:
    """What a superlative speaks of: "the deficit is the largest since 2020"."""
    verb = governing_verb(superlative)
    if verb is None or verb.lemma_ != "be":
        return ()
    return tuple(each for each in arguments_of(view, verb) if each.place != superlative.i and each.role != "side")


def _means(keys: set[str]) -> frozenset[str]:
    return frozenset(meaning for key in keys for meaning in event_means(key))


def _above(verb: Token) -> set[str]:
    """The lemmas of the verbs that govern a verb as their complement: refused to open, denied that it opened."""
    found: set[str] = set()
    node = verb
    for _ in range(6):
        if node.dep_ not in ("xcomp", "ccomp", "pcomp", "conj") or node.head.i == node.i:
            break
        if node.dep_ == "ccomp" and node.head.i > node.i:
            break  # "The term begins in May; nobody objected": the parser joins two sentences
        if node.dep_ != "conj":
            found.add(node.head.lemma_.lower())
            if _negated(node.head):
                found.add("deny")
        node = node.head
    if found & words("wish"):
        found.add("wish")
    return found


def _negated(token: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in _NOT for child in token.children)


def _denied(token: Token) -> bool:
    """Whether a plain "not" or "never" stands on a verb; "not only" denies nothing."""
    return any(
        child.lower_ in ("not", "n't", "never") and child.nbor().lower_ not in words("not_only")
        for child in token.children
        if child.i + 1 < len(token.doc)
    )


def _under_if(token: Token) -> bool:
    return any(child.dep_ in ("mark", "aux") and child.lower_ in _MAYBE for child in token.children)


def _again(verb: Token) -> bool:
    return any(child.lower_ in _AGAIN for child in verb.children) or any(
        low.lower_ in ("another", "every", "each") for child in verb.children for low in child.children
    )


def _is(verb: Token) -> bool:
    return any(child.lower_ == "been" and child.dep_ == "auxpass" for child in verb.children)


def _sentence(view: View, token: Token) -> Span:
    return view.analysis.parsed.sentence_at(token.idx)


def told_events(view: View) -> Iterator[Frame]:
    """The events that a stretch tells in the simple past without a day of its own, one for each finite verb."""
    for token in view.tokens:
        if token.tag_ not in ("VBD", "VBN") or token.pos_ != "VERB" or token.dep_ in ("amod", "acl"):
            continue
        if subject(token) is None or any(dated(low, view) for low in token.subtree):
            continue
        yield verb_frame(view, token)
