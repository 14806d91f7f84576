"""The shipped graph is the one that the export writes, and its session computes what torch computes."""

import numpy as np
import pytest

from claimdesk.embed import packaged_model
from claimdesk.errors import MissingModelError
from claimdesk.transformer import MAX_LENGTH, graph_bytes, open_transformer


def batch(lengths=(33, 21, 9, 2, 1), seed=1):
    ids = np.random.default_rng(seed).integers(1_000, 30_000, (len(lengths), max(lengths)))
    mask = (np.arange(max(lengths)) < np.array(lengths)[:, None]).astype(np.int64)
    types = np.zeros_like(ids)
    types[:, max(lengths) // 2 :] = 1
    return ids * mask, mask, types


def random_body():
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertModel

    torch.manual_seed(3)
    shape = BertConfig(
        hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536, initializer_range=0.08
    )
    body = BertModel(shape, add_pooling_layer=False).eval()
    for name, value in body.named_parameters():
        if "LayerNorm" in name or "bias" in name:  # they start at exactly 1 and 0, which would hide a mix-up
            torch.nn.init.normal_(value, mean=1.0 if name.endswith("LayerNorm.weight") else 0.0, std=0.3)
    return body


def weights_of(body):
    return {name: value.detach().numpy() for name, value in body.named_parameters()}


def torch_hidden(body, ids, mask, types):
    import torch

    with torch.inference_mode():
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        return body(**{name: torch.from_numpy(array) for name, array in given.items()}).last_hidden_state.numpy()


def lowest_cosine(ours, theirs, mask):
    ours, theirs = ours[mask == 1], theirs[mask == 1]
    return (np.sum(ours * theirs, axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)).min()


@pytest.fixture(scope="module")
def random_model():
    body = random_body()
    return body, open_transformer(weights_of(body))


@pytest.mark.parametrize("first", [False, True])
def test_the_shipped_graphs_are_those_that_the_export_writes(tmp_path, first):
    pytest.importorskip("onnx")
    from claimdesk.graph_export import main

    main([str(tmp_path / "graph.onnx"), *(["--first"] if first else [])])
    assert (tmp_path / "graph.onnx").read_bytes() == graph_bytes(first)


def test_the_first_token_alone_is_the_same_as_among_all():
    from safetensors.numpy import load_file

    weights = load_file(packaged_model() / "model.safetensors")
    ids, mask, types = batch((9, 7, 2))
    alone = open_transformer(weights, first=True).hidden(ids, mask, types)
    assert alone.shape == (3, 1, 384)
    assert np.allclose(alone, open_transformer(weights).hidden(ids, mask, types)[:, :1], atol=1e-5)


def test_random_weights_give_what_torch_gives(random_model):
    body, session = random_model
    ids, mask, types = batch()
    ours, theirs = session.hidden(ids, mask, types), torch_hidden(body, ids, mask, types)
    assert ours.shape == (5, 33, 384)
    assert ours.dtype == np.float32
    assert np.allclose(ours[mask == 1], theirs[mask == 1], atol=2e-4)


def test_the_real_encoder_gives_what_torch_gives():
    pytest.importorskip("torch")
    from safetensors.numpy import load_file
    from transformers import BertModel

    folder = packaged_model()
    session = open_transformer(load_file(folder / "model.safetensors"))
    ids, mask, types = batch(seed=2)
    theirs = torch_hidden(BertModel.from_pretrained(folder).eval(), ids, mask, types)
    assert lowest_cosine(session.hidden(ids, mask, types), theirs, mask) >= 0.9999


def test_padding_changes_nothing(random_model):
    _, session = random_model
    ids, mask, types = batch()
    whole = session.hidden(ids, mask, types)
    alone = session.hidden(ids[1:2, :21], mask[1:2, :21], types[1:2, :21])
    assert np.allclose(whole[1, :21], alone[0], atol=1e-4)


def test_the_longest_input_works_and_a_longer_one_is_refused(random_model):
    _, session = random_model
    ids, mask, types = batch((MAX_LENGTH,))
    assert session.hidden(ids, mask, types).shape == (1, MAX_LENGTH, 384)
    ids, mask, types = batch((MAX_LENGTH + 1,))
    with pytest.raises(ValueError, match="512"):
        session.hidden(ids, mask, types)


def test_weights_that_do_not_fit_are_named(random_model):
    weights = weights_of(random_model[0])
    short = {name: array for name, array in weights.items() if name != "encoder.layer.5.output.dense.bias"}
    with pytest.raises(MissingModelError, match=r"encoder\.layer\.5\.output\.dense\.bias"):
        open_transformer(short)
    weights["embeddings.word_embeddings.weight"] = weights["embeddings.word_embeddings.weight"][:100]
    with pytest.raises(MissingModelError, match=r"\(100, 384\)"):
        open_transformer(weights)
