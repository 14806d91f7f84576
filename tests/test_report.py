"""Report JSON: nothing is lost on the way out and back, and the contract's keys are there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hostile import HOSTILE, hostile_report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_report import ARTICLE, sample_report

from claimdesk.errors import ClaimdeskError
from claimdesk.model import (
    Checked,
    Claim,
    Document,
    Evidence,
    Finding,
    Inconsistency,
    Report,
    Source,
    Span,
)
from claimdesk.report import claim_to_json, dumps, extract_to_json, from_json, loads, to_json

# --- any report at all ----------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 99), st.integers(0, 99))
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.sampled_from(
    [Decimal("1E+90"), Decimal("1E+6"), Decimal("1E-80"), Decimal("-0")]
)
days = st.dates(min_value=date(1900, 1, 1))
for kind, strategy in ((Decimal, numbers), (date, days), (str, words), (Span, spans)):
    st.register_type_strategy(kind, strategy)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def some(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=2).map(tuple)


documents = st.builds(Document, name=words, text=words, sha256=words, format=words)
checked = st.builds(
    Checked,
    claim=st.from_type(Claim),
    evidence=some(st.builds(Evidence, findings=some(st.from_type(Finding)))),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner, max_size=3), max_leaves=4
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    ids = draw(st.lists(words, unique=True, max_size=3))
    sources = tuple(
        Source(id=key, path=draw(words), document=draw(st.none() | documents), error=draw(st.none() | words))
        for key in ids
    )
    return Report(
        created=draw(words),
        version=draw(words),
        settings=draw(st.dictionaries(words, json_values, max_size=3)),
        text=draw(documents),
        sources=sources,
        claims=draw(some(checked)),
        internal=draw(some(st.from_type(Inconsistency))),
        passages={key: draw(st.integers(0, 9)) for key in ids if draw(st.booleans())},
        notes=draw(some(words)),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports())
def test_any_report_survives_the_round_trip(report: Report) -> None:
    text = dumps(report)
    assert loads(text) == report
    assert dumps(loads(text)) == text


def test_the_sample_survives_the_round_trip() -> None:
    report = sample_report()
    assert from_json(json.loads(json.dumps(to_json(report)))) == report


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_words_survive_the_round_trip(hostile: str) -> None:
    report = hostile_report(hostile)
    assert loads(dumps(report)) == report


# --- the contract's keys ------------------------------------------------------------------------------

REPORT = {"schema", "created", "claimdesk", "settings", "text", "sources", "claims", "internal"}
SOURCE = {"id", "title", "publisher", "date", "url", "path", "sha256", "passages", "error"}
CLAIM = {"id", "kind", "start", "end", "text", "sentence", "worthiness", "speaker", "quantity", "quote", "dates"}
CHECKED = {"verdict", "reason", "confidence", "evidence", "flags"}
EVIDENCE = {
    "source", "stance", "confidence", "start", "end", "text", "location", "score", "reason", "findings", "origin",
    "later_than_text",
}  # fmt: skip
FINDING = {"check", "outcome", "label", "claim_span", "evidence_span", "detail"}
QUANTITY = {"text", "start", "end", "low", "high", "low_open", "high_open", "unit", "item"}


def test_the_report_has_the_keys_of_the_contract() -> None:
    data = to_json(sample_report())
    assert set(data) >= REPORT
    assert set(data["text"]) >= {"title", "date", "sha256", "content"}
    assert all(set(source) >= SOURCE for source in data["sources"])
    for claim in data["claims"]:
        assert set(claim) >= CLAIM | CHECKED
        for evidence in claim["evidence"]:
            assert set(evidence) >= EVIDENCE
            assert set(evidence["location"]) >= {"page", "row", "heading"}
            assert all(set(finding) >= FINDING for finding in evidence["findings"])


def test_offsets_of_evidence_resolve_in_the_content_of_its_source() -> None:
    data = to_json(sample_report())
    contents = {source["id"]: source.get("content") for source in data["sources"]}
    for claim in data["claims"]:
        assert data["text"]["content"][claim["start"] : claim["end"]] == claim["text"]
        for evidence in claim["evidence"]:
            assert contents[evidence["source"]][evidence["start"] : evidence["end"]] == evidence["text"]


def test_an_unread_source_keeps_its_reason() -> None:
    unread = to_json(sample_report())["sources"][-1]
    assert unread["title"] is None and unread["passages"] is None
    assert "scanned" in unread["error"]


def test_extract_has_the_keys_of_the_contract() -> None:
    report = sample_report()
    data = extract_to_json(report.text, [checked.claim for checked in report.claims])
    assert set(data) == {"schema", "text", "text_sha256", "date", "claims", "attributions"}
    assert data["date"] == "2025-06-04"
    assert all(set(claim) >= CLAIM for claim in data["claims"])


def test_a_quantity_gives_decimal_strings_and_the_counted_noun() -> None:
    claim = sample_report().claims[2].claim
    assert claim.quantity
    at = ARTICLE.index("islanders depend")
    data = claim_to_json(
        replace(claim, quantity=replace(claim.quantity, low=Decimal("1.3E+3"), noun=Span(at, at + 9))), ARTICLE
    )
    assert set(data["quantity"]) >= QUANTITY
    assert data["quantity"]["low"] == "1300"
    assert data["quantity"]["item"] == "islanders"


def test_a_quote_gives_one_span_for_each_part() -> None:
    data = claim_to_json(sample_report().claims[3].claim, ARTICLE)
    assert data["quote"]["type"] == "direct"
    assert [set(part) for part in data["quote"]["content"]] == [{"start", "end"}]
    assert data["quote"]["cue"]["text"] == "said"
    assert data["speaker"]["text"] == "Mona Erikssen"


# --- what is not a report -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 2}', '{"schema": 1}', "null", "7"])
def test_what_is_no_report_is_refused_in_words(text: str) -> None:
    with pytest.raises(ClaimdeskError, match="report"):
        loads(text)
