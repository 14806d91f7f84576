"""The list of corrections: place, wording, and what the sources say; a person's rating goes first."""

from __future__ import annotations

from sample_report import sample_report

from claimdesk.exports.corrections import write_corrections
from claimdesk.model import Verdict
from claimdesk.review import Choice, decide


def test_a_conflict_is_listed_with_its_place_its_wording_and_the_source() -> None:
    text = write_corrections(sample_report())
    assert "Paragraph 2, claim 1: “€4.8 million”" in text
    assert "In: The county will pay €4.8 million for two ferries" in text
    assert "The source says: “EUR 8.4 million” in: “The board approved the purchase" in text


def test_supported_and_unknown_claims_are_not_listed_but_differing_wording_is() -> None:
    lines = [line for line in write_corrections(sample_report()).splitlines() if line.startswith("Paragraph")]
    numbers = [int(line.split("claim ")[1].split(":")[0]) for line in lines]
    assert numbers == [1, 4, 5, 6, 9]
    assert write_corrections(sample_report()).splitlines()[1] == "5 places to look at."


def test_the_rating_of_a_person_goes_before_the_verdict() -> None:
    report = sample_report()
    first, second = report.claims[:2]
    made = [
        decide(report, first, Choice.DISAGREE, "Ada", Verdict.SUPPORTED),
        decide(report, second, Choice.DISAGREE, "Ada", Verdict.CONFLICTING, "It is 1,030."),
    ]
    text = write_corrections(report, made)
    assert "claim 1:" not in text and "claim 2:" in text
    assert "Note by Ada: It is 1,030." in text
