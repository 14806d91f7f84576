"""Whether two clauses tell of one event: the same verb or its noun, with the same arguments in the same roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from claimdesk.analysis import Part
from claimdesk.days.arguments import AGENT, EITHER, PATIENT, SIDE, Argument, compatible, names_in
from claimdesk.days.events import Frame, words
from claimdesk.language.concepts import is_light, meanings
from claimdesk.language.terms import Term
from claimdesk.language.text import fold
from claimdesk.language.text import words as text_words
from claimdesk.model import Meta
from claimdesk.wording.protected import stem
from claimdesk.wording.referents import akin

# Share of the claim's words about its event that the source must have: in the same clause before two days conflict,
# in the passage or the source's title before a common day supports.
_CONFLICT_WORDS, _SUPPORT_WORDS = 0.6, 0.7
# The same for what is denied, in the clause that tells it plainly.
_DENIED_WORDS = 0.8


@dataclass(frozen=True, slots=True)
class Ground:
    """What a passage and its source's own particulars name: word meanings, and proper names."""

    means: frozenset[str]
    names: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two events compare: ``akin`` where nothing keeps them apart, and whether they are alike enough to support
    each other or to conflict; ``score`` is the share of the claim's words in the source's clause.
    """

    akin: bool = False
    supports: bool = False
    conflicts: bool = False
    score: float = 0.0

    def __bool__(self) -> bool:
        return self.akin or self.supports


def ground_of(part: Part) -> Ground:
    """The words and names that a passage may be read with: its own, and those of its source's title and author."""
    found: set[str] = set()
    for token in part.view.tokens:
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "X"):
            found |= meanings(token.lemma_.lower()) | meanings(token.lower_)
    about, names = _particulars(part.meta)
    return Ground(frozenset(found) | about, (*names_in(part.view.tokens), *names))


@lru_cache(maxsize=256)
def _particulars(meta: Meta) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    lines = [line for line in (meta.title, meta.org, meta.publisher, meta.speaker, meta.role, meta.medium) if line]
    norms = [word.norm for line in lines for word in text_words(fold(line))]
    found = {meaning for norm in norms for meaning in meanings(norm.lower())}
    names = [frozenset(word.norm.lower() for word in text_words(fold(line))) for line in lines]
    return frozenset(found), tuple(names)


def alike(mine: Iterable[Frame], theirs: Iterable[Frame], ground: Ground, counted: bool) -> Likeness:
    """The best likeness of an event of the claim, told in one or more ways, to one of the source.

    ``counted`` says that the claim's numbers are checked elsewhere, so that two figures do not keep events apart.
    """
    best = Likeness()
    for frame in mine:
        for other in theirs:
            found = _alike(frame, other, ground, counted)
            if _rank(found) > _rank(best):
                best = found
    return best


def denied_alike(mine: Iterable[Frame], theirs: Iterable[Frame], ground: Ground, counted: bool) -> bool:
    """Whether one event is denied on just one side: "The port did not reopen" against "The port reopened"."""
    others = [other for other in theirs if not other.unsure and not other.nominal]
    for frame in mine:
        if frame.nominal or frame.unsure:
            continue
        for other in others:
            if frame.denied == other.denied or frame.keys.isdisjoint(other.keys):
                continue
            plain = [replace(each, negated=False, denied=False) for each in (frame, other)]
            if other.denied:  # only the side that tells it plainly may say more: "did not reopen to trucks"
                plain.reverse()
            found = _alike(plain[0], plain[1], ground, counted)
            if found.conflicts and found.score >= _DENIED_WORDS:
                return True
    return False


def _rank(found: Likeness) -> tuple[bool, bool, bool, float]:
    return (found.supports, found.conflicts, found.akin, found.score)


def same_name(one: Frame, two: Frame) -> bool:
    """Whether two events are named by one word, or by words of one group."""
    light = {key for key in one.keys & two.keys if is_light(key) and key in words("light")}
    return bool(one.means & two.means) and not (light and one.keys == light)


def same_theme(one: Frame, two: Frame, ground: Ground) -> bool:
    """Whether what the one event is about is what begins or ends in the other."""
    themes = [each for each in one.arguments if each.role in (EITHER, PATIENT, AGENT) and not each.open]
    others = [each for each in two.arguments if each.role in (EITHER, PATIENT, AGENT)]
    if not themes or not others or one.negated or two.negated:
        return False
    return all(
        any(_same_thing(theme, other) or (other.open and _grounded(theme, ground)) for other in others)
        for theme in themes
    )


