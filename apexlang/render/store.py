"""The store: what has been made, by content key. Append-only and safe against crashes.

A file is written under a temporary name in this run's own folder, flushed to the disk and renamed; then its entry (size and
digest) is written the same way. Only a file with an entry exists. Reading verifies: a file that is not what its entry says is
removed and counts as not made. A run holds a lock on its folder, which the system lets go when the run dies: whatever dead
runs left behind is swept by the next.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from apexlang.render.lock import Lock

_ENTRY: Final = ".entry"
_CHUNK: Final = 1 << 20


class StoreError(Exception):
    """The store cannot be written or read. `reason` is a sentence for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Store:
    """A store in the folder `root` (`.apex` beside a film, say), made when first written to. Safe to share between threads
    and between runs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files = root / "store"
        self._guard = threading.Lock()
        self._verified: set[str] = set()
        self._lock: Lock | None = None
        self._own: Path | None = None

    def has(self, key: str) -> bool:
        """Whether `key` was made and its file still has its size; the content is only verified by `path`."""
        entry = self._entry(key)
        if entry is None:
            return False
        try:
            return (self._place(key) / entry[0]).stat().st_size == entry[1]
        except OSError:
            return False

    def path(self, key: str) -> Path | None:
        """The verified file of `key`, None if there is none. A bad entry is removed. Verified once in the store's life."""
        entry = self._entry(key)
        if entry is None:
            return None
        name, size, digest = entry
        path = self._place(key) / name
        with self._guard:
            known = key in self._verified
        try:
            if path.stat().st_size == size and (known or digest_of(path) == digest):
                with self._guard:
                    self._verified.add(key)
                return path
        except OSError:
            pass
        self.remove(key)
        return None

    def text(self, key: str) -> str | None:
        path = self.path(key)
        try:
            return None if path is None else path.read_text(encoding="utf-8")
        except OSError:
            return None

    @contextlib.contextmanager
    def making(self, key: str, suffix: str) -> Iterator[Path]:
        """A temporary path for the file of `key` (`suffix` is `.mp4`, say); the file becomes the key's when the block ends well.
        What stands there already is kept by the run that made it: same key, same content. StoreError if it cannot be written."""
        with self.scratch(suffix) as temporary:
            yield temporary
            with reported(self.root):
                self._commit(key, temporary, suffix)

    def put_text(self, key: str, text: str) -> None:
        with self.making(key, ".json") as temporary, reported(self.root):
            temporary.write_text(text, encoding="utf-8", newline="\n")

    @contextlib.contextmanager
    def scratch(self, suffix: str) -> Iterator[Path]:
        """A name for a temporary file of this run; whatever is there when the block ends is removed."""
        with reported(self.root):
            temporary = self._own_folder() / (secrets.token_hex(8) + suffix)
        try:
            yield temporary
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def remove(self, key: str) -> None:
        """Forgets `key`: the entry first, then the file."""
        with self._guard:
            self._verified.discard(key)
        place = self._place(key)
        entry = self._entry(key)
        with contextlib.suppress(OSError):
            (place / (key + _ENTRY)).unlink(missing_ok=True)
        if entry is not None:
            with contextlib.suppress(OSError):
                (place / entry[0]).unlink(missing_ok=True)

    def close(self) -> None:
        """Removes this run's temporary files and lets its lock go."""
        with self._guard:
            own, self._own = self._own, None
            lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()
        if own is not None:
            shutil.rmtree(own, ignore_errors=True)
            with contextlib.suppress(OSError):
                (own.parent / (own.name + ".lock")).unlink(missing_ok=True)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *ignored: object) -> None:
        self.close()

    # --- inside ---
    def _place(self, key: str) -> Path:
        return self._files / key[:2]

    def _entry(self, key: str) -> tuple[str, int, str] | None:
        """(file name, size, digest), None if there is no entry or it cannot be understood."""
        try:
            said = json.loads((self._place(key) / (key + _ENTRY)).read_text(encoding="utf-8"))
            name, size, digest = str(said["file"]), int(said["size"]), str(said["digest"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return (name, size, digest) if name.startswith(key) and os.sep not in name and "/" not in name else None

    def _commit(self, key: str, temporary: Path, suffix: str) -> None:
        place = self._place(key)
        place.mkdir(parents=True, exist_ok=True)
        size, digest = temporary.stat().st_size, digest_of(temporary)
        flush(temporary)
        name = key + suffix
        os.replace(temporary, place / name)
        entry = self._own_folder() / (secrets.token_hex(8) + _ENTRY)
        entry.write_text(json.dumps({"file": name, "size": size, "digest": digest}), encoding="utf-8")
        flush(entry)
        os.replace(entry, place / (key + _ENTRY))
        flush_folder(place)
        with self._guard:
            self._verified.add(key)

    def _own_folder(self) -> Path:
        with self._guard:
            if self._own is None:
                self.root.mkdir(parents=True, exist_ok=True)
                runs = self.root / "tmp"
                runs.mkdir(exist_ok=True)
                sweep(runs)
                for _ in range(
                    3
                ):  # a sweeping run may hold the new lock for a moment; some network disks know no locks
                    name = secrets.token_hex(8)
                    self._lock = Lock.take(runs / f"{name}.lock")
                    if self._lock is not None:
                        break
                self._own = runs / name
                self._own.mkdir()
            return self._own


def sweep(runs: Path) -> None:
    """Removes what dead runs left: a run is dead when nobody holds its lock."""
    for entry in sorted(runs.glob("*.lock")):
        lock = Lock.take(entry)
        if lock is None:
            continue
        shutil.rmtree(entry.with_suffix(""), ignore_errors=True)
        lock.release()
        with contextlib.suppress(OSError):
            entry.unlink(missing_ok=True)
    for orphan in sorted(p for p in runs.iterdir() if p.is_dir() and not p.with_name(p.name + ".lock").exists()):
        shutil.rmtree(orphan, ignore_errors=True)


def digest_of(path: Path) -> str:
    """BLAKE2b-256 of a file's content, as hex."""
    hashed = hashlib.blake2b(digest_size=32)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()


def flush(path: Path) -> None:
    """The file's content onto the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """The folder's names onto the disk, where the system has such a thing."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def reported(where: Path) -> Iterator[None]:
    """An OSError inside the block comes out as a StoreError that says what is the matter at `where`."""
    try:
        yield
    except OSError as problem:
        raise StoreError(sentence(problem, where)) from problem


def sentence(problem: OSError, where: Path) -> str:
    """What an OSError means for a person who wanted to write at `where`."""
    if problem.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return f"the disk is full: there is no room left for {where}"
    if problem.errno == errno.EFBIG:
        return f"the file would be larger than is allowed here: {where}"
    if problem.errno in (errno.EACCES, errno.EPERM):
        return f"there is no permission to write in {where}"
    if problem.errno == errno.EROFS:
        return f"{where} is on a disk that can only be read"
    if problem.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"a folder is needed where a file stands: {problem.filename or where}"
    return f"{where} cannot be written: {problem.strerror or problem}"
