"""A library on Milvus servers in bad times and good: kills, sweeping, hostile words, other layouts, the commands."""

import json
import threading
from contextlib import closing
from dataclasses import replace

import pytest
from fakes import FixedMeaning, TinyEncoder
from milvus_servers import MEANING, WORDS, milvus_server  # noqa: F401
from shelving import answers, ask, clear, milvus_store, put, shelved, source

from claimdesk import cli
from claimdesk.errors import LibraryError
from claimdesk.filters import Equals, Field, OneOf
from claimdesk.library import Library, open_store
from claimdesk.library.milvus_link import CALM
from claimdesk.verify import Models

pytestmark = pytest.mark.milvus
BOTH = pytest.mark.parametrize("server", [WORDS, MEANING], indirect=True)


@pytest.fixture
def server(request, milvus_server):  # noqa: F811
    running = milvus_server(request.param)
    clear(running)
    return running


def story(number, version=0):
    mark = f"mark{number}x{version}"
    return source(f"n{number}", " ".join(f"Sentence {i} of {mark} is about a bridge." for i in range(3 + version % 4)))


def whole(store):
    """The mark of each source, after a look at all that is kept of it."""
    found = {}
    for entry in store.entries():
        item = store.get_source(entry.id)
        assert len(item.passages) == len(item.vectors) == entry.passages == item.source.document.text.count("Sentence")
        found[entry.id] = item.source.document.text.split()[3]
    everything = store.candidates([shelved_probe("sentence about a bridge")], 500)[0]
    places = store.passages([name for name, _ in everything.dense])
    assert len(places) == sum(entry.passages for entry in store.entries()) == store.stats().passages
    return found


def shelved_probe(words):
    from claimdesk.store import Probe

    return Probe(words, TinyEncoder().encode([words])[0])


# --- kills ---


@BOTH
def test_a_server_that_is_killed_keeps_what_it_acknowledged(server):
    with closing(milvus_store(server)) as store:
        put(store, *[story(number) for number in range(4)])
        acknowledged = {f"n{number}": {f"mark{number}x0"} for number in range(4)}

        def write():
            for number in range(1_000):
                name, mark = f"n{number % 6}", f"mark{number % 6}x{number + 1}"
                acknowledged.setdefault(name, {None}).add(mark)
                try:
                    put(store, story(number % 6, number + 1))
                except LibraryError:
                    return
                acknowledged[name] = {mark}

        writer = threading.Thread(target=write)
        writer.start()
        writer.join(4)
        server.kill()
        writer.join()
    server.start()
    with closing(milvus_store(server, create=False)) as store:
        found = whole(store)
        assert len(found) >= 4
        assert {name: mark for name, mark in found.items() if mark not in acknowledged[name]} == {}
        assert {name for name, marks in acknowledged.items() if None not in marks} <= set(found)
        put(store, story(0, 5_000))
        assert whole(store)["n0"] == "mark0x5000"


class KilledError(BaseException):
    """Stands for a kill: nothing of the program runs after it."""


@BOTH
def test_a_writer_killed_after_any_request_leaves_the_old_source_or_the_new_one(server, monkeypatch):
    with closing(milvus_store(server)) as store:
        put(store, story(0), story(1))
    for stop in range(20):
        with closing(milvus_store(server)) as writer:
            left = [stop]

            def counted(real, left=left):
                def request(*arguments, **options):
                    if left[0] == 0:
                        raise KilledError
                    left[0] -= 1
                    return real(*arguments, **options)

                return request

            for name in ("insert", "upsert", "delete"):
                monkeypatch.setattr(writer._link.client, name, counted(getattr(writer._link.client, name)))
            try:
                put(writer, story(0, stop + 1))
                done = True
            except KilledError:
                done = False
        with closing(milvus_store(server)) as reader:
            assert whole(reader)["n0"] in {f"mark0x{version}" for version in range(stop + 2)}
            assert whole(reader)["n1"] == "mark1x0"
        if done:
            break
    assert done and stop > 3
    with closing(milvus_store(server, grace_s=0, abandoned_s=0)) as sweeper:
        put(sweeper, story(2))
        assert whole(sweeper) == {"n0": f"mark0x{stop + 1}", "n1": "mark1x0", "n2": "mark2x0"}
        table = sweeper._tables.passages("tiny")
        assert sweeper._link.count(table, "rev > 0") == sweeper.stats().passages
        assert sweeper._link.count(sweeper._tables.sources, "at > 0") == 3


@BOTH
def test_what_was_replaced_is_swept_and_its_vectors_stay(server):
    with closing(milvus_store(server, grace_s=0)) as store:
        put(store, story(0), story(1))
        old, removed = shelved(story(0)).texts(), shelved(story(1)).texts()
        put(store, story(0, 1))
        store.delete_source("n1")
        put(store, story(0, 2))
        assert store._link.count(store._tables.passages("tiny"), "rev > 0") == store.stats().passages == 5
        assert set(store.recall("tiny", [*old, *removed])) == {*old, *removed}
        encoder = TinyEncoder()
        Library(store, encoder).add_sources([replace(story(1), path="/desk/n1.txt")])
        assert encoder.encoded == []


