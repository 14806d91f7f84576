"""The combiner and its thresholds: fit on the held-out tenth, chosen on one half of the development data.

A row's half is decided by a hash of its id (``bench.rows.half_of``), so that a figure of half B never saw a choice.
"""

from __future__ import annotations

import json
import multiprocessing
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimdesk.bench.rows import half_of, read_rows
from claimdesk.bench.scores import upper_bound
from claimdesk.checks.entailment import NO_READING, Standing, call, observe, standing_of
from claimdesk.entailment.combiner import Thresholds
from claimdesk.entailment.doubts import is_doubtful
from claimdesk.entailment.features import NAMES
from claimdesk.entailment.judges import MeaningModel, Probabilities, ShippedJudge, softmax
from claimdesk.judge import Ruled, claim_subject, decide, doubt_of, evidence_part, is_open, rule_findings
from claimdesk.model import Stance
from claimdesk.training.pairs import CONFLICTS, LABELS, NOT_SUPPORTS
from claimdesk.training.written import ORIGIN

BOUND = 0.05  # at most this share of conflicting pairs may be called supported, with 95% confidence
_PER_FILE = 400  # pairs of one file that are looked at
_FILES = (
    "vitaminc_real_split.dev", "fm2.dev", "checkcovid.dev", "infotabs.dev", "snli.test", "negnli_snli.test", "wice.dev",
    "equate_stresstest.test",
)  # fmt: skip
_LEAST_SUPPORT = 0.5
_UNPLACED = (0.6, 0.7, 0.8, 0.9, 2.0)  # what is tried where a value is not placed; the last one is never reached
_LEAST, _LEAST_VALUED = 0.5, 0.6  # no conflict is called below: a number that was not found is no contradiction
_FALSE_COST = 3.0  # a false verdict of the rules, in right ones that are withheld
_LEAST_DOUBT = 0.75  # log-odds: below, the model takes "bodies were returned" for another thing than "handed over"
_PIECE = 100  # pairs that one process looks at in one go
_STRENGTH = 0.1  # inverse of the regression's penalty
_FEW = 10  # verdicts of a rule: fewer say nothing of how often it is right, and weigh as many in what is said


@dataclass(frozen=True, slots=True)
class Seen:
    """One labelled pair as the combiner sees it; ``ruled`` is set where the rules decided alone.

    ``decided`` is the label of the finding that decided, and ``against`` how surely the model reads otherwise, where
    it may doubt that.
    """

    file: str
    label: int
    features: tuple[float, ...]
    ruled: str | None
    standing: Standing = Standing()
    decided: str = ""
    against: float | None = None


def read_half(folder: Path, half: str, limit: int = _PER_FILE) -> list[dict[str, Any]]:
    """The rows of one half of the development files, at most ``limit`` of each, in a fixed random order."""
    rows = []
    for path in (folder / f"{name}.jsonl" for name in _FILES):
        own = [{**row, "file": path.stem} for row in read_rows(path) if half_of(row.get("id")) == half]
        random.Random(1).shuffle(own)
        rows += own[:limit]
    return rows


def look(
    rows: Sequence[dict[str, Any]], model: MeaningModel, progress: Callable[[int, int], None] | None = None
) -> list[Seen]:
    """What the rules and the model make of labelled rows (``claim``, ``evidence``, ``label``, ``file``)."""
    found = []
    for index, row in enumerate(rows):
        subject, parts = claim_subject(row["claim"]), [evidence_part(row["evidence"])]
        findings = rule_findings(subject, parts)
        ruled = decide(subject, findings, NO_READING)
        seen = observe(subject, parts, findings, model) if is_open(ruled) else None
        label = LABELS[row["label"]]
        if seen is None:
            apart = doubt_of(Ruled(subject, parts, findings, ruled, False, is_doubtful(subject, parts, ruled)), model)
            told = (finding.label for finding in ruled.findings if finding.outcome.value == ruled.stance.value)
            found.append(Seen(row["file"], label, (), ruled.stance.value, decided=next(told, ""), against=apart))
        else:
            found.append(Seen(row["file"], label, seen.features, None, standing_of(subject, parts, findings, seen)))
        if progress:
            progress(index + 1, len(rows))
    return found


