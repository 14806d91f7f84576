"""What a number counts: the slots around a quantity, read from the grammar of its sentence.

The slots are those of the domain rule, section 4.4: item with container and base, event with actor and recipient,
place, time, modality, polarity, statistic, direction and the roles from, to and by, subset, attribution.
An empty slot means unknown, never "none".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from claimdesk.analysis import Analysis, View
from claimdesk.concepts import item_of, tables
from claimdesk.model import DateRef, Form, Hedge, Quantity, Span
from claimdesk.terms import Term, clause, content, governor, lemma_of, phrases, subject, term
from claimdesk.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITHDRAWN = re.compile(
    r"(?:\bnot|\binstead of|\brather than|\b(?:previously|earlier|initially|first|originally|wrongly|mistakenly|incorrectly|erroneously)"
    r" (?:reported|stated|said|announced|published|put|given|estimated)(?: as| at| that)?|\brevised (?:up |down )?from|\bcorrected from)"
    r" (?:the |a |an )?$",
    re.IGNORECASE,
)
_WITHDRAWN_AFTER = re.compile(
    r"[\w ,]{0,30}?\bas (?:first|previously|earlier|initially|originally|wrongly|mistakenly|incorrectly) (?:reported|stated|said|announced|published)",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:\bfrom|\bcompared (?:with|to)|\bagainst|\bversus|\bthan) (?:a |an |the |some )?$", re.IGNORECASE)
_TO = re.compile(r"\bto (?:a |an |the )?(?:record |new |total of )?$", re.IGNORECASE)
_BY = re.compile(r"\bby (?:a |an |another )?$", re.IGNORECASE)
_PARTICLE = re.compile(r"\b(?:hand|turn|sign|bring|brought|carr|pass)(?:ed|s|ing|ied|ies|y)? $")
_MOVES = frozenset(["go", "move", "change", "raise", "bring", "take", "come"])
_LEVELS = _MOVES | {"be", "stand", "reach", "total", "number", "hit", "remain", "stay", "average"}
_OF = re.compile(r" (?:out )?of (?:the |those |these |its |their |some |about )?")
_LATE = re.compile(r"\bincluding (?:the |some |at least )?$", re.IGNORECASE)
_STATISTICS = {
    "mean": ("average", "mean", "averaged"),
    "median": ("median",),
    "each": ("each", "apiece", "every", "respectively"),
    "total": ("total", "altogether", "combined", "overall", "totalled", "totaled", "jointly", "together"),
}
_STATISTIC_WORDS = frozenset(word for cues in _STATISTICS.values() for word in cues)


@dataclass(frozen=True)
class Bound:
    """A quantity with its slots. ``core`` are the words of its own clause, ``near`` those of its sentence.

    ``item`` is the group of the counted noun, "" when the wording points elsewhere (those, 27 of them).
    ``main`` is the event of the governing verb, ``events`` every event of the clause. ``role`` is ``from``,
    ``to``, ``by`` or "" for a level; ``base`` marks the number of which a share is taken.
    """

    quantity: Quantity
    view: View
    sentence: Span
    item: str = ""
    item_terms: tuple[Term, ...] = ()
    modifiers: tuple[Term, ...] = ()
    container: str = ""
    base: bool = False
    part_of: bool = False
    topic: tuple[Term, ...] = ()
    main: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    core: tuple[Term, ...] = ()
    near: tuple[Term, ...] = ()
    actor: Term | None = None
    recipient: Term | None = None
    places: tuple[Term, ...] = ()
    times: tuple[DateRef, ...] = ()
    modality: str = ""
    negated: bool = False
    statistic: str = ""
    direction: str = ""
    role: str = ""
    subset: bool = False
    speaker: Term | None = None
    withdrawn: bool = False
    anaphor: bool = False
    verb: int = -1
    patient: str = ""
    dep: str = ""
    giver: Term | None = None
    verb_lemma: str = ""
    foreign: tuple[Term, ...] = field(default=(), repr=False)
    siblings: tuple[Quantity, ...] = field(default=(), repr=False)

    @property
    def core_means(self) -> frozenset[str]:
        """Everything that the words of its own clause can mean."""
        return _means(self.core) | self.events

    @property
    def near_means(self) -> frozenset[str]:
        """Everything that the words of its sentence can mean."""
        return _means(self.near) | self.events


def _means(terms: tuple[Term, ...]) -> frozenset[str]:
    return frozenset().union(*(each.means for each in terms)) if terms else frozenset()


def bind(view: View) -> tuple[Bound, ...]:
    """Every quantity of a view with its slots, in order; items that point back take the last counted noun."""
    found: list[Bound] = []
    for quantity in view.quantities:
        bound = bind_one(view, quantity)
        found.append(_resolved(bound, found))
    return tuple(_with_foreign(_joined(bound, found), found) for bound in found)


def bind_one(view: View, quantity: Quantity) -> Bound:
    """One quantity with its slots, from its own sentence alone."""
    analysis = view.analysis
    quantity = _without_particle(analysis, quantity)
    sentence = analysis.parsed.sentence_at(quantity.span.start)
    skip = _skipped(analysis, sentence, quantity)
    near = content(analysis.parsed.tokens(sentence), skip)
    bare = Bound(quantity, view, sentence, near=near, core=near, siblings=_siblings(analysis, sentence, quantity))
    tokens = [token for token in analysis.parsed.tokens(quantity.number) if not token.is_punct and not token.is_space]
    if not tokens:
        return bare
    return _Binder(analysis, bare, skip).bind()


def _without_particle(analysis: Analysis, quantity: Quantity) -> Quantity:
    """The "over" of "handed over 1,000" belongs to the verb and bounds nothing."""
    if quantity.hedge is not Hedge.MORE_THAN or not quantity.text.casefold().startswith("over "):
        return quantity
    before = analysis.parsed.text[max(0, quantity.span.start - 12) : quantity.span.start].casefold()
    if not _PARTICLE.search(before) or len(quantity.values) != 1:
        return quantity
    value, start = quantity.values[0], quantity.number.start
    return replace(
        quantity, span=Span(start, quantity.span.end), text=analysis.parsed.text[start : quantity.span.end],
        low=value, high=value, low_open=False, high_open=False, hedge=Hedge.NONE,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _siblings(analysis: Analysis, sentence: Span, quantity: Quantity) -> tuple[Quantity, ...]:
    return tuple(other for other in analysis.quantities if sentence.contains(other.span) and other is not quantity)


def _skipped(analysis: Analysis, sentence: Span, quantity: Quantity) -> tuple[Span, ...]:
    dates = [ref.span for ref in analysis.dates if sentence.overlaps(ref.span)]
    numbers = [other.span for other in analysis.quantities if sentence.overlaps(other.span)]
    return (*dates, *numbers, quantity.span)


class _Binder:
    """Reads the slots of one quantity; lives only as long as that takes."""

    def __init__(self, analysis: Analysis, bare: Bound, skip: tuple[Span, ...]) -> None:
        self.analysis, self.bare, self.skip = analysis, bare, skip
        self.quantity, self.sentence = bare.quantity, bare.sentence
        self.text = fold(analysis.parsed.text[max(bare.sentence.start, 0) : bare.sentence.end])
        inside = list(analysis.parsed.tokens(self.quantity.number))
        whole = [token for token in analysis.parsed.tokens(self.quantity.span) if not token.is_space]
        self.inside = {token.i for token in whole} | {token.i for token in inside}
        self.top = self._top(whole if self.quantity.unit else inside)

    def _top(self, tokens: list[Token]) -> Token:
        node = next((token for token in tokens if not token.is_punct), tokens[0])
        for _ in range(20):
            if node.head is node or node.head.i not in self.inside:
                return node
            node = node.head
        return node

    def before(self) -> str:
        """The words of the sentence in front of the quantity."""
        return self.text[: self.quantity.span.start - self.sentence.start][-60:]

    def after(self) -> str:
        """The words of the sentence behind the quantity."""
        return self.text[self.quantity.span.end - self.sentence.start :][:80]

    def bind(self) -> Bound:
        item, container = self.item()
        anchor = item or self.top
        verb = anchor if self.quantity.form is Form.MULTIPLE and anchor.pos_ == "VERB" else governor(anchor)
        words = clause(verb, anchor)
        speaker, speech = self.speech(verb, words)
        words = [token for token in words if token.i not in speech]
        if verb.dep_ in ("conj", "xcomp", "advcl", "acl", "relcl") and (shared := subject(verb)) is not None and shared not in words:
            words = sorted({*words, *shared.subtree} - {*verb.subtree} | {*words}, key=lambda each: each.i)
        words = self.own_words(words, anchor)
        core = content(words, self.skip)
        main, events = self.events(verb, item, words)
        if self.attribute() is not None:
            main = frozenset()
        direction = self.direction(verb, item, words)
        group, extra = self.group(item, container)
        role = self.role(verb, item, direction)
        if item is not None and self.quantity.unit is None and not role and lemma_of(verb) in tables().direction:
            main = main or tables().events.get(lemma_of(verb)) or frozenset(["~" + stem_of(lemma_of(verb))])
        modality, negated = self.stance(verb)
        near_tokens = [token for token in self.analysis.parsed.tokens(self.sentence) if token.i not in speech]
        return replace(
            self.bare,
            item=group,
            item_terms=content([item], self.skip) if item is not None else (),
            modifiers=self.modifiers(item),
            container=lemma_of(container) if container is not None else "",
            base=self.is_base(item),
            part_of=self.is_part(),
            topic=self.topic(verb, item, moving=bool(role or direction)),
            main=main,
            events=events | extra,
            core=core,
            near=content(near_tokens, self.skip),
            actor=self.actor(verb),
            recipient=self.recipient(words, "to"),
            giver=self.recipient(words, "from"),
            verb_lemma=lemma_of(verb),
            places=self.places(words),
            times=self.times(words),
            modality=modality,
            negated=negated,
            statistic=self.statistic(verb, words),
            direction=direction,
            role=role,
            subset=bool(_LATE.search(self.before())),
            speaker=speaker,
            withdrawn=bool(_WITHDRAWN.search(self.before()) or _WITHDRAWN_AFTER.match(self.after())),
            anaphor=self.points_back(item, verb),
            verb=verb.i,
            patient=self.patient(anchor),
            dep=anchor.dep_,
        )

    # --- the counted thing -----------------------------------------------------------------------

    def item(self) -> tuple[Token | None, Token | None]:
        """The counted noun and the container noun around it, where there is one."""
        noun = self.noun()
        if noun is None:
            noun = self.counted_subject()
        if noun is None:
            return None, None
        if lemma_of(noun) in tables().words["containers"] and (inner := _of(noun)) is not None and inner.i not in self.inside:
            return inner, noun
        holder = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
        if holder is not None and lemma_of(holder) in tables().words["containers"] and holder.i not in self.inside:
            return noun, holder
        return noun, None

    def noun(self) -> Token | None:
        if self.quantity.unit in (None, "percent") or self.quantity.form in (Form.ORDINAL, Form.AGE):
            if self.quantity.noun is not None:
                tokens = self.analysis.parsed.tokens(self.quantity.noun)
                if len(tokens) and tokens[0].lower_ in ("others", "other", "more"):
                    return tokens[0] if tokens[0].lower_ == "others" else _last_noun(list(tokens))
                if len(tokens):
                    return _last_noun(list(tokens)) or tokens.root
            head = self.top.head
            if self.top.dep_ in ("nummod", "amod", "quantmod", "compound", "nmod", "det", "advmod", "appos", "poss") and head.pos_ in ("NOUN", "PROPN"):
                if head.i not in self.inside and not self._in_other(head) and head.i > self.top.i:
                    return head
        if self.quantity.form is Form.RATIO:
            following = [token for token in self.analysis.parsed.tokens(Span(self.quantity.span.end, min(self.quantity.span.end + 40, self.sentence.end))) if token.i not in self.inside]
            if following and following[0].pos_ in ("NOUN", "PROPN", "ADJ") and (noun := _last_noun(following[:4])) is not None:
                return noun
        if (whole := self.whole()) is not None:
            return whole
        inner = _of(self.top) or _of(self.top.head if self.top.head.i in self.inside else self.top)
        if inner is not None and not self._in_other(inner):
            return inner
        return None

    def whole(self) -> Token | None:
        """The noun of the number of which this one is a part: three of five suspects."""
        for other in self.bare.siblings:
            between = self.text[self.quantity.span.end - self.sentence.start : other.span.start - self.sentence.start]
            if other.noun is not None and other.span.start > self.quantity.span.end and _OF.fullmatch(between):
                return _last_noun(list(self.analysis.parsed.tokens(other.noun)))
        return None

    def counted_subject(self) -> Token | None:
        """The counted noun of "the number of cases is 210" and of "asylum claims rose to 480"."""
        if self.quantity.unit is not None or self.quantity.form not in (Form.PLAIN, Form.RANGE):
            return None
        verb = governor(self.top)
        found = subject(verb)
        if found is None or found.i in self.inside or not (lemma_of(verb) in _LEVELS or lemma_of(verb) in tables().direction):
            return None
        if self.top.dep_ not in ("attr", "dobj", "pobj", "npadvmod", "acomp", "oprd") and self.top.i < verb.i:
            return None
        if lemma_of(found) in tables().words["anaphors"]:
            inner = _of(found)
            return inner if inner is not None and not self._in_other(inner) else None
        return found if found.tag_ == "NNS" else None

    def _in_other(self, token: Token) -> bool:
        return any(other.span.start <= token.idx < other.span.end for other in self.bare.siblings)

    def group(self, item: Token | None, container: Token | None) -> tuple[str, frozenset[str]]:
        """The item's group, with the event that the noun names itself: 40 deaths are 40 people who died."""
        if container is not None and item_of(lemma_of(container)) == "body":
            return "body", frozenset()
        if item is None:
            nobody = self.quantity.form is Form.ZERO and fold(self.quantity.text).casefold() in ("no one", "nobody", "no-one")
            return ("person" if nobody else ""), frozenset()
        lemma = lemma_of(item)
        if lemma in tables().counted:
            group, event = tables().counted[lemma]
            return group, frozenset([event])
        if item.lower_ == "others" or item.pos_ in ("VERB", "DET", "PRON", "ADJ", "NUM", "AUX") or lemma in tables().words["anaphors"]:
            return "", (tables().events.get(lemma, frozenset()) if item.pos_ in ("VERB", "ADJ") else frozenset())
        return item_of(lemma), frozenset()

    def modifiers(self, item: Token | None) -> tuple[Term, ...]:
        if item is None:
            return ()
        found = [child for child in item.children if child.dep_ in ("amod", "compound", "nmod", "poss") and child.i not in self.inside]
        found += [inner for prep in item.children if prep.dep_ == "prep" and prep.lower_ == "of" for inner in prep.children if inner.dep_ == "pobj"]
        harmless = tables().words["harmless"]
        return tuple(each for each in content(found, self.skip) if each.lemma not in harmless)

    def is_base(self, item: Token | None) -> bool:
        """Whether a share is taken of this number: 27 of the 1,212; of the 6,000, about 15%."""
        return bool(re.search(r"\b(?:out )?of (?:the |those |these |its |their |all |all the |some |about |a total of )?$", self.before(), re.IGNORECASE)) and (
            bool(re.search(r"(?:\d|%|\b(?:percent|cent|half|third|quarter|one|two|three|four|five|six|seven|eight|nine|ten|most|many|some|few|majority))[\w ,-]{0,12} (?:out )?of", self.before() + "", re.IGNORECASE))
            or bool(re.match(r"\W*of\b", self.text, re.IGNORECASE))
        )

    def is_part(self) -> bool:
        return self.whole() is not None or bool(re.match(r" (?:out )?of (?:the|those|these|them|its|their)\b", self.after(), re.IGNORECASE))

    def points_back(self, item: Token | None, verb: Token) -> bool:
        if item is not None:
            lemma = lemma_of(item)
            if item.lower_ == "others":
                return True
            return lemma in ("those", "them", "these", "one") and item.pos_ in ("DET", "PRON")
        return self.quantity.unit is None

    # --- event and roles -------------------------------------------------------------------------

    def events(self, verb: Token, item: Token | None, words: list[Token]) -> tuple[frozenset[str], frozenset[str]]:
        """The main event, and every event of the clause."""
        main = frozenset() if self.quantity.form is Form.MULTIPLE and verb is self.top else _events_of(verb)
        shaped: set[str] = set()
        if item is not None:
            for child in item.children:
                if child.dep_ in ("amod", "acl", "relcl") and child.pos_ in ("VERB", "ADJ") and child.i not in self.inside:
                    shaped |= _events_of(child)
            lemma = lemma_of(item)
            if lemma in tables().counted:
                shaped.add(tables().counted[lemma][1])
        every = set(main) | shaped
        for token in words:
            every |= tables().events.get(lemma_of(token), frozenset())
            for phrase in phrases(token):
                every |= tables().events.get(phrase, frozenset())
        return (main or frozenset(shaped)), frozenset(every)

    def actor(self, verb: Token) -> Term | None:
        """Who does it: the subject of an active verb, or the noun after "by"."""
        for child in verb.children:
            if child.dep_ == "agent":
                return next((term(inner) for inner in child.children if inner.dep_ == "pobj" and inner.i not in self.inside), None)
        if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
            return None
        found = subject(verb)
        if found is None or found.i in self.inside or found.pos_ not in ("NOUN", "PROPN"):
            return None
        return term(found)

    def recipient(self, words: list[Token], preposition: str) -> Term | None:
        """The name after "to", or after "from"."""
        for token in words:
            if token.dep_ == "pobj" and token.head.lower_ == preposition and token.pos_ == "PROPN":
                return term(token)
        return None

    def patient(self, anchor: Token) -> str:
        """Whether the counted thing acts (``actor``) or is acted on (``patient``); "" where it is neither."""
        node = anchor
        while node.dep_ in ("conj", "pobj", "prep", "appos") and node.head is not node and node.head.pos_ not in ("VERB", "AUX"):
            node = node.head
        if node.dep_ in ("dobj", "nsubjpass", "dative", "amod"):
            return "patient"
        if node.dep_ == "nsubj" and any(child.dep_ == "dobj" for child in node.head.children):
            return "actor"
        if node.dep_ == "pobj" and node.head.dep_ == "agent":
            return "actor"
        return ""

    def places(self, words: list[Token]) -> tuple[Term, ...]:
        """Names after in, at, near and the like."""
        found = [
            token for token in words
            if token.dep_ == "pobj" and token.pos_ == "PROPN" and token.head.lower_ in ("in", "at", "near", "outside", "inside", "across", "around")
        ]
        return content(found, self.skip)

    def times(self, words: list[Token]) -> tuple[DateRef, ...]:
        dates = [ref for ref in self.analysis.dates if self.sentence.contains(ref.span)]
        if len(dates) <= 1 and len(self.bare.siblings) == 0:
            return tuple(dates)
        starts = {token.idx for token in words}
        own = [ref for ref in dates if any(ref.span.start <= start < ref.span.end for start in starts)]
        role_from = _FROM.search(self.before())
        after = [ref for ref in own if 0 <= ref.span.start - self.quantity.span.end <= 24 and not self._between(ref)]
        if role_from:
            return tuple(after)
        claimed = {id(ref) for other in self.bare.siblings for ref in own if self._belongs(ref, other)}
        return tuple(ref for ref in own if id(ref) not in claimed or ref in after)

    def _between(self, ref: DateRef) -> bool:
        low, high = sorted((ref.span.start, self.quantity.span.start))
        return any(low < other.span.start < high for other in self.bare.siblings)

    def _belongs(self, ref: DateRef, other: Quantity) -> bool:
        gap = ref.span.start - other.span.end
        return 0 <= gap <= 24 and gap < abs(ref.span.start - self.quantity.span.end) and self._reads_from(other)

    def _reads_from(self, other: Quantity) -> bool:
        return bool(_FROM.search(self.text[: other.span.start - self.sentence.start][-30:])) or True

    def direction(self, verb: Token, item: Token | None, words: list[Token]) -> str:
        """Up or down, from the verb, the noun beside the number (a 5% rise), or a bare up or down."""
        table = tables().direction
        close = re.search(r"\b(up|down)\b(?: from| by| to)? ?(?:about |some |nearly |almost )?$", self.before(), re.IGNORECASE)
        if close:
            return close.group(1).lower()
        aside = self.top.dep_ in ("appos", "conj") and self.top.head.pos_ in ("NOUN", "PROPN")
        if self.quantity.unit is not None and (aside or re.search(r",(?: or)? $", self.before())):
            return ""
        candidates = [verb] if item is None or self.quantity.unit is not None or self.step(verb) else []
        candidates += [self.top.head, *( [self.top.head.head] if self.top.dep_ == "pobj" or self.top.head.dep_ in ("prep", "pobj") else [])]
        if item is not None and self.quantity.unit is None and not self.step(verb):
            candidates = [self.top.head] if lemma_of(self.top.head) in table else []
        for token in candidates:
            if way := table.get(lemma_of(token)):
                return way
        if re.match(r" (?:more|higher|increase|rise)\b", self.after()):
            return "up"
        if re.match(r" (?:fewer|less|lower|decrease|drop|fall|decline)\b", self.after()):
            return "down"
        if trail := re.match(r"[^.;]{0,40}?, (up|down) (?:from|by|\d)", self.after()):
            return trail.group(1)
        return ""

    def step(self, verb: Token) -> str:
        """The preposition that makes the number one end, or the size, of a change: from, to, by."""
        before = self.before()
        if _FROM.search(before):
            return "from"
        if lemma_of(verb) in tables().direction or lemma_of(verb) in _MOVES or re.search(r"\b(?:up|down) (?:to|by) $", before):
            return "to" if _TO.search(before) else "by" if _BY.search(before) else ""
        return ""

    def role(self, verb: Token, item: Token | None, direction: str) -> str:
        """``from``, ``to`` or ``by`` where the number is part of a change, else ""."""
        before = self.before()
        if (step := self.step(verb)) or (step := "to" if direction and _TO.search(before) else "by" if direction and _BY.search(before) else ""):
            return step
        if direction and re.search(r", $", before) is None and not re.match(r"[^.;]{0,40}?, (?:up|down) ", self.after()):
            return "by" if item is None or self.quantity.unit is not None or lemma_of(self.top.head) in tables().direction else ""
        return ""

    def topic(self, verb: Token, item: Token | None, *, moving: bool) -> tuple[Term, ...]:
        """What a measured value measures: the subject's words (a counted value has its item instead)."""
        if item is not None and self.quantity.unit is None and not moving:
            return ()
        found = subject(verb)
        if (named := self.attribute()) is not None:
            held = [token for token in found.subtree if token.i not in self.inside] if found is not None else []
            own = [child for child in named.children if child.dep_ in ("amod", "compound", "nmod")]
            return tuple(each for each in content([named, *own, *held], self.skip) if each.lemma not in _STATISTIC_WORDS)
        if lemma_of(verb) in tables().words["frame"]:
            found = next((child for child in verb.children if child.dep_ == "dobj" and child.i not in self.inside), None)
        if found is None or found.i in self.inside:
            head = self.top.head
            return content([token for token in head.subtree if token.i not in self.inside], self.skip) if head.pos_ == "NOUN" and head is not verb else ()
        terms = content([token for token in found.subtree if token.i not in self.inside], self.skip)
        return tuple(each for each in terms if each.lemma not in _STATISTIC_WORDS)

    def attribute(self) -> Token | None:
        """The noun that the value measures, in "a depth of 10 km", "a price of $5"."""
        if self.quantity.unit is None or self.quantity.form in (Form.FRACTION, Form.RATIO):
            return None
        head = self.top.head
        if self.top.dep_ == "pobj" and head.lower_ == "of":
            head = head.head
        elif self.top.dep_ not in ("nummod", "compound", "amod", "nmod") or head.i < self.top.i or head.i in self.inside:
            return None
        if lemma_of(head) in tables().direction:
            return None
        return head if head.pos_ == "NOUN" and head.lemma_.lower() not in tables().words["containers"] else None

    # --- reality ---------------------------------------------------------------------------------

    def stance(self, verb: Token) -> tuple[str, bool]:
        """Modality (``planned``, ``wished``, ``possible``, "" for done) and polarity of the event."""
        modality, negated = "", False
        words = tables().words
        node = verb
        for step in range(12):
            for child in node.children:
                low = child.lower_
                if child.dep_ == "neg" and child.i not in self.inside and not self._under_number(child):
                    negated = not negated
                if child.dep_ == "aux" and low in ("will", "'ll", "would", "shall"):
                    modality = modality or "planned"
                if child.dep_ == "aux" and low in ("may", "might", "could", "can", "should", "must"):
                    modality = modality or "possible"
                if child.dep_ == "mark" and low in ("if", "unless"):
                    modality = "possible"
                if low == "never" and child.dep_ in ("neg", "advmod"):
                    negated = not negated if child.dep_ == "advmod" else negated
            lemma = lemma_of(node)
            if step:
                if lemma in words["negative"]:
                    negated = not negated
                if lemma in words["wished"]:
                    modality = "wished"
                elif lemma in words["planned"] and modality != "wished":
                    modality = modality or "planned"
            elif lemma in words["wish"]:
                modality = "wished"
            elif lemma in words["outlook"]:
                modality = modality or "planned"
            if node.dep_ in ("xcomp", "ccomp", "acl") and node.head is not node:
                if node.dep_ == "acl" and not any(child.lower_ == "to" for child in node.children):
                    break
                if lemma_of(node.head) in words["speech"] and node.dep_ == "ccomp" and lemma_of(node.head) not in (*words["wished"], *words["planned"]):
                    break
                node = node.head
            elif node.dep_ == "conj" and not any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for child in node.children):
                node = node.head
            else:
                break
        return modality, negated

    def _under_number(self, token: Token) -> bool:
        return token.head.i in self.inside

    def statistic(self, verb: Token, words: list[Token]) -> str:
        if self.quantity.per:
            return "per " + self.quantity.per.casefold().removeprefix("per ").removeprefix("a ").removeprefix("an ").strip()
        lows = [token.lower_ for token in words]
        for name, cues in _STATISTICS.items():
            if any(low in cues for low in lows):
                return name
        if re.match(r"[^,.;]{0,30} (?:each|apiece)\b", self.after()):
            return "each"
        return ""

    def speech(self, verb: Token, words: list[Token]) -> tuple[Term | None, set[int]]:
        """Who is reported to say it, and the words that report it."""
        speech = tables().words["speech"]
        taken: set[int] = set()
        speaker: Term | None = None
        node = verb
        for _ in range(6):
            if node.dep_ in ("ccomp", "xcomp", "conj", "advcl") and node.head is not node:
                node = node.head
                if lemma_of(node) in speech and node.dep_ in ("ROOT", "conj", "parataxis", "ccomp", "advcl"):
                    own = next((child for child in node.children if child.dep_ == "nsubj"), None)
                    if own is not None and verb is not node and not (own.is_ancestor(verb)):
                        speaker = speaker or term(own)
                        taken |= {token.i for token in own.subtree} | {node.i}
            else:
                break
        for token in words:
            if token.dep_ == "parataxis" and lemma_of(token) in speech or (token.lower_ == "according" and token.i not in self.inside):
                taken |= {each.i for each in token.subtree}
                names = [each for each in token.subtree if each.dep_ in ("nsubj", "pobj")]
                speaker = speaker or (term(names[0]) if names else None)
        return speaker, taken

    def own_words(self, words: list[Token], anchor: Token) -> list[Token]:
        """The clause without the parts that belong to a joined number: "22 adults and 15 children" are two counts."""
        out: set[int] = set()
        for other in self.bare.siblings:
            for token in self.analysis.parsed.tokens(other.number):
                head = token.head
                if token.dep_ == "nummod" and head.dep_ in ("conj", "appos") and head.head is anchor:
                    out |= {each.i for each in head.subtree}
                if token.dep_ == "nummod" and anchor.dep_ == "conj" and anchor.head is head:
                    out |= {head.i} | {each.i for child in head.children if child.dep_ in ("amod", "compound", "nummod") for each in child.subtree}
        return [token for token in words if token.i not in out]


