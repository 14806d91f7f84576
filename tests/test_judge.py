"""The policy over findings, without any check."""

import json

import pytest
from fakes import FixedMeaning

from claimdesk.analysis import Subject, View, analyze
from claimdesk.checks import CHECKS
from claimdesk.entailment.judges import Probabilities
from claimdesk.judge import decide
from claimdesk.model import Finding, Outcome, Span, Stance
from claimdesk.pairs import judge_line

TEXT = "Sarnia freed 400 prisoners and 12 officers."
LIKELY = Probabilities(0.2, 0.2, 0.6)


def subject():
    view = View(analyze(TEXT), Span(0, len(TEXT)))
    return Subject(view, quantities=view.quantities)


def finding(outcome, start, end, check="numbers", label="X", **changes):
    return Finding(check, outcome, label, f"{label}.", Span(start, end), Span(0, 1), **changes)


def test_all_slots_must_be_covered():
    first, second = finding(Outcome.SUPPORTS, 13, 16), finding(Outcome.SUPPORTS, 31, 33)
    assert decide(subject(), [first], LIKELY).stance is Stance.RELATED
    assert decide(subject(), [first, second], LIKELY).stance is Stance.SUPPORTS


def test_one_conflict_decides():
    found = [finding(Outcome.SUPPORTS, 13, 16), finding(Outcome.CONFLICTS, 31, 33, label="DIGIT_SLIP")]
    judgement = decide(subject(), found, LIKELY)
    assert judgement.stance is Stance.CONFLICTS
    assert judgement.reason == "DIGIT_SLIP."


def test_a_wrong_speaker_is_reported_before_a_wrong_number():
    found = [finding(Outcome.CONFLICTS, 13, 16), finding(Outcome.CONFLICTS, 0, 6, check="speaker", label="WRONG")]
    assert decide(subject(), found, LIKELY).reason == "WRONG."


def test_a_reading_without_which_nothing_would_be_decided_gives_the_reason_and_the_confidence():
    number = TEXT.index("400")
    equal = finding(Outcome.SUPPORTS, number, number + 3, label="EQUAL")
    entailed = finding(Outcome.SUPPORTS, 0, len(TEXT), "meaning", "ENTAILED")
    found = decide(subject(), [equal, entailed], Probabilities(0.8, 0.05, 0.15))
    assert (found.stance, found.reason, found.confidence) == (Stance.SUPPORTS, "ENTAILED.", 0.8)
    officers = TEXT.index("12")
    both = [equal, finding(Outcome.SUPPORTS, officers, officers + 2, label="EQUAL"), entailed]
    assert decide(subject(), both, Probabilities(0.8, 0.05, 0.15)).reason == "EQUAL."


def test_a_number_is_not_covered_by_another_check():
    found = [finding(Outcome.SUPPORTS, 0, len(TEXT), check="meaning")]
    assert decide(subject(), found, LIKELY).stance is Stance.RELATED


@pytest.mark.parametrize("found", [[], [finding(Outcome.SILENT, 13, 16)], [finding(Outcome.CONFLICTS, 13, 16)]])
def test_probabilities_sum_to_one_and_agree_with_the_stance(found):
    judgement = decide(subject(), found, LIKELY)
    assert sum(judgement.probabilities.values()) == pytest.approx(1)
    assert max(judgement.probabilities, key=judgement.probabilities.get) == judgement.stance.value


def test_every_check_explains_itself():
    descriptions = [check.description for check in CHECKS]
    assert all(len(text) > 40 for text in descriptions)
    assert len(set(descriptions)) == len(descriptions)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[1, 2]",
        '{"claim": "A."}',
        '{"claim": "", "evidence": "B."}',
        '{"claim": "A.", "evidence": []}',
        '{"claim": "A.", "evidence": [3]}',
        '{"claim": "A.", "evidence": "B.", "claim_date": "June"}',
        '{"id": "x", "claim": 7, "evidence": "B."}',
    ],
)
def test_a_line_that_cannot_be_judged_is_reported_and_stops_nothing(line):
    result = judge_line(line, FixedMeaning())
    assert result["stance"] == "related"
    assert result["error"]


def test_a_line_is_judged_with_its_id():
    line = '{"id": "p7", "claim": "Oster freed 400 prisoners.", "evidence": [{"text": "Oster freed 400 prisoners."}]}'
    result = judge_line(line, FixedMeaning())
    assert result["id"] == "p7"
    assert set(result) >= {"stance", "confidence", "probabilities", "reason", "findings"}
    assert "error" not in result


PIZZAS = "The restaurant served 9 pizzas at lunch and 6 pizzas at dinner on Monday."


def test_a_count_that_may_be_a_sum_is_left_open_and_no_support_beside_one():
    alone = judge_line(
        json.dumps({"claim": "The restaurant served 15 pizzas on Monday.", "evidence": PIZZAS}), FixedMeaning(0.9)
    )
    assert alone["stance"] == "related" and "9 + 6 = 15" in alone["reason"]
    beside = {"claim": "The restaurant served 15 pizzas.", "evidence": f"The restaurant served 15 pizzas. {PIZZAS}"}
    assert judge_line(json.dumps(beside), FixedMeaning(0.9))["stance"] != "supports"
    off = {"claim": "The restaurant served 17 pizzas on Monday.", "evidence": PIZZAS}
    assert judge_line(json.dumps(off), FixedMeaning(0.9))["stance"] == "conflicts"
