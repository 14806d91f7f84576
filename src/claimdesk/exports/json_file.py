"""The whole report as JSON with what people made of it, and the way back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Checked, Report
from claimdesk.report import from_json, to_json
from claimdesk.review import Decision, Question, Review, decision_from_json, decision_to_json, review


def write_json(report: Report, decisions: Sequence[Decision] = ()) -> str:
    """The report in the contract's shape. With decisions, the log stands under ``decisions``.

    A claim that people wrote about has a ``review`` with what is in force: the state, each reviewer's decision,
    changes, outside evidence and questions. ``read_json`` gives report and log back.
    """
    data = to_json(report)
    if decisions:
        decided = review(report, decisions)
        for checked, claim in zip(report.claims, data["claims"], strict=True):
            if made := _review(decided, checked):
                claim["review"] = made
        if general := _dossier(decided, None):
            data["review"] = general
        data["signed_off"] = decision_to_json(decided.signed) if decided.signed and decided.is_closed(report) else None
        data["decisions"] = [decision_to_json(line) for line in decisions]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def read_json(text: str) -> tuple[Report, tuple[Decision, ...]]:
    """Report and log of ``write_json``; writing them again gives the same file.

    Raises ClaimdeskError for a file that is no report.
    """
    try:
        data = json.loads(text)
        report = from_json(data)
        return report, tuple(map(decision_from_json, data.get("decisions", ())))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ClaimdeskError(f"This is not a Claimdesk report ({type(error).__name__}).") from error


def _review(decided: Review, checked: Checked) -> dict[str, Any]:
    made, rating = decided.of(checked), decided.rating(checked)
    dossier = _dossier(decided, checked)
    if not made and not dossier:
        return {}
    state = "disputed" if decided.is_disputed(checked) else "done" if decided.is_done(checked) else "open"
    latest = [decision_to_json(line) for line in made]
    return {"state": state, "rating": rating.value if rating else None, "decisions": latest, **dossier}


def _dossier(decided: Review, checked: Checked | None) -> dict[str, Any]:
    """Changes, evidence and questions in force, without keys where there is nothing."""
    dossier = decided.dossier(checked)
    parts = {
        "changes": [decision_to_json(line) for line in dossier.changes],
        "outside_evidence": [
            {"by": "person", **decision_to_json(line)["evidence"], "reviewer": line.reviewer, "at": line.at}
            for line in dossier.outside
        ],
        "questions": [_question(question) for question in dossier.questions],
    }
    return {key: value for key, value in parts.items() if value}


def _question(question: Question) -> dict[str, Any]:
    last = question.last.query
    return {
        "question": last.question if last else "",
        "answer": (last.answer if last else "") or None,
        "state": question.state.value,
        "to": (last.to if last else "") or None,
        "asked_by": question.asked.reviewer,
        "asked_at": question.asked.at,
        "answered_at": question.last.at if question.last is not question.asked else None,
    }
