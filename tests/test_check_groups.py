"""How much of a group: all, most, half, some, few or none."""

import pytest

from claimdesk.checks.groups import check_groups
from claimdesk.judge import claim_subject, evidence_part
from claimdesk.model import Outcome


def ask(claim, evidence):
    found = check_groups(claim_subject(claim), [evidence_part(evidence)])
    return [(finding.outcome, finding.label) for finding in found]


CONFLICT = [(Outcome.CONFLICTS, "QUANTIFIER_CONFLICT")]
WEAKER = [(Outcome.SILENT, "QUANTIFIER_WEAKER")]


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        # borne out: the same, or less than the passage says
        ("Most of the wells were dry.", "All of the wells were dry.", []),
        ("Some schools closed early.", "Most schools closed early.", []),
        ("Every well was dry.", "All wells were dry.", []),
        ("Not all bridges reopened.", "Half of the bridges reopened.", []),
        # the sentence counts that has the claim's words
        ("Both lanes will reopen in May.", "One lane will reopen in May. Both lanes will be open by autumn.", WEAKER),
        ("All lanes will reopen in May.", "One lane was shut. All lanes will reopen in May.", []),
        # more than the passage says
        ("All of the wells were dry.", "Some of the wells were dry.", WEAKER),
        ("Most schools closed early.", "Several schools closed early.", WEAKER),
        # excluded
        ("All of the dockers went back to work.", "None of the dockers went back to work.", CONFLICT),
        ("Most of the pupils passed the test.", "Few of the pupils passed the test.", CONFLICT),
        ("No school closed early.", "Every school closed early.", CONFLICT),
        ("All of the coral has bleached.", "Almost all of the coral has bleached.", CONFLICT),
        # excluded, but of another matter: nothing is said
        ("All of the dockers joined the union.", "None of the dockers went back to work on Monday.", WEAKER),
        ("No teacher likes the new timetable.", "Many teachers oppose the new timetable.", WEAKER),
        # other things are counted, or nothing is
        ("All of the wells were dry.", "Some of the pumps were dry.", []),
        ("All of the wells were dry.", "The wells were dry.", []),
        ("The wells were dry.", "Some of the wells were dry.", []),
        # words of another kind
        ("No, the wells were dry.", "All of the wells were dry.", []),
        ("Most importantly, the wells were dry.", "All of the wells were dry.", []),
    ],
)
def test_how_much_of_a_group(claim, evidence, expected):
    assert ask(claim, evidence) == expected


def test_another_sentence_may_bear_it_out():
    assert ask("All schools closed early.", "Some schools closed at noon. By three all schools closed early.") == []
