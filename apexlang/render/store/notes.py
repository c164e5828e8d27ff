"""What is known besides the entries: what each was made from, what films were when they were last made, what their files are.

    made/KEY[:2]/KEY.json     what a job was made from
    films/FILM/PLACE.json     a film as it was last made (`reading.remembered`)
    files/KEY.json            the files that hold a finished film, by its key

Notes are written in one step and never flushed: one that is lost or cannot be read costs an explanation, never a film. None is
an input of anything that is made.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDERS = ("made", "films", "files")


class Notes:
    """The notes of a store in `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def made(self, key: str) -> Path:
        return self._root / "made" / key[:2] / f"{key}.json"

    def film(self, film: str, place: str) -> Path:
        return self._root / "films" / film / f"{place}.json"

    def file(self, film_key: str) -> Path:
        return self._root / "files" / f"{film_key}.json"

    def films(self, film: str | None = None) -> Iterator[Path]:
        """The notes of one film, or of all, the one used last first."""
        folder = self._root / "films"
        found = folder.glob("*/*.json") if film is None else (folder / film).glob("*.json")
        yield from sorted(found, key=lambda path: (-used(path), path.name))

    def all(self) -> Iterator[Path]:
        for name in FOLDERS:
            yield from sorted((self._root / name).rglob("*.json"))


def read(path: Path) -> dict[str, Any] | None:
    """A note, None where there is none that can be read."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def touch(path: Path) -> None:
    """Says that a note, and with it all that it names, is in use."""
    with contextlib.suppress(OSError):
        os.utime(path)


def used(path: Path) -> float:
    """When a note was written or used last, in seconds since the epoch; 0 for one that is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
