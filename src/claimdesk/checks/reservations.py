"""What a passage says beside the claim's words that forbids taking them from it: alleged, exchanged, not yet done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from claimdesk.analysis import Part, Subject, View
from claimdesk.checks.meaning import Nearest, nearest_sentence
from claimdesk.language.concepts import stem
from claimdesk.model import Finding, Outcome, Quote, QuoteType, Span
from claimdesk.names.misplaced import other_in_place, unranked
from claimdesk.wording.clauses import Clause, clauses
from claimdesk.wording.protected import stem as verb_stem
from claimdesk.wording.reversals import (
    DENIALS,
    Seen,
    framed_otherwise,
    lasts,
    opposite_word,
    reordered,
    said_of_another,
    sides_exchanged,
    tells,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 0.5  # share of the claim's content words that the sentence has, below which it says nothing of the claim
_MOSTLY = 0.7  # share of them that an alleged stretch has
_DISTANT = frozenset(("assert", "suggest"))  # classes of cues by which a writer does not vouch for what is reported
_PARTISAN = frozenset(
    "opposition critic rival opponent campaigner lawyer attorney defense defence prosecution prosecutor plaintiff "
    "supporter activist rumor rumour blog lobbyist complainant accuser detractor skeptic sceptic".split()
)
_AWAITED = frozenset(("when", "once", "until", "before", "if", "unless", "whether"))
_PAST = frozenset("has have had 've 'd was were".split())
_WISHED = frozenset(
    map(verb_stem, "hope want wish plan intend aim try expect threaten offer promise vow refuse fail".split())
)
_PRESENT = frozenset(("VBZ", "VBP", "VB"))


def check_reservations(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Looks beside the claim's words in the nearest sentence for what forbids support.

    The source only reports them as somebody's claim or belief ("residents allege that …"); who does it and to whom it
    is done are exchanged; it is said of another ("the deputy, not the governor"); only one of the two denies it, puts
    it on a condition, or has it before and not after; a word stands there that means the opposite; the deed is
    everywhere only possible, denied or still to come; another name fills the place of the claim's; or nothing there
    tells the claim's rank.
    """
    nearest = nearest_sentence(subject.view, parts)
    if nearest is None or nearest.coverage < _NEAR:
        return []
    claim, sentence, slots = subject.view, nearest.view, _slots(subject)
    looks: list[tuple[str, Callable[[], Seen | None]]] = [
        ("ALLEGED", lambda: _alleged(claim, nearest, parts)),
        ("FRAMED_OTHERWISE", lambda: framed_otherwise(claim, sentence, slots)),
    ]
    if not slots:  # the whole sentence is in question: in a check its other slots are claims of their own
        looks += [
            ("SIDES_EXCHANGED", lambda: sides_exchanged(claim, sentence)),
            ("SAID_OF_ANOTHER", lambda: said_of_another(claim, sentence)),
            ("REORDERED", lambda: reordered(claim, sentence)),
            ("OPPOSITE_WORD", lambda: opposite_word(claim, sentence)),
            ("NOT_DONE", lambda: _not_done(claim, nearest, parts)),
            ("NAME_MISPLACED", lambda: _misplaced(claim, nearest, parts)),
            ("RANK_NOT_STATED", lambda: _unranked(claim, nearest, parts)),
        ]
    for label, look in looks:
        if (seen := look()) is not None:
            return [_finding(subject, nearest, label, *seen)]
    return []


def _slots(subject: Subject) -> list[Span]:
    """The places of a value or a quotation that alone is in question; none where the whole sentence is."""
    if subject.whole:
        return []
    spans = [quantity.span for quantity in subject.quantities if not quantity.soft]
    spans += [ref.span for ref in subject.dates]
    return spans + [part for quote in subject.quotes for part in quote.content]


# --- said of another ---------------------------------------------------------------------------


def _misplaced(claim: View, nearest: Nearest, parts: Sequence[Part]) -> Seen | None:
    """Another name where the claim has one that the evidence knows, but never there."""
    found = other_in_place(claim, [part.view for part in parts])
    if found is None:
        return None
    name, other, view = found
    where = other.span if view == nearest.part.view else nearest.view.span
    return where, f"The claim has {name.text} where the source has {other.text}."


def _unranked(claim: View, nearest: Nearest, parts: Sequence[Part]) -> Seen | None:
    """A rank of the claim ("a record", "the largest") of which the evidence says nothing."""
    phrase = unranked(claim, [part.view for part in parts])
    return None if phrase is None else (nearest.view.span, f'The source does not say "{phrase.said}".')


# --- only alleged --------------------------------------------------------------------------------


