"""What lies between the segments of a quotation: order, distance, and what an ellipsis hides."""

from __future__ import annotations

import re

from claimdesk.wording.edges import Wording, cut_left, describe, skipped
from claimdesk.wording.edges_right import cut_right
from claimdesk.wording.edits import Change, shown, span_of
from claimdesk.wording.locate import Placed

MAX_SENTENCES, MAX_WORDS = 1, 40  # what one ellipsis may cover (domain rule: section 3.5, step 6)
_LABEL = re.compile(r"(?:^|\n)[ \t]*[A-Z][\w .'-]{0,40}:")


def read_gaps(placed: Placed, source: Wording) -> list[Change]:
    """Every gap between two segments that is more than a breath."""
    found = []
    for index in range(1, len(placed.segments)):
        if change := _gap(placed, index, source):
            found.append(change)
    return found


def _gap(placed: Placed, index: int, source: Wording) -> Change | None:
    before, after = placed.scripts[index - 1], placed.scripts[index]
    kind = placed.segments[index].after
    if kind == "fragment":
        return None
    left, right = before.fit.end, after.fit.start
    claim = span_of([placed.segments[index - 1].toks[0], placed.segments[index].toks[-1]])
    text = source.parsed.text
    evidence = span_of(source.toks[min(before.fit.start, right) : max(left, after.fit.end)])
    one = shown(text, span_of(source.toks[before.fit.start : left]), 60)
    two = shown(text, span_of(source.toks[right : after.fit.end]), 60)
    if right < left:
        detail = f'The source has "{two}" before "{one}"; the quote turns them round.'
        return Change("SPLICED", claim, evidence, detail)
    if right == left:
        return None
    words = source.toks[left:right]
    hidden = span_of(words)
    apart = source.toks[right].sentence - source.toks[left - 1].sentence
    far = apart - 1 > MAX_SENTENCES or len(words) > MAX_WORDS
    detail = f'Between "{one}" and "{two}" the source has {len(words)} more words: "{shown(text, hidden, 100)}".'
    if _LABEL.search(source.folded[source.toks[left - 1].span.end : source.toks[right].span.start]):
        return Change("SPLICED", claim, evidence, detail)
    if far:
        if kind == "ellipsis":
            return Change("SPLICED", claim, evidence, detail)
        return Change("TRUNCATED", claim, hidden, detail, flag=True)
    if apart:
        return _between_sentences(placed, index, source)
    if cut := skipped(source, left, right):
        label = "TRIMMED_MEANING_CHANGE" if kind == "ellipsis" else "ALTERED_MATERIAL"
        words_cut = describe(source, cut)
        detail = f'The source has "{shown(text, hidden)}" between the quoted words; the quote hides "{words_cut}".'
        return Change(label, claim, hidden, detail)
    if kind == "ellipsis":
        return Change("PERMITTED_EDIT", claim, hidden, f'A marked cut leaves out "{shown(text, hidden)}".')
    return Change("SPLICED", claim, evidence, detail)


def _between_sentences(placed: Placed, index: int, source: Wording) -> Change | None:
    """An ellipsis over a sentence's end: both cut edges are read like the ends of a quotation."""
    before, after = placed.scripts[index - 1], placed.scripts[index]
    claim = span_of([placed.segments[index - 1].toks[0], placed.segments[index].toks[-1]])
    for cut in (
        cut_right(source, before.fit.start, before.fit.end),
        cut_left(source, after.fit.start, after.fit.end),
    ):
        if cut and cut.decisive:
            detail = f'The marked cut leaves out "{describe(source, cut)}", which belongs to the quoted words.'
            return Change("TRIMMED_MEANING_CHANGE", claim, cut.span, detail)
    hidden = span_of(source.toks[before.fit.end : after.fit.start])
    return Change("PERMITTED_EDIT", claim, hidden, f'A marked cut leaves out "{shown(source.parsed.text, hidden)}".')
