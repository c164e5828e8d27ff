"""What the server answers: the page and its parts, pieces, frames and sound by key, and the socket. Everything is looked up; no path
is ever joined from a request."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from jinja2.sandbox import SandboxedEnvironment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route, WebSocketRoute

from apexlang.preview.guard import NONCE
from apexlang.preview.live import Live

_KINDS: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_FOREVER: Final = {"cache-control": "private, max-age=31536000, immutable"}
_NOW: Final = {"cache-control": "no-store"}
_LONGEST_NUMBER: Final = 10
_ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M8 2l6 12H2z" fill="#5fb3a8"/></svg>'
)


def page_parts() -> Mapping[str, tuple[str, bytes]]:
    """The page's own files by name: kind and content. Nothing else is ever served under `/page/`."""
    folder = files("apexlang.preview") / "page"
    found = {}
    for entry in folder.iterdir() if folder.is_dir() else ():
        kind = _KINDS.get(entry.name[entry.name.rfind(".") :])
        if kind is not None and entry.is_file():
            found[entry.name] = (kind, entry.read_bytes())
    return found


def page_template() -> str:
    entry = files("apexlang.preview") / "page" / "index.html"
    return entry.read_text(encoding="utf-8") if entry.is_file() else "<!doctype html><title>Apex</title>"


def app(live: Live) -> Starlette:
    """The server's application for one film. It trusts its caller: put `Guard` in front of it."""
    parts = page_parts()
    template = SandboxedEnvironment(autoescape=True).from_string(page_template())

    async def page(request: Request) -> Response:
        text = template.render(nonce=request.scope[NONCE])
        return Response(text, media_type="text/html", headers=_NOW)

    async def part(request: Request) -> Response:
        found = parts.get(request.path_params["name"])
        return _missing() if found is None else Response(found[1], media_type=found[0], headers=_NOW)

    async def segment(request: Request) -> Response:
        path = await live.segment(request.path_params["key"])
        return _missing() if path is None else FileResponse(path, media_type="video/mp4", headers=_FOREVER)

    async def frame(request: Request) -> Response:
        number = request.path_params["number"]
        if not (number.isascii() and number.isdigit() and len(number) < _LONGEST_NUMBER):
            return _missing()
        small = request.query_params.get("thumb") == "1"
        data = await live.frame(request.path_params["key"], int(number), small)
        return _missing() if data is None else Response(data, media_type="image/jpeg", headers=_FOREVER)

    async def audio(request: Request) -> Response:
        data = await live.chunk(request.path_params["key"])
        return _missing() if data is None else Response(data, media_type="audio/mp4", headers=_FOREVER)

    async def wave(request: Request) -> Response:
        if live.track is None:
            return _missing()
        return Response(live.track.peaks, media_type="application/octet-stream", headers=_NOW)

    async def icon(request: Request) -> Response:
        return Response(_ICON, media_type="image/svg+xml", headers=_NOW)

    return Starlette(
        routes=[
            Route("/", page),
            Route("/page/{name}", part),
            Route("/seg/{key}.mp4", segment),
            Route("/frame/{key}/{number}.jpg", frame),
            Route("/audio/{key}.mp4", audio),
            Route("/wave", wave),
            Route("/icon.svg", icon),
            WebSocketRoute("/live", live.page),
        ]
    )


def _missing() -> Response:
    return Response("Not found\n", status_code=404, media_type="text/plain", headers=_NOW)
