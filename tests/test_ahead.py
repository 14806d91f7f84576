"""Work done ahead of its turn changes no answer: not what is read, not what a check says."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FixedMeaning, TinyEncoder

from claimdesk.ahead import Beside, ReadAhead
from claimdesk.corpus import Corpus
from claimdesk.entailment.judges import Probabilities
from claimdesk.evidence import open_sources
from claimdesk.find import find_claims
from claimdesk.load import load_case, load_sources, read_article
from claimdesk.settings import Settings
from claimdesk.verify import Models, check, claim_query, hear_sources, load_models, settle_claim

CASES = sorted(path.parent for path in (Path(__file__).parent.parent / "claims").glob("*/article.*"))


class Counting(FixedMeaning):
    """Remembers what it was asked; supports what is short."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def predict(self, pairs):
        self.asked += pairs
        return [Probabilities(1 / len(evidence), 0.0, 1 - 1 / len(evidence)) for _, evidence in pairs]


class OneByOne:
    """The plain way: every pair alone, when its turn comes, and again when it comes again."""

    def __init__(self, model):
        self.name, self.marked, self._model = model.name, model.marked, model

    def predict(self, pairs):
        return [self._model.predict([pair])[0] for pair in pairs]


def test_answers_keep_their_order_and_no_pair_is_read_twice():
    model = Counting()
    with ReadAhead(model) as ahead:
        ahead.announce([("c", "long evidence"), ("c", "ab")])
        ahead.announce([("c", "ab"), ("c", "abcd")])
        found = ahead.predict([("c", "abcd"), ("c", "ab"), ("c", "never announced")])
        assert ahead.has_read([("c", "long evidence")])
        assert not ahead.has_read([("c", "unknown")])
    assert [answer.supports for answer in found] == [1 / 4, 1 / 2, 1 / 15]
    assert len(model.asked) == len(set(model.asked)) == 4


def test_a_model_that_fails_says_so_when_it_is_asked():
    class Broken(FixedMeaning):
        def predict(self, pairs):
            raise RuntimeError("no weights")

    with ReadAhead(Broken()) as ahead:
        ahead.announce([("c", "e")])
        with pytest.raises(RuntimeError, match="no weights"):
            ahead.predict([("c", "e")])


def test_steps_are_told_in_the_thread_that_waits():
    steps = []

    def work(report):
        report(1, 2)
        report(2, 2)
        return threading.get_ident()

    with Beside(work) as beside:
        other = beside.result(lambda done, total: steps.append((done, total, threading.get_ident())))
    assert steps == [(1, 2, threading.get_ident()), (2, 2, threading.get_ident())]
    assert other != threading.get_ident()


def test_an_error_reaches_whoever_waits():
    def work(report):
        raise ValueError("broken")

    with Beside(work) as beside, pytest.raises(ValueError, match="broken"):
        beside.result(lambda done, total: None)


def same_as_one_by_one(folder, models):
    case = load_case(folder)
    text, sources = read_article(case.article), load_sources(case.sources)
    fast = check(text, sources, models=models).claims
    found = find_claims(text)
    corpus = Corpus([source for source in sources if source.document], models.encoder)
    corpus.index()
    hits = corpus.search([claim_query(claim, text.text) for claim in found.claims])
    opened, plain = open_sources(found.document, corpus), OneByOne(models.meaning)
    for claim, passages, ours in zip(found.claims, hits, fast, strict=True):
        heard = hear_sources(claim, found, passages, opened)
        theirs = settle_claim(claim, heard, opened, plain, found.document.meta)
        assert (ours.claim, ours.verdict, ours.reason) == (claim, theirs.verdict, theirs.reason)
        assert ours.confidence == pytest.approx(theirs.confidence, abs=1e-5)
        for mine, other in zip(ours.evidence, theirs.evidence, strict=True):
            assert replace(mine, confidence=0, findings=()) == replace(other, confidence=0, findings=())
            assert [(seen.label, seen.evidence_span) for seen in mine.findings] == [
                (seen.label, seen.evidence_span) for seen in other.findings
            ]
            assert mine.confidence == pytest.approx(other.confidence, abs=1e-5)


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_a_check_says_what_one_source_after_the_other_says(folder):
    same_as_one_by_one(folder, Models(TinyEncoder(), Counting()))


@pytest.mark.slow
@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_a_check_says_what_one_source_after_the_other_says_with_real_models(folder):
    same_as_one_by_one(folder, load_models(Settings()))
