"""One verdict from many passages: copies counted once, outdated figures set aside, both sides kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from claimdesk.model import Claim, Evidence, Outcome, Stance, Verdict

# Words that show a figure still moving: a later count outdates an earlier one (domain rule 4.6).
_RUNNING = ("so far", "toll", "rose to", "risen to", "climbed to", "now", "updated", "as of", "revised", "corrected")


@dataclass(frozen=True, slots=True)
class Settled:
    """A verdict with the reason in one line, how sure it is, and what a person must see though it decides nothing."""

    verdict: Verdict
    reason: str
    confidence: float
    flags: tuple[str, ...]


def settle(claim: Claim, evidence: Sequence[Evidence], dates: dict[str, date | None]) -> Settled:
    """The verdict over all evidence of a claim. ``dates`` gives each source's day of publication.

    Supported: at least one origin supports, none conflicts. Conflicting: the other way round. Mixed: at least one
    origin on each side. A source later than the text, and a running figure that a newer one outdates, speak
    only where nothing else does. No average is taken and no conflict is outvoted.
    """
    votes = [item for item in evidence if item.stance is not Stance.RELATED and not item.copied_from_text]
    timely = [item for item in votes if not item.later_than_text] or votes
    current = _without_outdated(timely, dates)
    supporting = [item for item in current if item.stance is Stance.SUPPORTS]
    conflicting = [item for item in current if item.stance is Stance.CONFLICTS]
    flags = _flags(evidence, supporting or conflicting or list(evidence))
    if len(current) < len(timely):
        flags = (*flags, "OUTDATED")
    if supporting and conflicting:
        first, second = _best(supporting), _best(conflicting)
        reason = f"Sources disagree. For: {first.reason} Against: {second.reason}"
        return Settled(Verdict.MIXED, reason, min(first.confidence, second.confidence), flags)
    if supporting:
        return Settled(Verdict.SUPPORTED, _best(supporting).reason, _best(supporting).confidence, flags)
    if conflicting:
        return Settled(Verdict.CONFLICTING, _best(conflicting).reason, _best(conflicting).confidence, flags)
    if not evidence:
        return Settled(Verdict.NOT_FOUND, "No passage in the sources is about this.", 0.5, flags)
    if any(item.copied_from_text and item.stance is not Stance.RELATED for item in evidence):
        reason = "Only a copy of this text itself speaks about it, which proves nothing."
        return Settled(Verdict.NOT_FOUND, reason, 0.5, flags)
    nearest = max(evidence, key=lambda item: item.score)
    return Settled(Verdict.NOT_FOUND, f"Nothing in the sources decides it. Nearest: {nearest.reason}", 0.5, flags)


def _without_outdated(votes: Sequence[Evidence], dates: dict[str, date | None]) -> list[Evidence]:
    """The votes that count: a number that a newer, differing and running figure replaced is left out."""
    newest = max((day for item in votes if (day := dates.get(item.source)) and _runs(item)), default=None)
    if newest is None:
        return list(votes)
    kept = [item for item in votes if not _is_number(item) or (dates.get(item.source) or newest) >= newest]
    stances = {item.stance for item in votes if _is_number(item)}
    return kept if len(stances) > 1 and any(_is_number(item) for item in kept) else list(votes)


def _runs(item: Evidence) -> bool:
    lowered = item.text.casefold()
    return _is_number(item) and any(word in lowered for word in _RUNNING)


def _is_number(item: Evidence) -> bool:
    return any(finding.check == "numbers" and finding.outcome is not Outcome.SILENT for finding in item.findings)


def _best(evidence: Sequence[Evidence]) -> Evidence:
    return max(evidence, key=lambda item: (not item.is_read, item.confidence, item.score))


def _flags(evidence: Sequence[Evidence], telling: Sequence[Evidence]) -> tuple[str, ...]:
    labels = [finding.label for item in telling for finding in item.findings if finding.flag]
    if any(item.later_than_text and item.stance is not Stance.RELATED for item in evidence):
        labels.append("LATER_SOURCE")
    return tuple(dict.fromkeys(labels))


def share_origins(evidence: Sequence[Evidence], groups: Sequence[int]) -> list[Evidence]:
    """The evidence with the origin of each story; a copy that says something else is an origin of its own."""
    shared = []
    for item, group in zip(evidence, groups, strict=True):
        leader = evidence[group]
        origin = leader.source if leader.stance is item.stance else item.source
        shared.append(replace(item, origin=origin))
    return shared
