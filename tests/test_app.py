"""The page, state by state: what a person sees, what the filters do, and that every word is shown as a word."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import ARTICLE, HOSTILE, document, hostile_report, sample_report
from streamlit.testing.v1 import AppTest

from claimdesk.errors import ClaimdeskError
from claimdesk.exports import EXPORTS
from claimdesk.model import Kind, Report, Verdict
from claimdesk.page.cases import keep_case, log_of
from claimdesk.page.desk import Order
from claimdesk.page.job import Job
from claimdesk.progress import CHECKING, Progress
from claimdesk.render.markup import escape
from claimdesk.render.standing import LOOKS, Standing
from claimdesk.review import Choice

APP = Path(__file__).parents[1] / "app.py"


@pytest.fixture(autouse=True)
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small cases in place of the shipped ones."""
    for name in ("ferry", "harbor"):
        sources = tmp_path / "claims" / name / "sources"
        sources.mkdir(parents=True)
        (sources.parent / "article.txt").write_text(ARTICLE, "utf-8")
        (sources / "minutes.txt").write_text("Minutes.", "utf-8")
    monkeypatch.setenv("CLAIMDESK_EXAMPLES", str(tmp_path / "claims"))
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "cases"))
    return tmp_path / "claims"


class Engine:
    """Stands in for the check: the page is tested here, not what it shows."""

    def __init__(self) -> None:
        self.orders: list = []
        self.result: Report | Exception = sample_report()
        self.gate: threading.Event | None = None

    def run_order(self, order: object):  # type: ignore[no-untyped-def]
        self.orders.append(order)

        def work(job: Job) -> Report:
            job.tell(Progress(CHECKING, 3, 10, "15 percent"))
            if self.gate:
                self.gate.wait(10)
            if isinstance(self.result, Exception):
                raise self.result
            return self.result

        return work


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    stand_in = Engine()
    monkeypatch.setattr("claimdesk.page.desk.run_order", stand_in.run_order)
    yield stand_in


def opened(report: Report | None = None, **query: str | list[str]) -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    if report:
        keep_case("sample", report, Order(pasted=report.text.text))
        page.query_params["case"] = "sample"
    page.run()
    assert not page.exception, page.exception
    return page


def words(page: AppTest) -> str:
    return "\n".join(part.value for part in page.html)


def cards(page: AppTest) -> list[str]:
    return [piece.partition('"')[0] for piece in words(page).split('<section id="')[1:]]


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception
    return page


# --- the empty page -------------------------------------------------------------------------------------


def test_an_empty_page_says_what_is_missing_step_by_step() -> None:
    page = opened()
    assert page.button(key="check").disabled and page.caption[0].value == "Add a text."
    page.text_area(key="pasted").set_value("It cost 12 euros.").run()
    assert page.button(key="check").disabled and page.caption[0].value == "Add at least one source."
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
    assert opened(case=name).button(key="check").disabled
    assert not engine.orders


# --- a running check ------------------------------------------------------------------------------------


def test_a_running_check_shows_its_claims_and_can_be_stopped(engine: Engine) -> None:
    engine.gate = threading.Event()
    early = replace(sample_report(), claims=sample_report().claims[:4])
    job = Job(engine.run_order(None))
    job.preview(early)
    page = AppTest.from_file(str(APP), default_timeout=30)
    page.session_state["job"] = job.start()
    threading.Timer(1.5, engine.gate.set).start()
    page.run()
    assert not page.exception
    assert "10 claims" in words(page)  # the script waited for the check and showed it
    assert page.session_state["job"] is None


def test_a_stopped_check_keeps_what_is_done() -> None:
    page = opened(sample_report())
    assert "The check was stopped after 9 of 10 claims." in words(page)
    assert LOOKS[Standing.NOT_CHECKED].word in words(page)


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
    assert "No claims were found. A claim is" in words(page)
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


def test_a_changed_text_makes_the_results_stale(engine: Engine) -> None:
    page = opened()
    page.text_area(key="pasted").set_value("It cost 12 euros.")
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    assert "Results are for the earlier text" not in words(page)
    page.text_area(key="pasted").set_value("It cost 13 euros.").run()
    assert "Results are for the earlier text" in words(page) and len(cards(page)) == 10
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


