"""One quotation against one piece of evidence: where its words are, what was changed, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claimdesk.analysis import Part, Subject
from claimdesk.model import Outcome, Quote, QuoteType, Span
from claimdesk.wording.brackets import read_bracket, replaced_words
from claimdesk.wording.edges import Wording
from claimdesk.wording.edits import Change, Script, shown, span_of
from claimdesk.wording.frames import read_denial, read_edges, read_frame, read_questions
from claimdesk.wording.gaps import read_gaps
from claimdesk.wording.locate import SHORT, TOO_FAR, Placed, place
from claimdesk.wording.protected import function_words, protect
from claimdesk.wording.segments import segments

# Most severe first (domain rule: section 3.3); all that apply are listed.
SEVERITY = (
    "WRONG_SPEAKER",
    "SPLICED",
    "ALTERED_MATERIAL",
    "TRIMMED_MEANING_CHANGE",
    "CONTEXT_CHANGED",
    "WRONG_OCCASION",
    "TRANSLATION_VARIANT",
    "PARAPHRASE_ONLY",
    "CUE_DISTORTED",
    "UNVERIFIED_BRACKET",
    "TARGET_UNKNOWN",
    "ALTERED_MINOR",
    "TRUNCATED",
    "PERMITTED_EDIT",
    "PARTIAL_QUOTE_OK",
    "VERBATIM",
    "NOT_FOUND",
)
CONFLICTS = frozenset(SEVERITY[:6])
SUPPORTS = frozenset(("PERMITTED_EDIT", "PARTIAL_QUOTE_OK", "VERBATIM"))
FLAGGED = frozenset(("ALTERED_MINOR", "CUE_DISTORTED", "TRUNCATED", "UNVERIFIED_BRACKET", "TARGET_UNKNOWN"))
LOOSE = 0.55  # the same where every content word is there and only grammar differs
_MAX_WORDS, _MAX_SEGMENTS = 1_500, 40  # beyond these nothing is a quotation


@dataclass(frozen=True)
class Reading:
    """The words of a quotation in one piece of evidence, with everything that was noticed about them.

    ``carrier`` is the source's own quotation that holds the words, where the source is a report or quotes
    somebody itself.
    """

    quote: Quote
    part: Part
    source: Wording
    placed: Placed
    changes: tuple[Change, ...]
    carrier: Quote | None

    @property
    def stretch(self) -> Span:
        """The matched words in the evidence's text."""
        return span_of(self.source.toks[self.placed.start : max(self.placed.end, self.placed.start + 1)])

    @property
    def spoken(self) -> list[str]:
        """The quoted words that the evidence has."""
        return [
            segment.toks[mine].norm
            for segment, script in zip(self.placed.segments, self.placed.scripts, strict=True)
            for mine, _ in script.matched()
        ]

    @property
    def conflicting(self) -> bool:
        """Whether the wording speaks against the claim."""
        return any(outcome(change) is Outcome.CONFLICTS for change in self.changes)

    @property
    def supporting(self) -> bool:
        """Whether the wording bears the claim out, with nothing left open."""
        return all(
            outcome(change) is Outcome.SUPPORTS
            or (change.label in ("TRUNCATED", "TARGET_UNKNOWN") and change.outcome is None)
            for change in self.changes
        )


def outcome(change: Change) -> Outcome:
    """What a change amounts to by its label, unless it was decided where it was found."""
    if change.outcome is not None:
        return change.outcome
    if change.label in CONFLICTS:
        return Outcome.CONFLICTS
    return Outcome.SUPPORTS if change.label in SUPPORTS else Outcome.SILENT


