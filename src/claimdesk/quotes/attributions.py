"""What people are said to want, judge, discuss or announce, where none of their words are reported."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from claimdesk.language.parse import Parsed
from claimdesk.model import Attributed, Cue, Mention, Quote, Span
from claimdesk.quotes.attitudes import PARTS, attitude_table, lemma_of
from claimdesk.quotes.attribution import is_nobody, is_unreal, near, noun_phrase, phrase_head, subject_of
from claimdesk.quotes.frames import Frame, holder_of, settled, verb_frames, word_frames
from claimdesk.quotes.lead_ins import LONGEST_SENTENCE, Draft, lead_ins
from claimdesk.quotes.people import People

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 1_000  # characters of a content
_CUE_WORDS = 6  # a cue may reach as far to its preposition: spoke at some length about
_TENSED = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"DET", "PROPN", "NOUN", "ADJ", "PRON", "NUM"})
_POINTERS = frozenset({"it", "them"})  # their content stands somewhere else
_HELD = frozenset({"raised", "seeming"})  # places whose subject is held to be something, so that it is no speaker
_EDGES = " ,;:.!?-–—\n\t\"'“”‘’"


def find_attributions(parsed: Parsed, quotes: Sequence[Quote]) -> tuple[Attributed, ...]:
    """The attributions of a text in order of their cues; ``quotes`` are what ``find_quotes`` gave for it.

    They stand in the frames of ``data/attitudes.toml``: condemned the attack, called for an inquiry, refused to
    resign, is wary of the plan, her doubts about the deal. What stands in quotation marks or has been found as the
    content of a quote is left out, and so is what stands inside: of "Lind said that Ruiz opposed the plan" the quote
    is all there is, of "refused to condemn the attack" the refusal.
    """
    if not parsed.sentences:
        return ()
    drafts = _Search(parsed, quotes).find()
    if not drafts:
        return ()
    people = People(parsed)
    speakers = sorted(
        ((quote.content[0].start, quote.speaker) for quote in quotes if quote.speaker is not None and quote.content),
        key=lambda pair: pair[0],
    )
    spoken: list[Mention] = []
    heard = 0
    found = []
    for draft in drafts:
        while heard < len(speakers) and speakers[heard][0] < draft.cue.idx:
            if speakers[heard][1].name:
                spoken.append(speakers[heard][1])
            heard += 1
        found.append(_finished(draft, parsed, people, spoken))
    return tuple(found)


class _Search:
    """Goes through the words of one text once."""

    def __init__(self, parsed: Parsed, quotes: Sequence[Quote]) -> None:
        self._parsed = parsed
        self._table = attitude_table()
        self._marks = [mark.outer for mark in parsed.marks if mark.depth == 0]
        self._mark_starts = [span.start for span in self._marks]
        self._cues = {offset for quote in quotes if quote.cue for offset in (quote.cue.span.start,)}
        self._parts = sorted(part for quote in quotes for part in quote.content)
        self._part_starts = [part.start for part in self._parts]
        self._furthest = list(accumulate((part.end for part in self._parts), max))

    def find(self) -> list[Draft]:
        """The drafts in order of place; a verb that only carries its object leaves the word to it: raised doubts."""
        drafts: list[Draft] = []
        for token in self._parsed.doc:
            if token.pos_ in PARTS and not self._in_marks(token.idx) and token.idx not in self._cues:
                draft = next(self._drafts(token), None)
                if draft is not None:
                    drafts.append(draft)
        drafts = sorted([*drafts, *lead_ins(self._parsed)], key=lambda draft: draft.cue.idx)
        own = {draft.cue.i for draft in drafts if draft.cue.pos_ == "NOUN"}
        return self._outermost([draft for draft in drafts if not self._carries(draft, own)])

    def _carries(self, draft: Draft, own: set[int]) -> bool:
        return draft.frame.name == "object" and draft.lemma in self._table.light and _object(draft.cue) in own

    def _outermost(self, drafts: list[Draft]) -> list[Draft]:
        """Drafts without those whose cue stands in what another one, or an indirect quote, already reports."""
        kept: list[Draft] = []
        reach = 0
        for draft in drafts:
            if draft.cue.idx < reach or self._is_within(draft.cue.idx):
                continue
            kept.append(draft)
            reach = max(reach, draft.content.end) if draft.content.start > draft.cue.idx else reach
        return kept

    def _is_within(self, offset: int) -> bool:
        index = bisect_right(self._part_starts, offset) - 1
        return index >= 0 and offset < self._furthest[index]

    def _drafts(self, token: Token) -> Iterator[Draft]:
        part = PARTS[token.pos_]
        if not self._table.has(token) or len(self._parsed.sentence_at(token.idx)) > LONGEST_SENTENCE:
            return
        is_verb = part == "verbs"
        source = subject_of(token) if is_verb else holder_of(token)
        for frame in verb_frames(token) if is_verb else word_frames(token):
            word, kind = lemma_of(token), part
            group = self._table.group(part, frame.name, word)
            if group is None and token.tag_ == "VBN":
                word, kind = token.lower_, "adjectives"
                group = self._table.group(kind, frame.name, word)
            if group is None or not _is_sound(token, frame, source):
                continue
            holder = _agent(token) if frame.name in _HELD else source
            if kind == "adjectives" and is_verb and frame.name not in _HELD:
                holder = next((c for c in near(token.lefts) if c.dep_ in ("nsubj", "nsubjpass")), holder)
            content = self._content(frame)
            if content is not None and not self._is_reported(token.idx, content):
                yield Draft(token, word, group, frame, content, holder)
        if is_verb and token.tag_ in _TENSED and source is not None:
            yield from self._by_place(token, source)

    def _by_place(self, token: Token, source: Token) -> Iterator[Draft]:
        """A verb with tense whose object the parse does not see: the noun phrase right behind it."""
        word = lemma_of(token)
        group = self._table.group("verbs", "object", word)
        if group is None or source.i > token.i or token.i + 1 >= len(token.doc) or any(verb_frames(token)):
            return
        following = token.nbor(1)
        head = phrase_head(token.doc, token.i + 1, token.i + 2)
        if head is None or following.is_sent_start or following.pos_ not in _NOMINAL:
            return
        last = max(head.i, min(head.right_edge.i, token.i + 40))
        frame = Frame("object", token.i + 1, last, token.i)
        content = self._content(frame)
        if content is not None and not self._is_reported(token.idx, content):
            yield Draft(token, word, group, frame, content, source)

    def _content(self, frame: Frame) -> Span | None:
        doc = self._parsed.doc
        last = settled(doc, frame)
        start, end = doc[frame.first].idx, doc[last].idx + len(doc[last])
        text = self._parsed.text[start : min(end, start + _LONGEST)]
        if text.casefold() in _POINTERS:
            return None
        trimmed = Span(start + len(text) - len(text.lstrip(_EDGES)), start + len(text.rstrip(_EDGES)))
        return trimmed if trimmed.end > trimmed.start else None

    def _in_marks(self, offset: int) -> bool:
        index = bisect_right(self._mark_starts, offset) - 1
        return index >= 0 and offset < self._marks[index].end

    def _is_reported(self, cue: int, content: Span) -> bool:
        """Whether a quote that begins behind the cue holds the content's first word, or marks its whole."""
        if self._in_marks(content.start) and self._in_marks(content.end - 1):
            return True
        first = bisect_left(self._part_starts, cue)
        last = bisect_right(self._part_starts, content.start)
        return any(part.end > content.start for part in self._parts[first:last][-8:])


