"""The edit script of a quotation, read: each difference between quoted and source words with what it amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.language.align import Fit
from claimdesk.model import Outcome, Span
from claimdesk.wording.protected import contrasting, function_words, protect, stem, table
from claimdesk.wording.wording import Tok, restyled

SPLICE_RUN = 3  # words left out without a mark that make a join (domain rule: section 3.5, step 5)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its label, the two places, and a sentence that quotes both.

    ``outcome`` is set where the label alone does not decide it; ``flag`` asks for a person's eye.
    """

    label: str
    claim: Span
    evidence: Span
    detail: str
    outcome: Outcome | None = None
    flag: bool = False
    sides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # the differing words in comparable form


def shown(text: str, span: Span, limit: int = 120) -> str:
    """The words of a span on one line, cut in the middle when they are long."""
    words = " ".join(span.of(text).split())
    return words if len(words) <= limit else f"{words[: limit // 2].rstrip()} … {words[-limit // 2 :].lstrip()}"


def span_of(toks: Sequence[Tok]) -> Span:
    """From the first word to the last one."""
    return Span(toks[0].span.start, toks[-1].span.end)


@dataclass(frozen=True)
class Script:
    """A quotation beside its source: the words of both, and how they were fitted."""

    claim_text: str
    quote: Sequence[Tok]
    source_text: str
    source: Sequence[Tok]
    fit: Fit
    wild: frozenset[int] = frozenset()
    optional: frozenset[int] = frozenset()
    headline: bool = False

    def changes(self) -> list[Change]:
        """Every difference in order of place; equal words in another style count as permitted edits."""
        found: list[Change] = []
        left: list[int] = []
        right: list[int] = []
        for mine, theirs in [*self.fit.pairs, (-1, -1)]:
            same = mine is not None and theirs is not None and (mine < 0 or self._equal(mine, theirs))
            if mine is not None and mine in self.wild:
                continue  # brackets are read on their own
            if not same:
                if mine is not None:
                    left.append(mine)
                if theirs is not None:
                    right.append(theirs)
                continue
            if left or right:
                found.append(self._region(left, right))
                left, right = [], []
            if mine is not None and theirs is not None and mine >= 0:
                found.extend(self._style(mine, theirs))
        return found

    def matched(self) -> list[tuple[int, int]]:
        """The pairs of equal words."""
        return [
            (mine, theirs)
            for mine, theirs in self.fit.pairs
            if mine is not None and theirs is not None and mine not in self.wild and self._equal(mine, theirs)
        ]

    def _equal(self, mine: int, theirs: int) -> bool:
        return agree(self.quote[mine], self.source[theirs])

    def _style(self, mine: int, theirs: int) -> list[Change]:
        ours, other = self.quote[mine], self.source[theirs]
        if not restyled(self.claim_text, ours, self.source_text, other):
            return []
        detail = f'The quote writes "{ours.span.of(self.claim_text)}" for "{other.span.of(self.source_text)}".'
        return [Change("PERMITTED_EDIT", ours.span, other.span, detail)]

    def _region(self, left: list[int], right: list[int]) -> Change:
        """One stretch where the two sides differ."""
        quote = [self.quote[index] for index in left]
        source = [self.source[index] for index in right if not self.source[index].aside]
        kept = [index for index in left if index not in self.optional]
        claim_place = span_of(quote) if quote else self._around_claim(right[0])
        source_place = self._place(right) if right else self._around_source(left[0])
        detail = self._detail(quote, right, claim_place, source_place)
        label = self._label([self.quote[index] for index in kept], source, right)
        sides = tuple(tok.norm for tok in quote), tuple(tok.norm for tok in source)
        return Change(label, claim_place, source_place, detail, sides=sides)

    def _label(self, quote: list[Tok], source: list[Tok], right: list[int]) -> str:
        if not quote and (not source or self._hesitation(right)):
            return "PERMITTED_EDIT"
        sentences = {tok.sentence for tok in source}
        crossing = bool(right) and self._crosses(right)
        if crossing or len(source) - len(quote) >= SPLICE_RUN or len(sentences) > 1:
            return "SPLICED"
        ours, theirs = self._classes(quote, self.quote), self._classes(source, self.source)
        if sorted(ours) != sorted(theirs):
            return "ALTERED_MATERIAL"
        if self.headline or _only_grammar(quote, source):
            return "ALTERED_MINOR"  # a headline may paraphrase, protected words apart
        return "ALTERED_MATERIAL"

    def _classes(self, toks: list[Tok], within: Sequence[Tok]) -> list[str]:
        """The protected words among these, read in their context (about 15, sort of)."""
        if not toks:
            return []
        start = next(index for index, tok in enumerate(within) if tok is toks[0])
        norms = [tok.norm for tok in within[start : start + len(toks) + 3]]
        found = protect(norms)[: len(toks)]
        return [f"{name}:{norm}" for name, norm in zip(found, norms, strict=False) if name]

    def _crosses(self, right: list[int]) -> bool:
        """Whether words left out hold a sentence's end that the quote does not show."""
        before = self.source[right[0] - 1].sentence if right[0] > 0 else self.source[right[0]].sentence
        after = self.source[right[-1] + 1].sentence if right[-1] + 1 < len(self.source) else before
        return before != after and right[0] > self.fit.start and not self._hesitation(right)

    def _hesitation(self, right: list[int]) -> bool:
        """Whether the source words are only sounds, asides or a restart: *we, um, we will*."""
        rest = [index for index in right if not self.source[index].aside]
        norms = [self.source[index].norm for index in rest]
        lists = table()["disfluency"]
        keep: list[int] = []
        at = 0
        while at < len(norms):
            phrase = next((p.split() for p in lists["phrases"] if norms[at : at + len(p.split())] == p.split()), None)
            if norms[at] in lists["sounds"]:
                at += 1
            elif phrase and self._set_off(rest[at], rest[at + len(phrase) - 1]):
                at += len(phrase)
            else:
                keep.append(rest[at])
                at += 1
        if not keep:
            return True
        said = [self.source[index].norm for index in keep]
        after = [tok.norm for tok in self.source[right[-1] + 1 : right[-1] + 1 + len(said)]]
        before = [tok.norm for tok in self.source[max(0, right[0] - len(said)) : right[0]]]
        return len(said) <= 6 and said in (after, before)

    def _set_off(self, first: int, last: int) -> bool:
        """Whether commas or dashes set a phrase off, so that it is a filler and not the verb of the clause."""
        start, end = self.source[first].span.start, self.source[last].span.end
        around = self.source_text[max(0, start - 3) : start] + self.source_text[end : end + 2]
        return any(mark in around for mark in ",—–-")

    def _place(self, right: list[int]) -> Span:
        return Span(self.source[right[0]].span.start, self.source[right[-1]].span.end)

    def _around_claim(self, right: int) -> Span:
        """The quoted words on both sides of something that is missing there."""
        pairs = self.matched()
        before = max((mine for mine, theirs in pairs if theirs < right), default=0)
        after = min((mine for mine, theirs in pairs if theirs > right), default=len(self.quote) - 1)
        return span_of(self.quote[before : after + 1])

    def _around_source(self, left: int) -> Span:
        pairs = self.matched()
        before = max((theirs for mine, theirs in pairs if mine < left), default=self.fit.start)
        after = min((theirs for mine, theirs in pairs if mine > left), default=max(self.fit.end - 1, before))
        return span_of(self.source[before : after + 1])

    def _detail(self, quote: list[Tok], right: list[int], claim_place: Span, source_place: Span) -> str:
        if not quote:
            low, high = max(right[0] - 1, 0), min(right[-1] + 2, len(self.source))
            around = shown(self.source_text, span_of(self.source[low:high]))
            return f'The source has "{around}"; the quote drops "{shown(self.source_text, source_place)}".'
        added = shown(self.claim_text, claim_place)
        there = shown(self.source_text, source_place)
        return (
            f'The quote has "{added}"; the source has "{there}".'
            if right
            else f'The quote adds "{added}"; the source has "{there}".'
        )


