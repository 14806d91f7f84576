"""The number check on pairs of claim and source, and on claims that were altered so that they must not pass."""

from __future__ import annotations

import re
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


# --- altered claims ------------------------------------------------------------------------------

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# kind of alteration: old > new, several apart by a bar
SWAPS = {
    "direction": "rose>fell|fell>rose|grew>shrank|slowed>accelerated|dropped>jumped|rise>fall|gained>lost",
    "scale": "million>billion|billion>million|bn>m",
    "unit": "km>miles|meters>feet|percentage points>percent|dollars>euros|euros>pounds|£>€|€>$|$>£|kg>pounds|hours>days"
    "|Celsius>Fahrenheit|hectares>acres",
    "bound": "At least>Fewer than|at least>fewer than|More than>Fewer than|more than>less than|Up to>At least"
    "|At most>More than|Nearly>More than|Just under>Just over",
    "each": "Each family>The families together|each>in total",
    "event": "killed>injured|died>were injured|arrested>released|destroyed>inspected|won>lost|sold>bought|burned>rebuilt"
    "|damaged>repaired|freed>captured|evacuated>infected|attended>left|signed>criticized|cut>created|stolen>restored"
    "|rescued>arrested|treated>vaccinated|counted>killed|supported>opposed",
    "item": "|".join(
        f"{noun}>zebras"
        for noun in ["people", "men", "jobs", "homes", "houses", "seats", "patients", "passengers", "bodies", "prisoners", "fans", "factories", "phones", "games", "points", "ballots", "paintings", "flights", "beds", "vehicles", "villages", "visitors", "seals", "workers", "migrants", "whales", "hectares", "goals", "cars", "buses", "residents", "firefighters", "murders", "soldiers"]
    ),
}


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
    for kind, pairs in SWAPS.items():
        for old, new in (pair.split(">") for pair in pairs.split("|")):
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


def test_altered_claims_are_never_supported() -> None:
    base = [(claim, source) for claim, source, expected, _ in rows() if expected == "S"]
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
    assert len(base) >= 60
    assert sum(counts.values()) >= 250
    assert not passed
