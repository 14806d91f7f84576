"""Date expressions, resolved against the text's own date."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from claimdesk.dates.calendar_days import Days, day
from claimdesk.dates.patterns import MONTH_NUMBER, Hit, date_words, scan
from claimdesk.dates.readings import Reading, Setting
from claimdesk.dates.rules import read_hit
from claimdesk.dates.tense import Tense, modifies_noun, tense_at
from claimdesk.language.parse import Parsed
from claimdesk.language.text import fold
from claimdesk.model import DateRef, Span

# A date line may follow a headline, but not far down.
_OPENING = 500
# Texts beyond this are not parsed for tense alone; the readings of both tenses are kept instead.
_PARSE_LIMIT = 400_000
# The same for texts with a "sentence" beyond this: no prose, and the parser is slow on it.
_SENTENCE_LIMIT = 5_000
# "Two days earlier" leans on a day named at most this many characters before.
_MEMORY = 1_500

_DATELINE = re.compile(
    r"(?:\A|\n[ \r]{0,3}\n)\s{0,20}(?P<place>[A-Z][\w .,'/-]{1,60}?),\s{1,3}"
    r"(?P<day>(?P<m>[A-Z][a-z]{2,8})\.?\s(?P<d>\d{1,2})|(?P<d2>\d{1,2})\s(?P<m2>[A-Z][a-z]{2,8}))"
    r"(?:,?\s(?P<y>(?:19|20)\d\d))?\s{0,2}(?:\([^()\n]{1,60}\)\s{0,2})?(?:[-–—]|:)"
)
_PLACE_MARKS = str.maketrans("", "", " .'-/")
_JOIN = re.compile(r"(?:\s(?:to|until|till|through|and)\s(?:the\s)?|\s?[-–]\s?)\Z")
_RELATION = re.compile(
    r"(?i)\b(?P<word>since|until|till|through|up\sto|by|no\slater\sthan|prior\sto|before|after|from|starting(?:\son|\sin)?"
    r"|beginning(?:\son|\sin)?|effective|between|as\sof)\s(?P<rest>(?:the|about|around|at\sleast|its|their|his|her|a)\s)?$"
)
_RELATIONS = {"since": "since", "until": "until", "till": "until", "through": "until", "up to": "until", "by": "by",
              "no later than": "by", "prior to": "before", "before": "before", "after": "after", "from": "since",
              "starting": "since", "beginning": "since", "effective": "since"}  # fmt: skip
_COUNTED = re.compile(
    r"(?i)\b(?:days?|weeks?|months?|years?|hours?|soon|shortly|just|immediately|decades?)\s(?:before|after|since)\s(?:the\s)?$"
)


def dateline_date(text: str, year_hint: int | None = None) -> date | None:
    """The day of a date line at the start of a text; None where there is none or its year is unknown.

    >>> dateline_date("LISLE, June 11 (Agency) - Talks began.", 2025)
    datetime.date(2025, 6, 11)
    """
    found = _dateline(fold(text[:_OPENING]))
    if not found:
        return None
    year = int(found["y"]) if found["y"] else year_hint
    month = MONTH_NUMBER.get((found["m"] or found["m2"])[:3].lower())
    return day(year, month, int(found["d"] or found["d2"])) if year and month else None


def _dateline(start: str) -> re.Match[str] | None:
    for found in _DATELINE.finditer(start):
        if found["place"].split(",")[0].translate(_PLACE_MARKS).isupper():
            return found
    return None


def dateline_span(text: str) -> Span | None:
    """Where the day of a date line stands, without the place; None where a text has no date line."""
    found = _dateline(fold(text[:_OPENING]))
    return Span(*found.span("day")) if found else None


def find_dates(parsed: Parsed, anchor: date | None) -> tuple[DateRef, ...]:
    """Every date expression of a text in order, resolved against ``anchor``, the day the text was published.

    A date line at the start of the text overrides the anchor when it lies at most a month before it. Without any
    anchor, relative expressions and days without a year keep their grain and have no days.
    """
    folded = fold(parsed.text)
    hits = scan(folded)
    if not hits:
        return ()
    return _Resolver(parsed, folded, _own_day(folded, anchor)).resolve(hits)


def days_between(refs: Iterable[DateRef]) -> list[tuple[DateRef, DateRef]]:
    """The two ends of every written stretch of days ("from 4 March to 6 June") as references of one day each.

    Ranges of months or years are left out: they do not say a number of days.
    """
    return [
        (replace(ref, last=ref.first), replace(ref, first=ref.last))
        for ref in refs
        if ref.grain == "day" and ref.relation == "in" and not ref.fuzzy and ref.first and ref.last
        if ref.first < ref.last
    ]


def _own_day(folded: str, anchor: date | None) -> date | None:
    start = folded[:_OPENING]
    if anchor is None:
        return dateline_date(start)
    for year in (anchor.year, anchor.year - 1):
        found = dateline_date(start, year)
        if found and timedelta(0) <= anchor - found <= timedelta(days=31):
            return found
    return anchor


class _Resolver:
    """One pass over the hits of a text, remembering the last day that it named."""

    def __init__(self, parsed: Parsed, folded: str, anchor: date | None) -> None:
        self.parsed, self.folded, self.anchor = parsed, folded, anchor
        self.found: list[DateRef] = []
        self.outer = [mark for mark in parsed.marks if mark.depth == 0]
        self.starts = [mark.outer.start for mark in self.outer]
        self.hits: Sequence[Hit] = ()
        longest = max((len(span) for span in parsed.sentences), default=0)
        self.grammatical = len(parsed.text) <= _PARSE_LIMIT and longest <= _SENTENCE_LIMIT

    def resolve(self, hits: Sequence[Hit]) -> tuple[DateRef, ...]:
        """The dates of all hits in order."""
        self.hits, self.places, index = hits, [hit.span.start for hit in hits], 0
        while index < len(hits):
            joined = self._range(hits, index) or self._within(hits, index)
            self.found.append(joined or self._single(hits[index]))
            index += 2 if joined else 1
        return tuple(self.found)

    # --- one expression --------------------------------------------------------------------------

    def _single(self, hit: Hit) -> DateRef:
        reading = self._read(hit)
        relation = self._relation(hit)
        ref = self._ref(hit.span, reading)
        if not reading.days:
            return replace(ref, relation=relation)
        first, last = _open(reading.days, relation)
        others = tuple((_open(other, relation)) for other in reading.others)
        closed = tuple((a or b, b or a) for a, b in others if (a or b) and relation == "in")
        return replace(ref, first=first, last=last, relation=relation, alternatives=closed)  # type: ignore[arg-type]

    def _ref(self, span: Span, reading: Reading) -> DateRef:
        first, last = reading.days or (None, None)
        anchor = "previous" if reading.previous else "text" if reading.floating else "explicit"
        if anchor == "text" and self._mark_at(span) is not None:
            anchor = "quote"
        return DateRef(span, span.of(self.parsed.text), first, last, reading.grain, "in", anchor, reading.others,
                       reading.fuzzy, reading.problem)  # fmt: skip

    def _read(self, hit: Hit) -> Reading:
        return read_hit(hit, Setting(self._anchor_for(hit), lambda: self._tense(hit), self._previous(hit.span)))

    def _tense(self, hit: Hit) -> Tense:
        if self._relation(hit) == "since":
            return "past"
        if not self.grammatical:
            return "unknown"
        tokens = self.parsed.tokens(hit.span)
        if not len(tokens):
            return "unknown"
        tense = tense_at(tokens.root)
        if tense == "present" and modifies_noun(tokens.root):
            return "past"  # "is about Monday's debate"
        return "past" if tense == "unknown" else tense

    def _previous(self, span: Span) -> Days | None:
        for ref in reversed(self.found[-8:]):
            if span.start - ref.span.end > _MEMORY:
                return None
            if ref.relation == "in" and ref.first and ref.last and not is_statement_day(self.folded, ref.span):
                return ref.first, ref.last
        for ref in reversed(self.found[-3:]):
            if ref.relation == "in" and ref.first and ref.last:
                return ref.first, ref.last
        return None

    # --- relations and ranges --------------------------------------------------------------------

    def _relation(self, hit: Hit) -> str:
        before = self.folded[max(0, hit.span.start - 30) : hit.span.start]
        found = _RELATION.search(before)
        if not found or hit.pieces.keys() & {"e", "f", "z"}:
            return "in"
        word = " ".join(found["word"].lower().split())
        relation = _RELATIONS.get(word, _RELATIONS.get(word.split()[0], "in"))
        if _COUNTED.search(before) and relation in ("before", "after"):
            return "in"
        after = self.folded[hit.span.end : hit.span.end + 12]
        modifier = after.startswith("'s ") or bool(found["rest"] and re.match(r"\s[a-z]", after))
        if modifier and relation in ("before", "after", "until"):
            return "in"
        if word == "from" and (
            modifier
            or hit.kind in ("year", "decade", "century")
            or not self._hangs_on_verb(hit.span.start - len(found.group()))
        ):
            return "in"
        return relation

    def _hangs_on_verb(self, start: int) -> bool:
        """Whether a preposition belongs to a verb other than "date": "applied from June 2", not "papers from 1995"."""
        if not self.grammatical:
            return False
        tokens = self.parsed.tokens(Span(start, start + 4))
        head = tokens[0].head if len(tokens) else None
        return head is not None and head.pos_ in ("VERB", "AUX") and head.lemma_.lower() != "date"

    def _range(self, hits: Sequence[Hit], index: int) -> DateRef | None:
        """From March 4 to June 6; between 2010 and 2014; June 28-July 2: one stretch from end to end."""
        if index + 1 >= len(hits):
            return None
        one, two = hits[index], hits[index + 1]
        gap = self.folded[one.span.end : two.span.start]
        if len(gap) > 12 or not _JOIN.match(gap):
            return None
        before = self.folded[max(0, one.span.start - 10) : one.span.start].lower()
        word = gap.strip().split(" ")[0]
        if word == "and" and not re.search(r"\bbetween\s$", before):
            return None
        first, second = self._ends(one, two)
        if not first.days or not second.days or first.days[0] > second.days[1]:
            return None if self.anchor else self._open_range(one, two, first)
        reading = replace(
            second, days=(first.days[0], second.days[1]), others=(), problem=first.problem or second.problem
        )
        return self._ref(Span(one.span.start, two.span.end), reading)

    def _within(self, hits: Sequence[Hit], index: int) -> DateRef | None:
        """Monday of last week, June 16 of last year: the one inside the other."""
        if index + 1 >= len(hits):
            return None
        one, two = hits[index], hits[index + 1]
        gap = self.folded[one.span.end : two.span.start].strip()
        if gap not in ("of", "", ",", "in") or two.kind != "shifted" or "y" in one.pieces:
            return None
        unit, span = two.pieces.get("unit"), Span(one.span.start, two.span.end)
        if not (one.kind in ("day", "month") and unit == "year" or one.kind == "weekday" and unit == "week"):
            return None
        outer = self._read(two)
        if not outer.days:
            return self._ref(span, replace(outer, grain="month" if one.kind == "month" else "day"))
        if one.kind == "weekday":
            setting = Setting(outer.days[1], lambda: "past")
            return self._ref(span, read_hit(one, setting))
        year = replace(one, pieces=one.pieces | {"y": str(outer.days[0].year)})
        return self._ref(span, replace(self._read(year), floating=True))

    def _ends(self, one: Hit, two: Hit) -> tuple[Reading, Reading]:
        """Both ends of a range; a year that only one end names holds for the other: January 4 to May 3, 2024."""
        yearly = one.kind == two.kind and one.kind in ("day", "month")
        if yearly and "y" in two.pieces and "y" not in one.pieces:
            later = _month_day(one) > _month_day(two)
            one = replace(one, pieces=one.pieces | {"y": str(int(two.pieces["y"]) - later)})
        first = self._read(one)
        if yearly and "y" not in two.pieces and first.days:
            earlier = _month_day(two) < _month_day(one)
            two = replace(two, pieces=two.pieces | {"y": str(first.days[0].year + earlier)})
            return first, replace(self._read(two), floating=first.floating)
        return first, self._read(two)

    def _open_range(self, one: Hit, two: Hit, reading: Reading) -> DateRef:
        return self._ref(Span(one.span.start, two.span.end), replace(reading, days=None, others=()))

    # --- quotation marks -------------------------------------------------------------------------

    def _mark_at(self, span: Span) -> Span | None:
        index = bisect_right(self.starts, span.start) - 1
        if index < 0 or not self.outer[index].outer.contains(span):
            return None
        return self.outer[index].outer

    def _anchor_for(self, hit: Hit) -> date | None:
        """Words in quotation marks count from the day they were said, where the same sentence names it."""
        mark = self._mark_at(hit.span)
        if mark is None or self.anchor is None:
            return self.anchor
        around = Span(self.parsed.sentence_at(mark.start).start, self.parsed.sentence_at(mark.end - 1).end)
        index = bisect_left(self.places, max(around.start, mark.start - 300))
        for other in self.hits[index : index + 12]:
            if other.span.start > min(around.end, mark.end + 300):
                break
            if other.kind in ("weekday", "day", "near") and self._mark_at(other.span) is None:
                if is_statement_day(self.folded, other.span):
                    days = read_hit(other, Setting(self.anchor, lambda: "past")).days
                    if days and days[0] == days[1]:
                        return days[0]
        return self.anchor


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(date_words()["context"]["cues"].split())
    return (re.compile(rf"(?i)\b(?:{words})\b[^.\n\"]{{0,60}}$"),
            re.compile(rf"(?i)[^.;\n\"]{{0,40}}\b(?:{words})\b"))  # fmt: skip


def is_statement_day(folded: str, span: Span) -> bool:
    """Whether a day stands right beside a speech cue: "said on Wednesday", "On Wednesday, the office said".

    The surface alone decides; a day that an event verb separates from the cue is not one.
    """
    before, after = _cues()
    if found := before.search(folded[max(0, span.start - 80) : span.start]):
        return len(re.findall(r"\w+", found.group())) <= 6 and not re.search(r"(?i)\bthat\b", found.group())
    opening = re.search(r"(?:^|[.!?\n\"]\s{0,2})(?:On\s)?$", folded[max(0, span.start - 8) : span.start])
    return bool((opening if span.start > 8 else True) and after.match(folded, span.end))


def _month_day(hit: Hit) -> tuple[int, int]:
    digits = "".join(char for char in hit.pieces.get("d", "1") if char.isdigit())
    return MONTH_NUMBER[hit.pieces["m"][:3].lower()], int(digits)


def _open(days: Days, relation: str) -> tuple[date | None, date | None]:
    """Inclusive days of a relation: before June 2 ends on June 1, after it begins on June 3."""
    first, last = days
    one = timedelta(days=1)
    if relation == "since":
        return first, None
    if relation in ("until", "by"):
        return None, last
    if relation == "before":
        return None, first - one if first > date.min else first
    if relation == "after":
        return last + one if last < date.max else last, None
    return first, last
