"""The training mixture: labelled pairs in chosen shares, generated ones, what stands around them, and marks."""

from __future__ import annotations

import multiprocessing
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from claimdesk.analysis import analyze
from claimdesk.entailment.marking import mark_pair
from claimdesk.training.around import distracted, retold
from claimdesk.training.contrasts import contrasts
from claimdesk.training.frames import attributed, deeds, framed, groups, inner, outcomes
from claimdesk.training.lexicon import Lexicon, load_lexicon
from claimdesk.training.pairs import CONFLICTS, RELATED, SUPPORTS, Corpus, Pair, read_pairs, write_pairs
from claimdesk.training.rewrites import (
    Clause,
    attempt,
    exchange,
    fail,
    negate,
    oppose,
    passive,
    read_clause,
    requantify,
    weaken,
)
from claimdesk.training.topics import bereft, near_topic, same_page, strangers
from claimdesk.training.written import ORIGIN as WRITTEN
from claimdesk.training.written import read_written, taught

# How much of each file one round of training sees; 1 is all of it once.
SHARES = {
    "vitaminc_real_split.train": 2.0,
    "vitaminc_synthetic.test": 0.7,
    "fever.dev": 0.6,
    "checkcovid.train": 4.0,
    "scifact.train": 3.0,
    "infotabs.train": 1.6,
    "mnli.dev": 1.0,
    "snli.dev": 1.6,
    "cad_snli.train": 1.6,
    "conjnli.train": 0.1,
    "scone.train": 0.6,
}
_WORLD = 1_500  # deeds and outcomes, each
_CLAUSES = 5_000  # claims that are rewritten
_CONTRASTED = 9_000  # sentences of passages that are told more briefly, and with one thing turned
_NUMBERS = 5_000
_STRANGERS = 4_000
_NEAR_TOPIC = 5_000
_SAME_PAGE = 10_000
_BEREFT = 5_000
_WRITTEN, _WIRE = 2, 5  # how often our own prose is gone through, and the few wire sentences among it
_MOST_WRITTEN = 0.35  # of all pairs, at most
_PROSE = ("vitaminc", "fever", "mnli", "checkcovid")  # files whose evidence is sentences of prose
_BOUND = re.compile(
    r"\b(more|over|less|under|least|most|up to|about|around|nearly|almost|fewer|below|above|before|after|since"
    r"|between)\b",
    re.I,
)
_FIGURE = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)")

Progress = Callable[[int, int], None]


def build_mixture(
    corpus: Corpus, out: Path, limit: int | None = None, seed: int = 17, progress: Progress | None = None
) -> list[Pair]:
    """One round of training pairs as the model reads them, shuffled, at most ``limit`` of them.

    The project's own prose comes first, up to a fixed share of the limit; the labelled sets and what is made of them
    fill the rest. Both parts are kept in ``out`` for a run that goes on.
    """
    files = out / "mixture-sets.jsonl", out / "mixture-written.jsonl"
    if not all(path.exists() for path in files):
        _make(corpus, files, limit, seed, progress)
    pairs = [pair for path in files for pair in read_pairs(path)]
    random.Random(seed).shuffle(pairs)
    return pairs


def _make(corpus: Corpus, files: tuple[Path, Path], limit: int | None, seed: int, progress: Progress | None) -> None:
    """Both parts of a mixture, in their files."""
    passages = [passage for passage in read_written() if not passage.is_held_out]
    rng = random.Random(f"{seed} {WRITTEN}")
    wire = [passage for passage in passages if passage.genre == "wire"]
    others = [passage for passage in passages if passage.genre != "wire"]
    own = [pair for some in (*[others] * _WRITTEN, *[wire] * _WIRE) for pair in taught(some, rng)]
    own = rng.sample(own, min(len(own), int(limit * _MOST_WRITTEN))) if limit else own
    left = limit - len(own) if limit else None
    _keep(files[0], lambda: _drawn(corpus, left, random.Random(seed)), progress)
    _keep(files[1], lambda: distracted(retold(own, rng), rng), progress)


