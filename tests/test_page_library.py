"""The library of a check on the page: what is searched and said of it, what is in it, and adding to it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from fakes import FixedMeaning, TinyEncoder

from claimdesk import cli
from claimdesk.errors import LibraryError
from claimdesk.model import Kind, Report, Span
from claimdesk.page.desk import Order, run_changes, run_order
from claimdesk.page.job import Job
from claimdesk.page.library import Searched, describe_outcome, look_into, read_searched, run_adding
from claimdesk.report import checked_to_json
from claimdesk.review import add_claim, amend
from claimdesk.verify import Models

ARTICLE = "The flood destroyed 340 homes in Tarn. Mayor Li Chen resigned on Monday."
AGREES = b"The flood destroyed 340 homes in Tarn, the council said."
DIFFERS = b"The flood destroyed 430 homes in Tarn, the county said."
OTHER = b"The harbor opened in June."


@pytest.fixture(autouse=True)
def tiny_models(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = TinyEncoder()
    encoder.name = "all-MiniLM-L6-v2"
    monkeypatch.setattr("claimdesk.verify.load_models", lambda settings: Models(encoder, FixedMeaning()))
    monkeypatch.setattr("claimdesk.embed.load_encoder", lambda name: encoder)


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "kept" / "library.db")


def result(job: Job):  # type: ignore[no-untyped-def]
    assert not job.start().wait(60)
    if job.error:
        raise job.error
    return job.report


def add(place: str, *files: tuple[str, bytes], **chosen: str):  # type: ignore[no-untyped-def]
    return result(Job(run_adding(place, files, list(chosen.items()))))


def check(searched: Searched, **given: object) -> Report:
    report: Report = result(Job(run_order(Order(pasted=ARTICLE, library=searched, **given))))  # type: ignore[arg-type]
    return report


def test_uploads_are_kept_with_what_a_person_says_of_them(place: str) -> None:
    done = add(
        place, ("council.txt", AGREES), ("harbor.txt", OTHER), publisher="Gazette", date="2025-06-02", trust="0.9"
    )
    assert describe_outcome(done) == "2 added."
    contents = look_into(place)
    assert contents.stats.sources == 2 and contents.publishers() == ["Gazette"]
    assert {(entry.name, entry.meta.date, entry.meta.trust) for entry in contents.entries} == {
        ("council.txt", date(2025, 6, 2), 0.9),
        ("harbor.txt", date(2025, 6, 2), 0.9),
    }


def test_the_same_file_is_kept_once_and_another_of_its_name_beside_it(place: str) -> None:
    add(place, ("minutes.txt", AGREES))
    assert describe_outcome(add(place, ("minutes.txt", AGREES))) == "1 there already."
    add(place, ("minutes.txt", DIFFERS))
    assert look_into(place).stats.sources == 2
    assert describe_outcome(add(place, ("minutes.txt", AGREES), publisher="Gazette")) == "1 changed."


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_kept(place: str) -> None:
    done = add(place, ("scan.pdf", b"no pdf"), ("council.txt", AGREES))
    assert describe_outcome(done) == "1 added, 1 not read." and "scan.pdf" in (done.unreadable[0].error or "")


def test_a_stopped_addition_keeps_what_is_done(place: str) -> None:
    job: Job = Job(run_adding(place, [("council.txt", AGREES)]))
    job.stop()
    assert describe_outcome(result(job)) == "Nothing was added."


def test_a_check_hears_what_the_command_line_hears(place: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    add(place, ("council.txt", AGREES), publisher="Council")
    add(place, ("county.txt", DIFFERS), publisher="County")
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    for publishers in ((), ("County",)):
        report = check(Searched(place, publishers))
        named = [word for each in publishers for word in ("--publisher", each)]
        cli.main(["check", str(tmp_path / "article.txt"), "--library", place, *named, "-f", "json"])
        theirs = json.loads(capsys.readouterr().out)
        assert [checked_to_json(each, ARTICLE) for each in report.claims] == theirs["claims"]
        assert list(report.notes) == theirs["notes"] and "library of 2 sources" in report.notes[0]
        assert report.settings["library"] == place
    assert report.settings["publishers"] == ["County"] and [len(report.sources)] == [1]


def test_sources_and_library_are_searched_together(place: str) -> None:
    add(place, ("county.txt", DIFFERS))
    report = check(Searched(place), uploads=(("council.txt", AGREES),))
    homes = report.claims[0]
    assert {evidence.stance.value for evidence in homes.evidence} >= {"supports", "conflicts"}


def test_a_claim_that_was_added_is_checked_against_the_library_too(place: str) -> None:
    report = check(Searched(""), uploads=(("harbor.txt", OTHER),))
    add(place, ("county.txt", DIFFERS))
    line = add_claim(report, Span(4, 38), Kind.STATEMENT, "Ada")
    wanted = amend(report, [line]).waiting
    done = result(Job(run_changes(report, wanted, Searched(place))))
    assert [source.document.name for source in done.sources if source.document] == ["county.txt"]


@pytest.mark.parametrize("name", ["missing.db", "folder", "broken.db", "milvus://nowhere", "a\0b", ""])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "broken.db").write_bytes(b"no library" * 100)
    place = name if "://" in name or not name else str(tmp_path / name)
    with pytest.raises(LibraryError) as error:
        look_into(place)
    assert len(str(error.value)) > 20
    if place:
        with pytest.raises(LibraryError):
            check(Searched(place))


def test_what_is_kept_of_the_choice_comes_back() -> None:
    chosen = Searched("kept.db", ("Gazette", "Post"), date(2025, 1, 1), date(2025, 2, 1))
    assert read_searched(json.loads(json.dumps(chosen.as_json()))) == chosen
    assert read_searched(Searched().as_json()) == Searched()
