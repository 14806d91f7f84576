"""ClaimReview: only what people rated, with the fields that readers of the format require."""

from __future__ import annotations

import json

from sample_report import sample_report

from claimdesk.exports.claimreview import write_claimreview
from claimdesk.model import Verdict
from claimdesk.review import Choice, Decision, decide, undo

REPORT = sample_report()


def graph(*made: Decision) -> list[dict]:
    found = json.loads(write_claimreview(REPORT, made))
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


def test_the_verdict_of_the_check_alone_is_never_published() -> None:
    assert graph() == []


def test_a_rated_claim_has_every_required_field() -> None:
    [found] = graph(decide(REPORT, REPORT.claims[0], Choice.AGREE, "Ada"))
    assert found["@type"] == "ClaimReview" and found["url"] and len(found["datePublished"]) == 10
    assert found["claimReviewed"].startswith("The county will pay €4.8 million")
    assert {"author", "datePublished", "appearance"} <= found["itemReviewed"].keys()
    assert found["reviewRating"]["alternateName"] == "Conflicting" and found["reviewRating"]["ratingExplanation"]
    assert found["author"] == {"@type": "Person", "name": "Ada"}


def test_a_quoted_speaker_is_the_author_of_the_claim() -> None:
    quoted = next(checked for checked in REPORT.claims if checked.claim.speaker)
    [found] = graph(decide(REPORT, quoted, Choice.AGREE, "Ada"))
    assert found["itemReviewed"]["author"]["name"] == quoted.claim.speaker.name


def test_the_rating_is_the_persons_and_the_reason_of_the_check_does_not_explain_it() -> None:
    made = decide(REPORT, REPORT.claims[0], Choice.DISAGREE, "Ada", Verdict.SUPPORTED)
    [found] = graph(made)
    assert found["reviewRating"]["alternateName"] == "Supported"
    assert found["reviewRating"]["ratingExplanation"] is None


def test_what_needs_work_is_disputed_or_was_taken_back_has_no_rating() -> None:
    first = REPORT.claims[0]
    assert graph(decide(REPORT, first, Choice.NEEDS_WORK, "Ada")) == []
    assert graph(decide(REPORT, first, Choice.AGREE, "Ada"), undo(REPORT, first, "Ada")) == []
    differs = decide(REPORT, first, Choice.DISAGREE, "Ben", Verdict.SUPPORTED)
    assert graph(decide(REPORT, first, Choice.AGREE, "Ada"), differs) == []
