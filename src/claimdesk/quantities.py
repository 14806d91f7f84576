"""Numbers in running text, as intervals of Decimals."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.model import Quantity, Span


def find_quantities(text: str, skip: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """Every quantity of a text in order; nothing inside a ``skip`` span (dates) counts."""
    return ()
