"""Loading: order and ids of sources, metadata beside them, broken ones kept in line, case folders."""

from __future__ import annotations

import json
from datetime import date

import pytest

from claimdesk.errors import ClaimdeskError
from claimdesk.load import is_case, load_case, load_sources, read_article
from claimdesk.readers import Limits


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "sources"
    (root / "b").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "z.txt").write_text("The ferry carried 4,310 passengers.")
    (root / "2024-05-31-a-report.md").write_text("# Ferry report\n\nThe ferry carried 4,310.")
    (root / "b" / "c.txt").write_text("---\ntitle: Own title\npublisher: Own\n---\nThe ferry sailed.")
    (root / ".hidden.txt").write_text("No.")
    (root / ".git" / "x.txt").write_text("No.")
    (root / "~$report.docx").write_bytes(b"lock")
    (root / "broken.pdf").write_bytes(b"")
    return root


def test_folder_is_read_in_order_with_stable_ids(folder):
    sources = load_sources([folder])
    assert [source.id for source in sources] == ["s1", "s2", "s3", "s4"]
    names = [source.path.removeprefix(f"{folder}/") for source in sources]
    assert names == ["2024-05-31-a-report.md", "b/c.txt", "broken.pdf", "z.txt"]
    assert sources[2].document is None and "empty" in sources[2].error
    assert all(source.error is None for source in sources if source.document)


def test_blanks_are_filled_from_the_file_name(folder):
    report, _, _, last = load_sources([folder])
    assert (report.document.meta.title, report.document.meta.date) == ("Ferry report", date(2024, 5, 31))
    assert last.document.meta.title == "Z"


def test_sources_csv_gives_metadata_and_is_no_source(folder):
    (folder / "sources.csv").write_text(
        "file,title,date,trust,kind\nb/c.txt,Listed title,2024-06-01,0.9,agency\nz.txt,,06/07/2024\ngone.txt,Gone\n"
    )
    by_path = {source.path.rsplit("/", 1)[-1]: source for source in load_sources([folder])}
    meta = by_path["c.txt"].document.meta
    assert (meta.title, meta.publisher, meta.date) == ("Listed title", "Own", date(2024, 6, 1))
    assert (meta.trust, meta.kind) == (0.9, "agency")
    assert "06/07/2024" in by_path["z.txt"].document.notes[-1]
    assert by_path["gone.txt"].document is None and "no such file" in by_path["gone.txt"].error
    assert "sources.csv" not in by_path


def test_sources_csv_beside_single_files_and_above_the_folder(folder):
    (folder.parent / "sources.csv").write_text("file;publisher\nsources/z.txt;Harbor\n2024-05-31-a-report.md;Port\n")
    found = {source.path.rsplit("/", 1)[-1]: source for source in load_sources([folder])}
    assert found["z.txt"].document.meta.publisher == "Harbor"
    assert found["2024-05-31-a-report.md"].document.meta.publisher == "Port"
    (folder / "sources.csv").write_text("file,publisher\nz.txt,Nearer\n")
    assert load_sources([folder / "z.txt"])[0].document.meta.publisher == "Nearer"


@pytest.mark.parametrize("content", ["name,title\nz.txt,Z\n", "file\n\x00\x01\x02\x03\x04\x05\x06\n"])
def test_broken_sources_csv_is_an_error(folder, content):
    (folder / "sources.csv").write_text(content)
    with pytest.raises(ClaimdeskError, match="sources.csv"):
        load_sources([folder])


def test_a_file_given_twice_is_one_source(folder):
    assert len(load_sources([folder, folder / "z.txt", folder / "b"])) == 4


def test_missing_path_stops(folder):
    with pytest.raises(ClaimdeskError, match="no file or folder"):
        load_sources([folder, folder / "none"])


def test_limits_and_progress(folder):
    calls = []
    sources = load_sources([folder], Limits(max_bytes=5), lambda *call: calls.append(call))
    assert all(source.document is None for source in sources)
    assert calls[0] == (0, 4, "2024-05-31-a-report.md") and calls[-1] == (4, 4, "")


# --- cases ----------------------------------------------------------------------------------------


def test_case_folder(folder):
    case_folder = folder.parent
    (case_folder / "article.txt").write_text("date 2024-06-01 The ferry carried 4,310.")
    (case_folder / "expected.json").write_text(json.dumps({"complete": True, "claims": []}))
    case = load_case(case_folder)
    assert is_case(case_folder) and not is_case(folder)
    assert case.article == case_folder / "article.txt"
    assert len(load_sources(case.sources)) == 4
    assert case.expected == {"complete": True, "claims": []}
    assert read_article(case.article).meta.date == date(2024, 6, 1)


def test_case_without_sources_or_expectations(tmp_path):
    (tmp_path / "article.md").write_text("The ferry sailed.")
    assert (load_case(tmp_path).sources, load_case(tmp_path).expected) == ((), None)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "none"),
        ({"article.txt": "A.", "article.md": "B."}, "exactly one"),
        ({"article.txt": "A.", "expected.json": "{"}, "no valid JSON"),
        ({"article.txt": "A.", "expected.json": "[]"}, "claims"),
    ],
)
def test_broken_case_folders(tmp_path, files, words):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(ClaimdeskError, match=words):
        load_case(tmp_path)
    with pytest.raises(ClaimdeskError, match="no case folder"):
        load_case(tmp_path / "none")
