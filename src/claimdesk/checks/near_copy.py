"""A passage that has the claim's sentence but for a word or two: which word stands in the place of which?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from claimdesk.analysis import Part, Subject, View
from claimdesk.language.align import fit
from claimdesk.language.antonyms import antonyms, turns
from claimdesk.language.concepts import is_kind, item_of, meanings
from claimdesk.language.text import words
from claimdesk.model import Finding, Outcome, Quantity, QuoteType, Span
from claimdesk.names.aliases import apart
from claimdesk.numbers.compare import compare
from claimdesk.numbers.intervals import BOUNDS
from claimdesk.wording.restate import sense_of

_LONGEST = 120  # words of a sentence beyond which it is no prose
_MOST = 2_000  # characters of a sentence that is read
_SHARED = 0.6  # share of the claim's content that the passage must have in one sentence
_LEAST = 3  # content words or values that both must have beside what differs
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec".split()
)
_POINTING = frozenset("this last next past coming".split())
_DENIALS = frozenset(("not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without"))
_CLOCK = frozenset(("a.m", "p.m", "am", "pm"))
_ROWS = (_WEEKDAYS, _MONTHS, _POINTING, _CLOCK)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or a value written in one or more words, as it is compared.

    ``sense`` is the group of words that a reporter may put for it (``data/restatements.toml``), else its stem.
    """

    norm: str
    span: Span
    content: bool
    name: bool = False
    pos: str = ""
    lemma: str = ""
    sense: str = ""
    value: Quantity | None = None


@dataclass(frozen=True, slots=True)
class _Exchange:
    """What the claim has between two places where both sentences agree, and what the passage has there."""

    ours: tuple[_Piece, ...]
    theirs: tuple[_Piece, ...]


_SIDES = (attrgetter("ours"), attrgetter("theirs"))


