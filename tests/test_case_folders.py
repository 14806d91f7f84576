"""Kept cases: what is written, what survives a second check, and names that must not lead anywhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import ARTICLE, sample_report

from claimdesk.errors import ClaimdeskError
from claimdesk.load import load_case
from claimdesk.model import Meta
from claimdesk.page.cases import (
    cases_root,
    is_id,
    keep_case,
    list_cases,
    log_of,
    new_id,
    open_case,
    read_about,
    remember_reviewer,
    remembered_reviewer,
    write_about,
)
from claimdesk.page.desk import Order
from claimdesk.review import Choice, append_decision, decide, read_decisions

REPORT = sample_report()


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "cases"))
    return tmp_path / "cases"


def test_a_kept_case_is_a_case_folder_with_its_report(root: Path) -> None:
    order = Order(pasted=ARTICLE, uploads=(("minutes.txt", b"Minutes."), ("../../minutes.txt", b"Others.")))
    folder = keep_case("ferry", REPORT, order)
    assert folder == root / "ferry"
    case = load_case(folder)
    assert case.article.read_text("utf-8") == ARTICLE
    assert sorted(path.name for path in (folder / "sources").iterdir()) == ["minutes-2.txt", "minutes.txt"]
    assert open_case("ferry") == REPORT
    assert [path.name for path in root.iterdir()] == ["ferry"]  # nothing half-written is left


def test_a_second_check_takes_the_place_of_the_first_and_decisions_stay(root: Path) -> None:
    keep_case("ferry", REPORT, Order(file=("speech.md", b"# One"), uploads=(("a.txt", b"A."),)))
    append_decision(log_of("ferry"), decide(REPORT, REPORT.claims[0], Choice.AGREE, "Ada"))
    keep_case("ferry", REPORT, Order(pasted="Two.", uploads=(("b.txt", b"B."),)))
    assert {path.name for path in (root / "ferry").rglob("*") if path.is_file()} == {
        "article.txt",
        "b.txt",
        "case.json",
        "report.json",
        "decisions.jsonl",
    }
    assert len(read_decisions(log_of("ferry"))) == 1


def test_a_kept_case_can_be_checked_again_in_its_own_folder(root: Path) -> None:
    keep_case("ferry", REPORT, Order(pasted=ARTICLE, uploads=(("a.txt", b"A."),)))
    keep_case("ferry", REPORT, Order(case=root / "ferry"))
    assert (root / "ferry" / "article.txt").read_text("utf-8") == ARTICLE
    assert (root / "ferry" / "sources" / "a.txt").exists()


def test_an_example_is_copied_and_never_written_to(tmp_path: Path) -> None:
    example = tmp_path / "claims" / "harbor"
    (example / "sources").mkdir(parents=True)
    (example / "article.txt").write_text(ARTICLE, "utf-8")
    (example / "sources" / "a.txt").write_text("A.", "utf-8")
    before = sorted(example.rglob("*"))
    keep_case("harbor", REPORT, Order(case=example))
    assert sorted(example.rglob("*")) == before
    assert open_case("harbor") == REPORT


@pytest.mark.parametrize(
    "name", ["", "..", ".", "../claims", "/etc", "a/b", "A", "a\\b", "a" * 100, "-a", "a.b", "a\n"]
)
def test_a_name_from_an_address_never_leaves_the_folder(name: str) -> None:
    assert not is_id(name) and open_case(name) is None


def test_new_names_are_valid_and_never_the_same() -> None:
    names = {new_id(title) for title in ("Ferry deal", "Ferry deal", "<script>", "שלום")}
    assert len(names) == 4 and all(map(is_id, names))


def test_the_last_changed_case_is_listed_first(root: Path) -> None:
    import os

    for age, name in enumerate(("new", "old")):
        keep_case(name, REPORT, Order(pasted="Text."))
        os.utime(root / name / "report.json", (1e9 - age, 1e9 - age))
    assert [case.id for case in list_cases()] == ["new", "old"]


def test_a_damaged_report_is_named(root: Path) -> None:
    keep_case("ferry", REPORT, Order(pasted="Text."))
    (root / "ferry" / "report.json").write_bytes(b"\xff")
    with pytest.raises(ClaimdeskError, match="ferry"):
        open_case("ferry")


def test_a_folder_that_cannot_be_written_is_an_error_with_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "file" / "cases"))
    with pytest.raises(ClaimdeskError, match="could not be kept"):
        keep_case("ferry", REPORT, Order(pasted="Text."))
    remember_reviewer("Ada")
    assert remembered_reviewer() == "" and list_cases() == []


def test_the_reviewers_name_is_kept() -> None:
    remember_reviewer("Ada Nyström")
    assert remembered_reviewer() == "Ada Nyström"


def test_without_a_variable_cases_lie_in_the_users_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMDESK_CASES")
    assert cases_root().parts[-2:] == ("claimdesk", "cases")


def test_a_case_is_called_by_its_title_or_first_line_until_a_person_names_it(root: Path) -> None:
    untitled = replace(REPORT, text=replace(REPORT.text, text="\n  It rained.\nAnd then.", meta=Meta()))
    keep_case("rain", untitled, Order(pasted="It rained."))
    assert read_about("rain").name == "It rained."
    write_about("rain", replace(read_about("rain"), name="My case"))
    keep_case("rain", REPORT, Order(pasted=ARTICLE))
    assert read_about("rain").name == "My case"
