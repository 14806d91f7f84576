"""The policy: from the findings of all checks to one stance, with a confidence and a one-line reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from claimdesk.analysis import Part, Subject, View, analyze
from claimdesk.checks import CHECKS
from claimdesk.checks.entailment import COMPARING, NO_READING, check_entailment
from claimdesk.checks.identical import cover_slots, find_same_sentence, find_turned_word, rest_of
from claimdesk.checks.meaning import check_meaning
from claimdesk.checks.reservations import check_reservations
from claimdesk.entailment.combiner import load_combiner
from claimdesk.entailment.doubts import against, is_doubtful
from claimdesk.entailment.judges import MeaningModel, Probabilities
from claimdesk.entailment.windows import pairs_to_read, read_evidence
from claimdesk.model import READ, Finding, Judgement, Meta, Outcome, QuoteType, Span, Stance
from claimdesk.wording.attributed import spoken_by

# The order in which findings decide; a conflict in an earlier row is the one that is reported first.
PRIORITY = ("speaker", "quotes", "numbers", "superlatives", "names", "dates", "meaning")

# How far a deciding finding is trusted, by check: set by hand, for a slot in a whole check and for rules of which the
# labelled pairs have few. Of a whole sentence the combiner's card tells how often each rule was right.
CONFIDENCE = {
    "speaker": 0.95,
    "quotes": 0.97,
    "numbers": 0.95,
    "names": 0.9,
    "superlatives": 0.9,
    "dates": 0.93,
    "meaning": 0.85,
}

# Findings of the checks that compare values which say only that no value was placed.
_UNPLACED = frozenset(
    "NOT_FOUND NOT_STATED DATE_UNBOUND DATE_AMBIGUOUS DATE_OTHER DIFFERENT_ITEM SCOPE_UNKNOWN PERIOD_UNKNOWN "
    "DIRECTION_UNKNOWN DENIED_OTHERWISE EXCEPTED NAME_EQUAL SUPERLATIVE_LISTED".split()
)

# Silent findings that tell a person nothing about why a passage decides nothing.
_SAYS_NOTHING = frozenset(("NAME_EQUAL", "SUPERLATIVE_LISTED", "SPEAKER_MATCH"))

_SURE_DOUBT = 2.5  # log-odds from which a doubt is shown in a whole check
_YIELDS = 0.51  # how much of the lead of a forbidden class goes to *related*: just enough to make that the likeliest


def judge(subject: Subject, parts: Sequence[Part], model: MeaningModel) -> Judgement:
    """The stance of one body of evidence toward a claim.

    In order: a positive conflict of any check decides; then every slot in focus must be supported, and nothing
    may forbid it; what the rules leave open is read by the trained model, where the whole sentence is in question.
    All else is ``related``.
    """
    return read_open(apply_rules(subject, parts), model)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules make of one body of evidence.

    ``is_open`` says that the trained model reads it since no rule decides, ``is_doubtful`` that it may withhold what a
    rule decided.
    """

    subject: Subject
    parts: Sequence[Part]
    findings: Sequence[Finding]
    judgement: Judgement
    is_open: bool
    is_doubtful: bool

    @property
    def is_for_model(self) -> bool:
        """Whether the trained model has a word in it."""
        return self.is_open or self.is_doubtful

    def pairs(self, model: MeaningModel) -> list[tuple[str, str]]:
        """What the model may be asked to read, as (claim, evidence)."""
        return pairs_to_read(self.subject.view, self.parts, model.marked) if self.is_for_model else []


def apply_rules(subject: Subject, parts: Sequence[Part]) -> Ruled:
    """The first half of ``judge``: everything but the trained model."""
    findings = rule_findings(subject, parts)
    ruled = decide(subject, findings, NO_READING)
    left = is_open(ruled) and (subject.whole or is_plain(subject))
    if ruled.stance is Stance.SUPPORTS and not subject.whole:
        left = False  # in a whole check its passage was searched for, and other sources speak too
    return Ruled(subject, parts, findings, ruled, left, not left and is_doubtful(subject, parts, ruled))


def read_open(ruled: Ruled, model: MeaningModel) -> Judgement:
    """The second half of ``judge``: the trained model reads what the rules left open, and may doubt the rest."""
    if ruled.is_doubtful:
        return _doubt(ruled, model)
    if not ruled.is_open:
        return ruled.judgement
    findings = ruled.findings
    meaning, likely = check_entailment(ruled.subject, ruled.parts, findings, model, load_combiner())
    if ruled.judgement.stance is Stance.SUPPORTS and not meaning:
        findings = [_doubted(finding) for finding in findings]
    return decide(ruled.subject, [*findings, *(finding for finding in meaning if finding not in findings)], likely)


