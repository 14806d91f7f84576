"""The questions asked of a claim and its evidence: one function each, with a docstring that users read.

A check takes the subject (the claim's side) and the pieces of evidence, and returns findings. It never sees a
score or another check's result. To add one: write the function, add a row to ``CHECKS``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claimdesk.analysis import Part, Subject
from claimdesk.checks.dates import check_dates
from claimdesk.checks.groups import check_groups
from claimdesk.checks.indirect import check_indirect
from claimdesk.checks.names import check_names
from claimdesk.checks.near_copy import check_near_copy
from claimdesk.checks.numbers import check_numbers
from claimdesk.checks.quotes import check_quotes
from claimdesk.checks.speaker import check_speaker
from claimdesk.checks.superlatives import check_superlatives
from claimdesk.model import Finding


@dataclass(frozen=True, slots=True)
class Check:
    """A named question. ``run`` answers it; its docstring is the description that the page shows."""

    name: str
    run: Callable[[Subject, Sequence[Part]], list[Finding]]

    @property
    def description(self) -> str:
        """The check's docstring, as users read it."""
        return " ".join((self.run.__doc__ or "").split())


CHECKS: tuple[Check, ...] = (
    Check("quotes", check_quotes),
    Check("quotes", check_indirect),
    Check("speaker", check_speaker),
    Check("numbers", check_numbers),
    Check("numbers", check_groups),
    Check("superlatives", check_superlatives),
    Check("names", check_names),
    Check("dates", check_dates),
    Check("words", check_near_copy),
)
