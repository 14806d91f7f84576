"""Search by words in a library: FTS5 and its BM25, asked for the words that tell passages apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from claimdesk.language.text import words
from claimdesk.library.rows import searchable
from claimdesk.library.schema import TOKENS
from claimdesk.store import Ranked, stop_words

FEW = 1_000
"""Passages that a word may be in, whatever its share: a small library is asked for all words."""

COMMON = 0.02
"""A word in more than this share of the passages is not asked for: it ranks nothing and costs most."""

READ = 15_000
"""Passages that one question may rank: the rarest words come first, and at least two words are asked for."""

MOST = 100
"""Words of one question: no sentence that a person wrote has more that tell it apart."""


class WordIndex:
    """Questions to the table ``words``; how common a word is, is looked up once."""

    def __init__(self, connection: sqlite3.Connection, few: int = FEW) -> None:
        self._connection, self._few = connection, few
        self._seen: dict[str, int] = {}
        self._total = 0
        connection.execute(f"CREATE VIRTUAL TABLE temp.asked USING fts5(text, tokenize='{TOKENS}')")
        connection.execute("CREATE VIRTUAL TABLE temp.asked_terms USING fts5vocab('temp', 'asked', 'instance')")

    def search(self, text: str, k: int, total: int, condition: str = "", values: Sequence[object] = ()) -> Ranked:
        """The ``k`` best of ``total`` passages by BM25; ``condition`` is SQL about ``source`` with its ``values``."""
        asked = self.expression(text, total)
        if not asked or k < 1:
            return []
        if not condition:
            rows = self._connection.execute(
                "SELECT p.id, -w.rank FROM (SELECT rowid, rank FROM words WHERE words MATCH ? "
                "ORDER BY rank, rowid LIMIT ?) w JOIN passage p ON p.row = w.rowid ORDER BY w.rank, w.rowid",
                (asked, k),
            )
        else:
            rows = self._connection.execute(
                "SELECT p.id, -bm25(words) AS score FROM words JOIN passage p ON p.row = words.rowid "
                f"JOIN source ON source.key = p.source WHERE words MATCH ? AND {condition} "
                "ORDER BY score DESC, words.rowid LIMIT ?",
                (asked, *values, k),
            )
        return [(int(name), float(score)) for name, score in rows]

    def expression(self, text: str, total: int) -> str:
        """What FTS5 is asked: the words of a text, any of them; empty where nothing is left to ask for.

        Each word stands in quotation marks, so that nothing in a text can act as an operator, and 1,212 asks for
        1 and 212 side by side.
        """
        found = [word.span.of(text) for word in words(text) if word.norm not in stop_words()]
        asked = [word for word in dict.fromkeys(map(searchable, found)) if any(char.isalnum() for char in word)][:MOST]
        if total > self._few:
            asked = self._telling(asked, total)
        return " OR ".join('"' + word.replace('"', " ") + '"' for word in asked)

    def _telling(self, asked: Sequence[str], total: int) -> list[str]:
        """The words that are not common, the rarest first, until they read enough passages."""
        if abs(total - self._total) > self._total * 0.05:  # shares have hardly changed otherwise
            self._seen, self._total = {}, total
        counts = self._passages_with(asked)
        kept: list[str] = []
        read = 0
        for word in sorted(asked, key=lambda word: counts[word]):
            read += counts[word]
            if counts[word] > max(self._few, total * COMMON) or (read > READ and len(kept) >= 2):
                break
            kept.append(word)
        return kept

    def _passages_with(self, asked: Sequence[str]) -> dict[str, int]:
        """The number of passages with each word, at most: a word of several parts counts as its rarest part."""
        execute = self._connection.execute
        execute("DELETE FROM temp.asked")
        for number, word in enumerate(asked):
            execute("INSERT INTO temp.asked (rowid, text) VALUES (?, ?)", (number, word))
        counts = dict.fromkeys(asked, 0)
        parts: dict[int, list[str]] = {}
        for number, term in execute("SELECT doc, term FROM temp.asked_terms").fetchall():
            parts.setdefault(number, []).append(term)
        for number, terms in parts.items():
            for term in terms:
                if term not in self._seen:
                    row = execute("SELECT doc FROM words_seen WHERE term = ?", (term,)).fetchone()
                    self._seen[term] = row[0] if row else 0
            counts[asked[number]] = min(self._seen[term] for term in terms)
        return counts
