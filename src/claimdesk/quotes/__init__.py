"""Reported speech: direct, partial and indirect quotes, with speaker and cue; and attributions without words."""

from __future__ import annotations

from dataclasses import replace

from claimdesk.language.parse import Parsed
from claimdesk.model import Cue, Mention, Quote, QuoteType, Span
from claimdesk.quotes.attribution import Attribution
from claimdesk.quotes.attributions import find_attributions
from claimdesk.quotes.indirect import Reported, ReportedSpeech
from claimdesk.quotes.marked import Draft, MarkedSpeech
from claimdesk.quotes.people import People

__all__ = ["find_attributions", "find_quotes"]


def find_quotes(parsed: Parsed) -> tuple[Quote, ...]:
    """Every quote of a text in order of place.

    Marked speech comes first (``MarkedSpeech``), then the speech without marks around it (``ReportedSpeech``);
    names, terms and scare quotes are left out. A quote without a safe speaker has none, or an ambiguous one.
    """
    if not parsed.sentences:
        return ()
    speech = MarkedSpeech(parsed)
    drafts = speech.find()
    taken = frozenset(draft.by.token for draft in drafts if draft.by is not None)
    reported = ReportedSpeech(parsed, speech.in_marks, taken).find()
    people = People(parsed)
    quotes: list[Quote] = []
    spoken: list[Mention] = []
    items: list[Draft | Reported] = sorted([*drafts, *reported], key=_place)
    for item in items:
        quote = _marked(item, people, spoken) if isinstance(item, Draft) else _indirect(item, people, spoken)
        if quote.speaker is not None and (isinstance(item, Draft) or quote.speaker.name):
            spoken.append(quote.speaker)
        quotes.append(quote)
    return tuple(sorted(quotes, key=lambda quote: (quote.content[0].start, -quote.content[-1].end)))


def _place(item: Draft | Reported) -> int:
    return item.parts[0].outer.start if isinstance(item, Draft) else item.by.cue.span.start


def _speaker(by: Attribution | None, people: People, spoken: list[Mention]) -> Mention | None:
    return people.mention(by.speaker, spoken) if by is not None and by.speaker is not None else None


def _cue(by: Attribution, text: str) -> Cue:
    """The cue with its words as the text has them; the grammar has seen a folded copy."""
    return replace(by.cue, text=by.cue.span.of(text))


def _marked(draft: Draft, people: People, spoken: list[Mention]) -> Quote:
    by = draft.by
    speaker = _speaker(by, people, spoken)
    if draft.follows and spoken:
        speaker = spoken[-1]
    return Quote(
        type=draft.type,
        content=tuple(part.inner for part in draft.parts),
        outer=tuple(part.outer for part in draft.parts),
        speaker=speaker,
        cue=_cue(by, people.text) if by else None,
        confidence=draft.confidence,
        medium=by.medium if by else "",
        via=by.via if by else "",
        target=by.target if by else "",
        flags=draft.flags,
    )


def _indirect(item: Reported, people: People, spoken: list[Mention]) -> Quote:
    by = item.by
    content: tuple[Span, ...] = item.content
    return Quote(
        type=QuoteType.INDIRECT,
        content=content,
        outer=content,
        speaker=_speaker(by, people, spoken),
        cue=_cue(by, people.text),
        confidence=by.confidence,
        medium=by.medium,
        via=by.via,
        target=by.target,
        flags=("nested",) if item.nested else (),
    )
