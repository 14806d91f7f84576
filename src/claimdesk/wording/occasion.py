"""When and where something was said, and with which word: medium, day and cue of a statement."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from claimdesk.analysis import Part, Subject
from claimdesk.language.parse import Parsed
from claimdesk.language.text import words
from claimdesk.model import Cue, DateRef, Quote, QuoteType, Span
from claimdesk.wording.edits import Change
from claimdesk.wording.referents import people
from claimdesk.wording.restate import restatements

_COMPATIBLE = (
    {"statement", "message", "post", "letter"},
    {"speech", "parliament"},
    {"hearing", "parliament"},
    {"interview", "call"},
)
# Cues that claim more than "said": an admission, a denial, an insinuation, an order.
_LOADED = frozenset(("factive", "negative", "suggest", "directive"))
_LOADED_VERBS = frozenset(["claim", "allege", "threaten", "boast"])
_FREE = frozenset(("frame", ""))


@lru_cache(maxsize=256)
def medium_class(text: str) -> str:
    """The kind of occasion that words name, empty when none is known.

    >>> medium_class("at a news conference"), medium_class("Signal message"), medium_class("at noon")
    ('briefing', 'message', '')
    """
    norms = {word.norm for word in words(text)}
    if norms & {"joint"}:
        norms = norms - {"joint"}
    groups: dict[str, list[str]] = people()["media"]
    return next((name for name, known in groups.items() if norms & set(known)), "")


def read_occasion(subject: Subject, quote: Quote, part: Part, where: Span, carrier: Quote | None) -> list[Change]:
    """Where the stated medium or day of a statement contradicts the evidence's own."""
    found = []
    span = Span(quote.outer[0].start, quote.outer[-1].end)
    theirs = carrier.medium if carrier is not None and carrier.medium else part.meta.medium
    if part.meta.type == "report" and not (carrier is not None and carrier.medium):
        theirs = ""
    mine = medium_class(quote.medium)
    if not mine and quote.cue is not None and quote.cue.lemma in ("tweet", "post"):
        mine = "post"
    other = medium_class(theirs)
    if mine and other and mine != other and not any({mine, other} <= group for group in _COMPATIBLE):
        stated = quote.medium or (quote.cue.text if quote.cue else "")
        detail = f'The claim has it said "{stated}"; the source is a {theirs}.'
        found.append(Change("WRONG_OCCASION", span, where, detail))
    said = _said_on(part, carrier)
    if said is None:
        return found
    first, last, shown = said
    for ref in attached_dates(subject, quote):
        if ref.first is None or ref.last is None or ref.fuzzy or ref.problem or ref.relation != "in":
            continue
        spans = [(ref.first, ref.last), *ref.alternatives]
        if all(day_last < first or last < day_first for day_first, day_last in spans):
            detail = f'The claim has it said "{ref.text}" ({ref.first.isoformat()}); the source is of {shown}.'
            found.append(Change("WRONG_OCCASION", ref.span, where, detail))
    return found


def _said_on(part: Part, carrier: Quote | None) -> tuple[date, date, str] | None:
    """The days on which the evidence has something said: its own day, or the day that a report gives the cue."""
    own = part.meta.type in ("transcript", "statement", "interpreted") or (not part.meta.type and carrier is None)
    if not own:  # the date of a report is not the day of the words in it
        if carrier is None or carrier.cue is None:
            return None
        near = [ref for ref in part.view.dates if _attached(part.view.analysis.parsed, carrier, ref)]
        refs = [ref for ref in near if ref.first and ref.last and not ref.fuzzy]
        if len(refs) != 1:
            return None
        first, last = refs[0].first, refs[0].last
        return (first, last, refs[0].text) if first and last else None
    day = part.meta.date
    return (day, day, day.isoformat()) if day is not None else None


def attached_dates(subject: Subject, quote: Quote) -> list[DateRef]:
    """The dates of the claim that say when the words were spoken, not what they are about."""
    parsed = subject.view.analysis.parsed
    return [ref for ref in subject.view.dates if _attached(parsed, quote, ref)]


def _attached(parsed: Parsed, quote: Quote, ref: DateRef) -> bool:
    """Whether a date hangs on the cue: outside the content, its nearest verb above is the cue itself."""
    if quote.cue is None or any(content.overlaps(ref.span) for content in quote.content):
        return False
    tokens = parsed.tokens(ref.span)
    cue = quote.cue.span
    if not len(tokens):
        return False
    for up in tokens.root.ancestors:
        if up.pos_ in ("VERB", "AUX") or cue.start <= up.idx < cue.end:
            return cue.start <= up.idx < cue.end
    return False


def read_cue(quote: Quote, carrier: Quote | None, where: Span, part: Part) -> Change | None:
    """A cue that says more than the source's own cue: *said* became *admitted*.

    Only a source that reports speech has a cue. A transcript or statement has plain words, which are no admission and
    no threat unless they say so themselves.
    """
    if quote.cue is None:
        return None
    if carrier is None and (part.meta.type in ("transcript", "statement") or part.turn is not None):
        return _plain_words(quote.cue, where, part)
    if carrier is None or carrier.cue is None:
        return None
    mine, theirs = quote.cue.group, carrier.cue.group
    if mine in _FREE or theirs in _FREE or quote.cue.lemma == carrier.cue.lemma:
        return None
    if "negative" in (mine, theirs) and carrier.type is not QuoteType.INDIRECT:
        return None
    loaded = (mine in _LOADED or theirs in _LOADED) and mine != theirs
    colored = quote.cue.lemma in _LOADED_VERBS
    if not loaded and not colored:
        return None
    detail = f'The claim says "{quote.cue.text}"; the source says "{carrier.cue.text}".'
    return Change("CUE_DISTORTED", quote.cue.span, carrier.cue.span if carrier.cue else where, detail)


def _plain_words(cue: Cue, where: Span, part: Part) -> Change | None:
    """A cue of admission or threat over the plain words of a speaker."""
    table = restatements()
    if cue.lemma not in table["admissions"]:
        return None
    parsed = part.view.analysis.parsed
    sentence = parsed.sentence_at(where.start)
    if any(token.lemma_.lower() in table["contrition"] for token in parsed.tokens(sentence)):
        return None
    detail = f'The claim says "{cue.text}"; the source has the plain words, without it.'
    return Change("CUE_DISTORTED", cue.span, where, detail)
