from dataclasses import replace
from datetime import date

import pytest

from claimdesk.model import Claim, Evidence, Finding, Kind, Location, Outcome, Span, Stance, Verdict
from claimdesk.verdicts import settle, share_origins

CLAIM = Claim("c1", Kind.QUANTITY, Span(0, 2), "12", Span(0, 10), 0.5)


def evidence(source, stance, text="Twelve died.", origin=None, check="numbers", flag="", **changes):
    outcome = {
        Stance.SUPPORTS: Outcome.SUPPORTS,
        Stance.CONFLICTS: Outcome.CONFLICTS,
        Stance.RELATED: Outcome.SILENT,
    }[stance]
    findings = [Finding(check, outcome, "LABEL", f"{source} says so.", Span(0, 2), Span(0, 2))]
    if flag:
        findings.append(Finding(check, Outcome.SILENT, flag, "See this.", flag=True))
    reason = findings[0].detail
    return Evidence(
        source, stance, 0.9, 0, 12, text, Location(), 0.1, reason, tuple(findings), origin or source, **changes
    )


def verdict(*items, dates=None):
    return settle(CLAIM, items, dates or {})


S, C, R = Stance.SUPPORTS, Stance.CONFLICTS, Stance.RELATED


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ([S], Verdict.SUPPORTED),
        ([S, R], Verdict.SUPPORTED),
        ([C], Verdict.CONFLICTING),
        ([C, R, R], Verdict.CONFLICTING),
        ([S, C], Verdict.MIXED),
        ([S, S, S, C], Verdict.MIXED),  # a conflict is never outvoted
        ([R], Verdict.NOT_FOUND),
        ([], Verdict.NOT_FOUND),
    ],
)
def test_verdict_from_stances(stances, expected):
    items = [evidence(f"s{number}", stance) for number, stance in enumerate(stances)]
    assert verdict(*items).verdict is expected


def test_every_verdict_has_a_reason_in_one_line():
    for stances in ([S], [C], [S, C], [R], []):
        reason = verdict(*(evidence(f"s{n}", stance) for n, stance in enumerate(stances))).reason
        assert reason and "\n" not in reason


def test_the_reason_is_a_rule_s_where_a_rule_decides_beside_the_trained_judge():
    read = replace(evidence("read", C), confidence=0.97)
    read = replace(read, findings=(replace(read.findings[0], check="meaning", label="CONTRADICTED"),))
    assert verdict(read, evidence("compared", C)).reason == "compared says so."


def test_a_source_later_than_the_text_does_not_overrule_one_that_was_there():
    settled = verdict(evidence("old", S), evidence("new", C, later_than_text=True))
    assert settled.verdict is Verdict.SUPPORTED
    assert "LATER_SOURCE" in settled.flags


def test_a_later_source_speaks_where_nothing_else_does():
    assert verdict(evidence("new", C, later_than_text=True)).verdict is Verdict.CONFLICTING


def test_a_copy_of_the_text_itself_proves_nothing():
    assert verdict(evidence("copy", S, copied_from_text=True)).verdict is Verdict.NOT_FOUND


def test_a_running_figure_is_outdated_by_a_newer_one():
    dates = {"monday": date(2025, 5, 12), "friday": date(2025, 5, 16)}
    old = evidence("monday", S, "Nine have died.")
    new = evidence("friday", C, "The toll rose to 14 on Friday.")
    settled = verdict(old, new, dates=dates)
    assert settled.verdict is Verdict.CONFLICTING
    assert "OUTDATED" in settled.flags


def test_figures_of_one_day_disagree():
    dates = {"police": date(2025, 5, 12), "hospital": date(2025, 5, 12)}
    items = evidence("police", S, "Nine have died so far."), evidence("hospital", C, "Eleven died.")
    assert verdict(*items, dates=dates).verdict is Verdict.MIXED


def test_flags_of_the_deciding_passages_reach_the_claim():
    assert "BOUND_DROPPED" in verdict(evidence("s1", R, flag="BOUND_DROPPED")).flags


def test_a_copy_with_another_number_is_an_origin_of_its_own():
    items = [evidence("s1", S), evidence("s2", S), evidence("s3", C)]
    assert [item.origin for item in share_origins(items, [0, 0, 0])] == ["s1", "s1", "s3"]
