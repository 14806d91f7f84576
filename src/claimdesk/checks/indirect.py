"""Reported speech without marks: compared by slots, since its words are the reporter's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.analysis import Part, Subject
from claimdesk.model import Finding, Outcome, Quantity, Quote, QuoteType, Span
from claimdesk.wording.attributed import claimed, doubtful, likeness, spoken_by
from claimdesk.wording.clauses import Clause, clauses
from claimdesk.wording.edits import shown
from claimdesk.wording.figures import Agreement, agreeing, compare_dates, compare_figures, unit_held
from claimdesk.wording.identity import Identity, Likeness, compare
from claimdesk.wording.occasion import read_cue, read_occasion
from claimdesk.wording.protected import protect
from claimdesk.wording.referents import akin, content, norms_of
from claimdesk.wording.restate import Content
from claimdesk.wording.roles import Role, role_between
from claimdesk.wording.sides import Sides, sides

CLOSE = 0.75  # share of a clause's words that must stand in the source before a difference says anything
_SHARES = frozenset(("few", "some", "most", "many", "none", "all", "several", "each", "number", "part", "rest", "any"))
_WEAK = frozenset(("may", "can", "should", "want", "plan", "try"))
_POSSIBLE = frozenset(("may", "can"))  # might, could
_DUTIES = frozenset(("should", "must"))  # moods that a request has in its cue


@dataclass(frozen=True)
class Pair:
    """A clause of the claim beside a clause of the evidence."""

    mine: Clause
    theirs: Clause
    part: Part
    carrier: Quote | None
    who: Likeness
    shared: float
    label: str
    detail: str

    @property
    def rank(self) -> tuple[int, int, float]:
        """Best first: said by the right person, decided, most words shared."""
        wrong = self.who is Likeness.OTHER
        return (int(wrong), 0 if self.label == "INDIRECT_SUPPORTED" else 1, -self.shared)


@dataclass(frozen=True)
class Match:
    """The place in the evidence that a reported statement rests on; ``close`` when all of it is there."""

    part: Part
    carrier: Quote | None
    stretch: Span
    close: bool


def settle_indirect(subject: Subject, quote: Quote, parts: Sequence[Part]) -> Match | None:
    """The place that counts for a reported statement, None when nothing in the evidence is near it."""
    pairs = [pair for pair in _pairs(subject, quote, parts) if pair is not None]
    if not pairs:
        return None
    close = len(pairs) == len(_claim_clauses(subject, quote)) and all(p.label == "INDIRECT_SUPPORTED" for p in pairs)
    first = pairs[0]
    return Match(first.part, first.carrier, Span(first.theirs.head.start, first.theirs.span.end), close)


def check_indirect(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """Compares reported speech with the source clause by clause: what is denied, how sure it is, who does what."""
    found: list[Finding] = []
    for quote in subject.quotes:
        if quote.type is QuoteType.INDIRECT:
            found.extend(_check(subject, quote, parts))
    return found


def _check(subject: Subject, quote: Quote, parts: Sequence[Part]) -> list[Finding]:
    pairs = _pairs(subject, quote, parts)
    here = [pair for pair in pairs if pair is not None]
    text = subject.view.analysis.parsed.text
    content = Span(quote.content[0].start, quote.content[-1].end)
    conflicts = [pair for pair in here if pair.label == "INDIRECT_CONFLICT" and pair.who is not Likeness.OTHER]
    if conflicts:
        return [_finding(pair, "INDIRECT_CONFLICT", Outcome.CONFLICTS, pair.detail, text) for pair in conflicts]
    if not here:
        detail = f'Nothing in this passage is near "{shown(text, content)}".'
        return [Finding("quotes", Outcome.SILENT, "NOT_FOUND", detail, content, None, shown(text, content), "")]
    first = here[0]
    if len(here) < len(pairs) or any(pair.label != "INDIRECT_SUPPORTED" for pair in here):
        open_pair = next((pair for pair in here if pair.label != "INDIRECT_SUPPORTED"), first)
        part_text = open_pair.part.view.analysis.parsed.text
        detail, label = open_pair.detail, open_pair.label
        if label == "INDIRECT_SUPPORTED":
            detail = f'The passage has only part of it: "{shown(part_text, open_pair.theirs.span)}".'
        if label in ("INDIRECT_SUPPORTED", "INDIRECT_CONFLICT"):
            label = "PARAPHRASE_ONLY"
        return [_finding(open_pair, label, Outcome.SILENT, detail, text)]
    cue = read_cue(quote, first.carrier, first.theirs.span, first.part)
    extra = [
        _finding(first, change.label, Outcome.CONFLICTS, change.detail, text)
        for change in read_occasion(subject, quote, first.part, first.theirs.span, first.carrier)
    ]
    if cue:
        extra.append(_finding(first, "CUE_DISTORTED", Outcome.SILENT, cue.detail, text, flag=True))
    open_speaker = any(_open_speaker(subject, quote, pair) for pair in here)
    outcome = Outcome.SILENT if extra or open_speaker else Outcome.SUPPORTS
    found = extra + [_finding(pair, "INDIRECT_SUPPORTED", outcome, pair.detail, text) for pair in here]
    agreed = [(pair, both) for pair in here for both in agreeing(subject, pair.mine, pair.part, pair.theirs)]
    return found + [_figure(*both, pair) for pair, both in agreed]


def _open_speaker(subject: Subject, quote: Quote, pair: Pair) -> bool:
    """Whether the words may be another's: a report that states them itself does not say who said them."""
    where = (pair.part, pair.carrier, pair.theirs.head)
    if pair.who is Likeness.LOOSE or doubtful(quote, *where):
        return True
    theirs = spoken_by(*where)
    if role_between(subject, quote, pair.part, pair.carrier, theirs)[0] is not Role.FITS:
        return True
    nobody = claimed(quote) is not None and theirs is None
    return nobody and (pair.carrier is not None or pair.part.meta.type == "report")


