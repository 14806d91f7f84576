"""Reported speech without marks: compared by slots, since its words are the reporter's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.analysis import Part, Subject
from claimdesk.checks.attributed import claimed, doubtful, likeness, spoken_by
from claimdesk.checks.clauses import Clause, clauses
from claimdesk.checks.edits import shown
from claimdesk.checks.identity import Identity, Likeness, compare
from claimdesk.checks.occasion import read_cue, read_occasion
from claimdesk.checks.protected import protect
from claimdesk.checks.referents import akin
from claimdesk.model import Finding, Outcome, Quantity, Quote, QuoteType, Span

CLOSE = 0.75  # share of a clause's words that must stand in the source before a difference says anything
_SHARES = frozenset(("few", "some", "most", "many", "none", "all", "several", "each", "number", "part", "rest", "any"))
_WEAK = frozenset(("may", "can", "should", "want", "plan", "try"))


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
    return Match(first.part, first.carrier, first.theirs.span, close)


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
    cue = read_cue(quote, first.carrier, first.theirs.span)
    extra = [
        _finding(first, change.label, Outcome.CONFLICTS, change.detail, text)
        for change in read_occasion(subject, quote, first.part, first.theirs.span, first.carrier)
    ]
    if cue:
        extra.append(_finding(first, "CUE_DISTORTED", Outcome.SILENT, cue.detail, text, flag=True))
    open_speaker = any(
        doubtful(quote, pair.part, pair.carrier, pair.theirs.span)
        or (claimed(quote) and pair.carrier and spoken_by(pair.part, pair.carrier, pair.theirs.span) is None)
        for pair in here
    )
    outcome = Outcome.SILENT if extra or open_speaker else Outcome.SUPPORTS
    return extra + [_finding(pair, "INDIRECT_SUPPORTED", outcome, pair.detail, text) for pair in here]


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
    return found


def _compare(subject: Subject, quote: Quote, mine: Clause, part: Part, theirs: Clause) -> Pair | None:
    """Two clauses, None when they are about different things."""
    wanted = [name for name in mine.names if not _quantified(name)]
    around = _sentence_names(part, theirs)
    shared = sum(any(akin(name, other) for other in around) for name in wanted) / len(wanted) if wanted else 1.0
    if shared < 0.5 or not any(akin(mine.predicate, verb) for verb in (theirs.predicate, *theirs.verbs)):
        return None
    if not wanted and not mine.numbers:
        return None
    carrier = _carrier(part, theirs.head)
    who = likeness(quote, part, carrier, theirs.span)
    label, detail = _verdict(subject, quote, mine, part, theirs, carrier, shared)
    return Pair(mine, theirs, part, carrier, who, shared, label, detail)


def _quantified(name: str) -> bool:
    return name in ("half", "%", "dozen", "hundred", "thousand", "third", "quarter")


def _verdict(
    subject: Subject, quote: Quote, mine: Clause, part: Part, theirs: Clause, carrier: Quote | None, shared: float
) -> tuple[str, str]:
    claim, source = subject.view.analysis.parsed.text, part.view.analysis.parsed.text
    words = f'The claim says "{shown(claim, mine.span)}"; the source says "{shown(source, theirs.span)}"'
    alike = mine.wording in theirs.wording
    denied = _cue_denies(quote) != (mine.own != mine.above)
    denies = _cue_denies(carrier) != (theirs.own != theirs.above)
    main = akin(mine.predicate, theirs.predicate)
    near = shared >= CLOSE
    actors = _actors(mine, theirs)
    if denied != denies and alike and mine.own != theirs.own and not _negated_before(mine, theirs):
        return "PARAPHRASE_ONLY", f"{words}."  # the denial stands elsewhere in a long clause
    if denied != denies and near and main and actors is not Likeness.OTHER:
        cause = "the source denies it" if denies else "the claim denies it"
        return "INDIRECT_CONFLICT", f"{words}: {cause}."
    if denied != denies:
        return "PARAPHRASE_ONLY", f"{words}."
    if actors is Likeness.OTHER and near and main:
        return "INDIRECT_CONFLICT", f"{words}: somebody else does it."
    if shared < 1.0 or actors is not Likeness.SAME:
        return "PARAPHRASE_ONLY", f"{words}."
    if _disjoint(subject, mine, part, theirs):
        return "INDIRECT_CONFLICT", f"{words}: another number."
    if lost := (theirs.modality - mine.modality) & _WEAK:
        if not (lost <= {"may"} and "can" in mine.modality) and not _soft_cue(quote):
            label = "INDIRECT_CONFLICT" if main and not alike else "PARAPHRASE_ONLY"
            return label, f"{words}: the claim is surer than the source."
    elif mine.modality != theirs.modality and not (
        mine.modality - theirs.modality <= {"can"} and "may" in theirs.modality
    ):
        return "PARAPHRASE_ONLY", f"{words}: the verb differs in mood."
    if _of_others(part, carrier):
        return "PARAPHRASE_ONLY", f"{words}, as something that others say."
    if mine.links - theirs.links:
        return "PARAPHRASE_ONLY", f"{words}: a linking word differs."
    if mine.guards != theirs.guards:
        return "PARAPHRASE_ONLY", f"{words}: a condition or a limit differs."
    if not _numbers_agree(mine, theirs, part):
        return "PARAPHRASE_ONLY", f"{words}: the numbers are not the same."
    return "INDIRECT_SUPPORTED", f"{words}."


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


def _actors(mine: Clause, theirs: Clause) -> Likeness:
    """Whether both clauses have one subject; I and we may be anybody on the speaker's side."""
    if mine.subject and theirs.subject:
        if any(akin(one, other) for one in mine.subject[-1:] for other in theirs.subject[-1:]):
            return Likeness.SAME
        if any(_quantified(name) for name in (*mine.subject[-1:], *theirs.subject[-1:])):
            return Likeness.SAME
        if theirs.subject[-1] in _SHARES or mine.subject[-1] in _SHARES:
            return Likeness.UNKNOWN
        return Likeness.OTHER if mine.subject[-1] in theirs.names else Likeness.UNKNOWN
    if not mine.subject and not theirs.subject:
        first = {"i", "we"}
        if theirs.pronoun in first or mine.pronoun == theirs.pronoun:
            return Likeness.SAME
        return Likeness.UNKNOWN
    if theirs.pronoun in ("i", "we") or not theirs.pronoun and not theirs.subject:
        return Likeness.SAME if theirs.pronoun else Likeness.UNKNOWN
    return Likeness.UNKNOWN


