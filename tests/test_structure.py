import hashlib

import pytest

from claimdesk.language.structure import blank, find_structure
from claimdesk.model import Document, Span


def document(text, furniture=()):
    return Document("t", text, hashlib.sha256(text.encode()).hexdigest(), "txt", furniture=tuple(furniture))


def test_a_caption_that_runs_on_in_a_paragraph_is_found_by_its_credit():
    text = (
        "Forty people were freed, officials said on Monday. Families waiting at the gate of the prison. "
        "(AP/ Jane Doe)\n\nMore will follow."
    )
    structure = find_structure(document(text))
    assert [span.of(text) for span in structure.captions] == ["Families waiting at the gate of the prison."]
    assert "AP/ Jane Doe" not in blank(text, structure.blanked)


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("KYIV, June 11 (Agency) - The toll rose.\n\nMore.", "KYIV, June 11 (Agency) - "),
        ("LONDON — The bank cut rates.\n\nMore.", "LONDON — "),
        ("The bank cut rates - again.\n\nMore.", None),
    ],
)
def test_datelines_are_not_prose(text, dateline):
    found = find_structure(document(text)).dateline
    assert (found.of(text) if found else None) == dateline


def test_a_short_first_line_without_a_stop_is_the_headline():
    text = "Bank cuts rates to 4%\n\nThe bank cut rates on Monday."
    assert find_structure(document(text)).headline == Span(0, 21)
    assert find_structure(document("The bank cut rates.\n\nMore.")).headline is None


def test_blanking_keeps_every_offset():
    text = "date 2025-06-11 Two\ndied."
    assert blank(text, (Span(0, 15),)) == " " * 15 + " Two\ndied."
    assert blank(text, (Span(0, 10), Span(5, 15))) == " " * 15 + " Two\ndied."
