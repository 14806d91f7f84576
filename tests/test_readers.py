"""Reading: what holds for every format, bad files, plain text, transcripts."""

from __future__ import annotations

import hashlib
import random
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_files import SENTENCE, encrypt, make_bomb, make_pdf, make_scan, make_xlsx, sample

from claimdesk.errors import ClaimdeskError, UnreadableFileError
from claimdesk.model import Document, Span
from claimdesk.readers import READERS, Limits, read, read_bytes, read_text
from claimdesk.readers.meta import from_name, parse_day


def check_shape(document: Document) -> None:
    """What every document promises."""
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    starts = [start for start, _ in document.marks]
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(document.text) for start in starts)
    assert list(document.furniture) == sorted(document.furniture)
    assert all(0 <= span.start < span.end <= len(document.text) for span in document.furniture)


def line_at(document: Document, words: str) -> str:
    start = document.text.index(words)
    return document.text[start:].split("\n", 1)[0]


# --- every reader ---------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", READERS)
def test_every_format_gives_text_hash_and_sorted_marks(suffix, tmp_path):
    path = tmp_path / f"ferry{suffix}"
    path.write_bytes(sample(suffix))
    document = read(path)
    check_shape(document)
    assert "4,310" in document.text
    assert document.name == path.name
    assert document == read_bytes(path.name, path.read_bytes())


@pytest.mark.parametrize("suffix", READERS)
def test_every_format_refuses_empty_broken_and_large_files(suffix):
    good = sample(suffix)
    with pytest.raises(UnreadableFileError, match="empty"):
        read_bytes(f"a{suffix}", b"")
    with pytest.raises(UnreadableFileError, match="limit"):
        read_bytes(f"a{suffix}", good, Limits(max_bytes=len(good) - 1))
    with pytest.raises(UnreadableFileError, match=r"characters|unpack"):
        read_bytes(f"a{suffix}", good, Limits(max_chars=10 if suffix not in (".html", ".htm") else 20))
    noise = random.Random(7).randbytes(3000)
    with pytest.raises(UnreadableFileError, match=f"a{suffix}"):
        read_bytes(f"a{suffix}", noise)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_half_a_file_is_an_error_or_a_document_but_no_traceback(suffix, part):
    data = sample(suffix)
    try:
        check_shape(read_bytes(f"a{suffix}", data[: int(len(data) * part)]))
    except UnreadableFileError as error:
        assert f"a{suffix}" in str(error)


# --- bad input ------------------------------------------------------------------------------------

BAD = [
    # no words
    ("a.txt", b" \n\t ", "no text"),
    ("a.txt", b"\xef\xbb\xbf", "no text"),
    ("a.txt", "\u200b\u200e\n".encode(), "no text"),
    # not what the name says
    ("a.txt", b"%PDF-1.7 ...", "a PDF"),
    ("a.txt", b"PK\x03\x04....", "office document"),
    ("a.txt", b"{\\rtf1 hello}", "rich text"),
    ("a.pdf", b"Just some words.", "no PDF"),
    ("a.docx", b"Just some words.", "damaged"),
    ("a.xlsx", b"Just some words.", "damaged"),
    ("a.docx", sample(".xlsx"), "Word document"),
    ("a.xlsx", sample(".docx"), "a.xlsx"),
    # formats that are near but not readable
    ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
    ("a.rtf", b"{\\rtf1 hello}", "save it as .docx"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "an image"),
    ("a.xyz", bytes(range(256)) * 20, "cannot be read as text"),
    # broken encodings
    ("a.txt", b"\xff\xfe\x00\xd8", "UTF-16"),
    # PDF without text
    ("a.pdf", encrypt(make_pdf([SENTENCE]), "secret"), "password"),
    ("a.pdf", make_scan(2), "looks scanned"),
    # bombs
    ("a.docx", make_bomb("word/document.xml"), "unpack"),
    ("a.xlsx", make_bomb("xl/workbook.xml"), "unpack"),
    # no content
    ("a.html", b"<html><body><script>x()</script></body></html>", "no article"),
    ("a.html", b"<html><body><nav><a href='/'>Home and all the news of the day</a></nav></body></html>", "no article"),
    ("a.html", b"<>", "no article"),
    ("a.csv", b"\n\n;;\n", "no rows"),
    ("a.xlsx", make_xlsx([]), "no cells"),
    ("a.vtt", b"WEBVTT\n\n", "no timed captions"),
    ("a.srt", b"Only prose here.", "no timed captions"),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD, ids=[f"{name}: {words}" for name, _, words in BAD])
def test_bad_files_say_what_is_wrong(name, data, words):
    with pytest.raises(UnreadableFileError, match=words) as caught:
        read_bytes(name, data)
    assert name in str(caught.value)


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(UnreadableFileError, match="no file"):
        read(tmp_path / "none.txt")
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read(tmp_path)


