"""Quotations against their sources: contrast cases of every label, and promises that always hold."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimdesk.analysis import Part, Subject, View, analyze
from claimdesk.checks.indirect import check_indirect
from claimdesk.checks.quotes import check_quotes
from claimdesk.checks.speaker import check_speaker
from claimdesk.judge import claim_subject, evidence_part
from claimdesk.model import Cue, Finding, Mention, Meta, Outcome, Quote, QuoteType, Span
from claimdesk.wording.reading import SEVERITY

HALVORSEN = Meta(
    speaker="Ingrid Halvorsen",
    role="chief judge",
    org="Harbor District Court",
    date=date(2025, 4, 8),
    medium="press conference",
    type="transcript",
)
OKORO = Meta(
    speaker="Ben Okoro",
    role="head coach",
    org="Northgate Rovers",
    date=date(2025, 5, 4),
    medium="interview",
    type="transcript",
)
LINDQVIST = Meta(
    speaker="Maja Lindqvist",
    role="chief executive",
    org="Brightwater Foods",
    date=date(2025, 2, 20),
    medium="speech",
    type="transcript",
)
TANAKA = Meta(
    speaker="Rei Tanaka",
    role="lead researcher",
    org="Polar Institute",
    date=date(2025, 1, 15),
    medium="interview",
    type="transcript",
)
PETROVA = Meta(
    speaker="Elena Petrova",
    role="finance minister",
    org="Finance Ministry",
    date=date(2025, 6, 2),
    medium="briefing",
    type="transcript",
)
SERVICE = Meta(
    speaker="Weather Service", org="Weather Service", date=date(2025, 9, 3), medium="statement", type="statement"
)
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


METAS = {
    "HALVORSEN": HALVORSEN,
    "OKORO": OKORO,
    "LINDQVIST": LINDQVIST,
    "TANAKA": TANAKA,
    "SERVICE": SERVICE,
    "PETROVA": PETROVA,
    "REPORT": REPORT,
    "INTERPRETED": Meta(speaker="Rei Tanaka", type="interpreted"),
    "NOBODY": Meta(),
}
TEXTS = {"@COURT": COURT, "@MATCH": MATCH, "@SHOP": SHOP, "@ICE": ICE, "@STORM": STORM}
TABLE = Path(__file__).parent / "tables" / "quotes.tsv"
CASES = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
_OUTCOMES = {
    "supports": {"VERBATIM", "PERMITTED_EDIT", "PARTIAL_QUOTE_OK", "INDIRECT_SUPPORTED"},
    "conflicts": set(SEVERITY[:6]) | {"INDIRECT_CONFLICT"},
}


@pytest.mark.parametrize(("label", "meta", "evidence", "text"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_label(label: str, meta: str, evidence: str, text: str) -> None:
    """Each row names a label, or only the outcome where several labels would do."""
    source = TEXTS.get(evidence, evidence.replace("\\n", "\n"))
    outcome, found = top(judge(text.replace("\\n", "\n"), source, METAS[meta]))
    if label in ("supports", "conflicts", "silent"):
        assert outcome == label
    else:
        expected = next((name for name, labels in _OUTCOMES.items() if label in labels), "silent")
        assert (outcome, found) == (expected, label)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"turn": 2}, {"turn": 40}),  # two answers, far apart
        ({"date": date(2024, 1, 3)}, {"date": date(2025, 5, 4)}),  # two occasions
    ],
)
def test_parts_of_two_occasions_are_spliced(first: dict, second: dict) -> None:
    text = "“We have never sold a player … The stadium will be ready,” Okoro said."
    evidence = [("We have never sold a player.", first), ("The stadium will be ready.", second)]
    assert top(judge(text, evidence, OKORO)) == ("conflicts", "SPLICED")


@pytest.mark.parametrize(
    ("text", "evidence", "outcome"),
    [
        # Petrova speaks on Monday, June 2; the text is of Wednesday, June 4
        ("Petrova said the ships had waited since Friday.", "The ships have waited since May 30.", "supports"),
        (
            "Petrova said the ships had waited since Friday.",
            "The ships have waited since Saturday, May 31.",
            "conflicts",
        ),
        ("Petrova said the ships had waited since May 30.", "The ships have waited since Sunday.", "conflicts"),
        ("Petrova said the ships had waited until Friday.", "The ships have waited since Saturday, May 31.", "silent"),
        ("Petrova said the ships had waited since May.", "The ships have waited since Saturday, May 31.", "silent"),
        ("Petrova said the ferry had sailed in May.", "The ferry sailed on May 30.", "supports"),
        ("Petrova said the ferry had sailed on May 30.", "The ferry sailed in May.", "silent"),
        ("Petrova said the ferry had sailed on May 30.", "The ferry sailed on May 29.", "conflicts"),
        ("Petrova said the ferry had sailed on May 30.", "The ferry sailed on May 29 or May 30.", "silent"),
        ("Petrova said the ferry had sailed on May 30.", "The ferry sailed.", "silent"),
    ],
)
def test_times_inside_reported_speech_are_compared_as_days(text: str, evidence: str, outcome: str) -> None:
    assert top(judge(text, evidence, PETROVA, date(2025, 6, 4)))[0] == outcome


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
@given(
    PLACES, st.integers(0, 30), st.sampled_from(["banana", "hardly", "70", "Zurich", "perhaps", "[Zurich]", "never"])
)
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


def test_a_quotation_that_cannot_be_placed_word_by_word_ends_no_check():
    claim = 'The "Tide" article noted that she was included in "Young Harbor\'s Top Earning-Stars".'
    part = evidence_part("TITLE: Young Harbor's Top-Earning Stars AUTHOR: Tide staff")
    assert all(finding.outcome is not Outcome.SUPPORTS for finding in check_quotes(claim_subject(claim), [part]))
