"""Addresses of libraries on servers, and what is said where no server can be asked."""

import socket
import sys
import types

import pytest

from claimdesk import cli
from claimdesk.errors import LibraryError
from claimdesk.filters import AllOf, Between, Equals, Field, OneOf
from claimdesk.library import open_store
from claimdesk.library.expressions import comparable, expression
from claimdesk.library.milvus_address import read_address


@pytest.mark.parametrize(
    "text", ["milvus://127.0.0.1:19530/desk", "milvus://db.example:1/desk_2", "milvus://[::1]:7/d"]
)
def test_an_address_is_written_as_it_is_read(text):
    assert str(read_address(text)) == text


def test_the_port_and_the_consistency_have_defaults():
    address = read_address("milvus://db.example/desk")
    assert (address.port, address.consistency) == (19530, "Strong")
    assert read_address("milvus://db.example/desk?consistency=bounded").consistency == "Bounded"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("milvus://", "Write milvus://HOST"),
        ("milvus:desk", "Write milvus://HOST"),
        ("milvus://h:port/desk", "Write milvus://HOST"),
        ("milvus://h", "names no library"),
        ("milvus://h/De sk", "names no library"),
        ("milvus://h/a/b", "names no library"),
        ("milvus://ann:secret@h/desk", "CLAIMDESK_MILVUS_TOKEN"),
        ("milvus://h/desk?consistency=none", "option"),
        ("milvus://h/desk?speed=high", "option"),
    ],
)
def test_an_address_that_is_none_says_what_to_write(text, words, capsys):
    assert cli.main(["library", "stats", "--library", text]) == 2
    told = capsys.readouterr().err
    assert words in told and told.count("\n") == 1


def test_without_the_package_the_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(LibraryError, match=r"pip install \"claimdesk\[milvus\]\""):
        open_store("milvus://127.0.0.1:9/desk", create=True)


def test_without_a_server_the_message_says_where_one_was_looked_for(monkeypatch):
    client = types.ModuleType("pymilvus")
    client.MilvusClient = None
    monkeypatch.setitem(sys.modules, "pymilvus", client)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(LibraryError, match=f"No Milvus server answers at 127.0.0.1:{port}. Start it"):
            open_store(f"milvus://127.0.0.1:{port}/desk")


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (None, ""),
        (AllOf(()), ""),
        (Equals(Field.SOURCE, 'a" or rev > 0'), 'source == "a\\" or rev > 0"'),
        (Equals(Field.SOURCE, "a\\"), 'source == "a\\\\"'),
        (Equals(Field.SOURCE, "a\nb"), 'source == "a\\nb"'),
        (OneOf(Field.PUBLISHER, ()), "rev < 0"),
        (OneOf(Field.PUBLISHER, ("The  HERALD", "b")), 'publisher in ["the herald", "b"]'),
        (Between(Field.DATE), 'date != ""'),
        (
            Between(Field.DATE, "2025-01-01", "2025-02-01"),
            '(date != "") and (date >= "2025-01-01") and (date <= "2025-02-01")',
        ),
    ],
    ids=str,
)
def test_a_filter_becomes_an_expression(where, words):
    assert expression(where) == words


def test_long_words_are_compared_whole():
    first, second = ("x" * 70_000 + end for end in "ab")
    assert comparable(first) != comparable(second) and len(comparable(first).encode()) <= 512
