"""Report to JSON and back, without losing anything; the format is schema 1, and keys are only ever added."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from claimdesk.claim_json import (
    Json,
    attributed_to_json,
    claim_from_json,
    claim_to_json,
    day_from_json,
    day_to_json,
    pair_to_json,
    place_to_json,
    span_from_json,
)
from claimdesk.errors import ClaimdeskError
from claimdesk.model import (
    Attributed,
    Checked,
    Claim,
    Document,
    Evidence,
    Finding,
    Inconsistency,
    Location,
    Meta,
    Outcome,
    Report,
    Source,
    Span,
    Stance,
    Verdict,
)

SCHEMA = 1
__all__ = [
    "SCHEMA",
    "checked_from_json",
    "checked_to_json",
    "claim_to_json",
    "dumps",
    "extract_to_json",
    "finding_to_json",
    "from_json",
    "loads",
    "report_id",
    "to_json",
]

_META = tuple(field.name for field in fields(Meta))


def dumps(report: Report) -> str:
    """The report as JSON text."""
    return json.dumps(to_json(report), ensure_ascii=False, indent=2) + "\n"


def loads(text: str) -> Report:
    """The report that ``dumps`` wrote. Raises ``ClaimdeskError`` where the text is no report."""
    try:
        return from_json(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ClaimdeskError(
            f"This is not a Claimdesk report of schema {SCHEMA}: {error}. Check the text again."
        ) from error


def report_id(report: Report) -> str:
    """The name of one finished check: another text, other sources or another time give another one."""
    digest = hashlib.sha256()
    for part in (
        report.created,
        report.text.sha256,
        *(source.document.sha256 for source in report.sources if source.document),
    ):
        digest.update(f"{len(part)}:{part}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def to_json(report: Report) -> Json:
    """The report as JSON values, in the order of the contract; ``from_json`` gives the same report back.

    ``settings`` must hold JSON values. Besides the contract's keys, texts carry their ``content``, so that the
    offsets of evidence can be resolved, and what is needed to read the report back.
    """
    text = report.text.text
    return {
        "schema": SCHEMA,
        "id": report_id(report),
        "created": report.created,
        "claimdesk": report.version,
        "settings": dict(report.settings),
        "text": _document_out(report.text),
        "sources": [source_to_json(source, report.passages.get(source.id)) for source in report.sources],
        "claims": [checked_to_json(checked, text) for checked in report.claims],
        "internal": [_inconsistency_out(found) for found in report.internal],
        "notes": list(report.notes),
    }


def from_json(data: Mapping[str, Any]) -> Report:
    """The report that ``to_json`` wrote. Raises ``ClaimdeskError`` for another schema."""
    if data.get("schema") != SCHEMA:
        raise ClaimdeskError(
            f"This report has schema {data.get('schema')!r}; this version of Claimdesk reads schema {SCHEMA}."
        )
    return Report(
        created=data["created"],
        version=data["claimdesk"],
        settings=dict(data["settings"]),
        text=_document_in(data["text"]),
        sources=tuple(source_from_json(source) for source in data["sources"]),
        claims=tuple(checked_from_json(claim) for claim in data["claims"]),
        internal=tuple(_inconsistency_in(found) for found in data.get("internal", ())),
        passages={source["id"]: source["passages"] for source in data["sources"] if source["passages"] is not None},
        notes=tuple(data.get("notes", ())),
    )


def extract_to_json(text: Document, claims: Iterable[Claim], attributions: Iterable[Attributed] = ()) -> Json:
    """The output of ``extract``: a text with its claims, before any source is looked at.

    ``attributions`` (who condemned, promised, wanted what) stand beside the claims: they are no claims.
    """
    return {
        "schema": SCHEMA,
        "text": text.text,
        "text_sha256": text.sha256,
        "date": day_to_json(text.meta.date),
        "claims": [claim_to_json(claim, text.text) for claim in claims],
        "attributions": [attributed_to_json(found, text.text) for found in attributions],
    }


def checked_to_json(checked: Checked, text: str) -> Json:
    """A checked claim: the claim with its verdict and evidence; ``flags`` are those that a person must see."""
    return {
        **claim_to_json(checked.claim, text),
        "verdict": checked.verdict.value,
        "reason": checked.reason,
        "confidence": checked.confidence,
        "flags": list(checked.flags),
        "evidence": [_evidence_out(evidence) for evidence in checked.evidence],
    }


def finding_to_json(finding: Finding) -> Json:
    """A finding as ``judge`` prints it."""
    return {
        "check": finding.check,
        "outcome": finding.outcome.value,
        "label": finding.label,
        "claim_span": pair_to_json(finding.claim_span),
        "evidence_span": pair_to_json(finding.evidence_span),
        "detail": finding.detail,
        "claim_value": finding.claim_value,
        "evidence_value": finding.evidence_value,
        "part": finding.part,
        "flag": finding.flag,
        "covers": [pair_to_json(span) for span in finding.covers],
    }


# --- texts and sources: out and in --------------------------------------------------------------------


def _meta_out(meta: Meta) -> Json:
    return {name: getattr(meta, name) for name in _META} | {"date": day_to_json(meta.date)}


def _meta_in(data: Json) -> Meta:
    return Meta(**{name: data[name] for name in _META if name != "date"}, date=day_from_json(data["date"]))


def _document_out(document: Document) -> Json:
    return {
        **_meta_out(document.meta),
        "sha256": document.sha256,
        "name": document.name,
        "format": document.format,
        "places": [[offset, _location_out(place)] for offset, place in document.marks],
        "furniture": [pair_to_json(span) for span in document.furniture],
        "notes": list(document.notes),
        "content": document.text,
    }


def _document_in(data: Json) -> Document:
    return Document(
        name=data["name"],
        text=data["content"],
        sha256=data["sha256"],
        format=data["format"],
        meta=_meta_in(data),
        marks=tuple((offset, Location(**place)) for offset, place in data["places"]),
        furniture=_spans_in(data["furniture"]),
        notes=tuple(data["notes"]),
    )


def source_to_json(source: Source, passages: int | None) -> Json:
    """A source with its text; ``passages`` is their number where it is known."""
    unread: Json = dict.fromkeys(("title", "publisher", "date", "url", "sha256"))
    document = unread if source.document is None else _document_out(source.document)
    head = {"id": source.id, "path": source.path, "passages": passages, "error": source.error}
    return {"id": source.id, **document, **head}


def source_from_json(data: Json) -> Source:
    """The source that ``source_to_json`` wrote."""
    document = _document_in(data) if "content" in data else None
    return Source(id=data["id"], path=data["path"], document=document, error=data["error"])


# --- checked claims, evidence and findings: out and in -------------------------------------------------


def checked_from_json(data: Json) -> Checked:
    """The checked claim that ``checked_to_json`` wrote."""
    return Checked(
        claim=claim_from_json(data),
        verdict=Verdict(data["verdict"]),
        reason=data["reason"],
        confidence=data["confidence"],
        evidence=tuple(_evidence_in(evidence) for evidence in data["evidence"]),
        flags=tuple(data["flags"]),
    )


def _evidence_out(evidence: Evidence) -> Json:
    return {
        "source": evidence.source,
        "stance": evidence.stance.value,
        "confidence": evidence.confidence,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "location": _location_out(evidence.location),
        "score": evidence.score,
        "reason": evidence.reason,
        "findings": [finding_to_json(finding) for finding in evidence.findings],
        "origin": evidence.origin,
        "later_than_text": evidence.later_than_text,
        "copied_from_text": evidence.copied_from_text,
    }


def _evidence_in(data: Json) -> Evidence:
    plain = ("source", "confidence", "start", "end", "text", "score", "reason", "origin")
    return Evidence(
        **{key: data[key] for key in plain},
        stance=Stance(data["stance"]),
        location=Location(**data["location"]),
        findings=tuple(_finding_in(finding) for finding in data["findings"]),
        later_than_text=data["later_than_text"],
        copied_from_text=data["copied_from_text"],
    )


def _finding_in(data: Json) -> Finding:
    plain = ("check", "label", "detail", "claim_value", "evidence_value", "part", "flag")
    return Finding(
        **{key: data[key] for key in plain},
        outcome=Outcome(data["outcome"]),
        claim_span=Span(*data["claim_span"]) if data["claim_span"] else None,
        evidence_span=Span(*data["evidence_span"]) if data["evidence_span"] else None,
        covers=_spans_in(data.get("covers", ())),
    )


def _inconsistency_out(found: Inconsistency) -> Json:
    return {
        "label": found.label,
        "detail": found.detail,
        "first": place_to_json(found.first),
        "second": place_to_json(found.second),
    }


def _inconsistency_in(data: Json) -> Inconsistency:
    return Inconsistency(data["label"], data["detail"], span_from_json(data["first"]), span_from_json(data["second"]))


def _spans_in(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def _location_out(place: Location) -> Json:
    return asdict(place)
