"""Quotation marks paired on characters, before anything else looks at the text."""

from __future__ import annotations

from dataclasses import dataclass

from claimdesk.model import Span


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


def pair_marks(text: str) -> tuple[Marked, ...]:
    """Every stretch of a text in quotation marks, outermost first, in order of place."""
    found, opened = [], None
    for index, char in enumerate(text):
        if char in '“"' and opened is None:
            opened = index
        elif char in '”"' and opened is not None:
            found.append(Marked(Span(opened, index + 1), Span(opened + 1, index)))
            opened = None
    return tuple(found)
