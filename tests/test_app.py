"""The page, state by state: what a person sees, and that every word is shown as a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hostile import HOSTILE, hostile_report
from page_driving import Engine, cards, lay_out_examples, opened, press, words
from sample_report import ARTICLE, document, sample_report

from claimdesk.errors import ClaimdeskError
from claimdesk.exports import EXPORTS
from claimdesk.model import Kind, Stance, Verdict
from claimdesk.render.markup import escape
from claimdesk.render.standing import LOOKS, Standing


@pytest.fixture(autouse=True)
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return lay_out_examples(tmp_path, monkeypatch)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stand_in = Engine()
    monkeypatch.setattr("claimdesk.page.desk.run_order", stand_in.run_order)
    return stand_in


# --- the empty page -------------------------------------------------------------------------------------


def test_an_empty_page_says_what_is_missing_step_by_step() -> None:
    page = opened()
    assert page.button(key="check").disabled and page.caption[0].value == "Add a text."
    page.text_area(key="pasted").set_value("It cost 12 euros.").run()
    assert (
        page.button(key="check").disabled and page.caption[0].value == "Add at least one source, or search a library."
    )
    page.text_input(key="folder").set_value("/somewhere").run()
    assert not page.button(key="check").disabled and "Stays on this computer" in page.caption[0].value


def test_uploads_reach_the_check(engine: Engine) -> None:
    page = opened()
    page.segmented_control(key="origin").set_value("Upload a file").run()
    page.file_uploader(key="file0").set_value(("text.txt", b"It cost 12 euros.", "text/plain"))
    page.file_uploader(key="uploads0").set_value([("a.txt", b"A.", "text/plain"), ("b.csv", b"x\n1", "text/csv")])
    page.run()
    press(page, "Check")
    order = engine.orders[0]
    assert order.file == ("text.txt", b"It cost 12 euros.")
    assert [name for name, _ in order.uploads] == ["a.txt", "b.csv"]


def test_an_example_brings_its_own_sources(engine: Engine, examples: Path) -> None:
    page = opened()
    page.segmented_control(key="origin").set_value("Try an example").run()
    page.button_group(key="example").set_value("ferry").run()
    assert "minutes.txt" in words(page)
    press(page, "Check")
    assert engine.orders[0].case == examples / "ferry"
    assert page.query_params["case"] == "ferry"
    assert "10 claims" in words(page)


def test_the_address_opens_an_example(engine: Engine, examples: Path) -> None:
    page = opened(case="harbor")
    assert engine.orders[0].case == examples / "harbor"
    assert "10 claims" in words(page)


@pytest.mark.parametrize("name", ["nowhere", "../claims/ferry", "/etc", ""])
def test_an_unknown_example_in_the_address_opens_the_empty_page(engine: Engine, name: str) -> None:
    page = opened(case=name)
    assert page.button(key="check").disabled
    before, _, boxes = words(page).partition("Claimdesk lists the claims of a text")
    assert ("No check is kept here under the name" in before) == bool(name) and boxes
    assert not engine.orders


# --- results --------------------------------------------------------------------------------------------


def test_counts_and_cards_equal_the_report() -> None:
    page = opened(sample_report())
    labels = page.button_group(key="verdict").options
    assert labels == [
        "≠ 3 Conflicting", "± 1 Mixed", "≈ 1 Not settled: wording differs", "? 1 Not found", "✓ 3 Supported",
        "– 1 Not checked",
    ]  # fmt: skip
    assert cards(page) == ["c1", "c4", "c5", "c6", "c9", "c8", "c2", "c3", "c7", "c10"]
    assert words(page).count('<mark id="m') == 10


@pytest.mark.parametrize("each", list(Standing))
def test_each_verdict_is_shown_with_word_sign_and_class(each: Standing) -> None:
    page = opened(sample_report(), verdict=each.value)
    look = LOOKS[each]
    shown = words(page)
    assert f"cd-card {look.css}" in shown and look.word in shown
    assert all(
        f"cd-card {other.css}" not in shown.partition("contradiction")[0] for other in LOOKS.values() if other != look
    )


def test_filters_stand_in_the_address_and_can_be_taken_back() -> None:
    page = opened(sample_report())
    page.button_group(key="verdict").set_value([Standing.CONFLICTING, Standing.MIXED]).run()
    page.button_group(key="kind").set_value([Kind.DATE]).run()
    assert cards(page) == ["c5"]
    assert page.query_params["verdict"] == ["conflicting", "mixed"] and page.query_params["kind"] == "date"
    assert "Showing 1 of 10 claims." in words(page)
    assert words(page).count("cd-dim") >= 9
    press(page, "Clear filters")
    assert len(cards(page)) == 10
    assert "verdict" not in page.query_params


def test_a_view_is_opened_from_its_address() -> None:
    page = opened(sample_report(), verdict=["conflicting"], q="hardly", order="text")
    assert cards(page) == ["c4"]
    assert page.text_input(key="q").value == "hardly"


def test_search_and_order() -> None:
    page = opened(sample_report())
    page.selectbox(key="order").set_value("As in the text").run()
    assert cards(page) == [f"c{number}" for number in range(1, 11)]
    page.text_input(key="q").set_value("no such words").run()
    assert cards(page) == [] and "No claim passes these filters." in words(page)


def test_an_unknown_filter_in_the_address_is_ignored() -> None:
    assert len(cards(opened(sample_report(), verdict="true", kind="lie", order="upside-down"))) == 10


def test_every_export_can_be_downloaded() -> None:
    page = opened(sample_report())
    assert [button.label for button in page.download_button] == [export.label for export in EXPORTS.values()]


def test_a_new_check_empties_the_page() -> None:
    page = opened(sample_report(), verdict="mixed")
    press(page, "New check")
    assert not cards(page) and page.button(key="check").disabled
    assert page.text_area(key="pasted").value == "" and not page.query_params


# --- the other states -----------------------------------------------------------------------------------


def test_a_text_without_claims_says_what_a_claim_is() -> None:
    page = opened(replace(sample_report(), claims=()))
    assert "No claims were found. A claim is" in words(page) and "press “Add a claim” below it" in words(page)
    assert "cd-article" in words(page)


def test_without_sources_every_claim_is_listed_as_not_checked() -> None:
    claims = tuple(
        replace(checked, verdict=Verdict.NOT_CHECKED, reason="No source was given.", evidence=(), flags=())
        for checked in sample_report().claims
    )
    page = opened(replace(sample_report(), sources=(), claims=claims, passages={}))
    assert len(cards(page)) == 10
    assert "No sources: the text was compared with itself only." in words(page)
    assert "No source was given." in words(page)
    assert "Open “Text and sources”, add some, and check again." in words(page)


def test_where_no_source_could_be_read_the_page_says_where_it_stands_why() -> None:
    report = sample_report()
    claims = tuple(replace(each, verdict=Verdict.NOT_CHECKED, evidence=(), flags=()) for each in report.claims)
    unread = tuple(source for source in report.sources if source.document is None)
    page = opened(replace(report, sources=unread, claims=claims, passages={}))
    assert "None of the sources could be read." in words(page)
    assert 'href="#unread"' in words(page) and 'id="unread"' in words(page)


def test_where_nothing_similar_was_found_the_nearest_passage_waits_behind_a_disclosure() -> None:
    report = sample_report()
    nearest = next(each for checked in report.claims for each in checked.evidence if each.stance is Stance.RELATED)
    claims = tuple(
        replace(each, verdict=Verdict.NOT_FOUND, reason="No source speaks about it.", evidence=(nearest,), flags=())
        for each in report.claims
    )
    page = opened(replace(report, claims=claims))
    shown = words(page)
    assert shown.count('<details><summary>1 related passage</summary><ul class="cd-passages">') == 10
    assert shown.count('<ul class="cd-passages">') == 10 and "Nothing was compared" not in shown
    assert shown.count("cd-card cd-not-found") == shown.count("No source speaks about it.") == 10


def test_a_changed_text_makes_the_results_stale(engine: Engine) -> None:
    page = opened()
    page.text_area(key="pasted").set_value("It cost 12 euros.")
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    assert "Results are for the earlier text" not in words(page)
    page.text_area(key="pasted").set_value("It cost 13 euros.").run()
    assert "Results are for the earlier text" in words(page) and len(cards(page)) == 10
    page.text_input(key="folder").set_value("").run()
    assert page.button(key="check_again").disabled
    assert [each.value for each in page.caption].count("Add at least one source, or search a library.") == 2
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    assert "Results are for the earlier text" not in words(page)


def test_an_error_says_what_to_do(engine: Engine) -> None:
    engine.result = ClaimdeskError("text.pdf is damaged; save it <again>.")
    page = opened(case="ferry")
    assert "This could not be checked" in words(page)
    assert "text.pdf is damaged; save it &lt;again&gt;." in words(page)
    assert not page.button(key="check").disabled


def test_an_unforeseen_error_keeps_the_page_alive(engine: Engine) -> None:
    engine.result = RuntimeError("<b>boom</b>")
    page = opened(case="ferry")
    assert "The check failed" in words(page) and "&lt;b&gt;boom" in words(page)


def test_after_an_error_the_earlier_results_are_still_there(engine: Engine) -> None:
    page = opened(case="ferry")
    engine.result = RuntimeError("boom")
    press(page, "Check")
    assert "The check failed" in words(page) and len(cards(page)) == 10


def test_a_file_that_was_not_read_is_an_item_and_not_a_failure() -> None:
    page = opened(sample_report())
    assert "1 file could not be read" in words(page)
    assert "Not read: scan.pdf has no text" in words(page)
    assert any(part.label == "Sources (5), 1 not read" for part in page.expander)


def test_contradictions_inside_the_text_are_shown() -> None:
    assert "The text against itself: 1 contradiction" in words(opened(sample_report()))


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_words_are_shown_literally(hostile: str) -> None:
    page = opened(hostile_report(hostile))
    shown = words(page)
    assert escape(hostile) in shown
    assert "<script" not in shown and "<img" not in shown and 'href="javascript' not in shown
    ours = [part.value for kind in (page.markdown, page.caption, page.title, page.header) for part in kind]
    labels = [part.label for kind in (page.button, page.expander, page.download_button) for part in kind]
    assert not any(hostile in words for words in [*ours, *labels] if len(hostile) > 3)


def test_a_long_report_is_cut_into_pages() -> None:
    report = sample_report()
    claims = tuple(
        replace(checked, claim=replace(checked.claim, id=f"c{number}"))
        for number, checked in enumerate(report.claims * 5, 1)
    )
    page = opened(replace(report, text=document("long", ARTICLE), claims=claims))
    assert len(cards(page)) == 20
    assert words(page).count('<mark id="m') == 50
