"""A BERT body (MiniLM: 6 layers, 12 heads, 384 dimensions) in an ONNX session, without torch.

The package ships the graph without its weights (``data/minilm_graph.onnx``, written by ``graph_export``), and once more
for whoever asks for the first token alone (``data/minilm_first_graph.onnx``). Whoever opens one brings the weights, so
that the sentence encoder and the cross-encoder share one loader.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import resources
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from claimdesk.errors import MissingModelError

LAYERS, HEADS, WIDTH = 6, 12, 384
MAX_LENGTH = 512
"""The longest input in tokens: the number of position embeddings."""
NORM_EPSILON = 1e-12
_WIDE = 4 * WIDTH
_VOCABULARY, _TYPES = 30_522, 2

Weights = Mapping[str, NDArray[np.float32]]
Tokens = NDArray[np.int64]
Item = TypeVar("Item")
Result = TypeVar("Result")


class Transformer:
    """An open session. A call computes in the thread that makes it; calls from several threads are safe.

    Two threads that share one product wait for each other at every one of its steps; two that each have a batch of
    their own never do. So both cores are used by ``side_by_side``, not inside a call.
    """

    def __init__(self, weights: Weights, first: bool = False) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3  # errors only: a library does not write to the screen
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(weights[name]) for name in weights]
        options.add_external_initializers(list(weights), values)
        self._values = values  # the session may point into them for as long as it lives
        self._session = onnxruntime.InferenceSession(graph_bytes(first), options, providers=["CPUExecutionProvider"])

    def hidden(self, input_ids: Tokens, attention_mask: Tokens, token_type_ids: Tokens) -> NDArray[np.float32]:
        """The last hidden states, float32 of shape (batch, length, 384), for three int64 arrays (batch, length).

        ``attention_mask`` is 1 for tokens and 0 for padding, on the right; the states of padding mean nothing.
        A session of the first token gives (batch, 1, 384).
        Raises ValueError for more than ``MAX_LENGTH`` tokens.
        """
        if input_ids.shape[1] > MAX_LENGTH:
            raise ValueError(f"{input_ids.shape[1]} tokens are more than the {MAX_LENGTH} that the model knows.")
        given = {"input_ids": input_ids, "attention_mask": attention_mask, "token_type_ids": token_type_ids}
        return self._session.run(None, given)[0]


def open_transformer(weights: Weights, first: bool = False) -> Transformer:
    """A session over weights named as Hugging Face's BertModel names them, without a prefix.

    Matrices are (outputs, inputs) as torch keeps them; other names (``pooler.dense.weight``) are ignored. With
    ``first`` it gives the state of the first token alone, which is all that a classifier reads: an eighth less work.
    Raises MissingModelError where a weight is missing or has another shape.
    """
    return Transformer(_arranged(weights), first)


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """``map`` in order, over as many threads as the process may use cores. ``work`` must not call this itself."""
    return _workers().map(work, items)


@lru_cache(maxsize=1)
def _workers() -> ThreadPoolExecutor:
    """The threads that read batches, one for each core; encoder and judge share them."""
    return ThreadPoolExecutor(usable_cores(), thread_name_prefix="claimdesk")


def graph_bytes(first: bool = False) -> bytes:
    """The shipped graph of all tokens' states, or of the first token's."""
    name = "minilm_first_graph.onnx" if first else "minilm_graph.onnx"
    return resources.files("claimdesk").joinpath(f"data/{name}").read_bytes()


def usable_cores() -> int:
    """How many cores this process may use; a container often has fewer than the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def graph_weights() -> dict[str, tuple[int, ...]]:
    """The names and shapes of the graph's weights; matrices are (inputs, outputs), as its products take them."""
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word": (_VOCABULARY, WIDTH),
        "embeddings.position": (MAX_LENGTH, WIDTH),
        "embeddings.type": (_TYPES, WIDTH),
        "embeddings.norm.weight": (WIDTH,),
        "embeddings.norm.bias": (WIDTH,),
    }
    for layer in range(LAYERS):
        for name, inputs, outputs in (
            ("heads", WIDTH, 3 * WIDTH),  # query, key and value side by side
            ("mixed", WIDTH, WIDTH),
            ("widened", WIDTH, _WIDE),
            ("narrowed", _WIDE, WIDTH),
        ):
            shapes[f"layer.{layer}.{name}.weight"] = (inputs, outputs)
            shapes[f"layer.{layer}.{name}.bias"] = (outputs,)
        for name in ("mixed", "narrowed"):
            shapes[f"layer.{layer}.{name}.norm.weight"] = (WIDTH,)
            shapes[f"layer.{layer}.{name}.norm.bias"] = (WIDTH,)
    return shapes


def _arranged(weights: Weights) -> dict[str, NDArray[np.float32]]:
    try:
        arranged = _renamed(weights)
    except KeyError as error:
        raise MissingModelError(
            f"The model's weights lack {error.args[0]!r}; a BERT body of 6 layers has it."
        ) from None
    shapes = graph_weights()
    for name, shape in shapes.items():
        if arranged[name].shape != shape:
            raise MissingModelError(
                f"The model's weights do not fit: {name} should have the shape {shape}, not {arranged[name].shape}."
            )
    return {name: np.ascontiguousarray(arranged[name], dtype=np.float32) for name in shapes}


def _renamed(weights: Weights) -> dict[str, NDArray[np.float32]]:
    arranged = {
        "embeddings.word": weights["embeddings.word_embeddings.weight"],
        "embeddings.position": weights["embeddings.position_embeddings.weight"],
        "embeddings.type": weights["embeddings.token_type_embeddings.weight"],
        "embeddings.norm.weight": weights["embeddings.LayerNorm.weight"],
        "embeddings.norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for layer in range(LAYERS):
        theirs, ours = f"encoder.layer.{layer}", f"layer.{layer}"
        heads = [f"{theirs}.attention.self.{name}" for name in ("query", "key", "value")]
        arranged[f"{ours}.heads.weight"] = np.concatenate([weights[f"{head}.weight"] for head in heads]).T
        arranged[f"{ours}.heads.bias"] = np.concatenate([weights[f"{head}.bias"] for head in heads])
        for name, origin, has_norm in (
            ("mixed", f"{theirs}.attention.output", True),
            ("widened", f"{theirs}.intermediate", False),
            ("narrowed", f"{theirs}.output", True),
        ):
            arranged[f"{ours}.{name}.weight"] = weights[f"{origin}.dense.weight"].T
            arranged[f"{ours}.{name}.bias"] = weights[f"{origin}.dense.bias"]
            if has_norm:
                arranged[f"{ours}.{name}.norm.weight"] = weights[f"{origin}.LayerNorm.weight"]
                arranged[f"{ours}.{name}.norm.bias"] = weights[f"{origin}.LayerNorm.bias"]
    return arranged