def check_near_copy(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compares each sentence of the claim with the one sentence of the evidence that is almost the same.

    A value, a day, a name or a word of opposite sense that stands in the very place of another one conflicts; any
    other content word in the place of another one bars support, for nobody knows whether it means the same.
    """
    found: list[Finding] = []
    for sentence in subject.view.analysis.parsed.sentences:
        if not subject.view.span.overlaps(sentence) or len(sentence) > _MOST:
            continue
        ours = _pieces(View(subject.view.analysis, sentence))
        best = min(_alignments(ours, parts), key=lambda each: each[0], default=None)
        if best is not None:
            found += _findings(subject, *best[1:])
    return found


def _findings(subject: Subject, part: Part, exchanges: Sequence[_Exchange]) -> list[Finding]:
    """What stands in another's place; where the claim also tells of another thing, another value is no conflict.

    Nor is it where only one of the two denies something: three of five that are not are two that are.
    """
    denied = [sum(piece.norm in _DENIALS for each in exchanges for piece in side(each)) for side in _SIDES]
    told = [each for each in exchanges if any(piece.content for piece in each.ours)]
    found = [one for each in told if (one := _finding(subject, part, each)) is not None]
    found += [one for each in exchanges if (one := _turned(subject, part, each)) is not None]
    conflicts = [one for one in found if one.outcome is Outcome.CONFLICTS]
    alone = len(told) == len(conflicts) and (len(told) == 1 or all(one.check != "names" for one in conflicts))
    return found if alone and denied[0] % 2 == denied[1] % 2 else [one for one in found if one not in conflicts]


def _alignments(ours: list[_Piece], parts: Sequence[Part]) -> Iterator[tuple[int, Part, list[_Exchange]]]:
    """The sentences that have most of the claim's content in its order, with how much differs."""
    wanted = Counter(piece.norm for piece in ours if piece.content)
    if wanted.total() <= _LEAST or len(ours) > _LONGEST:
        return
    for part in parts:
        for sentence in part.view.analysis.parsed.sentences:
            if not part.view.span.overlaps(sentence) or len(sentence) > _MOST:
                continue
            theirs = _pieces(View(part.view.analysis, sentence))
            shared = (wanted & Counter(piece.norm for piece in theirs if piece.content)).total()
            if shared < max(_LEAST, _SHARED * wanted.total()) or len(theirs) > _LONGEST:
                continue
            placed = fit([piece.norm for piece in ours], [piece.norm for piece in theirs])
            if placed is not None and (exchanges := _read(ours, theirs, placed.pairs)) is not None:
                yield placed.cost, part, exchanges


def _read(
    ours: list[_Piece], theirs: list[_Piece], pairs: Sequence[tuple[int | None, int | None]]
) -> list[_Exchange] | None:
    """The stretches between agreeing words; None where too little agrees in order."""
    equal = [(i, j) for i, j in pairs if i is not None and j is not None and ours[i].norm == theirs[j].norm]
    held = sum(ours[i].content for i, _ in equal)
    wanted = sum(piece.content for piece in ours)
    if held < max(_LEAST, _SHARED * wanted):
        return None
    bounds = [(-1, -2), *equal, (len(ours), -2)]
    found = []
    for (i, j), (k, m) in zip(bounds, bounds[1:], strict=False):
        if k - i <= 1:
            continue
        mine = tuple(piece for piece in ours[i + 1 : k])
        if j < 0 or m < 0:
            start, stop = (m - len(mine), m) if j < 0 and m >= 0 else (j + 1, j + 1 + len(mine))
            if j < 0 and m < 0 or start < 0 or (j < 0 and start != 0):
                found.append(_Exchange(mine, ()))
                continue
            other = tuple(theirs[start:stop])
        else:
            other = tuple(theirs[j + 1 : m])
        found.append(_Exchange(mine, other))
    return found


def _pieces(view: View) -> list[_Piece]:
    """The words of a sentence, with each value as one piece: "4 percent" is "4%"."""
    values = [(_value_span(each), each) for each in view.quantities]
    tokens = {token.idx: token for token in view.tokens}
    found: list[_Piece] = []
    for word in words(view.analysis.parsed.text, view.span):
        held = next(((span, each) for span, each in values if span.overlaps(word.span)), None)
        if held is not None:
            if not found or found[-1].value is not held[1]:
                found.append(_Piece(_key(held[1]), held[0], True, value=held[1]))
            continue
        token = tokens.get(word.span.start)
        stop = token is None or (token.is_stop and not token.text[:1].isupper()) or token.pos_ in ("DET", "ADP", "AUX")
        norm = word.norm.removesuffix("'s")
        name = token is not None and token.pos_ == "PROPN" and word.span.of(view.analysis.parsed.text)[:1].isupper()
        told = (token.pos_, token.lemma_.lower(), sense_of(token)) if token is not None else ()
        found.append(_Piece(norm, word.span, not stop, name, *told))
    return found


def _value_span(quantity: Quantity) -> Span:
    """The characters of a value without the noun that it counts."""
    end = quantity.span.end
    if quantity.noun is not None and quantity.span.start < quantity.noun.start < end:
        end = max(quantity.noun.start, quantity.number.end)
    return Span(quantity.span.start, end)


def _key(quantity: Quantity) -> str:
    form = quantity.form.value if quantity.form.value in ("score", "ordinal", "odds", "multiple", "age") else ""
    ends = quantity.values if form in ("score", "odds") else (quantity.low, quantity.high)
    return f"#{form}|{quantity.unit or ''}|{quantity.per or ''}|" + "|".join(
        str(each.normalize()) if each is not None else "" for each in ends
    )


def _finding(subject: Subject, part: Part, exchange: _Exchange) -> Finding | None:
    ours = [piece for piece in exchange.ours if piece.content]
    theirs = [piece for piece in exchange.theirs if piece.content]
    if not ours or not theirs or _is_marked(subject, ours):
        return None
    differ = [pair for pair in _side_by_side(ours, theirs) if pair[0].norm != pair[1].norm]
    conflicts = [_conflict(subject, part, mine, other) for mine, other in differ]
    if conflicts and all(conflicts):
        return conflicts[0]
    if all(piece.name and piece.norm.replace(".", "").isalpha() for piece in (*ours, *theirs)):
        left, right = (tuple(piece.norm.strip(".") for piece in each) for each in (ours, theirs))
        if apart(left, right):
            detail = f"The claim has {_text(subject.view, ours)} where the source has {_text(part.view, theirs)}."
            return _made("names", Outcome.CONFLICTS, "NAME_CONFLICT", detail, subject, part, ours, theirs)
        return None
    if len(ours) == len(theirs) == 1 and _is_other_word(ours[0], theirs[0]):
        detail = f'The sentences are nearly the same, but one says "{ours[0].norm}" and the other "{theirs[0].norm}".'
        return _made("words", Outcome.SILENT, "OTHER_WORD", detail, subject, part, ours, theirs)
    return None


def _turned(subject: Subject, part: Part, exchange: _Exchange) -> Finding | None:
    """A word without content that turns the sentence: ahead for behind, if for unless."""
    for mine in exchange.ours:
        other = next((each for each in exchange.theirs if turns(mine.norm, each.norm)), None)
        if other is not None and not (mine.content and other.content) and not _is_marked(subject, [mine]):
            detail = f'The sentences are nearly the same, but one says "{mine.norm}" and the other "{other.norm}".'
            return _made("words", Outcome.SILENT, "OTHER_WORD", detail, subject, part, [mine], [other])
    return None


def _side_by_side(ours: Sequence[_Piece], theirs: Sequence[_Piece]) -> Iterator[tuple[_Piece, _Piece]]:
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)


