"""The contract of every store: what one answers, all answer."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from fakes import TinyEncoder
from milvus_servers import WORDS, milvus_server  # noqa: F401
from shelving import LASTING, SERVERS, STORES, answers, ask, opener, put, shelved, source

from claimdesk.corpus import Corpus, Query
from claimdesk.errors import LibraryError
from claimdesk.filters import AllOf, Between, Equals, Field, OneOf, passes
from claimdesk.model import Location, Span
from claimdesk.origins import fingerprints
from claimdesk.store import Facts, Probe, passage_id

BRIDGE = source("a", "The bridge was closed on Friday. Rates rose to 4%.", publisher="Gazette", date="2025-05-01")
HARBOR = source("b", "The harbor opened in June. 1,212 boats came.", publisher="The  Herald", date="2025-06-01")
SCHOOL = source("c", "The school has 340 pupils. The bridge is near it.", publisher="gazette")


@pytest.fixture(params=[*STORES, *SERVERS])
def store(request, tmp_path):
    """Every store."""
    with opener(request, tmp_path) as again:
        yield again()


@pytest.fixture(params=[*STORES, pytest.param(WORDS, marks=pytest.mark.milvus)])
def reading(request, tmp_path):
    """Every store that searches by words."""
    with opener(request, tmp_path) as again:
        yield again()


@pytest.fixture(params=[*LASTING, *SERVERS])
def again(request, tmp_path):
    """Opens a store that lasts; a second call opens it a second time."""
    with opener(request, tmp_path) as opening:
        yield opening


@pytest.fixture
def lasting(again):
    return again()


# --- search ---


def test_passages_are_found_by_meaning_and_by_words(reading):
    put(reading, BRIDGE, HARBOR)
    by_meaning, by_words = ask(reading, "harbor opened", k=1)
    assert by_meaning == by_words == ["The harbor opened in June."]
    assert ask(reading, "volcano")[1] == []


def test_words_are_found_in_other_forms_and_without_accents(reading):
    put(reading, source("a", "The soldiers' bodies were identified in Brno by Zelenský."), HARBOR)
    assert (
        ask(reading, "identifying a body")[1]
        == ask(reading, "zelensky")[1]
        == ["The soldiers' bodies were identified in Brno by Zelenský."]
    )


def test_a_figure_is_one_word(reading):
    put(reading, HARBOR, source("d", "On 1 May 212 boats left."))
    assert "1,212 boats came." in ask(reading, "1,212")[1]
    assert all("212 boats left" not in text for text in ask(reading, "1,212")[1])


@pytest.mark.parametrize(
    "words", ['"', "'", "a AND", "NOT (", "text: x*", "^%$ -- ;", "\x00", "", "NEAR(a b)", "\ud800"]
)
def test_no_words_are_taken_as_orders(reading, words):
    put(reading, BRIDGE)
    reading.candidates([Probe(words)], 5)
    assert ask(reading, f"{words} bridge")[1]


def test_a_question_of_any_length_is_answered(reading):
    put(reading, BRIDGE)
    assert ask(reading, "bridge " + " ".join(f"word{n}" for n in range(20_000)))[1]


def test_a_question_without_a_vector_is_asked_by_words_alone(reading):
    put(reading, BRIDGE)
    found = reading.candidates([Probe("bridge"), Probe("rates", TinyEncoder().encode(["rates"])[0])], 5)
    assert found[0].dense == [] and found[0].lexical
    assert found[1].dense and found[1].lexical


def test_an_empty_store_answers_with_nothing(store):
    assert ask(store, "anything") == [[], []]
    assert store.passages([1]) == store.read_sources(["a"]) == {} and store.entries() == []
    assert (store.stats().sources, store.stats().passages, store.model) == (0, 0, "")


def test_scores_fall_and_no_more_come_than_were_asked_for(store):
    put(store, source("a", " ".join(f"The bridge has {n} lamps." for n in range(40))))
    found = store.candidates([Probe("bridge lamps", TinyEncoder().encode(["bridge lamps"])[0])], 7)[0]
    for ranked in (found.dense, found.lexical)[: len(answers(store, "bridge"))]:
        scores = [score for _, score in ranked]
        assert len(scores) == 7 and scores == sorted(scores, reverse=True)


# --- putting and taking away ---


def test_ids_of_passages_are_the_same_everywhere(store):
    put(store, BRIDGE)
    vector = TinyEncoder().encode(["bridge friday"])[0]
    found = store.candidates([Probe("bridge friday", vector)], 1)[0].dense[0][0]
    passage = store.passages([found])[found]
    assert found == passage_id("a", BRIDGE.document.sha256, passage)
    assert 0 <= found < 1 << 63


def test_putting_a_source_again_changes_nothing(store):
    put(store, BRIDGE, HARBOR)
    before = ask(store, "bridge closed"), store.stats().passages
    put(store, BRIDGE)
    assert (ask(store, "bridge closed"), store.stats().passages) == before


def test_a_new_text_takes_the_place_of_the_old_one(store):
    put(store, BRIDGE, HARBOR)
    put(store, source("a", "The tunnel was flooded."))
    assert ask(store, "bridge closed friday")[1] == []
    assert all("bridge" not in text for text in ask(store, "bridge")[0])
    assert all(found == ["The tunnel was flooded."] for found in answers(store, "tunnel", k=1))
    assert store.stats().sources == 2


def test_what_is_deleted_is_gone(store):
    put(store, BRIDGE, HARBOR)
    assert store.delete_source("a") and not store.delete_source("a")
    assert ask(store, "bridge closed")[1] == [] and len(ask(store, "bridge closed")[0]) == 2
    assert [entry.id for entry in store.entries()] == ["b"]
    put(store, BRIDGE)
    assert all(found == ["The bridge was closed on Friday."] for found in answers(store, "bridge closed", k=1))


def test_a_source_comes_back_as_it_was(store):
    document = replace(
        HARBOR.document, marks=((0, Location(page=2, speaker="Ruiz", turn=1)),), furniture=(Span(0, 3),), notes=("odd",)
    )
    given = replace(HARBOR, document=replace(document, meta=replace(document.meta, trust=0.9, role="mayor", kind="x")))
    put(store, given)
    assert store.read_sources(["b", "none"]) == {"b": given}
    entry = store.entries()[0]
    assert (entry.id, entry.path, entry.meta, entry.sha256) == ("b", given.path, given.document.meta, document.sha256)
    assert entry.passages == len(shelved(given).passages)


def test_damaged_characters_and_empty_texts_are_kept(store):
    put(store, source("a", "The bridge \ud800 was closed.\x00 Then it opened."), source("b", "…"))
    assert store.read_sources(["a"])["a"].document.text == "The bridge \ud800 was closed.\x00 Then it opened."
    assert all(answers(store, "bridge"))
    put(store, source("a", "Gone."))
    assert ask(store, "bridge")[1] == []


def test_vectors_of_another_model_are_refused(store):
    put(store, BRIDGE)
    with pytest.raises(LibraryError, match="tiny"):
        store.put_source(shelved(HARBOR, model="huge"))
    assert store.stats().sources == 1 and ask(store, "harbor")[1] == []


def test_texts_without_their_vectors_are_refused():
    with pytest.raises(ValueError, match="2 passages came with 1"):
        replace(shelved(BRIDGE), vectors=np.zeros((1, 4), dtype=np.float32))


# --- filters ---

FILTERS = [
    Equals(Field.SOURCE, "a"),
    Equals(Field.PUBLISHER, "GAZETTE"),
    Equals(Field.PUBLISHER, "the herald"),
    Equals(Field.DATE, date(2025, 6, 1)),
    OneOf(Field.SOURCE, ("a", "c", "z")),
    OneOf(Field.PUBLISHER, ()),
    Between(Field.DATE, date(2025, 5, 2), None),
    Between(Field.DATE, None, date(2025, 5, 2)),
    Between(Field.DATE, date(2025, 5, 1), date(2025, 6, 1)),
    Between(Field.DATE),
    AllOf(()),
    AllOf((Equals(Field.PUBLISHER, "gazette"), Between(Field.DATE, date(2025, 1, 1)))),
    Equals(Field.SOURCE, "a' OR '1'='1"),
]


@pytest.mark.parametrize("where", FILTERS, ids=str)
def test_a_filter_lets_the_same_sources_through_everywhere(store, where):
    put(store, BRIDGE, HARBOR, SCHOOL)
    wanted = {item.id for item in (BRIDGE, HARBOR, SCHOOL) if passes(where, item.id, item.document.meta)}
    assert {entry.id for entry in store.entries(where)} == wanted
    vector = TinyEncoder().encode(["the bridge and the harbor"])[0]
    found = store.candidates([Probe("bridge harbor", vector)], 10, where)[0]
    for ranked in (found.dense, found.lexical):
        assert {p.source for p in store.passages([name for name, _ in ranked]).values()} <= wanted
    assert {p.source for p in store.passages([name for name, _ in found.dense]).values()} == wanted


# --- a corpus over any store ---


def test_a_corpus_hears_a_library_as_it_hears_sources(store):
    put(store, BRIDGE, HARBOR, SCHOOL)
    query = Query(("The bridge was closed on Friday.",), exact="bridge was closed", figure="340")
    plain = Corpus([BRIDGE, HARBOR, SCHOOL], TinyEncoder())
    plain.index()
    kept = Corpus([], TinyEncoder(), library=store)
    kept.index()
    assert [hit.passage for hit in kept.search([query])[0]] == [hit.passage for hit in plain.search([query])[0]]
    assert set(kept.sources) == {hit.passage.source for hit in plain.search([query])[0]}


def test_what_is_given_is_not_heard_a_second_time_from_the_library(store):
    put(store, BRIDGE)
    corpus = Corpus([replace(BRIDGE, id="s1")], TinyEncoder(), library=store)
    corpus.index()
    assert {hit.passage.source for hit in corpus.search([Query(("The bridge was closed.",))])[0]} == {"s1"}


def test_a_library_of_another_model_is_refused(store):
    put(store, BRIDGE)
    other = TinyEncoder()
    other.name = "other"
    with pytest.raises(LibraryError, match="--model tiny"):
        Corpus([], other, library=store)


# --- what lasts ---


def test_all_of_a_source_can_be_given_to_another_store(lasting, tmp_path):
    item = shelved(HARBOR, Facts("2025-06-11T00:00:00Z", 40, 7, (("publisher", "The  Herald"),), "b"))
    lasting.put_source(item)
    found = lasting.get_source("b")
    assert np.abs(found.vectors - item.vectors).max() < 0.001
    assert replace(found, vectors=item.vectors) == replace(item)
    assert lasting.get_source("none") is None


def test_vectors_are_remembered_by_model_and_text(lasting):
    lasting.remember("tiny", ["a bridge", "a harbor"], TinyEncoder().encode(["a bridge", "a harbor"]))
    known = lasting.recall("tiny", ["a harbor", "a school"])
    assert list(known) == ["a harbor"]
    assert np.allclose(known["a harbor"], TinyEncoder().encode(["a harbor"])[0], atol=0.001)
    assert lasting.recall("other", ["a harbor"]) == {}
    assert lasting.model == ""


def test_vectors_outlive_their_source(lasting):
    put(lasting, BRIDGE)
    texts = shelved(BRIDGE).texts()
    lasting.delete_source("a")
    assert set(lasting.recall("tiny", texts)) == set(texts)


def test_copies_are_found_by_their_fingerprints(lasting):
    story = "The Karsk mine was closed on Friday after an inspector found gas in two of its five shafts, the owner said late."
    put(lasting, source("a", story), HARBOR)
    assert lasting.alike(fingerprints("Karsk (AP) " + story + " More soon.")) == ["a"]
    assert (
        lasting.alike(fingerprints("Nothing of the kind was ever written in any of these papers by any of them, ever."))
        == []
    )
    lasting.delete_source("a")
    assert lasting.alike(fingerprints(story)) == []


def test_copies_keep_one_origin_when_the_first_goes(lasting):
    for name in "abc":
        lasting.put_source(shelved(source(name, "A story."), Facts(origin="a")))
    assert {entry.facts.origin for entry in lasting.entries()} == {"a"}
    lasting.delete_source("a")
    assert [entry.facts.origin for entry in lasting.entries()] == ["b", "b"]
    lasting.put_source(shelved(source("a", "Another story."), Facts(origin="a")))
    assert {entry.id: entry.facts.origin for entry in lasting.entries()} == {"a": "a", "b": "b", "c": "b"}


def test_a_store_sees_what_another_connection_wrote(again):
    lasting, other = again(), again()
    put(lasting, BRIDGE)
    put(other, HARBOR)
    assert all(found == ["The harbor opened in June."] for found in answers(lasting, "harbor", k=1))
    other.delete_source("a")
    assert ask(lasting, "bridge closed")[1] == [] and len(ask(lasting, "bridge")[0]) == 2


def test_a_snapshot_is_one_moment(again):
    lasting, other = again(), again()
    put(lasting, BRIDGE)
    with lasting.snapshot():
        assert all(answers(lasting, "bridge"))
        other.delete_source("a")
        assert all(answers(lasting, "bridge")) and lasting.read_sources(["a"])
    assert ask(lasting, "bridge")[1] == []
