"""Dates of a claim against dates of the evidence: the same slot, the same event, then the days."""

from __future__ import annotations

from datetime import date

import pytest

from claimdesk.analysis import Part, Subject, analyze
from claimdesk.checks.dates import check_dates
from claimdesk.dates import find_dates
from claimdesk.days.days import compare
from claimdesk.language.parse import parse
from claimdesk.model import DateRef, Finding, Meta, Outcome

DAY = date(2025, 6, 11)  # a Wednesday
SAME, APART, QUIET = Outcome.SUPPORTS, Outcome.CONFLICTS, Outcome.SILENT


def findings(
    claim: str, evidence: str, evidence_meta: Meta | None = None, claim_day: date | None = DAY
) -> list[Finding]:
    view = analyze(claim, Meta(date=claim_day)).view()
    meta = evidence_meta or Meta(date=DAY)
    part = Part(analyze(evidence, meta).view(), meta)
    return check_dates(Subject(view, dates=view.dates, quotes=view.quotes, meta=Meta(date=claim_day)), [part])


def outcome(claim: str, evidence: str, evidence_meta: Meta | None = None) -> Outcome | None:
    """The outcome of the only date of a claim; None where the check says nothing."""
    found = findings(claim, evidence, evidence_meta)
    assert len(found) <= 1
    return found[0].outcome if found else None


SUPPORTED = [
    # the same day, written alike or not
    ("The port reopened on Tuesday.", "The port reopened on Tuesday."),
    ("The port reopened on Tuesday.", "The port reopened on June 10."),
    ("The port reopened on June 10.", "The harbor port was reopened on 2025-06-10 by the mayor."),
    ("The port reopened yesterday.", "On 10 June 2025 the port reopened."),
    # the source's stretch lies inside the claim's
    ("The port reopened in June.", "The port reopened on June 10."),
    ("The port reopened this week.", "The port reopened on Tuesday."),
    ("Talks in Lisle last week failed.", "Talks in Lisle failed on June 4."),
    ("The bridge collapsed in 2023.", "The bridge collapsed in October 2023."),
    # another word for the same event
    ("Two guards died on Monday.", "Two guards were killed on June 9."),
    ("The minister resigned on Monday.", "The minister's resignation came on June 9."),
    ("Sarnia invaded the valley in 2022.", "The 2022 invasion of the valley by Sarnia displaced many."),
    # a state that lasts
    ("The mine has been closed since 2019.", "The mine has been closed since 2019."),
]

CONFLICTING = [
    ("The port reopened on Wednesday.", "The port reopened on Tuesday."),
    ("The port reopened on June 10.", "The port reopened on June 3."),
    ("The bridge collapsed in 2023.", "The bridge collapsed in 2021."),
    ("The court rejected the appeal in May.", "The court rejected the appeal in March."),
    ("The minister resigned last week.", "The minister resigned on May 20."),
    ("The council will vote on the budget on Friday.", "The council will vote on the budget on June 20."),
    ("The treaty was signed on 2 June 2020.", "The treaty was signed on 12 June 2020."),
    ("The mine has been closed since 2019.", "The mine has been closed since 2015."),
    ("Two guards died on Monday.", "Two guards were killed on June 5."),
]

# Same event, same day, denied on one side only.
OPPOSITE = [
    ("The port reopened on Tuesday.", "The port did not reopen on Tuesday."),
    ("The port did not reopen on Tuesday.", "The harbor port was reopened on June 10 by the mayor."),
    ("The law will not take effect on January 1, 2027.", "The law will take effect on January 1, 2027."),
    ("Shares in Velora have not fallen since January.", "Shares in Velora have fallen since January."),
    ("The thefts took place between 2016 and 2021.", "The thefts never took place between 2016 and 2021."),
]

