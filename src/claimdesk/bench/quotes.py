"""How well quotes and attributions are found, and their speakers, measured on labeled articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claimdesk.language.parse import Parsed, parse
from claimdesk.language.text import normal
from claimdesk.model import Attributed, Mention, Quote, QuoteType, Span
from claimdesk.quotes import find_attributions, find_quotes

DIRECT_OVERLAP = 0.8
INDIRECT_OVERLAP = 0.3


@dataclass(frozen=True, slots=True)
class _Gold:
    kind: str
    content: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(slots=True)
class _Tally:
    gold: int = 0
    found: int = 0
    matched: int = 0

    def figures(self) -> dict[str, float | int]:
        """Counts with precision, recall and F1; 0 where nothing can be said."""
        precision = self.matched / self.found if self.found else 0.0
        recall = self.matched / self.gold if self.gold else 0.0
        both = precision + recall
        return {
            "gold": self.gold,
            "found": self.found,
            "matched": self.matched,
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / both, 4) if both else 0.0,
        }


def score(articles: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Precision, recall and F1 of quotes, and the share of right speakers, over labeled articles.

    An article is ``{"text": str, "quotes": [{"type", "source", "cue", "content"}]}`` with lists of
    ``{"start", "end"}``; ``type`` is ``direct`` (content in marks), ``indirect`` (no marks) or ``mixed``. Content in
    marks that are written as two apostrophes is labeled ``indirect`` in PolNeAR; it is counted as what it is.

    Overlap of two contents is the number of letters and digits that they share, divided by the larger of the two
    contents: stricter than the Gender Gap Tracker's scheme, which divides by the labeled content alone. Marks,
    spaces and punctuation do not count. Matching is one to one, best overlap first.

    - ``direct``: labels of type direct against found quotes in marks, matched at 0.8. A found quote that matches
      nothing is an error, unless it is the marked part of a ``mixed`` label: that label asks for the words around
      the marks, too, so it is neither right nor wrong here.
    - ``indirect``: labels of type indirect with a source and a finite clause (a verb with tense and a subject in
      the content) against found indirect quotes, matched at 0.3. Labels outside this set (votes, attitudes, plain
      noun phrases: "endorsed her", "voted against the resolution") are no reported speech; a found quote that
      matches one of them or a mixed label is left out of the count.
    - ``indirect_all``: the same against every label of type indirect, nothing left out but mixed labels.
    - ``indirect_and_attributions``: found indirect quotes together with the attributions of ``find_attributions``
      (condemned the attack, refused to resign) against every label of type indirect. Those labels ask for both; the
      attributions are listed by ``extract`` but are no quotes, so this figure says nothing about quotes alone.
    - ``speaker_direct``, ``speaker_indirect`` and ``speaker_attributions``: of matched quotes (or attributions)
      whose label has a source, the share whose speaker covers at least half of the shorter of the two spans, or is
      the same name elsewhere in the text.
    """
    tallies = {name: _Tally() for name in ("direct", "indirect", "indirect_all", "indirect_and_attributions")}
    speakers = {"speaker_direct": [0, 0], "speaker_indirect": [0, 0], "speaker_attributions": [0, 0]}
    count = 0
    for article in articles:
        count += 1
        parsed = parse(article["text"])
        gold = [_gold(item, parsed.text) for item in article["quotes"]]
        gold = [item for item in gold if item.content]
        found = find_quotes(parsed)
        attributed = [_as_quote(item) for item in find_attributions(parsed, found)]
        for name, pairs in _match(parsed, gold, found, attributed, tallies):
            for item, quote in pairs:
                if item.source:
                    speakers[name][1] += 1
                    speakers[name][0] += is_right_speaker(parsed.text, item.source, quote.speaker)
    result: dict[str, Any] = {"articles": count, **{name: tally.figures() for name, tally in tallies.items()}}
    for name, (right, total) in speakers.items():
        result[name] = {"right": right, "of": total, "share": round(right / total, 4) if total else 0.0}
    return result


