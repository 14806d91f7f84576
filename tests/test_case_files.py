"""The worked cases in ``claims/`` are well formed; what the engine makes of them is tested elsewhere."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from claimdesk.model import Kind, Verdict

CASES = sorted(path.parent for path in Path(__file__).parents[1].glob("claims/*/expected.json"))
FORMATS = {".txt", ".md", ".html", ".pdf", ".docx", ".csv", ".xlsx", ".vtt", ".srt"}
COLUMNS = ["file", "title", "publisher", "date", "url", "kind", "trust", "speaker", "role", "org", "medium", "type"]
TYPES = {"transcript", "statement", "report", "interpreted", ""}
KEYS = {"text", "occurrence", "kind", "verdict", "source", "label", "why", "known"}
LEAST = {"conflicting": 22, "mixed": 9, "not_found": 17, "supported": 40}

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def article(case: Path) -> str:
    (path,) = case.glob("article.*")
    return path.read_bytes().decode("utf-8")


def expected(case: Path) -> dict:
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


def source_files(case: Path) -> set[str]:
    return {path.name for path in (case / "sources").iterdir()} - {"sources.csv"}


def span(text: str, claim: dict) -> tuple[int, int]:
    """Where an expected claim stands; ValueError where its words do not occur that often."""
    start = -1
    for _ in range(claim.get("occurrence", 1)):
        start = text.index(claim["text"], start + 1)
    return start, start + len(claim["text"])


@every_case
def test_text_length(case):
    assert 250 <= len(article(case).split()) <= 600


@every_case
def test_readme_has_three_lines(case):
    assert len((case / "README.md").read_text(encoding="utf-8").splitlines()) == 3


@every_case
def test_claims_stand_in_the_article(case):
    text = article(case)
    for claim in expected(case)["claims"]:
        span(text, claim)
        if "occurrence" not in claim:
            assert text.count(claim["text"]) == 1, f"{claim['text']!r} needs an occurrence"


@every_case
def test_claims_are_told_apart_by_kind_and_overlap(case):
    text, seen = article(case), {}
    for claim in expected(case)["claims"]:
        start, end = span(text, claim)
        for other_start, other_end in seen.setdefault(claim["kind"], []):
            assert end <= other_start or other_end <= start, f"{claim['text']!r} overlaps another {claim['kind']}"
        seen[claim["kind"]].append((start, end))


@every_case
def test_claims_do_not_cut_words_or_numbers(case):
    text = article(case)
    for claim in expected(case)["claims"]:
        start, end = span(text, claim)
        around = text[max(start - 2, 0) : end + 2]
        assert not re.search(r"\w", text[start - 1 : start] + text[end : end + 1]), around
        assert not (re.search(r"\d[.,]$", text[:start]) and text[start].isdigit()), around
        assert not (text[end - 1].isdigit() and re.match(r"[.,]\d", text[end : end + 2])), around


@every_case
def test_words_are_legal(case):
    given = expected(case)
    assert given.keys() == {"complete", "note", "claims"}
    assert isinstance(given["complete"], bool)
    for claim in given["claims"]:
        assert claim.keys() <= KEYS, claim
        assert claim["kind"] in set(Kind), claim
        assert claim["verdict"] in set(Verdict), claim
        assert claim["why"].endswith("."), claim


@every_case
def test_deciding_source_is_named_where_one_decides(case):
    files = source_files(case)
    for claim in expected(case)["claims"]:
        if claim["verdict"] in ("supported", "conflicting", "mixed"):
            assert "source" in claim, claim
        if "source" in claim:
            assert claim["source"] in files, claim


@every_case
def test_sources_are_listed_once_each(case):
    with (case / "sources" / "sources.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    assert reader.fieldnames == COLUMNS
    assert Counter(row["file"] for row in rows) == Counter(source_files(case))
    assert 3 <= len(rows) <= 8
    for row in rows:
        assert Path(row["file"]).suffix in FORMATS
        assert row["type"] in TYPES
        assert 0 < float(row["trust"]) <= 1


@every_case
def test_something_is_wrong_and_something_is_right(case):
    verdicts = {claim["verdict"] for claim in expected(case)["claims"]}
    assert {"supported", "conflicting", "not_found"} <= verdicts


def test_totals():
    claims = [claim for case in CASES for claim in expected(case)["claims"]]
    counts = Counter(claim["verdict"] for claim in claims)
    assert len(CASES) >= 5
    assert len(claims) >= 90
    assert {claim["kind"] for claim in claims} == set(Kind)
    assert all(counts[verdict] >= least for verdict, least in LEAST.items()), counts


def test_every_readable_format_occurs():
    assert {Path(name).suffix for case in CASES for name in source_files(case)} == FORMATS