def _figure(mine: Quantity, theirs: Quantity, pair: Pair) -> Finding:
    """A number that the compared clause has with the same value, hedge and unit; it covers the number's own slot."""
    detail = f"The claim says {mine.text}; the source says {theirs.text}."
    return Finding(
        "numbers", Outcome.SUPPORTS, "EQUAL", detail, mine.span, theirs.span, mine.text, theirs.text, pair.part.index
    )


def _finding(pair: Pair, label: str, outcome: Outcome, detail: str, text: str, flag: bool = False) -> Finding:
    source = pair.part.view.analysis.parsed.text
    return Finding(
        check="quotes",
        outcome=outcome,
        label=label,
        detail=detail,
        claim_span=pair.mine.span,
        evidence_span=pair.theirs.span,
        claim_value=shown(text, pair.mine.span),
        evidence_value=shown(source, pair.theirs.span),
        part=pair.part.index,
        flag=flag,
    )


def _claim_clauses(subject: Subject, quote: Quote) -> list[Clause]:
    parsed = subject.view.analysis.parsed
    cues = [quote.cue.span.start] if quote.cue else []
    if len(quote.content) == 2:  # the port, Lind said, will close: one clause may stand in both places
        first, last = quote.content
        found = clauses(parsed, Span(first.start, last.end), cues, Span(first.end, last.start))
    else:
        found = [clause for span in quote.content for clause in clauses(parsed, span, cues)]
    return [clause for clause in found if clause.names or clause.numbers]


def _pairs(subject: Subject, quote: Quote, parts: Sequence[Part]) -> list[Pair | None]:
    """For each clause of a reported statement the best clause of the evidence, None where there is none."""
    mine = _claim_clauses(subject, quote)
    theirs = [(part, clause) for part in parts for clause in _evidence_clauses(part)]
    found: list[Pair | None] = []
    for clause in mine:
        options = [pair for part, other in theirs if (pair := _compare(subject, quote, clause, part, other))]
        found.append(min(options, key=lambda pair: pair.rank) if options else None)
    return found


def _evidence_clauses(part: Part) -> list[Clause]:
    parsed = part.view.analysis.parsed
    found = []
    cues = [quote.cue.span.start for quote in part.view.quotes if quote.cue]
    for sentence in parsed.sentences:
        if part.view.span.overlaps(sentence):
            found.extend(clauses(parsed, sentence, cues))
    for quote in part.view.quotes:  # once more without the reporter's words, which may hold a word of the statement
        if quote.type is QuoteType.INDIRECT and len(quote.content) == 1:
            found.extend(clauses(parsed, quote.content[0], cues))
    return found


