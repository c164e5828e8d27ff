"""Who works in a store now: a run's own folder, what it holds, what it claims to make, and what dead runs left behind.

tmp/RUN.lock, tmp/RUN/         held by a living run; its temporary files, and `holds`: the keys that it relies on
claims/KEY.lock                held by the run that makes KEY
gc.lock                        held for the moment in which keys are held or removed
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from apexlang.render.lock import Lock, Refusal

_HOLDS: Final = "holds"
_STEP_S: Final = 0.05
_PATIENCE_S: Final = 60.0


class Run:
    """One run's folder under `root`. OSError if it cannot be made."""

    def __init__(self, root: Path) -> None:
        runs = root / "tmp"
        runs.mkdir(parents=True, exist_ok=True)
        self._lock: Lock | None = None
        for _ in range(3):  # one who sweeps may hold the new lock for a moment; some network disks know no locks
            name = secrets.token_hex(8)
            self._lock = Lock.take(runs / f"{name}.lock")
            if self._lock is not None:
                break
        self.folder = runs / name
        self.folder.mkdir()

    def scratch(self, suffix: str) -> Path:
        """A name that nothing has yet."""
        return self.folder / (secrets.token_hex(8) + suffix)

    def hold(self, keys: Iterable[str]) -> None:
        """Says which entries this run relies on. OSError if it cannot."""
        part = self.scratch(".part")
        part.write_text("".join(f"{key}\n" for key in keys), encoding="utf-8", newline="\n")
        os.replace(part, self.folder / _HOLDS)

    def leave(self) -> None:
        """Removes everything of this run."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            self._lock.release(remove=True)


def sweep(root: Path) -> int:
    """Removes what dead runs left: a run is dead when nobody holds its lock. How many things went."""
    gone = [*_dead_runs(root / "tmp"), *_dead_locks(root / "claims")]
    return len(gone) + len(list(_dead_locks(root, "gc.lock")))


def _dead_runs(runs: Path) -> Iterator[str]:
    for name in _names(runs, ".lock"):
        lock = Lock.take(runs / name)
        if lock is None:
            continue
        shutil.rmtree(runs / name.removesuffix(".lock"), ignore_errors=True)
        lock.release(remove=True)
        yield name
    for name in _names(runs, ""):
        orphan = runs / name
        if orphan.is_dir() and not (runs / f"{name}.lock").exists():
            shutil.rmtree(orphan, ignore_errors=True)
            yield name


def _dead_locks(folder: Path, ending: str = ".lock") -> Iterator[str]:
    for name in _names(folder, ending):
        lock = Lock.take(folder / name)
        if lock is not None:
            lock.release(remove=True)
            yield name


def _names(folder: Path, ending: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(ending))
    except OSError:
        return []


def claim(root: Path, key: str) -> Lock | Refusal:
    """The right to make `key`, until it is released or this process dies; never waits."""
    claims = root / "claims"
    try:
        claims.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Refusal.SHUT
    return Lock.attempt(claims / f"{key}.lock")


@contextmanager
def alone(root: Path, stopped: Callable[[], bool] = lambda: False) -> Iterator[bool]:
    """Whoever holds or removes entries does so alone: waits for the moment that another takes. False where there are no locks
    here, or the other does not let go."""
    lock: Lock | Refusal = Refusal.HELD
    end = time.monotonic() + _PATIENCE_S
    with contextlib.suppress(OSError):
        root.mkdir(parents=True, exist_ok=True)
    while (lock := Lock.attempt(root / "gc.lock")) is Refusal.HELD and time.monotonic() < end and not stopped():
        time.sleep(_STEP_S)
    try:
        yield isinstance(lock, Lock)
    finally:
        if isinstance(lock, Lock):
            lock.release(remove=True)


def held(root: Path) -> tuple[frozenset[str], float | None]:
    """The keys that living runs rely on, and when the first of these runs began (seconds since the epoch); None: none lives.
    What cannot be told counts as living."""
    keys: set[str] = set()
    began: float | None = None
    runs = root / "tmp"
    for name in _names(runs, ".lock"):
        lock = Lock.attempt(runs / name)
        if isinstance(lock, Lock):
            lock.release()
            continue
        with contextlib.suppress(OSError):
            since = (runs / name).stat().st_mtime
            began = since if began is None else min(began, since)
        with contextlib.suppress(OSError, UnicodeDecodeError):
            keys.update((runs / name.removesuffix(".lock") / _HOLDS).read_text(encoding="utf-8").split())
    return frozenset(keys), began
