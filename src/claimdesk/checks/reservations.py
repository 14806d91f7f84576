"""What a passage says beside the claim's words that forbids taking them from it: alleged, exchanged, not yet done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimdesk.analysis import Part, Subject, View
from claimdesk.checks.meaning import Nearest, nearest_sentence
from claimdesk.language.antonyms import antonyms
from claimdesk.language.concepts import stem
from claimdesk.language.terms import Term, content
from claimdesk.model import Finding, Outcome, Quote, QuoteType, Span
from claimdesk.wording.clauses import Clause, clauses
from claimdesk.wording.protected import stem as verb_stem

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 0.5  # share of the claim's content words that the sentence has, below which it says nothing of the claim
_ABOVE = 5  # words from one up to the top of its sentence among which a denial is looked for
_MOSTLY = 0.7  # share of them that an alleged stretch has
_DISTANT = frozenset(("assert", "suggest"))  # classes of cues by which a writer does not vouch for what is reported
_PARTISAN = frozenset(
    "opposition critic rival opponent campaigner lawyer attorney defense defence prosecution prosecutor plaintiff "
    "supporter activist rumor rumour blog lobbyist complainant accuser detractor skeptic sceptic".split()
)
_ASIDE = frozenset("in on at during after before since for until within over under despite amid near".split())
_NOUNS = ("NOUN", "PROPN")
_PASSIVE = ("nsubjpass", "auxpass")
_BEHIND = ("acl", "relcl")  # verbs behind the noun that acts or is acted on
_MUTUAL = frozenset(
    "meet marry draw tie share merge fight face play debate talk clash collide agree divorce be".split()
)
_INVERTED = frozenset("say add write note report warn state tell explain announce insist argue".split())  # said Ruiz
_CONVERSE = frozenset("buy sell win lose beat defeat victory export import".split())  # true from two sides at once
_AWAITED = frozenset(("when", "once", "until", "before", "if", "unless", "whether"))
_PAST = frozenset("has have had 've 'd was were".split())
_WISHED = frozenset(
    map(verb_stem, "hope want wish plan intend aim try expect threaten offer promise vow refuse fail".split())
)
_PRESENT = frozenset(("VBZ", "VBP", "VB"))
_DENIED = frozenset("not no never hardly barely without neither nor".split())


def check_reservations(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Looks beside the claim's words in the nearest sentence for what forbids support.

    The source only reports them as somebody's claim or belief ("residents allege that …"); who does it and to whom it
    is done are exchanged; it is said of another ("the deputy, not the governor"); only one of the two denies it, puts
    it on a condition, or has it before and not after; a word stands there that means the opposite; or the deed is
    everywhere only possible, denied or still to come.
    """
    nearest = nearest_sentence(subject.view, parts)
    if nearest is None or nearest.coverage < _NEAR:
        return []
    claim, sentence, slots = subject.view, nearest.view, _slots(subject)
    seen = {"ALLEGED": _alleged(claim, nearest, parts), "FRAMED_OTHERWISE": _framed_otherwise(claim, sentence, slots)}
    if not slots:  # the whole sentence is in question: in a check its other slots are claims of their own
        seen["SIDES_EXCHANGED"] = _exchanged(claim, sentence)
        seen["SAID_OF_ANOTHER"] = _set_against(claim, sentence)
        seen["REORDERED"] = _reordered(claim, sentence)
        seen["OPPOSITE_WORD"] = _opposite(claim, sentence)
        seen["NOT_DONE"] = _not_done(claim, nearest, parts)
    found = next(((label, where) for label, where in seen.items() if where is not None), None)
    return [_finding(subject, nearest, found[0], *found[1])] if found is not None else []


def _slots(subject: Subject) -> list[Span]:
    """The places of a value or a quotation that alone is in question; none where the whole sentence is."""
    if subject.whole:
        return []
    spans = [quantity.span for quantity in subject.quantities if not quantity.soft]
    spans += [ref.span for ref in subject.dates]
    return spans + [part for quote in subject.quotes for part in quote.content]


# --- only alleged --------------------------------------------------------------------------------


def _alleged(claim: View, nearest: Nearest, parts: Sequence[Part]) -> tuple[Span, str] | None:
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
            own = [token for token in view.analysis.parsed.tokens(sentence) if not _lies_in(token, distant)]
            if _share(wanted, frozenset(stem(t.lemma_.casefold()) for t in own if _tells(t))) >= _MOSTLY:
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