def _compare(subject: Subject, quote: Quote, mine: Clause, part: Part, theirs: Clause) -> Pair | None:
    """Two clauses, None when they are about different things."""
    if not (mine.deed == theirs.deed or any(akin(mine.predicate, verb) for verb in (theirs.predicate, *theirs.verbs))):
        return None
    carrier = _carrier(part, theirs.head)
    who = likeness(quote, part, carrier, theirs.head)
    side = sides(quote, part, carrier, theirs.head, who)
    dates = [ref.span for ref in subject.view.dates]
    wanted = [term for term in mine.terms if not _quantified(term.stem) and not _inside(term.span, dates)]
    if not wanted and not mine.numbers:
        return None
    held = [
        _held(term, theirs) or side.implies(term, mine, theirs) or unit_held(subject, term, part, theirs)
        for term in wanted
    ]
    named = [one or any(term.is_word(other) for other in theirs.terms) for one, term in zip(held, wanted, strict=True)]
    shared, spoken_of = (sum(marks) / len(marks) if marks else 1.0 for marks in (held, named))
    if spoken_of < 0.5:
        return None
    label, detail = _verdict(Beside(subject, quote, mine, part, theirs, carrier, who, side, shared, spoken_of))
    return Pair(mine, theirs, part, carrier, who, shared, label, detail)


def _held(term: Content, theirs: Clause) -> bool:
    """Whether a clause has a word of the claim in a part that fits; its subject may stand in the clause before."""
    if any(term.restates(other) for other in theirs.terms):
        return True
    return term.role in ("subject", "") and any(akin(term.stem, word) for word in theirs.subject)


def _quantified(name: str) -> bool:
    return name in ("half", "%", "dozen", "hundred", "thousand", "third", "quarter")


def _inside(span: Span, holders: Sequence[Span]) -> bool:
    return any(holder.contains(span) for holder in holders)


@dataclass(frozen=True)
class Beside:
    """A clause of the claim and one of the evidence with everything that is known about their speakers.

    ``shared`` is the share of the claim's words that the evidence has in parts that fit, ``spoken_of`` in any part.
    """

    subject: Subject
    quote: Quote
    mine: Clause
    part: Part
    theirs: Clause
    carrier: Quote | None
    who: Likeness
    side: Sides
    shared: float
    spoken_of: float


def _verdict(pair: Beside) -> tuple[str, str]:
    mine, theirs = pair.mine, pair.theirs
    claim, source = pair.subject.view.analysis.parsed.text, pair.part.view.analysis.parsed.text
    words = f'The claim says "{shown(claim, mine.span)}"; the source says "{shown(source, theirs.span)}"'
    alike = mine.wording in theirs.wording
    denied = _cue_denies(pair.quote) != mine.denies(theirs)
    denies = _cue_denies(pair.carrier) != theirs.denies(mine)
    main = mine.does(theirs)
    near = pair.shared >= CLOSE
    actors = _actors(pair)
    if denied != denies and alike and mine.own != theirs.own and not _negated_before(mine, theirs):
        return "PARAPHRASE_ONLY", f"{words}."  # the denial stands elsewhere in a long clause
    if denied != denies and near and main and actors is not Likeness.OTHER:
        cause = "the source denies it" if denies else "the claim denies it"
        return "INDIRECT_CONFLICT", f"{words}: {cause}."
    if denied != denies:
        return "PARAPHRASE_ONLY", f"{words}."
    if actors is Likeness.OTHER and pair.spoken_of >= CLOSE and main:
        return "INDIRECT_CONFLICT", f"{words}: somebody else does it."
    if pair.shared < 1.0 or actors is not Likeness.SAME:
        return "PARAPHRASE_ONLY", f"{words}."
    if surer := _mood(pair, main and not alike):
        label, why = surer
        return label, f"{words}: {why}."
    if _of_others(pair.part, pair.carrier):
        return "PARAPHRASE_ONLY", f"{words}, as something that others say."
    if mine.links - theirs.links:
        return "PARAPHRASE_ONLY", f"{words}: a linking word differs."
    if mine.guards != theirs.guards:
        return "PARAPHRASE_ONLY", f"{words}: a condition or a limit differs."
    if not main:
        return "PARAPHRASE_ONLY", f"{words}, under another verb."
    figures, times = (
        compare_figures(pair.subject, mine, pair.part, theirs),
        compare_dates(pair.subject, mine, pair.part, theirs),
    )
    if Agreement.OTHER in (figures, times) and _one_speaker(pair):
        return "INDIRECT_CONFLICT", f"{words}: another {'number' if figures is Agreement.OTHER else 'time'}."
    if figures is not Agreement.SAME or times is not Agreement.SAME:
        return "PARAPHRASE_ONLY", f"{words}: the {'numbers' if times is Agreement.SAME else 'times'} are not the same."
    return "INDIRECT_SUPPORTED", f"{words}."


