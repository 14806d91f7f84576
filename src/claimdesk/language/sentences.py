"""Sentences as spans, by rules that know abbreviations, initials, decimals and quotation marks."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from functools import lru_cache
from importlib import resources

from claimdesk.language.marks import Marked, pair_marks
from claimdesk.language.text import paragraphs, trim
from claimdesk.model import Span

_END = re.compile(r"(?<![.!?…])[.!?…]++(?:\[\d{1,3}\])?+['\"”’»)\]*_]*+(?=\s|$)")
_LAST_WORD = re.compile(r"[\w.'’&-]*$")
_FIRST_WORD = re.compile(r"[\"'“‘«(\[]*([\w.’'-]+)")
_ITEM = re.compile(r"\n[^\S\n]*(?=(?:[-*•‣◦▪–—]|\(?\d{1,2}[.)]|\(?[a-z]\))[^\S\n]+\S)")
_ENUMERATOR = re.compile(r"[\s(\"'“‘]*(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})$")
_CREDIT = re.compile(r"\((?=[^()\n]{2,120}\))(?:[^()\n]{0,60}/|AP|AFP|Reuters|Photo|File|Getty|Image|Credit|Courtesy)")
# War dead come home. (AFP/Lisle Office) The next sentence.
_CREDIT_END = re.compile(r"(?<=[.!?]) \([^()\n]{0,60}/[^()\n]{1,80}\)(?=\s+[A-Z“\"])")
_SAYS = (
    r"(?:said|says|say|asked|asks|added|adds|wrote|writes|replied|told|shouted|joked|tweeted|posted|warned|continued"
    r"|exclaimed|cried|recalled|insisted|noted|demanded|wondered|responded|answered|went on|began|concluded|explained"
    r"|argued|yelled|quipped|laughed|declared|remarked|observed|mused|screamed|chanted|declares|shot back|chimed in)"
)
_NAME = r"(?:(?!said|asked)[\w.'’-]+,? ){1,7}"
# “Why now?” the deputy minister asked. / “We won.” Ruiz said on Monday.
_SAID_AFTER = re.compile(
    rf"(?:{_SAYS} (?:the |a |an )?[A-Z]|(?=[A-Z]|the |a |an |he |she |they |one ){_NAME}{_SAYS}"
    r"(?:[.,;:]| (?:on|at|in|to|during|as|when|after|before|from|of|last|late|early|by|via|with|through|yesterday"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|reporters|him|her|me|us|them)\b|$))"
)
_PRONOUN_SAID = re.compile(rf"(?:He|She|They|It|I|We) {_SAYS}\b")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """The word lists of ``data/abbreviations.toml``."""
    lists = tomllib.loads(resources.files("claimdesk").joinpath("data/abbreviations.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in lists.items()}


def sentences(text: str, marks: tuple[Marked, ...] | None = None) -> tuple[Span, ...]:
    """The sentences of a text in order; none crosses a paragraph.

    A boundary never stands right after an opening or right before a closing mark, and words that attribute a quote
    belong to the quote's last sentence.

    >>> text = "Mr. Lee won. He left at 5 p.m. on Friday. “Why?” Ruiz asked."
    >>> [span.of(text) for span in sentences(text)]
    ['Mr. Lee won.', 'He left at 5 p.m. on Friday.', '“Why?” Ruiz asked.']
    """
    pairs = pair_marks(text) if marks is None else marks
    closings = sorted(pair.inner.end for pair in pairs)
    found: list[Span] = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        for cut in _cuts(text, paragraph, closings):
            if cut > start and (span := trim(text, Span(start, cut))):
                found.append(span)
                start = cut
        if span := trim(text, Span(start, paragraph.end)):
            found.append(span)
    return tuple(found)


def _cuts(text: str, paragraph: Span, closings: list[int]) -> list[int]:
    line_cuts = sorted(_line_cuts(text, paragraph))
    cuts = {*line_cuts, *(match.end() for match in _CREDIT_END.finditer(text, paragraph.start, paragraph.end))}
    begin = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        line = bisect_right(line_cuts, match.start()) - 1
        begin = max(begin, line_cuts[line] if line >= 0 else 0)
        if match.end() < paragraph.end and _ends_sentence(text, match, begin, closings):
            cuts.add(match.end())
            begin = match.end()
    return sorted(cuts)


def _line_cuts(text: str, paragraph: Span) -> list[int]:
    """Line breaks that are meant: list items, and lines on which the next line's first word would have fitted."""
    if "\n" not in text[paragraph.start : paragraph.end]:
        return []
    cuts = [match.start() for match in _ITEM.finditer(text, paragraph.start, paragraph.end)]
    lines: list[Span] = []
    start = paragraph.start
    for words in text[paragraph.start : paragraph.end].split("\n"):
        lines.append(Span(start, start + len(words)))
        start += len(words) + 1
    width = max(map(len, lines))
    for line, following in zip(lines, lines[1:], strict=False):
        first = _FIRST_WORD.match(text, following.start, min(following.end, following.start + 60))
        if first is None:
            continue
        word = first.group(1)
        # Three quarters: even a ragged wrap fills that much of a line.
        if not word[0].islower() and len(line) + 1 + len(word) <= 0.75 * width:
            if not text[line.start : line.end].rstrip().endswith((",", ";", "-", "–", "—", "(")):
                cuts.append(line.end)
    return cuts