def _drawn(corpus: Corpus, limit: int | None, rng: random.Random) -> list[Pair]:
    pairs = list(_labelled(corpus.kept, rng))
    pairs += generated(corpus.kept, load_lexicon(), rng)
    rng.shuffle(pairs)
    return distracted(retold(pairs[:limit], rng), rng)


def _keep(path: Path, make: Callable[[], list[Pair]], progress: Progress | None) -> None:
    """Marks new pairs and keeps them in a file, unless it is there."""
    if path.exists():
        return
    pairs = make()
    marked = []
    # Started afresh, not forked: the parser's threads would not survive a fork.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as workers:
        for pair in workers.map(_marked, pairs, chunksize=500):
            marked.append(pair)
            if progress and len(marked) % 500 == 0:
                progress(len(marked), len(pairs))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_pairs(marked, path)


def _marked(pair: Pair) -> Pair:
    claim, evidence = mark_pair(analyze(pair.claim).view(), analyze(pair.evidence).view())
    return Pair(claim, evidence, pair.label, pair.origin)


def _labelled(pairs: Sequence[Pair], rng: random.Random) -> Iterator[Pair]:
    by_file: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_file.setdefault(pair.origin, []).append(pair)
    for name, rows in by_file.items():
        rng.shuffle(rows)
        share = SHARES.get(name, 0.0)
        while share > 0:
            yield from rows[: int(len(rows) * min(1.0, share))]
            share -= 1


def generated(pairs: Sequence[Pair], lexicon: Lexicon, rng: random.Random) -> list[Pair]:
    """Pairs with a label that follows from how they were made."""
    supported = [pair for pair in pairs if pair.label == SUPPORTS and not pair.origin.startswith(("scone", "infotabs"))]
    rng.shuffle(supported)
    made = list(_rewritten(supported, lexicon, rng))
    made += _contrasted(pairs, lexicon, rng)
    made += _other_numbers(supported, rng)
    made += deeds(rng, _WORLD)
    made += outcomes(rng, _WORLD)
    made += groups(rng, _WORLD)
    made += strangers(supported, _STRANGERS, rng)
    made += near_topic(supported, _NEAR_TOPIC, rng)
    made += same_page(pairs, _SAME_PAGE, rng)
    made += bereft(pairs, _BEREFT, rng)
    return made


def _rewritten(supported: Sequence[Pair], lexicon: Lexicon, rng: random.Random) -> Iterator[Pair]:
    taken = 0
    for pair in supported:
        if taken >= _CLAUSES:
            return
        clause = read_clause(pair.claim)
        if clause is None:
            continue
        taken += 1
        # Half the time the claim stands against its own rewriting: then only the words that differ can decide.
        evidence = pair.evidence if rng.random() < 0.5 and len(pair.evidence) < 300 else pair.claim
        yield from rewritten(clause, evidence, lexicon, rng)
        name_first = clause.root.doc[0].pos_ == "PROPN" or bool(clause.root.doc[0].ent_type_)
        told = inner(pair.claim, name_first)
        if taken % 3 == 0:
            yield from framed(pair.claim, pair.evidence, told, rng)
        if taken % 6 == 0:
            yield from attributed(pair.claim, told, rng)


def _contrasted(pairs: Sequence[Pair], lexicon: Lexicon, rng: random.Random) -> Iterator[Pair]:
    texts = [pair.evidence for pair in pairs if pair.origin.startswith(_PROSE)]
    sentences = [text for text in dict.fromkeys(texts) if 40 < len(text) < 240 and text.endswith(".")]
    rng.shuffle(sentences)
    conditions = [text for text in sentences if len(text) < 80 and text.count(",") == 0]
    for sentence in sentences[:_CONTRASTED]:
        yield from contrasts(sentence, conditions, lexicon, rng)


