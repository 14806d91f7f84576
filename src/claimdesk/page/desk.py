"""What the page works on: the order that a person gives, the shipped examples, and the check itself."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePath

from claimdesk.model import Checked, Claim, Document, Report, Source, Verdict
from claimdesk.page.job import Job
from claimdesk.progress import FINDING, READING, Progress

Upload = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks to have checked: a text (pasted, a file, or a case folder) against sources."""

    pasted: str = ""
    file: Upload | None = None
    case: Path | None = None
    uploads: tuple[Upload, ...] = ()
    folder: str = ""
    day: date | None = None

    def missing(self) -> str:
        """What is still needed, in words; empty when the check can start."""
        if self.case:
            return ""
        if not self.file and not self.pasted.strip():
            return "Add a text."
        if not self.uploads and not self.folder.strip():
            return "Add at least one source."
        return ""

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
    """The work of an order, for a ``Job``: reads, finds the claims, shows them, checks them."""

    def work(job: Job) -> Report:
        from claimdesk import find, verify
        from claimdesk.settings import Settings

        text, sources = read_order(order, job.tell)
        job.tell(Progress(FINDING, 0, 0))
        found = find.find_claims(text)
        job.preview(preview(found.document, sources, found.claims))
        return verify.check(text, sources, Settings(), job.tell, job.stopping, found=found)

    return work


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

    waiting = tuple(Checked(claim, Verdict.NOT_CHECKED, "Not checked yet.", 0.0, ()) for claim in claims)
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Report(created, __version__, {}, text, sources, waiting)
