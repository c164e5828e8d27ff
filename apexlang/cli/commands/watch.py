"""`apexc watch`: the film on a page while it is edited, and its errors here."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import webbrowser
from pathlib import Path

from apexlang.cli import say
from apexlang.cli.failures import tell
from apexlang.cli.watching import display
from apexlang.options import Options
from apexlang.preview.live import still_working
from apexlang.preview.server import PortTaken, listen, serve
from apexlang.render.failure import Failure
from apexlang.render.ffmpeg import FfmpegError
from apexlang.render.store import StoreError

_ENDED = 143
"""The exit status after SIGTERM, as shells have it."""


def run(file: Path, options: Options, port: int | None, browser: bool, page: bool) -> int:
    """Watches until it is stopped; `browser`: opens the page there. Returns the exit status."""
    if not file.is_file():
        return say.failure(f"{say.shown(file)} is a folder" if file.is_dir() else f"no file {say.shown(file)}")
    try:
        sockets = listen(port) if page else []
    except PortTaken as problem:
        return say.failure(
            f"port {problem.port} cannot be listened on: {problem.reason}", "without --port a free one is taken"
        )

    def opened(address: str) -> None:
        say.out(address)
        if browser:
            webbrowser.open(address)

    async def work() -> bool:
        """Whether it was ended by SIGTERM."""
        ended = False
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def end() -> None:
            nonlocal ended
            ended = True
            assert task is not None
            task.cancel()

        with contextlib.suppress(NotImplementedError):  # Windows has no such signal
            loop.add_signal_handler(signal.SIGTERM, end)
        try:
            await serve(file.absolute(), options, sockets, show, opened)
        except asyncio.CancelledError:
            if not ended:
                raise
        return ended

    try:
        with display(file) as show:
            status = _ENDED if asyncio.run(work()) else say.DONE
        return _leave(status)
    except KeyboardInterrupt:
        say.err("Stopped.")
        return _leave(say.STOPPED)
    except FfmpegError as problem:
        return tell(Failure("E0602", problem.reason), file)
    except StoreError as problem:
        return tell(Failure("E0601", problem.reason), file)
    finally:
        for one in sockets:
            one.close()


def _leave(status: int) -> int:
    """Ends the process at once where a thread is still at something that hears nothing: Python would wait for it."""
    if still_working():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status
