"""Checks of single claims: those that people added or changed, and those that a check was stopped before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from claimdesk.errors import ClaimdeskError
from claimdesk.find import Found, find_claims
from claimdesk.model import Checked, Claim, Document, Kind, Report, Verdict
from claimdesk.progress import Progress
from claimdesk.report import report_id
from claimdesk.review.amend import NOT_REACHED, Wanted, amend, sentence_around
from claimdesk.review.lines import Decision
from claimdesk.review.marking import mark_claim
from claimdesk.settings import Settings
from claimdesk.verify import Models, check


def recheck(
    report: Report,
    wanted: Iterable[Wanted],
    settings: Settings | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    models: Models | None = None,
) -> dict[str, Checked]:
    """The checks of the given claims against the sources of a report, by ``Wanted.key``.

    Words or corrections that cannot be read give a claim that is not checked, with the reason; claims that a stop
    came before are left out. Raises MissingModelError for a named model that is not there.
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
    if ready:
        claims = tuple(ready.values())
        numbers = [claim.quantity for claim in claims if claim.quantity]
        days = [ref for claim in claims if claim.kind is Kind.DATE for ref in claim.dates]
        some = replace(found, analysis=found.analysis.corrected(numbers, days), claims=claims)
        checked = check(report.text, report.sources, settings, progress, stop, models, found=some)
        for key, result in zip(ready, checked.claims, strict=True):
            if result.reason != NOT_REACHED:
                done[key] = result
    return done


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
) -> Report:
    """A report with the claims that people added, dropped and changed, these checked on their own."""
    changed = amend(report, decisions)
    if not changed.waiting:
        return changed.report
    return amend(report, decisions, recheck(report, changed.waiting, settings, progress, models=models)).report