# --- turned around -------------------------------------------------------------------------------


def _exchanged(claim: View, sentence: View) -> tuple[Span, str] | None:
    """A noun from before the source's verb that stands after it in the claim, and one from after it before."""
    for verb in sentence.tokens:
        if verb.pos_ != "VERB" or verb.dep_ in _BEHIND or verb.lemma_.casefold() in _MUTUAL | _INVERTED:
            continue
        same = [token for token in claim.tokens if verb.lower_ == token.lower_ or _is_verb(token, verb.lemma_)]
        if len(same) != 1 or same[0].dep_ in _BEHIND or _is_passive(same[0]) != _is_passive(verb):
            continue
        before, after = _sides(claim, same[0])
        before_there, after_there = _sides(sentence, verb)
        gone, come = before & after_there - before_there, after & before_there - after_there
        if gone - after and come - before:
            span = Span(verb.idx, verb.idx + len(verb))
            return span, f'What stands before and after "{verb.text}" is exchanged.'
    return None


def _is_verb(token: Token, lemma: str) -> bool:
    return token.pos_ == "VERB" and token.lemma_ == lemma


def _sides(view: View, verb: Token) -> tuple[set[str], set[str]]:
    """The nouns before and after a verb in its sentence, without those that tell when, where or in spite of what."""
    before: set[str] = set()
    after: set[str] = set()
    for token in view.tokens:
        if token.pos_ in _NOUNS and token.sent == verb.sent and token.i != verb.i and not _is_aside(token):
            (before if token.i < verb.i else after).add(token.lower_)
    return before, after


def _is_aside(token: Token) -> bool:
    while token.dep_ in ("compound", "conj", "appos", "nmod") and token.head.i != token.i:
        token = token.head
    return token.dep_ == "npadvmod" or (token.dep_ == "pobj" and token.head.lower_ in _ASIDE)


def _is_passive(verb: Token) -> bool:
    """Whether a verb is passive, by the parse or, where the parse took it for a noun, by the word before or behind."""
    if any(child.dep_ in _PASSIVE for child in verb.children):
        return True
    around = [verb.nbor(step) for step in (-1, 1) if verb.doc[0].i <= verb.i + step <= verb.doc[-1].i]
    return any(word.lemma_ == "be" and word.i < verb.i or word.lower_ == "by" and word.i > verb.i for word in around)


def _set_against(claim: View, sentence: View) -> tuple[Span, str] | None:
    """The claim's subject after "not" in the source: "the deputy, not the governor"."""
    subjects = {token.lemma_.casefold() for token in claim.tokens if token.dep_ in ("nsubj", "nsubjpass")}
    for token in sentence.tokens:
        if token.pos_ not in _NOUNS or token.lemma_.casefold() not in subjects:
            continue
        first = token.left_edge
        leads = [first.nbor(-1)] if first.i else []
        leads += [child for child in token.children if child.i < token.i]
        if any(lead.lower_ == "not" for lead in leads) and not any(word.lower_ == "not" for word in claim.tokens):
            return Span(token.idx, token.idx + len(token)), f'The source says "not" of {token.text}.'
    return None


# --- under another frame -------------------------------------------------------------------------


def _framed_otherwise(claim: View, sentence: View, slots: Sequence[Span]) -> tuple[Span, str] | None:
    """The one clause of the source with the claim's deed, where only one of the two is denied or on a condition.

    Where slots are given, only the clauses of the claim that hold one count.
    """
    theirs = clauses(sentence.analysis.parsed, sentence.span)
    for mine in clauses(claim.analysis.parsed, claim.span):
        same = [other for other in theirs if other.predicate == mine.predicate]
        if len(same) != 1 or (slots and not any(map(mine.span.overlaps, slots))):
            continue
        other = same[0]
        denied = _is_negated(claim, mine)
        if denied != _is_negated(sentence, other):
            return other.head, f"Only {'the claim' if denied else 'the source'} denies it."
        if ("condition" in mine.guards) != ("condition" in other.guards) and not _lasts(mine) and not _lasts(other):
            who = "the claim" if "condition" in mine.guards else "the source"
            return other.head, f"Only {who} puts it on a condition."
    return None


