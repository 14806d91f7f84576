"""Plain statements against a passage: what is denied, of what, and what is only set against something else."""

import pytest
from fakes import FixedMeaning

from claimdesk.judge import claim_subject, evidence_part, judge

WEIGHING = "Daily weighing, but not weekly weighing, helped people keep the weight off after a diet."
RESIGNED = "The mayor resigned, not the treasurer."


@pytest.mark.parametrize(
    ("claim", "evidence", "stance"),
    [
        # what a phrase only excludes is denied of that phrase alone
        ("Daily weighing helped people keep the weight off after a diet.", WEIGHING, "supports"),
        ("Weekly weighing helped people keep the weight off after a diet.", WEIGHING, "conflicts"),
        ("The mayor did not resign.", RESIGNED, "conflicts"),
        ("The treasurer resigned.", RESIGNED, "related"),
        ("The deputy signed the contract.", "The mayor, and not the deputy, signed the contract.", "related"),
        ("The files were lost.", "The files were lost and not found.", "supports"),
        ("The files were found.", "The files were lost and not found.", "conflicts"),
        # a clause behind a semicolon says something of its own
        (
            "Use before age 16 was linked to lower scores at 25.",
            "Use before age 16 was linked to lower scores at 25; starting after 18 was not.",
            "supports",
        ),
        (
            "Use before age 16 was not linked to lower scores at 25.",
            "Use before age 16 was linked to lower scores at 25; starting after 18 was not.",
            "conflicts",
        ),
        # a bound is no denial
        (
            "The tablet is not less than 3,200 years old, Weidlich said.",
            "The tablet is at least 3,200 years old, Weidlich said.",
            "supports",
        ),
        (
            "The dam might flood the village, Bae warned.",
            "Bae warned that the dam could flood the village.",
            "supports",
        ),
        (
            "The dam will flood the village, Bae warned.",
            "Bae warned that the dam could flood the village.",
            "conflicts",
        ),
    ],
)
def test_a_denial_reaches_as_far_as_its_phrase(claim, evidence, stance):
    model = FixedMeaning(0.9, 0.05) if stance == "supports" else FixedMeaning()
    found = judge(claim_subject(claim), [evidence_part(evidence)], model)
    assert found.stance.value == stance, found.reason


@pytest.mark.parametrize(
    ("claim", "evidence", "stance"),
    [
        # of a whole, some are not and others are
        ("Three of the five wells are not contaminated.", "Two of the five wells are contaminated.", "related"),
        (
            "Sixty of the 160 employees were not offered jobs.",
            "Of the 160 employees, 100 were offered jobs.",
            "related",
        ),
        ("Three of the five wells are not contaminated.", "Three of the five wells are contaminated.", "conflicts"),
        ("The five wells are not contaminated.", "The five wells are contaminated.", "conflicts"),
    ],
)
def test_a_part_that_is_not_is_no_other_number_of_the_part_that_is(claim, evidence, stance):
    found = judge(claim_subject(claim), [evidence_part(evidence)], FixedMeaning())
    assert found.stance.value == stance, found.reason
