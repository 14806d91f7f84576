"""Training pairs with a known label, and a training run that goes on after a cut."""

import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from fakes import tiny_bert

from claimdesk.errors import ClaimdeskError
from claimdesk.training.around import distracted, respelled, retold, trailed
from claimdesk.training.contrasts import contrasts
from claimdesk.training.fit import Recipe, batches, fit, schedule
from claimdesk.training.frames import attributed, deeds, framed, groups, inner, outcomes
from claimdesk.training.lexicon import Lexicon, load_lexicon
from claimdesk.training.mixture import other_number
from claimdesk.training.pairs import (
    CONFLICTS,
    NOT_SUPPORTS,
    RELATED,
    SUPPORTS,
    Pair,
    is_held_out,
    read_corpus,
    read_pairs,
    text_key,
    write_pairs,
)
from claimdesk.training.rewrites import exchange, fail, negate, oppose, passive, read_clause, requantify, weaken
from claimdesk.training.topics import bereft, same_page
from claimdesk.training.written import Passage, joined, read_written, taught

LEXICON = Lexicon({("open", "VERB"): ("close",), ("approve", "VERB"): ("reject",)}, {"take": ("took", "taken")})


def rows(path, *found):
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"claim": claim, "evidence": evidence, "label": label}) for claim, evidence, label in found]
    path.write_text("\n".join(lines), "utf-8")


# --- labelled pairs ------------------------------------------------------------------------------


def test_what_the_development_files_share_is_never_trained_on(tmp_path):
    rows(tmp_path / "train" / "a.jsonl", ("A rose.", "It rose.", "supports"), ("B fell.", "Known text.", "conflicts"))
    rows(tmp_path / "dev" / "b.jsonl", ("Other.", "known  TEXT.", "nei"))
    corpus = read_corpus(tmp_path)
    assert [pair.claim for pair in (*corpus.kept, *corpus.held)] == ["A rose."]
    assert corpus.dropped == 1


def test_a_claim_is_held_out_with_all_its_pairs(tmp_path):
    rows(tmp_path / "train" / "a.jsonl", *((f"Claim {n % 40}.", f"Text {n}.", "supports") for n in range(400)))
    corpus = read_corpus(tmp_path)
    assert {pair.claim for pair in corpus.kept}.isdisjoint(pair.claim for pair in corpus.held)
    assert all(is_held_out(pair.claim) for pair in corpus.held)


def test_bad_rows_and_empty_folders_are_named(tmp_path):
    with pytest.raises(ClaimdeskError, match="No training files"):
        read_corpus(tmp_path)
    (tmp_path / "x.jsonl").write_text('{"claim": "a", "evidence": "b", "label": "maybe"}', "utf-8")
    with pytest.raises(ClaimdeskError, match="line 1"):
        read_pairs(tmp_path / "x.jsonl")


def test_pairs_survive_writing(tmp_path):
    pairs = [Pair("Ä.", "“b”\u2028c", CONFLICTS, "x")]
    write_pairs(pairs, tmp_path / "x.jsonl")
    assert [(pair.claim, pair.label) for pair in read_pairs(tmp_path / "x.jsonl")] == [("Ä.", CONFLICTS)]


# --- contrasts ---------------------------------------------------------------------------------------------


def made(sentence, seed=1):
    """The contrasts of a sentence by what they are made of, over several draws."""
    found = {}
    others = ["The council agrees."]
    for draw in range(12):
        for pair in contrasts(sentence, others, LEXICON, random.Random(seed + draw)):
            found.setdefault(pair.origin, []).append(pair)
    return found


def test_a_shorter_sentence_is_supported_unless_it_would_say_more():
    brief = made("The council, which met in Tarn, approved the plan on Monday.")["shortened"]
    assert {pair.label for pair in brief} == {SUPPORTS}
    assert {pair.claim for pair in brief} == {"The council approved the plan on Monday."}
    assert "shortened" not in made("No council, which met in Tarn, approved the plan on Monday.")
    assert "shortened" not in made("The council did not approve the plan on Monday.")


def test_two_names_changed_over_do_not_support():
    (pair, *_) = made("Anna Jones, who lives in Boston, hired Martin Smith last year.")["names_exchanged"]
    assert pair.label == NOT_SUPPORTS
    assert pair.claim != pair.evidence


def test_what_is_done_and_what_is_still_to_come_conflict():
    pairs = made("The firm opened a plant.")["not_yet"]
    assert {pair.label for pair in pairs} == {CONFLICTS}
    assert any("has yet to open a plant" in pair.claim + pair.evidence for pair in pairs)


def test_a_condition_leaves_the_deed_open():
    pairs = made("The firm opened a plant.")["conditional"]
    assert {pair.label for pair in pairs} == {RELATED}
    assert all("council agrees" in pair.evidence for pair in pairs)


