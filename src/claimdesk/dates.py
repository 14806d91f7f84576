"""Date expressions, resolved against the text's own date."""

from __future__ import annotations

from datetime import date

from claimdesk.model import DateRef
from claimdesk.parse import Parsed


def find_dates(parsed: Parsed, anchor: date | None) -> tuple[DateRef, ...]:
    """Every date expression of a text in order, resolved against ``anchor``."""
    return ()
