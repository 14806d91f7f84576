"""How long a check takes and where the time goes: a made-up 1,500-word article against made-up documents."""

from __future__ import annotations

import resource
import sys
import time
from random import Random
from typing import Any

from claimdesk.progress import Progress

Figures = dict[str, Any]

_PLACES = "Halden Merrow Lisle Tarn Velden Karsk Oster Brill Sable Dunmore".split()
_THINGS = "homes jobs pupils patients trucks ballots firms trees bridges buses".split()
_DEEDS = "closed opened repaired counted moved sold bought inspected".split()
_BODIES = "council ministry port authority hospital union university court".split()


def bench_speed(documents: int = 200, article_words: int = 1_500, words_each: int = 400) -> Figures:
    """Times a cold check by stage, with the machine's own matrix speed beside it.

    The article repeats facts of the documents, a third of them with another number. Times are seconds of one
    run in this process (imports and model loading included); memory is the peak of the whole process in MB.
    """
    started = time.perf_counter()
    from claimdesk.model import Source
    from claimdesk.readers import read_text
    from claimdesk.verify import check

    imported = time.perf_counter()
    random = Random(7)
    texts = [_document(random, words_each) for _ in range(documents)]
    article = read_text(_article(random, texts, article_words), name="article")
    sources = [Source(f"s{i}", f"{i}.txt", read_text(text, name=f"{i}.txt")) for i, text in enumerate(texts, start=1)]
    read = time.perf_counter()
    stages: dict[str, float] = {}
    last = read

    def watch(step: Progress) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[step.stage] = stages.get(step.stage, 0.0) + now - last
        last = now

    report = check(article, sources, progress=watch)
    done = time.perf_counter()
    return {
        "documents": documents,
        "passages": sum(report.passages.values()),
        "claims": len(report.claims),
        "seconds": {
            "import": round(imported - started, 2),
            "read": round(read - imported, 2),
            **{stage: round(seconds, 2) for stage, seconds in stages.items()},
            "total": round(done - started, 2),
        },
        "peak_memory_mb": _peak_memory(),
        "matmul_gflops": matmul_speed(),
    }


def matmul_speed(size: int = 1_024, rounds: int = 8) -> float:
    """The machine's float32 matrix multiplication in GFLOP/s, the ceiling for encoding."""
    import torch

    left, right = torch.rand(size, size), torch.rand(size, size)
    left @ right
    started = time.perf_counter()
    for _ in range(rounds):
        left @ right
    return round(2 * size**3 * rounds / (time.perf_counter() - started) / 1e9, 1)


def _peak_memory() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def _fact(random: Random) -> str:
    number = random.randint(12, 98_000)
    return (
        f"The {random.choice(_PLACES)} {random.choice(_BODIES)} said {number:,} {random.choice(_THINGS)} "
        f"were {random.choice(_DEEDS)} in {random.choice(_PLACES)} on {random.randint(1, 28)} May 2025."
    )


def _document(random: Random, length: int) -> str:
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < length:
        sentences.append(_fact(random))
    paragraphs = [" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4)]
    return "\n\n".join(paragraphs)


def _article(random: Random, texts: list[str], length: int) -> str:
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < length:
        sentence = random.choice(random.choice(texts).replace("\n\n", " ").split(". ")).rstrip(".") + "."
        if random.random() < 0.33:
            sentence = sentence.replace("1", "7", 1)
        sentences.append(sentence)
    return "\n\n".join(" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3))