def _events_of(token: Token) -> frozenset[str]:
    """The events that a verb or participle names; a verb outside the tables names itself."""
    found: set[str] = set()
    for phrase in phrases(token):
        found |= tables().events.get(phrase, frozenset())
    lemma = lemma_of(token)
    if found:
        return frozenset(found)
    if lemma in tables().words["light"] or token.pos_ not in ("VERB", "AUX", "ADJ") or lemma in tables().direction:
        return frozenset()
    return tables().events.get(lemma) or frozenset(["~" + stem_of(lemma)])


def stem_of(lemma: str) -> str:
    """The stem by which an event outside the tables is known."""
    from claimdesk.concepts import stem

    return stem(lemma)


def _of(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((inner for inner in child.children if inner.dep_ in ("pobj", "pcomp")), None)
    return None


def _last_noun(tokens: list[Token]) -> Token | None:
    """The head of a noun phrase: its last noun before a preposition or a comma."""
    last = None
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
        elif token.pos_ in ("ADP", "PUNCT", "VERB", "AUX", "CCONJ") and last is not None:
            break
    return last


def _with_foreign(bound: Bound, every: list[Bound]) -> Bound:
    """Names that stand with another number of the clause: "5 in the north and 3 in the south".

    A name between two numbers of one clause belongs to the first; where it does, a name after the last belongs to
    the last.
    """
    row = [each for each in every if each.verb == bound.verb and each.quantity.unit == bound.quantity.unit and not each.base]
    if len(row) < 2:
        return bound
    ends = [each.quantity.span.end for each in row]
    segments: dict[int, list[Term]] = {}
    for word in bound.near:
        place = bisect_right(ends, word.span.start) - 1
        if word.name and place >= 0:
            segments.setdefault(place, []).append(word)
    own = next((index for index, each in enumerate(row) if each.quantity is bound.quantity), -1)
    if not any(place < len(row) - 1 for place in segments):
        return bound
    foreign = tuple(word for place, held in segments.items() if place != own for word in held)
    return replace(bound, foreign=foreign)


def _joined(bound: Bound, every: list[Bound]) -> Bound:
    """The two ends of one change count the same: "3,400 names, up from 2,900"."""
    if bound.item or bound.role != "from" or bound.quantity.unit is not None:
        return bound
    for other in every:
        if other.item and other.verb == bound.verb and other.role in ("", "to") and other.quantity.unit is None and not other.base:
            return replace(bound, item=other.item, item_terms=other.item_terms, modifiers=other.modifiers, topic=other.topic)
    return bound


def _resolved(bound: Bound, earlier: list[Bound]) -> Bound:
    """An item that points back takes the noun, and a subject that points back the topic, of the last count before it."""
    if bound.item or not bound.anaphor or bound.quantity.unit is not None:
        return bound
    topic_lemmas = {each.lemma for each in bound.topic}
    if not bound.role and not bound.direction and not bound.base:
        for other in reversed(earlier):
            if other.verb == bound.verb and other.item and other.quantity.unit is None and not (other.base or other.role):
                return replace(bound, item=other.item, item_terms=other.item_terms, modifiers=other.modifiers, topic=())
    if bound.topic and not topic_lemmas <= tables().words["anaphors"] and (bound.role or bound.direction or not bound.main):
        counted = next((tables().counted[lemma] for lemma in topic_lemmas if lemma in tables().counted), None)
        if counted:
            return replace(bound, item=counted[0], events=bound.events | {counted[1]}, main=bound.main or frozenset([counted[1]]))
        return bound
    for other in reversed(earlier):
        if other.item and other.quantity.unit is None:
            fresh = bound.topic and topic_lemmas <= tables().words["anaphors"]
            return replace(
                bound,
                item=other.item,
                modifiers=other.modifiers,
                main=other.main if fresh or not bound.main else bound.main,
                events=bound.events | (other.events if fresh or not bound.main else frozenset()),
                core=(*bound.core, *(other.core if fresh or not bound.main else ())),
                topic=(),
            )
    return bound
