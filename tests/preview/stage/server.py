"""The stage itself: the page behind the real guard, and a film that tests change as they like."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from apexlang.preview.guard import NONCE, Guard
from tests.preview.stage import barcode
from tests.preview.stage.reel import Reel, Shot

PAGE = Path(__file__).resolve().parents[3] / "apexlang" / "preview" / "page"
HERE = Path(__file__).resolve().parent
KINDS = {".js": "text/javascript", ".css": "text/css"}


class Stage:
    """A server in a thread of its own. `reel` is the film that pages see; `heard` all that they said, `report` what one posted."""

    def __init__(self, reel: Reel) -> None:
        self.reel = self.before = reel
        self.rev = 1
        self.heard: list[int] = []
        self.asked: list[str] = []
        self.report: Any = None
        self.reported = threading.Event()
        self.acts: dict[str, Callable[[str], None]] = {}
        self.delay = 0.0
        self.run = ""
        self._known: dict[str, tuple[Reel, Shot]] = {}
        self._sounds: dict[str, tuple[Reel, int]] = {}
        self._sockets: list[WebSocket] = []
        self._remember()
        self._listening = socket.socket()
        self._listening.bind(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        routes = [
            Route("/", self._page),
            Route("/page/{name}", self._part),
            Route("/stage/{name}.js", self._probe),
            Route("/stage/do/{name}/{value}", self._act),
            Route("/stage/run", self._what),
            Route("/seg/{key}.mp4", self._segment),
            Route("/frame/{key}/{number:int}.jpg", self._frame),
            Route("/audio/{key}.mp4", self._chunk),
            Route("/wave", self._wave),
            Route("/icon.svg", self._icon),
            WebSocketRoute("/live", self._live),
        ]
        self._guard = Guard(Starlette(routes=routes), self.port)
        self.address = self._guard.address
        config = uvicorn.Config(
            self._door,
            interface="asgi3",
            lifespan="off",
            log_level="critical",
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)

    # --- what a test does ---
    def show(self, reel: Reel, saved: bool = True, poster: tuple[str, int] | None = None) -> None:
        """A save made another film of it. `poster`: label and frame that are told first, as after a save under the playhead."""
        at = int(time.time() * 1000) if saved else None
        if saved:
            self.tell({"t": "saved", "at": at})
        self.before, self.reel = self.reel, reel
        self.rev += 1
        self._remember()
        if poster:
            self.poster(*poster)
        self.tell(reel.message(self.rev, at))

    def poster(self, label: str, offset: int) -> None:
        shot = self.reel.shot(label)
        jpeg = barcode.jpeg(offset, shot.piece, shot.version, *self.reel.size)
        at = self.reel.start(label) + offset
        told = {"rev": self.rev, "key": self.reel.key(shot), "k": offset, "at": at, "ms": 20}
        self.tell({"t": "poster", **told, "jpeg": base64.b64encode(jpeg).decode()})

    def begin(self, label: str) -> None:
        self.reel = self.reel.having(label, making=True)
        self.tell({"t": "making", "key": self.reel.key(self.reel.shot(label))})

    def finish(self, label: str) -> None:
        self.reel = self.reel.having(label, ready=True, making=False)
        self.tell({"t": "seg", "key": self.reel.key(self.reel.shot(label)), "ms": 300})

    def tell(self, message: dict[str, Any]) -> None:
        async def send() -> None:
            text = json.dumps(message)
            for one in list(self._sockets):
                with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # a page that is going
                    await one.send_text(text)

        asyncio.run_coroutine_threadsafe(send(), self._loop).result(10)

    def hang_up(self) -> None:
        """All lines are cut."""

        async def cut() -> None:
            for one in list(self._sockets):
                await one.close(1001)

        asyncio.run_coroutine_threadsafe(cut(), self._loop).result(10)

    @property
    def pages(self) -> int:
        return len(self._sockets)

    # --- inside ---
    def _serve(self) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._server.serve([self._listening]))

    def _remember(self) -> None:
        for shot in self.reel.shots:
            self._known[self.reel.key(shot)] = (self.reel, shot)
        if self.reel.mix is not None:
            for number in range(self.reel.chunks):
                self._sounds[self.reel.chunk_key(number)] = (self.reel, number)

    async def _door(self, scope: Any, receive: Any, send: Any) -> None:
        """The guard lets nothing be posted; what a browser has to report goes past it."""
        if scope["type"] == "http" and scope["path"] == "/report":
            self.report = await Request(scope, receive).json()
            self.reported.set()
            await Response("")(scope, receive, send)
        else:
            await self._guard(scope, receive, send)

    async def _page(self, request: Request) -> Response:
        nonce = request.scope[NONCE]
        text = jinja2.Template((PAGE / "index.html").read_text("utf-8"), autoescape=True).render(nonce=nonce)
        probe = f'<script type="module" src="/stage/probe.js" nonce="{nonce}"></script></head>'
        return Response(text.replace("</head>", probe), media_type="text/html")

    async def _part(self, request: Request) -> Response:
        path = PAGE / Path(request.path_params["name"]).name
        if path.suffix not in KINDS or not path.is_file():
            return Response(status_code=404)
        return Response(path.read_bytes(), media_type=KINDS[path.suffix], headers={"cache-control": "no-store"})

    async def _probe(self, request: Request) -> Response:
        name = {"probe": "probe.js", "alone": "alone.js"}[request.path_params["name"]]
        return Response((HERE / name).read_bytes(), media_type="text/javascript")

    async def _act(self, request: Request) -> Response:
        act = self.acts[request.path_params["name"]]
        await asyncio.to_thread(act, request.path_params["value"])
        return JSONResponse("done")

    async def _what(self, request: Request) -> Response:
        return JSONResponse(self.run)

    async def _segment(self, request: Request) -> Response:
        key = request.path_params["key"]
        self.asked.append(key)
        if key not in self._known:
            return Response(status_code=404)
        reel, shot = self._known[key]
        if not any(one.ready and of.key(one) == key for of in (self.reel, self.before) for one in of.shots):
            return Response(status_code=404)
        if self.delay:
            await asyncio.sleep(self.delay)
        data = await asyncio.to_thread(barcode.segment, shot.frames, shot.piece, shot.version, reel.rate, *reel.size)
        return Response(data, media_type="video/mp4", headers={"cache-control": "private, max-age=9999, immutable"})

    async def _frame(self, request: Request) -> Response:
        key, number = request.path_params["key"], request.path_params["number"]
        if key not in self._known:
            return Response(status_code=404)
        reel, shot = self._known[key]
        thumb = request.query_params.get("thumb") == "1"
        if not 0 <= number < shot.frames:
            return Response(status_code=404)
        data = await asyncio.to_thread(barcode.jpeg, number, shot.piece, shot.version, *reel.size, thumb)
        return Response(data, media_type="image/jpeg", headers={"cache-control": "private, max-age=9999, immutable"})

    async def _chunk(self, request: Request) -> Response:
        found = self._sounds.get(request.path_params["key"])
        if found is None:
            return Response(status_code=404)
        reel, number = found
        data = await asyncio.to_thread(barcode.chunk, number, reel.mix or 0, reel.chunk_samples(number))
        return Response(data, media_type="audio/mp4")

    async def _wave(self, request: Request) -> Response:
        if self.reel.mix is None:
            return Response(status_code=404)
        data = await asyncio.to_thread(barcode.peaks, self.reel.seconds, self.reel.mix)
        return Response(data, media_type="application/octet-stream")

    async def _icon(self, request: Request) -> Response:
        return Response('<svg xmlns="http://www.w3.org/2000/svg"/>', media_type="image/svg+xml")

    async def _live(self, one: WebSocket) -> None:
        await one.accept()
        await one.send_text(json.dumps(self.reel.message(self.rev)))
        self._sockets.append(one)
        try:
            while True:
                self.heard.append(json.loads(await one.receive_text())["at"])
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._sockets.remove(one)


def all_made(reel: Reel) -> Reel:
    return replace(reel, shots=tuple(replace(shot, ready=True, making=False) for shot in reel.shots))
