"""Passages as they are cited in files: on one line, with source, publisher, day and place."""

from __future__ import annotations

import re

from claimdesk.model import Checked, Evidence, Report, Stance
from claimdesk.render.describe import describe_location, source_title

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_SPACES = re.compile(r"\s+")


def one_line(words: str) -> str:
    r"""Words on one line, without characters that a terminal would obey.

    >>> one_line(" a\x1b b\n c ")
    'a b c'
    """
    return _SPACES.sub(" ", _CONTROL.sub(" ", words)).strip()


def short(words: str, most: int = 160) -> str:
    """The words on one line, cut to ``most`` characters."""
    line = one_line(words)
    return line if len(line) <= most else line[: most - 1] + "…"


def deciding_passages(checked: Checked) -> list[Evidence]:
    """The passages that support a claim or conflict with it."""
    return [item for item in checked.evidence if item.stance is not Stance.RELATED]


def cite(report: Report, evidence: Evidence) -> str:
    """Where a passage stands: title, publisher, day, place."""
    source = next((source for source in report.sources if source.id == evidence.source), None)
    if source is None:
        return evidence.source
    meta = source.document.meta if source.document else None
    facts = (
        source_title(source),
        meta.publisher if meta else "",
        meta.date.isoformat() if meta and meta.date else "",
        describe_location(evidence.location),
    )
    return ", ".join(one_line(fact) for fact in facts if fact)
