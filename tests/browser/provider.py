"""A provider of identities on this machine, as OpenID Connect describes one: who asks is signed in as ``person``."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

CLIENT, SECRET = "claimdesk-test", "a secret of the test and of nothing else"


def new_key() -> RSAKey:
    from joserfc.jwk import RSAKey  # comes with Authlib, which other tests do without

    return RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"})


@dataclass
class Provider:
    """Whom it signs in and how; ``asked`` are the paths that were asked for, ``nonces`` those that wait by code."""

    address: str = ""
    person: dict[str, str] = field(default_factory=dict)
    forged: bool = False  # signs with a key that it does not publish
    refusing: bool = False
    asked: list[str] = field(default_factory=list)
    nonces: dict[str, str] = field(default_factory=dict)
    key: RSAKey = field(default_factory=new_key)

    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def authorize(self, query: dict[str, str]) -> str:
        """The address that the person is sent back to."""
        if self.refusing:
            return query["redirect_uri"] + "?" + urlencode({"error": "access_denied", "state": query["state"]})
        code = f"code-{len(self.nonces)}"
        self.nonces[code] = query.get("nonce", "")
        return query["redirect_uri"] + "?" + urlencode({"code": code, "state": query["state"]})

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        from joserfc import jwt

        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": "42", "iat": now, "exp": now + 600, **self.person}
        claims["nonce"] = self.nonces.pop(form["code"])
        signed = jwt.encode({"alg": "RS256", "kid": "test"}, claims, new_key() if self.forged else self.key)
        return {"access_token": "none", "token_type": "Bearer", "expires_in": 600, "id_token": signed}


@contextmanager
def provide() -> Iterator[Provider]:
    """A provider that listens to this machine alone."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            provider.asked.append(url.path)
            if url.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(first(url.query)))
                self.end_headers()
            elif url.path == "/jwks":
                self.answer({"keys": [provider.key.as_dict(private=False)]})
            else:
                self.answer(provider.describe())

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            form = first(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer(provider.token(form))

        def answer(self, data: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(data).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