# --- decisions ------------------------------------------------------------------------------------------


def decided(page: AppTest) -> list[dict]:
    path = log_of(page.session_state["case"])
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_decision_draws_only_what_it_changes_again() -> None:
    page = opened(sample_report())
    page.button_group(key="choice_c1").set_value(Choice.AGREE).run()
    drawn = words(page)
    assert cards(page) == ["c1"] and "cd-count" in drawn and "cd-article" in drawn
    assert "cd-summary" not in drawn and not page.text_area


def set_choice(page: AppTest, identity: str, choice: Choice | None) -> AppTest:
    page.button_group(key=f"choice_{identity}").set_value(choice).run()
    assert not page.exception, page.exception
    return page.run()  # the whole page again


def test_a_decision_is_kept_counted_and_stamped_beside_the_verdict() -> None:
    page = opened(sample_report())
    assert "0 of 10 claims reviewed" in words(page)
    page.text_input(key="reviewer").set_value("Ada").run()
    set_choice(page, "c1", Choice.AGREE)
    [line] = decided(page)
    assert (line["reviewer"], line["decision"], line["machine"]) == ("Ada", "agree", "conflicting")
    assert "1 of 10 claims reviewed" in words(page)
    assert "Reviewed by Ada" in words(page) and "agrees with “Conflicting”" in words(page)
    assert words(page).count('cd-done"') == 1 and "(claim 1, conflicting, reviewed)" in words(page)


def test_after_a_refresh_the_decision_is_there_and_nothing_is_checked_again(engine: Engine) -> None:
    set_choice(opened(case="ferry"), "c1", Choice.AGREE)
    again = opened(case="ferry")
    assert len(engine.orders) == 1
    assert again.button_group(key="choice_c1").value == Choice.AGREE
    assert "1 of 10 claims reviewed" in words(again)
    assert "Results are for the earlier text" not in words(again)


def test_who_disagrees_is_asked_for_the_verdict_first() -> None:
    page = set_choice(opened(sample_report()), "c1", Choice.DISAGREE)
    assert "0 of 10 claims reviewed" in words(page) and not log_of("sample").exists()
    page.selectbox(key="verdict_c1").set_value(Verdict.SUPPORTED).run().run()
    assert decided(page)[-1]["verdict"] == "supported"
    assert "“Supported” instead of “Conflicting”" in words(page)


def test_a_note_is_kept_with_the_decision_and_undo_takes_it_back() -> None:
    page = set_choice(opened(sample_report()), "c1", Choice.NEEDS_WORK)
    page.text_input(key="note_c1").set_value("Ask <the> board.").run().run()
    assert decided(page)[-1]["note"] == "Ask <the> board." and "Ask &lt;the&gt; board." in words(page)
    assert "0 of 10 claims reviewed, 1 needs work" in words(page)
    page.button(key="undo_c1").click().run().run()
    assert [line["action"] for line in decided(page)] == ["decide", "decide", "undo"]
    assert page.button_group(key="choice_c1").value is None and "took the decision back" in words(page)


def test_two_reviewers_are_both_shown_and_their_dispute_is_counted() -> None:
    page = opened(sample_report())
    page.text_input(key="reviewer").set_value("Ada").run()
    set_choice(page, "c1", Choice.AGREE)
    page.text_input(key="reviewer").set_value("Ben").run()
    assert page.button_group(key="choice_c1").value is None
    set_choice(page, "c1", Choice.DISAGREE).selectbox(key="verdict_c1").set_value(Verdict.MIXED).run().run()
    assert "Reviewed by Ada" in words(page) and "Reviewed by Ben" in words(page)
    assert "The reviewers do not agree." in words(page) and "1 disputed" in words(page)


def test_the_name_of_the_reviewer_is_remembered() -> None:
    opened(sample_report()).text_input(key="reviewer").set_value("Ada").run()
    assert opened(sample_report()).text_input(key="reviewer").value == "Ada"


