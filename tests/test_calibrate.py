"""The combiner, its thresholds and doubts: how they are fit and chosen from labelled pairs that were looked at."""

import json
import random
from importlib import resources
from pathlib import Path

import numpy as np

from claimdesk.entailment.features import NAMES
from claimdesk.training.calibrate import (
    Seen,
    choose,
    choose_doubts,
    fit_combiner,
    likeliest_temperature,
    look_at_all,
    model_alone,
    trust,
)
from claimdesk.training.pairs import CONFLICTS, NOT_SUPPORTS, RELATED, SUPPORTS


def seen_pairs(count, noise, seed=1):
    rng = random.Random(seed)
    found = []
    for index in range(count):
        label = index % 3
        features = [0.0] * len(NAMES)
        features[label] = 2.0
        for place in range(3):
            features[place] += rng.gauss(0, noise)
        found.append(Seen("x", label, tuple(features), None))
    return found


def test_thresholds_keep_false_support_under_the_bound():
    clear, noisy = seen_pairs(900, 0.3), seen_pairs(900, 1.5)
    easy = choose(fit_combiner(clear), clear)["thresholds"]["supports"]
    hard = choose(fit_combiner(noisy), noisy)["thresholds"]["supports"]
    assert easy < hard


def test_temperature_softens_scores_that_are_too_sure():
    labels = np.array([0, 1, 2] * 100)
    scores = np.eye(3)[labels] * 9.0
    scores[::4] = np.roll(scores[::4], 1, axis=1)  # a quarter is wrong, though just as sure
    assert likeliest_temperature(scores, labels) > 2


def test_the_model_alone_is_scored_by_file_on_what_the_rules_left_open():
    def seen(file, label, supports, conflicts, related, ruled=None):
        return Seen(file, label, (supports, conflicts, related, 0.0), ruled)

    rows = [
        seen("a", SUPPORTS, 2.0, -2.0, -1.0),
        seen("a", CONFLICTS, 2.0, -2.0, -1.0),
        seen("a", CONFLICTS, 2.0, -2.0, -1.0, ruled="conflicts"),
        seen("b", NOT_SUPPORTS, -2.0, 1.0, 0.0),
    ]
    assert model_alone(rows) == {"a": 0.5, "b": 1.0}


def test_a_verdict_of_the_rules_is_withheld_from_where_that_costs_least():
    def ruled(label, against, stance="supports"):
        return Seen("a", label, (), stance, against=against)

    right = [ruled(SUPPORTS, -4.0), ruled(SUPPORTS, 1.0), ruled(SUPPORTS, 2.6)]
    false = [ruled(CONFLICTS, 2.5), ruled(CONFLICTS, 6.0), ruled(RELATED, -5.0)]
    assert 1.0 < choose_doubts([*right, *false])["supports"] <= 2.5  # one right verdict is given for two false ones
    assert choose_doubts(right)["supports"] > 2.6
    assert choose_doubts([ruled(SUPPORTS, 3.0, "conflicts"), ruled(CONFLICTS, 1.0, "conflicts")])["conflicts"] <= 3.0


def test_how_often_a_rule_is_right_is_told_where_it_decided_often_enough():
    def ruled(label, decided, against=None):
        return Seen("a", label, (), "supports", decided=decided, against=against)

    often = [ruled(SUPPORTS, "EQUAL")] * 40 + [ruled(CONFLICTS, "EQUAL")] * 10
    withheld = [ruled(CONFLICTS, "EQUAL", against=6.0)] * 20
    told = trust([*often, *withheld, *[ruled(SUPPORTS, "BOUND_OK")] * 3], {"supports": 2.5, "conflicts": 2.5})
    assert 0.79 < told["supports"]["EQUAL"] < 0.82  # 40 of 50; what the model withholds is not counted
    assert set(told["supports"]) == {"EQUAL"} and told["conflicts"] == {}


def test_what_was_seen_of_pairs_is_kept_and_read_back(tmp_path):
    weights = Path(str(resources.files("claimdesk").joinpath("data/judge.safetensors")))
    told = {"label": "supports", "file": "x"}
    rows = [
        {
            "claim": "The strike brought nurses more money.",
            "evidence": "Nurses won better pay after a walkout.",
            **told,
        },
        {"claim": "The flood destroyed 1,212 homes.", "evidence": "The flood destroyed 1,221 homes.", **told},
    ]
    first = look_at_all(rows, weights, tmp_path / "seen.json")
    assert [(item.ruled, item.decided) for item in first] == [(None, ""), ("conflicts", "DIGIT_SLIP")]
    assert look_at_all(rows, tmp_path / "no weights", tmp_path / "seen.json") == first


def test_what_an_older_version_saw_is_looked_at_again(tmp_path):
    weights = Path(str(resources.files("claimdesk").joinpath("data/judge.safetensors")))
    rows = [{"claim": "It rained.", "evidence": "It was dry.", "label": "conflicts", "file": "x"}]
    first = look_at_all(rows, weights, tmp_path / "seen.json")
    kept = json.loads((tmp_path / "seen.json").read_text("utf-8"))
    del kept[0]["standing"]["unplaced"]
    (tmp_path / "seen.json").write_text(json.dumps([*kept, *kept]), "utf-8")
    assert look_at_all(rows, weights, tmp_path / "seen.json") == first
