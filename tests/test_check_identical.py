from datetime import date

import pytest
from fakes import FixedMeaning

from claimdesk.judge import claim_subject, evidence_part, judge
from claimdesk.model import Meta

MONDAY_STORY = "The film cost $95 million, and about $40 million went on advertising, Ruiz said on Monday."


def stance(claim, evidence, day=None, claim_day=None):
    subject = claim_subject(claim, Meta(date=claim_day))
    return judge(subject, [evidence_part(evidence, Meta(date=day))], FixedMeaning()).stance.value


@pytest.mark.parametrize(
    "evidence",
    [
        MONDAY_STORY,
        MONDAY_STORY + " It was seen by 3 million people.",
        MONDAY_STORY.upper(),  # case
        MONDAY_STORY.replace(" ", "\u00a0"),  # no-break spaces
    ],
)
def test_the_same_sentence_supports_whatever_it_says(evidence):
    assert stance(MONDAY_STORY, evidence) == "supports"


def test_the_same_words_of_another_week_do_not():
    assert stance(MONDAY_STORY, MONDAY_STORY, date(2025, 3, 3), date(2025, 6, 11)) != "supports"


def test_a_question_is_no_statement():
    assert stance("The bridge is closed.", "The bridge is closed? Nobody knows.") == "related"


def test_the_words_inside_a_longer_sentence_are_not_the_sentence():
    assert stance("The council will sell the port.", "Nobody thinks that the council will sell the port.") != "supports"


def test_what_another_sentence_says_against_it_stays():
    both = "The Karsk blast killed nine people. The Karsk blast killed 14 people, the hospital said."
    assert stance("The Karsk blast killed nine people.", both) != "supports"


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Snow depth in April was 38 percent above average.", "Snow depth in April was 38 percent below average."),
        (
            "Eleven officers were hurt when bottles were not thrown.",
            "Eleven officers were hurt when bottles were thrown.",
        ),
        ("It can house 1,150 people, more.", "It can house 1,150 people, not more."),
        ("Tickets cost 19 euros, including luggage.", "Tickets cost 19 euros, excluding luggage."),
        ("The 40 clerks stay if the bank is sold.", "The 40 clerks stay unless the bank is sold."),
        ("The 40 clerks left before the bank was sold.", "The 40 clerks left after the bank was sold."),
    ],
)
def test_one_turned_word_forbids_support_though_the_numbers_agree(claim, evidence):
    assert stance(claim, evidence) != "supports"


CONCRETE = (
    "Adding 0.05% of graphene raised the strength of concrete by 28%; above 0.1%, it fell below that of plain concrete."
)


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("Adding 0.05% of graphene raised the strength of concrete by 28%.", CONCRETE, "supports"),
        ("Adding 0.05% of graphene raised the strength of concrete by 82%.", CONCRETE, "conflicts"),
        ("Adding 0.5% of graphene raised the strength of concrete by 28%.", CONCRETE, "conflicts"),
        # not a statement of its own, or somebody's words
        ("If the dam breaks.", "If the dam breaks; nobody knows that.", "related"),
        ("The dam will break.", '"The dam will break; run," a man cried.', "related"),
    ],
)
def test_the_same_words_up_to_a_semicolon_are_the_same_sentence(claim, evidence, expected):
    assert stance(claim, evidence) == expected
