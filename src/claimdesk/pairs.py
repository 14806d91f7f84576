"""Claim/evidence pairs as JSON lines: what ``judge`` reads and writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from claimdesk.analysis import Part
from claimdesk.entailment.judges import MeaningModel, load_judge
from claimdesk.judge import claim_subject, evidence_part, judge
from claimdesk.model import Judgement, Meta, Stance
from claimdesk.report import finding_to_json
from claimdesk.settings import Settings

_META_WORDS = ("title", "publisher", "speaker", "role", "org", "medium", "type", "kind", "url")
_UNDECIDED = {stance.value: 1.0 if stance is Stance.RELATED else 0.0 for stance in Stance}


def judge_lines(lines: Iterable[str], settings: Settings | None = None) -> Iterator[dict[str, Any]]:
    """One result for each line that is not blank, in order; a line that cannot be judged carries ``error``."""
    choices = settings or Settings()
    model = load_judge(choices.judge)
    for line in lines:
        if line.strip():
            yield judge_line(line, model)


def judge_line(line: str, model: MeaningModel) -> dict[str, Any]:
    """The result for one line of JSON."""
    name: Any = None
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError("the line is not a JSON object")
        name = row.get("id")
        return judgement_to_json(name, judge_row(row, model))
    except Exception as error:  # the contract: a line that cannot be judged never stops the run
        failed = {"stance": Stance.RELATED.value, "confidence": 0.0, "probabilities": _UNDECIDED, "findings": []}
        return {"id": name, **failed, "reason": "The line could not be judged.", "error": str(error)}


def judge_row(row: dict[str, Any], model: MeaningModel) -> Judgement:
    """The judgement of one pair. Raises ValueError for a row without claim or evidence, or with a wrong date."""
    claim, evidence = row.get("claim"), row.get("evidence")
    if not isinstance(claim, str) or not claim.strip():
        raise ValueError('"claim" must be a text that is not empty')
    if isinstance(evidence, str):
        evidence = [{"text": evidence}]
    if not isinstance(evidence, list) or not evidence:
        raise ValueError('"evidence" must be a text, or a list of {"text": ...}')
    about = meta_from(row.get("claim_meta") or {})
    if row.get("claim_date"):
        about = replace(about, date=date.fromisoformat(row["claim_date"]))
    shared = row.get("evidence_meta") or {}
    parts = [_part(piece, shared, index) for index, piece in enumerate(evidence)]
    return judge(claim_subject(claim, about), parts, model)


def _part(piece: Any, shared: dict[str, Any], index: int) -> Part:
    if isinstance(piece, str):
        piece = {"text": piece}
    if not isinstance(piece, dict) or not isinstance(piece.get("text"), str):
        raise ValueError(f'evidence {index} has no "text"')
    own = {**shared, **{key: value for key, value in piece.items() if key != "text" and value is not None}}
    turn = own.get("turn")
    return evidence_part(piece["text"], meta_from(own), turn if isinstance(turn, int) else None, index)


def meta_from(values: dict[str, Any]) -> Meta:
    """Meta from loose JSON: unknown keys are ignored. Raises ValueError for a date that is not a day."""
    words = {key: str(values[key]) for key in _META_WORDS if values.get(key)}
    day = date.fromisoformat(str(values["date"])) if values.get("date") else None
    return Meta(**words, date=day)  # type: ignore[arg-type]


def judgement_to_json(name: Any, judgement: Judgement) -> dict[str, Any]:
    """A judgement as ``judge`` prints it."""
    return {
        "id": name,
        "stance": judgement.stance.value,
        "confidence": round(judgement.confidence, 4),
        "probabilities": {key: round(value, 4) for key, value in judgement.probabilities.items()},
        "reason": judgement.reason,
        "findings": [finding_to_json(finding) for finding in judgement.findings],
    }
