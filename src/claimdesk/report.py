"""Report to JSON and back, without losing anything; the format is schema 1, and keys are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from claimdesk.errors import ClaimdeskError
from claimdesk.model import (
    Checked,
    Claim,
    Cue,
    DateRef,
    Document,
    Evidence,
    Finding,
    Form,
    Hedge,
    Inconsistency,
    Kind,
    Location,
    Mention,
    Meta,
    Outcome,
    Quantity,
    Quote,
    QuoteType,
    Report,
    Source,
    Span,
    Stance,
    Verdict,
)

SCHEMA = 1
Json = dict[str, Any]

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


def to_json(report: Report) -> Json:
    """The report as JSON values, in the order of the contract; ``from_json`` gives the same report back.

    ``settings`` must hold JSON values. Besides the contract's keys, texts carry their ``content``, so that the
    offsets of evidence can be resolved, and what is needed to read the report back.
    """
    text = report.text.text
    return {
        "schema": SCHEMA,
        "created": report.created,
        "claimdesk": report.version,
        "settings": dict(report.settings),
        "text": _document_out(report.text),
        "sources": [_source_out(source, report.passages.get(source.id)) for source in report.sources],
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
        sources=tuple(_source_in(source) for source in data["sources"]),
        claims=tuple(_checked_in(claim) for claim in data["claims"]),
        internal=tuple(_inconsistency_in(found) for found in data.get("internal", ())),
        passages={source["id"]: source["passages"] for source in data["sources"] if source["passages"] is not None},
        notes=tuple(data.get("notes", ())),
    )


def extract_to_json(text: Document, claims: Iterable[Claim]) -> Json:
    """The output of ``extract``: a text with its claims, before any source is looked at."""
    return {
        "schema": SCHEMA,
        "text": text.text,
        "text_sha256": text.sha256,
        "date": _day_out(text.meta.date),
        "claims": [claim_to_json(claim, text.text) for claim in claims],
    }


def claim_to_json(claim: Claim, text: str) -> Json:
    """A claim as ``extract`` prints it; ``text`` is the whole text, which the counted noun is read from."""
    return {
        "id": claim.id,
        "kind": claim.kind.value,
        **_place(claim.span),
        "text": claim.text,
        "sentence": _place(claim.sentence),
        "worthiness": claim.worthiness,
        "speaker": claim.speaker and _mention_out(claim.speaker),
        "quantity": claim.quantity and _quantity_out(claim.quantity, text),
        "quote": claim.quote and _quote_out(claim.quote),
        "dates": [_date_out(found) for found in claim.dates],
        "context": list(claim.context),
        "claim_flags": list(claim.flags),
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
        "claim_span": _pair(finding.claim_span),
        "evidence_span": _pair(finding.evidence_span),
        "detail": finding.detail,
        "claim_value": finding.claim_value,
        "evidence_value": finding.evidence_value,
        "part": finding.part,
        "flag": finding.flag,
    }


# --- texts and sources: out and in --------------------------------------------------------------------


def _meta_out(meta: Meta) -> Json:
    return {name: getattr(meta, name) for name in _META} | {"date": _day_out(meta.date)}


def _meta_in(data: Json) -> Meta:
    return Meta(**{name: data[name] for name in _META if name != "date"}, date=_day_in(data["date"]))


def _document_out(document: Document) -> Json:
    return {
        **_meta_out(document.meta),
        "sha256": document.sha256,
        "name": document.name,
        "format": document.format,
        "places": [[offset, _location_out(place)] for offset, place in document.marks],
        "furniture": [_pair(span) for span in document.furniture],
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


def _source_out(source: Source, passages: int | None) -> Json:
    unread: Json = dict.fromkeys(("title", "publisher", "date", "url", "sha256"))
    document = unread if source.document is None else _document_out(source.document)
    head = {"id": source.id, "path": source.path, "passages": passages, "error": source.error}
    return {"id": source.id, **document, **head}


def _source_in(data: Json) -> Source:
    document = _document_in(data) if "content" in data else None
    return Source(id=data["id"], path=data["path"], document=document, error=data["error"])


# --- claims: out and in -------------------------------------------------------------------------------


def _mention_out(mention: Mention) -> Json:
    names = {"name": mention.name, "role": mention.role, "org": mention.org, "ambiguous": mention.ambiguous}
    return {"text": mention.text, **_place(mention.span), **names}


def _mention_in(data: Json) -> Mention:
    return Mention(span=_span_in(data), **{key: data[key] for key in ("text", "name", "role", "org", "ambiguous")})


def _quantity_out(quantity: Quantity, text: str) -> Json:
    return {
        "text": quantity.text,
        **_place(quantity.span),
        "low": _number_out(quantity.low),
        "high": _number_out(quantity.high),
        "low_open": quantity.low_open,
        "high_open": quantity.high_open,
        "unit": quantity.unit,
        "item": quantity.noun.of(text) if quantity.noun else None,
        "number": _pair(quantity.number),
        "values": [_number_out(value) for value in quantity.values],
        "granule": _number_out(quantity.granule),
        "form": quantity.form.value,
        "hedge": quantity.hedge.value,
        "of": quantity.of and [_number_out(value) for value in quantity.of],
        "per": quantity.per,
        "soft": quantity.soft,
        "noun": _pair(quantity.noun),
    }


def _quantity_in(data: Json) -> Quantity:
    return Quantity(
        span=_span_in(data),
        text=data["text"],
        number=Span(*data["number"]),
        low=None if data["low"] is None else Decimal(data["low"]),
        high=None if data["high"] is None else Decimal(data["high"]),
        low_open=data["low_open"],
        high_open=data["high_open"],
        values=tuple(map(Decimal, data["values"])),
        granule=Decimal(data["granule"]),
        unit=data["unit"],
        form=Form(data["form"]),
        hedge=Hedge(data["hedge"]),
        of=(Decimal(data["of"][0]), Decimal(data["of"][1])) if data["of"] else None,
        per=data["per"],
        soft=data["soft"],
        noun=Span(*data["noun"]) if data["noun"] else None,
    )


def _quote_out(quote: Quote) -> Json:
    cue = quote.cue
    return {
        "type": quote.type.value,
        "content": [_place(span) for span in quote.content],
        "cue": cue and {"text": cue.text, **_place(cue.span), "lemma": cue.lemma, "group": cue.group},
        "outer": [_place(span) for span in quote.outer],
        "speaker": quote.speaker and _mention_out(quote.speaker),
        "confidence": quote.confidence,
        "medium": quote.medium,
        "via": quote.via,
        "target": quote.target,
        "flags": list(quote.flags),
    }


def _quote_in(data: Json) -> Quote:
    cue = data["cue"]
    return Quote(
        type=QuoteType(data["type"]),
        content=tuple(_span_in(span) for span in data["content"]),
        outer=tuple(_span_in(span) for span in data["outer"]),
        speaker=_mention_in(data["speaker"]) if data["speaker"] else None,
        cue=Cue(_span_in(cue), cue["text"], cue["lemma"], cue["group"]) if cue else None,
        confidence=data["confidence"],
        medium=data["medium"],
        via=data["via"],
        target=data["target"],
        flags=tuple(data["flags"]),
    )


def _date_out(found: DateRef) -> Json:
    return {
        "text": found.text,
        **_place(found.span),
        "from": _day_out(found.first),
        "to": _day_out(found.last),
        "grain": found.grain,
        "relation": found.relation,
        "anchor": found.anchor,
        "alternatives": [[first.isoformat(), last.isoformat()] for first, last in found.alternatives],
        "fuzzy": found.fuzzy,
        "problem": found.problem,
    }


def _date_in(data: Json) -> DateRef:
    return DateRef(
        span=_span_in(data),
        first=_day_in(data["from"]),
        last=_day_in(data["to"]),
        alternatives=tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in data["alternatives"]),
        **{key: data[key] for key in ("text", "grain", "relation", "anchor", "fuzzy", "problem")},
    )


def _checked_in(data: Json) -> Checked:
    claim = Claim(
        id=data["id"],
        kind=Kind(data["kind"]),
        span=_span_in(data),
        text=data["text"],
        sentence=_span_in(data["sentence"]),
        worthiness=data["worthiness"],
        speaker=_mention_in(data["speaker"]) if data["speaker"] else None,
        quantity=_quantity_in(data["quantity"]) if data["quantity"] else None,
        quote=_quote_in(data["quote"]) if data["quote"] else None,
        dates=tuple(_date_in(found) for found in data["dates"]),
        context=tuple(data["context"]),
        flags=tuple(data["claim_flags"]),
    )
    return Checked(
        claim=claim,
        verdict=Verdict(data["verdict"]),
        reason=data["reason"],
        confidence=data["confidence"],
        evidence=tuple(_evidence_in(evidence) for evidence in data["evidence"]),
        flags=tuple(data["flags"]),
    )


# --- evidence and findings: out and in ----------------------------------------------------------------


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
    )


def _inconsistency_out(found: Inconsistency) -> Json:
    return {"label": found.label, "detail": found.detail, "first": _place(found.first), "second": _place(found.second)}


def _inconsistency_in(data: Json) -> Inconsistency:
    return Inconsistency(data["label"], data["detail"], _span_in(data["first"]), _span_in(data["second"]))


# --- places, numbers and days -------------------------------------------------------------------------


def _place(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span_in(data: Json) -> Span:
    return Span(data["start"], data["end"])


def _spans_in(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def _location_out(place: Location) -> Json:
    return asdict(place)


def _number_out(value: Decimal | None) -> str | None:
    if value is None:
        return None
    # Plain digits for anything that a person would write; "1E+90" stays as it is.
    return format(value, "f") if abs(value.adjusted()) < 60 else str(value)


def _day_out(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_in(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