def is_open(ruled: Judgement) -> bool:
    """Whether the rules leave a claim to the trained model: they decide nothing, or only that its words are there.

    Where a check compared two values and would not decide (another rate, a bound made stronger, a coarse rounding),
    that is an answer, and no reading goes over it; a value that it could not place leaves the claim open.
    """
    silent = [finding for finding in ruled.findings if finding.outcome is Outcome.SILENT]
    if any(finding.check in COMPARING and finding.label not in _UNPLACED for finding in silent):
        return False
    if any(finding.check == "quotes" and finding.flag for finding in silent):
        return False  # the words are there, said with another cue or cut: shown, and no reading goes over it
    supports = [finding for finding in ruled.findings if finding.outcome is Outcome.SUPPORTS]
    if ruled.stance is Stance.SUPPORTS:
        return bool(supports) and all(finding.label == "RESTATED" for finding in supports)
    return ruled.stance is Stance.RELATED


def doubt_of(ruled: Ruled, model: MeaningModel) -> float | None:
    """How surely the model reads otherwise than a rule decided; None where it has no word in that."""
    if not ruled.is_doubtful:
        return None
    decided = next(f for f in ruled.judgement.findings if f.outcome.value == ruled.judgement.stance.value)
    reading = read_evidence(ruled.subject.view, ruled.parts, model)
    return against(ruled.judgement.stance, decided, reading) if reading else None


def _doubt(ruled: Ruled, model: MeaningModel) -> Judgement:
    """What a rule decided, or *related* where the model reads otherwise: never the opposite.

    In a whole check, where a slot is in question and not its sentence, the verdict stays, and a flag tells of a reading
    that is surer than usual.
    """
    stance, findings, doubts = ruled.judgement.stance, ruled.judgement.findings, load_combiner().doubts
    apart = doubt_of(ruled, model)
    least = doubts.supports if stance is Stance.SUPPORTS else doubts.conflicts
    if apart is None or apart < (least if ruled.subject.whole else max(least, _SURE_DOUBT)):
        return ruled.judgement
    decided = [finding for finding in findings if finding.outcome.value == stance.value]
    reads = "does not read the whole" if stance is Stance.SUPPORTS else "reads the whole"
    detail = f"{decided[0].detail} Yet the trained judge {reads} as supporting the claim: look at the passage."
    told = replace(decided[0], outcome=Outcome.SILENT, label="READ_OTHERWISE", detail=detail, flag=True)
    if not ruled.subject.whole:
        return replace(ruled.judgement, findings=(*findings, told))
    withheld = [replace(finding, outcome=Outcome.SILENT) for finding in decided[1:]]
    left = [finding for finding in findings if finding not in decided]
    return _related((told, *withheld, *left), [], NO_READING)


def _doubted(finding: Finding) -> Finding:
    if finding.label != "RESTATED":
        return finding
    detail = "The passage has every content word of the statement, but the trained judge does not read it so."
    return replace(finding, outcome=Outcome.SILENT, label="RESTATED_DOUBTED", detail=detail)


def rule_findings(subject: Subject, parts: Sequence[Part]) -> list[Finding]:
    """What the checks see, without any trained model."""
    findings = [finding for check in CHECKS for finding in check.run(subject, parts)]
    if not subject.whole and not is_plain(subject):
        findings = [_beside_the_point(finding, subject) for finding in findings]
        findings = [_of_another(finding, subject, parts) for finding in findings]
    if is_plain(subject):
        findings += check_meaning(subject, parts)
    if _may_support(subject, findings):
        findings += check_reservations(subject, parts)
    findings = _without_contradicted_sums(findings)
    same = find_same_sentence(subject, parts)
    if same is not None and _conflicts(subject, rest_of(parts, same)):
        detail = "The source has the same sentence, and another one that speaks against it."
        spans = (subject.view.span, same.span)
        findings.append(Finding("words", Outcome.SILENT, "SELF_CONFLICT", detail, *spans, flag=True))
    elif same is not None:
        findings = cover_slots(subject, same, findings)
    elif (turned := find_turned_word(subject, parts)) is not None:
        findings.append(turned)
    return findings


