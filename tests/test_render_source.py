"""The source in full: the passage at hand, the other passages with their claims, and nothing lost or run."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from sample_report import HOSTILE, MINUTES, document, hostile_report, sample_report

from claimdesk.model import Source, Stance
from claimdesk.render.source import Use, render_source, uses_of_claim, uses_of_source

REPORT = sample_report()
MINUTES_SOURCE = next(source for source in REPORT.sources if source.document and source.document.text == MINUTES)

HERE = uses_of_claim(REPORT, 1)[0]


def shown(use: Use) -> str:
    return render_source(REPORT, MINUTES_SOURCE, use)


def test_the_passage_at_hand_is_marked_once_and_can_be_reached() -> None:
    page = shown(uses_of_claim(REPORT, 1)[0])
    assert page.count('id="passage"') == 1
    here = "".join(re.findall(r'<mark class="cd-here[^"]*"[^>]*>(.*?)</mark>', page))
    assert html.unescape(here) == REPORT.claims[0].evidence[0].text
    assert 'class="cd-here cd-hit"' in page and "Conflicting passage of claim 1, page 1" in page


def test_other_passages_are_marked_lightly_with_the_number_of_their_claim() -> None:
    page = shown(uses_of_claim(REPORT, 1)[0])
    others = {use.number for use in uses_of_source(REPORT, MINUTES_SOURCE.id, HERE)} - {1}
    assert others and 'class="cd-used"' in page
    assert all(f'href="#m{number}"' in page for number in others)


def test_every_word_of_the_source_is_there() -> None:
    body = shown(uses_of_claim(REPORT, 1)[0]).partition("<article")[2].partition(">")[2]
    plain = re.sub(r'<span class="cd-used-by">.*?</a></span>', "", body).replace("</p>", " ")
    assert html.unescape(re.sub("<[^>]+>", "", plain)).split() == MINUTES.split()


def test_a_long_source_is_cut_around_the_passage_and_says_so() -> None:
    filler = "Nothing happened. " * 9_000
    text = filler + MINUTES + filler
    source = replace(MINUTES_SOURCE, document=document("long", text))
    use = uses_of_claim(REPORT, 1)[0]
    moved = replace(
        use.evidence, start=use.evidence.start + len(filler), end=use.evidence.end + len(filler), findings=()
    )
    page = render_source(REPORT, source, Use(1, moved))
    assert len(page) < 80_000 and f"of {len(text):,} are shown" in page
    assert "The board approved the purchase" in page


def test_a_source_that_is_not_at_hand_says_so() -> None:
    lost = Source(MINUTES_SOURCE.id, "gone.txt", None, "gone")
    assert "not at hand" in render_source(REPORT, lost, uses_of_claim(REPORT, 1)[0])


@pytest.mark.parametrize("words", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_words_are_shown_literally(words: str) -> None:
    report = hostile_report(words)
    page = render_source(report, report.sources[0], uses_of_claim(report, 1)[0])
    assert "<script" not in page and "<img" not in page and 'href="javascript' not in page


def test_a_passage_that_decides_nothing_is_marked_only_when_it_is_at_hand() -> None:
    related = [
        Use(number, item)
        for number, checked in enumerate(REPORT.claims, 1)
        for item in checked.evidence
        if item.stance is Stance.RELATED and item.source in {source.id for source in REPORT.sources if source.document}
    ]
    for use in related:
        assert use in uses_of_source(REPORT, use.evidence.source, use)
        assert use not in uses_of_source(REPORT, use.evidence.source, HERE)
