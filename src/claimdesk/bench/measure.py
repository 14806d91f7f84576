"""The machine's own measures, printed beside every timing: matrix products, cores and memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np


def matmul_speed(size: int = 1_024, rounds: int = 8) -> float:
    """Float32 matrix multiplication on all cores in GFLOP/s, the best of some rounds: the ceiling for encoding."""
    random = np.random.default_rng(1)
    left, right = random.random((2, size, size), dtype=np.float32)
    best = float("inf")
    for _ in range(rounds + 1):
        started = time.perf_counter()
        left @ right
        best = min(best, time.perf_counter() - started)
    return round(2 * size**3 / best / 1e9, 1)


def peak_memory() -> int:
    """The most memory that this process ever held, in MB.

    Where the system says so it is that of this program alone: a new process is also counted with what its parent held.
    """
    try:
        pairs = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
        return round(int(pairs["VmHWM"].split()[0]) / (1 << 10))
    except (OSError, KeyError, ValueError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def in_a_process(module: str, *arguments: str, given: object = None) -> dict[str, Any]:
    """What a module of ``claimdesk.bench`` prints as JSON in its last line, run alone in a process of its own.

    ``given`` goes to its standard input as JSON. Raises ``CalledProcessError`` where the process fails.
    """
    command = [sys.executable, "-m", f"claimdesk.bench.{module}", *arguments]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def best_of(runs: Sequence[dict[str, Any]], ceiling: float, digits: int | None = None) -> dict[str, Any]:
    """The best of some runs of one kind: texts per second, beside the ceiling; seconds to load; peak of memory, MB.

    A machine that does other work makes single runs slower, never faster.
    """
    speed = max(run["per_second"] for run in runs)
    return {
        "per_second": round(speed, digits),
        "share_of_ceiling": round(speed / ceiling, 2),
        "load_seconds": round(min(run["load_seconds"] for run in runs), 2),
        "peak_memory_mb": min(run["peak_memory_mb"] for run in runs),
    }
