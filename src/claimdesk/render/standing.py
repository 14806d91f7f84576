"""What the page calls a checked claim: its word, sign and place in the worklist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from claimdesk.model import Checked, Kind, Report, Stance, Verdict


class Standing(StrEnum):
    """A verdict as it is shown: claims that are not found but carry a warning are counted apart."""

    CONFLICTING = "conflicting"
    MIXED = "mixed"
    NOT_SETTLED = "not_settled"
    NOT_FOUND = "not_found"
    SUPPORTED = "supported"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Look:
    """Word, sign and explanation of a standing; ``css`` is its class on the page."""

    word: str
    sign: str
    meaning: str
    css: str


# In the order of the worklist: what needs a person first.
LOOKS: dict[Standing, Look] = {
    Standing.CONFLICTING: Look("Conflicting", "≠", "These sources speak against it", "cd-conflicting"),
    Standing.MIXED: Look("Mixed", "±", "These sources disagree among themselves", "cd-mixed"),
    Standing.NOT_SETTLED: Look("Not settled: wording differs", "≈", "Found with a difference", "cd-not-settled"),
    Standing.NOT_FOUND: Look("Not found", "?", "Nothing in these sources decides it", "cd-not-found"),
    Standing.SUPPORTED: Look("Supported", "✓", "These sources support it", "cd-supported"),
    Standing.NOT_CHECKED: Look("Not checked", "–", "No check was made", "cd-not-checked"),
}
KIND_WORDS = {Kind.QUANTITY: "Number", Kind.QUOTE: "Quote", Kind.DATE: "Date", Kind.STATEMENT: "Statement"}
STANCE_WORDS = {Stance.CONFLICTS: "Conflicting", Stance.SUPPORTS: "Supporting", Stance.RELATED: "Related"}
STANCE_LOOKS = {
    Stance.CONFLICTS: LOOKS[Standing.CONFLICTING],
    Stance.SUPPORTS: LOOKS[Standing.SUPPORTED],
    Stance.RELATED: LOOKS[Standing.NOT_FOUND],
}


def standing(checked: Checked) -> Standing:
    """How a claim is shown."""
    if checked.verdict is Verdict.NOT_FOUND and warnings(checked):
        return Standing.NOT_SETTLED
    return Standing(checked.verdict.value)


def warnings(checked: Checked) -> tuple[str, ...]:
    """The flags that speak about the claim's wording; that a source is newer is said with the passage."""
    return tuple(flag for flag in checked.flags if flag != "LATER_SOURCE")


def count_standings(report: Report) -> dict[Standing, int]:
    """How many claims have each standing, in the order of the worklist and without zeros."""
    counts = Counter(map(standing, report.claims))
    return {each: counts[each] for each in Standing if counts[each]}


def numbered(report: Report) -> list[tuple[int, Checked]]:
    """The claims with the numbers that the page shows: from 1, by place in the text, never renumbered."""
    return list(enumerate(report.claims, 1))


def worklist(report: Report) -> list[tuple[int, Checked]]:
    """The numbered claims, those that need a person first."""
    order = list(Standing)
    return sorted(numbered(report), key=lambda item: (order.index(standing(item[1])), item[0]))


def count_words(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count_words(1, "claim"), count_words(2_000, "passage")
    ('1 claim', '2,000 passages')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def choose_claims(
    report: Report,
    standings: Collection[Standing] = (),
    kinds: Collection[Kind] = (),
    words: str = "",
    in_text_order: bool = False,
    source: str = "",
) -> list[tuple[int, Checked]]:
    """The numbered claims that pass the filters; an empty filter lets all through.

    ``words`` is looked for, whatever its case, in claim, reason and passages; ``source`` is the id of one that
    must say something about the claim.
    """
    wanted = words.casefold().strip()
    return [
        (number, checked)
        for number, checked in (numbered(report) if in_text_order else worklist(report))
        if (not standings or standing(checked) in standings)
        and (not kinds or checked.claim.kind in kinds)
        and (not source or any(item.source == source for item in checked.evidence))
        and (not wanted or wanted in _searchable(report, checked))
    ]


def _searchable(report: Report, checked: Checked) -> str:
    passages = (evidence.text for evidence in checked.evidence)
    sentence = checked.claim.sentence.of(report.text.text)
    return "\n".join((checked.claim.text, sentence, checked.reason, *passages)).casefold()
