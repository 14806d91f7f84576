"""Decisions: lines are only added, the latest of each reviewer counts, and each finds its claim again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import ARTICLE, document, sample_report

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Report, Span, Verdict
from claimdesk.review import (
    Choice,
    Decision,
    append_decision,
    decide,
    decision_from_json,
    decision_to_json,
    read_decisions,
    review,
    undo,
)

REPORT = sample_report()
FIRST, SECOND = REPORT.claims[:2]


def agree(checked=FIRST, reviewer: str = "Ada", report: Report = REPORT) -> Decision:  # type: ignore[no-untyped-def]
    return decide(report, checked, Choice.AGREE, reviewer)


def edited(old: str, new: str) -> Report:
    """The sample after a change of its text: every claim that is still there, at its new place, with a new id."""
    text = ARTICLE.replace(old, new)
    claims = []
    for number, checked in enumerate(REPORT.claims, 50):
        claim = checked.claim
        shift = len(new) - len(old) if claim.span.start > ARTICLE.index(old) else 0
        span = claim.span.shift(shift)
        if span.of(text) == claim.text:
            claims.append(replace(checked, claim=replace(claim, id=f"c{number}", span=span)))
    return replace(REPORT, created="2026-01-01T00:00:00Z", text=document("ferry", text), claims=tuple(claims))


# --- what counts ----------------------------------------------------------------------------------------


def test_the_verdict_of_the_check_and_the_decision_are_both_kept() -> None:
    made = decide(REPORT, FIRST, Choice.DISAGREE, "Ada", Verdict.SUPPORTED, "Typing error.")
    found = review(REPORT, [made])
    assert found.of(FIRST) == (made,)
    assert (made.machine, made.rating) == (Verdict.CONFLICTING, Verdict.SUPPORTED)
    assert found.rating(FIRST) is Verdict.SUPPORTED and found.count_done(REPORT) == 1
    assert not found.is_done(SECOND)


def test_the_latest_decision_of_a_reviewer_counts() -> None:
    later = decide(REPORT, FIRST, Choice.DISAGREE, "Ada", Verdict.MIXED)
    assert review(REPORT, [agree(), later]).of(FIRST) == (later,)


def test_two_reviewers_are_both_kept_and_their_dispute_is_seen() -> None:
    differs = decide(REPORT, FIRST, Choice.DISAGREE, "Ben", Verdict.NOT_FOUND)
    found = review(REPORT, [agree(), differs])
    assert [made.reviewer for made in found.of(FIRST)] == ["Ada", "Ben"]
    assert found.is_disputed(FIRST) and found.rating(FIRST) is None
    assert not review(REPORT, [agree(), agree(reviewer="Ben")]).is_disputed(FIRST)


def test_undo_is_a_new_line_that_takes_back_ones_own_decision_only() -> None:
    lines = [agree(), agree(reviewer="Ben"), undo(REPORT, FIRST, "Ada")]
    assert [made.reviewer for made in review(REPORT, lines).of(FIRST)] == ["Ben"]
    assert review(REPORT, [*lines, agree()]).count_done(REPORT) == 1


def test_what_needs_work_is_not_done() -> None:
    found = review(REPORT, [decide(REPORT, FIRST, Choice.NEEDS_WORK, "Ada", note="Ask the board.")])
    assert found.of(FIRST) and not found.is_done(FIRST) and found.rating(FIRST) is None


def test_who_disagrees_has_to_say_what_else_it_is() -> None:
    with pytest.raises(ClaimdeskError, match="choose another"):
        decide(REPORT, FIRST, Choice.DISAGREE, "Ada")


def test_lines_with_other_actions_are_no_decisions() -> None:
    assert review(REPORT, [replace(agree(), action="query")]).of(FIRST) == ()


# --- the log --------------------------------------------------------------------------------------------


def test_the_log_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "case" / "decisions.jsonl"
    append_decision(path, decide(REPORT, FIRST, Choice.DISAGREE, "Ada", Verdict.MIXED, "So."))
    [line] = path.read_text("utf-8").splitlines()
    found = json.loads(line)
    assert {"report", "claim", "machine", "action", "decision", "verdict", "note", "reviewer", "at"} <= found.keys()
    assert {"id", "text", "prefix", "suffix"} <= found["claim"].keys()
    assert (found["machine"], found["action"], found["decision"]) == ("conflicting", "decide", "disagree")
    assert found["at"].endswith("Z")


def test_lines_are_only_ever_added(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    before = b""
    for made in (agree(), undo(REPORT, FIRST, "Ada"), agree(SECOND, "Ben")):
        append_decision(path, made)
        assert path.read_bytes().startswith(before)
        before = path.read_bytes()
    assert [made.action for made in read_decisions(path)] == ["decide", "undo", "decide"]


@pytest.mark.parametrize("broken", [b'{"report": "x', b"[]", b"null", b"\xff\xfe", b'{"machine": "true"}', b"[" * 9000])
def test_a_broken_line_costs_only_itself(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "decisions.jsonl"
    append_decision(path, agree())
    with path.open("ab") as file:
        file.write(broken)
    append_decision(path, agree(SECOND))
    assert [made.claim.text for made in read_decisions(path)] == [FIRST.claim.text, SECOND.claim.text]


def test_no_log_is_no_decision(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.jsonl") == ()


@given(st.text(), st.text(), st.sampled_from(list(Choice)), st.sampled_from(list(Verdict)))
def test_a_line_is_read_back_as_it_was_written(reviewer: str, note: str, choice: Choice, verdict: Verdict) -> None:
    made = decide(REPORT, FIRST, choice, reviewer, verdict, note)
    assert decision_from_json(json.loads(json.dumps(decision_to_json(made)))) == made


# --- finding the claim again ----------------------------------------------------------------------------


def test_a_decision_follows_its_claim_through_a_changed_text() -> None:
    changed = edited("Ferry deal leaves", "New ferry deal for the islands leaves")
    moved = next(checked for checked in changed.claims if checked.claim.text == FIRST.claim.text)
    found = review(changed, [agree()])
    assert moved.claim.id != FIRST.claim.id and found.of(moved) and not found.unattached


def test_a_decision_whose_words_are_gone_is_listed() -> None:
    found = review(edited("€4.8 million", "€8.4 million"), [agree(), agree(SECOND)])
    assert [made.claim.text for made in found.unattached] == ["€4.8 million"]
    assert found.standing


def test_the_same_words_in_another_sentence_are_another_claim() -> None:
    other = document("other", "Nobody ever paid €4.8 million in rent.")
    place = Span(17, 29)
    claim = replace(FIRST.claim, span=place, text=place.of(other.text))
    changed = replace(REPORT, created="2026", text=other, claims=(replace(FIRST, claim=claim),))
    assert claim.text == FIRST.claim.text
    found = review(changed, [agree()])
    assert not found.standing and len(found.unattached) == 1


def test_an_undo_of_a_lost_decision_takes_it_off_the_list() -> None:
    changed = edited("€4.8 million", "€8.4 million")
    assert not review(changed, [agree(), undo(REPORT, FIRST, "Ada")]).unattached
