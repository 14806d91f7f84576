"""Accuracy and speed of this installation, on files and case folders that a user names."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Figures = dict[str, Any]


def run(arguments: argparse.Namespace) -> Figures:
    """The figures of one ``bench`` command."""
    if arguments.bench == "pairs":
        from claimdesk.bench.pairs import Choice, bench_pairs
        from claimdesk.entailment.judges import BUILT_IN

        choice = Choice(
            arguments.half, arguments.limit, arguments.baselines, arguments.verbose, arguments.judge or BUILT_IN
        )
        return bench_pairs(arguments.paths, choice)
    if arguments.bench == "cases":
        from claimdesk.bench.cases import bench_cases

        figures = bench_cases(arguments.paths, arguments.verbose)
        if arguments.retrieval:
            from claimdesk.bench.retrieval import bench_retrieval

            figures["retrieval"] = bench_retrieval(
                [path for path in arguments.paths if (path / "expected.json").exists()]
            )
        return figures
    if arguments.bench == "quotes":
        from claimdesk.bench.quotes import score
        from claimdesk.bench.rows import read_rows

        return score(row for path in arguments.paths for row in read_rows(path))
    if arguments.bench == "alter":
        from claimdesk.bench.alterations import bench_alter

        return bench_alter(arguments.sentences, arguments.limit, verbose=arguments.verbose)
    if arguments.bench == "growth":
        from claimdesk.bench.growth import SIZES, bench_growth

        return bench_growth(arguments.passages or SIZES, arguments.folder)
    if arguments.bench == "page":
        from claimdesk.bench.page import bench_page

        return bench_page()
    from claimdesk.bench.speed import bench_speed

    return bench_speed(arguments.documents, arguments.quick)


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
