"""Where values stand, worked out when it is asked for: hardly any of a long film's places ever is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apexlang.source import Span
from apexlang.syntax.lines import Line


def within(path: str, line: Line, start: int, end: int) -> Span:
    """The span of `line.whole()[start:end]`; never empty."""
    if type(line) is Line and not line.more:
        return Span(path, line.number, line.text_col + start, line.number, line.text_col + max(end, start + 1))
    a, b = line.place(start), line.place(end, True)
    if a >= b:
        b = (a[0], a[1] + 1)
    return Span(path, *a, *b)


def value(path: str, line: Line) -> Span:
    """The span of all that a line says after its word."""
    if type(line) is Line and not line.more:
        end = line.text_col + len(line.text) if line.text else max(line.end_col, line.text_col + 1)
        return Span(path, line.number, line.text_col, line.number, end)
    last = line.last
    return Span(path, line.number, line.text_col, last[0], last[1] if line.more else max(last[1], line.text_col + 1))


def _down(span: Span, by: int) -> Span:
    return Span(span.path, span.line + by, span.col, span.end_line + by, span.end_col) if by else span


class Places(Mapping[str, Span]):
    """Where each of some fields stands, by its offsets into the text of one line."""

    __slots__ = ("_by", "_line", "_offsets", "_path")

    def __init__(self, path: str, line: Line, offsets: Mapping[str, tuple[int, int]], by: int = 0) -> None:
        self._path = path
        self._line = line
        self._offsets = offsets
        self._by = by

    def __getitem__(self, name: str) -> Span:
        return _down(within(self._path, self._line, *self._offsets[name]), self._by)

    def moved(self, by: int) -> Places:
        """The same places `by` lines further down."""
        return Places(self._path, self._line, self._offsets, self._by + by)

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)

    def __contains__(self, name: object) -> bool:
        return name in self._offsets


class Values(Mapping[str, Span]):
    """Where the value of each of some properties stands, by their lines."""

    __slots__ = ("_by", "_lines", "_path")

    def __init__(self, path: str, lines: Mapping[str, Line], by: int = 0) -> None:
        self._path = path
        self._lines = lines
        self._by = by

    def __getitem__(self, name: str) -> Span:
        return _down(value(self._path, self._lines[name]), self._by)

    def moved(self, by: int) -> Values:
        """The same places `by` lines further down."""
        return Values(self._path, self._lines, self._by + by)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, name: object) -> bool:
        return name in self._lines
