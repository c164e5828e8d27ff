"""The store: what has been made, by content key. Append-only and safe against crashes, between threads, runs and people.

A file is written under a temporary name in this run's own folder, flushed to the disk and renamed to a name that says its key,
its size and its digest: an entry is there whole or not at all. `has` looks at the name and the size; `path` is asked when the
bytes are used, and hashes them first: a file that is not what its name says is removed and counts as not made. Where the store
can only be read, what is there serves all the same.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from apexlang.render.lock import Lock, Refusal
from apexlang.render.store import runs
from apexlang.render.store.disk import digest_of, flush, flush_folder, reported
from apexlang.render.store.notes import Notes
from apexlang.render.store.shelf import Shelf, name_of


class Store:
    """A store in the folder `root` (`.apex` beside a film, say), made when first written to. Safe to share between threads
    and between runs. `damaged`: keys whose files were found to be bad by this run, and removed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shelf = Shelf(root / "store")
        self.notes = Notes(root)
        self.damaged: set[str] = set()
        self._guard = threading.Lock()
        self._verified: dict[str, str] = {}
        self._run: runs.Run | None = None
        self._aside: Path | None = None

    def has(self, key: str) -> bool:
        """Whether `key` was made and its file still has its size; the content is only verified by `path`."""
        return self.shelf.find(key) is not None

    def path(self, key: str) -> Path | None:
        """The verified file of `key`, None if there is none. A bad entry is removed. Verified once in the store's life; its time
        of use is noted where that can be written."""
        entry = self.shelf.find(key)
        if entry is None:
            there = self.shelf.named(key)  # somebody may have put it there since it was listed
            entry = next((one for one in there if one.is_whole()), None)
            if entry is None:
                if there:
                    self._bad(key)
                return None
        with self._guard:
            known = self._verified.get(key) == entry.place
        if known:
            return entry.path
        try:
            good = digest_of(entry.path) == entry.digest
        except OSError:
            return None  # it cannot be read, or another has removed it: what is there is left as it is
        if not good:
            self._bad(key)
            return None
        with contextlib.suppress(OSError):
            os.utime(entry.place)
        with self._guard:
            self._verified[key] = entry.place
        return entry.path

    def text(self, key: str) -> str | None:
        path = self.path(key)
        try:
            return None if path is None else path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    @contextlib.contextmanager
    def making(self, key: str, suffix: str) -> Iterator[Path]:
        """A temporary path for the file of `key` (`suffix` is `.mp4`, say); the file becomes the key's when the block ends well.
        What stands there already stays: same key, same content. StoreError if it cannot be written."""
        with reported(self.root):
            temporary = self._own().scratch(suffix)
        try:
            yield temporary
            with reported(self.root):
                self._commit(key, temporary, suffix)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def put_text(self, key: str, text: str) -> None:
        with self.making(key, ".json") as temporary, reported(self.root):
            temporary.write_text(text, encoding="utf-8", newline="\n")

    @contextlib.contextmanager
    def scratch(self, suffix: str) -> Iterator[Path]:
        """A name for a temporary file of this run; whatever is there when the block ends is removed. Where the store can only be
        read, the file lies in the system's folder for such."""
        with reported(self.root):
            temporary = self._scratch(suffix)
        try:
            yield temporary
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def write_note(self, path: Path, value: dict[str, Any]) -> bool:
        """Writes one of `notes` in one step. Whether it could be written: nothing that is made depends on it."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        try:
            part = self._own().scratch(".note")
            try:
                part.write_text(text, encoding="utf-8", newline="\n")
                path.parent.mkdir(parents=True, exist_ok=True)
                os.replace(part, path)
            finally:
                part.unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def remove(self, key: str) -> None:
        """Forgets `key` and removes its files."""
        with self._guard:
            self._verified.pop(key, None)
        for entry in self.shelf.named(key):
            with contextlib.suppress(OSError):
                os.unlink(entry.place)
        self.shelf.forget(key)

    def claim(self, key: str) -> Lock | Refusal:
        """The right to make `key`, so that one thing is made once. Release it with `remove=True`. Never waits."""
        return runs.claim(self.root, key)

    def hold(self, keys: Iterable[str]) -> None:
        """Says which entries this run relies on: `store gc` leaves them. Look whether they are there after this, not before."""
        with contextlib.suppress(OSError), runs.alone(self.root):
            self._own().hold(keys)

    def sweep(self) -> None:
        """Removes what dead runs left."""
        runs.sweep(self.root)

    def close(self) -> None:
        """Removes this run's temporary files and lets its locks go."""
        with self._guard:
            run, self._run = self._run, None
            aside, self._aside = self._aside, None
        if run is not None:
            run.leave()
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *ignored: object) -> None:
        self.close()

    # --- inside ---
    def _bad(self, key: str) -> None:
        with self._guard:
            self.damaged.add(key)
        self.remove(key)

    def _commit(self, key: str, temporary: Path, suffix: str) -> None:
        if self.path(key) is not None:
            return
        folder = self.shelf.folder(key)
        folder.mkdir(parents=True, exist_ok=True)
        size, digest = temporary.stat().st_size, digest_of(temporary)
        flush(temporary)
        place = folder / name_of(key, size, digest, suffix)
        os.replace(temporary, place)
        flush_folder(folder)
        self.shelf.forget(key)
        with self._guard:
            self._verified[key] = str(place)

    def _own(self) -> runs.Run:
        with self._guard:
            if self._run is None:
                runs.sweep(self.root)
                self._run = runs.Run(self.root)
            return self._run

    def _scratch(self, suffix: str) -> Path:
        try:
            return self._own().scratch(suffix)
        except OSError:
            with self._guard:
                if self._aside is None:
                    self._aside = Path(tempfile.mkdtemp(prefix="apex-"))
                return self._aside / (secrets.token_hex(8) + suffix)
