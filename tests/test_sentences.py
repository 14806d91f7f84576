"""Sentences: thirty hard paragraphs, and spans that cover the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.language.sentences import sentences

# A bar stands where a sentence must end; nothing else may.
PARAGRAPHS = [
    # Abbreviations, titles, initials.
    "Mr. Lee met Dr. Ana Ruiz in St. Olav. | They left.",
    "Gen. J. R. Moss and Lt. Col. T.J. Hale spoke. | Nobody else did.",
    "She works at Acme Inc. in Halden. | He works at Acme Inc. | The firm is old.",
    "Sen. Maria Stone of Calif. voted no. | Rep. Lee voted yes.",
    "The cost, i.e. the price vs. the fee, rose by approx. 5 euros. | It fell later.",
    # Countries and offices.
    "U.S. troops left. | He served in the U.S. Army. | He lives in the U.S. | The next day he left.",
    "No. 10 replied on Monday. | No. | We will not go.",
    # Decimals, times, dates.
    "Growth was 3.4 percent, not 2.1. | It was 4.0 in 2023.",
    "They met at 5 p.m. Friday. | He left at 11 a.m. | She stayed until 6 p.m. EST on Jan. 5.",
    "It opened on Nov. 12. | It closed on Sept. 3, 2024.",
    # Ellipses.
    "“We have 1,212 names … which they say belong to us,” Lind said. | It was late.",
    "“Well ... it takes time,” she said. | He nodded.",
    "“We went home . . . and slept,” he said. | She agreed.",
    # Marks: a quote's last sentence goes on with its attribution.
    "“It takes months,” she said. | “Sometimes a year. | We wait.”",
    "“Why now?” the deputy minister asked. | Nobody knew.",
    "“Never!” said Ruiz. | The room was silent.",
    "“We won.” Ruiz said on Monday. | “We lost.” | Ruiz said the port was safe.",
    "“Is it over?” she asked. | “Yes.”",
    "He said “it is over.” | Then he left.",
    "He called it “a disgrace.” | She called it “fine.”",
    "“Go home!” the crowd shouted at 9 p.m. on Friday. | It rained.",
    # Marks: no cut next to a bracket or a citation.
    "The port closed (it was old). | It reopened in May.[2] | Ships came back.",
    "The port closed. (Halden Post/Anna Berg) | It reopened.",
    # A dateline belongs to its sentence; a caption running on is its own.
    "LISLE, Sarnia, Nov. 12 (Wire) — The remains of 1,212 soldiers came home. | Talks go on.",
    "Sarnia brought home 1,212 soldiers, officials said. | Workers unload bags in Lisle. (AFP/ Office) | Talks go on.",
    # Lists and headings.
    "Demands: |\n- Sell the port. |\n- Keep the crane |\n- Call Mr. Lee",
    "1. Sell the port. |\n2. Keep the crane.",
    "Harbor sale stopped |\nThe government said on Monday that it would not sell the harbor to\n"
    "anybody who asks. | It said so twice.",
    # Hard wraps are no ends.
    "The government said on Monday that it\nwould not sell the harbor to Lind or to\nRuiz or to anybody else.",
    # Questions and exclamations in a row.
    "What?! | Who said that? | he did not.".replace("| he", "he"),
    "Plan B. failed, vitamin C. helped. | So do I. | Then we left.",
]


@pytest.mark.parametrize("marked", PARAGRAPHS)
def test_paragraph(marked: str) -> None:
    wanted = [part.strip() for part in marked.split("|")]
    text = marked.replace(" |", "")
    assert [span.of(text) for span in sentences(text)] == wanted


def test_no_sentence_crosses_a_paragraph() -> None:
    assert len(sentences("No point here\n\nNor here")) == 2


@given(st.text(alphabet="aA .!?…“”\"'\n(9-)", max_size=80))
def test_sentences_cover_every_word(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