def _object(verb: Token) -> int:
    """The index of a verb's object, -1 where it has none."""
    return next((child.i for child in near(verb.rights) if child.dep_ == "dobj"), -1)


def _agent(verb: Token) -> Token | None:
    """Who holds a subject to be something, where anybody is named: is seen as a threat by residents."""
    agent = next((child for child in near(verb.rights) if child.dep_ == "agent"), None)
    return next((child for child in near(agent.rights) if child.dep_ == "pobj"), None) if agent is not None else None


def _is_sound(token: Token, frame: Frame, source: Token | None) -> bool:
    """Whether a frame is filled the way it must be: somebody has to do what a verb with an object says."""
    return source is not None or frame.name not in ("object", "passive")


def _finished(draft: Draft, parsed: Parsed, people: People, spoken: list[Mention]) -> Attributed:
    doc, text = parsed.doc, parsed.text
    last = doc[draft.frame.last_cue] if draft.frame.last_cue - draft.cue.i <= _CUE_WORDS else draft.cue
    span = Span(draft.cue.idx, max(draft.cue.idx + len(draft.cue), last.idx + len(last)))
    flags = []
    lefts = near(draft.cue.lefts)
    if any(child.dep_ == "neg" or child.lower_ in ("never", "no") for child in lefts):
        flags.append("negated")
    if draft.cue.pos_ == "VERB" and is_unreal(draft.cue):
        flags.append("unreal")
    return Attributed(
        content=draft.content,
        cue=Cue(span, span.of(text), draft.lemma, draft.group),
        speaker=_speaker(draft, text, people, spoken),
        flags=tuple(flags),
    )


def _speaker(draft: Draft, text: str, people: People, spoken: list[Mention]) -> Mention | None:
    source = draft.source
    if source is None:
        return None
    span = noun_phrase(source, 0, draft.cue.i if source.i < draft.cue.i else None)
    words = span.of(text)
    if words.endswith(("'s", "’s")):
        span = Span(span.start, span.end - 2)
    elif words.endswith(("s'", "s’")):
        span = Span(span.start, span.end - 1)
    if is_nobody(span, text) and words.casefold() not in ("i", "we", "you"):
        return None
    return people.mention(span, spoken)
