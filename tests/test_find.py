"""What extract finds in whole texts: kinds, spans, flags, order."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from claimdesk.find import find_claims
from claimdesk.model import Kind, QuoteType
from claimdesk.readers import read_text

REPORT = """date 2025-03-05 The bodies of 310 miners were brought up from the Karsk pit, the officials in Oster who run the rescue said on Tuesday. Relatives waiting at the gate of the mine before dawn. (AP/ Rescue Office of Oster)

“As a result of the work ..., the bodies of 310 miners have been brought up,” the rescue committee said on the Signal messaging app.

It published photos that show several trucks. Some carried the emblem of “The Lantern,” a group that searches for missing miners.

On February 27, President Ilan Moreau said that the owner wanted to bring up 900 bodies, but that only about 15% of them had been identified.

“It takes months,” Moreau said at a briefing. “Sometimes a year.”

On Monday, the two towns exchanged volunteers under the age of 25, the first of several exchanges."""


@pytest.fixture(scope="module")
def report():
    return find_claims(read_text(REPORT))


def texts(found, kind):
    return [claim.text for claim in found.claims if claim.kind is kind]


def test_quantities_that_can_be_wrong_are_claims(report):
    found = [claim.quantity.number.of(REPORT) for claim in report.claims if claim.kind is Kind.QUANTITY]
    assert found == ["310", "310", "900", "15", "25"]


def test_relative_dates_are_resolved_from_the_leading_date(report):
    days = {claim.text: claim.dates[0].first.isoformat() for claim in report.claims if claim.kind is Kind.DATE}
    assert days == {"Tuesday": "2025-03-04", "February 27": "2025-02-27", "Monday": "2025-03-03"}


def test_quotes_have_their_speakers(report):
    direct = [c for c in report.claims if c.quote and c.quote.type is QuoteType.DIRECT]
    assert [claim.speaker.text for claim in direct] == ["the rescue committee", "Moreau"]
    assert direct[1].speaker.name == "Ilan Moreau"
    assert len(direct[1].quote.content) == 2  # interrupted by its attribution


def test_indirect_speech_is_a_claim_of_its_own(report):
    indirect = [claim for claim in report.claims if claim.quote and claim.quote.type is QuoteType.INDIRECT]
    assert [claim.speaker.name for claim in indirect][-1] == "Ilan Moreau"
    assert len(indirect) == 2


def test_a_name_in_marks_is_no_quote(report):
    assert not any("Lantern" in claim.text for claim in report.claims if claim.kind is Kind.QUOTE)


def test_a_caption_that_runs_on_is_a_sentence_of_its_own(report):
    captions = [claim for claim in report.claims if "caption" in claim.flags]
    assert [claim.text for claim in captions] == ["Relatives waiting at the gate of the mine before dawn."]
    assert captions[0].worthiness < min(c.worthiness for c in report.claims if c.kind is Kind.QUANTITY)


def test_every_claim_is_a_span_of_the_text(report):
    assert all(claim.span.of(REPORT) == claim.text for claim in report.claims)


def test_the_same_text_gives_the_same_ids(report):
    again = find_claims(read_text(REPORT))
    assert [(c.id, c.span) for c in again.claims] == [(c.id, c.span) for c in report.claims]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_can_be_read_without_an_error(text):
    if text.strip():
        found = find_claims(read_text("A start. " + text))
        assert all(claim.span.of(found.document.text) == claim.text for claim in found.claims)


def test_a_dateline_gives_the_day_where_nothing_else_does():
    found = find_claims(read_text("LISLE, June 11, 2025 (Agency) - The bridge closed on Wednesday, the council said."))
    assert found.document.meta.date.isoformat() == "2025-06-11"
    assert [c.dates[0].first.isoformat() for c in found.claims if c.kind is Kind.DATE] == ["2025-06-11"]


def test_days_are_counted_from_the_dateline_and_not_from_publication():
    text = "date 2025-06-12 LISLE, June 10 (Agency) - The bridge closed on Tuesday, the council said."
    found = find_claims(read_text(text))
    assert found.document.meta.date.isoformat() == "2025-06-12"
    assert [c.dates[0].first.isoformat() for c in found.claims if c.kind is Kind.DATE] == ["2025-06-10"]
