"""A lock on a file that the system lets go when its holder dies: how a run shows that it lives."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class Lock:
    """Held until `release`, or until the process ends in whatever way. Child processes do not inherit it."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @staticmethod
    def take(path: Path) -> Lock | None:
        """The lock on `path` (made if it is not there); None if somebody holds it, or no file can be made there."""
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:
            return None
        if _try(handle):
            return Lock(handle)
        os.close(handle)
        return None

    def release(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(OSError):
                os.close(handle)