def _alleged(claim: View, nearest: Nearest, parts: Sequence[Part]) -> Seen | None:
    """The words by which the source leaves it to somebody else, where it says so nowhere itself."""
    if any(quote.type is QuoteType.INDIRECT for quote in claim.quotes):
        return None  # the claim leaves it to somebody too: who that is, and how he puts it, other checks compare
    wanted = _stems(claim, [claim.span])
    if not wanted or any(_vouched(wanted, part.view) for part in parts):
        return None
    for quote in nearest.view.quotes:
        if _is_distant(quote, nearest.view) and _share(wanted, _stems(nearest.view, quote.content)) >= _MOSTLY:
            cue = quote.cue
            if cue is not None:
                return cue.span, f'The source leaves it to somebody else: "{cue.text}".'
    return None


def _vouched(wanted: frozenset[str], view: View) -> bool:
    """Whether some sentence says it outside what is left to others."""
    distant = [part for quote in view.quotes if _is_distant(quote, view) for part in quote.content]
    for sentence in view.analysis.parsed.sentences:
        if view.span.overlaps(sentence):
            own = (token for token in view.analysis.parsed.tokens(sentence) if not _lies_in(token, distant))
            if _share(wanted, _stems_of(own)) >= _MOSTLY:
                return True
    return False


def _is_distant(quote: Quote, view: View) -> bool:
    if quote.type is not QuoteType.INDIRECT or quote.cue is None:
        return False
    if quote.cue.group in _DISTANT:
        return True
    speaker = quote.speaker
    if speaker is None:
        return False
    heads = view.analysis.parsed.tokens(speaker.span)
    return any(token.lemma_.casefold() in _PARTISAN for token in heads)


# --- not done ------------------------------------------------------------------------------------


def _not_done(claim: View, nearest: Nearest, parts: Sequence[Part]) -> Seen | None:
    """The claim's main deed, where every mention of it in the evidence is only possible, denied or still to come."""
    mine = next(filter(lambda clause: _is_done(claim, clause), clauses(claim.analysis.parsed, claim.span)), None)
    if mine is None or any(_has_plainly(part.view, mine.head.of(claim.analysis.parsed.text)) for part in parts):
        return None
    theirs = [(part.view, clause) for part in parts for clause in clauses(part.view.analysis.parsed, part.view.span)]
    found = [(view, clause) for view, clause in theirs if mine.predicate in clause.verbs | {clause.predicate}]
    if not found or not all(_is_open(view, clause, mine.predicate) for view, clause in found):
        return None
    view, clause = next((pair for pair in found if pair[0] == nearest.part.view), found[0])
    word = clause.head.of(view.analysis.parsed.text)
    where = clause.head if view == nearest.part.view else nearest.view.span  # a place in the part that is shown
    return where, f'The source has "{word}" only as what may be, is denied or is still to come.'


def _is_done(view: View, clause: Clause) -> bool:
    """Whether the clause tells what has happened: a past tense, or a form of "have" or "was" before a participle."""
    if clause.modality or clause.guards or clause.own != clause.above:
        return False
    head = view.analysis.parsed.tokens(clause.head)[0]
    helpers = {child.lower_ for child in head.children if child.dep_ in ("aux", "auxpass")}
    return head.tag_ == "VBD" or (head.tag_ == "VBN" and bool(helpers & _PAST))


def _has_plainly(view: View, form: str) -> bool:
    """Whether the evidence has the verb in this very form, neither denied nor after a word of possibility."""
    for token in view.tokens:
        if token.lower_ == form.casefold():
            near = [*token.children, *(child for child in token.head.children if child.i < token.i)]
            if not any(word.dep_ == "neg" or word.lower_ in DENIALS or word.tag_ == "MD" for word in near):
                return True
    return False


def _is_open(view: View, clause: Clause, predicate: str) -> bool:
    """Whether a clause has a deed only as possible, wished for, denied, awaited or on a condition."""
    head = view.analysis.parsed.tokens(clause.head)[0]
    if clause.modality or clause.above or ("condition" in clause.guards and not lasts(clause)):
        return True
    if any(child.dep_ == "neg" for child in head.children):
        return True
    if clause.predicate != predicate:  # hopes to present
        return clause.predicate in _WISHED
    links = {child.lower_ for child in head.children if child.dep_ in ("mark", "advmod")}
    return head.dep_ == "advcl" and bool(links & _AWAITED) and head.tag_ in _PRESENT


# --- words ---------------------------------------------------------------------------------------


def _stems(view: View, spans: Sequence[Span]) -> frozenset[str]:
    return _stems_of(token for span in spans for token in view.analysis.parsed.tokens(span))


def _stems_of(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(stem(token.lemma_.casefold()) for token in tokens if tells(token))


def _lies_in(token: Token, spans: Sequence[Span]) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _finding(subject: Subject, nearest: Nearest, label: str, where: Span, detail: str) -> Finding:
    return Finding(
        check="words",
        outcome=Outcome.SILENT,
        label=label,
        detail=detail,
        claim_span=subject.view.span,
        evidence_span=where,
        claim_value=subject.view.text,
        evidence_value=where.of(nearest.view.analysis.parsed.text),
        part=nearest.part.index,
        flag=True,
    )
