"""What a report looks like as HTML: every claim marked and reachable, every word literal, every color readable."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hostile import HOSTILE, hostile_report
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_report import ARTICLE, document, sample_report

from claimdesk.model import Checked, Claim, Kind, Report, Span, Stance, Verdict
from claimdesk.render import (
    Marking,
    render_article,
    render_card,
    render_cards,
    render_internal,
    render_settings,
    render_sources,
    render_summary,
    unclaimed,
)
from claimdesk.render.markup import element, escape, highlight
from claimdesk.render.printable import render_printable
from claimdesk.render.standing import LOOKS, Standing, choose_claims, count_standings, numbered, standing, worklist

PARTS = (render_summary, render_article, render_internal, render_sources, render_settings)
VOID = {"br", "hr", "meta", "col"}


class Page(HTMLParser):
    """A strict reading of HTML: nesting must hold; words, tags, ids and links are kept."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        assert not (tag == "a" and any(name == "a" for name, _ in self.open)), "a link in a link"
        self.tags.append(tag)
        self.attributes |= set(known)
        self.ids += [known["id"] or ""] if "id" in known else []
        self.links += [known["href"] or ""] if "href" in known else []
        if tag not in VOID:
            self.open.append((tag, known))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1][0] == tag, f"</{tag}> inside {self.open}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        aside = any(name in ("sup", "style") or known.get("class") == "cd-hidden" for name, known in self.open)
        if not aside:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def report_with(spans: list[Span], text: str = ARTICLE) -> Report:
    claims = tuple(
        Checked(
            Claim(f"c{i}", Kind.STATEMENT, span, span.of(text), span, 0.5), Verdict.NOT_FOUND, "Nothing found.", 0.0, ()
        )
        for i, span in enumerate(spans, 1)
    )
    return replace(sample_report(), text=document("text", text), claims=claims)


# --- the text ---------------------------------------------------------------------------------------------


def test_every_claim_has_a_numbered_mark_with_sign_and_hidden_words() -> None:
    html = render_article(sample_report())
    for number, checked in numbered(sample_report()):
        look = LOOKS[standing(checked)]
        assert f'<mark id="m{number}"' in html
        assert f">{number} {look.sign}</sup>" in html
        assert f"(claim {number}, {look.word.lower()})" in html
        assert f'href="#c{number}"' in html


def test_an_inner_claim_keeps_its_own_mark_inside_the_outer_one() -> None:
    html = render_article(sample_report())
    outer, inner = html.index('id="m4"'), html.index('id="m5"')
    assert outer < inner < html.index("4 ≠</sup>")
    assert "cd-deep-1" in html


offsets = st.integers(0, len(ARTICLE))
any_spans = st.lists(st.tuples(offsets, offsets).map(lambda pair: Span(min(pair), max(pair))), max_size=12)


@settings(max_examples=150, deadline=None)
@given(any_spans)
def test_any_overlap_nests_drops_no_claim_and_leaves_the_text_as_it_was(spans: list[Span]) -> None:
    page = Page(render_article(report_with(spans)))
    assert page.text == ARTICLE
    assert sorted(page.ids) == sorted(f"m{number}" for number in range(1, len(spans) + 1))
    assert {f"#c{number}" for number in range(1, len(spans) + 1)} == set(page.links)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.data())
