"""What the page works on: the order that a person gives, the shipped examples, and the check itself."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from claimdesk.model import Checked, Claim, Document, Report, Source, Verdict
from claimdesk.page.job import LOADING, Job
from claimdesk.progress import FINDING, READING, Progress
from claimdesk.review import Decision, Wanted, amend, review
from claimdesk.review.amend import DROPPED_BEFORE, LISTED

if TYPE_CHECKING:
    from claimdesk.find import Found

Upload = tuple[str, bytes]
LISTING = "listing"  # the setting of a report that lists claims and checks none


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks to have checked: a text (pasted, a file, or a case folder) against sources."""

    pasted: str = ""
    file: Upload | None = None
    case: Path | None = None
    uploads: tuple[Upload, ...] = ()
    folder: str = ""
    day: date | None = None
    lines: tuple[Decision, ...] = ()  # what people wrote about an earlier check of this text

    def missing(self) -> str:
        """What is still needed, in words; empty when the check can start."""
        if self.case:
            return ""
        if not self.file and not self.pasted.strip():
            return "Add a text."
        if not self.uploads and not self.folder.strip():
            return "Add at least one source."
        return ""

    def title(self) -> str:
        """Words that name the order before anything is read: the file's name, or the first line of the text."""
        if self.file:
            return PurePath(self.file[0].replace("\\", "/")).stem
        return next((line.strip() for line in self.pasted[:2_000].splitlines() if line.strip()), "")

    def fingerprint(self) -> str:
        """A digest of everything in the order: another one means that shown results are for an earlier order."""
        digest = hashlib.sha256()
        files = ([self.file] if self.file else []) + sorted(self.uploads)
        for part in (self.pasted, str(self.case or ""), self.folder.strip(), str(self.day or "")):
            digest.update(f"{len(part)}:{part}".encode("utf-8", "surrogatepass"))
        for name, data in files:
            digest.update(f"{len(name)}:{name}:{len(data)}:".encode("utf-8", "surrogatepass"))
            digest.update(data)
        return digest.hexdigest()


def find_examples() -> dict[str, Path]:
    """The shipped cases by name: the folders of ``CLAIMDESK_EXAMPLES``, by default ``claims/`` beside the page."""
    named = os.environ.get("CLAIMDESK_EXAMPLES")
    roots = [Path(named)] if named else [folder / "claims" for folder in (Path.cwd(), *Path(__file__).parents[:4])]
    root = next((root for root in roots if root.is_dir()), None)
    if root is None:
        return {}
    cases = (folder for folder in sorted(root.iterdir()) if folder.is_dir() and any(folder.glob("article.*")))
    return {folder.name: folder for folder in cases}


def run_order(order: Order) -> Callable[[Job], Report]:
    """The work of an order, for a ``Job``: reads, finds the claims, shows them, checks those that nobody dropped."""

    def work(job: Job) -> Report:
        from claimdesk import verify
        from claimdesk.page.models import shared_models
        from claimdesk.review.recheck import read_claims
        from claimdesk.settings import Settings

        text, sources = read_order(order, job.tell)
        job.tell(Progress(FINDING, 0, 0))
        found = read_claims(text)
        early = preview(found.document, sources, found.claims)
        job.preview(early)
        dropped = find_dropped(early, order.lines)
        some = replace(found, claims=tuple(claim for claim in found.claims if claim.id not in dropped))
        settings = Settings()
        job.tell(Progress(LOADING, 0, 0))
        models = shared_models(settings) if any(source.document for source in sources) else None
        report = verify.check(text, sources, settings, job.tell, job.stopping, models, some, came=job.came)
        return put_back(report, found, dropped)

    return work


def list_order(order: Order) -> Callable[[Job], Report]:
    """The work of listing: reads and finds the claims, and checks none, so that people can change the list first."""

    def work(job: Job) -> Report:
        from claimdesk.review.recheck import read_claims

        text, sources = read_order(order, job.tell)
        job.tell(Progress(FINDING, 0, 0))
        found = read_claims(text)
        return preview(found.document, sources, found.claims)

    return work


def run_changes(report: Report, wanted: Sequence[Wanted]) -> Callable[[Job], dict[str, Checked]]:
    """The work of checking claims that people changed, and no others."""

    def work(job: Job) -> dict[str, Checked]:
        from claimdesk.page.models import shared_models
        from claimdesk.review.recheck import recheck
        from claimdesk.settings import Settings

        settings = Settings()
        job.tell(Progress(LOADING, 0, 0))
        models = shared_models(settings) if any(source.document for source in report.sources) else None
        return recheck(report, wanted, settings, job.tell, job.stopping, models)

    return work


def find_dropped(report: Report, lines: Sequence[Decision]) -> frozenset[str]:
    """The ids of the claims that people have dropped."""
    decided = review(amend(report, lines).report, lines)
    return frozenset(checked.claim.id for checked in report.claims if decided.dossier(checked).dropped)


def put_back(report: Report, found: Found, dropped: frozenset[str]) -> Report:
    """A report with the claims that were left out of the check, each in its place."""
    if not dropped:
        return report
    checked = {each.claim.id: each for each in report.claims}
    claims = tuple(
        checked.get(claim.id, Checked(claim, Verdict.NOT_CHECKED, DROPPED_BEFORE, 0.0, ())) for claim in found.claims
    )
    return replace(report, claims=claims)


def is_listing(report: Report) -> bool:
    """Whether a report only lists claims, and none was checked yet."""
    return bool(report.settings.get(LISTING))


def read_order(order: Order, tell: Callable[[Progress], None]) -> tuple[Document, tuple[Source, ...]]:
    """The text and the sources of an order. Raises ClaimdeskError where the text itself cannot be read.

    Uploads are laid in a folder for the time of reading, so that a ``sources.csv`` among them describes the
    others as it does in a case folder.
    """
    from claimdesk.load import load_case, load_sources, read_article
    from claimdesk.readers import read_bytes, read_text
    from claimdesk.verify import with_date

    def show(done: int, total: int, name: str) -> None:
        tell(Progress(READING, done, total, name))

    if order.case:
        case = load_case(order.case)
        return with_date(read_article(case.article), order.day), load_sources(case.sources, progress=show)
    text = with_date(read_bytes(*order.file) if order.file else read_text(order.pasted), order.day)
    with tempfile.TemporaryDirectory(prefix="claimdesk-") as scratch:
        uploads = _lay_down(order.uploads, Path(scratch))
        named = [Path(order.folder.strip()).expanduser()] if order.folder.strip() else []
        sources = load_sources([*uploads, *named], progress=show)
        kept = tuple(replace(source, path=_without(source.path, scratch)) for source in sources)
    return text, kept


def _lay_down(uploads: tuple[Upload, ...], folder: Path) -> list[Path]:
    for index, (name, data) in enumerate(uploads):
        path = folder / (PurePath(name.replace("\\", "/")).name or f"upload-{index}")
        if path.exists():
            path = folder / f"{path.stem}-{index}{path.suffix}"
        path.write_bytes(data)
    return [folder] if uploads else []


def _without(path: str, folder: str) -> str:
    return PurePath(path).name if path.startswith(folder) else path


def preview(text: Document, sources: tuple[Source, ...], claims: Iterable[Claim]) -> Report:
    """The claims before any is checked, as a report."""
    from claimdesk import __version__

    waiting = tuple(Checked(claim, Verdict.NOT_CHECKED, LISTED, 0.0, ()) for claim in claims)
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Report(created, __version__, {LISTING: True}, text, sources, waiting)
