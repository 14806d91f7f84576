"""Reviewed claims as schema.org ClaimReview: only what a person has rated, never the machine's own verdict.

Google Search no longer shows these results; the Fact Check Explorer and archives still read them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from claimdesk.exports.citation import cite, deciding_passages, one_line
from claimdesk.model import Checked, Report, Verdict
from claimdesk.render.decided import verdict_word
from claimdesk.report import report_id
from claimdesk.review import Decision, review, reviewers

NEEDS_DECISIONS = "ClaimReview holds claims that a person has rated, and there are no decisions yet."


def write_claimreview(report: Report, decisions: Sequence[Decision] = ()) -> str:
    """One ClaimReview for each rated claim, as JSON-LD; an empty graph without any.

    A claim whose reviewers do not agree, or that needs work, has no rating yet and is left out.
    """
    decided = review(report, decisions)
    graph = [
        _claim_review(report, checked, rating, decided.of(checked))
        for checked in report.claims
        if (rating := decided.rating(checked))
    ]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


def _claim_review(report: Report, checked: Checked, rating: Verdict, made: Sequence[Decision]) -> dict[str, Any]:
    meta = report.text.meta
    identity = f"urn:claimdesk:{report_id(report)}:{checked.claim.id}"
    notes = [one_line(decision.note) for decision in made if decision.note]
    # The check's own reason explains the rating only where the person agrees with the check.
    explained = notes or ([one_line(checked.reason)] if rating is checked.verdict else [])
    return {
        "@type": "ClaimReview",
        "@id": identity,
        "url": f"{meta.url}#{checked.claim.id}" if _is_web(meta.url) else identity,
        "datePublished": made[-1].at[:10],
        "claimReviewed": _wording(report, checked),
        "itemReviewed": {
            "@type": "Claim",
            "author": _claimant(report, checked),
            "datePublished": meta.date.isoformat() if meta.date else None,
            "appearance": {
                "@type": "CreativeWork",
                "headline": one_line(meta.title or report.text.name),
                "url": meta.url if _is_web(meta.url) else None,
                "publisher": {"@type": "Organization", "name": one_line(meta.publisher)} if meta.publisher else None,
            },
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": verdict_word(rating),
            "ratingExplanation": " ".join(explained) or None,
        },
        "author": {"@type": "Person", "name": one_line(reviewers(made))},
        "isBasedOn": [{"@type": "CreativeWork", "name": cite(report, item)} for item in deciding_passages(checked)],
        "sdPublisher": {"@type": "Organization", "name": f"Claimdesk {report.version}"},
    }


def _wording(report: Report, checked: Checked) -> str:
    """The sentence of the claim: a number alone says nothing."""
    return one_line(checked.claim.sentence.of(report.text.text)) or one_line(checked.claim.text)


def _claimant(report: Report, checked: Checked) -> dict[str, str]:
    """Who makes the claim: the quoted speaker, else the one whose text it is, else nobody that is known."""
    speaker, meta = checked.claim.speaker, report.text.meta
    if speaker and speaker.name and not speaker.ambiguous:
        return {"@type": "Person", "name": one_line(speaker.name)}
    if meta.speaker:
        return {"@type": "Person", "name": one_line(meta.speaker)}
    return {"@type": "Organization", "name": one_line(meta.publisher) or "Unknown"}


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))
