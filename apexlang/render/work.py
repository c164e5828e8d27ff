"""What all parts of one render share, and how its jobs run side by side and stop together."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apexlang.frames.engine import Engine
from apexlang.picture.model import Generator
from apexlang.plan.model import Plan
from apexlang.render.draw import Studio
from apexlang.render.events import Event, JobDone, JobProgress, JobStarted, Kind, Note
from apexlang.render.failure import Cancelled
from apexlang.render.ffmpeg import Crew
from apexlang.render.shelf import Shelf
from apexlang.render.store import Store

_EVERY_S = 0.1


@dataclass(frozen=True)
class RenderOptions:
    """`jobs`: how many workers, by default one a core. `whole`: by the one filtergraph of the film, instead of segment by
    segment. `generators`: by the name that the plan uses. `made_from`: what the job of a key is made from, for the store's notes."""

    whole: bool = False
    jobs: int | None = None
    generators: Mapping[str, Generator] = field(default_factory=dict)
    made_from: Callable[[str], dict[str, Any] | None] = lambda key: None

    @property
    def workers(self) -> int:
        return max(1, self.jobs or _cores())


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Work:
    """One run of one plan. Events and notes may come from any worker; `report` is called by one at a time."""

    def __init__(
        self,
        plan: Plan,
        folder: Path,
        store: Store,
        crew: Crew,
        options: RenderOptions,
        report: Callable[[Event], None],
        shelf: Shelf | None = None,
        pause: Callable[[], None] | None = None,
    ) -> None:
        """`shelf`: where drawing keeps things beyond this run. `pause`: called between frames and steps; it may take its time."""
        self.plan = plan
        self.folder = folder
        self.store = store
        self.crew = crew
        self.options = options
        self.notes: list[str] = []
        self.made: list[tuple[Kind, str]] = []
        self.reused: list[tuple[Kind, str]] = []
        self._report = report
        self._pause = pause
        self._guard = threading.Lock()
        self._local = threading.local()
        self._labels = {job.key: job.label for job in plan.jobs}
        self.studio = Studio(plan, folder, store, crew, options.workers + 2, self.note, shelf)

    def label(self, key: str, otherwise: str = "") -> str:
        return self._labels.get(key, otherwise)

    def engine(self) -> Engine:
        """This thread's engine."""
        if not hasattr(self._local, "engine"):
            self._local.engine = Engine(self.plan.format.width, self.plan.format.height)
        engine: Engine = self._local.engine
        return engine

    def tell(self, event: Event) -> None:
        with self._guard:
            self._report(event)

    def note(self, text: str, label: str | None = None) -> None:
        with self._guard:
            if text in self.notes:
                return
            self.notes.append(text)
        self.tell(Note(text, label))

    def describe(self, key: str) -> None:
        """Notes in the store what `key` was made from. Nothing depends on it."""
        said = self.options.made_from(key)
        if said is not None:
            self.store.write_note(self.store.notes.made(key), said)

    def reuse(self, kind: Kind, key: str, label: str) -> None:
        with self._guard:
            self.reused.append((kind, label))
        self.tell(JobDone(kind, key, label, cached=True))

    @contextmanager
    def job(self, kind: Kind, key: str, label: str, total: int = 100) -> Iterator[Callable[[int], None]]:
        """Tells the beginning and the good end of a job; gives what tells how far it is. Cancelled if the run was stopped."""
        began = last = time.monotonic()
        self.tell(JobStarted(kind, key, label, total))

        def progress(done: int) -> None:
            nonlocal last
            if self._pause is not None:
                self._pause()
            if self.crew.stopped:
                raise Cancelled
            now = time.monotonic()
            if now - last >= _EVERY_S:
                last = now
                self.tell(JobProgress(kind, key, label, done, total))

        progress(0)
        yield progress
        with self._guard:
            self.made.append((kind, label))
        self.tell(JobDone(kind, key, label, cached=False, seconds=time.monotonic() - began))

    def side_by_side(self, tasks: Sequence[Callable[[], None]]) -> None:
        """Runs all tasks over the workers. If one fails, or a person presses Ctrl-C, all processes are ended, what has not
        begun is dropped, and the first reason is raised."""
        if not tasks:
            return
        pool = ThreadPoolExecutor(min(self.options.workers, len(tasks)), thread_name_prefix="apex")
        futures: list[Future[None]] = []
        try:
            futures = [pool.submit(task) for task in tasks]
            pending = set(futures)
            while pending:  # waits in short steps: on Windows a wait without end cannot be interrupted
                done, pending = wait(pending, timeout=0.5, return_when=FIRST_EXCEPTION)
                if any(f.exception() is not None for f in done):
                    break
        except BaseException:
            self.crew.stop()
            raise
        finally:
            failed = any(f.done() and not f.cancelled() and f.exception() is not None for f in futures)
            if failed:
                self.crew.stop()
            pool.shutdown(wait=True, cancel_futures=True)
        problems = [p for f in futures if not f.cancelled() and (p := f.exception()) is not None]
        for problem in sorted(problems, key=lambda p: isinstance(p, Cancelled)):
            raise problem
