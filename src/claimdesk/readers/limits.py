"""How large a file may be: read from arguments or the environment, checked before a parser sees the bytes."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import dataclass, fields

from claimdesk.errors import ClaimdeskError, UnreadableFileError


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one file.

    ``max_bytes`` is the size on disk, ``max_chars`` the length of the text read from it, ``max_unzipped`` the
    bytes that a docx or xlsx may unpack to, ``max_zip_ratio`` how many times its size that may be.
    """

    max_bytes: int = 50_000_000
    max_chars: int = 5_000_000
    max_unzipped: int = 500_000_000
    max_zip_ratio: int = 200

    @classmethod
    def from_environment(cls) -> Limits:
        """The limits with ``CLAIMDESK_MAX_BYTES``, ``CLAIMDESK_MAX_CHARS`` and so on in place of the defaults.

        Raises ClaimdeskError for a value that is not a positive whole number.
        """
        chosen = {}
        for item in fields(cls):
            name = f"CLAIMDESK_{item.name.upper()}"
            if value := os.environ.get(name, "").strip().replace("_", ""):
                if not (value.isascii() and value.isdigit() and int(value)):
                    raise ClaimdeskError(f"{name} is {value!r}; set it to a positive whole number or unset it.")
                chosen[item.name] = int(value)
        return cls(**chosen)


def check_bytes(name: str, size: int, limits: Limits) -> None:
    """Raise UnreadableFileError for an empty file, or one that is larger than ``max_bytes``."""
    if size == 0:
        raise UnreadableFileError(f"{name} is empty (0 bytes); save or download it again.")
    if size > limits.max_bytes:
        raise UnreadableFileError(
            f"{name} has {size:,} bytes; the limit is {limits.max_bytes:,}. "
            "Split it, or raise the limit with CLAIMDESK_MAX_BYTES."
        )


def check_chars(name: str, length: int, limits: Limits) -> None:
    """Raise UnreadableFileError for a text that is longer than ``max_chars``."""
    if length > limits.max_chars:
        raise UnreadableFileError(
            f"{name} holds more than {limits.max_chars:,} characters of text. "
            "Split it, or raise the limit with CLAIMDESK_MAX_CHARS."
        )


def check_zip(name: str, data: bytes, limits: Limits) -> None:
    """Look at the directory of a zipped document before anything is unpacked.

    Raises UnreadableFileError for a file that is no zip, is encrypted, or would unpack to more than the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise UnreadableFileError(
            f"{name} is damaged or not what its name says; open it in an office program and save it again."
        ) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFileError(f"{name} is protected by a password; save it without one.")
    unpacked = sum(entry.file_size for entry in entries)
    # Small files reach high ratios honestly (a few empty sheets), so the ratio counts from 10 MB on.
    bomb = unpacked > 10_000_000 and unpacked > limits.max_zip_ratio * len(data)
    if unpacked > limits.max_unzipped or bomb or len(entries) > 20_000:
        raise UnreadableFileError(
            f"{name} would unpack to {unpacked:,} bytes from {len(data):,}, more than is safe to open. "
            "If you trust it, raise CLAIMDESK_MAX_UNZIPPED and CLAIMDESK_MAX_ZIP_RATIO."
        )
