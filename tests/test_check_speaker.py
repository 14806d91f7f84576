"""Speakers: one person under many descriptions, and two people under one."""

from __future__ import annotations

from datetime import date

import pytest

from claimdesk.analysis import Part, Subject, View, analyze
from claimdesk.checks.indirect import check_indirect
from claimdesk.checks.quotes import check_quotes
from claimdesk.checks.speaker import check_speaker
from claimdesk.model import Finding, Meta, Outcome, Span
from claimdesk.wording.identity import Identity, Likeness, compare
from claimdesk.wording.occasion import medium_class
from claimdesk.wording.roles import Role, compare_roles, stated_role

SAME, GENERALIZED, OTHER, UNKNOWN = Likeness.SAME, Likeness.GENERALIZED, Likeness.OTHER, Likeness.UNKNOWN
LOOSE = Likeness.LOOSE
AID = Identity("Coordination Headquarters for Flood Relief", "", "Coordination Headquarters for Flood Relief")
BERG = Identity("Astrid Berg", "deputy health minister", "Health Ministry")
COACH = Identity("Luis Ferreira", "head coach", "Northgate Rovers")
BODY = Identity("Flood Relief Committee", "", "Flood Relief Committee")
VOICE = Identity("Tom Reed", "spokesman for Astrid Berg", "Health Ministry")


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        # names: surname, titles, first names and initials
        (Identity("Berg"), BERG, SAME),
        (Identity("Astrid Berg"), BERG, SAME),
        (Identity("A. Berg"), BERG, SAME),
        (Identity("Dr Berg"), BERG, SAME),
        (Identity("Ms. Astrid Berg"), BERG, SAME),
        (Identity("Deputy Health Minister Astrid Berg"), BERG, SAME),
        (Identity("Berg", "Minister"), BERG, SAME),
        (Identity("Nils Berg"), BERG, OTHER),
        (Identity("Holm"), BERG, OTHER),
        (Identity("Holm", "deputy health minister"), BERG, OTHER),
        (Identity("Ferreira"), BERG, OTHER),
        (Identity("Astrid"), BERG, UNKNOWN),
        (Identity("Luis Ferreira Jr."), COACH, SAME),
        # offices
        (Identity("the deputy health minister"), BERG, SAME),
        (Identity("deputy minister"), BERG, SAME),
        (Identity("the health minister"), BERG, UNKNOWN),
        (Identity("the mayor"), BERG, OTHER),
        (Identity("the foreign minister"), BERG, OTHER),
        (Identity("the coach"), COACH, SAME),
        (Identity("the referee"), COACH, OTHER),
        (Identity("the president"), Identity("Astrid Berg"), UNKNOWN),
        # bodies
        (Identity("Health Ministry"), BERG, GENERALIZED),
        (Identity("the ministry"), BERG, GENERALIZED),
        (Identity("Transport Ministry"), BERG, OTHER),
        (Identity("Flood Relief Committee"), BODY, SAME),
        (Identity("the committee"), BODY, SAME),
        (Identity("Relief Agency of Norland"), BERG, OTHER),
        (Identity("the government"), BERG, UNKNOWN),
        (Identity("Norland"), Identity("Ida Moe", "president", "Presidency of Norland"), GENERALIZED),
        (Identity("Sudria"), Identity("Ida Moe", "president", "Presidency of Norland"), OTHER),
        # a spokesperson is not the principal, but speaks for the body
        (Identity("Berg"), VOICE, OTHER),
        (Identity("a spokesman for Berg"), BERG, OTHER),
        (Identity("a Health Ministry spokesman"), BERG, OTHER),
        (Identity("a Health Ministry spokesman"), VOICE, SAME),
        (Identity("Health Ministry"), VOICE, GENERALIZED),
        (Identity("Reed"), VOICE, SAME),
        (Identity("a committee spokeswoman"), BODY, GENERALIZED),
        # joint statements
        (Identity("Berg and Holm"), BERG, OTHER),
        (Identity("Berg and Holm"), Identity("Astrid Berg and Kai Holm"), SAME),
        (Identity("Berg"), Identity("Astrid Berg and Kai Holm"), UNKNOWN),
        (Identity("Ferreira"), Identity("Astrid Berg and Kai Holm"), OTHER),
        # a free translation of a body's name, in small letters; a name in capitals is a name of its own
        (Identity("flood relief coordination committee"), AID, LOOSE),
        (Identity("flood relief committee"), AID, LOOSE),
        (Identity("Flood Relief Committee"), AID, UNKNOWN),
        (Identity("flood relief union"), AID, UNKNOWN),
        (Identity("flood damage insurance agency"), AID, UNKNOWN),
        (Identity("harbor authority"), AID, OTHER),
        (Identity("the flood relief coordinator, Astrid Berg"), AID, UNKNOWN),
        # nobody in particular
        (Identity("he"), BERG, UNKNOWN),
        (Identity("an official"), BERG, UNKNOWN),
        (Identity("Berg"), Identity(), UNKNOWN),
    ],
)
def test_descriptions_of_a_speaker(claim: Identity, evidence: Identity, expected: Likeness) -> None:
    assert compare(claim, evidence) is expected


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        # equal, contained, another order, a synonym, a more general word
        ("fire chief", "fire chief", Role.FITS),
        ("minister", "transport minister", Role.FITS),
        ("chief of the fire department", "fire chief", Role.FITS),
        ("police commander", "police chief", Role.FITS),
        ("Transport Secretary", "transport minister of Norland", Role.FITS),
        ("spokeswoman", "ministry spokesperson", Role.FITS),
        ("researcher", "entomologist", Role.FITS),
        ("Sen.", "Senator", Role.FITS),
        ("an official", "harbor commissioner", Role.FITS),
        ("former mayor", "mayor", Role.FITS),
        # another trade, another office, another field
        ("airline pilot", "fire chief", Role.DIFFERS),
        ("opera singer", "entomologist", Role.DIFFERS),
        ("Culture Minister", "transport minister", Role.DIFFERS),
        ("President", "fire chief", Role.DIFFERS),
        ("museum director", "festival director", Role.DIFFERS),
        ("former mayor", "governor", Role.DIFFERS),
        # offices that nobody holds together
        ("Mayor", "Governor", Role.EXCLUSIVE),
        ("judge", "ambassador", Role.EXCLUSIVE),
        # a role that is missing on one side
        ("", "fire chief", Role.FITS),
        ("airline pilot", "", Role.FITS),
    ],
)
def test_roles_of_one_person(claim: str, evidence: str, expected: Role) -> None:
    assert compare_roles(claim, evidence) is expected


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("“We won,” airline pilot Ruben Okafor said.", "airline pilot"),
        ("“We won,” said Ruben Okafor, an airline pilot.", "an airline pilot"),
        ("“We won,” police commander Felt said.", "police commander"),
        ("“It is a mite, not because of pesticides,” entomologist Dr. Silas Moor said.", "entomologist Dr."),
        ("“We won,” a tearful Okafor said.", ""),
        ("“We won,” Dr. Okafor said.", ""),
        ("“We won,” the company said.", ""),
    ],
)
def test_a_role_is_read_where_it_is_stated(said: str, role: str) -> None:
    analysis = analyze(said)
    assert stated_role(analysis.parsed, analysis.quotes[0].speaker) == role


