"""What a cut left behind: words beside a quotation, in its sentence, that decide how its words were meant."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from claimdesk.language.parse import Parsed
from claimdesk.language.text import fold
from claimdesk.model import Span
from claimdesk.wording.edits import shown, span_of
from claimdesk.wording.protected import protect
from claimdesk.wording.wording import Tok, comparable

if TYPE_CHECKING:
    from spacy.tokens import Token


_REACH = 250  # words to either side that one sentence may have


@lru_cache(maxsize=1)
def frames() -> dict[str, Any]:
    """The word lists of ``data/speech_frames.toml``."""
    return tomllib.loads(resources.files("claimdesk").joinpath("data/speech_frames.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Wording:
    """A stretch of a parsed text with its comparable words."""

    parsed: Parsed
    span: Span
    bounds: Span | None = None  # the marks around a quotation in a report: what is outside is the reporter's

    def bounded(self, bounds: Span) -> Wording:
        """The same words, where sentences do not reach beyond ``bounds``."""
        other = Wording(self.parsed, self.span, bounds)
        other.__dict__["toks"] = self.toks
        return other

    def only(self, spans: Sequence[Span]) -> Wording:
        """The words inside some spans alone: a quotation without the reporter's words in its middle."""
        other = Wording(self.parsed, self.span, Span(spans[0].start, spans[-1].end))
        other.__dict__["toks"] = [tok for tok in self.toks if any(span.contains(tok.span) for span in spans)]
        return other

    @cached_property
    def toks(self) -> list[Tok]:
        """The comparable words."""
        return comparable(self.parsed.text, self.span, self.parsed.sentences)

    @cached_property
    def folded(self) -> str:
        """The whole text with plain marks."""
        return fold(self.parsed.text)

    def sentence(self, index: int) -> tuple[int, int]:
        """The range of words in the sentence of a word."""
        number = self.toks[index].sentence
        start, end = index, index + 1
        while start > 0 and index - start < _REACH and self._together(start - 1, number):
            start -= 1
        while end < len(self.toks) and end - index < _REACH and self._together(end, number):
            end += 1
        return start, end

    def _together(self, index: int, number: int) -> bool:
        tok = self.toks[index]
        return tok.sentence == number and (self.bounds is None or self.bounds.contains(tok.span))

    def between(self, left: int, right: int) -> str:
        """The characters between two neighboring words."""
        return self.folded[self.toks[left].span.end : self.toks[right].span.start]

    def token(self, index: int) -> Token | None:
        """The grammar of a word."""
        found = self.parsed.tokens(self.toks[index].span)
        return found[0] if len(found) else None


@dataclass(frozen=True, slots=True)
class Cut:
    """Something beside the quoted words: ``kind`` names it, ``decisive`` means that the sense changes.

    ``holds`` is False where the words alone, without what was cut, may not be counted as supported.
    """

    kind: str
    span: Span
    decisive: bool
    holds: bool = True


def cut_left(source: Wording, start: int, end: int) -> Cut | None:
    """What stands before the words ``start`` to ``end`` in their sentence and matters to them.

    Examples: *I do not think* we can finish; *if the audit finds fraud,* we will cancel; *only about* 15 percent;
    *critics say* we are hiding the numbers. A coordinated clause of its own ("We like it, and ...") does not matter.
    """
    first, _ = source.sentence(start)
    if first == start:
        return None
    left = source.toks[first:start]
    norms = [tok.norm for tok in left]
    classes = protect([*norms, *(tok.norm for tok in source.toks[start : start + 3])])[: len(norms)]
    whole = span_of(left)
    lists = frames()
    shield = _shield(source, first, start, end)
    if shield is not None:
        low = shield - first
        if low >= len(norms):
            if norms and norms[0] in lists["left_condition"][:7]:
                return Cut("condition", whole, False)
            return None
        first, left, norms, classes = shield, left[low:], norms[low:], classes[low:]
        whole = span_of(left)
    near = _nearest(source, first, start)
    for offset in range(near - first, len(norms)):
        if classes[offset] in ("polarity", "condition", "hedge", "restriction"):
            return Cut(classes[offset], Span(left[offset].span.start, left[-1].span.end), True)
    if _unwise(source, start, norms):
        return Cut("unwise", whole, True)
    if view := _view(source, first, norms, classes, near - first):
        return view
    if conditional := _condition(source, first, start, end, norms, classes):
        return conditional
    if _governed(source, first, start, end, classes):
        return Cut("negation", whole, True)
    if norms[0] in lists["concession"]:
        return Cut("contrast", whole, False)
    if any(name in ("polarity", "condition", "hedge", "restriction") for name in classes):
        return Cut("context", whole, False)
    return None


def _unwise(source: Wording, start: int, norms: list[str]) -> bool:
    """Whether the quoted words are called a mistake: *it would be wrong to* declare victory."""
    tail = norms[:-1] if norms[-1] == "to" else norms
    if tail is norms and source.toks[start].norm != "to":
        return False
    being = {"be", "is", "was", "been", "seems", "were"}
    return bool(tail) and tail[-1] in frames()["unwise"] and bool(being & set(tail[-4:-1]))


def _shield(source: Wording, first: int, start: int, end: int) -> int | None:
    """The index up to which the words before a quotation are a clause of their own, None without one."""
    joining = set(frames()["joining"])
    for index in range(start, first, -1):
        gap = source.between(index - 1, index)
        strong = any(mark in gap for mark in (";", ":", "—")) or " - " in gap or " – " in gap
        joined = index - 1 > first and source.toks[index - 1].norm in joining
        if not strong and not joined:
            continue
        own = own_subject(source, index, end)
        clause = _has_verb(source, first, index - (1 if joined else 0))
        if clause and own:
            return index
    return None


