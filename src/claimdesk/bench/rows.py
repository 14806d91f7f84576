"""Labelled rows of any of the known schemes, read from JSON lines."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from claimdesk.errors import ClaimdeskError

Figures = dict[str, Any]

# How other labels map onto stances (contract, Words): what a pair may at most be called.
LABELS = {
    "supports": "supports",
    "supported": "supports",
    "conflicts": "conflicts",
    "conflict": "conflicts",
    "superseded": "conflicts",
    "nei": "related",
    "related": "related",
    "not_enough": "related",
    "disputed": "related",
    "not_supports": "not_supports",
    "no_check": "no_check",
}


def as_pair(row: Figures) -> Figures:
    """A row of any of the label schemes as a pair of ``judge`` with its ``gold`` stance and ``fine`` label."""
    label = str(row.get("label") or row.get("verdict") or "").casefold()
    if label not in LABELS:
        raise ClaimdeskError(f"Unknown label {label!r}; use supports, conflicts, nei or not_supports.")
    meta = row.get("source_meta") or {}
    return {
        "id": row.get("id"),
        "claim": row.get("claim") or row.get("text"),
        "evidence": row.get("evidence") or row.get("source"),
        "claim_date": row.get("claim_date") or row.get("article_date") or meta.get("claim_date"),
        "claim_meta": row.get("claim_meta"),
        "evidence_meta": row.get("evidence_meta") or meta,
        "claim_id": row.get("claim_id"),
        "gold": LABELS[label],
        "fine": str(row.get("expected") or label),
    }


def read_rows(path: Path) -> list[Figures]:
    """The JSON objects of a file. Raises ClaimdeskError that names the file and the line."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise ClaimdeskError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise ClaimdeskError(f"{path} is not UTF-8 text. Save it as UTF-8 JSON lines.") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            rows += [json.loads(line)] if line.strip() else []
        except ValueError as error:
            raise ClaimdeskError(f"{path} line {number} is not JSON: {error}") from error
    return rows


def half_of(identity: object) -> str:
    """``A`` or ``B``, by the sha256 of an id: thresholds are chosen on A, figures are of B."""
    return "AB"[int(hashlib.sha256(str(identity).encode()).hexdigest()[:8], 16) & 1]
