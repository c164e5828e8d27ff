"""Apex compiles a screenplay-like text file into a finished film.

    import apexlang
    film = apexlang.compile("film.apex")
    film.diagnostics, film.plan(), film.render(), film.still("crates")

`compile` and `Film` load nothing heavy; `quick_generate` and `batch_generate` are the one-line way to a picture.
"""

from __future__ import annotations

from typing import Any

from apexlang.compiler import Film, FilmError, Session, compile
from apexlang.options import Options
from apexlang.version import __version__

__all__ = ["Film", "FilmError", "Options", "Session", "__version__", "batch_generate", "compile", "quick_generate"]


def __getattr__(name: str) -> Any:
    """The picture functions bring numpy and the generators with them, so they are loaded when first named."""
    if name in ("quick_generate", "batch_generate"):
        from apexlang.picture import quick

        return getattr(quick, name)
    raise AttributeError(f"module 'apexlang' has no attribute {name!r}")
