"""Dates that only say what something is compared with: "22 percent more than in 2024"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimdesk.language.text import fold
from claimdesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEASURE = re.compile(
    r"(?i)\b(?:than|compared\s(?:with|to)|versus|relative\sto|as\s(?:many|much|high|low)\sas)\s"
    r"(?:(?:in|on|at|during|for|of|those|that|the|a|same|period|month|quarter|time)\s){0,6}$"
)


def is_compared(token: Token, text: str, span: Span) -> bool:
    """Whether the date at ``span``, with its root ``token``, belongs to what something is compared with."""
    return _measured_by(text, span) or _compared(token)


def _compared(token: Token) -> bool:
    """Whether a date belongs to a figure that another is measured by: "3,400 names, up from 2,900 in 2023"."""
    node = token
    for _ in range(5):
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return False
        if node.dep_ == "pobj" and node.head.lower_ in ("from", "than", "against"):
            return any(low.pos_ == "NUM" for low in (node, *node.children))
        if node.lower_ in ("from", "than", "against") and node.pos_ in ("ADP", "SCONJ"):
            before = token.doc[node.i + 1 : token.i]
            return any(low.pos_ == "NUM" for low in before)
    return False


def _measured_by(text: str, span: Span) -> bool:
    """Whether the words before a date compare: "more than in 2024", "compared with the same month of last year"."""
    return bool(_MEASURE.search(fold(text[max(0, span.start - 50) : span.start])))
