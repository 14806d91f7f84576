"""A table of the sources by what they do to the claims."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.model import Report, Stance
from claimdesk.render.describe import source_title
from claimdesk.render.markup import Html, element, hidden, join
from claimdesk.render.standing import STANCE_LOOKS, numbered

_HEADS = {Stance.CONFLICTS: "Conflicts with", Stance.SUPPORTS: "Supports", Stance.RELATED: "Related only"}
_LINKED = 12  # claims of a cell that are named


def claims_by_source(report: Report) -> dict[str, dict[Stance, list[int]]]:
    """For each source that was read the claims that it conflicts with, supports, or is only related to.

    A source that does several of these to one claim is counted under the first.
    """
    found: dict[str, dict[Stance, list[int]]] = {
        source.id: {stance: [] for stance in _HEADS} for source in report.sources if source.document
    }
    for number, checked in numbered(report):
        stances: dict[str, set[Stance]] = {}
        for evidence in checked.evidence:
            stances.setdefault(evidence.source, set()).add(evidence.stance)
        for source, made in stances.items():
            if source in found:
                found[source][next(stance for stance in _HEADS if stance in made)].append(number)
    return found


def render_by_source(report: Report) -> Html:
    """The table, a row for each source that was read, with links to the marks; empty without claims or sources."""
    found = claims_by_source(report)
    if not found or not report.claims:
        return Html()
    heads = element(
        "tr",
        element("th", "Source", scope="col"),
        *(
            element("th", element("span", STANCE_LOOKS[each].sign, aria_hidden="true"), " ", word, scope="col")
            for each, word in _HEADS.items()
        ),
    )
    rows = [
        element(
            "tr",
            element("th", source_title(source), scope="row", dir="auto"),
            *(_cell(found[source.id][each], STANCE_LOOKS[each].css) for each in _HEADS),
        )
        for source in report.sources
        if source.id in found
    ]
    table = element(
        "table",
        element("caption", "Claims by source"),
        element("thead", heads),
        element("tbody", *rows),
        class_="cd-by-source",
    )
    return element("div", table, class_="cd cd-wide", tabindex=0, role="region", aria_label="Claims by source")


def _cell(numbers: Sequence[int], css: str) -> Html:
    if not numbers:
        return element("td", element("span", "0", class_="cd-none"))
    links = [element("a", hidden("claim "), str(number), href=f"#m{number}") for number in numbers[:_LINKED]]
    more = f" and {len(numbers) - _LINKED:,} more" if len(numbers) > _LINKED else ""
    return element("td", element("strong", f"{len(numbers):,}"), ": ", join(links, ", "), more, class_=css)
