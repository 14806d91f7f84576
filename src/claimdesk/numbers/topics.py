"""What a measured value measures, under its full name or a short one."""

from __future__ import annotations

from claimdesk.language.concepts import is_kind, item_of, tables
from claimdesk.language.terms import Term, content
from claimdesk.model import Form
from claimdesk.numbers.bearers import belongs_to_known
from claimdesk.numbers.bound import Bound
from claimdesk.numbers.clause_fit import LIGHT_TOPIC, all_means, has_period
from claimdesk.numbers.fits import Setting, Tally
from claimdesk.numbers.recall import calls_back, points_to_known


def check_topic(claim: Bound, source: Bound, setting: Setting, tally: Tally) -> None:
    """What a measured value measures must be named on both sides."""
    for word in claim.topic:
        if word.lemma in LIGHT_TOPIC or (word.lemma in tables().words["periods"] and has_period(source)):
            continue
        if word.meets(source.core_means):
            tally.score += 1.5
        elif _stands_near(word, claim, source, setting):
            tally.score += 0.5
        elif calls_back(word, claim):
            shared = [each for each in claim.core if each not in claim.topic and each.meets(source.core_means)]
            if len(shared) < 2:
                tally.soft.append(("NOT_STATED", f"the source does not name the {word.lemma}"))
        else:
            tally.other.append(("DIFFERENT_ITEM", f"nothing there is said about {word.lemma}"))
    for word in source.topic:
        if word.lemma in LIGHT_TOPIC or word.meets(claim.near_means) or (word.name and word.meets(setting.claim)):
            continue
        if word.lemma == (source.speaker.lemma if source.speaker else "") or word.means & all_means(source.item_terms):
            continue
        if claim.item and claim.quantity.unit is None:
            continue
        if source.actor is not None and word.lemma == source.actor.lemma and (source.main or _proposes(source)):
            continue
        if word.lemma in tables().direction or points_to_known(word, claim, source):
            continue
        if any(_called_so(each, claim, source) for each in claim.topic) or belongs_to_known(word, claim, source):
            continue
        tally.unknown.append(("DIFFERENT_ITEM", f"the source's value is about {word.lemma}"))


def _proposes(source: Bound) -> bool:
    """Whether the subject only proposes what is measured: "the board proposed a dividend of 1.10 euros"."""
    words = tables().words
    return source.verb_lemma in words["wish"] | words["planned"] and not (source.actor and source.actor.name)


def _stands_near(word: Term, claim: Bound, source: Bound, setting: Setting) -> bool:
    """Whether a word of the claim's topic stands around the source's number, in a way that makes it the same topic."""
    if word.name and word.meets(setting.passage) or word.meets(source.near_means) and not source.topic:
        return True
    return _called_so(word, claim, source) or _shortened(word, claim, source)


def _shortened(word: Term, claim: Bound, source: Bound) -> bool:
    """Whether the source measures the same thing under its short name, after a sentence that has the word.

    "The absolute risk of infection fell by 2 points": "Infections became rarer. The absolute risk reduction was
    1 point."
    """
    if claim.quantity.unit is None or not source.topic or not word.meets(before_means(source)):
        return False
    rest = [each for each in claim.topic if each is not word]
    led = source.view.analysis.parsed.text[max(0, source.topic[0].span.start - 5) : source.topic[0].span.start]
    return (
        len(rest) > 1
        and all(each.meets(source.core_means) for each in rest)
        and all(each.meets(claim.near_means) or each.lemma in tables().direction for each in source.topic)
        and led.casefold().endswith(("the ", "this "))
    )


def _called_so(word: Term, claim: Bound, source: Bound) -> bool:
    """Whether the people of the one age that a sentence tells are called by another name there: adults, participants.

    "Participants were aged 18 to 64": "12,480 adults aged 18 to 64 received vaccine (6,240 participants) or placebo."
    """
    ages = Form.AGE in (claim.quantity.form, source.quantity.form)
    alone = not any(other.form is Form.AGE for other in source.siblings)
    people = all(is_kind(item_of(each.lemma), "person") for each in (word, *source.topic[-1:]))
    return ages and alone and people and bool(source.topic) and word.meets(source.near_means)


def before_means(source: Bound) -> frozenset[str]:
    """The words of the sentence before: "Spending is $412 million. That is 4.8% more"."""
    parsed = source.view.analysis.parsed
    if source.sentence.start <= source.view.span.start:
        return frozenset()
    before = parsed.sentence_at(source.sentence.start - 1)
    return all_means(content(parsed.tokens(before)))


def terms_meet(terms: tuple[Term, ...], means: frozenset[str]) -> bool:
    """Whether one of the words can mean one of the meanings."""
    return any(each.meets(means) for each in terms)
