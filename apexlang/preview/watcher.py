"""Notices saves: listens to the folders of a film's files, not to the files, since most editors save by renaming."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

DEBOUNCE_S: Final = 0.012
"""A save is several events within a few milliseconds; it is told when it has been quiet for so long."""

_LONGEST_S: Final = 0.3
_POLL_S: Final = 0.25
_READS: Final = frozenset({"opened", "closed_no_write"})


class Watcher:
    """Calls `changed` from a thread of its own, once for each save of a file of interest. `follow` says which these are."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._guard = threading.Lock()
        self._files: frozenset[str] = frozenset()
        self._any = False
        self._folders: dict[str, Any] = {}
        self._lost: set[str] = set()
        self._timer: threading.Timer | None = None
        self._since = 0.0
        self._handler = _Handler(self._event)
        self._observer = self._started(Observer)

    def follow(self, files: Iterable[Path], any_file: bool = False) -> None:
        """These files are of interest; `any_file`: so is every other file in their folders (while one is missing, say)."""
        places = {os.path.realpath(file.parent) + os.sep + file.name for file in files}
        places |= {os.path.realpath(place) for place in places}  # a link, and what it leads to
        folders = {_nearest(os.path.dirname(place)) for place in places}
        with self._guard:
            self._files, self._any = frozenset(places), any_file
            known = set(self._folders)
            lost, self._lost = self._lost & known, set()
        for folder in (known - folders) | lost:
            with contextlib.suppress(KeyError, OSError):
                self._observer.unschedule(self._folders.pop(folder))
        for folder in sorted(folders - (known - lost)):
            self._listen(folder)

    def close(self) -> None:
        with self._guard:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None
            self._files = frozenset()
        self._observer.stop()
        self._observer.join(5)

    # --- inside ---
    @staticmethod
    def _started(kind: Any) -> Any:
        observer = kind()
        observer.daemon = True
        observer.start()
        return observer

    def _listen(self, folder: str) -> None:
        try:
            self._folders[folder] = self._observer.schedule(self._handler, folder, recursive=False)
        except OSError:  # no more watches to be had, or a kind of disk that tells nothing
            if not isinstance(self._observer, PollingObserver):
                self._observer.stop()
                self._observer = self._started(lambda: PollingObserver(timeout=_POLL_S))
                again, self._folders = [*self._folders, folder], {}
                for place in again:
                    self._listen(place)

    def _event(self, event: FileSystemEvent) -> None:
        if event.event_type in _READS:
            return
        paths = {os.fsdecode(p) for p in (event.src_path, event.dest_path) if p}
        with self._guard:
            if event.is_directory:  # a folder came or went: what is wanted may be in it
                if event.event_type in ("deleted", "moved"):
                    self._lost |= paths
                wanted = self._any or any(file.startswith(path + os.sep) for path in paths for file in self._files)
            else:
                wanted = bool(paths & self._files) or (self._any and event.event_type != "modified")
            if not wanted:
                return
            now = time.monotonic()
            if self._timer is not None and self._timer.is_alive():
                if now - self._since > _LONGEST_S:
                    return  # a file that is written all the time: it is told now and then
                self._timer.cancel()
            else:
                self._since = now
            self._timer = threading.Timer(DEBOUNCE_S, self._changed)
            self._timer.daemon = True
            self._timer.start()


class _Handler(FileSystemEventHandler):
    def __init__(self, take: Callable[[FileSystemEvent], None]) -> None:
        self._take = take

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._take(event)


def _nearest(folder: str) -> str:
    """The folder, or the nearest above it that is there."""
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder
