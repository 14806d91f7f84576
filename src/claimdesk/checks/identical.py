"""Is it the very same sentence? Then nothing in it has to be understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimdesk.analysis import Part, Subject, View
from claimdesk.language.text import words
from claimdesk.model import Finding, Outcome, Span

_MOST_SENTENCES = 6  # a claim is rarely longer


@dataclass(frozen=True)
class SameSentence:
    """The sentence of the evidence that holds the claim word for word."""

    part: Part
    span: Span


def find_same_sentence(subject: Subject, parts: Sequence[Part]) -> SameSentence | None:
    """The sentences of the evidence whose words are the claim's words, in order and with nothing beside them.

    Glyphs, case and punctuation are folded, but a question is no statement. Days counted from another date of
    writing ("on Monday" in two texts of different weeks) are not the same words.
    """
    wanted = [word.norm for word in words(subject.view.analysis.parsed.text, subject.view.span)]
    asked = _asks(subject.view.text)
    for part in parts:
        if not wanted or not _same_days(subject, part):
            continue
        sentences = [span for span in part.view.analysis.parsed.sentences if part.view.span.overlaps(span)]
        for first in range(len(sentences)):
            found: list[str] = []
            for last in range(first, min(len(sentences), first + _MOST_SENTENCES)):
                found += [word.norm for word in words(part.view.analysis.parsed.text, sentences[last])]
                span = Span(sentences[first].start, sentences[last].end)
                if found == wanted and _asks(span.of(part.view.analysis.parsed.text)) == asked:
                    return SameSentence(part, span)
                if len(found) >= len(wanted):
                    break
    return None


def rest_of(parts: Sequence[Part], same: SameSentence) -> list[Part]:
    """The evidence without the identical sentence: what else it says may still speak against the claim."""
    rest: list[Part] = []
    for part in parts:
        if part is not same.part:
            rest.append(part)
            continue
        around = (Span(part.view.span.start, same.span.start), Span(same.span.end, part.view.span.end))
        rest += [replace(part, view=View(part.view.analysis, span)) for span in around if span.start < span.end]
    return rest


def cover_slots(subject: Subject, same: SameSentence, findings: Sequence[Finding]) -> list[Finding]:
    """The supporting findings, and one for each slot in focus, which the identical sentence covers."""
    text = subject.view.analysis.parsed.text
    slots = [("numbers", quantity.span) for quantity in subject.quantities]
    slots += [("dates", ref.span) for ref in subject.dates]
    slots += [("quotes", part) for quote in subject.quotes for part in quote.content[:1]]
    if not any(not quantity.soft for quantity in subject.quantities) and not subject.dates and not subject.quotes:
        slots.append(("meaning", subject.view.span))
    covered = [
        Finding(
            check=check,
            outcome=Outcome.SUPPORTS,
            label="SAME_SENTENCE",
            detail="The source has the same sentence, word for word.",
            claim_span=span,
            evidence_span=same.span,
            claim_value=span.of(text),
            evidence_value=same.span.of(same.part.view.analysis.parsed.text),
            part=same.part.index,
        )
        for check, span in slots
    ]
    return covered + [finding for finding in findings if finding.outcome is Outcome.SUPPORTS]


def _same_days(subject: Subject, part: Part) -> bool:
    ours, theirs = subject.view.analysis.meta.date, part.meta.date
    if ours is None or theirs is None or ours == theirs:
        return True
    return not any(ref.anchor != "explicit" for ref in subject.view.dates)


def _asks(text: str) -> bool:
    return text.rstrip(" \"'”’»)").endswith("?")