def test_unknown_suffix_is_tried_as_text_with_a_note():
    document = read_bytes("notes.xyz", SENTENCE.encode())
    assert document.text == SENTENCE
    assert ".xyz" in document.notes[-1]


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UnreadableFileError, match="not installed"):
        read_bytes("a.docx", sample(".docx"))


def test_limits_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("CLAIMDESK_MAX_CHARS", "10")
    with pytest.raises(UnreadableFileError, match="CLAIMDESK_MAX_CHARS"):
        read_text(SENTENCE)
    monkeypatch.setenv("CLAIMDESK_MAX_CHARS", "many")
    with pytest.raises(ClaimdeskError, match="CLAIMDESK_MAX_CHARS"):
        read_text(SENTENCE)


# --- plain text is kept as given ------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.sampled_from([".txt", ".md"]))
def test_text_is_the_decoded_input(text, suffix):
    try:
        document = read_bytes(f"a{suffix}", text.encode())
    except UnreadableFileError:
        return
    if not document.notes:  # a note says that the encoding was guessed
        assert document.text == text.removeprefix("\ufeff")
    check_shape(document)


@given(st.text(st.sampled_from("#-=|*[](): \n\r\tQA:RUIZ.09\u202e\u200d😀\x00"), max_size=400))
def test_pasted_text_of_markup_and_hostile_characters_keeps_its_shape(text):
    try:
        document = read_text(text)
    except UnreadableFileError:
        return
    assert document.text == text
    check_shape(document)


KEPT = [
    "One.\r\nTwo.\rThree.\n",  # newlines are not translated
    "A\x00B\x07 control",  # stray control characters
    "\u202eright to left\u202c and \u200bzero width",
    "שלום 1,212 مرحبا ١٢",  # right-to-left scripts
    "👩‍👩‍👧 emoji 🇺🇦",
]


@pytest.mark.parametrize("text", KEPT)
def test_odd_characters_pass_through(text):
    assert read_bytes("a.txt", text.encode()).text == text


ENCODED = [
    # bytes, text, whether it was a guess
    ("Zelenskýy said.".encode("utf-8-sig"), "Zelenskýy said.", False),
    ("Zelenskýy said.\r\n".encode("utf-16"), "Zelenskýy said.\r\n", False),
    ("Zelenskýy said.".encode("utf-32"), "Zelenskýy said.", False),
    ("Zelensky said so.".encode("utf-16-le"), "Zelensky said so.", True),
    ("The café’s “1,212” visitors".encode("cp1252"), "The café’s “1,212” visitors", True),
    ("Die Größe des Cafés in Málaga".encode("latin-1"), "Die Größe des Cafés in Málaga", True),
]


@pytest.mark.parametrize(("data", "text", "guessed"), ENCODED)
def test_encodings(data, text, guessed):
    document = read_bytes("a.txt", data)
    assert document.text == text
    assert bool(document.notes) == guessed


def test_lone_surrogate_is_refused():
    with pytest.raises(UnreadableFileError, match="half a character"):
        read_text("A \ud800 b")


# --- metadata in the text -------------------------------------------------------------------------


def test_front_matter_stays_as_furniture_and_gives_metadata():
    text = (
        "---\ntitle: Traffic: up again\npublisher: Harbor News\ndate: 2024-05-31\ntrust: 0.9\nspeaker: Dana Ruiz\n"
        "type: Statement\ncolor: red\n---\n\nThe ferry carried 4,310 passengers.\n"
    )
    document = read_text(text)
    assert document.text == text
    assert document.furniture[0].of(text).endswith("---\n")
    meta = document.meta
    assert (meta.title, meta.publisher, meta.date) == ("Traffic: up again", "Harbor News", date(2024, 5, 31))
    assert (meta.trust, meta.speaker, meta.type) == (0.9, "Dana Ruiz", "statement")


def test_front_matter_that_is_not_understood_is_said():
    document = read_text("---\ndate: 05/06/2024\ntrust: high\ntype: blog\n---\nText here.")
    assert document.meta.date is None and document.meta.trust is None and document.meta.type == ""
    assert len(document.notes) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Title: Ferry\nPublisher: Harbor\n\nThe ferry sailed.",  # header lines are prose
        "---\n\nA rule, then prose.\n\n---\n\nMore.",  # two rules
        "---\n" + "[" * 5000 + "\n---\nText.",  # hostile YAML
        "---\ntitle: never closed\n\nText.",
    ],
)
def test_what_is_no_front_matter(text):
    document = read_text(text)
    assert document.text == text
    assert document.meta.publisher == ""
    assert not any(span.of(text).startswith("---\n") for span in document.furniture)


