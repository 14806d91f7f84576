"""Whether two names can mean one bearer: the same, perhaps the same, a slip of spelling, or surely apart."""

from __future__ import annotations

import os

from claimdesk.names.titles import titles

_SHORTEST = 5  # letters of a name in which one wrong letter is a slip and not another name
_LONG = 8  # letters from which two wrong letters are still a slip

Words = tuple[str, ...]  # a name as comparable words: ("ana", "ruiz")


def distinct(words: Words) -> frozenset[str]:
    """The words that tell a bearer from others: not "ministry", "street", "north"."""
    table = titles()
    return frozenset(word for word in words if word not in table.organizations and word not in table.places)


def is_organization(words: Words) -> bool:
    """Whether a word of the name says that it is a body and not a person."""
    return any(word in titles().organizations for word in words)


def same(left: Words, right: Words) -> bool:
    """Whether one name is the other or its usual short form: surname, initials, nickname, acronym.

    >>> same(("ana", "ruiz"), ("ruiz",)), same(("j", "brandt"), ("jo", "brandt"))
    (True, True)
    >>> same(("ana", "ruiz"), ("pablo", "ruiz"))
    False
    >>> same(("international", "monetary", "fund"), ("imf",))
    True
    """
    if left == right or _acronym(left, right) or _acronym(right, left) or _same_row(left, right):
        return True
    short, long = sorted((left, right), key=len)
    if set(short) <= set(long):
        if is_organization(long):
            return bool(distinct(short)) or short == long
        return short[-1] == long[-1] or (len(short) > 1 and short[0] == long[0]) or len(long) > 2
    return len(short) > 1 and short[-1] == long[-1] and _same_given(short[0], long[0])


def related(left: Words, right: Words) -> bool:
    """Whether two names may well be connected; then nothing that differs between them is a conflict.

    >>> related(("sarnia",), ("sarnian",)), related(("calder",), ("calder", "rovers")), related(("tarn",), ("lisle",))
    (True, True, False)
    """
    if same(left, right):
        return True
    ours, theirs = distinct(left), distinct(right)
    if not ours or not theirs:
        return not ours & theirs and (not ours) != (not theirs) or left == right
    return bool(ours & theirs) or any(_akin(one, two) for one in ours for two in theirs)


def misspelled(left: Words, right: Words) -> tuple[str, str] | None:
    """The two spellings when one word of two names differs by a slip and the rest agrees; else None.

    >>> misspelled(("dana", "whitlock"), ("dana", "whitlok"))
    ('whitlock', 'whitlok')
    """
    if same(left, right):
        return None
    if len(left) == len(right):
        unequal = [(one, two) for one, two in zip(left, right, strict=True) if one != two]
    else:
        unequal = [(left[-1], right[-1])] if min(len(left), len(right)) == 1 else []
    if len(unequal) != 1 or not is_slip(*unequal[0]):
        return None
    return unequal[0]


def is_slip(left: str, right: str) -> bool:
    """Whether two words are one word misspelled: one letter off, or two in a long word, or two letters swapped.

    >>> is_slip("whitlock", "whitlok"), is_slip("brandt", "bardnt"), is_slip("ruiz", "diaz"), is_slip("iran", "iraq")
    (True, False, False, False)
    >>> is_slip("brandt", "bradnt"), is_slip("austria", "australia")
    (True, False)
    """
    if min(len(left), len(right)) < _SHORTEST or left == right or {left, right} <= titles().wide:
        return False
    if abs(len(left) - len(right)) > 2 or not (left.isalpha() and right.isalpha()):
        return False
    if left.rstrip("s") == right.rstrip("s") or _demonym(left, right) or _inflected(left, right):
        return False
    if left[0] != right[0] and sorted(left[:2]) != sorted(right[:2]):
        return False
    return distance(left, right) <= (2 if min(len(left), len(right)) >= _LONG else 1)


def distance(left: str, right: str) -> int:
    """Letters to add, drop, change or swap with the neighbor to get from one word to the other.

    >>> distance("kyiv", "kiev"), distance("brandt", "bradnt")
    (2, 1)
    """
    rows = [list(range(len(right) + 1))]
    for i, one in enumerate(left, 1):
        row = [i]
        for j, two in enumerate(right, 1):
            cost = min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (one != two))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == two:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def apart(left: Words, right: Words) -> bool:
    """Whether two names surely have two bearers, granted that both fill the same slot.

    Two people of one given name are apart by their surnames; two ministries by their fields.

    >>> apart(("ana", "ruiz"), ("ana", "lopez")), apart(("calder",), ("calder", "rovers"))
    (True, False)
    >>> apart(("interior", "ministry"), ("health", "ministry")), apart(("ministry",), ("health", "ministry"))
    (True, False)
    """
    if same(left, right) or misspelled(left, right):
        return False
    ours, theirs = distinct(left), distinct(right)
    if not ours or not theirs:
        return False
    if is_organization(left) != is_organization(right) and min(len(left), len(right)) == 1:
        return not related(left, right)
    if len(left) > 1 and len(right) > 1 and not is_organization(left) and not is_organization(right):
        if left[-1] == right[-1]:
            return not _same_given(left[0], right[0]) and not _akin(left[0], right[0])
        return left[-1] not in right and right[-1] not in left and not _akin(left[-1], right[-1])
    return not related(left, right)


def _same_given(left: str, right: str) -> bool:
    if left == right or (min(len(left), len(right)) == 1 and left[0] == right[0]):
        return True
    return any(left in row and right in row for row in titles().nicknames)


def _same_row(left: Words, right: Words) -> bool:
    table = titles().same
    ours, theirs = table.get(" ".join(left), frozenset()), table.get(" ".join(right), frozenset())
    return bool(ours & theirs)


def _akin(left: str, right: str) -> bool:
    """A land and its people, a capital and its land, or two forms of one word."""
    table = titles().same
    return (
        bool(table.get(left, frozenset()) & table.get(right, frozenset()))
        or _demonym(left, right)
        or is_slip(left, right)
    )


def _demonym(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    if len(short) < 4 or len(long) - len(short) > 4:
        return False
    root = short.rstrip("aeiouy")
    return len(root) >= 3 and long.startswith(root) and long[len(root) :].endswith(_PEOPLE) and long != short


def _inflected(left: str, right: str) -> bool:
    """Two endings of one word: Democrats, Democratic."""
    size = len(os.path.commonprefix([left, right]))
    return size >= 4 and left[size:] in _ENDINGS and right[size:] in _ENDINGS


_ENDINGS = (
    "",
    "s",
    "ic",
    "ics",
    "al",
    "an",
    "ans",
    "ist",
    "ists",
    "ism",
    "er",
    "ers",
    "y",
    "ies",
    "e",
    "es",
    "ed",
    "ing",
)
_PEOPLE = ("an", "ans", "ian", "ians", "ese", "ish", "ite", "ites", "er", "ers", "ic", "i", "is")


def _acronym(short: Words, long: Words) -> bool:
    """UN for United Nations; small words may be left out or taken along."""
    if len(short) != 1 or len(long) < 2 or not 2 <= len(short[0]) <= 8:
        return False
    letters = "".join(word[0] for word in long)
    large = "".join(word[0] for word in long if word not in ("of", "the", "for", "and", "on", "in", "de"))
    return short[0].replace(".", "") in (letters, large)
