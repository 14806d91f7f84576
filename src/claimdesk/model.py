"""The nouns of Claimdesk: frozen records that the stages hand to one another.

Every offset is a half-open range of Python string indices into the text that the record came from.
Nothing here computes; the stages do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What kind of claim a span makes."""

    QUANTITY = "quantity"
    QUOTE = "quote"
    DATE = "date"
    STATEMENT = "statement"


class QuoteType(StrEnum):
    """How speech is reported: in marks as a clause, in marks as a fragment, or without marks."""

    DIRECT = "direct"
    PARTIAL = "partial"
    INDIRECT = "indirect"


class Outcome(StrEnum):
    """What one check found out about one claim and one passage."""

    SUPPORTS = "supports"
    CONFLICTS = "conflicts"
    SILENT = "silent"


READ = frozenset(("ENTAILED", "CONTRADICTED"))  # labels of findings that rest on the trained judge's reading alone


class Stance(StrEnum):
    """What one passage does to one claim."""

    SUPPORTS = "supports"
    CONFLICTS = "conflicts"
    RELATED = "related"


class Verdict(StrEnum):
    """What all the sources together do to one claim."""

    SUPPORTED = "supported"
    CONFLICTING = "conflicting"
    MIXED = "mixed"
    NOT_FOUND = "not_found"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open range of characters, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this span in ``text``."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same range, ``by`` characters further on."""
        return Span(self.start + by, self.end + by)

    def __len__(self) -> int:
        return self.end - self.start


# --- texts and sources ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about a text: empty string or None where unknown, never a guess.

    ``trust`` is 0 to 1 (domain rule: primary document 1.0, agency 0.9, outlet 0.7, secondary 0.5).
    ``kind`` is free text (``transcript``, ``agency``, ``outlet``, ``primary`` ...); ``type`` is one of
    ``transcript``, ``statement``, ``report``, ``interpreted`` or empty. ``speaker``, ``role``, ``org`` and
    ``medium`` hold for a text that is one person's words.
    """

    title: str = ""
    publisher: str = ""
    date: date | None = None
    url: str = ""
    kind: str = ""
    trust: float | None = None
    speaker: str = ""
    role: str = ""
    org: str = ""
    medium: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a character stands in its file, in the terms of a reader: page 3, row 12 of sheet Q2, turn 4."""

    page: int | None = None
    row: int | None = None
    sheet: str | None = None
    heading: str | None = None
    speaker: str | None = None
    turn: int | None = None
    time: str | None = None
    role: str | None = None  # what the transcript says beside the speaker's name


@dataclass(frozen=True, slots=True)
class Document:
    """One immutable text with what is known about it.

    ``marks`` maps offsets to places: sorted (start offset, location) pairs, each holding until the next.
    ``furniture`` lists spans that are in the text but are not prose (front matter, a leading date line).
    ``notes`` are things a person should know ("2 of 14 pages had no text").
    """

    name: str
    text: str
    sha256: str
    format: str
    meta: Meta = field(default_factory=Meta)
    marks: tuple[tuple[int, Location], ...] = ()
    furniture: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()

    def location(self, offset: int) -> Location:
        """The place of the character at ``offset``."""
        from bisect import bisect_right

        index = bisect_right(self.marks, offset, key=lambda mark: mark[0]) - 1
        return self.marks[index][1] if index >= 0 else Location()


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the reference corpus, or the reason why it could not be read (``error``)."""

    id: str
    path: str
    document: Document | None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a source (``core``) with its neighbors (``window``); both index the source's text."""

    source: str
    index: int
    core: Span
    window: Span


# --- what is found in a text ---------------------------------------------------------------------


class Form(StrEnum):
    """How a quantity is written; it decides which comparisons make sense."""

    PLAIN = "plain"  # 1,212; €3.5m; 16 km
    PERCENT = "percent"  # 15%, 15 per cent
    POINTS = "points"  # 2 percentage points, 40 basis points (unit pp)
    FRACTION = "fraction"  # a third of, half of: unit percent
    RATIO = "ratio"  # one in five, 3 out of 10: unit percent
    ODDS = "odds"  # 2-to-1, 2:1
    SCORE = "score"  # 9-0
    ORDINAL = "ordinal"  # third, 27th
    AGE = "age"  # 27-year-old, aged 27
    DURATION = "duration"  # three months
    MULTIPLE = "multiple"  # doubled, threefold, twice: value is the factor
    RANGE = "range"  # 12 to 15
    VAGUE = "vague"  # dozens, hundreds, several, most
    ZERO = "zero"  # no, none, no one