def test_before_is_not_after():
    (pair, *_) = made("The firm opened a plant after it moved to Tarn.")["reordered"]
    assert pair.claim == "The firm opened a plant before it moved to Tarn." and pair.label == CONFLICTS


def test_quantifiers_keep_their_labels():
    rng = random.Random(2)
    for pair in groups(rng, 200):
        if pair.claim.startswith("All of the") and pair.evidence.startswith("None of the"):
            assert pair.label == CONFLICTS
        if pair.claim.startswith("Most of the") and pair.evidence.startswith("All of the"):
            assert pair.label == SUPPORTS
        if pair.claim.startswith("All of the") and pair.evidence.startswith("Most of the"):
            assert pair.label == RELATED


# --- rewrites ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "rewrite", "expected"),
    [
        ("The council approved the plan.", negate, "The council did not approve the plan."),
        ("The bridge was closed on Monday.", negate, "The bridge was not closed on Monday."),
        ("The bridge was not closed on Monday.", negate, None),
        ("The council approved the plan.", lambda c: oppose(c, LEXICON, random.Random(1)), "The council rejected the plan."),
        ("Martin Smith defeated Anna Jones in May.", exchange, "Anna Jones defeated Martin Smith in May."),
        ("Martin Smith married Anna Jones in May.", exchange, None),  # both sides say the same
        ("The firm took the contract on Friday.", lambda c: passive(c, LEXICON), "The contract was taken by the firm on Friday."),
    ],
)  # fmt: skip
def test_rewrites(sentence, rewrite, expected):
    clause = read_clause(sentence)
    assert clause is not None
    assert rewrite(clause) == expected


def test_a_weaker_or_failed_deed_keeps_its_verb_but_not_its_claim():
    clause = read_clause("The pilot landed the plane in fog.")
    assert clause is not None
    assert " land the plane" in weaken(clause, random.Random(1))
    assert " land the plane" in fail(clause, random.Random(1))


def test_all_is_more_than_some_but_most_excludes_few():
    assert requantify(read_clause("All schools in the county closed early.")) == (
        "Some schools in the county closed early.", False)  # fmt: skip
    assert requantify(read_clause("Most schools in the county closed early."))[1]


@pytest.mark.parametrize(
    "sentence", ["Who closed the bridge over the river?", "Short.", "“We won,” she said on Monday."]
)
def test_hard_sentences_are_left_alone(sentence):
    assert read_clause(sentence) is None


@pytest.mark.parametrize(
    ("lemma", "tag", "form"),
    [("reject", "VBD", "rejected"), ("take", "VBN", "taken"), ("stop", "VBG", "stopping"), ("carry", "VBZ", "carries"),
     ("open", "VBD", "opened"), ("close", "VBG", "closing")],
)  # fmt: skip
def test_inflection(lemma, tag, form):
    assert LEXICON.inflect(lemma, tag) == form


def test_a_machine_without_wordnet_is_told_what_to_install(tmp_path):
    with pytest.raises(ClaimdeskError, match="wordnet-base"):
        load_lexicon(tmp_path)


# --- frames --------------------------------------------------------------------------------------


def test_frames_keep_open_or_deny_what_they_hold():
    rng = random.Random(2)
    pairs = [pair for _ in range(40) for pair in framed("The dam broke.", "The dam broke.", "the dam broke", rng)]
    labels = {pair.origin: pair.label for pair in pairs}
    assert labels == {"frame_open": RELATED, "frame_keep": SUPPORTS, "frame_deny": CONFLICTS}
    assert inner("The dam broke.", False) == "the dam broke" and inner("Smith won.", True) == "Smith won"


def test_another_speaker_conflicts_and_an_accusation_says_nothing():
    same, other, disputed, denied, beside = attributed("The dam broke.", "the dam broke", random.Random(4))
    assert (same.label, other.label, disputed.label, denied.label) == (SUPPORTS, CONFLICTS, RELATED, CONFLICTS)
    assert (beside.label == SUPPORTS) == beside.evidence.startswith(beside.claim)


def test_small_worlds_hold_all_classes():
    rng = random.Random(5)
    labels = {pair.label for pair in [*deeds(rng, 30), *outcomes(rng, 30)]}
    assert labels == {SUPPORTS, CONFLICTS, RELATED}


def test_another_number_is_written_in_the_same_style():
    rng = random.Random(6)
    for written in ("1,212", "3.4", "2019", "15"):
        other = other_number(written, rng)
        assert other != written and ("," in other) == ("," in written and float(other.replace(",", "")) >= 1000)


