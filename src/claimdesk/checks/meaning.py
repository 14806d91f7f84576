"""Does the passage say the same thing? For plain statements; numbers, quotes and dates have checks of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.analysis import Part, Subject, View
from claimdesk.clauses import FRAME_NAMES, Clause, clauses, content_lemmas
from claimdesk.meaning import MeaningModel, Probabilities, antonyms
from claimdesk.model import Finding, Outcome, Span
from claimdesk.settings import Settings
from claimdesk.store import stem

_ABOUT_THE_SAME = 0.6  # share of the claim's content words that a sentence must have before polarity is compared


@dataclass(frozen=True)
class Nearest:
    """The sentence of the evidence that shares most of the claim's content, and what it lacks."""

    part: Part
    view: View
    coverage: float
    missing: tuple[str, ...]


def check_meaning(
    subject: Subject, parts: Sequence[Part], model: MeaningModel, settings: Settings
) -> tuple[list[Finding], Probabilities]:
    """Compares a plain statement with the nearest sentence of the passage.

    It supports when the sentence holds every content word of the claim in the same roles, or when the trained
    classifier is sure; never when negation, modality, condition, hedge or restriction differ, or when a name
    of the claim is missing. It conflicts only by something seen: the same clause negated, an opposite verb, or
    subject and object exchanged.
    """
    nearest = nearest_sentence(subject.view, parts)
    if nearest is None:
        return [], Probabilities(0.0, 0.0, 1.0)
    likely = model.predict([(subject.view.text, nearest.view.text)])[0]
    conflict = _contradiction(subject.view, nearest)
    if conflict is not None:
        return [conflict], likely
    veto = _veto(subject.view, nearest)
    if veto is not None:
        return [veto], likely
    if not nearest.missing:
        detail = "The passage has every content word of the statement, in the same roles."
        return [_finding(Outcome.SUPPORTS, "RESTATED", detail, subject, nearest)], likely
    if likely.supports >= settings.meaning_supports and nearest.coverage >= _ABOUT_THE_SAME:
        detail = f"The classifier reads the passage as saying the same ({likely.supports:.2f})."
        return [_finding(Outcome.SUPPORTS, "ENTAILED", detail, subject, nearest)], likely
    missing = ", ".join(nearest.missing[:4])
    detail = f"The nearest sentence lacks: {missing}."
    return [_finding(Outcome.SILENT, "NOT_STATED", detail, subject, nearest)], likely


def nearest_sentence(claim: View, parts: Sequence[Part]) -> Nearest | None:
    """The sentence of the evidence with the most of the claim's content words, the earliest on a tie."""
    wanted = content_lemmas(claim)
    best: Nearest | None = None
    for part in parts:
        for sentence in part.view.analysis.parsed.sentences:
            if not part.view.span.overlaps(sentence):
                continue
            view = View(part.view.analysis, sentence)
            held = {key for lemma in content_lemmas(view) for key in (lemma, stem(lemma))}
            missing = tuple(
                span.of(claim.analysis.parsed.text)
                for lemma, span in wanted.items()
                if lemma not in held and stem(lemma) not in held
            )
            coverage = 1 - len(missing) / len(wanted) if wanted else 0.0
            if best is None or coverage > best.coverage:
                best = Nearest(part, view, coverage, missing)
    return best


def _contradiction(claim: View, nearest: Nearest) -> Finding | None:
    """The same clause negated, with an opposite verb, or with its two sides exchanged."""
    if nearest.coverage < _ABOUT_THE_SAME:
        return None
    for ours in clauses(claim):
        for theirs in clauses(nearest.view):
            label = _opposition(ours, theirs)
            if label:
                detail = {
                    "NEGATED": f'One of the two negates "{ours.predicate}", the other does not.',
                    "OPPOSITE": f'The claim says "{ours.predicate}", the source "{theirs.predicate}".',
                    "ROLE_SWAP": f'The two sides of "{ours.predicate}" are exchanged.',
                }[label]
                return Finding(
                    check="meaning",
                    outcome=Outcome.CONFLICTS,
                    label=label,
                    detail=detail,
                    claim_span=ours.span,
                    evidence_span=theirs.span,
                    claim_value=ours.span.of(claim.analysis.parsed.text),
                    evidence_value=theirs.span.of(nearest.view.analysis.parsed.text),
                    part=nearest.part.index,
                )
    return None


