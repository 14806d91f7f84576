"""One spreadsheet cell as text: the figure in full, dressed as its number format shows it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

_QUOTED = re.compile(r"\"[^\"]*\"|\\.|_.|\*.")
_CURRENCY = re.compile(r"\[\$([^\]-]{1,5})(?:-[^\]]*)?\]|([$€£¥₴])")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_DECIMALS = re.compile(r"\.([0#?]+)")


def show(value: object, number_format: str | None = None) -> str:
    """The text of a cell: integers as written, percent as ``12.5%``, separators where the format has them.

    Digits that a format would hide are kept (0.125 shown as 13% reads 12.5%), up to four decimals; digits that
    it adds are added. Dates are ISO.

    >>> show(0.125, "0%"), show(1212, "#,##0"), show(1212, "General"), show(1.5, "0.00")
    ('12.5%', '1,212', '1212', '1.50')
    >>> show(datetime(2025, 6, 11)), show(-3.5e6, '"$"#,##0')
    ('2025-06-11', '-$3,500,000')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format or "General")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _number(value: float | Decimal, number_format: str) -> str:
    # Floats keep 15 digits at most in a spreadsheet: 0.1 + 0.2 is 0.3 there.
    number = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return ""
    positive = number_format.split(";")[0]
    symbols = _CURRENCY.search(positive)
    bare = _BRACKETS.sub("", _QUOTED.sub("", positive))
    percent = "%" in bare
    if percent:
        number *= 100
    decimals = _DECIMALS.search(bare)
    wanted = decimals[1].count("0") if decimals else 0
    digits = _rounded(number, wanted if bare.casefold() != "general" else 0)
    body = f"{abs(digits):,f}" if "," in bare.rstrip(",") else f"{abs(digits):f}"
    currency = (symbols[1] or symbols[2]) if symbols else ""
    if not currency and (quoted := re.search(r"\"([$€£¥₴])\"", positive)):
        currency = quoted[1]
    return ("-" if digits < 0 else "") + currency + body + ("%" if percent else "")


def _rounded(number: Decimal, wanted: int) -> Decimal:
    """At least ``wanted`` decimals, and no more than four unless the format asks for them or all would be lost."""
    try:
        plain = number.normalize()
        have = max(0, -int(plain.as_tuple().exponent))
        if have <= wanted:
            return plain.quantize(Decimal(1).scaleb(-wanted))
        if have <= 4 or abs(number) < Decimal("0.001"):
            return plain.quantize(Decimal(1).scaleb(-have))
        return plain.quantize(Decimal(1).scaleb(-max(4, wanted)))
    except InvalidOperation:
        return number
