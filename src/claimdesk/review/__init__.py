"""What people make of a report: an append-only log, and the claims that its lines still belong to.

The log is the contract's ``decisions.jsonl``. A line is never changed: who thinks again writes another one. The
machine's verdict and a person's decision stand side by side; neither replaces the other.
"""

from __future__ import annotations

from claimdesk.review.amend import Amended, Wanted, amend, unreached
from claimdesk.review.lines import (
    Action,
    Anchor,
    Asked,
    Change,
    Choice,
    Decision,
    Outside,
    Query,
    Way,
    decision_from_json,
    decision_to_json,
)
from claimdesk.review.log import append_decision, read_decisions
from claimdesk.review.making import (
    add_claim,
    answer,
    ask,
    attach,
    decide,
    drop_claim,
    edit_claim,
    outside_evidence,
    sign_off,
    take_back,
    undo,
)
from claimdesk.review.places import CONTEXT, anchor, anchor_span, find_words
from claimdesk.review.standing import Dossier, OpenItem, Question, Review, claims_of, review, reviewers, taken_back

__all__ = [
    "CONTEXT",
    "Action",
    "Amended",
    "Anchor",
    "Asked",
    "Change",
    "Choice",
    "Decision",
    "Dossier",
    "OpenItem",
    "Outside",
    "Query",
    "Question",
    "Review",
    "Wanted",
    "Way",
    "add_claim",
    "amend",
    "anchor",
    "anchor_span",
    "answer",
    "append_decision",
    "ask",
    "attach",
    "claims_of",
    "decide",
    "decision_from_json",
    "decision_to_json",
    "drop_claim",
    "edit_claim",
    "find_words",
    "outside_evidence",
    "read_decisions",
    "review",
    "reviewers",
    "sign_off",
    "take_back",
    "taken_back",
    "undo",
    "unreached",
]
