"""The claims of a report as people changed them: added, dropped, and edited ones, each in its place.

The report of the check stays as it is. Claims keep their numbers: an added one comes last, a dropped one stays and
says so. What a changed claim's own check found is looked up by the claim's ``key``; without it the claim waits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from claimdesk.language.sentences import sentences
from claimdesk.language.text import paragraphs
from claimdesk.model import Checked, Claim, Kind, Report, Source, Span, Verdict
from claimdesk.report import report_id
from claimdesk.review.lines import Action, Change, Decision
from claimdesk.review.places import Places, anchor, anchor_span, find_words
from claimdesk.review.standing import after_change, taken_back

NOT_REACHED = "The check was stopped before this claim."
DROPPED_BEFORE = "Dropped before the check."
LISTED = "Not checked yet."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim as people want it. ``base`` is the claim that the check found, None for an added one.

    ``speaker`` and ``value`` are corrections in words, empty without one; ``by`` wrote the last change.
    """

    id: str
    span: Span
    kind: Kind
    speaker: str = ""
    value: str = ""
    by: str = ""
    base: Claim | None = None

    def key(self, report: str) -> str:
        """A digest that finds the claim's own check again: other words, or another correction, have another one."""
        parts = [report, self.span.start, self.span.end, self.kind.value, self.speaker, self.value]
        return hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]

    def is_changed(self) -> bool:
        """Whether the claim differs from what the check found."""
        base = self.base
        corrected = bool(self.speaker or self.value)
        return base is None or corrected or (self.span, self.kind) != (base.span, base.kind)


@dataclass(frozen=True, slots=True)
class Amended:
    """A report with people's claims. ``waiting`` are the changed claims without a check of their own yet."""

    report: Report
    waiting: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Rechecked:
    """Checks of single claims by ``Wanted.key``; ``sources`` are those that a library gave them beside the report's."""

    claims: dict[str, Checked] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()


def amend(report: Report, decisions: Iterable[Decision], known: Mapping[str, Checked] | None = None) -> Amended:
    """The report with the claims that people added, dropped and edited; ``known`` holds checks of changed claims.

    The same report comes back where nobody changed a claim.
    """
    lines = tuple(decisions)
    gone = taken_back(lines)
    draft = _Draft(report)
    for line in lines:
        if line.id not in gone and line.action in (Action.ADD, Action.EDIT, Action.DROP):
            draft.take(line)
    return draft.finish(known or {})


def unreached(report: Report) -> tuple[Wanted, ...]:
    """The claims that a check was stopped before, or that were dropped at the time and no longer are."""
    reasons = (NOT_REACHED, DROPPED_BEFORE, LISTED)
    return tuple(
        Wanted(checked.claim.id, checked.claim.span, checked.claim.kind, base=checked.claim)
        for checked in report.claims
        if checked.verdict is Verdict.NOT_CHECKED and checked.reason in reasons
    )


def with_sources(report: Report, sources: Iterable[Source]) -> Report:
    """A report with those of the sources that its claims name and that it does not have yet."""
    more = cited_sources(report, sources, report.claims)
    return replace(report, sources=(*report.sources, *more)) if more else report


def cited_sources(report: Report, sources: Iterable[Source], claims: Iterable[Checked]) -> tuple[Source, ...]:
    """Those of the sources that claims name as evidence and that a report does not have."""
    known = {source.id for source in report.sources}
    wanted = {evidence.source for checked in claims for evidence in checked.evidence} - known
    return tuple(source for source in sources if source.id in wanted)