def agree(ours: Tok, theirs: Tok) -> bool:
    """Whether two comparable words are the same, a masked word included (``d---`` and ``damn``)."""
    if ours.mask is not None or theirs.mask is not None:
        if ours.mask is not None and theirs.mask is not None:
            return (ours.norm, ours.mask) == (theirs.norm, theirs.mask)
        masked, full = (ours, theirs) if ours.mask is not None else (theirs, ours)
        return full.norm.startswith(masked.norm) and full.norm.endswith(masked.mask or "")
    return ours.norm == theirs.norm


def _only_grammar(quote: list[Tok], source: list[Tok]) -> bool:
    """Whether only function words and inflection differ, and none that says who, where or why."""
    grammar, groups = function_words(), contrasting()
    ours = sorted(stem(tok.norm) for tok in quote if tok.norm not in grammar)
    theirs = sorted(stem(tok.norm) for tok in source if tok.norm not in grammar)
    if ours != theirs:
        return False
    mine = {groups[tok.norm] for tok in quote if tok.norm in groups}
    other = {groups[tok.norm] for tok in source if tok.norm in groups}
    return not (mine ^ other) or (_determiners(quote) and _determiners(source))


def _determiners(toks: list[Tok]) -> bool:
    """Whether the words only point: *them workers* for *those workers*."""
    return all(tok.norm in ("the", "this", "that", "these", "those", "them") for tok in toks)
