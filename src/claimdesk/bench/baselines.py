"""What simple ways would score on the same pairs; a judge that does not beat them has learned nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimdesk.analysis import analyze
from claimdesk.bench.scores import Figures, is_right, rate
from claimdesk.embed import load_encoder
from claimdesk.entailment.judges import CLASSES, MeaningModel
from claimdesk.entailment.marking import mark_pair
from claimdesk.store import search_terms

_FOLDS = 5
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]")


def baselines(rows: Sequence[dict[str, Any]], model: MeaningModel) -> Figures:
    """The share right of each simple way; those that learn are cross-validated over claims in five folds.

    ``majority``: always the commonest label. ``claim_only``: words of the claim alone, which shows what a set's claims
    give away. ``overlap``: the share of the claim's words in the evidence. ``cosine``: the likeness of the two texts'
    vectors. ``occurs``: supported where every number and quoted word of the claim occurs in the evidence, else
    conflicting. ``model_alone``: the likeliest class of the meaning model on the whole text, without rules,
    thresholds or windows.
    """
    gold = np.array([row["gold"] for row in rows])
    claims = [row["claim"] for row in rows]
    evidence = [text_of(row["evidence"]) for row in rows]
    if len(set(gold)) < 2 or len(rows) < 10 * _FOLDS:
        return {}
    overlap = np.array([[shared(claim, text)] for claim, text in zip(claims, evidence, strict=True)])
    vectors = load_encoder().encode([*claims, *evidence])
    cosine = np.sum(vectors[: len(rows)] * vectors[len(rows) :], axis=1, keepdims=True)
    occurs = np.array([occurring(claim, text) for claim, text in zip(claims, evidence, strict=True)])
    return {
        "majority": rate(max(Counter(gold).values()), len(gold)),
        "claim_only": _share(gold, learned(word_counts(claims), gold, claims)),
        "overlap": _share(gold, learned(overlap, gold, claims)),
        "cosine": _share(gold, learned(cosine, gold, claims)),
        "occurs": _share(gold, occurs),
        "model_alone": _share(gold, likeliest(claims, evidence, model)),
    }


def text_of(evidence: Any) -> str:
    """The evidence of a row as one text."""
    if isinstance(evidence, str):
        return evidence
    return " ".join(piece if isinstance(piece, str) else str(piece.get("text", "")) for piece in evidence)


def shared(claim: str, evidence: str) -> float:
    """The share of the claim's content words that the evidence has."""
    ours = set(search_terms(claim))
    return len(ours & set(search_terms(evidence))) / max(1, len(ours))


def occurring(claim: str, evidence: str) -> str:
    """The stance of one who only looks whether the claim's figures and quoted words are in the source."""
    wanted = _FIGURE.findall(claim) + _QUOTED.findall(claim)
    if not wanted:
        return "related"
    return "supports" if all(words.casefold() in evidence.casefold() for words in wanted) else "conflicts"


def likeliest(claims: Sequence[str], evidence: Sequence[str], model: MeaningModel) -> NDArray[np.str_]:
    """The likeliest class of the model, pair by pair."""
    pairs = list(zip(claims, evidence, strict=True))
    if model.marked:
        pairs = [mark_pair(analyze(claim).view(), analyze(text).view()) for claim, text in pairs]
    found = model.predict(pairs)
    return np.array([CLASSES[int(np.argmax((item.supports, item.conflicts, item.related)))] for item in found])


def word_counts(texts: Sequence[str]) -> Any:
    """Words and pairs of words of each text, weighted by rarity."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit_transform(texts)


def learned(table: Any, gold: NDArray[np.str_], groups: Sequence[str]) -> NDArray[np.str_]:
    """The labels that a logistic regression gives, each row by a model that saw no row with its claim."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    folds = GroupKFold(n_splits=min(_FOLDS, len(set(groups))))
    return np.asarray(cross_val_predict(LogisticRegression(max_iter=1_000), table, gold, groups=groups, cv=folds))


def _share(gold: NDArray[np.str_], got: NDArray[np.str_]) -> float | None:
    return rate(sum(is_right(str(want), str(have)) for want, have in zip(gold, got, strict=True)), len(gold))