def readings(subject: Subject, quote: Quote, parts: Sequence[Part]) -> list[Reading]:
    """Every place in the evidence that can be what a quotation was taken from, in no order of merit."""
    text = subject.view.analysis.parsed.text
    pieces = segments(text, quote)
    if not 0 < len(pieces) <= _MAX_SEGMENTS or sum(len(piece.toks) for piece in pieces) > _MAX_WORDS:
        return []
    claim = Wording(subject.view.analysis.parsed, _around(subject, quote))
    found = []
    for part in parts:
        source = Wording(part.view.analysis.parsed, part.view.span)
        whole = [theirs for theirs in part.view.quotes if len(theirs.content) > 1 and theirs.type is QuoteType.DIRECT]
        for wording in [source, *(source.only(theirs.content) for theirs in whole)]:
            for placed in place(text, pieces, wording):
                if reading := _read(quote, part, wording, placed, claim):
                    found.append(reading)
    return found


def scattered(subject: Subject, quote: Quote, parts: Sequence[Part]) -> tuple[list[Part], list[Span]] | None:
    """The pieces of evidence that the segments of a quotation come from, when no single one has them all.

    Each segment must stand somewhere word for word.
    """
    pieces = segments(subject.view.analysis.parsed.text, quote)
    if len(pieces) < 2 or len(parts) < 2:
        return None
    homes, spans = [], []
    for piece in pieces:
        for part in parts:
            source = Wording(part.view.analysis.parsed, part.view.span)
            exact = [p for p in place(subject.view.analysis.parsed.text, [piece], source) if not p.cost]
            if exact and len(piece.spoken) >= 3:
                homes.append(part)
                spans.append(span_of(source.toks[exact[0].start : exact[0].end]))
                break
        else:
            return None
    return homes, spans


def _around(subject: Subject, quote: Quote) -> Span:
    """The sentences that a quotation touches, reporter's words included."""
    parsed = subject.view.analysis.parsed
    first = parsed.sentence_at(quote.outer[0].start)
    last = parsed.sentence_at(max(quote.outer[-1].end - 1, quote.outer[-1].start))
    return Span(min(first.start, quote.outer[0].start), max(last.end, quote.outer[-1].end))


def _read(quote: Quote, part: Part, source: Wording, placed: Placed, claim: Wording) -> Reading | None:
    """What a place amounts to, None when the words there are other words."""
    if (
        placed.cost > (TOO_FAR if placed.overlap < 1 else LOOSE)
        or placed.overlap < 0.5
        or (placed.overlap == 0.5 and _spoken(placed) >= SHORT)
    ):
        return None
    carrier = _carrier(part, source, placed)
    bounded = source
    if carrier is not None and carrier.type is QuoteType.DIRECT:
        bounded = source.bounded(Span(carrier.content[0].start, carrier.content[-1].end))
    headline = "headline" in quote.flags
    edits = [change for script in placed.scripts for change in replace(script, headline=headline).changes()]
    if not _close_enough(placed, edits):
        return None
    changes = edits + list(_brackets(placed, bounded, claim, part))
    if part.meta.type == "interpreted" and any(c.label not in SUPPORTS for c in changes):
        where = span_of(source.toks[placed.start : placed.end])
        detail = f'The source is a translation and has "{shown(source.parsed.text, where)}"; wordings are not compared.'
        return Reading(
            quote, part, source, placed, (Change("TRANSLATION_VARIANT", _claim_span(placed), where, detail),), carrier
        )
    if indirect := _only_reported(part, source, placed, carrier):
        return Reading(quote, part, source, placed, (indirect,), carrier)
    changes += read_gaps(placed, bounded)
    if not any(change.label == "SPLICED" for change in changes):
        changes += read_questions(quote, placed, bounded, claim)
        changes += read_edges(quote, placed, bounded, claim, _widened(placed, bounded), carrier)
        if not any(outcome(c) is Outcome.CONFLICTS for c in changes):
            changes += read_frame(quote, placed, bounded, claim, part.meta, carrier)
            changes += read_denial(quote, carrier, placed, source, claim)
    return Reading(quote, part, source, placed, tuple(changes), carrier)


def _spoken(placed: Placed) -> int:
    return sum(len(piece.spoken) for piece in placed.segments)


