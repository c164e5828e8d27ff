"""Bytes onto a disk so that they stay, their digest, and what an error of the system means for a person."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_CHUNK: Final = 1 << 20


class StoreError(Exception):
    """The store cannot be written or read. `reason` is a sentence for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def digest_of(path: Path) -> str:
    """BLAKE2b of a file's content, 16 bytes as hex."""
    hashed = hashlib.blake2b(digest_size=16)
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
