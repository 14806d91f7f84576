"""The text against itself: what cannot both be right is found, what can is left alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.find import find_claims
from claimdesk.internal import find_inconsistencies
from claimdesk.model import Document, Inconsistency, Meta

DAY = date(2025, 11, 13)  # a Thursday


def run(text: str, day: date | None = DAY) -> tuple[Inconsistency, ...]:
    document = Document("draft.txt", text, "", "txt", Meta(date=day))
    return find_inconsistencies(find_claims(document))


WRONG = [
    # headline and body
    ("12 dead in Lisle ferry fire\n\nAt least 14 people died when a ferry caught fire off Lisle on Tuesday.", "HEADLINE_BODY", "12", "14"),
    ("City to spend $40 million on bridges\n\nThe city will spend $46 million on bridges next year, the council said.", "HEADLINE_BODY", "$40 million", "$46 million"),
    ("Plant to cut 300 jobs\n\nThe owner of the plant will cut 450 jobs in spring, it said.", "HEADLINE_BODY", "300", "450"),
    ("Storm leaves 9,000 homes without power\n\nA storm left 90,000 homes without power on Monday.", "HEADLINE_BODY", "9,000", "90,000"),
    ("Police arrest 31 at harbor protest\n\nPolice arrested 13 people at a protest in the harbor on Sunday.", "HEADLINE_BODY", "31", "13"),
    ("Nearly 500 join the march\n\nSome 800 people joined the march on Saturday.", "HEADLINE_BODY", "Nearly 500", "800"),
    # caption and body
    ("Fire at the mill\n\nThe fire killed 12 workers on Tuesday, police said.\n\nCaption: Firefighters at the mill, where a fire killed 21 workers.", "CAPTION_BODY", "21", "12"),
    # a total and its parts
    ("The blaze left 37 people in hospital: 22 adults and 16 children.", "SUM_OF_PARTS", "37", "22"),
    ("The ferry carried 120 passengers: 70 women, 30 men and 25 children.", "SUM_OF_PARTS", "120", "70"),
    ("The convoy had 37 vehicles (22 cars and 16 vans).", "SUM_OF_PARTS", "37", "22"),
    ("The bill is $30 million: $20 million for roads and $12 million for schools.", "SUM_OF_PARTS", "$30 million", "$20 million"),
    ("They counted 22 adults and 16 children, 37 in all.", "SUM_OF_PARTS", "37", "22"),
    ("The team won 8 gold medals and 5 silver medals, for a total of 14 medals.", "SUM_OF_PARTS", "14", "8"),
    ("Of the 40 hostages, 25 were freed and the other 10 are still held.", "SUM_OF_PARTS", "40", "25"),
    ("Of the 40 hostages, 25 were freed. The other 10 are still held.", "SUM_OF_PARTS", "40", "25"),
    ("Of 90 seats, 52 went to the Greens and the remaining 48 to the Blues.", "SUM_OF_PARTS", "90", "52"),
    ("The jury had 12 members: 7 women and 6 men.", "SUM_OF_PARTS", "12", "7"),
    # a count, its base and a percentage
    ("In the test, 12 of the 40 pupils, or 25%, failed.", "PERCENT_OF_BASE", "12 of the 40", "25%"),
    ("In the test, 12 of 40 pupils (25%) failed.", "PERCENT_OF_BASE", "12 of 40", "25%"),
    ("Of the 40 pupils, 12 (25%) failed.", "PERCENT_OF_BASE", "40", "25%"),
    ("The board sold 5,000 of its 20,000 shares, or 30%.", "PERCENT_OF_BASE", "5,000", "30%"),
    ("Some 90 of the 120 shops, or 60%, stayed closed.", "PERCENT_OF_BASE", "90", "60%"),
    # from, to and by
    ("Membership rose by 12 to 50 from 40.", "CHANGE_ARITHMETIC", "", "12"),
    ("Membership doubled from 240 to 330.", "CHANGE_ARITHMETIC", "240", "doubled"),
    ("The fee was halved from $90 to $60.", "CHANGE_ARITHMETIC", "$90", "halved"),
    ("Sales rose 12% to $50 million from $40 million.", "CHANGE_ARITHMETIC", "", "12%"),
    ("The rate rose from 6% to 7.5%, an increase of 1.5%.", "CHANGE_ARITHMETIC", "6%", "1.5%"),
    ("The price rose from $50 to $40.", "CHANGE_ARITHMETIC", "rose", "$50"),
    ("Attendance fell from 1,200 to 1,500.", "CHANGE_ARITHMETIC", "fell", "1,200"),
    ("The workforce shrank by 30% from 200 to 160.", "CHANGE_ARITHMETIC", "200", "30%"),
    ("Spending more than doubled from $20 million to $36 million.", "CHANGE_ARITHMETIC", "$20 million", "doubled"),
    ("The state cut the subsidy by a quarter, to $10 million from $15 million.", "CHANGE_ARITHMETIC", "", "a quarter"),
    # one figure twice
    ("The flood destroyed 40 homes in Brod on Monday.\n\nThe mayor came to Brod.\n\nThe flood destroyed 60 homes in Brod.", "REPEATED_FIGURE", "40", "60"),
    ("The trial enrolled 1,212 patients in Tarsk.\n\nThe vaccine was safe.\n\nThe trial enrolled 1,221 patients in Tarsk.", "REPEATED_FIGURE", "1,212", "1,221"),
    # weekday and date
    ("The vote was held on Tuesday, November 12, 2025.", "WEEKDAY_DATE", "Tuesday", "November 12, 2025"),
    ("The court will sit on Friday, December 3, 2025.", "WEEKDAY_DATE", "Friday", "December 3, 2025"),
    # ages and years
    ("Ana Ruiz, 35, was born in 1980 and lives in Tarn.", "AGE_YEARS", "1980", "35"),
    ("The club, founded in 1960, is celebrating its 75th anniversary this week.", "AGE_YEARS", "1960", "75"),
    ("Ana Ruiz, 54, runs the mill.\n\nThe mill is old.\n\nRuiz, 45, will retire next year.", "AGE_YEARS", "Ana Ruiz", "Ruiz"),
    ("Jo Brandt, who was born in 1950, died in 2010 aged 70.", "AGE_YEARS", "1950", "70"),
    # quotes that come back changed
    ('"We will never sell the harbor to a foreign buyer," Crane said.\n\nThe talks went on.\n\n"We will sell the harbor to a foreign buyer," Crane said.', "QUOTE_REPEATED", "never", "will sell"),
    ('"I have seen twelve men come out of that mine alive," Dent said.\n\nNight fell.\n\nDent had said: "I have seen twenty men come out of that mine alive."', "QUOTE_REPEATED", "twelve", "twenty"),
    # names spelled in two ways
    ("Mayor Dana Whitlock opened the depot.\n\nIt rained.\n\nThe plan of Dana Whitlok was praised.", "NAME_SPELLING", "Whitlock", "Whitlok"),
    ("Marta Lindqvist led the trial. Reporters met Marta Lindqvist later.\n\nThe company fired Lindquist in May.", "NAME_SPELLING", "Lindqvist", "Lindquist"),
]  # fmt: skip

CLEAN = [
    # headlines that round, bound or name something else
    "12 dead in Lisle ferry fire\n\nTwelve people died when a ferry caught fire off Lisle on Tuesday.",
    "Dozens hurt in crash\n\nAt least 34 people were injured in a crash on Monday.",
    "City to spend $46 million on bridges\n\nThe city will spend $46.2 million on bridges next year, the council said.",
    "More than 40 dead in quake\n\nThe quake killed 52 people, the army said.",
    "12 dead in ferry fire\n\nThe fire killed 12 people and injured 34.",
    "Plant to cut 300 jobs\n\nThe plant has 2,400 workers. It will cut 300 jobs in spring, mostly in sales.",
    # totals, subsets and lists that are not the whole
    "The blaze left 37 people in hospital: 22 adults and 15 children.",
    "The blaze left 37 people in hospital, including 22 adults and 3 nurses.",
    "Of the 40 hostages, 25 were freed and 10 are ill.",
    "Of the 40 hostages, 25 were freed and the other 15 are still held.",
    "The storm hit 5 towns: 200 homes in Lisle and 300 in Tarn lost power.",
    "The trial had three parts: 12 sites in Marvia, 40 in Orlania.",
    "The bill is about $30 million: $20.4 million for roads and $9.8 million for schools.",
    "The committee met 3 times: 2 in May and 1 in June.",
    "The game ended 3-2 after 120 minutes: 90 of play and 30 of extra time.",
    # percentages and changes that follow
    "In the test, 12 of the 40 pupils, or 30%, failed.",
    "About 12 of the 40 pupils, nearly a third, failed; 25% of the teachers were absent.",
    "Of the 120 pupils, 40 (a third) failed, and 25% moved away.",
    "Membership rose by 10 to 50 from 40. Sales rose 25% to $50 million from $40 million.",
    "Membership nearly doubled, from 240 to 451, and the fee was halved from $90 to $45.",
    "Road repair would be cut by a quarter, to $11.4 million from $15.2 million.",
    "The rate rose from 6% to 7.5%, an increase of 1.5 percentage points, or 25%.",
    "The price rose to $50 from $40 last year, while rents fell from $900 to $850.",
    "Temperatures fell from 12 to 3 degrees, and the wind rose to 90 km an hour.",
    "The share price rose 3% to $103.20, after it had fallen 5% in May.",
    # figures that moved on, or belong to others
    "On Monday, the toll stood at 12 dead. By Tuesday it rose to 14 dead in Brod, the army said.",
    "Police said that 12 people died in the Brod flood. Hospital doctors said that 14 people died in the Brod flood.",
    "The flood destroyed 40 homes in Brod on Monday. A fire destroyed 60 homes in Tarn on Tuesday.",
    "In 2023 the port handled 40 ships a day. In 2024 the port handled 60 ships a day.",
    "Calder had 19 shots. Westhaven had 11 shots.",
    "The Eastgate station will cost $22 million. The Westgate station will cost $30 million.",
    # dates, ages and anniversaries that fit
    "The vote was held on Wednesday, November 12, 2025.",
    "Ana Ruiz, 45, was born in 1980 and lives in Tarn. She was 20 when she joined the mill.",
    "Ana Ruiz, 44, was born in December 1980 and lives in Tarn.",
    "Born in 1980, Ruiz joined the army aged 19.",
    "Jo Brandt, born in 1950, died in 2010 aged 59.",
    "Ana Ruiz, 54, runs the mill. Her son, Pablo Ruiz, 20, drives the truck.",
    "The club, founded in 1965, is celebrating its 60th anniversary.",
    # quotes that repeat in part, and parallel sentences
    '"We will never sell the harbor to a foreign buyer," Crane said.\n\nShe meant it: "never sell the harbor".',
    '"We will fight for the jobs of this town," she said. "We will fight for the schools of this town."',
    # names that are close and two
    "Ana Martin met Ana Marvin in Tarn.",
    "Austria beat Australia 2-1. The Austrian coach praised Australian players.",
    "Dana Whitlock met the Whitlocks. Sarnia thanked Sarnian crews.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "label", "first", "second"), WRONG)
def test_two_places_that_cannot_both_be_right_are_shown(text: str, label: str, first: str, second: str) -> None:
    found = run(text)
    assert [item.label for item in found] == [label]
    (item,) = found
    assert first in item.first.of(text) or first in item.second.of(text)
    assert second in item.second.of(text) or second in item.first.of(text)
    assert item.detail.endswith(".") and "\n" not in item.detail


@pytest.mark.parametrize("text", CLEAN)
def test_a_sound_text_is_left_alone(text: str) -> None:
    assert [(item.label, item.detail) for item in run(text)] == []
