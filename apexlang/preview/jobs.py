"""One thing made at a time in a thread: a picture, a piece or the sound; by the very code that renders drafts. Can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from apexlang.making import Bench
from apexlang.plan.model import Plan, Segment
from apexlang.render.deliver import make_mix
from apexlang.render.encode import make_segment
from apexlang.render.events import Event, JobProgress, Note
from apexlang.render.failure import Cancelled, Failure
from apexlang.render.ffmpeg import Crew
from apexlang.render.generate import make_pictures
from apexlang.render.run import PROBLEMS, failure_of
from apexlang.render.shelf import ROOM, Shelf
from apexlang.render.work import RenderOptions, Work


class Gate:
    """Making waits while it is shut: what a person is looking at goes first."""

    _LONGEST_S = 2.0

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()
        self._shut = 0
        self._guard = threading.Lock()

    def __enter__(self) -> Gate:
        with self._guard:
            self._shut += 1
            self._open.clear()
        return self

    def __exit__(self, *ignored: object) -> None:
        with self._guard:
            self._shut -= 1
            if not self._shut:
                self._open.set()

    def wait(self) -> None:
        self._open.wait(self._LONGEST_S)


@dataclass(frozen=True)
class Shop:
    """What all jobs share: the tools, what drawing keeps, and the gate."""

    bench: Bench
    folder: Path
    shelf: Shelf = field(default_factory=lambda: Shelf(room=ROOM))
    gate: Gate = field(default_factory=Gate)


@dataclass(eq=False)
class Job:
    """`what`: `picture`, `segment` or `sound`; `key`: of what is made; `label`: what people call it."""

    what: str
    key: str
    label: str
    crew: Crew
    began: float = field(default_factory=time.monotonic)

    def stop(self) -> None:
        """Ends it as soon as may be; its processes at once."""
        self.crew.stop()

    @property
    def stopped(self) -> bool:
        return self.crew.stopped


@dataclass(frozen=True)
class Outcome:
    """`made`, else stopped, else `failure` says why. `notes` for people."""

    made: bool
    seconds: float
    failure: Failure | None = None
    notes: tuple[str, ...] = ()


def begin(shop: Shop, what: str, key: str, label: str) -> Job:
    return Job(what, key, label, Crew(shop.bench.ffmpeg))


def piece(shop: Shop, job: Job, plan: Plan, segment: Segment, going: Callable[[float], None]) -> Outcome:
    """Encodes a segment into the store."""
    return _attempt(shop, job, plan, going, lambda work: make_segment(work, segment))


def picture(shop: Shop, job: Job, plan: Plan, shot: int, going: Callable[[float], None]) -> Outcome:
    """Has a shot's picture made by its generator."""
    return _attempt(shop, job, plan, going, lambda work: make_pictures(work, frozenset({shot})))


def sound(shop: Shop, job: Job, plan: Plan, going: Callable[[float], None]) -> Outcome:
    """Mixes the film's sound into the store."""
    return _attempt(shop, job, plan, going, make_mix)


def broken(job: Job, problem: BaseException) -> Outcome:
    """What is said when a job ended by something that was not foreseen: the film goes on without its piece."""
    what = f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
    subject = "the sound" if job.what == "sound" else f"the {job.what} of {job.label}"
    failure = Failure("E0604", f"{subject} could not be made ({what})")
    return Outcome(False, time.monotonic() - job.began, failure)


def _attempt(
    shop: Shop, job: Job, plan: Plan, going: Callable[[float], None], make: Callable[[Work], object]
) -> Outcome:
    def report(event: Event) -> None:
        if isinstance(event, JobProgress) and event.total:
            going(event.done / event.total)
        elif isinstance(event, Note):
            notes.append(event.text)

    notes: list[str] = []
    options = RenderOptions(jobs=1, generators=shop.bench.known)
    work = Work(plan, shop.folder, shop.bench.store, job.crew, options, report, shop.shelf, shop.gate.wait)
    try:
        make(work)
    except Cancelled:
        return Outcome(False, time.monotonic() - job.began)
    except PROBLEMS as problem:
        seconds = time.monotonic() - job.began
        return Outcome(False, seconds, None if job.stopped else failure_of(problem), tuple(notes))
    finally:
        job.crew.stop()
    return Outcome(True, time.monotonic() - job.began, None, tuple(notes))
