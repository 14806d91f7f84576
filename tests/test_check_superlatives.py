"""Superlatives: a higher row conflicts, the same words support, absence decides nothing."""

from datetime import date
from pathlib import Path

import pytest

from claimdesk.checks.superlatives import check_superlatives
from claimdesk.judge import claim_subject, evidence_part
from claimdesk.model import Finding, Meta, Outcome

DAY = date(2025, 5, 18)
CROWDS = "\n".join(
    f"Year: {year}; Winner: {winner}; Official attendance: {count}"
    for year, winner, count in [
        (1998, "Calder Rovers", "21,340"),
        (2009, "Dunmere City", "51,002"),
        (2014, "Calder Rovers", "44,118"),
        (2025, "Calder Rovers", "48,217"),
    ]
)
JOBLESS = "2009: 5.1%\n2012: 4.1%\n2019: 4.4%\n2024: 4.6%\n2025: 4.2%"
DEFICITS = "\n".join(
    f"Year: {year}; Deficit ($ million): {value}"
    for year, value in [(2019, "9.1"), (2021, "16.4"), (2022, "12.0"), (2025, "14.2")]
)
SITES = "\n".join(
    f"Site: {site}; Country: {country}; Enrolled: {count}"
    for site, country, count in [
        ("Tarsk Hospital", "Orlania", "1,460"),
        ("Kest Clinic", "Marvia", "1,380"),
        ("Vell Clinic", "Orlania", "940"),
        ("Dorn House", "Marvia", "1,520"),
        ("Total", "", "5,300"),
    ]
)


def run(claim: str, *evidence: str, claimed: date | None = DAY) -> list[Finding]:
    subject = claim_subject(claim, Meta(date=claimed))
    return check_superlatives(subject, [evidence_part(text, index=number) for number, text in enumerate(evidence)])


TABLES = {"@CROWDS": CROWDS, "@JOBLESS": JOBLESS, "@DEFICITS": DEFICITS, "@SITES": SITES}
TABLE = Path(__file__).parent / "tables" / "superlatives.tsv"
CASES = [
    (claim, TABLES.get(evidence, evidence), None if outcome == "-" else outcome, None if label == "-" else label)
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for outcome, label, claim, evidence in [line.split("\t")]
]


@pytest.mark.parametrize(("claim", "evidence", "outcome", "label"), CASES)
def test_a_superlative_is_judged_by_rows_and_words(
    claim: str, evidence: str, outcome: str | None, label: str | None
) -> None:
    found = run(claim, evidence)
    told = [(finding.outcome.value, finding.label) for finding in found]
    assert told == ([(outcome, label)] if label else [])
    for finding in found:
        assert finding.claim_span is not None and finding.claim_span.of(claim)
        assert finding.evidence_span is not None and finding.evidence_span.of(evidence)


def test_the_reason_shows_both_values_and_the_row() -> None:
    (finding,) = run("The deficit of $14.2 million is the largest since 2019.", DEFICITS)
    assert finding.detail == (
        "The claim calls $14.2 million the largest deficit since 2019; the source has 16.4 for 2021, which is higher."
    )
    assert finding.outcome is Outcome.CONFLICTS and finding.evidence_value == "16.4"


def test_rows_of_several_parts_are_one_list() -> None:
    early, late = CROWDS.split("\n")[:2], CROWDS.split("\n")[2:]
    (finding,) = run("The crowd of 48,217 was the biggest ever for the final.", "\n".join(late), "\n".join(early))
    assert finding.label == "SUPERLATIVE_CONFLICT" and finding.part == 1


@pytest.mark.parametrize(
    "text", ["Mount Tarn, the highest.", "The largest of all, and the oldest!", "Tarn: the fastest."]
)
def test_a_sentence_without_a_verb_ends(text: str) -> None:
    assert all(finding.outcome is not Outcome.CONFLICTS for finding in run(text, text, "Tarn is a hill."))
