"""The number check on pairs of claim and source, and on claims that were altered so that they must not pass."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from claimdesk.analysis import Part, Subject, analyze
from claimdesk.checks.numbers import check_numbers
from claimdesk.model import Finding, Meta, Outcome

TABLE = Path(__file__).parent / "tables" / "number_pairs.tsv"
VERDICTS = {"S": "supported", "C": "conflict", "N": "not enough"}


def rows() -> list[tuple[str, str, str, str]]:
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            claim, source, verdict, *label = line.split("\t")
            found.append((claim, source, verdict.strip(), label[0].strip() if label else ""))
    return found


def check(claim: str, *sources: str | tuple[str, str], claim_date: str = "") -> list[Finding]:
    """The findings about every number of a claim; a source may be a (day, text) pair."""
    analysis = analyze(claim, Meta(date=date.fromisoformat(claim_date) if claim_date else None))
    view = analysis.view()
    subject = Subject(view, view.quantities, view.dates, view.quotes, analysis.meta)
    parts = []
    for index, source in enumerate(sources):
        day, text = source if isinstance(source, tuple) else ("", source)
        meta = Meta(date=date.fromisoformat(day) if day else None)
        parts.append(Part(analyze(text, meta).view(), meta, index=index))
    return check_numbers(subject, parts)


def verdict(findings: list[Finding]) -> str:
    """One conflict conflicts; all supported is supported; all else is not enough."""
    if any(finding.outcome is Outcome.CONFLICTS for finding in findings):
        return "conflict"
    if findings and all(finding.outcome is Outcome.SUPPORTS for finding in findings):
        return "supported"
    return "not enough"


@pytest.mark.parametrize(("claim", "source", "expected", "label"), rows())
def test_pair(claim: str, source: str, expected: str, label: str) -> None:
    findings = check(claim, source)
    assert verdict(findings) == VERDICTS[expected], findings
    assert not label or label in [finding.label for finding in findings], findings


RAIN = (
    "Rain fell for three days. Seven people died in the Brenna flood, and 40 homes were lost. "
    "The army sent 200 soldiers."
)
BODIES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    # figures that run: superseded, as of a day, disputed
    (
        "Seven people died in the Brenna flood.",
        [
            ("2025-03-01", "Seven people died in the Brenna flood."),
            ("2025-03-03", "The death toll from the Brenna flood has climbed to 11."),
        ],
        "2025-03-04",
        "conflict",
    ),
    (
        "Eleven people died in the Brenna flood.",
        [
            ("2025-03-01", "Seven people died in the Brenna flood."),
            ("2025-03-03", "The death toll from the Brenna flood has climbed to 11."),
        ],
        "2025-03-04",
        "supported",
    ),
    (
        "Seven people died in the Brenna flood.",
        [
            ("2025-03-01", "Seven people died in the Brenna flood."),
            ("2025-03-03", "The death toll from the Brenna flood has climbed to 11."),
        ],
        "2025-03-02",
        "supported",
    ),
    (
        "By Saturday, seven people had died in the Brenna flood.",
        [
            ("2025-03-01", "Seven people died in the Brenna flood."),
            ("2025-03-03", "The death toll from the Brenna flood has climbed to 11."),
        ],
        "2025-03-04",
        "supported",
    ),
    (
        "Nine people died in the Brenna flood.",
        [
            ("2025-03-01", "Seven people died in the Brenna flood."),
            ("2025-03-03", "The death toll from the Brenna flood has climbed to 11."),
        ],
        "2025-03-04",
        "conflict",
    ),
    (
        "The mayor said seven people died.",
        [("2025-03-01", "The mayor said seven people died."), ("2025-03-01", "The governor said nine people died.")],
        "2025-03-01",
        "supported",
    ),
    (
        "Seven people died.",
        [("2025-03-01", "The mayor said seven people died."), ("2025-03-01", "The governor said nine people died.")],
        "2025-03-01",
        "not enough",
    ),
    (
        "The petition has 4,000 signatures.",
        [
            ("2025-03-01", "The petition has 4,000 signatures."),
            ("2025-03-09", "The petition now has 6,500 signatures."),
        ],
        "2025-03-10",
        "conflict",
    ),
    # passages of several sentences
    (
        "Seven people died in the Brenna flood.",
        [
            (
                "",
                RAIN,
            )
        ],
        "",
        "supported",
    ),
    (
        "Forty people died in the Brenna flood.",
        [
            (
                "",
                RAIN,
            )
        ],
        "",
        "conflict",
    ),
    (
        "The army sent 40 soldiers.",
        [
            (
                "",
                RAIN,
            )
        ],
        "",
        "conflict",
    ),
    (
        "Seven soldiers died.",
        [
            (
                "",
                RAIN,
            )
        ],
        "",
        "not enough",
    ),
    (
        "The festival sold 30,000 tickets.",
        [
            (
                "",
                "The festival opened on Friday. It has sold 30,000 tickets, down from 34,000 last year.",
            )
        ],
        "",
        "supported",
    ),
    (
        "The festival sold 34,000 tickets.",
        [("", "The festival opened on Friday. It had sold 30,000 tickets, down from 34,000 last year.")],
        "",
        "conflict",
    ),
    # corrections and quotation marks
    (
        "Correction: 52 cars were recalled.",
        [("", "Correction: 52 cars were recalled, not 520 as we reported.")],
        "",
        "supported",
    ),
    (
        "520 cars were recalled.",
        [("", "Correction: 52 cars were recalled, not 520 as we reported.")],
        "",
        "conflict",
    ),
    (
        "520 cars were recalled.",
        [("", "An earlier version said 520 cars were recalled. In fact, 52 cars were recalled.")],
        "",
        "not enough",
    ),
    (
        "“We sold 1,200 tickets,” Lind said.",
        [("", "“We sold 1,212 tickets,” Lind said.")],
        "",
        "conflict",
    ),
    # two figures of one passage
    (
        "The union has 12,000 members.",
        [("", "The union has 12,000 members. It was founded by 12 miners.")],
        "",
        "supported",
    ),
    (
        "The union has 12 members.",
        [("", "The union has 12,000 members. It was founded by 12 miners.")],
        "",
        "conflict",
    ),
    (
        "Ostmark freed 25 prisoners and returned 1,212 bodies.",
        [("", "Ostmark returned 1,212 bodies and freed 25 prisoners.")],
        "",
        "supported",
    ),
    (
        "Ostmark freed 1,212 prisoners and returned 25 bodies.",
        [("", "Ostmark returned 1,212 bodies and freed 25 prisoners.")],
        "",
        "conflict",
    ),
    (
        "The bodies of 25 soldiers were returned.",
        [("", "Ostmark returned 1,212 bodies and freed 25 prisoners.")],
        "",
        "conflict",
    ),
    (
        "The trial involved 300 patients, of whom 40% improved.",
        [("", "Of the 300 patients in the trial, 40% improved.")],
        "",
        "not enough",
    ),
    (
        "120 patients improved.",
        [("", "Of the 300 patients in the trial, 40% improved.")],
        "",
        "supported",
    ),
    (
        "Some 300 patients improved.",
        [("", "Of the 300 patients in the trial, 40% improved.")],
        "",
        "not enough",
    ),
    # table rows
    (
        "Revenue in Europe was 310 million euros.",
        [("", "Region: Europe; Revenue (million euros): 310; Profit (million euros): 22")],
        "",
        "supported",
    ),
    (
        "Profit in Europe was 310 million euros.",
        [("", "Region: Europe; Revenue (million euros): 310; Profit (million euros): 22")],
        "",
        "conflict",
    ),
    (
        "Harwick had 19 shots to Selby's 11.",
        [("", "Item: Shots; Harwick Town: 19; Selby: 11")],
        "",
        "supported",
    ),
    (
        "Selby had 58% of possession.",
        [("", "Item: Possession; Harwick Town: 58%; Selby: 42%")],
        "",
        "conflict",
    ),
    (
        "The council would cut spending on parks by a quarter, to $1.5 million from $2 million.",
        [("", "Spending in million dollars: Parks; 2023-24: 2; 2024-25: 1.5")],
        "",
        "supported",
    ),
    (
        "The county had 1,204 teachers, 12 fewer than a year earlier.",
        [
            (
                "",
                "School: Hill; Teachers May 2023: 31; Teachers May 2024: 30\n"
                "School: Total; Teachers May 2023: 1216; Teachers May 2024: 1204",
            )
        ],
        "",
        "supported",
    ),
    # several figures of one passage, a set minimum, an opening that is only told around the number
    ("A seat costs $14.", [("", "A seat costs $14, and $8 for pupils.")], "", "supported"),
    ("A seat costs $8.", [("", "A seat costs $14, and $8 for pupils.")], "", "conflict"),
    (
        "The fund is below the legal minimum of 8%.",
        [("", "The fund is below the legal minimum of 10%.")],
        "",
        "conflict",
    ),
    ("After a bitter debate, the board voted 6-3.", [("", "The board voted 6-3.")], "", "supported"),
    ("Its 64 paintings include a portrait of a nun.", [("", "It shows 46 paintings.")], "", "conflict"),
    (
        "Europe had a growth of 4%.",
        [("", "Region: Europe; Growth (%): 4; Staff: 1,900")],
        "",
        "supported",
    ),
    (
        "Staff in Europe numbered 1,900.",
        [("", "Region: Europe; Growth (%): 4; Staff: 1,900")],
        "",
        "supported",
    ),
    (
        "Staff in Asia numbered 1,900.",
        [("", "Region: Europe; Growth (%): 4; Staff: 1,900")],
        "",
        "not enough",
    ),
    (
        "Staff in Europe numbered 9,100.",
        [("", "Region: Europe; Growth (%): 4; Staff: 1,900")],
        "",
        "conflict",
    ),
]


@pytest.mark.parametrize(("claim", "sources", "day", "expected"), BODIES)
def test_bodies_of_evidence(claim: str, sources: list[tuple[str, str]], day: str, expected: str) -> None:
    findings = check(claim, *sources, claim_date=day)
    assert verdict(findings) == expected, findings


def test_finding_shows_both_values_and_where_they_stand() -> None:
    claim, source = "1,221 bodies were returned.", "Ostmark returned 1,212 bodies."
    (finding,) = check(claim, source)
    assert finding.label == "DIGIT_SLIP"
    assert finding.detail == "The claim says 1,221 bodies; the source says 1,212 bodies (two digits swapped)."
    assert (finding.claim_value, finding.evidence_value) == ("1,221 bodies", "1,212 bodies")
    assert finding.claim_span is not None
    assert finding.evidence_span is not None
    assert finding.claim_span.of(claim) == "1,221"
    assert finding.evidence_span.of(source) == "1,212"


def test_every_number_in_focus_has_one_finding() -> None:
    findings = check("The 1,212 bodies were brought by 30 trucks.", "Ostmark returned 1,212 bodies.")
    assert [finding.label for finding in findings][1] == "NOT_FOUND"
    assert len(findings) == 2


def test_no_evidence_is_not_found() -> None:
    assert [finding.label for finding in check("Ten homes burned.")] == ["NOT_FOUND"]


def test_hostile_text_stays_quick() -> None:
    started = time.perf_counter()
    check("Ten homes burned.", "5 of the " * 400 + "homes burned. " + "Region: 5; " * 400)
    assert time.perf_counter() - started < 20


# --- altered claims ------------------------------------------------------------------------------

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ALTERATIONS = [line.split("\t") for line in (TABLE.parent / "number_alterations.tsv").read_text().splitlines()[1:]]


def altered(claim: str) -> Iterator[tuple[str, str]]:
    """Claims that say something else, each with the kind of alteration."""
    loose = re.search(
        r"\b(?:than|least|most|up to|between|fewer|dozens)\b", claim, re.IGNORECASE
    )  # other figures stay true
    for match in NUMBER.finditer(claim):
        for kind, digits in _digits(match.group()) if not loose else ():
            yield kind, claim[: match.start()] + digits + claim[match.end() :]
        before = claim[: match.start()].rstrip()
        if not re.search(
            r"(?:than|least|most|to|by|since|in|won|about|some|nearly|under|over|between|and|of|the|exactly|\$|€|£)$",
            before,
            re.IGNORECASE,
        ):
            opening = "More than " if not before else "more than "
            yield "bound strengthened", claim[: match.start()] + opening + claim[match.start() :]
            opening = "Fewer than " if not before else "fewer than "
            yield "bound strengthened", claim[: match.start()] + opening + claim[match.start() :]
    for kind, old, new in ALTERATIONS:
        pattern = rf"(?<!\w){re.escape(old)}(?!\w)" if old.isalpha() else re.escape(old)
        if re.search(pattern, claim):
            yield kind, re.sub(pattern, new, claim, count=1)


def _digits(number: str) -> Iterator[tuple[str, str]]:
    """One digit changed by three, two neighbors swapped, a zero more."""
    places = [index for index, char in enumerate(number) if char.isdigit()]
    first = places[0]
    yield "digit changed", number[:first] + str((int(number[first]) + 2) % 9 + 1) + number[first + 1 :]
    if len(places) > 1:
        second = places[1]
        yield "digit changed", number[:second] + str((int(number[second]) + 3) % 10) + number[second + 1 :]
        if number[first] != number[second] and number[second] != "0":
            swapped = list(number)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            yield "digits swapped", "".join(swapped)
    if "." not in number:
        yield "zero added", number.replace(",", "") + "0"


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_altered_claims_are_never_supported(every: int) -> None:
    base = [(claim, source) for claim, source, expected, _ in rows() if expected == "S"][::every]
    counts: Counter[tuple[str, str]] = Counter()
    passed = []
    for claim, source in base:
        for kind, changed in altered(claim):
            outcome = verdict(check(changed, source))
            counts[kind, outcome] += 1
            if outcome == "supported":
                passed.append((kind, changed, source))
    print(f"{len(base)} supported pairs, {sum(counts.values())} alterations")
    for (kind, outcome), count in sorted(counts.items()):
        print(f"  {kind:20} {outcome:12} {count}")
    assert len(base) * every >= 60
    assert sum(counts.values()) * every >= 250
    assert not passed
