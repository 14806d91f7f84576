"""Who says it: the subject, the noun phrase and the surroundings of a word that reports speech."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from claimdesk.model import Cue, Span
from claimdesk.quotes.cues import cue_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
# Left out of a speaker's span: they say something about the speaker but do not name him.
_LEFT_OUT = frozenset({"relcl", "appos", "advcl", "punct", "parataxis", "ccomp", "advmod", "npadvmod", "meta"})
_WHO = frozenset({"who", "which", "that", "whom"})
_NOBODY = frozenset({"it", "there", "this", "that", "what", "which", "nobody", "i", "we", "you"})
CLAUSE = 40  # tokens after a cue that may belong to it
_WRITINGS = frozenset({"statement", "letter", "announcement", "post", "message", "tweet", "email", "memo", "testimony"})
_UNREAL = frozenset({"may", "might", "could", "should", "must"})
_NEAR = 60  # dependents that are looked at: a hostile text may hang a whole file on one word
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its speaker. ``clause`` covers speaker, cue and what belongs to the cue (to whom, when, where)."""

    cue: Cue
    speaker: Span | None
    clause: Span
    token: int
    confidence: float
    medium: str = ""
    via: str = ""
    target: str = ""


def near(tokens: Iterable[Token]) -> list[Token]:
    """The first few of a word's dependents."""
    return list(islice(tokens, _NEAR))


def phrase_head(doc: Doc, start: int, stop: int) -> Token | None:
    """The head word of the first noun phrase among tokens ``start`` to ``stop``; phrases are found once per text."""
    heads = doc.user_data.get("claimdesk_phrases")
    if heads is None:
        heads = {index: chunk.root.i for chunk in doc.noun_chunks for index in range(chunk.start, chunk.end)}
        doc.user_data["claimdesk_phrases"] = heads
    return next((doc[heads[i]] for i in range(start, min(stop, start + CLAUSE)) if i in heads), None)


