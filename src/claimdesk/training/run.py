"""``claimdesk train``: from a folder of labelled pairs to the files that the package ships."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from claimdesk.embed import packaged_model
from claimdesk.entailment.judges import CLASSES, RECIPE
from claimdesk.entailment.weights import file_hash, load_weights, save_weights
from claimdesk.errors import ClaimdeskError
from claimdesk.training.calibrate import choose, fit_combiner, look_at_all, model_alone, read_half
from claimdesk.training.distill import TEACHER, Answers, answer, lessons, questions, teach, together
from claimdesk.training.fit import Recipe, batches, fit
from claimdesk.training.mixture import build_mixture, composition
from claimdesk.training.pairs import LABELS, Corpus, Pair, read_corpus
from claimdesk.training.written import ORIGIN, read_written

WEIGHTS, CARD, COMBINER = "judge.safetensors", "judge.json", "combiner.json"
_HELD_PER_FILE = 300
_HELD_PER_GENRE = 100  # of each sort of the project's own prose; the others help to choose the thresholds
_ASKED = 97_000  # pairs that a larger model is asked about; the others have their labels alone

Progress = Callable[[str, int, int], None]


def train(
    data: Path,
    out: Path,
    init: Path | None = None,
    teacher: Path | None = None,
    pairs: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Trains the judge on ``data/train``, fits the combiner, and writes what the package ships into ``out``.

    ``init`` is what to go on from: a folder with weights, or a file in the shipped form (the packaged MiniLM by
    default). ``teacher`` is a folder with a larger encoder: it is taught a part of the pairs first, and the judge
    learns from what it says of them beside the labels. ``pairs`` is how many to train on in all, ``seed`` chooses and
    makes other ones. Every stage keeps its result in ``out``: a run that was cut goes on where it stopped. Raises
    ClaimdeskError for a folder without labelled pairs or without a larger encoder, and where WordNet is missing.
    """

    def tell(stage: str) -> Callable[[int, int], None]:
        return lambda done, total: progress(stage, done, total) if progress else None

    if teacher and not (teacher / "model.safetensors").is_file():
        raise ClaimdeskError(f"No model.safetensors in {teacher}. Name an encoder's folder, or leave --teacher out.")
    given = {"pairs": pairs, "seed": seed}
    recipe = replace(Recipe(), **{name: value for name, value in given.items() if value is not None})
    corpus = read_corpus(data)
    marked = build_mixture(corpus, out, limit=recipe.pairs, seed=recipe.seed, progress=tell("marking"))
    folder = out / "weights"
    start = start_from(init, out)
    if not (folder / RECIPE).exists():
        steps = tell("training")
        before = start if init else None
        answers = _taught(marked, teacher, before, out, recipe.seed, tell) if teacher else None
        fit(marked, start, out, recipe, lambda seen, total, _: steps(seen, total), answers=answers)
    card = ship(folder, out)
    card |= {
        "recipe": asdict(recipe),
        "started_from": file_hash(init if init and init.is_file() else start / "model.safetensors"),
        **({"teacher": file_hash(teacher / "model.safetensors")} if teacher else {}),
        "train_sha256": corpus.sha256,
        "dropped_for_dev": corpus.dropped,
        "trained_on": composition([pair for batch in batches(marked, recipe) for pair in batch]),
    }
    (out / CARD).write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    combiner = calibrate(data, corpus, out, progress=tell)
    (out / COMBINER).write_text(json.dumps(combiner, indent=1) + "\n", "utf-8")
    return {"card": card, "thresholds": combiner["thresholds"], "temperature": combiner["temperature"]}


def _taught(
    marked: Sequence[Pair],
    body: Path,
    judge: Path | None,
    out: Path,
    seed: int,
    tell: Callable[[str], Callable[[int, int], None]],
) -> Answers:
    """What a larger encoder, once it has been taught a part of a mixture, and an earlier judge say of its pairs."""
    recipe, steps = replace(TEACHER, seed=seed), tell("teaching the larger model")
    chosen = lessons(marked, recipe.pairs, seed)
    folder = teach(chosen, body, out / "teacher", recipe, lambda seen, total, _: steps(seen, total))
    asked = questions(marked, chosen, _ASKED)
    answers = answer(asked, folder, out / "teacher.npy", tell("asking the larger model"))
    if judge is None:
        return answers
    return together(answers, answer(asked, judge, out / "before.npy", tell("asking the judge of before")))


def start_from(init: Path | None, out: Path) -> Path:
    """The folder with the weights to go on from; a file in the shipped form is unpacked into ``out/start``."""
    if init is None or init.is_dir():
        return init or packaged_model()
    from safetensors.numpy import save_file

    folder = out / "start"
    folder.mkdir(parents=True, exist_ok=True)
    for path in packaged_model().iterdir():
        if path.is_file() and path.name != "model.safetensors":
            shutil.copyfile(path, folder / path.name)
    named = {name if name.startswith("classifier.") else f"bert.{name}": w for name, w in load_weights(init).items()}
    save_file(named, str(folder / "model.safetensors"), metadata={"format": "pt"})
    return folder


def ship(weights: Path, out: Path) -> dict[str, Any]:
    """Writes the weights of a trained folder in the shipped form; returns the card's first lines."""
    from safetensors.numpy import load_file

    loaded = load_file(str(weights / "model.safetensors"))
    plain = {name.removeprefix("bert."): np.asarray(array, np.float32) for name, array in loaded.items()}
    plain = {name: array for name, array in plain.items() if "position_ids" not in name}
    digest = save_weights(plain, out / WEIGHTS)
    return {"file": WEIGHTS, "sha256": digest, "classes": list(CLASSES)}


def calibrate(
    data: Path, corpus: Corpus, out: Path, progress: Callable[[str], Callable[[int, int], None]]
) -> dict[str, Any]:
    """The combiner fit on the held-out tenth of what is trained on, its temperature and thresholds chosen beside it.

    They are chosen on half A of dev and on what the combiner does not take of the project's own held-out prose.
    """
    held, own = held_rows(corpus)
    weights = out / WEIGHTS
    card = fit_combiner(look_at_all(held, weights, out / "seen-held.json", progress("held-out pairs")))
    half = read_half(data / "dev", "A") + own
    digest = hashlib.sha256(json.dumps(half, sort_keys=True).encode()).hexdigest()
    seen = look_at_all(half, weights, out / "seen-half-a.json", progress("half A of dev"))
    return {**choose(card, seen), "half_a_sha256": digest, "model_alone_on_half_a": model_alone(seen)}


def held_rows(corpus: Corpus) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Pairs that nothing was trained on: so many of each file, and the others of the project's own prose."""
    names = {value: name for name, value in LABELS.items()}
    own = [pair for passage in read_written() if passage.is_held_out for pair in passage.pairs()]
    rows: dict[str, list[dict[str, str]]] = {}
    for pair in sorted((*corpus.held, *own), key=lambda pair: hashlib.sha256(pair.evidence.encode()).hexdigest()):
        row = {"claim": pair.claim, "evidence": pair.evidence, "label": names[pair.label], "file": pair.origin}
        rows.setdefault(pair.origin, []).append(row)
    mine = {origin: some for origin, some in rows.items() if origin.startswith(ORIGIN)}
    taken = [row for origin, some in rows.items() if origin not in mine for row in some[:_HELD_PER_FILE]]
    taken += [row for some in mine.values() for row in some[:_HELD_PER_GENRE]]
    return taken, [row for some in mine.values() for row in some[_HELD_PER_GENRE:]]
