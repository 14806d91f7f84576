"""Reported speech: direct, partial and indirect quotes, with speaker and cue."""

from __future__ import annotations

from claimdesk.model import Quote
from claimdesk.parse import Parsed


def find_quotes(parsed: Parsed) -> tuple[Quote, ...]:
    """Every quote of a text in order."""
    return ()
