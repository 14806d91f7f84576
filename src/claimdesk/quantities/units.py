"""Units of measure and money: which one stands beside a number, and how one becomes another."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

_NEXT_WORDS = re.compile(
    r"(?P<gap> ?[ -]|\n)?(?P<first>%|‰|[°º℃℉] ?[CF]?(?![^\W_])|[^\W\d_]+(?:/[^\W\d_]+)?[²³23]?)"
    r"(?P<rest>(?:[ -][^\W\d_]+[²³]?){0,3})"
)
_MORE_WORDS = re.compile(r"[ -]([^\W\d_]+[²³]?)")
_WEIGHT = re.compile(
    r"\b(?:weigh\w*|weight|heavier|lighter|lift\w*|overweight|gained|lost|shed|payload)\b[^.\n]{0,40}$"
)
_SCALED = re.compile(r"(?:million|billion|trillion|bn|tn)$")
_GLUED = re.compile(r"-?\d|-?[^\W_]")
_IRREGULAR = {"feet", "inches", "pence", "centuries"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its dimension; ``factor`` and ``offset`` lead to the base of the dimension."""

    id: str
    dimension: str
    factor: Decimal
    offset: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)  # applied to the written value when ``id`` is not the unit written (40 bp = 0.4 pp)


@dataclass(frozen=True, slots=True)
class Units:
    """The tables of data/units.toml and data/currencies.toml."""

    by_id: dict[str, Unit]
    names: dict[str, Unit]  # lower case
    symbols: dict[str, Unit]  # exact case
    signs: dict[str, Unit]  # in front of a number


@lru_cache(maxsize=1)
def _units() -> Units:
    folder = files("claimdesk") / "data"
    measures = tomllib.loads((folder / "units.toml").read_text(encoding="utf-8"))
    money = tomllib.loads((folder / "currencies.toml").read_text(encoding="utf-8"))
    table = Units({}, {}, {}, {})
    for key, row in measures.items():
        factor = Decimal(row["factor"])
        if "canonical" in row:
            unit = Unit(row["canonical"], row["dimension"], Decimal(1), scale=factor)
        else:
            unit = table.by_id[key] = Unit(key, row["dimension"], factor, Decimal(row.get("offset", 0)))
        _enter(table, unit, row)
    for key, row in money.items():
        unit = Unit(key, f"money:{row.get('of', key)}", Decimal(row.get("factor", 1)))
        table.by_id[key] = unit
        _enter(table, unit, row)
        for sign in row.get("signs", ()):
            table.signs[sign] = unit
        if len(key) == 3 and key.isupper():
            table.signs[key] = table.symbols[key] = unit
    return table


def _enter(table: Units, unit: Unit, row: dict[str, list[str]]) -> None:
    for name in row.get("names", ()):
        table.names[name.lower()] = unit
        if name[-1].isalpha() and name.lower() not in _IRREGULAR:
            table.names.setdefault(name.lower() + "s", unit)
    for symbol in row.get("symbols", ()):
        table.symbols[symbol] = unit


def dimension(unit: str | None) -> str | None:
    """What a unit measures: ``length``, ``time``, ``share``, ``money:USD``; None for a count or an unknown unit.

    >>> dimension("km"), dimension("EUR"), dimension(None)
    ('length', 'money:EUR', None)
    """
    found = _units().by_id.get(unit) if unit else None
    return found.dimension if found else None


def convert(value: Decimal, source: str, target: str) -> Decimal:
    """A value in another unit of the same dimension; temperatures with their offsets.

    Raises ValueError for unknown units and for units of different dimensions: money never changes currency.

    >>> convert(Decimal(2), "km", "m"), convert(Decimal(50), "fahrenheit", "celsius").quantize(Decimal("0.1"))
    (Decimal('2000'), Decimal('10.0'))
    """
    if source == target:
        return value
    known = _units().by_id
    if source not in known or target not in known or known[source].dimension != known[target].dimension:
        raise ValueError(f"No conversion from {source} to {target}.")
    first, second = known[source], known[target]
    return (value * first.factor + first.offset - second.offset) / second.factor


def unit_after(text: str, pos: int) -> tuple[Unit, int] | None:
    """The unit that stands right behind a number which ends at ``pos``, and where it ends.

    >>> unit_after("5 square kilometers", 1)[0].id, unit_after("5 soldiers", 1)
    ('km2', None)
    """
    match = _NEXT_WORDS.match(text, pos)
    if match is None:
        return None
    words = [match["first"], *_MORE_WORDS.findall(match["rest"])]
    ends = [match.end("first"), *(match.start("rest") + m.end() for m in _MORE_WORDS.finditer(match["rest"]))]
    table = _units()
    for count in range(len(words), 0, -1):
        written = text[match.start("first") : ends[count - 1]]
        unit = table.symbols.get(written) if count == 1 else None
        unit = unit or table.names.get(" ".join(words[:count]).lower()) or table.names.get(written.lower())
        if unit and _allowed(text, pos, written, bool(match["gap"])):
            return unit, ends[count - 1]
    return _pounds(text, pos, match)


def _allowed(text: str, pos: int, written: str, gap: bool) -> bool:
    """One-letter symbols hold only right behind figures; words that are also something else hold only in measure."""
    if len(written) == 1 and written.isalpha():
        end = text.find(written, pos) + 1
        return (not gap or written in "CFW") and text[pos - 1 : pos].isdigit() and not _GLUED.match(text, end)
    if written.lower() == "won":  # "5.6 trillion won", but "of 12 won"
        return bool(_SCALED.search(text[max(0, pos - 12) : pos]))
    return written.lower() not in ("mark", "crown")


def _pounds(text: str, pos: int, match: re.Match[str]) -> tuple[Unit, int] | None:
    """Pounds are money unless something is weighed: "a 500-pound bomb", "lost 20 pounds", "50 pounds of cocaine"."""
    table, word, end = _units(), match["first"].lower(), match.end("first")
    if word in ("lbs", "lb"):
        return table.by_id["lb"], end
    if word == "in" and not match["gap"]:
        return table.by_id["inch"], end
    before = text[max(0, pos - 60) : pos].lower()
    if word == "m" and match["first"] == "m" and match["gap"] in (None, " "):
        return table.by_id["m"], end
    if word == "stone" and _WEIGHT.search(before):
        return table.by_id["stone"], end
    if word not in ("pound", "pounds"):
        return None
    after = text[end : end + 30].lower()
    bulk = re.match(r" of (?!debt|damage|aid|funding|savings|investment|revenue|losses|profit)\w", after)
    scaled = re.search(r"(?:million|billion|trillion|bn|mn?)\s*$", before)
    hyphened = match["gap"] == "-" and not re.match(r"[ -](?:note|coin|fine|prize|bill|deal|grant|loan)", after)
    weight = not scaled and (_WEIGHT.search(before) or bulk or hyphened)
    return table.by_id["lb" if weight else "GBP"], end


def currency_before(text: str, pos: int) -> tuple[Unit, int] | None:
    """The currency sign or code right in front of a number that begins at ``pos``, and where the sign begins.

    >>> currency_before("worth US$5bn", 9)[0].id
    'USD'
    """
    table = _units()
    end = pos - 1 if pos and text[pos - 1] == " " else pos
    for length in (4, 3, 2, 1):
        start = end - length
        if start < 0:
            continue
        unit = table.signs.get(text[start:end])
        inside = text[start].isalpha() and start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-_")
        if unit and not inside and (end == pos or text[start].isalpha() or text[end - 1] in "€£$"):
            return unit, start
    return None
