"""``claimdesk library`` as a person types it: files in, listed, changed, moved, checked against."""

import json
import os

import pytest
from fakes import FixedMeaning, TinyEncoder

from claimdesk import cli
from claimdesk.verify import Models

ARTICLE = "The flood destroyed 340 homes in Tarn. Mayor Li Chen resigned on Monday."
AGREES = "The flood destroyed 340 homes in Tarn, the council said."
DIFFERS = "The flood destroyed 430 homes in Tarn, the county said."


@pytest.fixture(autouse=True)
def tiny_models(monkeypatch):
    encoder = TinyEncoder()
    encoder.name = "all-MiniLM-L6-v2"
    monkeypatch.setattr("claimdesk.verify.load_models", lambda settings: Models(encoder, FixedMeaning()))
    monkeypatch.setattr("claimdesk.embed.load_encoder", lambda name: encoder)
    return encoder


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAIMDESK_LIBRARY", str(tmp_path / "kept" / "library.db"))
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "council.txt").write_text(AGREES, "utf-8")
    (papers / "harbor.txt").write_text("The harbor opened in June.", "utf-8")
    return tmp_path


def run(*arguments):
    return cli.main([str(argument) for argument in arguments])


def listed(capsys, *arguments):
    capsys.readouterr()
    assert run("library", "list", "-f", "json", *arguments) == 0
    return {item["name"]: item for item in json.loads(capsys.readouterr().out)}


def test_files_are_added_listed_shown_and_removed(desk, capsys):
    assert run("library", "add", desk / "papers") == 0
    assert capsys.readouterr().out == "2 added.\n"
    kept = listed(capsys)
    assert set(kept) == {"council.txt", "harbor.txt"} and kept["council.txt"]["passages"] == 1
    assert run("library", "list") == 0
    table = capsys.readouterr().out
    assert kept["council.txt"]["id"] in table and "PUBLISHER" in table
    assert run("library", "show", kept["council.txt"]["id"][:6]) == 0
    assert AGREES in capsys.readouterr().out
    assert run("library", "remove", kept["council.txt"]["id"]) == 0
    assert "Removed" in capsys.readouterr().out
    assert set(listed(capsys)) == {"harbor.txt"}


def test_adding_again_embeds_nothing(desk, capsys, tiny_models):
    run("library", "add", desk / "papers")
    tiny_models.encoded.clear()
    run("library", "add", desk / "papers")
    assert capsys.readouterr().out.endswith("2 unchanged.\n")
    run("library", "remove", listed(capsys)["council.txt"]["id"])
    run("library", "add", desk / "papers")
    assert tiny_models.encoded == []


def test_what_a_person_sets_is_kept_when_the_file_changes(desk, capsys):
    run("library", "add", desk / "papers", "--publisher", "Tarn Council", "--trust", "0.9", "--kind", "primary")
    (desk / "papers" / "council.txt").write_text("publisher: The Web\n\n" + DIFFERS, "utf-8")
    assert run("library", "update") == 0
    assert "1 changed, 1 unchanged." in capsys.readouterr().out
    council = listed(capsys)["council.txt"]
    assert (council["publisher"], council["trust"], council["kind"]) == ("Tarn Council", 0.9, "primary")
    run("library", "update", council["id"], "--date", "2025-05-02")
    assert listed(capsys)["council.txt"]["date"] == "2025-05-02"
    run("library", "show", council["id"])
    assert "430" in capsys.readouterr().out


def test_only_changed_files_are_read_again(desk, capsys, monkeypatch):
    from claimdesk.library import keeping

    run("library", "add", desk / "papers")
    read = []
    monkeypatch.setattr(keeping, "read_listed", lambda name, file, limits: read.append(file) or pytest.fail("read"))
    assert run("library", "update") == 0
    assert read == []


def test_a_file_that_is_gone_stays_and_is_named(desk, capsys):
    run("library", "add", desk / "papers")
    (desk / "papers" / "harbor.txt").unlink()
    assert run("library", "update") == 0
    told = capsys.readouterr()
    assert "harbor.txt" in told.err and "1 gone" in told.out
    assert "harbor.txt" in listed(capsys)


def test_sources_csv_speaks_for_its_files(desk, capsys):
    run("library", "add", desk / "papers")
    (desk / "papers" / "sources.csv").write_text("file,publisher,date\ncouncil.txt,Council,2025-05-01\n", "utf-8")
    run("library", "add", desk / "papers")
    assert listed(capsys)["council.txt"]["publisher"] == "Council"
    run("library", "add", desk / "papers")
    assert capsys.readouterr().out.endswith("2 unchanged.\n")


def test_copies_of_one_story_are_shown_as_one_origin(desk, capsys):
    story = (
        "The Karsk mine was closed on Friday after an inspector found gas in two of its shafts, the owner said late."
    )
    (desk / "papers" / "a.txt").write_text(story, "utf-8")
    (desk / "papers" / "b.txt").write_text("KARSK (Wire) " + story + " More soon.", "utf-8")
    run("library", "add", desk / "papers")
    kept = listed(capsys)
    assert kept["a.txt"]["origin"] == kept["b.txt"]["origin"] == kept["a.txt"]["id"]
    assert kept["harbor.txt"]["origin"] == kept["harbor.txt"]["id"]
    run("library", "list")
    assert f"(a copy of {kept['a.txt']['id']})" in capsys.readouterr().out