def test_distracting_sentences_keep_the_evidence_and_the_label():
    pairs = [
        Pair(f"Claim {n} of the day.", f"Evidence number {n} says that the harbor was calm.", n % 3, "x")
        for n in range(90)
    ]
    changed = distracted(pairs, random.Random(1))
    longer = [(one, two) for one, two in zip(pairs, changed, strict=True) if one.evidence != two.evidence]
    assert longer and all(one.evidence in two.evidence and one.label == two.label for one, two in longer)


def test_a_speaker_after_the_evidence_leaves_its_label_and_its_words():
    rng = random.Random(2)
    pairs = [Pair(f"Turnout was {n}%.", f"Turnout was {n}% on the day.", n % 3, "x") for n in range(60)]
    changed = [(one, trailed(one, rng)) for one in pairs]
    longer = [(one, two) for one, two in changed if one != two]
    assert 0 < len(longer) < 30
    for one, two in longer:
        assert two.evidence.startswith(one.evidence[:-1] + ", ") and two.evidence.endswith(".")
        assert (two.claim, two.label) == (one.claim, one.label)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The port is shut.", "The port is shut, the mayor said."),
        ("Lind said that the port is shut.", "The port is shut."),
        ("The port is shut.", "The port is shut. The ferry sails."),
        ("The port is shut.", "Port: shut"),
    ],
)
def test_what_somebody_says_already_gets_no_second_speaker(claim, evidence):
    rng = random.Random(3)
    pair = Pair(claim, evidence, SUPPORTS, "x")
    assert all(trailed(pair, rng) == pair for _ in range(60))


def test_percent_is_written_the_other_way_in_the_evidence_alone():
    rng = random.Random(4)
    sign, word = Pair("It fell 4%.", "It fell 4% in May.", SUPPORTS, "x"), Pair("A", "Of it 4 percent.", CONFLICTS, "x")
    told = {respelled(sign, rng).evidence for _ in range(40)} | {respelled(word, rng).evidence for _ in range(40)}
    assert told == {"It fell 4% in May.", "It fell 4 percent in May.", "Of it 4 percent.", "Of it 4%."}
    assert [pair.label for pair in retold([sign, word], rng)] == [SUPPORTS, CONFLICTS]


# --- the loop ------------------------------------------------------------------------------------


def some_pairs(count=200):
    return [Pair(f"claim {n}", "evidence " * (1 + n % 7), n % 3, "x") for n in range(count)]


