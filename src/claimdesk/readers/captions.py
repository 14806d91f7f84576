"""Subtitle files (.vtt, .srt): cues joined into the turns that people spoke, with speakers and time codes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claimdesk.errors import UnreadableFileError
from claimdesk.model import Document, Location, Meta
from claimdesk.readers.decode import decode
from claimdesk.readers.draft import Draft
from claimdesk.readers.limits import Limits
from claimdesk.readers.turns import find_turns

_TIMING = re.compile(r"^[ \t]*((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})[ \t]*-->[^\r\n]*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,60})?[ \t]+([^>\n]{1,120})>")
_BEFORE_VOICE = re.compile(r"(?=<v[ .])")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<[\d:.]{4,16}>|\{\\[^{}\n]{1,60}\}")
_SWITCH = re.compile(r"^(?:>>+|[-\u2013\u2014])[ ]?(?=\S)")
_ENDS = (".", "!", "?", "…", '."', '?"', '!"', ".”", "?”", "!”")
_PARAGRAPH = 700


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a cue: who says it as far as the file tells, and whether a new voice starts here."""

    text: str
    time: str
    voice: str = ""
    role: str = ""
    fresh: bool = False


def read_captions(name: str, data: bytes, limits: Limits) -> Document:
    """A .vtt or .srt file as running text: a paragraph for each turn, each cue's start marked with its time.

    The speaker's name before a turn is furniture. Lines that a rolling caption repeats are taken once.
    We cut cues at their timing lines instead of calling webvtt-py: the files that people have lack blank
    lines, numbers and headers, and one broken cue must not cost the whole transcript.
    Raises UnreadableFileError for a file without a timed cue.
    """
    text, notes = decode(name, data)
    lines = _named(list(_lines(text.replace("\r\n", "\n").replace("\r", "\n"))))
    if not lines:
        raise UnreadableFileError(f"{name} has no timed captions; give plain text as .txt.")
    draft = Draft(name, limits, list(notes))
    turn, length, last, previous = 0, 0, "", None
    for line in lines:
        new = previous is None or line.fresh or line.voice != previous.voice
        place = Location(speaker=line.voice or None, turn=turn + new, time=line.time, role=line.role or None)
        if new:
            turn, length = turn + 1, 0
            if line.voice:
                draft.add(f"{line.voice}:", place, furniture=True)
        # A long turn is broken where a sentence ends, never inside one.
        long = length > _PARAGRAPH and last.endswith(_ENDS)
        gap = "\n\n" if (new and not line.voice) or (long and not new) else " "
        draft.add(line.text, place, gap=gap)
        length = len(line.text) if long else length + len(line.text)
        last, previous = line.text, line
    return draft.finish("vtt" if name.lower().endswith(".vtt") else "srt", Meta(type="transcript"))


def _lines(text: str) -> Iterator[_Line]:
    """Every line of every cue, markup out, voices and dashes understood, rolling repeats left out."""
    shown: list[str] = []
    timings = list(_TIMING.finditer(text))
    for index, timing in enumerate(timings):
        following = timings[index + 1].start() if index + 1 < len(timings) else len(text)
        now, voice = [], ""
        for raw in _payload(text[timing.end() : following]):
            if spoken := _VOICE.match(raw):
                voice = html.unescape(spoken[1]).strip()
            words = " ".join(html.unescape(_TAG.sub("", _VOICE.sub("", raw))).split())
            switch = _SWITCH.match(words)
            words = words[switch.end() :] if switch else words
            if words:
                now.append(words)
                if words not in shown:
                    yield _Line(words, timing[1].replace(",", "."), voice, fresh=bool(switch))
        shown = now


def _payload(block: str) -> list[str]:
    """The text lines of a cue, up to the first blank one; each voice on its own."""
    head, blank, _ = block.lstrip("\n").partition("\n\n")
    lines = [line.strip() for line in head[:5000].split("\n") if line.strip()]
    if not blank and len(lines) > 1 and lines[-1].isdigit():
        lines.pop()  # the number of the next cue, where no blank line parts them
    return [piece for line in lines for piece in _BEFORE_VOICE.split(line) if piece.strip()]


def _named(lines: list[_Line]) -> list[_Line]:
    """The lines with speakers written before a colon ("RUIZ: ...") taken over until the next voice."""
    if any(line.voice for line in lines):
        return lines
    joined = "\n".join(line.text for line in lines)
    labels = {label.span.start: label for label in find_turns(joined)}
    found: list[_Line] = []
    start, speaker, role = 0, "", ""
    for line in lines:
        label = labels.get(start)
        if label:
            speaker, role = label.name, label.role
            words = joined[label.span.end : start + len(line.text)].strip()
            found.append(replace(line, text=words, voice=speaker, role=role, fresh=True))
        else:
            speaker, role = ("", "") if line.fresh else (speaker, role)
            found.append(replace(line, voice=speaker, role=role))
        start += len(line.text) + 1
    return _labels_joined(found)


def _labels_joined(lines: list[_Line]) -> list[_Line]:
    """A name alone on its line opens the turn of the line below."""
    found: list[_Line] = []
    fresh = False
    for line in lines:
        if line.text:
            found.append(replace(line, fresh=line.fresh or fresh))
        fresh = not line.text
    return found
