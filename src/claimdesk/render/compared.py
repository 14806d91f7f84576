"""The two places that a check compared, side by side: a table for values, a word diff for quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claimdesk.language.text import words
from claimdesk.model import Checked, Claim, Evidence, Finding, Outcome, QuoteType, Report, Source, Stance, Verdict
from claimdesk.render.describe import describe_claim, source_title
from claimdesk.render.diff import Change, Piece, compare_words, render_changes, summarize_changes
from claimdesk.render.markup import Html, element, hidden, join

_OUTCOMES = {Stance.CONFLICTS: Outcome.CONFLICTS, Stance.SUPPORTS: Outcome.SUPPORTS}
_UNKNOWN_DAY = "Which day is meant is not known; the date of the text may tell."
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
        findings = deciding(evidence)
        changes = _changes(report, checked.claim, evidence)
        rows = [_word_diff(changes, findings)] if changes else []
        rows += [_table(report, text, name, item) for item in findings if not (changes and item.check == "quotes")]
        found = [row for row in dict.fromkeys(rows) if row][:_MOST_ROWS]
        if found:
            yield element("div", *found, class_="cd-compared")
    understood = describe_claim(checked.claim)
    if not shown and understood:
        dates = checked.claim.dates
        unknown = bool(dates) and not any(each.first or each.last for each in dates)
        words = _UNKNOWN_DAY if unknown and not checked.claim.quantity else f"Understood as {understood}."
        yield element("p", words, class_="cd-note")


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


def _changes(report: Report, claim: Claim, evidence: Evidence) -> tuple[Piece, ...]:
    """A quote in marks word for word beside the passage; nothing where the passage has other words altogether."""
    if claim.quote is None or claim.quote.type is QuoteType.INDIRECT:
        return ()
    quote = " ".join(part.of(report.text.text) for part in claim.quote.content)
    pieces = compare_words(quote, evidence.text)
    kept = sum(len(words(piece.text)) for piece in pieces if piece.change is Change.SAME)
    return pieces if 2 * kept >= len(words(quote)) else ()


def _word_diff(pieces: Sequence[Piece], findings: Sequence[Finding]) -> Html:
    details = [item.detail for item in findings if item.check == "quotes"]
    return join(
        [
            element("h4", "Compared: quote, word for word"),
            element("p", render_changes(pieces), class_="cd-diff", dir="auto"),
            element("p", " ".join([summarize_changes(pieces), *details]), class_="cd-note", dir="auto"),
        ]
    )


def _table(report: Report, source: str, name: str, finding: Finding) -> Html:
    """Three rows: the text, the source, and how they differ; what was understood only where it says more."""
    ours = finding.claim_span.of(report.text.text) if finding.claim_span else ""
    theirs = finding.evidence_span.of(source) if finding.evidence_span else ""
    sides = (("The text", ours, finding.claim_value), (name, theirs, finding.evidence_value))
    if not all(written or value for _, written, value in sides):
        return Html()
    understood = any(value and value != written for _, written, value in sides)
    heads = element(
        "tr", *(element("th", head, scope="col") for head in (hidden("Where"), "As written", "Understood as"))
    )
    rows = [
        element("tr", element("th", side, scope="row"), *map(cell, (written, value) if understood else (written,)))
        for side, written, value in sides
    ]
    result = {Outcome.CONFLICTS: "Difference", Outcome.SUPPORTS: "Agreement"}.get(finding.outcome, "Note")
    detail = element("td", finding.detail, colspan=2 if understood else None, dir="auto")
    return element(
        "table",
        element("caption", "Compared: ", CHECK_WORDS.get(finding.check, finding.check).lower()),
        element("thead", heads) if understood else "",
        element("tbody", *rows, element("tr", element("th", result, scope="row"), detail)),
    )


def cell(words: str) -> Html:
    """A table cell with words of any language."""
    return element("td", words, dir="auto")
