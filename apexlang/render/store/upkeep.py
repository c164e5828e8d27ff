"""A store in order: how large it is, what may go, and whether it is what its names say.

Things that belong together (a picture, its depth, what was said of it) come and go together: they share the first part of their keys.
A thing was used last when one of its files was read or made, or when a film that it is part of was rendered, even if that render
had nothing to do. A time that lies in the future, after a clock was set back, counts as now.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from apexlang.render.store import notes, runs
from apexlang.render.store.disk import digest_of
from apexlang.render.store.shelf import Entry
from apexlang.render.store.store import Store

KINDS: Final = {".mp4": "segments", ".png": "pictures", ".npz": "depths", ".wav": "sounds", ".m4a": "sounds"}
_FILE_NOTES: Final = 1000
"""Notes of finished films' files that are kept: one that is gone costs the joining of that film."""


@dataclass
class Thing:
    """What one job made: its files with what belongs to them. `used`: seconds since the epoch."""

    key: str
    entries: list[Entry] = field(default_factory=list)
    used: float = 0.0

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.entries)


@dataclass(frozen=True)
class Size:
    """`kinds`: number and bytes of entries, by what they are. `notes`: bytes of what is known besides. `strays`: of
    files that are no part of the store. `work`: of the temporary files of runs, living or dead."""

    kinds: dict[str, tuple[int, int]]
    notes: int
    strays: int
    work: int

    @property
    def entries(self) -> int:
        return sum(size for _, size in self.kinds.values())

    @property
    def lasting(self) -> int:
        """Without the files that runs work with."""
        return self.entries + self.notes + self.strays

    @property
    def left(self) -> int:
        return self.strays + self.work

    @property
    def total(self) -> int:
        return self.lasting + self.work


def size(store: Store) -> Size:
    kinds: dict[str, tuple[int, int]] = {}
    for entry in store.shelf.all():
        kind = KINDS.get(os.path.splitext(entry.place)[1], "other")
        count, total = kinds.get(kind, (0, 0))
        kinds[kind] = count + 1, total + entry.size
    known = sum(_bytes(path) for path in store.notes.all())
    strays = sum(_bytes(path) for path in store.shelf.strays())
    return Size(kinds, known, strays, sum(_bytes(path) for path in _files(store.root / "tmp")))


@dataclass(frozen=True)
class Cleaning:
    """What `gc` removed, or would: `removed` and `freed` bytes, `strays` among them; `before`, `after`: bytes of the store; `needed`:
    bytes that a film needs or a running render holds. `keys`: of what was removed."""

    removed: int
    freed: int
    before: int
    after: int
    needed: int
    keys: tuple[str, ...]
    refused: str = ""


def gc(store: Store, keep: int, needed: Collection[str] = (), dry_run: bool = False) -> Cleaning:
    """Removes what was used longest ago until the store has at most `keep` bytes; never what is `needed` (keys), and nothing that
    a running render relies on. Also removes what dead runs left."""
    if not dry_run:
        store.sweep()
    before = size(store).lasting
    with runs.alone(store.root) as alone:
        if not alone and not dry_run:
            return Cleaning(0, 0, before, before, 0, (), "another holds this store, or it can only be read")
        held, since = runs.held(store.root)
        spared = {key.partition(".")[0] for key in (*needed, *held)}
        things = list(_things(store).values())
        total, gone, needs = before, [], 0
        if since is None:
            total -= _strays(store, dry_run)
        for thing in sorted(things, key=lambda t: (t.used, t.key)):
            if thing.key in spared or (since is not None and thing.used >= since):
                needs += thing.size
            elif total > keep:
                gone.append(thing)
                total -= thing.size
                if not dry_run:
                    _forget(store, thing)
        if not dry_run:
            _old_notes(store, {t.key for t in things} - {t.key for t in gone})
            total = size(store).lasting
    freed = sum(thing.size for thing in gone)
    return Cleaning(len(gone), freed, before, total, needs, tuple(thing.key for thing in gone))


@dataclass(frozen=True)
class Verdict:
    """`looked`: entries and bytes that were hashed. `bad`: what is not as its name says, with the reason. `removed`: of these."""

    looked: int
    size: int
    bad: tuple[tuple[Entry, str], ...]
    removed: int


