"""The reference corpus of one check: sources and a library in, the passages that speak about a claim out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claimdesk.embed import Encoder, Vectors
from claimdesk.errors import LibraryError
from claimdesk.filters import Field, Filter, OneOf
from claimdesk.memory import MemoryStore
from claimdesk.model import Passage, Source
from claimdesk.passages import cut_passages
from claimdesk.settings import Settings
from claimdesk.store import Candidates, PassageStore, Probe, Ranked, Shelved, search_terms


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for one claim: its words with their context, and the same without the value."""

    texts: tuple[str, ...]
    exact: str = ""  # words that should occur as they are (a quote)
    figure: str = ""  # how the claim's number can be written: 12,480 12480


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may speak about a claim. ``score`` is the fused rank, ``similarity`` the best cosine."""

    passage: Passage
    score: float
    similarity: float


class Corpus:
    """The sources of one check, and a library beside them, behind one search by meaning and words.

    ``sources`` holds the given sources and, after a search, those of the library that gave a hit: nothing else of
    the library is ever read. ``counts`` has the number of passages of each, ``origins`` the story that the library
    knows each of its own by. ``where`` says which of the library's
    sources may speak; the given sources always do. Raises LibraryError for a library of another model.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        encoder: Encoder,
        settings: Settings | None = None,
        library: PassageStore | None = None,
        where: Filter | None = None,
    ) -> None:
        if library is not None and library.model not in ("", encoder.name):
            raise LibraryError(
                f"The library was made with the model {library.model}, and this check uses {encoder.name}. "
                f"Check with --model {library.model}, or add the files to a new library."
            )
        self.sources = {source.id: source for source in sources}
        self.settings = settings or Settings()
        self.counts: dict[str, int] = {}
        self.origins: dict[str, str] = {}
        self._encoder = encoder
        self._own = MemoryStore()
        self._library, self._where = library, where

    def index(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Embeds and indexes the given sources; ``progress`` gets (passages done, passages in all)."""
        cut = {
            source.id: cut_passages(source, self.settings.neighbors)
            for source in self.sources.values()
            if source.document is not None
        }
        texts = [self.words_of(passage) for passages in cut.values() for passage in passages]
        vectors, row = self._encoder.encode(texts, progress), 0
        for name, passages in cut.items():
            rows = vectors[row : row + len(passages)]
            self._own.put_source(Shelved(self.sources[name], passages, rows, self._encoder.name))
            self.counts[name] = len(passages)
            row += len(passages)

    def search(self, queries: Sequence[Query]) -> list[list[Hit]]:
        """The best passages of every source that speaks about each query, best first, the given sources' before."""
        rows = iter(self._encoder.encode([text for query in queries for text in query.texts]))
        probes = [_probes(query, rows) for query in queries]
        hits = _Search(self._own, self.sources, self.settings, None).run(queries, probes)
        if self._library is None:
            return hits
        with self._library.snapshot():
            search = _Search(self._library, {}, self.settings, self._where)
            more = search.run(queries, probes)
            heard = self._hear(search, more)
        return [own + [hit for hit in new if hit.passage.source in heard] for own, new in zip(hits, more, strict=True)]

    def _hear(self, search: _Search, hits: Sequence[Sequence[Hit]]) -> set[str]:
        """Takes up the library's sources that gave hits, but for those that were given as well."""
        given = {source.document.sha256 for source in self.sources.values() if source.document}
        heard = set()
        for name in dict.fromkeys(hit.passage.source for found in hits for hit in found):
            source = search.source(name)
            if source.document is not None and source.document.sha256 not in given and name not in self.sources:
                heard.add(name)
                self.sources[name] = source
        assert self._library is not None
        for entry in self._library.entries(OneOf(Field.SOURCE, tuple(heard))):
            self.counts[entry.id], self.origins[entry.id] = entry.passages, entry.facts.origin or entry.id
        return heard

    def words_of(self, passage: Passage) -> str:
        """The words of a passage's window."""
        document = self.sources[passage.source].document
        assert document is not None  # a source without a document has no passages
        return passage.window.of(document.text)


class _Search:
    """One batch of queries against one store."""

    def __init__(
        self, store: PassageStore, sources: dict[str, Source], settings: Settings, where: Filter | None
    ) -> None:
        self._store, self._settings, self._where = store, settings, where
        self._sources = dict(sources)
        self._order = {name: number for number, name in enumerate(sources)}

    def run(self, queries: Sequence[Query], probes: Sequence[Sequence[Probe]]) -> list[list[Hit]]:
        """The hits of each query."""
        settings = self._settings
        most = max(settings.dense_candidates, settings.lexical_candidates)
        answers = iter(self._store.candidates([probe for own in probes for probe in own], most, self._where))
        found = [[next(answers) for _ in own] for own in probes]
        ids = {name for own in found for answer in own for name, _ in (*answer.dense, *answer.lexical)}
        passages = self._store.passages(ids)
        return [self._hits(query, own, passages) for query, own in zip(queries, found, strict=True)]

    def source(self, name: str) -> Source:
        """A source with its text, read once."""
        if name not in self._sources:
            self._sources |= self._store.read_sources([name])
        return self._sources[name]

    def _hits(self, query: Query, answers: Sequence[Candidates], passages: dict[int, Passage]) -> list[Hit]:
        settings = self._settings
        similarity: dict[int, float] = {}
        rankings: list[Ranked] = []
        for answer in answers[: len(query.texts)]:
            dense = answer.dense[: settings.dense_candidates]
            for name, score in dense:
                similarity[name] = max(similarity.get(name, -1.0), score)
            rankings += [dense, answer.lexical[: settings.lexical_candidates]]
        rest = [answer.lexical[: settings.lexical_candidates] for answer in answers[len(query.texts) :]]
        if query.exact:
            rankings += [rest[0]] * 2
        terms = {term for text in query.texts for term in search_terms(text)}
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        for name, score in self._in_order(fuse(rankings, settings.fusion_k), passages):
            passage, cosine = passages[name], similarity.get(name, 0.0)
            if taken.get(passage.source, 0) >= settings.passages_per_source:
                continue
            if cosine < settings.related_floor and not self._shares_rare_words(passage, terms):
                continue
            taken[passage.source] = taken.get(passage.source, 0) + 1
            hits.append(Hit(passage, score, cosine))
            if len(hits) >= settings.passages_per_claim:
                break
        if not query.figure:
            return hits
        found = [(passages[name], similarity.get(name, 0.0)) for name, _ in rest[-1] if name in passages]
        return hits + self._figure_hits(query.figure, hits, found, terms)

    def _in_order(self, ranked: Ranked, passages: dict[int, Passage]) -> Ranked:
        """Equal scores in the order of the sources and their texts; what is gone meanwhile is left out."""

        def place(item: tuple[int, float]) -> tuple[float, int, str, int]:
            passage = passages[item[0]]
            return -item[1], self._order.get(passage.source, 0), passage.source, passage.index

        return sorted((item for item in ranked if item[0] in passages), key=place)

    def _figure_hits(
        self, figure: str, hits: Sequence[Hit], found: Sequence[tuple[Passage, float]], terms: set[str]
    ) -> list[Hit]:
        """Beside the hits, each source's first related passage that writes the claim's figure, where none does yet."""
        wanted = set(search_terms(figure))
        held = {hit.passage.source for hit in hits if self._writes(hit.passage, wanted)}
        more = []
        for passage, cosine in found:
            if passage.source in held or not self._writes(passage, wanted):
                continue
            if cosine >= self._settings.related_floor or self._shares_rare_words(passage, terms):
                held.add(passage.source)
                more.append(Hit(passage, 0.0, cosine))
        return more

    def _writes(self, passage: Passage, figures: set[str]) -> bool:
        return bool(figures & set(search_terms(passage.core.of(self._text(passage)))))

    def _shares_rare_words(self, passage: Passage, terms: set[str]) -> bool:
        """Whether a passage that is not near in meaning still shares two content words with the query."""
        return len(terms & set(search_terms(passage.window.of(self._text(passage))))) >= 2

    def _text(self, passage: Passage) -> str:
        document = self.source(passage.source).document
        assert document is not None  # a source without a document has no passages
        return document.text


def _probes(query: Query, rows: Iterator[Vectors]) -> list[Probe]:
    """The questions of one query to a store: its texts, then the exact words, then the figure."""
    asked = [Probe(text, next(rows)) for text in query.texts]
    return asked + [Probe(words) for words in (query.exact, query.figure) if words]


def fuse(rankings: Sequence[Ranked], k: int = 60) -> Ranked:
    """Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009): the sum of 1 / (k + rank) over the rankings.

    >>> fuse([[(7, 0.9), (3, 0.8)], [(3, 12.0)]], k=60)[0][0]
    3
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, (name, _) in enumerate(ranking, start=1):
            scores[name] = scores.get(name, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
