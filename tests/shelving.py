"""Sources, stores and vectors as the tests of stores and libraries need them."""

import hashlib
from datetime import date

from fakes import TinyEncoder

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
