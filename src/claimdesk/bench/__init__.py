"""Accuracy and speed of this installation, on files and case folders that a user names."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Stance

Figures = dict[str, Any]

# How other labels map onto stances (contract, Words): what a pair may at most be called.
LABELS = {
    "supports": "supports",
    "supported": "supports",
    "conflicts": "conflicts",
    "conflict": "conflicts",
    "superseded": "conflicts",
    "nei": "related",
    "related": "related",
    "not_enough": "related",
    "disputed": "related",
    "not_supports": "not_supports",
    "no_check": "no_check",
}


def run(arguments: argparse.Namespace) -> Figures:
    """The figures of one ``bench`` command."""
    if arguments.bench == "pairs":
        return {"files": [bench_pairs(path, arguments.verbose) for path in arguments.paths]}
    if arguments.bench == "cases":
        from claimdesk.bench.cases import bench_cases

        return bench_cases(arguments.paths, arguments.verbose)
    if arguments.bench == "quotes":
        from claimdesk.bench.quotes import score

        return score(row for path in arguments.paths for row in read_rows(path))
    if arguments.bench == "alter":
        from claimdesk.bench.alterations import bench_alter

        return bench_alter(arguments.sentences, arguments.limit, verbose=arguments.verbose)
    if arguments.bench == "growth":
        from claimdesk.bench.growth import SIZES, bench_growth

        return bench_growth(arguments.passages or SIZES, arguments.folder)
    from claimdesk.bench.speed import bench_speed

    return bench_speed(arguments.documents)


def bench_pairs(path: Path, verbose: bool = False) -> Figures:
    """Stances on labelled pairs: accuracy, false support with its upper bound, and a table by label.

    A row is a pair of ``judge`` with ``label`` (supports, conflicts, nei, or not_supports in two-way sets), or a
    worked case with ``verdict`` and a finer ``expected`` label. Raises ClaimdeskError for an unreadable file.
    """
    from claimdesk.entailment.judges import load_judge
    from claimdesk.pairs import judge_row
    from claimdesk.settings import Settings

    rows = [as_pair(row) for row in read_rows(path)]
    settings = Settings()
    model = load_judge(settings.judge)
    outcomes: list[tuple[Figures, str]] = []
    for row in rows:
        if row["gold"] == "no_check":
            got = "related" if _makes_no_quote(row["claim"]) else "conflicts"
            outcomes.append(({**row, "gold": "related"}, got))
            continue
        outcomes.append((row, judge_row(row, model, settings).stance.value))
    figures = summarize([(row["gold"], got) for row, got in outcomes])
    figures["file"] = path.name
    figures["by_label"] = _by_label(outcomes)
    if verbose:
        figures["wrong"] = [
            {"id": row.get("id"), "label": row["fine"], "gold": row["gold"], "got": got, "claim": row["claim"]}
            for row, got in outcomes
            if not is_right(row["gold"], got)
        ]
    return figures


def as_pair(row: Figures) -> Figures:
    """A row of any of the label schemes as a pair of ``judge`` with its ``gold`` stance and ``fine`` label."""
    label = str(row.get("label") or row.get("verdict") or "").casefold()
    if label not in LABELS:
        raise ClaimdeskError(f"Unknown label {label!r}; use supports, conflicts, nei or not_supports.")
    meta = row.get("source_meta") or {}
    return {
        "id": row.get("id"),
        "claim": row.get("claim") or row.get("text"),
        "evidence": row.get("evidence") or row.get("source"),
        "claim_date": row.get("claim_date") or row.get("article_date") or meta.get("claim_date"),
        "claim_meta": row.get("claim_meta"),
        "evidence_meta": row.get("evidence_meta") or meta,
        "gold": LABELS[label],
        "fine": str(row.get("expected") or label),
    }


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


def read_rows(path: Path) -> list[Figures]:
    """The JSON objects of a file. Raises ClaimdeskError that names the file and the line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise ClaimdeskError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise ClaimdeskError(f"{path} is not UTF-8 text. Save it as UTF-8 JSON lines.") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            rows += [json.loads(line)] if line.strip() else []
        except ValueError as error:
            raise ClaimdeskError(f"{path} line {number} is not JSON: {error}") from error
    return rows


def as_table(figures: Figures) -> str:
    """Figures as aligned lines for a terminal."""
    lines: list[str] = []
    _lines(figures, 0, lines.append)
    return "\n".join(lines)


def _lines(value: Any, depth: int, put: Callable[[str], None]) -> None:
    pad = "  " * depth
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, dict | list) and item and not _is_flat(item):
                put(f"{pad}{key}:")
                _lines(item, depth + 1, put)
            else:
                shown = ", ".join(f"{k} {v}" for k, v in item.items()) if isinstance(item, dict) else item
                put(f"{pad}{key:<24} {'-' if shown is None else shown}")
    elif isinstance(value, list):
        for item in value:
            _lines(item, depth, put)
            if isinstance(item, dict):
                put("")
    else:
        put(f"{pad}{value}")


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and not any(isinstance(item, dict | list) for item in value.values())


def _by_label(outcomes: Iterable[tuple[Figures, str]]) -> Figures:
    table: dict[str, list[bool]] = {}
    for row, got in outcomes:
        table.setdefault(row["fine"], []).append(is_right(row["gold"], got))
    return {label: f"{sum(right)} of {len(right)}" for label, right in sorted(table.items())}


def _makes_no_quote(text: str) -> bool:
    from claimdesk.analysis import analyze
    from claimdesk.model import QuoteType

    return all(quote.type is QuoteType.INDIRECT or "scare" in quote.flags for quote in analyze(text).quotes)


def rate(part: int, whole: int) -> float | None:
    """A share to four places; None of nothing."""
    return round(part / whole, 4) if whole else None