@pytest.mark.parametrize("seen", [0, 64, 96])
def test_a_run_that_goes_on_sees_the_batches_that_were_left(seen):
    recipe = Recipe(pairs=160, batch=32)
    whole = batches(some_pairs(), recipe)
    left = batches(some_pairs(), recipe, seen)
    assert left == whole[seen // 32 :]
    assert sum(map(len, whole)) >= recipe.pairs


def test_the_learning_rate_rises_then_falls():
    rates = [schedule(share / 20, 0.1) for share in range(21)]
    assert max(rates) == rates[2] and rates[-1] == 0.01


@pytest.fixture(scope="module")
def untrained(tmp_path_factory):
    return tiny_bert(tmp_path_factory.mktemp("bert"), ("claim", "evidence"), num_hidden_layers=2, num_labels=3)


@pytest.mark.parametrize("halved", [False, True])
def test_a_cut_run_ends_with_the_weights_of_an_uncut_one(untrained, tmp_path, halved):
    from safetensors.numpy import load_file

    recipe = Recipe(pairs=96, batch=16, frozen_layers=1, checkpoint_seconds=0.0)

    class CutError(Exception):
        pass

    def stop_at_64(seen, total, loss):
        if seen == 64:
            raise CutError

    whole = fit(some_pairs(96), untrained, tmp_path / "whole", recipe, halved=halved)
    with pytest.raises(CutError):
        fit(some_pairs(96), untrained, tmp_path / "cut", recipe, stop_at_64, halved)
    resumed = fit(some_pairs(96), untrained, tmp_path / "cut", recipe)
    one, two = (load_file(str(folder / "model.safetensors")) for folder in (whole, resumed))
    assert all((one[name] == two[name]).all() for name in one)
    assert json.loads((resumed / "recipe.json").read_text("utf-8"))["seen"] == 96


# --- one topic -----------------------------------------------------------------------------------


def test_other_sentences_of_a_page_leave_its_claims_open_and_versions_of_their_own_passage_do_not():
    own = "The bridge at Esker was opened in 1931 by the duke."
    version = "The bridge at Esker was opened in 1932 by the duke."
    other = "Trams have crossed the river since 1950."
    pairs = [
        Pair("The bridge was opened in 1931.", own, SUPPORTS, "x", "Esker"),
        Pair("The bridge was opened in 1931.", version, CONFLICTS, "x", "Esker"),
        Pair("Trams have crossed since 1950.", other, SUPPORTS, "x", "Esker"),
        Pair("Nobody lives there.", "A lighthouse stands on the cape.", SUPPORTS, "x", "Another page"),
    ]
    made = list(same_page(pairs, 20, random.Random(1)))
    assert {(pair.claim, pair.evidence) for pair in made} >= {("The bridge was opened in 1931.", other)}
    assert all(pair.label == RELATED for pair in made)
    assert not any("bridge" in pair.claim and "bridge" in pair.evidence for pair in made)
    assert not any(pair.claim == "Nobody lives there." for pair in made)


def test_a_passage_bereft_of_the_sentences_that_speak_of_the_claim_leaves_it_open():
    table = "Esker. Opened: 1931. Length: 410 m. Architect: Ada Holt. Owner: the county. Color: green."
    made = list(bereft([Pair("Esker was designed by Ada Holt.", table, SUPPORTS, "x")], 5, random.Random(1)))
    assert [pair.label for pair in made] == [RELATED]
    assert made[0].evidence.startswith("Esker.")
    assert "Holt" not in made[0].evidence


# --- news prose of our own -----------------------------------------------------------------------


def test_written_pairs_hold_all_classes_evenly_and_no_passage_is_on_both_sides():
    passages = read_written()
    kept = [pair for passage in passages if not passage.is_held_out for pair in passage.pairs()]
    held = [pair for passage in passages if passage.is_held_out for pair in passage.pairs()]
    assert {pair.evidence for pair in kept}.isdisjoint(pair.evidence for pair in held)
    for pairs in (kept, held):
        counts = Counter(pair.label for pair in pairs)
        assert min(counts[SUPPORTS], counts[CONFLICTS], counts[RELATED]) > len(pairs) / 6
    assert len({passage.evidence for passage in passages}) == len(passages)


def test_two_claims_in_one_sentence_have_the_class_of_the_one_that_is_not_supported():
    claims = (("plain", SUPPORTS, "The mill burned."), ("plain", CONFLICTS, "No one was hurt."))
    passage = Passage("The mill burned. Two men were hurt.", claims, "news")
    made = [pair for seed in range(200) for pair in joined(passage, random.Random(seed))]
    assert {pair.label for pair in made} == {CONFLICTS}
    assert {"The mill burned, and no one was hurt.", "No one was hurt; the mill burned."} <= {p.claim for p in made}


def test_claims_of_our_own_news_do_not_give_their_label_away():
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    rng = random.Random(1)
    passages = read_written()
    kept = list(taught([passage for passage in passages if not passage.is_held_out][::4], rng))
    held = list(taught([passage for passage in passages if passage.is_held_out], rng))
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    model = LogisticRegression(max_iter=500).fit(words.fit_transform([p.claim for p in kept]), [p.label for p in kept])
    likeliest = max(Counter(pair.label for pair in held).values()) / len(held)
    assert model.score(words.transform([p.claim for p in held]), [p.label for p in held]) < likeliest + 0.12


def test_no_written_passage_stands_in_the_tables_of_the_tests():
    tables = Path(__file__).parent / "tables"
    names = ("minimal_pairs", "floor_pairs", "red_pairs", "red_pairs_2", "news_pairs", "wire_pairs")
    rows = [json.loads(line) for name in names for line in (tables / f"{name}.jsonl").read_text("utf-8").splitlines()]
    known = {text_key(row["evidence"]) for row in rows if isinstance(row["evidence"], str)}
    assert len(known) > 300
    assert known.isdisjoint(text_key(passage.evidence) for passage in read_written())


def test_training_goes_on_from_the_shipped_form(tmp_path):
    from safetensors.numpy import load_file, save_file

    from claimdesk.embed import packaged_model
    from claimdesk.training.run import WEIGHTS, ship, start_from

    rng = np.random.default_rng(1)
    body = {f"bert.{name}": array for name, array in load_file(str(packaged_model() / "model.safetensors")).items()}
    head = {
        "classifier.weight": rng.normal(size=(3, 384)).astype(np.float32),
        "classifier.bias": np.zeros(3, np.float32),
    }
    (tmp_path / "trained").mkdir()
    save_file(body | head, str(tmp_path / "trained" / "model.safetensors"))
    ship(tmp_path / "trained", tmp_path)
    folder = start_from(tmp_path / WEIGHTS, tmp_path)
    again = load_file(str(folder / "model.safetensors"))
    assert set(again) == {name for name in body | head if "position_ids" not in name}
    assert np.abs(again["classifier.weight"] - head["classifier.weight"]).max() < 2e-3
    assert (folder / "tokenizer.json").exists()
