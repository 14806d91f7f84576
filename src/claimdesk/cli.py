"""The commands; each is a thin call of the package, and heavy imports wait until a command needs them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimdesk.errors import ClaimdeskError
from claimdesk.library_commands import add_filters, add_library_parser, chosen_filter

if TYPE_CHECKING:
    from claimdesk.model import Document, Source
    from claimdesk.progress import Progress
    from claimdesk.review import Decision
    from claimdesk.store import LibraryStore

EXIT_FINE, EXIT_CONFLICT, EXIT_USAGE = 0, 1, 2
# The names of export.EXPORTS, which is not imported for the help of a command; tests/test_cli.py compares them.
FORMATS = ("table", "html", "csv", "md", "docx", "corrections", "claimreview", "json")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 fine, 1 conflicts found, 2 wrong usage or unreadable input."""
    arguments = build_parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except ClaimdeskError as error:
        print(f"claimdesk: {error}", file=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_FINE
    except KeyboardInterrupt:
        print("claimdesk: stopped.", file=sys.stderr)
        return 130


def build_parser() -> argparse.ArgumentParser:
    """The commands with their options; README and tests read the help from here."""
    from claimdesk import __version__

    parser = argparse.ArgumentParser(
        prog="claimdesk",
        description="Finds the claims of a text and shows the passages that support and that conflict with each.",
    )
    parser.add_argument("--version", action="version", version=f"claimdesk {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="check a text against files or folders of sources")
    check.add_argument("text", metavar="TEXT", help="a file, a case folder, or - for standard input")
    check.add_argument("--sources", nargs="+", default=[], metavar="PATH", help="files or folders that you trust")
    check.add_argument("--library", default=None, metavar="PATH", help="a kept library, with sources or without")
    add_filters(check)
    check.add_argument("-f", "--format", choices=FORMATS, default="table")
    _common(check)
    check.add_argument("--model", default=None, help="name or path of a sentence-transformers model")
    check.add_argument("--judge", default=None, help="name or path of an NLI cross-encoder that judges meaning")
    check.set_defaults(run=run_check)

    extract = commands.add_parser("extract", help="the claims of a text as JSON; no sources needed")
    extract.add_argument("text", metavar="TEXT", help="a file, or - for standard input")
    _common(extract)
    extract.set_defaults(run=run_extract)

    judge = commands.add_parser("judge", help="one stance for each claim/evidence pair, JSON lines in and out")
    judge.add_argument("pairs", nargs="?", default="-", metavar="PAIRS.jsonl", help="a file, or standard input")
    judge.add_argument("-o", "--output", type=Path, default=None, metavar="FILE")
    judge.add_argument("--judge", default=None, help="name or path of an NLI cross-encoder that judges meaning")
    judge.set_defaults(run=run_judge)

    train = commands.add_parser("train", help="train the judge of meaning; a cut run goes on where it stopped")
    train.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with train/*.jsonl, dev/*.jsonl")
    train.add_argument("--out", type=Path, required=True, metavar="DIR", help="checkpoints and the finished files")
    train.add_argument(
        "--init", type=Path, default=None, metavar="PATH", help="a folder or a shipped file to go on from"
    )
    train.add_argument(
        "--teacher", type=Path, default=None, metavar="DIR", help="a larger encoder to learn from: it is taught first"
    )
    train.add_argument("--pairs", type=int, default=None, metavar="N", help="pairs to train on in all")
    train.add_argument("--seed", type=int, default=None, metavar="N", help="choose and make other pairs")
    train.set_defaults(run=run_train)

    add_library_parser(commands, run_library)
    _bench_parser(commands)

    app = commands.add_parser("app", help="open the page in a browser")
    app.add_argument("--port", type=int, default=8501)
    app.add_argument("--case", default="", metavar="NAME", help="open with this worked case, for instance war-dead")
    app.add_argument("--headless", action="store_true", help="serve the page without opening a browser")
    app.set_defaults(run=run_app)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, default=None, metavar="FILE", help="write here, not to the screen")
    parser.add_argument("--date", type=_day, default=None, metavar="YYYY-MM-DD", help="the text's own date")


def _bench_parser(commands: Any) -> None:
    bench = commands.add_parser("bench", help="accuracy and speed of this installation")
    kinds = bench.add_subparsers(dest="bench", required=True, metavar="WHAT")
    for name, what, many in (
        ("pairs", "labelled claim/evidence pairs (JSON lines)", "FILE"),
        ("cases", "case folders, end to end", "DIR"),
        ("quotes", "articles with labelled attributions (JSON lines)", "FILE"),
    ):
        kind = kinds.add_parser(name, help=what)
        kind.add_argument("paths", nargs="+", type=Path, metavar=many)
        kind.add_argument("-f", "--format", choices=("table", "json"), default="table")
        kind.add_argument("-v", "--verbose", action="store_true", help="list what came out wrong")
        kind.set_defaults(run=run_bench)
        if name == "cases":
            kind.add_argument("--retrieval", action="store_true", help="also recall of passages, and oracle retrieval")
        if name == "pairs":
            kind.add_argument("--half", choices=("A", "B"), default=None, help="half of the rows, by a hash of the id")
            kind.add_argument("--limit", type=int, default=None, metavar="N", help="a random sample of each file")
            kind.add_argument("--baselines", action="store_true", help="what simple ways score on the same pairs")
            kind.add_argument("--judge", default=None, help="name or path of an NLI cross-encoder")
    alter = kinds.add_parser("alter", help="single alterations of supported claims: false ones must not pass")
    alter.add_argument("--sentences", type=Path, default=None, metavar="FILE", help="your own, one sentence a line")
    alter.add_argument("--limit", type=int, default=None, metavar="N", help="N bases only, spread over all")
    alter.add_argument("-f", "--format", choices=("table", "json"), default="table")
    alter.add_argument("-v", "--verbose", action="store_true", help="list what came out wrong")
    alter.set_defaults(run=run_bench)
    growth = kinds.add_parser("growth", help="a library of ten thousand, a hundred thousand, a million passages")
    growth.add_argument("--passages", nargs="+", type=int, default=None, metavar="N", help="default: 10000 100000")
    growth.add_argument("--folder", type=Path, default=None, metavar="DIR", help="where there is room: 2 kB a passage")
    growth.add_argument("-f", "--format", choices=("table", "json"), default="table")
    growth.set_defaults(run=run_bench)
    page = kinds.add_parser("page", help="how long the page takes to answer: 100 claims, 20,000 words")
    page.add_argument("-f", "--format", choices=("table", "json"), default="table")
    page.set_defaults(run=run_bench)
    speed = kinds.add_parser("speed", help="cold start, encoding, and a large check by stage")
    speed.add_argument("--documents", type=int, default=200, metavar="N", help="of the large check; 200 by default")
    speed.add_argument("--quick", action="store_true", help="once and small: shows that it works, not how fast it is")
    speed.add_argument("-f", "--format", choices=("table", "json"), default="table")
    speed.set_defaults(run=run_bench)


def run_check(arguments: argparse.Namespace) -> int:
    """``check``: the report of a text against sources."""
    import gc

    gc.set_threshold(10_000)  # most of what imports and texts make stays: looking it through 360 times takes 0.2 s
    from claimdesk.exports import EXPORTS
    from claimdesk.exports.claimreview import NEEDS_DECISIONS
    from claimdesk.model import Verdict
    from claimdesk.review.recheck import with_people
    from claimdesk.verify import check, with_date

    text, sources = _inputs(arguments)
    decisions, where = _decisions(arguments), chosen_filter(arguments)
    with _Bar() as bar, _library(arguments) as library:
        if library is not None and library.model and not arguments.model:
            arguments.model = library.model  # a library is searched with the model that made it
        settings = _settings(arguments)
        report = check(
            with_date(text, arguments.date), sources, settings, progress=bar.show, library=library, where=where
        )
        for source in report.sources:
            if source.error:
                print(f"claimdesk: {source.error}", file=sys.stderr)
        report = with_people(report, decisions, settings, library=library, where=where)
    if arguments.format == "claimreview" and not decisions:
        print(f"claimdesk: {NEEDS_DECISIONS} Check a case folder with a decisions.jsonl.", file=sys.stderr)
    _write(EXPORTS[arguments.format](report, decisions), arguments.output)
    wrong = (Verdict.CONFLICTING, Verdict.MIXED)
    return EXIT_CONFLICT if any(checked.verdict in wrong for checked in report.claims) else EXIT_FINE


def run_library(arguments: argparse.Namespace) -> int:
    """``library``: a kept reference corpus."""
    from claimdesk.library_commands import run

    told = run(arguments)
    for note in told.notes:
        print(f"claimdesk: {note}", file=sys.stderr)
    _write(told.output, None)
    return told.status


def run_extract(arguments: argparse.Namespace) -> int:
    """``extract``: the claims of a text as JSON."""
    from claimdesk.find import find_claims
    from claimdesk.report import extract_to_json
    from claimdesk.verify import with_date

    found = find_claims(with_date(_read_text(arguments.text), arguments.date))
    result = extract_to_json(found.document, found.claims, found.analysis.attributions)
    _write(json.dumps(result, ensure_ascii=False, indent=1) + "\n", arguments.output)
    return EXIT_FINE


def run_judge(arguments: argparse.Namespace) -> int:
    """``judge``: one stance for each line, in order; a bad line never stops the run."""
    from claimdesk.pairs import judge_lines

    if arguments.pairs == "-":
        lines: Iterable[str] = sys.stdin
    else:
        lines = _read_lines(Path(arguments.pairs))
    results = judge_lines(lines, _settings(arguments))
    if arguments.output is None:
        for result in results:
            print(json.dumps(result, ensure_ascii=False), flush=True)
    else:
        with arguments.output.open("w", encoding="utf-8") as file:
            for result in results:
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
    return EXIT_FINE


def run_train(arguments: argparse.Namespace) -> int:
    """``train``: the judge of meaning from a folder of labelled pairs."""
    from tqdm import tqdm

    from claimdesk.training.run import train

    with tqdm(total=0, unit="pair", file=sys.stderr) as bar:

        def show(stage: str, done: int, total: int) -> None:
            if bar.desc != f"{stage}: ":
                bar.reset()
                bar.set_description(stage)
            bar.total = total
            bar.update(done - bar.n)

        figures = train(
            arguments.data,
            arguments.out,
            init=arguments.init,
            teacher=arguments.teacher,
            pairs=arguments.pairs,
            seed=arguments.seed,
            progress=show,
        )
    print(json.dumps(figures, indent=1))
    return EXIT_FINE


def run_bench(arguments: argparse.Namespace) -> int:
    """``bench``: figures of this installation as a table or JSON."""
    from claimdesk import bench

    figures = bench.run(arguments)
    if arguments.format == "json":
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        print(bench.as_table(figures))
    return EXIT_FINE


def run_app(arguments: argparse.Namespace) -> int:
    """``app``: serves the page on this machine alone."""
    import subprocess

    page = _page()
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += ["--server.address", "127.0.0.1", "--server.port", str(arguments.port)]
    command += ["--server.headless", str(arguments.headless).lower(), "--browser.gatherUsageStats", "false"]
    command += ["--logger.hideWelcomeMessage", "true"]  # and an offer on the page to install files for coding agents
    opened = {"CLAIMDESK_LOAD_AHEAD": "1", **({"CLAIMDESK_CASE": arguments.case} if arguments.case else {})}
    print(f"Opening Claimdesk at http://127.0.0.1:{arguments.port} (Ctrl+C stops it)", flush=True)
    try:
        return subprocess.call(command, cwd=page.parent, env={**os.environ, **opened})
    except KeyboardInterrupt:
        return EXIT_FINE


def _page() -> Path:
    for folder in (Path.cwd(), *Path(__file__).resolve().parents):
        if (folder / "app.py").is_file() and (folder / "claims").is_dir():
            return folder / "app.py"
    raise ClaimdeskError("The page (app.py) is not beside this installation. Run the command in the project's folder.")


def _inputs(arguments: argparse.Namespace) -> tuple[Document, tuple[Source, ...]]:
    """The text and the sources of a check; a case folder stands for both."""
    from claimdesk.load import load_case, load_sources, read_article

    paths = [Path(path) for path in arguments.sources]
    if arguments.text != "-" and Path(arguments.text).is_dir():
        case = load_case(Path(arguments.text))
        return read_article(case.article), load_sources([*case.sources, *paths])
    return _read_text(arguments.text), load_sources(paths)


@contextmanager
def _library(arguments: argparse.Namespace) -> Iterator[LibraryStore | None]:
    """The library that a check names, while it lasts; None where it names none."""
    if arguments.library is None:
        if chosen_filter(arguments):
            raise ClaimdeskError("--publisher, --since and --until choose among a library's sources. Add --library.")
        yield None
        return
    from claimdesk.library import open_store

    store = open_store(arguments.library)
    try:
        yield store
    finally:
        store.close()


def _decisions(arguments: argparse.Namespace) -> tuple[Decision, ...]:
    """What reviewers decided, where the text is a case folder with a log of decisions."""
    from claimdesk.review import read_decisions

    return () if arguments.text == "-" else read_decisions(Path(arguments.text) / "decisions.jsonl")


def _read_text(name: str) -> Document:
    from claimdesk.load import read_article
    from claimdesk.readers import read_bytes

    if name == "-":
        return read_bytes("standard-input.txt", sys.stdin.buffer.read())
    return read_article(Path(name))


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").split("\n")
    except OSError as error:
        raise ClaimdeskError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise ClaimdeskError(f"{path} is not UTF-8 text. Save it as UTF-8 JSON lines.") from error


def _settings(arguments: argparse.Namespace) -> Any:
    from claimdesk.settings import Settings

    named = {name: getattr(arguments, name, None) for name in ("model", "judge")}
    return Settings(**{name: value for name, value in named.items() if value})


def _write(content: str | bytes, output: Path | None) -> None:
    data = content.encode("utf-8") if isinstance(content, str) else content
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise ClaimdeskError(f"{output} cannot be written ({error.strerror}).") from error


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a day; write it as YYYY-MM-DD") from None


class _Bar:
    """A progress bar on standard error, one for each stage; silent where nobody looks."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, step: Progress) -> None:
        """Moves the bar to a step of the check."""
        if not sys.stderr.isatty():
            return
        from tqdm import tqdm

        if step.stage != self._stage:
            self.__exit__()
            self._stage, self._bar = step.stage, tqdm(total=step.total or None, desc=step.stage, file=sys.stderr)
        self._bar.total = step.total or None
        self._bar.update(step.done - self._bar.n)


if __name__ == "__main__":
    sys.exit(main())
