"""Drafts on the disk: kept as they were typed, readable by their owner only, deletable, never half."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hostile import HOSTILE

from claimdesk.errors import ClaimdeskError
from claimdesk.page.cases import list_cases
from claimdesk.page.drafts import FOLDER, Draft, delete_draft, keep_draft, list_drafts, new_draft_id, read_draft
from claimdesk.page.library import Searched

DRAFT = Draft("0123456789abcdef", "The council bought 40 buses.\n", "/desk", date(2025, 6, 2), mark="one")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "cases"))
    return tmp_path / "cases" / FOLDER


def test_a_draft_comes_back_as_it_was_and_is_no_case(root: Path) -> None:
    kept = replace(DRAFT, searched=Searched("kept.db", ("Gazette",), date(2025, 1, 1)), case="ferry")
    keep_draft(kept)
    assert replace(read_draft(kept.id) or DRAFT, changed=0.0) == kept
    assert list_cases() == [] and [path.name for path in root.iterdir()] == [f"{kept.id}.json"]
    assert stat.S_IMODE((root / f"{kept.id}.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("hostile", [*HOSTILE, "\ud800", ""], ids=lambda text: ascii(text[:12]))
def test_whatever_is_typed_comes_back(hostile: str) -> None:
    keep_draft(replace(DRAFT, text=hostile))
    found = read_draft(DRAFT.id)
    assert found and found.text == hostile and len(found.title()) <= 80


def test_what_is_deleted_is_gone_but_for_a_text_that_was_changed_since(root: Path) -> None:
    keep_draft(DRAFT)
    assert not delete_draft(DRAFT.id, "another") and read_draft(DRAFT.id)
    assert delete_draft(DRAFT.id, "one") and not list(root.iterdir())
    assert not delete_draft(DRAFT.id)


def test_each_sees_their_own_drafts_the_newest_first() -> None:
    for number, owner in enumerate(("Ada", "", "Ada")):
        keep_draft(
            replace(DRAFT, id=f"{number:016x}", text=f"Text {number}", owner=owner, case="ferry" if number else "")
        )
    assert {draft.title() for draft in list_drafts("Ada")} == {"Text 0", "Text 2"}
    assert [draft.title() for draft in list_drafts("Ada", "ferry")] == ["Text 2"]
    assert [draft.title() for draft in list_drafts()] == ["Text 1"]


@pytest.mark.parametrize("data", ["", "[]", "{", "{}", '{"text": "a", "day": "soon"}', '{"text": "a", "searched": 3}'])
def test_a_damaged_file_is_no_draft(root: Path, data: str) -> None:
    keep_draft(DRAFT)
    (root / f"{DRAFT.id}.json").write_text(data, "utf-8")
    assert read_draft(DRAFT.id) is None and list_drafts() == []


@pytest.mark.parametrize("name", ["", "..", "../sample/report", "/etc/passwd", "0123456789ABCDEF", "0" * 17])
def test_nothing_but_a_draft_is_read_or_deleted(name: str) -> None:
    assert read_draft(name) is None and not delete_draft(name)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("CLAIMDESK_CASES", str(tmp_path / "file" / "cases"))
    with pytest.raises(ClaimdeskError, match="could not be kept as a draft"):
        keep_draft(DRAFT)


def test_names_of_drafts_are_not_guessed() -> None:
    assert len({new_draft_id() for _ in range(50)}) == 50
