"""Does the passage say the same thing? For plain statements; numbers, quotes and dates have checks of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from claimdesk.analysis import Part, Subject, View
from claimdesk.language.antonyms import antonyms
from claimdesk.language.concepts import exclude, meanings
from claimdesk.language.denying import denies_in_other_words
from claimdesk.language.terms import Term, content
from claimdesk.model import Finding, Outcome, Span
from claimdesk.wording.clauses import Clause, clauses
from claimdesk.wording.referents import akin

_ABOUT_THE_SAME = 0.6  # share of the claim's content words that a sentence must have before polarity is compared
_SURE_OF_THE_SAME = 0.75  # the same for a conflict: the words that differ are the ones that conflict
_WAYS = frozenset("from to near into against for by over behind before after".split())
_TURNING = frozenset(
    "against without before after until unless except despite instead only former almost nearly".split()
)


@dataclass(frozen=True)
class Nearest:
    """The sentence of the evidence that shares most of the claim's content, and the words that it lacks."""

    part: Part
    view: View
    coverage: float
    missing: tuple[Term, ...]


def check_meaning(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compares a plain statement with the nearest sentence of the passage.

    It supports when the sentence holds every content word of the claim (or a listed synonym) in the same roles;
    never when negation, modality, condition, hedge or restriction differ, or when a name of the claim is missing. It
    conflicts only by something seen: the same clause negated, an opposite word in its place, or subject and object
    exchanged.
    """
    nearest = nearest_sentence(subject.view, parts)
    if nearest is None:
        return []
    ours = clauses(subject.view.analysis.parsed, subject.view.span)
    theirs = clauses(nearest.view.analysis.parsed, nearest.view.span)
    found = (
        _contradiction(subject, nearest, ours, theirs)
        or _difference(subject, nearest, ours, theirs)
        or _agreement(subject, nearest)
    )
    return [found]


def nearest_sentence(claim: View, parts: Sequence[Part]) -> Nearest | None:
    """The sentence of the evidence with the most of the claim's content words, the earliest on a tie."""
    return _nearest(claim, tuple(parts))


@lru_cache(maxsize=8)  # several checks of one pair ask for it, one after another
def _nearest(claim: View, parts: tuple[Part, ...]) -> Nearest | None:
    wanted = _telling(claim)
    best: Nearest | None = None
    for part in parts:
        for sentence in part.view.analysis.parsed.sentences:
            if not part.view.span.overlaps(sentence):
                continue
            view = View(part.view.analysis, sentence)
            held = frozenset(meaning for term in content(view.tokens) for meaning in term.means)
            missing = tuple(term for term in wanted if not term.meets(held) and not _akin(term, held))
            missing = tuple(term for term in missing if not _implied(term, claim, view, held))
            coverage = 1 - len(missing) / len(wanted) if wanted else 0.0
            if best is None or coverage > best.coverage:
                best = Nearest(part, view, coverage, missing)
    return best


def _telling(view: View) -> tuple[Term, ...]:
    """The content words of a stretch, without its dates: they are claims of their own."""
    return content(view.tokens, [ref.span for ref in view.dates])


def _akin(term: Term, held: frozenset[str]) -> bool:
    stems = [meaning.removeprefix("~") for meaning in held if meaning.startswith("~")]
    return any(akin(mine.removeprefix("~"), stem) for mine in term.means if mine.startswith("~") for stem in stems)


def _implied(term: Term, claim: View, sentence: View, held: frozenset[str]) -> bool:
    """Whether a missing word only fills out one that is there: Mayor *Edith* Crane, the *town* council.

    A source that fills it out in another way (the state council) does not imply it.
    """
    token = claim.analysis.parsed.tokens(term.span)[0]
    head = token.head
    if token.dep_ != "compound" or not meanings(head.lemma_.casefold()) & held:
        return False
    if head.pos_ == "PROPN":
        return True
    others = [other for other in sentence.tokens if other.lemma_ == head.lemma_]
    return bool(others) and not any(child.dep_ in ("compound", "amod") for other in others for child in other.children)


def _contradiction(subject: Subject, nearest: Nearest, ours: list[Clause], theirs: list[Clause]) -> Finding | None:
    """The same clause negated, with an opposite word in its place, or with its two sides exchanged."""
    ways = _exchanged(subject.view, nearest.view)
    if ways is not None and nearest.coverage >= _SURE_OF_THE_SAME:
        detail = f'What stands under "{ways[0]}" and what under "{ways[1]}" are exchanged.'
        return _finding(Outcome.CONFLICTS, "ROLE_SWAP", detail, subject, nearest)
    for mine in ours:
        for other in theirs:
            label, detail = _opposition(subject, nearest, mine, other)
            if label:
                return _finding(Outcome.CONFLICTS, label, detail, subject, nearest, mine.span, other.span)
    return None


def _ways(view: View) -> dict[str, str]:
    """Each name with the preposition that it stands under: {"garnet falls": "from", "eastwick": "to"}."""
    found: dict[str, str] = {}
    for token in view.tokens:
        if token.dep_ == "pobj" and token.pos_ == "PROPN" and token.head.lower_ in _WAYS:
            found[token.lower_] = token.head.lower_
    return found


def _exchanged(claim: View, evidence: View) -> tuple[str, str] | None:
    """Two names whose ways are exchanged: from A to B against from B to A."""
    mine, theirs = _ways(claim), _ways(evidence)
    for one, way in mine.items():
        for other, back in mine.items():
            if way != back and theirs.get(one) == back and theirs.get(other) == way:
                return way, back
    return None


def _opposition(subject: Subject, nearest: Nearest, mine: Clause, other: Clause) -> tuple[str, str]:
    same_mood = mine.modality == other.modality and mine.guards == other.guards
    if not same_mood or not _same_subject(subject, nearest, mine, other):
        return "", ""
    if mine.denies(other) != other.denies(mine):
        who, other_side = ("the claim", nearest.view) if mine.denies(other) else ("the source", subject.view)
        if (
            nearest.coverage >= _SURE_OF_THE_SAME
            and _same_deed(mine, other)
            and not denies_in_other_words(other_side.text)
        ):
            return "NEGATED", f"Both speak of the same thing; {who} denies it."
        return "", ""
    if nearest.coverage < _ABOUT_THE_SAME:
        return "", ""
    claim, source = subject.view.analysis.parsed.text, nearest.view.analysis.parsed.text
    theirs = [term for term in content(nearest.view.tokens) if other.span.contains(term.span)]
    for word in _telling(subject.view):
        opposite = _opposite_of(word, theirs) if mine.span.contains(word.span) else None
        others_missing = [term for term in nearest.missing if term is not word]
        if opposite is not None and not any(term.name for term in others_missing):
            ours = _phrase(claim, word.span)
            return "OPPOSITE", f'The claim says "{ours}", the source "{_phrase(source, opposite.span)}".'
    return "", ""


def _phrase(text: str, span: Span) -> str:
    """A word with the preposition after it, which may carry the difference: voted against."""
    after = text[span.end :][:20].split(maxsplit=1)
    if after and after[0] in ("for", "against", "in", "out", "up", "down"):
        return f"{span.of(text)} {after[0]}"
    return span.of(text)


def _opposite_of(word: Term, words: Sequence[Term]) -> Term | None:
    """The word of the source that excludes a word of the claim, by the tables of opposites.

    A word that the source has too is no opposite of anything, unless its phrase is: voted for, voted against.
    """
    listed = antonyms().get(word.lemma, frozenset())
    same = [other for other in words if other.lemma == word.lemma]
    for other in same or words:
        if exclude(word.means, other.means) or (not same and other.lemma in listed):
            return other
    return None


def _difference(subject: Subject, nearest: Nearest, ours: list[Clause], theirs: list[Clause]) -> Finding | None:
    """What forbids support: another frame (domain rule 0.7), exchanged roles, a name that is missing."""
    for mine in ours:
        other = next((clause for clause in theirs if _same_deed(mine, clause)), None)
        if other is None:
            continue
        for label, differs in (
            ("NEGATION_MISMATCH", mine.denies(other) != other.denies(mine)),
            ("MODALITY_MISMATCH", mine.modality != other.modality),
            ("CONDITION_MISMATCH", _other_guards(mine, other)),
        ):
            if differs:
                aspect = label.split("_")[0].casefold()
                detail = f"The claim and the source differ in {aspect}."
                return _finding(Outcome.SILENT, label, detail, subject, nearest, mine.span, other.span)
        if not _same_subject(subject, nearest, mine, other):
            detail = "The source says it of somebody or something else."
            return _finding(Outcome.SILENT, "OTHER_SUBJECT", detail, subject, nearest, mine.span, other.span)
    if not any(_same_deed(mine, other) for mine in ours for other in theirs) and _guarded(theirs) != _guarded(ours):
        detail = "The source denies it, or speaks of what may be; the claim does not."
        return _finding(Outcome.SILENT, "OTHER_MOOD", detail, subject, nearest)
    if subject.view.text.rstrip().endswith("?") != nearest.view.text.rstrip().endswith("?"):
        return _finding(Outcome.SILENT, "QUESTION", "One of the two only asks.", subject, nearest)
    turned = _turning_words(subject.view) ^ _turning_words(nearest.view)
    if turned:
        detail = f'Only one of the two says "{min(turned)}".'
        return _finding(Outcome.SILENT, "TURNING_WORD", detail, subject, nearest)
    names = [term for term in nearest.missing if term.name]
    if names:
        detail = f"The passage does not name {names[0].span.of(subject.view.analysis.parsed.text)}."
        return _finding(Outcome.SILENT, "NAME_MISSING", detail, subject, nearest)
    return None


def _other_guards(mine: Clause, other: Clause) -> bool:
    """Whether only one of two clauses has a condition, a hedge or a limit; a limit of a number is the numbers' affair.

    "Over 70 goals" against "79 goals" is no other condition: the check of numbers compares the two.
    """
    differing = mine.guards ^ other.guards
    return bool(differing - {"restriction"} if mine.figures and other.figures else differing)


def _turning_words(view: View) -> frozenset[str]:
    """Small words that turn a sentence around, though they carry no content: against, without, until."""
    return frozenset(token.lower_ for token in view.tokens if token.lower_ in _TURNING)


def _guarded(found: Sequence[Clause]) -> frozenset[str]:
    flags = {flag for clause in found for flag in (*clause.modality, *clause.guards)}
    return frozenset(flags | ({"negated"} if any(clause.own != clause.above for clause in found) else set()))


def _same_deed(mine: Clause, other: Clause) -> bool:
    return akin(mine.predicate, other.predicate) or bool(meanings(mine.predicate) & meanings(other.predicate))


def _same_subject(subject: Subject, nearest: Nearest, mine: Clause, other: Clause) -> bool:
    """Whether two clauses may have one subject: the heads are akin, one side has none, or one of them is passive."""
    if not mine.subject or not other.subject:
        return True
    first, second = mine.subject[-1], other.subject[-1]
    if akin(first, second) or meanings(first) & meanings(second):
        return True
    turned = _is_passive(subject.view, mine) != _is_passive(nearest.view, other)
    return turned and first in other.names and second in mine.names


def _is_passive(view: View, clause: Clause) -> bool:
    head = view.analysis.parsed.tokens(clause.head)[0]
    return any(child.dep_ == "nsubjpass" for child in head.children)


def _agreement(subject: Subject, nearest: Nearest) -> Finding:
    if not nearest.missing:
        detail = "The passage has every content word of the statement, in the same roles."
        return _finding(Outcome.SUPPORTS, "RESTATED", detail, subject, nearest)
    text = subject.view.analysis.parsed.text
    lacking = ", ".join(term.span.of(text) for term in nearest.missing[:4])
    return _finding(Outcome.SILENT, "NOT_STATED", f"The nearest sentence lacks: {lacking}.", subject, nearest)


def _finding(
    outcome: Outcome,
    label: str,
    detail: str,
    subject: Subject,
    nearest: Nearest,
    ours: Span | None = None,
    theirs: Span | None = None,
) -> Finding:
    claim_span, evidence_span = ours or subject.view.span, theirs or nearest.view.span
    return Finding(
        check="meaning",
        outcome=outcome,
        label=label,
        detail=detail,
        claim_span=claim_span,
        evidence_span=evidence_span,
        claim_value=claim_span.of(subject.view.analysis.parsed.text),
        evidence_value=evidence_span.of(nearest.view.analysis.parsed.text),
        part=nearest.part.index,
    )
