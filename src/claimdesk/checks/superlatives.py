"""Superlatives: is there a higher figure within the scope, or does a source say the same superlative?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claimdesk.analysis import Part, Subject, View
from claimdesk.checks.ground import content, shared
from claimdesk.compare import plain
from claimdesk.figure_rows import Row, find_rows
from claimdesk.model import Finding, Form, Outcome, Quantity, Span
from claimdesk.store import stem
from claimdesk.superlatives import Superlative, find_superlatives, tables
from claimdesk.text import words as words_of

_COUNTED = (Form.PLAIN, Form.PERCENT, Form.DURATION, Form.POINTS, Form.AGE)
_ALL_SAID = 0.8  # share of the claim's content that a sentence must have to support a superlative
_SAME_MATTER = 0.4  # share that it must have to speak of the same ranking at all


@dataclass(frozen=True)
class Ranked:
    """What a superlative of the claim is about: its value, its year, and the words around it."""

    phrase: Superlative
    value: Quantity | None
    year: int | None
    words: frozenset[str]
    figures: frozenset[Decimal]


def check_superlatives(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Judges "the largest", "the lowest since 2009", "a record" by the figures and superlatives of the passage.

    A higher figure in the claim's scope conflicts, and so does another rank or the opposite. A sentence that says
    the same superlative of the same thing in the same scope supports. A list without a higher figure decides nothing.
    """
    findings: list[Finding] = []
    for phrase in find_superlatives(subject.view):
        if phrase.negated or phrase.way == "either" and phrase.since is None:
            continue
        ranked = _ranked(phrase, subject)
        finding = (
            _by_rows(ranked, subject, parts)
            or _by_sentences(ranked, subject, parts)
            or _by_words(ranked, subject, parts)
        )
        if finding is not None:
            findings.append(finding)
    return findings


def _ranked(phrase: Superlative, subject: Subject) -> Ranked:
    """The quantity that is ranked: the nearest of the same sentence, else one of the sentence before."""
    analysis = subject.view.analysis
    sentence = View(analysis, phrase.sentence)
    candidates = _figures(sentence, phrase)
    if not candidates:
        index = analysis.parsed.sentences.index(phrase.sentence)
        if index and sentence.text.split()[0].casefold() in ("it", "that", "this", "the", "such"):
            candidates = _figures(View(analysis, analysis.parsed.sentences[index - 1]), phrase)
    value = min(candidates, key=lambda item: _gap(item.span, phrase.span)) if candidates else None
    years = [ref.first.year for ref in sentence.dates if ref.first is not None and ref.relation == "in"]
    year = next((year for year in years if year != phrase.since), None)
    if year is None and subject.meta.date is not None:
        year = subject.meta.date.year
    return Ranked(
        phrase,
        value,
        year,
        frozenset(word.norm.removesuffix("'s") for word in words_of(sentence.text)),
        frozenset(item.values[0] for item in candidates),
    )


def _figures(sentence: View, phrase: Superlative) -> list[Quantity]:
    return [
        item
        for item in sentence.quantities
        if item.form in _COUNTED and len(item.values) == 1 and not item.soft and not item.span.overlaps(phrase.span)
    ]


def _gap(left: Span, right: Span) -> int:
    return max(left.start - right.end, right.start - left.end, 0)


# --- rows of figures -------------------------------------------------------------------------------


def _by_rows(ranked: Ranked, subject: Subject, parts: Sequence[Part]) -> Finding | None:
    if ranked.phrase.way not in ("high", "low"):
        return None
    rows = [
        row
        for part in parts
        for row in find_rows(part.view.analysis.parsed.text, part.view.span, part.index)
        if row.name.casefold() not in tables()["totals"]
    ]
    column, own = _column(ranked, rows)
    if column is None:
        return None
    value = _value(ranked, own, column)
    if value is None:
        return None
    low, high = value
    rivals = [row for row in _in_scope(ranked, rows, own) if column in row.figures]
    better = [
        row
        for row in rivals
        if (row.figures[column] > high if ranked.phrase.way == "high" else row.figures[column] < low)
    ]
    shown = ranked.value.text if ranked.value is not None else plain(own.figures[column]) if own is not None else ""
    if len(better) >= ranked.phrase.rank:
        best = max(better, key=lambda row: row.figures[column] if ranked.phrase.way == "high" else -row.figures[column])
        side = "higher" if ranked.phrase.way == "high" else "lower"
        detail = f"The claim calls {shown} the {_words(ranked)}; the source has {best.cells[column].strip()} for {best.name}, which is {side}."
        return _finding(
            Outcome.CONFLICTS,
            "SUPERLATIVE_CONFLICT",
            detail,
            ranked,
            subject,
            best.span,
            best.part,
            shown,
            best.cells[column].strip(),
        )
    if rivals and own is not None:
        detail = f"None of the {len(rivals)} rows in the scope is beyond {shown}; the list may not be complete."
        return _finding(
            Outcome.SILENT,
            "SUPERLATIVE_LISTED",
            detail,
            ranked,
            subject,
            own.span,
            own.part,
            shown,
            own.cells[column].strip(),
        )
    return None


