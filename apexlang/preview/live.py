"""The film that is open, alive: follows its files, tells its pages, shows first what is looked at. Lives on the event loop; reading
and drawing run in a thread each, one after another."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

from starlette.websockets import WebSocket

from apexlang.jit import is_warm
from apexlang.making import Bench
from apexlang.options import Options
from apexlang.preview import eye as drawing
from apexlang.preview import messages
from apexlang.preview.events import Event, Pages, Read, Remark, Shown
from apexlang.preview.film import Cut, Reader, Reading
from apexlang.preview.jobs import Job, Outcome, Shop
from apexlang.preview.making import Makers
from apexlang.preview.pages import ENDS, MOST, SLOW, Page
from apexlang.preview.sound import Chunks, Track, track
from apexlang.preview.watcher import Watcher

T = TypeVar("T")

_POSTER_FIRST_S: Final = 0.15
"""So long the film's own message waits for the frame that is looked at."""
_NEAR: Final = 30
_JPEGS: Final = 256


_PATIENCE_S: Final = 1.0
"""So long what is being read or drawn may take when all ends. A kernel that is being compiled takes longer and hears nothing."""


def still_working() -> bool:
    """Whether a thread of a film's is at something."""
    return any(thread.name.startswith("apex-") for thread in threading.enumerate())


