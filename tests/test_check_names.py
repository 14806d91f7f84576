"""Names: the same slot with another filler conflicts, everything else is silence."""

from datetime import date
from pathlib import Path

import pytest

from claimdesk.checks.names import check_names
from claimdesk.judge import claim_subject, evidence_part
from claimdesk.model import Finding, Meta, Outcome

TABLE = Path(__file__).parent / "tables" / "names.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def rows(kind: str) -> list[tuple[str, str, str]]:
    return [(label, claim, evidence) for each, label, claim, evidence in ROWS if each == kind]


def run(claim: str, *evidence: str, claimed: date | None = None, told: date | None = None) -> list[Finding]:
    subject = claim_subject(claim, Meta(date=claimed))
    return check_names(subject, [evidence_part(text, Meta(date=told), index=i) for i, text in enumerate(evidence)])


@pytest.mark.parametrize(("label", "claim", "evidence"), rows("conflict"))
def test_another_name_in_the_same_slot_conflicts(label: str, claim: str, evidence: str) -> None:
    conflicts = [finding for finding in run(claim, evidence) if finding.outcome is Outcome.CONFLICTS]
    assert [finding.label for finding in conflicts][:1] == [label]
    for finding in conflicts:
        assert finding.claim_span is not None and finding.evidence_span is not None
        assert finding.claim_span.of(claim) and finding.evidence_span.of(evidence)


@pytest.mark.parametrize(("label", "claim", "evidence"), rows("flag"))
def test_a_difference_that_a_person_must_see_is_flagged(label: str, claim: str, evidence: str) -> None:
    findings = run(claim, evidence)
    assert not [finding for finding in findings if finding.outcome is Outcome.CONFLICTS]
    assert label in [finding.label for finding in findings if finding.flag]


@pytest.mark.parametrize(("_", "claim", "evidence"), rows("silent"))
def test_other_slots_other_events_and_short_forms_are_silent(_: str, claim: str, evidence: str) -> None:
    assert [finding for finding in run(claim, evidence) if finding.outcome is not Outcome.SILENT or finding.flag] == []


def test_a_name_that_the_evidence_never_gives_is_missing() -> None:
    findings = run("Jo Brandt opened the depot in Tarn.", "Brandt opened the depot.")
    assert [(finding.label, finding.claim_value) for finding in findings] == [("NAME_MISSING", "Tarn")]


def test_what_is_known_about_a_source_names_its_speaker() -> None:
    subject = claim_subject("The depot opens today, Jo Brandt said.")
    part = evidence_part("We open the depot today.", Meta(speaker="Jo Brandt"))
    assert check_names(subject, [part]) == []


def test_the_conflict_names_both() -> None:
    (finding,) = run("Tarn Mayor Jo Brandt praised the crews.", "Li Chen is the mayor of Tarn.")
    assert finding.detail == "The claim names Jo Brandt as Tarn Mayor, the source Li Chen."
    assert (finding.claim_value, finding.evidence_value) == ("Jo Brandt", "Li Chen")


def test_an_office_may_have_passed_on_between_two_texts() -> None:
    texts = ("The mayor of Tarn, Jo Brandt, cut the ribbon.", "The mayor of Tarn, Li Chen, cut the ribbon.")
    near, far = date(2025, 3, 1), date(2021, 3, 1)
    assert run(*texts, claimed=near, told=date(2025, 2, 1))[0].label == "NAME_CONFLICT"
    assert all(finding.outcome is Outcome.SILENT for finding in run(*texts, claimed=near, told=far))


def test_years_between_two_texts_count_for_an_age() -> None:
    texts = ("Ana Ruiz, 54, was sworn in.", "Ana Ruiz, 45, was sworn in.")
    assert run(*texts, claimed=date(2025, 3, 1), told=date(2016, 3, 1))[0].outcome is Outcome.SILENT
    assert run(*texts, claimed=date(2025, 3, 1), told=date(2025, 3, 1))[0].label == "AGE_CONFLICT"


def test_a_later_part_that_names_the_person_silences_the_conflict() -> None:
    findings = run(
        "The mayor of Tarn, Jo Brandt, cut the ribbon.",
        "The mayor of Tarn, Li Chen, cut the ribbon.",
        "Jo Brandt, the mayor of Tarn, cut the ribbon.",
    )
    assert [finding.label for finding in findings if finding.outcome is Outcome.CONFLICTS] == []