def _sentence_names(part: Part, theirs: Clause) -> set[str]:
    """The content words of the evidence clause and of the speech that it stands in."""
    names = set(theirs.names) | set(theirs.subject) | {theirs.predicate}
    if theirs.pronoun in ("i", "we"):
        names |= {"we"}
    return names


def _disjoint(subject: Subject, mine: Clause, part: Part, theirs: Clause) -> bool:
    """Whether each side counts one thing and the two values cannot both be right."""
    one = [q for q in subject.view.quantities if mine.span.contains(q.span)]
    other = [q for q in part.view.quantities if theirs.span.contains(q.span)]
    if len(one) != 1 or len(other) != 1 or one[0].soft or other[0].soft or one[0].unit != other[0].unit:
        return False
    return _below(one[0], other[0]) or _below(other[0], one[0])


def _below(one: Quantity, other: Quantity) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _numbers_agree(mine: Clause, theirs: Clause, part: Part) -> bool:
    """Whether every number of the claim's clause stands in the evidence's clause with the same value."""
    return all(number in theirs.numbers for number in mine.numbers)


def _carrier(part: Part, where: Span) -> Quote | None:
    """The innermost reported speech of the evidence that holds a clause."""
    holding = [quote for quote in part.view.quotes if any(content.contains(where) for content in quote.content)]
    return min(holding, key=lambda quote: quote.content[-1].end - quote.content[0].start, default=None)
