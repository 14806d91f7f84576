"""What a sentence says around its attribution: the port is closed, Lind said; the port, Lind said, will close."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from claimdesk.language.parse import Parsed
from claimdesk.model import Span
from claimdesk.quotes.attribution import Attribution, end_of_clause, first_of_clause, is_finite, near

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 2_000  # characters of a sentence that can be read as one report
_TENSED = frozenset({"VBD", "VBZ", "VBP"})
_BREAKS = frozenset({",", "—", "–", "--"})
_LEAVES = frozenset({"who", "which", "whose", "and", "but", "while", "as", "when", "after", "though", "although", "or"})
_TURNS = _LEAVES - {"or"} | {"citing", "speaking", "referring"}
_FEWEST = 2  # words behind an interruption


def around(parsed: Parsed, token: Token, by: Attribution, in_marks: Callable[[int], bool]) -> tuple[Span, ...]:
    """What a sentence says before a cue, with a verb, and behind it: X happened, the office said, in the port."""
    sentence, text = parsed.sentence_at(token.idx), parsed.text
    if len(sentence) > LONGEST or by.speaker is None or not sentence.contains(by.speaker):
        return ()
    if token.dep_ in ("relcl", "acl") or not is_finite(token):
        return ()  # a ferry, which the union says is old
    left = text[sentence.start : by.clause.start].rstrip()
    if not left.endswith((",", ",”", ',"', "—", "–", ", as")):
        return ()
    before = Span(sentence.start, sentence.start + len(left.removesuffix(" as")))
    verbs = (word for word in parsed.tokens(before) if word.pos_ in ("VERB", "AUX") and is_finite(word))
    if not any(not in_marks(word.idx) for word in verbs):
        return ()
    rest = Span(min(by.clause.end + 1, sentence.end), sentence.end)
    if text[by.clause.end : by.clause.end + 1] in (",", "—", "–") and len(rest) > 2:
        words = [word for word in parsed.tokens(rest) if not word.is_punct and not word.is_space]
        if words and words[0].lower_ not in _TURNS and words[0].tag_ != "VBG":
            return (before, rest)
    return (before,)


def interrupted(parsed: Parsed, token: Token, by: Attribution) -> tuple[Span, ...]:
    """What stands before and behind an attribution between two commas, where no clause comes first."""
    sentence, text = parsed.sentence_at(token.idx), parsed.text
    if len(sentence) > LONGEST or by.speaker is None or not sentence.contains(by.speaker):
        return ()
    if token.tag_ not in _TENSED or not is_finite(token) or token.dep_ in ("relcl", "acl", "advcl"):
        return ()
    if by.cue.lemma != "tell" and any(child.dep_ == "dobj" for child in near(token.rights)):
        return ()
    doc = parsed.doc
    source = next((word for word in parsed.tokens(by.speaker)), token)
    first = min(first_of_clause(token, 0), source.i)
    last = parsed.tokens(sentence)[-1].i
    stop = end_of_clause(doc, max(token.i, parsed.tokens(by.speaker)[-1].i) + 1, last + 1)
    if first == 0 or doc[first - 1].text not in _BREAKS or stop > last or doc[stop].text not in _BREAKS:
        return ()
    rest = [word for word in doc[stop + 1 : last + 1] if word.is_alpha]
    if len(rest) < _FEWEST or rest[0].lower_ in _LEAVES or rest[0].tag_ == "VBG":
        return ()
    whole = sentence.of(text).strip()
    if whole[:1] in "\"“'‘" or whole[-1:] in "\"”'’":
        return ()  # the words in its marks are a quote
    return (Span(sentence.start, doc[first - 1].idx), Span(doc[stop].idx + len(doc[stop]), sentence.end))