class Hedge(StrEnum):
    """The bound or hedge in front of a number (domain rule: section 4.3, hedges have directions and widths)."""

    NONE = "none"
    EXACTLY = "exactly"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_UNDER = "just_under"
    JUST_OVER = "just_over"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    UP_TO = "up_to"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written and as understood: an interval of Decimals.

    ``low`` and ``high`` bound the value set, None is unbounded, ``*_open`` leaves the end itself out.
    ``values`` are the bare numbers written, scale words applied (one, or two for a range, score or odds).
    ``granule`` is the step that the wording shows (1,200: 100; 3.4: 0.1). ``unit`` is canonical (``percent``,
    ``pp``, ``USD``, ``km``, ``year`` ...), None for a plain count. ``of`` is the (part, base) of "3 out of 10".
    ``per`` is the base of a rate as written ("per 100,000 people", "a day").
    ``soft`` values (several, a few) never conflict.
    """

    span: Span
    text: str
    number: Span
    low: Decimal | None
    high: Decimal | None
    low_open: bool
    high_open: bool
    values: tuple[Decimal, ...]
    granule: Decimal
    unit: str | None
    form: Form
    hedge: Hedge
    of: tuple[Decimal, Decimal] | None = None
    per: str | None = None
    soft: bool = False
    noun: Span | None = None  # the counted noun phrase right after, where the wording shows one


@dataclass(frozen=True, slots=True)
class DateRef:
    """A date expression resolved to inclusive days; None is open.

    ``grain`` is day, weekend, week, part, month, quarter, season, year or decade. ``relation`` is ``in``, or
    ``since``, ``until``, ``by``, ``before``, ``after``. ``alternatives`` are other sound readings
    ("last Monday"). ``problem`` says what is wrong with it in words ("2025-11-12 is a Wednesday").
    """

    span: Span
    text: str
    first: date | None
    last: date | None
    grain: str
    relation: str = "in"
    anchor: str = "text"  # text, explicit, quote, caption, previous
    alternatives: tuple[tuple[date, date], ...] = ()
    fuzzy: bool = False  # overnight, late on, around: a day's difference does not conflict
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a speaker, and who that is as far as it is safe to say.

    ``name`` is the longest form found in the same text, ``role`` and ``org`` what stands beside it.
    ``ambiguous`` means that two people fit and nobody was chosen.
    """

    span: Span
    text: str
    name: str
    role: str = ""
    org: str = ""
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """The word that reports speech, with its class (neutral, assert, factive, negative, suggest, directive, frame)."""

    span: Span
    text: str
    lemma: str
    group: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Reported speech: its parts in order, who said it, and with which word.

    For marked speech ``content`` spans lie inside the marks; ``outer`` covers the marks too.
    ``flags``: unclosed, headline, running, interrupted, nested, scare.
    """

    type: QuoteType
    content: tuple[Span, ...]
    outer: tuple[Span, ...]
    speaker: Mention | None
    cue: Cue | None
    confidence: float
    medium: str = ""
    via: str = ""
    target: str = ""  # described the audit as ...: the audit
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attributed:
    """What somebody is said to want, judge, discuss or announce, without words of his: it is never judged.

    ``content`` is what the cue is about ("the attack" of *condemned the attack*). ``cue.group`` is speech, judgement,
    attitude, intention, decision or impression. ``flags``: negated, unreal (may condemn, if she condemns).
    """

    content: Span
    cue: Cue
    speaker: Mention | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable slot of a text: a span of the original, never a rewritten sentence.

    ``context`` are words that identify what the claim is about (speaker, place, date); they go into the
    retrieval query and are never shown as the claim. ``flags``: caption, headline, ambiguous_speaker ...
    """

    id: str
    kind: Kind
    span: Span
    text: str
    sentence: Span
    worthiness: float
    speaker: Mention | None = None
    quantity: Quantity | None = None
    quote: Quote | None = None
    dates: tuple[DateRef, ...] = ()
    context: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


# --- what is found out ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says about one claim and one passage, with the two places compared.

    ``claim_span`` indexes the checked text, ``evidence_span`` the evidence; ``part`` is the index in a list
    of evidence. ``claim_value`` and ``evidence_value`` are what was understood, for the comparison table.
    ``flag`` marks a label that a person must see though it decides nothing. ``covers`` are the claim's time
    expressions that the evidence bore out together with the value; they need no confirmation of their own.
    """

    check: str
    outcome: Outcome
    label: str
    detail: str
    claim_span: Span | None = None
    evidence_span: Span | None = None
    claim_value: str = ""
    evidence_value: str = ""
    part: int = 0
    flag: bool = False
    covers: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The stance of one body of evidence toward one claim, with everything that led to it."""

    stance: Stance
    confidence: float
    probabilities: dict[str, float]
    reason: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage shown for a claim. ``start`` and ``end`` index the source's extracted text."""

    source: str
    stance: Stance
    confidence: float
    start: int
    end: int
    text: str
    location: Location
    score: float
    reason: str
    findings: tuple[Finding, ...]
    origin: str
    later_than_text: bool = False
    copied_from_text: bool = False

    @property
    def is_read(self) -> bool:
        """Whether the trained judge decided, which no person can repeat by hand: rules come before it."""
        decided = (finding.label for finding in self.findings if finding.outcome.value == self.stance.value)
        return next(decided, "") in READ


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its verdict; ``reason`` is one line that a person can repeat by hand."""

    claim: Claim
    verdict: Verdict
    reason: str
    confidence: float
    evidence: tuple[Evidence, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Two places of one text that cannot both be right."""

    label: str
    detail: str
    first: Span
    second: Span


@dataclass(frozen=True, slots=True)
class Report:
    """One finished check: the text, the sources, every claim with its evidence, and the settings used."""

    created: str
    version: str
    settings: dict[str, object]
    text: Document
    sources: tuple[Source, ...]
    claims: tuple[Checked, ...]
    internal: tuple[Inconsistency, ...] = ()
    passages: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
