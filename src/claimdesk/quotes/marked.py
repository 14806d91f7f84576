"""Speech in quotation marks: what is a quote at all, which parts belong together, and who says them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimdesk.language.marks import Marked
from claimdesk.language.parse import Parsed
from claimdesk.model import Cue, QuoteType, Span
from claimdesk.quotes.attribution import (
    Attribution,
    addressee_of,
    cue_of,
    end_of_clause,
    first_of_clause,
    is_finite,
    is_negated,
    is_nobody,
    medium_of,
    near,
    phrase_head,
    quoted_as,
    speaker_of,
    subject_of,
)
from claimdesk.quotes.cues import cue_table
from claimdesk.quotes.quotable import headline_of, is_adjacent, is_term, is_title, kind_of, words_in
from claimdesk.quotes.word_reports import according

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLAIN = frozenset(
    {"said", "says", "say", "told", "tells", "asked", "asks", "wrote", "writes", "added", "adds", "replied"}
)
_NOT_A_CLAUSE = frozenset(
    {
        "and",
        "but",
        "or",
        "because",
        "which",
        "that",
        "if",
        "while",
        "although",
        "as",
        "when",
        "who",
        "where",
        "so",
        "then",
    }
)
_DASH_NAME = re.compile(r"\s{0,3}(—|–|--|-)\s{0,2}([A-Z][^\n.!?—–\"“”]{1,90})(?=\.?\s*(?:\n|$))")
_COLON_NAME = re.compile(r"(?:^|\n|[.!?] )([A-Z][^\n:.!?\"“”,]{1,60})(:) ?$")
# In the words of Ruiz, “...” / As Ruiz put it, “...”
_WORDS_OF = re.compile(r"\b(in the words of) ([^,“\"\n]{2,80}),?$", re.I)
_PUT_IT = re.compile(r"\bas ([^,“\"\n]{2,60}) (puts? it|has it|once said),?$", re.I)
# “...,” entomologist Dr. Silas Moor said: a name right between the marks and a plain cue.
_NAMED_AFTER = re.compile(
    r"[,—–]?\s{1,2}((?:the |a |an )?(?:[a-z][a-z-]{1,20} ){0,5}(?:[A-Z][\w'’.-]{0,25} ){1,5})"
    r"(said|says|told|added|wrote|asked|replied|warned)\b"
)
_MOST_PARTS = 100
_WINDOW = 600  # characters around marks in which an attribution is looked for


@dataclass(frozen=True, slots=True)
class Draft:
    """A quote before its speaker is resolved."""

    type: QuoteType
    parts: tuple[Marked, ...]
    by: Attribution | None
    confidence: float
    flags: tuple[str, ...] = ()
    follows: bool = False  # the speaker is the one before


class MarkedSpeech:
    """Finds the quotes in marks of one text."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._text = parsed.text
        self._outer = [mark for mark in parsed.marks if mark.depth == 0]
        self._starts = [mark.outer.start for mark in self._outer]
        self._paragraph_starts = [paragraph.start for paragraph in parsed.paragraphs]
        self._headline = headline_of(parsed)

    def in_marks(self, offset: int) -> bool:
        """Whether a character stands inside outer marks."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._outer[index].outer.end

    def find(self) -> list[Draft]:
        """The quotes in order, parts of one quote joined."""
        drafts: list[Draft] = []
        for index, mark in enumerate(self._outer):
            previous = drafts[-1] if drafts else None
            if previous and previous.parts[-1] is self._outer[index - 1] and self._runs_on(previous):
                by = previous.by or self._attribution(index)
                drafts[-1] = replace(
                    previous, parts=(*previous.parts, mark), by=by, flags=_with(previous.flags, "running")
                )
                continue
            by = self._attribution(index)
            joined = self._join(previous, index, by)
            if joined is not None:
                drafts[-1] = joined
                continue
            if by is None and is_term(self._text, mark):
                continue
            if draft := self._draft(mark, by, previous):
                drafts.append(draft)
        return drafts

    def _runs_on(self, previous: Draft) -> bool:
        return previous.parts[-1].continues and len(previous.parts) < _MOST_PARTS

    def _draft(self, mark: Marked, by: Attribution | None, previous: Draft | None) -> Draft | None:
        kind = kind_of(self._parsed, mark, by)
        words = len(words_in(mark.inner.of(self._text)))
        headline = self._headline is not None and self._headline.contains(mark.outer)
        if by is None and (headline or (kind is QuoteType.PARTIAL and words < 4)):
            return None
        if (
            by is not None
            and kind is QuoteType.PARTIAL
            and words == 1
            and not by.target
            and not is_adjacent(self._text, mark, by)
        ):
            return None
        if is_title(self._text, mark) and (by is None or not is_adjacent(self._text, mark, by)):
            return None
        if by is not None and cue_table().takes(by.cue.lemma, "marked_only") and not is_adjacent(self._text, mark, by):
            return None
        flags = tuple(name for name, holds in (("unclosed", mark.unclosed), ("headline", headline)) if holds)
        confidence = by.confidence if by else 0.4
        draft = Draft(kind, (mark,), by, confidence, flags)
        if by is None and kind is QuoteType.DIRECT and previous is not None and self._is_floating(mark, previous):
            return replace(draft, follows=True, confidence=0.75, flags=_with(flags, "floating"))
        return draft

    def _join(self, previous: Draft | None, index: int, by: Attribution | None) -> Draft | None:
        """The previous quote with this part added, where the attribution stands between the two."""
        if previous is None or index == 0 or previous.parts[-1] is not self._outer[index - 1] or previous.by is None:
            return None
        if len(previous.parts) >= _MOST_PARTS:
            return None
        last, mark = previous.parts[-1], self._outer[index]
        between = self._text[last.outer.end : mark.outer.start]
        same_cue = by is not None and by.token == previous.by.token
        if same_cue and previous.by.cue.span.start >= last.outer.end and self._is_clear(previous.by.clause.end, mark):
            return replace(previous, parts=(*previous.parts, mark), flags=_with(previous.flags, "interrupted"))
        if by is not None or "\n\n" in between or previous.type is not QuoteType.DIRECT:
            return None
        inner_end = self._text[mark.inner.end - 1 : mark.inner.end]
        whole = inner_end in ".!?…" or self._parsed.sentence_at(mark.outer.end - 1).end <= mark.outer.end + 1
        starts = whole and self._parsed.sentence_at(mark.outer.start).start == mark.outer.start
        clause_between = previous.by.cue.span.start >= last.outer.end or not between.strip()
        one_sentence = self._parsed.sentence_at(mark.outer.start - 1).start < last.outer.end
        if starts and clause_between and one_sentence:
            return replace(previous, parts=(*previous.parts, mark), flags=_with(previous.flags, "interrupted"))
        return None

    def _is_clear(self, start: int, mark: Marked) -> bool:
        """Whether nothing but punctuation, or a phrase up to a comma, stands between an attribution and a part."""
        between = self._text[start : mark.outer.start].strip()
        return not between.strip(",;:.—–- ") or (
            between.endswith(",") and len(between) < 80 and not between.startswith("“")
        )

    def _is_floating(self, mark: Marked, previous: Draft) -> bool:
        """Whether marks fill a paragraph and the paragraph right before holds the end of an attributed quote."""
        if previous.by is None and not previous.follows:
            return False
        starts = self._paragraph_starts
        here = bisect_right(starts, mark.outer.start) - 1
        there = bisect_right(starts, previous.parts[-1].outer.start) - 1
        fills = starts[here] == mark.outer.start and self._parsed.paragraphs[here].end - 1 <= mark.outer.end
        return fills and here == there + 1

    # --- who says it ----------------------------------------------------------------------------

    def _attribution(self, index: int) -> Attribution | None:
        mark = self._outer[index]
        if mark.continues:
            return self._before(index)
        after, before = self._after(index), self._before(index)
        closes_open = self._text[mark.inner.end - 1 : mark.inner.end] in ",?!…-—"
        if after is None and before is None and closes_open:
            after = self._named_after(index)
        if after is not None and (before is None or closes_open or after.cue.group == "neutral"):
            return after
        return before or after

    def _after(self, index: int) -> Attribution | None:
        mark = self._outer[index]
        if dash := _DASH_NAME.match(self._text, mark.outer.end):
            cue = Cue(Span(*dash.span(1)), dash.group(1), "—", "neutral")
            return Attribution(cue, Span(*dash.span(2)), Span(dash.start(1), dash.end()), -mark.outer.start - 1, 0.9)
        sentence = self._parsed.sentence_at(mark.outer.end - 1)
        stop = self._outer[index + 1].outer.start if index + 1 < len(self._outer) else sentence.end
        tokens = self._tokens(mark.outer.end, min(stop, sentence.end, mark.outer.end + _WINDOW))
        if not tokens or tokens[0].lower_ in _NOT_A_CLAUSE:
            return None
        if tokens[0].lower_ == "according" and len(tokens) > 2:
            return according(tokens[0])
        if tokens[0].tag_ in ("VBG", "VBN") and tokens[0].dep_ != "ROOT":
            return None  # “core,” saying the city is “the soul”: the participle speaks of what comes
        ended = self._text[mark.inner.end - 1 : mark.inner.end] == "."
        for position, token in enumerate(tokens[:26]):
            said = self._cue(token)
            if said is None:
                if position == 0 and token.pos_ in ("ADP", "SCONJ") and token.lower_ not in ("in", "on", "at"):
                    return None
                if (
                    token.pos_ in ("VERB", "AUX")
                    and is_finite(token)
                    and token.dep_ not in ("relcl", "aux", "auxpass", "acl", "conj")
                ):
                    return None
                continue
            made = self._made(token, said, tokens, position, inverted=position == 0)
            if made is None or any(
                t.text in ",;" for t in tokens[:position] if made.speaker and t.idx < made.speaker.start
            ):
                return None
            next_mark = self._outer[index + 1].outer.start if index + 1 < len(self._outer) else -1
            if ended and 0 <= next_mark - made.cue.span.end <= 60:
                between = self._text[made.cue.span.end : next_mark].strip()
                if between.endswith((",", ":")) or between in ("", "that"):
                    return None  # “It is over.” He adds, “We lost.”
            return made
        return None

    def _named_after(self, index: int) -> Attribution | None:
        """An attribution that the parse misses, by its form: marks, a role, a name in capitals, a plain cue."""
        found = _NAMED_AFTER.match(self._text, self._outer[index].outer.end)
        if found is None or self.in_marks(found.start(2)):
            return None
        tokens = self._tokens(found.start(1), found.end(1))
        small = [t for t in tokens if t.text.islower() and t.lower_ not in ("the", "a", "an")]
        if any(t.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or self._cue(t) for t in small):
            return None
        said = self._tokens(found.start(2), found.end(2))
        if not tokens or not said:
            return None
        cue = cue_of(said[0]) or Cue(Span(*found.span(2)), found.group(2), found.group(2), "neutral")
        speaker = Span(found.start(1), found.start(1) + len(found.group(1).rstrip()))
        return Attribution(cue, speaker, Span(speaker.start, cue.span.end), said[0].i, 0.9)

    def _made(self, token: Token, cue: Cue, tokens: list[Token], position: int, inverted: bool) -> Attribution | None:
        doc = self._parsed.doc
        stop = end_of_clause(doc, token.i + 1, tokens[-1].i + 1)
        if inverted:
            head = next(
                (child for child in near(token.rights) if child.dep_ in ("nsubj", "dobj", "attr", "oprd")), None
            )
            if head is None:
                head = phrase_head(doc, token.i + 1, stop)
            if head is None:
                return None
            speaker, wrote = speaker_of(head, token.i + 1, stop)
        else:
            region = tokens[:position]
            head = subject_of(token)
            if head is None or not region[0].i <= head.i < token.i:
                head = next((other for other in region if other.dep_ in ("nsubj", "nsubjpass")), None)
            if head is None:
                head = phrase_head(doc, region[0].i, token.i)
            if head is None:
                return None
            speaker, wrote = speaker_of(head, region[0].i, token.i)
        if is_nobody(speaker, self._text) and speaker.of(self._text).casefold() not in ("it", "i", "we"):
            return None
        medium = medium_of(doc, token.i + 1, stop) or wrote
        if cue.lemma == "tell":
            medium = medium or addressee_of(token, stop)
        start = min(speaker.start, cue.span.start, tokens[0].idx)
        end = doc[stop - 1].idx + len(doc[stop - 1])
        return Attribution(cue, speaker, Span(start, max(end, cue.span.end)), token.i, 0.95, medium)

    def _before(self, index: int) -> Attribution | None:
        mark = self._outer[index]
        sentence = self._parsed.sentence_at(mark.outer.start)
        floor = self._outer[index - 1].outer.end if index else 0
        tokens = self._tokens(max(floor, sentence.start, mark.outer.start - _WINDOW), mark.outer.start)
        found = self._cue_before(tokens, mark)
        if found is None and floor > sentence.start:
            start = max(sentence.start, mark.outer.start - _WINDOW)
            tokens = [t for t in self._tokens(start, mark.outer.start) if not self.in_marks(t.idx)]
            found = self._cue_before(tokens, mark)
        if found is not None:
            return found
        return self._before_by_form(mark, max(floor, mark.outer.start - 120))

    def _before_by_form(self, mark: Marked, start: int) -> Attribution | None:
        """An attribution that no verb shows: "in the words of X", "as X put it", "X:"."""
        window = self._text[start : mark.outer.start].rstrip()
        forms = ((_WORDS_OF, 2, 1), (_PUT_IT, 1, 2), (_COLON_NAME, 1, 2))
        for form, who, how in forms:
            if found := form.search(window):
                speaker = Span(*found.span(who)).shift(start)
                cue = Cue(Span(*found.span(how)).shift(start), found.group(how), found.group(how).casefold(), "neutral")
                return Attribution(cue, speaker, Span(*found.span()).shift(start), -mark.outer.start - 1, 0.9)
        return None

    def _cue_before(self, tokens: list[Token], mark: Marked) -> Attribution | None:
        doc = self._parsed.doc
        for token in reversed(tokens):
            if token.lower_ == "according" and (source := according(token)):
                return source
            found = self._cue(token)
            if found is None or is_negated(token):
                continue
            head = subject_of(token)
            if head is None and token.tag_ == "VBG":
                head = next((t for t in reversed(tokens) if t.dep_ == "nsubj" and t.i < token.i), None)
            if head is None or self.in_marks(head.idx):
                continue
            speaker, wrote = speaker_of(head, 0, token.i if head.i < token.i else None)
            if is_nobody(speaker, self._text) and speaker.of(self._text).casefold() not in ("it",):
                continue
            cue, via = quoted_as(token, found)
            stop = end_of_clause(doc, token.i + 1, tokens[-1].i + 1)
            first = doc[first_of_clause(token, tokens[0].i)]
            end = tokens[-1].idx + len(tokens[-1]) if tokens[-1].text not in ":," else tokens[-1].idx
            clause = Span(min(first.idx, speaker.start), max(end, cue.span.end))
            medium = medium_of(doc, token.i + 1, max(stop, token.i + 1)) or wrote
            if cue.lemma == "tell":
                medium = medium or addressee_of(token, stop)
            target = self._target(cue, mark)
            return Attribution(cue, speaker, clause, token.i, 0.85 if via else 0.95, medium, via, target)
        return None

    def _target(self, cue: Cue, mark: Marked) -> str:
        """What a frame verb speaks of: described the audit as “slow”."""
        if cue.group != "frame" and not cue_table().takes(cue.lemma, "as_frame"):
            return ""
        words = self._text[cue.span.end : mark.outer.start].strip(" ,:")
        return re.split(r"\s+(?:as|for|of)$", words)[0].strip()

    def _cue(self, token: Token) -> Cue | None:
        if token.pos_ not in ("VERB", "AUX") and token.lower_ not in _PLAIN:
            return None
        if token.dep_ in ("amod", "compound"):
            return None
        cue = cue_of(token)
        return None if cue is None or cue_table().takes(cue.lemma, "never_marked") else cue

    def _tokens(self, start: int, end: int) -> list[Token]:
        if start >= end:
            return []
        found = [t for t in self._parsed.tokens(Span(start, end)) if start <= t.idx and t.idx + len(t) <= end]
        first = next((i for i, t in enumerate(found) if not t.is_punct and not t.is_space), len(found))
        return found[first:]


def _with(flags: tuple[str, ...], flag: str) -> tuple[str, ...]:
    return flags if flag in flags else (*flags, flag)
