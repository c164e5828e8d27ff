"""One thing is made once, by whoever is first: jobs under claims that die with their holders.

A worker holds one claim at a time and wants no other while it does, so runs that want the same things in different order cannot
wait for each other in a circle. What another run is making is left for later, and its result taken: two renders of one film share the
work. Where the disk knows no locks, both make it, and a note says so.
"""

from __future__ import annotations

import functools
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from apexlang.render.events import Kind, Waiting
from apexlang.render.failure import Cancelled
from apexlang.render.lock import Refusal
from apexlang.render.work import Work

_STEP_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Task:
    """A job that the store lacked when it was looked at. `make` makes it, and tells so by `Work.job`."""

    kind: Kind
    key: str
    label: str
    make: Callable[[], None]


def make_once(work: Work, tasks: Sequence[Task]) -> None:
    """Makes all tasks over the workers, in their order as far as others leave it; what another run makes is waited for and taken."""
    queue = _Queue(tasks)
    count = min(work.options.workers, len(tasks))
    work.side_by_side([functools.partial(_worker, work, queue) for _ in range(count)])


class _Queue:
    """Tasks that nobody has begun, and those that another run holds, to be tried again."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._guard = threading.Lock()
        self._fresh = deque(tasks)
        self._held: deque[Task] = deque()
        self._told: set[str] = set()

    def next(self) -> tuple[Task, bool] | None:
        """The next task, and whether another run held it when it was tried last."""
        with self._guard:
            if self._fresh:
                return self._fresh.popleft(), False
            return (self._held.popleft(), True) if self._held else None

    def later(self, task: Task) -> bool:
        """Puts back what is held. Whether that is new, and has to be told."""
        with self._guard:
            self._held.append(task)
            new = task.key not in self._told
            self._told.add(task.key)
        return new


def _worker(work: Work, queue: _Queue) -> None:
    while (found := queue.next()) is not None:
        if work.crew.stopped:
            raise Cancelled
        task, again = found
        if _is_done(work, task):
            continue
        if queue.later(task):
            work.tell(Waiting(task.kind, task.key, task.label))
        elif again:
            time.sleep(_STEP_S)


def _is_done(work: Work, task: Task) -> bool:
    """Makes a task, or takes what another has made of it. False while another is making it."""
    claim = work.store.claim(task.key)
    if claim is Refusal.HELD:
        return False
    if claim is Refusal.UNABLE:
        work.note("this store's disk knows no locks: two renders at once may both make the same thing")
    try:
        if work.store.path(task.key) is not None:
            work.reuse(task.kind, task.key, task.label)
        else:
            task.make()
            work.describe(task.key)
        return True
    finally:
        if not isinstance(claim, Refusal):
            claim.release(remove=True)