def _alike(mine: Frame, theirs: Frame, ground: Ground, counted: bool) -> Likeness:
    if not same_name(mine, theirs) or mine.negated != theirs.negated:
        return Likeness()
    converse = bool(mine.keys & words("takes")) != bool(theirs.keys & words("takes")) and not theirs.nominal
    firm = closed = 0
    core = [each for each in mine.arguments if each.role != SIDE]
    for argument in core:
        state = _place(argument, mine, theirs, ground, converse, counted)
        if state == "other":
            return Likeness()
        firm += state == "same"
        closed += state != "open"
    told = [argument for argument in mine.arguments if not argument.open]
    total = [each for argument in told for each in argument.terms if each.lemma not in mine.keys]
    names = [name for argument in mine.arguments for name in argument.names]
    clause = frozenset(m for argument in theirs.arguments for each in argument.terms for m in each.means) | theirs.means
    near = _share(total, clause)
    far = _share(total, clause | ground.means | theirs.means)
    named = all(any(compatible(name, other) for other in ground.names) for name in names)
    if mine.nominal and mine.keys & words("occasions") and not total:
        return Likeness()  # "a meeting" is no event that can be told from others
    clear = firm > 0 or (not core and bool(total))
    tenses = {mine.tense, theirs.tense}
    vague = all(each.head.lemma in ("it", "they") or each.terms for each in core) and near >= 0.9 and len(total) > 1
    supports = (
        bool(closed or not core or vague)
        and (clear or bool(total))
        and named
        and far >= _SUPPORT_WORDS
        and tenses != {"past", "future"}
        and not (theirs.unsure and not mine.unsure)
        and (counted or _same_numbers(mine, theirs))
    )
    conflicts = (
        clear
        and closed == firm
        and near >= _CONFLICT_WORDS
        and not (mine.negated or mine.again or theirs.again or mine.unsure or theirs.unsure)
        and tenses != {"past", "future"}
        and (counted or _same_numbers(mine, theirs))
        and not _rivals(mine, theirs)
    )
    return Likeness(near >= _CONFLICT_WORDS, supports, conflicts, near)


def _place(argument: Argument, mine: Frame, theirs: Frame, ground: Ground, converse: bool, counted: bool) -> str:
    """Where an argument of the claim stands in the source: ``same``, ``near`` by, ``open`` or ``other``."""
    if argument.open:
        return "open"
    facing = [each for each in theirs.arguments if _role_fits(argument.role, each.role, converse)]
    if any(_same_thing(argument, each) for each in facing):
        return "same"
    loose = bool((mine.keys | theirs.keys) & words("by_itself")) or mine.nominal or theirs.nominal
    if loose and any(_same_thing(argument, each) for each in theirs.arguments):
        return "same"
    blocking = [each for each in facing if not each.open and each.role in (argument.role, EITHER)]
    if converse:
        if argument.role == AGENT and any(_same_thing(argument, e) for e in theirs.arguments if e.role == AGENT):
            return "other"
        blocking = [each for each in blocking if each.role == PATIENT]
    if blocking and (argument.role != EITHER or not mine.nominal):
        return "other"
    return "near" if _grounded(argument, ground) else "other"


def _role_fits(role: str, other: str, converse: bool) -> bool:
    if converse and role in (AGENT, EITHER):  # Sarnia received, was returned to Sarnia
        return other != AGENT
    if converse and other == AGENT:
        return False
    return role == other or EITHER in (role, other)


def _same_thing(one: Argument, two: Argument) -> bool:
    """Whether two phrases can name one thing: akin heads, or one name; not two names or two qualities apart."""
    if two.open:
        return False
    if one.names and two.names and not any(compatible(a, b) for a in one.names for b in two.names):
        if one.head.name or two.head.name or _apart(one, two):
            return False
    if one.head.name and two.head.name:
        return any(compatible(a, b) for a in one.names for b in two.names)
    heads = one.head.meets(two.head.means) or akin(stem(one.head.lemma), stem(two.head.lemma))
    inside = any(one.head.meets(each.means) for each in two.terms) and one.head.lemma != "number"
    return (heads or (inside and not one.head.name)) and not _apart(one, two)


def _apart(one: Argument, two: Argument) -> bool:
    """Whether each phrase has a name that the other lacks."""
    mine = [name for name in one.names if not any(compatible(name, other) for other in two.names)]
    theirs = [name for name in two.names if not any(compatible(name, other) for other in one.names)]
    return bool(mine and theirs)


def _rivals(mine: Frame, theirs: Frame) -> bool:
    """Whether each event has words about one thing that the other lacks: the regional vote, the federal vote."""
    ours = [name for each in mine.arguments for name in each.names]
    others = [name for each in theirs.arguments for name in each.names]
    left = [name for name in ours if not any(compatible(name, other) for other in others)]
    right = [name for name in others if not any(compatible(name, other) for other in ours)]
    if left and right:
        return True
    own = frozenset(m for each in mine.arguments for low in each.terms for m in low.means) | mine.means
    other = frozenset(m for each in theirs.arguments for low in each.terms for m in low.means) | theirs.means
    for one in mine.arguments:
        for two in theirs.arguments:
            if _same_thing(one, two):
                lone = [low for low in one.terms if not low.meets(other) and low.lemma != one.head.lemma]
                extra = [low for low in two.terms if not low.meets(own) and low.lemma != two.head.lemma]
                if lone and extra:
                    return True
    return False


def _same_numbers(mine: Frame, theirs: Frame) -> bool:
    for one in mine.arguments:
        for two in theirs.arguments:
            if one.numbers != two.numbers and one.numbers and two.numbers and one.head.meets(two.head.means):
                return False
    return True


def _grounded(argument: Argument, ground: Ground) -> bool:
    """Whether the passage or its source's particulars name what an argument names."""
    if argument.head.name:
        return any(compatible(name, other) for name in argument.names for other in ground.names)
    return argument.head.meets(ground.means)


def _share(terms: list[Term], means: frozenset[str]) -> float:
    return sum(each.meets(means) for each in terms) / len(terms) if terms else 1.0
