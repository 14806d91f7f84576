"""A whole check with stand-ins for the models: verdicts, evidence, copies, dates, stop, bad sources."""

import hashlib
from datetime import date

import pytest
from fakes import FixedMeaning, TinyEncoder

from claimdesk.evidence import chunk_bounds
from claimdesk.model import Document, Meta, Source, Stance, Verdict
from claimdesk.progress import Progress
from claimdesk.readers import read_text
from claimdesk.verify import Models, check

ARTICLE = "The flood destroyed 340 homes in Tarn. Mayor Li Chen resigned. Rescue crews freed 12 horses."
AGREES = "The flood destroyed 340 homes in Tarn, the council said. It was the worst in years."
DIFFERS = "The flood destroyed 430 homes in Tarn, the county said."


def source(name, text, **meta):
    document = Document(name, text, hashlib.sha256(text.encode()).hexdigest(), "txt", Meta(**meta))
    return Source(name, f"{name}.txt", document)


def run(article=ARTICLE, *sources, **options):
    return check(read_text(article), sources, models=Models(TinyEncoder(), FixedMeaning()), **options)


def claim(report, text):
    return next(
        item for item in report.claims if item.claim.quantity and item.claim.quantity.number.of(ARTICLE) == text
    )


def test_support_conflict_both_and_neither():
    assert claim(run(ARTICLE, source("a", AGREES)), "340").verdict is Verdict.SUPPORTED
    assert claim(run(ARTICLE, source("b", DIFFERS)), "340").verdict is Verdict.CONFLICTING
    both = claim(run(ARTICLE, source("a", AGREES), source("b", DIFFERS)), "340")
    assert both.verdict is Verdict.MIXED
    assert {item.stance for item in both.evidence if item.findings} == {Stance.SUPPORTS, Stance.CONFLICTS}
    assert claim(run(ARTICLE, source("a", AGREES)), "12").verdict is Verdict.NOT_FOUND


def test_without_sources_nothing_is_checked_and_it_says_why():
    report = run()
    assert {item.verdict for item in report.claims} == {Verdict.NOT_CHECKED}
    assert all(item.reason for item in report.claims)


def test_evidence_stands_where_it_says():
    report = run(ARTICLE, source("a", AGREES), source("b", DIFFERS))
    texts = {item.id: item.document.text for item in report.sources}
    shown = [item for checked in report.claims for item in checked.evidence]
    assert shown
    for item in shown:
        assert texts[item.source][item.start : item.end] == item.text
        for finding in item.findings:
            if finding.evidence_span is not None:
                assert finding.evidence_span.of(texts[item.source])


def test_an_unreadable_source_is_reported_and_the_others_are_used():
    broken = Source("x", "broken.pdf", None, "broken.pdf cannot be read.")
    report = run(ARTICLE, broken, source("a", AGREES))
    assert claim(report, "340").verdict is Verdict.SUPPORTED
    assert [item.error for item in report.sources] == ["broken.pdf cannot be read.", None]


def test_copies_of_one_story_share_an_origin():
    story = AGREES + " " + "Crews worked all night to bring people from the upper floors to the school on the hill."
    report = run(
        ARTICLE,
        source("a", story),
        source("b", story.replace("It was", "It is")),
        source("c", AGREES.split(". ")[0] + "."),
    )
    origins = [item.origin for item in claim(report, "340").evidence if item.stance is Stance.SUPPORTS]
    assert len(origins) >= 2
    assert len(set(origins)) == 1


def test_a_source_that_holds_the_text_itself_proves_nothing():
    report = run(ARTICLE, source("a", ARTICLE + " More to follow."))
    item = claim(report, "340")
    assert item.verdict is Verdict.NOT_FOUND
    assert item.evidence[0].copied_from_text


def test_a_source_later_than_the_text_is_marked():
    dated = "date 2025-05-01 " + ARTICLE
    report = check(
        read_text(dated),
        [source("a", AGREES, date=date(2025, 5, 9))],
        models=Models(TinyEncoder(), FixedMeaning()),
    )
    assert all(item.later_than_text for checked in report.claims for item in checked.evidence)


def test_stopping_keeps_what_is_done():
    answers = iter([False, *[True] * 50])
    report = run(ARTICLE, source("a", AGREES), stop=lambda: next(answers))
    assert report.claims[0].verdict is not Verdict.NOT_CHECKED
    assert {item.verdict for item in report.claims[1:]} == {Verdict.NOT_CHECKED}


def test_progress_tells_every_stage():
    steps: list[Progress] = []
    run(ARTICLE, source("a", AGREES), progress=steps.append)
    assert list(dict.fromkeys(step.stage for step in steps)) == [
        "Finding claims",
        "Embedding passages",
        "Checking claims",
    ]
    assert steps[-1].done == steps[-1].total


@pytest.mark.parametrize("text", ["", "One.", "One.\n\nTwo.", "x" * 20_000, "\n\n".join(["A paragraph."] * 2_000)])
def test_chunks_cover_every_paragraph_in_order(text):
    bounds = chunk_bounds(text)
    assert all(first.end <= second.start for first, second in zip(bounds, bounds[1:], strict=False))
    assert sum(len(span.of(text).split()) for span in bounds) == len(text.split())
