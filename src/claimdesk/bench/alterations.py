"""How ``judge`` answers single alterations of claims that it supports: false ones must not pass, harmless ones must."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimdesk.analysis import Subject
from claimdesk.bench.alter import Alter, Alteration, Scene, alterations
from claimdesk.bench.alter_bases import built_in_stories, case_stories, make_scenes, read_stories
from claimdesk.bench.alter_dates import alter_date
from claimdesk.bench.alter_harmless import (
    same_amount,
    same_cut,
    same_glyphs,
    same_number,
    same_percent,
    same_scale,
    same_speaker,
    same_voice,
    same_words,
)
from claimdesk.bench.alter_numbers import (
    alter_bound,
    alter_bound_dropped,
    alter_bound_value,
    alter_counted,
    alter_digit,
    alter_direction,
    alter_hedge,
    alter_scale,
    alter_unit,
)
from claimdesk.bench.alter_quotes import (
    alter_cut,
    alter_modal,
    alter_negation_plain,
    alter_negation_quote,
    alter_order,
    alter_quote_word,
    alter_role,
    alter_speaker,
    alter_splice,
)
from claimdesk.bench.scores import upper_bound
from claimdesk.judge import claim_subject, evidence_part, judge
from claimdesk.model import Judgement, Stance

Figures = dict[str, Any]

FALSE: dict[str, Alter] = {
    "digit": alter_digit,
    "scale": alter_scale,
    "unit": alter_unit,
    "bound": alter_bound,
    "bound_dropped": alter_bound_dropped,
    "bound_value": alter_bound_value,
    "hedge": alter_hedge,
    "direction": alter_direction,
    "counted": alter_counted,
    "date": alter_date,
    "quote_word": alter_quote_word,
    "modal": alter_modal,
    "negation_quote": alter_negation_quote,
    "negation_plain": alter_negation_plain,
    "order": alter_order,
    "speaker": alter_speaker,
    "role": alter_role,
    "cut": alter_cut,
    "splice": alter_splice,
}
HARMLESS: dict[str, Alter] = {
    "number_format": same_number,
    "words_and_digits": same_words,
    "scale_words": same_scale,
    "percent_sign": same_percent,
    "glyphs": same_glyphs,
    "unit_converted": same_amount,
    "permitted_cut": same_cut,
    "speaker_alias": same_speaker,
    "voice": same_voice,
}
RARE = (
    "bound_dropped",
    "bound_value",
    "direction",
    "modal",
    "order",
    "cut",
    "splice",
    "permitted_cut",
    "unit_converted",
    "voice",
)
"""Kinds that few sentences allow: three times as many are taken of each."""
STRICT = ("digit", "scale", "negation_quote", "negation_plain", "speaker")
"""Kinds of which none may be called supported, and 90% are to be called conflicts."""

_SEED = 7
_SHOWN = 40  # rows of one kind listed with -v; of false supports all are


@dataclass(slots=True)
class _Tally:
    """The answers to the alterations of one kind."""

    stances: Counter[str] = field(default_factory=Counter)

    @property
    def n(self) -> int:
        return self.stances.total()

    def share(self, *stances: Stance) -> float | None:
        """The part of the answers that are one of these stances."""
        return round(sum(self.stances[stance.value] for stance in stances) / self.n, 4) if self.n else None


def bench_alter(
    sentences: Path | None = None, limit: int | None = None, each: int = 1, seed: int = _SEED, verbose: bool = False
) -> Figures:
    """Figures by kind of alteration: how many, the share not called supported, the share called conflicts.

    Bases are sentences of a file (one a line, a blank line between stories), or the built-in ones and those of the
    sources of the case folders, as claims of evidence that holds them. Only a base that ``judge`` calls supported
    is altered; ``bases_failed`` counts the others. ``limit`` takes that many bases, spread over all; ``each`` is
    the number of alterations of one kind and base, three times as many of the kinds that few sentences allow.

    Raises ClaimdeskError for a file that cannot be read.
    """
    from tqdm import tqdm

    from claimdesk.entailment.judges import load_judge

    stories = read_stories(sentences) if sentences else [*built_in_stories(), *case_stories()]
    model = load_judge()
    scenes = list(make_scenes(stories))
    if limit is not None:
        scenes = [scenes[index * len(scenes) // limit] for index in range(min(limit, len(scenes)))]
    run = _Run()
    for scene in tqdm(scenes, unit="base", file=sys.stderr, disable=not sys.stderr.isatty()):
        part = [evidence_part(scene.evidence, scene.evidence_meta)]
        found = judge(_subject(scene, scene.text), part, model)
        run.base(scene, found)
        if found.stance is not Stance.SUPPORTS:
            continue
        for table, harmless in ((FALSE, False), (HARMLESS, True)):
            for altered in alterations(scene, table, lambda kind: each * (3 if kind in RARE else 1), seed):
                run.answer(scene, altered, judge(_subject(scene, altered.text), part, model), harmless)
    return run.figures(seed, verbose)


def _subject(scene: Scene, text: str) -> Subject:
    return claim_subject(text, scene.claim_meta)


class _Run:
    """The answers so far."""

    def __init__(self) -> None:
        self._bases: dict[str, _Tally] = {}
        self._false = {kind: _Tally() for kind in FALSE}
        self._harmless = {kind: _Tally() for kind in HARMLESS}
        self._wrong: dict[str, list[Figures]] = {"bases": [], "false_supports": [], "undecided": [], "harmless": []}
        self._altered: set[str] = set()

    def base(self, scene: Scene, found: Judgement) -> None:
        """Counts an unaltered claim."""
        self._bases.setdefault(scene.form, _Tally()).stances[found.stance.value] += 1
        if found.stance is not Stance.SUPPORTS:
            self._wrong["bases"].append(_row(scene, Alteration("base", scene.text), found))

    def answer(self, scene: Scene, altered: Alteration, found: Judgement, harmless: bool) -> None:
        """Counts an altered claim."""
        (self._harmless if harmless else self._false)[altered.kind].stances[found.stance.value] += 1
        if harmless:
            sort = "harmless" if found.stance is not Stance.SUPPORTS else ""
        else:
            self._altered.add(scene.form + scene.text)
            sort = {Stance.SUPPORTS: "false_supports", Stance.RELATED: "undecided"}.get(found.stance, "")
        if sort:
            self._wrong[sort].append(_row(scene, altered, found))

    def figures(self, seed: int, verbose: bool) -> Figures:
        """Everything counted, and with ``verbose`` what came out wrong."""
        bases, false, harmless = (_sum(table.values()) for table in (self._bases, self._false, self._harmless))
        strict = _sum(self._false[kind] for kind in STRICT)
        passed = false.stances[Stance.SUPPORTS.value]
        result: Figures = {
            "seed": seed,
            "bases": bases.n,
            "bases_supported": bases.share(Stance.SUPPORTS),
            "bases_failed": {
                form: tally.n - tally.stances[Stance.SUPPORTS.value] for form, tally in self._bases.items()
            },
            "bases_altered": len(self._altered),
            "alterations": false.n,
            "not_supported": false.share(Stance.CONFLICTS, Stance.RELATED),
            "conflicts": false.share(Stance.CONFLICTS),
            "false_support": passed,
            "false_support_upper_95": upper_bound(passed, false.n),
            "strict": {
                "kinds": " ".join(STRICT),
                "n": strict.n,
                "false_support": strict.stances[Stance.SUPPORTS.value],
                "conflicts": strict.share(Stance.CONFLICTS),
            },
            "harmless": harmless.n,
            "harmless_supported": harmless.share(Stance.SUPPORTS),
            "by_kind": {
                kind: {
                    "n": tally.n,
                    "not_supported": tally.share(Stance.CONFLICTS, Stance.RELATED),
                    "conflicts": tally.share(Stance.CONFLICTS),
                    "false_support": tally.stances[Stance.SUPPORTS.value],
                }
                for kind, tally in self._false.items()
            },
            "by_harmless_kind": {
                kind: {
                    "n": tally.n,
                    "supported": tally.share(Stance.SUPPORTS),
                    "called_conflicts": tally.stances[Stance.CONFLICTS.value],
                }
                for kind, tally in self._harmless.items()
            },
        }
        if verbose:
            result["wrong"] = {
                sort: rows if sort == "false_supports" else _some_of_each(rows) for sort, rows in self._wrong.items()
            }
        return result


def _sum(tallies: Iterable[_Tally]) -> _Tally:
    whole = _Tally()
    for tally in tallies:
        whole.stances.update(tally.stances)
    return whole


def _some_of_each(rows: Iterable[Figures]) -> list[Figures]:
    seen: Counter[str] = Counter()
    kept = []
    for row in rows:
        seen[row["kind"]] += 1
        if seen[row["kind"]] <= _SHOWN:
            kept.append(row)
    return kept


def _row(scene: Scene, altered: Alteration, found: Judgement) -> Figures:
    return {
        "kind": altered.kind,
        "form": scene.form,
        "claim": altered.text,
        "evidence": scene.evidence,
        "got": found.stance.value,
        "reason": found.reason,
        "labels": " ".join(f"{one.label}:{one.outcome.value}" for one in found.findings),
    }
