"""Pairs of claim and passage that the project wrote: the minimal pairs, and the small open set that floors are pinned on."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pinned import shared_folder

TABLES = Path(__file__).parent / "tables"
ROWS = [json.loads(line) for line in (TABLES / "minimal_pairs.jsonl").read_text(encoding="utf-8").splitlines()]
FLOOR_ROWS = [json.loads(line) for line in (TABLES / "floor_pairs.jsonl").read_text(encoding="utf-8").splitlines()]
KINDS = {"antonym", "role", "modality", "condition", "negation", "quantifier", "tense", "attribution"}
LONG = 10  # words that two people do not write alike by chance


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def long_runs(text: str) -> Iterator[str]:
    found = words(text)
    for start in range(len(found) - LONG + 1):
        yield " ".join(found[start : start + LONG])


def test_every_line_has_the_same_fields() -> None:
    for row in ROWS:
        assert list(row) == ["id", "kind", "group", "claim", "evidence", "label"], row["id"]
        assert row["kind"] in KINDS
        assert re.fullmatch(row["kind"] + r"-\d\d", row["group"])
        assert row["id"] in (row["group"] + "c", row["group"] + "s")


def test_ids_are_unique() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_has_thirty_of_both(kind: str) -> None:
    counts = Counter(row["id"][-1] for row in ROWS if row["kind"] == kind)
    assert counts["c"] >= 30
    assert counts["s"] >= 30


def test_a_group_is_one_passage_with_an_altered_and_a_harmless_claim() -> None:
    groups = defaultdict(list)
    for row in ROWS:
        groups[row["group"]].append(row)
    for name, (altered, harmless) in groups.items():
        assert altered["evidence"] == harmless["evidence"], name
        assert altered["label"] in {"conflicts", "nei"}, name
        assert harmless["label"] == "supports", name
        assert words(altered["claim"]) != words(harmless["claim"]), name


def test_no_passage_and_no_claim_occurs_twice() -> None:
    assert len({row["evidence"] for row in ROWS}) == len({row["group"] for row in ROWS})
    assert len({row["claim"] for row in ROWS}) == len(ROWS)


def test_no_claim_is_its_evidence() -> None:
    for row in ROWS:
        sentences = re.split(r"(?<=[.!?])\s+", row["evidence"])
        assert words(row["claim"]) not in [words(part) for part in [*sentences, row["evidence"]]], row["id"]


def test_passages_are_as_long_as_news_and_written_in_whole_sentences() -> None:
    for row in ROWS:
        assert 15 <= len(row["evidence"].split()) <= 60, row["id"]
        for text in (row["claim"], row["evidence"]):
            assert text == text.strip() and "  " not in text, row["id"]
            assert text[0].isupper() or text[0] == '"', row["id"]
            assert text[-1] in '.!?"', row["id"]


def test_overlap_of_words_does_not_tell_the_label() -> None:
    shared: dict[bool, list[float]] = {True: [], False: []}
    for row in ROWS:
        claim = set(words(row["claim"]))
        shared[row["label"] == "supports"].append(len(claim & set(words(row["evidence"]))) / len(claim))
    wins = sum((high > low) + (high == low) / 2 for high in shared[True] for low in shared[False])
    assert 0.4 <= wins / (len(shared[True]) * len(shared[False])) <= 0.6


def test_the_open_set_has_all_labels_in_each_kind() -> None:
    assert len({row["id"] for row in FLOOR_ROWS}) == len({row["claim"] for row in FLOOR_ROWS}) == len(FLOOR_ROWS)
    assert Counter(row["label"] for row in FLOOR_ROWS) == {"supports": 60, "conflicts": 50, "nei": 50}
    kinds = Counter((row["kind"], row["label"]) for row in FLOOR_ROWS)
    assert {kind for kind, _ in kinds} == {"number", "date", "name", "quote", "plain"}
    assert min(kinds.values()) >= 10
    for row in FLOOR_ROWS:
        assert list(row) == ["id", "kind", "group", "claim", "evidence", "label"], row["id"]
        assert row["claim"] not in row["evidence"], row["id"]
    assert not {row["evidence"] for row in FLOOR_ROWS} & {row["evidence"] for row in ROWS}


def test_nothing_is_taken_from_the_shared_data() -> None:
    folder = shared_folder()
    runs = {
        run: row["id"]
        for row in ROWS + FLOOR_ROWS
        for text in (row["claim"], row["evidence"])
        for run in long_runs(text)
    }
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".jsonl", ".json", ".txt", ".tsv", ".csv", ".md", ".html"} or not path.is_file():
            continue
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                for run in long_runs(line):
                    assert run not in runs, f"{runs[run]} shares {run!r} with {path}"
