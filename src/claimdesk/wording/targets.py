"""What a fragment was said about: the subject or object that its words belong to, on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimdesk.model import Meta, Span
from claimdesk.wording.edges import Wording
from claimdesk.wording.protected import stem
from claimdesk.wording.referents import Referent, akin, content, head, norms_of, people, refer, same_thing

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_NAMING = frozenset(
    [
        "call",
        "describe",
        "brand",
        "label",
        "deem",
        "consider",
        "term",
        "dub",
        "find",
        "name",
        "denounce",
        "dismiss",
        "hail",
        "praise",
        "see",
    ]
)

_EARLIER = 2_000  # characters before a speech in which what it points at is looked for


def target_of(wording: Wording, start: int, end: int, cue: Span | None = None) -> tuple[list[str], int, str]:
    """The noun phrase that words ``start`` to ``end`` are said of: its words, its place, its text.

    "The audit was *slow*": the audit; "call the audit *a disgrace*": the audit; "we *will not sell*": we.
    Empty where the grammar does not show it; what the speaker does (``cue``) is no target.
    """
    inside = {token.i for index in range(start, end) if (token := wording.token(index)) is not None}
    if not inside:
        return [], start, ""
    for token in [t for index in range(start, end) if (t := wording.token(index)) is not None]:
        if token.head.i in inside and token.head.i != token.i:
            continue
        for verb in [token, *token.ancestors][:4]:
            if verb.pos_ not in ("VERB", "AUX"):
                continue
            if cue is not None and cue.start <= verb.idx < cue.end and verb.lemma_ not in _NAMING:
                found = _told(verb, inside)
                return _phrase(found, wording) if found is not None else ([], start, "")
            if found := _argument(verb, inside):
                return _phrase(found, wording)
            if verb.i not in inside and verb.lemma_ not in ("be", "have", "do", "will", "would", "can", "could"):
                break
    return [], start, ""


def _argument(verb: Token, inside: set[int]) -> Token | None:
    """The subject of a verb, or the object of a naming verb, outside the fragment."""
    if verb.lemma_ in _NAMING and verb.i not in inside:
        for child in verb.children:
            if child.dep_ in ("dobj", "nsubjpass") and child.i not in inside:
                return child
        for child in verb.children:  # "call the audit a disgrace" is often read as one small clause
            if child.dep_ in ("ccomp", "oprd", "xcomp"):
                for low in child.children:
                    if low.dep_ in _SUBJECTS and low.i not in inside:
                        return low
        return None
    for child in verb.children:
        if child.dep_ in _SUBJECTS and child.i not in inside and child.dep_ != "expl":
            return child
    return None


def _told(verb: Token, inside: set[int]) -> Token | None:
    """Whom a directive is for: *urged residents to* "keep away"."""
    if not any(child.dep_ in ("xcomp", "ccomp") and child.i in inside for child in verb.children):
        return None
    return next((child for child in verb.children if child.dep_ == "dobj" and child.i not in inside), None)


def _phrase(token: Token, wording: Wording) -> tuple[list[str], int, str]:
    span = Span(token.left_edge.idx, token.right_edge.idx + len(token.right_edge))
    place = next((i for i, tok in enumerate(wording.toks) if tok.span.overlaps(span)), 0)
    words = [tok.norm for tok in wording.toks if span.contains(tok.span)]
    cut = next((i for i, word in enumerate(words) if word in ("which", "who") and i), len(words))
    return words[:cut], place, span.of(wording.parsed.text)


def same_target(
    claim: list[str], source: list[str], wording: Wording, place: int, meta: Meta, speaker: str
) -> Referent:
    """Whether both fragments are said of one thing; UNKNOWN where a pronoun cannot be followed."""
    if not claim or not source:
        return Referent.UNKNOWN
    mine, theirs = content(claim), content(source)
    first = {"i", "we", "our", "my", "us"}
    if not mine:
        if set(claim) & {"he", "she", "they", "i", "we"} and set(source) & first:
            return Referent.SAME
        return Referent.UNKNOWN if theirs and not set(claim) & set(source) else Referent.SAME
    if set(source) & first and not theirs:
        if set(mine) & set(content(norms_of(speaker))):
            return Referent.SAME
        return refer(claim, source, wording, place, meta)
    if not theirs:
        return refer(claim, source, wording, place, meta)
    if same_thing(claim, source) or head(claim) in theirs and len(theirs) > 1 and head(claim) == head(source):
        return Referent.SAME
    if set(mine) & set(theirs):
        return Referent.UNKNOWN
    generic = {"thing", "situation", "matter", "issue", "move", "step", "case", "problem", "idea"}
    if head(source) in generic or head(claim) in generic:
        return Referent.UNKNOWN
    return Referent.OTHER if head(claim) not in people()["unnamed"] else Referent.UNKNOWN


def points(claim: list[str], source: list[str], wording: Wording, place: int) -> bool:
    """Whether the source's words are said of a bare *this*, *that* or *it* that may mean the claim's noun.

    At the beginning of a speech it means something outside the speech: the noun must stand in the text before, or be
    a word for whatever happened (the result, the decision), or there is no text before. Later in a speech it means
    what was said there, and nothing is known.
    """
    if len(source) != 1 or source[0] not in ("this", "that", "it"):
        return False
    start, _ = wording.sentence(place)
    bounds = wording.bounds or Span(0, len(wording.parsed.text))
    if any(tok.span.start >= bounds.start for tok in wording.toks[max(0, start - 1) : start]):
        return False
    first = wording.toks[start].span.start
    earlier = norms_of(wording.parsed.text, Span(max(0, first - _EARLIER), first))
    if wording.bounds is None and earlier:
        return False
    core = head(claim)
    return not earlier or core in map(stem, people()["events"]) or any(akin(core, stem(word)) for word in earlier)
