"""What stands beside the claim's words and forbids support, each with a sentence in which it does not."""

import pytest

from claimdesk.checks.reservations import check_reservations
from claimdesk.judge import claim_subject, evidence_part


def label(claim, evidence):
    found = check_reservations(claim_subject(claim), [evidence_part(evidence)])
    return found[0].label if found else ""


FORBIDDEN = [
    ("The cannery poisoned the bay.", "Fishermen allege that the cannery poisoned the bay.", "ALLEGED"),
    ("The bridge had been inspected.", "The builder insists that the bridge had been inspected.", "ALLEGED"),
    ("Owls hunt the foxes of the fen.", "Foxes hunt the owls of the fen at night.", "SIDES_EXCHANGED"),
    ("The clerk accused the mayor.", "The mayor accused the clerk on Friday.", "SIDES_EXCHANGED"),
    ("The mayor signed the lease.", "It was the treasurer, not the mayor, who signed the lease.", "SAID_OF_ANOTHER"),
    (
        "Port chief Ana Weiss overruled finance chief Olu Bell.",
        "Finance chief Olu Bell overruled the port chief, Ana Weiss.",
        "SIDES_EXCHANGED",
    ),
    (
        "The probe is launched on Monday.",
        "Subject to the weather, the probe is launched on Monday.",
        "FRAMED_OTHERWISE",
    ),
    ("The clinic has not lost the records.", "The clinic has lost the records, it said.", "FRAMED_OTHERWISE"),
    ("The storm weakened after it reached land.", "The storm weakened before it reached land.", "REORDERED"),
    ("Training is compulsory for new drivers.", "Training is voluntary for new drivers.", "OPPOSITE_WORD"),
    ("Calves there were heavier, herders found.", "Calves there were lighter, herders found.", "OPPOSITE_WORD"),
    ("The senate overrode the veto.", "The senate can override the veto in May.", "NOT_DONE"),
    ("The ministry presented the bill.", "The ministry hopes to present the bill after the recess.", "NOT_DONE"),
    (
        "The survivors were taken to the port of Lamira.",
        "They were found off Lamira. The survivors were taken to the port of Rea.",
        "NAME_MISPLACED",
    ),
    (
        "The best-selling model was the Volt.",
        "The best-selling model was the Elva, ahead of the Volt.",
        "NAME_MISPLACED",
    ),
    ("The valley brought in a record harvest.", "The valley brought in a harvest like the last.", "RANK_NOT_STATED"),
    ("Crowds marched in support of the road.", "Crowds marched to protest against the road.", "OPPOSITE_WORD"),
    ("The line lengthens the journey.", "The line will cut the journey.", "OPPOSITE_WORD"),
]
FREE = [
    ("The survivors were taken to the port of Rea.", "They were found off Lamira. The survivors were taken to the port of Rea."),
    ("The best-selling model was the Elva.", "The best-selling model was the Elva, ahead of the Volt."),
    ("The valley brought in a record harvest.", "The valley brought in its largest harvest ever."),
    ("The cannery poisoned the bay.", "Fishermen allege that the cannery poisoned the bay. A court found on Monday that the cannery poisoned the bay."),
    ("The bridge had been inspected.", "The bridge had been inspected, records show."),
    ("Foxes hunt owls in the fen.", "In the fen, foxes hunt owls."),
    ("The mayor accused the clerk.", "The clerk was accused by the mayor."),
    ("The mayor accused the clerk.", "The clerk, accused by the mayor, resigned."),
    ("The storm weakened before it reached land.", "Before it reached land, the storm weakened."),
    ("The clinic lost the records.", "The clinic lost the records, but not the films."),
    ("Ruiz drew with Cole.", "Cole drew with Ruiz on Monday."),
    ("The mayor signed the lease.", "The mayor, not the treasurer, signed the lease."),
    ("Training is compulsory for new drivers.", "Training is not voluntary but compulsory for new drivers."),
    ("Training is not compulsory for drivers.", "Training is voluntary for drivers."),
    ("The senate overrode the veto.", "The senate overrode the veto after it had said that it might override it."),
    ("The harbor stayed closed until May.", "The harbor stayed closed until May, the port said."),
    ("“We will not close the mill,” Okafor said.", "We, um, we will not, you know, close the mill."),
    ("“We will not,” Okafor said, “close the mill.”", "Then she rose. We will not close the mill, and that is final."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "evidence", "expected"), FORBIDDEN)
def test_what_forbids_support_is_named(claim, evidence, expected):
    assert label(claim, evidence) == expected


@pytest.mark.parametrize(("claim", "evidence"), FREE)
def test_the_same_words_in_the_same_sense_are_left_alone(claim, evidence):
    assert label(claim, evidence) == ""


def test_the_place_that_is_shown_lies_in_the_part_that_is_named():
    texts = [
        "The president's veto of the bill on pensions stands.",
        "Long after all of that, the senate may override it.",
    ]
    parts = [evidence_part(text, index=index) for index, text in enumerate(texts)]
    (found,) = check_reservations(claim_subject("The senate overrode the veto of the bill on pensions."), parts)
    assert (found.label, found.part) == ("NOT_DONE", 0)
    assert found.evidence_span.of(texts[0]) == found.evidence_value == texts[0]
