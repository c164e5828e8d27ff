"""The tree of a film: blocks of lines, just as they stand in the file. Meaning comes later, in `ir`."""

from __future__ import annotations

from dataclasses import dataclass

from apexlang.diagnostics import Diagnostic
from apexlang.source import Source
from apexlang.syntax.lines import Line


@dataclass(slots=True, eq=False)
class Block:
    """A structure line or scene heading with what stands under it, in order."""

    line: Line
    body: tuple[Line | Block, ...] = ()

    @property
    def kind(self) -> str:
        return self.line.kind


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A parsed file: its top-level blocks and lines in order, and what was found wrong on the way."""

    source: Source
    items: tuple[Line | Block, ...]
    diagnostics: tuple[Diagnostic, ...]
