"""Checks of single claims: those that people added or changed, and those that a check was stopped before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from claimdesk.errors import ClaimdeskError
from claimdesk.filters import Field, Filter, OneOf
from claimdesk.find import Found, find_claims
from claimdesk.model import Checked, Claim, Document, Kind, Report, Source, Verdict
from claimdesk.progress import Progress
from claimdesk.report import report_id
from claimdesk.review.amend import (
    NOT_REACHED,
    Rechecked,
    Wanted,
    amend,
    cited_sources,
    sentence_around,
    with_sources,
)
from claimdesk.review.lines import Decision
from claimdesk.review.marking import mark_claim
from claimdesk.settings import Settings
from claimdesk.store import PassageStore
from claimdesk.verify import Models, check


def recheck(
    report: Report,
    wanted: Iterable[Wanted],
    settings: Settings | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    models: Models | None = None,
    library: PassageStore | None = None,
    where: Filter | None = None,
) -> Rechecked:
    """The checks of the given claims against the sources of a report, and against a library where there is one.

    Words or corrections that cannot be read give a claim that is not checked, with the reason; claims that a stop
    came before are left out. Raises MissingModelError for a named model that is not there, LibraryError for a library
    that cannot be read.
    """
    own = report_id(report)
    ready: dict[str, Claim] = {}
    done: dict[str, Checked] = {}
    found = read_claims(report.text)
    for each in wanted:
        try:
            ready[each.key(own)] = replace(mark_claim(each, found), id=each.id)
        except ClaimdeskError as error:
            text = report.text.text
            plain = Claim(each.id, each.kind, each.span, each.span.of(text), sentence_around(text, each.span), 0.5)
            done[each.key(own)] = Checked(each.base or plain, Verdict.NOT_CHECKED, str(error), 0.0, ())
    if not ready:
        return Rechecked(done)
    claims = tuple(ready.values())
    numbers = [claim.quantity for claim in claims if claim.quantity]
    days = [ref for claim in claims if claim.kind is Kind.DATE for ref in claim.dates]
    some = replace(found, analysis=found.analysis.corrected(numbers, days), claims=claims)
    given = given_sources(report, library)
    checked = check(report.text, given, settings, progress, stop, models, found=some, library=library, where=where)
    for key, result in zip(ready, checked.claims, strict=True):
        if result.reason != NOT_REACHED:
            done[key] = result
    return Rechecked(done, cited_sources(report, checked.sources, done.values()))


def given_sources(report: Report, library: PassageStore | None) -> tuple[Source, ...]:
    """The sources of a report without those that its library still has, which are searched there."""
    if library is None:
        return report.sources
    names = tuple(source.id for source in report.sources)
    there = {entry.id for entry in library.entries(OneOf(Field.SOURCE, names))}
    return tuple(source for source in report.sources if source.id not in there)


@lru_cache(maxsize=4)
def read_claims(document: Document) -> Found:
    """The claims of a text with its grammar; the last four texts are read once for all sessions."""
    return find_claims(document)


def with_people(
    report: Report,
    decisions: Sequence[Decision],
    settings: Settings | None = None,
    progress: Callable[[Progress], None] | None = None,
    models: Models | None = None,
    library: PassageStore | None = None,
    where: Filter | None = None,
) -> Report:
    """A report with the claims that people added, dropped and changed, these checked on their own."""
    changed = amend(report, decisions)
    if not changed.waiting:
        return changed.report
    done = recheck(report, changed.waiting, settings, progress, models=models, library=library, where=where)
    return with_sources(amend(report, decisions, done.claims).report, done.sources)