# The same words around another figure or another spelling of it.
REWRITTEN = [
    (
        "A limit of 7,500 kg has been in force since August 2.",
        "A limit of 7.5 tonnes has been in force since August 2.",
    ),
    ("A rival offered $480,000,000 for it in April.", "A rival offered $480 million for it in April."),
    ("Water use in Lisle dropped by 11 per cent in May.", "Water use in Lisle dropped by 11 percent in May."),
    ("Water use in Lisle dropped by 11% in May.", "Water use in Lisle dropped by 11 percent in May."),
    ("Approvals rose to 58 300 from 54 900 in April.", "Approvals rose to 58,300 from 54,900 in April."),
    ("It was the third accident on the lake since March.", "It was the third accident on the lake since March."),
]

# Never supported: a count over another stretch, a date that is only compared with, a weekday that is another.
UNCOVERED = [
    ("It moved €1.8 billion between 2014 and 2019.", "It moved €1.8 billion between 2014 and 2018."),
    ("It moved €1.8 billion between 2014 and 2018.", "It moved €1.8 billion between 2014 and 2019."),
    ("The plant built 612,000 cars in 2024.", "The plant built 612,000 cars in May 2024."),
    ("Rain between April and September was 42 percent below normal.",
     "Rain between April and July was 42 percent below normal."),
    ("Velora will fly 22 percent more seats this summer than in 2025.",
     "Velora will fly 22 percent more seats this summer than in 2024."),
    ("The ballot closes on Thursday, November 21, 2025.", "The ballot closes on Friday, November 21, 2025."),
    ("The ballot closes on Thursday, November 21, 2025.", "The ballot closes on November 21, 2025."),
]  # fmt: skip

SILENT = [
    # another event, another actor, another place
    ("The port reopened on Tuesday.", "The museum reopened on Monday."),
    ("The port reopened on Tuesday.", "The port was closed on Monday."),
    ("The port of Lisle reopened on Tuesday.", "The port of Halden reopened on Monday."),
    # the day agrees, the event does not: other roles, a denial, another verb
    ("Moreau sued Ruiz on Tuesday.", "Ruiz sued Moreau on Tuesday."),
    ("Rockets hit the depot on Tuesday.", "Rockets missed the depot on Tuesday."),
    ("The old port in Halden reopened on Tuesday.", "The port in Lisle reopened on Tuesday."),
    # planned against done, and what did not happen
    ("The council voted on the budget on Tuesday.", "The council will vote on the budget on Friday."),
    ("The port reopened on Tuesday.", "The port did not reopen on Monday."),
    # what recurs
    ("Rockets hit the depot on Tuesday.", "Rockets hit the depot on Monday. Rockets hit the depot again on June 5."),
    # the night belongs to two days
    ("Rockets hit the depot on Tuesday.", "Rockets hit the depot late on Monday."),
    ("Rockets hit the depot overnight.", "Rockets hit the depot on June 9."),
    # the claim is finer than the source
    ("The port reopened on June 10.", "The port reopened in June."),
    # readings that are not settled
    ("The minister resigned last Monday.", "The minister resigned on June 2."),
    ("The deed was signed on June 11, 2025.", "The deed was signed on 6/11/2025."),
    ("The port reopened on Tuesday.", "The port reopened."),
    # statement day against event day, and the day of publication
    ("The port reopened on Tuesday.", "The port reopened, Ruiz said on Wednesday."),
    ("Ruiz said on Wednesday that the port had reopened.", "The port reopened on Tuesday."),
    ("The port reopened on Tuesday.", "LISLE, June 9 (Agency) - The port reopened."),
]


