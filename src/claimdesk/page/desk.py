"""What the page works on: the order that a person gives, the shipped examples, and the check itself."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from claimdesk.model import Checked, Claim, Document, Report, Source, Verdict
from claimdesk.page.job import LOADING, Job
from claimdesk.page.library import Searched, opened, settings_for
from claimdesk.page.stopping import StoppedError, stoppable, tell_until_stopped
from claimdesk.page.uploads import Upload, read_uploads
from claimdesk.progress import FINDING, READING, Progress
from claimdesk.review import Decision, Wanted, amend, review
from claimdesk.review.amend import DROPPED_BEFORE, LISTED

if TYPE_CHECKING:
    from claimdesk.find import Found
    from claimdesk.review.amend import Rechecked
    from claimdesk.store import PassageStore
    from claimdesk.verify import Models

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
    library: Searched = field(default_factory=Searched)
    lines: tuple[Decision, ...] = ()  # what people wrote about an earlier check of this text

    def missing(self) -> str:
        """What is still needed, in words; empty when the check can start."""
        if self.case:
            return ""
        if not self.file and not self.pasted.strip():
            return "Add a text."
        if not self.uploads and not self.folder.strip() and not self.library.place:
            return "Add at least one source, or search a library."
        return ""

    def _searched(self) -> list[str]:
        """The library as parts of the fingerprint; none without one."""
        return [f"{key}={value}" for key, value in self.library.as_json().items()]

    def title(self) -> str:
        """Words that name the order before anything is read: the file's name, or the first line of the text."""
        if self.file:
            return PurePath(self.file[0].replace("\\", "/")).stem
        return next((line.strip() for line in self.pasted[:2_000].splitlines() if line.strip()), "")

    def fingerprint(self) -> str:
        """A digest of everything in the order: another one means that shown results are for an earlier order."""
        digest = hashlib.sha256()
        files = ([self.file] if self.file else []) + sorted(self.uploads)
        for part in (self.pasted, str(self.case or ""), self.folder.strip(), str(self.day or ""), *self._searched()):
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
    """The work of an order, for a ``Job``: reads, finds the claims, shows them, checks those that nobody dropped.

    Stopped before a claim is checked, it gives the list of the claims, and raises StoppedError while there is none.
    """

    def work(job: Job) -> Report:
        from claimdesk import verify
        from claimdesk.page.models import load_ahead, load_grammar, shared_models
        from claimdesk.review.recheck import read_claims

        with opened(order.library) as library:
            settings, where = settings_for(library), order.library.where()
            load_ahead(settings)
            tell = tell_until_stopped(job)
            text, sources = read_order(order, tell)
            found: Found | None = None
            dropped: frozenset[str] = frozenset()

            def find() -> Found:
                nonlocal found, dropped
                load_grammar()
                found = read_claims(text)
                early = preview(found.document, sources, found.claims)
                job.preview(early)
                dropped = find_dropped(early, order.lines)
                return replace(found, claims=tuple(claim for claim in found.claims if claim.id not in dropped))

            def came(checked: Checked) -> None:
                job.came(checked, _heard(library, checked, job.early))

            def models() -> Models:
                return stoppable(shared_models(settings), job)

            # The claims are found, and shown, while the sources are read by the model.
            try:
                report = verify.check(text, sources, settings, tell, job.stopping, models, find, library, where, came)
            except StoppedError:
                if found is None:
                    raise
                return preview(text, sources, found.claims)
        told = replace(report, settings={**report.settings, **order.library.as_json()})
        return put_back(told, found, dropped) if found else told

    return work


def _heard(library: PassageStore | None, checked: Checked, early: Report | None) -> Sequence[Source]:
    """The sources of the library that a claim names and that are not shown yet."""
    known = {source.id for source in early.sources} if early else set()
    names = {evidence.source for evidence in checked.evidence} - known
    return list(library.read_sources(names).values()) if library and names else ()


def list_order(order: Order) -> Callable[[Job], Report]:
    """The work of listing: reads and finds the claims, and checks none, so that people can change the list first."""

    def work(job: Job) -> Report:
        from claimdesk.page.models import load_grammar
        from claimdesk.review.recheck import read_claims

        tell = tell_until_stopped(job)
        text, sources = read_order(order, tell)
        tell(Progress(FINDING, 0, 0))
        load_grammar()
        found = read_claims(text)
        return preview(found.document, sources, found.claims)

    return work


def run_changes(report: Report, wanted: Sequence[Wanted], searched: Searched) -> Callable[[Job], Rechecked]:
    """The work of checking claims that people changed, and no others, against the report's sources and its library."""

    def work(job: Job) -> Rechecked:
        from claimdesk.page.models import shared_models
        from claimdesk.review.recheck import recheck

        with opened(searched) as library:
            settings = settings_for(library)
            job.tell(Progress(LOADING, 0, 0))
            needed = library is not None or any(source.document for source in report.sources)
            models = shared_models(settings) if needed else None
            return recheck(report, wanted, settings, job.tell, job.stopping, models, library, searched.where())

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
    """The text and the sources of an order. Raises ClaimdeskError where the text itself cannot be read."""
    from claimdesk.load import load_case, load_sources, read_article
    from claimdesk.readers import read_bytes, read_text
    from claimdesk.verify import with_date

    def show(done: int, total: int, name: str) -> None:
        tell(Progress(READING, done, total, name))

    if order.case:
        case = load_case(order.case)
        return with_date(read_article(case.article), order.day), load_sources(case.sources, progress=show)
    text = with_date(read_bytes(*order.file) if order.file else read_text(order.pasted), order.day)
    return text, read_uploads(order.uploads, order.folder, tell)


def preview(text: Document, sources: tuple[Source, ...], claims: Iterable[Claim]) -> Report:
    """The claims before any is checked, as a report."""
    from claimdesk import __version__

    waiting = tuple(Checked(claim, Verdict.NOT_CHECKED, LISTED, 0.0, ()) for claim in claims)
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Report(created, __version__, {LISTING: True}, text, sources, waiting)
