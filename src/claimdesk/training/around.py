"""What stands around evidence and leaves the label as it is: other sentences, who said it, another way to write a unit.

Without these the judge learns that a passage with the claim's words and a few more turns them: "Turnout was 58 percent,
the commission said" against "Turnout was 58%".
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from claimdesk.training.frames import tables
from claimdesk.training.pairs import Pair
from claimdesk.training.topics import Neighbors

_DISTRACTED = 0.3  # share of pairs whose evidence gets other sentences around it
_TRAILED = 0.15  # share of the pairs with one plain sentence as evidence that gets a speaker
_RESPELLED = 0.3  # share of the pairs with a percent sign or word whose evidence has the other one
_LONGEST = 180  # characters of a sentence that gets a speaker
_SAYS = re.compile(r"[\"“”:;]|\b(?:said|says|say|told|according|announced|reported|wrote|stated|denie[sd])\b", re.I)
_INNER_STOP = re.compile(r"[.!?]\s+\S")
_PERCENT = re.compile(r"(?<=\d) ?(%|percent\b|per cent\b)")


def distracted(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """The pairs, a share of them with other sentences before and after the evidence; the label stays."""
    pool = list({pair.evidence for pair in pairs if 30 < len(pair.evidence) < 260})
    rng.shuffle(pool)
    near = Neighbors(pool[:12_000])
    rows = list(pairs)
    places = [index for index, pair in enumerate(rows) if pair.label < 3 and len(pair.evidence) < 420]
    places = rng.sample(places, int(len(places) * _DISTRACTED))
    found = near.of([rows[index].claim for index in places], 0.0, 0.4)
    for index, others in zip(places, found, strict=True):
        pair, count = rows[index], rng.choice((1, 2, 2, 3, 4))
        extra = others[:count] if others and rng.random() < 0.6 else rng.sample(pool, min(count, len(pool)))
        extra.insert(rng.randrange(len(extra) + 1), pair.evidence)
        rows[index] = Pair(pair.claim, " ".join(extra), pair.label, pair.origin + "+")
    return rows


def retold(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """The pairs, a share of them with a speaker after the evidence, or with "percent" for "%"; the label stays."""
    return [respelled(trailed(pair, rng), rng) for pair in pairs]


def trailed(pair: Pair, rng: random.Random) -> Pair:
    """Now and then the pair with a speaker after its evidence, where that is one plain sentence that nobody says."""
    plain = len(pair.evidence) <= _LONGEST and pair.evidence.endswith(".") and not _INNER_STOP.search(pair.evidence)
    heard = _SAYS.search(pair.evidence) or _SAYS.search(pair.claim)
    if not plain or heard or "speaker" in pair.origin or rng.random() >= _TRAILED:
        return pair
    speech = tables()["speech"]
    told = pair.evidence[:-1] + rng.choice(speech["after"]).format(who=rng.choice(speech["who"]))
    return Pair(pair.claim, told, pair.label, pair.origin)


def respelled(pair: Pair, rng: random.Random) -> Pair:
    """Now and then the pair with the other way to write percent in its evidence."""
    if not _PERCENT.search(pair.evidence) or rng.random() >= _RESPELLED:
        return pair
    told = _PERCENT.sub(lambda match: " percent" if match[1] == "%" else "%", pair.evidence)
    return Pair(pair.claim, told, pair.label, pair.origin)