def _match(
    parsed: Parsed,
    gold: list[_Gold],
    found: tuple[Quote, ...],
    attributed: list[Quote],
    tallies: dict[str, _Tally],
) -> Iterator[tuple[str, list[tuple[_Gold, Quote]]]]:
    """Count one article into the tallies; yields the matched pairs for the speaker figures."""
    text = parsed.text
    mixed = [item for item in gold if item.kind == "mixed"]
    direct = [item for item in gold if item.kind == "direct"]
    marked = [quote for quote in found if quote.type is not QuoteType.INDIRECT]
    pairs = pair_up(text, direct, marked, DIRECT_OVERLAP)
    matched = {id(quote) for _, quote in pairs}
    excused = [
        quote for quote in marked if id(quote) not in matched and any(_inside(text, quote, item) for item in mixed)
    ]
    _add(tallies["direct"], len(direct), len(marked) - len(excused), len(pairs))
    yield "speaker_direct", pairs

    indirect = [item for item in gold if item.kind == "indirect"]
    clauses = [item for item in indirect if item.source and has_clause(parsed, item.content)]
    others = [item for item in indirect if item not in clauses]
    plain = [quote for quote in found if quote.type is QuoteType.INDIRECT]
    pairs = pair_up(text, clauses, plain, INDIRECT_OVERLAP)
    matched = {id(quote) for _, quote in pairs}
    rest = [quote for quote in plain if id(quote) not in matched]
    excused = [quote for _, quote in pair_up(text, [*mixed, *others], rest, INDIRECT_OVERLAP)]
    _add(tallies["indirect"], len(clauses), len(plain) - len(excused), len(pairs))
    yield "speaker_indirect", pairs
    for name, candidates in (("indirect_all", plain), ("indirect_and_attributions", [*plain, *attributed])):
        everything = pair_up(text, indirect, candidates, INDIRECT_OVERLAP)
        matched = {id(quote) for _, quote in everything}
        rest = [quote for quote in candidates if id(quote) not in matched]
        excused = [quote for _, quote in pair_up(text, mixed, rest, INDIRECT_OVERLAP)]
        _add(tallies[name], len(indirect), len(candidates) - len(excused), len(everything))
    without_words = {id(quote) for quote in attributed}
    yield "speaker_attributions", [pair for pair in everything if id(pair[1]) in without_words]


def _as_quote(found: Attributed) -> Quote:
    """An attribution in the shape of a quote, so that the two can be matched against the same labels."""
    content = (found.content,)
    return Quote(QuoteType.INDIRECT, content, content, found.speaker, found.cue, 0.5)


def pair_up(text: str, gold: list[_Gold], found: list[Quote], least: float) -> list[tuple[_Gold, Quote]]:
    """Labels and quotes one to one, best overlap first, none below ``least``."""
    scored = []
    for i, item in enumerate(gold):
        for j, quote in enumerate(found):
            if item.content[0].start < quote.content[-1].end and quote.content[0].start < item.content[-1].end:
                if (share := overlap(text, item.content, quote.content)) >= least:
                    scored.append((-share, i, j))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def overlap(text: str, first: tuple[Span, ...], second: tuple[Span, ...]) -> float:
    """The share of letters and digits that two contents have in common, of the larger one.

    >>> overlap("“Go home,” he said.", (Span(0, 10),), (Span(1, 9),))
    1.0
    """
    one, other = _letters(text, first), _letters(text, second)
    return len(one & other) / max(len(one), len(other), 1)


def has_clause(parsed: Parsed, spans: tuple[Span, ...]) -> bool:
    """Whether some words hold a verb with tense and its subject."""
    for span in spans:
        for token in parsed.tokens(span):
            if token.pos_ in ("VERB", "AUX") and any(
                child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and span.start <= child.idx < span.end
                for child in token.children
            ):
                if token.tag_ in ("VBD", "VBZ", "VBP") or any(
                    child.tag_ in ("MD", "VBD", "VBZ", "VBP") for child in token.children
                ):
                    return True
    return False


def is_right_speaker(text: str, source: tuple[Span, ...], speaker: Mention | None) -> bool:
    """Whether a speaker is the labeled source: the same place, or the same name at another place."""
    if speaker is None:
        return False
    labeled, named = _letters(text, source), _letters(text, (speaker.span,))
    shared = len(labeled & named)
    if shared and shared * 2 >= min(len(labeled), len(named)):
        return True
    words = " ".join(span.of(text) for span in source)
    return bool(words) and normal(words) in {normal(speaker.text), normal(speaker.name)}


def _letters(text: str, spans: tuple[Span, ...]) -> set[int]:
    return {index for span in spans for index in range(span.start, span.end) if text[index].isalnum()}


def _inside(text: str, quote: Quote, item: _Gold) -> bool:
    inner = _letters(text, quote.content)
    return bool(inner) and len(inner & _letters(text, item.content)) >= DIRECT_OVERLAP * len(inner)


def _gold(item: Mapping[str, Any], text: str) -> _Gold:
    def spans(name: str) -> tuple[Span, ...]:
        return tuple(sorted(Span(part["start"], part["end"]) for part in item.get(name) or ()))

    content = spans("content")
    return _Gold(_kind(text, str(item["type"]), content), content, spans("source"))


def _kind(text: str, kind: str, content: tuple[Span, ...]) -> str:
    """The type of a label, put right where the text writes its marks as two apostrophes (''Go home,'' he said)."""
    words = [span.of(text) for span in content]
    if kind != "indirect" or not any("''" in word for word in words):
        return kind
    return "direct" if all(word.startswith("'") and word.rstrip().endswith("'") for word in words) else "mixed"


def _add(tally: _Tally, gold: int, found: int, matched: int) -> None:
    tally.gold += gold
    tally.found += found
    tally.matched += matched
