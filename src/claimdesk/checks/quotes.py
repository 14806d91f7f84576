"""Quotations: are these the words of the source, and do they mean there what they mean here?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimdesk.analysis import Part, Subject
from claimdesk.language.antonyms import antonyms
from claimdesk.language.parse import Parsed
from claimdesk.language.text import words
from claimdesk.model import Finding, Outcome, Quote, QuoteType, Span
from claimdesk.wording.attributed import claimed, doubtful, likeness, settle, spoken_by
from claimdesk.wording.edits import Change, shown
from claimdesk.wording.identity import Likeness, is_person, person_words
from claimdesk.wording.occasion import read_cue, read_occasion
from claimdesk.wording.reading import FLAGGED, SEVERITY, Reading, outcome, scattered
from claimdesk.wording.roles import Role, role_between

TELLING = 12  # quoted words that nobody else says by chance


def check_quotes(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compares words in quotation marks with the source, word by word, and with what stands around them there."""
    found: list[Finding] = []
    for quote in subject.quotes:
        if quote.type is QuoteType.INDIRECT:
            continue
        reading = settle(subject, quote, parts)
        if reading is None or not reading.supporting:
            if splice := _scattered(subject, quote, parts):
                found.append(splice)
                continue
        if reading is not None:
            found.extend(_findings(subject, reading))
        else:
            found.append(_absent(subject, quote, parts))
    return found


def _findings(subject: Subject, reading: Reading) -> list[Finding]:
    """Everything noticed about one quotation, the most severe first, the words themselves last."""
    quote = reading.quote
    changes = list(reading.changes)
    changes += read_occasion(subject, quote, reading.part, reading.stretch, reading.carrier)
    if cue := read_cue(quote, reading.carrier, reading.stretch, reading.part):
        changes.append(cue)
    supports = reading.supporting and all(outcome(change) is not Outcome.CONFLICTS for change in changes)
    findings = [_finding(change, reading) for change in changes]
    if supports and all(change.label in ("TRUNCATED", "TARGET_UNKNOWN", "CUE_DISTORTED") for change in changes):
        findings.append(_verbatim(subject, reading))
    if cue or _whose(subject, reading) or _opposed_outside(subject, reading):
        # The words are there; how or by whom they were said is not clear, so nothing may count as support.
        findings = [_withheld(finding) for finding in findings]
    findings.sort(key=lambda finding: SEVERITY.index(finding.label))
    return findings


def _whose(subject: Subject, reading: Reading) -> bool:
    """Whether it is not clear that the claim's speaker, as described, spoke the words; a loose name needs proof."""
    where = (reading.quote, reading.part, reading.carrier, reading.stretch)
    if likeness(*where) is Likeness.LOOSE:
        return len(reading.spoken) < TELLING
    theirs = spoken_by(*where[1:])
    carried = reading.carrier.speaker if reading.carrier is not None else None
    if theirs is None and carried is not None and carried.ambiguous and claimed(reading.quote) is not None:
        return True  # "she said", where two people fit
    if role_between(subject, reading.quote, reading.part, reading.carrier, theirs)[0] is not Role.FITS:
        return True
    mine = claimed(reading.quote)
    if theirs is None and mine is not None and is_person(mine.name) and reading.part.meta.type == "report":
        known = {word.norm.removesuffix("'s") for word in words(reading.part.view.text)}
        return person_words(mine.name)[-1] not in known  # a report that names nobody, and not this person
    return doubtful(*where)


def _opposed_outside(subject: Subject, reading: Reading) -> bool:
    """Whether the reporter's words around a fragment turn the source's: *any decrease* for *any increase*."""
    quote = reading.quote
    if quote.type is not QuoteType.PARTIAL:
        return False
    mine = _beside(subject.view.analysis.parsed, quote.outer)
    theirs = _beside(reading.source.parsed, (reading.stretch,))
    return any(antonyms().get(word, frozenset()) & (theirs - mine) for word in mine - theirs)