class _Draft:
    """The claims while lines are taken in; each is known by every anchor that it has had."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._claims = {
            checked.claim.id: Wanted(checked.claim.id, checked.claim.span, checked.claim.kind, base=checked.claim)
            for checked in report.claims
        }
        self._found = {checked.claim.id: checked for checked in report.claims}
        self._dropped: dict[str, Decision] = {}
        self._places = Places(report_id(report))
        for checked in report.claims:
            self._places.add(anchor(report.text.text, checked.claim), checked.claim.id)

    def take(self, line: Decision) -> None:
        """One line; one whose words are gone changes nothing."""
        claim = self._places.find(line.claim, line.report)
        if line.action == Action.ADD:
            if claim is None:
                self._add(line)
        elif claim is None:
            return
        elif line.action == Action.DROP:
            self._dropped[claim] = line
        else:
            self._edit(claim, line)

    def _add(self, line: Decision) -> None:
        text = self._report.text.text
        span = find_words(text, line.claim)
        if span is None:
            return
        kind = Kind(line.claim.kind) if line.claim.kind in set(Kind) else Kind.STATEMENT
        identity = _free_id(self._claims)
        self._claims[identity] = Wanted(identity, span, kind, by=line.reviewer)
        self._places.add(line.claim, identity)
        self._places.add(anchor_span(text, span, identity, kind), identity)

    def _edit(self, claim: str, line: Decision) -> None:
        text, was, change = self._report.text.text, self._claims[claim], line.change or Change()
        span = was.span
        if change.text:
            found = find_words(text, after_change(line))
            if found is None:
                return
            span = found
        kind = Kind(change.kind) if change.kind else was.kind
        self._claims[claim] = replace(
            was,
            span=span,
            kind=kind,
            speaker=change.speaker or was.speaker,
            value=change.value or ("" if kind is not was.kind or span != was.span else was.value),
            by=line.reviewer,
        )
        self._places.add(after_change(line), claim)
        self._places.add(anchor_span(text, span, claim, kind), claim)

    def finish(self, known: Mapping[str, Checked]) -> Amended:
        """The report with the claims as they are now, each with its check where there is one."""
        own = report_id(self._report)
        claims: list[Checked] = []
        waiting: list[Wanted] = []
        for identity, wanted in self._claims.items():
            found = self._found.get(identity)
            if line := self._dropped.get(identity):
                claims.append(_dropped(found.claim if found else self._plain(wanted), line))
                continue
            checked = known.get(wanted.key(own))
            if checked is not None:
                checked = replace(checked, claim=replace(checked.claim, id=identity))
            elif found is not None and not wanted.is_changed():
                checked = found
            else:
                waiting.append(wanted)
                made = "Added" if wanted.base is None else "Changed"
                by = f" by {wanted.by}" if wanted.by else ""
                checked = Checked(self._plain(wanted), Verdict.NOT_CHECKED, f"{made}{by}; not checked yet.", 0.0, ())
            claims.append(checked)
        same = all(new is old for new, old in zip(claims, self._report.claims, strict=False))
        if same and len(claims) == len(self._report.claims):
            return Amended(self._report, ())
        return Amended(replace(self._report, claims=tuple(claims)), tuple(waiting))

    def _plain(self, wanted: Wanted) -> Claim:
        """The claim as it is shown until its own check has read its words."""
        text = self._report.text.text
        if wanted.base and (wanted.span, wanted.kind) == (wanted.base.span, wanted.base.kind):
            return wanted.base
        return Claim(wanted.id, wanted.kind, wanted.span, wanted.span.of(text), sentence_around(text, wanted.span), 0.5)


def _free_id(taken: Mapping[str, Wanted]) -> str:
    number = len(taken) + 1
    while f"c{number}" in taken:
        number += 1
    return f"c{number}"


def _dropped(claim: Claim, line: Decision) -> Checked:
    reason = f"Dropped by {line.reviewer or 'a reviewer'}" + (f": {line.note}" if line.note else ".")
    return Checked(claim, Verdict.NOT_CHECKED, reason, 0.0, ())


def sentence_around(text: str, span: Span) -> Span:
    """The sentences that a span touches, by the rules for a text without its grammar."""
    block = next((block for block in paragraphs(text) if block.end > span.start), Span(span.start, span.end))
    touched: Sequence[Span] = [
        found.shift(block.start) for found in sentences(block.of(text), ()) if found.shift(block.start).overlaps(span)
    ]
    if not touched:
        return span
    return Span(min(touched[0].start, span.start), max(touched[-1].end, span.end))
