"""Superlatives: is there a higher figure within the scope, or does a source say the same superlative?"""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.analysis import Part, Subject, View
from claimdesk.language.text import words as words_of
from claimdesk.model import Finding, Outcome, Span
from claimdesk.names.ground import content, shared
from claimdesk.names.rankings import COUNTED, Ranked, compare_rows, kin, rank
from claimdesk.names.superlatives import Superlative, find_superlatives
from claimdesk.store import stem

_ALL_SAID = 0.8  # share of the claim's content that a sentence must have to support a superlative
_SAME_SUBJECT = 0.6  # share that it must have to rank the same thing where no figure is shared
_SAME_MATTER = 0.4  # share that it must have to speak of the same ranking at all
_UNSURE = frozenset(
    ["may", "might", "could", "would", "will", "expected", "forecast", "not", "n't", "from", "target", "planned"]
)  # fmt: skip


def check_superlatives(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Judges "the largest", "the lowest since 2009", "a record" by the figures and superlatives of the passage.

    A higher figure in the claim's scope conflicts, and so does another rank or the opposite. A sentence that says
    the same superlative of the same thing in the same scope supports. A list without a higher figure decides nothing.
    """
    findings: list[Finding] = []
    for phrase in find_superlatives(subject.view):
        if phrase.negated or (phrase.way == "either" and phrase.since is None):
            continue
        ranked = rank(phrase, subject)
        finding = compare_rows(ranked, parts) or _compare_figures(ranked, parts) or _compare_words(ranked, parts)
        if finding is not None:
            findings.append(finding)
    return findings


def _compare_figures(ranked: Ranked, parts: Sequence[Part]) -> Finding | None:
    """A sentence with a higher figure in the scope: "In 2014 the final drew 51,002 people"."""
    phrase = ranked.phrase
    if phrase.way not in ("high", "low") or phrase.rank != 1 or not (phrase.since is not None or phrase.always):
        return None
    for part in parts:
        analysis = part.view.analysis
        for span in analysis.parsed.sentences:
            if part.view.span.overlaps(span):
                finding = _compare_sentence(ranked, View(analysis, span), part.index)
                if finding is not None:
                    return finding
    return None


def _compare_sentence(ranked: Ranked, sentence: View, part: int) -> Finding | None:
    """One figure of one year in scope, of the same thing in the same unit, said without doubt."""
    phrase, value = ranked.phrase, ranked.value
    figures = [item for item in sentence.quantities if item.form in COUNTED and len(item.values) == 1]
    years = {ref.first.year for ref in sentence.dates if ref.first is not None and ref.relation == "in"}
    if value is None or len(figures) != 1 or len(years) != 1 or find_superlatives(sentence):
        return None
    if any(token.lower_ in _UNSURE for token in sentence.tokens):
        return None
    other, year = figures[0], next(iter(years))
    if (other.unit, other.per) != (value.unit, value.per) or other.low is None or other.high is None:
        return None
    if not (phrase.since or 0) < year < (ranked.year or 9999) or not ranked.beats(other.low, other.high):
        return None
    if not kin(phrase.noun) & content(sentence) or _share(ranked.sentence, sentence) < _SAME_MATTER:
        return None
    return ranked.conflict(value.text, other.text, str(year), other.span, part)


def _compare_words(ranked: Ranked, parts: Sequence[Part]) -> Finding | None:
    """What the source's own superlatives say of the claim's; a conflict or a support before what is only narrower."""
    quiet: Finding | None = None
    for part in parts:
        for phrase in find_superlatives(part.view):
            sentence = View(part.view.analysis, phrase.sentence)
            if not kin(ranked.phrase.noun) & kin(phrase.noun) or not _is_one_matter(ranked, sentence):
                continue
            outcome, label, detail = _relation(ranked.phrase, phrase)
            if outcome is not Outcome.SUPPORTS and not _is_of_the_same(ranked, phrase, sentence):
                continue
            said = _share(ranked.sentence, sentence) >= _ALL_SAID and _has_names(ranked.sentence, part.view)
            if outcome is Outcome.SUPPORTS and not said:
                outcome, detail = (
                    Outcome.SILENT,
                    f"The source says {phrase.said}, but not all that the claim says of it.",
                )
            finding = ranked.finding(
                outcome, label, detail, phrase.span, part.index, ranked.phrase.text, phrase.text
            )  # fmt: skip
            if outcome is not Outcome.SILENT:
                return finding
            quiet = quiet or finding
    return quiet


def _relation(ours: Superlative, theirs: Superlative) -> tuple[Outcome, str, str]:
    """The outcome for two superlatives of one thing, with its label and what to say."""
    one_scope = (ours.since, ours.always, ours.within) == (theirs.since, theirs.always, theirs.within)
    one_rank = (ours.way, ours.rank) == (theirs.way, theirs.rank)
    if one_rank and one_scope and not theirs.negated:
        return Outcome.SUPPORTS, "SUPERLATIVE_STATED", f'The source says it too: "{theirs.said}".'
    if one_rank and ours.way == "first" and ours.since is not None and theirs.since is not None:
        detail = f"The claim says the first since {ours.since}, the source since {theirs.since}."
        return Outcome.CONFLICTS, "SUPERLATIVE_CONFLICT", detail
    if one_scope and {ours.way, theirs.way} <= {"high", "low"} and one_rank == theirs.negated:
        negation = "not the " if theirs.negated else ""
        detail = f"The claim says {ours.said}, the source {negation}{theirs.said}."
        return Outcome.CONFLICTS, "SUPERLATIVE_CONFLICT", detail
    detail = f'The scope or the rank differs: "{ours.said}" and, in the source, "{theirs.said}".'
    return Outcome.SILENT, "SUPERLATIVE_SCOPE", detail


def _is_one_matter(ranked: Ranked, sentence: View) -> bool:
    """Whether two rankings are of one thing: the same figure, or the same names and most words."""
    share = _share(ranked.sentence, sentence)
    if any(item.values and item.values[0] in ranked.figures for item in sentence.quantities):
        return share >= _SAME_MATTER
    return share >= _SAME_SUBJECT and _has_names(ranked.sentence, sentence)


def _is_of_the_same(ranked: Ranked, phrase: Superlative, sentence: View) -> bool:
    """Whether the claim's first name stands before the source's superlative: "third after Arden" is of another."""
    first = next((token for token in ranked.sentence.tokens if token.pos_ == "PROPN" and token.is_alpha), None)
    before = Span(sentence.span.start, phrase.span.start).of(sentence.analysis.parsed.text)
    if first is None or first.idx > ranked.phrase.span.start:
        return True
    return stem(first.lower_) in {stem(word.norm.removesuffix("'s")) for word in words_of(before)}


def _has_names(claim: View, evidence: View) -> bool:
    """Whether every name of the claim stands in the evidence."""
    known = {stem(word.norm.removesuffix("'s")) for word in words_of(evidence.text)}
    holes = [ref.span for ref in claim.dates]
    names = [
        token
        for token in claim.tokens
        if token.pos_ == "PROPN" and token.is_alpha and not any(hole.start <= token.idx < hole.end for hole in holes)
    ]
    return all(stem(token.lower_) in known for token in names)


def _share(claim: View, sentence: View) -> float:
    return shared(claim, sentence, [item.number for item in claim.quantities])