def look_at_all(
    rows: Sequence[dict[str, Any]], weights: Path, kept: Path, progress: Callable[[int, int], None] | None = None
) -> list[Seen]:
    """The same in several processes, with the shipped judge of ``weights``; what was seen is kept in a file.

    A file that was kept by a version which saw less is made anew.
    """
    told = json.loads(kept.read_text("utf-8")) if kept.exists() else []
    if told and all(set(item["standing"]) == {field.name for field in fields(Standing)} for item in told):
        return [_seen_in(item) for item in told]
    found: list[Seen] = []
    pieces = [rows[first : first + _PIECE] for first in range(0, len(rows), _PIECE)]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as workers:
        for seen in workers.map(_look, pieces, [weights] * len(pieces)):
            found += seen
            if progress:
                progress(len(found), len(rows))
    kept.write_text(json.dumps([asdict(item) for item in found]), "utf-8")
    return found


def _look(rows: Sequence[dict[str, Any]], weights: Path) -> list[Seen]:
    return look(rows, _judge_of(weights))


@lru_cache(maxsize=1)
def _judge_of(weights: Path) -> ShippedJudge:
    return ShippedJudge(weights)


def _seen_in(item: dict[str, Any]) -> Seen:
    return Seen(**{**item, "features": tuple(item["features"]), "standing": Standing(**item["standing"])})


def fit_combiner(seen: Iterable[Seen]) -> dict[str, Any]:
    """Coefficients of the regression over the pairs that no rule decided; each file weighs the same."""
    from sklearn.linear_model import LogisticRegression

    rows = [item for item in seen if item.ruled is None and item.label != NOT_SUPPORTS]
    table = np.array([item.features for item in rows])
    labels = np.array([item.label for item in rows])
    sizes = {file: sum(item.file == file for item in rows) for file in {item.file for item in rows}}
    weight = np.array([1 / sizes[item.file] for item in rows])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-6
    model = LogisticRegression(C=_STRENGTH, max_iter=2_000)
    model.fit((table - mean) / scale, labels, sample_weight=weight / weight.mean())
    return {
        "features": list(NAMES),
        "mean": mean.round(6).tolist(),
        "scale": scale.round(6).tolist(),
        "weights": model.coef_.round(6).tolist(),
        "bias": model.intercept_.round(6).tolist(),
        "fit_on": len(rows),
    }


def logits(card: dict[str, Any], seen: Sequence[Seen]) -> NDArray[np.float64]:
    """The regression's scores of pairs that no rule decided, shape (len(seen), 3)."""
    table = (np.array([item.features for item in seen]) - np.array(card["mean"])) / np.array(card["scale"])
    return np.asarray(table @ np.array(card["weights"]).T + np.array(card["bias"]))


def choose(card: dict[str, Any], seen: Sequence[Seen]) -> dict[str, Any]:
    """Temperature and thresholds on half A, added to the card.

    The temperature makes the labels likeliest, of the public files or of the project's own prose, whichever are softer:
    the model has read more of the like of the latter. The thresholds of *supports* are those with most pairs right
    among those at which the upper bound of false support among conflicting pairs, rules included, stays under
    ``BOUND``, on the public files and on the project's own prose. Those of *conflicts*, for claims with and without a
    number or date, are the ones with most pairs right.
    """
    doubts = choose_doubts(seen)
    open_ones = [item for item in seen if item.ruled is None]
    scores = logits(card, open_ones)
    known = np.array([item.label != NOT_SUPPORTS for item in open_ones])
    labels = np.array([item.label for item in open_ones])
    own = np.array([_is_own(item) for item in open_ones])
    groups = [known & own, known & ~own]
    temperature = max(likeliest_temperature(scores[rows], labels[rows]) for rows in groups if rows.any())
    likely = [Probabilities(*map(float, row)) for row in softmax(scores, temperature)]
    against = [item for item in seen if item.label == CONFLICTS]
    conflicts = Counter(map(_is_own, against))
    by_rule = Counter(
        _is_own(item)
        for item in against
        if item.ruled == Stance.SUPPORTS.value and (item.against is None or item.against < doubts["supports"])
    )

    def called(thresholds: Thresholds) -> list[tuple[int, Stance]]:
        return [
            (item.label, call(shares, thresholds, item.standing))
            for shares, item in zip(likely, open_ones, strict=True)
        ]

    def right(thresholds: Thresholds) -> int:
        return sum(_is_right(label, stance) for label, stance in called(thresholds))

    def is_safe(thresholds: Thresholds) -> bool:
        verdicts = zip(open_ones, called(thresholds), strict=True)
        false = Counter(
            _is_own(item) for item, (label, stance) in verdicts if label == CONFLICTS and stance is Stance.SUPPORTS
        )
        bounds = (upper_bound(by_rule[mine] + false[mine], conflicts[mine]) for mine in (True, False))
        return all((bound or 0.0) <= BOUND for bound in bounds)

    silent = Thresholds(2.0, 2.0, 2.0, 2.0, 2.0)
    options = [
        replace(silent, supports=plain, supports_doubtful=doubtful, supports_unplaced=unplaced)
        for plain in _from(_LEAST_SUPPORT)
        for doubtful in _from(_LEAST_SUPPORT)
        for unplaced in _UNPLACED
        if unplaced >= doubtful >= plain
    ]
    best = max([option for option in options if is_safe(option)] or [silent], key=right)
    best = max((replace(best, conflicts=value) for value in _from(_LEAST)), key=right)
    best = max((replace(best, conflicts_valued=value) for value in _from(_LEAST_VALUED)), key=right)
    return {
        **card,
        "temperature": round(temperature, 3),
        "thresholds": {name: round(value, 2) for name, value in asdict(best).items()},
        "doubts": doubts,
        "rules": trust(seen, doubts),
        "chosen_on": len(seen),
    }


