"""Writing a person's own files: whole or not at all, and only what a command was asked to write."""

from __future__ import annotations

import codecs
import contextlib
import difflib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def replace(path: Path, data: bytes) -> None:
    """Writes a file in one step: whoever reads it sees the old or the new one. Its rights stay. OSError where it cannot be."""
    target = Path(os.path.realpath(path))  # a link stays a link
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            os.chmod(name, os.stat(target).st_mode & 0o7777)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def keep(path: Path, data: bytes) -> None:
    """Writes an output in one step, its folder too where there is none, readable as any new file is. OSError where it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    replace(path, data)
    if new:
        mask = os.umask(0)
        os.umask(mask)
        with contextlib.suppress(OSError):
            path.chmod(0o666 & ~mask)


def rewrite(path: Path, text: str) -> None:
    """Writes a film's text anew; a byte order mark that it began with stays."""
    with path.open("rb") as file:
        mark = codecs.BOM_UTF8 if file.read(3) == codecs.BOM_UTF8 else b""
    replace(path, mark + text.encode("utf-8"))


def difference(name: str, before: str, after: str) -> str:
    """A unified diff, as `git apply` and `patch` read it."""
    return "".join(_difference(name, before, after))


def _difference(name: str, before: str, after: str) -> Iterator[str]:
    for line in difflib.unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines with their ends. They end at LF and nowhere else."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