def _beside(parsed: Parsed, quoted: Sequence[Span]) -> set[str]:
    """The words of the sentences that some spans touch, without the words in them."""
    first, last = parsed.sentence_at(quoted[0].start), parsed.sentence_at(max(quoted[-1].end - 1, quoted[0].start))
    around = words(parsed.text, Span(first.start, max(last.end, first.end)))
    return {word.norm for word in around if not any(span.overlaps(word.span) for span in quoted)}


def _finding(change: Change, reading: Reading) -> Finding:
    source = reading.source.parsed.text
    claim = reading.placed.scripts[0].claim_text
    return Finding(
        check="quotes",
        outcome=outcome(change) if reading.supporting or outcome(change) is not Outcome.SUPPORTS else Outcome.SILENT,
        label=change.label,
        detail=change.detail,
        claim_span=change.claim,
        evidence_span=change.evidence,
        claim_value=shown(claim, change.claim),
        evidence_value=shown(source, change.evidence),
        part=reading.part.index,
        flag=change.flag or change.label in FLAGGED,
    )


def _withheld(finding: Finding) -> Finding:
    return replace(finding, outcome=Outcome.SILENT) if finding.outcome is Outcome.SUPPORTS else finding


def _verbatim(subject: Subject, reading: Reading) -> Finding:
    quote = reading.quote
    text = subject.view.analysis.parsed.text
    span = Span(quote.content[0].start, quote.content[-1].end)
    said = shown(reading.source.parsed.text, reading.stretch)
    label = "PARTIAL_QUOTE_OK" if quote.type is QuoteType.PARTIAL else "VERBATIM"
    return Finding(
        check="quotes",
        outcome=Outcome.SUPPORTS,
        label=label,
        detail=f'The source has the same words: "{said}".',
        claim_span=span,
        evidence_span=reading.stretch,
        claim_value=shown(text, span),
        evidence_value=said,
        part=reading.part.index,
    )


def _scattered(subject: Subject, quote: Quote, parts: Sequence[Part]) -> Finding | None:
    """Segments of one quotation that stand in different pieces of evidence: other days, other turns, far apart."""
    found = scattered(subject, quote, parts)
    if found is None:
        return None
    homes, spans = found
    if len({home.index for home in homes}) == 1 and len({id(home) for home in homes}) == 1:
        return None
    days = {home.meta.date for home in homes if home.meta.date}
    turns = [home.turn for home in homes if home.turn is not None]
    if len(days) > 1:
        why = " and ".join(day.isoformat() for day in sorted(days))
        detail = f"The parts of this quote were said on different days: {why}."
    elif len(turns) == len(homes) and max(turns) - min(turns) > 1:
        detail = f"The parts of this quote stand in turns {min(turns)} and {max(turns)} of the source."
    elif turns != sorted(turns):
        detail = "The parts of this quote stand in the source in another order."
    else:
        return None
    content = Span(quote.content[0].start, quote.content[-1].end)
    text = homes[0].view.analysis.parsed.text
    return Finding(
        check="quotes",
        outcome=Outcome.CONFLICTS,
        label="SPLICED",
        detail=detail,
        claim_span=content,
        evidence_span=spans[0],
        claim_value=shown(subject.view.analysis.parsed.text, content),
        evidence_value=shown(text, spans[0]),
        part=homes[0].index,
    )


def _absent(subject: Subject, quote: Quote, parts: Sequence[Part]) -> Finding:
    """No such words: other wording by the same speaker, or nothing at all; either way nothing is decided."""
    text = subject.view.analysis.parsed.text
    content = Span(quote.content[0].start, quote.content[-1].end)
    said = shown(text, content)
    reported = any(part.meta.type == "report" for part in parts) or any(
        found.type is QuoteType.INDIRECT
        and found.speaker
        and quote.speaker
        and found.speaker.name == quote.speaker.name
        for part in parts
        for found in part.view.quotes
    )
    label, detail = "NOT_FOUND", f'The words "{said}" are not in this passage.'
    if reported:
        label, detail = "PARAPHRASE_ONLY", f'The passage reports the matter in other words; "{said}" is not in it.'
    elif any(part.meta.type == "interpreted" for part in parts):
        label, detail = "TRANSLATION_VARIANT", f'The source is a translation; "{said}" is not in it word for word.'
    return Finding("quotes", Outcome.SILENT, label, detail, content, None, said, "")