def _is_negated(view: View, clause: Clause) -> bool:
    """Whether the verb itself is denied, or whom it is said of: not, never, no bidder, nobody."""
    head = view.analysis.parsed.tokens(clause.head)[0]
    denials = sum(child.dep_ == "neg" for child in head.children)
    for child in head.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            nothing = child.lower_ in ("nobody", "nothing", "none", "neither")
            denials += nothing or any(word.lower_ in ("no", "neither") for word in child.children)
    return (denials % 2 == 1) != clause.above


def _lasts(clause: Clause) -> bool:
    return any(f" {word} " in clause.wording for word in ("until", "till", "whether"))


def _reordered(claim: View, sentence: View) -> tuple[Span, str] | None:
    """The words "before" and "after" in front of the same others: it weakened before, or after, it reached land."""
    ours, theirs = _times(claim), _times(sentence)
    for word, (norm, _) in ours.items():
        found = theirs.get(word)
        if found is not None and found[0] != norm:
            return found[1], f'The claim says "{norm} … {word}", the source "{found[0]} … {word}".'
    return None


def _times(view: View) -> dict[str, tuple[str, Span]]:
    """The first telling word behind each "before" and "after", with which of the two it is and where that stands."""
    found: dict[str, tuple[str, Span]] = {}
    tokens = list(view.tokens)
    for index, token in enumerate(tokens):
        if token.lower_ in ("before", "after"):
            told = next((other for other in tokens[index + 1 : index + 6] if _tells(other)), None)
            if told is not None:
                found.setdefault(told.lemma_.casefold(), (token.lower_, Span(token.idx, token.idx + len(token))))
    return found


# --- the opposite --------------------------------------------------------------------------------


def _opposite(claim: View, sentence: View) -> tuple[Span, str] | None:
    """A word of the source that means the opposite of one of the claim's, where neither has both or denies one."""
    ours = [(term, _forms(term, claim)) for term in content(claim.tokens)]
    theirs = [(term, _forms(term, sentence)) for term in content(sentence.tokens)]
    mine = frozenset(form for _, forms in ours for form in forms)
    other = frozenset(form for _, forms in theirs for form in forms)
    for term, forms in ours:
        against = frozenset(opposite for form in forms for opposite in antonyms().get(form, ()))
        if forms & (other | _CONVERSE):
            continue
        for rival, shapes in theirs:
            if shapes & against and not shapes & mine and _denied(claim, term.span) == _denied(sentence, rival.span):
                one, two = _written(claim, term), _written(sentence, rival)
                return rival.span, f'The claim says "{one}", the source "{two}".'
    return None


def _written(view: View, term: Term) -> str:
    return term.span.of(view.analysis.parsed.text)


def _forms(term: Term, view: View) -> frozenset[str]:
    return frozenset((term.lemma, _written(view, term).casefold()))


def _denied(view: View, span: Span) -> bool:
    """Whether a word, or what governs it, is denied."""
    token = view.analysis.parsed.tokens(span)[0]
    above = [token, *token.ancestors][:_ABOVE]
    near = [word for each in above for word in (each, *each.children)]
    return any(word.lower_ in _DENIED or word.dep_ == "neg" for word in near)


# --- not done ------------------------------------------------------------------------------------


def _not_done(claim: View, nearest: Nearest, parts: Sequence[Part]) -> tuple[Span, str] | None:
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
            if not any(word.dep_ == "neg" or word.lower_ in _DENIED or word.tag_ == "MD" for word in near):
                return True
    return False


def _is_open(view: View, clause: Clause, predicate: str) -> bool:
    """Whether a clause has a deed only as possible, wished for, denied, awaited or on a condition."""
    head = view.analysis.parsed.tokens(clause.head)[0]
    if clause.modality or clause.above or ("condition" in clause.guards and not _lasts(clause)):
        return True
    if any(child.dep_ == "neg" for child in head.children):
        return True
    if clause.predicate != predicate:  # hopes to present
        return clause.predicate in _WISHED
    links = {child.lower_ for child in head.children if child.dep_ in ("mark", "advmod")}
    return head.dep_ == "advcl" and bool(links & _AWAITED) and head.tag_ in _PRESENT


# --- words ---------------------------------------------------------------------------------------


def _stems(view: View, spans: Sequence[Span]) -> frozenset[str]:
    return frozenset(stem(token.lemma_.casefold()) for span in spans for token in _words(view, span))


def _words(view: View, span: Span) -> Iterator[Token]:
    return (token for token in view.analysis.parsed.tokens(span) if _tells(token))


def _tells(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and not token.is_stop


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
