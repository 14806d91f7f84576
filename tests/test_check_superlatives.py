"""Superlatives: a higher row conflicts, the same words support, absence decides nothing."""

from datetime import date

import pytest

from claimdesk.checks.superlatives import check_superlatives
from claimdesk.judge import claim_subject, evidence_part
from claimdesk.model import Finding, Meta, Outcome

DAY = date(2025, 5, 18)
CROWDS = "\n".join(
    ["Year: 1998; Winner: Calder Rovers; Official attendance: 21,340", "Year: 2009; Winner: Dunmere City; Official attendance: 51,002",
     "Year: 2014; Winner: Calder Rovers; Official attendance: 44,118", "Year: 2025; Winner: Calder Rovers; Official attendance: 48,217"]
)  # fmt: skip
JOBLESS = "2009: 5.1%\n2012: 4.1%\n2019: 4.4%\n2024: 4.6%\n2025: 4.2%"
DEFICITS = "\n".join(
    f"Year: {year}; Deficit ($ million): {value}"
    for year, value in [(2019, "9.1"), (2021, "16.4"), (2022, "12.0"), (2025, "14.2")]
)
SITES = "\n".join(
    f"Site: {site}; Country: {country}; Enrolled: {count}"
    for site, country, count in [("Tarsk Hospital", "Orlania", "1,460"), ("Kest Clinic", "Marvia", "1,380"), ("Vell Clinic", "Orlania", "940"),
                                 ("Dorn House", "Marvia", "1,520"), ("Total", "", "5,300")]
)  # fmt: skip


def run(claim: str, *evidence: str, claimed: date | None = DAY) -> list[Finding]:
    subject = claim_subject(claim, Meta(date=claimed))
    return check_superlatives(subject, [evidence_part(text, index=number) for number, text in enumerate(evidence)])


CASES = [
    # rows with years: a higher one after "since" and before the claim's own
    ("The crowd of 48,217 was the biggest for the final since 1998.", CROWDS, "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The crowd of 48,217 was the biggest for the final since 2009.", CROWDS, "silent", "SUPERLATIVE_LISTED"),
    ("The crowd of 48,217 was the biggest ever for the final.", CROWDS, "conflicts", "SUPERLATIVE_CONFLICT"),
    ("A record crowd of 48,217 came.", CROWDS, "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The attendance of 48,217 was the second-highest on record.", CROWDS, "silent", "SUPERLATIVE_LISTED"),
    ("The final drew 48,217 spectators. It was the biggest crowd since 1998.", CROWDS, "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The attendance of 44,118 in 2014 was the highest ever.", CROWDS, "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The attendance of 51,002 in 2009 was the highest ever.", CROWDS, "silent", "SUPERLATIVE_LISTED"),
    # short lists, and a claim without a figure
    ("Unemployment fell to 4.2% in 2025, the lowest rate since 2009.", JOBLESS, "conflicts", "SUPERLATIVE_CONFLICT"),
    ("Unemployment fell to 4.2% in 2025, the lowest rate since 2012.", JOBLESS, "silent", "SUPERLATIVE_LISTED"),
    ("The deficit of $14.2 million is the largest since 2019.", DEFICITS, "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The deficit of $14.2 million is the largest since 2021.", DEFICITS, "silent", "SUPERLATIVE_LISTED"),
    ("The deficit of 2025 is the largest since 2019.", DEFICITS, "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The deficit of $14.2 million is the second-largest since 2019.", DEFICITS, "silent", "SUPERLATIVE_LISTED"),
    # rows with names: within a group, and a total that is no rival
    ("The largest group, 1,460 volunteers, was enrolled at Tarsk Hospital.", SITES, "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The largest group, 1,520 volunteers, was enrolled at Dorn House.", SITES, "silent", "SUPERLATIVE_LISTED"),
    ("In Orlania, the largest group, 1,460 volunteers, was enrolled at Tarsk Hospital.", SITES, "silent", "SUPERLATIVE_LISTED"),
    ("The smallest group, 1,380 volunteers, was enrolled at Kest Clinic.", SITES, "conflicts", "SUPERLATIVE_CONFLICT"),
    # a sentence with a comparable value
    ("The harvest reached 5.4 million tons, the biggest harvest since 2009.", "In 2016 the harvest was 6.1 million tons.", "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The harvest reached 5.4 million tons, the biggest harvest since 2009.", "In 2006 the harvest was 6.1 million tons.", None, None),
    ("The harvest reached 5.4 million tons, the biggest harvest since 2009.", "In 2016 the harvest could have been 6.1 million tons.", None, None),
    ("The harvest reached 5.4 million tons, the biggest harvest since 2009.", "In 2016 exports were 6.1 million tons.", None, None),
    # the same superlative in words
    ("The crowd was the biggest for the final since 2009.", "It was the biggest crowd for the final since 2009.", "supports", "SUPERLATIVE_STATED"),
    ("The Arden tunnel is the longest tunnel in the country.", "At 31 km, the Arden tunnel is the longest tunnel in the country.", "supports", "SUPERLATIVE_STATED"),
    ("The Arden tunnel is the longest tunnel in the country.", "The Arden tunnel is the longest tunnel in the region.", "silent", "SUPERLATIVE_SCOPE"),
    ("The Arden tunnel is the longest tunnel in the country.", "The Arden tunnel is the second-longest tunnel in the country.", "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The Arden tunnel is the longest tunnel in the country.", "The Arden tunnel is the shortest tunnel in the country.", "conflicts", "SUPERLATIVE_CONFLICT"),
    ("The Arden tunnel is the longest tunnel in the country.", "The Brell tunnel is the longest tunnel in the country.", None, None),
    ("It is the first title of Calder since 2011.", "It is the first title of Calder since 2014.", "conflicts", "SUPERLATIVE_CONFLICT"),
    ("Inflation was the highest rate since 2009.", "Inflation was the highest rate since 2015.", "silent", "SUPERLATIVE_SCOPE"),
    ("Orsa has the most expensive rents in the state.", "Rents in Orsa rose by 4%.", None, None),
    # no superlative that could be compared
    ("The Arden tunnel is not the longest tunnel in the country.", "The Arden tunnel is the longest tunnel in the country.", None, None),
    ("Most of the visitors came by train.", CROWDS, None, None),
    ("Only 12 people came.", CROWDS, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "evidence", "outcome", "label"), CASES)
def test_a_superlative_is_judged_by_rows_and_words(
    claim: str, evidence: str, outcome: str | None, label: str | None
) -> None:
    found = run(claim, evidence)
    told = [(finding.outcome.value, finding.label) for finding in found]
    assert told == ([(outcome, label)] if label else [])
    for finding in found:
        assert finding.claim_span is not None and finding.claim_span.of(claim)
        assert finding.evidence_span is not None and finding.evidence_span.of(evidence)


def test_the_reason_shows_both_values_and_the_row() -> None:
    (finding,) = run("The deficit of $14.2 million is the largest since 2019.", DEFICITS)
    assert finding.detail == (
        "The claim calls $14.2 million the largest deficit since 2019; the source has 16.4 for 2021, which is higher."
    )
    assert finding.outcome is Outcome.CONFLICTS and finding.evidence_value == "16.4"


def test_rows_of_several_parts_are_one_list() -> None:
    early, late = CROWDS.split("\n")[:2], CROWDS.split("\n")[2:]
    (finding,) = run("The crowd of 48,217 was the biggest ever for the final.", "\n".join(late), "\n".join(early))
    assert finding.label == "SUPERLATIVE_CONFLICT" and finding.part == 1
