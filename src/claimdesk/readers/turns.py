"""Who speaks in a text whose paragraphs open with a name and a colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from claimdesk.language.text import fold
from claimdesk.model import Span

TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
"""A time code: 01:02:03.400, 1:02:03, 02:03."""

_NAME = r"[^\W\d_][\w.'-]{0,30}(?:[ ](?:&[ ])?[^\W\d_][\w.'-]{0,30}){0,5}"
_LABEL = re.compile(
    rf"""[ \t]{{0,8}}(?:>>+[ ]?)?[*_]{{0,2}}
    (?:[\[(]?(?P<before>{TIME})[\])]?[ ]{{0,3}}(?:-[ ])?)?[*_]{{0,2}}
    (?P<name>{_NAME}|[QA]\d{{0,2}})
    (?:,?[ ](?P<bracket>[(\[])(?P<role>[^()\[\]\n:]{{1,80}})[)\]]|,[ ](?P<comma>[^()\[\]\n:.]{{2,60}}))?
    (?:[ ][\[(](?P<after>{TIME})[\])])?
    [*_]{{0,2}}[ ]?:[*_]{{0,2}}(?=\s|$)[ \t]{{0,8}}""",
    re.VERBOSE,
)
_LINE = re.compile(r"[^\r\n]+")
_LETTER = re.compile(r"[^\W\d_]")
_BLANK = re.compile(r"\r?\n[ \t]{0,20}\r?\n")
_SMALL = frozenset(
    ("van", "von", "der", "den", "de", "la", "le", "du", "da", "di", "al", "el", "bin", "of", "the", "for", "and", "et")
)


@dataclass(frozen=True, slots=True)
class Label:
    """The words before a turn: ``span`` covers all of them with the white space behind."""

    span: Span
    name: str
    role: str = ""
    time: str = ""


def find_turns(text: str) -> tuple[Label, ...]:
    r"""The labels that open the turns of a transcript, in order; nothing for a text that is none.

    At least three turns of two or more names are wanted; a label in title case must come back, or carry a role,
    so that headers (``Date: ...``) and lists (``Monday: ...``) stay prose.

    >>> [label.name for label in find_turns("Q: How many?\nRUIZ: 1,212.\nQ: Sure?\nRUIZ: Yes.")]
    ['Q', 'RUIZ', 'Q', 'RUIZ']
    >>> find_turns("Date: today\nPlace: Kyiv\nSubject: bodies")
    ()
    """
    folded = fold(text)
    labels: list[Label] = []
    figures = 0
    for line in _LINE.finditer(folded):
        if (label := _read_label(folded, line.start())) and not (not labels and _is_headline(folded, line, label)):
            labels.append(label)
            words = folded[label.span.end : line.end()]
            figures += bool(words.strip()) and not _LETTER.search(words)
    # A list of results ("Ruiz: 1,212") is no talk, though a turn may be a mere figure.
    return _speakers(labels) if 2 * figures < len(labels) else ()


def _is_headline(folded: str, line: re.Match[str], label: Label) -> bool:
    """Whether the first line is a headline with a name in front ("Ruiz: ferries are full") and not a turn."""
    alone = _BLANK.match(folded, line.end()) and not folded[: line.start()].strip()
    ended = line.group().rstrip().endswith((".", "!", "?", '"', "-", "\u2014"))
    return bool(alone) and not (ended or label.role or label.time or label.name.isupper())


def _read_label(folded: str, start: int) -> Label | None:
    """The label that opens the line at ``start`` of a folded text, None where none does."""
    match = _LABEL.match(folded, start)
    if not match or not _like_a_name(match["name"]):
        return None
    role = (match["role"] or match["comma"] or "").strip()
    if re.fullmatch(TIME, role):
        return Label(Span(match.start(), match.end()), match["name"], "", role)
    return Label(Span(match.start(), match.end()), match["name"], role, match["before"] or match["after"] or "")


def _speakers(labels: Sequence[Label]) -> tuple[Label, ...]:
    """All labels of a transcript, short forms written out ("RUIZ" after "Dana Ruiz"), or nothing.

    Whether it is one is decided on labels that look like speakers for certain: in capitals, with a role or a
    time, coming back, or sharing a surname. If it is, words said under any other name are not given to them.
    """
    counts = Counter(label.name.casefold() for label in labels)
    surnames = Counter(name.split()[-1] for name in counts)
    certain = [
        label
        for label in labels
        if label.name.isupper()
        or label.role
        or label.time
        or counts[label.name.casefold()] > 1
        or surnames[label.name.casefold().split()[-1]] > 1
    ]
    again = any(counts[label.name.casefold()] > 1 for label in certain)
    strong = all(label.name.isupper() or label.role for label in certain)
    if len(certain) < 3 or len({label.name.casefold() for label in certain}) < 2 or not (again or strong):
        return ()
    full = _full_names(labels)
    return tuple(replace(label, name=full[label.name][0], role=label.role or full[label.name][1]) for label in labels)


def _full_names(labels: Sequence[Label]) -> dict[str, tuple[str, str]]:
    """For each name the longest form that ends with it, if there is only one, and the role given anywhere."""
    roles: dict[str, str] = {}
    for label in labels:
        if label.role and not roles.get(label.name):
            roles[label.name] = label.role
    names = list(dict.fromkeys(label.name for label in labels))[:500]
    full = {label.name: label.name for label in labels}
    for name in names:
        parts = name.casefold().split()
        longer = [
            other
            for other in names
            if len(other.split()) > len(parts) and other.casefold().split()[-len(parts) :] == parts
        ]
        if len(longer) == 1 and len(parts[0]) > 1:
            full[name] = longer[0]
    return {name: (whole, roles.get(name) or roles.get(whole, "")) for name, whole in full.items()}


def _like_a_name(name: str) -> bool:
    if name.casefold() in _not_speakers():
        return False
    parts = [part for part in name.split() if part.casefold() not in _SMALL and part != "&"]
    return bool(parts) and all(part[0].isupper() for part in parts) and name[0].isupper()


@lru_cache(maxsize=1)
def _not_speakers() -> frozenset[str]:
    lines = resources.files("claimdesk").joinpath("data", "not_speakers.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
