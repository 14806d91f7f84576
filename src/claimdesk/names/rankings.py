"""What a superlative ranks, and the rows of the evidence that it is ranked against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claimdesk.analysis import Part, Subject, View
from claimdesk.language.text import words as words_of
from claimdesk.model import Finding, Form, Outcome, Quantity, Span
from claimdesk.names.figure_rows import Row, find_rows
from claimdesk.names.superlatives import Superlative, tables
from claimdesk.numbers.intervals import plain
from claimdesk.store import stem

COUNTED = (Form.PLAIN, Form.PERCENT, Form.DURATION, Form.POINTS, Form.AGE)
_POINTING = ("it", "that", "this", "the", "such")


@dataclass(frozen=True)
class Ranked:
    """What a superlative of the claim is about: its value, its year, and the words around it."""

    phrase: Superlative
    sentence: View
    value: Quantity | None
    year: int | None
    words: frozenset[str]
    figures: frozenset[Decimal]

    def beats(self, low: Decimal, high: Decimal) -> bool:
        """Whether a figure between ``low`` and ``high`` surely lies beyond the claim's own."""
        if self.value is None or self.value.low is None or self.value.high is None:
            return False
        return low > self.value.high if self.phrase.way == "high" else high < self.value.low

    def conflict(self, own: str, rival: str, name: str, where: Span, part: int) -> Finding:
        """The finding that a higher (or lower) figure lies in the scope."""
        side = "higher" if self.phrase.way == "high" else "lower"
        detail = f"The claim calls {own} the {self.phrase.said}; the source has {rival} for {name}, which is {side}."
        return self.finding(Outcome.CONFLICTS, "SUPERLATIVE_CONFLICT", detail, where, part, own, rival)

    def finding(
        self, outcome: Outcome, label: str, detail: str, where: Span, part: int, own: str, theirs: str
    ) -> Finding:
        """A finding about this superlative."""
        flag = label == "SUPERLATIVE_SCOPE"
        return Finding("superlatives", outcome, label, detail, self.phrase.span, where, own, theirs, part, flag)


def rank(phrase: Superlative, subject: Subject) -> Ranked:
    """The quantity that is ranked: the nearest of the same sentence, else of the one before ("It was the ...")."""
    analysis = subject.view.analysis
    sentence = View(analysis, phrase.sentence)
    figures = _figures(sentence, phrase)
    if not figures and sentence.text.split(maxsplit=1)[0].casefold() in _POINTING:
        index = analysis.parsed.sentences.index(phrase.sentence)
        figures = _figures(View(analysis, analysis.parsed.sentences[index - 1]), phrase) if index else []
    years = [ref.first.year for ref in sentence.dates if ref.first is not None and ref.relation == "in"]
    year = next((year for year in years if year != phrase.since), None)
    if year is None and subject.meta.date is not None:
        year = subject.meta.date.year
    return Ranked(
        phrase=phrase,
        sentence=sentence,
        value=min(figures, key=lambda item: _gap(item.span, phrase.span)) if figures else None,
        year=year,
        words=frozenset(word.norm.removesuffix("'s") for word in words_of(sentence.text)),
        figures=frozenset(item.values[0] for item in figures),
    )


def _figures(sentence: View, phrase: Superlative) -> list[Quantity]:
    return [
        item
        for item in sentence.quantities
        if item.form in COUNTED and len(item.values) == 1 and not item.soft and not item.span.overlaps(phrase.span)
    ]


def _gap(left: Span, right: Span) -> int:
    return max(left.start - right.end, right.start - left.end, 0)


