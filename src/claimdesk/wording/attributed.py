"""Who spoke the words of a quotation, by the claim and by the evidence, and the reading that counts for a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from claimdesk.analysis import Part, Subject
from claimdesk.model import Mention, Quote, QuoteType, Span
from claimdesk.wording.identity import Identity, Likeness, compare, is_vague
from claimdesk.wording.reading import Reading, readings

_LABEL = re.compile(
    r"^[ \t]*((?:[A-Z][\w.'’-]{0,30}|of|de|van|von|for|the)(?: (?:[A-Z][\w.'’-]{0,30}|of|de|van|von|for|the)){0,6})"
    r"(?: \([^()\n]{1,60}\))?:[ \t]",
    re.M,
)
_FIRST = frozenset(("i", "we", "me", "us"))


def claimed(quote: Quote) -> Identity | None:
    """The speaker that the claim names; None where it names nobody or two people fit."""
    speaker = quote.speaker
    if speaker is None or speaker.ambiguous or not (speaker.name or speaker.text):
        return None
    return _identity(speaker)


def _identity(speaker: Mention) -> Identity:
    name = speaker.name or speaker.text
    return Identity(name, speaker.role, speaker.org)


def spoken_by(part: Part, carrier: Quote | None, where: Span) -> Identity | None:
    """The speaker that the evidence names for a stretch of words; None where it names nobody.

    Inner marks belong to the inner speaker; a line "RUIZ: ..." names its own; else the source as a whole.
    """
    meta = part.meta
    whole = Identity(meta.speaker, meta.role, meta.org) if meta.speaker or meta.role or meta.org else None
    if carrier is not None and (carrier.type is not QuoteType.INDIRECT or meta.type == "report" or not meta.speaker):
        speaker = carrier.speaker
        if speaker is not None and speaker.text.casefold() in _FIRST:
            return whole
        quoting = carrier.type is QuoteType.DIRECT or meta.type == "report" or not meta.speaker
        if speaker is not None and not speaker.ambiguous and speaker.name and quoting:
            return _fuller(_identity(speaker), whole)
        if speaker is not None and meta.type == "report" and not meta.speaker:
            return None
    text = part.view.analysis.parsed.text
    start = max(part.view.span.start, where.start - 4000)
    labels = list(_LABEL.finditer(text, start, where.start))
    if labels and meta.type != "report":
        name = labels[-1].group(1)
        return _fuller(Identity(name.title() if name.isupper() else name), whole) if len(name) > 1 else None
    return whole


def _fuller(named: Identity, whole: Identity | None) -> Identity:
    """A speaker named in the text, with office and body from what is known of the source when it is the same one."""
    if whole is None or compare(named, whole) is not Likeness.SAME:
        return named
    return replace(
        whole,
        name=whole.name if len(whole.name) >= len(named.name) else named.name,
        role=whole.role or named.role,
        org=whole.org or named.org,
    )


def doubtful(quote: Quote, part: Part, carrier: Quote | None, where: Span) -> bool:
    """Whether both sides name a speaker and nothing says that it is one person: words alone then prove nothing."""
    mine, theirs = claimed(quote), spoken_by(part, carrier, where)
    if mine is None or theirs is None or is_vague(mine):
        return False
    return likeness(quote, part, carrier, where) is Likeness.UNKNOWN


def likeness(quote: Quote, part: Part, carrier: Quote | None, where: Span) -> Likeness:
    """Whether claim and evidence give the words to one speaker."""
    mine, theirs = claimed(quote), spoken_by(part, carrier, where)
    if mine is None or theirs is None:
        return Likeness.UNKNOWN
    found = compare(mine, theirs)
    meta = part.meta
    whole = Identity(meta.speaker, meta.role, meta.org)
    if found is Likeness.UNKNOWN and meta.speaker and theirs.name != meta.speaker and meta.type != "report":
        if compare(theirs, whole) is not Likeness.SAME and compare(mine, whole) is Likeness.SAME:
            return Likeness.OTHER  # the speaker quotes somebody else here
    return found


def settle(subject: Subject, quote: Quote, parts: Sequence[Part]) -> Reading | None:
    """The reading that counts: words borne out by the right speaker, else the nearest words of that speaker."""
    found = readings(subject, quote, parts)
    if not found:
        return None
    order = {Likeness.SAME: 0, Likeness.GENERALIZED: 1, Likeness.LOOSE: 2, Likeness.UNKNOWN: 2, Likeness.OTHER: 3}

    def rank(reading: Reading) -> tuple[int, int, int, float]:
        who = order[likeness(quote, reading.part, reading.carrier, reading.stretch)]
        return (
            0 if reading.supporting and who < 3 else 1,
            who // 3,
            0 if reading.supporting else 1,
            reading.placed.cost,
        )

    return min(found, key=rank)
