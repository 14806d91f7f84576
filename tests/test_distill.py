"""A larger model that is taught first, and what the judge learns from it."""

import json
import shutil

import numpy as np
import pytest
from fakes import tiny_bert

from claimdesk.entailment.judges import CLASSES, load_judge
from claimdesk.errors import ClaimdeskError
from claimdesk.training.distill import answer, lessons, questions, together
from claimdesk.training.fit import Recipe, fit
from claimdesk.training.pairs import CONFLICTS, SUPPORTS, Pair
from claimdesk.training.run import train

PAIRS = [Pair(f"claim {n}", "evidence " * (1 + n % 7), SUPPORTS, "snli.dev") for n in range(64)]


@pytest.fixture(scope="module")
def untrained(tmp_path_factory):
    return tiny_bert(tmp_path_factory.mktemp("bert"), ("claim", "evidence"), num_hidden_layers=1, num_labels=3)


def likeliest(folder, path):
    return int(np.argmax(list(answer(PAIRS, folder, path).values())[0]))


def test_the_judge_learns_what_the_larger_model_says_and_the_labels_of_pairs_it_was_not_asked_about(
    untrained, tmp_path
):
    recipe = Recipe(pairs=640, batch=16, rate=0.02, frozen_layers=0, taught=1.0, smoothing=0.0)
    denied = dict.fromkeys(PAIRS, (0.0, 1.0, 0.0))
    told = fit(PAIRS, untrained, tmp_path / "told", recipe, halved=False, answers=denied)
    labelled = fit(PAIRS, untrained, tmp_path / "labelled", recipe, halved=False, answers={})
    assert likeliest(told, tmp_path / "told.npy") == CONFLICTS
    assert likeliest(labelled, tmp_path / "labelled.npy") == SUPPORTS


def test_answers_are_probabilities_of_each_pair_in_order_and_are_asked_for_once(untrained, tmp_path):
    folder = tmp_path / "taught"
    shutil.copytree(untrained, folder)
    shown = []
    first = answer(PAIRS, folder, tmp_path / "answers.npy", lambda done, total: shown.append((done, total)))
    assert list(first) == PAIRS and shown[-1] == (len(PAIRS), len(PAIRS))
    assert np.allclose([sum(row) for row in first.values()], 1, atol=0.01)
    kept = np.load(tmp_path / "answers.npy", mmap_mode="r+")
    kept[3] = np.nan  # what a run that was cut had not come to
    kept.flush()
    again = answer(PAIRS, folder, tmp_path / "answers.npy")
    assert np.allclose(list(again.values()), list(first.values()), atol=0.01)
    shutil.rmtree(folder)
    assert answer(PAIRS, folder, tmp_path / "answers.npy") == again


def test_lessons_are_short_different_and_mostly_labelled():
    long = Pair("claim", "evidence " * 200, SUPPORTS, "snli.dev")
    own = [Pair(f"claim {n}", "own", SUPPORTS, "written_news") for n in range(200)]
    made = [Pair(f"claim {n}", "made", CONFLICTS, "negated+") for n in range(200)]
    sets = [Pair(f"claim {n}", "set", SUPPORTS, "vitaminc_real_split.train+") for n in range(200)]
    chosen = lessons([long, *own, *made, *sets, *sets], 100, 1)
    assert len(set(chosen)) == 100 and long not in chosen
    assert [sum(pair in group for pair in chosen) for group in (sets, own, made)] == [53, 40, 7]
    assert chosen == lessons([long, *own, *made, *sets, *sets], 100, 1)
    asked = [long, *made, *own, *sets, *own]
    assert questions(asked, sets[:20], 300) == [*own, *sets[20:120]]
    assert questions(asked, sets[:20], 390) == [*own, *sets[20:], *sets[:10]]


def test_what_two_models_say_together_lies_between_them():
    (both,) = together({PAIRS[0]: (0.9, 0.05, 0.05)}, {PAIRS[0]: (0.1, 0.8, 0.1)}).values()
    assert sum(both) == pytest.approx(1) and both[0] == max(both) and 0.05 < both[1] < 0.8


def test_a_folder_without_a_model_is_named_before_anything_is_trained(tmp_path):
    with pytest.raises(ClaimdeskError, match="No model.safetensors"):
        train(tmp_path / "data", tmp_path / "out", teacher=tmp_path)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_training_wrote_is_a_judge_that_reads_marked_texts(tmp_path):
    classes = {"id2label": dict(enumerate(CLASSES)), "label2id": {name: n for n, name in enumerate(CLASSES)}}
    untrained = tiny_bert(tmp_path / "bert", ("claim", "evidence"), num_hidden_layers=1, **classes)
    folder = fit(PAIRS, untrained, tmp_path / "out", Recipe(pairs=16, batch=16, frozen_layers=0), halved=False)
    assert load_judge(str(folder)).marked and not load_judge(str(untrained)).marked
    assert json.loads((folder / "recipe.json").read_text("utf-8"))["seen"] == 16
