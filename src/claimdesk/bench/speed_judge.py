"""How fast the judge reads, beside the same weights in torch and beside what the machine can do.

Run as ``python -m claimdesk.bench.speed_judge KIND ROUNDS FOLDER`` with pairs as a JSON list on standard input, it is
the process that is measured: one judge alone, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from claimdesk.bench.measure import best_of, in_a_process, matmul_speed, peak_memory
from claimdesk.bench.speed_encoding import arithmetic, sample

SHIPPED, TORCH = "shipped", "torch_fp32"
Pair = tuple[str, str]


def bench_judge(count: int = 120, rounds: int = 2) -> dict[str, Any]:
    """Pairs per second of what ships and of the same weights in torch, float32, as a CrossEncoder.

    The two run in turns, each in a process of its own with all cores; the best of all rounds counts. ``same_labels``
    is the share of pairs of which both say the same.
    """
    pairs = made_up_pairs(count)
    found: dict[str, list[dict[str, Any]]] = {SHIPPED: [], TORCH: []}
    products = [matmul_speed()]
    with TemporaryDirectory() as folder:
        write_torch_judge(Path(folder))
        for _ in range(rounds):
            for kind, runs in found.items():
                runs.append(in_a_process("speed_judge", kind, str(rounds), folder, given=pairs))
                products.append(matmul_speed())
    work = sum(map(arithmetic, pair_lengths(pairs))) / 1e9
    ceiling = count / (work / max(products))
    same = sum(one == two for one, two in zip(found[SHIPPED][0]["labels"], found[TORCH][0]["labels"], strict=True))
    figures: dict[str, Any] = {
        "pairs": count,
        "gflop_per_pair": round(work / count, 3),
        "matmul_gflops": max(products),
        "ceiling_per_second": round(ceiling, 1),
        "same_labels": round(same / count, 4),
    }
    for kind, runs in found.items():
        figures[kind] = best_of(runs, ceiling, digits=1)
    figures["times_faster"] = round(figures[SHIPPED]["per_second"] / max(0.1, figures[TORCH]["per_second"]), 2)
    return figures


def made_up_pairs(count: int) -> list[Pair]:
    """A sentence and a few others as (claim, evidence); no two pairs are equal."""
    random, texts = Random(5), sample(count * 3)
    return [(texts[3 * i].split(". ")[0], " ".join(random.sample(texts, 2))) for i in range(count)]


def pair_lengths(pairs: list[Pair]) -> list[int]:
    """How many tokens a judge reads of each pair."""
    from claimdesk.embed import load_tokenizer

    tokenizer = load_tokenizer(320, "only_first")
    return [len(encoding.ids) for encoding in tokenizer.encode_batch([(evidence, claim) for claim, evidence in pairs])]


def write_torch_judge(folder: Path) -> None:
    """The shipped weights as a folder that ``CrossEncoder`` opens; needs the packages of ``sentence-transformers``."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification
    from transformers.utils import logging

    from claimdesk.embed import packaged_model
    from claimdesk.entailment.judges import CLASSES, ShippedJudge, load_judge
    from claimdesk.entailment.weights import load_weights

    judge = load_judge()
    assert isinstance(judge, ShippedJudge)
    import torch

    logging.disable_progress_bar()
    config: Any = BertConfig.from_pretrained(
        packaged_model(), num_labels=len(CLASSES), id2label=dict(enumerate(CLASSES))
    )
    model: Any = BertForSequenceClassification(config)
    named = {
        name if name.startswith("classifier.") else f"bert.{name}": torch.from_numpy(values)
        for name, values in load_weights(judge.path).items()
    }
    missing = model.load_state_dict(named, strict=False).missing_keys
    assert not missing, missing
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(packaged_model(), model_max_length=320).save_pretrained(folder)


def open_judge(kind: str, folder: str) -> Any:
    """The judge of one kind: what ships, or the CrossEncoder in ``folder``."""
    from claimdesk.entailment.judges import NamedJudge, load_judge

    return load_judge() if kind == SHIPPED else NamedJudge(folder)


def measure_one(kind: str, pairs: list[Pair], rounds: int, folder: str) -> dict[str, Any]:
    """One judge in this process: seconds to import and load it, its best speed, its labels, its peak of memory."""
    started = time.perf_counter()
    judge = open_judge(kind, folder)
    judge.predict(pairs[:2])
    loaded = time.perf_counter() - started
    best, found = 0.0, []
    for _ in range(rounds):
        started = time.perf_counter()
        found = judge.predict(pairs)
        best = max(best, len(pairs) / (time.perf_counter() - started))
    labels = [max(("supports", "conflicts", "related"), key=lambda name: getattr(row, name)) for row in found]
    return {"per_second": best, "load_seconds": loaded, "labels": labels, "peak_memory_mb": peak_memory()}


if __name__ == "__main__":
    given = [(claim, evidence) for claim, evidence in json.load(sys.stdin)]
    sys.stdout.write(json.dumps(measure_one(sys.argv[1], given, int(sys.argv[2]), sys.argv[3])) + "\n")
