"""FFmpeg itself: found, asked what it can do, and run. The only place that starts a process."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

import imageio_ffmpeg

from apexlang.render.failure import Cancelled

OLDEST: Final = 7
"""The oldest major version whose options and filters are the ones used here."""

NEEDED_FILTERS: Final = (
    "fade", "format", "fps", "loop", "overlay", "scale", "setparams", "setpts", "settb", "trim", "zscale",
)  # fmt: skip
NEEDED_ENCODERS: Final = ("aac", "libx264", "mov_text", "rawvideo")
_TAIL: Final = 40
_EXPECTED: Final = ("not on whitelist 'none'", "Failed to open codec in avformat_find_stream_info")
"""In lines that say only that nothing is decoded where nothing need be."""
_STALL_S: Final = 180.0


class FfmpegError(Exception):
    """FFmpeg is not there, cannot do what is needed, or failed. `tail`: its last lines; `command`: what repeats it."""

    def __init__(self, reason: str, tail: Sequence[str] = (), command: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.tail = tuple(tail)
        self.command = command


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """A working FFmpeg. `origin` says where it came from, for people."""

    exe: str
    version: str
    origin: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a build has of what is needed; `missing` is empty where everything is there."""

    filters: frozenset[str]
    encoders: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        lacking = [f"the filter {name}" for name in NEEDED_FILTERS if name not in self.filters]
        return (*lacking, *(f"the encoder {name}" for name in NEEDED_ENCODERS if name not in self.encoders))


def find(wanted: str | None = None, environ: Mapping[str, str] | None = None) -> Ffmpeg:
    """The FFmpeg to use: `wanted` (a path, or `system` for the one on PATH), else APEX_FFMPEG, else the one that comes with
    imageio-ffmpeg. FfmpegError if it does not run."""
    environ = os.environ if environ is None else environ
    asked, origin = (wanted, "as asked") if wanted else (environ.get("APEX_FFMPEG"), "from APEX_FFMPEG")
    if asked == "system":
        on_path = shutil.which("ffmpeg")
        if on_path is None:
            raise FfmpegError("there is no ffmpeg on the PATH")
        exe, origin = on_path, "on the PATH"
    elif asked:
        exe = shutil.which(asked) or asked
    else:
        try:
            exe, origin = imageio_ffmpeg.get_ffmpeg_exe(), "from imageio-ffmpeg"
        except RuntimeError:
            raise FfmpegError("there is no FFmpeg here; `pip install imageio-ffmpeg` brings one") from None
    return Ffmpeg(exe, _version(exe), origin)


def capabilities(ffmpeg: Ffmpeg) -> Capabilities:
    """What this build can do. FfmpegError if it does not answer."""
    filters = re.findall(r"^ [T.][S.][C.]? *(\S+) +\S+->\S+", _ask(ffmpeg.exe, "-filters"), re.M)
    encoders = re.findall(r"^ [VAS][F.][S.][X.][B.][D.] (\S+)", _ask(ffmpeg.exe, "-encoders"), re.M)
    return Capabilities(frozenset(filters), frozenset(encoders))


def usable(ffmpeg: Ffmpeg) -> str | None:
    """None if this FFmpeg can make films, else why not, in a sentence."""
    major = re.match(r"n?(\d+)\.", ffmpeg.version)
    if major and int(major[1]) < OLDEST:
        return f"FFmpeg {ffmpeg.version} is too old: {OLDEST} or newer is needed"
    missing = capabilities(ffmpeg).missing
    return f"this FFmpeg lacks {', '.join(missing)}" if missing else None


def _version(exe: str) -> str:
    match = re.match(r"ffmpeg version (\S+)", _ask(exe, "-version"))
    if match is None:
        raise FfmpegError(f"{exe} is not FFmpeg")
    return match[1]


def _ask(exe: str, question: str) -> str:
    try:
        answer: subprocess.CompletedProcess[bytes] = subprocess.run(
            [exe, "-hide_banner", question],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
            **_apart(),
        )
    except (OSError, subprocess.SubprocessError) as problem:
        raise FfmpegError(f"{exe} does not run: {problem}") from None
    return answer.stdout.decode("utf-8", "replace")


