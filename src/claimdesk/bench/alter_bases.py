"""Where the claims that ``bench alter`` alters come from: sentences as claims of evidence that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from claimdesk.bench.alter import Scene, find_speaker
from claimdesk.errors import ClaimdeskError
from claimdesk.language.parse import parse
from claimdesk.model import Meta

Story = Sequence[str]

_DAY = date(2025, 11, 12)  # a Wednesday, the day on which every sentence is read


def make_scenes(stories: Iterable[Story]) -> Iterator[Scene]:
    """Every sentence as a claim of itself, of itself among its neighbors, and of its speaker's words alone."""
    dated = Meta(date=_DAY)
    stories = list(stories)
    speeches = [speech for story in stories for sentence in story if (speech := _speech(sentence))]
    seen: set[str] = set()
    for story in stories:
        for index, sentence in enumerate(story):
            if sentence in seen:
                continue
            seen.add(sentence)
            claim = parse(sentence)
            yield Scene(claim, sentence, "alone", dated, dated)
            if len(story) > 1:
                beside = " ".join(story[max(0, index - 1) : index + 2])
                yield Scene(claim, beside, "beside", dated, dated)
            if speech := _speech(sentence):
                yield from _statements(speech, speeches)


@dataclass(frozen=True, slots=True)
class _Speech:
    """One person's words as a whole sentence."""

    words: str
    name: str
    role: str


def _speech(sentence: str) -> _Speech | None:
    scene = Scene(parse(sentence), sentence, "alone")
    who = find_speaker(sentence)
    if who is None or who.name is None or len(scene.quotes) != 1:
        return None
    words = scene.quotes[0].of(sentence).rstrip(",. ")
    if len(words.split()) < 5 or not words[0].isupper() or re.search(r"…|\.\.\.|\[", words):
        return None
    return _Speech(words, who.name.of(sentence), who.role.of(sentence) if who.role else "")


def _statements(speech: _Speech, all_speeches: Sequence[_Speech]) -> Iterator[Scene]:
    """The claim that someone said a sentence, against the words alone, and against a longer speech with them."""
    who = f"{speech.role} {speech.name}".strip()
    claim = parse(f"“{speech.words},” {who} said.")
    meta = Meta(speaker=speech.name, role=speech.role, type="statement", date=_DAY)
    dated = Meta(date=_DAY)
    yield Scene(claim, f"{speech.words}.", "statement", meta, dated)
    at = all_speeches.index(speech)
    others = [all_speeches[(at + step) % len(all_speeches)].words for step in (1, 2)]
    if not any(_alike(speech.words, other) for other in others):
        spoken = f"{others[0]}. {speech.words}. {others[1]}."
        yield Scene(claim, spoken, "speech", meta, dated, tuple(others))


def _alike(words: str, other: str) -> bool:
    """Whether two speeches share so many words that halves of them may be one sentence again."""
    ours, theirs = set(words.lower().split()), set(other.lower().split())
    return 2 * len(ours & theirs) > min(len(ours), len(theirs))


def built_in_stories() -> list[Story]:
    """The sentences that come with Claimdesk."""
    return _stories(resources.files("claimdesk").joinpath("data/alter_sentences.txt").read_text("utf-8"))


def read_stories(path: Path) -> list[Story]:
    """The sentences of a file. Raises ClaimdeskError for one that cannot be read or holds none."""
    try:
        stories = _stories(path.read_text("utf-8"))
    except OSError as error:
        raise ClaimdeskError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise ClaimdeskError(f"{path} is not UTF-8 text. Save it as UTF-8, one sentence a line.") from error
    if not stories:
        raise ClaimdeskError(f"{path} holds no sentence. Write one sentence a line, a blank line between stories.")
    return stories


def _stories(text: str) -> list[Story]:
    lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    stories: list[list[str]] = [[]]
    for line in lines:
        if line:
            stories[-1].append(line)
        elif stories[-1]:
            stories.append([])
    return [story for story in stories if story]


def case_stories() -> Iterator[Story]:
    """Sentences of the sources of the case folders beside this installation, through the readers; none without."""
    from claimdesk.load import load_sources

    root = next(
        (folder for folder in (Path.cwd(), *Path(__file__).resolve().parents) if (folder / "claims").is_dir()), None
    )
    if root is None:
        return
    for folder in sorted((root / "claims").glob("*/sources")):
        for source in load_sources([folder]):
            if source.document is None:
                continue
            parsed = parse(source.document.text)
            sentences = [" ".join(span.of(parsed.text).split()) for span in parsed.sentences]
            yield from ([sentence] for sentence in sentences if _is_base(sentence))


def _is_base(sentence: str) -> bool:
    """Whether a sentence is prose of a usual length that holds a figure or a quotation."""
    words = sentence.split()
    told = any(char.isdigit() for char in sentence) or "“" in sentence
    return 7 <= len(words) <= 40 and told and sentence[-1] in ".”" and sentence[0].isupper() and "|" not in sentence
