"""Long evidence cut into overlapping windows of a few sentences; the model reads the ones that speak of the claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimdesk.analysis import Part, View
from claimdesk.entailment.judges import MeaningModel, Probabilities
from claimdesk.entailment.marking import mark_pair
from claimdesk.model import Span
from claimdesk.store import search_terms

_SENTENCES = 3  # in one window; the next one begins with the last sentence of this one
_LONG = 700  # characters: up to here the evidence is read whole
_KEPT = 4  # windows that are read, those with most of the claim's words


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one part of the evidence, with what the model made of it."""

    part: Part
    view: View
    likely: Probabilities


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of a claim and all of its evidence, window by window."""

    windows: tuple[Window, ...]

    @property
    def supporting(self) -> Window:
        """The window that supports most."""
        return max(self.windows, key=lambda window: window.likely.supports)

    @property
    def conflicting(self) -> Window:
        """The window that conflicts most."""
        return max(self.windows, key=lambda window: window.likely.conflicts)


def read_evidence(claim: View, parts: Sequence[Part], model: MeaningModel) -> Reading | None:
    """The model's reading of each window; None without any evidence."""
    chosen = choose_windows(claim, parts)
    if not chosen:
        return None
    likely = model.predict([_written(claim, view, model.marked) for _, view in chosen])
    return Reading(tuple(Window(part, view, found) for (part, view), found in zip(chosen, likely, strict=True)))


def pairs_to_read(claim: View, parts: Sequence[Part], marked: bool) -> list[tuple[str, str]]:
    """What ``read_evidence`` asks a model that was trained with or without marks, as (claim, evidence)."""
    return [_written(claim, view, marked) for _, view in choose_windows(claim, parts)]


def _written(claim: View, view: View, marked: bool) -> tuple[str, str]:
    return mark_pair(claim, view) if marked else (claim.text, view.text)


def choose_windows(claim: View, parts: Sequence[Part]) -> list[tuple[Part, View]]:
    """The windows that are worth reading, in order of place."""
    found = [(part, view) for part in parts for view in cut_windows(part.view)]
    if len(found) <= _KEPT:
        return found
    wanted = set(search_terms(claim.text))
    shared = [len(wanted & set(search_terms(view.text))) for _, view in found]
    best = sorted(range(len(found)), key=lambda index: (-shared[index], index))[:_KEPT]
    return [found[index] for index in sorted(best)]


def cut_windows(view: View) -> Iterator[View]:
    """A stretch of evidence as windows of a few sentences, overlapping by one; short evidence is one window."""
    if not view.text.strip():
        return
    inside = [span for span in view.analysis.parsed.sentences if view.span.overlaps(span)]
    if len(view.span) <= _LONG or len(inside) <= _SENTENCES:
        yield view
        return
    for start in range(0, len(inside) - 1, _SENTENCES - 1):
        group = inside[start : start + _SENTENCES]
        span = Span(max(group[0].start, view.span.start), min(group[-1].end, view.span.end))
        yield View(view.analysis, span)
