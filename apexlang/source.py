"""Sources, places in them, and the only door through which a stage reads a file."""

from __future__ import annotations

import hashlib
import os
import posixpath
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from apexlang import resources

LARGEST_SOURCE = 64 * 2**20
"""Bytes of the largest film file that is read."""

STD = "std:"
"""How the path of a file of the packaged library begins: `std:looks.apex`."""


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count from 0, columns in code points; the end is exclusive."""

    path: str
    line: int
    col: int
    end_line: int
    end_col: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be read: a code of the table of diagnostics and what to say. It has no place yet."""

    code: str
    message: str
    label: str = ""
    helps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A text with its name. `text` is as in the file, without the byte order mark; lines end at LF or CRLF and nowhere else."""

    path: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(line[:-1] if line.endswith("\r") else line for line in self.text.split("\n"))

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def offset(self, line: int, col: int) -> int:
        """Index into `text` of a place; places past the end are the end."""
        if line >= len(self._starts):
            return len(self.text)
        return min(self._starts[line] + col, len(self.text))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an index into `text`."""
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line]


def decode(path: str, data: bytes) -> Source | Problem:
    """The text of a film file: UTF-8, with or without a byte order mark."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Problem("E0506", f"`{path}` is in UTF-16", helps=("save it as UTF-8",))
    nul = data.find(b"\0")
    if nul >= 0:
        if data[1:2] == b"\0" or (nul == 0 and data[2:3] == b"\0"):
            return Problem("E0506", f"`{path}` looks like UTF-16", helps=("save it as UTF-8",))
        return Problem("E0507", f"`{path}` is not text: there is a NUL at byte {nul}")
    try:
        return Source(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Problem(
            "E0505",
            f"`{path}` is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}",
            helps=("save it as UTF-8",),
        )


@dataclass
class World:
    """The project's folder and the folders that the user allowed. Nothing else is ever read.

    A path in here is relative to the project's folder and written with `/`; a file of the library is `std:NAME.apex`.
    """

    root: Path
    allow: tuple[Path, ...] = ()
    unsaved: dict[str, Source] = field(default_factory=dict, repr=False)
    """Texts that stand for files as they are on the disk, by resolved path: what an editor has not saved yet."""
    _digests: dict[tuple[str, int, int], str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.root = Path(os.path.realpath(self.root))
        self.allow = tuple(Path(os.path.realpath(folder)) for folder in self.allow)

    def resolve(self, base_file: str, text: str) -> str | Problem:
        """The path that `base_file` means by `text`. A Problem when it lies outside of what may be read."""
        if not text.strip():
            return Problem("E0501", "a file needs a name", "nothing here")
        if "\0" in text or "\n" in text:
            return Problem("E0501", "no file has such a name", "a control character is in this name")
        if "://" in text:
            return Problem("E0513", "a film reads files, not addresses", helps=("download it into the project",))
        windows = PureWindowsPath(text)
        if windows.root or (windows.drive and os.name == "nt"):
            given = Path(text)
            if not given.is_absolute():
                return Problem("E0504", f"`{text}` is outside the project")
            path = given
        else:
            if "\\" in text and not (self.root / PurePosixPath(base_file).parent / text).exists():
                portable = text.replace("\\", "/")
                return Problem("E0514", "a path is written with `/`", helps=(f'write `"{portable}"`',))
            base = "" if base_file.startswith(STD) else posixpath.dirname(base_file)
            path = self.root / posixpath.normpath(posixpath.join(base, text))
        try:
            real = Path(os.path.realpath(path))
        except (OSError, ValueError):
            return Problem("E0501", "no file has such a name")
        if not any(real.is_relative_to(folder) for folder in (self.root, *self.allow)):
            return Problem(
                "E0504",
                f"`{text}` is outside the project",
                "leads out of the project's folder",
                ("copy the file into the project, or allow its folder: `apexc --allow FOLDER …`",),
            )
        try:
            return Path(os.path.relpath(path, self.root)).as_posix()
        except ValueError:  # another drive
            return path.as_posix()

    def locate(self, rel: str) -> Path:
        """Where a resolved path is on this machine."""
        return Path(os.path.normpath(self.root / rel))

    def exists(self, rel: str) -> bool:
        try:
            return self.locate(rel).is_file()
        except (OSError, ValueError):
            return False

    def missing(self, rel: str) -> Problem | None:
        """Why a resolved path cannot be opened, or None when it can."""
        path = self.locate(rel)
        try:
            if path.is_dir():
                return Problem("E0502", f"`{rel}` is a folder", "a file is needed here")
            if not path.is_file():
                return Problem("E0501", f"no file `{rel}`", "not found", self._similar(path))
            with path.open("rb"):
                return None
        except PermissionError:
            return Problem("E0503", f"`{rel}` may not be read", "no permission")
        except (OSError, ValueError) as error:
            return Problem("E0503", f"`{rel}` cannot be read: {_reason(error)}")

    def read(self, path: str | Path) -> Source | Problem:
        """The text of a film file: a path within the project, or `std:NAME.apex`."""
        name = path.as_posix() if isinstance(path, Path) else path
        if name.startswith(STD):
            text = resources.stdlib(name.removeprefix(STD))
            return Source(name, text) if text is not None else Problem("E0206", f"no library file `{name}`")
        resolved = self.resolve("", name)
        if isinstance(resolved, Problem):
            return resolved
        if resolved in self.unsaved:
            return self.unsaved[resolved]
        problem = self.missing(resolved)
        if problem is not None:
            return problem
        try:
            with self.locate(resolved).open("rb") as file:
                data = file.read(LARGEST_SOURCE + 1)
        except OSError as error:
            return Problem("E0503", f"`{resolved}` cannot be read: {_reason(error)}")
        if len(data) > LARGEST_SOURCE:
            return Problem("E0508", f"`{resolved}` is larger than {LARGEST_SOURCE >> 20} MB")
        return decode(resolved, data)

    def digest(self, rel: str) -> str:
        """SHA-256 of a file's contents in hex, remembered while its time and size stay. OSError when it cannot be read."""
        path = self.locate(rel)
        stat = path.stat()
        key = (str(path), stat.st_mtime_ns, stat.st_size)
        known = self._digests.get(key)
        if known is None:
            with path.open("rb") as file:
                known = hashlib.file_digest(file, "sha256").hexdigest()
            self._digests[key] = known
        return known

    def _similar(self, path: Path) -> tuple[str, ...]:
        """A file of the same folder whose name differs in case or in its suffix only."""
        try:
            names = sorted(os.listdir(path.parent))[:10_000]
        except OSError:
            return ()
        by_case = [n for n in names if n.casefold() == path.name.casefold()]
        by_stem = [n for n in names if os.path.splitext(n)[0].casefold() == path.stem.casefold()]
        return tuple(f"there is a file `{n}` in that folder" for n in (by_case or by_stem)[:1])


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
