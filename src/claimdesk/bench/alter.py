"""Single alterations of a claim that its evidence supports: false ones, and harmless ones that change nothing.

A *scene* is such a claim with its evidence. An alteration is a generator of altered claims, one change each; the
tables ``FALSE`` and ``HARMLESS`` name them all. Guards keep what would still follow from the evidence: of "more
than 40" only a higher number is false.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from random import Random
from typing import TYPE_CHECKING, Any

from claimdesk.language.parse import Parsed
from claimdesk.language.text import fold
from claimdesk.model import Meta, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

CUES = "said|says|told|added|warned|called|described|argued|insisted|spoke of|announced|wrote|replied"
_MARKED = re.compile('[“"]([^“”"]{2,600})[”"]')
_SUBJECT_LAST = re.compile(rf"^[, ]*(?P<who>[^“”\",]{{2,80}}?) (?:{CUES})\b")
_SUBJECT_INVERTED = re.compile(rf"^[, ]*(?:{CUES}) (?P<who>[^“”\",.]{{2,80}}?)(?=[,.]| on | in | at | after |$)")
_SUBJECT_FIRST = re.compile(rf"^(?P<who>[^“”\",]{{2,80}}?)(?:, [^,“”\"]{{3,60}},)? (?:{CUES})\b")
_CAPITALS = re.compile(r"(?:[A-Z][\w'’-]*\.?)(?: [A-Z][\w'’-]*\.?){0,4}$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a sentence: the name, and the role in front of it; either may be missing."""

    name: Span | None
    role: Span | None


@dataclass(frozen=True)
class Scene:
    """A claim with the evidence that supports it.

    ``evidence`` is a text; ``others`` are quotations of the same evidence that the claim does not repeat.
    ``form`` says how the evidence was made: alone, beside (with its neighbors), statement, speech.
    """

    claim: Parsed
    evidence: str
    form: str
    evidence_meta: Meta = field(default_factory=Meta)
    claim_meta: Meta = field(default_factory=Meta)
    others: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The claim."""
        return self.claim.text

    @cached_property
    def folded(self) -> str:
        """The claim with plain marks and spaces, of the same length."""
        return fold(self.claim.text)

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """What lies between quotation marks, film titles and single words left out."""
        spans = (Span(*match.span(1)) for match in _MARKED.finditer(self.text))
        return tuple(span for span in spans if " " in span.of(self.text).strip() and self.speaker is not None)

    @cached_property
    def tokens(self) -> list[Token]:
        """The spaCy tokens of the claim."""
        return list(self.claim.doc)

    @cached_property
    def speaker(self) -> Speaker | None:
        """Who is said to speak, where the sentence says so in one of the usual ways."""
        return find_speaker(self.text)

    @cached_property
    def known(self) -> frozenset[str]:
        """The words and figures of the evidence, of the claim and of what is known about the speaker."""
        meta = self.evidence_meta
        whole = " ".join((self.evidence, self.text, meta.speaker, meta.role, meta.org))
        return frozenset(re.findall(r"[\w.,'-]*\w", fold(whole).casefold()))

    def is_new(self, words: str) -> bool:
        """Whether none of these words, nor the figure, occurs in the evidence."""
        return not any(word in self.known for word in re.findall(r"[\w.,'-]*\w", fold(words).casefold()))

    def quoted(self, offset: int) -> bool:
        """Whether a character lies in quotation marks."""
        return any(span.start <= offset < span.end for span in self.quotes)

    def put(self, start: int, end: int, new: str) -> str:
        """The claim with one stretch replaced."""
        return self.text[:start] + new + self.text[end:]


Alter = Callable[[Scene, Random], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Alteration:
    """An altered claim and the kind of the change."""

    kind: str
    text: str


def find_speaker(text: str) -> Speaker | None:
    """Who speaks in a sentence, by its shape alone; None where no usual shape fits.

    >>> who = find_speaker("“We won,” fire chief Ruben Okafor said.")
    >>> who.name.of("“We won,” fire chief Ruben Okafor said."), who.role.of("“We won,” fire chief Ruben Okafor said.")
    ('Ruben Okafor', 'fire chief')
    """
    marks = list(_MARKED.finditer(text))
    attempts: list[tuple[int, re.Match[str] | None]] = []
    for mark in marks:
        tail = text[mark.end() :]
        attempts += [(mark.end(), _SUBJECT_LAST.match(tail)), (mark.end(), _SUBJECT_INVERTED.match(tail))]
    attempts.append((0, _SUBJECT_FIRST.match(text)))
    for offset, match in attempts:
        if match and (found := _split_subject(text, offset + match.start("who"), offset + match.end("who"))):
            return found
    return None


def _split_subject(text: str, start: int, end: int) -> Speaker | None:
    """A subject as name and role: the capitals at its end, titles taken off the name."""
    subject = text[start:end]
    run = _CAPITALS.search(subject)
    if run is None:
        return None
    words = run.group().split(" ")
    kept = words[-2:] if len(words) > 1 and words[-2] not in tables()["people"]["forms"] else words[-1:]
    if kept == [subject] and kept[0] in ("He", "She", "They", "It", "We", "I"):
        return None
    name_start = end - len(" ".join(kept))
    role = subject[: name_start - start].rstrip()
    if re.search(r"\b(?:of|for|the|and|in|at|on|a|an)$", role):  # "the Committee for the Missing" is all name
        return Speaker(Span(start + (4 if role.startswith(("The ", "the ")) else 0), end), None)
    role_start = start + (4 if role.startswith(("The ", "the ")) else 0)
    span = Span(role_start, start + len(role)) if len(role) > 4 and "'" not in role and "’" not in role else None
    return Speaker(Span(name_start, end), span)


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """What may stand in the place of what (``data/alterations.toml``)."""
    return tomllib.loads(resources.files("claimdesk").joinpath("data/alterations.toml").read_text("utf-8"))


def alterations(scene: Scene, table: dict[str, Alter], each: Callable[[str], int], seed: int) -> Iterator[Alteration]:
    """Up to ``each(kind)`` altered claims of every kind in ``table``, the same ones for the same seed."""
    seen = {_plain(scene.text)}
    for kind, alter in table.items():
        random = Random(f"{seed}:{kind}:{scene.form}:{scene.text}")
        found = list(dict.fromkeys(alter(scene, random)))
        random.shuffle(found)
        for text in found[: each(kind)]:
            if text != scene.text and text not in seen:
                seen.add(text)
                yield Alteration(kind, text)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
