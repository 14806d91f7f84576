"""One figure told twice with two values: in headline, caption and body, or in two sentences of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from claimdesk.analysis import Part, Subject, View
from claimdesk.checks.numbers import check_numbers
from claimdesk.find import Found
from claimdesk.internal.change_words import change_words
from claimdesk.language.concepts import item_of
from claimdesk.language.text import fold
from claimdesk.model import Finding, Form, Hedge, Inconsistency, Outcome, Quantity, Span
from claimdesk.names.ground import content, other_day, other_year
from claimdesk.numbers.bind import Bound, bind
from claimdesk.numbers.compare import compare, kind

_VALUES = frozenset(
    ["EXACT_CONFLICT", "DIGIT_SLIP", "MAGNITUDE_SLIP", "BOUND_VIOLATED", "HEDGE_VIOLATED", "RANGE_VIOLATED"]
)  # fmt: skip
_ROLE = re.compile(
    r"\b(?:from|by|to|than|against|with|versus|of (?:the|its|their)) (?:a |an |the |about |some )?$", re.IGNORECASE
)
_SPEECH = frozenset(
    ["say", "tell", "add", "report", "announce", "estimate", "claim", "state", "confirm", "put", "accord"]
)
_CLIPPED = frozenset(["MODALITY_MISMATCH", "DIFFERENT_ITEM", "NOT_STATED"])
_CLIPPED_SHARE = 0.75  # of the headline's words that the body's sentence must have
_MOST = 300  # sentences with figures that are compared with one another
_MOST_PAIRS = 100  # pairs of such sentences that are compared figure by figure
_COMMON = 3  # content words that two sentences of the body must share


def find_headline_figures(found: Found) -> Iterator[Inconsistency]:
    """A figure of the headline or of a caption that the body gives with another value and nowhere with this one."""
    structure, analysis = found.structure, found.analysis
    parsed = analysis.parsed
    if structure.headline is not None:
        body = _body(found, [structure.headline, *structure.captions])
        yield from _against(found, View(analysis, structure.headline), body, "HEADLINE_BODY", "headline")
    for caption in structure.captions:
        holes = [*structure.captions, *([structure.headline] if structure.headline else [])]
        yield from _against(
            found, View(analysis, parsed.sentence_at(caption.start)), _body(found, holes), "CAPTION_BODY", "caption"
        )


def _body(found: Found, without: Sequence[Span]) -> list[Part]:
    """The sentences with figures outside the given places, as pieces of evidence."""
    analysis = found.analysis
    holders = {analysis.parsed.sentence_at(item.span.start) for item in analysis.quantities}
    kept = sorted(span for span in holders if not any(span.overlaps(hole) for hole in without))
    return [Part(View(analysis, span), analysis.meta, index=index) for index, span in enumerate(kept[:_MOST])]


def _against(found: Found, view: View, body: Sequence[Part], label: str, name: str) -> Iterator[Inconsistency]:
    figures = tuple(item for item in view.quantities if _is_comparable(item))
    if not figures or not body:
        return
    subject = Subject(view, quantities=figures, meta=found.document.meta)
    for figure, finding in zip(figures, check_numbers(subject, body), strict=True):
        if _is_value_conflict(finding) and finding.claim_span and finding.evidence_span:
            detail = f"The {name} says {_flat(finding.claim_value)}, the body {_flat(finding.evidence_value)}."
            yield Inconsistency(label, detail, finding.claim_span, finding.evidence_span)
        elif finding.outcome is Outcome.SILENT and finding.label in _CLIPPED and name == "headline":
            yield from _clipped(figure, view, body)


def _clipped(figure: Quantity, view: View, body: Sequence[Part]) -> Iterator[Inconsistency]:
    """A figure in the clipped grammar of headlines ("to cut 300 jobs", "arrest 31") against figures of one event.

    Counted thing and event must agree as far as the headline names them, and so must most of its words; one figure
    of the body that agrees in value is enough to be silent.
    """
    ours = next((bound for bound in bind(view) if bound.quantity is figure), None)
    if ours is None or ours.role or ours.statistic:
        return
    rivals = [bound for part in body for bound in bind(part.view) if _is_one_count(ours, bound)]
    relations = [(bound, compare(figure, bound.quantity)) for bound in rivals]
    if not relations or any(relation is None or relation.outcome is not Outcome.CONFLICTS for _, relation in relations):
        return
    other = relations[0][0].quantity
    yield Inconsistency(
        "HEADLINE_BODY",
        f"The headline says {_flat(figure.text)}, the body {_flat(other.text)}.",
        figure.span,
        other.span,
    )


def _is_one_count(ours: Bound, theirs: Bound) -> bool:
    if kind(ours.quantity) != kind(theirs.quantity) or ours.role != theirs.role or ours.statistic != theirs.statistic:
        return False
    if theirs.subset or theirs.part_of or theirs.base or theirs.withdrawn or theirs.negated:
        return False
    if ours.item and theirs.item and item_of(ours.item) != item_of(theirs.item):
        return False
    if not ours.main & theirs.main or not _is_comparable(theirs.quantity):
        return False
    words = [word for word in ours.core if word not in ours.item_terms]
    met = sum(word.meets(theirs.near_means) for word in words)
    return len(words) >= 2 and met >= _CLIPPED_SHARE * len(words)


def find_repeated_figures(found: Found) -> Iterator[Inconsistency]:
    """A figure of one item and event that two sentences of the body give with two values.

    Both sentences must be about the same thing in at least three content words; figures that moved on, that belong to
    other days, speakers or roles (from, to, by), or that stand in quotation marks are left out.
    """
    shape = found.structure
    holes = [*shape.captions, *([shape.headline] if shape.headline else [])]
    views = [part.view for part in _body(found, holes)]
    words = [content(view, [item.number for item in view.quantities]) for view in views]
    pairs = (
        (views[earlier], views[later])
        for later in range(len(views))
        for earlier in range(later)
        if len(words[later] & words[earlier]) >= _COMMON and _may_repeat(views[earlier], views[later])
    )
    for first, second in islice(pairs, _MOST_PAIRS):
        yield from islice(_repeated(found, first, second), 1)


def _may_repeat(first: View, second: View) -> bool:
    """Whether nothing sets two sentences apart: days, years, speakers, words that say that a figure moved on."""
    if other_day(first, second) or other_year(first, second):
        return False
    if bool(first.dates) != bool(second.dates) and _years(first, second):
        return False
    speakers = [_speaker(view) for view in (first, second)]
    if all(speakers) and not speakers[0] & speakers[1]:
        return False
    return not any(change_words().moves.search(fold(view.text)) for view in (first, second))


def _years(first: View, second: View) -> bool:
    return any(ref.grain in ("year", "quarter", "month") for view in (first, second) for ref in view.dates)


def _speaker(view: View) -> frozenset[str]:
    """The words of the one to whom a sentence is attributed; empty where nobody is named."""
    found: set[str] = set()
    for token in view.tokens:
        if token.dep_ == "nsubj" and token.head.lemma_ in _SPEECH:
            found |= {
                token.lemma_.casefold(),
                *(child.lemma_.casefold() for child in token.children if child.dep_ == "compound"),
            }
        if token.lower_ == "according":
            found |= {child.lemma_.casefold() for prep in token.children for child in prep.children}
    return frozenset(found)


def _repeated(found: Found, first: View, second: View) -> Iterator[Inconsistency]:
    """The pairs of figures that conflict, whichever of the two sentences is taken for the claim."""
    for item in first.quantities:
        forth = _compared(found, item, first, second)
        if forth is None or forth.evidence_span is None or not _is_free(found, item, first):
            continue
        other = next((each for each in second.quantities if each.span.overlaps(forth.evidence_span)), None)
        if other is None or not _is_free(found, other, second):
            continue
        back = _compared(found, other, second, first)
        if back is None or back.evidence_span is None or not back.evidence_span.overlaps(item.span):
            continue
        if not _others_agree(first, item, second, other):
            continue
        if _is_value_conflict(forth) or _is_value_conflict(back):
            detail = f"The text says {_flat(forth.claim_value)} here and {_flat(forth.evidence_value)} there."
            yield Inconsistency("REPEATED_FIGURE", detail, item.span, other.span)


def _others_agree(first: View, item: Quantity, second: View, other: Quantity) -> bool:
    """Whether the other figures are equal or told once only: "in 11 states" and "in three" are two counts."""
    left = {each.values for each in first.quantities if each is not item}
    right = {each.values for each in second.quantities if each is not other}
    return not left or not right or left == right


def _compared(found: Found, item: Quantity, claim: View, evidence: View) -> Finding | None:
    """A conflict of values, or one that only the day of the other sentence leaves open."""
    meta = found.document.meta
    finding = check_numbers(Subject(claim, quantities=(item,), meta=meta), [Part(evidence, meta)])[0]
    return finding if _is_value_conflict(finding) or finding.label == "PERIOD_UNKNOWN" else None


def _is_free(found: Found, item: Quantity, view: View) -> bool:
    """A count or measure outside marks with no "from", "by" or "than" in front; two polls differ by their questions."""
    parsed = found.analysis.parsed
    if not _is_comparable(item) or item.unit in ("percent", "pp"):
        return False
    if any(pair.inner.overlaps(item.span) for pair in parsed.marks):
        return False
    before = Span(max(view.span.start, item.span.start - 25), item.span.start)
    return not _ROLE.search(fold(before.of(parsed.text)))


def _is_comparable(item: Quantity) -> bool:
    forms = (Form.PLAIN, Form.PERCENT, Form.SCORE, Form.RANGE, Form.FRACTION)
    return item.form in forms and not item.soft and item.hedge is not Hedge.UP_TO


def _is_value_conflict(finding: Finding) -> bool:
    return finding.outcome is Outcome.CONFLICTS and finding.label in _VALUES


def _flat(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
