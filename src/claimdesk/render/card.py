"""One card for each claim: its verdict, what was compared, and the passages that decide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claimdesk.language.sentences import sentences
from claimdesk.model import Checked, Claim, Evidence, Report, Source, Span, Stance, Verdict
from claimdesk.render.compared import CHECK_WORDS, cell, deciding, render_compared
from claimdesk.render.decided import render_stamp
from claimdesk.render.describe import describe_location, describe_place, label_words, source_title
from claimdesk.render.dossier import render_dossier
from claimdesk.render.markup import Html, element, escape, hidden, highlight, join
from claimdesk.render.plot import render_plot
from claimdesk.render.standing import KIND_WORDS, LOOKS, STANCE_LOOKS, STANCE_WORDS, count_words, standing, warnings
from claimdesk.review import Decision, Dossier, Review

_OPEN = 3  # passages of one stance that are shown unopened; a conflicting one is never hidden
_CONTEXT = 240  # characters of a source that may stand beside a passage


def render_card(
    report: Report, number: int, checked: Checked, made: Sequence[Decision] = (), dossier: Dossier | None = None
) -> Html:
    """The card of a claim, a section with the anchor ``c<number>`` and a heading of its own.

    ``made`` are the decisions of people; they stand below the machine's verdict and do not replace it. ``dossier`` is
    what the file holds beside: changes, outside evidence, questions.
    """
    look = LOOKS[standing(checked)]
    sources = {source.id: source for source in report.sources}
    sign = element("span", look.sign, class_="cd-sign", aria_hidden="true")
    heading = element(
        "h3",
        join([element("span", str(number), class_="cd-number"), KIND_WORDS[checked.claim.kind]], " · "),
        " · ",
        element("span", join([sign, look.word], " "), class_="cd-verdict"),
        id=f"h{number}",
    )
    return element(
        "section",
        heading,
        element("p", checked.reason, class_="cd-reason", dir="auto"),
        _claim(report, number, checked.claim),
        _flags(checked),
        *render_compared(report, checked, sources),
        render_plot(checked, sources),
        *_evidence(checked, sources),
        _limits(checked),
        _how(checked, sources),
        render_dossier(dossier) if dossier else "",
        render_stamp(made, checked.verdict),
        id=f"c{number}",
        tabindex="-1",
        aria_labelledby=f"h{number}",
        class_=f"cd cd-card {look.css}",
    )


# --- the claim ----------------------------------------------------------------------------------------


def _claim(report: Report, number: int, claim: Claim) -> Html:
    text = report.text.text
    within = Span(min(claim.sentence.start, claim.span.start), max(claim.sentence.end, claim.span.end))
    spans = claim.quote.content if claim.quote and claim.quote.content else (claim.span,)
    back = element("a", "Show in the text", hidden(f": claim {number}"), href=f"#m{number}", class_="cd-back")
    return join([element("blockquote", highlight(text, within, spans, "cd-words"), dir="auto"), back])


def _flags(checked: Checked) -> Html:
    """What a person must see though it decides nothing: the flag and what the check said about it."""
    found = [finding for evidence in checked.evidence for finding in evidence.findings if finding.flag]
    rows = []
    for flag in dict.fromkeys(warnings(checked)):
        detail = next((finding.detail for finding in found if finding.label == flag), "")
        rows.append(element("li", element("strong", label_words(flag)), f": {detail}" if detail else "", dir="auto"))
    return element("ul", *rows, class_="cd-flags", aria_label="Warnings") if rows else Html()


# --- evidence -----------------------------------------------------------------------------------------


def _evidence(checked: Checked, sources: Mapping[str, Source]) -> Iterator[Html]:
    for stance in (Stance.CONFLICTS, Stance.SUPPORTS, Stance.RELATED):
        passages = [
            _passage(item, sources.get(item.source), checked.reason)
            for item in checked.evidence
            if item.stance is stance
        ]
        if not passages:
            continue
        look = STANCE_LOOKS[stance]
        opened = {Stance.CONFLICTS: len(passages), Stance.SUPPORTS: _OPEN, Stance.RELATED: 0}[stance]
        rest = passages[opened:]
        parts: list[Html] = []
        if stance is not Stance.RELATED:
            sign = element("span", look.sign, class_="cd-sign", aria_hidden="true")
            heading = f"{STANCE_WORDS[stance]}: {count_words(len(passages), 'passage')}"
            parts = [element("h4", sign, " ", heading), element("ul", *passages[:opened], class_="cd-passages")]
        if rest:
            more = {Stance.RELATED: "related"}.get(stance, f"more {STANCE_WORDS[stance].lower()}")
            summary = element("summary", f"{len(rest)} {more} {'passage' if len(rest) == 1 else 'passages'}")
            parts.append(element("details", summary, element("ul", *rest, class_="cd-passages")))
        yield element("div", *parts, class_=f"cd-evidence {look.css}")


def _passage(evidence: Evidence, source: Source | None, said: str) -> Html:
    text = source.document.text if source and source.document else ""
    place = Span(evidence.start, evidence.end)
    if place.of(text) == evidence.text:
        spans = [item.evidence_span for item in deciding(evidence) if item.evidence_span]
        before, after = _context(text, place)
        words = join([before, highlight(text, place, spans), after])
    else:  # the source is not at hand, or has changed: the passage stands alone, and nothing in it is marked
        words = escape(evidence.text)
    return element(
        "li",
        element("p", _heading(evidence, source), class_="cd-source"),
        element("blockquote", words, dir="auto"),
        element("p", evidence.reason, class_="cd-note", dir="auto") if evidence.reason not in said else "",
    )


def _heading(evidence: Evidence, source: Source | None) -> Html:
    parts: list[Html] = [element("cite", source_title(source) if source else evidence.source, dir="auto")]
    meta = source.document.meta if source and source.document else None
    if meta and meta.publisher:
        parts.append(element("span", meta.publisher, dir="auto"))
    if meta and meta.date:
        parts.append(element("time", meta.date.isoformat(), datetime=meta.date.isoformat()))
    document = source.document if source else None
    place = describe_place(document, evidence) if document else describe_location(evidence.location)
    if place:
        parts.append(element("span", place, dir="auto"))
    if meta and meta.url.startswith(("https://", "http://")):
        link = element("a", "Original", href=meta.url, rel="noopener noreferrer", target="_blank")
        parts.append(link)
    return join(parts, " · ")


def _context(text: str, place: Span) -> tuple[Html, Html]:
    """The sentence before and the sentence after a passage, as far as they are near."""
    before = text[max(0, place.start - _CONTEXT) : place.start]
    after = text[place.end : place.end + _CONTEXT]
    left, right = sentences(before, ()), sentences(after, ())
    start = left[-1].start if left else len(before)
    end = right[0].end if right else 0
    cut_left = "…" if left and len(left) == 1 and place.start > _CONTEXT else ""
    cut_right = "…" if right and len(right) == 1 and place.end + _CONTEXT < len(text) else ""
    return (
        element("span", cut_left + before[start:], class_="cd-context"),
        element("span", after[:end] + cut_right, class_="cd-context"),
    )


# --- limits and the way it was found ------------------------------------------------------------------


def _limits(checked: Checked) -> Html:
    lines = []
    sides = [item for item in checked.evidence if item.stance is not Stance.RELATED]
    if checked.verdict is Verdict.SUPPORTED and len({item.origin for item in sides}) == 1:
        lines.append("Only one origin speaks about this." if len(sides) > 1 else "Only one passage speaks about this.")
    if any(item.later_than_text for item in sides):
        lines.append("A source is newer than the text.")
    if any(item.copied_from_text for item in sides):
        lines.append("A source repeats the words of the text; it may be a copy.")
    return element("p", " ".join(lines), class_="cd-note cd-limits") if lines else Html()


def _how(checked: Checked, sources: Mapping[str, Source]) -> Html:
    """Enough to repeat the verdict by hand: every finding, and the scores as numbers."""
    if not checked.evidence:
        return Html()
    heads = ("Source", "Check", "Result", "Finding", "In the text", "In the source")
    rows = [
        _cells(
            source_title(sources[evidence.source]) if evidence.source in sources else evidence.source,
            CHECK_WORDS.get(item.check, item.check),
            item.outcome.value,
            f"{label_words(item.label)}. {item.detail}",
            item.claim_value,
            item.evidence_value,
        )
        for evidence in checked.evidence
        for item in evidence.findings
    ]
    head = element("tr", *(element("th", word, scope="col") for word in heads))
    table = element("table", element("caption", "Findings"), element("thead", head), element("tbody", *rows))
    scores = [
        element("li", f"{evidence.source}, characters {evidence.start:,} to {evidence.end:,}: "
                f"similarity {evidence.score:.2f}, {evidence.stance.value} with strength {evidence.confidence:.2f}")
        for evidence in checked.evidence
    ]  # fmt: skip
    strength = element("p", f"Strength of the verdict: {checked.confidence:.2f} of 1.", class_="cd-note")
    summary = element("summary", "How this was found")
    wide = element("div", table, class_="cd-wide") if rows else ""
    return element("details", summary, wide, element("ul", *scores, class_="cd-scores"), strength)


def _cells(*words: str) -> Html:
    return element("tr", *map(cell, words))


def render_cards(report: Report, shown: Sequence[tuple[int, Checked]], decided: Review | None = None) -> Html:
    """The cards of the given claims, in the given order, with what people decided about them."""
    return join(
        render_card(report, number, checked, decided.of(checked), decided.dossier(checked))
        if decided
        else render_card(report, number, checked)
        for number, checked in shown
    )
