"""A hand-made report with every kind, verdict and stance, for tests of the page and the exports."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from claimdesk.model import (
    Checked,
    Claim,
    Cue,
    DateRef,
    Document,
    Evidence,
    Finding,
    Form,
    Hedge,
    Inconsistency,
    Kind,
    Location,
    Mention,
    Meta,
    Outcome,
    Quantity,
    Quote,
    QuoteType,
    Report,
    Source,
    Span,
    Stance,
    Verdict,
)

ARTICLE = """\
Ferry deal leaves islanders waiting

The county will pay €4.8 million for two ferries, the harbor board decided on Tuesday. About 1,300 islanders \
depend on the line.

“We will run every crossing by June 1, and nobody will pay a cent more than the 12 euros they pay today,” \
board chair Mona Erikssen said.

Passenger numbers fell 15 percent last year. The old ferry was built in 1987. The yard has never missed a deadline.

Erikssen called the delay “a small price”. The mayor has opposed the deal since March.

Tickets were free for 300 pupils last winter, the school said.
"""

MINUTES = """\
Minutes of the harbor board, 3 June 2025.

The board approved the purchase of two ferries at a price of EUR 8.4 million. The contract is to be signed in July.

The line serves some 1,300 residents of the islands.
"""

TRANSCRIPT = """\
Mona Erikssen: We will run every crossing by July 1, and hardly anybody will pay more than the 12 euros they pay \
today. It may be a small price, but people are tired of it.
"""

TABLE = "year, passengers, change\n2023, 210400, -3\n2024, 178840, -15\n"

AGENCY = "The ferry Hjalmar, launched in 1987, is the last of her class. Passenger traffic fell by 9 percent in 2024."

SETTINGS: dict[str, object] = {"model": "all-MiniLM-L6-v2", "remote": False, "passages_per_claim": 12}


def span_of(text: str, words: str, after: str = "") -> Span:
    """Where the words stand in the text."""
    start = text.index(words, text.index(after) if after else 0)
    return Span(start, start + len(words))


def document(name: str, text: str, meta: Meta | None = None, **more: object) -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    known = {"format": "text", **more}
    return Document(name=name, text=text, sha256=sha256, meta=meta or Meta(), **known)


def claim(number: int, kind: Kind, words: str, sentence: str, text: str = ARTICLE, **more: object) -> Claim:
    place = span_of(text, words)
    return Claim(
        id=f"c{number}",
        kind=kind,
        span=place,
        text=words,
        sentence=span_of(text, sentence),
        worthiness=0.8,
        **more,
    )


def quantity(text: str, words: str, value: str, form: Form = Form.PLAIN, unit: str | None = None) -> Quantity:
    place = span_of(text, words)
    number = Decimal(value)
    return Quantity(
        span=place,
        text=words,
        number=place,
        low=number,
        high=number,
        low_open=False,
        high_open=False,
        values=(number,),
        granule=Decimal(1),
        unit=unit,
        form=form,
        hedge=Hedge.NONE,
    )


def evidence(
    source: str, text: str, words: str, stance: Stance, reason: str, *findings: Finding, **more: object
) -> Evidence:
    place = span_of(text, words)
    known: dict[str, object] = {"location": Location(), "origin": source, **more}
    return Evidence(
        source=source,
        stance=stance,
        confidence=0.9,
        start=place.start,
        end=place.end,
        text=words,
        score=0.71,
        reason=reason,
        findings=findings,
        **known,
    )


def finding(
    check: str,
    outcome: Outcome,
    label: str,
    detail: str,
    pairs: tuple[Span, Span] | None = None,
    values: tuple[str, str] = ("", ""),
    flag: bool = False,
) -> Finding:
    ours, theirs = pairs or (None, None)
    return Finding(check, outcome, label, detail, ours, theirs, *values, flag=flag)


def _price() -> Checked:
    sentence = "The county will pay €4.8 million for two ferries, the harbor board decided on Tuesday."
    found = finding(
        "numbers",
        Outcome.CONFLICTS,
        "DIGITS_SWAPPED",
        "4.8 and 8.4 have the same digits in another order.",
        (span_of(ARTICLE, "€4.8 million"), span_of(MINUTES, "EUR 8.4 million")),
        ("4,800,000 EUR", "8,400,000 EUR"),
    )
    return Checked(
        claim(
            1,
            Kind.QUANTITY,
            "€4.8 million",
            sentence,
            quantity=quantity(ARTICLE, "€4.8 million", "4800000", unit="EUR"),
        ),
        Verdict.CONFLICTING,
        "The text says €4.8 million; the minutes say EUR 8.4 million.",
        0.94,
        (
            evidence(
                "s1",
                MINUTES,
                "The board approved the purchase of two ferries at a price of EUR 8.4 million.",
                Stance.CONFLICTS,
                "The minutes say EUR 8.4 million.",
                found,
                location=Location(page=1, heading="Decisions"),
            ),
            evidence(
                "s1", MINUTES, "The contract is to be signed in July.", Stance.RELATED, "About the same contract."
            ),
        ),
    )


def _islanders() -> Checked:
    sentence = "About 1,300 islanders depend on the line."
    found = finding(
        "numbers",
        Outcome.SUPPORTS,
        "EQUAL",
        "1,300 lies within about 1,300.",
        (span_of(ARTICLE, "About 1,300"), span_of(MINUTES, "some 1,300")),
        ("1,170 to 1,430", "1,170 to 1,430"),
    )
    return Checked(
        claim(3, Kind.QUANTITY, "About 1,300 islanders", sentence, quantity=quantity(ARTICLE, "About 1,300", "1300")),
        Verdict.SUPPORTED,
        "The minutes give the same number.",
        0.9,
        (
            evidence(
                "s1",
                MINUTES,
                "The line serves some 1,300 residents of the islands.",
                Stance.SUPPORTS,
                "Same number of the same people.",
                found,
                location=Location(page=2),
                later_than_text=True,
            ),
        ),
    )


def _promise() -> Checked:
    words = "We will run every crossing by June 1, and nobody will pay a cent more than the 12 euros they pay today,"
    place = span_of(ARTICLE, words)
    quoted = "We will run every crossing by July 1, and hardly anybody will pay more than the 12 euros they pay today."
    speaker = Mention(span_of(ARTICLE, "Mona Erikssen"), "Mona Erikssen", "Mona Erikssen", role="board chair")
    cue = Cue(span_of(ARTICLE, "said", "Mona"), "said", "say", "neutral")
    quote = Quote(QuoteType.DIRECT, (place,), (Span(place.start - 1, place.end + 1),), speaker, cue, 0.97)
    changed = finding(
        "quotes",
        Outcome.CONFLICTS,
        "ALTERED_MATERIAL",
        "“hardly anybody” became “nobody”.",
        (place, span_of(TRANSCRIPT, quoted)),
    )
    same = finding(
        "speaker",
        Outcome.SUPPORTS,
        "SAME_SPEAKER",
        "Both name Mona Erikssen.",
        (speaker.span, span_of(TRANSCRIPT, "Mona Erikssen")),
        ("Mona Erikssen", "Mona Erikssen"),
    )
    return Checked(
        claim(4, Kind.QUOTE, words, f"“{words}” board chair Mona Erikssen said.", speaker=speaker, quote=quote),
        Verdict.CONFLICTING,
        "The quote says “nobody”; the transcript has “hardly anybody”.",
        0.92,
        (
            evidence(
                "s2",
                TRANSCRIPT,
                quoted,
                Stance.CONFLICTS,
                "Words were changed without a mark.",
                changed,
                same,
                location=Location(speaker="Mona Erikssen", turn=4, time="00:12:31"),
            ),
        ),
    )


def _deadline() -> Checked:
    place = span_of(ARTICLE, "by June 1")
    ref = DateRef(place, "by June 1", None, date(2025, 6, 1), "day", relation="by")
    found = finding(
        "dates",
        Outcome.CONFLICTS,
        "OTHER_DAY",
        "June 1 and July 1 are 30 days apart.",
        (place, span_of(TRANSCRIPT, "by July 1")),
        ("until 2025-06-01", "until 2025-07-01"),
    )
    return Checked(
        claim(5, Kind.DATE, "by June 1", "We will run every crossing by June 1,", dates=(ref,)),
        Verdict.CONFLICTING,
        "The text says June 1; the transcript says July 1.",
        0.9,
        (
            evidence(
                "s2",
                TRANSCRIPT,
                "We will run every crossing by July 1,",
                Stance.CONFLICTS,
                "Another day.",
                found,
                location=Location(turn=4),
            ),
        ),
    )


def _passengers() -> Checked:
    sentence = "Passenger numbers fell 15 percent last year."
    place = span_of(ARTICLE, "15 percent")
    equal = finding(
        "numbers", Outcome.SUPPORTS, "EQUAL", "The same after rounding.", (place, span_of(TABLE, "-15")), ("15%", "15%")
    )
    other = finding(
        "numbers",
        Outcome.CONFLICTS,
        "OTHER_VALUE",
        "15% is outside 8.5 to 9.5%.",
        (place, span_of(AGENCY, "9 percent")),
        ("15%", "9%"),
    )
    return Checked(
        claim(6, Kind.QUANTITY, "15 percent", sentence, quantity=quantity(ARTICLE, "15 percent", "15", Form.PERCENT)),
        Verdict.MIXED,
        "The table says 15%; the agency says 9%.",
        0.8,
        (
            evidence(
                "s3",
                TABLE,
                "2024, 178840, -15",
                Stance.SUPPORTS,
                "Same change.",
                equal,
                location=Location(row=3, sheet="Traffic"),
            ),
            evidence(
                "s4", AGENCY, "Passenger traffic fell by 9 percent in 2024.", Stance.CONFLICTS, "Another change.", other
            ),
        ),
    )


def _fragment() -> Checked:
    place = span_of(ARTICLE, "a small price")
    quote = Quote(QuoteType.PARTIAL, (place,), (Span(place.start - 1, place.end + 1),), None, None, 0.8)
    found = finding(
        "quotes",
        Outcome.SILENT,
        "TRUNCATED",
        "The source goes on: “but people are tired of it”.",
        (place, span_of(TRANSCRIPT, "a small price")),
        flag=True,
    )
    return Checked(
        claim(9, Kind.QUOTE, "a small price", "Erikssen called the delay “a small price”.", quote=quote),
        Verdict.NOT_FOUND,
        "The words are there, but the sentence goes on differently.",
        0.4,
        (
            evidence(
                "s2",
                TRANSCRIPT,
                "It may be a small price, but people are tired of it.",
                Stance.RELATED,
                "Same words, other frame.",
                found,
            ),
        ),
        flags=("TRUNCATED",),
    )


def _claims() -> tuple[Checked, ...]:
    built = "The old ferry was built in 1987."
    year = span_of(ARTICLE, "1987")
    same_year = finding(
        "dates", Outcome.SUPPORTS, "SAME_YEAR", "Both say 1987.", (year, span_of(AGENCY, "1987")), ("1987", "1987")
    )
    pupils = "Tickets were free for 300 pupils last winter, the school said."
    whole = claim(
        2,
        Kind.STATEMENT,
        "two ferries, the harbor board decided",
        "The county will pay €4.8 million for two ferries, the harbor board decided on Tuesday.",
    )
    return (
        _price(),
        Checked(
            whole,
            Verdict.SUPPORTED,
            "The minutes record the decision.",
            0.8,
            (
                evidence(
                    "s1",
                    MINUTES,
                    "The board approved the purchase of two ferries at a price of EUR 8.4 million.",
                    Stance.SUPPORTS,
                    "The board approved the purchase.",
                ),
            ),
        ),
        _islanders(),
        _promise(),
        _deadline(),
        _passengers(),
        Checked(
            claim(
                7,
                Kind.DATE,
                "in 1987",
                built,
                dates=(DateRef(year, "1987", date(1987, 1, 1), date(1987, 12, 31), "year"),),
            ),
            Verdict.SUPPORTED,
            "The agency says 1987.",
            0.88,
            (
                evidence(
                    "s4",
                    AGENCY,
                    "The ferry Hjalmar, launched in 1987, is the last of her class.",
                    Stance.SUPPORTS,
                    "Same year.",
                    same_year,
                    copied_from_text=True,
                ),
            ),
        ),
        Checked(
            claim(8, Kind.STATEMENT, "The yard has never missed a deadline.", "The yard has never missed a deadline."),
            Verdict.NOT_FOUND,
            "No source speaks about the yard’s deadlines.",
            0.0,
            (),
        ),
        _fragment(),
        Checked(
            claim(10, Kind.QUANTITY, "300 pupils", pupils, quantity=quantity(ARTICLE, "300", "300")),
            Verdict.NOT_CHECKED,
            "The check was stopped before this claim.",
            0.0,
            (),
        ),
    )


def sample_report() -> Report:
    """Ten claims: 3 conflicting, 1 mixed, 3 supported, 2 not found (1 of them not settled), 1 not checked."""
    sources = (
        Source(
            "s1",
            "minutes.pdf",
            document(
                "minutes.pdf",
                MINUTES,
                Meta(
                    title="Minutes of 3 June",
                    publisher="Harbor Board",
                    date=date(2025, 6, 3),
                    url="https://harbor.example/minutes",
                    kind="primary",
                    trust=1.0,
                ),
                format="pdf",
                marks=((0, Location(page=1)),),
                notes=("1 of 3 pages had no text: looks scanned",),
            ),
        ),
        Source(
            "s2",
            "briefing.vtt",
            document(
                "briefing.vtt",
                TRANSCRIPT,
                Meta(title="Briefing", date=date(2025, 6, 3), kind="transcript", speaker="Mona Erikssen"),
                format="vtt",
            ),
        ),
        Source("s3", "traffic.csv", document("traffic.csv", TABLE, Meta(title="Ferry traffic"), format="csv")),
        Source(
            "s4",
            "agency.txt",
            document(
                "agency.txt",
                AGENCY,
                Meta(title="Ferry traffic down", publisher="Coast News Agency", date=date(2025, 1, 20), kind="agency"),
            ),
        ),
        Source("s5", "scan.pdf", None, "scan.pdf has no text: it looks scanned. Run a text recognition first."),
    )
    return Report(
        created="2025-06-11T09:30:00Z",
        version="0.1.0",
        settings=SETTINGS,
        text=document("ferry.txt", ARTICLE, Meta(title="Ferry deal leaves islanders waiting", date=date(2025, 6, 4))),
        sources=sources,
        claims=_claims(),
        internal=(
            Inconsistency(
                "HEADLINE_BODY",
                "The headline speaks of waiting, the body of a fixed day.",
                span_of(ARTICLE, "leaves islanders waiting"),
                span_of(ARTICLE, "by June 1"),
            ),
        ),
        passages={"s1": 4, "s2": 2, "s3": 3, "s4": 2},
        notes=("The check was stopped after 9 of 10 claims.",),
    )
