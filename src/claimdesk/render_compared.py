"""The two places that a check compared, side by side: a table for values, a word diff for quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimdesk.describe import describe_claim, source_title
from claimdesk.diff import compare_words, render_changes, summarize_changes
from claimdesk.markup import Html, element, escape, join
from claimdesk.model import Checked, Evidence, Finding, Outcome, Report, Source, Stance, Verdict

_OUTCOMES = {Stance.CONFLICTS: Outcome.CONFLICTS, Stance.SUPPORTS: Outcome.SUPPORTS}
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
        found = [row for row in dict.fromkeys(rows) if row]
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
        head = element("h4", "Compared: quote, word for word")
        words = element("p", render_changes(pieces), class_="cd-diff", dir="auto")
        return join(
            [head, words, element("p", summarize_changes(pieces), " ", escape(finding.detail), class_="cd-note")]
        )
    if not (ours or finding.claim_value) or not (theirs or finding.evidence_value):
        return Html()
    columns = element("tr", *(element("th", word, scope="col") for word in ("", "As written", "Understood as")))
    rows = [
        element("tr", element("th", head, scope="row"), cell(written), cell(value if value != written else ""))
        for head, written, value in (
            ("The text", ours, finding.claim_value),
            (name, theirs, finding.evidence_value),
        )
    ]
    difference = {Outcome.CONFLICTS: "Difference", Outcome.SUPPORTS: "Agreement"}.get(finding.outcome, "Note")
    last = element("tr", element("th", difference, scope="row"), element("td", finding.detail, colspan=2, dir="auto"))
    caption = element("caption", "Compared: ", CHECK_WORDS.get(finding.check, finding.check).lower())
    return element("table", caption, element("thead", columns), element("tbody", *rows, last))


def cell(words: str) -> Html:
    """A table cell with words of any language."""
    return element("td", words, dir="auto")
