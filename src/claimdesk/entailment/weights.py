"""The weights of the judge as the package ships them: word embeddings as bytes, everything else in half precision.

One safetensors file, no pickles. A row of the embedding table is 8-bit integers times its own scale (the largest
magnitude of the row over 127); the other matrices are float16. All is turned into float32 when it is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claimdesk.errors import MissingModelError

Weights = dict[str, NDArray[np.float32]]

_TABLE = "embeddings.word_embeddings.weight"
_SCALE = _TABLE + ".scale"


def save_weights(weights: Mapping[str, NDArray[np.float32]], path: Path) -> str:
    """Writes weights in the shipped form and returns the file's sha256."""
    from safetensors.numpy import save_file

    table = np.asarray(weights[_TABLE], dtype=np.float32)
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127
    packed: dict[str, NDArray[np.generic]] = {
        name: np.ascontiguousarray(array, dtype=np.float16) for name, array in weights.items() if name != _TABLE
    }
    packed[_TABLE] = np.round(table / scale).astype(np.int8)
    packed[_SCALE] = scale.astype(np.float32)
    partial = path.with_suffix(".partial")
    save_file(packed, str(partial))
    partial.replace(path)
    return file_hash(path)


def load_weights(path: Path, expected: str | None = None) -> Weights:
    """Weights in float32. Raises MissingModelError for a file that is absent, or that is not the expected one."""
    from safetensors.numpy import load

    try:
        content = path.read_bytes()
    except OSError as error:
        raise MissingModelError(f"The judge's weights are missing ({path.name}). Install claimdesk again.") from error
    if expected and hashlib.sha256(content).hexdigest() != expected:
        raise MissingModelError(
            f"The judge's weights ({path.name}) are not the expected ones. Install claimdesk again."
        )
    packed = load(content)
    weights = {name: array.astype(np.float32) for name, array in packed.items() if name != _SCALE}
    if _SCALE in packed:
        weights[_TABLE] *= packed[_SCALE]
    return weights


def file_hash(path: Path) -> str:
    """The sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
