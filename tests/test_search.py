"""Passages, store and corpus: what is searched and what comes out."""

import hashlib

from fakes import TinyEncoder

from claimdesk.corpus import Corpus, Query, fuse
from claimdesk.model import Document, Location, Source, Span
from claimdesk.origins import containment, group_copies, shingles
from claimdesk.passages import cut_passages
from claimdesk.settings import Settings
from claimdesk.store import search_terms


def source(name, text, **changes):
    document = Document(name, text, hashlib.sha256(text.encode()).hexdigest(), "txt", **changes)
    return Source(name, name, document)


def corpus(*sources, **settings):
    built = Corpus(sources, TinyEncoder(), Settings(**settings))
    built.index()
    return built


# --- passages ---


def test_a_passage_is_a_sentence_with_its_neighbors():
    text = "One fell. Two rose. Three left. Four stayed."
    passages = cut_passages(source("s1", text), neighbors=1)
    assert [p.core.of(text) for p in passages] == ["One fell.", "Two rose.", "Three left.", "Four stayed."]
    assert passages[1].window.of(text) == "One fell. Two rose. Three left."


def test_furniture_is_in_no_passage():
    text = "title: Secret\n\nTwo rose."
    passages = cut_passages(source("s1", text, furniture=(Span(0, 13),)))
    assert [p.core.of(text) for p in passages] == ["Two rose."]


def test_a_window_never_mixes_rows_of_a_table():
    text = "Region: North; Jobs: 10\n\nRegion: South; Jobs: 20"
    marks = ((0, Location(row=2)), (25, Location(row=3)))
    passages = cut_passages(source("s1", text, marks=marks))
    assert [p.window.of(text) for p in passages] == ["Region: North; Jobs: 10", "Region: South; Jobs: 20"]


def test_a_source_that_could_not_be_read_has_no_passages():
    assert cut_passages(Source("s1", "x.pdf", None, "broken")) == ()


# --- corpus ---


def test_search_terms_fold_endings_and_drop_stop_words():
    assert set(search_terms("The bodies were identified")) == set(search_terms("identifying a body"))


def test_every_source_that_speaks_about_a_claim_is_heard():
    sources = [source(f"s{i}", f"The Karsk mine employs {i}00 miners. It is old.") for i in range(1, 6)]
    hits = corpus(*sources).search([Query(("The Karsk mine employs 300 miners.",))])[0]
    assert {hit.passage.source for hit in hits} == {"s1", "s2", "s3", "s4", "s5"}


def test_a_source_about_something_else_is_not_shown():
    about, other = source("s1", "The Karsk mine employs miners."), source("s2", "Figs ripen in August.")
    hits = corpus(about, other).search([Query(("The Karsk mine employs 300 miners.",))])[0]
    assert [hit.passage.source for hit in hits] == ["s1"]


def test_one_source_gives_at_most_its_share_of_passages():
    text = " ".join(f"The Karsk mine employs {i} miners." for i in range(30))
    hits = corpus(source("s1", text), passages_per_source=3).search([Query(("Karsk mine miners",))])[0]
    assert len(hits) == 3


def test_fusion_prefers_what_both_rankings_know():
    assert fuse([[(1, 0.9), (2, 0.8)], [(2, 7.0), (3, 1.0)]])[0][0] == 2


# --- copies ---

STORY = "The Karsk mine was closed on Friday after an inspector found gas in two of its shafts, the owner said."


def test_near_copies_are_one_story_and_others_are_their_own():
    other = "The Lisle council voted to repair the bridge before winter comes to the valley this year."
    assert group_copies([STORY, other, STORY.replace("Friday", "Monday")]) == [0, 1, 0]


def test_containment_is_of_the_smaller_text():
    assert containment(shingles(STORY), shingles(STORY + " " + "It will stay closed for weeks.")) == 1.0
    assert containment(shingles(""), shingles(STORY)) == 0.0


def test_a_passage_that_writes_the_figure_is_heard_beside_the_best_ones():
    near = " ".join(f"The Karsk mine and its miners were in the news on day {day} of the strike." for day in range(9))
    far = "Above ground it is quieter. The mine paid 4,120 miners. Nobody complains about that."
    with_figure = Query(("The Karsk mine and its miners.",), figure="4,120 4120")
    found = corpus(source("s1", f"{near}\n\n{far}"), passages_per_source=3)
    plain = found.search([Query(with_figure.texts)])[0]
    assert len(found.search([with_figure])[0]) == len(plain) + 1
    assert "4,120" not in " ".join(found.words_of(hit.passage) for hit in plain)
    assert "4,120" in found.words_of(found.search([with_figure])[0][-1].passage)


def test_a_figure_alone_makes_no_passage_speak_about_a_claim():
    sources = source("s1", "The Karsk mine has miners."), source("s2", "The choir sold 4,120 tickets in Lond.")
    hits = corpus(*sources).search([Query(("The Karsk mine employs miners.",), figure="4,120 4120")])[0]
    assert {hit.passage.source for hit in hits} == {"s1"}
