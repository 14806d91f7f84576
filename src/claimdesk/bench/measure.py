"""The machine's own measures, printed beside every timing: matrix products, cores and memory."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

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