def _ends_sentence(text: str, match: re.Match[str], begin: int, closings: list[int]) -> bool:
    following = text[match.end() : match.end() + 140].lstrip()
    if not following:
        return False
    gap = match.end() + (len(text[match.end() : match.end() + 140]) - len(following))
    index = bisect_left(closings, match.end())
    if index < len(closings) and closings[index] <= gap:
        return False  # white space, then the closing mark: “It takes months. ”
    word = _FIRST_WORD.match(following)
    first = word.group(1) if word else ""
    if following[0].islower() and not _is_new_line(text, match.end(), gap):
        return False
    if following[0] in ",;:.)!?…" or re.match(r"[–—-]{1,2}\s", following):
        return False
    if _CREDIT.match(following):
        return False
    closers = match.group().lstrip(".!?…")
    if closers[:1] and closers[:1] in "\"'”’»" and _said_follows(following, match.group()):
        return False
    return _dot_ends(text, match, begin, first) if match.group()[0] in ".…" else True


def _is_new_line(text: str, start: int, end: int) -> bool:
    return "\n" in text[start:end]


def _said_follows(following: str, ending: str) -> bool:
    if _SAID_AFTER.match(following):
        return True
    return ending[0] in "!?…" and _PRONOUN_SAID.match(following) is not None


def _dot_ends(text: str, match: re.Match[str], begin: int, first: str) -> bool:
    """Whether a point ends a sentence, by the word before it and the word after it."""
    known = _words()
    starter = first.casefold() in known["starters"] and first[:1].isupper()
    ending = match.group()
    if ending.startswith(("…", "..")):
        # “We have 1,212 … They belong to us”: a cut, not an end, where a space stands before the dots.
        return not text[match.start() - 1 : match.start()].isspace()
    if text[match.start() - 1 : match.start()].isspace() and not ending.strip("."):
        return starter  # . . . with spaces
    before = _LAST_WORD.search(text[max(begin, match.start() - 24) : match.start()])
    word = before.group().casefold().strip("'’-") if before else ""
    if len(text[begin : match.start()].strip()) <= 5 and _ENUMERATOR.match(text[begin : match.start()].strip()):
        return False  # 1. Sell the port.
    if word in ("no", "nos"):
        return not first[:1].isdigit()
    if word in ("a.m", "p.m"):
        return first[:1].isupper() and first.casefold().strip(".") not in known["after_time"] or first[:1] in '“"'
    if word in known["never"]:
        return False
    initial = (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(?:\w\.)+\w", word) is not None
    if word in known["titles"] or word in known["sometimes"] or initial:
        if word in known["always_titles"]:
            return False
        if word in known["sometimes"] and first[:1].isdigit():
            return False
        after = text[match.end() : match.end() + 3].strip()[:1]
        return starter or (after in '“"‘' and word not in known["titles"])
    return True
