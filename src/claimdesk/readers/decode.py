"""Bytes to characters: BOM, UTF-8, then a guess that is said aloud."""

from __future__ import annotations

import codecs
import re

from claimdesk.errors import UnreadableFileError

# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_RUBBISH = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_MAGIC = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a zipped office document", ".docx or .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", ".docx or .xlsx (save it again in a current program)"),
    (b"\x89PNG", "an image", ".txt after text recognition (OCR)"),
    (b"\xff\xd8\xff", "an image", ".txt after text recognition (OCR)"),
    (b"{\\rtf", "rich text", ".docx (save it again in an office program)"),
)
_SAMPLE = 200_000


def decode(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    r"""The characters of a file, newlines untouched and a BOM dropped, with notes about any guess.

    Raises UnreadableFileError for bytes that are not text in any encoding that can be told.

    >>> decode("a.txt", "Zelenskýy\r\n".encode("utf-16"))
    ('Zelenskýy\r\n', ())
    """
    for start, what, suffix in _MAGIC:
        if data.startswith(start):
            raise UnreadableFileError(f"{name} is {what}, not plain text; give it as {suffix}.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return _text(name, data[len(mark) :].decode(encoding)), ()
            except UnicodeDecodeError as error:
                raise _not_text(name, f"it says it is {encoding.upper()} but breaks off") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(name, data)
    if wide := _wide(data):
        return _text(name, data.decode(wide)), (f"The encoding was guessed: {wide.upper()}.",)
    return _text(name, text), ()


def _guess(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    repaired = data.decode("utf-8", errors="replace")
    broken = repaired.count("\ufffd")
    if broken <= 20 and sum(char > "\x7f" for char in repaired) > 5 * broken:
        return _text(name, repaired), (f"{broken} broken characters of a UTF-8 file were replaced by a mark.",)
    encoding = _wide(data) or _single(data)
    if encoding is None:
        raise _not_text(name, "its encoding cannot be told")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(name, "its encoding cannot be told") from error
    note = f"The file is not UTF-8; its encoding was guessed: {encoding}. Save it as UTF-8 if letters look wrong."
    return _text(name, text), (note,)


def _single(data: bytes) -> str | None:
    """The single-byte or East Asian encoding: Western European for scattered accents, else what statistics say."""
    high = sum(byte > 0x7F for byte in data[:_SAMPLE])
    western = not any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")
    if western and high <= 0.06 * min(len(data), _SAMPLE):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of English text is zero."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 4 or len(data) % 2:
        return None
    if sample[1::2].count(0) > 0.6 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _text(name: str, text: str) -> str:
    # A stray control character passes through untouched; a file full of them is a program or a picture.
    if len(_RUBBISH.findall(text)) > max(3, len(text) // 50):
        raise _not_text(name, "it is full of control characters")
    return text


def _not_text(name: str, why: str) -> UnreadableFileError:
    return UnreadableFileError(f"{name} cannot be read as text: {why}. Save it as UTF-8 text, .docx or .pdf.")
