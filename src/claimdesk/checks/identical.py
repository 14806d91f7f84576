"""Is it the very same sentence? Then nothing in it has to be understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claimdesk.analysis import Part, Subject, View
from claimdesk.language.antonyms import turns
from claimdesk.language.parse import Parsed
from claimdesk.language.text import words
from claimdesk.model import Finding, Outcome, Span

_MOST_SENTENCES = 6  # a claim is rarely longer
_NEARLY = 0.75  # share of the longer word list that two nearly identical sentences have in common
_NEGATIONS = frozenset("not no never none nobody nothing neither nor cannot without".split())


@dataclass(frozen=True)
class SameSentence:
    """The sentence of the evidence that holds the claim word for word."""

    part: Part
    span: Span


def find_same_sentence(subject: Subject, parts: Sequence[Part]) -> SameSentence | None:
    """The sentences of the evidence whose words are the claim's words, in order and with nothing beside them.

    The last of them may go on behind a semicolon. Glyphs, case and punctuation are folded, but a question is no
    statement. Days counted from another date of writing ("on Monday" in two texts of different weeks) are not the same
    words.
    """
    wanted = [word.norm for word in words(subject.view.analysis.parsed.text, subject.view.span)]
    asked = _asks(subject.view.text)
    for part in parts:
        if not wanted or not _same_days(subject, part):
            continue
        sentences = [span for span in part.view.analysis.parsed.sentences if part.view.span.overlaps(span)]
        for first in range(len(sentences)):
            found: list[str] = []
            text = part.view.analysis.parsed.text
            for last in range(first, min(len(sentences), first + _MOST_SENTENCES)):
                start = sentences[first].start
                lead = _lead(part.view.analysis.parsed, sentences[last])
                if lead is not None and not asked and found + [word.norm for word in words(text, lead)] == wanted:
                    return SameSentence(part, Span(start, lead.end))
                found += [word.norm for word in words(text, sentences[last])]
                span = Span(start, sentences[last].end)
                if found == wanted and _asks(span.of(text)) == asked:
                    return SameSentence(part, span)
                if len(found) >= len(wanted):
                    break
    return None


def _lead(parsed: Parsed, sentence: Span) -> Span | None:
    """A sentence up to its first semicolon, where that is a statement of its own: with a verb, in no quotation."""
    first = next(_pieces(parsed.text, sentence), None)
    if first is None or set('"“”«»()') & set(first.of(parsed.text)) or _asks(sentence.of(parsed.text)):
        return None
    told = [token for token in parsed.tokens(first) if token.pos_ in ("VERB", "AUX")]
    return first if told and told[0].dep_ != "advcl" else None


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


def find_turned_word(subject: Subject, parts: Sequence[Part]) -> Finding | None:
    """A word that turns a nearly identical sentence around: a negation, or an opposite, that only one side has.

    It forbids support whatever else agrees, because the numbers of such a sentence are equal.
    """
    ours = [word.norm for word in words(subject.view.analysis.parsed.text, subject.view.span)]
    for part in parts:
        text = part.view.analysis.parsed.text
        for sentence in part.view.analysis.parsed.sentences:
            if not part.view.span.overlaps(sentence):
                continue
            theirs = [[word.norm for word in words(text, piece)] for piece in (*_pieces(text, sentence), sentence)]
            near = next((norms for norms in theirs if _nearly_same(ours, norms)), None)
            turned = _turned(ours, near) if near is not None else ""
            if turned:
                detail = f"The sentences are nearly the same, but {turned}."
                return Finding(
                    "words", Outcome.SILENT, "TURNED_WORD", detail, subject.view.span, sentence, part=part.index
                )
    return None


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """The stretches of a sentence between its semicolons, where it has some: each says something of its own."""
    start = sentence.start
    while (end := text.find(";", start, sentence.end)) >= 0:
        yield Span(start, end)
        start = end + 1
    if start > sentence.start:
        yield Span(start, sentence.end)


def _nearly_same(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return bool(shared) and shared >= _NEARLY * max(len(ours), len(theirs))


def _turned(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """What turns one of two word lists against the other, in words; empty when nothing does."""
    mine, other = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    negations = [sum(count for word, count in side.items() if _negates(word)) for side in (mine, other)]
    if negations[0] % 2 != negations[1] % 2:
        return "only the claim denies something" if negations[0] else "only the source denies something"
    for word in mine:
        opposite = next((each for each in other if turns(word, each)), None)
        if opposite is not None:
            return f'one says "{word}" and the other "{opposite}"'
    return ""


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def _same_days(subject: Subject, part: Part) -> bool:
    ours, theirs = subject.view.analysis.meta.date, part.meta.date
    if ours is None or theirs is None or ours == theirs:
        return True
    return not any(ref.anchor != "explicit" for ref in subject.view.dates)


def _asks(text: str) -> bool:
    return text.rstrip(" \"'”’»)").endswith("?")
