"""The default encoder gives the vectors of sentence-transformers, without torch."""

import random
import subprocess
import sys

import numpy as np
import pytest

from claimdesk.embed import PackagedEncoder, like_length_batches, load_encoder, packaged_model
from claimdesk.errors import MissingModelError

WORDS = (
    "council budget rose fell 5.1% 9,400 homes £3.5m “we will not” resign said on Monday Zürich naïve café 東京 "
    "минск 😀 e.g. U.S. 2025-11-12 don't well-known"
).split()

ODD = [
    "",
    " ",
    "\n\n",
    "a",
    "!!!",
    "  The budget rose by 5.1%.  ",
    "THE BUDGET ROSE BY 5.1%.",
    "x" * 5_000,
    "0" * 300,
    "word " * 2_000,
    "東京都の予算は増えた。",
    "😀😀😀",
    "e\u0301te\u0301",
    "zero\u200bwidth",
    "a\x00b",
    "[CLS] [SEP] [MASK]",
    "<b>bold</b> &amp; more",
]


def sample(count, seed=5):
    chance = random.Random(seed)
    made = [" ".join(chance.choices(WORDS, k=chance.choice((1, 3, 12, 30, 60, 400)))) for _ in range(count - len(ODD))]
    return [*ODD, *made]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def test_vectors_are_those_of_sentence_transformers(encoder):
    torch = pytest.importorskip("torch")
    from sentence_transformers import SentenceTransformer

    texts = sample(200)
    model = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)
    torch.set_num_threads(1)  # two threads wait for each other on a machine that is busy
    theirs = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    ours = encoder.encode(texts)
    assert ours.shape == (200, 384)
    assert ours.dtype == np.float32
    assert np.abs(ours - theirs).max() < 1e-4


def test_order_company_and_repetition_change_nothing(encoder):
    texts = sample(40, seed=6)
    together = encoder.encode(texts)
    apart = PackagedEncoder()
    assert np.allclose(together[7], apart.encode([texts[7]])[0], atol=1e-5)
    assert np.array_equal(encoder.encode([texts[3], texts[1], texts[3]]), together[[3, 1, 3]])


def test_rows_have_unit_length(encoder):
    assert np.allclose(np.linalg.norm(encoder.encode(sample(60)), axis=1), 1, atol=1e-5)


def test_nothing_gives_no_rows(encoder):
    assert len(encoder.encode([])) == 0


def test_progress_counts_distinct_new_texts():
    seen = []
    encoder = PackagedEncoder()
    encoder.encode(["One.", "Two words here.", "One."], lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)
    encoder.encode(["One."], lambda done, total: seen.append("again"))
    assert "again" not in seen


def test_batches_hold_every_index_once_with_little_padding():
    chance = random.Random(1)
    lengths = [chance.randint(2, 256) for _ in range(2_000)]
    batches = list(like_length_batches(lengths))
    assert sorted(index for batch in batches for index in batch) == list(range(2_000))
    area = sum(len(batch) * max(lengths[index] for index in batch) for batch in batches)
    assert area < 1.1 * sum(lengths)
    assert all(len(batch) * max(lengths[index] for index in batch) <= 256 for batch in batches)


def test_weights_that_are_not_the_known_ones_are_refused(monkeypatch, tmp_path):
    for file in packaged_model().iterdir():
        if file.name == "tokenizer.json":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    monkeypatch.setattr("claimdesk.embed.packaged_model", lambda: tmp_path)
    with pytest.raises(MissingModelError, match="not the expected ones"):
        PackagedEncoder()


def test_a_damaged_tokenizer_is_named(monkeypatch, tmp_path):
    (tmp_path / "tokenizer.json").write_text("{}")
    monkeypatch.setattr("claimdesk.embed.packaged_model", lambda: tmp_path)
    with pytest.raises(MissingModelError, match="tokenizer cannot be read"):
        PackagedEncoder()


def test_the_default_model_never_imports_torch():
    code = (
        "import sys; from claimdesk.embed import load_encoder; load_encoder().encode(['One.']); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'sentence_transformers', 'transformers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=120).returncode == 0