def test_any_text_is_shown_as_it_is(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    pair = st.tuples(places, places).map(lambda two: Span(min(two), max(two)))
    page = Page(render_article(report_with(data.draw(st.lists(pair, max_size=5)), text)))
    assert page.text.replace("\r", "\n") == Page(element("p", text)).text.replace("\r", "\n")


def test_front_matter_is_set_apart_from_the_first_paragraph() -> None:
    text = "---\ntitle: X\n---\nIt cost 9 million.\n\nThe end."
    report = report_with([Span(17, 34)], text)
    html = render_article(replace(report, text=replace(report.text, furniture=(Span(0, 17),))))
    assert '<p dir="auto" class="cd-furniture">---\ntitle: X\n---</p>' in html
    assert Page(html).text == text and '<mark id="m1"' in html


def test_a_hostile_megabyte_is_shown_whole() -> None:
    for piece in ("“", "1", "[", "a 1 ", "\u202e", ". "):  # what takes the square of the length would not end here
        text = piece * (1_000_000 // len(piece))
        report = report_with([Span(at, at + 40) for at in range(0, 900_000, 1_000)], text)
        assert render_article(report).count('<mark id="m') == 900
        assert len(unclaimed(report)) <= len(text)


def test_identical_claims_each_keep_their_number() -> None:
    same = Span(45, 60)
    html = render_article(report_with([same, same, same]))
    assert [f"{number} ?</sup>" in html for number in (1, 2, 3)] == [True] * 3


def test_marks_of_claims_that_are_filtered_out_are_dimmed_and_lead_to_the_results() -> None:
    html = render_article(sample_report(), Marking(shown=[1]))
    assert html.count("cd-dim") == len(sample_report().claims) - 1
    assert set(Page(html).links) == {"#c1", "#claims"}


def test_each_mark_is_reached_once_by_keyboard() -> None:
    html = render_article(sample_report())
    assert len(re.findall(r'<a href="#c\d+">', html)) == len(sample_report().claims)


def test_sentences_with_figures_but_no_claim_are_listed() -> None:
    text = "The road opened. It cost 9 million. “Never again,” he said. Nobody came."
    found = [span.of(text) for span in unclaimed(report_with([Span(0, 16)], text))]
    assert found == ["It cost 9 million.", "“Never again,” he said."]


# --- the cards --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("each", list(Standing))
def test_each_verdict_has_word_sign_and_class(each: Standing) -> None:
    report = sample_report()
    number, checked = next(item for item in numbered(report) if standing(item[1]) is each)
    html = render_card(report, number, checked)
    look = LOOKS[each]
    assert look.word in Page(html).text and look.sign in Page(html).text
    assert f"cd-card {look.css}" in html
    assert f'<section id="c{number}" tabindex="-1" aria-labelledby="h{number}"' in html
    assert f'<h3 id="h{number}"' in html


def test_a_number_card_lays_out_both_values_and_the_difference() -> None:
    text = Page(render_card(sample_report(), 1, sample_report().claims[0])).text
    for words in ("€4.8 million", "4,800,000 EUR", "EUR 8.4 million", "8,400,000 EUR", "same digits in another order"):
        assert words in text


def test_a_quote_card_shows_added_and_missing_words_and_says_so_aloud() -> None:
    html = render_card(sample_report(), 4, sample_report().claims[3])
    assert "<del>hardly anybody</del>" in html and "<ins>nobody</ins>" in html
    assert "(missing: </span><del>hardly anybody" in html and "(added: </span><ins>nobody" in html
    assert "Mona Erikssen" in Page(html).text


def test_a_passage_names_its_source_and_place_and_marks_the_deciding_words() -> None:
    html = render_card(sample_report(), 1, sample_report().claims[0])
    for words in ("Minutes of 3 June", "Harbor Board", "2025-06-03", "page 1, under “Decisions”"):
        assert words in Page(html).text
    assert '<mark class="cd-hit">EUR 8.4 million</mark>' in html


def test_conflicting_passages_come_first_and_are_never_folded_away() -> None:
    checked = sample_report().claims[5]
    conflict = next(item for item in checked.evidence if item.stance is Stance.CONFLICTS)
    many = replace(checked, evidence=(*checked.evidence, *[conflict] * 8))
    html = render_card(sample_report(), 6, many)
    assert html.index("Conflicting: 9 passages") < html.index("Supporting: 1 passage")
    assert html.index("Conflicting: 9 passages") < html.index("<details>")
    assert "more conflicting" not in html


def test_a_warning_is_named_with_what_the_check_said() -> None:
    text = Page(render_card(sample_report(), 9, sample_report().claims[8])).text
    assert "Not settled: wording differs" in text
    assert "Truncated: The source goes on" in text


def test_limits_are_said() -> None:
    report = sample_report()
    assert "A source is newer than the text." in render_card(report, 3, report.claims[2])
    assert "it may be a copy" in render_card(report, 7, report.claims[6])


def test_a_passage_whose_source_changed_stands_alone_and_unmarked() -> None:
    report = sample_report()
    evidence = replace(report.claims[0].evidence[0], text="Other words.")
    html = render_card(report, 1, replace(report.claims[0], evidence=(evidence,)))
    assert "Other words." in html and "cd-hit" not in html


def test_only_web_addresses_become_links() -> None:
    page = Page(render_cards(sample_report(), numbered(sample_report())))
    assert all(link.startswith(("#m", "https://")) for link in page.links)


# --- order and filters ------------------------------------------------------------------------------------


def test_the_worklist_begins_with_conflicts_and_keeps_the_numbers() -> None:
    assert [number for number, _ in worklist(sample_report())] == [1, 4, 5, 6, 9, 8, 2, 3, 7, 10]


def test_counts_add_up_to_the_claims() -> None:
    counts = count_standings(sample_report())
    assert sum(counts.values()) == len(sample_report().claims)
    assert counts[Standing.NOT_SETTLED] == 1


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"standings": [Standing.MIXED]}, [6]),
        ({"kinds": [Kind.DATE]}, [5, 7]),
        ({"words": "HARDLY anybody"}, [4]),
        ({"words": "  "}, [1, 4, 5, 6, 9, 8, 2, 3, 7, 10]),
        ({"standings": [Standing.SUPPORTED], "kinds": [Kind.QUOTE]}, []),
        ({"in_text_order": True}, list(range(1, 11))),
    ],
)
def test_filters_choose_and_never_renumber(filters: dict, numbers: list[int]) -> None:
    assert [number for number, _ in choose_claims(sample_report(), **filters)] == numbers


