"""Quotes: every way to report speech, who is meant, and what is no quote at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claimdesk.language.parse import parse
from claimdesk.model import Quote
from claimdesk.quotes import find_quotes


def quotes_of(text: str) -> tuple[Quote, ...]:
    return find_quotes(parse(text))


def summary(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Type, content, speaker as written and cue of every quote."""
    return [
        (
            str(quote.type),
            " | ".join(part.of(text) for part in quote.content),
            quote.speaker.text if quote.speaker else None,
            quote.cue.text if quote.cue else None,
        )
        for quote in quotes_of(text)
    ]


# One text, one quote: type, content, speaker, cue.
PATTERNS = [
    # Quote first, attribution behind it.
    ("“The ferry sank at dawn,” Lind said.", "direct", "The ferry sank at dawn,", "Lind", "said"),
    ("“The ferry sank at dawn,” said Lind.", "direct", "The ferry sank at dawn,", "Lind", "said"),
    (
        "“The ferry sank at dawn,” said harbor master Petra Lind, 52, who saw it.",
        "direct",
        "The ferry sank at dawn,",
        "harbor master Petra Lind",
        "said",
    ),
    (
        "“The ferry sank at dawn,” the Coast Guard of Sarnia said on Monday.",
        "direct",
        "The ferry sank at dawn,",
        "the Coast Guard of Sarnia",
        "said",
    ),
    ("“Where is the ferry?” the mayor asked.", "direct", "Where is the ferry?", "the mayor", "asked"),
    ("“The ferry is gone!” Lind shouted.", "direct", "The ferry is gone!", "Lind", "shouted"),
    ("‘The ferry sank at dawn,’ Lind told the Halden Post.", "direct", "The ferry sank at dawn,", "Lind", "told"),
    (
        "“The ferry sank at dawn,” Lind and Moreau said in a joint statement.",
        "direct",
        "The ferry sank at dawn,",
        "Lind and Moreau",
        "said",
    ),
    (
        "“The ferry sank at dawn,” according to a report by the union.",
        "direct",
        "The ferry sank at dawn,",
        "a report by the union",
        "according to",
    ),
    ("“The ferry sank at dawn.” — Petra Lind", "direct", "The ferry sank at dawn.", "Petra Lind", "—"),
    ("“Never,” Lind said.", "direct", "Never,", "Lind", "said"),
    ('"The ferry sank at dawn," Lind said.', "direct", "The ferry sank at dawn,", "Lind", "said"),
    ("''The ferry sank at dawn,'' Lind said.", "direct", "The ferry sank at dawn,", "Lind", "said"),
    # Attribution first.
    ("Lind said: “The ferry sank at dawn.”", "direct", "The ferry sank at dawn.", "Lind", "said"),
    ("Lind said on Monday, “The ferry sank at dawn.”", "direct", "The ferry sank at dawn.", "Lind", "said"),
    ("LIND: “The ferry sank at dawn.”", "direct", "The ferry sank at dawn.", "LIND", ":"),
    ("Asked about the ferry, Lind replied: “It sank at dawn.”", "direct", "It sank at dawn.", "Lind", "replied"),
    ("According to Lind, “the ferry sank at dawn.”", "direct", "the ferry sank at dawn.", "Lind", "According to"),
    (
        "Lind was quoted by the Halden Post as saying “the ferry sank at dawn”.",
        "direct",
        "the ferry sank at dawn",
        "Lind",
        "quoted by the Halden Post as saying",
    ),
    ("In the words of Lind, “the ferry sank at dawn.”", "direct", "the ferry sank at dawn.", "Lind", "In the words of"),
    ("As Lind put it, “the ferry sank at dawn.”", "direct", "the ferry sank at dawn.", "Lind", "put it"),
    # In the middle of the quote.
    ("“The ferry,” Lind said, “sank at dawn.”", "direct", "The ferry, | sank at dawn.", "Lind", "said"),
    (
        "“The ferry sank at dawn,” Lind said. “Nobody was on board.”",
        "direct",
        "The ferry sank at dawn, | Nobody was on board.",
        "Lind",
        "said",
    ),
    # Over paragraphs.
    (
        "“The ferry sank at dawn.\n\n“Nobody was on board,” Lind said.",
        "direct",
        "The ferry sank at dawn. | Nobody was on board,",
        "Lind",
        "said",
    ),
    # Fragments.
    ("Lind said the ferry had “sunk at the break of dawn”.", "partial", "sunk at the break of dawn", "Lind", "said"),
    ("Lind described the ferry as “old, rusty and slow”.", "partial", "old, rusty and slow", "Lind", "described"),
    ("Lind dismissed the report as “nonsense”.", "partial", "nonsense", "Lind", "dismissed"),
    ("Lind called the ferry “a floating coffin”.", "partial", "a floating coffin", "Lind", "called"),
    ("Lind vowed to “raise every last plank” of the ferry.", "partial", "raise every last plank", "Lind", "vowed"),
    # No marks: a clause after the cue.
    ("Lind said that the ferry had sunk at dawn.", "indirect", "the ferry had sunk at dawn", "Lind", "said"),
    ("Lind said the ferry had sunk at dawn.", "indirect", "the ferry had sunk at dawn", "Lind", "said"),
    ("Lind told reporters that the ferry had sunk at dawn.", "indirect", "the ferry had sunk at dawn", "Lind", "told"),
    ("The mayor denied that the ferry had sunk.", "indirect", "the ferry had sunk", "The mayor", "denied"),
    (
        "Lind, who runs the harbor, admitted that the ferry was old.",
        "indirect",
        "the ferry was old",
        "Lind",
        "admitted",
    ),
    (
        "Lena Fox, a spokeswoman for the harbor, warned that the ferry was old.",
        "indirect",
        "the ferry was old",
        "Lena Fox",
        "warned",
    ),
    (
        "Lind was quoted as saying that the ferry had sunk.",
        "indirect",
        "the ferry had sunk",
        "Lind",
        "quoted as saying",
    ),
    ("Lind's letter said the ferry had sunk.", "indirect", "the ferry had sunk", "Lind", "said"),
    ("Lind denied selling the ferry.", "indirect", "selling the ferry", "Lind", "denied"),
    (
        "Asked whether it was safe, Lind replied that the ferry had sunk.",
        "indirect",
        "the ferry had sunk",
        "Lind",
        "replied",
    ),
    # No marks: attribution behind or in the middle.
    (
        "The ferry sank at dawn, the coast guard said on Wednesday.",
        "indirect",
        "The ferry sank at dawn",
        "the coast guard",
        "said",
    ),
    (
        "The ferry sank on Monday, the coast guard said, in the worst accident since 1990.",
        "indirect",
        "The ferry sank on Monday | in the worst accident since 1990",
        "the coast guard",
        "said",
    ),
    (
        "The ferry sank at dawn, according to the coast guard.",
        "indirect",
        "The ferry sank at dawn",
        "the coast guard",
        "according to",
    ),
    (
        "According to the coast guard, the ferry sank at dawn.",
        "indirect",
        "the ferry sank at dawn",
        "the coast guard",
        "According to",
    ),
    (
        "The ferry came home, the Halden officials responsible for wrecks of war said on Monday.",
        "indirect",
        "The ferry came home",
        "the Halden officials",
        "said",
    ),
    # No marks: nouns and directives.
    (
        "Halden mourned after the ministry's announcement that the ferry had sunk.",
        "indirect",
        "the ferry had sunk",
        "the ministry",
        "announcement",
    ),
    ("Lind urged the ministry to raise the ferry.", "indirect", "the ministry to raise the ferry", "Lind", "urged"),
    ("Lind promised to raise the ferry.", "indirect", "to raise the ferry", "Lind", "promised"),
    # Nobody said it.
    ("It is said that the ferry sank at dawn.", "indirect", "the ferry sank at dawn", None, "said"),
]


