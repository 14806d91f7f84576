"""The layout of a library's file: made by the same steps that bring an older file up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np

from claimdesk.errors import LibraryError
from claimdesk.library.rows import pack_codes, pack_levels, unpack_text
from claimdesk.origins import fingerprints

APPLICATION = 0x434C4D44  # "CLMD" in the file's header: this is ours
TOKENS = "porter unicode61 remove_diacritics 2"

_FIRST = f"""
CREATE TABLE fact (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO fact VALUES ('generation', 0), ('model', '');
CREATE TABLE source (
    key INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice, so that a cache knows what is new
    id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL,
    title TEXT NOT NULL, publisher TEXT NOT NULL, date TEXT, url TEXT NOT NULL, kind TEXT NOT NULL, trust REAL,
    meta TEXT NOT NULL,       -- the rest of Meta, as JSON
    folded TEXT NOT NULL,     -- the publisher as filters compare it
    size INTEGER, modified INTEGER, added TEXT NOT NULL,
    chosen TEXT NOT NULL      -- what a person set, as JSON
);
CREATE TABLE document (
    source INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
    text BLOB NOT NULL,       -- zlib of UTF-8
    places TEXT NOT NULL      -- marks, furniture and notes, as JSON
);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY AUTOINCREMENT,  -- small and rising: the word index is a third smaller for it
    id INTEGER NOT NULL UNIQUE,             -- the same in every engine
    source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    number INTEGER NOT NULL,
    core_start INTEGER NOT NULL, core_end INTEGER NOT NULL,
    window_start INTEGER NOT NULL, window_end INTEGER NOT NULL,
    embedding INTEGER NOT NULL REFERENCES embedding
);
CREATE INDEX passage_source ON passage (source);
CREATE TABLE model (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE embedding (
    key INTEGER PRIMARY KEY,
    model INTEGER NOT NULL REFERENCES model,
    text_hash BLOB NOT NULL,
    vector BLOB NOT NULL,     -- float16, little endian
    UNIQUE (model, text_hash)
);
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='{TOKENS}');
CREATE VIRTUAL TABLE words_seen USING fts5vocab('words', 'row');
"""

_SECOND = """
ALTER TABLE source ADD COLUMN origin TEXT NOT NULL DEFAULT '';
UPDATE source SET origin = id;
CREATE TABLE fingerprint (
    print INTEGER NOT NULL, source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    PRIMARY KEY (print, source)
) WITHOUT ROWID;
CREATE TABLE card (           -- what the vector index needs of a source, in one row
    source INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
    passages INTEGER NOT NULL,
    ids BLOB NOT NULL, embeddings BLOB NOT NULL,  -- int64, little endian
    codes BLOB NOT NULL,                          -- the signs of the vectors, one bit each
    levels BLOB NOT NULL                          -- the vectors rounded, one byte each
);
"""


def _make_first(connection: sqlite3.Connection) -> None:
    _run(connection, _FIRST)


def _add_cards_and_fingerprints(connection: sqlite3.Connection) -> None:
    """Version 2: a library opens without reading every vector, and near-identical copies are found."""
    _run(connection, _SECOND)
    for (source,) in connection.execute("SELECT key FROM source ORDER BY key").fetchall():
        rows = connection.execute(
            "SELECT p.id, p.embedding, e.vector FROM passage p JOIN embedding e ON e.key = p.embedding "
            "WHERE p.source = ? ORDER BY p.row",
            (source,),
        ).fetchall()
        ids, embeddings = (np.array([row[column] for row in rows], dtype="<i8").tobytes() for column in (0, 1))
        vectors = [np.frombuffer(row[2], dtype="<f2").astype(np.float32) for row in rows]
        connection.execute(
            "INSERT INTO card VALUES (?, ?, ?, ?, ?, ?)",
            (source, len(rows), ids, embeddings, pack_codes(vectors), pack_levels(vectors)),
        )
        (text,) = connection.execute("SELECT text FROM document WHERE source = ?", (source,)).fetchone()
        prints = fingerprints(unpack_text(text))
        connection.executemany("INSERT INTO fingerprint VALUES (?, ?)", [(value, source) for value in prints])


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_make_first, _add_cards_and_fingerprints)
"""Step i makes version i + 1 out of version i. A step is never changed once a release has it; add another one."""

VERSION = len(STEPS)


def prepare(connection: sqlite3.Connection, path: Path, writable: bool, version: int = VERSION) -> None:
    """Makes a new file's tables, or brings an older file to ``version``, in one transaction.

    Raises LibraryError for another program's file, for one of a newer Claimdesk, and for an older one that can
    only be read.
    """
    found = _version(connection, path)
    if writable:  # not before it is known to be ours
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    if found >= version:
        return
    if not writable:
        raise LibraryError(
            f"{path} was made by an older Claimdesk (layout {found}, now {version}) and can only be read. "
            "Copy it to a place where you may write, and open it there once."
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[_version(connection, path) : version]:  # another process may have come first
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the layout; 0 for an empty file."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == 0 and version == 0 and tables == 0:
        return 0
    if application != APPLICATION or version < 1:
        raise LibraryError(f"{path} is a database of another program. Name another file for the library.")
    if version > VERSION:
        raise LibraryError(
            f"{path} was made by a newer Claimdesk (layout {version}; this one knows {VERSION}). Update Claimdesk."
        )
    return int(version)


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Statement by statement: ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
