"""Two sentences in the same words, with dates, figures and denials set apart: then the grammar need not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimdesk.analysis import View, within
from claimdesk.dates.patterns import date_words
from claimdesk.language.remember import remembered
from claimdesk.model import DateRef, Form, Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_DATE, _FIGURE = "@", "#"
# Forms that are no figure to be compared elsewhere: their words count as words.
_WORDS = frozenset([Form.ZERO, Form.VAGUE, Form.ORDINAL, Form.MULTIPLE])
_NEGATORS = frozenset(["not", "n't", "nt", "never"])
_LONGEST = 400  # characters of a sentence that are compared
_FEWEST = 2  # words, apart from small ones, that make two sentences the same


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as a row of words: ``@`` for a date, ``#`` for a figure, ``on`` before a date and negators left out.

    ``plain`` are the words as written, ``lemmas`` the same with verbs cut to their lemma. ``denied`` are the places
    in ``lemmas`` before which a negator stood.
    """

    plain: tuple[str, ...]
    lemmas: tuple[str, ...]
    dates: tuple[DateRef, ...]
    figures: tuple[Quantity, ...]
    denied: tuple[int, ...]

    @property
    def telling(self) -> int:
        """How many of its words are longer than three letters."""
        return sum(len(word) > 3 for word in self.plain)


@dataclass(frozen=True, slots=True)
class Echo:
    """How a sentence of the source repeats one of the claim.

    ``opposite`` says that just one of them is denied, ``figures`` that their figures are the same, ``others`` are the
    pairs of their other dates, in order.
    """

    opposite: bool
    figures: bool
    others: tuple[tuple[DateRef, DateRef], ...]


@remembered
def wording_at(view: View, ref: DateRef) -> Wording | None:
    """The wording of the sentence that holds a date; None for one that is too long."""
    sentence = view.analysis.parsed.sentence_at(ref.span.start)
    if len(sentence) > _LONGEST:
        return None
    dates = within(view.analysis.dates, sentence)
    figures = tuple(each for each in within(view.analysis.quantities, sentence) if each.form not in _WORDS)
    plain: list[str] = []
    lemmas: list[str] = []
    denied: list[int] = []
    holes = sorted([(each.span, _DATE) for each in dates] + [(each.span, _FIGURE) for each in figures])
    filled: Span | None = None
    for token in view.analysis.parsed.tokens(sentence):
        hole = next(((span, mark) for span, mark in holes if span.start <= token.idx < span.end), None)
        if hole is not None:
            if hole[0] != filled:
                filled = hole[0]
                if hole[1] == _DATE and plain and plain[-1] == "on":
                    plain.pop()
                    lemmas.pop()
                plain.append(hole[1])
                lemmas.append(hole[1])
            continue
        word = token.lower_.strip(".'")
        if not any(char.isalnum() for char in word):
            continue
        if token.lower_ in _NEGATORS and not _only(token):
            denied.append(len(lemmas))
        elif not _supports_denial(token):
            plain.append(word)
            lemmas.append(token.lemma_.lower() if token.pos_ in ("VERB", "AUX") else word)
    return Wording(tuple(plain), tuple(lemmas), dates, figures, tuple(denied))


def echo(mine: Wording | None, ref: DateRef, theirs: Wording | None, other: DateRef) -> Echo | None:
    """How the sentence of ``other`` repeats that of ``ref``; None where words or the place of the date differ.

    "The port did not reopen on Tuesday" and "The port reopened on Tuesday" are opposite.
    """
    if mine is None or theirs is None or mine.telling < _FEWEST:
        return None
    if mine.plain != theirs.plain and mine.lemmas != theirs.lemmas:
        return None
    if len(mine.dates) != len(theirs.dates) or mine.dates.index(ref) != theirs.dates.index(other):
        return None
    if len(mine.denied) == len(theirs.denied) != 0 and mine.denied != theirs.denied:
        return None
    pairs = tuple(pair for pair in zip(mine.dates, theirs.dates, strict=True) if pair != (ref, other))
    return Echo(len(mine.denied) % 2 != len(theirs.denied) % 2, _same_figures(mine, theirs), pairs)


def opposed(mine: View, theirs: View, sentence: Span) -> bool:
    """Whether a verb is denied on one side and told plainly on the other: "was not closed", "was closed"."""
    ours = _verbs(list(mine.tokens))
    others = _verbs(list(theirs.analysis.parsed.tokens(sentence)))
    return bool((ours[0] & (others[1] - others[0])) | (others[0] & (ours[1] - ours[0])))


def _verbs(tokens: list[Token]) -> tuple[frozenset[str], frozenset[str]]:
    """The lemmas of the denied and of the plain verbs."""
    denied: set[str] = set()
    plain: set[str] = set()
    for token in tokens:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        negators = [child for child in token.children if child.lower_ in _NEGATORS and not _only(child)]
        (denied if negators else plain).add(token.lemma_.lower())
    return frozenset(denied), frozenset(plain)


def _only(token: Token) -> bool:
    """Whether a negator denies no event: not only, not just."""
    return token.i + 1 < len(token.doc) and token.nbor().lower_ in date_words()["events"]["not_only"].split()


def _supports_denial(token: Token) -> bool:
    """Whether a form of "do" only carries a negator: did not open."""
    if token.lower_ not in ("did", "do", "does") or token.i + 1 >= len(token.doc):
        return False
    return token.nbor().lower_ in _NEGATORS


def _same_figures(mine: Wording, theirs: Wording) -> bool:
    if len(mine.figures) != len(theirs.figures):
        return False
    pairs = zip(mine.figures, theirs.figures, strict=True)
    return all(one.values == two.values and one.unit == two.unit for one, two in pairs)