def words_of(doc: Doc, span: Span) -> str:
    """The words of a span. ``doc.text`` would build the whole text again each time."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return tokens.text if tokens is not None else ""


def cue_of(token: Token, last: Token | None = None) -> Cue | None:
    """The cue that a token is, or None."""
    found = cue_table().verb(token)
    if found is None:
        return None
    lemma, group = found
    end = last or token
    if " " in lemma:
        end = token.doc[token.i + 1]
    span = Span(token.idx, end.idx + len(end))
    return Cue(span, words_of(token.doc, span), lemma, group)


def quoted_as(token: Token, cue: Cue) -> tuple[Cue, str]:
    """The whole cue of "was quoted by the Post as saying", and who quoted; else the cue itself and nobody."""
    quoted = token.head.head
    if token.lower_ != "saying" or token.head.lower_ != "as" or quoted.lower_ not in ("quoted", "cited", "reported"):
        return cue, ""
    source = _agent_of(quoted)
    span = Span(quoted.idx, cue.span.end)
    whole = Cue(span, words_of(token.doc, span), "quote", "neutral")
    return whole, words_of(token.doc, noun_phrase(source, quoted.i, token.i)) if source is not None else ""


def is_finite(token: Token) -> bool:
    """Whether a verb carries tense, itself or by its auxiliary."""
    return token.tag_ in _FINITE or any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in _FINITE for child in near(token.lefts)
    )


def is_negated(token: Token) -> bool:
    """Whether a cue is denied: did not say, never told."""
    return any(child.dep_ == "neg" or child.lower_ in ("never", "n't", "not") for child in near(token.lefts))


def is_unreal(token: Token) -> bool:
    """Whether nobody has said it yet: may say, if he says; and "asked whether", where the one asked is the subject."""
    lefts = near(token.lefts)
    if any(c.lower_ in _UNREAL and c.dep_ == "aux" or c.lower_ in ("if", "unless") and c.dep_ == "mark" for c in lefts):
        return True
    fronted = token.dep_ == "advcl" and (token.tag_ == "VBN" or bool(token.is_sent_start))
    return fronted and not any(c.dep_ in (*SUBJECTS, "aux") for c in lefts)


def subject_of(token: Token) -> Token | None:
    """The head word of whoever does what a verb says: own subject, agent, or the subject shared with a head verb."""
    own = any(child.dep_ in SUBJECTS for child in near(token.lefts))
    if not own and token.tag_ == "VBG" and token.i and token.nbor(-1).pos_ in ("PROPN", "NOUN"):
        # with Ostmark saying that, and Sarnia saying that
        return phrase_head(token.doc, token.i - 1, token.i) or token.nbor(-1)
    if not own and token.tag_ in ("VBD", "VBZ", "VBP") and (found := _segment_subject(token)) is not None:
        return found
    found = _grammatical_subject(token)
    if found is None and token.pos_ in ("VERB", "AUX") and is_finite(token):
        found = _neighbor_subject(token)
    return found


def _segment_subject(token: Token) -> Token | None:
    """The first noun phrase between a comma and a cue that ends its clause, where the parse knows no subject.

    The port will close, the officials responsible for ships of war said on Monday.
    """
    doc = token.doc
    comma = next((i for i in range(token.i - 1, max(token.i - 16, -1), -1) if doc[i].text == ","), None)
    if comma is None or doc[comma + 1].pos_ not in ("DET", "PROPN", "NOUN", "ADJ"):
        return None
    following = token.nbor(1) if token.i + 1 < len(doc) else None
    if following is None or following.pos_ not in ("PUNCT", "ADP", "PROPN"):
        return None
    if any(doc[i].tag_ in _FINITE or doc[i].is_sent_start for i in range(comma + 1, token.i)):
        return None
    return phrase_head(doc, comma + 1, token.i)


def _neighbor_subject(token: Token) -> Token | None:
    """The noun right before a cue where the parse gives no subject: Lena Fox, a spokeswoman for Ruiz, said."""
    doc = token.doc
    if any(child.dep_ == "auxpass" for child in near(token.children)):
        return None
    index = token.i - 1
    while index > max(0, token.i - 8) and (
        doc[index].pos_ in ("ADV", "AUX") or doc[index].lower_ in ("also", "later", "has", "had")
    ):
        index -= 1
    if index >= 0 and doc[index].text == ",":
        opening = next((i for i in range(index - 1, max(index - 25, -1), -1) if doc[i].text == ","), None)
        if opening is None or opening == 0:
            return None
        index = opening - 1
    if index < 0 or doc[index].pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    if any(doc[i].is_sent_start for i in range(index + 1, token.i + 1)):
        return None
    return phrase_head(doc, index, index + 1) or doc[index]


def _grammatical_subject(token: Token) -> Token | None:
    seen = token
    for _ in range(4):
        passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in near(seen.children))
        if passive and seen is token:
            return _agent_of(seen)
        for child in near(seen.children):
            if child.dep_ in ("nsubj", "csubj") or (child.dep_ == "nsubjpass" and seen is not token):
                return _antecedent(child, seen)
        if (reporter := resumed(seen)) is not None:
            seen = reporter
        elif seen.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep") and seen.head.i != seen.i:
            if seen.dep_ == "xcomp" and (taker := _object_of(seen.head)) is not None:
                return taker
            seen = seen.head
        elif seen.dep_ in ("acl", "relcl"):
            return seen.head
        else:
            return None
    return None


def resumed(verb: Token) -> Token | None:
    """The cue that a second one goes on from, though the parse puts it into what the first reports; else None.

    Of "Ruiz admitted that the port had closed but blamed the union" it is "admitted": the second cue has its tense, no
    subject of its own, and another tense than the clause before it.
    """
    inner = verb.head
    if verb.dep_ != "conj" or inner.dep_ != "ccomp" or inner.i > verb.i or cue_table().verb(verb) is None:
        return None
    first = inner.head
    lefts = near(verb.lefts)
    if first.i > inner.i or cue_table().verb(first) is None or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    if verb.tag_ != first.tag_ or any(child.dep_ in (*SUBJECTS, "aux", "auxpass") for child in lefts):
        return None
    other = inner.tag_ != verb.tag_ or any(child.dep_ in ("aux", "auxpass") for child in near(inner.lefts))
    return first if other else None


def _object_of(verb: Token) -> Token | None:
    return next((child for child in near(verb.rights) if child.dep_ == "dobj"), None)


def _antecedent(child: Token, verb: Token) -> Token | None:
    if child.lower_ in _WHO and verb.dep_ in ("relcl", "acl"):
        return verb.head
    if child.lower_ == "who" and child.i and child.nbor(-1).pos_ in ("PROPN", "NOUN") and not child.is_sent_start:
        return child.nbor(-1)  # it was Ruiz who warned: the parse takes the clause for one of its own
    return child


def _agent_of(verb: Token) -> Token | None:
    for child in near(verb.rights):
        if child.dep_ == "agent":
            return next((obj for obj in child.rights if obj.dep_ == "pobj"), None)
    return None


def noun_phrase(head: Token, floor: int = 0, ceiling: int | None = None) -> Span:
    """The noun phrase around a head word: with "of" and "for" phrases, without relative clauses and appositions.

    ``floor`` and ``ceiling`` are token indices it must not cross (the marks of a quote, the cue).
    """
    first, last = _bounds(head)
    first = min(max(first, floor), head.i)
    if ceiling is not None:
        last = max(min(last, ceiling - 1), head.i)
    doc = head.doc
    while first < head.i and (doc[first].is_punct or doc[first].pos_ in ("CCONJ", "SCONJ", "ADP", "SPACE")):
        first += 1
    while last > head.i and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    if ceiling is not None and last < ceiling - 1 <= last + 4:
        # "The tech company Orbyte said", "police commander Felt said": the parse drops a name that looks like a verb.
        if all(doc[i].text[:1].isupper() and not doc[i].is_sent_start for i in range(last + 1, ceiling)):
            last = ceiling - 1
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))


def speaker_of(head: Token, floor: int = 0, ceiling: int | None = None) -> tuple[Span, str]:
    """The speaker's span, and what he wrote where the words say so: of "Ruiz's letter" Ruiz and "letter"."""
    owner = next((child for child in near(head.lefts) if child.dep_ == "poss" and child.i >= floor), None)
    if owner is None or owner.pos_ == "PRON" or head.lemma_.casefold() not in _WRITINGS:
        return noun_phrase(head, floor, ceiling), ""
    span = noun_phrase(owner, floor, head.i)
    ending = next((child for child in near(owner.rights) if child.dep_ == "case"), None)
    return (Span(span.start, ending.idx) if ending is not None else span), head.text


