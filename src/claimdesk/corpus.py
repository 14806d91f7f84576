"""The reference corpus of one check: sources in, the passages that speak about a claim out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claimdesk.embed import Encoder, Vectors
from claimdesk.model import Passage, Source
from claimdesk.passages import cut_passages
from claimdesk.settings import Settings
from claimdesk.store import MemoryStore, PassageStore, Ranked, search_terms


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
    """Passages of all sources behind one search by meaning and words."""

    def __init__(self, sources: Sequence[Source], encoder: Encoder, settings: Settings | None = None) -> None:
        self.sources = {source.id: source for source in sources}
        self.settings = settings or Settings()
        self.passages = tuple(
            passage for source in sources for passage in cut_passages(source, self.settings.neighbors)
        )
        self._encoder = encoder
        self._store: PassageStore = MemoryStore()

    def index(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Embeds and indexes every passage; ``progress`` gets (passages done, passages in all)."""
        texts = [self.words_of(passage) for passage in self.passages]
        self._store.add(texts, self._encoder.encode(texts, progress))

    def words_of(self, passage: Passage) -> str:
        """The words of a passage's window."""
        document = self.sources[passage.source].document
        assert document is not None  # a source without a document has no passages
        return passage.window.of(document.text)

    def search(self, queries: Sequence[Query]) -> list[list[Hit]]:
        """The best passages of every source that speaks about each query, best first."""
        texts = [text for query in queries for text in query.texts]
        vectors = self._encoder.encode(texts)
        found, row = [], 0
        for query in queries:
            rows = vectors[row : row + len(query.texts)]
            row += len(query.texts)
            found.append(self._search_one(query, rows))
        return found

    def _search_one(self, query: Query, vectors: Vectors) -> list[Hit]:
        settings = self.settings
        similarity: dict[int, float] = {}
        rankings: list[Ranked] = []
        for text, vector in zip(query.texts, vectors, strict=True):
            dense = self._store.by_meaning(vector, settings.dense_candidates)
            for position, score in dense:
                similarity[position] = max(similarity.get(position, -1.0), score)
            rankings += [dense, self._store.by_words(text, settings.lexical_candidates)]
        if query.exact:
            rankings += [self._store.by_words(query.exact, settings.lexical_candidates)] * 2
        terms = {term for text in query.texts for term in search_terms(text)}
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        for position, score in fuse(rankings, settings.fusion_k):
            passage = self.passages[position]
            if taken.get(passage.source, 0) >= settings.passages_per_source:
                continue
            cosine = similarity.get(position, 0.0)
            if cosine < settings.related_floor and not self._shares_rare_words(passage, terms):
                continue
            taken[passage.source] = taken.get(passage.source, 0) + 1
            hits.append(Hit(passage, score, cosine))
            if len(hits) >= settings.passages_per_claim:
                break
        return hits + self._figure_hits(query, hits, similarity, terms)

    def _figure_hits(
        self, query: Query, hits: Sequence[Hit], similarity: dict[int, float], terms: set[str]
    ) -> list[Hit]:
        """Beside the hits, each source's first related passage that writes the claim's figure, where none does yet."""
        wanted = set(search_terms(query.figure))
        held = {hit.passage.source for hit in hits if self._writes(hit.passage, wanted)}
        found = []
        for position, _ in self._store.by_words(query.figure, self.settings.lexical_candidates) if wanted else ():
            passage, cosine = self.passages[position], similarity.get(position, 0.0)
            if passage.source in held or not self._writes(passage, wanted):
                continue
            if cosine >= self.settings.related_floor or self._shares_rare_words(passage, terms):
                held.add(passage.source)
                found.append(Hit(passage, 0.0, cosine))
        return found

    def _writes(self, passage: Passage, figures: set[str]) -> bool:
        document = self.sources[passage.source].document
        return document is not None and bool(figures & set(search_terms(passage.core.of(document.text))))

    def _shares_rare_words(self, passage: Passage, terms: set[str]) -> bool:
        """Whether a passage that is not near in meaning still shares two content words with the query."""
        return len(terms & set(search_terms(self.words_of(passage)))) >= 2


def fuse(rankings: Sequence[Ranked], k: int = 60) -> Ranked:
    """Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009): the sum of 1 / (k + rank) over the rankings.

    >>> fuse([[(7, 0.9), (3, 0.8)], [(3, 12.0)]], k=60)[0][0]
    3
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, (position, _) in enumerate(ranking, start=1):
            scores[position] = scores.get(position, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
