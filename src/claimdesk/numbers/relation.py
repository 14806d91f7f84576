"""How the claim's value relates to the source's, and how far a rounding may go."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from claimdesk.model import Outcome

ROUNDED = Decimal("0.025")  # a bare rounding up to this share of the value supports
COARSE = Decimal("0.10")  # up to this it decides nothing, beyond it conflicts


@dataclass(frozen=True, slots=True)
class Relation:
    """How the claim's value relates to the source's: the outcome, its label, and what to say about it."""

    outcome: Outcome
    label: str
    note: str = ""
    flag: bool = False