@pytest.mark.parametrize(("text", "kind", "content", "speaker", "cue"), PATTERNS)
def test_pattern(text: str, kind: str, content: str, speaker: str | None, cue: str) -> None:
    assert summary(text) == [(kind, content, speaker, cue)]


NO_QUOTES = [
    # Names and terms in marks.
    "The so-called “gray list” was published on Friday.",
    "The ministry launched Operation “Clean Harbor” last week.",
    "Trucks carried the emblem of “On the Shield,” an organization that finds the dead.",
    "She starred in the film “A Long Way Home” and won a prize.",
    "The “reform” was put off again.",
    "He gave the ferry the nickname “rust bucket” years ago.",
    # Marks that are none.
    "The soldiers’ families left in the ’90s, and the door was 6' 2\" high.",
    # Speech that did not happen.
    "Lind did not say that the ferry had sunk.",
    "Lind may say that the ferry has sunk.",
    "If Lind says that the ferry has sunk, we go.",
    "Lind declined to comment.",
    "",
    "   \n\n  ",
]


@pytest.mark.parametrize("text", NO_QUOTES)
def test_no_quote(text: str) -> None:
    assert summary(text) == []


# The speaker as understood: name, role, organization, ambiguous.
SPEAKERS = [
    # A surname stands for the full name.
    ("Deputy transport minister Dana Ruiz arrived. “We will not sell the harbor,” Ruiz said.", "Dana Ruiz"),
    ("President Ilan Moreau spoke. The harbor is safe, the president said.", "Ilan Moreau"),
    ("Petra Lind, the mayor of Halden, spoke. “We will rebuild it,” the mayor said.", "Petra Lind"),
    ("The Committee for the Missing met. “We have 12 names,” the committee said.", "Committee for the Missing"),
    (
        "The Repatriation Coordination Office (RCO) met. “We have 12 names,” the RCO said.",
        "Repatriation Coordination Office",
    ),
    ("The mayor's spokesman, Karl Berg, said the ferry had sunk.", "Karl Berg"),
    # A pronoun stands for the one person who fits.
    ("Moreau spoke at noon. “The talks are over,” he said.", "Moreau"),
    ("“The talks are over,” Ilan Moreau said. “We go home,” he added.", "Ilan Moreau"),
    ("Mr. Moreau met Ms. Lind. “We go home,” she said.", "Lind"),
]


