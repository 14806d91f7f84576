"""Names: the same slot with another filler conflicts, everything else is silence."""

from datetime import date

import pytest

from claimdesk.analysis import Subject
from claimdesk.checks.names import check_names
from claimdesk.judge import claim_subject, evidence_part
from claimdesk.model import Finding, Meta, Outcome


def run(claim: str, *evidence: str, claimed: date | None = None, told: date | None = None) -> list[Finding]:
    subject: Subject = claim_subject(claim, Meta(date=claimed))
    return check_names(subject, [evidence_part(text, Meta(date=told), index=i) for i, text in enumerate(evidence)])


CONFLICTS = [
    # another holder of one office
    ("Interior Minister Ana Ruiz opened the depot.", "Interior Minister Ana Lopez opened the depot.", "NAME_CONFLICT"),
    ("The mayor of Tarn, Jo Brandt, cut the ribbon.", "The mayor of Tarn, Li Chen, cut the ribbon.", "NAME_CONFLICT"),
    ("Tarn's mayor, Jo Brandt, cut the ribbon.", "Li Chen, the mayor of Tarn, was away.", "NAME_CONFLICT"),
    ("Tarn Mayor Jo Brandt praised the crews.", "Li Chen is the mayor of Tarn.", "NAME_CONFLICT"),
    (
        "Halden Biotech chief executive Marta Lind resigned.",
        "Olof Berg, chief executive of Halden Biotech, resigned.",
        "NAME_CONFLICT",
    ),
    (
        "Halden's CEO, Marta Lind, sold shares.",
        "The chief executive of Halden, Olof Berg, sold shares.",
        "NAME_CONFLICT",
    ),
    ("Calder coach Ruth Adair blamed the pitch.", "Calder coach Lars Dahl blamed the pitch.", "NAME_CONFLICT"),
    (
        "Police Chief Ivo Stone closed the bridge after the crash.",
        "Police Chief Mara Quill closed the bridge after the crash.",
        "NAME_CONFLICT",
    ),
    (
        "The ambassador to Orlania, Kim Vale, left on Friday.",
        "The ambassador to Orlania, Tess Moor, left on Friday.",
        "NAME_CONFLICT",
    ),
    # the same surname, another person
    ("Interior Minister Ana Ruiz opened the depot.", "Interior Minister Pablo Ruiz opened the depot.", "NAME_CONFLICT"),
    # two sides exchanged
    ("Smith defeated Jones in the runoff.", "Jones defeated Smith in the runoff.", "ROLE_SWAP"),
    ("Norwell sued Hartman over the patent.", "Hartman sued Norwell over the patent.", "ROLE_SWAP"),
    (
        "Calder Rovers beat Westhaven Athletic in the final.",
        "Calder Rovers were beaten by Westhaven Athletic in the final.",
        "ROLE_SWAP",
    ),
    # another place of one event
    ("A fire in Lisle killed 12 people on Tuesday.", "A fire in Merrow killed 12 people on Tuesday.", "PLACE_CONFLICT"),
    ("Police arrested 31 people in Lisle.", "Police arrested 31 people in Merrow.", "PLACE_CONFLICT"),
    ("Ana Ruiz signed the treaty in Tarn.", "Ana Ruiz signed the treaty in Brod.", "PLACE_CONFLICT"),
    (
        "The ferry sank near Gull Island with 46 passengers.",
        "The ferry sank near Heron Island with 46 passengers.",
        "PLACE_CONFLICT",
    ),
    # another body or person in the same part of the same event
    (
        "The Interior Ministry ordered an inquiry into the Tarn collapse.",
        "The Health Ministry ordered an inquiry into the Tarn collapse.",
        "ORG_CONFLICT",
    ),
    ("Smith defeated Jones in the runoff.", "Brown defeated Jones in the runoff.", "NAME_CONFLICT"),
    (
        "The council sold the Brackwater terminal to Norwell.",
        "The council sold the Brackwater terminal to Hartman.",
        "PLACE_CONFLICT",
    ),
    # age
    ("Ruiz, 54, was sworn in.", "Ana Ruiz, 45, was sworn in.", "AGE_CONFLICT"),
    ("The 31-year-old Mia Torvald scored twice.", "Mia Torvald, 28, scored twice.", "AGE_CONFLICT"),
    # one person, another office
    (
        "Deputy Interior Minister Ana Ruiz opened the depot.",
        "Interior Minister Ana Ruiz opened the depot.",
        "ROLE_CONFLICT",
    ),
    ("Finance Minister Ana Ruiz opened the depot.", "Defense Minister Ana Ruiz opened the depot.", "ROLE_CONFLICT"),
    (
        "Governor Jo Brandt opened the depot in Tarn.",
        "Lena Fox met Mayor Jo Brandt, who opened the depot in Tarn.",
        "ROLE_CONFLICT",
    ),
    (
        "Marta Lind, chief executive of Halden Biotech, opened the depot.",
        "Marta Lind, chief executive of Norwell, opened the depot.",
        "ORG_CONFLICT",
    ),
]

