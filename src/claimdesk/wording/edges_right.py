"""What a cut left behind on the right: conditions, denials, contrasts and the second half of what was counted."""

from __future__ import annotations

from claimdesk.wording.edges import Cut, Wording, frames, own_subject
from claimdesk.wording.edits import span_of
from claimdesk.wording.protected import is_number, protect


def cut_right(source: Wording, start: int, end: int) -> Cut | None:
    """What stands after the words ``start`` to ``end`` in their sentence and matters to them.

    Examples: *if the price is right*; *until spring*; *but only half of it*; 1,212 bodies *and body parts*.
    """
    _, last = source.sentence(end - 1)
    if end >= last:
        return None
    stop = _clause_stop(source, end, last)
    norms = [tok.norm for tok in source.toks[end:stop]]
    if not norms:
        return None
    lists = frames()
    for offset, word in enumerate(norms):
        phrase = any(norms[offset : offset + len(p.split())] == p.split() for p in lists["right_phrases"])
        if (word in lists["right_condition"] and not _exempt(source, end, offset, norms)) or phrase:
            if offset <= 12:
                return Cut("condition", span_of(source.toks[end + offset : stop]), True)
    if beside := _while(source, start, end, stop, norms):
        return beside
    ahead = {"will", "shall", "would", "can", "may", "might", "must"}
    if norms[0] in ("when", "once") and ahead & {tok.norm for tok in source.toks[start:end]}:
        return Cut("condition", span_of(source.toks[end:stop]), True)
    if norms[0] in ("not", "never", "no", "nor") or (norms[0] in ("or",) and "not" in norms[1:3]):
        return Cut("negation", span_of(source.toks[end:stop]), True)
    if counted := _counted(source, start, end, norms):
        return counted
    inside = [tok.norm for tok in source.toks[start:end]]
    close = not source.between(end - 1, end).strip()
    if close and norms[0] in lists["narrowing"]:
        absolute = any(word in lists["absolute"] for word in inside)
        if "polarity" in protect(inside) or absolute:
            return Cut("narrowing", span_of(source.toks[end:stop]), False, holds=False)
    return None


def _while(source: Wording, start: int, end: int, stop: int, norms: list[str]) -> Cut | None:
    """A clause with *while* or *whereas*: after a comma a contrast, else the time of a plan or a denial."""
    offset = next((i for i, word in enumerate(norms[:12]) if word in ("while", "whereas")), None)
    if offset is None or not own_subject(source, end + offset + 1, stop):
        return None
    cut = span_of(source.toks[end + offset : stop])
    if "," in source.between(end + offset - 1, end + offset) or norms[offset] == "whereas":
        return Cut("contrast", cut, True)
    classes = protect([tok.norm for tok in source.toks[start:end]])
    tied = {"modality", "polarity"} & set(classes)
    opening = source.token(start)
    if tied or (opening is not None and opening.tag_ == "VB"):
        return Cut("contrast", cut, False, holds=False)
    return None


def _exempt(source: Wording, end: int, offset: int, norms: list[str]) -> bool:
    """Whether a trigger word is no condition here: *not only*, *without doubt*, *asked whether*."""
    word = norms[offset]
    before = norms[offset - 1] if offset else source.toks[end - 1].norm
    if word == "only" and before == "not":
        return True
    if word == "but" and before in ("nothing", "all", "anything"):
        return False
    return word == "without" and norms[offset + 1 : offset + 2] in (["doubt"], ["question"])


def _clause_stop(source: Wording, end: int, last: int) -> int:
    """Where a clause of its own begins after the quotation: *..., and nobody proposed it*; *; they will pay*."""
    for index in range(end, last):
        gap = source.between(index - 1, index)
        if any(mark in gap for mark in (";", "—")) or " - " in gap or " – " in gap:
            return index
        if source.toks[index].norm in ("and", "so") and own_subject(source, index + 1, last):
            return index
    return last


def _counted(source: Wording, start: int, end: int, norms: list[str]) -> Cut | None:
    """A counted noun that lost its second half: 1,212 bodies *and body parts*."""
    if norms[0] not in ("and", "or", "plus") or len(norms) < 2:
        return None
    tail = source.toks[max(start, end - 4) : end]
    if not any(is_number(tok.norm) for tok in tail):
        return None
    following = source.token(end + 1)
    if following is None or following.pos_ in ("VERB", "AUX", "PRON", "SCONJ") or is_number(norms[1]):
        return None
    low = end
    return Cut("counted", span_of(source.toks[low : low + min(len(norms), 4)]), True)
