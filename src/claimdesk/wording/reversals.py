"""What one sentence says the other way around than another: sides, order, denial, condition, an opposite word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimdesk.analysis import View
from claimdesk.language.antonyms import antonyms
from claimdesk.language.terms import Term, content
from claimdesk.model import QuoteType, Span
from claimdesk.wording.clauses import Clause, clauses, sets_bound

if TYPE_CHECKING:
    from spacy.tokens import Token

Seen = tuple[Span, str]  # a place in the source's sentence, and a line that says what is seen there

_ABOVE = 5  # words from one up to the top of its sentence among which a denial is looked for
_ASIDE = frozenset("in on at during after before since for until within over under despite amid near".split())
_NOUNS = ("NOUN", "PROPN")
_PASSIVE = ("nsubjpass", "auxpass")
_BEHIND = ("acl", "relcl")  # verbs behind the noun that acts or is acted on
_MUTUAL = frozenset(
    "meet marry draw tie share merge fight face play debate talk clash collide agree divorce be".split()
)
_INVERTED = frozenset("say add write note report warn state tell explain announce insist argue".split())  # said Ruiz
_CONVERSE = frozenset("buy sell win lose beat defeat victory export import".split())  # true from two sides at once
DENIALS = frozenset("not no never hardly barely without neither nor".split())


def sides_exchanged(claim: View, sentence: View) -> Seen | None:
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


def said_of_another(claim: View, sentence: View) -> Seen | None:
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


def framed_otherwise(claim: View, sentence: View, slots: Sequence[Span]) -> Seen | None:
    """The one clause of the source with the claim's deed, where only one of the two is denied or on a condition.

    Where slots are given, only the clauses of the claim that hold one count. In quotation marks every word is compared,
    a denial too, so that nothing is left to a parse that an interruption may lead astray.
    """
    theirs = clauses(sentence.analysis.parsed, sentence.span)
    marked = [part for quote in claim.quotes if quote.type is not QuoteType.INDIRECT for part in quote.content]
    for mine in clauses(claim.analysis.parsed, claim.span):
        same = [other for other in theirs if other.predicate == mine.predicate]
        if len(same) != 1 or (slots and not any(map(mine.span.overlaps, slots))):
            continue
        if any(map(mine.head.overlaps, marked)):
            continue
        other = same[0]
        denied = _is_negated(claim, mine)
        if denied != _is_negated(sentence, other):
            return other.head, f"Only {'the claim' if denied else 'the source'} denies it."
        if ("condition" in mine.guards) != ("condition" in other.guards) and not lasts(mine) and not lasts(other):
            who = "the claim" if "condition" in mine.guards else "the source"
            return other.head, f"Only {who} puts it on a condition."
    return None


def _is_negated(view: View, clause: Clause) -> bool:
    """Whether the verb itself is denied, or whom it is said of: never, no bidder, nobody.

    ``Clause.own`` counts every denial in the clause; here "not the treasurer but the mayor signed" denies no signing.
    """
    head = view.analysis.parsed.tokens(clause.head)[0]
    denials = sum(child.dep_ == "neg" and not sets_bound(child) for child in head.children)
    for child in head.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            nothing = child.lower_ in ("nobody", "nothing", "none", "neither")
            denials += nothing or any(word.lower_ in ("no", "neither") for word in child.children)
    return (denials % 2 == 1) != clause.above


def lasts(clause: Clause) -> bool:
    """Whether what looks like a condition only says how long it lasts, or asks: until, till, whether."""
    return any(f" {word} " in clause.wording for word in ("until", "till", "whether"))


def reordered(claim: View, sentence: View) -> Seen | None:
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
            told = next((other for other in tokens[index + 1 : index + 6] if tells(other)), None)
            if told is not None:
                found.setdefault(told.lemma_.casefold(), (token.lower_, Span(token.idx, token.idx + len(token))))
    return found


def tells(token: Token) -> bool:
    """Whether a word carries meaning of its own: a noun, a name, a verb, an adjective or a number."""
    return token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and not token.is_stop


def opposite_word(claim: View, sentence: View) -> Seen | None:
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
    return any(word.lower_ in DENIALS or word.dep_ == "neg" for word in near)
