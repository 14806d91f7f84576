"""What tests of labelled sets share: a set's figures, that nothing of it was trained on, and the data outside."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from claimdesk.bench.pairs import bench_pairs
from claimdesk.bench.scores import Figures
from claimdesk.training.pairs import text_key
from claimdesk.training.written import read_written


def figures_of(path: Path) -> Figures:
    """What ``claimdesk bench pairs`` prints of one file."""
    (found,) = bench_pairs([path])["files"]
    return found


def assert_untaught(rows: Sequence[dict[str, str]]) -> None:
    """No claim and no passage of these rows is one of the project's own prose that the judge is taught with."""
    known = {text_key(row[side]) for row in rows for side in ("claim", "evidence")}
    written = read_written()
    assert known.isdisjoint(text_key(passage.evidence) for passage in written)
    assert known.isdisjoint(text_key(claim) for passage in written for _, _, claim in passage.claims)


def shared_folder() -> Path:
    """The folder of data outside the project; a test that needs it is skipped where ``CLAIMDESK_SHARED`` is not set."""
    folder = os.environ.get("CLAIMDESK_SHARED")
    if not folder:
        pytest.skip("CLAIMDESK_SHARED is not set")
    return Path(folder)
