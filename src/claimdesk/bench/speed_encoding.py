"""How fast sentences become vectors, beside the plain way and beside what the machine can do.

Run as ``python -m claimdesk.bench.speed_encoding KIND ROUNDS`` with texts as a JSON list on standard input, it is the
process that is measured: one encoder alone, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np

from claimdesk.bench.made_up import documents
from claimdesk.bench.measure import best_of, in_a_process, matmul_speed, peak_memory
from claimdesk.transformer import LAYERS, WIDTH

PACKAGED, PLAIN = "onnx", "sentence_transformers"
_WIDE = 4 * WIDTH


def bench_encoding(count: int = 400, rounds: int = 3) -> dict[str, Any]:
    """Sentences per second of the packaged encoder and of ``SentenceTransformer.encode`` on the same texts.

    The two run in turns, each in a process of its own with all cores, with matrix products between them. What
    counts is the best of all rounds, for a machine that does other work makes single rounds slower, never faster.
    The ceiling is the arithmetic that the texts need (padding not counted) at the best speed of a float32 product.
    """
    texts = sample(count)
    work = sum(arithmetic(length) for length in token_counts(texts)) / 1e9
    found: dict[str, list[dict[str, Any]]] = {PACKAGED: [], PLAIN: []}
    products = [matmul_speed()]
    for _ in range(rounds):
        for kind, runs in found.items():
            runs.append(in_a_process("speed_encoding", kind, str(rounds), given=texts))
            products.append(matmul_speed())
    ceiling = count / (work / max(products))
    figures: dict[str, Any] = {
        "sentences": count,
        "gflop_per_sentence": round(work / count, 3),
        "matmul_gflops": max(products),
        "ceiling_per_second": round(ceiling),
    }
    for kind, runs in found.items():
        figures[kind] = best_of(runs, ceiling)
    figures["times_faster"] = round(figures[PACKAGED]["per_second"] / max(1, figures[PLAIN]["per_second"]), 2)
    return figures


def sample(count: int) -> list[str]:
    """Made-up passages of one to three sentences, as a corpus has them; no two are equal."""
    random = Random(11)
    sentences = [
        sentence.rstrip(".") + "."
        for text in documents(random, count // 4 + 1, 180, plain=True)
        for sentence in text.replace("\n\n", " ").split(". ")
    ]
    texts: dict[str, None] = {}
    while len(texts) < count:
        first, size = random.randrange(len(sentences) - 3), random.randint(1, 3)
        texts[" ".join(sentences[first : first + size])] = None
    return list(texts)


def token_counts(texts: Sequence[str]) -> list[int]:
    """How many tokens the encoder reads of each text."""
    from claimdesk.embed import load_tokenizer

    return [len(encoding.ids) for encoding in load_tokenizer(256).encode_batch(list(texts))]


def arithmetic(length: int) -> int:
    """Floating-point operations of the body for one text: four square matrices, two wide ones, and attention."""
    per_token = 2 * (4 * WIDTH * WIDTH + 2 * WIDTH * _WIDE) + 4 * length * WIDTH
    return LAYERS * length * per_token


def measure_one(kind: str, texts: list[str], rounds: int) -> dict[str, Any]:
    """One encoder in this process: seconds to import and load it, its best speed, the peak of memory in MB."""
    started = time.perf_counter()
    encode = _open(kind)
    encode(texts[:8])
    loaded = time.perf_counter() - started
    best = 0.0
    for _ in range(rounds):
        started = time.perf_counter()
        vectors = encode(texts)
        best = max(best, len(texts) / (time.perf_counter() - started))
        assert len(vectors) == len(texts)
    return {"per_second": best, "load_seconds": loaded, "peak_memory_mb": peak_memory()}


def _open(kind: str) -> Any:
    from claimdesk.embed import PackagedEncoder, packaged_model

    if kind == PACKAGED:
        encoder = PackagedEncoder()
        return lambda texts: encoder.encode_new(texts)
    import os

    os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)
    return lambda texts: np.asarray(model.encode(texts, normalize_embeddings=True, show_progress_bar=False))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure_one(sys.argv[1], json.load(sys.stdin), int(sys.argv[2]))) + "\n")
