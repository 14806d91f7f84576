"""Milvus servers as processes of their own: two kinds, one with full-text search and the genuine one of 2.3.5.

``make test-milvus`` installs them under ``.venv-milvus``. The genuine server listens on every address of the
machine, so that command runs the tests in a network namespace of their own where the system allows it; which
addresses a server opened is said when it has started.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import struct
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from claimdesk.library.milvus_link import CALM

ROOT = Path(__file__).parents[1]
PROGRAMS = ROOT / ".venv-milvus"
WORDS, MEANING = "milvus-words", "milvus-meaning"
_START_S = 240


@dataclass
class Server:
    """One server with its folder. ``start`` after ``kill`` goes on with what it has."""

    kind: str
    folder: Path
    port: int = 0
    opened: list[str] = field(default_factory=list)
    _process: subprocess.Popen | None = None
    _ports: list[int] = field(default_factory=list)

    def start(self) -> None:
        self._ports = self._ports or free_ports(11)
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                cwd=self.folder,
                env={**os.environ, "HOME": str(self.folder)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()
        self.port = self._ports[0]
        self.opened = listening(self._process.pid)

    def kill(self) -> None:
        """Ends it in the middle of whatever it does."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name: str) -> str:
        return f"milvus://127.0.0.1:{self.port}/{name}"

    def _command(self) -> list[str]:
        if self.kind == WORDS:
            program = PROGRAMS / "client" / "bin" / "milvus-lite"
            given = ["server", "--data-dir", "data", "--host", "127.0.0.1", "--port", str(self._ports[0])]
        else:
            program = PROGRAMS / "genuine" / "bin" / "milvus-server"
            names = "proxy proxy-internal root-coord query-coord query-node index-coord index-node data-coord data-node"
            given = ["--data", "data"]
            for name, port in zip([*names.split(), "etcd"], self._ports, strict=False):
                given += [f"--{name}-port", str(port)]
        assert program.exists(), f"{program} is not there. Run: make test-milvus"
        return [str(program), *given]

    def _wait(self) -> None:
        from pymilvus import MilvusClient

        until = time.monotonic() + _START_S
        while time.monotonic() < until:
            assert self._process.poll() is None, f"The server ended:\n{self.log()}"
            try:
                client = MilvusClient(uri=f"http://127.0.0.1:{self._ports[0]}", timeout=5, grpc_options=CALM)
                client.list_collections(timeout=5)
                client.close()
                return
            except Exception:
                time.sleep(0.5)
        raise AssertionError(f"The server did not answer in {_START_S} seconds:\n{self.log()}")

    def log(self) -> str:
        return (self.folder / "server.log").read_text("utf-8", "replace")[-2_000:]


_STARTED: dict[str, Server] = {}  # of this run, for every module that imports the fixture


@pytest.fixture(scope="session")
def milvus_server(request, tmp_path_factory):
    """Gives the running server of a kind; it is started when a test asks for the first time."""

    def server(kind: str) -> Server:
        if kind not in _STARTED:
            if not _STARTED:
                raise_loopback()
            one = _STARTED[kind] = Server(kind, tmp_path_factory.mktemp(kind))
            atexit.register(one.stop)
            one.start()
            screen = request.config.pluginmanager.get_plugin("terminalreporter")
            screen.write_line(f"\n{kind} listens on {', '.join(one.opened)}")
        assert _STARTED[kind].port, f"The server {kind} could not be started."
        return _STARTED[kind]

    return server


def free_ports(count: int) -> list[int]:
    """Ports that nobody has now."""
    taken = [socket.socket() for _ in range(count)]
    try:
        for one in taken:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in taken]
    finally:
        for one in taken:
            one.close()


def raise_loopback() -> None:
    """In a network namespace of its own the loopback device is down at first."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        named = struct.pack("16sh22x", b"lo", 0)
        (flags,) = struct.unpack_from("16xh", fcntl.ioctl(asking, 0x8913, named))  # SIOCGIFFLAGS
        if not flags & 1:
            fcntl.ioctl(asking, 0x8914, struct.pack("16sh22x", b"lo", flags | 1))  # SIOCSIFFLAGS, IFF_UP


def listening(group: int) -> list[str]:
    """The addresses that the processes of a group listen on, in order."""
    sockets = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) == group:
                sockets |= {os.readlink(one) for one in (process / "fd").iterdir() if one.is_symlink()}
        except OSError:
            continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                host, port = fields[1].split(":")
                found.add((_EVERYWHERE if not int(host, 16) else _HERE, int(port, 16)))
    return [f"{host}:{port}" for host, port in sorted(found)]


_EVERYWHERE, _HERE = "every address", "127.0.0.1"