def _column(ranked: Ranked, rows: Sequence[Row]) -> tuple[str | None, Row | None]:
    """The column that is ranked and the claim's own row: by its value, else by its heading and its year or name."""
    if ranked.value is not None:
        for row in rows:
            for key, number in row.figures.items():
                if number == ranked.value.values[0] and _is_own(ranked, row):
                    return key, row
    wanted = _kin(ranked.phrase.noun)
    for key in dict.fromkeys(key for row in rows for key in row.figures):
        heading = {stem(word.norm) for word in words_of(key)}
        if key and heading & wanted and _same_kind(ranked, rows, key):
            own = next((row for row in rows if key in row.figures and _is_own(ranked, row)), None)
            if own is not None:
                return key, own
    return None, None


def _kin(noun: str) -> set[str]:
    """The stems of a noun and of the headings that mean it."""
    found = {stem(noun)}
    for row in tables()["columns"]:
        if stem(noun) in {stem(word) for word in row}:
            found |= {stem(word) for entry in row for word in entry.split()}
    return found


def _same_kind(ranked: Ranked, rows: Sequence[Row], key: str) -> bool:
    if ranked.value is None:
        return True
    shares = any("%" in row.cells[key] for row in rows if key in row.cells)
    return shares == (ranked.value.unit == "percent") or ("%" not in key and not shares and ranked.value.unit is None)


def _is_own(ranked: Ranked, row: Row) -> bool:
    """Whether a row is of the claim's year, or of a name that the claim gives."""
    if row.year is not None:
        return ranked.year == row.year
    name = [word.norm for word in words_of(row.name) if len(word.norm) > 2]
    return bool(name) and all(word in ranked.words for word in name)


def _value(ranked: Ranked, own: Row | None, column: str) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest that the claim's figure can be."""
    if ranked.value is not None:
        if ranked.value.low is None or ranked.value.high is None:
            return None
        return ranked.value.low, ranked.value.high
    return (own.figures[column], own.figures[column]) if own is not None else None


def _in_scope(ranked: Ranked, rows: Sequence[Row], own: Row | None) -> list[Row]:
    """The rows that the superlative speaks of: years after "since" and before its own, or the other names."""
    phrase = ranked.phrase
    others = [row for row in rows if row is not own]
    dated = own.year is not None if own is not None else any(row.year is not None for row in rows)
    if dated:
        end = own.year if own is not None else ranked.year
        if end is None or (phrase.since is None and not phrase.always and "record" not in phrase.text.casefold()):
            return []
        return [row for row in others if row.year is not None and (phrase.since or 0) < row.year < end]
    if own is None or phrase.since is not None or phrase.always:
        return []
    return [
        row
        for row in others
        if row.year is None and row.cells.keys() == own.cells.keys() and _same_group(ranked, row, own)
    ]


def _same_group(ranked: Ranked, row: Row, own: Row) -> bool:
    """A ranking within a group (in Orlania) leaves the rows of other groups out."""
    for key, text in own.cells.items():
        words = [word.norm for word in words_of(text)]
        named = (
            bool(words) and key not in own.figures and text != own.name and all(word in ranked.words for word in words)
        )
        if named and row.cells.get(key) != text:
            return False
    return True


# --- sentences with a figure -----------------------------------------------------------------------


def _by_sentences(ranked: Ranked, subject: Subject, parts: Sequence[Part]) -> Finding | None:
    """ "In 2014 the final drew 51,002 people" against "the biggest crowd since 2009, 48,217"."""
    phrase, value = ranked.phrase, ranked.value
    scoped = phrase.since is not None or phrase.always
    if (
        phrase.way not in ("high", "low")
        or phrase.rank != 1
        or value is None
        or not scoped
        or value.low is None
        or value.high is None
    ):
        return None
    for part in parts:
        for sentence in _sentences(part):
            figures = [item for item in sentence.quantities if item.form in _COUNTED and len(item.values) == 1]
            years = {ref.first.year for ref in sentence.dates if ref.first is not None and ref.relation == "in"}
            if len(figures) != 1 or len(years) != 1 or not _certain(sentence) or find_superlatives(sentence):
                continue
            other, year = figures[0], next(iter(years))
            if other.unit != value.unit or other.per != value.per or other.low is None or other.high is None:
                continue
            if not (phrase.since or 0) < year < (ranked.year or 9999) or not _same_measure(
                ranked, subject, sentence, other
            ):
                continue
            if other.low > value.high if phrase.way == "high" else other.high < value.low:
                side = "higher" if phrase.way == "high" else "lower"
                detail = f"The claim calls {value.text} the {_words(ranked)}; the source has {other.text} in {year}, which is {side}."
                return _finding(
                    Outcome.CONFLICTS,
                    "SUPERLATIVE_CONFLICT",
                    detail,
                    ranked,
                    subject,
                    other.span,
                    part.index,
                    value.text,
                    other.text,
                )
    return None


