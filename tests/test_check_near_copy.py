"""Near copies: another value, day, name or opposite in the same place conflicts; another word bars support."""

import pytest

from claimdesk.checks.near_copy import check_near_copy
from claimdesk.judge import claim_subject, evidence_part

SOURCE = (
    "The ferry Alma left Port Hale at 9 p.m. on Friday with 212 passengers and 14 cars, the third delay this month. "
    "Officials described the harbor as one of the smaller ones on the coast."
)
ROWS = [
    ("numbers", "conflicts", "The ferry Alma left Port Hale at 9 p.m. on Friday with 221 passengers and 14 cars."),
    ("dates", "conflicts", "The ferry Alma left Port Hale at 9 p.m. on Monday with 212 passengers and 14 cars."),
    ("dates", "conflicts", "The ferry Alma left Port Hale at 9 a.m. on Friday with 212 passengers and 14 cars."),
    ("names", "conflicts", "The ferry Alma left Port Merrow at 9 p.m. on Friday with 212 passengers and 14 cars."),
    ("words", "conflicts", "Officials described the harbor as one of the larger ones on the coast."),
    ("words", "silent", "The ferry Alma left Port Hale at 9 p.m. on Friday with 212 soldiers and 14 cars."),
]


def findings(claim, source=SOURCE):
    return check_near_copy(claim_subject(claim), [evidence_part(source)])


@pytest.mark.parametrize(("check", "outcome", "claim"), ROWS)
def test_what_stands_in_the_place_of_another(check, outcome, claim):
    assert [(one.check, one.outcome) for one in findings(claim)] == [(check, outcome)]


def test_both_places_are_shown():
    claim = ROWS[0][2]
    (found,) = findings(claim)
    assert found.claim_span.of(claim) == "221"
    assert found.evidence_span.of(SOURCE) == "212"


@pytest.mark.parametrize(
    "claim",
    [
        "The ferry Alma left Port Hale at 9 p.m. on Friday with 212 passengers.",
        "The ferry Alma left Port Hale at 9 p.m. on Friday with two hundred and twelve passengers and 14 cars.",
        "The ferry Alma reached Ostby at 9 p.m. on Sunday with 80 passengers and 3 cars.",  # another crossing
        "The freight ferry Alma left Port Hale at 9 p.m. on Friday with 40 passengers and 14 cars.",  # a narrower thing
        "“The ferry Alma left Port Hale at 9 p.m. on Friday with 221 passengers,” he said.",  # the quote check's matter
        "Alma.",
    ],
)
def test_nothing_else_is_said(claim):
    assert findings(claim) == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The striker has scored 14 goals in 20 matches.", "The striker has scored 14 goals in 20 games, it said."),
        ("In the survey 40% of firms want to hire.", "In the survey 40% of companies want to hire."),
        ("Both sides signed a large agreement in Vienna.", "Both sides signed a big deal in Vienna."),
        ("The harbor police arrested 12 people.", "The harbor police arrested 12 men after the robbery."),
    ],
)
def test_a_word_that_may_be_put_for_the_other_bars_nothing(claim, source):
    assert findings(claim, source) == []


def test_a_narrower_word_than_the_source_has_bars_support():
    (found,) = findings("The harbor police arrested 12 men.", "The harbor police arrested 12 people.")
    assert found.label == "OTHER_WORD"


def test_a_small_word_that_turns_the_sentence_bars_support():
    source = "They won 15 of 17 matches and finished second, four points behind Rijnoord."
    (found,) = findings("They won 15 of 17 matches and finished four points ahead of Rijnoord.", source)
    assert (found.label, found.outcome) == ("OTHER_WORD", "silent")
    assert found.detail.endswith('one says "ahead" and the other "behind".')


def test_a_hostile_sentence_is_not_read():
    assert findings("The ferry Alma left Port Hale on Friday.", "9 " * 50_000 + ".") == []
