"""The layout of a film's text, by the table of properties."""

from __future__ import annotations

from typing import Literal

from apexlang.ir.table import BY_NAME
from apexlang.source import Source
from apexlang.syntax.format import layout


def formatted(source: Source) -> str:
    """The text in the one true layout. Never raises; what is wrong in a film stays as it is."""
    return layout(source, _reads, BY_NAME)


def _reads(key: str, block: str) -> Literal["clauses", "phrases"] | None:
    row = BY_NAME.get(key)
    if row is None or row.later or block not in row.where:
        return None
    return "clauses" if row.clauses else "phrases"
