"""The YAML block between two lines of dashes that opens a text file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from claimdesk.model import Meta, Span
from claimdesk.readers.meta import COLUMNS, from_mapping

_BLOCK = re.compile(r"\s{0,20}---[ \t]{0,20}\r?\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]{0,20}(?:\r?\n|\Z)", re.MULTILINE)
_PAIR = re.compile(r"^([A-Za-z_]{2,20})[ \t]{0,5}:[ \t]{1,5}(\S[^\r\n]{0,2000})", re.MULTILINE)
_LONGEST = 20_000


def split_front(text: str) -> tuple[Span | None, Meta, tuple[str, ...]]:
    r"""The span of the front matter with its metadata and notes; no span where a text has none.

    The block stays in the text; offsets do not move. Two dashed lines around something that is no mapping are
    prose, and ``Key: value`` lines without dashes are prose too.

    >>> split_front("---\ntitle: Bodies returned\n---\nUkraine brought home ...")[0]
    Span(start=0, end=31)
    """
    start = _BLOCK.match(text)
    end = _END.search(text, start.end(), start.end() + _LONGEST) if start else None
    if not start or not end:
        return None, Meta(), ()
    values = _values(text[start.end() : end.start()])
    if not values:
        return None, Meta(), ()
    meta, notes = from_mapping(values, "Front matter")
    return Span(start.start(), end.end()), meta, notes


def _values(block: str) -> Mapping[str, object]:
    import yaml

    try:
        # Deep nesting costs PyYAML quadratic time, and metadata has none.
        loaded = yaml.safe_load(block) if sum(map(block.count, "[{")) < 100 else None
    except (yaml.YAMLError, ValueError, RecursionError):
        # "title: Kyiv: 1,212 bodies returned" is no YAML but plain enough; known keys only.
        return {key: value.strip("\"' ") for key, value in _PAIR.findall(block) if key.casefold() in COLUMNS}
    return loaded if isinstance(loaded, dict) else {}
