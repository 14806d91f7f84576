"""Claims with their slots (quantity, quote, dates, speaker) as JSON values, and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from claimdesk.model import (
    Attributed,
    Claim,
    Cue,
    DateRef,
    Form,
    Hedge,
    Kind,
    Mention,
    Quantity,
    Quote,
    QuoteType,
    Span,
)

Json = dict[str, Any]


def claim_to_json(claim: Claim, text: str) -> Json:
    """A claim as ``extract`` prints it; ``text`` is the whole text, which the counted noun is read from."""
    return {
        "id": claim.id,
        "kind": claim.kind.value,
        **place_to_json(claim.span),
        "text": claim.text,
        "sentence": place_to_json(claim.sentence),
        "worthiness": claim.worthiness,
        "speaker": claim.speaker and _mention_out(claim.speaker),
        "quantity": claim.quantity and _quantity_out(claim.quantity, text),
        "quote": claim.quote and _quote_out(claim.quote),
        "dates": [_date_out(found) for found in claim.dates],
        "context": list(claim.context),
        "claim_flags": list(claim.flags),
    }


def claim_from_json(data: Json) -> Claim:
    """The claim that ``claim_to_json`` wrote."""
    return Claim(
        id=data["id"],
        kind=Kind(data["kind"]),
        span=span_from_json(data),
        text=data["text"],
        sentence=span_from_json(data["sentence"]),
        worthiness=data["worthiness"],
        speaker=_mention_in(data["speaker"]) if data["speaker"] else None,
        quantity=_quantity_in(data["quantity"]) if data["quantity"] else None,
        quote=_quote_in(data["quote"]) if data["quote"] else None,
        dates=tuple(_date_in(found) for found in data["dates"]),
        context=tuple(data["context"]),
        flags=tuple(data["claim_flags"]),
    )


def attributed_to_json(found: Attributed, text: str) -> Json:
    """An attribution as ``extract`` prints it beside the claims; ``text`` is the whole text."""
    return {
        "content": {**place_to_json(found.content), "text": found.content.of(text)},
        "cue": _cue_out(found.cue),
        "speaker": found.speaker and _mention_out(found.speaker),
        "flags": list(found.flags),
    }


def _cue_out(cue: Cue) -> Json:
    return {"text": cue.text, **place_to_json(cue.span), "lemma": cue.lemma, "group": cue.group}


def _mention_out(mention: Mention) -> Json:
    names = {"name": mention.name, "role": mention.role, "org": mention.org, "ambiguous": mention.ambiguous}
    return {"text": mention.text, **place_to_json(mention.span), **names}


def _mention_in(data: Json) -> Mention:
    return Mention(
        span=span_from_json(data), **{key: data[key] for key in ("text", "name", "role", "org", "ambiguous")}
    )


def _quantity_out(quantity: Quantity, text: str) -> Json:
    return {
        "text": quantity.text,
        **place_to_json(quantity.span),
        "low": _number_out(quantity.low),
        "high": _number_out(quantity.high),
        "low_open": quantity.low_open,
        "high_open": quantity.high_open,
        "unit": quantity.unit,
        "item": quantity.noun.of(text) if quantity.noun else None,
        "number": pair_to_json(quantity.number),
        "values": [_number_out(value) for value in quantity.values],
        "granule": _number_out(quantity.granule),
        "form": quantity.form.value,
        "hedge": quantity.hedge.value,
        "of": quantity.of and [_number_out(value) for value in quantity.of],
        "per": quantity.per,
        "soft": quantity.soft,
        "noun": pair_to_json(quantity.noun),
    }


def _quantity_in(data: Json) -> Quantity:
    return Quantity(
        span=span_from_json(data),
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
    return {
        "type": quote.type.value,
        "content": [place_to_json(span) for span in quote.content],
        "cue": quote.cue and _cue_out(quote.cue),
        "outer": [place_to_json(span) for span in quote.outer],
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
        content=tuple(span_from_json(span) for span in data["content"]),
        outer=tuple(span_from_json(span) for span in data["outer"]),
        speaker=_mention_in(data["speaker"]) if data["speaker"] else None,
        cue=Cue(span_from_json(cue), cue["text"], cue["lemma"], cue["group"]) if cue else None,
        confidence=data["confidence"],
        medium=data["medium"],
        via=data["via"],
        target=data["target"],
        flags=tuple(data["flags"]),
    )


def _date_out(found: DateRef) -> Json:
    return {
        "text": found.text,
        **place_to_json(found.span),
        "from": day_to_json(found.first),
        "to": day_to_json(found.last),
        "grain": found.grain,
        "relation": found.relation,
        "anchor": found.anchor,
        "alternatives": [[first.isoformat(), last.isoformat()] for first, last in found.alternatives],
        "fuzzy": found.fuzzy,
        "problem": found.problem,
    }


def _date_in(data: Json) -> DateRef:
    return DateRef(
        span=span_from_json(data),
        first=day_from_json(data["from"]),
        last=day_from_json(data["to"]),
        alternatives=tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in data["alternatives"]),
        **{key: data[key] for key in ("text", "grain", "relation", "anchor", "fuzzy", "problem")},
    )


# --- places, numbers and days -------------------------------------------------------------------------


def place_to_json(span: Span) -> Json:
    """A span as the contract writes the place of a claim."""
    return {"start": span.start, "end": span.end}


def pair_to_json(span: Span | None) -> list[int] | None:
    """A span as the contract writes the place of a finding."""
    return None if span is None else [span.start, span.end]


def span_from_json(data: Json) -> Span:
    """The span of an object with ``start`` and ``end``."""
    return Span(data["start"], data["end"])


def _number_out(value: Decimal | None) -> str | None:
    if value is None:
        return None
    # Plain digits for anything that a person would write; "1E+90" stays as it is.
    return format(value, "f") if abs(value.adjusted()) < 60 else str(value)


def day_to_json(day: date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return None if day is None else day.isoformat()


def day_from_json(text: str | None) -> date | None:
    """The day that was written as YYYY-MM-DD."""
    return None if text is None else date.fromisoformat(text)