# The clause that governs a date, not its sentence: (article sentence, evidence), the claim beside other sentences.
CLAUSE_SUPPORTED = [
    # a relative clause stands alone
    (
        "The town would spend more under a plan that the finance office released on Tuesday.",
        "Released by the finance office on Tuesday, June 10, 2025, with the spending plan.",
    ),
    (
        "A show that opened at the Halden Museum on Tuesday says yes, and asks what else.",
        "The show at the Halden Museum opened on June 10.",
    ),
    # a coordinated clause stands alone
    (
        "The owner takes over the mill on July 1, and the union has until August 5 to object.",
        "The union has until August 5 to object. The owner takes over the mill on July 1.",
    ),
    # nouns for verbs, and lines of a calendar
    ("The school year begins on September 1; nobody objected.", "Start of the school year: September 1, 2025."),
    (
        "The board is to vote on the merger on June 20; nobody objected.",
        "Vote of the board on the merger: June 20, 2025.",
    ),
    ("The minister resigned on Monday, and markets fell.", "The resignation of the minister on June 9 was a shock."),
    (
        "Sarnia invaded the valley in 2022, and many fled.",
        "The invasion of the valley by Sarnia in 2022 displaced many.",
    ),
    # an occasion with its own words
    (
        "At a water committee meeting on Monday, Ruiz spoke for the plan.",
        "Minutes of the water committee meeting of Monday, June 9.",
    ),
    (
        "Both sides agreed on a large swap at talks in Lisle last week, but it stalled.",
        "The swap was agreed at the talks between Ostmark and Sarnia in Lisle on June 2.",
    ),
    # nobody is named on one side
    (
        "On Monday, the two sides exchanged prisoners of war, and more will follow.",
        "On Monday, June 9, Ostmark and Sarnia exchanged prisoners of war.",
    ),
    # who gets and who gives
    ("Sarnia received the bodies on Tuesday, and burials began.", "Ostmark returned the bodies to Sarnia on Tuesday."),
    # until and since
    ("The fair runs until June 30, and tickets cost little.", "The fair runs until June 30."),
    (
        "Its trucks had waited at the border since Friday, he said.",
        "Trucks had waited at the border since Friday, June 6.",
    ),
]
CLAUSE_CONFLICTING = [
    (
        "The board is to vote on the merger on June 20; nobody objected.",
        "Vote of the board on the merger: June 27, 2025.",
    ),
    (
        "The owner takes over the mill on July 1, and the union has until August 5 to object.",
        "The union has until August 15 to object. The owner takes over the mill on July 9.",
    ),
    (
        "The team will celebrate with a parade through the city on Friday, and many will come.",
        "The Lisle team will celebrate with a parade through the city on Saturday, June 14.",
    ),
    ("The fair runs until June 30, and tickets cost little.", "The fair opened on June 2 and runs until July 20."),
    (
        "Its trucks had waited at the border since Friday, he said.",
        "Trucks had waited at the border since Saturday, June 7.",
    ),
    (
        "The test ran from March 2022 to August 2023, and it was large.",
        "The test was large. It started in March 2022 and ended in June 2023.",
    ),
    ("The school year begins on September 1; nobody objected.", "Start of the school year: September 8, 2025."),
]
CLAUSE_SILENT = [
    # another actor, another thing, another place in the same clause
    ("The minister resigned on Monday, and markets fell.", "The resignation of the mayor on June 9 was a shock."),
    ("The board voted on the merger on Monday, and left.", "The board voted on the bonus on June 9."),
    ("The board voted on the merger on Monday, and left.", "Vote of the board on the bonus: June 12, 2025."),
    ("Moreau sued Ruiz on Tuesday, and went home.", "Ruiz sued Moreau on Tuesday."),
    ("Sarnia received the bodies on Tuesday, and burials began.", "Sarnia returned the bodies to Ostmark on Tuesday."),
    (
        "A show that opened at the Halden Museum on Tuesday says yes, and asks.",
        "The show opened at the Lisle Museum on June 10.",
    ),
    # a meeting is not every meeting
    ("At a water committee meeting on Monday, Ruiz spoke.", "Minutes of the sewer board meeting of Monday, June 9."),
    # called off, put off, only wished for, under a condition
    (
        "The board voted on the merger on Tuesday, and left.",
        "The vote of the board on the merger on Tuesday was postponed.",
    ),
    ("The port reopened on Tuesday, and ships came.", "The port refused to reopen on Tuesday."),
    ("The port reopened on Tuesday, and ships came.", "The port may reopen on Tuesday."),
    ("The port reopened on Tuesday, and ships came.", "Ruiz denied that the port had reopened on Tuesday."),
    # a year inside a name
    ("Ruiz played in the 2018 Northern Cup, and won.", "Ruiz played in the 2014 Northern Cup."),
    # a figure that is only measured by
    ("In 2023 the list held many names, and more came.", "The list holds many names, up from 2,900 in 2023."),
]
UNANCHORED = [
    (
        "Sarnia received 1,212 bodies on Wednesday.",
        "Ostmark returned 1,212 bodies to Sarnia on Wednesday, the office said.",
        SAME,
    ),
    ("The port reopened on Wednesday.", "The port reopened on Wednesday.", SAME),
    ("The port reopened on Wednesday.", "The port reopened on Tuesday.", APART),
    ("The port reopened on June 2.", "The port reopened on June 12.", APART),
    ("The port reopened on June 2.", "The port reopened on 2 June 2025.", SAME),
    ("The port reopened in June.", "The port reopened on June 12.", SAME),
    ("The port reopened last week.", "The port reopened on June 12.", QUIET),
    ("The port reopened on Wednesday.", "The museum reopened on Tuesday.", QUIET),
    ("The port reopened on Wednesday.", "Moreau said on Wednesday that the port was safe.", QUIET),
]


