"""How much of a group: all, most, some or none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from claimdesk.analysis import Part, Subject, View
from claimdesk.language.concepts import stem
from claimdesk.language.remember import remembered
from claimdesk.model import Finding, Outcome, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARTICLES = r"(?: (?:the|these|those|its|his|her|their|our|[\w-]+['’]s))?"
_SAME = 0.7  # share of the claim's words that the sentence of the passage has, for a conflict
_CLIMB = 6  # words between a quantifier and the noun that it counts


@dataclass(frozen=True)
class Table:
    """The quantifiers by their words, and what each of a passage bears out and excludes."""

    names: dict[str, str]
    pattern: re.Pattern[str]
    bears_out: dict[str, frozenset[str]]
    excludes: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Group:
    """A quantified noun: where its quantifier stands, what it is called, the stem of the noun, its sentence."""

    span: Span
    name: str
    noun: str
    sentence: Span


@lru_cache(maxsize=1)
def _table() -> Table:
    import tomllib

    data = tomllib.loads(resources.files("claimdesk").joinpath("data/groups.toml").read_text("utf-8"))
    names = {phrase: name for name, phrases in data["words"].items() for phrase in phrases}
    longest = "|".join(re.escape(phrase) for phrase in sorted(names, key=len, reverse=True))
    return Table(
        names,
        re.compile(rf"\b({longest})\b{_ARTICLES} ", re.IGNORECASE),
        {name: frozenset(others) for name, others in data["bears_out"].items()},
        {name: frozenset(others) for name, others in data["excludes"].items()},
    )


def check_groups(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compares how much of a group is meant: all, most, half, some, few or none of the same things.

    What the passage says of fewer cannot support a claim about more. Where the two exclude each other, and the
    sentences agree otherwise, they conflict. The sentences count that have most of the claim's words: "One lane will
    reopen in May; both lanes will be open by autumn" does not bear out that both reopen in May.
    """
    if not subject.whole and (subject.dates or subject.quotes or any(not q.soft for q in subject.quantities)):
        return []
    table = _table()
    found = []
    for mine in _groups(subject.view):
        rivals = [(part, other) for part in parts for other in _groups(part.view) if other.noun == mine.noun]
        shares = [_share(subject.view, part.view, other.sentence) for part, other in rivals]
        nearest = [rival for rival, share in zip(rivals, shares, strict=True) if share == max(shares)]
        if not rivals or any(_bears_out(table, other.name, mine.name) for _, other in nearest):
            continue
        part, other = nearest[0]
        found.append(_finding(subject, mine, part, other))
    return found


def _bears_out(table: Table, theirs: str, ours: str) -> bool:
    return theirs == ours or ours in table.bears_out.get(theirs, frozenset())


def _finding(subject: Subject, mine: Group, part: Part, other: Group) -> Finding:
    ours = mine.span.of(subject.view.analysis.parsed.text)
    theirs = other.span.of(part.view.analysis.parsed.text)
    excluded = mine.name in _table().excludes.get(other.name, frozenset())
    sure = excluded and _share(subject.view, part.view, other.sentence) >= _SAME
    return Finding(
        check="numbers" if sure else "words",
        outcome=Outcome.CONFLICTS if sure else Outcome.SILENT,
        label="QUANTIFIER_CONFLICT" if sure else "QUANTIFIER_WEAKER",
        detail=f'The claim says "{ours}", the source "{theirs}".',
        claim_span=mine.span,
        evidence_span=other.span,
        claim_value=ours,
        evidence_value=theirs,
        part=part.index,
        flag=not sure,
    )


@lru_cache(maxsize=256)
@remembered
def _groups(view: View) -> tuple[Group, ...]:
    """The quantified nouns of a stretch of text, outside quotation marks."""
    parsed = view.analysis.parsed
    marked = [pair.inner for pair in parsed.marks]
    found = []
    for match in _table().pattern.finditer(parsed.text, view.span.start, view.span.end):
        span = Span(match.start(1), match.end(1))
        noun = _noun(list(parsed.tokens(Span(match.end(), min(view.span.end, match.end() + 80)))))
        if noun and not any(inner.overlaps(span) for inner in marked):
            name = _table().names[" ".join(match[1].casefold().split())]
            found.append(Group(span, name, noun, parsed.sentence_at(match.start())))
    return tuple(found)


def _noun(tokens: Sequence[Token]) -> str:
    """The stem of the first noun that ends a phrase; empty where a verb or a mark stands before it."""
    for token in tokens[:_CLIMB]:
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "poss"):
            return stem(token.lemma_.casefold())
        if token.pos_ in ("VERB", "AUX", "PUNCT", "ADP", "PRON", "SCONJ") and token.tag_ not in ("VBN", "VBG", "POS"):
            return ""
    return ""


def _share(claim: View, evidence: View, sentence: Span) -> float:
    """How much of the claim's content words a sentence of the passage has; nothing where a verb of the claim lacks."""
    ours, theirs = _content(claim, claim.span), _content(evidence, sentence)
    if not ours or not _content(claim, claim.span, ("VERB",)) <= theirs:
        return 0.0
    return len(ours & theirs) / len(ours)


def _content(view: View, span: Span, kinds: tuple[str, ...] = ("NOUN", "PROPN", "VERB", "ADJ")) -> frozenset[str]:
    tokens = view.analysis.parsed.tokens(span)
    return frozenset(stem(token.lemma_.casefold()) for token in tokens if token.pos_ in kinds and len(token) > 2)