FLAGS = [
    # a slip of spelling
    ("Mayor Dana Whitlock opened the depot.", "Mayor Dana Whitlok opened the depot.", "NAME_MISSPELLED"),
    ("Marta Lindqvist led the study.", "The study was led by Marta Lindquist.", "NAME_MISSPELLED"),
    ("Brandt won the seat.", "Bradnt won the seat.", "NAME_MISSPELLED"),
    ("The convoy stopped in Lindenhall.", "The convoy stopped in Lindenhal.", "NAME_MISSPELLED"),
    # an office that may have changed in between
    ("Former mayor Jo Brandt opened the depot.", "Mayor Jo Brandt opened the depot.", "ROLE_DIFFERS"),
    (
        "Deputy Interior Minister Ana Ruiz spoke first.",
        "The depot burned down. Interior Minister Ana Ruiz wept.",
        "ROLE_DIFFERS",
    ),
]

SILENT = [
    # the same name, fuller or shorter
    ("Interior Minister Ana Ruiz opened the depot.", "Interior Minister Ruiz opened the depot."),
    ("Ruiz opened the depot.", "Ana Ruiz opened the depot."),
    ("Mayor J. Brandt opened the depot.", "Mayor Jo Brandt opened the depot."),
    ("Mayor Bill Vance opened the depot.", "Mayor William Vance opened the depot."),
    ("The IMF lent Orlania $3 billion.", "The International Monetary Fund lent Orlania $3 billion."),
    ("Calder beat Westhaven in the final.", "Calder Rovers beat Westhaven Athletic in the final."),
    ("The ministry ordered an inquiry.", "The Health Ministry ordered an inquiry."),
    ("Orlania ordered an inquiry.", "The Orlanian government ordered an inquiry."),
    ("Kyiv agreed to the swap.", "Ukraine agreed to the swap."),
    # other slots, other events
    ("Smith defeated Jones in the runoff.", "Brown praised Jones after the match."),
    ("Police arrested 31 people in Lisle.", "The minister spoke in Merrow."),
    ("Police arrested three people in Lisle.", "Police arrested three people in Merrow."),
    ("A fire in Lisle killed 12 people on Tuesday.", "A fire in Merrow killed 30 people last week."),
    ("A fire in Lyon killed 12 people on Tuesday.", "A fire in France killed 12 people on Tuesday."),
    ("Police arrested 31 people in Lisle.", "Police arrested 31 people in Merrow, a suburb of Lisle."),
    ("Ana Ruiz signed the treaty in Tarn.", "Ana Ruiz did not sign the treaty in Brod."),
    ("Ana Ruiz signed the treaty in Tarn.", "Ana Ruiz may sign the treaty in Brod."),
    ("Smith met Jones in the runoff.", "Jones met Smith in the runoff."),
    ("Ana Ruiz met Li Chen.", "Jo Brandt thanked Lena Fox."),
    # other offices
    ("French Interior Minister Ana Ruiz left.", "German Interior Minister Otto Kern left."),
    ("The former mayor of Tarn, Jo Brandt, left.", "The mayor of Tarn, Li Chen, left."),
    ("Mayor Jo Brandt welcomed the plan.", "Mayor Li Chen rejected a petition on parking fees."),
    ("A spokesman, Jo Brandt, opened the depot.", "A spokesman, Li Chen, opened the depot."),
    ("Calder captain June Kaye left early.", "Westhaven captain Pia Storm left early."),
    ("Interior Minister Ana Ruiz opened the depot.", "Deputy Interior Minister Li Chen opened the depot."),
    ("Council member Jo Brandt opened the depot.", "Council member Li Chen opened the depot."),
    # another time
    ("The mayor of Tarn, Jo Brandt, opened the fair in 2019.", "The mayor of Tarn, Li Chen, opened the fair in 2024."),
    # ages of other people, and a birthday
    ("Ruiz, 54, was sworn in.", "Jo Brandt, 45, was sworn in."),
    ("Ruiz, 54, was sworn in.", "Ana Ruiz, 55, was sworn in."),
    ("Ruiz, 54, was sworn in.", "Ana Ruiz, 54, and her son, Pablo Ruiz, 20, came."),
    # roles that go together
    ("Marta Lind, chief executive of Halden Biotech, left.", "The company's founder, Marta Lind, left."),
    ("Ivo Petran, lead author of the study, left.", "Ivo Petran, the hospital's head of research, left."),
    # two people of similar names, both known to the text
    ("Martin met Marvin in Tarn.", "Marvin met Martin in Tarn."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "evidence", "label"), CONFLICTS)
def test_another_name_in_the_same_slot_conflicts(claim: str, evidence: str, label: str) -> None:
    conflicts = [finding for finding in run(claim, evidence) if finding.outcome is Outcome.CONFLICTS]
    assert [finding.label for finding in conflicts][:1] == [label]
    for finding in conflicts:
        assert finding.claim_span is not None and finding.evidence_span is not None
        assert finding.claim_span.of(claim) and finding.evidence_span.of(evidence)


@pytest.mark.parametrize(("claim", "evidence", "label"), FLAGS)
def test_a_difference_that_a_person_must_see_is_flagged(claim: str, evidence: str, label: str) -> None:
    findings = run(claim, evidence)
    assert not [finding for finding in findings if finding.outcome is Outcome.CONFLICTS]
    assert label in [finding.label for finding in findings if finding.flag]


@pytest.mark.parametrize(("claim", "evidence"), SILENT)
def test_other_slots_other_events_and_short_forms_are_silent(claim: str, evidence: str) -> None:
    telling = [finding for finding in run(claim, evidence) if finding.outcome is not Outcome.SILENT or finding.flag]
    assert telling == []