@pytest.mark.parametrize(("claim", "evidence"), SUPPORTED)
def test_same_time_supports(claim: str, evidence: str) -> None:
    assert outcome(claim, evidence) is SAME


@pytest.mark.parametrize(("claim", "evidence"), CONFLICTING)
def test_other_time_of_one_event_conflicts(claim: str, evidence: str) -> None:
    assert outcome(claim, evidence) is APART


@pytest.mark.parametrize(("claim", "evidence"), SILENT)
def test_all_else_is_silent(claim: str, evidence: str) -> None:
    assert outcome(claim, evidence) in (QUIET, None)


def full(claim: str, evidence: str) -> list[Finding]:
    """The findings for a claim with its figures in focus as well."""
    view = analyze(claim, Meta(date=DAY)).view()
    part = Part(analyze(evidence, Meta(date=DAY)).view(), Meta(date=DAY))
    return check_dates(Subject(view, view.quantities, view.dates, view.quotes, Meta(date=DAY)), [part])


@pytest.mark.parametrize(("claim", "evidence"), OPPOSITE)
def test_one_event_denied_on_one_side_conflicts(claim: str, evidence: str) -> None:
    found = full(claim, evidence)
    assert [(one.outcome, one.label) for one in found] == [(APART, "POLARITY_CONFLICT")]


@pytest.mark.parametrize(("claim", "evidence"), REWRITTEN)
@pytest.mark.parametrize("around", ["{}", "Nobody was there. {} The mayor was not told."])
def test_figure_written_in_another_way_keeps_the_event(claim: str, evidence: str, around: str) -> None:
    assert {one.outcome for one in full(claim, around.format(evidence))} == {SAME}


@pytest.mark.parametrize(("claim", "evidence"), UNCOVERED)
def test_other_stretch_comparison_or_weekday_never_supports(claim: str, evidence: str) -> None:
    found = full(claim, evidence)
    dates = analyze(claim, Meta(date=DAY)).dates
    covered = [one.claim_span for one in found if one.outcome is SAME]
    assert any(ref.span not in covered for ref in dates) or APART in {one.outcome for one in found}


