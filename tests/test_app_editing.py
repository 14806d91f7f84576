"""The page: claims that a person adds, changes and drops, before and after the check."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import ARTICLE, document, sample_report
from streamlit.testing.v1 import AppTest

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Kind, Report, Span, Verdict
from claimdesk.page.cases import keep_case, log_of
from claimdesk.page.changed import read_changed
from claimdesk.page.desk import Order, find_dropped, preview, put_back
from claimdesk.page.editing import guess_kind, list_sentences, locate_words, new_claim
from claimdesk.page.job import Job
from claimdesk.page.library import Searched
from claimdesk.page.view_adding import pick_words
from claimdesk.report import report_id
from claimdesk.review import Wanted, append_decision, drop_claim
from claimdesk.review.amend import Rechecked

APP = Path(__file__).parents[1] / "app.py"
REPORT = sample_report()


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "claims").mkdir()
    monkeypatch.setenv("CLAIMDESK_EXAMPLES", str(tmp_path / "claims"))
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "cases"))


class Checks:
    """Stands in for the check of changed claims, and says which were checked."""

    def __init__(self) -> None:
        self.wanted: list[str] = []
        self.error: Exception | None = None
        self.searched = Searched()

    def run_changes(self, report: Report, wanted: tuple[Wanted, ...], searched: Searched):  # type: ignore[no-untyped-def]
        self.searched = searched

        def work(job: Job) -> Rechecked:
            if self.error:
                raise self.error
            self.wanted += [each.id for each in wanted]
            base = report.claims[0]
            done = {
                each.key(report_id(report)): replace(
                    base,
                    claim=replace(
                        each.base or base.claim, span=each.span, text=each.span.of(report.text.text), kind=each.kind
                    ),
                    verdict=Verdict.SUPPORTED,
                    reason="Checked on its own.",
                )
                for each in wanted
            }
            return Rechecked(done)

        return work


@pytest.fixture(autouse=True)
def checks(monkeypatch: pytest.MonkeyPatch) -> Checks:
    stand_in = Checks()
    monkeypatch.setattr("claimdesk.page.desk.run_changes", stand_in.run_changes)
    return stand_in


def opened(report: Report = REPORT) -> AppTest:
    if not (log_of("sample").parent / "report.json").exists():
        keep_case("sample", report, Order(pasted=report.text.text))
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.query_params["case"] = "sample"
    page.run()
    assert not page.exception, page.exception
    return page


def words(page: AppTest) -> str:
    return "\n".join(part.value for part in page.html)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception
    return page.run()


def open_file(page: AppTest, identity: str) -> AppTest:
    page.button(key=f"file_{identity}").click().run()
    return page.run()


def lines() -> list[dict]:
    path = log_of("sample")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def box(page: AppTest, start: str):  # type: ignore[no-untyped-def]
    return next(
        each for each in [*page.text_area, *page.text_input, *page.selectbox] if str(each.key).startswith(start)
    )


# --- words of a text ------------------------------------------------------------------------------------


def test_pasted_words_are_found_whatever_their_marks_and_spaces() -> None:
    assert locate_words(ARTICLE, '"We will run every\n crossing').of(ARTICLE) == "“We will run every crossing"


def test_words_that_occur_twice_need_their_sentence() -> None:
    text = "It cost 12 euros. They paid 12 euros."
    with pytest.raises(ClaimdeskError, match="occur 2 times"):
        locate_words(text, "12 euros")
    assert locate_words(text, "12 euros", Span(18, 37)) == Span(28, 36)


@pytest.mark.parametrize("words", ["", "   ", "no such words", "x" * 60_000, "(a+)+$"])
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(ClaimdeskError):
        locate_words(ARTICLE, words)


def test_every_sentence_can_be_chosen() -> None:
    assert "The yard has never missed a deadline." in [place.of(ARTICLE) for place in list_sentences(ARTICLE)]


def test_a_number_claim_needs_a_number_before_it_is_written() -> None:
    with pytest.raises(ClaimdeskError, match="No number"):
        new_claim(REPORT, None, "The yard has never missed", Kind.QUANTITY, "Ada")


# --- after the check ------------------------------------------------------------------------------------


def test_an_added_claim_is_checked_alone_and_is_there_after_a_refresh(checks: Checks) -> None:
    page = press(opened(), "Add a claim")
    box(page, "add_words").set_value("The yard has never missed a deadline")
    press(page, "Add the claim")
    assert checks.wanted == ["c11"] and [line["action"] for line in lines()] == ["add"]
    assert "Checked on its own." in words(page) and 'id="c11"' in words(page)
    assert len(read_changed("sample").claims) == 1
    assert 'id="c11"' in words(opened()) and len(checks.wanted) == 1


def test_a_sentence_from_the_list_can_be_added_with_its_kind(checks: Checks) -> None:
    page = press(opened(), "Add a claim")
    places = [place.of(ARTICLE) for place in list_sentences(ARTICLE)]
    box(page, "add_sentence").set_value(places.index("The old ferry was built in 1987."))
    box(page, "add_kind").set_value(Kind.DATE)
    press(page, "Add the claim")
    assert lines()[0]["claim"]["kind"] == "date" and checks.wanted == ["c11"]


def test_words_that_are_not_in_the_text_are_refused_with_the_reason(checks: Checks) -> None:
    page = press(opened(), "Add a claim")
    box(page, "add_words").set_value("no such words")
    press(page, "Add the claim")
    assert "do not occur in the text" in words(page) and not lines() and not checks.wanted


def test_a_corrected_value_is_checked_and_the_first_finding_stays_on_the_card(checks: Checks) -> None:
    page = open_file(opened(), "c1")
    box(page, "value_c1").set_value("8.4 million")
    press(page, "Save the change")
    assert checks.wanted == ["c1"] and lines()[0]["change"] == {"value": "8.4 million"}
    shown = words(page)
    assert "the value is 8.4 million" in shown and "The check had found “Conflicting”" in shown
    assert "Checked on its own." in shown
    assert page.button_group(key="choice_c1").value is None


def test_a_value_without_sense_is_refused(checks: Checks) -> None:
    page = open_file(opened(), "c1")
    box(page, "value_c1").set_value("plenty")
    press(page, "Save the change")
    assert "not understood as one number" in words(page) and not lines()


def test_a_change_can_be_taken_back(checks: Checks) -> None:
    page = open_file(opened(), "c1")
    box(page, "value_c1").set_value("8.4 million")
    press(page, "Save the change")
    press(open_file(page, "c1"), "Take back")
    assert [line["action"] for line in lines()] == ["edit", "undo"]
    assert REPORT.claims[0].reason.split(";")[0] in words(page).replace("&#x27;", "'") and len(checks.wanted) == 1


def test_a_dropped_claim_counts_as_done_and_can_be_taken_back_in(checks: Checks) -> None:
    page = open_file(opened(), "c1")
    box(page, "change_note_c1").set_value("An example.")
    press(page, "Drop this claim")
    assert "Dropped by Reviewer: An example." in words(page) and "1 of 10 claims reviewed" in words(page)
    assert not checks.wanted
    press(open_file(page, "c1"), "Take back")
    assert "0 of 10 claims reviewed" in words(page)


def test_a_failed_check_of_a_change_says_so_once_and_can_be_begun_again(checks: Checks) -> None:
    checks.error = RuntimeError("boom")
    page = press(opened(), "Add a claim")
    box(page, "add_words").set_value("The yard has never missed a deadline")
    press(page, "Add the claim")
    assert "The check failed" in words(page) and "not checked yet" in words(page)
    checks.error = None
    page.button(key="check_rest").click().run()
    assert "Checked on its own." in words(page.run())


def test_claims_that_a_stop_came_before_are_checked_on_request(checks: Checks) -> None:
    page = opened()
    page.button(key="check_rest").click().run()
    assert checks.wanted == ["c10"] and not any(button.key == "check_rest" for button in page.run().button)


# --- words selected in the text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind"),
    [("about 1,300 islanders", Kind.QUANTITY), ("“a small price”", Kind.QUOTE), ("The yard", Kind.STATEMENT)],
)
def test_the_kind_of_selected_words_is_proposed(words: str, kind: Kind) -> None:
    assert guess_kind(words) is kind


def test_selected_words_fill_the_form_and_of_two_places_the_selected_one_is_meant(
    checks: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = document("twice.txt", "It cost the county too much.\n\nIt cost the county too much.")
    page = opened(replace(REPORT, text=text, claims=(), internal=()))
    picked: dict = {}
    with monkeypatch.context() as patch:
        patch.setattr("streamlit.session_state", picked)
        pick_words("the  county", 38)
    for key, value in picked.items():
        page.session_state[key] = value
    page.run()
    assert box(page, "add_words").value == "the county"
    press(page, "Add the claim")
    assert lines()[0]["claim"]["prefix"].endswith("It cost ") and "much." in lines()[0]["claim"]["prefix"]


# --- before the check -----------------------------------------------------------------------------------


def test_claims_are_listed_first_and_only_those_that_stay_are_checked() -> None:
    early = preview(REPORT.text, REPORT.sources, [checked.claim for checked in REPORT.claims])
    page = opened(early)
    assert "Not checked yet" in words(page) and page.button(key="check_listed")
    line = drop_claim(early, early.claims[1], "Ada")
    append_decision(log_of("sample"), line)
    assert find_dropped(early, [line]) == {"c2"}

    class Read:
        claims = tuple(checked.claim for checked in REPORT.claims)

    rest = replace(REPORT, claims=tuple(each for each in REPORT.claims if each.claim.id != "c2"))
    whole = put_back(rest, Read, frozenset({"c2"}))  # type: ignore[arg-type]
    assert [each.claim.id for each in whole.claims] == [f"c{number}" for number in range(1, 11)]
    assert whole.claims[1].reason == "Dropped before the check."


def test_the_button_that_lists_starts_no_check(monkeypatch: pytest.MonkeyPatch) -> None:
    orders: list[Order] = []

    def list_order(order: Order):  # type: ignore[no-untyped-def]
        orders.append(order)
        return lambda job: preview(REPORT.text, REPORT.sources, [each.claim for each in REPORT.claims])

    monkeypatch.setattr("claimdesk.page.desk.list_order", list_order)
    page = AppTest.from_file(str(APP), default_timeout=30).run()
    page.text_area(key="pasted").set_value("Ferry deal. It cost 12 euros.")
    page.text_input(key="folder").set_value("/somewhere").run()
    press(page, "List the claims first")
    assert len(orders) == 1 and "These claims are listed and none is checked yet" in words(page)
    assert page.session_state["case"].startswith("ferry-deal-it-cost-12-")
