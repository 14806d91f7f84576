"""What to change in the text, as a plain list: where it stands, how it is worded, what the sources say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from claimdesk.exports.citation import cite, one_line
from claimdesk.exports.colophon import colophon
from claimdesk.language.text import paragraphs
from claimdesk.model import Checked, Report, Stance, Verdict
from claimdesk.render.compared import deciding
from claimdesk.render.decided import DISPUTED
from claimdesk.render.describe import source_title
from claimdesk.render.dossier import describe_outside, describe_question
from claimdesk.render.standing import LOOKS, Standing, count_words, numbered, standing
from claimdesk.review import Asked, Decision, Review, review

_WRONG = (Verdict.CONFLICTING, Verdict.MIXED)


def write_corrections(report: Report, decisions: Sequence[Decision] = ()) -> str:
    """The claims that sources speak against or word differently, in the order of the text.

    A person's decision goes before the check's verdict: what somebody rated as supported is not in the list.
    """
    decided = review(report, decisions)
    starts = [block.start for block in paragraphs(report.text.text)]
    title = one_line(report.text.meta.title or report.text.name)
    listed = [(number, checked) for number, checked in numbered(report) if _is_wrong(decided, checked)]
    lines = [f"Corrections: {title}" if title else "Corrections", count_words(len(listed), "place") + " to look at."]
    for number, checked in listed:
        where = max(1, bisect_right(starts, checked.claim.span.start))
        lines += ["", f"Paragraph {where}, claim {number}: “{one_line(checked.claim.text)}”"]
        lines += [f"    {line}" for line in _entry(report, decided, checked)]
    if report.internal:
        lines += ["", "The text against itself:"]
        lines += [f"    {one_line(found.detail)}" for found in report.internal]
    if asked := list(_open_questions(report, decided)):
        lines += ["", "Open questions to the writer:", *(f"    {line}" for line in asked)]
    sources = "; ".join(one_line(source_title(source)) for source in report.sources) or "none"
    lines += ["", f"Sources: {sources}"]
    lines += [f"{name}: {one_line(value)}" for name, value in colophon(report)]
    return "\n".join(lines) + "\n"


def _open_questions(report: Report, decided: Review) -> Iterator[str]:
    items: list[tuple[str, Checked | None]] = [(f"Claim {number}", checked) for number, checked in numbered(report)]
    for where, checked in [*items, ("The whole text", None)]:
        for question in decided.dossier(checked).questions:
            if question.state is Asked.OPEN:
                yield f"{where}: {one_line(describe_question(question))}"


def _is_wrong(decided: Review, checked: Checked) -> bool:
    made = decided.of(checked)
    if decided.dossier(checked).dropped:
        return False
    if decided.is_done(checked):
        return any(decision.rating in _WRONG for decision in made)
    return bool(made) or checked.verdict in _WRONG or standing(checked) is Standing.NOT_SETTLED


def _entry(report: Report, decided: Review, checked: Checked) -> Iterator[str]:
    sentence = one_line(checked.claim.sentence.of(report.text.text))
    if sentence and sentence != one_line(checked.claim.text):
        yield f"In: {sentence}"
    yield f"{LOOKS[standing(checked)].word}: {one_line(checked.reason)}"
    against = [
        item
        for item in checked.evidence
        if item.stance is Stance.CONFLICTS or any(found.flag for found in item.findings)
    ]
    for item in against:
        source = next((source for source in report.sources if source.id == item.source), None)
        text = source.document.text if source and source.document else ""
        words = [one_line(found.evidence_span.of(text)) for found in deciding(item) if found.evidence_span]
        said = f"“{words[0]}” in: " if words and words[0] and words[0] != one_line(item.text) else ""
        yield f"The source says: {said}“{one_line(item.text)}” ({cite(report, item)})"
    yield from (one_line(describe_outside(line)) for line in decided.dossier(checked).outside)
    if decided.is_disputed(checked):
        yield DISPUTED
    yield from (
        f"Note by {one_line(made.reviewer)}: {one_line(made.note)}" for made in decided.of(checked) if made.note
    )
