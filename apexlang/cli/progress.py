"""What is being made, how far, how long still: live on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.text import Text

from apexlang.cli import say
from apexlang.render.events import Event, JobDone, JobProgress, JobStarted, Note, RunStarted, Waiting

WORDS = {
    "generate": "picture {}",
    "segment": "segment {}",
    "film": "the film",
    "mix": "the sound",
    "mux": "joining the parts",
}
_PICTURE_WORTH = 60
"""A picture to generate counts as this many frames in the estimate, until pictures have been timed."""


class Display(Protocol):
    def __call__(self, event: Event) -> None: ...

    def __enter__(self) -> Display: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def display() -> Display:
    """The live display on a terminal, else plain lines."""
    return Live() if sys.stderr.isatty() else Lines()


class Work:
    """How much is done of all, in frames' worth, and how long the rest will take at the pace so far. Calls come from any thread."""

    def __init__(self) -> None:
        self.total = 0.0
        self._finished = 0.0
        self._going: dict[str, float] = {}
        self._worth: dict[str, float] = {}
        self._began = time.monotonic()

    def take(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._began = time.monotonic()
            self.total = max(1.0, event.frames + _PICTURE_WORTH * event.pictures)
        elif isinstance(event, JobProgress) and event.total:
            self._going[event.key] = _worth(event.kind, event.total) * event.done / event.total
        elif isinstance(event, JobStarted):
            self._going[event.key] = 0.0
            self._worth[event.key] = _worth(event.kind, event.total)
        elif isinstance(event, JobDone):
            self._going.pop(event.key, None)
            self._finished += 0.0 if event.cached else self._worth.get(event.key, 0.0)

    @property
    def done(self) -> float:
        return min(self.total, self._finished + sum(self._going.values()))

    @property
    def left_s(self) -> float | None:
        """Seconds still to go; None while there is nothing to judge by."""
        passed, done = time.monotonic() - self._began, self.done
        if done <= 0 or passed < 1.5:
            return None
        return passed * (self.total - done) / done


def _worth(kind: str, total: int) -> float:
    return float(total) if kind in ("segment", "film") else float(_PICTURE_WORTH) if kind == "generate" else 0.0


class Lines:
    """One line a finished job, and a sign of life every ten seconds, for logs."""

    def __init__(self) -> None:
        self._work = Work()
        self._lock = threading.Lock()
        self._last = time.monotonic()

    def __enter__(self) -> Lines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def __call__(self, event: Event) -> None:
        with self._lock:
            self._work.take(event)
            if isinstance(event, RunStarted):
                say.err(opening(event))
            elif isinstance(event, JobDone) and not event.cached:
                self._last = time.monotonic()
                say.err(f"  {WORDS[event.kind].format(event.label)}: {event.seconds:.1f} s")
            elif isinstance(event, Waiting):
                say.err(f"  {WORDS[event.kind].format(event.label)}: another render is making it; its result is taken")
            elif isinstance(event, Note):
                say.err(f"  note: {noted(event)}")
            elif isinstance(event, JobProgress) and time.monotonic() - self._last > 10:
                self._last = time.monotonic()
                say.err(f"  {percent(self._work)} done{left(self._work)}")


class Live:
    """A bar for the whole and one for each job that is going."""

    def __init__(self) -> None:
        self._work = Work()
        self._lock = threading.Lock()
        self._tasks: dict[str, TaskID] = {}
        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            SpinnerColumn(finished_text=" "),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=28),
            _Percent(),
            TextColumn("{task.fields[left]}", markup=False),
            console=self._console,
            transient=True,
        )
        self._whole = self._progress.add_task("film", total=None, left="")

    def __enter__(self) -> Live:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        with self._lock:
            self._work.take(event)
            if isinstance(event, RunStarted):
                self._console.print(opening(event), markup=False)
            elif isinstance(event, Waiting):
                name = f"{WORDS[event.kind].format(event.label)[:26]} (by another)"
                self._tasks[event.key] = self._progress.add_task(f"  {name}", total=None, left="")
            elif isinstance(event, JobStarted):
                name = WORDS[event.kind].format(event.label)
                if event.key in self._tasks:
                    self._progress.remove_task(self._tasks.pop(event.key))
                self._tasks[event.key] = self._progress.add_task(f"  {name[:40]}", total=event.total or None, left="")
            elif isinstance(event, JobProgress) and event.key in self._tasks:
                self._progress.update(self._tasks[event.key], completed=event.done, total=event.total or None)
            elif isinstance(event, JobDone) and event.key in self._tasks:
                self._progress.remove_task(self._tasks.pop(event.key))
            elif isinstance(event, Note):
                self._console.print(f"note: {noted(event)}", markup=False)
            self._progress.update(
                self._whole,
                total=self._work.total or None,
                completed=self._work.done,
                left=left(self._work).lstrip(", "),
            )


class _Percent(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text("    " if task.total is None else f"{task.percentage:3.0f}%")


def opening(event: RunStarted) -> str:
    parts = [say.plural(event.pictures, "picture")] if event.pictures else []
    parts += (
        [f"{say.plural(event.segments, 'segment')} ({say.plural(event.frames, 'frame')})"] if event.segments else []
    )
    doing = f"Making {' and '.join(parts)}" if parts else "Joining the film"
    kept = f"; {say.plural(event.reused, 'part')} made before" if event.reused else ""
    return f"{doing}{kept}."


def noted(event: Note) -> str:
    return f"{event.text} (shot #{event.label})" if event.label else event.text


def percent(work: Work) -> str:
    return f"{100 * work.done / work.total:.0f}%" if work.total else "0%"


def left(work: Work) -> str:
    seconds = work.left_s
    return f", about {say.duration(seconds)} left" if seconds is not None else ""
