"""A reporter's brackets: whether they may stand for the words of the source that they replace."""

from __future__ import annotations

from claimdesk.model import Meta, Outcome
from claimdesk.wording.edges import Wording
from claimdesk.wording.edits import Change, Script, shown, span_of
from claimdesk.wording.protected import function_words, protect, stem
from claimdesk.wording.referents import Referent, content, people, refer
from claimdesk.wording.segments import BLANK, Bracket
from claimdesk.wording.wording import Tok

_FIRST = frozenset(["i", "me", "my", "mine", "we", "us", "our", "ours"])
_KEPT = ("polarity", "condition", "hedge", "restriction", "number", "quantity", "comparative")


def replaced_words(bracket: Bracket, script: Script, source: Wording) -> tuple[int, int]:
    """The source words that a bracket stands for; an empty range for a mere insertion.

    At the edge of a segment the alignment leaves them outside, so they are taken from beside it.
    """
    held = [theirs for mine, theirs in script.fit.pairs if mine in bracket.blanks and theirs is not None]
    if held:
        return held[0], held[-1] + 1
    if bracket.blanks[0] == 0:
        return _leading(bracket, script.fit.start, source), script.fit.start
    if bracket.blanks[-1] == len(script.quote) - 1:
        return script.fit.end, _trailing(script.fit.end, source)
    before = max(
        (
            theirs
            for mine, theirs in script.fit.pairs
            if mine is not None and theirs is not None and mine < bracket.blanks[0]
        ),
        default=script.fit.start - 1,
    )
    return before + 1, before + 1


def read_bracket(bracket: Bracket, script: Script, source: Wording, claim: Wording, meta: Meta) -> Change:
    """What a bracket amounts to: a permitted edit, a wrong referent, or one that cannot be verified."""
    start, end = replaced_words(bracket, script, source)
    theirs = source.toks[start:end]
    ours = list(bracket.toks)
    text = source.parsed.text
    spot = span_of(theirs) if theirs else source.toks[min(max(start - 1, 0), len(source.toks) - 1)].span
    mine = shown(claim.parsed.text, bracket.span)
    detail = (
        f'The bracket {mine} stands for "{shown(text, spot)}" in the source.'
        if theirs
        else f"The bracket {mine} is the reporter's; the source has nothing there."
    )
    if _kept(ours) != _kept(theirs):
        return Change("ALTERED_MATERIAL", bracket.span, spot, detail)
    if not theirs:
        return Change("PERMITTED_EDIT", bracket.span, spot, detail)
    if _grammar_only(ours, theirs):
        return Change("PERMITTED_EDIT", bracket.span, spot, detail)
    verdict = refer([tok.norm for tok in ours], [tok.norm for tok in theirs], source, start, meta)
    if verdict is Referent.SAME and _nominal(source, start, end):
        return Change("PERMITTED_EDIT", bracket.span, spot, detail)
    if verdict is Referent.OTHER or _two_sides(ours, theirs):
        return Change("ALTERED_MATERIAL", bracket.span, spot, detail)
    return Change("UNVERIFIED_BRACKET", bracket.span, spot, detail, Outcome.SILENT, flag=True)


def _kept(toks: list[Tok]) -> list[str]:
    norms = [tok.norm for tok in toks]
    return sorted(f"{name}:{norm}" for name, norm in zip(protect(norms), norms, strict=True) if name in _KEPT)


def _grammar_only(ours: list[Tok], theirs: list[Tok]) -> bool:
    """A shift of tense or person: will and would, my and his, go and went left to the referents."""
    grammar = function_words() | {"will", "would", "can", "could", "may", "might", "shall", "should", "must"}
    if any(tok.norm in _FIRST for tok in ours) and not any(tok.norm in _FIRST for tok in theirs):
        return False
    mine = sorted(stem(tok.norm) for tok in ours if tok.norm not in grammar)
    other = sorted(stem(tok.norm) for tok in theirs if tok.norm not in grammar)
    if mine != other:
        return False
    shift = {
        "will": "will",
        "would": "will",
        "can": "can",
        "could": "can",
        "may": "may",
        "might": "may",
        "shall": "will",
        "should": "should",
        "must": "must",
    }
    return sorted(shift[t.norm] for t in ours if t.norm in shift) == sorted(
        shift[t.norm] for t in theirs if t.norm in shift
    )


def _two_sides(ours: list[Tok], theirs: list[Tok]) -> bool:
    """Whether both name a body or an office, and not the same one."""
    bodies = {stem(w) for key in ("own_groups", "other_groups", "organizations", "offices") for w in people()[key]}
    mine, other = content(t.norm for t in ours), content(t.norm for t in theirs)
    return bool(mine and other) and mine[-1] in bodies and other[-1] in bodies and mine[-1] != other[-1]


def _nominal(source: Wording, start: int, end: int) -> bool:
    """Whether the replaced words are a noun phrase or a pronoun, not a verb."""
    tokens = [source.token(index) for index in range(start, end)]
    return all(token is None or token.pos_ not in ("VERB", "AUX") for token in tokens)


def _leading(bracket: Bracket, start: int, source: Wording) -> int:
    first, _ = source.sentence(start)
    low = start
    while low > first and start - low < BLANK:
        if low < start and any(mark in source.between(low - 1, low) for mark in ",;:"):
            break
        if low == start and any(mark in source.between(low - 1, low) for mark in ",;:"):
            break
        norm = source.toks[low - 1].norm
        token = source.token(low - 1)
        if low < start and (norm in _FIRST or (token is not None and token.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ"))):
            break
        low -= 1
        if (
            norm in _FIRST
            or (token is not None and token.pos_ in ("PRON", "AUX"))
            or len(bracket.toks) == 1
            and (token is not None and token.pos_ == "VERB")
        ):
            break
    return low


def _trailing(end: int, source: Wording) -> int:
    _, last = source.sentence(end - 1)
    high = end
    while high < last and high - end < BLANK:
        token = source.token(high)
        if any(mark in source.between(high - 1, high) for mark in ",;:"):
            break
        if high > end and token is not None and token.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ", "ADP"):
            break
        high += 1
        if token is not None and token.pos_ == "PRON":
            break
    return high