def _conflict(subject: Subject, part: Part, mine: _Piece, other: _Piece) -> Finding | None:
    """Another value, another day, the opposite word."""
    if mine.value is not None and other.value is not None:
        if subject.whole or any(mine.value.span == each.span for each in subject.quantities):
            relation = compare(mine.value, other.value)
            bounds = {mine.value.hedge, other.value.hedge} & BOUNDS  # a toll runs on: see checks/numbers.py
            if relation is not None and relation.outcome is Outcome.CONFLICTS and not bounds:
                detail = f"The claim says {mine.value.text}; the source says {other.value.text} in the same place."
                return _made("numbers", Outcome.CONFLICTS, relation.label, detail, subject, part, [mine], [other])
        return None
    left, right = mine.norm.strip("."), other.norm.strip(".")
    if any(left[:3] != right[:3] and left in row and right in row for row in _ROWS) and _is_one_day(subject, part):
        detail = f"The claim says {_text(subject.view, [mine])} where the source says {_text(part.view, [other])}."
        return _made("dates", Outcome.CONFLICTS, "DATE_CONFLICT", detail, subject, part, [mine], [other])
    if other.norm in antonyms().get(mine.norm, ()):
        detail = f'The claim says "{mine.norm}" where the source says "{other.norm}".'
        return _made("words", Outcome.CONFLICTS, "OPPOSITE_WORD", detail, subject, part, [mine], [other])
    return None


def _is_one_day(subject: Subject, part: Part) -> bool:
    """Whether words that count from the day of writing count from one day."""
    ours, theirs = subject.meta.date, part.meta.date
    return ours is None or theirs is None or ours == theirs


def _is_other_word(mine: _Piece, other: _Piece) -> bool:
    """Whether two words of one kind are not known to mean the same."""
    if not mine.norm.isalpha() or not other.norm.isalpha():
        return False
    if mine.value is not None or other.value is not None or mine.name or other.name or mine.pos != other.pos:
        return False
    if mine.pos not in ("NOUN", "ADJ") or mine.sense == other.sense or mine.lemma == other.lemma:
        return False
    pairs = [(mine.norm, other.norm), (mine.lemma, other.lemma)]
    if any(meanings(one) & meanings(two) for one, two in pairs):
        return False
    return not any(is_kind(item_of(two), item_of(one)) for one, two in pairs)


def _is_marked(subject: Subject, ours: Sequence[_Piece]) -> bool:
    """Whether a piece stands in quotation marks, where the quote check compares every word."""
    marked = [span for quote in subject.view.quotes if quote.type is not QuoteType.INDIRECT for span in quote.outer]
    return any(span.overlaps(piece.span) for span in marked for piece in ours)


def _text(view: View, pieces: Sequence[_Piece]) -> str:
    return Span(pieces[0].span.start, pieces[-1].span.end).of(view.analysis.parsed.text)


def _made(
    check: str, outcome: Outcome, label: str, detail: str, subject: Subject, part: Part,
    ours: Sequence[_Piece], theirs: Sequence[_Piece],
) -> Finding:  # fmt: skip
    return Finding(
        check=check,
        outcome=outcome,
        label=label,
        detail=detail,
        claim_span=Span(ours[0].span.start, ours[-1].span.end),
        evidence_span=Span(theirs[0].span.start, theirs[-1].span.end),
        claim_value=_text(subject.view, ours),
        evidence_value=_text(part.view, theirs),
        part=part.index,
    )
