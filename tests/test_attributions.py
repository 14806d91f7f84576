"""Attributions without reported words: who condemned, promised, wanted what, and what of it is no claim."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claimdesk.bench.quotes import score
from claimdesk.find import find_claims
from claimdesk.language.parse import parse
from claimdesk.model import Attributed
from claimdesk.quotes import find_attributions, find_quotes
from claimdesk.readers import read_text
from claimdesk.report import extract_to_json


def attributions_of(text: str) -> tuple[Attributed, ...]:
    parsed = parse(text)
    return find_attributions(parsed, find_quotes(parsed))


def summary(text: str) -> list[tuple[str | None, str, str]]:
    """Speaker, cue and content of every attribution."""
    return [
        (found.speaker.text if found.speaker else None, found.cue.text, found.content.of(text))
        for found in attributions_of(text)
    ]


# One text, one attribution: speaker, cue, content, class.
PATTERNS = [
    ("The mayor condemned the attack on the ferry.", "The mayor", "condemned", "the attack on the ferry", "judgement"),
    ("Lind called for an inquiry into the fire.", "Lind", "called for", "an inquiry into the fire", "speech"),
    ("Ruiz refused to resign after the vote.", "Ruiz", "refused", "to resign after the vote", "intention"),
    ("The union is wary of the new treaty.", "The union", "wary of", "the new treaty", "attitude"),
    ("Moreau criticized the mayor for the delay.", "Moreau", "criticized", "the mayor for the delay", "judgement"),
    ("Lind's doubts about the treaty grew.", "Lind", "doubts about", "the treaty", "attitude"),
    ("Residents expressed unease over the plan.", "Residents", "expressed unease over", "the plan", "attitude"),
    ("She is hoping for a swift agreement.", "She", "hoping for", "a swift agreement", "attitude"),
    ("The plan was denounced by the opposition.", "the opposition", "denounced", "The plan", "judgement"),
    (
        "In a survey by the Halden Post, Moreau leads by nine points.",
        "a survey by the Halden Post",
        "In",
        "Moreau leads by nine points",
        "speech",
    ),
    ("The union called the deal a sham.", "The union", "called", "the deal a sham", "speech"),
    ("The council judged the plan a failure.", "The council", "judged", "the plan a failure", "attitude"),
    ("The port is seen as a risk.", None, "seen", "The port is seen as a risk", "impression"),
    ("Lind seems to have left the city.", None, "seems", "Lind seems to have left the city", "impression"),
    ("It seems that the port will close.", None, "seems", "that the port will close", "impression"),
    ("Their fear is that the port will close.", "Their", "fear is", "that the port will close", "attitude"),
    ("Voters want the port to be closed.", "Voters", "want", "the port to be closed", "attitude"),
    ("Lind distanced herself from the plan.", "Lind", "distanced herself from", "the plan", "judgement"),
    ("Residents rallied behind the mayor.", "Residents", "rallied behind", "the mayor", "attitude"),
    ("The board voted to sell the port.", "The board", "voted", "to sell the port", "intention"),
    ("Lind was quick to praise the crew.", "Lind", "quick", "to praise the crew", "attitude"),
    ("Lind pointed to the fire as the cause.", "Lind", "pointed to", "the fire as the cause", "speech"),
    ("The union sees Moreau as likely to win.", "The union", "sees", "Moreau as likely to win", "attitude"),
    ("The board opposes counter-measures.", "The board", "opposes", "counter-measures", "attitude"),
    ("Lind cited the ferry, which sank at dawn.", "Lind", "cited", "the ferry", "speech"),
    ("Lind cited the ferry, a ship built in 1990.", "Lind", "cited", "the ferry", "speech"),
    (
        "Lind praised Ruiz, the mayor, for her speech.",
        "Lind",
        "praised",
        "Ruiz, the mayor, for her speech",
        "judgement",
    ),
    ("Residents told stories of the flood.", "Residents", "stories of", "the flood", "speech"),
    ("The minister ignored the report.", "The minister", "ignored", "the report", "judgement"),
]


@pytest.mark.parametrize(("text", "speaker", "cue", "content", "group"), PATTERNS)
def test_an_attribution_has_its_speaker_cue_and_content(
    text: str, speaker: str, cue: str, content: str, group: str
) -> None:
    assert summary(text) == [(speaker, cue, content)]
    assert attributions_of(text)[0].cue.group == group


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank at dawn.",
        "The port lies north of Halden.",
        "“I condemn the attack on the ferry,” Lind said.",
        "Lind said that the ferry had sunk at dawn.",
        "Lind criticized it.",
        "“The ferry,” Lind said, “would sail at noon.”",
        "Lind made an attempt to open the door.",
        "Update: Port of Halden to close in June.\n\nThe port of Halden has 300 workers.",
        "",
    ],
)
def test_what_attributes_nothing_or_reports_words_is_left_out(text: str) -> None:
    assert summary(text) == []


def test_what_stands_in_reported_words_belongs_to_them() -> None:
    assert summary("Lind said that Ruiz opposed the plan.") == []


def test_who_goes_on_after_a_reported_clause_is_its_speaker() -> None:
    assert summary("Lind said that the port would close and blamed the union.") == [("Lind", "blamed", "the union")]


def test_of_two_within_each_other_the_outer_stays() -> None:
    assert summary("Lind refused to condemn the attack.") == [("Lind", "refused", "to condemn the attack")]


def test_a_denied_attribution_says_so() -> None:
    (found,) = attributions_of("The senator did not endorse the treaty.")
    assert found.flags == ("negated",)


def test_a_short_name_means_the_person_named_before() -> None:
    found = attributions_of("Dana Ruiz, the minister, spoke in Halden. Later, Ruiz condemned the attack.")
    assert [item.speaker.name for item in found if item.speaker] == ["Dana Ruiz"]


def test_a_headline_names_its_speaker_before_a_colon() -> None:
    text = "Lind: Port of Halden to close in June\n\nThe port of Halden has 300 workers."
    assert summary(text) == [("Lind", ":", "Port of Halden to close in June")]


def test_a_headline_may_end_in_a_point_and_hold_marks() -> None:
    text = "Lind: Port ‘set to close’ in June.\n\nThe port of Halden has 300 workers."
    assert summary(text) == [("Lind", ":", "Port ‘set to close’ in June")]


def test_each_turn_of_a_transcript_is_its_speakers() -> None:
    text = "LIND: The port will close.\n\nRUIZ: Who told you that?\n\nLIND: The owner told us all."
    assert summary(text) == [
        ("LIND", ":", "The port will close."),
        ("RUIZ", ":", "Who told you that?"),
        ("LIND", ":", "The owner told us all."),
    ]


def test_two_lines_with_a_label_are_no_transcript() -> None:
    assert summary("DATE: It is the first of June today.\n\nPLACE: The port of Halden is the place.") == []


def test_attributions_are_listed_beside_the_claims_and_change_none() -> None:
    text = "The mayor condemned the attack on the ferry."
    found = find_claims(read_text(text))
    bare = extract_to_json(found.document, found.claims)
    whole = extract_to_json(found.document, found.claims, found.analysis.attributions)
    assert [claim["kind"] for claim in whole["claims"]] == ["statement"]
    assert whole["claims"] == bare["claims"]
    (listed,) = whole["attributions"]
    assert listed["content"] == {"start": 20, "end": 43, "text": "the attack on the ferry"}
    assert listed["cue"]["text"] == "condemned"
    assert listed["speaker"]["text"] == "The mayor"


def test_the_bench_counts_them_apart_from_quotes() -> None:
    text = "Lind said that the ferry had sunk. The mayor condemned the attack on the port."

    def place(words: str) -> list[dict[str, int]]:
        start = text.index(words)
        return [{"start": start, "end": start + len(words)}]

    labels = [
        {"type": "indirect", "source": place("Lind"), "cue": place("said"), "content": place("the ferry had sunk")},
        {
            "type": "indirect",
            "source": place("The mayor"),
            "cue": place("condemned"),
            "content": place("the attack on the port"),
        },
    ]
    figures = score([{"text": text, "quotes": labels}])
    assert figures["indirect_all"]["matched"] == 1
    assert figures["indirect_and_attributions"]["matched"] == 2
    assert figures["indirect_and_attributions"]["found"] == 2
    assert figures["speaker_attributions"]["right"] == 1


PIECES = st.sampled_from(
    ["Lind", "the mayor", "condemned", "refused to", "wary of", "doubts about", "was praised by", "In a poll,", "is"]
    + ["the attack", "“", "”", ". ", ", ", ": ", "\n\n", "and", "that", "said", "é", "\u200b", "😀", "12", "called for"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=80)))
@example("Lind: condemned the attack and praised")
@example("In a poll, , condemned")
def test_every_place_lies_in_the_text(text: str) -> None:
    for found in attributions_of(text):
        assert 0 <= found.content.start < found.content.end <= len(text)
        assert found.cue.span.of(text) == found.cue.text != ""
        if found.speaker:
            assert found.speaker.span.of(text) == found.speaker.text
