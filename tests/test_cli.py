"""The commands as a person types them: output, exit status, messages."""

import csv
import io
import json

import pytest
from docx import Document as Word
from fakes import FixedMeaning, TinyEncoder

from claimdesk import cli
from claimdesk.exports import EXPORTS
from claimdesk.report import loads
from claimdesk.review import Choice, append_decision, decide
from claimdesk.verify import Models

ARTICLE = "The flood destroyed 340 homes in Tarn. Mayor Li Chen resigned on Monday."
AGREES = "The flood destroyed 340 homes in Tarn, the council said."
DIFFERS = "The flood destroyed 430 homes in Tarn, the county said."


@pytest.fixture(autouse=True)
def tiny_models(monkeypatch):
    models = Models(TinyEncoder(), FixedMeaning())
    monkeypatch.setattr("claimdesk.verify.load_models", lambda settings: models)
    monkeypatch.setattr("claimdesk.pairs.load_judge", lambda name: models.meaning)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "council.txt").write_text(AGREES, "utf-8")
    return tmp_path


def run(*arguments):
    return cli.main([str(argument) for argument in arguments])


def test_check_answers_0_when_nothing_conflicts_and_1_when_something_does(folder, capsys):
    assert run("check", folder / "article.txt", "--sources", folder / "sources") == 0
    assert "340" in capsys.readouterr().out
    (folder / "sources" / "county.txt").write_text(DIFFERS, "utf-8")
    assert run("check", folder / "article.txt", "--sources", folder / "sources") == 1


def test_a_case_folder_stands_for_text_and_sources(folder, capsys):
    assert run("check", folder, "-f", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["schema"] == 1
    names = [source["path"].split("/")[-1] for source in report["sources"]]
    assert names == ["council.txt"]
    supported = [claim for claim in report["claims"] if claim["verdict"] == "supported"]
    assert any(claim["kind"] == "quantity" for claim in supported)


def test_the_command_offers_every_export():
    assert tuple(EXPORTS) == cli.FORMATS


@pytest.mark.parametrize("form", cli.FORMATS)
def test_every_format_is_written_to_a_file(folder, form, capsys):
    out = folder / f"report.{form}"
    assert run("check", folder, "-f", form, "-o", out) == 0
    if form == "docx":
        assert "340" in "".join(paragraph.text for paragraph in Word(out).paragraphs)
    elif form not in ("corrections", "claimreview"):  # those hold what is wrong, and what people decided
        assert "340" in out.read_text("utf-8-sig")
    assert capsys.readouterr().out == ""


def test_claimreview_holds_the_decisions_of_a_case_folder_and_asks_for_them(folder, capsys):
    assert run("check", folder, "-f", "claimreview") == 0
    empty = capsys.readouterr()
    assert json.loads(empty.out)["@graph"] == [] and "no decisions yet" in empty.err
    run("check", folder, "-f", "json", "-o", folder / "report.json")
    report = loads((folder / "report.json").read_text("utf-8"))
    append_decision(folder / "decisions.jsonl", decide(report, report.claims[0], Choice.AGREE, "Ada"))
    run("check", folder, "-f", "claimreview")
    shown = capsys.readouterr()
    assert [item["author"]["name"] for item in json.loads(shown.out)["@graph"]] == ["Ada"] and shown.err == ""


def test_csv_has_a_row_for_each_claim_and_passage(folder, capsys):
    run("check", folder, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    assert any("340" in str(row) for row in rows)


def test_without_sources_the_text_is_checked_against_itself_alone(folder, capsys):
    assert run("check", folder / "article.txt", "-f", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert {claim["verdict"] for claim in report["claims"]} == {"not_checked"}


def test_extract_gives_claims_without_sources(folder, capsys):
    assert run("extract", folder / "article.txt", "--date", "2025-06-11") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["date"] == "2025-06-11"
    for claim in found["claims"]:
        assert found["text"][claim["start"] : claim["end"]] == claim["text"]
    monday = next(claim for claim in found["claims"] if claim["kind"] == "date")
    assert monday["dates"][0]["from"] == "2025-06-09"


def test_judge_keeps_order_and_survives_bad_lines(folder, capsys):
    pairs = folder / "pairs.jsonl"
    good = json.dumps(
        {"id": "a", "claim": ARTICLE.split(". ")[0] + ".", "evidence": DIFFERS + "\u2028"}, ensure_ascii=False
    )
    pairs.write_text(f"{good}\nnot json\n\n{good}\n", "utf-8")
    assert run("judge", pairs) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["stance"] for row in rows] == ["conflicts", "related", "conflicts"]
    assert "error" in rows[1]
    finding = next(f for f in rows[0]["findings"] if f["outcome"] == "conflicts")
    assert DIFFERS[slice(*finding["evidence_span"])]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "missing.txt"], "missing.txt"),
        (["check", "{article}", "--sources", "missing"], "missing"),
        (["extract", "{empty}"], "empty.txt"),
        (["judge", "missing.jsonl"], "missing.jsonl"),
        (["bench", "pairs", "missing.jsonl"], "missing.jsonl"),
    ],
)
def test_wrong_input_is_one_clear_line_and_status_2(folder, arguments, words, capsys):
    (folder / "empty.txt").write_text("", "utf-8")
    places = {"article": folder / "article.txt", "empty": folder / "empty.txt"}
    assert run(*[argument.format(**places) for argument in arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["check"], ["check", "a", "--date", "June"], ["nonsense"], ["bench"]])
def test_wrong_usage_ends_with_status_2(arguments):
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2


def test_an_unreadable_source_is_one_line_and_the_others_are_used(folder, capsys):
    (folder / "sources" / "broken.pdf").write_bytes(b"not a pdf")
    assert run("check", folder, "-f", "json") == 0
    printed = capsys.readouterr()
    assert "broken.pdf" in printed.err
    assert "supported" in printed.out


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        run("--help")
    shown = capsys.readouterr().out
    for command in ("check", "extract", "judge", "train", "bench", "app"):
        assert command in shown
