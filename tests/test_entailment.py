"""The trained judge: how it is loaded, what it reads, and what the rules forbid it."""

from datetime import date

import numpy as np
import pytest
from fakes import FixedMeaning, tiny_bert

from claimdesk.analysis import analyze
from claimdesk.checks.entailment import Standing, call, check_entailment, observe, standing_of
from claimdesk.entailment.combiner import Combiner, Doubts, Thresholds, combiner_from, load_combiner
from claimdesk.entailment.doubts import against
from claimdesk.entailment.features import NAMES
from claimdesk.entailment.judges import (
    NamedJudge,
    Probabilities,
    ShippedJudge,
    class_order,
    load_judge,
    softmax,
)
from claimdesk.entailment.placing import is_misplaced
from claimdesk.entailment.reported import is_reported_alike
from claimdesk.entailment.rivals import has_rival_name
from claimdesk.entailment.weights import load_weights, save_weights
from claimdesk.entailment.windows import choose_windows, cut_windows, read_evidence
from claimdesk.errors import MissingModelError
from claimdesk.judge import apply_rules, claim_subject, evidence_part, judge, rule_findings
from claimdesk.model import Meta, Stance

TRUSTING = Combiner(
    mean=(0.0,) * len(NAMES),
    scale=(1.0,) * len(NAMES),
    weights=tuple(tuple(float(column == row) for column in range(len(NAMES))) for row in range(3)),
    bias=(0.0, 0.0, 0.0),
    temperature=1.0,
    thresholds=Thresholds(
        supports=0.8,
        supports_doubtful=0.9,
        supports_unplaced=0.95,
        conflicts=0.8,
        conflicts_valued=0.85,
    ),
    doubts=Doubts(supports=4.0, conflicts=4.0),
    rules={},
)


def read(claim, evidence, supports=0.98, conflicts=0.01):
    """What a judge that always answers the same leads to."""
    subject, parts = claim_subject(claim), [evidence_part(evidence)]
    findings = rule_findings(subject, parts)
    return check_entailment(subject, parts, findings, FixedMeaning(supports, conflicts), TRUSTING)[0]


def test_a_sure_reading_supports_with_its_window_as_evidence():
    evidence = "Prices rose. Nurses won better pay after the walkout."
    (found,) = read("The strike brought nurses more money.", evidence)
    assert found.label == "ENTAILED"
    assert found.evidence_value == evidence


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        # a number or a date that the passage does not have
        ("The strike brought 400 nurses more money.", "Some 300 nurses won better pay after the walkout."),
        ("The strike of 2019 brought nurses more money.", "In 2021 nurses won better pay after the walkout."),
        # negation, modality, condition
        ("The minister resigned over the leak.", "The minister may resign over the leak."),
        ("The minister resigned over the leak.", "The minister did not resign over the leak."),
        ("The bridge will open in spring.", "The bridge will open in spring if the tests go well."),
        # words in quotation marks are for the quote check alone
        ('The mayor said: "We will rebuild every house."', 'The mayor said: "We may rebuild some houses one day."'),
    ],
)
def test_no_reading_overrules_what_the_rules_forbid(claim, evidence):
    assert not any(found.label == "ENTAILED" for found in read(claim, evidence))


def test_a_sure_contradiction_conflicts():
    (found,) = read("The strike brought nurses more money.", "The walkout ended without a deal.", 0.01, 0.98)
    assert found.label == "CONTRADICTED"


def test_an_unsure_reading_decides_nothing():
    assert read("The strike brought nurses more money.", "The walkout ended.", 0.5, 0.2) == []


@pytest.mark.parametrize(
    ("shares", "standing", "stance"),
    [
        ((0.85, 0.1, 0.05), Standing(), Stance.SUPPORTS),
        ((0.95, 0.03, 0.02), Standing(forbidden=True), Stance.RELATED),
        ((0.5, 0.3, 0.2), Standing(), Stance.RELATED),
        # a name or a value that is not shown to be the claim's: only a surer reading supports
        ((0.85, 0.1, 0.05), Standing(doubtful=True), Stance.RELATED),
        ((0.95, 0.03, 0.02), Standing(doubtful=True), Stance.SUPPORTS),
        # all of the claim's words are there: nothing forbids it
        ((0.85, 0.1, 0.05), Standing(restated=True, forbidden=True, doubtful=True), Stance.SUPPORTS),
        ((0.3, 0.5, 0.2), Standing(restated=True), Stance.RELATED),
        ((0.1, 0.82, 0.08), Standing(), Stance.CONFLICTS),
        ((0.1, 0.82, 0.08), Standing(valued=True), Stance.RELATED),
        # absence is no conflict
        ((0.05, 0.9, 0.05), Standing(valued=True, absent=True), Stance.RELATED),
    ],
)
def test_the_policy_over_probabilities(shares, standing, stance):
    assert call(Probabilities(*shares), TRUSTING.thresholds, standing) is stance


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("She took office in 2020.", "She took office in 2018 and called an election in 2020."),
        ("Ruiz said the plan would fail.", "Cole told reporters the plan was doomed."),
    ],
)
def test_what_is_there_and_said_of_or_by_another_is_no_support(claim, evidence):
    subject, parts = claim_subject(claim), [evidence_part(evidence)]
    findings = rule_findings(subject, parts)
    seen = observe(subject, parts, findings, FixedMeaning())
    assert seen is not None
    standing = standing_of(subject, parts, findings, seen)
    assert standing.forbidden


