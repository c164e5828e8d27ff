"""Who may talk to a page on localhost: one guard in front of everything, HTTP and WebSocket alike. Pure ASGI.

Any page that a browser has open may send requests to 127.0.0.1, any user of the machine may connect, and a name of a stranger's may
be made to mean 127.0.0.1. So each request must name this server as its host, come from its own page or from nowhere, and carry a
token that only the person who started the server was given. Everything is compared whole; nothing is a pattern.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

NONCE: Final = "apex.nonce"
"""Where a request's scope has the nonce that its page's scripts and styles must carry."""

_METHODS: Final = ("GET", "HEAD")
_OWN_SITES: Final = (b"same-origin", b"none")
_LONGEST_QUERY: Final = 200
_TOKEN_BYTES: Final = 24
_REFUSED: Final = 4403


class Guard:
    """An ASGI app that lets through to `app` what may pass, and answers 403 to the rest. `port`: the one that is listened on."""

    def __init__(self, app: App, port: int) -> None:
        self._app = app
        self._port = port
        self._hosts = tuple(f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost", "[::1]"))
        self._cookie = f"apex-{port}"
        self._token = secrets.token_urlsafe(_TOKEN_BYTES)

    @property
    def address(self) -> str:
        """The address to open. Whoever has it may look at the film, until this process ends."""
        return f"http://127.0.0.1:{self._port}/?token={self._token}"

    @property
    def cookie(self) -> str:
        """`NAME=VALUE`, as a browser sends it after opening the address."""
        return f"{self._cookie}={self._token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] not in ("http", "websocket"):
            return
        why = self._refusal(scope)
        if why == "token" and self._brings_token(scope):
            await self._hand_cookie(send)
        elif why is not None:
            await self._refuse(scope, why, receive, send)
        else:
            await self._pass(scope, receive, send)

    # --- may it pass? ---
    def _refusal(self, scope: Scope) -> str | None:
        """Why not; None if it may. `token` if nothing but the token is missing."""
        headers: list[tuple[bytes, bytes]] = list(scope["headers"])
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return "host"
        own = b"http://" + hosts[0]
        origins = [value for name, value in headers if name == b"origin"]
        if scope["type"] == "websocket":
            # A browser lets any page open a socket to anywhere, and always says from where.
            if origins != [own]:
                return "origin"
        else:
            if scope["method"] not in _METHODS:
                return "method"
            if any(origin != own for origin in origins):
                return "origin"
            # Another port of localhost is another origin and the same site.
            if any(value not in _OWN_SITES for name, value in headers if name == b"sec-fetch-site"):
                return "site"
        return None if self._knows_token(headers) else "token"

    def _knows_token(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Cookies do not know ports: another server's page may have set one of our name. So any of that name may be the right."""
        return any([self._is_token(value) for value in _cookies(headers, self._cookie.encode())])

    def _is_token(self, given: bytes) -> bool:
        return hmac.compare_digest(given, self._token.encode())

    def _brings_token(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["path"] != "/" or len(scope["query_string"]) > _LONGEST_QUERY:
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        return len(given) == 1 and self._is_token(given[0].encode("utf-8"))

    # --- answers ---
    async def _hand_cookie(self, send: Send) -> None:
        """The token goes from the address bar into a cookie that no script can read and no other site's page sends."""
        cookie = f"{self.cookie}; Path=/; HttpOnly; SameSite=Strict"
        headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 303, "headers": [*headers, *_ALWAYS, _NO_STORE]})
        await send({"type": "http.response.body", "body": b""})

    async def _refuse(self, scope: Scope, why: str, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _REFUSED})
            return
        text = f"Refused ({why}). Open the address that `apexc watch` printed.\n".encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
        await send({"type": "http.response.start", "status": 403, "headers": [*headers, *_ALWAYS, _NO_STORE]})
        await send({"type": "http.response.body", "body": b"" if scope.get("method") == "HEAD" else text})

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        nonce = secrets.token_urlsafe(12)
        scope[NONCE] = nonce

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_ALWAYS, self._policy(nonce)]
            await send(message)

        await self._app(scope, receive, out)

    def _policy(self, nonce: str) -> tuple[bytes, bytes]:
        rules = (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"style-src 'nonce-{nonce}'",
            "img-src 'self' blob:",
            "media-src blob:",
            f"connect-src 'self' ws://127.0.0.1:{self._port} ws://localhost:{self._port}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
        return b"content-security-policy", "; ".join(rules).encode()


_NO_STORE: Final = (b"cache-control", b"no-store")
_ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def _cookies(headers: list[tuple[bytes, bytes]], wanted: bytes) -> Iterator[bytes]:
    """The values of all cookies of one name. Not by `http.cookies`, which gives up on a header with one odd cookie in it."""
    for name, value in headers:
        if name == b"cookie":
            for pair in value.split(b";"):
                key, _, given = pair.strip().partition(b"=")
                if key == wanted:
                    yield given