def _mood(pair: Beside, same_deed: bool) -> tuple[str, str] | None:
    """What a difference in mood comes to: will for may is surer, any other only silences; None without one."""
    mine, theirs = pair.mine.modality, pair.theirs.modality
    if pair.quote.cue is not None and pair.quote.cue.group == "directive":
        theirs -= _DUTIES  # "should sell" is urging somebody to sell
    if lost := (theirs - mine) & _WEAK:
        if (lost <= _POSSIBLE and mine & _POSSIBLE) or _soft_cue(pair.quote):
            return None
        return "INDIRECT_CONFLICT" if same_deed else "PARAPHRASE_ONLY", "the claim is surer than the source"
    if mine != theirs and not (mine - theirs <= {"can"} and "may" in theirs):
        return "PARAPHRASE_ONLY", "the verb differs in mood"
    return None


def _one_speaker(pair: Beside) -> bool:
    """Whether the speaker is the same, or shares an office or a name with the claim's: *negotiators*, *negotiator*."""
    if pair.who in (Likeness.SAME, Likeness.GENERALIZED):
        return True
    mine, theirs = claimed(pair.quote), spoken_by(pair.part, pair.carrier, pair.theirs.head)
    if mine is None or theirs is None or pair.who is Likeness.OTHER:
        return False
    return bool(set(content(norms_of(mine.full))) & set(content(norms_of(theirs.full))))


def _of_others(part: Part, carrier: Quote | None) -> bool:
    """Whether a speaker's own text gives a clause as what others say: *critics say the fans have left*."""
    if carrier is None or carrier.speaker is None or part.meta.type == "report" or not part.meta.speaker:
        return False
    named = Identity(carrier.speaker.name or carrier.speaker.text, carrier.speaker.role, carrier.speaker.org)
    whole = Identity(part.meta.speaker, part.meta.role, part.meta.org)
    return carrier.speaker.text.casefold() not in ("i", "we") and compare(named, whole) is not Likeness.SAME


def _negated_before(mine: Clause, theirs: Clause) -> bool:
    """Whether a denial stands right before words that the two clauses share: *none of the players* were fit."""
    before = theirs.wording.split(mine.wording)[0].split()[-4:]
    return "polarity" in protect(before)


def _cue_denies(quote: Quote | None) -> bool:
    return quote is not None and quote.cue is not None and quote.cue.group == "negative"


def _soft_cue(quote: Quote) -> bool:
    return quote.cue is not None and quote.cue.group == "suggest"


def _actors(pair: Beside) -> Likeness:
    """Whether both clauses have one subject; I and we may be anybody on the speaker's side."""
    mine, theirs = pair.mine, pair.theirs
    if (found := pair.side.actor(mine, theirs)) is not None:
        return found
    if mine.subject and theirs.subject:
        if any(akin(one, other) for one in mine.subject[-1:] for other in theirs.subject[-1:]):
            return Likeness.SAME
        if {term.sense for term in mine.terms if term.role == "subject"} & {
            term.sense for term in theirs.terms if term.role == "subject"
        }:
            return Likeness.SAME
        if any(_quantified(name) for name in (*mine.subject[-1:], *theirs.subject[-1:])):
            return Likeness.SAME
        if theirs.subject[-1] in _SHARES or mine.subject[-1] in _SHARES:
            return Likeness.UNKNOWN
        return Likeness.OTHER if mine.subject[-1] in theirs.names else Likeness.UNKNOWN
    if mine.subject or theirs.subject:
        return Likeness.UNKNOWN
    return Likeness.SAME if theirs.pronoun in ("i", "we") or mine.pronoun == theirs.pronoun else Likeness.UNKNOWN


def _carrier(part: Part, where: Span) -> Quote | None:
    """The innermost reported speech of the evidence that holds a clause."""
    holding = [quote for quote in part.view.quotes if any(content.contains(where) for content in quote.content)]
    return min(holding, key=lambda quote: quote.content[-1].end - quote.content[0].start, default=None)
