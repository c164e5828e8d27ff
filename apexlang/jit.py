"""The one decorator for compiled kernels: same options everywhere, and a machine without a writable cache still works.

Compiled code is kept in the user's cache folder (or under NUMBA_CACHE_DIR) in a folder named by what all our kernels say:
numba looks only at the file that a kernel stands in, and would run yesterday's code of a kernel that calls another file's.
If nothing can be written, code is compiled anew in each process, which is slow but right. Never `fastmath` and never
parallel sums: the same bits on every machine.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import platformdirs
from numba import njit
from numba.core import config

Function = TypeVar("Function", bound=Callable[..., Any])

_PACKAGE: Final = Path(__file__).parent
_MARK: Final = b"@kernel"
_OLD_S: Final = 14 * 24 * 3600


def kernel(function: Function) -> Function:
    """`function` compiled on its first call without the interpreter lock; cached on disk where that is possible."""
    folder = cache_folder()
    if folder is not None:
        # Where numba keeps code is a setting of the whole process: it is ours only while our own kernel is declared.
        settings: Any = config
        before = settings.CACHE_DIR
        settings.CACHE_DIR = str(folder)
        try:
            return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))
        except RuntimeError:
            pass
        finally:
            settings.CACHE_DIR = before
    return cast(Function, njit(nogil=True, error_model="numpy")(function))


@cache
def cache_folder() -> Path | None:
    """The folder of these kernels' compiled code; None where nothing can be written."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    root = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("apexlang", appauthor=False)) / "kernels"
    folder = root / f"apex-{_digest()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
    except OSError:
        return None
    if not os.access(folder, os.W_OK):
        return None
    _sweep(root, folder)
    return folder


def is_warm() -> bool:
    """Whether compiled kernels lie ready; without them the first render takes about a minute longer."""
    folder = cache_folder()
    return folder is not None and next(folder.rglob("*.nbc"), None) is not None


@cache
def _digest() -> str:
    """Of every file of the package with a kernel in it."""
    hashed = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        with contextlib.suppress(OSError):
            text = path.read_bytes()
            if _MARK in text:
                hashed.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + text)
    return hashed.hexdigest()[:16]


def _sweep(root: Path, current: Path) -> None:
    """Removes the code of versions that nobody has used for two weeks."""
    with contextlib.suppress(OSError):
        for folder in root.glob("apex-*"):
            if folder != current and time.time() - folder.stat().st_mtime > _OLD_S:
                shutil.rmtree(folder, ignore_errors=True)
