"""Retrieval and judging seen apart: is the deciding passage found, and is it judged right where it is handed over?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from claimdesk.bench.cases import Expected, expected_claims, match_claim
from claimdesk.bench.scores import Figures, rate
from claimdesk.corpus import Corpus, Hit
from claimdesk.evidence import OpenSources, chunk_bounds, open_sources
from claimdesk.find import Found, find_claims
from claimdesk.judge import judge
from claimdesk.load import load_case, load_sources, read_article
from claimdesk.model import Claim, Source, Span, Stance
from claimdesk.settings import Settings
from claimdesk.verify import Models, claim_query, claim_subject, load_models

DEPTHS = (1, 3, 5, 10)
_STANCES = {
    "supported": (Stance.SUPPORTS,),
    "conflicting": (Stance.CONFLICTS,),
    "mixed": (Stance.SUPPORTS, Stance.CONFLICTS),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """One expected claim with a named source: what the whole source leads to, and where its passage was ranked.

    ``stance`` is that of the whole source, read from end to end (oracle retrieval); ``rank`` counts from 1, None where
    the passage that decides is not among the hits, or nothing in the source decides.
    """

    expected: Expected
    stance: Stance
    rank: int | None

    @property
    def decided(self) -> bool:
        """Whether the source, read whole, says what was expected of it."""
        return self.stance in _STANCES[self.expected.verdict]


def bench_retrieval(folders: Sequence[Path]) -> Figures:
    """Recall of deciding passages at several depths, and stances under oracle retrieval, over case folders."""
    settings = Settings()
    models = load_models(settings)
    sought = [item for folder in folders for item in seek(folder, models, settings)]
    figures: Figures = {"claims_with_a_named_source": len(sought)}
    for verdict in ("supported", "conflicting", "mixed"):
        rows = [item for item in sought if item.expected.verdict == verdict]
        decided = [item for item in rows if item.decided]
        recalls = {
            f"recall_at_{depth}": rate(
                sum(item.rank is not None and item.rank <= depth for item in decided), len(decided)
            )
            for depth in DEPTHS
        }
        figures[verdict] = {"n": len(rows), "right_with_the_whole_source": rate(len(decided), len(rows)), **recalls}
    return figures


def seek(folder: Path, models: Models, settings: Settings) -> list[Sought]:
    """The expected claims of one case that name a source."""
    case = load_case(folder)
    found = find_claims(read_article(case.article))
    sources = [source for source in load_sources(case.sources) if source.document is not None]
    corpus = Corpus(sources, models.encoder, settings)
    corpus.index()
    opened = open_sources(found.document, corpus)
    text = found.document.text
    by_name = {Path(source.path).name: source for source in sources}
    rows = []
    for expected in expected_claims(case.expected or {}, text):
        source = by_name.get(Path(expected.source).name)
        claim = match_claim(expected, found.claims)
        if source is None or claim is None or expected.verdict not in _STANCES:
            continue
        (hits,) = corpus.search([claim_query(claim, text)])
        stance, span = read_whole(claim, found, source, opened, models)
        rows.append(Sought(expected, stance, rank_of(source, span, hits)))
    return rows


def read_whole(
    claim: Claim, found: Found, source: Source, opened: OpenSources, models: Models
) -> tuple[Stance, Span | None]:
    """The stance of a source read from end to end, and where the deciding words stand."""
    assert source.document is not None
    parts = [opened.part(source, span, index) for index, span in enumerate(chunk_bounds(source.document.text))]
    judgement = judge(claim_subject(claim, found), parts, models.meaning)
    for finding in judgement.findings:
        if finding.outcome.value == judgement.stance.value and finding.evidence_span is not None:
            return judgement.stance, finding.evidence_span.shift(parts[finding.part].offset)
    return judgement.stance, None


def rank_of(source: Source, span: Span | None, hits: Sequence[Hit]) -> int | None:
    """At which place of the hits a passage holds the deciding words, counted from 1."""
    for rank, hit in enumerate(hits, start=1):
        if span is not None and hit.passage.source == source.id and hit.passage.window.overlaps(span):
            return rank
    return None