LEADING = [
    (" date 2025-06-11 Ukraine brought home the bodies", date(2025, 6, 11), "date 2025-06-11"),
    ("Date: June 11, 2025\nThe ferry sailed.", date(2025, 6, 11), "Date: June 11, 2025"),
    ("Published on Wed, 11 June 2025\nThe ferry sailed.", date(2025, 6, 11), "Published on Wed, 11 June 2025"),
    ("2025-06-11\n\nThe ferry sailed.", date(2025, 6, 11), "2025-06-11"),
    ("---\ntitle: Ferry\n---\ndate 2025-06-11 The ferry sailed.", date(2025, 6, 11), "date 2025-06-11"),
    # no date line
    ("Date: 05/06/2025\nThe ferry sailed.", None, ""),
    ("Date: 31.02.2025\nThe ferry sailed.", None, ""),
    ("June 11, 2025 was a Wednesday.", None, ""),
    ("The date 2025-06-11 was set.", None, ""),
]


@pytest.mark.parametrize(("text", "day", "words"), LEADING)
def test_leading_date(text, day, words):
    document = read_text(text)
    assert document.meta.date == day
    if words:
        assert words in [span.of(text) for span in document.furniture]


DAYS = [
    ("2025-06-11", date(2025, 6, 11)),
    ("2025-06-11T23:59:59-05:00", date(2025, 6, 11)),  # the day as written, in its own zone
    ("20250611", date(2025, 6, 11)),
    ("2025/6/1", date(2025, 6, 1)),
    ("Sept. 3, 2024", date(2024, 9, 3)),
    ("3rd of September 2024", date(2024, 9, 3)),
    ("Tue, 03 Sep 2024 10:00:00 GMT", date(2024, 9, 3)),
    ("25.12.2024", date(2024, 12, 25)),
    ("12/25/2024", date(2024, 12, 25)),
    ("06/06/2024", date(2024, 6, 6)),  # the same either way
    ("06/07/2024", None),
    ("2024-13-01", None),
    ("June 2024", None),
    ("yesterday", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days_are_never_guessed(text, day):
    assert parse_day(text) == day


NAMES = [
    ("2025-06-11-some-title.txt", "Some title", date(2025, 6, 11)),
    ("20250611_report.pdf", "Report", date(2025, 6, 11)),
    ("minutes 2025.06.11.docx", "Minutes", date(2025, 6, 11)),
    ("report-2024.pdf", "Report 2024", None),
    ("a.txt", "A", None),
]


@pytest.mark.parametrize(("name", "title", "day"), NAMES)
def test_titles_and_dates_from_file_names(name, title, day):
    meta = from_name(name)
    assert (meta.title, meta.date) == (title, day)


# --- headings -------------------------------------------------------------------------------------


def test_markdown_headings_are_marks_and_markup_is_furniture():
    text = "# Ferry *traffic*\n\nFirst. See [the report](https://x.example/2024/05/31).\n\nRoutes\n------\n\nSecond.\n"
    document = read_bytes("a.md", text.encode())
    assert document.text == text
    assert document.meta.title == "Ferry traffic"
    assert document.location(text.index("First")).heading == "Ferry traffic"
    assert document.location(text.index("Second")).heading == "Routes"
    furniture = [span.of(text) for span in document.furniture]
    assert furniture == ["# ", "](https://x.example/2024/05/31)", "------"]


def test_code_blocks_have_no_headings():
    assert read_bytes("a.md", b"```\n# no heading\n```\nText.").marks == ()


TITLES = [
    ("Ferry traffic grows\n\nThe ferry carried 4,310.", "Ferry traffic grows"),
    ("date 2025-06-11\nFerry traffic grows\n\nThe ferry carried 4,310.", "Ferry traffic grows"),
    ("The ferry carried 4,310.\n\nMore.", ""),  # a sentence
    ("Ferry traffic grows\nThe ferry carried 4,310.", ""),  # no blank line
    ("Ferry traffic grows", ""),  # nothing below
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_title_is_a_first_line_that_stands_alone(text, title):
    assert read_text(text).meta.title == title


# --- transcripts ----------------------------------------------------------------------------------


def test_turns_carry_speaker_role_turn_and_time():
    text = (
        "Briefing of May 31\n\nDana Ruiz (deputy minister): The ferry carried 4,310.\n\nMore follows.\n"
        "Q: How many in June?\n[00:01:05] RUIZ: Unknown.\n"
    )
    document = read_text(text)
    assert document.meta.type == "transcript"
    place = document.location(text.index("More"))
    assert (place.speaker, place.role, place.turn) == ("Dana Ruiz", "deputy minister", 1)
    assert document.location(text.index("How many")).speaker == "Q"
    last = document.location(text.index("Unknown"))
    assert (last.speaker, last.role, last.turn, last.time) == ("Dana Ruiz", "deputy minister", 3, "00:01:05")
    assert document.location(0).speaker is None
    assert Span(text.index("Q:"), text.index("How")) in document.furniture


PROSE = [
    "Date: today\nPlace: Kyiv\nSubject: ferries\nThe ferry sailed.",  # headers
    "WHO: The minister\nWHAT: A briefing\nWHEN: Noon\nWHERE: The harbor",  # media advisory
    "Monday: rain\nTuesday: sun\nMonday: rain again",
    "He said: yes.\nShe said: no.\nHe said: why?",
    "Ruiz: one turn only.\nAnother line.",
    "Ana Ruiz: 1,212\nBo Lee: 980\nAna Ruiz: 3\nBo Lee: 4",  # results
    "Breakfast: 3\nLunch: 4\nDinner: 5",  # names of things that do not come back
]


@pytest.mark.parametrize("text", PROSE)
def test_what_is_no_transcript(text):
    document = read_text(text)
    assert document.meta.type == ""
    assert document.location(len(text) - 1).speaker is None


def test_turns_in_markdown_bold_and_two_people_of_one_name():
    document = read_text("**Ana Ruiz:** One.\n**Bo Ruiz:** Two.\n**Ruiz:** Three.\n**Ruiz:** Four.")
    speakers = [place.speaker for _, place in document.marks]
    assert speakers == ["Ana Ruiz", "Bo Ruiz", "Ruiz", "Ruiz"]  # which Ruiz is open: nobody is chosen


def test_a_headline_with_a_name_is_no_turn():
    document = read_text("Ruiz: ferries are full\n\nLEE: Are they?\nRUIZ: Yes.\nLEE: Since when?")
    assert [place.speaker for _, place in document.marks] == ["LEE", "RUIZ", "LEE"]
    assert document.meta.title == "Ruiz: ferries are full"


def test_the_first_turn_of_a_transcript_with_blank_lines():
    document = read_text("Dana Ruiz: We carried 4,310.\n\nReporter: Sure?\n\nDana Ruiz: Yes.\n\nReporter: Thanks.")
    assert document.location(11).speaker == "Dana Ruiz"
    assert document.meta.title == ""


def test_cues_flow_into_sentences():
    document = read_bytes("a.srt", sample(".srt"))
    assert "The ferry carried 4,310 passengers in May." in document.text
    place = document.location(document.text.index("4,310"))
    assert (place.speaker, place.turn, place.time) == ("RUIZ", 1, "00:00:03.000")
    assert document.location(document.text.index("How many")).speaker == "Q"
    assert document.meta.type == "transcript"


def test_voices_tags_and_notes_of_vtt():
    data = (
        "WEBVTT\n\nNOTE a comment\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v.loud Dana Ruiz>We carried "
        "<i>4,310</i></v> <v Bo>Really &amp; truly?\n\nSTYLE\n::cue {}\n\n00:03.000 --> 00:04.000\n<v Dana Ruiz>Yes.\n"
    )
    document = read_bytes("a.vtt", data.encode())
    assert document.text == "Dana Ruiz: We carried 4,310\n\nBo: Really & truly?\n\nDana Ruiz: Yes."
    assert [document.furniture[0].of(document.text)] == ["Dana Ruiz:"]


def test_rolling_captions_are_taken_once_and_dashes_change_the_speaker():
    data = (
        "1\n00:00:01,000 --> 00:00:02,000\nWe carried\n2\n00:00:02,000 --> 00:00:03,000\nWe carried\n4,310 people.\n\n"
        "3\n00:00:04,000 --> 00:00:05,000\n- Sure?\n- Yes.\n"
    )
    document = read_bytes("a.srt", data.encode())
    assert document.text == "We carried 4,310 people.\n\nSure?\n\nYes."
    assert [place.turn for _, place in document.marks] == [1, 1, 2, 3]


def test_long_turns_break_at_sentence_ends_only():
    cue = "{n}\n00:00:0{n},000 --> 00:00:0{n},900\n" + "It went on and on " * 15 + "to {n}"
    data = "\n\n".join((cue + ("." if n % 3 == 0 else "")).format(n=n) for n in range(1, 10))
    document = read_bytes("a.srt", data.encode())
    pieces = document.text.split("\n\n")
    assert len(pieces) > 1
    assert all(piece.endswith(".") for piece in pieces[:-1])


def test_reading_is_linear_in_hostile_text():
    for piece in ("[", "](", "- ", "#", "1:", "Q: ", "A B ", "---\n", "\r\n \t", "\u200b"):
        read_text("x" + piece * (400_000 // len(piece)))