def test_stats_have_what_the_contract_names(desk, capsys):
    run("library", "add", desk / "papers")
    capsys.readouterr()
    assert run("library", "stats", "-f", "json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["sources"], figures["passages"], figures["engine"]) == (2, 2, "sqlite")
    assert figures["bytes"] > 0 and figures["model"] == "all-MiniLM-L6-v2"
    run("library", "stats")
    assert "sources" in capsys.readouterr().out


def test_a_check_hears_the_library(desk, capsys):
    run("library", "add", desk / "papers")
    library = os.environ["CLAIMDESK_LIBRARY"]
    capsys.readouterr()
    assert run("check", desk / "article.txt", "--library", library, "-f", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert "supported" in {claim["verdict"] for claim in report["claims"]}
    assert [source["path"].split("/")[-1] for source in report["sources"]] == ["council.txt"]
    assert report["sources"][0]["passages"] == 1 and "2 sources" in report["notes"][0]
    (desk / "county.txt").write_text(DIFFERS, "utf-8")
    assert run("check", desk / "article.txt", "--library", library, "--sources", desk / "county.txt", "-f", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert "mixed" in {claim["verdict"] for claim in report["claims"]}


def test_a_check_can_be_held_to_a_publisher_and_to_days(desk, capsys):
    run("library", "add", desk / "papers" / "council.txt", "--publisher", "Council", "--date", "2025-05-01")
    library = os.environ["CLAIMDESK_LIBRARY"]

    def verdicts(*options):
        capsys.readouterr()
        run("check", desk / "article.txt", "--library", library, "-f", "json", *options)
        return {claim["verdict"] for claim in json.loads(capsys.readouterr().out)["claims"]}

    assert "supported" in verdicts("--publisher", "council", "--since", "2025-05-01", "--until", "2025-05-01")
    assert "supported" not in verdicts("--publisher", "Gazette")
    assert "supported" not in verdicts("--since", "2025-05-02")
    assert set(listed(capsys, "--publisher", "nobody")) == set()
    assert run("check", desk / "article.txt", "--since", "2025-05-02") == 2
    assert "--library" in capsys.readouterr().err


def test_a_library_moves_to_another_file_without_embedding_again(desk, capsys, tiny_models):
    run("library", "add", desk / "papers", "--publisher", "Tarn")
    before = listed(capsys)
    tiny_models.encoded.clear()
    target = desk / "elsewhere.db"
    assert run("library", "move", "--to", target) == 0
    assert "2 sources copied, 2 in" in capsys.readouterr().out
    assert listed(capsys, "--library", target) == before
    run("library", "move", "--to", target)
    assert "0 sources copied, 2 in" in capsys.readouterr().out
    assert run("check", desk / "article.txt", "--library", target, "-f", "json") == 0
    assert not any("harbor" in text for text in tiny_models.encoded)
    assert run("library", "move", "--to", os.environ["CLAIMDESK_LIBRARY"]) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list"], "library add"),
        (["show", "abc"], "library add"),
        (["add", "missing.txt"], "missing.txt"),
        (["add", "{desk}/broken.pdf"], "broken.pdf"),
        (["stats", "--library", "{desk}"], "not a file"),
        (["stats", "--library", "vespa://x"], "engine"),
        (["add", "{desk}/article.txt", "--library", "{desk}/article.txt"], "damaged, or no library"),
        (["move", "--to", "x.db"], "library add"),
    ],
)
def test_wrong_input_is_one_clear_line_and_status_2(desk, arguments, words, capsys):
    (desk / "broken.pdf").write_bytes(b"not a pdf")
    assert run("library", *[argument.format(desk=desk) for argument in arguments]) == 2
    told = capsys.readouterr()
    assert words in told.err and told.err.count("\n") == 1
    assert (desk / "article.txt").read_text("utf-8") == ARTICLE


def test_an_unknown_id_removes_nothing(desk, capsys):
    run("library", "add", desk / "papers")
    known = listed(capsys)["council.txt"]["id"]
    assert run("library", "remove", known, "zzz") == 2
    assert "zzz" in capsys.readouterr().err
    assert known in {item["id"] for item in listed(capsys).values()}


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_kept(desk, capsys):
    (desk / "papers" / "broken.pdf").write_bytes(b"not a pdf")
    assert run("library", "add", desk / "papers") == 0
    told = capsys.readouterr()
    assert "broken.pdf" in told.err and told.out == "2 added, 1 not read.\n"


def test_a_terminal_obeys_nothing_from_a_source(desk, capsys):
    (desk / "papers" / "evil.txt").write_text("title: A \x1b[2J title\n\nText \x1b]0;x\x07 here.", "utf-8")
    run("library", "add", desk / "papers")
    evil = listed(capsys)["evil.txt"]["id"]
    run("library", "list")
    run("library", "show", evil)
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["library"], ["library", "add"], ["library", "add", "x", "--trust", "7"]])
def test_wrong_usage_ends_with_status_2(arguments):
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