def compare_rows(ranked: Ranked, parts: Sequence[Part]) -> Finding | None:
    """The rows of all parts as one list: a higher one in the scope conflicts, a list without one decides nothing."""
    if ranked.phrase.way not in ("high", "low"):
        return None
    rows = [
        row
        for part in parts
        for row in find_rows(part.view.analysis.parsed.text, part.view.span, part.index)
        if row.name.casefold() not in tables()["totals"]
    ]
    place = _own_cell(ranked, rows)
    if place is None:
        return None
    column, own = place
    rivals = [row for row in _in_scope(ranked, rows, own) if column in row.figures]
    figures = {id(row): row.figures[column] for row in rivals}
    high = ranked.phrase.way == "high"
    if ranked.value is not None:
        better = [row for row in rivals if ranked.beats(figures[id(row)], figures[id(row)])]
    else:
        mine = own.figures[column]
        better = [row for row in rivals if (figures[id(row)] > mine if high else figures[id(row)] < mine)]
    shown = ranked.value.text if ranked.value is not None else plain(own.figures[column])
    if len(better) >= ranked.phrase.rank:
        best = max(better, key=lambda row: figures[id(row)] if high else -figures[id(row)])
        return ranked.conflict(shown, best.cells[column].strip(), best.name, best.span, best.part)
    if not rivals:
        return None
    detail = f"None of the {len(rivals)} rows in the scope is beyond {shown}; the list may not be complete."
    theirs = own.cells[column].strip()
    return ranked.finding(Outcome.SILENT, "SUPERLATIVE_LISTED", detail, own.span, own.part, shown, theirs)


def _own_cell(ranked: Ranked, rows: Sequence[Row]) -> tuple[str, Row] | None:
    """The column that is ranked and the claim's own row: by its value, else by its heading and its year or name."""
    mine = [row for row in rows if _is_own(ranked, row)]
    if ranked.value is not None:
        for row in mine:
            for key, number in row.figures.items():
                if number == ranked.value.values[0]:
                    return key, row
    wanted = kin(ranked.phrase.noun)
    for row in mine:
        for key in row.figures:
            if {stem(word.norm) for word in words_of(key)} & wanted and _is_same_kind(ranked, rows, key):
                return key, row
    return None


def kin(noun: str) -> set[str]:
    """The stems of a noun and of the headings that mean it.

    >>> sorted(kin("crowd") & kin("attendance"))[:2]
    ['attend', 'audienc']
    """
    found = {stem(noun)}
    for row in tables()["columns"]:
        if stem(noun) in {stem(word) for word in row}:
            found |= {stem(word) for entry in row for word in entry.split()}
    return found


def _is_same_kind(ranked: Ranked, rows: Sequence[Row], key: str) -> bool:
    if ranked.value is None:
        return True
    shares = "%" in key or any("%" in row.cells.get(key, "") for row in rows)
    return shares == (ranked.value.unit == "percent")


def _is_own(ranked: Ranked, row: Row) -> bool:
    """Whether a row is of the claim's year, or of a name that the claim gives."""
    if row.year is not None:
        return ranked.year == row.year
    name = [word.norm for word in words_of(row.name) if len(word.norm) > 2]
    return bool(name) and all(word in ranked.words for word in name)


def _in_scope(ranked: Ranked, rows: Sequence[Row], own: Row) -> list[Row]:
    """The rows that the superlative speaks of: years after "since" and before its own, or the other names."""
    phrase = ranked.phrase
    others = [row for row in rows if row is not own]
    if own.year is not None:
        if phrase.since is None and not phrase.always and "record" not in phrase.text.casefold():
            return []
        return [row for row in others if row.year is not None and (phrase.since or 0) < row.year < own.year]
    if phrase.since is not None or phrase.always:
        return []
    alike = [row for row in others if row.year is None and row.cells.keys() == own.cells.keys()]
    return [row for row in alike if _is_same_group(ranked, row, own)]


def _is_same_group(ranked: Ranked, row: Row, own: Row) -> bool:
    """A ranking within a group (in Orlania) leaves the rows of other groups out."""
    for key, text in own.cells.items():
        words = [word.norm for word in words_of(text)]
        part_of_name = own.name.casefold().find(text.casefold()) >= 0
        named = bool(words) and key not in own.figures and not part_of_name and ranked.words.issuperset(words)
        if named and row.cells.get(key) != text:
            return False
    return True
