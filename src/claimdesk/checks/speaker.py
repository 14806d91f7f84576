"""Speakers: does the source give these words to the same person?"""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.analysis import Part, Subject
from claimdesk.model import Finding, Outcome, Quote, QuoteType, Span
from claimdesk.wording.attributed import claimed, likeness, settle, spoken_by
from claimdesk.wording.identity import Identity, Likeness
from claimdesk.wording.roles import Role, role_between

TOO_LOOSE = 0.2  # changed words per quoted word above which words prove nothing about who said them


def check_speaker(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compares who is said to have spoken with who spoke in the source: names, offices, bodies, spokespeople."""
    from claimdesk.checks.indirect import settle_indirect

    found: list[Finding] = []
    for quote in subject.quotes:
        if quote.type is QuoteType.INDIRECT:
            match = settle_indirect(subject, quote, parts)
            if match is not None and match.close:
                found.append(_finding(subject, quote, match.part, match.carrier, match.stretch))
            continue
        reading = settle(subject, quote, parts)
        if reading is None or reading.placed.cost > TOO_LOOSE:
            continue
        found.append(_finding(subject, quote, reading.part, reading.carrier, reading.stretch))
    return found


def _finding(subject: Subject, quote: Quote, part: Part, carrier: Quote | None, where: Span) -> Finding:
    mine, theirs = claimed(quote), spoken_by(part, carrier, where)
    like = likeness(quote, part, carrier, where)
    outcome, label, detail, flag = _verdict(mine, theirs, like)
    if like is Likeness.SAME:
        fit, stated, known = role_between(subject, quote, part, carrier, theirs)
        if fit is not Role.FITS:
            detail = f'The claim has "{stated}"; the source has "{known}".'
            outcome, label, flag = Outcome.SILENT, "ROLE_DIFFERS", True
        if fit is Role.EXCLUSIVE:
            outcome, label = Outcome.CONFLICTS, "ROLE_CONFLICT"
    return Finding(
        check="speaker",
        outcome=outcome,
        label=label,
        detail=detail,
        claim_span=quote.speaker.span if quote.speaker else Span(quote.outer[0].start, quote.outer[-1].end),
        evidence_span=carrier.speaker.span if carrier and carrier.speaker else where,
        claim_value=mine.shown if mine else "",
        evidence_value=theirs.shown if theirs else "",
        part=part.index,
        flag=flag,
    )


def _verdict(mine: Identity | None, theirs: Identity | None, like: Likeness) -> tuple[Outcome, str, str, bool]:
    if mine is None:
        return Outcome.SILENT, "SPEAKER_UNKNOWN", "The text does not say clearly whose words these are.", False
    if theirs is None:
        detail = f"The source does not say who spoke; the claim names {mine.shown}."
        return Outcome.SILENT, "SPEAKER_UNKNOWN", detail, False
    both = f"The claim gives the words to {mine.shown}; the source to {theirs.shown}."
    if like is Likeness.OTHER:
        return Outcome.CONFLICTS, "WRONG_SPEAKER", both, False
    if like is Likeness.UNKNOWN:
        return Outcome.SILENT, "SPEAKER_UNKNOWN", f"{both[:-1]}: this may or may not be the same.", False
    if like is Likeness.LOOSE:
        return Outcome.SUPPORTS, "SPEAKER_LOOSE", f"{both[:-1]}: loosely the same name.", True
    if like is Likeness.GENERALIZED:
        return Outcome.SUPPORTS, "SPEAKER_GENERALISED", f"{both[:-1]}, who speaks for them.", True
    return Outcome.SUPPORTS, "SPEAKER_MATCH", f"Both give the words to {theirs.shown}.", False
