"""The slots of a number, read from its sentence."""

from __future__ import annotations

import pytest

from claimdesk.analysis import analyze
from claimdesk.numbers.bind import Bound, bind
from claimdesk.numbers.rows import row_bounds


def bound(text: str, number: str) -> Bound:
    """The bound quantity of a text whose words begin or end with ``number``."""
    found = [each for each in bind(analyze(text).view()) if number in each.quantity.text]
    assert found, bind(analyze(text).view())
    return found[0]


@pytest.mark.parametrize(
    ("text", "number", "item"),
    [
        ("Ostmark returned 1,212 bodies.", "1,212", "body"),
        ("The remains of 1,212 soldiers were returned.", "1,212", "body"),  # the container counts
        ("The district recorded 40 deaths.", "40", "person"),  # a death is a person who died
        ("The firm cut 300 posts.", "300", "job"),
        ("The number of cases rose to 210.", "210", "infection"),
        ("Asylum claims rose to 480.", "480", "claim"),
        ("Rebels held 40 hostages. Twelve of them were freed.", "Twelve", "hostage"),
        ("The blast killed nine people. The toll later rose to 14.", "14", "person"),
        ("Militants killed six soldiers and wounded 11.", "11", "soldier"),
        ("No one was hurt.", "No one", "person"),
    ],
)
def test_item(text: str, number: str, item: str) -> None:
    assert bound(text, number).item == item


@pytest.mark.parametrize(
    ("text", "number", "role", "direction"),
    [
        ("The tax rose from 8% to 10%.", "8%", "from", "up"),
        ("The tax rose from 8% to 10%.", "10%", "to", "up"),
        ("The tax fell by 2%.", "2%", "by", "down"),
        ("Sales climbed 7%.", "7%", "by", "up"),
        ("The rate was 6.3%.", "6.3%", "", ""),
        ("The list holds 3,400 names, up from 2,900 in 2023.", "2,900", "from", "up"),
    ],
)
def test_role_and_direction(text: str, number: str, role: str, direction: str) -> None:
    found = bound(text, number)
    assert (found.role, found.direction) == (role, direction)


@pytest.mark.parametrize(
    ("text", "number", "modality", "negated"),
    [
        ("Ostmark returned 500 bodies.", "500", "", False),
        ("Ostmark wanted to return 500 bodies.", "500", "wished", False),
        ("Ostmark has offered 500 bodies.", "500", "wished", False),
        ("Ostmark will return 500 bodies.", "500", "planned", False),
        ("Ostmark agreed to return 500 bodies.", "500", "planned", False),
        ("Ostmark may return 500 bodies.", "500", "possible", False),
        ("Ostmark did not return 500 bodies.", "500", "", True),
        ("Ostmark refused to return 500 bodies.", "500", "wished", True),
        ("The office said Ostmark returned 500 bodies.", "500", "", False),
    ],
)
def test_reality(text: str, number: str, modality: str, negated: bool) -> None:
    found = bound(text, number)
    assert (found.modality, found.negated) == (modality, negated)


@pytest.mark.parametrize(
    ("text", "number", "statistic"),
    [
        ("Each side freed 40 prisoners.", "40", "each"),
        ("The sides freed 40 prisoners in total.", "40", "total"),
        ("The median wage is 2,400 euros.", "2,400", "median"),
        ("There were 40 deaths per 100,000 people.", "40", "per 100,000 people"),
    ],
)
def test_statistic(text: str, number: str, statistic: str) -> None:
    assert bound(text, number).statistic == statistic


def test_part_base_and_subset() -> None:
    text = "Of the 6,000 bodies, 900 were identified."
    assert bound(text, "6,000").base
    assert not bound(text, "900").base
    assert bound("Ten people died, including three children.", "three").subset
    assert bound("A total of 27 of the 180 bodies were named.", "180").base


def test_speaker_is_not_part_of_the_clause() -> None:
    found = bound("Police said nine people died in the blast.", "nine")
    assert found.speaker is not None
    assert found.speaker.lemma == "police"
    assert "police" not in [term.lemma for term in found.core]


def test_withdrawn_figure() -> None:
    text = "CORRECTION: 340 ballots were rejected, not 430 as first reported."
    assert bound(text, "430").withdrawn
    assert not bound(text, "340").withdrawn


def test_the_over_of_handed_over_is_no_bound() -> None:
    assert bound("Each side handed over 1,000 prisoners.", "1,000").quantity.low_open is False


def test_joined_numbers_keep_their_own_words() -> None:
    text = "Twenty cars and five buses were damaged."
    assert "bus" not in [term.lemma for term in bound(text, "Twenty").core]
    assert "car" not in [term.lemma for term in bound(text, "five").core]


def test_row_cells_carry_header_and_label() -> None:
    jobs, change = row_bounds(analyze("Region: North; Jobs: 1,212; Change (%): -3").view())
    assert (jobs.item, [[term.lemma for term in label] for label in jobs.labels]) == ("job", [["north"]])
    assert (change.role, change.direction, change.quantity.unit) == ("by", "down", "percent")


@pytest.mark.parametrize("text", ["He said: take 5; I took 6.", "Ten homes burned.", "", "Note: 5"])
def test_prose_is_no_row(text: str) -> None:
    assert row_bounds(analyze(text).view()) == ()


@pytest.mark.parametrize("text", ["12", "1 2 3 4 5", "of the 12 of the 13 of 14", "%%% 5% %", "“12”" * 50, "from 5 to"])
def test_broken_text_is_bound_without_error(text: str) -> None:
    view = analyze(text).view()
    assert len(bind(view)) == len(view.quantities)
