"""Fit one list of words into another with affine gaps: all of the first, the best stretch of the second."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# Costs in tenths of a changed word. A long stretch left out of the source costs little more than a short one,
# so that two verbatim halves stay two halves (with linear gaps a splice reads as a row of changed words).
CHANGED = 10
_SKIP_OPEN, _SKIP_MORE = 8, 1  # words of the source that the quote leaves out
_EXTRA_OPEN, _EXTRA_MORE = 4, 7  # words of the quote that the source does not have
MAX_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Fit:
    """How ``needle`` lies in ``hay``.

    ``pairs`` runs through both in order: (needle index, hay index) for two words side by side, with None where
    one side has nothing. ``cost`` is in tenths of a changed word; ``start`` and ``end`` bound the stretch of hay.
    """

    cost: int
    start: int
    end: int
    pairs: tuple[tuple[int | None, int | None], ...]


def fit(
    needle: Sequence[str],
    hay: Sequence[str],
    *,
    wild: Collection[int] = (),
    optional: Collection[int] = (),
    same: Mapping[int, Collection[int]] | None = None,
    latest: bool = False,
) -> Fit | None:
    """The cheapest place for all of ``needle`` in ``hay``, the first such place or (``latest``) the last one.

    ``wild`` positions of the needle match any one word or nothing, free of charge; ``optional`` ones may be
    missing from the hay almost free. ``same`` adds hay positions that a needle position equals.
    None when either side is empty or the table would have more than ``MAX_CELLS`` cells.

    >>> found = fit("we sell it".split(), "today we never sell it here".split())
    >>> found.pairs
    ((0, 1), (None, 2), (1, 3), (2, 4))
    """
    height, width = len(needle), len(hay)
    if not height or not width or height * width > MAX_CELLS:
        return None
    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(word, len(numbers)) for word in hay], dtype=np.int32)
    whole = np.zeros((height + 1, width + 1), dtype=np.int32)  # the cheapest way to reach a cell
    still = np.zeros((height + 1, width + 1), dtype=np.int32)  # the same, not counting words left out last
    extra = np.zeros((height + 1, width + 1), dtype=np.int32)  # ... with the last word of the needle not in the hay
    extra[0] = height * CHANGED * 4
    ramp = np.arange(width + 1, dtype=np.int32) * _SKIP_MORE
    for row in range(1, height + 1):
        word = row - 1
        step = np.where(codes == numbers.get(needle[word], -1), 0, CHANGED).astype(np.int32)
        if same and word in same:
            step[list(same[word])] = 0
        if word in wild:
            step[:] = 0
        beside = np.full(width + 1, height * CHANGED * 4, dtype=np.int32)
        beside[1:] = whole[row - 1, :-1] + step
        extra[row] = np.minimum(whole[row - 1] + _EXTRA_OPEN, extra[row - 1]) + _EXTRA_MORE
        if word in wild:
            extra[row] = np.minimum(extra[row], whole[row - 1])
        elif word in optional:
            extra[row] = np.minimum(extra[row], whole[row - 1] + 1)
        still[row] = np.minimum(beside, extra[row])
        skipped = np.minimum.accumulate(still[row] - ramp) + ramp + _SKIP_OPEN
        whole[row] = still[row]
        whole[row, 1:] = np.minimum(still[row, 1:], skipped[:-1] + _SKIP_MORE)
    last = still[height]
    best = int(last.min())
    places = np.flatnonzero(last == best)
    end = int(places[-1] if latest else places[0])
    pairs = _trace(whole, still, extra, height, end)
    first = next((there for _, there in pairs if there is not None), end)
    return Fit(best, first, end, tuple(pairs))


def _trace(
    whole: np.ndarray, still: np.ndarray, extra: np.ndarray, row: int, column: int
) -> list[tuple[int | None, int | None]]:
    """The way back from a cell of the last row to the first row, in reading order."""
    pairs: list[tuple[int | None, int | None]] = []
    run_of_extra = False
    while row:
        here = int(extra[row, column] if run_of_extra else still[row, column])
        if run_of_extra or here == int(extra[row, column]):
            pairs.append((row - 1, None))
            run_of_extra = here == int(extra[row - 1, column]) + _EXTRA_MORE and here != int(whole[row - 1, column])
            row -= 1
        else:
            pairs.append((row - 1, column - 1))
            row, column = row - 1, column - 1
        if row and not run_of_extra and int(whole[row, column]) < int(still[row, column]):
            target, back = int(whole[row, column]), column - 1
            while int(still[row, back]) + _SKIP_OPEN + _SKIP_MORE * (column - back) != target:
                back -= 1
            pairs.extend((None, place) for place in range(column - 1, back - 1, -1))
            column = back
    return pairs[::-1]
