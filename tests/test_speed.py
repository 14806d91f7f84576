"""The speed benchmark runs, and its arithmetic is right; how fast anything is, no test asks."""

from random import Random

import pytest

from claimdesk.bench import as_table
from claimdesk.bench.made_up import article, documents
from claimdesk.bench.speed_encoding import arithmetic, sample, token_counts


def test_made_up_texts_are_long_enough_and_the_same_every_time():
    texts = documents(Random(3), 4, 100, plain=True)
    assert texts == documents(Random(3), 4, 100, plain=True)
    assert all(100 <= len(text.split()) < 130 for text in texts)
    assert 300 <= len(article(Random(3), texts, 300).split()) < 330


def test_an_article_repeats_its_documents_and_alters_a_part():
    texts = documents(Random(3), 4, 100)
    known = {sentence.rstrip(".") for text in texts for sentence in text.replace("\n\n", " ").split(". ")}
    said = [sentence.rstrip(".") for sentence in article(Random(4), texts, 400).replace("\n\n", " ").split(". ")]
    repeated = sum(sentence in known for sentence in said) / len(said)
    assert 0.5 < repeated < 1


def test_samples_are_distinct_passages():
    texts = sample(50)
    assert len(set(texts)) == 50
    assert all(4 < count <= 256 for count in token_counts(texts))


def test_arithmetic_of_one_text():
    # per token and layer: four matrices of 384 x 384 and two of 384 x 1,536, two operations an entry; then attention
    assert arithmetic(1) == 6 * (2 * (4 * 384 * 384 + 2 * 384 * 1536) + 4 * 384)
    assert arithmetic(33) == pytest.approx(0.70e9, rel=0.03)  # a sentence of a corpus


@pytest.mark.slow
def test_the_whole_benchmark_runs_small():
    from claimdesk.bench.speed import bench_speed

    figures = bench_speed(quick=True)
    assert figures["check"]["claims"] > 0
    assert figures["encoding"]["onnx"]["peak_memory_mb"] > 0
    assert figures["judge"]["same_labels"] == 1
    assert figures["judge"]["torch_fp32"]["peak_memory_mb"] > 0
    assert figures["throughput"]["same_verdicts"] == 1
    assert figures["cold_start"]["check_400_words"]["seconds"] > 0
    table = as_table(figures)
    assert "share_of_ceiling" in table
    assert "import_onnxruntime" in table
