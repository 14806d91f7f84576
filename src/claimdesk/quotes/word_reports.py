"""Reports whose cue is no verb: according to Lind, in Lind's view, the announcement that, is confident that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimdesk.model import Cue, Span
from claimdesk.quotes.attitudes import attitude_table
from claimdesk.quotes.attribution import (
    CLAUSE,
    Attribution,
    is_finite,
    is_negated,
    is_nobody,
    is_unreal,
    near,
    noun_phrase,
    phrase_head,
)
from claimdesk.quotes.cues import cue_table
from claimdesk.quotes.frames import COPULAS, holder_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_LEAD = 200  # characters from the noun of a lead-in to its comma
_SHORTEST = 10  # characters behind it


def worded(token: Token, text: str) -> tuple[Token, Attribution] | None:
    """The verb of the clause that a noun or an adjective reports, and who reports it; None where it reports nothing."""
    named = cue_table().noun(token)
    if named is not None:
        return _noun(token, text, *named)
    group = cue_table().adjectives.get(token.lower_) if token.pos_ == "ADJ" or token.tag_ == "VBN" else None
    return _adjective(token, text, group) if group else None


def _noun(token: Token, text: str, lemma: str, group: str) -> tuple[Token, Attribution] | None:
    """The ministry's announcement that the port will close; the announcement by the ministry that ..."""
    clause = next((c for c in near(token.rights) if c.dep_ in ("acl", "ccomp", "relcl") and _that(c)), None)
    if clause is None:
        return None
    owner = next((c for c in near(token.lefts) if c.dep_ == "poss"), None)
    if owner is None:
        by_whom = next((c for c in near(token.rights) if c.lower_ in ("by", "from") and c.i < clause.i), None)
        owner = next((c for c in near(by_whom.children) if c.dep_ == "pobj"), None) if by_whom is not None else None
    return (clause, _by(token, owner, text, lemma, group)) if owner is not None else None


def _adjective(token: Token, text: str, group: str) -> tuple[Token, Attribution] | None:
    """Lind is confident that the port will reopen; not "is not sure that", "it is certain that", "if he is certain"."""
    clause = next((c for c in near(token.rights) if c.dep_ == "ccomp" and is_finite(c)), None)
    passive = any(child.dep_ == "auxpass" for child in near(token.lefts))
    verb = token if passive else token.head
    if clause is None or not passive and (token.dep_ != "acomp" or verb.lemma_.casefold() not in COPULAS):
        return None
    if passive and any(child.dep_ == "agent" for child in near(token.rights)):
        return None
    denied = is_negated(token) or any(child.dep_ == "neg" or child.lower_ == "never" for child in near(verb.children))
    if denied or not is_finite(verb) or is_unreal(verb):
        return None
    holder = next((c for c in near(token.lefts) if c.dep_ == "nsubjpass"), None) if passive else holder_of(token)
    if holder is None or holder.i > token.i or is_nobody(noun_phrase(holder, 0, token.i), text):
        return None
    return clause, _by(token, holder, text, token.lower_, group)


def according(token: Token) -> Attribution | None:
    """The source named by "according to X" at its first word."""
    doc = token.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    to = doc[token.i + 1]
    head = next((child for child in near(to.children) if child.dep_ == "pobj"), None)
    if head is None:
        head = phrase_head(doc, token.i + 2, min(token.i + 14, len(doc)))
    if head is None:
        return None
    if any(doc[i].is_sent_start for i in range(token.i + 1, min(head.i, token.i + CLAUSE) + 1)):
        return None
    speaker = noun_phrase(head, token.i + 2)
    cue = Cue(Span(token.idx, to.idx + 2), str(doc[token.i : to.i + 1].text), "according to", "neutral")
    end = max(speaker.end, token.idx)
    return Attribution(cue, speaker, Span(token.idx, end), token.i, 0.9)


def lead_in(word: Token, sentence: Span, text: str) -> tuple[Span, Attribution] | None:
    """What "in Lind's view," at the head of a sentence leads in, and whose view it is.

    "In a survey," is an attribution without words: its cue cannot be compared with the words of a report.
    """
    noun = next((child for child in near(word.rights) if child.dep_ == "pobj"), None)
    owner = next((child for child in near(noun.lefts) if child.dep_ == "poss"), None) if noun is not None else None
    views = attitude_table().views
    if noun is None or owner is None or not {noun.lower_, noun.lemma_.casefold()} & views:
        return None
    content = led_in(noun, sentence, text)
    if content is None:
        return None
    cue = Cue(Span(word.idx, noun.idx + len(noun)), text[word.idx : noun.idx + len(noun)], noun.lower_, "suggest")
    speaker = _without_ending(noun_phrase(owner, 0, noun.i), text)
    return content, Attribution(cue, speaker, cue.span, word.i, 0.8)


def led_in(noun: Token, sentence: Span, text: str) -> Span | None:
    """The rest of a sentence behind the comma after a noun, unless it stands in marks."""
    comma = text.find(",", noun.idx, min(sentence.end, noun.idx + _LONGEST_LEAD))
    if comma < 0:
        return None
    rest = text[comma + 1 : sentence.end]
    start, end = comma + 1 + len(rest) - len(rest.lstrip()), comma + 1 + len(rest.rstrip(" .\n"))
    return Span(start, end) if end - start > _SHORTEST and rest.lstrip()[:1] not in "\"“'‘" else None


def _that(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in near(clause.lefts))


def _by(token: Token, owner: Token, text: str, lemma: str, group: str) -> Attribution:
    speaker = _without_ending(noun_phrase(owner, 0, token.i if owner.i < token.i else None), text)
    span = Span(token.idx, token.idx + len(token))
    cue = Cue(span, span.of(text), lemma, group)
    return Attribution(cue, speaker, Span(min(speaker.start, span.start), span.end), token.i, 0.8)


def _without_ending(speaker: Span, text: str) -> Span:
    """A name without the ending of its possessive."""
    return Span(speaker.start, speaker.end - 2) if speaker.of(text).endswith(("'s", "’s")) else speaker
