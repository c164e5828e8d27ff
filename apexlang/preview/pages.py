"""The open pages: each has a queue of what it is to be told, and one that does not read is let go, never waited for."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from apexlang.preview import messages

MOST: Final = 16
"""Pages at once."""

SLOW, ENDS, ODD = 1013, 1001, 1008
_MOST_WAITING: Final = 2000
_MOST_BYTES: Final = 32 << 20


class Page:
    """One page at the other end of a socket. `at`: where its playhead is. `entries`: its film's pieces as they were last sent,
    of revision `rev`."""

    def __init__(self, socket: WebSocket) -> None:
        self.at: int | None = None
        self.rev = 0
        self.entries: dict[str, Mapping[str, Any]] = {}
        self._socket = socket
        self._waiting: deque[str] = deque()
        self._bytes = 0
        self._more = asyncio.Event()
        self._code: int | None = None
        self._shut = asyncio.Event()

    def tell(self, text: str) -> None:
        """Puts a message into the queue; closes the page when it has not read for too long."""
        if self._code is not None:
            return
        self._waiting.append(text)
        self._bytes += len(text)
        if len(self._waiting) > _MOST_WAITING or (self._bytes > _MOST_BYTES and len(self._waiting) > 1):
            self.close(SLOW)
        self._more.set()

    def close(self, code: int) -> None:
        """Ends the connection; what still waits is not sent."""
        if self._code is None:
            self._code = code
            self._shut.set()
            self._waiting.clear()
            self._more.set()

    async def write(self) -> None:
        """Sends what is told, until the page is closed."""
        while True:
            while self._waiting:
                text = self._waiting.popleft()
                self._bytes -= len(text)
                await self._socket.send_text(text)
            if self._code is not None:
                return
            self._more.clear()
            await self._more.wait()

    async def read(self) -> int | None:
        """The next frame that the page's playhead goes to; None when it has gone or says something else."""
        try:
            message = await self._socket.receive()
        except (WebSocketDisconnect, RuntimeError):
            return None
        if message["type"] != "websocket.receive":
            return None
        frame = messages.heard(message.get("text") or "")
        if frame is None:
            self.close(ODD)
        return frame

    async def closed(self) -> None:
        """Waits for `close`."""
        await self._shut.wait()

    async def hang_up(self) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._socket.close(self._code or ENDS), 0.5)
