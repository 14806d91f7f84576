"""Numbers and dates marked for the judge model by how the rules compare them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.analysis import analyze
from claimdesk.entailment.marking import has_other_figure, mark_pair, value_marks


def marked(claim, evidence):
    return mark_pair(analyze(claim).view(), analyze(evidence).view())


@pytest.mark.parametrize(
    ("claim", "evidence", "ours", "theirs"),
    [
        # equal, less, more; only values of one kind are compared
        ("It killed 18 people.", "It killed 18 people.", "18 [=] people.", "18 [=] people."),
        ("It killed 18 people.", "It killed 54 people.", "18 [!] people.", "54 [>] people."),
        ("It killed 54 people.", "It killed 18 people.", "54 [!] people.", "18 [<] people."),
        ("It cost $18.", "It killed 18 people.", "$18 [?].", "people."),
        # bounds, hedges, words and units are resolved before
        ("More than 40 people died.", "It killed 54 people.", "40 [=] people died.", "54 [=] people."),
        ("Fewer than 40 people died.", "It killed 54 people.", "40 [!] people died.", "54 [>] people."),
        ("About 1,200 people came.", "There were 1,212 people.", "1,200 [=] people came.", "1,212 [=] people."),
        ("Twelve people died.", "It killed 12 people.", "Twelve [=] people died.", "12 [=] people."),
        ("It is 10 miles long.", "It is 16.09 km long.", "miles [=] long.", "km [=] long."),
        # years and days
        ("It opened in 2019.", "It opened in May 2021.", "2019 [!].", "May 2021 [>]."),
        ("It opened in 2021.", "It opened in May 2021.", "2021 [=].", "May 2021 [=]."),
    ],
)
def test_marks(claim, evidence, ours, theirs):
    one, two = marked(claim, evidence)
    assert one.endswith(ours) and two.endswith(theirs)


def test_a_claim_without_values_is_left_alone():
    assert marked("The court rose.", "It rose at 5 p.m. on 3 May 2020.") == (
        "The court rose.",
        "It rose at 5 p.m. on 3 May 2020.",
    )


@given(st.text("ab 12,.%$\n", max_size=40), st.text("ab 12,.%$\n", max_size=40))
def test_taking_the_marks_away_gives_the_texts_back(claim, evidence):
    for before, after in zip((claim, evidence), marked(claim, evidence), strict=True):
        assert re.sub(r" \[[=<>≈!? ]{1,4}\]", "", after) == before


def test_each_value_of_the_claim_has_one_mark():
    view = analyze("In 2019, 40 people and 3 dogs crossed.").view()
    marks = value_marks(view, [analyze("In 2019, 44 people crossed.").view()])
    assert marks.count("=") == 1 and len(marks) == 3


@pytest.mark.parametrize(
    ("claim", "evidence", "other"),
    [
        ("The firm lost 63 million euros.", "It made a profit of 63 million euros.", False),
        ("The firm made 63 million euros.", "It lost 63 million euros, against a profit of 18 million.", True),
        ("He has over 60 caps.", "He has earned over 60 caps for Belgium.", False),
        ("It closed on March 3.", "It opened on March 1 and closed on March 3.", True),
    ],
)
def test_another_figure_is_one_that_the_claim_does_not_have(claim, evidence, other):
    assert has_other_figure(analyze(claim).view(), [analyze(evidence).view()]) is other
