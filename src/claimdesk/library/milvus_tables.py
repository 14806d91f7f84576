"""The collections of a library on a Milvus server, made when they are first needed.

=========================== ===========================================================================
``…_sources``               what is known of a source, a row for each version; and a row for each change begun
``…_texts``                 the texts in parts, zlib and base85
``…_passages_<model>``      places, vectors and words of passages, with what filters ask of their source
``…_vectors_<model>``       vectors of texts that no passage has (any more), by a hash of the text
=========================== ===========================================================================

The names begin with ``claimdesk_<name>_v<version>``: not every server keeps a description. The collections of
another version are left alone.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from claimdesk.errors import LibraryError
from claimdesk.library.milvus_link import Link

VERSION = 1
WORD = 512  # bytes of a word that is compared
LONG = 65_535  # bytes that a field takes
PRINTS = 4_096  # fingerprints of a source

Fields = list[tuple[str, str, dict[str, Any]]]
"""Name, kind (a name of pymilvus.DataType) and options of each field; the first is the key."""

_INT, _TEXT = "INT64", "VARCHAR"
_ASKED: Fields = [(name, _TEXT, {"max_length": WORD}) for name in ("source", "publisher", "date")]
_NO_VECTOR = ("none", "FLOAT_VECTOR", {"dim": 2})  # servers want a vector in every collection

SOURCES: Fields = [
    ("at", _INT, {}),
    ("kind", _INT, {}),
    ("rev", _INT, {}),
    ("before", _INT, {}),
    *_ASKED,
    ("origin", _TEXT, {"max_length": WORD}),
    ("model", _TEXT, {"max_length": WORD}),
    ("passages", _INT, {}),
    ("parts", _INT, {}),
    ("record", _TEXT, {"max_length": LONG}),
    ("prints", "ARRAY", {"element_type": _INT, "max_capacity": PRINTS}),
    _NO_VECTOR,
]
TEXTS: Fields = [
    ("key", _TEXT, {"max_length": 64}),
    ("source", _TEXT, {"max_length": WORD}),
    ("rev", _INT, {}),
    ("part", _INT, {}),
    ("packed", _TEXT, {"max_length": LONG}),
    _NO_VECTOR,
]
PASSAGES: Fields = [
    ("row", _INT, {}),
    ("passage", _INT, {}),
    ("rev", _INT, {}),
    *_ASKED,
    *[(name, _INT, {}) for name in ("number", "core_start", "core_end", "window_start", "window_end")],
    ("hash", _TEXT, {"max_length": 32}),
]
VECTORS: Fields = [("hash", _TEXT, {"max_length": 32})]

_SORTED = {  # fields with an index of their own: a question about them must not read every row
    "sources": ("kind", "source", "origin"),
    "texts": ("source", "rev"),
    "passages": ("passage", "source", "publisher", "date", "hash"),
    "vectors": (),
}


class Tables:
    """The collections of one library. Raises LibraryError where there is none and ``create`` is False."""

    def __init__(self, link: Link, create: bool) -> None:
        self._link, self._open = link, set[str]()
        self._prefix = f"claimdesk_{link.address.name}_v{VERSION}"
        self.sources, self.texts = f"{self._prefix}_sources", f"{self._prefix}_texts"
        if not self._found() and not create:
            raise LibraryError(
                f"There is no library at {link.address}. "
                f"Make one with: claimdesk library add --library {link.address} FILES"
            )
        self._ready(self.texts, TEXTS)
        self._ready(self.sources, SOURCES)  # the last: with it, the library is there

    def passages(self, model: str, dimensions: int = 0) -> str:
        """The collection of a model's passages, made for ``dimensions`` where there is none; empty for 0 then."""
        words = self._link.searches_words
        return self._of_model("passages", model, dimensions, PASSAGES, words)

    def vectors(self, model: str, dimensions: int = 0) -> str:
        """The collection of a model's other vectors, like ``passages``."""
        return self._of_model("vectors", model, dimensions, VECTORS, False)

    def _found(self) -> bool:
        with self._link.spoken():
            names = self._link.client.list_collections()
        pattern = re.compile(rf"claimdesk_{self._link.address.name}_v(\d+)_sources")
        versions = {int(match[1]) for name in names if (match := pattern.fullmatch(name))}
        if versions and VERSION not in versions:
            newer = max(versions) > VERSION
            raise LibraryError(
                f"{self._link.address} was made by {'a newer' if newer else 'an older'} Claimdesk "
                f"(layout {max(versions)}; this one knows {VERSION}). "
                + ("Update Claimdesk." if newer else "Move it with that one to a file, and from there to here.")
            )
        return VERSION in versions

    def _of_model(self, kind: str, model: str, dimensions: int, fields: Fields, words: bool) -> str:
        named = hashlib.blake2b(model.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        name = f"{self._prefix}_{kind}_{named}"
        if name in self._open:
            return name
        if not dimensions:
            with self._link.spoken():
                if not self._link.client.has_collection(name):
                    return ""
        own: Fields = [*fields, ("vector", "FLOAT_VECTOR", {"dim": dimensions})]
        if words:
            own += [
                ("words", _TEXT, {"max_length": LONG, "enable_analyzer": True, "analyzer_params": _AS_THEY_ARE}),
                ("weights", "SPARSE_FLOAT_VECTOR", {}),
            ]
        self._ready(name, own)
        return name

    def _ready(self, name: str, fields: Fields) -> None:
        """Makes what is missing of a collection, and waits until it can be asked; a cut run is made good here."""
        client = self._link.client
        with self._link.spoken():
            if not client.has_collection(name):
                _create(client, name, fields)
            if "Loaded" not in str(client.get_load_state(name)):
                self._index(name)
                client.load_collection(name, timeout=_LOAD_S)
        self._open.add(name)

    def _index(self, name: str) -> None:
        from pymilvus import DataType

        client = self._link.client
        there = set(client.list_indexes(name))
        for field in client.describe_collection(name)["fields"]:
            told, kind = field["name"], field["type"]
            if told in there:
                continue
            if kind == DataType.FLOAT_VECTOR:
                how = _FLAT if told == "none" or "_vectors_" in name else _GRAPH
            elif kind == DataType.SPARSE_FLOAT_VECTOR:
                how = _BM25
            elif any(f"_{table}" in name[len(self._prefix) :] and told in own for table, own in _SORTED.items()):
                how = {"index_type": self._link.index_kinds[kind != DataType.VARCHAR]}
            else:
                continue
            params = client.prepare_index_params()
            params.add_index(told, **how)
            client.create_index(name, params, sync=False)


_LOAD_S = 600
_FLAT = {"index_type": "FLAT", "metric_type": "IP"}
_GRAPH = {"index_type": "HNSW", "metric_type": "IP", "params": {"M": 16, "efConstruction": 200}}
_BM25 = {
    "index_type": "SPARSE_INVERTED_INDEX",
    "metric_type": "BM25",
    "params": {"bm25_k1": 1.2, "bm25_b": 0.75},  # as in memory
}
_AS_THEY_ARE = {"tokenizer": "standard"}  # words come folded, stemmed and in letters that no tokenizer divides


def _create(client: Any, name: str, fields: Fields) -> None:
    from pymilvus import DataType, Function, FunctionType
    from pymilvus.exceptions import MilvusException

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    for number, (field, kind, options) in enumerate(fields):
        told = {key: DataType[value] if key == "element_type" else value for key, value in options.items()}
        schema.add_field(field, DataType[kind], is_primary=number == 0, **told)
        if field == "weights":
            schema.add_function(
                Function(
                    name="bm25",
                    function_type=FunctionType.BM25,
                    input_field_names=["words"],
                    output_field_names=["weights"],
                )
            )
    try:
        client.create_collection(name, schema=schema)
    except MilvusException:
        if not client.has_collection(name):  # another process has made it meanwhile
            raise
