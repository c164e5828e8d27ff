"""A lock on a file that the system lets go when its holder dies: how a run shows that it lives, and that it makes a thing.

Locks of `flock` belong to an open file: two threads of one process exclude each other as two processes do. A file that its holder
removes while letting go may be locked by one who opened it before: whoever gets a lock looks whether it is on the file that
stands there now.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from enum import Enum
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 40  # a region that nobody reads or writes: locks keep others from both

    def _lock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Refusal(Enum):
    """Why there is no lock: another holds it, the disk knows none, or nothing can be written here at all."""

    HELD = "held"
    UNABLE = "unable"
    SHUT = "shut"


_HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})


class Lock:
    """Held until `release`, or until the process ends in whatever way. Child processes do not inherit it."""

    def __init__(self, handle: int, path: Path) -> None:
        self._handle: int | None = handle
        self._path = path

    @staticmethod
    def attempt(path: Path) -> Lock | Refusal:
        """The lock on `path`, whose file is made if it is not there; never waits."""
        for _ in range(100):  # the file may be removed and made again under our hands
            try:
                handle = _opened(path)
            except OSError:
                return Refusal.SHUT
            try:
                _lock(handle)
                if _is_at(handle, path):
                    return Lock(handle, path)
            except OSError as problem:
                os.close(handle)
                return Refusal.HELD if problem.errno in _HELD else Refusal.UNABLE
            os.close(handle)
        return Refusal.HELD

    @staticmethod
    def take(path: Path) -> Lock | None:
        """As `attempt`; None for any refusal."""
        lock = Lock.attempt(path)
        return lock if isinstance(lock, Lock) else None

    def release(self, remove: bool = False) -> None:
        """Lets go; with `remove` the file goes too."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        if remove and sys.platform != "win32":
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            os.close(handle)
        if remove and sys.platform == "win32":
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def _opened(path: Path) -> int:
    """A file of someone else that may only be read can be locked too."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        return os.open(path, os.O_RDONLY)


def _is_at(handle: int, path: Path) -> bool:
    try:
        here, there = os.fstat(handle), os.stat(path)
    except OSError:
        return False
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)
