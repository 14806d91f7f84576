"""Pairs made from frames and small worlds: assertion kept, opened or denied; who did what to whom; who said it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from claimdesk.training.pairs import CONFLICTS, RELATED, SUPPORTS, Pair
from claimdesk.training.rewrites import tidy


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """The table of frames, speakers, deeds and outcomes."""
    import tomllib

    return tomllib.loads(resources.files("claimdesk").joinpath("data/training.toml").read_text("utf-8"))


def inner(sentence: str, first_is_name: bool) -> str:
    """A sentence as it stands after "that": without its period, lower-cased unless it starts with a name."""
    bare = sentence.strip().rstrip(".")
    return bare if first_is_name or bare[:2].isupper() else bare[:1].lower() + bare[1:]


def framed(claim: str, evidence: str, told: str, rng: random.Random) -> list[Pair]:
    """A supporting passage put into frames: ``told`` is the passage as it stands after "that"."""
    frames = tables()["frames"]
    opened = Pair(claim, rng.choice(frames["open"]).format(s=told), RELATED, "frame_open")
    kept = Pair(claim, tidy(rng.choice(frames["keep"]).format(s=told)), SUPPORTS, "frame_keep")
    denied = Pair(claim, rng.choice(frames["deny"]).format(s=told), CONFLICTS, "frame_deny")
    return [opened, kept] if rng.random() < 0.75 else [denied, kept]


def attributed(sentence: str, told: str, rng: random.Random) -> list[Pair]:
    """The same words said by the same or by another speaker, and only said against stated."""
    speech = tables()["speech"]
    one, two = rng.sample(speech["who"], 2)

    def say(who: str) -> str:
        return tidy(rng.choice(speech["said"]).format(who=who, s=told, S=told[:1].upper() + told[1:]))

    same = Pair(say(one), say(one), SUPPORTS, "speaker_same")
    other = Pair(say(two), say(one), CONFLICTS, "speaker_other")
    accused = f"{tidy(two)} rejected a claim by {one} that {told}."
    denies = tidy(f"{one} denied that {told}.")
    beside = f"{say(one)} {tidy(two)} declined to comment."
    claim, evidence = rng.sample([denies, say(one)], 2)
    denied = Pair(claim, evidence, CONFLICTS, "speaker_denied")
    silent = Pair(say(two), beside, CONFLICTS, "speaker_other")
    heard = Pair(say(one), beside, SUPPORTS, "speaker_same")
    return [same, other, Pair(sentence, accused, RELATED, "speaker_disputed"), denied, *rng.sample([silent, heard], 1)]


def deeds(rng: random.Random, count: int) -> Iterator[Pair]:
    """Who did what to whom, told actively and passively, rightly and the wrong way round."""
    table = tables()["deeds"]
    for _ in range(count):
        one, two = rng.sample(table["names"], 2)
        past, participle = rng.choice(table["verbs"]).split("/")
        where = rng.choice(table["where"])
        other_verb = rng.choice([verb for verb in table["verbs"] if not verb.startswith(past)]).split("/")[0]
        be = "was"
        right = [f"{one} {past} {two}", f"{two} {be} {participle} by {one}"]
        wrong = [f"{two} {past} {one}", f"{one} {be} {participle} by {two}"]
        told = rng.choice(right)
        evidence = tidy(f"{told} {where}.")
        claim = rng.choice([words for words in right if rng.random() < 0.4 or words != told] or right)
        place = f" {where}." if rng.random() < 0.6 else "."
        yield Pair(tidy(claim + place), evidence, SUPPORTS, "deed")
        yield Pair(tidy(rng.choice(wrong) + place), evidence, CONFLICTS, "deed_exchanged")
        if rng.random() < 0.3:
            yield Pair(tidy(f"{one} {other_verb} {two}{place}"), evidence, RELATED, "deed_other")


def outcomes(rng: random.Random, count: int) -> Iterator[Pair]:
    """Outcomes of news told with other words: the same (supports), the opposite (conflicts), or only possible."""
    table = tables()
    for _ in range(count):
        row = rng.choice(table["outcomes"])
        who, what = rng.choice(row["who"]), rng.choice(row["what"])
        sides = [row["one"], row["other"]]
        rng.shuffle(sides)
        first, second = rng.choice(sides[0]), rng.choice(sides[0])
        where = rng.choice(table["deeds"]["where"])
        evidence = tidy(f"{who} {first} {what} {where}.")
        yield Pair(tidy(f"{who} {second} {what}."), evidence, SUPPORTS, "outcome")
        yield Pair(tidy(f"{who} {rng.choice(sides[1])} {what}."), evidence, CONFLICTS, "outcome_opposite")
        if rng.random() < 0.5:
            could = rng.choice(table["frames"]["undecided"])
            yield Pair(
                tidy(f"{who} {first} {what}."), tidy(could.format(who=who, what=what) + "."), RELATED, "outcome_open"
            )


def groups(rng: random.Random, count: int) -> Iterator[Pair]:
    """How many of a group did something: one quantifier in the passage, another or the same in the claim."""
    table = tables()["quantifiers"]
    labels = {"same": SUPPORTS, "against": CONFLICTS, "open": RELATED}
    for _ in range(count):
        kind = rng.choice(list(labels))
        evidence, claim = rng.choice(table[kind]).split(" > ")
        who, did = rng.choice(table["who"]), rng.choice(table["did"])
        where = f" {rng.choice(tables()['deeds']['where'])}"

        def say(name: str, rest: str, who: str = who, did: str = did) -> str:
            return tidy(f"{table['words'][name][0].format(f'the {who}')} {did}{rest}.")

        yield Pair(say(claim, rng.choice((where, ""))), say(evidence, where), labels[kind], "group")