def test_another_role_is_never_borne_out() -> None:
    words = "“We will rebuild the chapel by Christmas,”"
    source = f"{words} fire chief Ruben Okafor said."
    report = Meta(type="report")
    same = check(f"{words} Okafor said.", source, report)
    assert {"SPEAKER_MATCH", "VERBATIM"} <= labels(same)
    for claim in ("airline pilot Ruben Okafor said.", "said Ruben Okafor, an opera singer.", "Judge Okafor said."):
        found = check(f"{words} {claim}", source, report)
        assert "ROLE_DIFFERS" in labels(found)
        assert not any(finding.outcome is Outcome.SUPPORTS for finding in found)


def test_the_date_of_a_report_is_not_the_day_of_the_words() -> None:
    source = "“We will rebuild the chapel by Christmas,” Ruben Okafor said on Thursday."
    claim = "“We will rebuild the chapel by Christmas,” Okafor said on Thursday."
    for kind in ("report", ""):
        found = check(claim, source, Meta(type=kind, date=date(2025, 11, 12)), date(2025, 11, 12))
        assert "WRONG_OCCASION" not in labels(found)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("at a news conference", "briefing"),
        ("at a briefing", "briefing"),
        ("in a statement", "statement"),
        ("on the Signal messaging app", "message"),
        ("in a post on X", "post"),
        ("in an interview with a radio station", "interview"),
        ("in a letter to staff", "letter"),
        ("in court", "hearing"),
        ("on a hill", ""),
    ],
)
def test_occasions(words: str, kind: str) -> None:
    assert medium_class(words) == kind


def check(text: str, evidence: str, meta: Meta, on: date | None = None) -> list[Finding]:
    analysis = analyze(text, Meta(date=on))
    subject = Subject(View(analysis, Span(0, len(text))), quotes=analysis.quotes, meta=analysis.meta)
    source = analyze(evidence, meta)
    part = Part(View(source, Span(0, len(evidence))), meta)
    return check_speaker(subject, [part]) + check_quotes(subject, [part])


def labels(findings: list[Finding]) -> set[str]:
    return {finding.label for finding in findings}


TALK = "The clinic stays open all winter. We hired nine nurses."
SPOKEN = Meta(
    speaker="Astrid Berg",
    role="deputy health minister",
    org="Health Ministry",
    date=date(2025, 3, 5),
    medium="briefing",
    type="transcript",
)


def test_another_speaker_is_a_conflict_even_when_the_words_are_exact() -> None:
    found = check("“The clinic stays open all winter,” Mayor Kai Holm said.", TALK, SPOKEN)
    wrong = next(finding for finding in found if finding.label == "WRONG_SPEAKER")
    assert wrong.outcome is Outcome.CONFLICTS
    assert "Kai Holm" in wrong.detail
    assert "Astrid Berg" in wrong.detail


