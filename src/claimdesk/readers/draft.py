"""A document while it is being read: pieces of text with their places, then one frozen Document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from claimdesk.errors import UnreadableFileError
from claimdesk.model import Document, Location, Meta, Span
from claimdesk.readers.limits import Limits, check_chars
from claimdesk.readers.meta import leading_date


@dataclass
class Draft:
    """Collects the text of one file, piece by piece, for formats whose text is ours to lay out.

    Blank lines part the pieces, so that no sentence runs from one paragraph, row or heading into the next.
    """

    name: str
    limits: Limits
    notes: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _marks: list[tuple[int, Location]] = field(default_factory=list)
    _furniture: list[Span] = field(default_factory=list)

    def add(self, text: str, place: Location, *, gap: str = "\n\n", furniture: bool = False) -> None:
        """Append a piece after ``gap`` (nothing at the very start); empty pieces are left out.

        Raises UnreadableFileError as soon as the text grows beyond ``max_chars``.
        """
        if not text:
            return
        if self._length:
            self._append(gap)
        if not self._marks or self._marks[-1][1] != place:
            self._marks.append((self._length, place))
        if furniture:
            self._furniture.append(Span(self._length, self._length + len(text)))
        self._append(text)
        check_chars(self.name, self._length, self.limits)

    def note(self, text: str) -> None:
        """Add something that a person should know, once."""
        if text not in self.notes:
            self.notes.append(text)

    def finish(self, form: str, meta: Meta) -> Document:
        """The frozen document; a date line at the very start counts as its date where none is known."""
        text = "".join(self.pieces)
        return document(
            self.name,
            text,
            form,
            meta,
            marks=tuple(self._marks),
            furniture=tuple(self._furniture),
            notes=tuple(self.notes),
        )

    def _append(self, text: str) -> None:
        self.pieces.append(text)
        self._length += len(text)


def document(
    name: str,
    text: str,
    form: str,
    meta: Meta,
    *,
    marks: tuple[tuple[int, Location], ...] = (),
    furniture: tuple[Span, ...] = (),
    notes: tuple[str, ...] = (),
) -> Document:
    """A document with its hash (sha256 of the UTF-8 of ``text``), furniture in order, and its leading date.

    Raises UnreadableFileError for a text without a visible character or with half a surrogate pair.
    """
    try:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as error:
        raise UnreadableFileError(
            f"{name} holds half a character (a lone surrogate at {error.start}); copy the text again."
        ) from error
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise UnreadableFileError(f"{name} has no text; give a file with words in it.")
    lead = len(text) - len(text.lstrip())
    after = max((span.end for span in furniture if span.start <= lead), default=0)
    in_table = bool(marks) and marks[0][1].row is not None  # "Date: 2025-04-18" is a cell there
    if not in_table and (found := leading_date(text, after)):
        span, day = found
        furniture += (span,)
        if meta.date is None:
            meta = replace(meta, date=day)
    in_order = tuple(sorted(furniture, key=lambda span: (span.start, span.end)))
    return Document(name, text, digest, form, meta, marks, in_order, notes)
