"""What the tests of the page share: the page as a person opens it, its words and cards, and a stand-in for the check."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from sample_report import ARTICLE, sample_report
from streamlit.testing.v1 import AppTest

from claimdesk.model import Report
from claimdesk.page.cases import keep_case, log_of
from claimdesk.page.desk import Order
from claimdesk.page.job import Job
from claimdesk.progress import CHECKING, Progress

APP = Path(__file__).parents[1] / "app.py"


def lay_out_examples(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small cases in place of the shipped ones, and a folder of its own for kept cases."""
    for name in ("ferry", "harbor"):
        sources = folder / "claims" / name / "sources"
        sources.mkdir(parents=True)
        (sources.parent / "article.txt").write_text(ARTICLE, "utf-8")
        (sources / "minutes.txt").write_text("Minutes.", "utf-8")
    monkeypatch.setenv("CLAIMDESK_EXAMPLES", str(folder / "claims"))
    monkeypatch.setenv("CLAIMDESK_CASES", str(folder / "cases"))
    monkeypatch.setenv("CLAIMDESK_LIBRARY", str(folder / "library.db"))
    return folder / "claims"


class Engine:
    """Stands in for the check: the page is tested here, not what it shows."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.result: Report | Exception = sample_report()
        self.early: Report | None = None
        self.step = Progress(CHECKING, 3, 10, "15 percent")
        self.gate: threading.Event | None = None

    def run_order(self, order: Order):  # type: ignore[no-untyped-def]
        self.orders.append(order)

        def work(job: Job) -> Report:
            job.tell(self.step)
            if self.early:
                job.preview(self.early)
            if self.gate:
                self.gate.wait(30)
            if isinstance(self.result, Exception):
                raise self.result
            return self.result

        return work


def opened(report: Report | None = None, **query: str | list[str]) -> AppTest:
    """The page with an address; with a report, at a case that holds it."""
    page = AppTest.from_file(str(APP), default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    if report:
        keep_case("sample", report, Order(pasted=report.text.text))
        page.query_params["case"] = "sample"
    page.run()
    assert not page.exception, page.exception
    return page


def words(page: AppTest) -> str:
    """Everything that the page shows as text of its own."""
    return "\n".join(part.value for part in page.html)


def cards(page: AppTest) -> list[str]:
    """The ids of the cards in their order."""
    return [piece.partition('"')[0] for piece in words(page).split('<section id="')[1:]]


def press(page: AppTest, label: str) -> AppTest:
    """The page after a button was pressed."""
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception
    return page


def decided(page: AppTest) -> list[dict[str, Any]]:
    """The lines of the open case's log."""
    return [json.loads(line) for line in log_of(page.session_state["case"]).read_text("utf-8").splitlines()]