def clause_outcome(claim: str, evidence: str, focus: int, meta: Meta | None = None) -> Outcome | None:
    """The outcome of one date of a sentence in an article: the sentence in view, that date alone in focus."""
    analysis = analyze(f"{claim} Nobody else was there.", Meta(date=DAY))
    view = analysis.view(analysis.parsed.sentences[0])
    given = meta or Meta(date=DAY)
    found = check_dates(
        Subject(view, dates=view.dates[focus : focus + 1]), [Part(analyze(evidence, given).view(), given)]
    )
    return found[0].outcome if found else None


@pytest.mark.parametrize(("claim", "evidence"), CLAUSE_SUPPORTED)
def test_clause_of_the_date_suffices_in_an_article(claim: str, evidence: str) -> None:
    assert clause_outcome(claim, evidence, 0) is SAME


@pytest.mark.parametrize(("claim", "evidence"), CLAUSE_CONFLICTING)
def test_clause_of_the_date_conflicts_in_an_article(claim: str, evidence: str) -> None:
    assert clause_outcome(claim, evidence, 0) is APART


@pytest.mark.parametrize(("claim", "evidence"), CLAUSE_SILENT)
def test_another_clause_is_silent_in_an_article(claim: str, evidence: str) -> None:
    assert clause_outcome(claim, evidence, 0) in (QUIET, None)


def test_second_date_of_a_sentence_has_its_own_clause() -> None:
    claim = "The owner takes over the mill on July 1, and the union has until August 5 to object."
    assert clause_outcome(claim, "The union has until August 15 to object to the sale.", 1) is APART
    assert clause_outcome(claim, "The union has until August 5 to object to the sale.", 1) is SAME


@pytest.mark.parametrize(("claim", "evidence", "expected"), UNANCHORED)
def test_dates_without_an_anchor_are_compared_as_written(claim: str, evidence: str, expected: Outcome) -> None:
    found = findings(claim, evidence, Meta(), None)
    assert (found[0].outcome if found else QUIET) is expected


@pytest.mark.parametrize(
    ("evidence", "title", "expected"),
    [
        ("The council approved the sale of the old mill to a builder.", "Minutes of June 10, 2025", SAME),
        # not the minutes; another day; another thing; no act of the meeting
        ("The council approved the sale of the old mill to a builder.", "News at eight", None),
        ("The council approved the plan for the school.", "Minutes of June 10, 2025", None),
        ("The council has approved the sale of the old mill.", "Minutes of June 10, 2025", None),
        ("The council may approve the sale of the old mill.", "Minutes of June 10, 2025", None),
    ],
)
def test_minutes_date_what_the_meeting_did(evidence: str, title: str, expected: Outcome | None) -> None:
    claim = "The town council approved the sale of the old mill on Tuesday."
    meta = Meta(date=date(2025, 6, 10), title=title, publisher="Lisle Town Council")
    assert clause_outcome(claim, evidence, 0, meta) in (expected, QUIET if expected is None else expected)


def test_day_of_other_minutes_never_conflicts() -> None:
    claim = "The town council approved the sale of the old mill on Tuesday."
    meta = Meta(date=date(2025, 6, 3), title="Minutes of June 3, 2025")
    assert clause_outcome(claim, "The council approved the sale of the old mill.", 0, meta) in (QUIET, None)


def test_each_side_counts_from_its_own_day() -> None:
    assert outcome("The port reopened on Tuesday.", "The port reopened today.", Meta(date=date(2025, 6, 10))) is SAME
    assert (
        outcome("The port reopened on Tuesday.", "The port reopened on Tuesday.", Meta(date=date(2025, 5, 28))) is APART
    )


def test_evidence_without_a_day_of_its_own_is_silent() -> None:
    assert outcome("The port reopened on Tuesday.", "The port reopened on Monday.", Meta()) in (QUIET, None)


