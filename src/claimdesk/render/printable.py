"""The whole report as one HTML file that needs nothing else, for paper and for the archive."""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.model import Report
from claimdesk.render import (
    describe_counts,
    load_style,
    render_article,
    render_cards,
    render_internal,
    render_settings,
    render_sources,
    render_strip,
    render_summary,
    render_unchecked,
    unclaimed,
)
from claimdesk.render.dossier import describe_signed, render_dossier, render_unattached
from claimdesk.render.markup import Html, element, join
from claimdesk.render.standing import numbered
from claimdesk.review import Decision, review

CAUTION = "Every verdict speaks about these sources only. Whether a claim is right is for a person to decide."
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render_printable(report: Report, decisions: Sequence[Decision] = ()) -> Html:
    """The text with its marks, the cards as endnotes in text order, sources with hashes, and the settings."""
    title = report.text.meta.title or report.text.name or "Text"
    decided = review(report, decisions)
    parts = (
        ("The text", join([render_strip(report), render_article(report)])),
        ("The claims", render_cards(report, numbered(report), decided)),
        ("What was not checked", render_unchecked(report, unclaimed(report))),
        ("About the whole text", render_dossier(decided.dossier(None))),
        ("Entries about words that are no longer in the text", render_unattached(decided.unattached)),
        ("Sources", render_sources(report)),
        ("Settings", render_settings(report)),
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title}: claims and sources"),
        element("style", Html(load_style("page.css") + load_style("print.css"))),
    )
    body = element(
        "body",
        element("h1", title, dir="auto"),
        render_summary(report),
        element("p", describe_counts(report), class_="cd"),
        render_internal(report),
        *(Html(element("h2", heading, class_="cd-part") + part) for heading, part in parts if part),
        element("p", describe_signed(decided.signed, decided.since), class_="cd") if decided.signed else "",
        element("p", CAUTION, class_="cd cd-note"),
    )
    return Html("<!DOCTYPE html>\n" + element("html", head, body, lang="en") + "\n")
