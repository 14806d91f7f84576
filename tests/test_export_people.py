"""What people wrote, in every export: changes, outside evidence, questions, disputes, lost entries, sign-off."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from docx import Document as Word
from hostile import HOSTILE
from sample_report import ARTICLE, sample_report, span_of

from claimdesk.errors import ClaimdeskError
from claimdesk.exports import EXPORTS, read_json
from claimdesk.model import Kind, Stance, Verdict
from claimdesk.report import from_json, to_json
from claimdesk.review import (
    Choice,
    Way,
    add_claim,
    amend,
    answer,
    ask,
    attach,
    decide,
    drop_claim,
    edit_claim,
    outside_evidence,
    sign_off,
)

REPORT = sample_report()
FIRST, SECOND, THIRD = REPORT.claims[:3]
CALL = outside_evidence(Way.CALL, "Mona Erikssen", "2025-06-12", "It is 4.8, she says.", Stance.SUPPORTS)
ASKED = ask(REPORT, FIRST, "Where is it from?", "Ada", to="Cem")
LINES = [
    attach(REPORT, FIRST, CALL, "Ada"),
    ASKED,
    answer(REPORT, ASKED, "Ben", "From the minutes."),
    ask(REPORT, None, "Is there a second draft?", "Ben"),
    drop_claim(REPORT, SECOND, "Ada", "No claim."),
    edit_claim(REPORT, THIRD, "Ada", kind=Kind.STATEMENT),
    add_claim(REPORT, span_of(ARTICLE, "The yard has never missed a deadline"), Kind.STATEMENT, "Ada"),
    decide(REPORT, FIRST, Choice.AGREE, "Ada"),
    decide(REPORT, FIRST, Choice.DISAGREE, "Ben", Verdict.SUPPORTED, "Seen in the contract."),
    replace(decide(REPORT, FIRST, Choice.AGREE, "Ada"), claim=replace(ASKED.claim, text="€9 million")),
    sign_off(REPORT, "Ada", "Ready."),
]
SHOWN = amend(REPORT, LINES).report
EVERYTHING = (
    "Call (Mona Erikssen, 2025-06-12), supports the claim. Noted by Ada",
    "It is 4.8, she says.",
    "Answered question to Cem by Ada",
    "From the minutes.",
    "Is there a second draft?",
    "Dropped by Ada",
    "it is read as a statement",
    "Added by Ada",
    "The reviewers do not agree.",
    "€9 million",
    "Signed off by Ada",
)


def text_of(name: str) -> str:
    content = EXPORTS[name](SHOWN, LINES)
    if isinstance(content, bytes):
        word = Word(io.BytesIO(content))
        found = [part.text for part in word.paragraphs] + [comment.text for comment in word.comments]
        found += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return " ".join(" ".join(found).split())
    return " ".join(content.replace("\\", "").split())


@pytest.mark.parametrize("name", ["table", "md", "html", "docx"])
def test_every_format_for_reading_holds_what_people_wrote(name: str) -> None:
    text = text_of(name)
    assert [words for words in EVERYTHING if words not in text] == []


def test_every_format_for_reading_names_version_time_and_settings() -> None:
    for name in ("table", "md", "html", "docx", "corrections", "csv"):
        text = text_of(name)
        assert REPORT.version in text and "all-MiniLM-L6-v2" in text and REPORT.created in text, name


def test_rows_of_a_persons_evidence_are_told_from_those_of_the_check() -> None:
    rows = list(csv.DictReader(io.StringIO(EXPORTS["csv"](SHOWN, LINES)[1:], newline="")))
    [call] = [row for row in rows if row["found_by"] == "person"]
    assert (call["claim"], call["stance"], call["source"]) == ("1", "supports", "Call: Mona Erikssen")
    assert call["passage"] == "It is 4.8, she says." and call["passage_reason"].startswith("Noted by Ada")
    assert call["review"] == "disputed" and call["reviewer"] == "Ada and Ben"
    assert next(row for row in rows if row["claim"] == "2")["review"] == "dropped"
    assert any(row["claim"] == "" and "second draft" in row["questions"] for row in rows)
    assert {row["found_by"] for row in rows} == {"check", "person", ""}
    assert all(None not in row for row in rows)


def test_corrections_hold_open_questions_and_leave_dropped_claims_out() -> None:
    text = text_of("corrections")
    assert "Open questions to the writer:" in text and "The whole text: Open question by Ben" in text
    assert "claim 2:" not in text and "Call (Mona Erikssen" in text and "Where is it from?" not in text


def test_json_keeps_the_shape_of_the_contract_and_comes_back_whole() -> None:
    text = EXPORTS["json"](SHOWN, LINES)
    data = json.loads(text)
    assert from_json(data) == SHOWN
    assert {key: value for key, value in data.items() if key in to_json(SHOWN)}.keys() == to_json(SHOWN).keys()
    assert read_json(text) == (SHOWN, tuple(LINES))
    assert EXPORTS["json"](*read_json(text)) == text
    first = data["claims"][0]["review"]
    assert first["state"] == "disputed" and [made["reviewer"] for made in first["decisions"]] == ["Ada", "Ben"]
    assert first["outside_evidence"][0]["by"] == "person" and first["questions"][0]["state"] == "answered"
    assert data["review"]["questions"][0]["state"] == "open"
    assert "review" not in data["claims"][4] and data["signed_off"]["reviewer"] == "Ada"


def test_json_without_decisions_is_the_report() -> None:
    assert json.loads(EXPORTS["json"](REPORT)) == to_json(REPORT)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 1}', '{"schema": 9}', "[" * 9000])
def test_another_file_is_no_report(text: str) -> None:
    with pytest.raises(ClaimdeskError):
        read_json(text)


def test_claimreview_names_what_it_rests_on_and_no_contact() -> None:
    lines = [attach(REPORT, FIRST, CALL, "Ada"), decide(REPORT, FIRST, Choice.AGREE, "Ada")]
    text = EXPORTS["claimreview"](REPORT, lines)
    [item] = json.loads(text)["@graph"]
    assert item["isBasedOn"] and item["sdPublisher"]["name"].startswith("Claimdesk")
    assert "It is 4.8" not in text


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_words_of_people_break_no_format(name: str, hostile: str) -> None:
    outside = outside_evidence(Way.PAGE, hostile, hostile, hostile or "x", Stance.CONFLICTS, hostile or "y")
    lines = [
        attach(REPORT, FIRST, outside, hostile),
        ask(REPORT, FIRST, hostile + "?", hostile, hostile),
        drop_claim(REPORT, SECOND, hostile, hostile),
        edit_claim(REPORT, THIRD, hostile, speaker=hostile or "x", note=hostile),
    ]
    content = EXPORTS[name].to_bytes(amend(REPORT, lines).report, lines)
    assert content
    if name == "html":
        assert b"<script" not in content and b"<img" not in content
    if name == "csv":
        for row in csv.DictReader(io.StringIO(content.decode()[1:], newline="")):
            assert not any((value or "").lstrip().startswith(("=", "+", "@")) for value in row.values())
