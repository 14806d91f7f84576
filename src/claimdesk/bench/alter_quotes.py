"""False alterations of words: quotations, who speaks, negation, and what a cut leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

from claimdesk.bench.alter import Scene, tables
from claimdesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIVE = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|cannot|without|hardly|rarely|only|\w+n't)\b", re.IGNORECASE
)
_REMOVED = re.compile(r"(?:(?: not|(?<=\w)n't)\b(?! only\b| or\b)|(?<= )never )")
_NO_NOUN = re.compile(r"(?<=\b(?:is|be|as|ve|ad|re) )no (?=[a-z])(?!no (?:one|more|fewer|less|longer)\b)")
_RIGHT_EDGE = re.compile(r",? (?:if|unless|until|except|provided|but|although|though|while|as long as|only)\b")
_LEFT_EDGE = re.compile(
    r"^(?:(?:If|Unless|Until|When) [^,]{5,120}, (?:then )?"
    r"|I (?:don't|do not) (?:think|believe) (?:that )?"
    r"|(?:Perhaps|Maybe|Probably) |It would be wrong to |I never (?:promised|said|claimed) that "
    r"|We (?:hope|want|plan) to |(?:I|We) (?:think|believe|hope) (?:that )?|We cannot rule out that )"
)
_MIDDLE = re.compile(
    r"(?:, (?:as far as [^,]{3,50}|it seems|possibly|perhaps|probably|I think|we believe|in theory),"
    r"|(?<= )(?:perhaps|probably|possibly|almost|nearly|about(?= (?:\d|[$€£]|two|three|four|five|six))|at least"
    r"|rarely|hardly|not|never|barely|seldom|reportedly) )"
)
_HALF = re.compile(r"(?:, | )(?:and|but|because|who|which|that|when|while|if|to|in|for|with|on|from|by) ")
_CUE_LEMMAS = frozenset(("say", "tell", "add", "warn", "call", "describe", "argue", "insist", "speak", "announce"))


def alter_quote_word(scene: Scene, random: Random) -> Iterator[str]:
    """One content word of a quotation replaced: “the dam is safe” -> “the dam is purple”."""
    pools = tables()["words"]
    for token in _quoted(scene):
        pool = pools.get(token.tag_)
        if pool is None or not token.text.isalpha() or not token.text.islower() or len(token.text) < 4:
            continue
        if token.dep_ in ("aux", "auxpass") or token.lemma_ in ("have", "be", "do") or token.like_num:
            continue
        other = random.choice(pool)
        if scene.is_new(other):
            yield _with_article(scene, token, other)


def _with_article(scene: Scene, token: Token, other: str) -> str:
    """The claim with a word replaced, and "a" or "an" in front of it mended."""
    return _article(scene.text[: token.idx], other) + other + scene.text[token.idx + len(token.text) :]


def _article(before: str, word: str) -> str:
    """What stands before a word, its "a" or "an" made to agree with the word."""
    article = re.search(r"\b([Aa])n? $", before)
    return before[: article.start()] + article[1] + ("n " if word[0] in "aeiou" else " ") if article else before


def alter_modal(scene: Scene, random: Random) -> Iterator[str]:
    """Another modal verb in a quotation: “we will sell” -> “we may sell”."""
    modals = tables()["modals"]
    for token in _quoted(scene):
        for other in modals.get(token.text.lower(), ()):
            follows = scene.folded[token.idx + len(token.text) :]
            if token.tag_ == "MD" and scene.is_new(other) and not follows.startswith((" not", "not", "n't")):
                new = other.capitalize() if token.text[0].isupper() else other
                yield scene.put(token.idx, token.idx + len(token.text), new)


def alter_negation_quote(scene: Scene, random: Random) -> Iterator[str]:
    """A "not" put into a quotation or taken out of it: “it is safe” -> “it is not safe”."""
    for quote in scene.quotes:
        yield from _negated(scene, [token for token in scene.tokens if quote.start <= token.idx < quote.end], quote)


def alter_negation_plain(scene: Scene, random: Random) -> Iterator[str]:
    """A "not" put into a plain clause or taken out of it: prices rose -> prices did not rise."""
    if not scene.quotes and "“" not in scene.text and '"' not in scene.text:
        yield from _negated(scene, scene.tokens, Span(0, len(scene.text)))


def _negated(scene: Scene, tokens: list[Token], within: Span) -> Iterator[str]:
    words = within.of(scene.folded)
    for match in _REMOVED.finditer(scene.folded, within.start, within.end):
        yield _mend_verb(scene.text[: match.start()]) + scene.text[match.end() :]
    for match in _NO_NOUN.finditer(scene.folded, within.start, within.end):
        yield scene.put(match.start(), match.end(), "")
    if _NEGATIVE.search(words):
        return
    for token in tokens:
        yield from _with_not(scene, token)


def _mend_verb(before: str) -> str:
    """The verb made whole after "n't" was taken off: "wo" is "will", "ca" is "can"."""
    for stump, whole in (("wo", "will"), ("ca", "can"), ("Wo", "Will"), ("Ca", "Can")):
        if re.search(rf"\b{stump}$", before):
            return before[: -len(stump)] + whole
    return before


def _with_not(scene: Scene, token: Token) -> Iterator[str]:
    text, end = token.text, token.idx + len(token.text)
    if not text.isalpha() or token.dep_ in ("amod", "compound"):
        return
    is_aux = token.tag_ == "MD" or (token.pos_ == "AUX" and token.tag_ in ("VBZ", "VBP", "VBD"))
    if is_aux:
        if token.i and any(child.dep_ in ("aux", "auxpass") and child.i < token.i for child in token.head.children):
            return
        yield scene.put(token.idx, end, "cannot" if text == "can" else f"{text} not")
    elif token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP") and token.lemma_ not in _CUE_LEMMAS:
        if any(child.dep_ in ("aux", "auxpass") for child in token.children):
            return
        if not any(child.dep_.startswith("nsubj") for child in token.children):
            return
        auxiliary = {"VBD": "did", "VBZ": "does", "VBP": "do"}[token.tag_]
        yield scene.put(token.idx, end, f"{auxiliary} not {token.lemma_}")


def alter_order(scene: Scene, random: Random) -> Iterator[str]:
    """Two nouns of a quotation change places: “the city failed the schools” -> “the schools failed the city”."""
    for quote in scene.quotes:
        nouns = [
            token
            for token in scene.tokens
            if quote.start <= token.idx < quote.end
            and token.tag_ in ("NN", "NNS")
            and token.text.islower()
            and token.text.isalpha()
        ]
        for index, first in enumerate(nouns):
            for second in nouns[index + 1 :]:
                if _swappable(first, second):
                    between = scene.text[first.idx + len(first.text) : second.idx]
                    before = _article(scene.text[: first.idx], second.text)
                    after = scene.text[second.idx + len(second.text) :]
                    yield before + second.text + _article(between, first.text) + first.text + after


def _swappable(first: Token, second: Token) -> bool:
    if first.lemma_ == second.lemma_ or first.tag_ != second.tag_ or second.i - first.i < 2:
        return False
    return second not in first.conjuncts and "compound" not in (first.dep_, second.dep_)


def alter_speaker(scene: Scene, random: Random) -> Iterator[str]:
    """The same words from another person: Mayor Dana Whitlock said -> Mayor Milo Janssen said."""
    who = scene.speaker
    if who is None or who.name is None:
        return
    whole = " " in who.name.of(scene.text)
    if not whole and re.match(r"^[A-Z]?[a-z]*$", who.name.of(scene.text)) and who.name.start == 0 and not scene.quotes:
        if scene.tokens[0].pos_ != "PROPN":
            return
    for name in random.sample(tables()["people"]["names"], 3):
        if scene.is_new(name):
            yield scene.put(who.name.start, who.name.end, name if whole else name.split()[-1])


def alter_role(scene: Scene, random: Random) -> Iterator[str]:
    """The same person in another role: fire chief Ruben Okafor -> opera singer Ruben Okafor."""
    who = scene.speaker
    if who is None or who.role is None:
        return
    role = who.role.of(scene.text)
    is_title = role.split()[-1][0].isupper()
    for other in random.sample(tables()["people"]["titles" if is_title else "roles"], 3):
        if scene.is_new(other):
            new = other[0].upper() + other[1:] if role[0].isupper() else other
            yield scene.put(who.role.start, who.role.end, new)


def alter_cut(scene: Scene, random: Random) -> Iterator[str]:
    """A condition, hedge or denial cut off a quotation, marked and unmarked: “open if they pay” -> “open”."""
    for quote in scene.quotes:
        words = quote.of(scene.folded)
        stop = len(words) - len(words.rstrip(".,!?"))
        for match in _RIGHT_EDGE.finditer(words):
            if len(words[: match.start()].split()) >= 4:
                end = quote.end - stop
                yield scene.put(quote.start + match.start(), end, "")
                yield scene.put(quote.start + match.start(), end, " …")
        left = _LEFT_EDGE.match(words)
        if left and len(words[left.end() :].split()) >= 4:
            rest = scene.text[quote.start + left.end()]
            yield scene.put(quote.start, quote.start + left.end() + 1, rest.upper())
            yield scene.put(quote.start, quote.start + left.end() + 1, f"… {rest}")
        for match in _MIDDLE.finditer(words):
            gap = " " if match.group().startswith(",") else ""
            yield scene.put(quote.start + match.start(), quote.start + match.end(), gap.strip())
            yield scene.put(quote.start + match.start(), quote.start + match.end(), " …" if gap else "… ")


def alter_splice(scene: Scene, random: Random) -> Iterator[str]:
    """Halves of two sentences of the same speaker joined as one: “A1 A2.” “B1 B2.” -> “A1 B2.”"""
    for quote in scene.quotes[:1]:
        words = quote.of(scene.text)
        end = words[-1] if words[-1] in ",.!?" else ""
        for other in scene.others:
            for first in _cuts(words):
                for second in _cuts(other):
                    head, tail = words[:first], other[second:]
                    if len(head.split()) >= 4 and len(tail.split()) >= 4:
                        yield scene.put(quote.start, quote.end, head + tail.rstrip(",.!?") + end)


def _cuts(words: str) -> list[int]:
    """Where a sentence may be cut in two: before a joining word, else in the middle."""
    found = [match.start() for match in _HALF.finditer(words)]
    spaces = [match.start() for match in re.finditer(" ", words)]
    return found or spaces[len(spaces) // 2 : len(spaces) // 2 + 1]


def _quoted(scene: Scene) -> Iterator[Token]:
    return (token for token in scene.tokens if scene.quoted(token.idx))