def rewritten(clause: Clause, evidence: str, lexicon: Lexicon, rng: random.Random) -> Iterator[Pair]:
    """Two or three rewrites of one clause against its evidence; a rewrite may be the claim or the evidence."""
    text = clause.text
    options: list[tuple[str | None, int, str]] = [
        (negate(clause), CONFLICTS, "negated"),
        (fail(clause, rng), CONFLICTS, "failed"),
        (oppose(clause, lexicon, rng), CONFLICTS, "opposite"),
        (oppose(clause, lexicon, rng), CONFLICTS, "opposite"),
        (exchange(clause), CONFLICTS, "exchanged"),
        (weaken(clause, rng), RELATED, "modal"),
        (attempt(clause, rng), RELATED, "attempted"),
        (passive(clause, lexicon), SUPPORTS, "passive"),
    ]
    quantified = requantify(clause)
    if quantified is not None:
        options.append((quantified[0], CONFLICTS if quantified[1] else RELATED, "quantifier"))
    sound = [(changed, label, name) for changed, label, name in options if changed and changed != text]
    for changed, label, name in rng.sample(sound, min(2, len(sound))):
        if name in ("modal", "attempted", "failed", "quantifier") or rng.random() < 0.5:
            yield Pair(text, changed, label, name)  # the evidence is weaker than the claim
        else:
            yield Pair(changed, evidence, label, name)
        yield Pair(text, evidence, SUPPORTS, "as_it_was")
    if rng.random() < 0.15:
        modal = weaken(clause, rng)
        if modal:
            yield Pair(modal, modal.replace(" may ", " could ").replace(" might ", " may "), SUPPORTS, "modal_same")


def _other_numbers(supported: Sequence[Pair], rng: random.Random) -> Iterator[Pair]:
    made = 0
    for pair in supported:
        if made >= _NUMBERS:
            return
        figures = [
            m for m in _FIGURE.finditer(pair.claim) if re.search(rf"(?<![\w.,]){re.escape(m[0])}(?!\w)", pair.evidence)
        ]
        if not figures or _BOUND.search(pair.claim):
            continue
        match = rng.choice(figures)
        other = other_number(match[0], rng)
        if other is None or other in pair.evidence:
            continue
        made += 1
        changed = pair.claim[: match.start()] + other + pair.claim[match.end() :]
        yield Pair(changed, pair.evidence, CONFLICTS, "number")
        yield Pair(pair.claim, pair.evidence, SUPPORTS, "number_kept")


def other_number(written: str, rng: random.Random) -> str | None:
    """Another number in the same style: a digit changed, some percent off, or another magnitude."""
    bare = written.replace(",", "").rstrip(".")
    places = len(bare.split(".")[1]) if "." in bare else 0
    value = float(bare)
    step = 10.0**-places
    choice = rng.random()
    if 1500 <= value <= 2100 and not places and "," not in written:
        changed = value + rng.choice([-1, 1]) * rng.choice([1, 1, 2, 3, 5, 10])
    elif choice < 0.35:
        changed = value + rng.choice([-1, 1]) * max(step, round(value * rng.choice([0.02, 0.05, 0.1, 0.2]), places))
    elif choice < 0.6:
        index = rng.choice([index for index, letter in enumerate(bare) if letter.isdigit()])
        digit = rng.choice([digit for digit in "123456789" if digit != bare[index]])
        changed = float(bare[:index] + digit + bare[index + 1 :])
    elif choice < 0.8:
        changed = value * rng.choice([10, 0.1, 2, 3])
    else:
        changed = value * (1 + rng.random())
    if changed < 0 or abs(changed - value) < step:
        changed = value + max(1.0, step)
    text = f"{changed:,.{places}f}" if "," in written else f"{changed:.{places}f}"
    return text if text != written else None


def composition(pairs: Sequence[Pair]) -> dict[str, int]:
    """How many pairs came from where."""
    return dict(Counter(pair.origin.rstrip("+") for pair in pairs).most_common())
