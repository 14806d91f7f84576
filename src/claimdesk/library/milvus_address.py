"""Where a library on a Milvus server is: ``milvus://127.0.0.1:19530/desk``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from claimdesk.errors import LibraryError

SCHEME = "milvus"
_PORT = 19530
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LEVELS = {"strong": "Strong", "bounded": "Bounded"}
_HOW = "Write milvus://HOST:PORT/NAME, for instance milvus://127.0.0.1:19530/desk."


@dataclass(frozen=True, slots=True)
class MilvusAddress:
    """A server and a library's name on it.

    ``consistency`` is "Strong" (what is acknowledged is found at once, some 0.2 s a question) or "Bounded" (found
    within seconds).
    """

    host: str
    port: int
    name: str
    consistency: str = "Strong"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{SCHEME}://{host}:{self.port}/{self.name}"

    @property
    def uri(self) -> str:
        """The server's address as its client takes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def read_address(text: str) -> MilvusAddress:
    """The address in a text. Raises LibraryError, with what to write, for one that is none.

    >>> read_address("milvus://db.example:19530/desk?consistency=bounded")
    MilvusAddress(host='db.example', port=19530, name='desk', consistency='Bounded')
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port or _PORT
    except ValueError as error:
        raise LibraryError(f"{text} is no address of a library ({error}). {_HOW}") from error
    if parts.scheme != SCHEME or not host:
        raise LibraryError(f"{text} is no address of a library. {_HOW}")
    if "@" in parts.netloc:
        raise LibraryError(
            "A user's name and password do not belong into a library's address, where others can read them. "
            "Set CLAIMDESK_MILVUS_TOKEN to user:password."
        )
    name = parts.path.strip("/")
    if not _NAME.fullmatch(name):
        raise LibraryError(f"{text} names no library: a name has small letters, digits and _, as in desk_2025. {_HOW}")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    level = options.pop("consistency", "strong")
    if options or level not in _LEVELS or parts.fragment:
        raise LibraryError(f"{text} has an option that is not known. The only one is ?consistency=strong or =bounded.")
    return MilvusAddress(host, port, name, _LEVELS[level])
