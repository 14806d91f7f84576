"""A library's file in bad times: killed writers, two at once, full disks, damage, other versions, other places."""

import json
import os
import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import TinyEncoder
from shelving import ask, put, shelved, source, story

from claimdesk.errors import LibraryError
from claimdesk.library import open_store, rows, schema
from claimdesk.library.sqlite import SqliteStore
from claimdesk.origins import fingerprints
from claimdesk.store import Probe

CLAIMS = Path(__file__).parent.parent / "claims"


def marks(store):
    """The sources by id with their mark, after a look at every table that must agree about them."""
    execute = store._connection.execute
    assert execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert execute("PRAGMA foreign_key_check").fetchall() == []
    execute("INSERT INTO words (words) VALUES ('integrity-check')")
    found = {}
    for entry in store.entries():
        item = store.get_source(entry.id)
        assert len(item.passages) == entry.passages == len(item.vectors) > 0
        assert np.allclose(item.vectors, shelved(item.source).vectors, atol=0.001)
        mark = item.source.document.text.split()[3]
        answer = store.candidates([Probe(mark)], 50)[0].lexical
        assert {name for name, _ in answer} >= set(item.ids())
        found[entry.id] = mark
    return found


def run_child(work):
    """A child process that writes a line for each thing it has done; (process id, the end to read from)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(lambda words: os.write(writing, (json.dumps(words) + "\n").encode()))
        except BaseException as error:
            os.write(writing, (json.dumps(["error", repr(error)]) + "\n").encode())
        finally:
            os._exit(0)
    os.close(writing)
    return child, os.fdopen(reading, "rb")


def wait(children):
    done = []
    for child, reading in children:
        done.append([json.loads(line) for line in reading])
        reading.close()
        os.waitpid(child, 0)
    return done


# --- killed at any moment ---


@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_a_killed_writer_loses_nothing_and_leaves_nothing_half(tmp_path, kills):
    path = tmp_path / "library.db"
    SqliteStore(path, create=True).close()
    chance = random.Random(3)
    expected = {}

    def write(tell):
        store = SqliteStore(path)
        own = random.Random(os.getpid())
        while True:
            number, version = own.randrange(12), own.randrange(1_000_000)
            if own.random() < 0.2:
                tell(["begin", f"n{number}", None])
                store.delete_source(f"n{number}")
                tell(["done", f"n{number}", None])
            else:
                item = story(number, version)
                tell(["begin", item.id, item.document.text.split()[3]])
                store.put_source(shelved(item))
                tell(["done", item.id, item.document.text.split()[3]])

    for _ in range(kills):
        child, reading = run_child(write)
        reading.readline()
        time.sleep(chance.uniform(0, 0.08))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = [json.loads(line) for line in reading.read().splitlines(keepends=True) if line.endswith(b"\n")]
        reading.close()
        assert not [line for line in lines if line[0] == "error"]
        for what, name, mark in lines:
            if what == "done":
                expected[name] = mark
        with closing(SqliteStore(path)) as store:
            found = marks(store)
        open_end = {line[1]: line[2] for line in lines[-1:] if line[0] == "begin"}
        for name in expected.keys() | found.keys():
            allowed = {expected.get(name)} | ({open_end[name]} if name in open_end else set())
            if not lines:  # killed before the first line after "begin": any one change may have been made
                continue
            assert found.get(name) in allowed
        expected = dict(found)


def test_two_writers_wait_for_each_other(tmp_path):
    path = tmp_path / "library.db"

    def write(first):
        def work(tell):
            store = SqliteStore(path, create=True)
            for number in range(first, first + 15):
                put(store, story(number))
            tell(["done"])

        return work

    assert wait([run_child(write(0)), run_child(write(100))]) == [[["done"]], [["done"]]]
    with closing(SqliteStore(path)) as store:
        assert len(marks(store)) == 30


def test_a_reader_beside_a_writer_sees_whole_sources(tmp_path):
    path = tmp_path / "library.db"
    store = SqliteStore(path, create=True)
    put(store, story(0, 0))

    def write(tell):
        own = SqliteStore(path)
        for version in range(60):
            put(own, story(0, version))
        tell(["done"])

    child = run_child(write)
    seen = set()
    while len(seen) < 60 and os.waitid(os.P_PID, child[0], os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        with store.snapshot():
            text = store.read_sources(["n0"])["n0"].document.text
            mark = text.split()[3]
            found = store.candidates([Probe(mark, TinyEncoder().encode([mark])[0])], 50)[0]
            passages = store.passages([name for name, _ in found.lexical])
        assert len(passages) == len(found.lexical) == len(found.dense) == text.count("Sentence")
        assert all(passage.core.end <= len(text) for passage in passages.values())
        seen.add(mark)
    assert wait([child]) == [[["done"]]]
    assert len(seen) > 1
    store.close()


def test_threads_share_a_store(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    store = SqliteStore(tmp_path / "library.db", create=True)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: put(store, story(number)), range(20)))
        answers = list(pool.map(lambda number: ask(store, f"mark{number}x0")[1], range(20)))
    assert all(len(answer) == 3 for answer in answers)
    store.close()


# --- full and read-only disks ---


def test_a_full_disk_is_said_and_nothing_is_half_there(tmp_path):
    store = SqliteStore(tmp_path / "library.db", create=True)
    put(store, story(0))
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages + 8}")
    large = source("n1", " ".join(f"Sentence {i} of large{i} is about a bridge." for i in range(1_000)))
    with pytest.raises(LibraryError, match="is full while keeping n1.txt.*free some space"):
        put(store, large)
    assert marks(store) == {"n0": "mark0x0"}
    store._connection.execute("PRAGMA max_page_count = 1000000")
    put(store, large)
    assert store.stats().sources == 2
    store.close()


@pytest.mark.parametrize("folder_too", [False, True], ids=["file", "folder"])
def test_a_library_that_may_only_be_read_is_searched_and_says_so(tmp_path, monkeypatch, folder_too):
    path = tmp_path / "library.db"
    with closing(SqliteStore(path, create=True)) as store:
        put(store, story(0))
    locked = {path, tmp_path} if folder_too else {path}
    able = os.access
    monkeypatch.setattr("os.access", lambda place, how: False if Path(place) in locked else able(place, how))
    with closing(SqliteStore(path)) as store:
        assert len(ask(store, "mark0x0")[1]) == 3
        with pytest.raises(LibraryError, match="can only be read"):
            put(store, story(1))
        assert store.stats().sources == 1


# --- other files ---


def test_another_programs_file_is_left_as_it_is(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE mine (x)")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="another program"):
        SqliteStore(path, create=True)
    assert path.read_bytes() == before


def test_a_newer_library_is_not_touched(tmp_path):
    path = tmp_path / "library.db"
    SqliteStore(path, create=True).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(LibraryError, match="Update Claimdesk"):
        SqliteStore(path)


@pytest.mark.parametrize("damage", ["text", "head", "cut", "middle"])
def test_a_damaged_library_is_said_in_one_line(tmp_path, damage):
    path = tmp_path / "library.db"
    with closing(SqliteStore(path, create=True)) as store:
        for number in range(40):
            put(store, story(number))
    data = bytearray(path.read_bytes())
    if damage == "text":
        data = bytearray(b"Dear editor,\n" * 500)
    elif damage == "head":
        data[:100] = bytes(100)
    elif damage == "cut":
        del data[len(data) // 2 :]
    else:
        data[8192 : len(data) - 4096] = random.Random(1).randbytes(len(data) - 12288)
    path.write_bytes(data)
    with pytest.raises(LibraryError) as raised, closing(SqliteStore(path)) as store:
        store.entries()
        store.read_sources([f"n{number}" for number in range(40)])
        ask(store, "mark7x0")
        put(store, story(7, 1))
    assert str(path) in str(raised.value) and "\n" not in str(raised.value)


def test_a_library_of_version_1_is_brought_up_to_date(tmp_path):
    path = tmp_path / "library.db"
    copies = [story(0), story(1), replace(story(0), id="copy")]
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        schema.prepare(old, path, True, version=1)
        for item in map(shelved, copies):
            put_version_1(old, item)
    with closing(SqliteStore(path)) as store:
        assert marks(store) == {"n0": "mark0x0", "n1": "mark1x0", "copy": "mark0x0"}
        assert len(ask(store, "mark1x0")[0]) == 9
        assert {entry.facts.origin for entry in store.entries()} == {"n0", "n1", "copy"}
        assert set(store.alike(fingerprints(copies[0].document.text))) == {"n0", "copy"}
        store.delete_source("n0")
        put(store, story(1, 5))
        assert marks(store) == {"n1": "mark1x5", "copy": "mark0x0"}
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def put_version_1(connection, item):
    """Writes a source as version 1 laid it out."""
    row = rows.source_row(item.source, item.facts)
    del row["origin"]
    columns = ", ".join(row)
    key = connection.execute(
        f"INSERT INTO source ({columns}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    ).lastrowid
    document = item.source.document
    connection.execute(
        "INSERT INTO document VALUES (?, ?, ?)", (key, rows.pack_text(document.text), rows.places(document))
    )
    connection.execute("INSERT OR IGNORE INTO model (key, name) VALUES (1, 'tiny')")
    connection.execute("UPDATE fact SET value = 'tiny' WHERE name = 'model'")
    for name, passage, text, vector in zip(item.ids(), item.passages, item.texts(), item.vectors, strict=True):
        connection.execute(
            "INSERT OR IGNORE INTO embedding (model, text_hash, vector) VALUES (1, ?, ?)",
            (rows.text_hash(text), rows.pack_vector(vector)),
        )
        (embedding,) = connection.execute(
            "SELECT key FROM embedding WHERE text_hash = ?", (rows.text_hash(text),)
        ).fetchone()
        place = (passage.index, passage.core.start, passage.core.end, passage.window.start, passage.window.end)
        number = connection.execute(
            "INSERT INTO passage (id, source, number, core_start, core_end, window_start, window_end, embedding) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (name, key, *place, embedding),
        ).lastrowid
        connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, text))


def test_a_migration_that_fails_leaves_the_old_version(tmp_path, monkeypatch):
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        schema.prepare(old, path, True, version=1)
        put_version_1(old, shelved(story(0)))
    monkeypatch.setattr(schema, "unpack_text", lambda packed: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        SqliteStore(path)
    monkeypatch.undo()
    with closing(SqliteStore(path)) as store:
        assert marks(store) == {"n0": "mark0x0"}


def test_a_library_opens_in_another_folder(tmp_path):
    (tmp_path / "here").mkdir()
    with closing(SqliteStore(tmp_path / "here" / "library.db", create=True)) as store:
        put(store, story(0), story(1))
        before = ask(store, "mark1x0")
    (tmp_path / "there").mkdir()
    shutil.copy(tmp_path / "here" / "library.db", tmp_path / "there" / "other name.db")
    shutil.rmtree(tmp_path / "here")
    with closing(open_store(tmp_path / "there" / "other name.db")) as store:
        assert ask(store, "mark1x0") == before


# --- search at size ---


def test_codes_find_what_exact_search_finds(tmp_path):
    draw = np.random.default_rng(5)
    centers = draw.standard_normal((40, 64))
    exact = SqliteStore(tmp_path / "library.db", create=True)
    for number in range(60):
        item = shelved(source(f"n{number}", " ".join(f"Sentence {i} of text {number}." for i in range(20))))
        vectors = centers[draw.integers(0, 40, 20)] + 0.4 * draw.standard_normal((20, 64))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        exact.put_source(replace(item, vectors=vectors.astype(np.float32)))
    coded = SqliteStore(tmp_path / "library.db", exact_limit=0)
    queries = centers[:20] + 0.3 * draw.standard_normal((20, 64))
    probes = [Probe("", (query / np.linalg.norm(query)).astype(np.float32)) for query in queries]
    near, found = ([{n for n, _ in c.dense} for c in store.candidates(probes, 10)] for store in (exact, coded))
    assert sum(len(a & b) for a, b in zip(near, found, strict=True)) >= 0.98 * 200
    coded.close()
    exact.close()


def test_words_that_most_passages_share_are_not_asked_for(tmp_path):
    store = SqliteStore(tmp_path / "library.db", create=True, few=5)
    put(store, *[story(number) for number in range(12)])
    assert ask(store, "a sentence about the bridge of mark7x0")[1] == ask(store, "mark7x0")[1] != []
    assert ask(store, "bridge sentence")[1] == []
    store.close()
