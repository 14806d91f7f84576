"""Claims that people add, drop and change: kept as lines, applied to the report, and checked again one by one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fakes import FixedMeaning, TinyEncoder
from sample_report import ARTICLE, document, sample_report, span_of

from claimdesk.errors import ClaimdeskError
from claimdesk.find import find_claims
from claimdesk.memory import MemoryStore
from claimdesk.model import Document, Kind, Meta, Report, Source, Span, Verdict
from claimdesk.passages import cut_passages
from claimdesk.review import (
    Choice,
    Decision,
    Wanted,
    add_claim,
    amend,
    decide,
    decision_from_json,
    decision_to_json,
    drop_claim,
    edit_claim,
    review,
    take_back,
    undo,
    unreached,
)
from claimdesk.review.amend import NOT_REACHED
from claimdesk.review.marking import correct, mark_claim, read_days, read_value, read_words
from claimdesk.review.recheck import given_sources, recheck, with_people
from claimdesk.store import Shelved
from claimdesk.verify import Models, check

REPORT = sample_report()
FIRST, SECOND = REPORT.claims[:2]
DEADLINE = span_of(ARTICLE, "The yard has never missed a deadline")


def changed(report: Report, old: str, new: str) -> Report:
    """The report of a text with other words; no claim is found in it again but those with the same words."""
    text = ARTICLE.replace(old, new)
    assert text != ARTICLE
    claims = []
    for checked in report.claims:
        span = checked.claim.span
        shift = len(new) - len(old) if span.start > ARTICLE.index(old) else 0
        if span.shift(shift).of(text) == checked.claim.text:
            moved = replace(checked.claim, span=span.shift(shift), sentence=checked.claim.sentence.shift(shift))
            claims.append(replace(checked, claim=moved))
    return replace(report, created="2026-01-01T00:00:00Z", text=document("ferry", text), claims=tuple(claims))


# --- add, drop, edit ------------------------------------------------------------------------------------


def test_without_changes_the_report_is_the_same() -> None:
    assert amend(REPORT, [decide(REPORT, FIRST, Choice.AGREE, "Ada")]).report is REPORT


def test_an_added_claim_comes_last_and_waits_for_its_check() -> None:
    line = add_claim(REPORT, DEADLINE, Kind.STATEMENT, "Ada")
    found = amend(REPORT, [line])
    *others, added = found.report.claims
    assert tuple(others) == REPORT.claims
    assert (added.claim.id, added.claim.text) == ("c11", "The yard has never missed a deadline")
    assert added.verdict is Verdict.NOT_CHECKED and added.reason == "Added by Ada; not checked yet."
    assert [wanted.id for wanted in found.waiting] == ["c11"]


def test_the_same_words_are_not_added_twice() -> None:
    with pytest.raises(ClaimdeskError, match="already"):
        add_claim(REPORT, FIRST.claim.span, FIRST.claim.kind, "Ada")
    line = add_claim(REPORT, DEADLINE, Kind.STATEMENT, "Ada")
    assert len(amend(REPORT, [line, replace(line, id="other")]).report.claims) == 11


def test_a_dropped_claim_keeps_its_number_and_can_be_taken_back_in() -> None:
    line = drop_claim(REPORT, FIRST, "Ada", "An example, no claim.")
    found = amend(REPORT, [line]).report
    assert len(found.claims) == 10 and found.claims[1:] == REPORT.claims[1:]
    assert found.claims[0].reason == "Dropped by Ada: An example, no claim."
    decided = review(found, [line])
    assert decided.is_done(found.claims[0]) and decided.rating(found.claims[0]) is None
    assert amend(REPORT, [line, take_back(REPORT, line, "Ben")]).report is REPORT


def test_a_changed_claim_says_so_and_the_finding_of_the_check_stays_in_the_line() -> None:
    line = edit_claim(REPORT, FIRST, "Ada", value="8.4 million")
    found = amend(REPORT, [line])
    assert found.report.claims[0].reason == "Changed by Ada; not checked yet."
    assert (line.machine, line.reason) == (FIRST.verdict, FIRST.reason)
    assert found.waiting == (
        Wanted("c1", FIRST.claim.span, FIRST.claim.kind, value="8.4 million", by="Ada", base=FIRST.claim),
    )


def test_a_check_of_the_changed_claim_takes_its_place() -> None:
    line = edit_claim(REPORT, FIRST, "Ada", value="8.4 million")
    [wanted] = amend(REPORT, [line]).waiting
    own = replace(FIRST, verdict=Verdict.SUPPORTED)
    from claimdesk.report import report_id

    found = amend(REPORT, [line], {wanted.key(report_id(REPORT)): own})
    assert found.report.claims[0].verdict is Verdict.SUPPORTED and not found.waiting


def test_a_claim_changed_twice_has_both_changes_and_each_can_be_taken_back() -> None:
    wider = Span(FIRST.claim.span.start - 4, FIRST.claim.span.end)
    first = edit_claim(REPORT, FIRST, "Ada", span=wider)
    shown = amend(REPORT, [first]).report
    assert shown.claims[0].claim.text == "pay " + FIRST.claim.text
    second = edit_claim(shown, shown.claims[0], "Ben", kind=Kind.STATEMENT)
    shown = amend(REPORT, [first, second]).report
    assert shown.claims[0].claim.kind is Kind.STATEMENT and shown.claims[0].claim.span == wider
    assert len(review(shown, [first, second]).dossier(shown.claims[0]).changes) == 2
    back = take_back(shown, second, "Ben")
    assert amend(REPORT, [first, second, back]).report.claims[0].claim.kind is FIRST.claim.kind


def test_decisions_made_before_a_change_are_kept_aside() -> None:
    before = decide(REPORT, FIRST, Choice.AGREE, "Ada")
    line = edit_claim(REPORT, FIRST, "Ben", value="8.4 million")
    shown = amend(REPORT, [before, line]).report
    found = review(shown, [before, line])
    assert not found.of(shown.claims[0]) and found.dossier(shown.claims[0]).earlier == (before,)
    assert "not reviewed since it was changed" in [item.words for item in found.open_items(shown)]
    back = take_back(shown, line, "Ben")
    assert review(REPORT, [before, line, back]).of(FIRST) == (before,)


def test_a_decision_about_a_changed_claim_says_nothing_about_the_old_one() -> None:
    line = edit_claim(REPORT, FIRST, "Ben", kind=Kind.STATEMENT)
    shown = amend(REPORT, [line]).report
    made = decide(shown, shown.claims[0], Choice.DISAGREE, "Ada", Verdict.SUPPORTED)
    assert review(shown, [line, made]).of(shown.claims[0]) == (made,)
    lines = [line, made, take_back(shown, line, "Ben")]
    found = review(amend(REPORT, lines).report, lines)
    assert not found.of(FIRST) and found.dossier(FIRST).earlier == (made,) and not found.unattached


def test_nothing_changed_is_no_change() -> None:
    with pytest.raises(ClaimdeskError, match="Nothing was changed"):
        edit_claim(REPORT, FIRST, "Ada", span=FIRST.claim.span, kind=FIRST.claim.kind)


@pytest.mark.parametrize("span", [Span(0, 0), Span(-5, 2), Span(3, 10**9), span_of("a  b", "  ")])
def test_a_claim_needs_words_of_the_text(span: Span) -> None:
    with pytest.raises(ClaimdeskError, match="words"):
        add_claim(replace(REPORT, text=document("blank", "a  b")), span, Kind.STATEMENT, "Ada")


# --- a changed article ----------------------------------------------------------------------------------


def test_added_dropped_and_changed_claims_follow_their_words_through_a_changed_article() -> None:
    lines = [
        add_claim(REPORT, DEADLINE, Kind.STATEMENT, "Ada"),
        drop_claim(REPORT, FIRST, "Ada"),
        edit_claim(REPORT, SECOND, "Ada", value="1,030"),
    ]
    later = changed(REPORT, "Ferry deal leaves", "New ferry deal for the islands leaves")
    found = amend(later, lines)
    assert [wanted.value for wanted in found.waiting] == ["1,030", ""]
    assert found.report.claims[-1].claim.text == "The yard has never missed a deadline"
    assert found.report.claims[0].reason.startswith("Dropped by Ada")
    assert not review(found.report, lines).unattached


def test_a_change_whose_words_are_gone_is_listed() -> None:
    line = add_claim(REPORT, DEADLINE, Kind.STATEMENT, "Ada")
    later = changed(REPORT, "The yard has never missed a deadline.", "The yard is late.")
    assert len(amend(later, [line]).report.claims) == len(later.claims)
    found = review(later, [line])
    assert found.unattached == (line,)
    assert "no longer in the text" in found.open_items(later)[-1].words


def test_a_line_with_the_keys_of_the_contract_only_is_enough() -> None:
    line = decision_to_json(add_claim(REPORT, DEADLINE, Kind.STATEMENT, "Ada"))
    for key in ("id", "claimdesk"):
        line.pop(key)
    line["claim"].pop("kind")
    line["claim"]["id"] = "mine"
    assert amend(REPORT, [decision_from_json(line)]).report.claims[-1].claim.kind is Kind.STATEMENT


# --- reading what a person marks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "low", "high"), [("About 1,300 islanders", 1250, 1350), ("pay €4.8 million", 4_800_000, 4_800_000)]
)
def test_a_number_is_read_from_the_marked_words(words: str, low: int, high: int) -> None:
    claim = read_words(REPORT.text, span_of(ARTICLE, words), Kind.QUANTITY)
    assert claim.text == words and claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("words", "kind", "error"),
    [
        ("two ferries, the harbor board", Kind.DATE, "No date"),
        ("The yard has never missed", Kind.QUANTITY, "No number"),
        ("€4.8 million for two ferries", Kind.QUANTITY, "hold 2 numbers"),
    ],
)
def test_words_that_do_not_hold_what_the_kind_needs_are_refused(words: str, kind: Kind, error: str) -> None:
    with pytest.raises(ClaimdeskError, match=error):
        read_words(REPORT.text, span_of(ARTICLE, words), kind)


def test_a_part_of_a_quotation_keeps_its_speaker_and_other_words_become_one_without() -> None:
    found = find_claims(REPORT.text)
    part = span_of(ARTICLE, "nobody will pay a cent more")
    claim = mark_claim(Wanted("c11", part, Kind.QUOTE), found)
    assert claim.quote is not None and claim.quote.content == (part,) and claim.text == "nobody will pay a cent more"
    assert claim.speaker is not None and "Erikssen" in claim.speaker.name
    other = mark_claim(Wanted("c12", DEADLINE, Kind.QUOTE), found)
    assert other.quote is not None and other.quote.speaker is None


def test_a_speaker_is_corrected_in_claim_and_quote() -> None:
    found = find_claims(REPORT.text)
    claim = next(claim for claim in found.claims if claim.kind is Kind.QUOTE)
    new = correct(claim, "Ada Nyström", "", REPORT.text)
    assert new.speaker is not None and new.quote is not None and new.quote.speaker == new.speaker
    assert new.speaker.name == "Ada Nyström" and new.span == claim.span


def test_a_bare_number_keeps_the_unit_that_was_there() -> None:
    was = FIRST.claim.quantity
    assert was is not None
    new = read_value("8.4 million", was)
    assert (new.low, new.unit, new.span, new.text) == (Decimal(8_400_000), was.unit, was.span, was.text)
    assert read_value("9 percent", was).unit == "percent"


@pytest.mark.parametrize("words", ["", "many", "12 of 30 ships in 4 ports", "twelve or thirteen dozen in 4"])
def test_a_value_that_is_not_one_number_is_refused(words: str) -> None:
    assert FIRST.claim.quantity
    with pytest.raises(ClaimdeskError, match="not understood as one number"):
        read_value(words, FIRST.claim.quantity)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2025-06-03", date(2025, 6, 3), date(2025, 6, 3)),
        ("2025-06-01 to 2025-06-05", date(2025, 6, 1), date(2025, 6, 5)),
        ("June 3, 2025", date(2025, 6, 3), date(2025, 6, 3)),
    ],
)
def test_a_day_is_corrected(words: str, first: date, last: date) -> None:
    was = next(checked.claim.dates[0] for checked in REPORT.claims if checked.claim.kind is Kind.DATE)
    new = read_days(words, was, date(2025, 6, 11))
    assert (new.first, new.last, new.text) == (first, last, was.text)


@pytest.mark.parametrize("words", ["2025-02-30", "2025-06-05 to 2025-06-01", "some time", "May or June 2024"])
def test_a_day_without_sense_is_refused(words: str) -> None:
    was = next(checked.claim.dates[0] for checked in REPORT.claims if checked.claim.kind is Kind.DATE)
    with pytest.raises(ClaimdeskError):
        read_days(words, was, None)


# --- only what changed is checked again -----------------------------------------------------------------

TEXT = "The county bought 40 buses in 2024. The mayor opened the depot. Fares rose by 3 percent."
SOURCE = "The county bought 44 buses in 2024. Fares rose by 3 percent last year."


def checked_report() -> tuple[Report, Models]:
    models = Models(TinyEncoder(), FixedMeaning())
    text = Document("a.txt", TEXT, "t" * 64, "text", Meta(date=date(2025, 1, 1)))
    sources = [Source("s1", "s.txt", Document("s.txt", SOURCE, "s" * 64, "text", Meta(date=date(2025, 1, 1))))]
    return check(text, sources, models=models), models


def test_a_corrected_value_is_checked_and_the_others_are_left_alone() -> None:
    report, models = checked_report()
    buses = next(checked for checked in report.claims if checked.claim.text.startswith("40"))
    assert buses.verdict is Verdict.CONFLICTING
    line = edit_claim(report, buses, "Ada", value="44")
    wanted = amend(report, [line]).waiting
    seen: list[str] = []
    done = recheck(report, wanted, models=models, progress=lambda step: seen.append(step.detail)).claims
    shown = amend(report, [line], done).report
    now = next(checked for checked in shown.claims if checked.claim.id == buses.claim.id)
    assert now.verdict is Verdict.SUPPORTED and now.claim.text == buses.claim.text
    assert [checked for checked in shown.claims if checked is not now] == [
        checked for checked in report.claims if checked is not buses
    ]
    assert len({words for words in seen if words}) == 1


def test_words_that_cannot_be_read_give_an_unchecked_claim_with_the_reason() -> None:
    report, models = checked_report()
    line = add_claim(report, span_of(TEXT, "The mayor opened the depot"), Kind.QUANTITY, "Ada")
    [wanted] = amend(report, [line]).waiting
    [checked] = recheck(report, [wanted], models=models).claims.values()
    assert checked.verdict is Verdict.NOT_CHECKED and checked.reason.startswith("No number is understood")


def test_claims_that_a_stop_came_before_can_be_checked_later() -> None:
    report, models = checked_report()
    stopped = check(report.text, report.sources, models=models, stop=lambda: True)
    rest = unreached(stopped)
    assert len(rest) == len(report.claims) and stopped.claims[0].reason == NOT_REACHED
    assert recheck(stopped, rest, models=models, stop=lambda: True).claims == {}
    shown = amend(stopped, [], recheck(stopped, rest, models=models).claims).report
    assert [checked.verdict for checked in shown.claims] == [checked.verdict for checked in report.claims]


def test_a_changed_line_is_read_back_as_it_was_written() -> None:
    for line in (
        edit_claim(REPORT, FIRST, "Ada", kind=Kind.STATEMENT, speaker="Ben", value="3", note="So."),
        add_claim(REPORT, DEADLINE, Kind.STATEMENT, "Ada"),
        drop_claim(REPORT, FIRST, "Ada"),
        undo(REPORT, FIRST, "Ada"),
    ):
        assert decision_from_json(json.loads(json.dumps(decision_to_json(line)))) == line
        assert isinstance(line, Decision)


def test_the_command_line_checks_the_claims_as_people_changed_them() -> None:
    report, models = checked_report()
    buses = next(checked for checked in report.claims if checked.claim.text.startswith("40"))
    lines = [
        edit_claim(report, buses, "Ada", value="44"),
        add_claim(report, span_of(TEXT, "The mayor opened"), Kind.STATEMENT, "Ada"),
    ]
    shown = with_people(report, lines, models=models)
    assert len(shown.claims) == len(report.claims) + 1
    assert not [checked for checked in shown.claims if "not checked yet" in checked.reason]
    assert with_people(report, [], models=models) is report


def test_a_changed_claim_is_checked_against_the_library_too() -> None:
    report, models = checked_report()
    library = MemoryStore()
    words = "The county bought 45 buses in 2024, the auditor says."
    kept = Source("abcdef0123", "audit.txt", Document("audit.txt", words, "u" * 64, "text", Meta()))
    passages = cut_passages(kept)
    library.put_source(Shelved(kept, passages, models.encoder.encode([words] * len(passages)), "tiny"))
    buses = next(checked for checked in report.claims if checked.claim.text.startswith("40"))
    line = edit_claim(report, buses, "Ada", value="45")
    shown = with_people(report, [line], models=models, library=library)
    now = next(checked for checked in shown.claims if checked.claim.id == buses.claim.id)
    assert {evidence.source for evidence in now.evidence} == {"s1", "abcdef0123"}
    assert [source.id for source in shown.sources] == ["s1", "abcdef0123"]
    assert given_sources(shown, library) == report.sources


def test_a_narrowed_statement_is_judged_by_its_own_words() -> None:
    words = "The mayor opened the depot in Tarn"
    text = Document("a.txt", f"{words}, although the whole council had opposed it.", "t" * 64, "text", Meta())
    source = Source("s1", "s.txt", Document("s.txt", f"{words}.", "s" * 64, "text", Meta()))
    models = Models(TinyEncoder(), FixedMeaning())
    report = check(text, [source], models=models)
    [whole] = report.claims
    assert whole.verdict is not Verdict.SUPPORTED
    line = edit_claim(report, whole, "Ada", span=Span(0, len(words)))
    [narrowed] = with_people(report, [line], models=models).claims
    assert narrowed.verdict is Verdict.SUPPORTED and narrowed.claim.text == words
    assert all(
        finding.claim_span is None or narrowed.claim.span.contains(finding.claim_span)
        for evidence in narrowed.evidence
        for finding in evidence.findings
    )
