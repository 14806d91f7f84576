"""Comparable words: what stays of a wording when typography, number style and contractions are set aside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from claimdesk.language.text import Word, fold, normal, words
from claimdesk.model import Span
from claimdesk.wording.protected import is_number, table

_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_CURRENCY = {"$": "dollars", "€": "euros", "£": "pounds", "dollar": "dollars", "euro": "euros", "pound": "pounds"}
_PIECES = re.compile(r"[^-/:–—]+")
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SHORT = re.compile(r"(\d+(?:[.,]\d+)*)(k|mn|m|bn|tn)")
_MASK = re.compile(r"[-*_\u2013\u2014]{2,12}([a-z]{0,3})(?![a-z])", re.I)
_GROUPING = frozenset(("\u00a0", "\u2009", "\u202f"))
_PARENTHESES = re.compile(r"[(\[][^()\[\]\n]{0,120}[)\]]")


@dataclass(frozen=True, slots=True)
class Tok:
    """A comparable word: where it stands, its comparable form, and the sentence it belongs to.

    ``aside`` words stand in parentheses or brackets; ``mask`` is the ending of a word like ``d---``.
    """

    span: Span
    norm: str
    sentence: int = 0
    aside: bool = False
    mask: str | None = None


def comparable(text: str, within: Span, sentences: Sequence[Span] = ()) -> list[Tok]:
    """The comparable words of a stretch of text.

    >>> text = "We don’t want six thousand, or 15 per cent of $3.5m."
    >>> " ".join(tok.norm for tok in comparable(text, Span(0, len(text))))
    'we do not want 6000 or 15 % of 3500000 dollars'
    """
    plain = fold(text[within.start : within.end])
    asides = [Span(*match.span()).shift(within.start) for match in _PARENTHESES.finditer(plain)]
    found: list[Tok] = []
    for word in words(text, within):
        if found and _continues(text, found[-1], word):
            found[-1] = Tok(Span(found[-1].span.start, word.span.end), found[-1].norm + word.norm)
        else:
            found.extend(_unfold(text, word, within))
    toks = _amounts(_numbers(_percent(found)))
    starts = [span.start for span in sentences]
    aside_starts = [span.start for span in asides]
    placed = []
    for tok in toks:
        spot = bisect_right(aside_starts, tok.span.start) - 1
        placed.append(
            replace(
                tok,
                sentence=max(bisect_right(starts, tok.span.start) - 1, 0),
                aside=spot >= 0 and asides[spot].contains(tok.span),
            )
        )
    return placed


def _continues(text: str, before: Tok, word: Word) -> bool:
    """Whether three digits go on with a number after a no-break or thin space: 5 000."""
    if len(word.norm) != 3 or not word.norm.isdigit() or not before.norm.isdigit():
        return False
    return text[before.span.end : word.span.start] in _GROUPING and (
        len(before.span) <= 3 or text[before.span.end - 4] in _GROUPING
    )


def restyled(text: str, tok: Tok, other_text: str, other: Tok) -> bool:
    """Whether two equal comparable words are written differently by more than case and glyphs."""
    return normal(tok.span.of(text)) != normal(other.span.of(other_text))


def _unfold(text: str, word: Word, within: Span) -> list[Tok]:
    """One written word as comparable words: contractions, hyphens, abbreviations and masks taken apart."""
    if len(word.span) == 1 and word.norm.isalpha():
        mask = _MASK.match(fold(text[word.span.end : min(word.span.end + 16, within.end)]))
        if mask and (mask.end() - len(mask.group(1)) >= 3 or "*" in mask.group()):
            return [Tok(Span(word.span.start, word.span.end + mask.end()), word.norm, mask=mask.group(1).casefold())]
    if word.norm not in table()["contractions"] and not any(char in "-/:'.,–—" or char.isdigit() for char in word.norm):
        return [Tok(word.span, _styled(word.norm))]
    if len(word.norm) != len(word.span):  # folding accents changed the length: keep the word whole
        return [Tok(word.span, word.norm)]
    found = []
    for piece in _PIECES.finditer(word.norm):
        found.extend(_contraction(piece.group(), word.span.start + piece.start()))
    return found


def _contraction(norm: str, start: int) -> list[Tok]:
    whole = Span(start, start + len(norm))
    if short := _SHORT.fullmatch(norm):
        value = _digits(short.group(1)) * _SHORT_SCALES[short.group(2)]
        return (
            [Tok(whole, _value(value))]
            if short.group(2) != "m"
            else [
                Tok(Span(start, start + short.end(1)), _value(_digits(short.group(1)))),
                Tok(Span(start + short.start(2), whole.end), "m"),
            ]
        )
    if norm[0].isdigit():
        return [Tok(whole, _value(_digits(norm)) if _FIGURE.fullmatch(norm) else table()["ordinals"].get(norm, norm))]
    if fixed := table()["contractions"].get(norm):
        cut = start + max(1, len(norm) - 3) if len(norm) > 3 else start + 1
        return [Tok(Span(start, cut), fixed[0]), Tok(Span(cut, whole.end), fixed[1])]
    if norm.endswith("n't") and len(norm) > 3:
        return [Tok(Span(start, whole.end - 3), norm[:-3]), Tok(Span(whole.end - 3, whole.end), "not")]
    for ending, full in {**table()["contracted_endings"], "'s": "'s"}.items():
        if norm.endswith(ending) and len(norm) > len(ending):
            base = norm[: -len(ending)]
            if ending == "'s" and base in ("it", "he", "she", "that", "there", "what", "who", "here", "where", "how"):
                full = "is"
            cut = whole.end - len(ending)
            return [Tok(Span(start, cut), base), Tok(Span(cut, whole.end), full)]
    if "." in norm or "," in norm:
        parts = re.split(r"[.,]", norm)
        if any(len(part) > 1 for part in parts):  # "end.Start": two words; "u.s": one
            found, at = [], start
            for part in parts:
                if part:
                    found.append(Tok(Span(at, at + len(part)), _styled(part)))
                at += len(part) + 1
            return found
    return [Tok(whole, _styled(norm))]


def _styled(norm: str) -> str:
    """One spelling for words that house styles spell in two ways."""
    if known := table()["style"].get(norm):
        return known
    at = norm.find("our", 1)
    if at > 0 and norm[:at] in _our_stems():
        return f"{norm[:at]}or{norm[at + 3 :]}"
    if len(norm) > 6:
        for british, american in (("isation", "ization"), ("ise", "ize"), ("ised", "ized"), ("ising", "izing")):
            if norm.endswith(british):
                return norm[: -len(british)] + american
    return norm


@lru_cache(maxsize=1)
def _units() -> dict[str, int]:
    """Number words below a hundred with their values."""
    lists = table()["number_words"]
    low = {word: value for value, word in enumerate(lists["units"])}
    return low | {word: 10 * (place + 2) for place, word in enumerate(lists["tens"])}


@lru_cache(maxsize=1)
def _our_stems() -> frozenset[str]:
    return frozenset(table()["spelling"]["our"])


def _digits(figure: str) -> Decimal:
    return Decimal(figure.replace(",", "")) if figure.replace(",", "").count(".") <= 1 else Decimal(0)


def _value(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _percent(toks: list[Tok]) -> list[Tok]:
    """``per cent`` as one word."""
    found: list[Tok] = []
    for tok in toks:
        if tok.norm == "cent" and found and found[-1].norm == "per":
            found[-1] = Tok(Span(found[-1].span.start, tok.span.end), "%")
        else:
            found.append(tok)
    return found


def _numbers(toks: list[Tok]) -> list[Tok]:
    """Numbers in words, or in figures with a scale word, as one value each."""
    found: list[Tok] = []
    index = 0
    while index < len(toks):
        end, value = _number_at(toks, index)
        if end > index:
            found.append(Tok(Span(toks[index].span.start, toks[end - 1].span.end), _value(value)))
            index = end
        else:
            found.append(toks[index])
            index += 1
    return found


def _number_at(toks: list[Tok], index: int) -> tuple[int, Decimal]:
    """Where a number that starts here ends, and its value; the same index where there is none."""
    total, current, at, last = Decimal(0), Decimal(0), index, ""
    while at < len(toks) and at < index + 14:
        if at > index and toks[at].span.start - toks[at - 1].span.end > 1:
            break
        word = toks[at].norm
        figure = is_number(word)
        if word in _units() and not (last == "unit" or (last == "ten" and _units()[word] >= 10) or last == "figure"):
            current += _units()[word]
            last = "ten" if _units()[word] >= 20 else "unit"
        elif figure and at == index:
            current, last = Decimal(word), "figure"
        elif word in _SCALES and (last or _article_before(toks, at, index)):
            scale = _SCALES[word]
            if scale == 100:
                current, last = max(current, Decimal(1)) * scale, "hundred"
            else:
                total, current, last = total + max(current, Decimal(1)) * scale, Decimal(0), "scale"
        elif (
            word in ("a", "an")
            and at == index
            and at + 1 < len(toks)
            and toks[at + 1].norm in _SCALES
            or word == "and"
            and last in ("hundred", "scale")
            and at + 1 < len(toks)
            and toks[at + 1].norm in _units()
        ):
            pass
        elif word == "m" and last == "figure" and at == index + 1 and toks[at].span.start == toks[at - 1].span.end:
            return index, Decimal(0)  # 5m is meters or millions: left as written unless a currency decides
        else:
            break
        at += 1
    return (at, total + current) if last else (index, Decimal(0))


def _article_before(toks: list[Tok], at: int, index: int) -> bool:
    return at == index + 1 and toks[index].norm in ("a", "an")


def _amounts(toks: list[Tok]) -> list[Tok]:
    """Money in one order: ``$3 million`` as ``3000000 dollars``."""
    found: list[Tok] = []
    index = 0
    while index < len(toks):
        tok = toks[index]
        following = toks[index + 1] if index + 1 < len(toks) else None
        if tok.norm in ("$", "€", "£") and following and is_number(following.norm):
            value = Decimal(following.norm)
            step = 2
            end = following.span.end
            if index + 2 < len(toks) and toks[index + 2].norm == "m" and toks[index + 2].span.start == end:
                value, step, end = value * 10**6, 3, toks[index + 2].span.end
            found += [Tok(Span(following.span.start, end), _value(value)), Tok(tok.span, _CURRENCY[tok.norm])]
            index += step
        else:
            found.append(replace(tok, norm=_CURRENCY.get(tok.norm, tok.norm)) if tok.norm in _CURRENCY else tok)
            index += 1
    return found