@BOTH
def test_two_writers_of_one_source_leave_one_of_theirs(server):
    with closing(milvus_store(server)) as first, closing(milvus_store(server)) as second:
        stores = [first, second]
        writers = [
            threading.Thread(target=put, args=(stores[n], *[story(0, 10 * i + n) for i in range(3)])) for n in (0, 1)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        found = whole(first)
        assert found == whole(second) and found["n0"] in {"mark0x20", "mark0x21"}


# --- words of every kind ---

HOSTILE = [
    'Say "No"',
    "O'Neil \\ Sons\\",
    '" or rev > 0 or source == "',
    'x" and (publisher != "',
    "line\nfeed\x00 and \x1b",
    "Жёлтый 新聞 😀",
    "half \ud800 one",
    "long " * 20_000,
    "{rev} %s $1 -- /*",
]


@BOTH
def test_no_publisher_is_taken_as_an_expression(server):
    with closing(milvus_store(server)) as store:
        put(
            store, *[source(f"s{n}", f"Text {n}.", publisher=name) for n, name in enumerate(HOSTILE) if len(name) < 999]
        )
        for number, name in enumerate(HOSTILE):
            wanted = [f"s{number}"] if len(name) < 999 else []
            assert [entry.id for entry in store.entries(Equals(Field.PUBLISHER, name))] == wanted
            found = store.candidates([shelved_probe("text")], 50, OneOf(Field.PUBLISHER, (name, "nobody")))[0].dense
            assert [place.source for place in store.passages([one for one, _ in found]).values()] == wanted
            assert store.entries(Equals(Field.SOURCE, name)) == []


@BOTH
def test_a_title_that_no_field_takes_is_refused_in_words(server):
    with closing(milvus_store(server)) as store:
        with pytest.raises(LibraryError, match="too long"):
            put(store, source("a", "Text.", title="long " * 20_000))
        assert store.entries() == [] and store.stats().passages == 0


@BOTH
def test_a_book_comes_back_as_it_was(server):
    text = " ".join(f"Sentence {i} of {i * 7919 % 10007} has {i**3} words." for i in range(2_300))
    with closing(milvus_store(server)) as store:
        put(store, source("book", text), story(1))
        item = store.get_source("book")
        assert item.source.document.text == text and len(item.passages) == 2_300
        assert store.read_sources(["book", "n1"])["book"].document.text == text
        assert all(answers(store, "1879080904"))


# --- other servers, other layouts ---


@BOTH
def test_stats_say_what_the_server_cannot_do(server):
    with closing(milvus_store(server)) as store:
        put(store, story(0))
        stats = store.stats()
        assert (stats.engine, stats.sources, stats.passages, stats.model) == ("milvus", 1, 3, "tiny")
        assert ("meaning alone" in stats.note) is (server.kind == MEANING)
        assert bool(ask(store, "mark0x0")[1]) is (server.kind == WORDS)


@BOTH
def test_a_library_that_is_not_there_and_one_of_a_newer_layout_are_said(server):
    from pymilvus import MilvusClient

    with pytest.raises(LibraryError, match="claimdesk library add --library milvus://"):
        open_store(server.address("nowhere"))
    with closing(MilvusClient(uri=f"http://127.0.0.1:{server.port}", grpc_options=CALM)) as client:
        client.create_collection("claimdesk_later_v9_sources", dimension=2)
        with pytest.raises(LibraryError, match="newer Claimdesk.*Update"):
            open_store(server.address("later"), create=True)
        client.drop_collection("claimdesk_later_v9_sources")


@BOTH
def test_the_commands_know_the_address(server, tmp_path, monkeypatch, capsys):
    encoder = TinyEncoder()
    encoder.name = "all-MiniLM-L6-v2"
    monkeypatch.setattr("claimdesk.verify.load_models", lambda settings: Models(encoder, FixedMeaning()))
    monkeypatch.setattr("claimdesk.embed.load_encoder", lambda name: encoder)
    monkeypatch.setenv("CLAIMDESK_LIBRARY", str(tmp_path / "library.db"))
    (tmp_path / "council.txt").write_text("The flood destroyed 340 homes in Tarn, the council said.", "utf-8")
    (tmp_path / "article.txt").write_text(
        "The flood destroyed 340 homes in Tarn. Mayor Li Chen resigned on Monday.", "utf-8"
    )
    address = server.address("contract")

    def run(*arguments):
        assert cli.main([str(argument) for argument in arguments]) == 0
        return capsys.readouterr().out

    run("library", "add", tmp_path / "council.txt", "--publisher", "Council")
    encoder.encoded.clear()
    assert "1 sources copied, 1 in" in run("library", "move", "--to", address)
    assert "0 sources copied, 1 in" in run("library", "move", "--to", address)
    assert encoder.encoded == []
    assert json.loads(run("library", "list", "-f", "json", "--library", address)) == json.loads(
        run("library", "list", "-f", "json")
    )
    report = json.loads(run("check", tmp_path / "article.txt", "--library", address, "-f", "json"))
    assert "supported" in {claim["verdict"] for claim in report["claims"]}
    assert "milvus" in run("library", "stats", "--library", address)
    assert "1 unchanged" in run("library", "add", tmp_path / "council.txt", "--library", address)
    assert cli.main(["library", "move", "--library", address, "--to", f"{address}?consistency=bounded"]) == 2
    assert "the library itself" in capsys.readouterr().err


@BOTH
def test_a_bounded_library_finds_what_it_has(server):
    from claimdesk.library.milvus import MilvusStore
    from claimdesk.library.milvus_address import read_address

    with closing(milvus_store(server)) as store:
        put(store, story(0))
        assert all(answers(store, "mark0x0"))  # by now every node has it
    with closing(MilvusStore(read_address(server.address("contract") + "?consistency=bounded"))) as store:
        assert [entry.id for entry in store.entries()] == ["n0"] and all(answers(store, "mark0x0"))