def test_day_of_a_statement_is_the_day_of_its_transcript() -> None:
    claim = "“The crane is safe and the port stays open,” Ruiz said on Tuesday."
    words = "The crane is safe and the port stays open. Thank you."
    assert outcome(claim, words, Meta(date=date(2025, 6, 10), type="transcript")) is SAME
    assert outcome(claim, words, Meta(date=date(2025, 6, 3), type="transcript")) is APART
    assert outcome(claim, words, Meta(date=date(2025, 6, 3), type="report")) in (QUIET, None)


def test_detail_names_both_as_written_and_as_understood() -> None:
    found = findings("The port reopened on Wednesday.", "The port reopened on June 10.")[0]
    assert found.detail == 'The claim says "Wednesday" (2025-06-11); the source says "June 10" (2025-06-10).'
    assert (found.claim_value, found.evidence_value, found.label) == ("2025-06-11", "2025-06-10", "DATE_CONFLICT")
    assert found.claim_span and found.claim_span.of("The port reopened on Wednesday.") == "Wednesday"
    assert found.evidence_span and found.evidence_span.of("The port reopened on June 10.") == "June 10"


def test_weekday_mismatch_is_flagged_without_deciding() -> None:
    found = findings("The port reopened on Tuesday, June 11, 2025.", "The port reopened.")
    assert [(one.label, one.outcome, one.flag) for one in found] == [("WEEKDAY_MISMATCH", QUIET, True)]


def test_only_dates_in_focus_are_checked() -> None:
    view = analyze("The port reopened on Tuesday.", Meta(date=DAY)).view()
    part = Part(analyze("The port reopened on Monday.", Meta(date=DAY)).view())
    assert check_dates(Subject(view), [part]) == []


def test_part_index_is_kept() -> None:
    view = analyze("The port reopened on Tuesday.", Meta(date=DAY)).view()
    parts = [
        Part(analyze(text, Meta(date=DAY)).view(), index=at)
        for at, text in enumerate(("Nothing.", "The port reopened on June 10."))
    ]
    assert check_dates(Subject(view, dates=view.dates), parts)[0].part == 1


def _ref(text: str) -> DateRef:
    return find_dates(parse(text), DAY)[0]


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("It fell on June 2.", "It fell on June 2.", (SAME, "DATE_EQUAL")),
        ("It fell in June.", "It fell on June 2.", (SAME, "DATE_WITHIN")),
        ("It fell on June 2.", "It fell in June.", (QUIET, "DATE_PARTIAL")),
        ("It fell before 1970.", "It fell on May 2, 1953.", (SAME, "DATE_WITHIN")),
        ("It fell after March 2016.", "It fell on May 2, 2016.", (SAME, "DATE_WITHIN")),
        ("It fell after March 2016.", "It fell in 2016.", (QUIET, "DATE_PARTIAL")),
        ("It fell before 1970.", "It fell in 1985.", (QUIET, "DATE_OTHER")),
        ("It had fallen by June 2020.", "It fell on June 9, 2020.", (QUIET, "DATE_PARTIAL")),
        ("It fell on June 2.", "It fell on June 3.", (APART, "DATE_CONFLICT")),
        ("It fell on Monday night.", "It fell on June 10.", (QUIET, "DATE_NEAR")),
        ("It ran from 2015 to 2019.", "It ran from 2015 to 2019.", (SAME, "DATE_EQUAL")),
        ("It ran from 2015 to 2019.", "It ran from 2015 to 2021.", (APART, "DATE_CONFLICT")),
        ("It ran from 2015 to 2019.", "It ran in 2016.", (QUIET, "DATE_PARTIAL")),
        ("It fell between 2015 and 2019.", "It fell in 2016.", (SAME, "DATE_WITHIN")),
        ("It fell since May.", "It fell in May.", (QUIET, "DATE_OTHER")),
        ("It fell three weeks ago.", "It fell on May 17.", (QUIET, "DATE_NEAR")),
    ],
)
def test_compare_is_a_set_relation(claim: str, source: str, expected: tuple[Outcome, str]) -> None:
    assert compare(_ref(claim), _ref(source)) == expected
