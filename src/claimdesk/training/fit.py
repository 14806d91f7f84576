"""The training loop of the cross-encoder: bfloat16 passes where the processor multiplies it fast, float32 otherwise.

The weights that are updated and kept are float32 in both. The packaged MiniLM gets a head of three classes
(``supports``, ``conflicts``, ``related``); AdamW without dropout, batches of like length. The word embeddings and the
first layers may stay frozen: that is a third faster on a CPU and changed nothing that was measured. A checkpoint is
written every few minutes; the same call goes on from it.
"""

from __future__ import annotations

import copy
import json
import math
import os
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from claimdesk.entailment.judges import CLASSES, RECIPE
from claimdesk.training.pairs import NOT_SUPPORTS, Pair

_BUCKET = 16  # batches that are cut from one stretch of pairs sorted by length


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the model is trained; it is written beside the weights.

    ``taught`` is the share of a pair's loss that a larger model's probabilities make up, where they are given.
    """

    pairs: int = 320_000
    batch: int = 32
    length: int = 192
    rate: float = 1.2e-4
    warmup: float = 0.05
    weight_decay: float = 0.01
    smoothing: float = 0.05
    frozen_layers: int = 2
    taught: float = 0.7
    seed: int = 17
    checkpoint_seconds: float = 240.0


def fit(
    pairs: Sequence[Pair],
    start: Path,
    out: Path,
    recipe: Recipe,
    progress: Callable[[int, int, float], None] | None = None,
    halved: bool | None = None,
    answers: Mapping[Pair, Sequence[float]] | None = None,
) -> Path:
    """Trains on ``pairs`` (marked texts) from the weights in ``start``; returns the folder with the weights.

    ``answers`` are a larger model's probabilities of the three classes for some of the pairs. ``progress`` gets (pairs
    seen, pairs in all, mean loss). A run that was cut goes on from ``out/checkpoint.pt``. ``halved`` makes the passes
    in bfloat16; left out, a short measurement decides, and a run that goes on keeps to it.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

    torch.manual_seed(recipe.seed)
    names = dict(enumerate(CLASSES))
    config = AutoConfig.from_pretrained(
        start,
        num_labels=len(CLASSES),
        id2label=names,
        label2id={name: index for index, name in names.items()},
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    # Plain attention: on a CPU its backward pass is faster than the fused one.
    model: Any = AutoModelForSequenceClassification.from_pretrained(
        start, config=config, attn_implementation="eager", dtype=torch.float32
    )
    tokenizer: Any = AutoTokenizer.from_pretrained(start)
    body = model.base_model
    frozen = [body.embeddings, *body.encoder.layer[: recipe.frozen_layers]]
    for module in frozen if recipe.frozen_layers else []:
        module.requires_grad_(False)
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    groups = [
        {"params": [weight for weight in trained if weight.ndim >= 2], "weight_decay": recipe.weight_decay},
        {"params": [weight for weight in trained if weight.ndim < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98), eps=1e-6, fused=True)
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = out / "checkpoint.pt"
    seen = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        seen, halved = state["seen"], state["halved"]
    halved = bfloat16_pays() if halved is None else halved
    runner = copy.deepcopy(model).bfloat16() if halved else model
    ours, theirs = list(model.parameters()), list(runner.parameters())
    loss_mean = math.nan
    saved = time.monotonic()
    runner.train()
    for batch in batches(pairs, recipe, seen):
        rate = recipe.rate * schedule(seen / recipe.pairs, recipe.warmup)
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = _loss(runner(**encode(tokenizer, batch, recipe.length)).logits.float(), batch, recipe, answers or {})
        loss.backward()
        if halved:
            _move_gradients(theirs, ours)
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if halved:
            with torch.no_grad():
                torch._foreach_copy_([w for w in theirs if w.requires_grad], trained)
        seen += len(batch)
        loss_mean = loss.item() if math.isnan(loss_mean) else 0.99 * loss_mean + 0.01 * loss.item()
        if progress:
            progress(seen, recipe.pairs, loss_mean)
        if time.monotonic() - saved > recipe.checkpoint_seconds:
            _save(checkpoint, model, optimizer, seen, halved)
            saved = time.monotonic()
    _save(checkpoint, model, optimizer, seen, halved)
    model.eval()
    model.save_pretrained(out / "weights")
    tokenizer.save_pretrained(out / "weights")
    kept = {**asdict(recipe), "seen": seen, "passes": "bfloat16" if halved else "float32"}
    (out / "weights" / RECIPE).write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    return out / "weights"


def _loss(scores: Any, batch: Sequence[Pair], recipe: Recipe, answers: Mapping[Pair, Sequence[float]]) -> Any:
    """The mean loss of some pairs against their labels and against what a larger model says of them, where it does."""
    import torch

    likely = torch.log_softmax(scores, -1)
    labels = torch.tensor([pair.label for pair in batch])
    # A two-way label says only that the pair does not support: the sum of the other two classes is rewarded.
    known = likely.gather(1, labels.clamp(max=NOT_SUPPORTS - 1)[:, None])[:, 0]
    smooth = (1 - recipe.smoothing) * known + recipe.smoothing * likely.mean(-1)
    rewards = torch.where(labels == NOT_SUPPORTS, torch.logsumexp(likely[:, 1:], -1), smooth)
    told = torch.tensor([answers.get(pair, (0.0,) * len(CLASSES)) for pair in batch])
    share = recipe.taught * torch.tensor([float(pair in answers) for pair in batch])
    return -((1 - share) * rewards + share * (told * likely).sum(-1)).mean()


def encode(tokenizer: Any, pairs: Sequence[Pair], length: int) -> Any:
    """The word pieces of some pairs as a model reads them, the passage first and cut to ``length`` with its claim."""
    return tokenizer(
        [pair.evidence for pair in pairs],
        [pair.claim for pair in pairs],
        truncation="only_first",
        max_length=length,
        padding=True,
        return_tensors="pt",
    )


def bfloat16_pays() -> bool:
    """Whether this processor multiplies bfloat16 matrices at least half as fast again as float32 ones, by trying it."""
    import torch

    def rate(kind: torch.dtype) -> float:
        one, two = torch.randn(1024, 384, dtype=kind), torch.randn(1536, 384, dtype=kind)
        torch.nn.functional.linear(one, two)
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < 0.3:
            torch.nn.functional.linear(one, two)
            count += 1
        return count / (time.perf_counter() - start)

    return rate(torch.bfloat16) > 1.5 * rate(torch.float32)


def batches(pairs: Sequence[Pair], recipe: Recipe, seen: int = 0) -> list[list[Pair]]:
    """The batches that are still to come after ``seen`` pairs, the same ones in every run with this recipe."""
    cut: list[list[Pair]] = []
    rounds = 0
    while sum(map(len, cut)) < recipe.pairs and pairs:
        rng = random.Random(recipe.seed + rounds)
        order = list(pairs)
        rng.shuffle(order)
        for first in range(0, len(order), recipe.batch * _BUCKET):
            stretch = sorted(
                order[first : first + recipe.batch * _BUCKET], key=lambda p: len(p.claim) + len(p.evidence)
            )
            pieces = [stretch[at : at + recipe.batch] for at in range(0, len(stretch), recipe.batch)]
            rng.shuffle(pieces)
            cut += pieces
        rounds += 1
    left, done = [], 0
    for batch in cut:
        if seen <= done < recipe.pairs:
            left.append(batch)
        done += len(batch)
    return left


def schedule(share: float, warmup: float) -> float:
    """The share of the peak learning rate after a share of the run: up in a straight line, then down to nothing."""
    return max(0.01, min(1.0, share / warmup if warmup else 1.0) * (1 - share))


def _move_gradients(source: Sequence[Any], target: Sequence[Any]) -> None:
    for theirs, ours in zip(source, target, strict=True):
        if theirs.grad is not None:
            ours.grad = theirs.grad.float()
            theirs.grad = None


def _save(path: Path, model: Any, optimizer: Any, seen: int, halved: bool) -> None:
    import torch

    partial = path.with_suffix(".partial")
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "seen": seen, "halved": halved}
    torch.save(state, partial)
    partial.replace(path)