@pytest.mark.parametrize(
    ("claim", "evidence", "rival"),
    [
        ("Ana Ruiz won the Halden Prize.", "The Halden Prize went to Marta Cole.", True),
        ("Ana Ruiz won the Halden Prize.", "She won the Halden Prize in Lisbon.", False),  # a place is no rival of a person
        ("The depot in Oster burned down.", "The depot in Tarn burned down.", True),
        ("Ana Ruiz won.", "Ruiz won, and Marta Cole was third.", False),
    ],
)  # fmt: skip
def test_another_name_in_the_place_of_a_missing_one_is_its_rival(claim, evidence, rival):
    assert has_rival_name(analyze(claim).view(), [analyze(evidence).view()]) is rival


# --- what the rules decided, doubted ------------------------------------------------------------

TAX = "Lawmakers voted 88 to 61 on Thursday to abolish the tax."
TURNED_TAX = "Lawmakers voted 88 to 61 on Thursday to keep the tax."


def test_figures_that_agree_support_nothing_in_a_sentence_read_as_its_opposite():
    subject, parts = claim_subject(TURNED_TAX), [evidence_part(TAX)]
    assert judge(subject, parts, FixedMeaning(0.9, 0.05)).stance is Stance.SUPPORTS
    doubted = judge(subject, parts, FixedMeaning(0.0001, 0.9998))
    assert doubted.stance is Stance.RELATED
    assert "88 to 61" in doubted.reason and "does not read the whole as supporting" in doubted.reason
    assert [finding.label for finding in doubted.findings if finding.flag] == ["READ_OTHERWISE"]


@pytest.mark.parametrize(
    ("claim", "evidence", "doubtful"),
    [
        ("The bridge opens in May 2026.", "The bridge opens next month.", False),
        ("The bridge opens in May 2026.", "The bridge opens in May 2026, the council said.", True),
        ("The mill shut on 4 May.", "The mill nearly shut on 4 May 2026.", True),
    ],
)
def test_a_date_that_only_the_source_s_day_tells_is_not_doubted(claim, evidence, doubtful):
    subject, parts = claim_subject(claim), [evidence_part(evidence, Meta(date=date(2026, 4, 28)))]
    ruled = apply_rules(subject, parts)
    assert ruled.judgement.stance is Stance.SUPPORTS
    assert ruled.is_doubtful is doubtful


def test_how_sure_a_rule_is_of_a_sentence_is_how_often_it_was_right():
    told = load_combiner().rules["conflicts"]["EXACT_CONFLICT"]
    subject, parts = claim_subject("The fire killed 18 people."), [evidence_part("The fire killed 12 people.")]
    found = judge(subject, parts, FixedMeaning(0.9, 0.05))
    assert found.stance is Stance.CONFLICTS and found.confidence == told


def test_a_doubted_conflict_is_no_support():
    subject = claim_subject("Hungary did not join the others in backing the sanctions.")
    parts = [evidence_part("Hungary did join the others in backing the sanctions.")]
    assert judge(subject, parts, FixedMeaning(0.05, 0.9)).stance is Stance.CONFLICTS
    assert judge(subject, parts, FixedMeaning(0.9998, 0.0001)).stance is Stance.RELATED


@pytest.mark.parametrize(
    ("claim", "evidence", "stance"),
    [
        (
            'The mayor said: "We will rebuild every house."',
            'The mayor said: "We will rebuild every house."',
            Stance.SUPPORTS,
        ),
        (
            'The mayor said: "We will rebuild every house."',
            'The mayor said: "We will not rebuild every house."',
            Stance.CONFLICTS,
        ),
        ("The flood destroyed 1,212 homes.", "The flood destroyed 1,221 homes.", Stance.CONFLICTS),
    ],
)
def test_no_reading_goes_over_words_in_quotation_marks_or_another_figure(claim, evidence, stance):
    subject, parts = claim_subject(claim), [evidence_part(evidence)]
    for shares in ((0.9998, 0.0001), (0.0001, 0.9998)):
        assert judge(subject, parts, FixedMeaning(*shares)).stance is stance


