"""The length of the text as a strip: a row for each verdict, and in it a tick where each claim stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from claimdesk.model import Checked, Report
from claimdesk.render.markup import Html, element, hidden
from claimdesk.render.standing import LOOKS, Standing, numbered, standing

_SLOTS = 250  # places along the strip; claims of one verdict in the same place share a tick
_NAMED = 40  # claims that the words beside the picture name one by one


def render_strip(report: Report, shown: Collection[int] | None = None, done: Collection[int] = ()) -> Html:
    """A picture of the text from its first to its last character; each tick leads to the mark of its claim.

    The row says the verdict, so that color only repeats it. ``shown`` are the claims that pass the filters: ticks
    of the others are pale; ticks of the claims in ``done`` are hollow. The same is said in words for those who do
    not see it; the ticks are left out of the keyboard's way, since the marks are in it. Empty without claims.
    """
    if not report.claims:
        return Html()
    rows, words = [], []
    for each in LOOKS:
        claims = [(number, item) for number, item in numbered(report) if standing(item) is each]
        if claims:
            rows.append(_row(each, claims, len(report.text.text), shown, done))
            words.append(_words(each, [number for number, _ in claims]))
    caption = element("figcaption", hidden("Where the claims stand in the text. " + " ".join(words)))
    ends = element("div", element("span", "Start of the text"), element("span", "End"), class_="cd-strip-ends")
    picture = element("div", *rows, ends, aria_hidden="true")
    return element("figure", caption, picture, class_="cd cd-strip")


def _row(
    each: Standing,
    claims: Sequence[tuple[int, Checked]],
    length: int,
    shown: Collection[int] | None,
    done: Collection[int],
) -> Html:
    look = LOOKS[each]
    slots: dict[int, list[tuple[int, Checked]]] = {}
    for number, item in claims:
        slots.setdefault(item.claim.span.start * _SLOTS // max(1, length), []).append((number, item))
    ticks = [_tick(each, slot, inside, length, shown, done) for slot, inside in sorted(slots.items())]
    sign = element("span", look.sign, class_="cd-strip-sign")
    return element("div", sign, element("span", *ticks, class_="cd-track"), class_=f"cd-strip-row {look.css}")


def _tick(
    each: Standing,
    slot: int,
    inside: Sequence[tuple[int, Checked]],
    length: int,
    shown: Collection[int] | None,
    done: Collection[int],
) -> Html:
    numbers = [number for number, _ in inside]
    passing = [number for number in numbers if shown is None or number in shown]
    css = ["cd-tick"] + ["cd-pale"] * (not passing) + ["cd-hollow"] * all(number in done for number in numbers)
    wide = max(len(item.claim.span) for _, item in inside) / max(1, length)
    return element(
        "a",
        href=f"#m{(passing or numbers)[0]}",
        tabindex=-1,
        class_=" ".join(css),
        style=f"--at:{100 * slot / _SLOTS:.1f}%;--wide:{100 * min(wide, 1):.1f}%",
        title=_words(each, numbers),
    )


def _words(each: Standing, numbers: Sequence[int]) -> str:
    """The claims of a verdict in words: "Mixed: claims 2, 6."."""
    named = ", ".join(map(str, numbers[:_NAMED]))
    more = f" and {len(numbers) - _NAMED:,} more" if len(numbers) > _NAMED else ""
    return f"{LOOKS[each].word}: claim{'s' if len(numbers) > 1 else ''} {named}{more}."
