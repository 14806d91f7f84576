"""A whole check beside the plain way: every text encoded, every pair read by a CrossEncoder, nothing kept.

Run as ``python -m claimdesk.bench.speed_plain KIND FOLDER`` it is the process that is measured.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from claimdesk.bench.made_up import article, documents
from claimdesk.bench.measure import in_a_process, matmul_speed, peak_memory
from claimdesk.bench.speed_judge import SHIPPED, TORCH, open_judge, write_torch_judge
from claimdesk.model import Checked, Document, Source

OURS, PLAIN = "claimdesk", "plain"


class PlainEncoder:
    """``SentenceTransformer.encode`` as it comes, on every text that is given."""

    name = "plain"

    def __init__(self) -> None:
        from sentence_transformers import SentenceTransformer

        from claimdesk.embed import packaged_model

        self._model = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)

    def encode(self, texts: Sequence[str], progress: Any = None) -> Any:
        """One unit vector for each text."""
        rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


def bench_throughput(sources: int = 20, words: int = 500, rounds: int = 1) -> dict[str, Any]:
    """Claims per second of a check and of the plain way on the same article and sources, models loaded before.

    Both cut, search, apply the rules and settle with the same code. The plain way encodes every text with
    ``SentenceTransformer.encode`` and reads every pair of a claim and a passage with a ``CrossEncoder`` of the same
    weights, also where a rule has decided. ``same_verdicts`` is the share of claims with the same verdict.
    """
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_torch_judge(folder / "judge")
        _write_case(folder, sources, words)
        runs: dict[str, list[dict[str, Any]]] = {OURS: [], PLAIN: []}
        for _ in range(rounds):
            for kind, own in runs.items():
                own.append(in_a_process("speed_plain", kind, str(folder)))
    figures: dict[str, Any] = {"sources": sources, "claims": len(runs[OURS][0]["verdicts"])}
    for kind, own in runs.items():
        figures[kind] = {
            "seconds": round(min(run["seconds"] for run in own), 2),
            "processor_seconds": round(min(run["processor_seconds"] for run in own), 2),
            "peak_memory_mb": min(run["peak_memory_mb"] for run in own),
        }
    pairs = zip(runs[OURS][0]["verdicts"], runs[PLAIN][0]["verdicts"], strict=True)
    figures["same_verdicts"] = round(sum(one == two for one, two in pairs) / max(1, figures["claims"]), 4)
    figures["times_faster"] = round(figures[PLAIN]["seconds"] / figures[OURS]["seconds"], 2)
    figures["times_less_processor"] = round(figures[PLAIN]["processor_seconds"] / figures[OURS]["processor_seconds"], 2)
    return {**figures, "matmul_gflops": matmul_speed()}


def check_plainly(text: Document, sources: Sequence[Source], encoder: Any, judge: Any) -> list[Checked]:
    """The verdicts of a check in the order of its stages, with every pair read when its turn comes."""
    from claimdesk.corpus import Corpus
    from claimdesk.entailment.windows import pairs_to_read
    from claimdesk.evidence import open_sources
    from claimdesk.find import find_claims
    from claimdesk.verify import claim_query, hear_sources, settle_claim

    found = find_claims(text)
    corpus = Corpus([source for source in sources if source.document is not None], encoder)
    corpus.index()
    hits = corpus.search([claim_query(claim, text.text) for claim in found.claims])
    opened = open_sources(found.document, corpus)
    checked = []
    for claim, passages in zip(found.claims, hits, strict=True):
        heard = hear_sources(claim, found, passages, opened)
        for item in heard:
            if not item.ruled.is_for_model:
                judge.predict(pairs_to_read(item.ruled.subject.view, item.ruled.parts, judge.marked))
        checked.append(settle_claim(claim, heard, opened, judge, found.document.meta))
    return checked


def measure_one(kind: str, folder: Path) -> dict[str, Any]:
    """One check in this process, its models loaded before: seconds, verdicts, the peak of memory in MB."""
    from claimdesk.language.parse import grammar
    from claimdesk.load import load_sources, read_article
    from claimdesk.settings import Settings
    from claimdesk.verify import Models, check, load_models

    text, sources = read_article(folder / "article.txt"), load_sources([folder / "sources"])
    grammar()("The grammar is loaded.")
    if kind == OURS:
        models = load_models(Settings())
    else:
        judge = open_judge(TORCH, str(folder / "judge"))
        judge.marked = open_judge(SHIPPED, "").marked  # the same weights were trained on marked texts
        models = Models(PlainEncoder(), judge)
    models.encoder.encode(["A sentence."])
    models.meaning.predict([("A claim.", "A passage.")])
    started, used = time.perf_counter(), time.process_time()
    if kind == OURS:
        checked: Sequence[Checked] = check(text, sources, models=models).claims
    else:
        checked = check_plainly(text, sources, models.encoder, models.meaning)
    return {
        "seconds": time.perf_counter() - started,
        "processor_seconds": time.process_time() - used,
        "verdicts": [item.verdict.value for item in checked],
        "peak_memory_mb": peak_memory(),
    }


def _write_case(folder: Path, sources: int, words: int) -> None:
    """An article as a newspaper has it, and sources of 200 words: most sentences hold no number."""
    random = Random(9)
    texts = documents(random, sources, 200, plain=True)
    (folder / "sources").mkdir()
    for number, text in enumerate(texts, start=1):
        (folder / "sources" / f"{number}.txt").write_text(text, "utf-8")
    (folder / "article.txt").write_text(article(random, texts, words), "utf-8")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure_one(sys.argv[1], Path(sys.argv[2]))) + "\n")
