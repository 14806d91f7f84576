"""What the number check says: a number with its noun, and one sentence that sets the two sides beside each other."""

from __future__ import annotations

from claimdesk.numbers.bind import Bound
from claimdesk.numbers.relation import Relation


def sentence(claim: Bound, source: Bound, relation: Relation, label: str, arithmetic: str) -> str:
    """Both sides in one sentence, with the arithmetic where one side was computed."""
    extra = f" ({relation.note})" if relation.note else ""
    if arithmetic:
        return f"The claim says {show(claim)}; from the source follows {arithmetic}."
    if label == "SUPERSEDED":
        return f"The claim says {show(claim)}; the newer figure of the source is {show(source)}."
    if label == "DISPUTED":
        return f"The claim says {show(claim)}; the sources disagree, another figure is {show(source)}."
    if label == "LATER_FIGURE":
        return f"The claim says {show(claim)}; a later source says {show(source)}."
    return f"The claim says {show(claim)}; the source says {show(source)}{extra}."


def show(bound: Bound) -> str:
    """The number with its counted noun, as written: "1,212 bodies"."""
    text = bound.view.analysis.parsed.text
    written = " ".join(bound.quantity.span.of(text).split()) or bound.quantity.text
    noun = bound.quantity.noun
    if noun is not None and noun.start >= bound.quantity.span.end and len(noun) <= 60:
        written = " ".join(text[bound.quantity.span.start : noun.end].split())
    return written
