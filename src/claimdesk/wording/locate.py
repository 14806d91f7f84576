"""Where the words of a quotation stand in a piece of evidence: by exact runs first, then by alignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.language.align import CHANGED, MAX_CELLS, Fit, fit
from claimdesk.wording.edges import Wording
from claimdesk.wording.edits import Script, agree
from claimdesk.wording.protected import function_words
from claimdesk.wording.segments import Segment
from claimdesk.wording.wording import Tok

TOO_FAR = 0.45  # relative cost above which the words are other words (domain rule: section 3.5, step 4)
SHORT = 5  # quotations of fewer words need an exact run
_RUNS = 6  # exact places that are looked at
_NEIGHBORHOOD = 80  # words around the longest segment in which a short one is sought


@dataclass(frozen=True)
class Placed:
    """The segments of a quotation in one piece of evidence, each with its edit script, in the quotation's order."""

    segments: tuple[Segment, ...]
    scripts: tuple[Script, ...]

    @property
    def start(self) -> int:
        """The first source word of the first segment."""
        return self.scripts[0].fit.start

    @property
    def end(self) -> int:
        """One past the last source word of the last segment."""
        return self.scripts[-1].fit.end

    @property
    def cost(self) -> float:
        """Changed words per quoted word."""
        words = sum(len(segment.spoken) for segment in self.segments)
        return sum(script.fit.cost for script in self.scripts) / (CHANGED * max(words, 1))

    @property
    def overlap(self) -> float:
        """The share of the quoted content words that stand in the source as they are."""
        grammar = function_words()
        held = whole = 0
        for segment, script in zip(self.segments, self.scripts, strict=True):
            whole += sum(tok.norm not in grammar for tok in segment.spoken)
            held += sum(segment.toks[mine].norm not in grammar for mine, _ in script.matched())
        return held / whole if whole else 1.0


def place(claim_text: str, parts: Sequence[Segment], source: Wording) -> list[Placed]:
    """The places of a quotation in a piece of evidence, exact ones first; empty when it is not there at all."""
    if not parts or not source.toks:
        return []
    longest = max(range(len(parts)), key=lambda index: len(parts[index].spoken))
    anchors = _exact(parts[longest], source.toks, 0, len(source.toks))
    if not anchors:
        anchors = [found for latest in (False, True) if (found := _fit(parts[longest], source.toks, latest=latest))]
        anchors = anchors[:1] if len(anchors) == 2 and anchors[0] == anchors[1] else anchors
    placed = []
    for anchor in anchors:
        fits: dict[int, Fit] = {longest: anchor}
        for index in range(longest - 1, -1, -1):
            if near := _beside(parts[index], source.toks, 0, fits[index + 1].start, latest=True):
                fits[index] = near
        for index in range(longest + 1, len(parts)):
            before = fits.get(index - 1)
            if before and (near := _beside(parts[index], source.toks, before.end, len(source.toks), latest=False)):
                fits[index] = near
        if len(fits) == len(parts) and all(found.start < found.end for found in fits.values()):
            scripts = tuple(
                Script(
                    claim_text,
                    part.toks,
                    source.parsed.text,
                    source.toks,
                    fits[index],
                    part.wild,
                    frozenset(part.optional),
                )
                for index, part in enumerate(parts)
            )
            placed.append(Placed(tuple(parts), scripts))
    return placed


def _exact(segment: Segment, source: Sequence[Tok], low: int, high: int) -> list[Fit]:
    """Every place where the words of a segment stand in a row."""
    if segment.wild or segment.optional:
        return []
    quote = segment.toks
    found = []
    for start in range(low, high - len(quote) + 1):
        if agree(quote[0], source[start]) and all(agree(q, source[start + i]) for i, q in enumerate(quote)):
            found.append(Fit(0, start, start + len(quote), tuple((i, start + i) for i in range(len(quote)))))
            if len(found) == _RUNS:
                break
    return found


def _fit(
    segment: Segment, source: Sequence[Tok], low: int = 0, high: int | None = None, latest: bool = False
) -> Fit | None:
    """The alignment of a segment with a stretch of source words, in indices of the whole source."""
    stop = len(source) if high is None else high
    if len(segment.toks) * (stop - low) > MAX_CELLS:
        low, stop = _likely(segment, source, low, stop)
    hay = source[low:stop]
    same = {
        index: [spot for spot, word in enumerate(hay) if agree(tok, word)]
        for index, tok in enumerate(segment.toks)
        if tok.mask is not None
    }
    for spot, word in enumerate(hay):
        if word.mask is not None:
            for index, tok in enumerate(segment.toks):
                if agree(tok, word):
                    same.setdefault(index, []).append(spot)
    found = fit(
        [tok.norm for tok in segment.toks],
        [tok.norm for tok in hay],
        wild=segment.wild,
        optional=segment.optional,
        same=same,
        latest=latest,
    )
    if found is None:
        return None
    pairs = tuple((mine, None if theirs is None else theirs + low) for mine, theirs in found.pairs)
    return Fit(found.cost, found.start + low, found.end + low, pairs)


def _likely(segment: Segment, source: Sequence[Tok], low: int, high: int) -> tuple[int, int]:
    """The stretch of a very long source that shares most rare words with a very long segment."""
    width = max(MAX_CELLS // max(len(segment.toks), 1), 1)
    grammar = function_words()
    wanted = {tok.norm for tok in segment.toks} - grammar
    hits = [1 if tok.norm in wanted else 0 for tok in source[low:high]]
    count = best = sum(hits[:width])
    start = low
    for index in range(width, len(hits)):
        count += hits[index] - hits[index - width]
        if count > best:
            best, start = count, low + index - width + 1
    return start, min(start + width, high)


def _beside(segment: Segment, source: Sequence[Tok], low: int, high: int, latest: bool) -> Fit | None:
    """A segment before or after the one already placed; anywhere when it is nowhere on that side."""
    if latest:
        near = (max(low, high - _NEIGHBORHOOD - len(segment.toks)), high)
    else:
        near = (low, min(high, low + _NEIGHBORHOOD + len(segment.toks)))
    for start, end in (near, (low, high), (0, len(source))):
        exact = _exact(segment, source, start, end)
        if exact:
            return exact[-1] if latest else exact[0]
    tries = [
        found for bounds in (near, (low, high), (0, len(source))) if (found := _fit(segment, source, *bounds, latest))
    ]
    if not tries:
        return None
    limit = TOO_FAR * CHANGED * len(segment.spoken)
    return next((found for found in tries if found.cost <= limit / 2), min(tries, key=lambda found: found.cost))
