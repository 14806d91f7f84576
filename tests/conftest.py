"""The Milvus servers of a run, started when a test asks for the first of them (``make test-milvus``)."""

from __future__ import annotations

import pytest
from milvus_servers import Server, raise_loopback

_STARTED: list[Server] = []


@pytest.fixture(scope="session")
def milvus_server(tmp_path_factory):
    """Gives the running server of a kind."""
    running: dict[str, Server] = {}

    def server(kind: str) -> Server:
        if kind not in running:
            if not running:
                raise_loopback()
            running[kind] = Server(kind, tmp_path_factory.mktemp(kind))
            _STARTED.append(running[kind])
            running[kind].start()
        assert running[kind].port, f"The server {kind} could not be started."
        return running[kind]

    yield server
    for one in running.values():
        one.stop()


def pytest_terminal_summary(terminalreporter):
    for server in _STARTED:
        terminalreporter.write_line(f"{server.kind} listened on {', '.join(server.opened)}")
