"""A running page, a real browser and axe. What is missing makes the tests fail and says how to get it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from claimdesk.model import Report

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "test-results"
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
sys.path.insert(0, str(ROOT / "tests"))  # the hand-made report of the other tests


def find_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serve(folder: Path, *options: str, port: int | None = None) -> Iterator[str]:
    """The page, served to this machine alone, with its cases in a folder."""
    port = port or find_port()
    log = folder / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none", *options]
    with log.open("a") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={
                **os.environ,
                "CLAIMDESK_CASES": str(folder / "cases"),
                "CLAIMDESK_LIBRARY": str(folder / "library.db"),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:  # it waits for a browser that is still connected
            server.kill()
            server.wait(10)


def wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The page did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with a kept case ``sample``, which needs no check."""
    folder = tmp_path_factory.mktemp("app")
    keep_sample(folder / "cases")
    with serve(folder) as found:
        yield found


def keep_sample(cases: Path, name: str = "sample", report: Report | None = None) -> None:
    """Keeps the hand-made report, or one made of it, as a case with a PDF among its sources."""
    from fpdf import FPDF
    from sample_report import sample_report

    from claimdesk.page.cases import keep_case
    from claimdesk.page.desk import Order

    report = report or sample_report()
    before = os.environ.get("CLAIMDESK_CASES")
    os.environ["CLAIMDESK_CASES"] = str(cases)
    try:
        folder = keep_case(name, report, Order(pasted=report.text.text))
    finally:
        if before is None:
            del os.environ["CLAIMDESK_CASES"]
        else:
            os.environ["CLAIMDESK_CASES"] = before
    (folder / "sources").mkdir(exist_ok=True)
    for source in report.sources:
        if source.document and source.path:
            (folder / "sources" / Path(source.path).name).write_text(source.document.text, "utf-8")
    book = FPDF()
    book.add_page()
    book.set_font("Helvetica", size=20)
    book.cell(text="The board approved the purchase.")
    for source in report.sources:
        if source.path.endswith(".pdf"):
            book.output(str(folder / "sources" / Path(source.path).name))


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that checks accessibility."""
    if not AXE.is_file():
        pytest.fail("The browser tests need axe-core: npm ci --prefix tests/browser (make test-browser does it)")
    return AXE.read_text("utf-8")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CLAIMDESK_CHROMIUM names."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.fail("The browser tests need playwright: .venv/bin/pip install playwright")
    named = os.environ.get("CLAIMDESK_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.fail(
            "The browser tests need Chromium: apt-get install -y chromium fonts-dejavu-core, "
            "or set CLAIMDESK_CHROMIUM to the program."
        )
    RESULTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, headless=True, args=QUIET)
        yield running
        running.close()
