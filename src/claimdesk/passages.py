"""Sources cut into passages: a sentence each, with its neighbors as the window that a check reads."""

from __future__ import annotations

from claimdesk.language.sentences import sentences
from claimdesk.model import Document, Passage, Source, Span

_MAX_SENTENCE = 1_200  # characters; a longer "sentence" is a table or a list without stops


def cut_passages(source: Source, neighbors: int = 1) -> tuple[Passage, ...]:
    """The passages of a source in order; none holds furniture, no window crosses a page's or turn's speaker.

    ``neighbors`` is the number of sentences on each side of the window. A source that could not be read
    has no passages.
    """
    document = source.document
    if document is None:
        return ()
    cores = [piece for span in prose(document) for piece in _pieces(span)]
    found = []
    for index, core in enumerate(cores):
        place = document.location(core.start)
        first, last = index, index
        while first > 0 and index - first < neighbors and _same_room(document, cores[first - 1], place):
            first -= 1
        while last + 1 < len(cores) and last - index < neighbors and _same_room(document, cores[last + 1], place):
            last += 1
        window = Span(cores[first].start, cores[last].end)
        if len(window) > 3 * _MAX_SENTENCE:
            window = core
        found.append(Passage(source.id, index, core, window))
    return tuple(found)


def prose(document: Document) -> tuple[Span, ...]:
    """The sentences of a document that are not furniture (front matter, a leading date)."""
    kept = []
    for span in sentences(document.text):
        for part in _without(span, document.furniture):
            if any(char.isalnum() for char in part.of(document.text)):
                kept.append(part)
    return tuple(kept)


def _without(span: Span, holes: tuple[Span, ...]) -> list[Span]:
    left, parts = span.start, []
    for hole in sorted(holes):
        if hole.end <= left or hole.start >= span.end:
            continue
        if hole.start > left:
            parts.append(Span(left, hole.start))
        left = max(left, hole.end)
    if left < span.end:
        parts.append(Span(left, span.end))
    return parts


def _pieces(span: Span) -> list[Span]:
    starts = range(span.start, span.end, _MAX_SENTENCE)
    return [Span(start, min(start + _MAX_SENTENCE, span.end)) for start in starts]


def _same_room(document: Document, other: Span, place: object) -> bool:
    """Whether two sentences may share a window: same row of a table, same speaker of a transcript."""
    location = document.location(other.start)
    return (location.row, location.sheet, location.speaker, location.turn) == (
        getattr(place, "row", None),
        getattr(place, "sheet", None),
        getattr(place, "speaker", None),
        getattr(place, "turn", None),
    )