def _close_enough(placed: Placed, edits: Sequence[Change]) -> bool:
    """Whether a short quotation may be told from other words: an exact run, or one telling difference."""
    spoken = _spoken(placed)
    if spoken >= SHORT:
        return True
    serious = [change for change in edits if change.label != "PERMITTED_EDIT"]
    if not serious:
        return True
    grammar = function_words()
    matched = [
        piece.toks[mine].norm
        for piece, script in zip(placed.segments, placed.scripts, strict=True)
        for mine, _ in script.matched()
    ]
    telling = [norm for norm in matched if norm not in grammar]
    if not telling:
        return False
    if all(change.label == "ALTERED_MINOR" for change in serious):
        return len(serious) <= 2
    if len(matched) == spoken:  # only words left out: "We will sell" for "We will not sell"
        dropped = [span_words(script) for script in placed.scripts]
        weighty = {"polarity", "hedge", "restriction"}
        return all(len(words) <= 2 and weighty & set(protect([*words, "1"])[:-1]) for words in dropped if words)
    return len(serious) == 1 and len(matched) >= 3 and _opposed(serious[0])


def _opposed(change: Change) -> bool:
    """Whether one changed word turns or recounts a short quotation: safe and unsafe, will and may, 12 and 21."""
    ours, theirs = change.sides
    if len(ours) != 1 or len(theirs) != 1:
        return False
    one, other = sorted((ours[0], theirs[0]), key=len)
    if any(other == prefix + one for prefix in ("un", "in", "im", "il", "ir", "dis", "non")):
        return True
    return bool(protect([one])[0]) and protect([one])[0] == protect([other])[0]


def span_words(script: Script) -> list[str]:
    """The source words that an alignment leaves out."""
    return [script.source[theirs].norm for mine, theirs in script.fit.pairs if mine is None and theirs is not None]


def _brackets(placed: Placed, source: Wording, claim: Wording, part: Part) -> Iterator[Change]:
    for segment, script in zip(placed.segments, placed.scripts, strict=True):
        for bracket in segment.brackets:
            yield read_bracket(bracket, script, source, claim, part.meta)


def _widened(placed: Placed, source: Wording) -> tuple[int, int]:
    """The matched words with those that a bracket at either edge stands for."""
    start, end = placed.start, placed.end
    for bracket in placed.segments[0].brackets:
        if bracket.blanks[0] == 0:
            start = min(start, replaced_words(bracket, placed.scripts[0], source)[0])
    for bracket in placed.segments[-1].brackets:
        if bracket.blanks[-1] == len(placed.segments[-1].toks) - 1:
            end = max(end, replaced_words(bracket, placed.scripts[-1], source)[1])
    return start, end


def _claim_span(placed: Placed) -> Span:
    return Span(placed.segments[0].span.start, placed.segments[-1].span.end)


def _carrier(part: Part, source: Wording, placed: Placed) -> Quote | None:
    """The innermost quotation of the source that holds all the matched words."""
    where = span_of(source.toks[placed.start : max(placed.end, placed.start + 1)])
    holding = [
        quote
        for quote in part.view.quotes
        if quote.content[0].start <= where.start
        and where.end <= quote.content[-1].end
        and any(content.overlaps(where) for content in quote.content)
    ]
    marked = [quote for quote in holding if quote.type is not QuoteType.INDIRECT]
    candidates = marked or holding
    return min(candidates, key=lambda quote: quote.content[-1].end - quote.content[0].start, default=None)


def _only_reported(part: Part, source: Wording, placed: Placed, carrier: Quote | None) -> Change | None:
    """A source that gives the words as a report, without marks: nobody can tell that they were said so."""
    if carrier is not None and carrier.type is not QuoteType.INDIRECT:
        return None
    spoken = part.meta.type in ("transcript", "statement", "interpreted")
    if part.meta.type != "report":
        own = carrier is None or carrier.speaker is None or carrier.speaker.text.casefold() in ("i", "we")
        if spoken or own or part.meta.speaker:
            return None
    where = span_of(source.toks[placed.start : max(placed.end, placed.start + 1)])
    text = source.parsed.text
    detail = f'The source reports "{shown(text, where)}" without quotation marks; the wording cannot be confirmed.'
    return Change("PARAPHRASE_ONLY", _claim_span(placed), where, detail)
