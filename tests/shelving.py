"""Sources, stores and vectors as the tests of stores and libraries need them."""

import hashlib
from contextlib import contextmanager
from datetime import date

import pytest
from fakes import TinyEncoder
from milvus_servers import MEANING, WORDS

from claimdesk.library.milvus_link import CALM
from claimdesk.library.sqlite import SqliteStore
from claimdesk.memory import MemoryStore
from claimdesk.model import Document, Meta, Source
from claimdesk.passages import cut_passages
from claimdesk.store import Facts, Probe, Shelved

STORES = {
    "memory": lambda folder: MemoryStore(),
    "sqlite": lambda folder: SqliteStore(folder / "library.db", create=True),
    "sqlite-codes": lambda folder: SqliteStore(folder / "library.db", create=True, exact_limit=0),
}
LASTING = ("sqlite", "sqlite-codes")
SERVERS = tuple(pytest.param(kind, marks=pytest.mark.milvus) for kind in (WORDS, MEANING))


@contextmanager
def opener(request, folder):
    """Opens the store that a fixture's parameter names, as often as it is called; it is empty at first."""
    kind, opened = request.param, []

    def again():
        if kind in STORES:
            opened.append(STORES[kind](folder))
        else:
            opened.append(milvus_store(request.getfixturevalue("milvus_server")(kind)))
        return opened[-1]

    if kind not in STORES:
        clear(request.getfixturevalue("milvus_server")(kind))
    try:
        yield again
    finally:
        for store in opened:
            store.close()


def milvus_store(server, name="contract", create=True, **options):
    """The library of a name on a server."""
    from claimdesk.library.milvus import MilvusStore
    from claimdesk.library.milvus_address import read_address

    return MilvusStore(read_address(server.address(name)), create, **options)


def clear(server, name="contract"):
    """Takes every row out of a library: making one anew takes the genuine server many seconds.

    The small server counts deleted passages in its word statistics, so there that collection goes as a whole.
    """
    from pymilvus import MilvusClient

    client = MilvusClient(uri=f"http://127.0.0.1:{server.port}", grpc_options=CALM)
    for collection in client.list_collections():
        if collection.startswith(f"claimdesk_{name}_v"):
            if server.kind == WORDS and "_passages_" in collection:
                client.drop_collection(collection)
                continue
            key = client.describe_collection(collection)["fields"][0]["name"]
            client.delete(collection, filter=f"{key} > 0" if key in ("at", "row") else f'{key} > ""')
    client.close()


def answers(store, words, k=10, where=None):
    """What ``ask`` gives, without the words of a store that is asked by meaning alone."""
    found = ask(store, words, k, where)
    return found if getattr(store, "searches_words", True) else found[:1]


def source(name, text, **meta):
    if "date" in meta:
        meta["date"] = date.fromisoformat(meta["date"])
    document = Document(
        f"{name}.txt", text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "txt", Meta(**meta)
    )
    return Source(name, f"/desk/{name}.txt", document)


def shelved(item, facts=None, model="tiny"):
    passages = cut_passages(item)
    texts = [passage.window.of(item.document.text) for passage in passages]
    return Shelved(item, passages, TinyEncoder().encode(texts), model, facts or Facts())


def put(store, *items):
    for item in items:
        store.put_source(shelved(item))


def ask(store, words, k=10, where=None):
    """The texts of the best passages: (by meaning, by words)."""
    found = store.candidates([Probe(words, TinyEncoder().encode([words])[0])], k, where)[0]
    return [in_words(store, ranked) for ranked in (found.dense, found.lexical)]


def in_words(store, ranked):
    passages = store.passages([name for name, _ in ranked])
    texts = store.read_sources({passage.source for passage in passages.values()})
    return [passages[name].core.of(texts[passages[name].source].document.text) for name, _ in ranked]


def story(number, version=0):
    """A source of a few sentences, each with a word that no other source or version has."""
    mark = f"mark{number}x{version}"
    return source(f"n{number}", " ".join(f"Sentence {i} of {mark} is about a bridge." for i in range(3 + version % 4)))
