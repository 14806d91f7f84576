"""The report as a spreadsheet: a row for each claim and passage, and for each piece of a person's evidence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

from claimdesk.model import Checked, Evidence, Report
from claimdesk.render.describe import describe_claim, describe_location, source_title
from claimdesk.render.dossier import WAY_WORDS, describe_change, describe_question
from claimdesk.render.standing import numbered
from claimdesk.review import Decision, Review, review, reviewers

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Row = dict[str, object]
COLUMNS = (
    "claim", "kind", "verdict", "text", "sentence", "start", "end", "understood", "reason", "flags",
    "stance", "source", "publisher", "source_date", "place", "passage", "passage_start", "passage_end",
    "passage_reason", "confidence", "later_than_text", "source_sha256", "review", "reviewer", "note",
    "found_by", "changes", "questions", "claimdesk", "checked", "settings",
)  # fmt: skip


def write_csv(report: Report, decisions: Sequence[Decision] = ()) -> str:
    """One row for each claim and passage, and one for a claim without any; opens in a spreadsheet as it is.

    Evidence that a person brought has rows of its own, with ``person`` under ``found_by``. What is about the whole
    text has no claim.
    """
    out = io.StringIO()
    out.write("\ufeff")  # without it Excel takes UTF-8 for the local code page
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    decided = review(report, decisions)
    same = {
        "claimdesk": report.version,
        "checked": report.created,
        "settings": json.dumps(report.settings, ensure_ascii=False),
    }
    for row in _rows(report, decided):
        writer.writerow({name: _cell(value) for name, value in {**row, **same}.items()})
    return out.getvalue()


def _rows(report: Report, decided: Review) -> Iterator[Row]:
    for number, checked in numbered(report):
        head = {**_claim(report, number, checked), **_review(decided, checked)}
        people = decided.dossier(checked).outside
        for evidence in checked.evidence:
            yield {**head, **_passage(report, evidence)}
        for line in people:
            yield {**head, **_outside(line)}
        if not checked.evidence and not people:
            yield head
    general = decided.dossier(None)
    yield from map(_outside, general.outside)
    for question in general.questions:
        yield {"questions": describe_question(question)}


def _claim(report: Report, number: int, checked: Checked) -> Row:
    claim = checked.claim
    return {
        "claim": number,
        "kind": claim.kind.value,
        "verdict": checked.verdict.value,
        "text": claim.text,
        "sentence": claim.sentence.of(report.text.text),
        "start": claim.span.start,
        "end": claim.span.end,
        "understood": describe_claim(claim),
        "reason": checked.reason,
        "flags": " ".join(checked.flags),
    }


def _passage(report: Report, evidence: Evidence) -> Row:
    source = next((source for source in report.sources if source.id == evidence.source), None)
    document = source.document if source else None
    known: Row = {}
    if document:
        day = document.meta.date.isoformat() if document.meta.date else ""
        known = {"publisher": document.meta.publisher, "source_date": day, "source_sha256": document.sha256}
    return known | {
        "stance": evidence.stance.value,
        "source": source_title(source) if source else evidence.source,
        "place": describe_location(evidence.location),
        "passage": evidence.text,
        "passage_start": evidence.start,
        "passage_end": evidence.end,
        "passage_reason": evidence.reason,
        "confidence": f"{evidence.confidence:.2f}",
        "later_than_text": "yes" if evidence.later_than_text else "",
        "found_by": "check",
    }


def _outside(line: Decision) -> Row:
    """Evidence that a person brought, in the columns of a passage."""
    outside = line.outside
    if outside is None:
        return {}
    return {
        "stance": outside.stance.value,
        "source": f"{WAY_WORDS[outside.way]}: {outside.contact}" if outside.contact else WAY_WORDS[outside.way],
        "source_date": outside.when,
        "place": outside.url,
        "passage": outside.words,
        "passage_reason": f"Noted by {line.reviewer}, {line.at}",
        "found_by": "person",
    }


def _review(decided: Review, checked: Checked) -> Row:
    """What people decided, who, and their notes; ``disputed`` where they do not agree."""
    made, dossier = decided.of(checked), decided.dossier(checked)
    rating = decided.rating(checked)
    state = "disputed" if decided.is_disputed(checked) else rating.value if rating else "needs_work" if made else ""
    return {
        "review": "dropped" if dossier.dropped else state,
        "reviewer": reviewers(made),
        "note": " / ".join(decision.note for decision in made if decision.note),
        "changes": " / ".join(map(describe_change, dossier.changes)),
        "questions": " / ".join(map(describe_question, dossier.questions)),
    }


def _cell(value: object) -> object:
    """Words that a spreadsheet would run as a formula get an apostrophe in front (OWASP: CSV injection).

    >>> _cell("=HYPERLINK(1)"), _cell("-15"), _cell(12)
    ("'=HYPERLINK(1)", "'-15", 12)
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" \ufeff\u00a0").startswith(_FORMULA) else text
