"""Quotations against their sources: contrast cases of every label, in both directions, and promises that always hold."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimdesk.analysis import Part, Subject, View, analyze
from claimdesk.checks.indirect import check_indirect
from claimdesk.checks.quotes import check_quotes
from claimdesk.checks.reading import SEVERITY
from claimdesk.checks.speaker import check_speaker
from claimdesk.model import Cue, Finding, Mention, Meta, Outcome, Quote, QuoteType, Span

HALVORSEN = Meta(
    speaker="Ingrid Halvorsen",
    role="chief judge",
    org="Harbor District Court",
    date=date(2025, 4, 8),
    medium="press conference",
    type="transcript",
)
OKORO = Meta(speaker="Ben Okoro", role="head coach", org="Northgate Rovers", date=date(2025, 5, 4), medium="interview", type="transcript")
LINDQVIST = Meta(
    speaker="Maja Lindqvist", role="chief executive", org="Brightwater Foods", date=date(2025, 2, 20), medium="speech", type="transcript"
)
TANAKA = Meta(speaker="Rei Tanaka", role="lead researcher", org="Polar Institute", date=date(2025, 1, 15), medium="interview", type="transcript")
SERVICE = Meta(speaker="Weather Service", org="Weather Service", date=date(2025, 9, 3), medium="statement", type="statement")
REPORT = Meta(type="report", date=date(2025, 4, 9))

COURT = (
    "Thank you all for waiting. The court will not release the footage before the trial, and no one here has asked "
    "us to. The families have waited for six years and they deserve an answer. If the appeal succeeds, we will order "
    "a new hearing. We heard eighty-two witnesses in three weeks."
)
MATCH = (
    "We were not the better team tonight. The boys ran their hearts out and I am proud of them. I do not think the "
    "referee decided the game. Only two of our players were fit enough to train this week. Maybe we deserved a point."
)
SHOP = (
    "Brightwater will close four plants next year unless the union accepts the offer. Our bakers made this company "
    "and they will share in its success. We expect about 12 percent growth, but that depends on the price of wheat. "
    "Our rivals say we are selling old bread. I have never heard such nonsense."
)
ICE = (
    "The glacier lost 3.5 million tons of ice last summer, which surprised all of us. The cold winter did not stop "
    "the melting. We can measure it to within two centimeters. Suppose the sea warms by another degree. Then the "
    "shelf breaks up within a decade."
)
STORM = (
    "Winds of up to 140 kilometers per hour are expected along the coast on Thursday evening. Residents should stay "
    "indoors and keep away from the sea wall. We have closed 14 roads and two bridges. The ferry service will resume "
    "on Saturday if the sea is calm."
)


def judge(text: str, evidence: str | list[tuple[str, dict]], meta: Meta, on: date | None = None) -> list[Finding]:
    analysis = analyze(text, Meta(date=on))
    subject = Subject(View(analysis, Span(0, len(text))), quotes=analysis.quotes, meta=analysis.meta)
    pieces = [(evidence, {})] if isinstance(evidence, str) else evidence
    parts = []
    for index, (words, extra) in enumerate(pieces):
        known = {**{name: getattr(meta, name) for name in meta.__dataclass_fields__}, **extra}
        turn = known.pop("turn", None)
        source = analyze(words, Meta(**known))
        parts.append(Part(View(source, Span(0, len(words))), source.meta, turn, 0, index))
    return check_quotes(subject, parts) + check_indirect(subject, parts) + check_speaker(subject, parts)


def top(findings: list[Finding]) -> tuple[str, str]:
    """The three-way outcome and the most severe label among those that carry it."""
    order = [*SEVERITY, "INDIRECT_CONFLICT", "INDIRECT_SUPPORTED"]
    words = [f for f in findings if f.check == "quotes"]
    conflicts = [f for f in findings if f.outcome is Outcome.CONFLICTS]
    supports = [f for f in words if f.outcome is Outcome.SUPPORTS]
    chosen = conflicts or supports or words
    outcome = "conflicts" if conflicts else "supports" if supports else "silent"
    return outcome, min((f.label for f in chosen), key=order.index, default="")


CASES = [
    # the same words: marks, case, final punctuation, apostrophes and hyphens do not count
    ("VERBATIM", '"The court will not release the footage before the trial," Halvorsen said.', COURT, HALVORSEN),
    ("VERBATIM", "“The families have waited for six years and they deserve an answer,” Halvorsen said.", COURT, HALVORSEN),
    ("VERBATIM", "‘The boys ran their hearts out and I am proud of them,’ Okoro said.", MATCH, OKORO),
    ("VERBATIM", "“WE WERE NOT the better team tonight,” Okoro said.", MATCH, OKORO),
    ("VERBATIM", "“We were not the better team,” Okoro said, “tonight.”", MATCH, OKORO),
    ("VERBATIM", "“The cold winter did not stop the melting,” Tanaka said. “We can measure it to within two centimeters.”", ICE, TANAKA),
    ("VERBATIM", "“Residents should stay indoors and keep away from the sea wall,” the Weather Service said.", STORM, SERVICE),
    ("VERBATIM", "“Our bakers made this company and they will share in its success,” Lindqvist said.", SHOP, LINDQVIST),
    ("VERBATIM", "“I have never heard such nonsense,” Lindqvist said.", SHOP, LINDQVIST),
    ("VERBATIM", "“We have closed 14 roads,” the Weather Service said.", STORM, SERVICE),
    ("VERBATIM", "“They deserve an answer,” Halvorsen said.", COURT, HALVORSEN),
    ("VERBATIM", "“No one here has asked us to,” Halvorsen said.", COURT, HALVORSEN),
    ("VERBATIM", "“Who pays for the repairs?” Lindqvist asked.", "Who pays for the repairs? Nobody has told us.", LINDQVIST),
    ("VERBATIM", "“It’s the players’ night,” Okoro said.", "It's the players' night.", OKORO),
    ("VERBATIM", "“My father told me ‘never run’ and I listened,” Okoro said.", 'My father told me "never run" and I listened.', OKORO),
    ("VERBATIM", "“We had a long-term plan,” Okoro said.", "We had a long term plan.", OKORO),
    ("VERBATIM", "“The judges’ vote was close.\n\n“No one here has asked us to,” Halvorsen said.", "The judges' vote was close. No one here has asked us to.", HALVORSEN),
    # permitted edits: number style, contractions, spelling, marked cuts, brackets, fillers, masking
    ("PERMITTED_EDIT", "“We heard 82 witnesses in three weeks,” Halvorsen said.", COURT, HALVORSEN),
    ("PERMITTED_EDIT", "“The families have waited for 6 years and they deserve an answer,” Halvorsen said.", COURT, HALVORSEN),
    ("PERMITTED_EDIT", "“The cold winter didn’t stop the melting,” Tanaka said.", ICE, TANAKA),
    ("PERMITTED_EDIT", "“The glacier lost 3,500,000 tons of ice last summer,” Tanaka said.", ICE, TANAKA),
    ("PERMITTED_EDIT", "“The glacier lost 3.5 million tons of ice … which surprised all of us,” Tanaka said.", ICE, TANAKA),
    ("PERMITTED_EDIT", "“We have closed fourteen roads and two bridges,” the Weather Service said.", STORM, SERVICE),
    ("PERMITTED_EDIT", "“The boys ran their hearts out [tonight] and I am proud of them,” Okoro said.", MATCH, OKORO),
    ("PERMITTED_EDIT", "“[The company] will close four plants,” she said.", "Our company is in trouble. It will close four plants.", LINDQVIST),
    ("PERMITTED_EDIT", "“The families have waited for six years and [the relatives of the victims] deserve an answer,” Halvorsen said.", "The relatives of the victims came today. The families have waited for six years and they deserve an answer.", HALVORSEN),
    ("PERMITTED_EDIT", "“The neighbours left,” Tanaka said.", "The neighbors left.", TANAKA),
    ("PERMITTED_EDIT", "“We can win the league,” Okoro said.", "We, er, we can, you know, win the league.", OKORO),
    ("PERMITTED_EDIT", "“That is b------- and you know it,” Okoro said.", "That is bullshit and you know it.", OKORO),
    ("PERMITTED_EDIT", "“The melting started early … The shelf is next,” Tanaka said.", "The melting started early, as we feared. The shelf is next.", TANAKA),
    ("PERMITTED_EDIT", "“Sales grew 12% in May,” Lindqvist said.", "Sales grew 12 per cent in May.", LINDQVIST),
    ("PERMITTED_EDIT", "“We paid $3 million for it,” Lindqvist said.", "We paid three million dollars for it.", LINDQVIST),
    ("PERMITTED_EDIT", "“Them apples is [sic] rotten (the supplier’s, that is),” Lindqvist said.", "Them apples is rotten.", LINDQVIST),
    # partial quotes with the right frame
    ("PARTIAL_QUOTE_OK", "Halvorsen said the court “will not release the footage before the trial”.", COURT, HALVORSEN),
    ("PARTIAL_QUOTE_OK", "Okoro said his team was “not the better team tonight”.", MATCH, OKORO),
    ("PARTIAL_QUOTE_OK", "Lindqvist said the bakers “made this company”.", SHOP, LINDQVIST),
    ("PARTIAL_QUOTE_OK", "Tanaka called the result “a warning to every coastal town”.", "The result is a warning to every coastal town.", TANAKA),
    ("PARTIAL_QUOTE_OK", "Okoro described the pitch as “soft, slow and dangerous”.", "The pitch was soft, slow and dangerous.", OKORO),
    ("PARTIAL_QUOTE_OK", "Halvorsen said the court had not “lost a single file”.", "We have not lost a single file.", HALVORSEN),
    ("PARTIAL_QUOTE_OK", "Halvorsen said that if the appeal succeeded the court would “order a new hearing”.", COURT, HALVORSEN),
    ("PARTIAL_QUOTE_OK", "Lindqvist said the law was “unfair to small bakers”.", "This bill is unfair to small bakers.", LINDQVIST),
    ("PARTIAL_QUOTE_OK", "Okoro said the boys “ran their hearts out”.", MATCH, OKORO),
    ("PARTIAL_QUOTE_OK", "The service urged residents to “keep away from the sea wall”.", STORM, SERVICE),
    ("PARTIAL_QUOTE_OK", "Tanaka said the winter “did not stop the melting”.", ICE, TANAKA),
    ("PARTIAL_QUOTE_OK", "Lindqvist said she had “never heard such nonsense”.", SHOP, LINDQVIST),
    # grammar only: not verbatim, not misleading
    ("ALTERED_MINOR", "“The families have waited for six years and they deserve the answer,” Halvorsen said.", COURT, HALVORSEN),
    ("ALTERED_MINOR", "“The boys ran their hearts out and I was proud of them,” Okoro said.", MATCH, OKORO),
    ("ALTERED_MINOR", "“Our bakers made that company and they will share in its success,” Lindqvist said.", SHOP, LINDQVIST),
    ("ALTERED_MINOR", "“We heard eighty-two witness in three weeks,” Halvorsen said.", COURT, HALVORSEN),
    ("ALTERED_MINOR", "“The cold winter did not stop this melting,” Tanaka said.", ICE, TANAKA),
    ("ALTERED_MINOR", "“Those goals were beautiful,” Okoro said.", "Them goals was beautiful.", OKORO),
    ("ALTERED_MINOR", "“We have closed 14 of the roads and two bridges,” the Weather Service said.", STORM, SERVICE),
    ("ALTERED_MINOR", "“The court won’t release footage before the trial,” Halvorsen said.", COURT, HALVORSEN),
    ("ALTERED_MINOR", "“We can measure that to within two centimeters,” Tanaka said.", ICE, TANAKA),
    ("ALTERED_MINOR", "“They deserved an answer after six years of this,” Halvorsen said.", "They deserve an answer after six years of this.", HALVORSEN),
    ("ALTERED_MINOR", "“Residents should stay indoors and keep away from a sea wall,” the Weather Service said.", STORM, SERVICE),
    ("ALTERED_MINOR", "“It is really the best bread we have ever baked here,” Lindqvist said.", "It is the best bread we have ever baked here.", LINDQVIST),
    # protected and content words
    ("ALTERED_MATERIAL", "“The court will release the footage before the trial,” Halvorsen said.", COURT, HALVORSEN),
    ("ALTERED_MATERIAL", "“The court will not release the footage after the trial,” Halvorsen said.", COURT, HALVORSEN),
    ("ALTERED_MATERIAL", "“The court would not release the footage before the trial,” Halvorsen said.", COURT, HALVORSEN),
    ("ALTERED_MATERIAL", "“The court will not destroy the footage before the trial,” Halvorsen said.", COURT, HALVORSEN),
    ("ALTERED_MATERIAL", "“We heard 28 witnesses in three weeks,” Halvorsen said.", COURT, HALVORSEN),
    ("ALTERED_MATERIAL", "“We were the better team tonight,” Okoro said.", MATCH, OKORO),
    ("ALTERED_MATERIAL", "“We were never the better team tonight,” Okoro said.", MATCH, OKORO),
    ("ALTERED_MATERIAL", "“They were not the better team tonight,” Okoro said.", MATCH, OKORO),
    ("ALTERED_MATERIAL", "“The girls ran their hearts out and I am proud of them,” Okoro said.", MATCH, OKORO),
    ("ALTERED_MATERIAL", "“We expect 12 percent growth,” Lindqvist said.", "We expect about 12 percent growth.", LINDQVIST),
    ("ALTERED_MATERIAL", "“We expect about 21 percent growth,” Lindqvist said.", "We expect about 12 percent growth.", LINDQVIST),
    ("ALTERED_MATERIAL", "“The cold winter stopped the melting,” Tanaka said.", ICE, TANAKA),
    ("ALTERED_MATERIAL", "“Residents must stay indoors and keep away from the sea wall,” the Weather Service said.", STORM, SERVICE),
    ("ALTERED_MATERIAL", "“Residents should stay indoors or keep away from the sea wall,” the Weather Service said.", STORM, SERVICE),
    ("ALTERED_MATERIAL", "“We have closed 41 roads and two bridges,” the Weather Service said.", STORM, SERVICE),
    ("ALTERED_MATERIAL", "“We will sign the contract,” Lindqvist said.", "Will we sign the contract? Ask me tomorrow.", LINDQVIST),
    ("ALTERED_MATERIAL", "“The price of wheat is falling,” Lindqvist said.", "The price of wheat is falling? I doubt it.", LINDQVIST),
    ("ALTERED_MATERIAL", "“We can,” Okoro said, “win without him.”", "We cannot win without him.", OKORO),
    ("ALTERED_MATERIAL", "“The boys ran [not] their hearts out and I am proud of them,” Okoro said.", MATCH, OKORO),
    ("ALTERED_MATERIAL", "“[The opposition] will close four plants,” Lindqvist said.", "We will close four plants.", LINDQVIST),
    ("ALTERED_MATERIAL", "“[Critics] were not the better team tonight,” Okoro said.", MATCH, OKORO),
    ("ALTERED_MATERIAL", "“We can measure it to within [ten] centimeters,” Tanaka said.", ICE, TANAKA),
    # cut at the edge or under an ellipsis
    ("TRIMMED_MEANING_CHANGE", "“We will order a new hearing,” Halvorsen said.", COURT, HALVORSEN),
    ("TRIMMED_MEANING_CHANGE", "“The referee decided the game,” Okoro said.", MATCH, OKORO),
    ("TRIMMED_MEANING_CHANGE", "“Two of our players were fit enough to train this week,” Okoro said.", MATCH, OKORO),
    ("TRIMMED_MEANING_CHANGE", "“We deserved a point,” Okoro said.", MATCH, OKORO),
    ("TRIMMED_MEANING_CHANGE", "“Brightwater will close four plants next year,” Lindqvist said.", SHOP, LINDQVIST),
    ("TRIMMED_MEANING_CHANGE", "“We expect about 12 percent growth,” Lindqvist said.", SHOP, LINDQVIST),
    ("TRIMMED_MEANING_CHANGE", "“We are selling old bread,” Lindqvist said.", SHOP, LINDQVIST),
    ("TRIMMED_MEANING_CHANGE", "“The sea warms by another degree,” Tanaka said.", ICE, TANAKA),
    ("TRIMMED_MEANING_CHANGE", "“The ferry service will resume on Saturday,” the Weather Service said.", STORM, SERVICE),
    ("TRIMMED_MEANING_CHANGE", "“The ferry service will resume …,” the Weather Service said.", STORM, SERVICE),
    ("TRIMMED_MEANING_CHANGE", "“We have closed 14 roads,” the Weather Service said.", "We have closed 14 roads and bridges.", SERVICE),
    ("TRIMMED_MEANING_CHANGE", "“We were … the better team tonight,” Okoro said.", MATCH, OKORO),
    ("TRIMMED_MEANING_CHANGE", "“The court will … release the footage before the trial,” Halvorsen said.", COURT, HALVORSEN),
    ("TRIMMED_MEANING_CHANGE", "“140 kilometers per hour are expected along the coast,” the Weather Service said.", STORM, SERVICE),
    ("TRIMMED_MEANING_CHANGE", "“The vaccine is safe,” Tanaka said.", "It would be wrong to say that the vaccine is safe.", TANAKA),
    ("TRIMMED_MEANING_CHANGE", "“He is guilty,” Halvorsen said.", "The prosecution claims he is guilty.", HALVORSEN),
    ("TRIMMED_MEANING_CHANGE", "“He is guilty,” Halvorsen said.", "Unless new evidence is found, he is guilty.", HALVORSEN),
    # joined from different places
    ("SPLICED", "“The court will not release the footage and they deserve an answer,” Halvorsen said.", COURT, HALVORSEN),
    ("SPLICED", "“We heard eighty-two witnesses … The court will not release the footage,” Halvorsen said.", COURT, HALVORSEN),
    ("SPLICED", "“The boys ran their hearts out … Maybe we deserved a point,” Okoro said.", MATCH, OKORO),
    ("SPLICED", "“Brightwater will close four plants and they will share in its success,” Lindqvist said.", SHOP, LINDQVIST),
    ("SPLICED", "“The cold winter did not stop the melting … The glacier lost 3.5 million tons of ice,” Tanaka said.", ICE, TANAKA),
    ("SPLICED", "“Winds of up to 140 kilometers per hour are expected and keep away from the sea wall,” the Weather Service said.", STORM, SERVICE),
    ("SPLICED", "“I am proud of them … We were not the better team,” Okoro said.", MATCH, OKORO),
    ("SPLICED", "“We can measure the sea … the shelf breaks up within a decade. The cold winter did not stop the melting,” Tanaka said.", ICE, TANAKA),
    ("SPLICED", "“The glacier lost which surprised all of us,” Tanaka said.", ICE, TANAKA),
    ("SPLICED", "“The families have waited and they deserve an answer,” Halvorsen said.", COURT, HALVORSEN),
    ("SPLICED", "“We have never sold a player … The stadium will be ready,” Okoro said.", [("We have never sold a player.", {"turn": 2}), ("The stadium will be ready.", {"turn": 40})], OKORO),
    ("SPLICED", "“We have never sold a player … The stadium will be ready,” Okoro said.", [("We have never sold a player.", {"date": date(2024, 1, 3)}), ("The stadium will be ready.", {"date": date(2025, 5, 4)})], OKORO),
    # the same words about another thing, or under another frame
    ("CONTEXT_CHANGED", "Okoro described the crowd as “soft, slow and dangerous”.", "The pitch was soft, slow and dangerous. The crowd was quiet.", OKORO),
    ("CONTEXT_CHANGED", "Tanaka called the report “a masterpiece of confusion”.", "I would not call the report a masterpiece of confusion.", TANAKA),
    ("CONTEXT_CHANGED", "Halvorsen said the clerk was “guilty of theft”.", "Nobody believes the clerk was guilty of theft.", HALVORSEN),
    ("CONTEXT_CHANGED", "Lindqvist said the company would “poison its customers”.", "The company would never poison its customers.", LINDQVIST),
    ("CONTEXT_CHANGED", "Lindqvist said the firm would never “sell the old bakery”.", "We will sell the old bakery.", LINDQVIST),
    ("CONTEXT_CHANGED", "Okoro said the club would “sell its best striker”.", "The club might sell its best striker.", OKORO),
    ("CONTEXT_CHANGED", "Lindqvist denied that the bread was “stale and overpriced”.", "The bread was stale and overpriced.", LINDQVIST),
    ("CONTEXT_CHANGED", "Halvorsen called the verdict “a stain on this court”.", "The leak was a stain on this court.", HALVORSEN),
    ("CONTEXT_CHANGED", "Tanaka said the ice was “gone for good”.", "The birds are gone for good.", TANAKA),
    ("CONTEXT_CHANGED", "Okoro said his keeper was “the worst in the league”.", "My keeper is not the worst in the league.", OKORO),
    ("CONTEXT_CHANGED", "Halvorsen did not say “the families deserve an answer”.", "The families deserve an answer.", HALVORSEN),
    ("CONTEXT_CHANGED", "Lindqvist praised the union as “a partner we can trust”.", "Our suppliers are a partner we can trust. The union is not.", LINDQVIST),
    # another day, another occasion
    ("WRONG_OCCASION", "“They deserve an answer,” Halvorsen said in an interview.", COURT, HALVORSEN),
    ("WRONG_OCCASION", "“They deserve an answer,” Halvorsen wrote in a letter.", COURT, HALVORSEN),
    # other words, or only a report of them
    ("PARAPHRASE_ONLY", "“The court will keep the footage under lock,” Halvorsen said.", "Halvorsen said the footage would stay secret until the trial.", REPORT),
    ("PARAPHRASE_ONLY", "“The team played without courage,” Okoro said.", "Okoro said the team played without courage.", REPORT),
    ("PARAPHRASE_ONLY", "Lindqvist said Brightwater “would close four plants”.", "Lindqvist said Brightwater would close four plants.", REPORT),
    ("TRANSLATION_VARIANT", "“We shall bury our dead and go on,” Tanaka said.", "We are going to bury our dead and carry on.", Meta(speaker="Rei Tanaka", type="interpreted")),
    ("NOT_FOUND", "“The tax on salt is a scandal,” Okoro said.", COURT, HALVORSEN),
    ("NOT_FOUND", "“We need more money for schools,” Okoro said.", "We need more players for the cup.", OKORO),
    ("NOT_FOUND", "“It was good,” Okoro said.", "It was bad.", OKORO),
    # whose words they are
    ("WRONG_SPEAKER", "“The boys ran their hearts out and I am proud of them,” Halvorsen said.", MATCH, OKORO),
    ("WRONG_SPEAKER", "“We will carry him home,” Okoro said.", "The captain told me: “We will carry him home.” I nearly wept.", OKORO),
    ("WRONG_SPEAKER", "“The bread is safe,” Lindqvist said.", "Tom Reed, a spokesman for Lindqvist, said: “The bread is safe.”", REPORT),
    # cues that say more than the source's
    ("CUE_DISTORTED", "Lindqvist admitted that the bakery had lost money.", "Lindqvist said the bakery had lost money in March.", REPORT),
    ("CUE_DISTORTED", "“The bakery lost money,” Lindqvist conceded.", "“The bakery lost money,” Lindqvist said.", REPORT),
    # reported speech
    ("INDIRECT_SUPPORTED", "Okoro said that the boys had run their hearts out.", MATCH, OKORO),
    ("INDIRECT_SUPPORTED", "Halvorsen said the court would not release the footage before the trial.", COURT, HALVORSEN),
    ("INDIRECT_SUPPORTED", "Tanaka said the cold winter had not stopped the melting.", ICE, TANAKA),
    ("INDIRECT_SUPPORTED", "Lindqvist said that the bakery had lost money.", "Lindqvist said the bakery had lost money in March.", REPORT),
    ("INDIRECT_SUPPORTED", "The families deserved an answer, Halvorsen said.", COURT, HALVORSEN),
    ("INDIRECT_SUPPORTED", "The Weather Service said residents should stay indoors.", STORM, SERVICE),
    ("INDIRECT_CONFLICT", "Okoro said that the boys had not run their hearts out.", MATCH, OKORO),
    ("INDIRECT_CONFLICT", "Halvorsen said the court would release the footage before the trial.", COURT, HALVORSEN),
    ("INDIRECT_CONFLICT", "Tanaka said the cold winter had stopped the melting.", ICE, TANAKA),
    ("INDIRECT_CONFLICT", "Okoro said the referee had decided the game.", MATCH, OKORO),
    ("INDIRECT_CONFLICT", "Lindqvist said the flour was bad.", "Lindqvist denied that the flour was bad.", REPORT),
    ("INDIRECT_CONFLICT", "Lindqvist denied that the flour was bad.", "Lindqvist said the flour was bad.", REPORT),
    ("INDIRECT_CONFLICT", "Okoro said the club would sell its striker.", "The club might sell its striker.", OKORO),
]  # fmt: skip
_OUTCOMES = {
    "supports": {"VERBATIM", "PERMITTED_EDIT", "PARTIAL_QUOTE_OK", "INDIRECT_SUPPORTED"},
    "conflicts": set(SEVERITY[:6]) | {"INDIRECT_CONFLICT"},
}


@pytest.mark.parametrize(("label", "text", "evidence", "meta"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_label(label: str, text: str, evidence: str | list[tuple[str, dict]], meta: Meta) -> None:
    outcome, found = top(judge(text, evidence, meta))
    expected = next((name for name, labels in _OUTCOMES.items() if label in labels), "silent")
    assert (outcome, found) == (expected, label)


def said(words: str, evidence: str, meta: Meta, kind: QuoteType = QuoteType.DIRECT) -> list[Finding]:
    """A quotation made by hand, so that the check alone is tried."""
    text = f"“{words},” {meta.speaker} said."
    mention = Mention(Span(len(words) + 4, len(words) + 4 + len(meta.speaker)), meta.speaker, meta.speaker)
    cue = Cue(Span(len(text) - 5, len(text) - 1), "said", "say", "neutral")
    quote = Quote(kind, (Span(1, len(words) + 2),), (Span(0, len(words) + 3),), mention, cue, 1.0)
    analysis = analyze(text)
    subject = Subject(View(analysis, Span(0, len(text))), quotes=(quote,))
    source = analyze(evidence, meta)
    return check_quotes(subject, [Part(View(source, Span(0, len(evidence))), meta)])


SENTENCES = [
    (COURT, HALVORSEN, "The families have waited for six years and they deserve an answer"),
    (COURT, HALVORSEN, "The court will not release the footage before the trial"),
    (MATCH, OKORO, "The boys ran their hearts out and I am proud of them"),
    (MATCH, OKORO, "I do not think the referee decided the game"),
    (SHOP, LINDQVIST, "Our bakers made this company and they will share in its success"),
    (ICE, TANAKA, "The cold winter did not stop the melting"),
    (STORM, SERVICE, "Residents should stay indoors and keep away from the sea wall"),
]
PLACES = st.sampled_from(SENTENCES)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(PLACES, st.data())
def test_words_taken_as_they_are_were_never_altered(place: tuple[str, Meta, str], data: st.DataObject) -> None:
    source, meta, sentence = place
    words = sentence.split()
    start = data.draw(st.integers(0, len(words) - 3))
    end = data.draw(st.integers(start + 3, len(words)))
    found = said(" ".join(words[start:end]), source, meta)
    assert not {"ALTERED_MATERIAL", "ALTERED_MINOR", "SPLICED", "NOT_FOUND"} & {finding.label for finding in found}


@QUICK
@given(st.sampled_from([item for item in SENTENCES if " not " in item[2]]))
def test_a_quotation_without_its_not_is_never_supported(place: tuple[str, Meta, str]) -> None:
    source, meta, sentence = place
    for gap in (" ", " … ", " [...] "):
        found = said(sentence.replace(" not ", gap), source, meta)
        assert all(finding.outcome is not Outcome.SUPPORTS for finding in found)
        assert any(finding.outcome is Outcome.CONFLICTS for finding in found)


@QUICK
@given(PLACES, st.integers(0, 30), st.sampled_from(["banana", "hardly", "70", "Zurich", "perhaps", "[Zurich]", "never"]))
def test_a_replaced_content_word_is_never_supported(place: tuple[str, Meta, str], index: int, other: str) -> None:
    source, meta, sentence = place
    words = sentence.split()
    content = [i for i, word in enumerate(words) if len(word) > 4 and word not in ("their", "should", "before")]
    words[content[index % len(content)]] = other
    found = said(" ".join(words), source, meta)
    assert all(finding.outcome is not Outcome.SUPPORTS for finding in found), found


@QUICK
@given(PLACES, st.integers(0, 30), st.sampled_from(["not", "never", "12", "only", "secretly"]))
def test_an_added_word_is_never_supported(place: tuple[str, Meta, str], index: int, other: str) -> None:
    source, meta, sentence = place
    words = sentence.split()
    words.insert(index % (len(words) - 1) + 1, other)
    assert all(finding.outcome is not Outcome.SUPPORTS for finding in said(" ".join(words), source, meta))


@QUICK
@given(PLACES, st.text(alphabet="ab… []().“”‘’?-0,", max_size=40))
def test_every_span_lies_in_its_text(place: tuple[str, Meta, str], noise: str) -> None:
    source, meta, sentence = place
    words = f"{sentence[:20]} {noise} {sentence[20:]}".replace("\n", " ")
    for finding in said(words, source, meta):
        for span, text in ((finding.claim_span, f"“{words},” {meta.speaker} said."), (finding.evidence_span, source)):
            assert span is None or (0 <= span.start < span.end <= len(text))


def test_every_difference_is_shown_in_both_wordings() -> None:
    found = judge("“The court will release the footage before the trial,” Halvorsen said.", COURT, HALVORSEN)
    change = next(finding for finding in found if finding.label == "ALTERED_MATERIAL")
    assert change.detail == 'The source has "will not release"; the quote drops "not".'
    assert change.evidence_span is not None
    assert change.evidence_span.of(COURT) == "not"


def test_a_long_quotation_from_a_long_speech_takes_no_time() -> None:
    speech = " ".join(f"Item {number} of the plan costs {number * 7} crowns and nobody minds." for number in range(170))
    source = analyze(speech, OKORO)
    part = Part(View(source, Span(0, len(speech))), OKORO)
    quoted = " ".join(speech.split()[600:800]).rstrip(".")
    text = f"“{quoted.replace('crowns', 'euros', 1)},” Okoro said."
    claim = analyze(text)
    subject = Subject(View(claim, Span(0, len(text))), quotes=claim.quotes)
    assert source.parsed.doc is not None
    assert source.quotes is not None
    assert claim.parsed.doc is not None
    start = time.perf_counter()
    found = check_quotes(subject, [part])
    assert time.perf_counter() - start < 1
    assert any(finding.label == "ALTERED_MATERIAL" for finding in found)