def test_what_is_reviewed_can_be_filtered() -> None:
    page = set_choice(opened(sample_report()), "c1", Choice.AGREE)
    page.segmented_control(key="reviewed").set_value("Reviewed").run()
    assert cards(page) == ["c1"] and page.query_params["review"] == "done"
    page.segmented_control(key="reviewed").set_value("To review").run()
    assert len(cards(page)) == 9 and "c1" not in cards(page)


def test_a_decision_whose_words_are_gone_is_listed(engine: Engine) -> None:
    page = opened()
    page.text_area(key="pasted").set_value("It cost 12 euros.")
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    set_choice(page, "c1", Choice.AGREE)
    text = ARTICLE.replace("€4.8 million", "€8.4 million")
    kept = tuple(checked for checked in sample_report().claims if checked.claim.id != "c1")
    engine.result = replace(sample_report(), text=document("ferry", text), claims=kept)
    page.text_area(key="pasted").set_value("It cost 13 euros.").run()
    press(page, "Check")
    labels = [part.label for part in page.expander]
    assert "Decisions whose words are no longer in the text (1)" in labels


def test_a_check_of_ones_own_text_is_kept_and_can_be_opened_again(engine: Engine) -> None:
    page = opened()
    page.text_area(key="pasted").set_value("It cost 12 euros.")
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "Check")
    name = page.session_state["case"]
    again = opened(case=name)
    assert len(cards(again)) == 10 and len(engine.orders) == 1
    assert again.segmented_control(key="origin").value == "This case"
    assert f'href="?case={name}"' in words(opened())
    press(again, "New check")
    assert "This case" not in again.segmented_control(key="origin").options


def test_a_check_that_cannot_be_kept_is_shown_all_the_same(engine: Engine, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "file" / "cases"))
    page = opened(case="ferry")
    assert len(cards(page)) == 10 and "The check could not be kept" in words(page)
    assert page.button_group(key="choice_c1").disabled


def test_a_damaged_case_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "broken"
    folder.mkdir(parents=True)
    (folder / "report.json").write_text("{", "utf-8")
    assert "not a Claimdesk report" in words(opened(case="broken"))


# --- one claim, and the sources -------------------------------------------------------------------------


def test_the_address_puts_a_claim_first() -> None:
    page = opened(sample_report(), claim="c7")
    assert cards(page)[0] == "c7" and len(cards(page)) == 10
    press(page, "Usual order")
    assert cards(page)[0] == "c1" and "claim" not in page.query_params


def test_a_source_is_shown_with_its_passage_and_the_way_to_the_next() -> None:
    page = opened(sample_report())
    page.button(key="source_c1").click().run()
    assert page.segmented_control(key="view").value == "Source"
    assert 'id="passage"' in words(page) and "Conflicting passage of claim 1" in words(page)
    assert "Minutes of the harbor board" in words(page)
    assert page.query_params["view"] == "source"
    page.button(key="walk_In this source_Next").click().run()
    assert "passage of claim 1" not in words(page) and 'id="passage"' in words(page)
    page.run()  # the whole page again
    page.segmented_control(key="view").set_value("Cards").run()
    assert len(cards(page)) == 10


def test_one_by_one_agrees_goes_on_and_takes_back() -> None:
    page = opened(sample_report(), view="one")
    assert cards(page) == ["c1"]
    page.button(key="step_A").click().run()
    assert cards(page) == ["c4"] and decided(page)[-1]["claim"]["id"] == "c1"
    page.button(key="step_J").click().run()
    assert cards(page) == ["c5"]
    page.button(key="step_U").click().run()
    assert cards(page) == ["c1"] and decided(page)[-1]["action"] == "undo"
    assert page.button(key="step_K").disabled


def test_filters_outlive_a_look_at_a_source() -> None:
    page = opened(sample_report(), q="hardly", verdict="conflicting")
    page.segmented_control(key="view").set_value("Source").run()
    page.segmented_control(key="view").set_value("Cards").run()
    assert cards(page) == ["c4"]
