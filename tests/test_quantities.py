"""The quantity parser: tables of phrases with their value sets, and properties that hold for any text."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.model import Form, Hedge, Quantity
from claimdesk.quantities import find_quantities
from claimdesk.quantities.hedges import granule_of, interval
from claimdesk.quantities.units import convert, dimension

TABLES = Path(__file__).parent / "tables"


def rows(name: str) -> list[tuple[str, str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs]


def parse_expected(cell: str) -> tuple[str, tuple[Decimal | None, Decimal | None, bool, bool] | str, str]:
    """One expected quantity: its unit, its ends (or the pair of a score), and the base of its rate."""
    cell, _, per = (part.strip() for part in cell.partition(" / "))
    value, _, unit = cell.partition(" ")
    if unit in ("score", "odds"):
        return unit, value, per
    low_open, high_open = value.startswith("("), value.endswith(")")
    value = value.strip("()")
    low, dots, high = value.partition("..")
    if not dots:
        high = low
    return unit, (Decimal(low) if low else None, Decimal(high) if high else None, low_open, high_open), per


def shown(quantity: Quantity) -> tuple[str, tuple[Decimal | None, Decimal | None, bool, bool] | str, str]:
    """What was found, in the terms of the tables."""
    per = quantity.per or ""
    if quantity.form in (Form.SCORE, Form.ODDS):
        mark = "-" if quantity.form is Form.SCORE else ":"
        return quantity.form.value, mark.join(str(value) for value in quantity.values), per
    unit = quantity.unit or ""
    if quantity.form is Form.ORDINAL:
        unit = "ordinal"
    elif quantity.form is Form.MULTIPLE:
        unit = "x"
    elif quantity.form is Form.AGE:
        unit += " age"
    return unit, (quantity.low, quantity.high, quantity.low_open, quantity.high_open), per


def near(one: object, other: object) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= max(abs(other), Decimal(1)) * Decimal("0.00002")
    return one == other


def agrees(expected: str, found: tuple[Quantity, ...]) -> bool:
    cells = [parse_expected(cell.strip()) for cell in expected.split(";") if cell.strip()]
    if len(cells) != len(found):
        return False
    for (unit, ends, per), quantity in zip(cells, found, strict=True):
        found_unit, found_ends, found_per = shown(quantity)
        if unit != found_unit or per != found_per:
            return False
        if isinstance(ends, str) or isinstance(found_ends, str):
            if ends != found_ends:
                return False
        elif not all(near(a, b) for a, b in zip(ends, found_ends, strict=True)):
            return False
    return True


def failures(name: str) -> tuple[list[str], int]:
    table, wrong = rows(name), []
    for text, expected in table:
        found = find_quantities(text)
        if not agrees(expected, found):
            got = "; ".join(f"{q.text!r}={q.low}..{q.high} {q.unit} {q.form} {q.hedge} {q.per or ''}" for q in found)
            wrong.append(f"{text}\n    expected {expected or 'nothing'}\n    found    {got or 'nothing'}")
    return wrong, len(table)


@pytest.mark.parametrize(("name", "floor"), [("quantities.tsv", 0.98), ("quantities_blind.tsv", 0.95)])
def test_tables_of_phrases_are_read(name: str, floor: float) -> None:
    wrong, total = failures(name)
    print(f"\n{name}: {total - len(wrong)} of {total}")
    print("\n".join(wrong))
    assert (total - len(wrong)) / total >= floor


# --- properties ---

FRAMES = ["{}", "In all {} people came.", "(at least {})", "“{}” he said", "Line one\n{} of them\nline three"]


def written_ways(number: int) -> list[str]:
    plain = str(number)
    if number < 1000:
        return [plain, in_words(number)]
    comma = f"{number:,}"
    return [comma, comma.replace(",", " "), comma.replace(",", "\u202f"), comma.replace(",", "'"), in_words(number)] + (
        [plain] if number >= 10_000 else []
    )


SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["x", "x", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{SMALL[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= scale:
            rest = number % scale
            joint = " and " if 0 < rest < 100 else " "
            return f"{in_words(number // scale)} {word}" + (f"{joint}{in_words(rest)}" if rest else "")
    raise AssertionError(number)


def ends(quantity: Quantity) -> tuple[Decimal | None, Decimal | None, bool, bool, str | None]:
    return quantity.low, quantity.high, quantity.low_open, quantity.high_open, quantity.unit


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 10**10), st.sampled_from(["", "about ", "nearly ", "at least ", "just over ", "up to "]))
def test_interval_does_not_change_with_the_way_a_number_is_written(number: int, hedge: str) -> None:
    found = {way: find_quantities(f"There were {hedge}{way} soldiers.") for way in written_ways(number)}
    assert all(len(quantities) == 1 for quantities in found.values()), found
    assert len({ends(quantities[0]) for quantities in found.values()}) == 1, found


@settings(max_examples=40, deadline=None)
@given(st.integers(11, 9999), st.sampled_from(["", "about ", "almost "]))
def test_scale_words_and_letters_mean_the_same(tenths: int, hedge: str) -> None:
    amount = Decimal(tenths) / 10
    ways = [f"{amount} million", f"{amount}m", f"{amount}mn", f"{int(amount * 1_000_000):,}"]
    found = {way: find_quantities(f"It cost {hedge}${way} in May.") for way in ways}
    assert len({ends(quantities[0]) for quantities in found.values()}) == 1, found


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 999), st.sampled_from(["", "about ", "under "]))
def test_percent_signs_and_words_mean_the_same(tenths: int, hedge: str) -> None:
    found = [
        find_quantities(f"It fell {hedge}{Decimal(tenths) / 10}{unit} in May.")
        for unit in ("%", " %", " percent", " per cent", " pct")
    ]
    assert len({ends(quantities[0]) for quantities in found}) == 1, found


PIECES = st.sampled_from(
    [
        "1",
        "12",
        "1,212",
        "3.5",
        "½",
        "-",
        "–",
        "$",
        "€",
        "%",
        "to",
        "and",
        "or",
        "between",
        "from",
        "about",
        "over",
        "under",
        "a",
        "half",
        "third",
        "of",
        "million",
        "bn",
        "k",
        "one",
        "two",
        "hundred",
        "no",
        "none",
        "most",
        "twice",
        "doubled",
        "times",
        "second",
        "first",
        "aged",
        "-year-old",
        "year",
        "years",
        "feet",
        "inches",
        "in",
        "out",
        "per",
        "day",
        "May",
        "June",
        "2",
        "2024",
        ":",
        "/",
        "(",
        ")",
        ".",
        ",",
        "'",
        '"',
        "\n",
        "+",
        "~",
        "Article",
    ]
)


@settings(max_examples=250, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
    )
)
def test_any_text_gives_ordered_spans_that_hold_their_words(text: str) -> None:
    floor = 0
    for quantity in find_quantities(text):
        assert quantity.span.of(text) == quantity.text
        assert floor <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.span.contains(quantity.number)
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        assert quantity.values
        if quantity.noun:
            assert quantity.noun.of(text).strip() == quantity.noun.of(text) != ""
        floor = quantity.span.end


HOSTILE = [
    "7",
    "1,",
    "1 ",
    "one hundred ",
    "(",
    "1-",
    "no ",
    "A",
    "$",
    "1.",
    "half ",
    "a ",
    "twenty-",
    "about 5 ",
    "x@",
    "Article ",
    "1'",
    " ",
    "9:",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_take_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        find_quantities(text)
        return time.process_time() - start

    seconds(1000)
    small, large = seconds(20_000), seconds(80_000)
    assert large < 10 * small + 0.3


# --- what a reader of one quantity relies on ---


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "span", "number", "hedge"),
    [
        ("Roughly another 400 people came.", "Roughly another 400", "400", Hedge.ABOUT),
        ("It cost at least US$5bn.", "at least US$5bn", "5bn", Hedge.AT_LEAST),
        ("He spoke for nearly 3½ hours.", "nearly 3½ hours", "3½", Hedge.NEARLY),
        ("They number 400 or more.", "400 or more", "400", Hedge.AT_LEAST),
        ("It fell between 3% and 5%.", "between 3% and 5%", "3% and 5", Hedge.BETWEEN),
        ("It sold exactly 40.", "exactly 40", "40", Hedge.EXACTLY),
        ("It sold just 40.", "40", "40", Hedge.NONE),
        ("Oil is $40 a barrel.", "$40 a barrel", "40", Hedge.NONE),
        ("It was −3 °C.", "−3 °C", "3", Hedge.NONE),
    ],
)
def test_spans_cover_hedge_and_unit_and_the_number_alone(text: str, span: str, number: str, hedge: Hedge) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.number.of(text), quantity.hedge) == (span, number, hedge)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("1,212 bodies were returned", "bodies"),
        ("400 injured people were treated", "people"),
        ("12 dead were found", "dead"),
        ("a 24-member panel sat", "member"),
        ("two Greek fishing boats sank", "boats"),
        ("14 million more jobs", "jobs"),
        ("four cable news networks", "networks"),
        ("one soldier died", "soldier"),
        ("60% of the voters", "voters"),
        ("no deaths were reported", "deaths"),
        ("27 of them were named", None),
        ("27 were named", None),
    ],
)
def test_counted_noun_is_the_head_behind_the_number(text: str, noun: str | None) -> None:
    found = only(text).noun
    assert (found.of(text) if found else None) == noun


def test_ratios_keep_part_and_base_and_soft_words_are_soft() -> None:
    assert only("3 out of 10 people").of == (Decimal(3), Decimal(10))
    assert only("two-thirds of people").of == (Decimal(2), Decimal(3))
    assert [only(f"{word} people").soft for word in ("several", "a few", "dozens of", "400")] == [
        True,
        True,
        False,
        False,
    ]


def test_skipped_spans_hold_no_quantity() -> None:
    from claimdesk.model import Span

    assert find_quantities("It rose for 12 days to 40.", [Span(8, 19)])[0].text == "40"


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("1", "mile", "km", "1.609344"),
        ("2", "hectare", "m2", "20000"),
        ("10", "year", "decade", "1"),
        ("32", "fahrenheit", "celsius", "0"),
        ("250", "pence", "GBP", "2.5"),
    ],
)
def test_units_convert_within_a_dimension(value: str, source: str, target: str, expected: str) -> None:
    assert abs(convert(Decimal(value), source, target) - Decimal(expected)) < Decimal("1e-9")


def test_money_never_changes_currency() -> None:
    assert dimension("USD") != dimension("EUR")
    with pytest.raises(ValueError, match="No conversion from USD to EUR"):
        convert(Decimal(1), "USD", "EUR")


@pytest.mark.parametrize(
    ("value", "hedge", "expected"),
    [
        # the worked examples of the domain rules, section 4.3
        ("15", Hedge.ABOUT, "13.5..16.5"),
        ("1200", Hedge.ABOUT, "1150..1250"),
        ("6000", Hedge.ABOUT, "5500..6500"),
        ("100", Hedge.ABOUT, "90..110"),
        ("1000", Hedge.NEARLY, "900..1000)"),
        ("40", Hedge.JUST_OVER, "(40..42"),
        ("12", Hedge.LESS_THAN, "0..12)"),
        ("12", Hedge.MORE_THAN, "(12.."),
    ],
)
def test_hedges_have_the_widths_of_the_rules(value: str, hedge: Hedge, expected: str) -> None:
    unit = "percent" if value == "15" else None
    low, high, low_open, high_open = interval(Decimal(value), hedge, granule_of(Decimal(value)), unit)
    assert parse_expected(expected)[1] == (low, high, low_open, high_open)
