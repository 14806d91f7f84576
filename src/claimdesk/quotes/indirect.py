"""Speech without marks: reported clauses, attributions in the middle or at the end, "according to", nouns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from claimdesk.language.parse import Parsed
from claimdesk.model import Cue, Span
from claimdesk.quotes.attitudes import attitude_table
from claimdesk.quotes.attribution import (
    Attribution,
    addressee_of,
    cue_of,
    end_of_clause,
    first_of_clause,
    is_finite,
    is_negated,
    is_nobody,
    is_unreal,
    medium_of,
    near,
    quoted_as,
    resumed,
    speaker_of,
    subject_of,
)
from claimdesk.quotes.cues import cue_table
from claimdesk.quotes.interrupted import LONGEST, around, interrupted
from claimdesk.quotes.requests import requested
from claimdesk.quotes.word_reports import according, lead_in, worded

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD = re.compile(r"(?:But|And|Yet|However,|Still,|Meanwhile,|Also,) ")
_DATELINE = re.compile(r"[A-Z][A-Z .,'-]{2,40},?[^—–\n]{0,40}?(?:—|–|--| - )\s*")
_TRAILING = " ,;:-–—\n\t"
_ANY_VERB = frozenset({"VERB", "AUX"})
_THOUGHTS = frozenset({"suggest", "factive"})  # classes of cues; inside another report they report nothing of their own


@dataclass(frozen=True, slots=True)
class Reported:
    """An indirect quote before its speaker is resolved."""

    content: tuple[Span, ...]
    by: Attribution
    nested: bool = False


class ReportedSpeech:
    """Finds the indirect quotes of one text; ``in_marks`` tells which characters stand in quotation marks."""

    def __init__(self, parsed: Parsed, in_marks: Callable[[int], bool], taken: frozenset[int]) -> None:
        self._parsed = parsed
        self._text = parsed.text
        self._in_marks = in_marks
        self._taken = taken

    def find(self) -> list[Reported]:
        """The indirect quotes in order of their cues."""
        found: list[Reported] = []
        for token in self._parsed.doc:
            if self._in_marks(token.idx):
                continue
            if token.lower_ == "according":
                reported = self._according(token)
            elif token.lower_ == "in":
                reported = self._lead_in(token)
            elif (found_word := self._worded(token)) is not None:
                reported = found_word
            elif token.pos_ in _ANY_VERB:
                reported = self._verb(token)
            else:
                reported = None
            if reported is not None and reported.content:
                found.append(reported)
        return _with_nesting(found)

    # --- the patterns ---------------------------------------------------------------------------

    def _verb(self, token: Token) -> Reported | None:
        cue = cue_of(token)
        if cue is None or is_negated(token) or is_unreal(token) or token.dep_ in ("amod", "compound"):
            return None
        table = cue_table()
        lemma = cue.lemma
        if token.tag_ == "VB" and not is_finite(token) and table.takes(lemma, "clause_only"):
            return None  # to show that, must prove that: nobody has said it yet
        sentence = self._parsed.sentence_at(token.idx)
        content = self._clause_after(token)
        if content is None and not table.takes(lemma, "marked_only"):
            content = requested(token, lemma)
        parts: tuple[Span, ...] = (content,) if content is not None else ()
        by = self._by(token, cue, sentence)
        if by is None:
            return None
        if not parts and table.takes(lemma, "parenthetical") and token.i not in self._taken:
            parts = around(self._parsed, token, by, self._in_marks)
            parts = parts or interrupted(self._parsed, token, by)
        if table.takes(lemma, "marked_only") and token.i in self._taken:
            return None
        return Reported(self._clean(parts), by) if parts else None

    def _by(self, token: Token, cue: Cue, sentence: Span) -> Attribution | None:
        doc = self._parsed.doc
        head = subject_of(token)
        cue, via = quoted_as(token, cue)
        speaker, wrote = None, ""
        if head is not None and not self._in_marks(head.idx):
            ceiling = token.i if head.i < token.i else None
            speaker, wrote = speaker_of(head, 0, ceiling)
            if is_nobody(speaker, self._text):
                speaker = None
        stop = end_of_clause(doc, token.i + 1, self._last(token, sentence) + 1)
        first = doc[first_of_clause(token, 0)]
        start = min(
            first.idx, speaker.start if speaker and speaker.start >= sentence.start else first.idx, cue.span.start
        )
        end = doc[stop - 1].idx + len(doc[stop - 1]) if stop > token.i + 1 else cue.span.end
        medium = medium_of(doc, token.i + 1, stop) or wrote
        if cue.lemma == "tell":
            medium = medium or addressee_of(token, stop)
        return Attribution(
            cue, speaker, Span(start, max(end, cue.span.end)), token.i, 0.85 if speaker else 0.5, medium, via
        )

    def _clause_after(self, token: Token) -> Span | None:
        """The reported clause to the right of its cue, without "that"."""
        for child in near(token.rights):
            if (
                child.dep_ == "ccomp"
                or child.dep_ == "xcomp"
                and any(c.dep_ in ("nsubj", "nsubjpass") and c.i > token.i for c in near(child.lefts))
            ):
                if (
                    not is_finite(child)
                    and child.pos_ in _ANY_VERB
                    and not any(c.dep_ == "mark" for c in near(child.lefts))
                ):
                    if not any(is_finite(c) for c in child.subtree if c.pos_ in _ANY_VERB):
                        if not _is_shown(child, token):
                            continue
                return self._extent(child, token)
        return self._that_after(token)

    def _that_after(self, token: Token) -> Span | None:
        """A clause with "that" which the parse hangs elsewhere: said at a briefing that the ferry had sunk."""
        doc = self._parsed.doc
        sentence = self._parsed.sentence_at(token.idx)
        for index in range(token.i + 1, min(token.i + 14, len(doc) - 1)):
            found = doc[index]
            if found.idx >= sentence.end or found.is_punct or found.pos_ in _ANY_VERB or self._in_marks(found.idx):
                return None
            if found.lower_ == "that" and (found.tag_ == "IN" or index == token.i + 1 or self._is_reported(found)):
                end = found.head.right_edge
                stop = end.idx + len(end) if found.dep_ in ("mark", "dobj") and end.i > index else sentence.end
                return Span(doc[index + 1].idx, stop) if stop > doc[index + 1].idx else None
        return None

    def _is_reported(self, that: Token) -> bool:
        """Whether a clause taken for a relative clause of a medium has its own subject: at a briefing that it sank."""
        verb = that.head
        own = any(child.dep_ in ("nsubj", "nsubjpass") and child is not that for child in near(verb.children))
        return verb.dep_ == "relcl" and own and verb.head.lemma_.casefold() in cue_table().medium

    def _extent(self, child: Token, cue: Token) -> Span:
        first = max(child.left_edge.i, cue.i + 1)
        doc = self._parsed.doc
        last = child.right_edge.i
        if not any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in near(child.children)) and doc[first - 1].dep_ in (
            "appos",
            "dobj",
        ):
            # on Telegram the port was closed: the parse takes the subject for an apposition
            first = max(doc[first - 1].left_edge.i, cue.i + 1)
        while first < last and (
            doc[first].lower_ == "that"
            and doc[first].dep_ == "mark"
            or doc[first].is_punct
            and doc[first].text in ",:;"
        ):
            first += 1
        if cue.tag_ == "VBG":
            last = self._before_next_report(first, last)
        second = next((c for c in near(child.rights) if c.dep_ == "conj" and resumed(c) is not None), None)
        if second is not None and first < second.left_edge.i:
            last = second.left_edge.i - 1
            while last > first and (doc[last].is_punct or doc[last].dep_ == "cc"):
                last -= 1
        return Span(doc[first].idx, doc[last].idx + len(doc[last]))

    def _before_next_report(self, first: int, last: int) -> int:
        """The token before a second report of the same kind: saying it had won and Sarnia saying it had not."""
        doc = self._parsed.doc
        for index in range(first + 2, min(last, first + 80)):
            if doc[index].tag_ == "VBG" and cue_of(doc[index]) is not None:
                start = next((i for i in range(index - 1, max(index - 5, first), -1) if doc[i].pos_ == "CCONJ"), None)
                if start is not None and all(
                    doc[i].pos_ in ("PROPN", "NOUN", "DET", "ADJ") for i in range(start + 1, index)
                ):
                    return start - 1
        return last

    def _according(self, token: Token) -> Reported | None:
        by = according(token)
        if by is None or token.i in self._taken or len(self._parsed.sentence_at(token.idx)) > LONGEST:
            return None
        sentence = self._parsed.sentence_at(token.idx)
        return Reported(self._clean((Span(sentence.start, by.clause.start), Span(by.clause.end, sentence.end))), by)

    def _worded(self, token: Token) -> Reported | None:
        if len(self._parsed.sentence_at(token.idx)) > LONGEST:
            return None  # to ask a word for its dependents takes as long as its clause is
        found = worded(token, self._text)
        return Reported(self._clean((self._extent(found[0], token),)), found[1]) if found is not None else None

    def _lead_in(self, token: Token) -> Reported | None:
        """In Lind's view, the port is safe."""
        sentence = self._parsed.sentence_at(token.idx)
        if token.idx != sentence.start or len(sentence) > LONGEST:
            return None
        found = lead_in(token, sentence, self._text)
        return Reported(self._clean((found[0],)), found[1]) if found is not None else None

    # --- spans ----------------------------------------------------------------------------------

    def _last(self, token: Token, sentence: Span) -> int:
        """The last token of a sentence, as far as a clause may reach."""
        doc = self._parsed.doc
        ahead = range(token.i, min(token.i + 60, len(doc)))
        return next((i - 1 for i in ahead if doc[i].idx >= sentence.end), ahead[-1])

    def _clean(self, parts: tuple[Span, ...]) -> tuple[Span, ...]:
        """Parts without lead words, white space, commas and the final point; parts that are all marks are dropped."""
        kept = []
        for part in parts:
            if not 0 < part.end - part.start <= LONGEST:
                continue
            text = part.of(self._text)
            if part.start == 0 and (dateline := _DATELINE.match(text)):
                part = Span(part.start + dateline.end(), part.end)
                text = part.of(self._text)
            if lead := _LEAD.match(text):
                part = Span(part.start + lead.end(), part.end)
                text = part.of(self._text)
            start = part.start + len(text) - len(text.lstrip(_TRAILING))
            end = part.start + len(text.rstrip(_TRAILING))
            if self._text[end - 1 : end] == "." and not re.search(
                r"(?:\b\w\.)+\w\.$", self._text[max(start, end - 8) : end]
            ):
                end -= 1
            if end - start < 2:
                continue
            kept.append(Span(start, end))
        words = [t for part in kept for t in self._parsed.tokens(part) if t.is_alpha]
        inside = sum(1 for word in words if self._in_marks(word.idx))
        return tuple(kept) if len(words) - inside >= max(2, inside + 1) else ()


def _is_shown(clause: Token, cue: Token) -> bool:
    """Whether a document shows what a participle tells: a poll shows Moreau leading by nine points."""
    table = cue_table()
    source, found = subject_of(cue), table.verb(cue)
    if found is None or source is None or clause.tag_ != "VBG" or not table.takes(found[0], "document"):
        return False
    named = any(child.dep_ == "nsubj" for child in near(clause.lefts))
    return named and source.lemma_.casefold() in attitude_table().documents


def _with_nesting(found: list[Reported]) -> list[Reported]:
    """Mark reports whose cue stands inside another report: Ruiz said that Lind had announced that ...

    A thought inside another report is part of what is said there, not a report of its own: Ruiz said she hoped that ...
    """
    parts = sorted(part for reported in found for part in reported.content)
    starts = [part.start for part in parts]
    furthest = list(accumulate((part.end for part in parts), max))
    marked = []
    for reported in found:
        before = bisect_right(starts, reported.by.cue.span.start)
        nested = before > 0 and furthest[before - 1] >= reported.by.cue.span.end
        if not nested or reported.by.cue.group not in _THOUGHTS:
            marked.append(replace(reported, nested=nested))
    return marked