def verify(
    store: Store, keep: bool = False, workers: int = 2, progress: Callable[[int], None] = lambda size: None
) -> Verdict:
    """Hashes every entry. What is bad is removed, so that it is made again, unless `keep`. `progress` is told the bytes of each
    entry that was looked at, in this thread."""
    bad: list[tuple[Entry, str]] = []
    looked = total = removed = 0
    entries = list(store.shelf.all())
    with ThreadPoolExecutor(workers, thread_name_prefix="apex-verify") as pool:
        for entry, reason in zip(entries, pool.map(_wrong, entries), strict=True):
            progress(entry.size)
            if reason is None:
                looked, total = looked + 1, total + entry.size
            elif reason:
                looked += 1
                bad.append((entry, reason))
                if not keep:
                    with contextlib.suppress(OSError):
                        os.unlink(entry.place)
                        removed += 1
    return Verdict(looked, total, tuple(bad), removed)


def _wrong(entry: Entry) -> str | None:
    """What is wrong with an entry, None if nothing; empty where it has gone meanwhile."""
    try:
        here = os.stat(entry.place).st_size
        if here != entry.size:
            return f"it has {here:,} bytes in place of {entry.size:,}"
        return None if digest_of(entry.path) == entry.digest else "its content has changed"
    except FileNotFoundError:
        return ""
    except OSError as problem:
        return f"it cannot be read: {problem.strerror or problem}"


def find(store: Store, beginning: str) -> list[Entry]:
    """The entries whose keys begin so."""
    return [entry for entry in store.shelf.all() if entry.key.startswith(beginning)]


def made_from(store: Store, key: str) -> dict[str, Any] | None:
    """What is noted of how a job was made."""
    return notes.read(store.notes.made(key.partition(".")[0]))


def last_used(store: Store, key: str) -> float | None:
    """When a thing was used last, in seconds since the epoch; None where there is none."""
    thing = _things(store).get(key.partition(".")[0])
    return thing.used if thing is not None else None


# --- inside ---
def _things(store: Store) -> dict[str, Thing]:
    now = time.time()
    found: dict[str, Thing] = {}
    for entry in store.shelf.all():
        base = entry.key.partition(".")[0]
        thing = found.setdefault(base, Thing(base))
        thing.entries.append(entry)
        thing.used = max(thing.used, _past(entry.path, now))
    for path in store.notes.films():
        said = notes.read(path)
        used = _past(path, now)
        for job in (said or {}).get("jobs", ()):
            thing_of = found.get(str(job[2])) if isinstance(job, list) and len(job) == 3 else None
            if thing_of is not None:
                thing_of.used = max(thing_of.used, used)
    return found


def _past(path: Path, now: float) -> float:
    """When a file was used last, its time put right if it lies in the future."""
    used = notes.used(path)
    if used > now + 1:
        notes.touch(path)
    return min(used, now)


def _forget(store: Store, thing: Thing) -> None:
    for entry in thing.entries:
        store.remove(entry.key)
    with contextlib.suppress(OSError):
        store.notes.made(thing.key).unlink(missing_ok=True)


def _strays(store: Store, dry_run: bool) -> int:
    """Removes files among the entries that are none, and second files of one key. Bytes."""
    seen: set[str] = set()
    strays = list(store.shelf.strays())
    for entry in store.shelf.all():
        if entry.key in seen:
            strays.append(entry.path)
        seen.add(entry.key)
    total = sum(_bytes(path) for path in strays)
    for path in strays:
        if not dry_run:
            with contextlib.suppress(OSError):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    return total


def _old_notes(store: Store, kept: set[str]) -> None:
    """Removes notes of what is no longer there: of jobs, of films none of whose parts is there, and the oldest of films' files."""
    old = [path for path in _files(store.root / "made") if path.stem not in kept]
    for path in store.notes.films():
        jobs = (notes.read(path) or {}).get("jobs", ())
        if not any(isinstance(job, list) and job[-1] in kept for job in jobs):
            old.append(path)
    files = sorted(_files(store.root / "files"), key=notes.used, reverse=True)
    for path in (*old, *files[_FILE_NOTES:]):
        with contextlib.suppress(OSError):
            path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names)


def _bytes(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0
