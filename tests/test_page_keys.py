"""Keys that the script sends from among the cards: each is obeyed once, in order, and only its cards are drawn again."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_report import sample_report

from claimdesk.model import Report
from claimdesk.page.cases import keep_case, log_of
from claimdesk.page.desk import Order
from claimdesk.page.keys import obey
from claimdesk.review import read_decisions

REPORT = sample_report()


class Session(dict):
    """What a session remembers, and which cards it drew again."""

    drawn: list[list[str]]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "cases"))
    keep_case("sample", REPORT, Order(pasted=REPORT.text.text))
    session = Session(case="sample", reviewer="Ada", carded=[1, 4, 5], page=2)
    session.drawn = []
    monkeypatch.setattr("streamlit.session_state", session)
    monkeypatch.setattr(
        "claimdesk.page.keys.redraw", lambda *cards: session.drawn.append([each.claim.id for each in cards])
    )
    return session


def press(*keys: tuple[int, str, int], report: Report = REPORT) -> list[tuple[str, str, str]]:
    """The log after these keys: action, claim and decision of each line."""
    obey(report, [{"at": at, "key": key, "claim": claim} for at, key, claim in keys])
    return [(line.action, line.claim.id, line.decision or "") for line in read_decisions(log_of("sample"))]


def test_keys_are_obeyed_in_their_order_and_those_that_come_again_are_not(session: Session) -> None:
    first = ((1, "a", 1), (2, "3", 4))
    assert press(*first) == [("decide", "c1", "agree"), ("decide", "c4", "disagree")]
    assert session.drawn == [["c1", "c4"]]
    lines = press(*first, (3, "u", 5))
    assert lines[2:] == [("undo", "c4", "")] and session.drawn[-1] == ["c4"] and session["obeyed"] == 3


def test_the_key_of_the_machines_own_verdict_agrees(session: Session) -> None:
    assert press((1, "2", 1)) == [("decide", "c1", "agree")]


def test_a_decision_taken_back_whose_card_is_elsewhere_comes_first(session: Session) -> None:
    press((1, "a", 4))
    session.update(carded=[1, 2, 3])
    press((2, "u", 1))
    assert (session["lead"], session["page"], session["returned"]) == (4, 1, "c4")
    assert session.drawn == [["c4"]]  # the second time the whole page follows


@pytest.mark.parametrize("key", ["x", "", "6", "aa"])
def test_other_keys_and_claims_that_are_not_there_write_nothing(session: Session, key: str) -> None:
    assert press((1, key, 1), (2, "a", 0), (3, "a", 99), (4, "u", 1)) == [] and session.drawn == []


def test_what_is_no_key_is_passed_over(session: Session) -> None:
    obey(REPORT, ["a", None, {"at": "soon", "key": "a", "claim": 1}, {"key": "a"}])
    assert not read_decisions(log_of("sample")) and "obeyed" not in session


def test_where_nothing_may_be_written_keys_write_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMDESK_READ_ONLY", "1")
    assert press((1, "a", 1), (2, "u", 1)) == [] and session["obeyed"] == 2
