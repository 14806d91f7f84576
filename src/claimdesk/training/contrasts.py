"""Contrasts made from one sentence: told more briefly with the same truth, or with one thing in it turned.

Where ``rewrites`` changes a verb, these change what stands around it: who of two names, how many of a group, before or
after, still or no longer, on a condition. Each gives pairs (claim, evidence, label, origin) whose label follows from
how they were made.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimdesk.training.frames import tables
from claimdesk.training.lexicon import Lexicon
from claimdesk.training.pairs import CONFLICTS, NOT_SUPPORTS, RELATED, SUPPORTS, Pair
from claimdesk.training.rewrites import SYMMETRIC, Clause, exchange, passive, read_clause, tidy, weaken

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Words that narrow or open what a sentence says: without them it says more than it did.
_LIMITS = frozenset(
    "not never no only nearly almost hardly barely just merely rarely seldom partly allegedly reportedly possibly "
    "perhaps maybe probably likely apparently once formerly previously initially if unless until whether most least "
    "even too so how when where why".split()
)
_NARROWS = re.compile(
    r"\b(?:no|none|never|few|only|if|unless|until|whether|any|every|each|all|most|neither|nor)\b", re.I
)
_GROUPS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "body", "NORP": "people"}
_QUANTIFIED = frozenset("all every each both most few many several no none some any half".split())
_PLAIN_STARTS = frozenset(
    "the a an in on at he she it they we this these his her its their there some many most".split()
)
_ORDER = {"before": "after", "after": "before"}


def contrasts(sentence: str, others: Sequence[str], lexicon: Lexicon, rng: random.Random) -> Iterator[Pair]:
    """Up to four pairs from a sentence of a passage; ``others`` are sentences that a condition may be taken from."""
    clause = read_clause(sentence)
    if clause is None:
        return
    brief = shortened(clause, rng)
    told = read_clause(brief) if brief else clause
    if told is None:
        return
    made = [Pair(brief, sentence, SUPPORTS, "shortened")] if brief else []
    options = [
        *exchanged_names(clause, brief),
        *exchanged_sides(clause, told, lexicon),
        *quantified(clause, rng),
        *reordered(clause),
        *continued(clause, lexicon, rng),
        *conditional(clause, told, others, rng),
    ]
    same = reworded(told, lexicon, rng)
    if same:
        options.append(Pair(same, sentence, SUPPORTS, "synonym"))
    yield from made
    yield from rng.sample(options, min(3, len(options)))


def shortened(clause: Clause, rng: random.Random) -> str | None:
    """The sentence without some of what may be left out: an apposition, a remark between commas, a place or a time.

    None for sentences that deny, limit or count their subject, where the shorter one would say more.
    """
    if clause.negated or _NARROWS.search(clause.text):
        return None
    spare = [part for token in clause.root.doc if (part := _spare(token, clause)) is not None]
    if not spare:
        return None
    chosen = rng.sample(spare, rng.randint(1, len(spare)))
    text = clause.text
    for start, end in sorted(chosen, reverse=True):
        if end <= len(text):
            text = text[:start] + " " + text[end:]
    text = re.sub(r"\s+([,.;])", r"\1", text)
    text = re.sub(r"[,;]+(?=[,;.])|^[\s,;]+", "", text)
    text = tidy(text)
    words = len(text.split())
    return text if 4 <= words < len(clause.text.split()) and text.endswith(".") else None


def _spare(token: Token, clause: Clause) -> tuple[int, int] | None:
    start, end = clause.phrase(token)
    words = {part.lower_ for part in token.subtree}
    if words & _LIMITS:
        return None
    before, after = clause.text[:start].rstrip()[-1:], clause.text[end:].lstrip()[:1]
    if token.dep_ in ("appos", "relcl", "acl") and before == "," and after in (",", "."):
        return _with_commas(clause.text, start, end)
    if token.head is not clause.root:
        return None
    if token.dep_ == "npadvmod" or (token.dep_ == "advmod" and token.tag_ == "RB" and len(token.text) > 4):
        return start, end
    complement = clause.object is not None or clause.subject.dep_ == "nsubjpass"
    if token.dep_ == "prep" and complement and (token.i > clause.root.i or (start == 0 and after == ",")):
        return start, end
    if token.dep_ == "advcl" and (after == "," or before == ","):
        return start, end
    return None


def _with_commas(text: str, start: int, end: int) -> tuple[int, int]:
    left = len(text[:start].rstrip()) - 1
    right = end + (len(text[end:]) - len(text[end:].lstrip()))
    return left, right + (text[right : right + 1] == ",")


def exchanged_names(clause: Clause, brief: str | None) -> Iterator[Pair]:
    """Two names of one kind changed over, told against what was said of each."""
    if clause.root.lemma_ in SYMMETRIC or re.search(r"\b(?:between|with|and both)\b", clause.text):
        return
    named = [entity for entity in clause.root.doc.ents if entity.label_ in _GROUPS and entity.text[:1].isupper()]
    for one in named:
        for two in named:
            if one.start < two.start and _are_apart(one, two):
                text = clause.text
                turned = tidy(
                    text[: one.start_char]
                    + two.text
                    + text[one.end_char : two.start_char]
                    + one.text
                    + text[two.end_char :]
                )
                yield Pair(turned, text, NOT_SUPPORTS, "names_exchanged")
                if brief and one.text in brief and two.text in brief:
                    yield Pair(brief, turned, NOT_SUPPORTS, "names_exchanged")
                return


def _are_apart(one: Span, two: Span) -> bool:
    alike = _GROUPS[one.label_] == _GROUPS[two.label_] and one.text not in two.text and two.text not in one.text
    joined = two.root in one.root.conjuncts or two.root.head is one.root or one.root.head is two.root
    return alike and not joined and two.start - one.end > 1


def exchanged_sides(clause: Clause, told: Clause, lexicon: Lexicon) -> Iterator[Pair]:
    """Who did it to whom: told from the other side with the same truth, and the wrong way round."""
    same = passive(told, lexicon)
    if same:
        yield Pair(same, clause.text, SUPPORTS, "passive")
    turned = exchange(told)
    if turned is None:
        return
    yield Pair(turned, clause.text, CONFLICTS, "exchanged")
    again = read_clause(turned)
    wrong = passive(again, lexicon) if again else None
    if wrong:
        yield Pair(wrong, clause.text, CONFLICTS, "exchanged")


def quantified(clause: Clause, rng: random.Random) -> Iterator[Pair]:
    """A group of which all, most, some or none did it: one quantifier in the passage and another in the claim."""
    first, head = clause.subject.left_edge, clause.subject
    verb = clause.auxiliary or clause.root
    if head.tag_ != "NNS" or clause.negated or first.lower_ in _QUANTIFIED or verb.tag_ == "VBZ":
        return
    definite = first.lower_ in ("the", "these", "those")
    if first.tag_ in ("CD", "PRP$", "PRP", "WDT", "DT") and not definite:
        return
    if any(token.pos_ in ("NUM", "PROPN") or token.dep_ == "conj" for token in head.subtree):
        return
    table = tables()["quantifiers"]
    start, _ = clause.phrase(head)
    group = clause.text[start : start + 1].lower() + clause.text[start + 1 :]

    def say(name: str) -> str:
        of_the, bare = table["words"][name]
        return tidy(clause.text[:start] + (of_the if definite else bare).format(group))

    label = rng.choice((SUPPORTS, CONFLICTS, RELATED))
    relations = table[{SUPPORTS: "same", CONFLICTS: "against", RELATED: "open"}[label]]
    evidence, claim = rng.choice(relations).split(" > ")
    yield Pair(say(claim), say(evidence), label, "quantifier")


def reordered(clause: Clause) -> Iterator[Pair]:
    """Before for after, where a clause or a deed stands behind it."""
    for token in clause.root.doc:
        if token.lower_ in _ORDER and (token.dep_ == "mark" or any(child.dep_ == "pcomp" for child in token.children)):
            other = _ORDER[token.lower_]
            other = other.capitalize() if token.text[0].isupper() else other
            yield Pair(clause.cut(token.idx, token.idx + len(token), other), clause.text, CONFLICTS, "reordered")
            return


def continued(clause: Clause, lexicon: Lexicon, rng: random.Random) -> Iterator[Pair]:
    """What still goes on, has ended, or has yet to begin."""
    root, text = clause.root, clause.text
    if (
        clause.negated
        or clause.auxiliary is not None
        or root.lemma_ == "be"
        or re.search(r"\bstill\b|\blonger\b", text)
    ):
        return
    if clause.phrase(clause.subject)[1] + 1 != root.idx:
        return
    start, end = root.idx, root.idx + len(root)
    many = root.tag_ == "VBP"
    if root.tag_ in ("VBZ", "VBP"):
        still = clause.cut(start, start, "still ")
        ended = rng.choice((
            clause.cut(start, start, "no longer "),
            clause.cut(start, end, f"stopped {lexicon.inflect(root.lemma_, 'VBG')}"),
            clause.cut(start, end, f"{'have' if many else 'has'} ceased to {root.lemma_}"),
        ))  # fmt: skip
        goes_on = clause.cut(start, end, f"{'continue' if many else 'continues'} to {root.lemma_}")
        yield Pair(rng.choice((text, still)), ended, CONFLICTS, "ended")
        yield Pair(ended, rng.choice((text, still, goes_on)), CONFLICTS, "ended")
        yield Pair(rng.choice((text, still)), goes_on, SUPPORTS, "goes_on")
    elif root.tag_ == "VBD":
        yet = clause.cut(
            start, end, f"{'have' if clause.subject.tag_ in ('NNS', 'NNPS') else 'has'} yet to {root.lemma_}"
        )
        yield Pair(text, yet, CONFLICTS, "not_yet")
        yield Pair(yet, text, CONFLICTS, "not_yet")


def conditional(clause: Clause, told: Clause, others: Sequence[str], rng: random.Random) -> Iterator[Pair]:
    """The deed only under a condition: a claim of the deed is open then, and another condition is another claim."""
    would = None if clause.negated or clause.auxiliary is not None else weaken(clause, rng)
    if would is None or not would.endswith(".") or not others:
        return
    depends = lowered(rng.choice(others))
    word, other = rng.sample(("if", "unless", "only if"), 2)

    def say(joint: str) -> str:
        return (
            f"{would[:-1]} {joint} {depends}." if rng.random() < 0.6 else tidy(f"{joint} {depends}, {lowered(would)}.")
        )

    yield Pair(told.text, say(word), RELATED, "conditional")
    yield Pair(say(word), say(word), SUPPORTS, "condition_kept")
    if "unless" in (word, other):
        yield Pair(say(other), say(word), CONFLICTS, "condition_turned")


def lowered(sentence: str) -> str:
    """A sentence as it stands within another one."""
    bare = sentence.strip().rstrip(".")
    return bare[:1].lower() + bare[1:] if bare.split(" ")[0].lower() in _PLAIN_STARTS else bare


def reworded(clause: Clause, lexicon: Lexicon, rng: random.Random) -> str | None:
    """The clause with its verb or an adjective replaced by a word of the same first sense."""
    words = [
        token for token in clause.root.doc if token.pos_ in ("VERB", "ADJ") and token.is_alpha and token.text.islower()
    ]
    rng.shuffle(words)
    for token in words:
        others = lexicon.same(token.lemma_.lower(), token.pos_)
        if others and (token.pos_ == "VERB" or token.tag_ == "JJ"):
            other = rng.choice(others)
            form = lexicon.inflect(other, token.tag_) if token.pos_ == "VERB" else other
            return clause.cut(token.idx, token.idx + len(token), form)
    return None