def choose_doubts(seen: Sequence[Seen]) -> dict[str, float]:
    """The log-odds from which the model withholds a verdict of the rules, by stance, of least cost.

    A false verdict costs as much as some right ones that are withheld; files weigh as they come.
    """

    def cost(stance: int, least: float) -> float:
        rows = [item for item in seen if item.ruled == list(Stance)[stance].value and item.against is not None]
        kept = [item.label for item in rows if (item.against or 0.0) < least]
        lost = len([item for item in rows if item.label == stance]) - kept.count(stance)
        return lost + _FALSE_COST * sum(label != stance for label in kept)

    grid = [float(value) for value in np.arange(_LEAST_DOUBT, 12.1, 0.25)]
    return {
        name: min(grid, key=lambda least: cost(stance, least)) for stance, name in enumerate(("supports", "conflicts"))
    }


def trust(seen: Sequence[Seen], doubts: dict[str, float]) -> dict[str, dict[str, float]]:
    """How often a verdict of the rules that the model lets stand is right, by stance and label of what decided.

    Labels with few verdicts are left out, the others are drawn to the share of all: as if ``_FEW`` more of average
    worth had been seen.
    """
    shares: dict[str, dict[str, float]] = {}
    for number, stance in enumerate((Stance.SUPPORTS.value, Stance.CONFLICTS.value)):
        rows = [
            item for item in seen if item.ruled == stance and (item.against is None or item.against < doubts[stance])
        ]
        mean = sum(item.label == number for item in rows) / max(1, len(rows))
        counts = Counter(item.decided for item in rows)
        right = Counter(item.decided for item in rows if item.label == number)
        shares[stance] = {
            label: round((right[label] + _FEW * mean) / (count + _FEW), 3)
            for label, count in sorted(counts.items())
            if count >= _FEW
        }
    return shares


def model_alone(seen: Sequence[Seen]) -> dict[str, float]:
    """By file, the share of the pairs left open by the rules on which the model's likeliest class is right."""
    right: dict[str, list[bool]] = {}
    for item in seen:
        if item.ruled is None:
            stance = list(Stance)[int(np.argmax(item.features[:3]))]
            right.setdefault(item.file, []).append(_is_right(item.label, stance))
    return {file: round(sum(row) / len(row), 3) for file, row in sorted(right.items())}


def _is_own(item: Seen) -> bool:
    """Whether a pair is of the project's own prose, which is harder than the public files on purpose."""
    return item.file.startswith(ORIGIN)


def _from(least: float) -> list[float]:
    return [float(value) for value in np.arange(least, 0.99, 0.02)]


def _is_right(label: int, stance: Stance) -> bool:
    if label == NOT_SUPPORTS:
        return stance is not Stance.SUPPORTS
    return stance is (Stance.SUPPORTS, Stance.CONFLICTS, Stance.RELATED)[label]


def likeliest_temperature(scores: NDArray[np.float64], labels: NDArray[np.int_]) -> float:
    """The temperature with the smallest mean negative log-likelihood, between 0.5 and 4 (Guo et al. 2017)."""

    def loss(temperature: float) -> float:
        chosen = softmax(scores, temperature)[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return min((float(value) for value in np.linspace(0.5, 4, 71)), key=loss)