def _bounds(head: Token, depth: int = 0) -> tuple[int, int]:
    first = last = head.i
    for child in sorted(near(head.lefts), key=lambda token: -token.i):
        if child.dep_ in _LEFT_OUT and child.dep_ not in ("advmod", "npadvmod") and child.pos_ != "PUNCT":
            break
        if child.is_punct and child.text not in "-–":
            break
        first = min(first, child.left_edge.i)
    for child in near(head.rights):
        if child.is_punct and child.text in "-–'’":
            continue
        if child.dep_ in _LEFT_OUT or child.dep_ == "acl" and child.tag_ not in ("VBN",):
            break
        if child.dep_ == "cc":
            continue
        if child.dep_ == "conj":
            if depth > 4 or any(grand.dep_ in SUBJECTS for grand in near(child.children)):
                break
            last = max(last, _bounds(child, depth + 1)[1])
            continue
        last = max(last, _prep_end(child))
    return first, last


def _prep_end(child: Token) -> int:
    """The last token of a modifier after the head, without relative clauses inside it."""
    last = child.i
    stack = near(child.rights)
    while stack and len(stack) < 4 * _NEAR and last < child.i + _NEAR:
        token = stack.pop()
        if token.dep_ in ("relcl", "appos", "parataxis", "advcl") or token.is_punct and token.text in ",;—–":
            continue
        last = max(last, token.i)
        stack.extend(near(token.children))
    return last


def is_nobody(span: Span, text: str) -> bool:
    """Whether words cannot name a source: it, there, this."""
    return span.of(text).casefold() in _NOBODY


def first_of_clause(token: Token, floor: int) -> int:
    """The first token of the cue's own words: subject, auxiliaries, adverbs."""
    first = token.i
    for child in near(token.lefts):
        if (
            child.dep_ in (*SUBJECTS, "aux", "auxpass", "advmod", "neg", "expl", "npadvmod", "mark")
            and not child.is_punct
        ):
            first = min(first, child.left_edge.i)
    return max(first, floor)


def end_of_clause(doc: Doc, start: int, stop: int) -> int:
    """Where the words after a cue end: the first comma, semicolon, dash, colon or the sentence's end."""
    for index in range(start, min(stop, start + CLAUSE)):
        if doc[index].text in (",", ";", "—", "–", "--", ":", ".", "?", "!") or doc[index].text == '"':
            return index
    return min(stop, start + CLAUSE)


def medium_of(doc: Doc, start: int, stop: int) -> str:
    """The phrase among tokens that says where or to whom: "on Telegram", "in a statement", "reporters"."""
    table = cue_table()
    for index in range(start, stop):
        token = doc[index]
        if token.lower_ in ("on", "in", "at", "via", "to", "during", "through", "from") and token.dep_ != "mark":
            inside = [other for other in near(token.subtree) if start <= other.i < stop and other.i > token.i]
            head = next((child for child in near(token.rights) if child.dep_ == "pobj"), None)
            if head is None or not inside:
                continue
            names = {head.lower_, head.lemma_.casefold(), *(part.lower_ for part in head.lefts)}
            if names & table.medium:
                tail = [c for c in head.rights if c.dep_ == "prep" and c.lower_ in ("of", "with", "for")]
                last = min(max([head.i, *(c.right_edge.i for c in tail)]), stop - 1)
                return str(doc[token.i : last + 1].text)
    return ""


def addressee_of(token: Token, stop: int) -> str:
    """Whom a cue tells: "reporters", "the Daily Post"; empty where nobody is named."""
    for child in near(token.rights):
        if child.dep_ in ("dobj", "dative") and child.i < stop and child.pos_ in ("NOUN", "PROPN"):
            return words_of(token.doc, noun_phrase(child, token.i + 1, stop))
    return ""
