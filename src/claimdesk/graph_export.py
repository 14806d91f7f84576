"""Writes the two graphs that ``transformer`` opens; needs the onnx package.

``python -m claimdesk.graph_export [--first] FILE`` writes ``data/minilm_graph.onnx`` or, with ``--first``,
``data/minilm_first_graph.onnx``: the same bytes every time. Attention, GELU and the layer norms are
onnxruntime's own fused operators (domain ``com.microsoft``), so that no optimizer has to find them in small pieces.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from onnx import ModelProto, NodeProto, TensorProto, helper

from claimdesk.transformer import HEADS, LAYERS, NORM_EPSILON, WIDTH, graph_weights

_OPERATORS, _FUSED_OPERATORS, _FORMAT = 17, 1, 8  # versions of the two operator sets and of the file
_FUSED = "com.microsoft"


def build_graph(first: bool = False) -> ModelProto:
    """The BERT body, from three int64 inputs (batch, length) to ``last_hidden_state``, without its weights.

    With ``first`` only the first token leaves the attention of the last layer, and the rest of that layer, an eighth
    of all products, is computed for it alone.
    """
    axes = ["batch", "length"]
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    graph = helper.make_graph(
        [*_embeddings(), *(node for layer in range(LAYERS) for node in _layer(layer, first and layer == LAYERS - 1))],
        "minilm",
        [helper.make_tensor_value_info(name, TensorProto.INT64, axes) for name in inputs],
        [
            helper.make_tensor_value_info(
                "last_hidden_state", TensorProto.FLOAT, ["batch", 1 if first else "length", WIDTH]
            )
        ],
        [
            helper.make_tensor("zero", TensorProto.INT64, [1], [0]),
            *([helper.make_tensor("one", TensorProto.INT64, [1], [1])] if first else []),
            *(_open_weight(*item) for item in graph_weights().items()),
        ],
    )
    sets = [helper.make_opsetid("", _OPERATORS), helper.make_opsetid(_FUSED, _FUSED_OPERATORS)]
    return helper.make_model(graph, opset_imports=sets, ir_version=_FORMAT, producer_name="claimdesk")


def _open_weight(name: str, shape: tuple[int, ...]) -> TensorProto:
    """A weight with its name and shape; its values are given when a session is made."""
    weight = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL)
    weight.external_data.add(key="location", value="given_in_memory")
    return weight


def _embeddings() -> list[NodeProto]:
    norm = ["embeddings.norm.weight", "embeddings.norm.bias"]
    return [
        helper.make_node("Shape", ["input_ids"], ["length"], start=1, end=2),
        helper.make_node("Slice", ["embeddings.position", "zero", "length", "zero"], ["positions"]),
        helper.make_node("Gather", ["embeddings.word", "input_ids"], ["words"]),
        helper.make_node("Gather", ["embeddings.type", "token_type_ids"], ["types"]),
        helper.make_node("Add", ["words", "types"], ["typed_words"]),
        helper.make_node("Add", ["typed_words", "positions"], ["embedded"]),
        helper.make_node("LayerNormalization", ["embedded", *norm], ["hidden.0"], epsilon=NORM_EPSILON),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.INT32),
    ]


def _layer(layer: int, first: bool = False) -> list[NodeProto]:
    own, given = f"layer.{layer}", f"hidden.{layer}"
    attended, skipped = (f"{own}.heads.first", f"{given}.first") if first else (f"{own}.heads", given)
    cuts = [(f"{own}.heads", attended), (given, skipped)] if first else []
    result = "last_hidden_state" if layer == LAYERS - 1 else f"hidden.{layer + 1}"
    heads = [given, f"{own}.heads.weight", f"{own}.heads.bias", "mask"]
    wide = [f"{own}.widened", f"{own}.widened.bias"]
    return [
        helper.make_node("Attention", heads, [f"{own}.heads"], domain=_FUSED, num_heads=HEADS),
        *(helper.make_node("Slice", [whole, "zero", "one", "one"], [cut]) for whole, cut in cuts),  # of axis 1
        helper.make_node("MatMul", [attended, f"{own}.mixed.weight"], [f"{own}.mixed"]),
        _add_and_norm(f"{own}.mixed", skipped, f"{own}.attended"),
        helper.make_node("MatMul", [f"{own}.attended", f"{own}.widened.weight"], [f"{own}.widened"]),
        helper.make_node("BiasGelu", wide, [f"{own}.activated"], domain=_FUSED),
        helper.make_node("MatMul", [f"{own}.activated", f"{own}.narrowed.weight"], [f"{own}.narrowed"]),
        _add_and_norm(f"{own}.narrowed", f"{own}.attended", result),
    ]


def _add_and_norm(value: str, skipped: str, result: str) -> NodeProto:
    """``value`` with its bias, added to what skipped it, normalized: the end of both halves of a layer."""
    given = [value, skipped, f"{value}.norm.weight", f"{value}.norm.bias", f"{value}.bias"]
    return helper.make_node("SkipLayerNormalization", given, [result], domain=_FUSED, epsilon=NORM_EPSILON)


def main(argv: Sequence[str] | None = None) -> None:
    """Writes the graph to the file that is named."""
    parser = argparse.ArgumentParser(prog="python -m claimdesk.graph_export", description="Write the shipped graph.")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--first", action="store_true", help="the graph that gives the first token's state alone")
    arguments = parser.parse_args(argv)
    arguments.file.write_bytes(build_graph(arguments.first).SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
