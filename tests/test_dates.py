"""Date expressions: where they stand, what they mean, and what is none."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.dates import dateline_date, days_between, find_dates
from claimdesk.language.parse import Parsed, parse
from claimdesk.model import DateRef

TABLES = Path(__file__).parent / "tables"
WEDNESDAY = date(2025, 6, 11)


def _rows(name: str) -> list[tuple[date | None, str, list[str]]]:
    lines = [line for line in (TABLES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines]
    return [
        (None if day == "-" else date.fromisoformat(day), text, [] if wanted == "none" else wanted.split(" ; "))
        for day, text, wanted in rows
    ]


def _shown(ref: DateRef, alternatives: bool) -> str:
    first, last = (day.isoformat() if day else "-" for day in (ref.first, ref.last))
    others = "".join(f"~{low}..{high}" for low, high in ref.alternatives) if alternatives else ""
    return f"{ref.text}={first}..{last}{others}"


def _misses(name: str) -> tuple[int, list[str]]:
    rows, missed = _rows(name), []
    for anchor, text, wanted in rows:
        refs = find_dates(parse(text), anchor)
        asked = ["~" in want for want in wanted] + [False] * len(refs)
        found = [_shown(ref, ask) for ref, ask in zip(refs, asked, strict=False)]
        if found != wanted:
            missed.append(f"{text}\n  wanted {wanted}\n  found  {found}")
    print(f"{name}: {len(rows) - len(missed)} of {len(rows)}")
    return len(rows), missed


def test_development_table_is_read_right() -> None:
    count, missed = _misses("dates.tsv")
    assert count >= 110
    assert len(missed) <= 0.03 * count, "\n".join(missed)


def test_blind_table_is_read_right() -> None:
    """Only the count is shown: nobody tunes to these sentences."""
    count, missed = _misses("dates_blind.tsv")
    assert count >= 55
    assert len(missed) <= 0.05 * count, f"{len(missed)} of {count} missed"


def only(text: str, anchor: date | None = WEDNESDAY) -> DateRef:
    refs = find_dates(parse(text), anchor)
    assert len(refs) == 1, refs
    return refs[0]


# --- what a reference carries besides its days ----------------------------------------------------


def test_ambiguous_day_and_month_is_not_guessed() -> None:
    ref = only("The form is dated 6/11/2025.")
    assert ref.first is None and ref.last is None
    assert {low for low, _ in ref.alternatives} == {date(2025, 6, 11), date(2025, 11, 6)}


def test_weekday_that_disagrees_with_its_date_is_a_problem() -> None:
    ref = only("Talks were held on Tuesday, November 12, 2025.", date(2025, 11, 13))
    assert ref.problem == "2025-11-12 is a Wednesday"
    assert only("Talks were held on Wednesday, November 12, 2025.").problem == ""


def test_a_day_that_does_not_exist_is_a_problem() -> None:
    assert only("The deed is dated February 30, 2024.").problem


@pytest.mark.parametrize("when", ["late on Tuesday", "Tuesday night", "early Tuesday", "overnight"])
def test_night_is_fuzzy(when: str) -> None:
    assert only(f"The depot burned down {when}.").fuzzy


def test_words_in_marks_count_from_the_utterance() -> None:
    refs = find_dates(parse("“We left yesterday,” the envoy said on Monday."), WEDNESDAY)
    assert (refs[0].anchor, refs[0].first) == ("quote", date(2025, 6, 8))


def test_earlier_counts_from_the_event_not_from_the_text() -> None:
    refs = find_dates(parse("The bridge fell on May 20. Two days earlier it was inspected."), WEDNESDAY)
    assert (refs[1].anchor, refs[1].first) == ("previous", date(2025, 5, 18))


def test_earlier_without_a_named_day_stays_open() -> None:
    ref = only("Two days earlier it was inspected.")
    assert ref.first is None and ref.grain == "day"


def test_explicit_dates_say_so() -> None:
    assert only("It opened on 2 June 2020.").anchor == "explicit"


def test_far_day_without_a_year_keeps_the_other_year() -> None:
    ref = only("The vote will be held on June 2.")
    assert ref.first == date(2026, 6, 2) and (date(2025, 6, 2), date(2025, 6, 2)) in ref.alternatives


@pytest.mark.parametrize(
    ("text", "years"),
    [
        # counts and results of a change
        ("The bodies of 1212 Sarnian soldiers were returned.", []),
        ("Burglaries rose by 18 percent to 1477.", []),
        ("The number of farms fell to 1998.", []),
        ("The list of names grew by 2010.", []),
        ("The bank closed 1120 accounts.", []),
        # years all the same
        ("The treaty of 1648 ended the war.", ["1648"]),
        ("The floods of 1953 killed many.", ["1953"]),
        ("The abbey dates back to 1477.", ["1477"]),
        ("Emissions must be reduced by 2030.", ["2030"]),
        ("Emissions fell by 55 percent by 2030.", ["2030"]),
        ("Sales rose from 2010 to 2014.", ["2010 to 2014"]),
        ("The vote was moved to 2026.", ["2026"]),
        ("Output is to fall by 40 percent compared to 1990.", ["1990"]),
    ],
)
def test_four_digits_are_a_year_only_where_a_time_is_told(text: str, years: list[str]) -> None:
    assert [ref.text for ref in find_dates(parse(text), WEDNESDAY)] == years


# --- date lines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("LISLE, June 11 (Agency) - Talks began.", 2025, date(2025, 6, 11)),
        ("LISLE, Sarnia, 11 June 2024 — Talks began.", None, date(2024, 6, 11)),
        ("LISLE, June 11 (Agency) - Talks began.", None, None),  # no year known
        ("HALDEN, Feb. 30 (Agency) - Talks began.", 2025, None),  # no such day
        ("In Lisle, June 11 was a holiday - nobody worked.", 2025, None),  # prose
    ],
)
def test_dateline(text: str, hint: int | None, expected: date | None) -> None:
    assert dateline_date(text, hint) == expected


def test_dateline_is_the_anchor() -> None:
    refs = find_dates(parse("LISLE, June 11, 2025 (Agency) - The port reopened on Tuesday."), None)
    assert refs[1].first == date(2025, 6, 10)


def test_days_between_lists_closed_ranges() -> None:
    refs = find_dates(
        parse("The siege lasted from 4 March to 6 June, and ended on a truce signed on 7 June."), WEDNESDAY
    )
    assert [(low.first, high.first) for low, high in days_between(refs)] == [(date(2025, 3, 4), date(2025, 6, 6))]


# --- properties ----------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    ["June", "May 2", "Tuesday", "2025", "31", "last", "week", "to", "the", "of", "ago", "three days", "late", "on"]
    + ["1/2/2025", "02.02.2024", "99", "Q3", "'90s", "end of", "0", "February 30", "years", "9999", "mid-", "since"]
    + ["and", "between", "from", "century", "fall", "earlier", "next", "éa", "İ", "’", "“", "”", "-", ",", "\n", "\n\n"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=14), st.sampled_from([None, WEDNESDAY, date.min, date.max, date(2024, 2, 29)]))
def test_never_raises_and_spans_are_raw_text(pieces: list[str], anchor: date | None) -> None:
    text = " ".join(pieces)
    refs = find_dates(parse(text), anchor)
    for ref in refs:
        assert ref.span.of(text) == ref.text and ref.text.strip() == ref.text
        assert ref.first is None or ref.last is None or ref.first <= ref.last
    assert all(one.span.end <= two.span.start for one, two in zip(refs, refs[1:], strict=False))


def test_text_without_dates_is_never_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Parsed, "doc", property(lambda self: pytest.fail("parsed")))
    assert find_dates(parse("Only 15% of the 1,212 bodies were named."), WEDNESDAY) == ()
    assert len(find_dates(parse("It opened on 2 June 2020."), WEDNESDAY)) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "June ",
        "June 2 ",
        "“",
        "the ",
        "1/2/",
        "late on ",
        "2025-",
        "two days ",
        "\n ",
        "(",
        "in ",
        "on Monday ",
        '("',
        "2010-",
    ],
)
def test_a_long_hostile_line_is_linear(piece: str) -> None:
    started = time.perf_counter()
    find_dates(parse(piece * (200_000 // len(piece))), WEDNESDAY)
    assert time.perf_counter() - started < 30