def _same_measure(ranked: Ranked, subject: Subject, sentence: View, other: Quantity) -> bool:
    """What is ranked is named there, or the counted things are the same, and the rest of the claim's matter is shared."""
    held = content(sentence)
    if not _kin(ranked.phrase.noun) & held:
        return False
    return _shared(View(subject.view.analysis, ranked.phrase.sentence), sentence) >= _SAME_MATTER


def _certain(sentence: View) -> bool:
    lowered = {token.lower_ for token in sentence.tokens}
    return not lowered & {
        "may",
        "might",
        "could",
        "would",
        "will",
        "expected",
        "forecast",
        "not",
        "n't",
        "from",
        "target",
    }


# --- the same superlative in words -----------------------------------------------------------------


def _by_words(ranked: Ranked, subject: Subject, parts: Sequence[Part]) -> Finding | None:
    """What the source's own superlatives say of the claim's; a conflict or a support before what is only narrower."""
    claim = View(subject.view.analysis, ranked.phrase.sentence)
    quiet: Finding | None = None
    for part in parts:
        for phrase in find_superlatives(part.view):
            sentence = View(part.view.analysis, phrase.sentence)
            if not _kin(ranked.phrase.noun) & _kin(phrase.noun) or not _one_matter(ranked, claim, sentence):
                continue
            outcome, label, detail = _relation(ranked, phrase)
            if outcome is Outcome.SUPPORTS and (
                _shared(claim, sentence) < _ALL_SAID or not _names_in(claim, part.view)
            ):
                outcome, detail = (
                    Outcome.SILENT,
                    f"The source says {phrase.text} {phrase.noun}, but not all that the claim says of it.",
                )
            finding = _finding(
                outcome, label, detail, ranked, subject, phrase.span, part.index, ranked.phrase.text, phrase.text,
                flag=label == "SUPERLATIVE_SCOPE",
            )  # fmt: skip
            if outcome is not Outcome.SILENT:
                return finding
            quiet = quiet or finding
    return quiet


def _relation(ranked: Ranked, other: Superlative) -> tuple[Outcome, str, str]:
    ours = ranked.phrase
    scopes = (ours.since, ours.always, ours.within) == (other.since, other.always, other.within)
    if ours.way == other.way and ours.rank == other.rank and not other.negated:
        if scopes:
            return Outcome.SUPPORTS, "SUPERLATIVE_STATED", f'The source says it too: "{_said(other)}".'
        if ours.way == "first" and ours.since is not None and other.since is not None:
            detail = f"The claim says the first since {ours.since}, the source since {other.since}."
            return Outcome.CONFLICTS, "SUPERLATIVE_CONFLICT", detail
        return (
            Outcome.SILENT,
            "SUPERLATIVE_SCOPE",
            f'The scope differs: "{_said(ours)}" and, in the source, "{_said(other)}".',
        )
    if scopes and {ours.way, other.way} <= {"high", "low"}:
        if ours.way == other.way and ours.rank == other.rank and other.negated:
            return Outcome.CONFLICTS, "SUPERLATIVE_CONFLICT", f"The source says that it is not the {_said(other)}."
        if not other.negated:
            return (
                Outcome.CONFLICTS,
                "SUPERLATIVE_CONFLICT",
                f"The claim says {_said(ours)}, the source {_said(other)}.",
            )
    return Outcome.SILENT, "SUPERLATIVE_SCOPE", f'The source ranks otherwise: "{_said(other)}".'


def _one_matter(ranked: Ranked, claim: View, sentence: View) -> bool:
    """Whether two rankings are of one thing: the same figure, or the same subject words."""
    if any(item.values and item.values[0] in ranked.figures for item in sentence.quantities):
        return _shared(claim, sentence) >= _SAME_MATTER
    return _shared(claim, sentence) >= 0.6 and _names_in(claim, sentence)


def _names_in(claim: View, evidence: View) -> bool:
    """Whether every name of the claim stands in the evidence."""
    known = {stem(word.norm.removesuffix("'s")) for word in words_of(evidence.text)}
    names = [token for token in claim.tokens if token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "TIME")]
    return all(stem(token.lower_) in known for token in names if token.is_alpha)


def _sentences(part: Part) -> list[View]:
    analysis = part.view.analysis
    return [View(analysis, span) for span in analysis.parsed.sentences if part.view.span.overlaps(span)]


def _shared(claim: View, sentence: View) -> float:
    return shared(claim, sentence, [item.number for item in claim.quantities])


def _said(phrase: Superlative) -> str:
    scope = (
        f"since {phrase.since}"
        if phrase.since is not None
        else "ever"
        if phrase.always
        else phrase.within and f"in {phrase.within}"
    )
    words = phrase.text.casefold().removeprefix("the ")
    return " ".join(part for part in (words, "" if phrase.noun in words else phrase.noun, scope) if part)


def _words(ranked: Ranked) -> str:
    return _said(ranked.phrase)


def _finding(
    outcome: Outcome, label: str, detail: str, ranked: Ranked, subject: Subject, where: Span, part: int, ours: str, theirs: str,
    flag: bool = False,
) -> Finding:  # fmt: skip
    return Finding("superlatives", outcome, label, detail, ranked.phrase.span, where, ours, theirs, part, flag)
