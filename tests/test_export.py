"""Exports: each format whole, and safe to open in the program that it is meant for."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hostile import HOSTILE, hostile_report
from sample_report import sample_report

from claimdesk.exports import COLUMNS, EXPORTS
from claimdesk.model import Verdict
from claimdesk.render.standing import LOOKS, standing
from claimdesk.report import from_json
from claimdesk.review import Choice, decide


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


WHOLE = ("table", "html", "csv", "md", "json")  # text formats with every claim


@pytest.mark.parametrize("name", WHOLE)
def test_every_format_holds_every_claim(name: str) -> None:
    text = EXPORTS[name](sample_report())
    assert EXPORTS[name].to_bytes(sample_report()) == text.encode()
    plain = text.replace("\\", "").replace("&#x27;", "'")
    for checked in sample_report().claims:
        assert checked.claim.text in plain
    assert EXPORTS[name].suffix.startswith(".") and "/" in EXPORTS[name].mime


@pytest.mark.parametrize("name", ["table", "html", "md"])
def test_readable_formats_name_every_verdict_and_the_unread_file(name: str) -> None:
    text = EXPORTS[name](sample_report())
    for checked in sample_report().claims:
        assert LOOKS[standing(checked)].word in text
    assert "scan.pdf" in text


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_words_break_no_format(name: str, hostile: str) -> None:
    report = hostile_report(hostile)
    assert EXPORTS[name].to_bytes(report, [decide(report, report.claims[0], Choice.AGREE, hostile, note=hostile)])


def test_json_gives_the_report_back() -> None:
    assert from_json(json.loads(EXPORTS["json"](sample_report()))) == sample_report()


# --- spreadsheet --------------------------------------------------------------------------------------


def test_csv_has_a_row_for_each_passage_and_one_for_a_claim_without_any() -> None:
    found = rows(EXPORTS["csv"](sample_report()))
    claims = sample_report().claims
    assert len(found) == sum(max(1, len(checked.evidence)) for checked in claims)
    assert [*found[0]] == list(COLUMNS)
    first = found[0]
    assert first["verdict"] == "conflicting" and first["stance"] == "conflicts"
    assert first["understood"] == "4,800,000 EUR" and first["place"] == "page 1, under “Decisions”"
    assert first["source_date"] == "2025-06-03"
    assert all(None not in row for row in found)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-15 percent", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\ufeff=1"])
def test_no_cell_of_a_text_is_run_as_a_formula(start: str) -> None:
    for row in rows(EXPORTS["csv"](hostile_report(start))):
        for name, value in row.items():
            assert not value.lstrip().startswith(("=", "+", "-", "@")), name


def test_line_breaks_and_quotation_marks_stay_inside_their_cell() -> None:
    found = rows(EXPORTS["csv"](hostile_report('a "b",\r\nc;d')))
    assert len(found) == 1 and found[0]["text"] == 'a "b",\r\nc;d'


# --- terminal and Markdown ----------------------------------------------------------------------------


def test_the_table_begins_with_the_counts_and_the_first_conflict() -> None:
    lines = EXPORTS["table"](sample_report()).splitlines()
    assert lines[0].startswith("10 claims: 3 conflicting, 1 mixed, 1 not settled: wording differs, 1 not found")
    assert next(line for line in lines if line[:4].strip().isdigit()).strip().startswith("1 ≠ Conflicting")


def test_a_terminal_gets_no_control_characters() -> None:
    text = EXPORTS["table"](hostile_report("\x1b[31mred\u202e\x07"))
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", text)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("**bold** _soft_", r"\*\*bold\*\* \_soft\_"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("[a](javascript:b)", r"\[a\](javascript:b)"),
        ("# heading", r"\# heading"),
        ("1. item", r"1\. item"),
        ("$x$", r"\$x\$"),
    ],
)
def test_markdown_shows_words_as_words(words: str, shown: str) -> None:
    assert f"\n> {shown} costs 12 euros." in EXPORTS["md"](hostile_report(words))


# --- decisions ----------------------------------------------------------------------------------------


def test_decisions_stand_beside_the_verdict_in_every_readable_format() -> None:
    report = sample_report()
    made = [
        decide(report, report.claims[0], Choice.DISAGREE, "Ada", Verdict.SUPPORTED, "Seen in the contract."),
        decide(report, report.claims[1], Choice.AGREE, "Ben"),
    ]
    for name in ("table", "html", "md"):
        text = " ".join(EXPORTS[name](report, made).replace("\\", "").split())
        assert "“Supported” instead of “Conflicting”. Note: Seen in the contract." in text
        assert "Reviewed by Ben" in text
    first = rows(EXPORTS["csv"](report, made))[0]
    assert (first["verdict"], first["review"], first["reviewer"]) == ("conflicting", "supported", "Ada")