class Live:
    """One film and its pages. `tell` is called on the event loop."""

    def __init__(
        self, path: Path, options: Options, bench: Bench, tell: Callable[[Event], None], workers: int | None = None
    ) -> None:
        self._reader = Reader(path, options, bench)
        self._path = path
        self._tell = tell
        self._shop = Shop(bench, path.parent)
        self._makers = Makers(self._shop, workers or _cores(), self._changed, tell)
        self._eye = drawing.Eye(self._shop)
        self._read_thread = ThreadPoolExecutor(1, thread_name_prefix="apex-read")
        self._eye_thread = ThreadPoolExecutor(1, thread_name_prefix="apex-eye")
        self._side_thread = ThreadPoolExecutor(1, thread_name_prefix="apex-side")
        self.chunks = Chunks()
        self.track: Track | None = None
        self._sound_job: Job | None = None
        self.cut: Cut | None = None
        self._before: Cut | None = None  # the film that `cut` took the place of: pages may still be asking for it
        self._told: Cut | None = None
        self._entries: dict[str, Any] = {}
        self._wrong: dict[str, Any] | None = None
        self._files: frozenset[Path] = frozenset()
        self._at = 0
        self._pages: list[Page] = []
        self._jpegs: dict[tuple[str, int, bool], bytes] = {}
        self._dirty = asyncio.Event()
        self._noticed = 0.0
        self._closed = False
        self._tasks: set[asyncio.Task[Any]] = set()

    # --- life ---
    async def run(self) -> None:
        """Follows the film until it is cancelled; call `close` then."""
        loop = asyncio.get_running_loop()

        def noticed() -> None:
            with contextlib.suppress(RuntimeError):  # the loop may have ended
                loop.call_soon_threadsafe(self._notice)

        watcher = Watcher(noticed)
        try:
            await self._in(self._read_thread, lambda: watcher.follow([self._path]))
            if not is_warm():
                self._tell(Remark("preparing the stage and the engine, once on this machine: about a minute"))
            self._spawn(self._in(self._eye_thread, drawing.warm))
            first = True
            self._notice()
            while True:
                await self._dirty.wait()
                self._dirty.clear()
                await self._read(watcher, first)
                first = False
        finally:
            watcher.close()

    async def close(self) -> None:
        """Lets the pages go and ends all work; no process is left."""
        self._closed = True
        self.dismiss()
        for task in self._tasks:
            task.cancel()
        self._eye.close()
        self._makers.close()
        for thread in (self._read_thread, self._eye_thread, self._side_thread):
            thread.shutdown(False, cancel_futures=True)
        end = time.monotonic() + _PATIENCE_S
        while still_working() and time.monotonic() < end:
            await asyncio.sleep(0.02)

    def dismiss(self) -> None:
        """Lets all pages go."""
        for page in self._pages:
            page.close(ENDS)

    def _notice(self) -> None:
        self._noticed = time.perf_counter()
        self._dirty.set()

    # --- reading ---
    async def _read(self, watcher: Watcher, first: bool) -> None:
        noticed = self._noticed
        saved = None if first else _saved(self._path)
        if saved is not None:
            self._say({"t": "saved", "at": saved})

        def read() -> Reading:
            reading = self._reader.read()
            self._files = reading.files if reading.cut is not None else self._files | reading.files
            watcher.follow(self._files, reading.lacks)
            return reading

        reading = await self._in(self._read_thread, read)
        if reading.gone:
            self._wrong = {"t": "gone"}
            self._say(self._wrong)
        else:
            rev = reading.cut.rev if reading.cut is not None else self.cut.rev if self.cut is not None else 0
            kept = reading.cut is None and self.cut is not None
            self._wrong = messages.diagnostics(rev, reading.diagnostics, reading.film.sources, kept)
            self._say(self._wrong)
        todo = 0
        if reading.cut is not None:
            await self._take(reading.cut, saved, noticed, first)
            todo = len(reading.cut.by_key) - len(self._makers.ready)
        self._tell(Read(reading, first, todo))

    async def _take(self, cut: Cut, saved: int | None, noticed: float, first: bool) -> None:
        """A good film takes the place of the one before."""
        looked = await self._in(self._read_thread, lambda: self._makers.look(cut))
        old, self.cut = self.cut, cut
        self._before = old
        self._at = _followed(old, self._at, cut)
        index = cut.at(self._at)
        here = index if index is not None else 0
        edited = (
            old is not None
            and index is not None
            and cut.pieces[index].key not in old.by_key
            and cut.pieces[index].key not in looked[0]
        )
        self._makers.open(cut, here, looked, at_once=edited)
        if edited and index is not None:
            poster = self._spawn(self._poster(cut, index, noticed))
            await asyncio.wait({poster}, timeout=_POSTER_FIRST_S)
        await self._in(self._read_thread, lambda: [cut.values(cut.pieces[i]) for i in self._near(cut)])
        self._announce(cut, None if first else saved, None if first else _since(noticed))
        self._mix(cut)

    def _announce(self, cut: Cut, saved: int | None, ms: int | None) -> None:
        """The film goes to all pages: whole, or what differs in a large one."""
        before, base = self._entries, self._told.rev if self._told is not None else 0
        top = messages.head(cut, self._sound(), saved, ms)
        near = set(self._near(cut))
        self._entries = messages.entries(cut, self._state(), lambda i: i in near)
        self._told = cut
        whole: str | None = None
        part: str | None = None
        for page in self._pages:
            if len(cut.pieces) > messages.LARGE and page.rev == base and before:
                if part is None:
                    order, changed = messages.difference(before, self._entries)
                    part = messages.dump(top | {"t": "shots", "base": base, "order": order, "set": changed})
                page.tell(part)
            else:
                whole = whole or messages.dump(top | {"shots": list(self._entries.values())})
                page.tell(whole)
            page.rev = cut.rev

    def _near(self, cut: Cut) -> range:
        """The pieces whose values are told: all, or those near the playhead of a large film."""
        count = len(cut.pieces)
        if count <= messages.LARGE:
            return range(count)
        here = cut.at(self._at) or 0
        return range(max(0, here - _NEAR), min(count, here + _NEAR + 1))

    def _state(self) -> messages.State:
        makers = self._makers
        return messages.State(makers.ready, makers.making, makers.failed, makers.cost)

    def _sound(self) -> messages.Sound | None:
        if self.track is None or self.cut is None or self.track.mix != self.cut.plan.mix_key:
            return None
        return messages.Sound(self.track.mix, self.track.chunks)

    # --- the frame that is looked at ---
    async def _poster(self, cut: Cut, index: int, noticed: float) -> None:
        """The true frame under the playhead to all pages, and before it a sketch where its picture is still to be made."""
        piece = cut.pieces[index]
        k = min(max(self._at - piece.segment.start, 0), piece.segment.frames - 1)
        with self._shop.gate:
            if self._eye.lacks(cut, index):
                data = await self._in(
                    self._eye_thread,
                    lambda: self._eye.sketch(cut, index, k, lambda: self._closed or self.cut is not cut),
                )
            else:
                data = await self._in(self._eye_thread, lambda: self._eye.frame(cut, index, k))
        if data is None or self.cut is not cut:
            return
        ms = _since(noticed)
        self._say(messages.poster(cut, index, k, ms, data))
        self._tell(Shown(piece.label, ms))

    async def frame(self, key: str, k: int, small: bool) -> bytes | None:
        """Frame `k` of a piece of the open film, or of the one before it, as JPEG; None if there is no such, or its picture is
        not made."""
        cut = self._having(key)
        index = cut.by_key.get(key) if cut is not None else None
        if cut is None or index is None or not 0 <= k < cut.pieces[index].segment.frames:
            return None
        known = self._jpegs.get((key, k, small))
        if known is not None:
            return known
        if small:
            made = await self._in(self._side_thread, lambda: self._thumb(cut, key, k))
            if made is None:
                whole = await self._in(self._eye_thread, lambda: self._eye.frame(cut, index, k))
                made = drawing.thumb(whole) if whole is not None else None
        else:
            made = await self._in(self._eye_thread, lambda: self._eye.frame(cut, index, k))
        if made is not None:
            self._jpegs[key, k, small] = made
            while len(self._jpegs) > _JPEGS:
                del self._jpegs[next(iter(self._jpegs))]
        return made

    def _thumb(self, cut: Cut, key: str, k: int) -> bytes | None:
        if key not in self._makers.ready:
            return None
        path = self._shop.bench.store.path(key)
        return drawing.from_segment(path, k, cut.plan.format.rate.fps) if path is not None else None

    async def segment(self, key: str) -> Path | None:
        """The file of a piece of the open film, or of the one before it; None if there is no such or it is not made."""
        cut = self._having(key)
        if cut is None or (cut is self.cut and key not in self._makers.ready):
            return None
        path = await self._in(self._side_thread, lambda: self._shop.bench.store.path(key))
        if path is None and cut is self.cut:  # gone from the store, or spoilt: it is made again
            self._makers.ready.discard(key)
            self._makers.schedule()
        return path

    def _having(self, key: str) -> Cut | None:
        """The film that has a piece: the open one first, then the one before it."""
        return next((cut for cut in (self.cut, self._before) if cut is not None and key in cut.by_key), None)

    async def chunk(self, key: str) -> bytes | None:
        return await self._in(self._side_thread, lambda: self.chunks.get(key))

    # --- sound ---
    def _mix(self, cut: Cut) -> None:
        mix = cut.plan.mix_key
        if self._sound_job is not None:
            if self._sound_job.key == mix and not self._sound_job.stopped:
                return
            self._sound_job.stop()
            self._sound_job = None
        if self.track is not None and self.track.mix == mix:
            return

        def mixed(outcome: Outcome) -> None:
            if self._sound_job is job and outcome.made:
                self._spawn(self._listen(job))
            elif self._sound_job is job:
                self._sound_job = None

        self._sound_job = job = self._makers.sound(cut, mixed)

    async def _listen(self, job: Job) -> None:
        """The mix that was made becomes chunks and peaks."""

        def read() -> Track | None:
            path = self._shop.bench.store.path(job.key)
            with contextlib.suppress(OSError):
                return track(job.key, path, lambda: self._closed or self._sound_job is not job) if path else None
            return None

        made = await self._in(self._side_thread, read)
        if made is None or self.cut is None or self.cut.plan.mix_key != made.mix:
            return
        self.track = made
        self._sound_job = None
        self.chunks.open(made)
        self._say({"t": "sound", "rev": self.cut.rev, "mix": made.mix, "chunks": made.chunks})

    # --- pages ---
    async def page(self, socket: WebSocket) -> None:
        """Serves a page that has connected, until it goes."""
        await socket.accept()
        page = Page(socket)
        if len(self._pages) >= MOST:
            page.close(SLOW)
            await page.hang_up()
            return
        self._pages.append(page)
        self._tell(Pages(len(self._pages)))
        self._greet(page)
        tasks = [asyncio.ensure_future(c) for c in (page.write(), self._hear(page), page.closed())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._pages.remove(page)
            self._tell(Pages(len(self._pages)))
            await page.hang_up()

    def _greet(self, page: Page) -> None:
        cut = self._told
        if cut is not None:
            near = set(self._near(cut))
            self._entries = messages.entries(cut, self._state(), lambda i: i in near)
            shots = {"shots": list(self._entries.values())}
            page.tell(messages.dump(messages.head(cut, self._sound(), None, None) | shots))
            page.rev = cut.rev
        if self._wrong is not None:
            page.tell(messages.dump(self._wrong))

    async def _hear(self, page: Page) -> None:
        while (frame := await page.read()) is not None:
            page.at = frame
            cut = self.cut
            if cut is None or not cut.plan.frames:
                continue
            self._at = min(frame, cut.plan.frames - 1)
            here = cut.at(self._at)
            if here is not None:
                self._makers.go(here)
                self._tell_values(cut, here)

    def _tell_values(self, cut: Cut, here: int) -> None:
        """Of a large film, the values of the piece under the playhead are told when it comes there."""
        piece = cut.pieces[here]
        if len(cut.pieces) <= messages.LARGE or cut is not self._told or self._entries[piece.id]["values"]:
            return
        self._entries[piece.id] = one = messages.entry(cut, piece, self._state())
        self._say({"t": "shots", "rev": cut.rev, "base": cut.rev, "set": {piece.id: one}})

    def _changed(self, kind: str, key: str) -> None:
        """A piece's state, or a picture's, is another."""
        cut = self.cut
        if cut is None:
            return
        if kind == "picture":
            index = cut.at(self._at)
            if index is not None and _shows(cut, index, key) and cut.pieces[index].key not in self._makers.ready:
                self._spawn(self._poster(cut, index, self._noticed))
            return
        if cut is not self._told or key not in cut.by_key:
            return  # the film's own message will say it
        message: dict[str, Any] = {"t": kind, "key": key}
        if kind == "seg":
            message["ms"] = self._makers.cost[key]
        elif kind == "failed":
            message["why"] = self._makers.failed[key]
        self._say(message)

    # --- inside ---
    def _say(self, message: dict[str, Any]) -> None:
        if self._pages:
            text = messages.dump(message)
            for page in self._pages:
                page.tell(text)

    async def _in(self, thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(thread, work)

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._spawned)
        return task

    def _spawned(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None and not self._closed:
            self._tell(Remark(f"{type(problem).__name__}: {problem}"))


def _cores() -> int:
    return max(1, len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1)


def _since(began: float) -> int:
    return round((time.perf_counter() - began) * 1e3)


def _saved(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns // 1_000_000
    except OSError:
        return None


def _followed(old: Cut | None, at: int, cut: Cut) -> int:
    """Where the playhead is after an edit: on the same frame of its piece if that is still there, else on the same frame."""
    last = max(cut.plan.frames - 1, 0)
    index = old.at(at) if old is not None else None
    if old is None or index is None:
        return min(at, last)
    piece = old.pieces[index]
    now = cut.by_id.get(piece.id)
    if now is None:
        return min(at, last)
    segment = cut.pieces[now].segment
    return segment.start + min(at - piece.segment.start, segment.frames - 1)


def _shows(cut: Cut, index: int, picture: str) -> bool:
    segment = cut.pieces[index].segment
    for part in (segment.a, segment.b):
        if part is not None and part.shot is not None:
            source = cut.plan.shots[part.shot].picture
            if source.kind == "generated" and source.key == picture:
                return True
    return False