def own_subject(source: Wording, start: int, end: int) -> bool:
    """Whether a stretch begins with a subject of its own verb."""
    for index in range(start, min(end, start + 12)):
        token = source.token(index)
        if token is None:
            continue
        if token.dep_ in ("nsubj", "nsubjpass", "expl", "csubj"):
            return True
        if token.pos_ in ("VERB", "AUX"):
            return False
    return False


def _has_verb(source: Wording, start: int, end: int) -> bool:
    tokens = [source.token(index) for index in range(start, end)]
    return any(t is not None and t.pos_ in ("VERB", "AUX") for t in tokens) and any(
        t is not None and t.dep_ in ("nsubj", "nsubjpass", "expl") for t in tokens
    )


def _nearest(source: Wording, first: int, start: int) -> int:
    """Where the last four words before a quotation begin, with no comma among them."""
    index = start
    while index > first and start - index < 4:
        if index < start or not source.between(index - 1, index).strip():
            if any(mark in source.between(index - 1, index) for mark in ",;:"):
                break
        elif any(mark in source.between(index - 1, index) for mark in ",;:"):
            break
        index -= 1
    return index


def _view(source: Wording, first: int, norms: list[str], classes: list[str], near: int) -> Cut | None:
    """A view that the quoted words stand under: *critics say*, *I think*, *I do not believe*."""
    lists = frames()
    for offset in range(len(norms) - 1, max(len(norms) - 7, -1), -1):
        word = norms[offset]
        if word not in lists["view_verbs"] and word not in lists["telling_verbs"]:
            continue
        token = source.token(first + offset)
        if token is not None and token.pos_ in ("NOUN", "PROPN"):
            continue  # those reports, the hopes of many
        tail = norms[offset + 1 :]
        if len(tail) > 4 and near > offset:
            continue
        before = norms[max(0, offset - 5) : offset]
        negated = any(name == "polarity" for name in classes[max(0, offset - 3) : offset])
        own = any(person in before for person in lists["first_person"]) or not before
        if word in lists["telling_verbs"] and own and not negated and word not in ("pretend", "ask", "asked"):
            continue
        start = max(0, offset - 5)
        place = span_of(source.toks[first + start : first + len(norms)])
        return Cut("negation" if negated else "view", place, True)
    return None


def _condition(source: Wording, first: int, start: int, end: int, norms: list[str], classes: list[str]) -> Cut | None:
    """A condition that leads into the quoted words: *If the audit finds fraud, we will ...*"""
    opening = norms[0] in ("and", "but", "so", "then", "now", "even", "well")
    head = norms[1] if opening and len(norms) > 1 else norms[0]
    lists = frames()
    token = source.token(first)
    inverted = head in ("should", "were", "had") and token is not None and token.is_sent_start
    conditional = head in lists["left_condition"][:7] or inverted or head == "only"
    if head in ("when", "once"):
        ahead = {tok.norm for tok in source.toks[start:end]}
        conditional = bool(ahead & {"will", "shall", "would", "can", "could", "may", "might", "must"})
    if not conditional and "condition" in classes:
        place = max(index for index, name in enumerate(classes) if name == "condition")
        conditional = norms[place] in lists["left_condition"][:7] and _after_comma(source, first + place, first)
        conditional = conditional and any(mark in source.between(start - 1, start) for mark in ",")
    if not conditional:
        return None
    return Cut("condition", span_of(source.toks[first:start]), True)


def _after_comma(source: Wording, index: int, first: int) -> bool:
    return index == first or "," in source.between(index - 1, index) or source.toks[index - 1].norm in ("and", "but")


def _governed(source: Wording, first: int, start: int, end: int, classes: list[str]) -> bool:
    """Whether a negation before the quoted words governs them in the grammar."""
    negations = [first + offset for offset, name in enumerate(classes) if name == "polarity"]
    if not negations:
        return False
    inside = {token.i for index in range(start, end) if (token := source.token(index)) is not None}
    above: set[int] = set()
    for index in range(start, min(end, start + 30)):
        token = source.token(index)
        if token is not None and token.head.i not in inside:
            above.update([token.head.i, *(up.i for up in token.head.ancestors)])
    for place in negations:
        token = source.token(place)
        if token is not None and (token.i in above or token.head.i in above or token.head.i in inside):
            return True
    return False


def skipped(source: Wording, start: int, end: int) -> Cut | None:
    """What an ellipsis left out of one sentence, where it matters; an aside between commas may hold what it likes."""
    words = source.toks[start:end]
    norms = [tok.norm for tok in words]
    classes = protect([*norms, *(tok.norm for tok in source.toks[end : end + 2])])[: len(norms)]
    mattering = [
        index
        for index, name in enumerate(classes)
        if name in ("polarity", "modality", "condition", "hedge", "restriction", "contrast")
    ]
    if not mattering:
        return None
    set_off = "," in source.between(start - 1, start) and end < len(source.toks) and "," in source.between(end - 1, end)
    if set_off and norms[0] in ("which", "who", "whose", "whom", "where"):
        if not any(classes[index] in ("condition", "restriction", "contrast") for index in mattering):
            return None
    first = mattering[0]
    return Cut(classes[first], words[first].span, True)


def describe(source: Wording, cut: Cut) -> str:
    """The words that were cut, as they stand in the source."""
    return shown(source.parsed.text, cut.span)
