"""What a case keeps beside its report: checks of changed claims, its name, and what lies in the bin."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import ARTICLE, sample_report

from claimdesk.errors import ClaimdeskError
from claimdesk.page.cases import cases_root, keep_case, list_cases, log_of, missing_sources, read_about
from claimdesk.page.changed import CHANGED, keep_changed, read_changed, version_of_changed
from claimdesk.page.desk import Order
from claimdesk.page.shelf import delete_case, list_bin, rename_case, restore_case
from claimdesk.review import Choice, append_decision, decide, read_decisions
from claimdesk.review.amend import Rechecked

REPORT = sample_report()


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "cases"))
    return tmp_path / "cases"


def keep(name: str = "ferry") -> Path:
    return keep_case(name, REPORT, Order(pasted=ARTICLE, uploads=(("a.txt", b"A."), ("b.txt", b"B."))))


# --- checks of changed claims ---------------------------------------------------------------------------


def test_kept_checks_come_back_as_they_were_and_are_added_to() -> None:
    keep()
    before = version_of_changed("ferry")
    source = replace(REPORT.sources[0], id="abcdef0123")
    keep_changed("ferry", Rechecked({"one": REPORT.claims[0]}, (source,)), ARTICLE)
    keep_changed("ferry", Rechecked({"two": REPORT.claims[1]}), ARTICLE)
    assert read_changed("ferry") == Rechecked({"one": REPORT.claims[0], "two": REPORT.claims[1]}, (source,))
    assert before == (0, 0) != version_of_changed("ferry")
    assert not list((cases_root() / "ferry").glob(".changed-*"))


@pytest.mark.parametrize("data", ["", "[]", "{", '{"claims": 3}', '{"claims": {"a": {}}}'])
def test_a_damaged_file_only_means_that_the_checks_are_made_again(data: str) -> None:
    (keep() / CHANGED).write_text(data, "utf-8")
    assert read_changed("ferry") == Rechecked()
    keep_changed("ferry", Rechecked({"one": REPORT.claims[0]}), ARTICLE)
    assert list(read_changed("ferry").claims) == ["one"]


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from sample_report import ARTICLE, sample_report
from claimdesk.page.changed import keep_changed
from claimdesk.review.amend import Rechecked
checked = sample_report().claims[0]
for number in range(20):
    keep_changed("ferry", Rechecked({f"{sys.argv[2]}{number}": checked}), ARTICLE)
"""


def test_two_sessions_that_check_changes_at_once_both_keep_theirs() -> None:
    keep()
    here = str(Path(__file__).parent)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, here, name]) for name in "ab"]
    assert [writer.wait(180) for writer in writers] == [0, 0]
    assert set(read_changed("ferry").claims) == {f"{name}{number}" for name in "ab" for number in range(20)}


# --- name, sources, bin ---------------------------------------------------------------------------------


def test_a_name_outlives_another_check() -> None:
    keep()
    rename_case("ferry", "The deal")
    keep()
    assert read_about("ferry").name == "The deal"


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_a_case_needs_a_name(name: str) -> None:
    keep()
    with pytest.raises(ClaimdeskError, match="needs a name"):
        rename_case("ferry", name)


def test_sources_that_are_gone_are_named() -> None:
    folder = keep()
    assert missing_sources("ferry") == ()
    (folder / "sources" / "b.txt").unlink()
    assert missing_sources("ferry") == ("b.txt",)


def test_a_case_of_an_earlier_version_misses_nothing() -> None:
    (keep() / "case.json").unlink()
    assert missing_sources("ferry") == () and list_cases()[0].name == ""


def test_decisions_come_back_from_the_bin_with_their_case() -> None:
    keep()
    append_decision(log_of("ferry"), decide(REPORT, REPORT.claims[0], Choice.AGREE, "Ada"))
    delete_case("ferry")
    assert not read_decisions(log_of("ferry"))
    restore_case(list_bin()[0])
    assert len(read_decisions(log_of("ferry"))) == 1


def test_a_case_is_not_brought_back_over_another_one() -> None:
    keep()
    delete_case("ferry")
    keep()
    with pytest.raises(ClaimdeskError, match="another case"):
        restore_case(list_bin()[0])
    assert len(list_bin()) == 1


@pytest.mark.parametrize("name", ["..", ".bin", "../claims", "nowhere", ""])
def test_nothing_but_a_case_can_be_renamed_or_deleted(name: str) -> None:
    keep()
    for act in (delete_case, lambda name: rename_case(name, "x")):
        with pytest.raises(ClaimdeskError, match="There is no case"):
            act(name)
    assert len(list_cases()) == 1


def test_a_decision_moves_a_case_to_the_top() -> None:
    import os

    for name in ("one", "two"):
        keep(name)
        os.utime(cases_root() / name / "report.json", (1e9, 1e9))
    assert [case.id for case in list_cases()] == ["two", "one"]
    append_decision(log_of("one"), replace(decide(REPORT, REPORT.claims[0], Choice.AGREE, "Ada")))
    assert [case.id for case in list_cases()] == ["one", "two"]
