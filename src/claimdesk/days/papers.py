"""The day of a source itself: of the statement it is, of the meeting it records, of its publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from claimdesk.analysis import Part, Subject
from claimdesk.dates.patterns import date_words
from claimdesk.days.events import STATEMENT, Frame, slot_of, told_events, words
from claimdesk.days.match import Ground, alike
from claimdesk.language.concepts import meanings
from claimdesk.language.text import fold
from claimdesk.language.text import words as text_words
from claimdesk.model import DateRef, Meta, Span


def own_day(meta: Meta) -> DateRef | None:
    """The day of a source, as a reference without a place in its text."""
    if meta.date is None:
        return None
    return DateRef(Span(0, 0), meta.date.isoformat(), meta.date, meta.date, "day", anchor="explicit")


@lru_cache(maxsize=256)
def paper_words(meta: Meta) -> frozenset[str]:
    """The words that say what sort of paper a source is."""
    lines = (meta.type, meta.kind, meta.medium, meta.title)
    return frozenset(word.norm.lower() for line in lines for word in text_words(fold(line)))


def is_spoken(meta: Meta) -> bool:
    """Whether a source is somebody's own words of one day: a transcript, a statement, a letter."""
    spoken = frozenset(date_words()["papers"]["spoken"].split())
    return meta.type in ("transcript", "statement", "interpreted") or bool(paper_words(meta) & spoken)


def records_meeting(meta: Meta) -> bool:
    """Whether a source is the minutes or the transcript of a meeting."""
    return bool(paper_words(meta) & frozenset(date_words()["papers"]["records"].split()))


def statement_days(part: Part) -> Iterator[DateRef]:
    """The days of statements that a passage gives."""
    for ref in part.view.dates:
        if slot_of(part.view, ref).kind == STATEMENT:
            yield ref


def is_publisher(subject: Subject, meta: Meta) -> bool:
    """Whether the claim names who published a source: "reported in the Annals of Clinical Trials on Tuesday"."""
    mine = {word.norm.lower() for word in text_words(fold(subject.view.text))}
    for line in (meta.publisher, meta.org, meta.speaker):
        names = [word.norm for word in text_words(fold(line.split("(")[0]))]
        capital = [name.lower() for name in names if name[:1].isupper() or name.islower()]
        if len([name for name in capital if len(name) > 3]) >= 2 and all(n in mine for n in capital if len(n) > 3):
            return True
    return False


def acts_of_meeting(part: Part, mine: Iterable[Frame], ground: Ground, counted: bool) -> bool:
    """Whether minutes tell, without another day, that the meeting did what the claim says."""
    frames = [frame for frame in mine if frame.keys & words("acts") and not frame.nominal]
    if not frames or not records_meeting(part.meta):
        return False
    for told in told_events(part.view):
        if told.perfect or told.unsure or told.negated or not told.keys & words("acts"):
            continue
        found = alike(frames, [told], ground, counted)
        if found.supports and found.conflicts:
            return True
    return False


def is_occasion(part: Part, mine: Iterable[Frame], ground: Ground) -> bool:
    """Whether a source records the occasion that the claim names: "at a committee meeting", its transcript."""
    paper = frozenset(meaning for word in paper_words(part.meta) for meaning in meanings(word))
    for frame in mine:
        if not frame.nominal or not frame.keys & words("occasions") or not is_spoken(part.meta):
            continue
        terms = [each for argument in frame.arguments for each in argument.terms]
        if frame.means & paper and terms and all(each.meets(ground.means) for each in terms):
            return True
    return False
