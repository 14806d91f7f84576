"""How long things take: a cold start, encoding, judging, a check beside the plain way, and a large check by stage."""

from __future__ import annotations

import compileall
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from claimdesk.bench.made_up import article, documents
from claimdesk.bench.measure import matmul_speed, peak_memory
from claimdesk.progress import Progress
from claimdesk.transformer import usable_cores

Figures = dict[str, Any]


def bench_speed(sources: int = 200, quick: bool = False) -> Figures:
    """Cold starts, encoding, judging, the plain way, and a check of 1,500 words against ``sources`` documents.

    Matrix products of the same run stand beside, for other work on the machine slows everything down.
    ``quick`` runs everything once and small: it shows that the benchmark works, not how fast anything is.
    """
    from claimdesk.bench.speed_encoding import bench_encoding
    from claimdesk.bench.speed_judge import bench_judge
    from claimdesk.bench.speed_plain import bench_throughput

    return {
        "cores": usable_cores(),
        "load_average": [round(load, 1) for load in os.getloadavg()],
        "cold_start": bench_cold_start(1 if quick else 5),
        "encoding": bench_encoding(24, 1) if quick else bench_encoding(),
        "judge": bench_judge(6, 1) if quick else bench_judge(),
        "throughput": bench_throughput(3, 60) if quick else bench_throughput(),
        "check": bench_check(4, 60, 60) if quick else bench_check(sources),
    }


def bench_cold_start(rounds: int = 5) -> Figures:
    """Medians of new processes: the help text, a bare ``import onnxruntime``, and a small check.

    The check is of an article of 400 words against 10 sources of 120 words. Each row has the seconds on the clock and
    those of the processor, which other work on the machine lengthens less. The package's modules are compiled before,
    as an installer does it.
    """
    compileall.compile_dir(str(Path(__file__).parents[1]), quiet=2)
    with TemporaryDirectory() as folder:
        text = _write_case(Path(folder))
        claimdesk = [sys.executable, "-m", "claimdesk"]
        commands = {
            "help": [*claimdesk, "--help"],
            "import_onnxruntime": [sys.executable, "-c", "import onnxruntime"],
            "check_400_words": [*claimdesk, "check", str(text), "--sources", f"{folder}/sources", "-f", "json"],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        products = []
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(_time_process(command))
            products.append(matmul_speed())
    figures: Figures = {
        name: {
            "seconds": round(median(clock for clock, _ in taken), 2),
            "processor_seconds": round(median(processor for _, processor in taken), 2),
        }
        for name, taken in times.items()
    }
    return {"rounds": rounds, **figures, "matmul_gflops": median(products)}


def bench_check(sources: int = 200, words: int = 1_500, words_each: int = 400) -> Figures:
    """One check in this process by stage, imports and model loading included; memory is the peak of the process in MB.

    Every sentence of the documents states a number, a date and a speaker, and so does the article: many more claims
    than a news text has.
    """
    started = time.perf_counter()
    from claimdesk.model import Source
    from claimdesk.readers import read_text
    from claimdesk.verify import check

    imported = time.perf_counter()
    random = Random(7)
    texts = documents(random, sources, words_each)
    text = read_text(article(random, texts, words), name="article")
    corpus = [Source(f"s{i}", f"{i}.txt", read_text(text, name=f"{i}.txt")) for i, text in enumerate(texts, start=1)]
    read = time.perf_counter()
    stages: dict[str, float] = {}
    last = read

    def watch(step: Progress) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[step.stage] = stages.get(step.stage, 0.0) + now - last
        last = now

    report = check(text, corpus, progress=watch)
    done = time.perf_counter()
    return {
        "documents": sources,
        "passages": sum(report.passages.values()),
        "claims": len(report.claims),
        "seconds": {
            "import": round(imported - started, 2),
            "read": round(read - imported, 2),
            **{stage: round(seconds, 2) for stage, seconds in stages.items()},
            "total": round(done - started, 2),
        },
        "peak_memory_mb": peak_memory(),
        "matmul_gflops": matmul_speed(),
    }


def _write_case(folder: Path) -> Path:
    """An article of 400 words and a folder of 10 sources, with about as many claims as a news text has."""
    random = Random(7)
    texts = documents(random, 10, 120, plain=True)
    (folder / "sources").mkdir()
    for number, text in enumerate(texts, start=1):
        (folder / "sources" / f"{number}.txt").write_text(text, "utf-8")
    (folder / "article.txt").write_text(article(random, texts, 400), "utf-8")
    return folder / "article.txt"


def _time_process(command: list[str]) -> tuple[float, float]:
    """The seconds that a command takes on the clock, and on the processor; 1 is an expected exit status."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    clock = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command[:4])} failed: {done.stderr[-500:]}")
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