def test_of_several_windows_the_one_with_the_figure_is_asked():
    sentences = [f"Item {n} of the long agenda was put off to the next meeting of the full council." for n in range(12)]
    evidence = " ".join([*sentences, TAX])
    subject, parts = claim_subject(TAX), [evidence_part(evidence)]
    finding = next(found for found in rule_findings(subject, parts) if found.check == "numbers")
    at = evidence.index(TAX)
    reading = read_evidence(subject.view, parts, Beside("abolish"))
    assert len(reading.windows) > 1 and finding.evidence_span.start >= at
    assert against(Stance.SUPPORTS, finding, reading) < 0  # only the window with the vote supports


class Beside(FixedMeaning):
    """Supports what has a word, contradicts all else."""

    def __init__(self, word):
        self.word = word

    def predict(self, pairs):
        return [
            Probabilities(0.9, 0.05, 0.05) if self.word in text else Probabilities(0.0, 1.0, 0.0) for _, text in pairs
        ]


# --- the shipped model ---------------------------------------------------------------------------


def test_the_shipped_judge_tells_a_restatement_from_another_matter():
    evidence = "The bridge over the Tarn was closed on Monday after a barge struck it."
    same, other = load_judge().predict(
        [("The bridge was shut on Monday.", evidence), ("The museum hired a director.", evidence)]
    )
    assert same.supports > 0.5
    assert other.related > 0.5


def test_rules_and_judge_together_see_opposite_outcomes():
    subject = claim_subject("The appeals court overturned the conviction.")
    parts = [evidence_part("The appeals court upheld the conviction on Tuesday.")]
    assert judge(subject, parts, load_judge()).stance is Stance.CONFLICTS


def test_order_and_batching_change_nothing():
    pairs = [("It rained.", "It rained all day in Tarn."), ("The dam broke.", "A dam " * 90)] * 20
    both = load_judge().predict(pairs)
    alone = load_judge().predict(pairs[:1])
    assert both[0].supports == pytest.approx(alone[0].supports, abs=1e-4)
    assert load_judge().predict([]) == []


def test_the_shipped_combiner_fits_the_features():
    found = load_combiner().probabilities([0.0] * len(NAMES))
    assert found.supports + found.conflicts + found.related == pytest.approx(1)


def test_a_combiner_of_other_features_is_refused():
    with pytest.raises(ValueError, match="other features"):
        combiner_from({"features": ["length"]})


# --- weights -------------------------------------------------------------------------------------


def test_weights_survive_packing(tmp_path):
    rng = np.random.default_rng(3)
    weights = {
        "embeddings.word_embeddings.weight": rng.normal(0, 0.05, (200, 16)).astype(np.float32),
        "classifier.weight": rng.normal(0, 0.05, (3, 16)).astype(np.float32),
    }
    digest = save_weights(weights, tmp_path / "w.safetensors")
    back = load_weights(tmp_path / "w.safetensors", digest)
    assert all(np.abs(back[name] - weights[name]).max() < 1e-3 for name in weights)


def test_changed_or_missing_weights_are_refused(tmp_path):
    path = tmp_path / "w.safetensors"
    save_weights({"embeddings.word_embeddings.weight": np.ones((2, 2), np.float32)}, path)
    with pytest.raises(MissingModelError, match="not the expected ones"):
        load_weights(path, "0" * 64)
    with pytest.raises(MissingModelError, match="missing"):
        ShippedJudge(tmp_path / "none.safetensors").predict([("a", "b")])


# --- other people's models -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny_nli(tmp_path_factory):
    """A cross-encoder of one small layer whose classes stand in another order than ours."""
    return tiny_bert(
        tmp_path_factory.mktemp("nli"),
        ("the", "court", "upheld", "overturned", "it"),
        num_hidden_layers=1,
        id2label={0: "contradiction", 1: "entailment", 2: "neutral"},
        label2id={"contradiction": 0, "entailment": 1, "neutral": 2},
        bias=[0.0, 9.0, 0.0],  # always entailment
    )


def test_a_named_model_is_read_by_its_own_labels(tiny_nli):
    (found,) = load_judge(str(tiny_nli)).predict([("it upheld", "the court upheld it")])
    assert found.supports > 0.9
    assert isinstance(load_judge(str(tiny_nli)), NamedJudge) and not load_judge(str(tiny_nli)).marked


def test_a_named_model_still_obeys_the_rules(tiny_nli):
    subject, parts = claim_subject("The court upheld 12 bans."), [evidence_part("The court upheld 21 bans.")]
    assert judge(subject, parts, load_judge(str(tiny_nli))).stance is not Stance.SUPPORTS


