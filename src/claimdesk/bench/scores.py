"""Scores of stances and probabilities against labels, each with the formula's source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimdesk.model import Stance

Figures = dict[str, Any]


def summarize(outcomes: Sequence[tuple[str, str]]) -> Figures:
    """Counts and rates of (gold, got) stances; a false support is a pair not gold ``supports`` called so."""
    total = len(outcomes)
    conflicts = [got for gold, got in outcomes if gold == "conflicts"]
    others = [got for gold, got in outcomes if gold != "supports"]
    called = [gold for gold, got in outcomes if got == "supports"]
    supported = [got for gold, got in outcomes if gold == "supports"]
    false = sum(got == "supports" for got in conflicts)
    return {
        "n": total,
        "right": sum(is_right(gold, got) for gold, got in outcomes),
        "accuracy": rate(sum(is_right(gold, got) for gold, got in outcomes), total),
        "macro_f1": macro_f1(outcomes),
        "majority": rate(max(Counter(gold for gold, _ in outcomes).values(), default=0), total),
        "conflicts": len(conflicts),
        "false_support": false,
        "false_support_rate": rate(false, len(conflicts)),
        "false_support_upper_95": upper_bound(false, len(conflicts)),
        "false_support_all": sum(got == "supports" for got in others),
        "support_precision": rate(sum(gold == "supports" for gold in called), len(called)),
        "support_recall": rate(sum(got == "supports" for got in supported), len(supported)),
        "confusion": {
            gold: dict(Counter(got for other, got in outcomes if other == gold))
            for gold in sorted({gold for gold, _ in outcomes})
        },
    }


def is_right(gold: str, got: str) -> bool:
    """Whether a stance is the one expected; in two-way sets anything but support is right for not_supports."""
    return got != Stance.SUPPORTS.value if gold == "not_supports" else gold == got


def macro_f1(outcomes: Sequence[tuple[str, str]]) -> float | None:
    """The mean F1 over the gold stances; None for two-way sets."""
    classes = {gold for gold, _ in outcomes}
    if not classes or "not_supports" in classes:
        return None
    scores = []
    for name in classes:
        hit = sum(gold == got == name for gold, got in outcomes)
        wrong = sum((gold == name) != (got == name) for gold, got in outcomes)
        scores.append(2 * hit / (2 * hit + wrong) if hit or wrong else 0.0)
    return round(sum(scores) / len(scores), 4)


def upper_bound(events: int, trials: int) -> float | None:
    """The one-sided 95% upper bound of a rate (Clopper and Pearson 1934); None without trials."""
    from scipy.stats import beta

    if not trials:
        return None
    return round(float(beta.ppf(0.95, events + 1, trials - events)), 4) if events < trials else 1.0


def rate(part: int, whole: int) -> float | None:
    """A share to four places; None of nothing."""
    return round(part / whole, 4) if whole else None


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float | None:
    """The expected calibration error over bins of equal mass (Naeini et al. 2015; Nguyen and O'Connor 2015)."""
    if not confidences:
        return None
    order = np.argsort(np.asarray(confidences), kind="stable")
    sure, hit = np.asarray(confidences)[order], np.asarray(right, dtype=float)[order]
    total = 0.0
    for rows in np.array_split(np.arange(len(order)), min(bins, len(order))):
        total += len(rows) * abs(float(sure[rows].mean()) - float(hit[rows].mean()))
    return round(total / len(order), 4)


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 5) -> list[str]:
    """Lines of a reliability table: the mean confidence, the share that was right, and the count of each bin."""
    order = np.argsort(np.asarray(confidences), kind="stable")
    sure, hit = np.asarray(confidences)[order], np.asarray(right, dtype=float)[order]
    pieces = np.array_split(np.arange(len(order)), min(bins, len(order))) if len(order) else []
    return [f"{sure[rows].mean():.2f} said, {hit[rows].mean():.2f} right, n {len(rows)}" for rows in pieces]


def coverage_at(scores: Sequence[float], supports: Sequence[bool], precision: float) -> float | None:
    """The largest share of supporting pairs that a threshold on the score keeps at a precision of support."""
    total = sum(supports)
    if not total:
        return None
    order = np.argsort(-np.asarray(scores), kind="stable")
    hits = np.cumsum(np.asarray(supports, dtype=float)[order])
    sound = hits / np.arange(1, len(order) + 1) >= precision
    return round(float(hits[sound].max() / total), 4) if sound.any() else 0.0


def area_under_curve(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """The chance that a positive pair scores above a negative one (Hanley and McNeil 1982); ties count half."""
    ranks = _ranks(np.asarray(scores, dtype=float))
    mask = np.asarray(positive, dtype=bool)
    ours, others = int(mask.sum()), int((~mask).sum())
    if not ours or not others:
        return None
    return round(float((ranks[mask].sum() - ours * (ours + 1) / 2) / (ours * others)), 4)


def balanced_accuracy(gold: Sequence[bool], got: Sequence[bool]) -> float | None:
    """The mean of the two recalls of a two-way decision."""
    yes = [answer for truth, answer in zip(gold, got, strict=True) if truth]
    no = [answer for truth, answer in zip(gold, got, strict=True) if not truth]
    if not yes or not no:
        return None
    return round((sum(yes) / len(yes) + sum(not answer for answer in no) / len(no)) / 2, 4)


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse])