@pytest.mark.parametrize(("text", "name"), SPEAKERS)
def test_speaker_name(text: str, name: str) -> None:
    speaker = quotes_of(text)[-1].speaker
    assert speaker is not None
    assert (speaker.name, speaker.ambiguous) == (name, False)


@pytest.mark.parametrize(
    "text",
    [
        "Dana Ruiz met Pedro Ruiz. “We go home,” Ruiz said.",
        "Petra Lind met Dana Ruiz. “We go home,” she said.",
    ],
)
def test_two_people_fit(text: str) -> None:
    speaker = quotes_of(text)[-1].speaker
    assert speaker is not None
    assert speaker.ambiguous


@pytest.mark.parametrize(
    ("text", "role", "org"),
    [
        ("“We go home,” deputy transport minister Dana Ruiz said.", "deputy transport minister", ""),
        ("Ukrainian President Volodymyr Zelenskyy spoke. “We go home,” Zelenskyy said.", "Ukrainian President", ""),
        (
            "“We go home,” said Lena Fox, a spokeswoman for the Transport Ministry.",
            "spokeswoman for the Transport Ministry",
            "Transport Ministry",
        ),
        ("“We go home,” said Lena Fox, a spokeswoman for Ruiz.", "spokeswoman for Ruiz", ""),
    ],
)
def test_role(text: str, role: str, org: str) -> None:
    speaker = quotes_of(text)[-1].speaker
    assert speaker is not None
    assert (speaker.role, speaker.org) == (role, org)


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("“We go home,” Lind said on Telegram.", "on Telegram"),
        ("“We go home,” Lind said in a statement on Monday.", "in a statement"),
        ("“We go home,” the committee said on the Signal messaging app.", "on the Signal messaging app"),
        ("Lind said at a briefing that the ferry had sunk.", "at a briefing"),
        ("“We go home,” Lind told the Halden Post.", "the Halden Post"),
    ],
)
def test_medium(text: str, medium: str) -> None:
    assert quotes_of(text)[0].medium == medium


def test_frame_has_a_target() -> None:
    assert quotes_of("Ruiz described the audit as “slow, painful and expensive”.")[0].target == "the audit"


def test_quoted_by_someone_else_names_both() -> None:
    quote = quotes_of("Lind was quoted by the Halden Post as saying “the ferry sank at dawn”.")[0]
    assert quote.via == "the Halden Post"


def test_headline_marks_are_flagged() -> None:
    quote = quotes_of("Minister: ‘We will not sell harbor’\n\nThe harbor stays, Dana Ruiz said.")[0]
    assert quote.flags == ("headline",)