# --- safety -----------------------------------------------------------------------------------------------

OURS = {"class", "id", "href", "tabindex", "aria-labelledby", "aria-label", "aria-hidden", "dir", "scope", "colspan",
        "rel", "target", "style", "title", "role", "datetime", "lang", "charset", "name", "content", "http-equiv"}  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_words_stay_words_wherever_they_stand(hostile: str) -> None:
    page = Page(render_printable(hostile_report(hostile)))
    assert page.attributes <= OURS
    assert not {"script", "img", "iframe", "form", "input", "object"} & set(page.tags)
    assert not any(link.startswith("javascript") for link in page.links)
    assert Page(element("p", escape(hostile))).text.strip() in page.text


def test_characters_that_reorder_or_hide_are_shown_by_name() -> None:
    html = render_printable(hostile_report("abc\u202edef\u2066g\x07"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", html)
    assert all(f">{name}</span>" in html for name in ("RLO", "LRI", "U+0007"))


def test_joined_emoji_and_direction_marks_stay_whole() -> None:
    assert escape("👩‍👩‍👧‍👦 \u200f") == "👩‍👩‍👧‍👦 \u200f"


def test_an_attribute_cannot_be_left() -> None:
    assert element("a", "x", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;">x</a>'


def test_marks_at_the_edges_and_outside_a_passage() -> None:
    assert highlight("abc", Span(0, 3), [Span(0, 1), Span(2, 9)]) == (
        '<mark class="cd-hit">a</mark>b<mark class="cd-hit">c</mark>'
    )


def test_the_printable_report_is_whole_and_needs_nothing_else() -> None:
    html = render_printable(sample_report())
    page = Page(html)
    assert {f"m{n}" for n in range(1, 11)} | {f"c{n}" for n in range(1, 11)} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert {link for link in page.links if link.startswith("#")} <= {f"#{each}" for each in page.ids}
    assert "src=" not in html and "@import" not in html and "url(" not in html
    assert all(source.document.sha256 in html for source in sample_report().sources if source.document)


@pytest.mark.parametrize("part", PARTS)
def test_an_empty_report_renders(part) -> None:  # type: ignore[no-untyped-def]
    empty = replace(sample_report(), text=document("empty", ""), claims=(), sources=(), internal=(), passages={})
    Page(part(empty))
    Page(render_printable(empty))


def test_a_source_that_was_not_read_gives_its_reason() -> None:
    assert "Not read: scan.pdf has no text" in Page(render_sources(sample_report())).text
