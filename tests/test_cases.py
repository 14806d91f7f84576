"""The worked cases as golden tests: every expected verdict holds, and no wrong claim is called supported."""

from functools import cache
from pathlib import Path

import pytest

from claimdesk.bench.cases import match_case

CLAIMS = Path(__file__).parent.parent / "claims"
CASES = sorted(path.parent for path in CLAIMS.glob("*/expected.json"))


@cache
def matched(case):
    return match_case(case)[0]


def is_right(row):
    return row.found is not None and row.found.verdict.value == row.expected.verdict


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_expected_verdict_holds(case):
    wrong = [
        f"{row.expected.kind} {row.expected.text!r}: expected {row.expected.verdict}, "
        + (f"got {row.found.verdict.value} ({row.found.reason})" if row.found else "found no such claim")
        for row in matched(case)
        if not row.expected.known and not is_right(row)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_known_failure_that_holds_now_says_so(case):
    mended = [row.expected.text for row in matched(case) if row.expected.known and is_right(row)]
    assert not mended, 'take "known" out of expected.json'


SHOWN = {"supported": {"supports"}, "conflicting": {"conflicts"}, "mixed": {"supports", "conflicts"}}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_verdict_shows_its_evidence(case):
    for row in matched(case):
        if row.found is not None:
            stances = {item.stance.value for item in row.found.evidence}
            assert SHOWN.get(row.found.verdict.value, set()) <= stances, row.expected.text


def test_the_source_that_the_case_names_is_nearly_always_shown():
    rows = [row for case in CASES for row in matched(case) if is_right(row) and row.expected.source]
    assert sum(row.evidence_shown for row in rows) >= 0.95 * len(rows)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_no_conflicting_claim_is_called_supported(case):
    rows = [row for row in matched(case) if row.expected.verdict == "conflicting" and row.found is not None]
    assert not [row.expected.text for row in rows if row.found.verdict.value == "supported"]
