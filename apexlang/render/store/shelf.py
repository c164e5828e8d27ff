"""What is in a store: files whose names say key, size and digest, in 256 folders by the first two digits of the key.

One rename brings an entry into being, whole; there is no index that could disagree with the files. A folder is listed once and
again when it has changed; a hit costs a `stat`, which also shows a file that was cut short.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"([0-9A-Za-z][0-9A-Za-z._-]{0,99})-(\d{1,19})-([0-9a-f]{32})(\.[0-9a-z]{1,8})")
_SETTLED_NS: Final = 2_000_000_000
"""A folder that changed less than this before it was listed may have changed again under the same time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the store as its name tells it. `digest`: of its content, see `disk.digest_of`."""

    key: str
    size: int
    digest: str
    place: str

    @property
    def path(self) -> Path:
        return Path(self.place)

    def is_whole(self) -> bool:
        """Whether its file is there and as long as it was. Its content is not looked at."""
        try:
            return os.stat(self.place).st_size == self.size
        except OSError:
            return False


def name_of(key: str, size: int, digest: str, suffix: str) -> str:
    return f"{key}-{size}-{digest}{suffix}"


def read_name(name: str, folder: str) -> Entry | None:
    """The entry that a file's name tells of, None for any other file."""
    found = _NAME.fullmatch(name)
    return Entry(found[1], int(found[2]), found[3], os.path.join(folder, name)) if found else None


@dataclass(frozen=True, slots=True)
class _Listing:
    """`changed_ns`: when the folder had changed last. `settled`: whether a later change shows in that time."""

    changed_ns: int
    settled: bool
    entries: dict[str, Entry]


class Shelf:
    """The entries under `root`. Safe to share between threads; sees what other processes add and remove."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._guard = threading.Lock()
        self._listings: dict[str, _Listing] = {}

    def folder(self, key: str) -> Path:
        return self.root / key[:2]

    def find(self, key: str) -> Entry | None:
        """The entry of `key`: its file is there and as long as it was. Its content is not looked at."""
        known = self._listings.get(key[:2])
        if known is not None and (entry := known.entries.get(key)) is not None and entry.is_whole():
            return entry
        entry = self._listed(key).entries.get(key)
        return entry if entry is not None and entry.is_whole() else None

    def named(self, key: str) -> list[Entry]:
        """Everything that stands under `key` now, of any length."""
        folder = str(self.folder(key))
        try:
            names = sorted(n for n in os.listdir(folder) if n.startswith(key))
        except OSError:
            return []
        found = (read_name(name, folder) for name in names)
        return [entry for entry in found if entry is not None and entry.key == key]

    def forget(self, key: str) -> None:
        """After a change by this process: what was listed counts no longer."""
        with self._guard:
            self._listings.pop(key[:2], None)

    def all(self) -> Iterator[Entry]:
        """Every entry, as it is on the disk now, in the order of the names."""
        for folder, names in self._folders():
            yield from (entry for name in names if (entry := read_name(name, folder)) is not None)

    def strays(self) -> Iterator[Path]:
        """Files among the entries that are none."""
        for folder, names in self._folders():
            yield from (Path(folder, name) for name in names if read_name(name, folder) is None)

    # --- inside ---
    def _folders(self) -> Iterator[tuple[str, list[str]]]:
        try:
            folders = sorted(f.path for f in os.scandir(self.root) if f.is_dir(follow_symlinks=False))
        except OSError:
            return
        for folder in folders:
            try:
                yield folder, sorted(os.listdir(folder))
            except OSError:
                continue

    def _listed(self, key: str) -> _Listing:
        folder = self.folder(key)
        with self._guard:
            known = self._listings.get(key[:2])
        try:
            changed = folder.stat().st_mtime_ns
            if known is not None and known.settled and known.changed_ns == changed:
                return known
            settled = (
                time.time_ns() - changed > _SETTLED_NS
            )  # a clock that went backwards: listed each time, never wrong
            where = str(folder)
            entries: dict[str, Entry] = {}
            for name in sorted(os.listdir(where), reverse=True):
                entry = read_name(name, where)
                if entry is not None:
                    entries[entry.key] = entry  # of two for one key, the first by name
            listing = _Listing(changed, settled, entries)
        except OSError:
            listing = _Listing(0, False, {})
        with self._guard:
            self._listings[key[:2]] = listing
        return listing
