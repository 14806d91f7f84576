"""Attributions in the middle of what they report, with no clause before them: the port, Lind said, closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimdesk.language.parse import Parsed
from claimdesk.model import Span
from claimdesk.quotes.attribution import end_of_clause, first_of_clause, is_finite, is_unreal, near, subject_of
from claimdesk.quotes.cues import cue_table
from claimdesk.quotes.frames import Frame
from claimdesk.quotes.lead_ins import LONGEST_SENTENCE, Draft

if TYPE_CHECKING:
    from spacy.tokens import Token

_TENSED = frozenset({"VBD", "VBZ", "VBP"})
_BREAKS = frozenset({",", "—", "–", "--"})
_LEAVES = frozenset({"who", "which", "whose", "and", "but", "while", "as", "when", "after", "though", "although", "or"})
_FEWEST = 2  # words behind an interruption


def interrupted(parsed: Parsed, token: Token) -> Draft | None:
    """The draft of an attribution that stands between two commas after the first words of its sentence.

    The whole sentence is its content. It is no quote: half of it has no verb, so it cannot be compared by clauses.
    """
    found = cue_table().verb(token)
    if found is None or token.tag_ not in _TENSED or not is_finite(token) or is_unreal(token):
        return None
    if not cue_table().takes(found[0], "parenthetical") or token.dep_ in ("relcl", "acl", "advcl"):
        return None
    if found[0] != "tell" and any(child.dep_ == "dobj" for child in near(token.rights)):
        return None
    sentence = parsed.sentence_at(token.idx)
    if len(sentence) > LONGEST_SENTENCE:
        return None
    source = subject_of(token)
    if source is None or not sentence.start <= source.idx < sentence.end:
        return None
    doc = token.doc
    first = min(first_of_clause(token, 0), source.left_edge.i)
    last = parsed.tokens(sentence)[-1].i
    stop = end_of_clause(doc, max(token.i, source.i) + 1, last + 1)
    if first == 0 or doc[first - 1].text not in _BREAKS or doc[stop - 1].i >= last or doc[stop].text not in _BREAKS:
        return None
    rest = [word for word in doc[stop + 1 : last + 1] if word.is_alpha]
    if len(rest) < _FEWEST or rest[0].lower_ in _LEAVES or rest[0].tag_ == "VBG" or _is_marked(parsed, sentence):
        return None
    text = sentence.of(parsed.text)
    content = Span(sentence.start + len(text) - len(text.lstrip()), sentence.start + len(text.rstrip(" .\n\t")))
    return Draft(token, found[0], "speech", Frame("interrupted", token.i, token.i, token.i), content, source)


def _is_marked(parsed: Parsed, sentence: Span) -> bool:
    """Whether a sentence begins or ends in quotation marks: its words are a quote."""
    text = sentence.of(parsed.text).strip()
    return text[:1] in "\"“'‘" or text[-1:] in "\"”'’"
