"""The server on localhost: its sockets, its life and its end."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

import uvicorn

from apexlang.making import bench
from apexlang.options import Options
from apexlang.preview.app import app
from apexlang.preview.events import Event
from apexlang.preview.guard import Guard
from apexlang.preview.live import Live
from apexlang.render.ffmpeg import FfmpegError, usable
from apexlang.render.store import reported

FIRST_PORT: Final = 8310
_TRIES: Final = 40
_LONGEST_UP: Final = 4096


class PortTaken(Exception):
    """Somebody else listens there, or listening is not allowed. `reason` for a person."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(f"port {port}: {reason}")
        self.port, self.reason = port, reason


def listen(port: int | None) -> list[socket.socket]:
    """Sockets that listen on `port` of this machine's own addresses and no other; None: the first free one from 8310 on. PortTaken."""
    if port is not None:
        return _listen(port)
    for candidate in range(FIRST_PORT, FIRST_PORT + _TRIES):
        with contextlib.suppress(PortTaken):
            return _listen(candidate)
    return _listen(0)


async def serve(
    path: Path,
    options: Options,
    sockets: list[socket.socket],
    tell: Callable[[Event], None],
    opened: Callable[[str], None],
    workers: int | None = None,
) -> None:
    """Serves the film at `path` until it is cancelled or interrupted. `sockets` may be empty: then there is no page. `opened` gets
    the page's address when it can be opened. FfmpegError, StoreError where there is nothing to make films with or to keep them in."""
    with bench(path.parent, options) as tools:
        problem = usable(tools.ffmpeg)
        if problem is not None:
            raise FfmpegError(problem)
        with tools.store.scratch(".try") as trial, reported(tools.store.root):
            trial.touch()  # known now, and not with the first piece
        live = Live(path, options, tools, tell, workers)
        work = asyncio.ensure_future(live.run())
        try:
            if sockets:
                await _serve(live, work, sockets, opened)
            else:
                await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            await live.close()


async def _serve(
    live: Live, work: asyncio.Future[None], sockets: list[socket.socket], opened: Callable[[str], None]
) -> None:
    guard = Guard(app(live), sockets[0].getsockname()[1])
    server = _Server(
        uvicorn.Config(
            guard,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="off",
            http="h11",
            ws="websockets-sansio",
            ws_max_size=_LONGEST_UP,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=1,
            limit_concurrency=256,
        ),
        live,
    )
    serving = asyncio.ensure_future(server.serve(sockets))
    try:
        while not server.started and not serving.done():
            await asyncio.sleep(0.005)
        if server.started:
            opened(guard.address)
        await asyncio.wait({serving, work}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)


class _Server(uvicorn.Server):
    """Lets the pages go first when it ends: a socket that is open would be waited for."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]  # ours are handled where the program begins
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._live.dismiss()
        await super().shutdown(sockets)


def _listen(port: int) -> list[socket.socket]:
    found: list[socket.socket] = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            one = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind((host, found[0].getsockname()[1] if found else port))
            one.listen(64)
        except OSError as problem:
            one.close()
            if family == socket.AF_INET:
                raise PortTaken(port, (problem.strerror or str(problem)).lower()) from None
            continue  # no IPv6 here, or the other half of the port is somebody else's: 127.0.0.1 serves
        one.setblocking(False)
        found.append(one)
    return found