def _without_contradicted_sums(findings: Sequence[Finding]) -> list[Finding]:
    """A count that may follow from others is not contradicted by one of them that stands in its place."""
    sums = [finding.claim_span for finding in findings if finding.label == "MAY_FOLLOW" and finding.claim_span]

    def is_of_sum(finding: Finding) -> bool:
        where = finding.claim_span
        return where is not None and any(where.overlaps(span) for span in sums)

    return [finding for finding in findings if finding.label != "EXACT_CONFLICT" or not is_of_sum(finding)]


def _may_support(subject: Subject, findings: Sequence[Finding]) -> bool:
    """Whether support is in question: no rule sees a conflict, and one sees support or a reading follows."""
    outcomes = {finding.outcome for finding in findings}
    return Outcome.CONFLICTS not in outcomes and (Outcome.SUPPORTS in outcomes or subject.whole or is_plain(subject))


def _beside_the_point(finding: Finding, subject: Subject) -> Finding:
    """A ranking in the sentence of another slot: shown as a flag, for it says nothing of the slot in focus."""
    if finding.check != "superlatives" or finding.outcome is Outcome.SILENT or finding.claim_span is None:
        return finding
    bounds = any(ref.relation == "since" for ref in subject.dates)  # the first since 2011
    if bounds or any(finding.claim_span.overlaps(quantity.span) for quantity in subject.quantities):
        return finding
    return replace(finding, outcome=Outcome.SILENT, flag=finding.outcome is Outcome.CONFLICTS)


def _of_another(finding: Finding, subject: Subject, parts: Sequence[Part]) -> Finding:
    """Another figure against a reported statement: it speaks against the speaker only as the speaker's own words.

    A source that states another figure itself speaks against the figure, which is a claim of its own.
    """
    reported = [quote for quote in subject.quotes if quote.type is QuoteType.INDIRECT]
    if finding.check != "numbers" or finding.outcome is not Outcome.CONFLICTS or not reported:
        return finding
    part, where = parts[finding.part], finding.evidence_span
    if where is None:
        return finding
    carrier = next((q for q in part.view.quotes if any(span.overlaps(where) for span in q.content)), None)
    if carrier is not None or spoken_by(part, None, where) is not None:
        return finding
    return replace(finding, outcome=Outcome.SILENT, flag=True)


def _conflicts(subject: Subject, parts: Sequence[Part]) -> bool:
    found = (finding for check in CHECKS for finding in check.run(subject, parts))
    against = (finding.outcome is Outcome.CONFLICTS or finding.label == "MAY_FOLLOW" for finding in found)
    return bool(parts) and any(against)


def is_plain(subject: Subject) -> bool:
    """Whether the meaning of the whole sentence is to be covered: nothing in focus is exact (several is not)."""
    return not (subject.dates or subject.quotes or any(not quantity.soft for quantity in subject.quantities))


def decide(subject: Subject, findings: Sequence[Finding], likely: Probabilities) -> Judgement:
    """The policy over findings alone; ``likely`` is what the meaning model says, used where nothing decides."""
    ordered = tuple(sorted(findings, key=_rank))
    conflicts = [finding for finding in ordered if finding.outcome is Outcome.CONFLICTS]
    if conflicts:
        return _judgement(subject, Stance.CONFLICTS, conflicts[0], ordered, likely)
    open_slots = uncovered(subject, ordered)
    supports = [finding for finding in ordered if finding.outcome is Outcome.SUPPORTS]
    by_rules = [finding for finding in ordered if finding.label not in READ]
    if len(by_rules) < len(ordered) and uncovered(subject, by_rules):  # without the reading nothing would be decided
        supports.sort(key=lambda finding: finding.label not in READ)
        ordered = (*supports, *(finding for finding in ordered if finding not in supports))
    vetoed = any(finding.check == "words" for finding in ordered)  # see checks/identical.py
    if supports and not open_slots and not vetoed:
        return _judgement(subject, Stance.SUPPORTS, supports[0], ordered, likely)
    return _related(ordered, open_slots, likely)


def uncovered(subject: Subject, findings: Sequence[Finding]) -> list[str]:
    """The slots in focus that no finding supports, in words."""
    supported = [finding for finding in findings if finding.outcome is Outcome.SUPPORTS]
    if any(finding.label == "ENTAILED" for finding in supported):
        return []  # the whole sentence was read, its values compared before
    undecided = [finding.claim_span for finding in findings if finding.check == "dates" and finding not in supported]

    def covered(span: Span, check: str) -> bool:
        return any(
            (finding.check == check and finding.claim_span is not None and finding.claim_span.overlaps(span))
            or (span not in undecided and any(other.overlaps(span) for other in finding.covers))
            for finding in supported
        )

    missing = [quantity.text for quantity in subject.quantities if not covered(quantity.span, "numbers")]
    missing += [ref.text for ref in subject.dates if not covered(ref.span, "dates")]
    text = subject.view.analysis.parsed.text
    if is_plain(subject) and not _means_the_same(findings):
        missing.append(subject.view.text)
    for quote in subject.quotes:
        if not any(covered(part, "quotes") for part in quote.content):
            missing.append(quote.content[0].of(text))
    return missing


