"""The two places that a check compared, side by side: a table for values, a word diff for quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claimdesk.describe import describe_claim, source_title
from claimdesk.diff import Piece, compare_words, render_changes, summarize_changes
from claimdesk.markup import Html, element, join
from claimdesk.model import Checked, Evidence, Finding, Outcome, Report, Source, Stance, Verdict

_OUTCOMES = {Stance.CONFLICTS: Outcome.CONFLICTS, Stance.SUPPORTS: Outcome.SUPPORTS}
_MOST_ROWS = 4  # comparisons of one passage that are laid out; all of them are under "How this was found"
CHECK_WORDS = {
    "numbers": "Number",
    "quotes": "Quote",
    "speaker": "Speaker",
    "names": "Name",
    "dates": "Date",
    "meaning": "Meaning",
}


def render_compared(report: Report, checked: Checked, sources: Mapping[str, Source]) -> Iterator[Html]:
    """What decided a verdict, laid out; one block for each side of a mixed one."""
    shown = list(_deciders(checked))
    for evidence in shown:
        source = sources.get(evidence.source)
        text = source.document.text if source and source.document else ""
        name = source_title(source) if source else evidence.source
        rows = [_comparison(report.text.text, text, name, finding) for finding in deciding(evidence)]
        found = [row for row in dict.fromkeys(rows) if row][:_MOST_ROWS]
        if found:
            yield element("div", *found, class_="cd-compared")
    understood = describe_claim(checked.claim)
    if not shown and understood:
        yield element("p", f"Understood as {understood}.", class_="cd-note")


def _deciders(checked: Checked) -> Iterator[Evidence]:
    """The passage whose findings are laid out: one for each side that has a say in the verdict."""
    sides = {
        Verdict.CONFLICTING: (Stance.CONFLICTS,),
        Verdict.SUPPORTED: (Stance.SUPPORTS,),
        Verdict.MIXED: (Stance.CONFLICTS, Stance.SUPPORTS),
        Verdict.NOT_FOUND: (Stance.RELATED,),
        Verdict.NOT_CHECKED: (),
    }[checked.verdict]
    for side in sides:
        yield from [item for item in checked.evidence if item.stance is side and deciding(item)][:1]


def deciding(evidence: Evidence) -> list[Finding]:
    """The findings that carry a passage's stance; for one that decides nothing, those that a person must see."""
    outcome = _OUTCOMES.get(evidence.stance)
    found = [item for item in evidence.findings if item.outcome is outcome or (outcome is None and item.flag)]
    return sorted(found, key=lambda item: item.claim_span is None)


def _comparison(text: str, source: str, name: str, finding: Finding) -> Html:
    ours = finding.claim_span.of(text) if finding.claim_span else ""
    theirs = finding.evidence_span.of(source) if finding.evidence_span else ""
    if finding.check == "quotes" and ours and theirs and (pieces := compare_words(ours, theirs)):
        return _word_diff(pieces, finding.detail)
    if (ours or finding.claim_value) and (theirs or finding.evidence_value):
        return _table(finding, name, ours, theirs)
    return Html()


def _word_diff(pieces: Sequence[Piece], detail: str) -> Html:
    summary = summarize_changes(pieces)
    return join(
        [
            element("h4", "Compared: quote, word for word"),
            element("p", render_changes(pieces), class_="cd-diff", dir="auto"),
            element("p", f"{summary} {detail}", class_="cd-note", dir="auto"),
        ]
    )


def _table(finding: Finding, name: str, ours: str, theirs: str) -> Html:
    """Three rows: the text, the source, and how they differ; what was understood only where it says more."""
    sides = (("The text", ours, finding.claim_value), (name, theirs, finding.evidence_value))
    understood = any(value and value != written for _, written, value in sides)
    heads = ("", "As written", "Understood as") if understood else ("", "As written")
    rows = [
        element("tr", element("th", side, scope="row"), *map(cell, (written, value)[: len(heads) - 1]))
        for side, written, value in sides
    ]
    result = {Outcome.CONFLICTS: "Difference", Outcome.SUPPORTS: "Agreement"}.get(finding.outcome, "Note")
    detail = element("td", finding.detail, colspan=len(heads) - 1, dir="auto")
    return element(
        "table",
        element("caption", "Compared: ", CHECK_WORDS.get(finding.check, finding.check).lower()),
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *rows, element("tr", element("th", result, scope="row"), detail)),
    )


def cell(words: str) -> Html:
    """A table cell with words of any language."""
    return element("td", words, dir="auto")