def test_the_body_of_an_official_is_supported_with_a_note() -> None:
    found = check("“The clinic stays open all winter,” the Health Ministry said.", TALK, SPOKEN)
    note = next(finding for finding in found if finding.label == "SPEAKER_GENERALISED")
    assert note.outcome is Outcome.SUPPORTS
    assert note.flag


def test_a_source_without_a_speaker_says_nothing_about_the_speaker() -> None:
    found = check("“The clinic stays open all winter,” Berg said.", TALK, Meta())
    assert {"SPEAKER_UNKNOWN", "VERBATIM"} <= labels(found)
    assert all(finding.outcome is not Outcome.CONFLICTS for finding in found)


FLOOD = "The bodies of twelve rescue workers were brought home to Norland on Tuesday morning by train. We thank you."
RELIEF = Meta(org="Coordination Headquarters for Flood Relief", type="statement", medium="Telegram post")


def test_a_loosely_named_body_is_supported_with_a_note_when_the_words_prove_it() -> None:
    words = "The bodies of twelve rescue workers were brought home to Norland on Tuesday morning by train"
    found = check(f"“{words},” the flood relief coordination committee said.", FLOOD, RELIEF)
    note = next(finding for finding in found if finding.label == "SPEAKER_LOOSE")
    assert note.flag
    assert {finding.outcome for finding in found} == {Outcome.SUPPORTS}


@pytest.mark.parametrize(
    "text",
    [
        "“We thank you,” the flood relief coordination committee said.",  # too short to prove anything
        "“The bodies of twelve rescue workers were brought home to Norland on Tuesday morning by train,” the relief "
        "union for the flood said.",  # another kind of body
    ],
)
def test_a_loose_name_alone_proves_nothing(text: str) -> None:
    found = check(text, FLOOD, RELIEF)
    assert all(finding.outcome is not Outcome.SUPPORTS for finding in found if finding.check == "quotes")


def test_other_words_say_nothing_about_the_speaker() -> None:
    assert "WRONG_SPEAKER" not in labels(check("“The school closes on Friday,” Kai Holm said.", TALK, SPOKEN))


def test_inner_marks_belong_to_the_inner_speaker() -> None:
    source = "The nurse told me: “We have no beds left at all.” That hurt."
    assert "WRONG_SPEAKER" in labels(check("“We have no beds left at all,” Berg said.", source, SPOKEN))


def test_the_right_one_of_two_places_counts() -> None:
    source = "“The beds are gone,” the mayor, Kai Holm, said. “The beds are gone,” Berg said later."
    found = check("“The beds are gone,” Berg said.", source, Meta(type="report"))
    assert "WRONG_SPEAKER" not in labels(found)


def test_a_line_of_a_transcript_names_its_speaker() -> None:
    source = "HOLM: The beds are gone for good.\nBERG: The clinic stays open all winter."
    assert "SPEAKER_MATCH" in labels(
        check("“The clinic stays open all winter,” Berg said.", source, Meta(type="transcript"))
    )
    assert "WRONG_SPEAKER" in labels(check("“The beds are gone for good,” Berg said.", source, Meta(type="transcript")))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("“The clinic stays open all winter,” Berg said on Wednesday.", False),  # 5 March 2025 is a Wednesday
        ("“The clinic stays open all winter,” Berg said on Monday.", True),
        ("“The clinic stays open all winter,” Berg said at a briefing.", False),
        ("“The clinic stays open all winter,” Berg said in an interview.", True),
        ("“The clinic stays open all winter,” said Berg, who was elected on Monday.", False),
    ],
)
def test_stated_day_and_occasion(text: str, wrong: bool) -> None:
    assert ("WRONG_OCCASION" in labels(check(text, TALK, SPOKEN, date(2025, 3, 6)))) is wrong


@pytest.mark.parametrize(
    ("claim", "evidence", "holds"),
    [
        ("Traffic was backed up for 26 km, police said.", "Traffic was backed up for 16 miles, police said.", True),
        ("Police said 1\u202f450 people were moved.", "Police said 1,450 people were moved.", True),
        ("Traffic was backed up for 36 km, police said.", "Traffic was backed up for 16 miles, police said.", False),
        ("Police said rents rose to 5 percent.", "Police said rents rose by 5 percent.", False),
    ],
)
def test_figures_of_reported_speech_may_be_converted(claim: str, evidence: str, holds: bool) -> None:
    assert ("INDIRECT_SUPPORTED" in labels_of_indirect(claim, evidence)) is holds


def labels_of_indirect(claim: str, evidence: str) -> set[str]:
    analysis, source = analyze(claim), analyze(evidence, Meta(type="report"))
    subject = Subject(View(analysis, Span(0, len(claim))), quotes=analysis.quotes, meta=analysis.meta)
    return labels(check_indirect(subject, [Part(View(source, Span(0, len(evidence))), source.meta)]))