def _means_the_same(findings: Sequence[Finding]) -> bool:
    """Whether a plain statement is covered: by its meaning, or by a ranking that the source states in one frame."""
    meaning = [finding for finding in findings if finding.check == "meaning"]
    if any(finding.outcome is Outcome.SUPPORTS for finding in meaning):
        return True
    ranked = any(finding.check == "superlatives" and finding.outcome is Outcome.SUPPORTS for finding in findings)
    return ranked and all(finding.label == "NOT_STATED" for finding in meaning)


def _rank(finding: Finding) -> tuple[int, int]:
    """Conflicts first, by severity; among supports who spoke comes last, for it is no reason of its own."""
    outcome = {Outcome.CONFLICTS: 0, Outcome.SUPPORTS: 1, Outcome.SILENT: 2}[finding.outcome]
    place = PRIORITY.index(finding.check) if finding.check in PRIORITY else len(PRIORITY)
    if finding.outcome is Outcome.SUPPORTS and finding.check == "speaker":
        place = len(PRIORITY)
    return (outcome, place)


def _judgement(
    subject: Subject, stance: Stance, deciding: Finding, findings: tuple[Finding, ...], likely: Probabilities
) -> Judgement:
    if deciding.label in READ:
        shares = asdict(likely)
        return Judgement(stance, shares[stance.value], shares, deciding.detail, findings)
    confidence = CONFIDENCE.get(deciding.check, 0.8)
    if subject.whole:
        confidence = load_combiner().rules.get(stance.value, {}).get(deciding.label, confidence)
    rest = (1 - confidence) / 2
    shares = {option.value: confidence if option is stance else rest for option in Stance}
    return Judgement(stance, confidence, shares, deciding.detail, findings)


def _related(findings: tuple[Finding, ...], open_slots: list[str], likely: Probabilities) -> Judgement:
    telling = [
        finding for finding in findings if finding.outcome is Outcome.SILENT and finding.label not in _SAYS_NOTHING
    ]
    telling.sort(key=lambda finding: (not finding.flag, finding.label in ("NOT_FOUND", "NOT_STATED")))
    if telling:
        reason = telling[0].detail
    elif open_slots:
        reason = f'Nothing in the passage decides "{open_slots[0]}".'
    else:
        reason = "The passage is about the same thing and decides nothing."
    shares = _forbidden(likely)
    return Judgement(Stance.RELATED, shares["related"], shares, reason, findings)


def _forbidden(likely: Probabilities) -> dict[str, float]:
    """What was read, where a rule forbids what the judge thinks likeliest: no class is likelier than *related*."""
    shares = asdict(likely)
    for name in sorted(shares, key=lambda name: shares[name], reverse=True):
        if name != "related" and shares[name] >= shares["related"]:
            over = shares[name] - shares["related"]
            shares[name], shares["related"] = shares[name] - over * _YIELDS, shares["related"] + over * _YIELDS
    return shares


def claim_subject(claim: str, meta: Meta | None = None) -> Subject:
    """A claim given as a text of its own: everything that it says is in focus."""
    analysis = analyze(claim, meta)
    view = View(analysis, Span(0, len(claim)))
    marked = [part for quote in view.quotes if quote.type is not QuoteType.INDIRECT for part in quote.outer]
    return Subject(
        view=view,
        quantities=tuple(quantity for quantity in view.quantities if not _inside(quantity.span, marked)),
        dates=tuple(ref for ref in view.dates if not _inside(ref.span, marked)),
        quotes=view.quotes,
        meta=analysis.meta,
    )


def _inside(span: Span, marked: Sequence[Span]) -> bool:
    """Whether a span lies in quotation marks: there the words decide, and the quote check covers them."""
    return any(part.contains(span) for part in marked)


def evidence_part(text: str, meta: Meta | None = None, turn: int | None = None, index: int = 0) -> Part:
    """A piece of evidence given as a text of its own."""
    analysis = analyze(text, meta)
    return Part(View(analysis, Span(0, len(text))), analysis.meta, turn, 0, index)
