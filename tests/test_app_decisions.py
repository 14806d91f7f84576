"""The page: evidence from outside, questions, sign-off, saved work, read-only, and signed-in reviewers."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import ARTICLE, sample_report
from streamlit.testing.v1 import AppTest

from claimdesk.model import Report, Stance
from claimdesk.page.cases import cases_root, keep_case, list_cases, log_of, missing_sources
from claimdesk.page.desk import Order
from claimdesk.page.job import Job, running
from claimdesk.page.shelf import delete_case, empty_bin, list_bin, rename_case, restore_case
from claimdesk.review import Choice, Way, append_decision, ask, decide, read_decisions

APP = Path(__file__).parents[1] / "app.py"
REPORT = sample_report()


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "claims").mkdir()
    monkeypatch.setenv("CLAIMDESK_EXAMPLES", str(tmp_path / "claims"))
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "cases"))


def keep(name: str = "sample", report: Report = REPORT) -> Path:
    return keep_case(name, report, Order(pasted=ARTICLE, uploads=(("minutes.txt", b"Minutes."),)))


def start(**query: str) -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in query.items():
        page.query_params[key] = value
    return page


def opened(name: str = "sample") -> AppTest:
    page = start(case=name).run()
    assert not page.exception, page.exception
    return page


def words(page: AppTest) -> str:
    return "\n".join(part.value for part in page.html)


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception
    return page.run()


def box(page: AppTest, start: str):  # type: ignore[no-untyped-def]
    return next(
        each for each in [*page.text_area, *page.text_input, *page.selectbox] if str(each.key).startswith(start)
    )


def open_part(page: AppTest, identity: str, part: str) -> AppTest:
    page.button(key=f"file_{identity}").click().run()
    page.run()
    page.button_group(key=f"part_{identity}").set_value(part).run()
    return page.run()


def lines(name: str = "sample") -> list[dict]:
    return [json.loads(line) for line in log_of(name).read_text("utf-8").splitlines()]


# --- evidence and questions -----------------------------------------------------------------------------


def test_a_call_is_noted_under_its_claim_as_a_persons() -> None:
    keep()
    page = open_part(opened(), "c1", "Evidence")
    box(page, "way_c1").set_value(Way.CALL)
    box(page, "contact_c1").set_value("Mona Erikssen")
    box(page, "when_c1").set_value("2025-06-12 10:40")
    box(page, "evidence_words_c1").set_value("It is <4.8> million.")
    box(page, "bearing_c1").set_value(Stance.SUPPORTS)
    press(page, "Keep the evidence")
    [line] = lines()
    assert line["action"] == "attach" and line["evidence"]["contact"] == "Mona Erikssen"
    assert "Call (Mona Erikssen, 2025-06-12 10:40), supports the claim. Noted by Reviewer" in words(page)
    assert "It is &lt;4.8&gt; million." in words(page)
    press(page, "Take back")
    assert "Mona Erikssen, 2025" not in words(page).partition("Last decisions")[0].partition('class="cd cd-past"')[0]


def test_evidence_without_words_is_refused() -> None:
    keep()
    page = open_part(opened(), "c1", "Evidence")
    press(page, "Keep the evidence")
    assert "Write down in your own words" in words(page) and not log_of("sample").exists()


def test_a_question_is_asked_answered_and_shown() -> None:
    keep()
    page = open_part(opened(), "c1", "Question")
    box(page, "question_c1").set_value("Where is it from?")
    press(page, "Ask")
    assert "Open question by Reviewer" in words(page)
    box(page, "answer_").set_value("From the minutes.")
    press(page, "Keep the answer")
    assert "Answer, kept by Reviewer" in words(page) and "From the minutes." in words(page)
    assert [line["query"]["state"] for line in lines()] == ["open", "answered"]


# --- sign-off -------------------------------------------------------------------------------------------


def test_a_report_is_signed_off_once_nothing_is_open_and_says_what_is() -> None:
    keep()
    page = opened()
    assert page.button(key="sign").disabled and "10 things to settle first" in words(page)
    assert 'Claims <a href="#c1">1</a>, <a href="#c2">2</a>' in words(page)  # on one line, because the same is said
    for checked in REPORT.claims:
        append_decision(log_of("sample"), decide(REPORT, checked, Choice.AGREE, "Ada"))
    page = opened()
    box(page, "sign_note").set_value("Ready.")
    press(page, "Sign off")
    assert lines()[-1]["action"] == "sign_off" and "Signed off by Reviewer" in words(page)
    append_decision(log_of("sample"), ask(REPORT, REPORT.claims[0], "Sure?", "Ben"))
    page = opened()
    assert "1 entry was made since, so it is open again" in words(page) and page.button(key="sign").disabled


def test_the_history_leads_back_to_the_claim() -> None:
    keep()
    append_decision(log_of("sample"), decide(REPORT, REPORT.claims[6], Choice.AGREE, "Ada"))
    page = opened()
    page.button(key="reopen_0").click().run()
    page.run()
    assert words(page).split('<section id="')[1].startswith('c7"')


def test_decisions_of_a_lost_claim_can_be_put_aside() -> None:
    keep()
    line = decide(REPORT, REPORT.claims[0], Choice.AGREE, "Ada")
    append_decision(log_of("sample"), replace(line, claim=replace(line.claim, text="€9 million")))
    page = opened()
    assert any("no longer in the text (1)" in part.label for part in page.expander)
    press(page, "Put aside")
    assert not any("no longer in the text" in part.label for part in page.expander)


# --- two tabs -------------------------------------------------------------------------------------------


def test_two_tabs_on_one_case_keep_both_decisions() -> None:
    keep()
    one, two = opened(), opened()
    one.button_group(key="choice_c1").set_value(Choice.AGREE).run()
    two.button_group(key="choice_c2").set_value(Choice.AGREE).run()
    assert {line["claim"]["id"] for line in lines()} == {"c1", "c2"}
    assert "2 of 10 claims reviewed" in words(one.run())


# --- saved work -----------------------------------------------------------------------------------------


def test_a_case_is_renamed_deleted_and_brought_back() -> None:
    keep("ferry")
    rename_case("ferry", "  The ferry\n deal ")
    assert [case.name for case in list_cases()] == ["The ferry deal"]
    place = delete_case("ferry")
    assert place.is_dir() and not list_cases()
    [binned] = list_bin()
    assert (binned.id, binned.name) == ("ferry", "The ferry deal")
    assert restore_case(binned) == "ferry" and [case.id for case in list_cases()] == ["ferry"]
    delete_case("ferry")
    assert empty_bin() == 1 and not list_bin() and not list(cases_root().glob("**/report.json"))


def test_the_page_renames_and_deletes_with_a_question() -> None:
    keep("ferry")
    keep("harbor")
    page = start().run()
    page.selectbox(key="tidied").set_value("ferry").run()
    page.text_input(key="name_ferry").set_value("The deal")
    press(page, "Rename")
    assert ">The deal<" in words(page) and 'href="?case=ferry"' in words(page)
    press(page, "Delete")
    assert "Move “The deal”" in words(page) and len(list_cases()) == 2
    press(page, "Move to the bin")
    assert [case.id for case in list_cases()] == ["harbor"]
    press(page, "Bring back")
    assert len(list_cases()) == 2


def test_a_case_that_is_open_and_is_deleted_leaves_an_empty_page() -> None:
    keep("ferry")
    page = opened("ferry")
    page.selectbox(key="tidied").set_value("ferry").run()
    press(press(page, "Delete"), "Move to the bin")
    assert "<section" not in words(page) and not page.query_params


def test_a_refresh_finds_the_check_that_runs_and_its_end_is_kept_without_anybody_looking() -> None:
    gate = threading.Event()

    def work(job: Job) -> Report:
        gate.wait(20)
        return REPORT

    job: Job = Job(work, lambda report: keep("ferry", report))
    job.start("ferry")
    assert running("ferry") is job
    page = opened("ferry")
    assert page.session_state["job"] is job and "10 claims" not in words(page)
    gate.set()
    assert not job.wait(20)
    page.run()
    assert "10 claims" in words(page) and page.session_state["case"] == "ferry"
    assert running("ferry") is None and list_cases()[0].id == "ferry"


# --- read-only ------------------------------------------------------------------------------------------


def test_without_its_sources_a_case_is_read_only() -> None:
    folder = keep()
    assert missing_sources("sample") == ()
    (folder / "sources" / "minutes.txt").unlink()
    page = opened()
    assert "Read-only" in words(page) and "minutes.txt" in words(page)
    assert page.button_group(key="choice_c1").disabled and page.button(key="file_c1").disabled
    assert len(page.download_button) > 5


def test_a_read_only_page_shows_saved_checks_and_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    monkeypatch.setenv("CLAIMDESK_READ_ONLY", "1")
    page = start().run()
    assert "This page is read-only" in words(page) and 'href="?case=sample"' in words(page)
    assert not page.text_area and not page.selectbox
    page = opened()
    assert page.button_group(key="choice_c1").disabled and not page.text_area
    assert "Check" not in labels(page) and "Saved checks" in labels(page)
    before = sorted(path.name for path in cases_root().rglob("*"))
    page.button(key="file_c1")
    assert sorted(path.name for path in cases_root().rglob("*")) == before and not read_decisions(log_of("sample"))


# --- sign-in: the provider is faked, what Streamlit does with a real one is not tested here ---------------

AUTH = {"auth": {"redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": "x", "client_id": "y"}}


def signed(page: AppTest, **user: object) -> AppTest:
    page.secrets["auth"] = AUTH["auth"]
    page.user = dict(user)
    return page.run()


def test_without_secrets_nobody_is_asked_to_sign_in() -> None:
    keep()
    assert "Sign in" not in labels(opened()) and "Sign out" not in labels(opened())


def test_where_sign_in_is_configured_nothing_is_shown_before_it() -> None:
    keep()
    page = signed(start(case="sample"), is_logged_in=False)
    assert labels(page) == ["Sign in"] and "<section" not in words(page) and "Ferry" not in words(page)


def test_the_signed_in_name_is_the_reviewer_and_cannot_be_changed() -> None:
    keep()
    page = signed(start(case="sample"), is_logged_in=True, name="Ada Nyström", email="ada@example.org")
    assert "Signed in as Ada Nyström" in words(page) and "Sign out" in labels(page)
    assert not any(each.key == "reviewer" for each in page.text_input)
    page.button_group(key="choice_c1").set_value(Choice.AGREE).run()
    assert lines()[0]["reviewer"] == "Ada Nyström"


def test_a_text_without_claims_has_a_file_too_and_can_be_signed_off() -> None:
    keep(report=replace(REPORT, claims=()))
    page = press(opened(), "Evidence and questions about the whole text")
    page.button_group(key="part_text").set_value("Question").run()
    page.run()
    box(page, "question_text").set_value("Is this all?")
    press(page, "Ask")
    assert "Open question by Reviewer" in words(page) and page.button(key="sign").disabled
    press(page, "Withdraw the question")
    press(page, "Sign off")
    assert [line["action"] for line in lines()] == ["query", "query", "sign_off"]
    assert "Signed off by Reviewer" in words(page)
