"""The file beside verdicts: outside evidence, questions, sign-off, and two writers on one log."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import sample_report

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Stance, Verdict
from claimdesk.review import (
    Action,
    Asked,
    Choice,
    Decision,
    Outside,
    Way,
    answer,
    append_decision,
    ask,
    attach,
    decide,
    decision_from_json,
    decision_to_json,
    outside_evidence,
    read_decisions,
    review,
    sign_off,
    take_back,
)

REPORT = sample_report()
FIRST, SECOND = REPORT.claims[:2]
CALL = outside_evidence(Way.CALL, " Mona Erikssen, +49 30 1234 ", "2025-06-12 10:40", "It is 4.8.\n", Stance.SUPPORTS)


def all_agreed(*but: str) -> list[Decision]:
    return [decide(REPORT, checked, Choice.AGREE, "Ada") for checked in REPORT.claims if checked.claim.id not in but]


# --- evidence from outside ------------------------------------------------------------------------------


def test_a_call_is_kept_with_contact_time_and_own_words_and_changes_no_verdict() -> None:
    line = attach(REPORT, FIRST, CALL, "Ada")
    found = review(REPORT, [line])
    [kept] = found.dossier(FIRST).outside
    assert kept.outside == Outside(
        Way.CALL, "Mona Erikssen, +49 30 1234", "2025-06-12 10:40", "It is 4.8.", Stance.SUPPORTS
    )
    assert (kept.reviewer, kept.machine) == ("Ada", FIRST.verdict)
    assert not found.of(FIRST) and not found.is_done(FIRST)


def test_evidence_can_be_taken_back_and_the_log_keeps_it() -> None:
    line = attach(REPORT, FIRST, CALL, "Ada")
    lines = [line, take_back(REPORT, line, "Ben")]
    assert not review(REPORT, lines).dossier(FIRST).outside and lines[0].outside


@pytest.mark.parametrize(
    ("outside", "error"),
    [
        (outside_evidence(Way.CALL, "Ada", "today", "  ", Stance.RELATED), "own words"),
        (outside_evidence(Way.CALL, " ", "today", "Yes.", Stance.RELATED), "where it comes from"),
    ],
)
def test_evidence_needs_words_and_somebody_to_ask_again(outside: Outside, error: str) -> None:
    with pytest.raises(ClaimdeskError, match=error):
        attach(REPORT, FIRST, outside, "Ada")


def test_evidence_about_the_whole_text_is_kept_apart() -> None:
    line = attach(REPORT, None, CALL, "Ada")
    assert review(REPORT, [line]).dossier(None).outside == (line,)


# --- questions to the writer ----------------------------------------------------------------------------


def test_a_question_is_open_until_it_is_answered_and_both_lines_are_kept() -> None:
    asked = ask(REPORT, FIRST, "Where is the figure from?", "Ada", to="Cem")
    [question] = review(REPORT, [asked]).dossier(FIRST).questions
    assert (question.state, question.last.query and question.last.query.to) == (Asked.OPEN, "Cem")
    told = answer(REPORT, question.last, "Ben", "From the minutes.")
    [question] = review(REPORT, [asked, told]).dossier(FIRST).questions
    assert question.asked == asked and question.last == told and question.state is Asked.ANSWERED
    again = answer(REPORT, question.last, "Ada", "", Asked.OPEN)
    assert review(REPORT, [asked, told, again]).dossier(FIRST).questions[0].state is Asked.OPEN


def test_a_question_and_an_answer_need_words() -> None:
    with pytest.raises(ClaimdeskError, match="question"):
        ask(REPORT, FIRST, " ", "Ada")
    with pytest.raises(ClaimdeskError, match="answer"):
        answer(REPORT, ask(REPORT, FIRST, "Why?", "Ada"), "Ada", " ")


@pytest.mark.parametrize("action", ["attach", "query"])
def test_a_line_with_the_keys_of_the_contract_only_speaks_by_its_note(action: str) -> None:
    made = replace(decide(REPORT, FIRST, Choice.AGREE, "Ada", note="Rang the board."), action=action)
    data = decision_to_json(made)
    for key in ("id", "claimdesk", "reason"):
        data.pop(key)
    dossier = review(REPORT, [decision_from_json(data)]).dossier(FIRST)
    if action == "attach":
        assert dossier.outside[0].outside and dossier.outside[0].outside.words == "Rang the board."
    else:
        assert dossier.questions[0].asked.query and dossier.questions[0].asked.query.question == "Rang the board."


# --- sign-off -------------------------------------------------------------------------------------------


def test_a_report_is_open_while_a_claim_is() -> None:
    assert [item.claim for item in review(REPORT, all_agreed("c1", "c2")).open_items(REPORT)] == ["c1", "c2"]
    assert not review(REPORT, all_agreed()).open_items(REPORT)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (decide(REPORT, FIRST, Choice.NEEDS_WORK, "Ada"), "needs work"),
        (decide(REPORT, FIRST, Choice.DISAGREE, "Ben", Verdict.SUPPORTED), "the reviewers do not agree"),
        (ask(REPORT, FIRST, "Where from?", "Ada"), "1 open question to the writer"),
        (ask(REPORT, None, "Is there a second draft?", "Ada"), "1 open question to the writer"),
    ],
)
def test_what_is_open_is_named(line: Decision, words: str) -> None:
    found = review(REPORT, [*all_agreed(), line])
    assert [(item.claim, item.words) for item in found.open_items(REPORT)] == [(line.claim.id, words)]


def test_a_sign_off_holds_until_something_is_written_or_checked_again() -> None:
    lines = [*all_agreed(), sign_off(REPORT, "Ada", "Ready.")]
    found = review(REPORT, lines)
    assert found.is_closed(REPORT) and found.signed and found.signed.note == "Ready."
    later = review(REPORT, [*lines, attach(REPORT, FIRST, CALL, "Ben")])
    assert not later.is_closed(REPORT) and later.signed and later.since == 1
    assert not review(replace(REPORT, created="2026"), lines).is_closed(replace(REPORT, created="2026"))
    assert review(REPORT, [*lines, take_back(REPORT, lines[-1], "Ada")]).signed is None


def test_every_action_of_the_contract_is_written_and_read_back(tmp_path: Path) -> None:
    asked = ask(REPORT, FIRST, "Where from?", "Ada")
    lines = [*all_agreed(), attach(REPORT, FIRST, CALL, "Ada"), asked, answer(REPORT, asked, "Ben", "Minutes.")]
    lines.append(sign_off(REPORT, "Ada"))
    path = tmp_path / "decisions.jsonl"
    for line in lines:
        append_decision(path, line)
    assert list(read_decisions(path)) == lines
    keys = {"report", "claim", "machine", "action", "note", "reviewer", "at"}
    for text in path.read_text("utf-8").splitlines():
        data = json.loads(text)
        assert keys <= data.keys() and data["action"] in set(Action)


@pytest.mark.parametrize(
    "part", [{"change": 3}, {"query": []}, {"evidence": "x"}, {"action": "attach", "evidence": {"way": "dream"}}]
)
def test_a_line_with_a_broken_part_costs_only_itself(tmp_path: Path, part: dict) -> None:
    path = tmp_path / "decisions.jsonl"
    append_decision(path, all_agreed()[0])
    broken = {**decision_to_json(all_agreed()[0]), "action": {"change": "edit", "query": "query"}.get(next(iter(part)), "attach"), **part}  # fmt: skip
    with path.open("a") as file:
        file.write(json.dumps(broken) + "\n")
    append_decision(path, all_agreed()[1])
    found = read_decisions(path)
    assert {line.claim.id for line in found if line.action == "decide"} == {"c1", "c2"}
    review(REPORT, found)


# --- two writers ----------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from dataclasses import replace
from sample_report import sample_report
from claimdesk.review import Choice, append_decision, decide
report = sample_report()
made = decide(report, report.claims[0], Choice.AGREE, sys.argv[2])
for number in range(200):
    append_decision(Path(sys.argv[1]), replace(made, note=f"{number} " + "long " * 2000))
"""


def test_two_processes_that_write_to_one_log_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b'{"half a line')
    command = [sys.executable, "-c", WRITER, str(path)]
    here = str(Path(__file__).parent)
    writers = [subprocess.Popen([*command, name, here]) for name in ("Ada", "Ben")]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    found = read_decisions(path)
    for name in ("Ada", "Ben"):
        notes = [int(line.note.split()[0]) for line in found if line.reviewer == name]
        assert notes == list(range(200))
