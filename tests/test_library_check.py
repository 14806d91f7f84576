"""Checks against a library: what is read and embedded, and the verdicts that its sources would give without it."""

from contextlib import closing
from pathlib import Path

import pytest
from fakes import FixedMeaning, TinyEncoder
from shelving import source, story

from claimdesk.library import Library, open_library, open_store
from claimdesk.load import load_case, load_sources, read_article
from claimdesk.model import Verdict
from claimdesk.verify import Models, check

CLAIMS = Path(__file__).parent.parent / "claims"


class Blind:
    """An encoder that must not be asked."""

    name = "tiny"

    def encode(self, texts, progress=None):
        raise AssertionError(f"{len(texts)} texts were embedded again")


def test_only_sources_near_a_claim_are_read(tmp_path, monkeypatch):
    library = open_library(tmp_path / "library.db", create=True, encoder=TinyEncoder())
    far = [source(f"f{i}", f"Figs number {i} ripen in August. Nobody counts them.") for i in range(100)]
    library.add_sources([*far, source("near", "The flood destroyed 340 homes in Tarn.")])
    read = []
    real = library.store.read_sources
    monkeypatch.setattr(library.store, "read_sources", lambda ids: read.extend(ids) or real(ids))
    article = read_article(written(tmp_path, "The flood destroyed 340 homes in Tarn."))
    report = check(article, models=Models(TinyEncoder(), FixedMeaning()), library=library.store)
    assert [item.path for item in report.sources] == ["/desk/near.txt"]
    assert len(set(read)) < 50
    library.close()


def written(folder, text):
    path = folder / "article.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_cut_run_embeds_nothing_twice(tmp_path):
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(30):
        (papers / f"{number:02}.txt").write_text(
            " ".join(f"Fact {i} of {number} is known." for i in range(40)), "utf-8"
        )

    class Failing(TinyEncoder):
        def encode(self, texts, progress=None):
            if len(self.encoded) > 500:
                raise KeyboardInterrupt
            return super().encode(texts, progress)

    first = Failing()
    library = open_library(tmp_path / "library.db", create=True, encoder=first)
    with closing(library), pytest.raises(KeyboardInterrupt):
        library.add([papers])
    second = TinyEncoder()
    with closing(open_library(tmp_path / "library.db", encoder=second)) as library:
        outcome = library.add([papers])
        assert outcome.same and outcome.added and len(outcome.same) + len(outcome.added) == 30
        assert not set(first.encoded) & set(second.encoded)


def test_what_a_person_set_outlives_the_same_source_given_again(tmp_path):
    with closing(open_library(tmp_path / "library.db", create=True, encoder=TinyEncoder())) as library:
        first = library.add_sources(
            [source("a", "The bridge was closed.", publisher="Web")], [("publisher", "Gazette")]
        )
        again = library.add_sources([source("a", "The bridge was opened.", publisher="Web")])
        assert first.added == again.changed
        entry = library.find(first.added[0])
        assert entry.meta.publisher == "Gazette" and entry.facts.added
        assert "opened" in library.read(entry.id).document.text


def test_moving_embeds_nothing(tmp_path):
    library = open_library(tmp_path / "a.db", create=True, encoder=TinyEncoder())
    library.add_sources([story(0), story(1)])
    target = open_store(tmp_path / "b.db", create=True)
    assert Library(library.store, Blind()).move_to(target) == 2
    assert Library(target, Blind()).entries() == library.entries()
    library.close()
    target.close()


@pytest.mark.parametrize("case", ["vaccine-trial", "council-vote"])
def test_a_library_gives_the_verdicts_that_its_sources_give(case, tmp_path):
    compare_verdicts(case, tmp_path, Models(TinyEncoder(), FixedMeaning()))


@pytest.mark.slow
@pytest.mark.parametrize("case", ["vaccine-trial", "council-vote", "city-budget"])
def test_with_the_real_models_too(case, tmp_path):
    from claimdesk.settings import Settings
    from claimdesk.verify import load_models

    compare_verdicts(case, tmp_path, load_models(Settings()))


def compare_verdicts(case, folder, models):
    files = load_case(CLAIMS / case)
    article = read_article(files.article)
    plain = check(article, load_sources(files.sources), models=models)
    library = open_library(folder / "library.db", create=True, encoder=models.encoder)
    library.add(files.sources)
    kept = check(article, models=models, library=library.store)
    library.close()
    assert [told(item) for item in kept.claims] == [told(item) for item in plain.claims]
    assert len({item.verdict for item in plain.claims}) > 1


def told(item):
    """A verdict with its reason; which passage is the nearest where nothing decides is a matter of rank."""
    return item.claim.text, item.verdict, item.reason if item.verdict is not Verdict.NOT_FOUND else ""
