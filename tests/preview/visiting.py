"""A real `apexc watch` in a process of its own, and a page's side of its socket: plain HTTP and WebSocket, no browser."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parent.parent.parent
LONG_S = 120.0
"""For what may take its time where kernels are compiled first."""


def save(path: Path, text: str | bytes) -> float:
    """As editors do: a new file renamed over the old one. Returns when, by `time.perf_counter`."""
    other = path.with_name(f".{path.name}.swp")
    other.write_bytes(text.encode() if isinstance(text, str) else text)
    os.replace(other, path)
    return time.perf_counter()


def still(path: Path, size: tuple[int, int], seed: int) -> None:
    """A picture with large shapes and fine detail."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / height
    waves = np.stack([np.sin((3 + c + seed) * x + seed) * np.cos((5 - c) * y) for c in range(3)], 2) * 0.4 + 0.5
    waves += 0.06 * np.sin(160 * (x + y))[..., None]
    Image.fromarray((np.clip(waves, 0, 1) * 255).astype(np.uint8)).save(path, compress_level=1)


class Server:
    """`apexc watch` on a film. `address` with its token; `log` is what it says on stderr."""

    def __init__(self, film: Path, *options: str, **environment: str) -> None:
        # Tests that run in the background inherit that SIGINT is ignored; a person's terminal does not.
        program = "import signal as s; s.signal(s.SIGINT, s.default_int_handler); import apexlang.cli as c; c.main()"
        command = [sys.executable, "-c", program, "watch", str(film), *options]
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": path, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        assert self.process.stdout is not None
        threading.Thread(target=self._listen, daemon=True).start()
        self.address = self.process.stdout.readline().strip()
        match = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([\w-]+)", self.address)
        if not match:
            self.process.wait(10)
            return
        self.port, self.token = int(match[1]), match[2]
        self.cookie = f"apex-{self.port}={self.token}"

    @property
    def log(self) -> str:
        return "\n".join(self.lines)

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    def get(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None, cookie: bool = True
    ) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers. The headers given stand in place of the usual ones of the same name."""
        sent = {"host": f"127.0.0.1:{self.port}"} | ({"cookie": self.cookie} if cookie else {}) | (headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()}
        finally:
            connection.close()

    def page(self) -> Page:
        return Page(self)

    def stop(self, by: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(by)
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()

    def until_said(self, text: str, within_s: float = LONG_S) -> None:
        end = time.monotonic() + within_s
        while text not in self.log:
            assert time.monotonic() < end and self.process.poll() is None, f"never said {text!r}:\n{self.log}"
            time.sleep(0.02)


class Page:
    """The socket of a page. `seen` is every message so far, with its time; `film` the film as it now is."""

    def __init__(self, server: Server, **options: Any) -> None:
        self.seen: list[tuple[float, dict[str, Any]]] = []
        self.film: dict[str, Any] = {}
        self._open = contextlib.ExitStack()
        line = connect(
            f"ws://127.0.0.1:{server.port}/live",
            additional_headers={"cookie": server.cookie},
            origin=f"http://127.0.0.1:{server.port}",  # type: ignore[arg-type]
            max_size=None,
            proxy=None,
            **options,
        )
        self._socket: ClientConnection = self._open.enter_context(line)

    def send(self, text: str) -> None:
        self._socket.send(text)

    def look(self, at: int) -> None:
        self.send(json.dumps({"at": at}))

    def next(self, within_s: float = LONG_S) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._socket.recv(within_s))
        self.seen.append((time.perf_counter(), message))
        self._apply(message)
        return message

    def until(self, wanted: str | Callable[[dict[str, Any]], bool], within_s: float = LONG_S) -> dict[str, Any]:
        """The next message of a kind, or that a condition holds for."""
        end = time.monotonic() + within_s
        while True:
            left = end - time.monotonic()
            assert left > 0, f"nothing of the kind came; last: {[m['t'] for _, m in self.seen[-8:]]}"
            message = self.next(left)
            if message["t"] == wanted if isinstance(wanted, str) else wanted(message):
                return message

    def until_made(self, within_s: float = LONG_S) -> None:
        """Until every piece of the film can be fetched and its sound is there."""
        end = time.monotonic() + within_s
        while not (self.film and self.film["mix"] and all(s["ready"] for s in self.film["shots"])):
            message = self.next(max(0.1, end - time.monotonic()))
            wrong = [item["text"] for item in message.get("items", ()) if item["severity"] == "error"]
            assert not wrong, "\n".join(wrong)
            assert message["t"] != "failed", message

    def quiet(self, for_s: float = 0.3) -> None:
        """Reads what comes until nothing has come for a while."""
        try:
            while True:
                self.next(for_s)
        except TimeoutError:
            pass

    def shot(self, id: str) -> dict[str, Any]:
        found: dict[str, Any] = next(s for s in self.film["shots"] if s["id"] == id)
        return found

    def close(self) -> None:
        self._open.close()

    def _apply(self, message: dict[str, Any]) -> None:
        match message["t"]:
            case "film":
                self.film = message
            case "shots":
                known = {s["id"]: s for s in self.film["shots"]} | message["set"]
                shots = [known[id] for id in message.get("order", known)]
                start = 0
                for shot in shots:
                    shot["start"] = start
                    start += shot["frames"]
                self.film = self.film | message | {"t": "film", "shots": shots}
            case "sound":
                self.film |= {"mix": message["mix"], "chunks": message["chunks"]}
            case "seg" | "making" | "failed" | "idle" as kind:
                for shot in self.film["shots"]:
                    if shot["key"] == message["key"]:
                        shot |= {"ready": kind == "seg", "making": kind == "making"}
            case _:
                pass


@contextmanager
def watching(film: Path, *options: str, **environment: str) -> Iterator[Server]:
    server = Server(film, *options, **environment)
    try:
        yield server
    finally:
        server.stop()