def _opposition(ours: Clause, theirs: Clause) -> str:
    same_frame = ours.frame[1:] == theirs.frame[1:]
    if ours.predicate == theirs.predicate and same_frame:
        if ours.negated != theirs.negated and _agree(ours, theirs):
            return "NEGATED"
        swapped = ours.subject & theirs.object and ours.object & theirs.subject
        if swapped and not ours.subject & theirs.subject and ours.negated == theirs.negated:
            return "ROLE_SWAP"
    opposite = theirs.predicate in antonyms().get(ours.predicate, ())
    if opposite and same_frame and ours.negated == theirs.negated and _agree(ours, theirs):
        return "OPPOSITE"
    return ""


def _agree(ours: Clause, theirs: Clause) -> bool:
    """Whether two clauses speak of the same things: every argument that both have is shared."""
    pairs = [(ours.subject, theirs.subject), (ours.object, theirs.object)]
    told = [(first, second) for first, second in pairs if first and second]
    return bool(told) and all(first & second for first, second in told)


def _veto(claim: View, nearest: Nearest) -> Finding | None:
    """What forbids support: another frame (domain rule 0.7), or exchanged roles."""
    ours = clauses(claim)
    theirs = {clause.predicate: clause for clause in clauses(nearest.view)}
    for clause in ours:
        other = theirs.get(clause.predicate)
        if other is None:
            continue
        differing = [
            name for name, first, second in zip(FRAME_NAMES, clause.frame, other.frame, strict=True) if first != second
        ]
        if differing:
            detail = f'The claim and the source frame "{clause.predicate}" differently: {", ".join(differing)}.'
            return _silent(f"{differing[0].upper()}_MISMATCH", detail, clause.span, other.span, nearest)
        if not _agree(clause, other) and clause.subject and other.subject and not clause.subject & other.subject:
            detail = f'"{clause.predicate}" has another subject in the source.'
            return _silent("OTHER_SUBJECT", detail, clause.span, other.span, nearest)
    if sum(clause.negated for clause in ours) % 2 != sum(clause.negated for clause in theirs.values()) % 2:
        detail = "One of the two holds a negation that the other lacks."
        return _silent("NEGATION_MISMATCH", detail, claim.span, nearest.view.span, nearest)
    if any(clause.conditional or clause.modal for clause in theirs.values()) and not any(
        clause.conditional or clause.modal for clause in ours
    ):
        detail = "The source speaks of what may or will be, the claim of what is."
        return _silent("MODALITY_MISMATCH", detail, claim.span, nearest.view.span, nearest)
    names = [name for name in nearest.missing if name[:1].isupper()]
    if names:
        detail = f"The passage does not name {names[0]}."
        return _silent("NAME_MISSING", detail, claim.span, nearest.view.span, nearest)
    return None


def _silent(label: str, detail: str, ours: Span, theirs: Span, nearest: Nearest) -> Finding:
    return Finding("meaning", Outcome.SILENT, label, detail, ours, theirs, part=nearest.part.index)


def _finding(outcome: Outcome, label: str, detail: str, subject: Subject, nearest: Nearest) -> Finding:
    return Finding(
        check="meaning",
        outcome=outcome,
        label=label,
        detail=detail,
        claim_span=subject.view.span,
        evidence_span=nearest.view.span,
        claim_value=subject.view.text,
        evidence_value=nearest.view.text,
        part=nearest.part.index,
    )
