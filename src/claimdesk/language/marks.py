"""Quotation marks paired on characters, before anything else looks at the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claimdesk.language.text import paragraphs
from claimdesk.model import Span

_DEEPEST = 3  # levels that are followed; deeper marks are left alone, so that hostile text stays linear
_MARK = re.compile(r"``|''|[“”„‟\"«»‘’‚']")
_BEFORE_OPENER = frozenset("([{—–-―/“«„‘\"'‚")
# Elisions that are written with a mark in front: 'tis, rock 'n' roll, give 'em hell, the '90s.
_ELISION = re.compile(
    r"['‘’](?:\d\ds?\b|(?:tis|twas|twere|em|til|till|cause|bout|round|n|neath|twill|kay|sup|hood|burbs)\b)", re.I
)
_INCHES = re.compile(r"\d\s?['′’]\s?\d{1,2}$|\d\s?[x×]\s?\d{1,3}$")
_LINE_START = re.compile(r"(?:^|\n)[^\S\n]*$")
_OPENERS = frozenset({"“", "„", "«", "‘", "‚", "``"})
_SINGLE = frozenset("‘’‚'")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in quotation marks. ``outer`` covers the marks, ``inner`` the words between them.

    ``depth`` is 0 for outer marks, 1 for marks inside marks. ``unclosed``: the mark was never closed and the
    paragraph's end was taken. ``continues``: the next paragraph opens again (a running quote).
    """

    outer: Span
    inner: Span
    depth: int = 0
    unclosed: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark that may open or close words: where it stands and what its surroundings allow."""

    start: int
    end: int
    glyph: str
    opens: bool
    closes: bool
    leads: bool  # first on its line

    @property
    def single(self) -> bool:
        return self.glyph in _SINGLE


def pair_marks(text: str) -> tuple[Marked, ...]:
    """Every stretch of a text in quotation marks, outermost first, in order of place.

    Never raises. Apostrophes are told from single marks by their neighbors, levels by nesting and not by glyph.

    >>> [pair.inner.of("“The soldiers’ kin said ‘no’.”") for pair in pair_marks("“The soldiers’ kin said ‘no’.”")]
    ['The soldiers’ kin said ‘no’.', 'no']
    """
    found: list[Marked] = []
    blocks = paragraphs(text)
    for index, block in enumerate(blocks):
        follower = text[blocks[index + 1].start] if index + 1 < len(blocks) else ""
        found.extend(_pairs(text, block, follower))
    return tuple(sorted(found, key=lambda pair: (pair.outer.start, -pair.outer.end)))


def _pairs(text: str, block: Span, follower: str) -> list[Marked]:
    """The pairs of one paragraph; ``follower`` is the first character of the next paragraph."""
    found: list[Marked] = []
    opened: list[_Mark] = []
    marks = list(_candidates(text, block))
    closers_left = sum(1 for mark in marks if mark.single and mark.closes)
    for position, mark in enumerate(marks):
        if mark.single and mark.closes:
            closers_left -= 1
        if mark.leads and mark.opens and opened and _same_level(opened[0], mark):
            found.extend(_abandon(text, opened, mark.start, continues=True))
            opened = []
        partner = _partner(opened, mark)
        if partner is not None and not _is_possessive(text, mark, marks, position):
            for depth in range(len(opened) - 1, partner, -1):
                if not opened[depth].single:
                    found.append(_close(text, opened[depth], mark.start, depth, unclosed=True))
            found.append(Marked(Span(opened[partner].start, mark.end), Span(opened[partner].end, mark.start), partner))
            del opened[partner:]
        elif mark.opens and len(opened) < _DEEPEST and (not mark.single or mark.glyph == "‘" or closers_left > 0):
            opened.append(mark)
    if opened:
        continues = bool(follower) and _MARK.match(follower) is not None and _can_continue(opened[0], follower)
        found = _settle(found, opened[0]) if not continues else found
        found.extend(_abandon(text, opened, _first_promoted(found, opened[0], block.end), continues))
    return [pair for pair in found if pair.depth < 2 and len(pair.inner)]


def _candidates(text: str, block: Span) -> Iterator[_Mark]:
    """The marks of a paragraph that are not apostrophes, inches or elisions."""
    skip_until = block.start
    for match in _MARK.finditer(text, block.start, block.end):
        start, end, glyph = match.start(), match.end(), match.group()
        if start < skip_until:
            continue
        before = text[start - 1] if start > block.start else " "
        after = text[end] if end < block.end else " "
        if glyph in _SINGLE:
            if elision := _ELISION.match(text, start):
                if before.isspace() or before in _BEFORE_OPENER:
                    # rock 'n' roll: the second mark belongs to the elision as well.
                    skip_until = elision.end() + (elision.group()[1:].casefold() == "n")
                    continue
            if before.isalnum() and after.isalnum():
                continue
        if glyph == '"' and before.isdigit() and _INCHES.search(text[max(block.start, start - 8) : start]):
            continue
        free_before = before.isspace() or before in _BEFORE_OPENER
        free_after = after.isspace() or not after.isalnum()
        if glyph in _OPENERS:
            # A wrong-way glyph: “ at the end of a word closes what is open (German order „ “ included).
            closes = not free_before and free_after and glyph in "“‘«"
            opens = not after.isspace() and not (closes and after in ",.;:!?)")
        elif glyph in "”»’":
            closes = not (free_before and before.isspace() and not after.isspace() and after not in ",.;:!?)")
            opens = not closes and after.isalnum() and glyph != "’"
        else:
            opens = free_before and not after.isspace() and after not in ",.;:!?)"
            closes = not opens or not before.isspace() and free_after
        if glyph in _SINGLE and closes and before.isspace():
            closes = False
        if opens or closes:
            leads = before in "\n " and _LINE_START.search(text[max(0, start - 12) : start]) is not None
            yield _Mark(start, end, glyph, opens, closes, leads or start == block.start)


def _partner(opened: list[_Mark], mark: _Mark) -> int | None:
    """The index of the open mark that this one closes, None where it closes nothing."""
    if not mark.closes:
        return None
    for index in range(len(opened) - 1, -1, -1):
        if opened[index].single == mark.single:
            # „Ja“ and “yes“ close with an opener's glyph; a straight mark that may do both closes what is open.
            return index
        if mark.single:
            return None
    return None


def _is_possessive(text: str, mark: _Mark, marks: list[_Mark], position: int) -> bool:
    """Whether a closing single mark is rather the apostrophe of a plural: the soldiers’ families.

    It is when a lower-case word follows and another single mark that closes comes before the next that opens.
    """
    if (
        not mark.single
        or text[mark.start - 1] not in "sxzS"
        or not text[mark.end : mark.end + 2].lstrip(" ")[:1].islower()
    ):
        return False
    for later in marks[position + 1 : position + 9]:
        if later.single:
            return later.closes and not later.opens
    return False


def _same_level(first: _Mark, mark: _Mark) -> bool:
    return first.single == mark.single and mark.start > first.start


def _can_continue(first: _Mark, follower: str) -> bool:
    """Whether the next paragraph's first mark opens the quote again (“ after “, ‘ after ‘, any double after any)."""
    return (follower in "‘'") == first.single and follower not in "”»’"


def _close(text: str, mark: _Mark, end: int, depth: int, unclosed: bool = False, continues: bool = False) -> Marked:
    stop = mark.end + len(text[mark.end : end].rstrip())
    return Marked(Span(mark.start, stop), Span(mark.end, stop), depth, unclosed, continues)


def _abandon(text: str, opened: list[_Mark], end: int, continues: bool) -> list[Marked]:
    """Close what is still open at the end of a paragraph. A lone single mark is an apostrophe, not a quote."""
    first = opened[0]
    if first.single and not continues and not (first.glyph == "‘" and first.leads):
        return []
    closed = _close(text, first, end, 0, unclosed=not continues, continues=continues)
    return [closed] if closed.inner.end > closed.inner.start else []


def _settle(found: list[Marked], first: _Mark) -> list[Marked]:
    """After a mark that was never closed, pairs of the same glyph that follow are quotes of their own."""
    return [
        replace(pair, depth=pair.depth - 1) if pair.outer.start > first.start and pair.depth > 0 else pair
        for pair in found
    ]


def _first_promoted(found: list[Marked], first: _Mark, end: int) -> int:
    return min((pair.outer.start for pair in found if pair.outer.start > first.start), default=end)
