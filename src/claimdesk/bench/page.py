"""How long the page takes to answer on a large case: 100 claims in 20,000 words, and forty sources."""

from __future__ import annotations

import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from claimdesk.model import (
    Checked,
    Claim,
    Document,
    Evidence,
    Finding,
    Form,
    Hedge,
    Kind,
    Location,
    Meta,
    Outcome,
    Quantity,
    Report,
    Source,
    Span,
    Stance,
    Verdict,
)

CLAIMS, WORDS, SOURCES, PASSAGES = 100, 20_000, 40, 8
_FILLER = "The board met again and heard what the towns along the river had to say about the work of the year. "
_VERDICTS = (Verdict.SUPPORTED, Verdict.CONFLICTING, Verdict.MIXED, Verdict.NOT_FOUND)
_STANCES = {
    Verdict.SUPPORTED: (Stance.SUPPORTS, Stance.RELATED),
    Verdict.CONFLICTING: (Stance.CONFLICTS, Stance.RELATED),
    Verdict.MIXED: (Stance.CONFLICTS, Stance.SUPPORTS),
    Verdict.NOT_FOUND: (Stance.RELATED, Stance.RELATED),
}
_MODELS = ("torch", "onnxruntime", "sentence_transformers", "spacy")


def bench_page(repeats: int = 5) -> dict[str, Any]:
    """Median milliseconds of a whole script run for opening, a decision, a filter, a source and the next claim.

    The page runs without a browser and without a check: the case is made up here and kept in a folder for the
    time of the run. ``models_loaded`` names the libraries of models that the page itself brought in; there must
    be none.
    """
    from streamlit.testing.v1 import AppTest

    from claimdesk.page.cases import keep_case
    from claimdesk.page.desk import Order
    from claimdesk.review import Choice

    report = large_report()
    before = set(sys.modules)
    times: dict[str, list[float]] = {}

    def timed(name: str, act: Callable[[], object]) -> None:
        start = time.perf_counter()
        act()
        times.setdefault(name, []).append((time.perf_counter() - start) * 1000)

    with tempfile.TemporaryDirectory(prefix="claimdesk-bench-") as folder, _cases_in(folder):
        keep_case("large", report, Order(pasted=report.text.text))
        page = AppTest.from_file(str(_app()), default_timeout=120)
        page.query_params["case"] = "large"
        timed("opening", page.run)
        for turn in range(repeats):
            shown = _shown(page)[turn]
            timed("decision", page.button_group(key=f"choice_{shown}").set_value(Choice.AGREE).run)
            page.run()
            timed("filter", page.text_input(key="q").set_value(f"crew {turn}").run)
            page.text_input(key="q").set_value("").run()
            timed("source", page.button(key=f"source_{_shown(page)[turn]}").click().run)
            timed("next claim", page.button(key="source_J").click().run)
            page.run()
            page.segmented_control(key="view").set_value("Cards").run()
    loaded = sorted(name for name in _MODELS if name in sys.modules and name not in before)
    medians = {f"{name} (ms)": round(statistics.median(found[1:] or found)) for name, found in times.items()}
    return {"claims": CLAIMS, "words": len(report.text.text.split()), **medians, "models_loaded": loaded}


def _shown(page: Any) -> list[str]:
    """The ids of the claims whose cards are on the page."""
    return [each.key.removeprefix("choice_") for each in page.button_group if str(each.key).startswith("choice_")]


class _cases_in:  # noqa: N801 - reads as a word in a with statement
    """Keeps cases in a folder for a while."""

    def __init__(self, folder: str) -> None:
        self._folder, self._before = folder, os.environ.get("CLAIMDESK_CASES")

    def __enter__(self) -> None:
        os.environ["CLAIMDESK_CASES"] = self._folder

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            del os.environ["CLAIMDESK_CASES"]
        else:
            os.environ["CLAIMDESK_CASES"] = self._before


def _app() -> Path:
    from claimdesk.errors import ClaimdeskError

    for folder in (Path.cwd(), *Path(__file__).resolve().parents):
        if (folder / "app.py").is_file():
            return folder / "app.py"
    raise ClaimdeskError("The page (app.py) is not beside this installation. Run the command in the project's folder.")


def large_report(claims: int = CLAIMS, words: int = WORDS) -> Report:
    """A report with so many claims and words; the sources give each figure as written, or one more.

    >>> report = large_report(4, 200)
    >>> len(report.claims), report.claims[1].verdict.value
    (4, 'conflicting')
    """
    filler = _FILLER * max(1, (words // claims - 8) // len(_FILLER.split()))
    parts, spans, at = [], [], 0
    for number in range(claims):
        sentence = f"Crew {number + 1} mended {1000 + 7 * number:,} meters of the levee."
        parts.append(f"{sentence} {filler.strip()}\n\n")
        spans.append((Span(at, at + len(sentence)), f"{1000 + 7 * number:,} meters"))
        at += len(parts[-1])
    text = "".join(parts)
    sources = tuple(_source(number) for number in range(SOURCES))
    made = tuple(_checked(number, text, *place, sources) for number, place in enumerate(spans))
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    passages = {source.id: 60 for source in sources}
    return Report(created, "bench", {}, _document("levee.txt", text), sources, made, passages=passages)


def _document(name: str, text: str) -> Document:
    return Document(name, text, hashlib.sha256(text.encode()).hexdigest(), "txt", Meta(title=name.partition(".")[0]))


def _source(number: int) -> Source:
    lines = [f"In district {each} crews mended {1000 + 7 * each + each % 2:,} meters. {_FILLER}" for each in range(60)]
    return Source(
        f"s{number + 1}", f"report-{number + 1}.txt", _document(f"report-{number + 1}.txt", "\n\n".join(lines))
    )


def _checked(number: int, text: str, sentence: Span, figure: str, sources: tuple[Source, ...]) -> Checked:
    start = text.index(figure, sentence.start)
    place = Span(start, start + len(figure))
    value = Decimal(1000 + 7 * number)
    quantity = Quantity(
        place, figure, place, value, value, False, False, (value,), Decimal(1), "m", Form.PLAIN, Hedge.NONE
    )
    claim = Claim(f"c{number + 1}", Kind.QUANTITY, place, figure, sentence, 0.9, quantity=quantity)
    verdict = _VERDICTS[number % len(_VERDICTS)]
    evidence = tuple(
        _evidence(sources[(number + each) % len(sources)], number % 60, stance)
        for each in range(PASSAGES // 2)
        for stance in _STANCES[verdict]
    )
    return Checked(claim, verdict, f"The claim says {figure}.", 0.9, evidence)


def _evidence(source: Source, row: int, stance: Stance) -> Evidence:
    assert source.document is not None
    text = source.document.text
    start = text.index(f"In district {row} ")
    end = text.index(".", start) + 1
    figure = f"{1000 + 7 * row + row % 2:,} meters"
    at = text.index(figure, start)
    outcome = {Stance.SUPPORTS: Outcome.SUPPORTS, Stance.CONFLICTS: Outcome.CONFLICTS}.get(stance, Outcome.SILENT)
    span = Span(at, at + len(figure))
    finding = Finding("numbers", outcome, "EQUAL", f"The source says {figure}.", None, span, "", figure)
    words = text[start:end]
    return Evidence(source.id, stance, 0.9, start, end, words, Location(), 0.8, "Compared.", (finding,), source.id)
