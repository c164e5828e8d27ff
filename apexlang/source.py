"""Sources, places in them, and the only door through which a stage reads a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file. Lines and columns count from 0, columns in code points; the end is exclusive."""

    path: str
    line: int
    col: int
    end_line: int
    end_col: int