def _apart() -> dict[str, Any]:
    """Ctrl-C in a terminal goes to the whole group: FFmpeg stands apart, so that the render ends it in order."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


class Crew:
    """All processes of one render, so that they can be stopped together."""

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self.ffmpeg = ffmpeg
        self._guard = threading.Lock()
        self._running: set[Process] = set()
        self._stopped = False

    @property
    def stopped(self) -> bool:
        return self._stopped

    def start(
        self, arguments: Sequence[str], *, takes: bool = False, gives: bool = False, collects: bool = False
    ) -> Process:
        """Starts FFmpeg. `takes`: frames are written to it; `gives`: frames are read from it; `collects`: its output is
        text, gathered for `finish`. Use the Process as a context: leaving it ends the process."""
        command = [self.ffmpeg.exe, "-hide_banner", "-nostdin", "-loglevel", "warning", *arguments]
        with self._guard:
            if self._stopped:
                raise Cancelled
            process = Process(self, command, takes, gives or collects, collects)
            self._running.add(process)
        return process

    def run(self, arguments: Sequence[str], *, limit_s: float = 600.0) -> bytes:
        """Runs FFmpeg to its end and returns what it printed. FfmpegError if it fails or takes longer than `limit_s`."""
        with self.start(arguments, collects=True) as process:
            return process.finish(limit_s)

    def stop(self) -> None:
        """Ends every process at once and starts no more."""
        with self._guard:
            self._stopped = True
            running = list(self._running)
        for process in running:
            process.kill()

    def left(self, process: Process) -> None:
        with self._guard:
            self._running.discard(process)


def _tells(line: str) -> bool:
    return not any(words in line for words in _EXPECTED)


class Process:
    """One running FFmpeg. Its last lines are kept; if it takes or gives nothing for three minutes it is ended."""

    def __init__(self, crew: Crew, command: Sequence[str], takes: bool, gives: bool, collects: bool) -> None:
        self.command = shlex.join(command) if sys.platform != "win32" else subprocess.list2cmdline(command)
        self._crew = crew
        self._tail: deque[str] = deque(maxlen=_TAIL)
        self._collected: list[bytes] = []
        self._waiting_since: float | None = None
        self._stalled = False
        self._ended = threading.Event()
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE if takes else subprocess.DEVNULL,
                stdout=subprocess.PIPE if gives else subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                bufsize=0,
                **_apart(),
            )
        except OSError as problem:
            raise FfmpegError(f"FFmpeg does not start: {problem}", command=self.command) from None
        assert self._process.stderr is not None
        self._threads = [threading.Thread(target=self._listen, args=(self._process.stderr,), daemon=True)]
        if collects:
            assert self._process.stdout is not None
            self._threads.append(threading.Thread(target=self._collect, args=(self._process.stdout,), daemon=True))
        for thread in self._threads:
            thread.start()
        threading.Thread(target=self._watch, daemon=True).start()

    def write(self, data: memoryview) -> None:
        """All of `data` into its input. FfmpegError if it has ended."""
        pipe = self._process.stdin
        assert pipe is not None
        self._waiting_since = time.monotonic()
        try:
            while len(data):
                data = data[pipe.write(data) :]
        except OSError:
            raise self._failed() from None
        finally:
            self._waiting_since = None

    def read_into(self, buffer: memoryview) -> bool:
        """Fills `buffer` from its output; False at the end of it. FfmpegError if it failed or ended within a frame."""
        pipe: Any = self._process.stdout
        self._waiting_since = time.monotonic()
        have = 0
        try:
            while have < len(buffer):
                count = pipe.readinto(buffer[have:])
                if not count:
                    break
                have += count
        finally:
            self._waiting_since = None
        if have == len(buffer):
            return True
        self.finish()
        if have:
            raise FfmpegError("FFmpeg ended within a frame", self._tail, self.command)
        return False

    def finish(self, limit_s: float = 600.0) -> bytes:
        """Ends its input, waits for it and returns what was collected. FfmpegError if it failed."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            code = self._process.wait(limit_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise FfmpegError(f"FFmpeg did not end within {limit_s:.0f} s", self._tail, self.command) from None
        for thread in self._threads:
            thread.join(10)
        if code:
            raise self._failed()
        return b"".join(self._collected)

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *ignored: object) -> None:
        if self._process.poll() is None:
            self.kill()
        self._ended.set()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._crew.left(self)

    # --- inside ---
    def _failed(self) -> Exception:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._threads[0].join(10)
        if self._crew.stopped:
            return Cancelled()
        if self._stalled:
            return FfmpegError(f"FFmpeg stood still for {_STALL_S:.0f} s and was ended", self._tail, self.command)
        code = self._process.poll()
        how = f"was ended by signal {-code}" if code is not None and code < 0 else f"failed (exit status {code})"
        return FfmpegError(f"FFmpeg {how}", self._tail, self.command)

    def _listen(self, pipe: IO[bytes]) -> None:
        pending = b""
        while chunk := pipe.read(4096):
            *lines, pending = (pending + chunk).replace(b"\r", b"\n").split(b"\n")
            self._tail.extend(
                text for line in lines if (text := line.decode("utf-8", "replace").strip()) and _tells(text)
            )
        if text := pending.decode("utf-8", "replace").strip():
            self._tail.append(text)
        pipe.close()

    def _collect(self, pipe: IO[bytes]) -> None:
        while chunk := pipe.read(1 << 16):
            self._collected.append(chunk)

    def _watch(self) -> None:
        while not self._ended.wait(1.0):
            since = self._waiting_since
            if since is not None and time.monotonic() - since > _STALL_S:
                self._stalled = True
                self.kill()
                return
