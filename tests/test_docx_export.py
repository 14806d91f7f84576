"""The Word document: the text unchanged, a comment at the words of each claim, sources and settings."""

from __future__ import annotations

import io
from dataclasses import replace

from docx import Document as Word
from docx.document import Document as Opened
from hostile import hostile_report
from sample_report import ARTICLE, document, sample_report

from claimdesk.exports.word import write_docx
from claimdesk.language.text import paragraphs
from claimdesk.model import Report
from claimdesk.review import Choice, decide


def opened(report: Report, made: tuple = ()) -> Opened:
    return Word(io.BytesIO(write_docx(report, made)))


def commented(word: Opened) -> dict[int, str]:
    """The words between the ends of each comment's range, by the comment's id."""
    found: dict[int, str] = {}
    open_: set[int] = set()
    for node in word.element.body.iter():
        name = node.tag.rpartition("}")[2]
        identity = next(
            (int(value) for key, value in node.attrib.items() if key.endswith("}id") and value.isdigit()), -1
        )
        if name == "commentRangeStart":
            open_.add(identity)
            found[identity] = ""
        elif name == "commentRangeEnd":
            open_.discard(identity)
        elif name == "t":
            found.update({each: found[each] + (node.text or "") for each in open_})
    return found


def test_the_text_is_whole_and_each_claim_has_a_comment_at_its_words() -> None:
    word = opened(sample_report())
    text = [paragraph.text for paragraph in word.paragraphs]
    for block in paragraphs(ARTICLE):
        assert block.of(ARTICLE) in text
    claims = [checked.claim.text for checked in sample_report().claims]
    assert [words for _, words in sorted(commented(word).items())] == claims


def test_a_comment_gives_verdict_reason_and_the_deciding_passage() -> None:
    first, *_ = opened(sample_report()).comments
    assert first.author == "Claimdesk"
    assert first.text.startswith("1 · Number · ≠ Conflicting\n“€4.8 million”: ")
    assert "Conflicting: “The board approved the purchase of two ferries at a price of EUR 8.4 million." in first.text


def test_decisions_stand_in_the_comment() -> None:
    report = sample_report()
    first, *_ = opened(
        report, (decide(report, report.claims[0], Choice.AGREE, "Ada", note="Rang the board."),)
    ).comments
    assert "Reviewed by Ada" in first.text and "Rang the board." in first.text


def test_sources_with_hashes_unread_files_and_settings_are_listed() -> None:
    report = sample_report()
    word = opened(report)
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert all(source.document.sha256 in text for source in report.sources if source.document)
    assert "scan.pdf" in text and "not read" in text
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert report.version in cells and "all-MiniLM-L6-v2" in cells


def test_characters_that_word_cannot_hold_are_named() -> None:
    text = "\n".join(paragraph.text for paragraph in opened(hostile_report("a\x00b\u202ec\uffff")).paragraphs)
    assert "a[U+0000]b[U+202E]c[U+FFFF] costs 12 euros." in text


def test_a_text_without_words_or_claims_is_still_a_document() -> None:
    empty = replace(sample_report(), text=document("empty", ""), claims=())
    assert not list(opened(empty).comments)