def test_labels_that_say_nothing_are_refused():
    with pytest.raises(MissingModelError, match="entailment, contradiction and neutral"):
        class_order({0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, "unknown")


def test_a_model_that_is_not_there_is_named(tmp_path):
    with pytest.raises(MissingModelError, match="could not be loaded"):
        load_judge(str(tmp_path / "nothing"))


# --- windows -------------------------------------------------------------------------------------


def long_text(count):
    return " ".join(
        f"Sentence number {index} of the report says that the harbor was calm that day." for index in range(count)
    )


def test_short_evidence_is_read_whole_and_long_evidence_in_overlapping_windows():
    assert len(list(cut_windows(evidence_part("It rained. It poured.").view))) == 1
    views = list(cut_windows(evidence_part(long_text(20)).view))
    assert len(views) > 3
    for one, two in zip(views, views[1:], strict=False):
        assert two.span.start < one.span.end  # a sentence of overlap
    assert views[0].span.start == 0 and views[-1].span.end >= len(long_text(20)) - 1


def test_the_window_that_speaks_of_the_claim_is_chosen():
    text = long_text(20) + " The dam above Tarn burst at dawn. " + long_text(20)
    subject = claim_subject("The dam above Tarn burst.")
    chosen = choose_windows(subject.view, [evidence_part(text)])
    assert any("dam above Tarn" in view.text for _, view in chosen)
    assert len(chosen) <= 4


def test_no_evidence_is_no_reading():
    assert read_evidence(claim_subject("The dam burst.").view, [], FixedMeaning()) is None
    assert read_evidence(claim_subject("The dam burst.").view, [evidence_part(" ")], FixedMeaning()) is None


def test_softmax_is_stable():
    assert softmax(np.array([[1000.0, 0.0, -1000.0]])).tolist() == [[1.0, 0.0, 0.0]]


def test_exchanged_ways_conflict():
    subject = claim_subject("Marlow Steel is moving its headquarters from Eastwick to Tarn.")
    evidence = "Marlow Steel is moving its headquarters from Tarn to Eastwick, the firm said."
    assert judge(subject, [evidence_part(evidence)], FixedMeaning(0.98, 0.01)).stance is Stance.CONFLICTS
    same = "The firm Marlow Steel is moving its headquarters from Eastwick to Tarn in May."
    assert judge(subject, [evidence_part(same)], FixedMeaning(0.98, 0.01)).stance is not Stance.CONFLICTS


def test_a_value_of_another_event_is_no_support_however_sure_the_model_is():
    claim = "The strike at the colliery was called off on January 8."
    evidence = "The strike at the colliery began on January 8 and was called off on January 29."
    assert (
        judge(claim_subject(claim), [evidence_part(evidence)], FixedMeaning(0.98, 0.01)).stance is not Stance.SUPPORTS
    )


# --- where a value stands ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("Dale made a profit of 63 million.", "Dale made a loss of 63 million, against a profit of 18 million.", True),
        ("Dale made a loss of 63 million.", "Dale made a loss of 63 million, against a profit of 18 million.", False),
        ("She took office in 2020.", "She took office in 2018 and called an election in 2020.", True),
        ("She called an election in 2020.", "She took office in 2018 and called an election in 2020.", False),
        ("The town's budget is 3.2 million.", "It spends 3.2 million on the pool, a tenth of its budget.", True),
        ("Fewer than 57 critics reviewed it.", "It scored 96%, based on reviews by 56 critics.", False),
        ("The team has seven members.", "Founded in 2010, this is a seven-member team.", False),
    ],
)
def test_a_value_has_to_stand_by_the_claims_own_words(claim, evidence, expected):
    assert is_misplaced(analyze(claim).view(), [analyze(evidence).view()]) is expected


def test_a_name_without_a_place_is_no_rival_of_one_that_acts():
    told = analyze("The Lowlands have six towns.").view()
    assert not has_rival_name(told, [analyze("There are six towns: Dal, Perle and four others.").view()])
    assert has_rival_name(analyze("Ana Ruiz won.").view(), [analyze("Marta Cole won.").view()])


# --- who reports it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("The agency warned that the drug is fake.", "The drug has no effect at all, the agency warned.", True),
        ("The agency found that the drug is fake.", "The agency said that the drug has no effect at all.", False),
        ("The agency said that the drug is fake.", "The drug has no effect, the agency confirmed.", True),
        ("The agency said that the drug is fake.", "The drug has no effect, a rival firm said.", False),
        ("The agency said that the drug is fake.", "The drug has no effect.", False),
    ],
)
def test_what_was_reported_is_read_only_where_the_same_speaker_reports_it(claim, evidence, expected):
    quote = analyze(claim).view().quotes[0]
    assert is_reported_alike(quote, [analyze(evidence).view()]) is expected