def test_paragraph_without_attribution_follows_the_speaker_before() -> None:
    text = "“The ferry sank at dawn,” Lind said.\n\n“We will raise it before winter comes.”"
    first, second = quotes_of(text)
    assert second.speaker == first.speaker
    assert second.confidence < first.confidence


def test_attribution_inside_a_quote_stays_inside() -> None:
    text = "“We have 12 names which the other side says belong to our people,” the committee said."
    assert len(quotes_of(text)) == 1


REPORTS = [
    ("The ferry, Lind said, would sail at noon.", "The ferry | would sail at noon", "Lind", "said"),
    (
        "In the long run, Ruiz argued, the port would pay for itself.",
        "In the long run | the port would pay for itself",
        "Ruiz",
        "argued",
    ),
    ("Lind called for the council to sell the port.", "the council to sell the port", "Lind", "called for"),
    ("Lind called on the council to sell the port.", "the council to sell the port", "Lind", "called on"),
    ("Lind is confident that the port will reopen.", "the port will reopen", "Lind", "confident"),
    ("Lind is convinced the port will reopen.", "the port will reopen", "Lind", "convinced"),
    ("In Lind's view, the port is safe.", "the port is safe", "Lind", "In Lind's view"),
    ("A new poll shows Moreau leading by nine points.", "Moreau leading by nine points", "A new poll", "shows"),
]


@pytest.mark.parametrize(("text", "content", "speaker", "cue"), REPORTS)
def test_a_report_in_other_shapes_is_an_indirect_quote(text: str, content: str, speaker: str, cue: str) -> None:
    assert summary(text) == [("indirect", content, speaker, cue)]


@pytest.mark.parametrize(
    "text",
    [
        "Lind is not sure that the port will reopen.",
        "It is certain that the port will reopen.",
        "If Lind is certain that the port is safe, it will reopen.",
        "The photo shows a man leading a horse.",
        "In Lind's house, the port is a painting.",
    ],
)
def test_what_nobody_holds_to_be_so_is_no_report(text: str) -> None:
    assert summary(text) == []


def test_a_second_cue_after_a_report_has_the_same_speaker() -> None:
    assert summary("Lind says the port has closed but warns that prices will rise.") == [
        ("indirect", "the port has closed", "Lind", "says"),
        ("indirect", "prices will rise", "Lind", "warns"),
    ]


def test_a_thought_inside_a_report_is_part_of_it() -> None:
    (quote,) = quotes_of("Ruiz said that residents believed that the ferry had sunk.")
    assert quote.cue is not None
    assert quote.cue.text == "said"


def test_report_inside_a_report_is_flagged() -> None:
    outer, nested = quotes_of("Ruiz said that Lind had announced that the ferry had sunk.")
    assert (outer.flags, nested.flags) == ((), ("nested",))


def test_clause_with_a_short_fragment_is_one_indirect_and_one_partial_quote() -> None:
    text = "Lind said that the ferry was “too old for any sea” and that the ministry had known about it for ten years."
    kinds = [kind for kind, *_ in summary(text)]
    assert kinds == ["indirect", "partial"]


PIECES = st.sampled_from(
    [
        "“",
        "”",
        "‘",
        "’",
        '"',
        "'",
        "''",
        "«",
        "»",
        "„",
        " ",
        ", ",
        ". ",
        ": ",
        "\n\n",
        "\n",
        "—",
        "(",
        ")",
        "said",
        "Lind",
        "the mayor",
        "he",
        "that",
        "according to",
        "the ferry sank",
        "called",
        "U.S.",
        "no",
        "12",
        "é",
        "\u200b",
        "😀",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80)
    )
)
@example("““““ said")
@example("“” said ‘’")
@example("according to \n\n Lind")
@example("'' said '' .")
def test_spans_lie_in_the_text_and_apart(text: str) -> None:
    for quote in quotes_of(text):
        assert quote.content
        ends = 0
        for part in sorted(quote.content):
            assert ends <= part.start < part.end <= len(text)
            ends = part.end
        if quote.speaker:
            assert quote.speaker.span.of(text) == quote.speaker.text != ""
        if quote.cue:
            assert quote.cue.span.of(text) == quote.cue.text != ""
