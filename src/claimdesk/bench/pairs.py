"""Stances and probabilities on labelled pairs, beside simple baselines."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimdesk.bench.baselines import baselines
from claimdesk.bench.rows import as_pair, half_of, read_rows
from claimdesk.bench.scores import (
    Figures,
    area_under_curve,
    balanced_accuracy,
    calibration_error,
    coverage_at,
    is_right,
    rate,
    reliability,
    summarize,
)
from claimdesk.entailment.judges import BUILT_IN, MeaningModel, load_judge
from claimdesk.model import QuoteType, Stance
from claimdesk.pairs import judge_row


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled row with the stance that it got and the probabilities behind it."""

    row: dict[str, Any]
    gold: str
    got: str
    confidence: float
    supports: float
    conflicts: float

    @property
    def right(self) -> bool:
        """Whether the stance is the one expected."""
        return is_right(self.gold, self.got)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows of a file are judged, and how much is told: a half by hash of the id, a random sample."""

    half: str | None = None
    limit: int | None = None
    with_baselines: bool = False
    verbose: bool = False
    judge: str = BUILT_IN


def bench_pairs(paths: Sequence[Path], choice: Choice | None = None) -> Figures:
    """The figures of each file, and false support over all of them."""
    chosen = choice or Choice()
    model = load_judge(chosen.judge)
    files, all_judged = [], []
    for path in paths:
        rows = pick([as_pair(row) for row in read_rows(path)], chosen)
        judged = [judge_one(row, model) for row in rows]
        all_judged += judged
        files.append({"file": path.name, **file_figures(judged, model, chosen)})
    figures: Figures = {"files": files}
    if len(files) > 1:
        figures["all"] = over_all(all_judged)
    return figures


def pick(rows: list[dict[str, Any]], choice: Choice) -> list[dict[str, Any]]:
    """The rows of one half, or a random sample that is the same in every run."""
    if choice.half:
        rows = [row for row in rows if half_of(row.get("id")) == choice.half]
    if choice.limit and len(rows) > choice.limit:
        rows = random.Random(1).sample(rows, choice.limit)
    return rows


def judge_one(row: dict[str, Any], model: MeaningModel) -> Judged:
    """The judgement of one row; a case that expects no quote at all asks only whether one was found."""
    if row["gold"] == "no_check":
        got = "related" if _makes_no_quote(row["claim"]) else "conflicts"
        return Judged(row, "related", got, 1.0, 0.0, 0.0)
    found = judge_row(row, model)
    shares = found.probabilities
    return Judged(row, row["gold"], found.stance.value, found.confidence, shares["supports"], shares["conflicts"])


def file_figures(judged: Sequence[Judged], model: MeaningModel, choice: Choice) -> Figures:
    """The figures of one file: three-way, two-way or two-class, as its labels are."""
    figures = summarize([(item.gold, item.got) for item in judged])
    labels = {item.gold for item in judged}
    supports = [item.gold == "supports" for item in judged]
    scores = [item.supports for item in judged]
    if "not_supports" in labels:
        figures |= two_way(judged)
    if labels == {"supports", "conflicts"}:
        greater = [(item.supports >= item.conflicts) == (item.gold == "supports") for item in judged]
        figures["greater_of_two"] = rate(sum(greater), len(judged))
    sure = [item.confidence for item in judged]
    figures["ece"] = calibration_error(sure, [item.right for item in judged])
    figures["coverage_at_95"] = coverage_at(scores, supports, 0.95)
    figures["coverage_at_98"] = coverage_at(scores, supports, 0.98)
    figures["by_label"] = _by_label(judged)
    if choice.with_baselines:
        figures["baselines"] = baselines([item.row for item in judged], model)
    if choice.verbose:
        figures["wrong"] = [
            {"id": item.row.get("id"), "label": item.row["fine"], "gold": item.gold, "got": item.got,
             "claim": item.row["claim"]}
            for item in judged
            if not item.right
        ]  # fmt: skip
    return figures


def two_way(judged: Sequence[Judged]) -> Figures:
    """Balanced accuracy and AUC; rows of one ``claim_id`` are one claim that its best row decides."""
    groups: dict[object, list[Judged]] = {}
    for index, item in enumerate(judged):
        groups.setdefault(item.row.get("claim_id") or index, []).append(item)
    gold = [any(item.gold == "supports" for item in group) for group in groups.values()]
    got = [any(item.got == Stance.SUPPORTS.value for item in group) for group in groups.values()]
    best = [max(item.supports for item in group) for group in groups.values()]
    return {"claims": len(groups), "balanced": balanced_accuracy(gold, got), "auc": area_under_curve(best, gold)}


def over_all(judged: Sequence[Judged]) -> Figures:
    """What holds over all files: false support, support recall, calibration, a table by check that decided."""
    figures = summarize([(item.gold, item.got) for item in judged])
    sure, right = [item.confidence for item in judged], [item.right for item in judged]
    wanted = ("n", "conflicts", "false_support", "false_support_rate", "false_support_upper_95", "support_recall")
    shown = {name: figures[name] for name in wanted}
    return {**shown, "ece": calibration_error(sure, right), "reliability": reliability(sure, right, 8)}


def _by_label(judged: Iterable[Judged]) -> Figures:
    table: dict[str, list[bool]] = {}
    for item in judged:
        table.setdefault(item.row["fine"], []).append(item.right)
    return {label: f"{sum(right)} of {len(right)}" for label, right in sorted(table.items())}


def _makes_no_quote(text: str) -> bool:
    from claimdesk.analysis import analyze

    return all(quote.type is QuoteType.INDIRECT or "scare" in quote.flags for quote in analyze(text).quotes)
